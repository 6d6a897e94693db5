//! Narrowing the times: weekday, part of day, clinic; behind one button until wanted, with the number left said at once.

use booking::filter::Filter;
use booking::flow::event::Event;
use booking::ids::DepartmentIdentifier;
use booking::time::PartOfDay;
use chrono::{Datelike, Weekday};
use leptos::prelude::*;

use super::choosing::Times;
use super::{Cx, Spot, days, go_to, wording};
use crate::platform::intl;
use crate::ui::element::{El, Node, el};
use crate::ui::{self, Weight};

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The button, and the panel while it is open; nothing where there is nothing to narrow.
pub fn draw(cx: &Cx, times: &Times) -> Option<El> {
    let filter = &cx.state.board.filter;
    let panel = groups(cx, times);
    if panel.is_empty() && filter.is_empty() {
        return None;
    }
    let open = cx.here.filters_open;
    let label = match filter.len() {
        0 => cx.t("filters"),
        chosen => cx.words.count("filters.chosen", chosen),
    };
    let local = cx.local;
    let press = Box::new(move || local.update(|local| local.filters_open = !local.filters_open));
    let toggle = ui::button(Weight::Plain, label, press)
        .attr("aria-expanded", if open { "true" } else { "false" })
        .focus(cx.focus(Spot::Filters));
    let panel = open.then(|| {
        let foot = el("div", "fat-row").child(ui::line("fat-strong", days::count(cx)));
        let foot = if filter.is_empty() { foot } else { foot.child(clear(cx, Weight::Link)) };
        el("div", "fat-panel").children(panel).child(foot)
    });
    Some(el("div", "fat-filters").part("filters").child(toggle).maybe(panel))
}

/// Lets everything through again.
pub fn clear(cx: &Cx, weight: Weight) -> El {
    let (app, local) = (cx.app, cx.local);
    let press = Box::new(move || {
        // The button goes with the filters.
        local.update(|local| {
            local.acted = true;
            go_to(local, Spot::Filters);
        });
        app.send(Event::Narrow(Filter::default()));
    });
    cx.button(weight, "filters.clear", press)
}

/// Questions with more than one answer among the times held.
fn groups(cx: &Cx, times: &Times) -> Vec<Node> {
    let filter = &cx.state.board.filter;
    let mut weekdays = 0_u8;
    let mut parts = Vec::new();
    let mut places: Vec<DepartmentIdentifier> = Vec::new();
    for time in &times.all {
        weekdays |= 1 << time.local.weekday().num_days_from_monday();
        if !parts.contains(&time.part()) {
            parts.push(time.part());
        }
        if !places.contains(time.place()) {
            places.push(time.place().clone());
        }
    }
    let mut groups = Vec::new();
    if weekdays.count_ones() > 1 {
        let days = WEEK.into_iter().filter(|day| weekdays & (1 << day.num_days_from_monday()) != 0);
        let choices = days.map(|day| {
            let name = intl::weekday(cx.words.locale(), day.num_days_from_monday());
            toggle(cx, name, filter.has_weekday(day), Box::new(move |filter| filter.toggle_weekday(day)))
        });
        groups.push(group(cx.t("filters.weekday"), choices.collect()));
    }
    if parts.len() > 1 {
        let choices = PartOfDay::ALL.into_iter().filter(|part| parts.contains(part)).map(|part| {
            toggle(
                cx,
                wording::part(cx.words, part),
                filter.has_part(part),
                Box::new(move |filter| filter.toggle_part(part)),
            )
        });
        groups.push(group(cx.t("filters.part"), choices.collect()));
    }
    if places.len() > 1 {
        let choices = places.into_iter().filter_map(|place| {
            let name = cx.state.board.place(&place)?.0.to_owned();
            Some(toggle(
                cx,
                name,
                filter.has_place(&place),
                Box::new(move |filter| filter.toggle_place(&place)),
            ))
        });
        groups.push(group(cx.t("filters.place"), choices.collect()));
    }
    groups
}

fn group(legend: String, choices: Vec<Node>) -> Node {
    ui::group("fat-group", legend).child(ui::choices(choices)).into()
}

fn toggle(cx: &Cx, name: String, on: bool, change: Box<dyn Fn(&mut Filter) + Send>) -> Node {
    let app = cx.app;
    let press = cx.act(move || {
        let mut filter = app.state.with_untracked(|state| state.board.filter.clone());
        change(&mut filter);
        Event::Narrow(filter)
    });
    ui::choice("checkbox", "filter", on, name, None, 0, press).into()
}
