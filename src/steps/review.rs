//! Everything at a glance before it is sent, each part with a way to change it; and the same while it is being sent.

use booking::flow::command::Failure;
use booking::flow::event::Event;
use booking::flow::state::SendingPhase;
use booking::schedule::Time;
use booking::time::parse_iso_date;
use leptos::prelude::*;

use super::{Cx, back, wording};
use crate::platform::intl;
use crate::ui::element::{El, Node, el};
use crate::ui::{self, Weight};

/// The step.
pub fn draw(cx: &Cx, body: El, time: &Time, failure: Option<Failure>) -> El {
    let note = failure.map(|failure| {
        let text = cx.t(match failure {
            Failure::Network => "failed.network",
            Failure::Server => "failed.server",
            Failure::SignedOut => "failed.signed-out",
            Failure::Rejected => "failed.rejected",
            Failure::Contract => "failed.contract",
        });
        ui::alert("fat-alert", text).child(wording::call(cx))
    });
    body.child(back(cx))
        .child(cx.heading("review.heading"))
        .maybe(note)
        .child(rows(cx, time, true))
        .child(cx.button(Weight::Primary, "review.book", cx.send(|| Event::Submit)))
        .child(cx.line("fat-quiet", "review.nothing-sent"))
}

/// While it is on its way: the same, locked.
pub fn draw_sending(cx: &Cx, body: El, time: &Time, phase: SendingPhase) -> El {
    // Not `disabled`: the focus would be lost with it.
    let locked = cx.button(Weight::Primary, "sending.button", Box::new(|| {})).attr("aria-disabled", "true");
    // A sign-in window that was closed may never answer; until the token is there nothing has been sent.
    let leave = (phase == SendingPhase::Token && cx.slow).then(|| back(cx));
    body.maybe(leave)
        .child(cx.heading("sending.heading"))
        .child(ui::line("fat-progress", wording::sending(cx, phase)))
        .child(rows(cx, time, false))
        .child(locked)
}

/// Who, what, where, when, with whom, how to pay.
fn rows(cx: &Cx, time: &Time, changes: bool) -> El {
    let mut list = Vec::new();
    let mut row = |key: &'static str, lines: Vec<String>, change: Change| {
        if !lines.is_empty() {
            list.push(draw_row(cx, key, lines, if changes { change } else { Change::Nothing }));
        }
    };
    row("review.when", Vec::from(wording::when(cx.words, time)), Change::Time);
    row(
        "review.what",
        wording::visit_type(cx, time).into_iter().chain(wording::minutes(cx.words, time)).collect(),
        Change::Time,
    );
    row("review.with", wording::clinician(cx, time).into_iter().collect(), Change::Time);
    let place = wording::place(cx, time).map(|(name, address)| vec![name, address]);
    row("review.where", place.unwrap_or_default(), Change::Time);
    if let Some(details) = &cx.state.person.details {
        let known = &details.demographics;
        let name = [known.name.given.as_str(), " ", &known.name.family].concat();
        let born = parse_iso_date(&known.birth_date).map(|date| intl::date(cx.words.locale(), date));
        row("review.who", vec![name, born.unwrap_or_default()], Change::Person);
        let contact = vec![
            wording::phone_text(&known.phone),
            known.email.clone(),
            wording::address_line(&known.address),
        ];
        row("review.contact", contact, Change::Person);
        row("review.reason", vec![details.reason.clone()], Change::Reason);
    }
    row("review.pay", vec![cx.t("pay.arrival")], Change::Nothing);
    el("dl", "fat-rows").part("summary").children(list)
}

/// What a "Change" leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Nothing,
    Time,
    Person,
    Reason,
}

fn draw_row(cx: &Cx, key: &'static str, lines: Vec<String>, change: Change) -> Node {
    let label = cx.t(key);
    let (app, local) = (cx.app, cx.local);
    let button = (change != Change::Nothing).then(|| {
        let name = [&cx.t("change"), ": ", &label].concat();
        let press = move || {
            if change == Change::Time {
                app.send(Event::ChangeTime);
            } else {
                local.update(|local| local.editing |= change == Change::Person);
                app.send(Event::ChangeDetails);
            }
        };
        cx.button(Weight::Link, "change", Box::new(press)).attr_text("aria-label", name)
    });
    let told = el("dd", "").child(ui::lines(lines)).maybe(button);
    el("div", "fat-row").child(ui::text("dt", "", label)).child(told).into()
}
