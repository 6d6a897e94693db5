//! The choice of one of a brand's clinics: the list, the soonest or the nearest first, and the picked clinic.

use booking::finder::event::Event as Find;
use booking::finder::state::Board;
use booking::place::Department;
use booking::search::SearchCentre;
use leptos::prelude::*;

use super::place::{Answer, AnswerProps, Question, QuestionProps, distance};
use crate::finder::FinderMemos;
use crate::finder::{Memory, Progress, Times, incomplete};
use crate::platform::intl;
use crate::screen::{Cx, Screen, Spot, wording};
use crate::ui::view::{El, Node, el, nothing, part, text_key};
use crate::ui::watch::Watch;
use crate::ui::{self, Weight};

/// The picked clinic, with a button to pick another.
pub fn picked(cx: &Cx) -> Option<El> {
    let clinic = cx.state.finder.board.department(cx.state.finder.board.clinic.as_ref()?)?;
    let screen = cx.screen;
    let press = move || {
        screen.go_to(Spot::Clinics);
        screen.app.send(Find::PickClinic(None));
    };
    let change =
        cx.button(Weight::Link, "change", Box::new(press)).attr_text("aria-label", cx.t("clinics.change"));
    let lines = el("div", "").child(ui::line("", clinic.name.clone()));
    let told = lines
        .child(ui::line("fat-quiet", wording::address_line(&clinic.address)))
        .attr("tabindex", "-1")
        .focus(cx.focus(Spot::ChosenPlace));
    Some(el("div", "fat-summary fat-where").part("summary").child(told).child(change))
}

/// The brand's clinics to pick from.
#[component]
pub fn Clinics(memos: FinderMemos) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    let order = Watch::new(move || memory.place.with(|place| (place.nearest, place.open)));
    let many = Watch::new(move || memos.names.with(|names| names.departments.len() > 1));
    let is_known = Watch::new(move || {
        memos.query.track();
        memos.names.track();
        screen.app.state.with_untracked(|state| position(&state.finder.board).is_some())
    });
    let order_row = screen.draw(move |cx| many.get().then(|| draw_order(cx, memory, order.get().0)).into());
    let place = screen.draw(move |_| match (order.get(), is_known.get()) {
        ((true, is_open), is_known) if is_open || !is_known => {
            part(1, move || Question(QuestionProps { memos }))
        }
        ((true, _), _) => part(2, move || Answer(AnswerProps { memos })),
        ((false, _), _) => nothing(),
    });
    let count = screen.draw(move |cx| {
        let number = memos.names.with(|names| names.departments.len());
        let count = ui::line("fat-quiet", cx.words.count("clinics.count", number));
        count.attr("tabindex", "-1").focus(cx.focus(Spot::Clinics)).into()
    });
    let trouble = screen.draw(move |cx| {
        let Progress { is_reading, error, .. } = memos.progress.get();
        (error.is_some() && !is_reading).then(|| incomplete(cx, Spot::Clinics)).into()
    });
    let cards = screen.draw(move |cx| {
        memos.names.track();
        memos.query.track();
        let progress = memos.progress.get();
        let cards = memos.times.with(|times| cards(cx, times, order.get().0, progress));
        el("ul", "fat-cards").children(cards).into()
    });
    el("div", "fat-clinics").node(order_row).node(place).node(count).node(trouble).node(cards).into()
}

/// The clinics as cards, sorted by distance or by their first time.
fn cards(cx: &Cx, times: &Times, by_distance: bool, progress: Progress) -> Vec<Node> {
    let Progress { is_reading, error, .. } = progress;
    let none = match (is_reading, error) {
        (true, _) => "times.reading",
        // The failed read may be that of any clinic without times.
        (false, Some(_)) => "unavailable.heading",
        (false, None) => "clinics.none",
    };
    let board = &cx.state.finder.board;
    let here = position(board);
    let away = |clinic: &Department| tenth_miles(here?, clinic.position?);
    let mut cards: Vec<(i64, El)> = Vec::new();
    for clinic in &board.departments {
        let first = times.all.iter().find(|time| *time.place() == clinic.identifier);
        let order = if by_distance && here.is_some() {
            away(clinic).map_or(i64::MAX, i64::from)
        } else {
            first.map_or(i64::MAX, |time| time.at())
        };
        let next = match first {
            Some(time) => {
                let day = intl::day_within(cx.words.locale(), time.local.date());
                let at = [&day, ", ", &wording::clock(cx.words, time)].concat();
                cx.words.with("clinics.next", &[("time", &at)])
            }
            None => cx.t(none),
        };
        // Clinics with the same distance or the same first time keep the system's order.
        let place = cards.iter().position(|(known, _)| *known > order).unwrap_or(cards.len());
        let phone = (first.is_none() && !is_reading && !clinic.phone.is_empty())
            .then(|| wording::sentence_with_phone(cx, "call", clinic.phone.clone()));
        cards.insert(place, (order, card(cx, clinic, away(clinic), next, phone, first.is_some())));
    }
    cards.into_iter().map(|(_, card)| card.into()).collect()
}

