//! The step "My visits": the patient's clinic visits, and cancelling one.

use booking::errand::event::Event as Act;
use booking::errand::state::{ClinicCancelProgress, Stage, Visits};
use booking::ids::{Npi, ProviderId, VisitType, VisitTypeId};
use booking::journey::event::Event;
use booking::journey::state::State;
use booking::schedule::{self, Reading, Time};
use booking::slot::{Slot, Source};
use booking::visits::ClinicVisit;
use leptos::prelude::*;

use crate::app::effects::Effects;
use crate::errand::outcome;
use crate::platform::intl;
use crate::platform::zones::BrowserZones;
use crate::screen::{Cx, Screen, Spot, back, step, wording};
use crate::ui::view::{El, Node, el, text_key, unchanged};
use crate::ui::{self, Weight};

/// The button that opens "My visits", below the times; only on a page where a chosen time is booked in the widget.
#[component]
pub fn Entry() -> Node {
    let screen = Screen::here();
    screen.follow(move |cx| {
        screen.app.settings.track();
        let signs_in = screen.app.effects.with_value(Effects::is_inline);
        let see = || cx.button(Weight::Link, "visits.heading", cx.send(|| Event::MyVisits)).part("button");
        signs_in.then(see).into()
    })
}

/// What the live region says: that the visits are being read. It does not say that a cancel is being sent: the
/// paragraph that says so gets the focus, so a screen reader speaks it.
fn said(cx: &Cx, visits: &Visits) -> String {
    let is_sending = matches!(
        visits.cancelling,
        Some((_, ClinicCancelProgress::Sending | ClinicCancelProgress::Refused(_)))
    );
    let is_reading = visits.list.is_none() && visits.error.is_none() && !is_sending;
    if is_reading { cx.t("visits.reading") } else { String::new() }
}

/// Calls `what` with the visits, if they are still on screen.
fn with_visits<R>(state: &State, what: impl FnOnce(&Visits) -> R) -> Option<R> {
    match &state.errand.stage {
        Stage::Visits(visits) => Some(what(visits)),
        _ => None,
    }
}

/// The step "My visits".
#[component]
pub fn MyVisits() -> Node {
    let screen = Screen::here();
    let section = move |draw: fn(&Cx, &Visits) -> Option<El>| {
        screen.follow(move |cx| {
            with_visits(cx.state, |visits| draw(cx, visits).into()).unwrap_or_else(unchanged)
        })
    };
    // The reason that the patient chose; an empty text means that the patient submitted without choosing one.
    let reason = RwSignal::new(None::<String>);
    step()
        .node(section(|cx, visits| {
            // No "Back" while a cancel is being sent: its result is about to arrive.
            let is_sending = visits.being_cancelled().is_some();
            (!is_sending).then(|| back(cx))
        }))
        .node(screen.heading("visits.heading"))
        .node(section(news))
        .node(List(ListProps { reason }))
        .node(section(|cx, visits| visits.list.is_some().then(|| cx.line("fat-quiet", "visits.others"))))
        .node(screen.announce(|cx| with_visits(cx.state, |visits| said(cx, visits)).unwrap_or_default()))
        .into()
}

/// The visits, each with directions, a calendar file and a button to cancel it.
#[component]
fn List(reason: RwSignal<Option<String>>) -> Node {
    let screen = Screen::here();
    screen.follow(move |cx| {
        with_visits(cx.state, |visits| {
            let Some(list) = &visits.list else {
                return match visits.error {
                    None => cx.line("fat-progress", "visits.reading").into(),
                    Some(error) => {
                        let again = cx.button(Weight::Plain, "retry", cx.send(|| Event::Retry));
                        let alert = ui::alert("fat-alert", wording::api_error(cx.words, error));
                        alert.child(again).child(wording::call(cx)).into()
                    }
                };
            };
            if list.is_empty() {
                return cx.line("", "visits.none").into();
            }
            let cards = list.iter().enumerate().map(|(place, visit)| card(cx, visits, reason, place, visit));
            el("ul", "fat-cards").children(cards.collect()).into()
        })
        .unwrap_or_else(unchanged)
    })
}

/// Converts a visit to a time, so that [`wording`] can write it in words like any time.
pub fn time_of(visit: &ClinicVisit) -> Time {
    let minutes = u16::try_from((visit.end.at - visit.start.at) / 60).unwrap_or(0);
    let slot = Slot {
        id: None,
        source: Source::Department,
        npi: Npi::from_wire(""),
        provider: ProviderId::new(""),
        place: visit.place.clone(),
        visit_type: VisitType::new(""),
        visit_type_id: VisitTypeId::new(""),
        minutes,
        at: visit.start,
    };
    let zone_of = |_: &_| Some(visit.zone.clone());
    schedule::time_of(&slot, &Reading { zone_of: &zone_of, zones: &BrowserZones })
}

