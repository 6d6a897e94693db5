//! The patient's clinic visits, and cancelling one.

use booking::errand::event::Event as Act;
use booking::errand::state::{Cancelling, Visits};
use booking::ids::{Npi, ProviderId, VisitType, VisitTypeId};
use booking::journey::event::Event;
use booking::schedule::{self, Reading, Time};
use booking::slot::{Slot, Source};
use booking::visits::ClinicVisit;
use leptos::prelude::*;

use crate::errand::outcome as booked;
use crate::platform::intl;
use crate::platform::zones::BrowserZones;
use crate::screen::wording;
use crate::screen::{Cx, Spot, back, go_to};
use crate::ui::view::{El, Node, el, named};
use crate::ui::{self, Weight};

/// The way here, at the foot of the times; only where the page can sign somebody in.
pub fn entry(cx: &Cx) -> Option<El> {
    let signs_in = cx.app.effects.with_value(crate::app::effects::Effects::is_inline);
    signs_in.then(|| cx.button(Weight::Link, "visits.heading", cx.send(|| Event::MyVisits)).part("button"))
}

/// What the live region says.
pub fn status(cx: &Cx, visits: &Visits) -> String {
    match (&visits.cancelling, &visits.list, visits.trouble) {
        (Some((_, Cancelling::Sending)), ..) => cx.t("visits.sending"),
        (_, None, None) => cx.t("visits.reading"),
        _ => String::new(),
    }
}

/// The step.
pub fn draw(cx: &Cx, body: El, visits: &Visits) -> El {
    // Whether the visit still stands is about to be known.
    let is_sending = matches!(visits.cancelling, Some((_, Cancelling::Sending)));
    let body = body.maybe((!is_sending).then(|| back(cx)));
    let body = body.child(cx.heading("visits.heading")).maybe(news(cx, visits));
    let Some(list) = &visits.list else {
        return match visits.trouble {
            None => body.child(cx.line("fat-progress", "visits.reading")),
            Some(trouble) => {
                let again = cx.button(Weight::Plain, "retry", cx.send(|| Event::Retry));
                let alert = ui::alert("fat-alert", wording::trouble(cx.words, trouble));
                body.child(alert.child(again).child(wording::call(cx)))
            }
        };
    };
    let body = if list.is_empty() {
        body.child(cx.line("", "visits.none"))
    } else {
        let cards = list.iter().enumerate().map(|(place, visit)| card(cx, visits, place, visit));
        body.child(el("ul", "fat-cards").children(cards.collect()))
    };
    body.child(cx.line("fat-quiet", "visits.others"))
}