fn draw_order(cx: &Cx, memory: Memory, by_distance: bool) -> El {
    let choice = |key: &str, nearest: bool| {
        let press = Box::new(move || memory.place.update(|place| place.nearest = nearest));
        ui::choice("radio", "order", by_distance == nearest, cx.t(key), None, 0, press).into()
    };
    let choices = vec![choice("clinics.soonest", false), choice("clinics.nearest", true)];
    ui::group("fat-group", cx.t("clinics.order")).child(ui::choices(choices))
}

fn card(cx: &Cx, clinic: &Department, away: Option<u32>, next: String, phone: Option<El>, open: bool) -> El {
    let (screen, identifier) = (cx.screen, clinic.identifier.clone());
    let press = move || {
        screen.go_to(Spot::ChosenPlace);
        screen.act(Find::PickClinic(Some(identifier.clone())));
    };
    let see = open.then(|| {
        let full = cx.words.with("clinics.see.at", &[("clinic", &clinic.name)]);
        cx.button(Weight::Plain, "clinics.see", Box::new(press)).attr_text("aria-label", full)
    });
    el("li", "fat-card")
        .key(text_key(&clinic.identifier.to_text()))
        .child(ui::heading(cx.level + 1, "fat-strong", clinic.name.clone()))
        .child(ui::line("fat-quiet", wording::address_line(&clinic.address)))
        .maybe(away.map(|tenths| ui::line("fat-quiet", distance(cx, tenths))))
        .child(ui::line("", next))
        .maybe(phone)
        .maybe(see)
}

/// The patient's position in degrees, if it is known without a request: the device's place, or the position of a clinic in the
/// typed town or ZIP code.
pub fn position(board: &Board) -> Option<(f64, f64)> {
    match board.around.as_ref()? {
        SearchCentre::Point(latitude, longitude) => {
            Some((f64::from(*latitude) / 100.0, f64::from(*longitude) / 100.0))
        }
        SearchCentre::Zip(zip) => {
            let five = zip.get(..5)?;
            let there = |clinic: &&Department| clinic.address.postal_code.starts_with(five);
            board.brand_clinics.iter().find(there)?.position
        }
    }
}

/// The distance along a great circle, in tenths of a mile; `None` if it is not a number.
fn tenth_miles(a: (f64, f64), b: (f64, f64)) -> Option<u32> {
    const RADIUS: f64 = 3958.8;
    let half = |degrees: f64| (degrees / 2.0).to_radians();
    // The longitudes' difference, normalized to -180 to 180 degrees.
    let turn = (a.1 - b.1 + 540.0).rem_euclid(360.0) - 180.0;
    let square = |x: f64| x * x;
    let (latitude, longitude) = (square(sine(half(a.0 - b.0))), square(sine(half(turn))));
    let across = sine((90.0 - a.0.abs()).to_radians()) * sine((90.0 - b.0.abs()).to_radians());
    let miles = 2.0 * RADIUS * arc(latitude + across * longitude);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "half the earth's girth at most"
    )]
    let tenths = (miles * 10.0).round() as u32;
    miles.is_finite().then_some(tenths)
}

/// A sine for angles up to a right angle; the library's covers all angles and costs some KB.
fn sine(x: f64) -> f64 {
    let square = x * x;
    x * (1.0
        - square / 6.0
            * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0 * (1.0 - square / 110.0)))))
}

/// The angle in radians whose squared sine is `square`; accurate to about 0.1 % up to 45 degrees. `tenth_miles` doubles
/// the angle, so these are distances of up to a quarter of the earth's girth.
fn arc(square: f64) -> f64 {
    let x = square.sqrt();
    x * (1.0
        + square * (1.0 / 6.0 + square * (3.0 / 40.0 + square * (15.0 / 336.0 + square * 105.0 / 3456.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BALLARD: (f64, f64) = (47.6687, -122.3764);

    #[test]
    fn distances_are_those_of_a_globe() {
        let far = |to, miles: f64| {
            let told = f64::from(tenth_miles(BALLARD, to).unwrap()) / 10.0;
            assert!((told - miles).abs() <= miles / 500.0 + 0.06, "{told} for {miles}");
        };
        // The expected values are from the haversine formula with exact functions.
        far(BALLARD, 0.0);
        far((47.6153, -122.1920), 9.3);
        far((47.2529, -122.4443), 28.9);
        far((39.7392, -104.9903), 1023.3);
        far((25.7617, -80.1918), 2735.0);
        far((61.2181, -149.9003), 1430.0);
    }

    #[test]
    fn the_date_line_is_no_way_around() {
        let told = tenth_miles((52.0, 179.9), (52.0, -179.9)).unwrap();
        assert!((80..=90).contains(&told), "{told}");
        assert!(tenth_miles((f64::NAN, 0.0), BALLARD).is_none());
    }
}
