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

use super::memory::Memory;
use super::memos::FinderMemos;
use super::times::Many;
use crate::platform::{clock, intl, spawn};
use crate::screen::{Cx, Screen, Spot, Wish, stamp, wording};
use crate::ui::form::arrow;
use crate::ui::view::{El, Node, el, text_key, unchanged};
use crate::ui::watch::Watch;
use crate::ui::{self, Weight};

/// A day with more times than this is divided into parts of the day.
const SHORT: usize = 8;
/// A day is folded only if it has more times than [`SHORT`] and this number together: hiding fewer is not worth a
/// press.
const NOT_WORTH_FOLDING: usize = 2;
/// How many times are drawn at once when the patient opens a day: more than three screens of a phone. On a longer
/// day the rest is drawn frame by frame, and the number of drawn times doubles with each frame.
const AT_ONCE: usize = 96;
/// Times in a row on a phone; a folded day shows whole rows.
const ROW: usize = 3;

/// A day with its times.
#[component]
pub fn Day(memos: FinderMemos, date: NaiveDate) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    let day =
        Watch::new(move || memos.days.with(|days| days.iter().find(|day| day.date == date).map(Arc::clone)));
    let many = Watch::new(move || memos.times.with(|times| times.many));
    let is_open = Watch::new(move || memory.opened.with(|opened| opened.contains(&date)));
    let is_around = Watch::new(move || memos.query.with(|query| matches!(query.target, Target::Near(_))));
    let wishes = screen.wishes(move |spot| matches!(spot, Spot::Time(of, _) if of == date));
    let most = RwSignal::new(AT_ONCE);
    screen.draw(move |cx| {
        // Redraw when names arrive: the accessible names of the times include clinics and clinicians.
        memos.names.track();
        is_around.track();
        wishes.track();
        match day.get() {
            Some(day) => {
                let shown = Shown { is_open: is_open.get(), most: most.get() };
                draw_day(cx, many.get(), &day, shown, screen.wish(), move || draw_more(most))
            }
            // The list is about to remove the day.
            None => unchanged(),
        }
    })
}

/// How much of a day is shown.
#[derive(Clone, Copy)]
struct Shown {
    /// Whether the patient has opened the day.
    is_open: bool,
    /// The largest number of times to draw now.
    most: usize,
}

/// Draws more times once the drawn ones are on screen.
fn draw_more(most: RwSignal<usize>) {
    // The callback of an animation frame runs before that frame is painted, so the number grows only after a short
    // sleep.
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
            // The title's words are still being read: an empty line keeps their space.
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
                row.push(draw_time(cx, time, &within, shown.len(), false).focus(focus).into());
                if focus != 0 {
                    // End the wish: after the next read another time may be at this position.
                    cx.screen.fulfil();
                }
                shown.push(Arc::clone(time));
            }
            if folds && !rest.is_empty() {
                first_hidden.get_or_insert(shown.len());
                hidden += rest.len();
            }
            let key = all.first().map_or(0, |first| choice_key(first));
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

/// A heading `below` levels under the step's heading, with a number of times.
fn counted(cx: &Cx, below: u16, class: &'static str, name: &str, number: usize) -> El {
    let number = ui::text("span", "fat-quiet", cx.words.count("times", number));
    ui::heading(cx.level + below, class, [name, " "].concat()).key(text_key(name)).child(number)
}

/// The times of a day that have the clinic and the clinician in common, as far as the page's times differ in
/// these ([`Many::groups`]).
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
    /// The group's title: the clinician, the clinic with its distance, and the zone, each only if it is known and the
    /// page's times differ in it.
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

    /// The times by part of day if the day is long, else all of them without a part.
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

/// A key made of the time's clinician, clinic and visit type.
fn choice_key(time: &Time) -> u32 {
    let slot = time.slot();
    let (place, kind) = (&slot.place, &slot.visit_type);
    let who = if slot.source.names_clinician() { slot.npi.as_str() } else { "" };
    let parts = [who, place.ehr.as_str(), place.department.as_str(), kind.as_str()];
    text_key(&parts.join("|"))
}

/// A time as a button. Its accessible name is complete, for screen readers that read it without its surroundings. `day`
/// has the form for use in a sentence; `place` is the time's position in the list that [`day_of`] gets. With
/// `names_clinic` the clinic is part of the name.
pub fn draw_time(cx: &Cx, time: &Time, day: &str, place: usize, names_clinic: bool) -> El {
    let clock = wording::clock(cx.words, time);
    let mut name = [&clock, ", ", day].concat();
    // In a search around a place each day has many clinics.
    let names_clinic = names_clinic || matches!(cx.state.finder.board.target, Target::Near(_));
    let clinic = names_clinic.then(|| wording::place(cx, time)).flatten().map(|(name, _)| name);
    for more in [wording::clinician(cx, time), clinic, wording::minutes(cx.words, time)].into_iter().flatten()
    {
        name.push_str(", ");
        name.push_str(&more);
    }
    let minute = time.at().div_euclid(60).to_le_bytes();
    let key = u32::from_le_bytes([minute[0], minute[1], minute[2], minute[3]]) ^ choice_key(time);
    ui::text("button", "fat-time", clock)
        .key(key)
        .part("slot")
        .attr("type", "button")
        .attr_text("data-time", place.to_string())
        .attr_text("aria-label", name)
}

/// Makes the buttons in `list` choose their times, and the arrow keys move between them. One listener serves all buttons of a
/// day.
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

/// The element of a day or of a few times; a button chooses the time of `shown` at its position.
pub fn day_of(cx: &Cx, shown: Vec<Arc<Time>>) -> El {
    choosable(cx, el("div", "fat-day"), shown)
}

/// The next or the previous time of the same day.
fn neighbour(button: &Element, by: i32) -> Option<HtmlElement> {
    let place = button.get_attribute("data-time")?.parse::<u32>().ok()?.checked_add_signed(by)?;
    let wanted = ["[data-time=\"", &place.to_string(), "\"]"].concat();
    button.closest(".fat-day").ok()??.query_selector(&wanted).ok()??.dyn_into().ok()
}
