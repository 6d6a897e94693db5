//! A day and its times.

use std::sync::Arc;

use booking::journey::event::Event;
use booking::schedule::{Day as OpenDay, Time};
use booking::settings::Target;
use booking::time::PartOfDay;
use chrono::NaiveDate;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::found::Found;
use super::memory::Memory;
use super::times::Many;
use crate::platform::{clock, intl, spawn};
use crate::screen::{Cx, Screen, Spot, Wish, stamp, wording};
use crate::ui::form::arrow;
use crate::ui::view::{El, Node, el, named, unchanged};
use crate::ui::watch::Watch;
use crate::ui::{self, Weight};

/// A day with more times than these is told part by part, and folded.
const SHORT: usize = 8;
/// A fold that hides one or two times hides nothing worth a press.
const NOT_WORTH_FOLDING: usize = 2;
/// Times that opening a day draws before the next frame: more than three screens of a phone. Those of a longer day follow
/// frame by frame, twice as many each time.
const AT_ONCE: usize = 96;
/// Times in a row on a phone; a fold leaves whole rows.
const ROW: usize = 3;

/// A day with its times.
#[component]
pub fn Day(found: Found, date: NaiveDate) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    let day =
        Watch::new(move || found.days.with(|days| days.iter().find(|day| day.date == date).map(Arc::clone)));
    let many = Watch::new(move || found.times.with(|times| times.many));
    let is_open = Watch::new(move || memory.opened.with(|opened| opened.contains(&date)));
    let is_around = Watch::new(move || found.query.with(|query| matches!(query.target, Target::Near(_))));
    let wishes = screen.wishes(move |spot| matches!(spot, Spot::Time(of, _) if of == date));
    let most = RwSignal::new(AT_ONCE);
    screen.draw(move |cx| {
        // Names of clinics and clinicians are in the times' own.
        found.names.track();
        is_around.track();
        wishes.track();
        match day.get() {
            Some(day) => {
                let shown = Shown { is_open: is_open.get(), most: most.get() };
                draw_day(cx, many.get(), &day, shown, screen.wish(), move || draw_more(most))
            }
            // The list is about to leave the day out.
            None => unchanged(),
        }
    })
}

/// How much of a day is shown.
#[derive(Clone, Copy)]
struct Shown {
    /// The patient opened it.
    is_open: bool,
    /// Times that are drawn by now, if it has more.
    most: usize,
}

/// Draws on once what is drawn is on screen.
fn draw_more(most: RwSignal<usize>) {
    // Callbacks of a frame come before its paint.
    request_animation_frame(move || {
        spawn(Box::pin(async move {
            clock::sleep(1).await;
            most.try_update(|most| *most *= 2);
        }));
    });
}

fn draw_day(
    cx: &Cx,
    many: Many,
    day: &OpenDay,
    Shown { is_open, most }: Shown,
    wish: Wish,
    draw_more: impl FnOnce(),
) -> Node {
    let mut shown: Vec<Arc<Time>> = Vec::new();
    let name = intl::day(cx.words.locale(), day.date);
    let within = intl::day_within(cx.words.locale(), day.date);
    let heading = counted(cx, 1, "fat-day-name", &name, day.times.len());
    let folds = day.times.len() > SHORT + NOT_WORTH_FOLDING && !is_open;
    let mut hidden = 0;
    let mut first_hidden = None;
    let mut blocks = Vec::new();
    for group in groups(many, day) {
        match group.title(cx, many) {
            Some(title) => blocks.push(ui::heading(cx.level + 2, "fat-place-name", title).into()),
            // Its words are on their way: the room is kept for them.
            None if many.places || many.people => {
                blocks.push(ui::line("fat-place-name", "\u{a0}".into()).into());
            }
            None => {}
        }
        for (part, all) in group.parts(day.times.len() > SHORT) {
            if let Some(part) = part {
                let below = if many.places || many.people { 3 } else { 2 };
                blocks.push(
                    counted(cx, below, "fat-part-name", &wording::part(cx.words, part), all.len()).into(),
                );
            }
            let keep =
                if folds { (SHORT.div_ceil(ROW) / group.number_of_parts()).max(1) * ROW } else { all.len() };
            let left = most.saturating_sub(shown.len());
            let (kept, rest) = all.split_at(keep.min(left).min(all.len()));
            let mut row = Vec::new();
            for time in kept {
                let focus = stamp(wish, Spot::Time(day.date, shown.len()));
                row.push(draw_time(cx, time, &within, shown.len()).focus(focus).into());
                if focus != 0 {
                    // Who stands here after the next reading may be another time.
                    cx.screen.fulfil();
                }
                shown.push(Arc::clone(time));
            }
            if folds && !rest.is_empty() {
                first_hidden.get_or_insert(shown.len());
                hidden += rest.len();
            }
            let key = all.first().map_or(0, |first| whose(first));
            blocks.push(el("div", "fat-times").key(key).part("times").children(row).into());
        }
    }
    if !folds && shown.len() < day.times.len() {
        draw_more();
    }
    let (screen, memory, date) = (cx.screen, Memory::here(), day.date);
    let more = first_hidden.map(|first| {
        let open = move || {
            memory.opened.update(|opened| opened.push(date));
            screen.go_to(Spot::Time(date, first));
        };
        let label = cx.words.count("times.more", hidden);
        let full = [&label, ", ", &within].concat();
        ui::button(Weight::Link, label, Box::new(open)).attr_text("aria-label", full)
    });
    day_of(cx, shown).part("day").child(heading).children(blocks).maybe(more).into()
}