/// The visit as a time, so that it is told like one.
fn time_of(visit: &ClinicVisit) -> Time {
    let minutes = u16::try_from((visit.end.at - visit.start.at) / 60).unwrap_or(0);
    let slot = Slot {
        id: visit.slot.clone(),
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

/// What came of a cancel: done, or not known.
fn news(cx: &Cx, visits: &Visits) -> Option<El> {
    let focus = cx.focus(Spot::Leaving);
    if let Some(visit) = &visits.cancelled {
        let title = ui::heading(cx.level + 1, "fat-heading", cx.t("visits.cancelled"));
        let when = wording::when(cx.words, &time_of(visit)).join(", ");
        let banner = el("div", "fat-banner").part("alert");
        return Some(banner.child(title.attr("tabindex", "-1").focus(focus)).child(ui::line("", when)));
    }
    let (_, Cancelling::Unknown) = visits.cancelling.as_ref()? else { return None };
    let alert = ui::alert("fat-alert fat-danger", cx.t("visits.unknown")).child(wording::call(cx));
    Some(alert.attr("tabindex", "-1").focus(focus))
}

fn card(cx: &Cx, visits: &Visits, place: usize, visit: &ClinicVisit) -> Node {
    let time = time_of(visit);
    let how = visits.cancelling.as_ref().filter(|(id, _)| *id == visit.id).map(|(_, how)| *how);
    let card = el("li", "fat-card").key(named(visit.id.as_str()));
    let card = card.child(booked::facts(cx, &time)).child(booked::takeaways(cx, &time, None));
    let card = match how {
        None | Some(Cancelling::Unknown) => {
            card.maybe(how.is_none().then(|| opener(cx, place, visit, &time)))
        }
        Some(Cancelling::Choosing) => card.child(reasons(cx, visits, place)),
        Some(Cancelling::Sending) => {
            let line = cx.line("fat-progress", "visits.sending").attr("tabindex", "-1");
            card.child(line.focus(cx.focus(Spot::Leaving)))
        }
        Some(Cancelling::Failed(trouble)) => {
            let alert = ui::alert("fat-alert", cx.t("visits.failed"));
            let alert =
                alert.child(ui::line("", wording::trouble(cx.words, trouble))).child(wording::call(cx));
            card.child(alert.attr("tabindex", "-1").focus(cx.focus(Spot::Leaving))).child(keep(cx, place))
        }
    };
    card.into()
}

fn opener(cx: &Cx, place: usize, visit: &ClinicVisit, time: &Time) -> El {
    let (app, local, id) = (cx.app, cx.local, visit.id.clone());
    let day = intl::day_within(cx.words.locale(), time.local.date());
    let label = cx.t("visits.cancel");
    let full = [&label, ", ", &day].concat();
    let press = move || {
        local.update(|local| {
            local.reason = None;
            go_to(local, Spot::Leaving);
        });
        app.send(Act::AskToCancel(id.clone()));
    };
    ui::button(Weight::Link, label, Box::new(press))
        .attr_text("aria-label", full)
        .focus(cx.focus(Spot::Cancel(place)))
}

/// The system's own reasons; one of them has to be chosen.
fn reasons(cx: &Cx, visits: &Visits, place: usize) -> El {
    let (app, local, focus) = (cx.app, cx.local, cx.focus(Spot::Leaving));
    let Some(reasons) = &visits.reasons else {
        let line = cx.line("fat-progress", "visits.reasons").attr("tabindex", "-1").focus(focus);
        return el("div", "fat-panel").child(line);
    };
    let choices = reasons.iter().enumerate().map(|(number, reason)| {
        let code = reason.code.clone();
        let on = cx.here.reason.as_ref() == Some(&code);
        let press = Box::new(move || local.update(|local| local.reason = Some(code.clone())));
        let focus = if number == 0 { focus } else { 0 };
        ui::choice("radio", "reason", on, reason.label.clone(), None, focus, press).into()
    });
    // An empty reason is one that was owed.
    let owed = cx.here.reason.as_ref().is_some_and(String::is_empty);
    let flaw = owed.then(|| cx.line("fat-flaw", "visits.why.missing").attr("id", "reason-flaw"));
    let group = ui::group("fat-group", cx.t("visits.why"));
    let group = if owed { group.attr("aria-describedby", "reason-flaw") } else { group };
    let send = move || {
        let reason = local.with_untracked(|local| local.reason.clone()).filter(|reason| !reason.is_empty());
        local.update(|local| {
            if reason.is_none() {
                local.reason = Some(String::new());
            }
            go_to(local, Spot::Leaving);
        });
        if let Some(reason) = reason {
            app.send(Act::CancelVisit(reason));
        }
    };
    let row = el("div", "fat-actions")
        .child(cx.button(Weight::Primary, "visits.cancel", Box::new(send)))
        .child(keep(cx, place));
    el("div", "fat-panel").child(group.maybe(flaw).child(ui::choices(choices.collect()))).child(row)
}

fn keep(cx: &Cx, place: usize) -> El {
    let (app, local) = (cx.app, cx.local);
    let press = move || {
        app.send(Act::Keep);
        local.update(|local| go_to(local, Spot::Cancel(place)));
    };
    cx.button(Weight::Plain, "visits.keep", Box::new(press))
}
