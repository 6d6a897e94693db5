//! The step for waiting in line: the link to the waiting room, the current estimate, and leaving the line.

use booking::errand::event::Event as Act;
use booking::errand::state::{OnDemandCancelProgress, Stage, Waiting};
use booking::journey::state::State;
use booking::on_demand::{Modality, OnDemandVisit, VisitStatus};
use booking::visits::CancelRules;
use leptos::prelude::*;

use crate::errand::outcomes;
use crate::screen::{Cx, Screen, Spot, outcome, wait, wording};
use crate::ui::view::{El, Node, el, live, nothing, part, unchanged};
use crate::ui::watch::Watch;
use crate::ui::{self, Weight};

/// The values of a joined visit that decide the banner, the link to the waiting room and how to leave.
#[derive(Clone, Copy, PartialEq, Eq)]
struct How {
    status: VisitStatus,
    modality: Modality,
}

impl How {
    fn of(waiting: &Waiting) -> Self {
        Self { status: waiting.status, modality: waiting.now.modality }
    }
}

/// Calls `what` with the joined visit, if it is still on screen.
fn with_waiting<R>(state: &State, what: impl FnOnce(&Waiting) -> R) -> Option<R> {
    match &state.errand.stage {
        Stage::Waiting(waiting) => Some(what(waiting)),
        _ => None,
    }
}

/// The step for waiting in line.
#[component]
pub fn InLine(now: OnDemandVisit) -> Node {
    let screen = Screen::here();
    let state = screen.app.state;
    let how = Watch::new(move || state.with(|state| with_waiting(state, How::of)));
    let banner = screen.draw(move |cx| {
        let Some(how) = how.get() else { return unchanged() };
        let (heading, text) = words(how);
        let is_well = matches!(how.status, VisitStatus::Waiting | VisitStatus::InVisit | VisitStatus::Done);
        let banner = el("div", if is_well { "fat-banner" } else { "fat-alert" }).part("alert");
        banner.child(cx.heading(heading)).child(cx.line("", text)).into()
    });
    let way_in = screen.draw(move |cx| {
        let Some(how) = how.get() else { return unchanged() };
        let goes_on = matches!(how.status, VisitStatus::Waiting | VisitStatus::InVisit);
        with_waiting(cx.state, |waiting| goes_on.then(|| draw_way_in(cx, waiting))).flatten().into()
    });
    let is_waiting = Watch::new(move || how.get().is_none_or(|how| how.status == VisitStatus::Waiting));
    let estimate = live(move || if is_waiting.get() { part(1, Estimate) } else { nothing() });
    let way_out = live(move || if is_waiting.get() { part(1, Leave) } else { part(2, After) });
    outcome()
        .node(banner)
        .node(way_in)
        .node(estimate)
        .node(screen.follow(move |cx| {
            el("div", "fat-summary").part("summary").child(ui::lines(wait::lines(cx, &now))).into()
        }))
        .child(el("slot", "").attr("name", "confirmation"))
        .node(way_out)
        .node(screen.plain(outcomes::close_again))
        .node(screen.announce(|cx| with_waiting(cx.state, |waiting| said(cx, waiting)).unwrap_or_default()))
        .into()
}

fn words(how: How) -> (&'static str, &'static str) {
    match (how.status, how.modality) {
        (VisitStatus::Waiting, Modality::Video) => ("waiting.heading", "waiting.video"),
        (VisitStatus::Waiting, Modality::Phone) => ("waiting.heading", "waiting.phone"),
        (VisitStatus::InVisit, Modality::Video) => ("waiting.in-visit.heading", "waiting.in-visit.video"),
        (VisitStatus::InVisit, Modality::Phone) => ("waiting.in-visit.heading", "waiting.in-visit.phone"),
        (VisitStatus::Done, _) => ("waiting.done.heading", "waiting.done"),
        (VisitStatus::Declined, _) => ("waiting.declined.heading", "waiting.declined"),
        (VisitStatus::Cancelled, _) => ("waiting.cancelled.heading", "waiting.cancelled"),
    }
}

