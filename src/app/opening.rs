//! Between a press and the errand it begins, while the errand's part of the wasm is on its way.

use booking::journey::event::Event;
use booking::settings::{Route, Settings};
use leptos::prelude::*;

use super::carry_out::{go, settings};
use super::effects::Effects;
use super::{invitation, part};

/// How far the part has come that somebody waits for.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Opening {
    /// Nobody waits.
    #[default]
    No,
    /// On its way.
    Loading,
    /// It could not be had.
    Failed,
}

/// Keeps an event until the part is there.
pub fn open(effects: &Effects, event: Event, settings: &Settings) {
    let is_press = matches!(event, Event::Choose(_) | Event::Join(..) | Event::MyVisits);
    let asks_at_once = match &event {
        Event::Choose(time) => !time.slot().source.is_search(),
        _ => is_press,
    };
    if asks_at_once && settings.route == Route::Inline {
        // A pop-up may only be opened inside the patient's click.
        if effects.bridge().has_token() {
            let given = effects.bridge().token();
            effects.0.pressed.replace(Some(given));
        } else {
            invitation::ahead(effects, &event);
        }
    }
    effects.0.held.replace(Some(event));
    if is_press {
        effects.0.signals.opening.set(Opening::Loading);
    }
    load(effects);
}

fn load(effects: &Effects) {
    let effects = effects.clone();
    part::load(move |is_there| came(&effects, is_there));
}

fn came(effects: &Effects, is_there: bool) {
    let opening = &effects.0.signals.opening;
    if effects.0.ended.get() {
        return;
    }
    if !is_there && opening.try_get_untracked() == Some(Opening::Loading) {
        opening.set(Opening::Failed);
        return;
    }
    let Some(event) = effects.0.held.take() else { return };
    opening.set(Opening::No);
    go(effects, event, &settings(effects));
}

/// The patient tries once more.
pub fn retry(effects: &Effects) {
    effects.0.signals.opening.set(Opening::Loading);
    load(effects);
}

/// The patient goes back: nothing has been done yet, and nothing will be.
pub fn give_up(effects: &Effects) {
    effects.0.held.take();
    effects.0.pressed.take();
    effects.0.invitation.take();
    effects.0.signals.opening.set(Opening::No);
    effects.catch_up();
}
