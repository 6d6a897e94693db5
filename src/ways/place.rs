//! The question where to look: around a place, or for one of a brand's clinics.

use booking::attributes::RADIUS;
use booking::finder::event::Event as Find;
use booking::finder::state::{Board, PlaceError};
use booking::search::{Search, SearchCentre};
use booking::settings::Target;
use leptos::prelude::*;

use super::clinics;
use crate::finder::{FinderMemos, Memory, PlaceFlaw, is_picking};
use crate::platform::place::{self, LocationError};
use crate::platform::{intl, spawn};
use crate::screen::{Cx, Screen, Spot};
use crate::ui::form::{Spec, control, field};
use crate::ui::view::{El, Node, el, nothing, part};
use crate::ui::watch::Watch;
use crate::ui::{self, Weight};

/// The current place, if there is one.
fn around<'a>(target: &'a Target, around: Option<&'a SearchCentre>) -> Option<&'a SearchCentre> {
    match target {
        Target::Near(search) => search.around.as_ref(),
        Target::Brand(_) => around,
        Target::Clinicians { .. } | Target::Departments(_) | Target::OnDemand => None,
    }
}

fn around_now(board: &Board) -> Option<&SearchCentre> {
    around(&board.target, board.around.as_ref())
}

/// The question, while there is no place or the patient changes it, else the current place; for a brand's clinics, the
/// picked clinic.
#[component]
pub fn Place(memos: FinderMemos) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    let is_open = Watch::new(move || memory.place.with(|place| place.open));
    screen.draw(move |cx| {
        let is_open = is_open.get();
        memos.query.with(|query| match &query.target {
            Target::Near(search) if search.around.is_none() || is_open => {
                part(1, move || Question(QuestionProps { memos }))
            }
            Target::Near(_) => part(2, move || Answer(AnswerProps { memos })),
            Target::Brand(_) => {
                memos.names.track();
                clinics::picked(cx).into()
            }
            Target::Clinicians { .. } | Target::Departments(_) | Target::OnDemand => nothing(),
        })
    })
}

/// The field for a place, and the button that requests the device's place.
#[component]
pub fn Question(memos: FinderMemos) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    let towns = Watch::new(move || memos.names.with(|names| !names.brand_clinics.is_empty()));
    let asks = Watch::new(move || memory.place.with(|place| (place.finding, place.flaw)));
    screen.draw(move |cx| {
        let (finding, flaw_found) = asks.get();
        let towns = towns.get();
        let error = memos.query.with(|query| query.place_error);
        let is_picking = memos.query.with(|query| is_picking(query));
        let spec = Spec {
            name: "place",
            label: cx.t(if towns { "where.label" } else { "field.zip" }),
            hint: cx.t(if towns { "where.hint" } else { "hint.zip" }),
            flaw: flaw(cx, flaw_found, error, towns).unwrap_or_default(),
            value: memory.place.with_untracked(|place| place.typed.clone()),
            autocomplete: "postal-code",
            focus: cx.focus(Spot::Place),
            ..Spec::default()
        };
        let typed = move |text| {
            memory.place.maybe_update(|place| {
                place.typed = text;
                false
            });
        };
        let input = control("input", &spec, Box::new(typed), Box::new(|| {}));
        let submit = move |event: web_sys::Event| {
            event.prevent_default();
            seek(screen, memory);
        };
        let go = if is_picking { "clinics.go" } else { "where.go" };
        let locate = Box::new(move || locate(screen, memory));
        let row = el("div", "fat-actions")
            .child(cx.button(Weight::Primary, go, Box::new(|| {})).attr("type", "submit"))
            .child(cx.button(Weight::Plain, "where.use", locate));
        el("form", "fat-form fat-place")
            .attr("method", "dialog")
            .flag("novalidate", true)
            .on("submit", Box::new(submit))
            .child(field(&spec, input))
            .child(row)
            .maybe(finding.map(|_| cx.line("fat-progress", "where.locating")))
            .child(cx.line("fat-quiet", "where.rough"))
            .into()
    })
}

fn flaw(cx: &Cx, flaw: Option<PlaceFlaw>, error: Option<PlaceError>, towns: bool) -> Option<String> {
    let key = match (flaw, error) {
        (Some(PlaceFlaw::NoLocation(LocationError::Refused)), _) => "where.refused",
        (Some(PlaceFlaw::NoLocation(LocationError::Unknown)), _) => "where.unknown",
        (Some(PlaceFlaw::UnknownZip), _) => "clinics.zip",
        (None, Some(_)) if !towns => "where.zip",
        (None, Some(PlaceError::NotUnderstood)) => "where.form",
        (None, Some(PlaceError::UnknownTown)) => "where.town",
        (None, None) => return None,
    };
    Some(cx.t(key))
}

