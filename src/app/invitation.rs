//! Fires `findatime-signin` inside the press that needs a token. The errand asks for the sign-in only a moment later; by then
//! the click may be over, or the widget may have sent the patient elsewhere to book, as it does on a page that signs
//! nobody in.

use booking::errand::state::Errand;
use booking::journey::event::Event;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::effects::Effects;
use crate::host::resume;
use crate::platform::clock;

/// Handles a press on a time, a line or "My visits", before the route is decided. If only the page's response to
/// `findatime-signin` can decide the route, the event fires now; if the page responds, patients book in the widget from
/// then on.
pub fn on_press(effects: &Effects, event: &Event) {
    if !matches!(event, Event::Choose(_) | Event::Join(..) | Event::MyVisits) {
        return;
    }
    // A response to an earlier press does not count for this one.
    effects.0.invitation.take();
    if effects.is_undecided() {
        ahead(effects, event);
    }
}

/// Fires `findatime-signin` now, once for each press, and keeps the page's response until the errand asks for the sign-in.
pub fn ahead(effects: &Effects, event: &Event) {
    if effects.0.invitation.borrow().is_some() {
        return;
    }
    if let Some(resume) = resume_of(effects, event) {
        let answer = invite(effects, &resume);
        effects.0.invitation.replace(Some(answer));
    }
}

/// Fires `findatime-signin`; returns a promise of a token, or `false` if the page neither responds nor prevents the
/// event.
pub fn invite(effects: &Effects, resume: &str) -> JsValue {
    let answer = effects.bridge().sign_in(resume);
    if answer.is_truthy() {
        effects.0.answers.set(true);
    }
    answer
}

/// The `resume` value that restores the press after a full-page sign-in; empty for "My visits", which is not restored.
/// `None` for a line without a chosen region, and for an event that begins no errand.
fn resume_of(effects: &Effects, event: &Event) -> Option<String> {
    match event {
        Event::Choose(time) => resume::write(&Errand::Time((**time).clone()), clock::now()),
        Event::Join(modality, _) => effects.signals().state.with_untracked(|state| {
            let region = state.finder.queue.region()?;
            Some(resume::write_line(&region.code, *modality, clock::now()))
        }),
        Event::MyVisits => Some(String::new()),
        _ => None,
    }
}
