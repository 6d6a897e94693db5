//! Nothing can be chosen or booked here: why, and a way on that always ends at a phone.

use booking::errand::event::Event as Act;
use booking::errand::state::Errand;
use booking::finder::state::Why;
use booking::outcome::{Refusal, Trouble};

use crate::errand::outcome as booked;
use crate::errand::sign_in::retry;
use crate::finder::place as where_to;
use crate::finder::ways;
use crate::screen::Cx;
use crate::screen::wording;
use crate::ui::view::El;
use crate::ui::{self, Weight};

/// The step; the host page's own words stand below it.
pub fn draw(cx: &Cx, body: El, why: Why) -> El {
    match why {
        Why::Trouble(trouble) => {
            let alert = ui::alert("fat-alert", wording::trouble(cx.words, trouble));
            // What was not found will not be found the next time either.
            let again = !matches!(trouble, Trouble::NotFound | Trouble::Rejected);
            let alert = alert.maybe(again.then(|| retry(cx, Weight::Plain)));
            let body = body.child(cx.heading("unavailable.heading")).maybe(ways::draw(cx));
            body.maybe(where_to::draw(cx)).child(alert.child(wording::call(cx)))
        }
        Why::NoTimes => {
            let text =
                where_to::within(cx).map(|within| cx.words.with("near.none", &[("distance", &within)]));
            let alert = ui::alert("fat-alert", text.unwrap_or_else(|| cx.t("unavailable.no-times")));
            let alert = alert.maybe(where_to::widen(cx)).child(retry(cx, Weight::Plain));
            body.child(cx.heading("none"))
                .maybe(ways::draw(cx))
                .maybe(where_to::draw(cx))
                .child(alert.child(wording::call(cx)))
        }
        Why::Misconfigured => body.child(cx.heading("unavailable.heading")).child(wording::call(cx)),
    }
}

/// It can only be had by phone.
pub fn draw_call_to_book(cx: &Cx, body: El, errand: &Errand) -> El {
    let other = cx.button(Weight::Plain, "other-time", cx.send(|| Act::ChangeTime));
    let (heading, text) = match errand {
        Errand::Now(_) => ("queue.call.heading", "queue.call"),
        _ => ("call-to-book.heading", "call-to-book.text"),
    };
    let heading = cx.heading(heading);
    body.child(heading)
        .child(booked::errand_facts(cx, errand))
        .child(cx.line("", text))
        .child(wording::call(cx))
        .child(other)
}

/// The system will not book this patient here.
pub fn draw_refused(cx: &Cx, body: El, refusal: Refusal, errand: &Errand) -> El {
    let alert = ui::alert("fat-alert", wording::refusal(cx.words, refusal)).child(wording::call(cx));
    let other = (refusal == Refusal::NotOnPanel)
        .then(|| cx.button(Weight::Plain, "other-time", cx.send(|| Act::ChangeTime)));
    body.child(cx.heading("refused.heading"))
        .child(alert)
        .child(booked::errand_facts(cx, errand))
        .maybe(other)
}