/// The link to the waiting room, or the phone number on which the patient will be called. If a video visit has no link,
/// asks the patient to call.
fn draw_way_in(cx: &Cx, waiting: &Waiting) -> El {
    match (&waiting.confirmation.room, waiting.now.modality) {
        (Some(room), _) => {
            let link = el("a", "fat-button fat-primary").part("button button-primary");
            let link = link.attr_text("href", room.clone()).attr("target", "_blank");
            el("div", "fat-join")
                .child(link.attr("rel", "noopener noreferrer").text(cx.t("waiting.room")))
                .child(cx.line("fat-quiet", "waiting.room.tab"))
        }
        (None, Modality::Video) => ui::alert("fat-alert", cx.t("waiting.no-room")).child(wording::call(cx)),
        (None, Modality::Phone) => {
            let phone = cx.state.errand.people().map(|people| wording::phone_text(&people.phone));
            let phone = phone.unwrap_or_default();
            ui::line("fat-strong", cx.words.with("waiting.keep-phone", &[("phone", &phone)]))
        }
    }
}

/// The estimate of the remaining wait, refreshed every minute.
#[component]
fn Estimate() -> Node {
    let screen = Screen::here();
    let wait = Watch::new(move || {
        let state = screen.app.state;
        state.with(|state| with_waiting(state, |waiting| (waiting.wait.clone(), waiting.error)))
    });
    let title = screen.draw(|cx| ui::heading(cx.level + 1, "fat-subheading", cx.t("waiting.wait")).into());
    let line = screen.draw(move |cx| match wait.get() {
        Some((Some(wait), _)) if wait.is_next => cx.line("fat-wait", "waiting.next").into(),
        Some((Some(wait), _)) => wait::draw(cx, wait.range, wait.as_of).into(),
        Some((None, Some(_))) => cx.line("", "waiting.unread").into(),
        Some((None, None)) => cx.line("fat-progress", "waiting.reading").into(),
        None => unchanged(),
    });
    el("section", "fat-waits").node(title).node(line).into()
}

/// The button that leaves the line; after a press, the question for a reason, then the result and what the
/// patient can do next.
#[component]
fn Leave() -> Node {
    let screen = Screen::here();
    let reason = RwSignal::new(None::<String>);
    screen.follow(move |cx| {
        with_waiting(cx.state, |waiting| draw_leaving(cx, &waiting.cancel_progress, reason).into())
            .unwrap_or_else(unchanged)
    })
}

fn draw_leaving(cx: &Cx, leaving: &OnDemandCancelProgress, reason: RwSignal<Option<String>>) -> El {
    let screen = cx.screen;
    let ask = move || {
        reason.set(None);
        screen.go_to(Spot::Leaving);
        screen.app.send(Act::AskToLeave);
    };
    let keep = move || {
        screen.go_to(Spot::Leave);
        screen.app.send(Act::Keep);
    };
    let sure = move || {
        screen.go_to(Spot::Leaving);
        screen.app.send(Act::Leave(reason.get_untracked()));
    };
    let title = || {
        let title = ui::heading(cx.level + 1, "fat-subheading", cx.t("waiting.leave.heading"));
        title.attr("tabindex", "-1").focus(cx.focus(Spot::Leaving))
    };
    let section = el("section", "fat-waits");
    match leaving {
        OnDemandCancelProgress::No => {
            let button = cx.button(Weight::Plain, "waiting.leave", Box::new(ask));
            section.child(button.focus(cx.focus(Spot::Leave)))
        }
        OnDemandCancelProgress::Asking => section
            .child(title())
            .child(cx.line("fat-progress", "waiting.leave.reading"))
            .child(cx.button(Weight::Link, "waiting.stay", Box::new(keep))),
        OnDemandCancelProgress::Choosing(rules) => section
            .child(title())
            .maybe(draw_reasons(cx, rules, reason))
            .child(cx.button(Weight::Plain, "waiting.leave.sure", Box::new(sure)))
            .child(cx.button(Weight::Link, "waiting.stay", Box::new(keep))),
        OnDemandCancelProgress::Sending | OnDemandCancelProgress::Refused(_) => {
            section.child(title()).child(cx.line("fat-progress", "waiting.leave.sending"))
        }
        OnDemandCancelProgress::Failed(error) => section
            .child(title())
            .child(
                ui::alert("fat-alert fat-danger", cx.t("waiting.leave.failed"))
                    .child(ui::line("", wording::api_error(cx.words, *error)))
                    .child(wording::call(cx)),
            )
            .child(cx.button(Weight::Plain, "retry", Box::new(ask)))
            .child(cx.button(Weight::Link, "waiting.stay", Box::new(keep))),
        OnDemandCancelProgress::Unknown => section
            .child(title())
            .child(ui::alert("fat-alert fat-danger", cx.t("waiting.leave.unknown")).child(wording::call(cx)))
            .child(cx.button(Weight::Plain, "retry", Box::new(ask))),
    }
}