/// A heading, so many levels below the step's, with a number of times.
fn counted(cx: &Cx, below: u8, class: &'static str, name: &str, number: usize) -> El {
    let number = ui::text("span", "fat-quiet", cx.words.count("times", number));
    ui::heading(cx.level + below, class, [name, " "].concat()).key(named(name)).child(number)
}

/// Times of a day at one clinic with one clinician, as far as there is more than one of either.
struct Group<'a>(Vec<&'a Arc<Time>>);

fn groups(many: Many, day: &OpenDay) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for time in &day.times {
        let known =
            groups.iter_mut().find(|group| group.0.first().is_some_and(|first| many.groups(first, time)));
        match known {
            Some(group) => group.0.push(time),
            None => groups.push(Group(vec![time])),
        }
    }
    groups
}

impl<'a> Group<'a> {
    /// What these have in common and others of the day have not: with whom, where, on whose clock.
    fn title(&self, cx: &Cx, many: Many) -> Option<String> {
        let first = self.0.first()?;
        let who = (many.people && first.slot().source.names_clinician())
            .then(|| wording::clinician(cx, first))
            .flatten();
        let place = many.places.then(|| wording::place(cx, first)).flatten().map(|(name, _)| name);
        let away = many.places.then(|| wording::away(cx, first)).flatten();
        let zone = many.zones.then(|| wording::zone(cx.words, first));
        let parts: Vec<String> = [who, place, away, zone].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn number_of_parts(&self) -> usize {
        PartOfDay::ALL
            .into_iter()
            .filter(|part| self.0.iter().any(|time| time.part() == *part))
            .count()
            .max(1)
    }

    /// By part of day where the day is long.
    fn parts(&self, long: bool) -> Vec<(Option<PartOfDay>, Vec<&'a Arc<Time>>)> {
        if !long {
            return vec![(None, self.0.clone())];
        }
        let of = |part| self.0.iter().copied().filter(|time| time.part() == part).collect::<Vec<_>>();
        PartOfDay::ALL
            .into_iter()
            .map(|part| (Some(part), of(part)))
            .filter(|(_, times)| !times.is_empty())
            .collect()
    }
}

/// With whom, where and what for, as a key.
fn whose(time: &Time) -> u32 {
    let slot = time.slot();
    let (place, kind) = (&slot.place, &slot.visit_type);
    let who = if slot.source.names_clinician() { slot.npi.as_str() } else { "" };
    let parts = [who, place.ehr.as_str(), place.department.as_str(), kind.as_str()];
    named(&parts.join("|"))
}

/// A time as a button, with its full name for those who hear it out of its place; `day` as it is written in a sentence.
pub fn draw_time(cx: &Cx, time: &Time, day: &str, place: usize) -> El {
    let clock = wording::clock(cx.words, time);
    let mut name = [&clock, ", ", day].concat();
    // Around a place each day has many clinics.
    let around = matches!(cx.state.finder.board.target, Target::Near(_));
    let clinic = around.then(|| wording::place(cx, time)).flatten().map(|(name, _)| name);
    for more in [wording::clinician(cx, time), clinic, wording::minutes(cx.words, time)].into_iter().flatten()
    {
        name.push_str(", ");
        name.push_str(&more);
    }
    let minute = time.at().div_euclid(60).to_le_bytes();
    let key = u32::from_le_bytes([minute[0], minute[1], minute[2], minute[3]]) ^ whose(time);
    ui::text("button", "fat-time", clock)
        .key(key)
        .part("slot")
        .attr("type", "button")
        .attr_text("data-time", place.to_string())
        .attr_text("aria-label", name)
}

/// Makes the buttons within choose the times they stand for, and the arrow keys move among them. One listener hears for
/// all buttons of a day.
fn choosable(cx: &Cx, list: El, shown: Vec<Arc<Time>>) -> El {
    let app = cx.app;
    let click = move |event: web_sys::Event| {
        let button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok()?.closest("[data-time]").ok()?);
        let place = button.and_then(|button| button.get_attribute("data-time")?.parse::<usize>().ok());
        if let Some(time) = place.and_then(|place| shown.get(place)) {
            app.send(Event::Choose(Box::new(Time::clone(time))));
        }
    };
    let keydown = |event: web_sys::Event| {
        let Some(button) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let Some(by) = arrow(&event, &button) else { return };
        if let Some(next) = neighbour(&button, by) {
            event.prevent_default();
            let _ = next.focus();
        }
    };
    list.on("click", Box::new(click)).on("keydown", Box::new(keydown))
}

/// The element of a day or of a few times, whose buttons choose `shown` by their places.
pub fn day_of(cx: &Cx, shown: Vec<Arc<Time>>) -> El {
    choosable(cx, el("div", "fat-day"), shown)
}

/// The next or the previous time of the same day.
fn neighbour(button: &Element, by: i32) -> Option<HtmlElement> {
    let place = button.get_attribute("data-time")?.parse::<u32>().ok()?.checked_add_signed(by)?;
    let wanted = ["[data-time=\"", &place.to_string(), "\"]"].concat();
    button.closest(".fat-day").ok()??.query_selector(&wanted).ok()??.dyn_into().ok()
}
