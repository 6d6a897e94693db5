//! The steps before the patient's details: signing in through the host page, looking up a time's slot id, and the
//! step for a time that the host page books itself.

use booking::errand::event::Event as Act;
use booking::errand::state::{Errand, SignInPhase, Stage};
use booking::journey::event::Event;
use booking::outcome::ApiError;
use booking::schedule::Time;
use leptos::prelude::*;

use super::patient::someone_else;
use crate::screen::{Cx, Screen, back, is_slow, step, wait, wording};
use crate::ui::view::{El, Node, el, unchanged};
use crate::ui::{self, Weight};

/// The chosen time or line, with a button to change it; shown on the sign-in step and on the patient step. It is also
/// drawn again when `again` changes.
#[component]
pub fn Summary(errand: Box<Errand>, again: RwSignal<u32>) -> Node {
    let screen = Screen::here();
    screen.follow(move |cx| {
        // The name of the person whom the visit is for may be typed on the step itself.
        again.track();
        summary(cx, &errand).into()
    })
}

fn summary(cx: &Cx, errand: &Errand) -> Option<El> {
    let (lines, change) = match errand {
        Errand::Time(time) => (time_lines(cx, time), "change.time"),
        Errand::OnDemand(now) => (wait::lines(cx, now), "change.line"),
        Errand::Visits => return None,
    };
    let change =
        cx.button(Weight::Link, "change", cx.send(|| Act::ChangeTime)).attr_text("aria-label", cx.t(change));
    // The text that says for whom the visit is comes last: the stylesheet styles the texts before it by position.
    let lines = lines.into_iter().chain(someone_else::line(cx)).collect();
    Some(el("div", "fat-summary fat-when").part("summary").child(ui::lines(lines)).child(change))
}

fn time_lines(cx: &Cx, time: &Time) -> Vec<String> {
    let mut lines = Vec::from(wording::when(cx.words, time));
    lines.extend(wording::clinician(cx, time));
    lines.extend(wording::place(cx, time).map(|(name, _)| name));
    lines
}

/// The step while the slot id of a time from a search is looked up.
#[component]
pub fn Resolving(time: Box<Time>) -> Node {
    let screen = Screen::here();
    step()
        .node(screen.fixed(back))
        .node(screen.heading("resolving.heading"))
        .node(screen.follow(move |cx| {
            el("div", "fat-summary fat-when").part("summary").child(ui::lines(time_lines(cx, &time))).into()
        }))
        .node(screen.follow(|cx| match &cx.state.errand.stage {
            Stage::Resolving(_, None) => cx.line("fat-progress", "resolving.text").into(),
            Stage::Resolving(_, Some(error)) => draw_error(cx, *error).into(),
            _ => unchanged(),
        }))
        .node(screen.announce(|cx| match &cx.state.errand.stage {
            Stage::Resolving(_, Some(error)) => error_text(cx, *error),
            _ => cx.t("resolving.text"),
        }))
        .into()
}

fn draw_error(cx: &Cx, error: ApiError) -> El {
    let retry = cx.button(Weight::Primary, "retry", cx.send(|| Event::Retry));
    ui::alert("fat-alert", error_text(cx, error)).child(retry).child(wording::call(cx))
}

fn error_text(cx: &Cx, error: ApiError) -> String {
    [&wording::api_error(cx.words, error), " ", &wording::safe(cx.words, false)].concat()
}

/// The step for signing in.
#[component]
pub fn SignIn(errand: Box<Errand>) -> Node {
    let screen = Screen::here();
    let slow = is_slow();
    let to_sign_in = match *errand {
        Errand::Visits => "visits.signin",
        Errand::OnDemand(_) => "queue.signin.heading",
        Errand::Time(_) => "signin.heading",
    };
    // A patient who is signed in already must not be asked, in text or speech, to sign in.
    let heading = screen.follow(move |cx| match phase(cx) {
        Some(SignInPhase::Reading) => cx.heading("opening.heading").into(),
        Some(_) => cx.heading(to_sign_in).into(),
        None => unchanged(),
    });
    let line = screen.follow(move |cx| match phase(cx) {
        Some(phase) => draw_phase(cx, phase, slow.get()).into(),
        None => unchanged(),
    });
    let sign_in = screen.follow(move |cx| {
        let Some(phase) = phase(cx) else { return unchanged() };
        let waits = matches!(phase, SignInPhase::Waiting | SignInPhase::Expired);
        // If the patient closes a pop-up that the page opened, the promise of a token may never settle: offer the
        // button "Sign in" again.
        let again = phase == SignInPhase::Asking && slow.get();
        (waits || again).then(|| cx.button(Weight::Primary, "signin.button", cx.send(|| Act::SignIn))).into()
    });
    step()
        .node(screen.fixed(back))
        .node(heading)
        .node(Summary(SummaryProps { errand, again: RwSignal::new(0) }))
        .node(line)
        .node(sign_in)
        .node(screen.announce(move |cx| {
            phase(cx).map(|phase| wording::signing_in(cx, phase, slow.get())).unwrap_or_default()
        }))
        .into()
}

/// The phase of the sign-in, if the step is still on screen.
fn phase(cx: &Cx) -> Option<SignInPhase> {
    if let Stage::SignIn(_, phase) = &cx.state.errand.stage { Some(*phase) } else { None }
}

fn draw_phase(cx: &Cx, phase: SignInPhase, is_slow: bool) -> El {
    let text = wording::signing_in(cx, phase, is_slow);
    match phase {
        SignInPhase::Asking | SignInPhase::Reading => ui::line("fat-progress", text),
        SignInPhase::Waiting => ui::line("", text),
        SignInPhase::Expired => ui::alert("fat-alert", text),
        SignInPhase::Failed(_) => {
            let retry = cx.button(Weight::Primary, "retry", cx.send(|| Event::Retry));
            ui::alert("fat-alert", text).child(retry).child(wording::call(cx))
        }
    }
}

/// The step for a time that the host page books itself.
#[component]
pub fn HandedOver(time: Box<Time>) -> Node {
    let screen = Screen::here();
    let chosen = screen.follow(move |cx| {
        let change = cx.button(Weight::Link, "change", cx.send(|| Act::ChangeTime));
        let change = change.attr_text("aria-label", cx.t("change.time"));
        let lines = ui::lines(time_lines(cx, &time));
        el("div", "fat-summary fat-when").part("summary").child(lines).child(change).into()
    });
    step().node(screen.heading("given.heading")).node(chosen).node(screen.line("", "given.text")).into()
}