/// The result of a cancel: cancelled, or unknown. That a cancel failed is shown on the visit's own card, or here if the
/// visit has none, since it is not in the list any more.
fn news(cx: &Cx, visits: &Visits) -> Option<El> {
    let focus = cx.focus(Spot::Leaving);
    if let Some(visit) = &visits.cancelled {
        let title = ui::heading(cx.level + 1, "fat-heading", cx.t("visits.cancelled"));
        let when = wording::when(cx.words, &time_of(visit)).join(", ");
        let banner = el("div", "fat-banner").part("alert");
        return Some(banner.child(title.attr("tabindex", "-1").focus(focus)).child(ui::line("", when)));
    }
    let (id, how) = visits.cancelling.as_ref()?;
    let visit = visits.list.iter().flatten().find(|visit| visit.id == *id).map(time_of);
    let key = match how {
        ClinicCancelProgress::Unknown => "visits.unknown",
        ClinicCancelProgress::Failed(_) if visit.is_none() => "visits.failed",
        _ => return None,
    };
    let alert = ui::alert("fat-alert fat-danger", cx.t(key)).child(call(cx, visit.as_ref()));
    Some(alert.attr("tabindex", "-1").focus(focus))
}

/// Asks the patient to call the visit's clinic, which may be another one than the page's.
fn call(cx: &Cx, visit: Option<&Time>) -> El {
    wording::call_about(cx, &cx.state.errand.directory, visit)
}

fn card(
    cx: &Cx,
    visits: &Visits,
    reason: RwSignal<Option<String>>,
    place: usize,
    visit: &ClinicVisit,
) -> Node {
    let time = time_of(visit);
    let how = visits.cancelling.as_ref().filter(|(id, _)| *id == visit.id).map(|(_, how)| *how);
    let card = el("li", "fat-card").key(text_key(visit.id.as_str()));
    let card = card.child(outcome::facts(cx, &time)).child(outcome::takeaways(cx, &time, None));
    let card = match how {
        None | Some(ClinicCancelProgress::Unknown) => {
            card.maybe(how.is_none().then(|| opener(cx, reason, place, visit, &time)))
        }
        Some(ClinicCancelProgress::Choosing) => card.child(reasons(cx, visits, reason, place)),
        Some(ClinicCancelProgress::Sending | ClinicCancelProgress::Refused(_)) => {
            let line = cx.line("fat-progress", "visits.sending").attr("tabindex", "-1");
            card.child(line.focus(cx.focus(Spot::Leaving)))
        }
        Some(ClinicCancelProgress::Failed(error)) => {
            let alert = ui::alert("fat-alert", cx.t("visits.failed"));
            let alert =
                alert.child(ui::line("", wording::api_error(cx.words, error))).child(call(cx, Some(&time)));
            card.child(alert.attr("tabindex", "-1").focus(cx.focus(Spot::Leaving))).child(keep(cx, place))
        }
    };
    card.into()
}

fn opener(cx: &Cx, reason: RwSignal<Option<String>>, place: usize, visit: &ClinicVisit, time: &Time) -> El {
    let (screen, id) = (cx.screen, visit.id.clone());
    let day = intl::day_within(cx.words.locale(), time.local.date());
    let label = cx.t("visits.cancel");
    let full = [&label, ", ", &day].concat();
    let press = move || {
        reason.set(None);
        screen.go_to(Spot::Leaving);
        screen.app.send(Act::AskToCancel(id.clone()));
    };
    ui::button(Weight::Link, label, Box::new(press))
        .attr_text("aria-label", full)
        .focus(cx.focus(Spot::Cancel(place)))
}

/// The system's reasons for a cancel; the patient has to choose one.
fn reasons(cx: &Cx, visits: &Visits, chosen: RwSignal<Option<String>>, place: usize) -> El {
    let (screen, focus) = (cx.screen, cx.focus(Spot::Leaving));
    let Some(reasons) = &visits.reasons else {
        let line = cx.line("fat-progress", "visits.reasons").attr("tabindex", "-1").focus(focus);
        return el("div", "fat-panel").child(line);
    };
    let choices = reasons.iter().enumerate().map(|(number, reason)| {
        let code = reason.code.clone();
        let on = chosen.with(|chosen| chosen.as_ref() == Some(&code));
        let press = Box::new(move || chosen.set(Some(code.clone())));
        let focus = if number == 0 { focus } else { 0 };
        ui::choice("radio", "reason", on, reason.label.clone(), None, focus, press).into()
    });
    let is_missing = chosen.with(|chosen| chosen.as_ref().is_some_and(String::is_empty));
    let flaw = is_missing.then(|| cx.line("fat-flaw", "visits.why.missing").attr("id", "reason-flaw"));
    let group = ui::group("fat-group", cx.t("visits.why"));
    let group = if is_missing { group.attr("aria-describedby", "reason-flaw") } else { group };
    let send = move || {
        let reason = chosen.get_untracked().filter(|reason| !reason.is_empty());
        if reason.is_none() {
            chosen.set(Some(String::new()));
        }
        screen.go_to(Spot::Leaving);
        if let Some(reason) = reason {
            screen.app.send(Act::CancelVisit(reason));
        }
    };
    let row = el("div", "fat-actions")
        .child(cx.button(Weight::Primary, "visits.cancel", Box::new(send)))
        .child(keep(cx, place));
    el("div", "fat-panel").child(group.maybe(flaw).child(ui::choices(choices.collect()))).child(row)
}

fn keep(cx: &Cx, place: usize) -> El {
    let screen = cx.screen;
    let press = move || {
        screen.app.send(Act::Keep);
        screen.go_to(Spot::Cancel(place));
    };
    cx.button(Weight::Plain, "visits.keep", Box::new(press))
}
