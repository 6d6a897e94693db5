//! `findatime-signin`, dispatched inside the press that needs a token. The errand itself invites the page a moment later; by
//! then the click may be over, or the time may have gone the way of a page that signs nobody in.

use booking::errand::state::Errand;
use booking::journey::event::Event;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::effects::Effects;
use crate::host::resume;
use crate::platform::clock;

/// A press on a time or a line, before it is decided where that is booked. With `booking` unset a page without `getToken`
/// is invited to sign the patient in: one that answers books here from then on.
pub fn on_press(effects: &Effects, event: &Event) {
    if !matches!(event, Event::Choose(_) | Event::Join(..) | Event::MyVisits) {
        return;
    }
    // What was answered to an earlier press is not for this one.
    effects.0.invitation.take();
    if effects.is_undecided() {
        ahead(effects, event);
    }
}

/// Invites the page now, and keeps its answer until the errand invites it; once for each press.
pub fn ahead(effects: &Effects, event: &Event) {
    if effects.0.invitation.borrow().is_some() {
        return;
    }
    if let Some(resume) = resume_of(effects, event) {
        let answer = invite(effects, &resume);
        effects.0.invitation.replace(Some(answer));
    }
}

/// Dispatches the event: a promise of a token, or whether the page takes the sign-in over.
pub fn invite(effects: &Effects, resume: &str) -> JsValue {
    let answer = effects.bridge().sign_in(resume);
    if answer.is_truthy() {
        effects.0.answers.set(true);
    }
    answer
}

/// What brings the press back after a full-page sign-in; `None` for one that begins nothing.
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
