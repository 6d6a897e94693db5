//! The step for a time that cannot be booked after all, for example because it was just taken: why, and up to three of
//! the nearest times. Everything the patient entered is kept.

use std::sync::Arc;

use booking::errand::event::Event as Act;
use booking::outcome::Refusal;
use booking::schedule::Time;
use leptos::prelude::*;

use super::patient::someone_else;
use crate::finder::{day_of, draw_time};
use crate::platform::clock::sleep;
use crate::platform::{intl, spawn};
use crate::screen::{Cx, Screen, step, wording};
use crate::ui::view::{El, Node, el, nothing};
use crate::ui::{self, Weight};

/// Milliseconds in which a screen reader speaks the heading, which has the focus until the nearest times are read.
const HEARD: i32 = 600;

/// The step for a time that cannot be booked after all.
#[component]
pub fn Taken(lost: Box<Time>, refusal: Refusal) -> Node {
    let screen = Screen::here();
    let heading = match refusal {
        Refusal::DoubleBooked => "taken.heading.double",
        Refusal::UnknownConflict => "taken.heading.conflict",
        _ => "taken.heading",
    };
    let place = lost.place().clone();
    let heard = RwSignal::new(false);
    spawn(Box::pin(async move {
        sleep(HEARD).await;
        heard.try_set(true);
    }));
    let why = screen.follow(move |cx| {
        let what = ui::line("", wording::refusal(cx.words, refusal, false)).attr("id", "taken-why");
        let line = ui::line("fat-quiet", wording::when(cx.words, &lost).join(", "));
        el("div", "fat-alert").part("alert").child(what).child(line).into()
    });
    let title = screen.follow(|cx| match nearest(cx) {
        None => nothing(),
        Some([]) => cx.line("", "taken.none").into(),
        Some(_) => cx.line("fat-strong", "taken.nearest").attr("id", "taken-nearest").into(),
    });
    let times = screen.follow(move |cx| match nearest(cx) {
        None => ui::skeleton(cx.t("times.reading")).into(),
        Some([]) => wording::call(cx).into(),
        Some(near) => {
            let many_places = near.iter().any(|time| *time.place() != place);
            let names = ["taken-heading taken-why taken-nearest", "taken-why taken-nearest"];
            let name = names[usize::from(heard.get_untracked())];
            draw_nearest(cx, near, many_places).attr("aria-labelledby", name).into()
        }
    });
    step()
        .node(screen.draw(move |cx| cx.heading(heading).attr("id", "taken-heading").into()))
        .node(why)
        .node(screen.plain(someone_else::strong_line))
        .node(title)
        .node(times)
        .node(screen.fixed(|cx| cx.button(Weight::Plain, "taken.all", cx.send(|| Act::ChangeTime))))
        .node(screen.announce(|cx| match nearest(cx) {
            None => cx.t("times.reading"),
            Some([]) => cx.t("taken.none"),
            Some(_) => String::new(),
        }))
        .into()
}

/// The nearest times, once they are read.
fn nearest<'a>(cx: &Cx<'a>) -> Option<&'a [Time]> {
    let errand = &cx.state.errand;
    (!errand.is_reading_nearest).then_some(errand.nearest.as_slice())
}

/// The nearest times. The focus moves to the first of them, past the text above; the times are a group with that text as its
/// name, so that a screen reader speaks the text first.
fn draw_nearest(cx: &Cx, near: &[Time], many_places: bool) -> El {
    let buttons = near.iter().enumerate().map(|(place, time)| {
        let day = intl::day(cx.words.locale(), time.local.date());
        let place_name =
            wording::place(cx, time).filter(|_| many_places).map(|(name, _)| ui::text("small", "", name));
        let stamp = if place == 0 { cx.arrival() } else { 0 };
        let within = intl::day_within(cx.words.locale(), time.local.date());
        let button = draw_time(cx, time, &within, place, many_places).focus(stamp);
        button.child(ui::text("small", "", day)).maybe(place_name).into()
    });
    let row = el("div", "fat-times fat-near").part("times").children(buttons.collect());
    day_of(cx, near.iter().cloned().map(Arc::new).collect()).attr("role", "group").child(row)
}
