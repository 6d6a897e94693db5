//! The list of open days, and what is shown below it. Each day is a component of its own, so that opening one
//! redraws no other.

use booking::finder::event::Event as Find;
use booking::journey::event::Event;
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::day::{Day, DayProps};
use super::filters;
use super::memos::{FinderMemos, Progress};
use crate::app::part::ways;
use crate::platform::intl;
use crate::screen::{Cx, Screen, Spot, wording};
use crate::ui::view::{El, Node, el, part};
use crate::ui::watch::Watch;
use crate::ui::{self, Weight};

/// How many times there are: `84 times on 12 days`.
pub fn count(cx: &Cx, memos: FinderMemos) -> String {
    memos.days.with(|days| {
        let number = days.iter().map(|day| day.times.len()).sum();
        let days = cx.words.count("days", days.len());
        [&cx.words.count("times", number), " ", &cx.words.with("times.on", &[("days", &days)])].concat()
    })
}

/// What the live region says of the times on screen.
pub fn said(cx: &Cx, memos: FinderMemos) -> String {
    let count = count(cx, memos);
    match (trouble(cx, memos), memos.progress.get().error) {
        (Some(trouble), _) => trouble,
        (None, Some(_)) => [&count, ". ", &cx.t("times.incomplete")].concat(),
        (None, None) => count,
    }
}

/// Why there is no time, if that is not known because a read has failed.
fn trouble(cx: &Cx, memos: FinderMemos) -> Option<String> {
    let error = memos.progress.get().error?;
    memos.times.with(|times| times.all.is_empty()).then(|| wording::api_error(cx.words, error))
}

/// The message that some times could not be read.
pub fn incomplete(cx: &Cx, spot: Spot) -> El {
    ui::alert("fat-alert", cx.t("times.incomplete")).child(again(cx, spot))
}

/// A button that reads the times again. It is removed as soon as they are being read, so the focus moves to `spot`.
fn again(cx: &Cx, spot: Spot) -> El {
    let screen = cx.screen;
    let press = move || {
        screen.go_to(spot);
        screen.act(Event::Retry);
    };
    cx.button(Weight::Plain, "retry", Box::new(press))
}

/// What the list shows.
#[derive(Clone, PartialEq)]
enum List {
    /// The first times are being read.
    Reading,
    /// There are no times.
    Empty,
    /// These days.
    Days(Vec<NaiveDate>),
}

/// The days with what follows them (`Foot`), or a message that there is no time (`NothingFound`).
#[component]
pub fn Days(memos: FinderMemos) -> Node {
    let screen = Screen::here();
    let list = Watch::new(move || {
        let Progress { is_reading, days_shown, .. } = memos.progress.get();
        memos.days.with(|days| {
            let shown: Vec<NaiveDate> = days.iter().take(days_shown).map(|day| day.date).collect();
            match (shown.is_empty(), is_reading) {
                (true, true) => List::Reading,
                (true, false) => List::Empty,
                (false, _) => List::Days(shown),
            }
        })
    });
    let is_reading = Watch::new(move || memos.progress.get().is_reading);
    screen.draw(move |cx| {
        let busy = if is_reading.get() { "true" } else { "false" };
        let list_el = el("div", "fat-list").attr("aria-busy", busy);
        let list_el = list_el.attr("tabindex", "-1").focus(cx.focus(Spot::Times));
        match list.get() {
            List::Reading => list_el.child(ui::skeleton(cx.t("times.reading"))),
            List::Empty => list_el.node(part(1, move || NothingFound(NothingFoundProps { memos }))),
            List::Days(dates) => {
                let days = dates.into_iter().map(|date| {
                    let key = date.num_days_from_ce().unsigned_abs();
                    part(key, move || Day(DayProps { memos, date }))
                });
                let days = el("div", "fat-days").children(days.collect());
                list_el.child(days).node(part(2, move || Foot(FootProps { memos })))
            }
        }
        .into()
    })
}

/// Shown if there is nothing to choose from: says so, and offers what the patient can do instead.
#[component]
fn NothingFound(memos: FinderMemos) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        memos.track_all();
        let filtered = memos.times.with(|times| !times.all.is_empty());
        let trouble = trouble(cx, memos);
        let text = trouble.unwrap_or_else(|| if filtered { cx.t("none.filtered") } else { none_until(cx) });
        let narrowed = filtered || filters::sought(cx) > 0;
        let retry = cx.state.finder.board.error.is_some();
        let other_type = cx.state.finder.board.visit_types.len() > 1;
        ui::alert("fat-alert", text)
            .maybe(ways().filter(|_| narrowed).map(|more| (more.clear)(cx, Weight::Plain)))
            .maybe(ways().filter(|_| !filtered && !retry).and_then(|more| (more.widen)(cx)))
            .maybe(retry.then(|| again(cx, Spot::Times)))
            .maybe(other_type.then(|| cx.line("", "none.other-type")))
            .child(wording::call(cx))
            .into()
    })
}

/// Says that there is no time, and within which distance or until which day the widget has looked.
fn none_until(cx: &Cx) -> String {
    if let Some(within) = ways().and_then(|more| (more.within)(cx)) {
        return cx.words.with("near.none", &[("distance", &within)]);
    }
    match cx.state.finder.board.searched_to {
        Some(date) => cx.words.with("none.until", &[("date", &intl::date(cx.words.locale(), date))]),
        None => cx.t("none"),
    }
}

/// What follows the days: an alert if some times could not be read, else a button for more days, or until which
/// day there are times.
#[component]
fn Foot(memos: FinderMemos) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        let Progress { is_reading, error, searched_to, days_shown } = memos.progress.get();
        let foot = el("div", "fat-foot");
        if error.is_some() && !is_reading {
            let last = memos.days.with(|days| days.iter().take(days_shown).next_back().map(|day| day.date));
            let spot = last.map_or(Spot::Times, |date| Spot::Time(date, 0));
            return foot.child(incomplete(cx, spot)).into();
        }
        if let Some(next) = memos.days.with(|days| days.get(days_shown).map(|day| day.date)) {
            let more = move || {
                screen.go_to(Spot::Time(next, 0));
                screen.act(Find::More);
            };
            return foot.child(cx.button(Weight::Plain, "days.more", Box::new(more))).into();
        }
        if is_reading {
            return foot.child(cx.line("fat-quiet", "times.reading")).into();
        }
        // A clinic's list has no end date, so its last time counts, also if a filter hides it.
        let last = || memos.times.with(|times| times.all.iter().map(|time| time.local.date()).max());
        let until = searched_to.or_else(last).map(|date| {
            ui::line(
                "fat-quiet",
                cx.words.with("days.until", &[("date", &intl::date(cx.words.locale(), date))]),
            )
        });
        foot.maybe(until).into()
    })
}