/// Looks around the typed place; the focus moves to the field if something is wrong with it, else to the result.
fn seek(screen: Screen, memory: Memory) {
    let typed = memory.place.with_untracked(|place| place.typed.trim().to_owned());
    memory.place.update(|place| (place.finding, place.flaw) = (None, None));
    // Look up the town alone: for `Seattle, WA` that is `Seattle`.
    let town = typed.split(',').next().unwrap_or_default();
    screen.act(Find::Seek(town.to_owned()));
    let (has_error, is_unknown) = screen.app.state.with_untracked(|state| {
        let board = &state.finder.board;
        let is_unknown = matches!(board.target, Target::Brand(_)) && clinics::position(board).is_none();
        (board.place_error.is_some(), is_unknown)
    });
    if has_error {
        screen.go_to(Spot::Place);
    } else if is_unknown {
        memory.place.update(|place| place.flaw = Some(PlaceFlaw::UnknownZip));
        screen.go_to(Spot::Place);
    } else {
        found_place(screen, memory, typed, false);
    }
}

fn found_place(screen: Screen, memory: Memory, named: String, is_here: bool) {
    memory.place.update(|place| {
        (place.place_name, place.is_here, place.open, place.finding) = (named, is_here, false, None);
    });
    screen.go_to(Spot::ChosenPlace);
}

/// Requests the device's place; a refusal leaves the field unchanged.
fn locate(screen: Screen, memory: Memory) {
    let mut number = 0;
    screen.acted.set(true);
    memory.place.update(|place| {
        place.wishes += 1;
        number = place.wishes;
        (place.finding, place.flaw) = (Some(number), None);
    });
    spawn(Box::pin(async move {
        let told = place::here().await;
        // Ignore the location if the patient has typed a place meanwhile, or the widget has left the page.
        if memory.place.try_with_untracked(|place| place.finding) != Some(Some(number)) {
            return;
        }
        let told = told.and_then(|(latitude, longitude)| {
            screen.app.send(Find::SeekPoint(latitude, longitude));
            // The finder ignores a location that is not a valid place.
            let told = SearchCentre::point(latitude, longitude);
            let taken =
                screen.app.state.with_untracked(|state| around_now(&state.finder.board) == told.as_ref());
            if told.is_some() && taken { Ok(()) } else { Err(LocationError::Unknown) }
        });
        match told {
            Ok(()) => found_place(screen, memory, String::new(), true),
            Err(why) => {
                memory
                    .place
                    .update(|place| (place.finding, place.flaw) = (None, Some(PlaceFlaw::NoLocation(why))));
                screen.go_to(Spot::Place);
            }
        }
    }));
}

/// `Near 98107, within 30 miles`, with a button to change it.
#[component]
pub fn Answer(memos: FinderMemos) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    screen.draw(move |cx| {
        memos.query.track();
        let told = memory.place.with(|asked| {
            let (near, key) = match around_now(&cx.state.finder.board) {
                Some(SearchCentre::Zip(zip)) => (zip.as_str(), "near.at"),
                _ if asked.is_here => ("", "near.here"),
                _ if asked.place_name.is_empty() => ("", "near.set"),
                _ => (asked.place_name.as_str(), "near.at"),
            };
            cx.words.with(key, &[("place", near)])
        });
        let told = match within(cx) {
            Some(within) => cx.words.with("near.within", &[("place", &told), ("distance", &within)]),
            None => told,
        };
        let press = move || {
            memory.place.update(|place| place.open = true);
            screen.go_to(Spot::Place);
        };
        let change =
            cx.button(Weight::Link, "change", Box::new(press)).attr_text("aria-label", cx.t("near.change"));
        let told = ui::line("fat-strong", told).attr("tabindex", "-1").focus(cx.focus(Spot::ChosenPlace));
        el("div", "fat-summary fat-where").part("summary").child(told).child(change).into()
    })
}

/// A distance in words, from tenths of a mile.
pub fn distance(cx: &Cx, tenths: u32) -> String {
    intl::miles(cx.words.locale(), tenths)
}

/// The radius of a search around a place, in words.
pub fn within(cx: &Cx) -> Option<String> {
    match &cx.state.finder.board.target {
        Target::Near(search) if search.around.is_some() => Some(distance(cx, u32::from(search.radius) * 10)),
        _ => None,
    }
}

/// A button that doubles the radius, but not beyond the largest; `None` if the radius is the largest already, or the
/// search has no place.
pub fn widen(cx: &Cx) -> Option<El> {
    let Target::Near(search) = &cx.state.finder.board.target else { return None };
    let radius = search.radius.saturating_mul(2).min(RADIUS.most);
    if radius == search.radius || search.around.is_none() {
        return None;
    }
    let wider = Search { radius, ..(**search).clone() };
    let label = cx.words.with("near.widen", &[("distance", &distance(cx, u32::from(radius) * 10))]);
    let screen = cx.screen;
    let press = move || {
        // The button is removed with the message around it, so the focus moves.
        screen.go_to(Spot::ChosenPlace);
        screen.act(Find::Refine(Box::new(wider.clone())));
    };
    Some(ui::button(Weight::Plain, label, Box::new(press)))
}
