//! The open days and their times. One listener hears for all: there may be hundreds of buttons.

use booking::finder::event::Event as Find;
use booking::journey::event::Event;
use booking::schedule::{Day, Time};
use booking::settings::Target;
use booking::time::PartOfDay;
use chrono::Datelike;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::finder::choosing::{Times, nothing_found, times};
use crate::platform::intl;
use crate::screen::wording;
use crate::screen::{Cx, Spot, go_to};
use crate::ui::form::arrow;
use crate::ui::view::{El, Node, el, named};
use crate::ui::{self, Weight};

/// A day with more times than these is told part by part, and folded.
const SHORT: usize = 8;
/// A fold that hides one or two times hides nothing worth a press.
const NOT_WORTH_FOLDING: usize = 2;
/// Times in a row on a phone; a fold leaves whole rows.
const ROW: usize = 3;

/// How much there is to choose from: `84 times on 12 days`.
pub fn count(cx: &Cx) -> String {
    let days = times(cx).days;
    let number = days.iter().map(|day| day.times.len()).sum();
    let days = cx.words.count("days", days.len());
    [&cx.words.count("times", number), " ", &cx.words.with("times.on", &[("days", &days)])].concat()
}

/// The days, and what comes after them.
pub fn draw(cx: &Cx, times: &Times) -> El {
    let board = &cx.state.finder.board;
    let list = el("div", "fat-list").attr("aria-busy", if board.reading { "true" } else { "false" });
    if times.days.is_empty() {
        return match board.reading {
            true => list.child(ui::skeleton(cx.t("times.reading"))),
            false => list.child(nothing_found(cx, times)),
        };
    }
    let mut shown: Vec<Time> = Vec::new();
    let days = times.days.iter().take(board.days_shown).map(|day| draw_day(cx, times, day, &mut shown));
    let days = el("div", "fat-days").children(days.collect::<Vec<_>>());
    list.child(choosable(cx, days, shown)).child(foot(cx, times))
}

/// Makes the buttons within choose the times they stand for, and the arrow keys move among those of a day.
pub fn choosable(cx: &Cx, list: El, shown: Vec<Time>) -> El {
    let app = cx.app;
    let click = move |event: web_sys::Event| {
        let button = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok()?.closest("[data-time]").ok()?);
        let place = button.and_then(|button| button.get_attribute("data-time")?.parse::<usize>().ok());
        if let Some(time) = place.and_then(|place| shown.get(place)) {
            app.send(Event::Choose(Box::new(time.clone())));
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

/// The next or the previous time of the same day.
fn neighbour(button: &Element, by: i32) -> Option<HtmlElement> {
    let place = button.get_attribute("data-time")?.parse::<u32>().ok()?.checked_add_signed(by)?;
    let wanted = ["[data-time=\"", &place.to_string(), "\"]"].concat();
    button.closest(".fat-day").ok()??.query_selector(&wanted).ok()??.dyn_into().ok()
}

fn draw_day(cx: &Cx, times: &Times, day: &Day, shown: &mut Vec<Time>) -> Node {
    let name = intl::day(cx.words.locale(), day.date);
    let within = intl::day_within(cx.words.locale(), day.date);
    let heading = counted(cx, 1, "fat-day-name", &name, day.times.len());
    let folds = day.times.len() > SHORT + NOT_WORTH_FOLDING && !cx.here.opened.contains(&day.date);
    let mut hidden = 0;
    let mut first_hidden = None;
    let mut place = 0;
    let mut blocks = Vec::new();
    for group in groups(times, day) {
        match group.title(cx, times) {
            Some(title) => blocks.push(ui::heading(cx.level + 2, "fat-place-name", title).into()),
            // Its words are on their way: the room is kept for them.
            None if times.many_places || times.many_people => {
                blocks.push(ui::line("fat-place-name", "\u{a0}".into()).into());
            }
            None => {}
        }
        for (part, all) in group.parts(day.times.len() > SHORT) {
            if let Some(part) = part {
                let below = if times.many_places || times.many_people { 3 } else { 2 };
                blocks.push(
                    counted(cx, below, "fat-part-name", &wording::part(cx.words, part), all.len()).into(),
                );
            }
            let keep =
                if folds { (SHORT.div_ceil(ROW) / group.number_of_parts()).max(1) * ROW } else { all.len() };
            let (kept, rest) = all.split_at(keep.min(all.len()));
            let mut row = Vec::new();
            for time in kept {
                let focus = cx.focus(Spot::Time(day.date, place));
                row.push(draw_time(cx, time, &within, shown.len()).focus(focus).into());
                if focus != 0 {
                    // Fulfilled: who stands here after the next reading may be another time, and takes the focus from nobody.
                    cx.local.maybe_update(|local| {
                        local.focus.0 = Spot::Nowhere;
                        false
                    });
                }
                shown.push((*time).clone());
                place += 1;
            }
            if !rest.is_empty() {
                first_hidden.get_or_insert(place);
                hidden += rest.len();
            }
            let key = all.first().map_or(0, |first| whose(first));
            blocks.push(el("div", "fat-times").key(key).part("times").children(row).into());
        }
    }
    let local = cx.local;
    let date = day.date;
    let more = first_hidden.map(|first| {
        let open = move || {
            local.update(|local| {
                local.opened.push(date);
                go_to(local, Spot::Time(date, first));
            });
        };
        let label = cx.words.count("times.more", hidden);
        let full = [&label, ", ", &within].concat();
        ui::button(Weight::Link, label, Box::new(open)).attr_text("aria-label", full)
    });
    let key = day.date.num_days_from_ce().unsigned_abs();
    el("div", "fat-day").key(key).part("day").child(heading).children(blocks).maybe(more).into()
}

/// A heading, so many levels below the step's, with a number of times.
fn counted(cx: &Cx, below: u8, class: &'static str, name: &str, number: usize) -> El {
    let number = ui::text("span", "fat-quiet", cx.words.count("times", number));
    ui::heading(cx.level + below, class, [name, " "].concat()).child(number)
}

/// Times of a day at one clinic with one clinician, as far as there is more than one of either.
struct Group<'a>(Vec<&'a Time>);

fn groups<'a>(times: &Times, day: &'a Day) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for time in &day.times {
        let known =
            groups.iter_mut().find(|group| group.0.first().is_some_and(|first| times.together(first, time)));
        match known {
            Some(group) => group.0.push(time),
            None => groups.push(Group(vec![time])),
        }
    }
    groups
}

