//! Signing in by the host page's own means, and a time that the host page has taken over.

use booking::errand::event::Event as Act;
use booking::errand::state::{Errand, SignInPhase};
use booking::journey::event::Event;
use booking::outcome::Trouble;
use booking::schedule::Time;
use leptos::prelude::*;

use crate::errand::patient::someone_else;
use crate::finder::queue;
use crate::screen::wording;
use crate::screen::{Cx, back};
use crate::ui::view::{El, el};
use crate::ui::{self, Weight};

/// What is chosen so far, with a way to change it; stays on every step until the review.
pub fn summary(cx: &Cx, errand: &Errand) -> Option<El> {
    let (lines, change) = match errand {
        Errand::Time(time) => (time_lines(cx, time), "change.time"),
        Errand::Now(now) => (queue::lines(cx, now), "change.line"),
        Errand::Visits => return None,
    };
    let change =
        cx.button(Weight::Link, "change", cx.send(|| Act::ChangeTime)).attr_text("aria-label", cx.t(change));
    // For whom it is comes last: the lines before it are styled by their place.
    let lines = lines.into_iter().chain(someone_else::line(cx)).collect();
    Some(el("div", "fat-summary fat-when").part("summary").child(ui::lines(lines)).child(change))
}

fn time_lines(cx: &Cx, time: &Time) -> Vec<String> {
    let mut lines = Vec::from(wording::when(cx.words, time));
    lines.extend(wording::clinician(cx, time));
    lines.extend(wording::place(cx, time).map(|(name, _)| name));
    lines
}

/// A time that a search found is being looked up where it can be booked.
pub fn draw_resolving(cx: &Cx, body: El, time: &Time, trouble: Option<Trouble>) -> El {
    let body = body
        .child(back(cx))
        .child(cx.heading("resolving.heading"))
        .child(el("div", "fat-summary fat-when").part("summary").child(ui::lines(time_lines(cx, time))));
    match trouble {
        None => body.child(cx.line("fat-progress", "resolving.text")),
        Some(trouble) => {
            let retry = cx.button(Weight::Primary, "retry", cx.send(|| Event::Retry));
            let alert = ui::alert("fat-alert", wording::trouble(cx.words, trouble));
            body.child(alert.child(retry).child(wording::call(cx)))
        }
    }
}

/// The step.
pub fn draw(cx: &Cx, body: El, errand: &Errand, phase: SignInPhase) -> El {
    let text = wording::signing_in(cx, phase);
    let waits = matches!(phase, SignInPhase::Waiting | SignInPhase::Expired);
    // A pop-up that was closed may never answer.
    let again = phase == SignInPhase::Asking && cx.slow;
    let sign_in =
        (waits || again).then(|| cx.button(Weight::Primary, "signin.button", cx.send(|| Act::SignIn)));
    let line = match phase {
        SignInPhase::Asking | SignInPhase::Reading => ui::line("fat-progress", text),
        SignInPhase::Waiting => ui::line("", text),
        SignInPhase::Expired => ui::alert("fat-alert", text),
        SignInPhase::Failed(_) => {
            let retry = cx.button(Weight::Primary, "retry", cx.send(|| Event::Retry));
            ui::alert("fat-alert", text).child(retry).child(wording::call(cx))
        }
    };
    body.child(back(cx))
        .child(cx.heading(if matches!(errand, Errand::Visits) { "visits.signin" } else { "signin.heading" }))
        .maybe(summary(cx, errand))
        .child(line)
        .maybe(sign_in)
}

/// The host page goes on with the time.
pub fn draw_given(cx: &Cx, body: El, time: &Time) -> El {
    let change = cx.button(Weight::Link, "change", cx.send(|| Act::ChangeTime));
    let change = change.attr_text("aria-label", cx.t("change.time"));
    let chosen = el("div", "fat-summary fat-when").part("summary").child(ui::lines(time_lines(cx, time)));
    body.child(cx.heading("given.heading")).child(chosen.child(change)).child(cx.line("", "given.text"))
}

/// A press on "Try again" where the whole step is about to be read anew: the focus follows what comes.
pub fn retry(cx: &Cx, weight: Weight) -> El {
    let (app, local) = (cx.app, cx.local);
    let press = Box::new(move || {
        local.update(|local| local.owed = true);
        app.send(Event::Retry);
    });
    cx.button(weight, "retry", press)
}
