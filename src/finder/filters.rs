//! The button for the filters, with how many are on. The panel that it opens is in a later part of the wasm ([`crate::ways`]).

use booking::finder::state::Board;
use booking::schedule::Time;
use booking::settings::Target;
use chrono::Datelike;
use leptos::prelude::*;

use super::days;
use super::memory::Memory;
use super::memos::FinderMemos;
use super::times::Times;
use crate::app::opening::Opening;
use crate::app::part;
use crate::screen::{Cx, Screen, Spot, wording};
use crate::ui::view::{El, Node, el, nothing, part as keyed};
use crate::ui::{self, Weight};

/// The button, and the panel while it is open; nothing if the times cannot be narrowed.
#[component]
pub fn Filters(memos: FinderMemos) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    let coming = screen.app.ways_opening();
    screen.draw(move |cx| {
        let filter = memos.filter.get();
        memos.names.track();
        memos.query.track();
        let chosen = filter.len() + sought(cx);
        let can_narrow = memos.times.with(|times| is_choice(times)) || is_search(&cx.state.finder.board);
        if !can_narrow && chosen == 0 {
            return nothing();
        }
        let open = memory.filters_open.get();
        let label = match chosen {
            0 => cx.t("filters"),
            _ => cx.words.count("filters.chosen", chosen),
        };
        let app = cx.app;
        let press = Box::new(move || {
            app.load_ways();
            memory.filters_open.update(|open| *open = !*open);
        });
        let toggle = ui::button(Weight::Plain, label, press)
            .attr("aria-expanded", if open { "true" } else { "false" })
            .focus(cx.focus(Spot::Filters));
        let panel = open.then(|| match (coming.get(), part::ways()) {
            (Opening::No, Some(ways)) => {
                let foot = el("div", "fat-row").node(keyed(1, move || Count(CountProps { memos })));
                let foot = if chosen == 0 { foot } else { foot.child((ways.clear)(cx, Weight::Link)) };
                el("div", "fat-panel").children((ways.panel)(cx, memos, &filter)).child(foot)
            }
            (Opening::Failed, _) => el("div", "fat-panel").child(draw_error(cx)),
            _ => el("div", "fat-panel").child(cx.line("fat-progress", "opening.heading")),
        });
        el("div", "fat-filters").part("filters").child(toggle).maybe(panel).into()
    })
}

/// The message when the panel could not be loaded.
fn draw_error(cx: &Cx) -> El {
    let screen = cx.screen;
    let press = move || {
        // This button is removed while the panel is loaded again, so the focus moves to the button of the filters.
        screen.go_to(Spot::Filters);
        screen.app.load_ways();
    };
    let retry = cx.button(Weight::Plain, "retry", Box::new(press));
    ui::alert("fat-alert", cx.t("filters.failed")).child(retry).child(wording::call(cx))
}

/// Whether the times differ in anything that a filter narrows.
fn is_choice(times: &Times) -> bool {
    let is_other = |test: fn(&Time, &Time) -> bool| {
        times.all.first().is_some_and(|first| times.all.iter().any(|time| test(first, time)))
    };
    times.many.places
        || is_other(|a, b| a.part() != b.part())
        || is_other(|a, b| a.local.weekday() != b.local.weekday())
}

/// Whether the search itself can be narrowed.
fn is_search(board: &Board) -> bool {
    matches!(&board.target, Target::Near(search) if search.around.is_some())
}

/// How many of the search's filters the patient has changed from what the page's attributes say.
pub fn sought(cx: &Cx) -> usize {
    part::ways().map_or(0, |ways| (ways.sought)(cx))
}

/// The number of times that the filters leave.
#[component]
fn Count(memos: FinderMemos) -> Node {
    Screen::here().draw(move |cx| ui::line("fat-strong", days::count(cx, memos)).into())
}
