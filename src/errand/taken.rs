//! The time cannot be had after all: why, and the three nearest. Everything entered is kept.

use booking::errand::event::Event as Act;
use booking::outcome::Refusal;
use booking::schedule::Time;

use crate::errand::patient::someone_else;
use crate::finder::days;
use crate::platform::intl;
use crate::screen::Cx;
use crate::screen::wording;
use crate::ui::view::{El, el};
use crate::ui::{self, Weight};

/// The step.
pub fn draw(cx: &Cx, body: El, lost: &Time, refusal: Refusal) -> El {
    let heading = cx.heading(match refusal {
        Refusal::DoubleBooked => "taken.heading.double",
        Refusal::UnknownConflict => "taken.heading.conflict",
        _ => "taken.heading",
    });
    let body = body
        .child(heading)
        .child(ui::alert("fat-alert", wording::refusal(cx.words, refusal)).child(lost_line(cx, lost)))
        .maybe(someone_else::strong_line(cx));
    let all = cx.button(Weight::Plain, "taken.all", cx.send(|| Act::ChangeTime));
    if cx.state.errand.is_reading_nearest {
        return body.child(ui::skeleton(cx.t("times.reading"))).child(all);
    }
    let near = cx.state.errand.nearest.clone();
    if near.is_empty() {
        return body.child(cx.line("", "taken.none")).child(wording::call(cx)).child(all);
    }
    let many_places = near.iter().any(|time| time.place() != lost.place());
    let buttons = near.iter().enumerate().map(|(place, time)| {
        let day = intl::day(cx.words.locale(), time.local.date());
        let place_name =
            wording::place(cx, time).filter(|_| many_places).map(|(name, _)| ui::text("small", "", name));
        let stamp = if place == 0 { cx.arrival } else { 0 };
        let within = intl::day_within(cx.words.locale(), time.local.date());
        let button = days::draw_time(cx, time, &within, place).focus(stamp);
        button.child(ui::text("small", "", day)).maybe(place_name).into()
    });
    let row = el("div", "fat-times fat-near").part("times").children(buttons.collect::<Vec<_>>());
    body.child(cx.line("fat-strong", "taken.nearest"))
        .child(days::choosable(cx, el("div", "fat-day").child(row), near))
        .child(all)
}

fn lost_line(cx: &Cx, lost: &Time) -> El {
    ui::line("fat-quiet", wording::when(cx.words, lost).join(", "))
}
