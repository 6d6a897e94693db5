//! The step for choosing a time. It shows what the visit is for, with whom and where, the choice of a visit type
//! if there are several, the time zone, and the days with their times. If the page leaves the place or the clinic to
//! the patient, the patient chooses it first.

use booking::finder::event::Event as Find;
use booking::settings::Target;
use leptos::prelude::*;

use super::days::{self, Days, DaysProps};
use super::filters::{Filters, FiltersProps};
use super::memory::Memory;
use super::memos::FinderMemos;
use super::place_question::{PlaceQuestion, is_asking, is_picking};
use super::times::Times;
use crate::app::opening::Opening;
use crate::app::part;
use crate::platform::intl;
use crate::screen::{Cx, Screen, said_of_outcomes, step, wording};
use crate::ui;
use crate::ui::view::{Node, el, live, nothing, part as keyed};
use crate::ui::watch::Watch;
use crate::visits::my_visits::Entry;

/// What the patient has to choose next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// The place around which to search for times.
    Place,
    /// One of the brand's clinics.
    Clinic,
    /// A time.
    Times,
}

/// The step for choosing a time.
#[component]
pub fn Choosing() -> Node {
    let screen = Screen::here();
    let (memos, memory) = (FinderMemos::new(screen.app), Memory::here());
    let first = Watch::new(move || {
        memos.query.with(|query| {
            if is_asking(query) {
                First::Place
            } else if is_picking(query) {
                First::Clinic
            } else {
                First::Times
            }
        })
    });
    let lost = screen.plain(|cx| cx.state.finder.lost.then(|| ui::alert("fat-alert", cx.t("resume.lost"))));
    let filters = screen.app.ways_opening();
    let said = screen.announce(move |cx| {
        let is_locating = memory.place.with(PlaceQuestion::is_locating);
        match first.get() {
            _ if memory.filters_open.get() && filters.get() == Opening::Failed => cx.t("filters.failed"),
            _ if memory.filters_open.get() && filters.get() == Opening::Loading => cx.t("opening.heading"),
            _ if !screen.acted.get() => said_of_outcomes(cx),
            _ if is_locating => cx.t("where.locating"),
            First::Place => String::new(),
            _ if memos.progress.get().is_reading => cx.t("times.reading"),
            First::Clinic if memos.progress.get().error.is_some() => cx.t("times.incomplete"),
            First::Clinic => String::new(),
            First::Times => days::said(cx, memos),
        }
    });
    let while_first = move |wanted: &'static [First], make: fn(FinderMemos) -> Node| {
        live(move || if wanted.contains(&first.get()) { keyed(1, move || make(memos)) } else { nothing() })
    };
    step()
        .node(lost)
        .node(Intro(IntroProps { memos, first }))
        .node(part::ways().map_or_else(nothing, |more| (more.choice)(memos)))
        .node(part::ways().map_or_else(nothing, |more| (more.place)(memos)))
        .node(while_first(&[First::Times, First::Clinic], |memos| VisitTypes(VisitTypesProps { memos })))
        .node(while_first(&[First::Times, First::Clinic], |memos| Zone(ZoneProps { memos })))
        .node(while_first(&[First::Times], |memos| Filters(FiltersProps { memos })))
        .node(while_first(&[First::Times], |memos| Days(DaysProps { memos })))
        .node(while_first(&[First::Clinic], |memos| {
            part::ways().map_or_else(nothing, |more| (more.clinics)(memos))
        }))
        .node(Entry())
        .node(said)
        .into()
}

/// The heading; below it the clinician, the clinic and the visit type, each only if there is just one.
/// The times may arrive before the names: an empty line then keeps the space of a name, so that no time moves
/// under a finger.
#[component]
fn Intro(memos: FinderMemos, first: Watch<First>) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        memos.names.track();
        memos.query.track();
        let heading = cx.heading(match first.get() {
            First::Place => "near.heading",
            First::Clinic => "clinics.heading",
            First::Times => "choosing.heading",
        });
        let facts = memos.times.with(|times| facts(cx, times));
        el("header", "fat-intro").child(heading).children(facts).into()
    })
}

fn facts(cx: &Cx, times: &Times) -> Vec<Node> {
    let board = &cx.state.finder.board;
    let to_come = || ui::line("fat-fact", "\u{a0}".into()).into();
    let mut facts = Vec::new();
    if let Target::Clinicians { npis, .. } = &board.target
        && let [npi] = npis.as_slice()
    {
        let name = board.clinician(npi).map(|name| ui::line("fat-fact fat-strong", name).into());
        facts.push(name.unwrap_or_else(to_come));
    }
    // A brand's clinic is shown below, with a button to change it.
    if let (Some(first), false) = (times.all.first(), times.many.places)
        && !matches!(board.target, Target::Brand(_))
    {
        let place = wording::place(cx, first).map(|(name, address)| {
            let away = wording::away(cx, first).map(|away| [", ", &away].concat()).unwrap_or_default();
            fact("fat-strong", name, Some([address, away].concat()))
        });
        facts.push(place.unwrap_or_else(to_come));
    }
    match board.visit_types.as_slice() {
        [only] => {
            let ages = board.ages_of(only).and_then(|ages| wording::ages(cx.words, ages));
            facts.push(fact("", only.name.clone(), ages));
        }
        [] if board.visit_type.is_some() => facts.push(to_come()),
        _ => {}
    }
    facts
}

fn fact(class: &'static str, what: String, more: Option<String>) -> Node {
    let more = more.map(|more| ui::text("span", "fat-quiet", more));
    el("p", "fat-fact").child(ui::text("span", class, what)).maybe(more).into()
}

/// The choice of a visit type, if there is more than one.
#[component]
fn VisitTypes(memos: FinderMemos) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        memos.names.track();
        memos.query.track();
        let board = &cx.state.finder.board;
        if board.visit_types.len() < 2 {
            return nothing();
        }
        let choices = board.visit_types.iter().map(|offer| {
            let on = board.visit_type.as_ref() == Some(&offer.short_name);
            let ages = board.ages_of(offer).and_then(|ages| wording::ages(cx.words, ages));
            let short_name = offer.short_name.clone();
            let pick = cx.act(move || Find::PickType(short_name.clone()));
            ui::choice("radio", "visit-type", on, offer.name.clone(), ages, 0, pick).into()
        });
        ui::group("fat-group", cx.t("choosing.visit-type")).child(ui::choices(choices.collect())).into()
    })
}

/// Says once in which time zone the times are and, if the device is in another zone, that its zone differs.
#[component]
fn Zone(memos: FinderMemos) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        memos.times.with(|times| {
            let Some(first) = times.all.first() else { return nothing() };
            if times.many.zones {
                return cx.line("fat-zone fat-quiet", "zone.many").into();
            }
            let line = cx.words.with("zone.one", &[("zone", &wording::zone(cx.words, first))]);
            let here = intl::other_zone(cx.words.locale(), first.at(), first.offset);
            let notice = here.map(|here| {
                ui::text("span", "fat-notice", cx.words.with("zone.differs", &[("zone", &here)]))
            });
            el("p", "fat-zone fat-quiet").child(ui::text("span", "", line)).maybe(notice).into()
        })
    })
}