/// The system's reasons in the page's language, if the cancel is sent with a reason.
fn draw_reasons(cx: &Cx, rules: &CancelRules, chosen: RwSignal<Option<String>>) -> Option<El> {
    let asked = with_waiting(cx.state, |waiting| match waiting.now.modality {
        Modality::Video => rules.video_with_reason,
        Modality::Phone => rules.phone_with_reason,
    });
    let reasons = rules.reasons_in(cx.words.locale());
    if asked != Some(true) || reasons.is_empty() {
        return None;
    }
    let rows = reasons.iter().map(|reason| {
        let code = reason.code.clone();
        let on = chosen.with(|chosen| chosen.as_ref() == Some(&code));
        let pick = move || chosen.set(Some(code.clone()));
        ui::choice("radio", "leave-reason", on, reason.label.clone(), None, 0, Box::new(pick)).into()
    });
    Some(ui::group("fat-group", cx.t("waiting.leave.why")).child(ui::choices(rows.collect())))
}

/// The button back to the lines, once the patient no longer waits: during the visit, and after it, whatever its end.
#[component]
fn After() -> Node {
    let screen = Screen::here();
    screen.follow(move |cx| {
        let Some(status) = with_waiting(cx.state, |waiting| waiting.status) else { return unchanged() };
        let is_declined = status == VisitStatus::Declined;
        let key = if is_declined { "waiting.rejoin" } else { "waiting.after" };
        let back = move || {
            screen.follows.set(true);
            screen.app.send(Act::AfterVisit);
        };
        let foot = el("div", "fat-foot").child(cx.button(Weight::Plain, key, Box::new(back)));
        foot.maybe(is_declined.then(|| wording::call(cx))).into()
    })
}

/// What the live region announces: the estimate without its time of day, how far the visit is, and how far the
/// cancel is.
fn said(cx: &Cx, waiting: &Waiting) -> String {
    let key = match (waiting.status, &waiting.cancel_progress) {
        (VisitStatus::Waiting, OnDemandCancelProgress::Asking) => "waiting.leave.reading",
        (VisitStatus::Waiting, OnDemandCancelProgress::Sending | OnDemandCancelProgress::Refused(_)) => {
            "waiting.leave.sending"
        }
        (VisitStatus::Waiting, OnDemandCancelProgress::Failed(_)) => "waiting.leave.failed",
        (VisitStatus::Waiting, OnDemandCancelProgress::Unknown) => "waiting.leave.unknown",
        (VisitStatus::Waiting, _) => match (&waiting.wait, waiting.error) {
            (Some(wait), _) if wait.is_next => "waiting.next",
            (Some(wait), _) => {
                let range = wait::range(cx.words, wait.range);
                return [&cx.t("waiting.wait"), ": ", &range].concat();
            }
            (None, Some(_)) => "waiting.unread",
            (None, None) => return String::new(),
        },
        _ => words(How::of(waiting)).0,
    };
    cx.t(key)
}
