//! Between a press and the errand it begins, while the errand's part of the wasm is being downloaded.
//!
//! What a page brings back after a full-page sign-in (`resume`) waits in the same way, without a press: the times are read
//! meanwhile, and if the part cannot be had the patient chooses again from them.

use booking::journey::event::Event;
use booking::settings::{Resume, Route, Settings};
use leptos::prelude::*;

use super::carry_out::{go, settings};
use super::effects::Effects;
use super::{invitation, part};

/// Whether somebody waits for the part, and how far it has come.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Opening {
    /// Nobody waits.
    #[default]
    No,
    /// It is being downloaded.
    Loading,
    /// The download failed.
    Failed,
}

/// Keeps an event until the part is there. A second press is ignored while one is kept: a double click must not call
/// `getToken` twice.
pub fn open(effects: &Effects, event: Event, settings: &Settings) {
    let event = match event {
        Event::Configure(_) => {
            // Nobody waits for the part to see the times.
            go(effects, event, &Settings { resume: None, ..settings.clone() });
            if settings.target.is_empty() {
                return;
            }
            Event::Resume
        }
        other => other,
    };
    if effects.0.held.borrow().is_some() {
        return;
    }
    if asks_at_once(&event) && settings.route == Route::Inline {
        // A pop-up may only be opened inside the patient's click.
        if effects.bridge().has_token() {
            let given = effects.bridge().token();
            effects.0.pressed.replace(Some(given));
        } else {
            invitation::ahead(effects, &event);
        }
    }
    effects.0.held.replace(Some(event));
    effects.0.signals.opening.set(Opening::Loading);
    load(effects);
}

/// Whether the errand that an event begins asks for a token first of all; a time found by a search is looked up before that.
fn asks_at_once(event: &Event) -> bool {
    match event {
        Event::Choose(time) => !time.slot().source.is_search(),
        _ => matches!(event, Event::Join(..) | Event::MyVisits),
    }
}

fn load(effects: &Effects) {
    let effects = effects.clone();
    part::load_errand(move |is_there| end_waiting(&effects, is_there));
}

/// The download has ended. It may have been waited for more than once, by a press that was given up among others.
fn end_waiting(effects: &Effects, is_there: bool) {
    let opening = &effects.0.signals.opening;
    if effects.0.ended.get() || opening.try_get_untracked() != Some(Opening::Loading) {
        return;
    }
    if is_there {
        let Some(event) = effects.0.held.take() else { return };
        opening.set(Opening::No);
        go(effects, event, &settings(effects));
        // An errand that did not begin asks for no token, and the next press calls `getToken` anew.
        effects.0.pressed.take();
    } else if matches!(&*effects.0.held.borrow(), Some(Event::Resume)) {
        lose(effects);
    } else {
        opening.set(Opening::Failed);
    }
}

/// What the page brought back is lost with the part, which the times say.
fn lose(effects: &Effects) {
    drop_resume(effects, Some(Resume::Lost));
    end(effects);
    go(effects, Event::Resume, &settings(effects));
}

/// What the page brought back is not brought back later.
fn drop_resume(effects: &Effects, left: Option<Resume>) {
    if let Some((_, resume)) = &mut *effects.0.resume.borrow_mut() {
        resume.clone_from(&left);
    }
    effects.0.signals.settings.update(|settings| settings.resume = left);
}

fn end(effects: &Effects) {
    effects.0.held.take();
    effects.0.pressed.take();
    effects.0.invitation.take();
    effects.0.signals.opening.set(Opening::No);
}

/// The patient tries once more.
pub fn retry(effects: &Effects) {
    effects.0.signals.opening.set(Opening::Loading);
    load(effects);
}

/// The patient goes back, or the page starts over: what waited is dropped, and nothing happens later by itself.
pub fn give_up(effects: &Effects) {
    let waited = effects.0.held.take();
    if waited.is_none() {
        return;
    }
    if matches!(waited, Some(Event::Resume)) {
        drop_resume(effects, None);
    }
    end(effects);
    effects.catch_up();
}

/// The page says that there is a token now, while a press is kept: `getToken` is called anew once the errand begins.
pub fn signed_in(effects: &Effects) {
    effects.0.pressed.take();
}