impl<'a> Group<'a> {
    /// What these have in common and others of the day have not: with whom, where, on whose clock.
    fn title(&self, cx: &Cx, times: &Times) -> Option<String> {
        let first = self.0.first()?;
        let who = (times.many_people && first.slot().source.names_clinician())
            .then(|| wording::clinician(cx, first))
            .flatten();
        let place = times.many_places.then(|| wording::place(cx, first)).flatten().map(|(name, _)| name);
        let away = times.many_places.then(|| wording::away(cx, first)).flatten();
        let zone = times.many_zones.then(|| wording::zone(cx.words, first));
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
    fn parts(&self, long: bool) -> Vec<(Option<PartOfDay>, Vec<&'a Time>)> {
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

/// More days, or how far there are any; and what could not be read.
fn foot(cx: &Cx, times: &Times) -> El {
    let board = &cx.state.finder.board;
    let foot = el("div", "fat-foot");
    if board.trouble.is_some() && !board.reading {
        let again = cx.button(Weight::Plain, "retry", cx.send(|| Event::Retry));
        return foot.child(ui::alert("fat-alert", cx.t("times.incomplete")).child(again));
    }
    if times.days.len() > board.days_shown {
        let (app, local) = (cx.app, cx.local);
        let next = times.days.get(board.days_shown).map(|day| day.date);
        let more = move || {
            local.update(|local| {
                local.acted = true;
                if let Some(date) = next {
                    go_to(local, Spot::Time(date, 0));
                }
            });
            app.send(Find::More);
        };
        return foot.child(cx.button(Weight::Plain, "days.more", Box::new(more)));
    }
    if board.reading {
        return foot.child(cx.line("fat-quiet", "times.reading"));
    }
    // A clinic's times have no end but their last; what the filters hide counts too.
    let until = board.searched_to.or_else(|| times.all.iter().map(|time| time.local.date()).max());
    let until =
        until.map(|date| cx.words.with("days.until", &[("date", &intl::date(cx.words.locale(), date))]));
    foot.maybe(until.map(|until| ui::line("fat-quiet", until)))
}
