//! The steps where the visit cannot be booked in the widget: each says why, and whom to call.

use booking::errand::event::Event as Act;
use booking::errand::state::Errand;
use booking::outcome::Refusal;
use leptos::prelude::*;

use super::outcome::errand_facts;
use crate::screen::{Screen, step, wording};
use crate::ui::view::Node;
use crate::ui::{self, Weight};

/// The step for a visit that can only be booked by phone.
#[component]
pub fn CallToBook(errand: Box<Errand>) -> Node {
    let screen = Screen::here();
    let (heading, text, back) = match *errand {
        Errand::OnDemand(_) => ("queue.call.heading", "queue.call", "waiting.after"),
        Errand::Time(_) | Errand::Visits => ("call-to-book.heading", "call-to-book.text", "other-time"),
    };
    step()
        .node(screen.heading(heading))
        .node(screen.follow(move |cx| errand_facts(cx, &errand).into()))
        .node(screen.line("", text))
        .node(screen.plain(|cx| Some(wording::call(cx))))
        .node(screen.draw(move |cx| cx.button(Weight::Plain, back, cx.send(|| Act::ChangeTime)).into()))
        .into()
}

/// The step for a booking that the system refused.
#[component]
pub fn Refused(refusal: Refusal, errand: Box<Errand>) -> Node {
    let screen = Screen::here();
    let why = screen.follow(move |cx| {
        let text = wording::refusal(cx.words, refusal, cx.is_for_now());
        ui::alert("fat-alert", text).child(wording::call(cx)).into()
    });
    let other = screen.draw(move |cx| {
        let another = || cx.button(Weight::Plain, "other-time", cx.send(|| Act::ChangeTime));
        (refusal == Refusal::NotOnPanel).then(another).into()
    });
    step()
        .node(screen.heading("refused.heading"))
        .node(why)
        .node(screen.follow(move |cx| errand_facts(cx, &errand).into()))
        .node(other)
        .into()
}
