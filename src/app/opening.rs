//! Keeps the patient's press while the errand's part of the wasm is downloaded.
//!
//! A choice that the page restores after a full-page sign-in (`resume`) waits in the same way, without a press: the times are
//! read meanwhile, and if the part cannot be loaded the patient chooses one of them again.

use booking::journey::event::Event;
use booking::settings::{Resume, Route, Settings};
use leptos::prelude::*;

use super::carry_out::{go, settings};
use super::effects::Effects;
use super::{invitation, part};

/// Whether the patient waits for a part, and how far its download is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Opening {
    /// The patient waits for nothing.
    #[default]
    No,
    /// The part is being downloaded.
    Loading,
    /// The download failed.
    Failed,
}

/// Keeps an event until the part is loaded. A second press is ignored while one is kept: a double click must not call
/// `getToken` twice.
pub fn open(effects: &Effects, event: Event, settings: &Settings) {
    let event = match event {
        Event::Configure(_) => {
            // Show the times without waiting for the part.
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
        // Call the page's code now: to sign the patient in, it may open a pop-up, which browsers allow only inside
        // the click.
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

/// Whether the errand that an event begins asks for a token at once. An errand for a time from a search first
/// looks the time up, for a slot id.
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

/// Handles the end of the download: carries out the press or, if the download failed, shows that. If a restored choice
/// cannot be carried out, shows the times and that the choice is lost. This is called once for each press that started
/// or joined the download, even if the patient has cancelled that press meanwhile.
fn end_waiting(effects: &Effects, is_there: bool) {
    let opening = &effects.0.signals.opening;
    if effects.0.ended.get() || opening.try_get_untracked() != Some(Opening::Loading) {
        return;
    }
    if is_there {
        let Some(event) = effects.0.held.take() else { return };
        opening.set(Opening::No);
        go(effects, event, &settings(effects));
        // If the errand did not begin, the token stays unused; the next press calls `getToken` again.
        effects.0.pressed.take();
    } else if matches!(&*effects.0.held.borrow(), Some(Event::Resume)) {
        lose(effects);
    } else {
        opening.set(Opening::Failed);
    }
}

/// Shows the times with a note that the restored choice is lost, since the part could not be loaded.
fn lose(effects: &Effects) {
    drop_resume(effects, Some(Resume::Lost));
    end(effects);
    go(effects, Event::Resume, &settings(effects));
}

/// Replaces the choice that `resume` restores by `left`, so that the choice is not restored later.
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

/// Whether the kept press is for a line (`true`) or a time; `None` if it is for "My visits", or no press is kept.
pub fn opens_line(effects: &Effects) -> Option<bool> {
    match effects.0.held.borrow().as_ref()? {
        Event::MyVisits => None,
        event => Some(matches!(event, Event::Join(..))),
    }
}

/// Downloads the part again.
pub fn retry(effects: &Effects) {
    effects.0.signals.opening.set(Opening::Loading);
    load(effects);
}

/// Drops the kept event, when the patient goes back or the page calls `reset`: nothing may happen later without a press.
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

/// Drops the token of a kept press when the page reports a sign-in: `getToken` is called again once the errand begins.
pub fn signed_in(effects: &Effects) {
    effects.0.pressed.take();
}
