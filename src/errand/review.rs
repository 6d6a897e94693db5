//! Everything at a glance before it is sent, each part with a way to change it; and the same while it is being sent.

use booking::errand::event::Event as Act;
use booking::errand::state::{CouponCheck, Errand, SendingPhase};
use booking::notice::Failure;
use booking::on_demand::Now;
use booking::payment::Payment;
use booking::time::parse_iso_date;
use leptos::prelude::*;

use crate::errand::patient::payment;
use crate::errand::patient::someone_else;
use crate::finder::queue;
use crate::platform::intl;
use crate::screen::wording;
use crate::screen::{Cx, Spot, back, go_to};
use crate::ui::view::{El, Node, el};
use crate::ui::{self, Weight};

/// The step.
pub fn draw(cx: &Cx, body: El, errand: &Errand, failure: Option<Failure>) -> El {
    let note = failure.map(|failure| {
        let text = cx.t(match failure {
            Failure::Network => "failed.network",
            Failure::Server => "failed.server",
            Failure::SignedOut => "failed.signed-out",
            Failure::Rejected => "failed.rejected",
            Failure::Contract => "failed.contract",
            Failure::Card => "failed.card",
        });
        ui::alert("fat-alert", text).child(wording::call(cx))
    });
    body.child(back(cx))
        .child(cx.heading("review.heading"))
        .maybe(someone_else::strong_line(cx))
        .maybe(note)
        .child(rows(cx, errand, true))
        .maybe(errand.now().map(|_| terms(cx)))
        .child(submit(cx, errand))
        .child(cx.line(
            "fat-quiet",
            if errand.now().is_some() { "queue.nothing-sent" } else { "review.nothing-sent" },
        ))
}

/// Sends it; a line is not joined before its terms are accepted.
fn submit(cx: &Cx, errand: &Errand) -> El {
    if errand.now().is_none() {
        return cx.button(Weight::Primary, "review.book", cx.send(|| Act::Submit));
    }
    let (app, local) = (cx.app, cx.local);
    let press = move || {
        if app.state.with_untracked(|state| state.errand.person.terms) {
            app.send(Act::Submit);
        } else {
            local.update(|local| {
                local.owes_terms = true;
                go_to(local, Spot::Terms);
            });
        }
    };
    cx.button(Weight::Primary, "queue.join", Box::new(press))
}

/// The terms of an on-demand visit.
fn terms(cx: &Cx) -> El {
    let accepted = cx.state.errand.person.terms;
    let practice = cx.state.errand.practice.as_ref().map_or("", |practice| &practice.name);
    let owes = cx.here.owes_terms && !accepted;
    let app = cx.app;
    let mut tick = el("input", "fat-check")
        .attr("type", "checkbox")
        .attr("id", "terms")
        .attr("name", "terms")
        .attr(".checked", if accepted { "1" } else { "" })
        .flag("required", true)
        .focus(cx.focus(Spot::Terms))
        .on("change", Box::new(move |_| app.send(Act::AcceptTerms(!accepted))));
    if owes {
        tick = tick.attr("aria-invalid", "true").attr("aria-describedby", "terms-flaw");
    }
    let label = ui::text("span", "", cx.words.with("terms.label", &[("practice", practice)]));
    let flaw = owes.then(|| cx.line("fat-flaw", "terms.flaw").attr("id", "terms-flaw"));
    el("div", if owes { "fat-field fat-wrong" } else { "fat-field" })
        .maybe(flaw)
        .child(el("label", "fat-terms").child(tick).child(label))
}

/// While it is on its way: the same, locked.
pub fn draw_sending(cx: &Cx, body: El, errand: &Errand, phase: SendingPhase) -> El {
    // Not `disabled`: the focus would be lost with it.
    let (heading, button) = match errand {
        Errand::Now(_) => ("queue.joining.heading", "queue.joining.button"),
        _ => ("sending.heading", "sending.button"),
    };
    let locked = cx.button(Weight::Primary, button, Box::new(|| {})).attr("aria-disabled", "true");
    // A sign-in window that was closed may never answer; until the token is there nothing has been sent.
    let leave = (phase == SendingPhase::Token && cx.slow).then(|| back(cx));
    body.maybe(leave)
        .child(cx.heading(heading))
        .maybe(someone_else::strong_line(cx))
        .child(ui::line("fat-progress", wording::sending(cx, phase)))
        .child(rows(cx, errand, false))
        .child(locked)
}

/// Who, what, where, when, with whom, how to pay.
fn rows(cx: &Cx, errand: &Errand, changes: bool) -> El {
    let mut list = Vec::new();
    let mut row = |key: &'static str, lines: Vec<String>, change: Change| {
        if !lines.is_empty() {
            list.push(draw_row(cx, key, lines, if changes { change } else { Change::Nothing }));
        }
    };
    match errand {
        Errand::Time(time) => {
            row("review.when", Vec::from(wording::when(cx.words, time)), Change::Time);
            let what = wording::visit_type(cx, time).into_iter().chain(wording::minutes(cx.words, time));
            row("review.what", what.collect(), Change::Time);
            row("review.with", wording::clinician(cx, time).into_iter().collect(), Change::Time);
            let place = wording::place(cx, time).map(|(name, address)| vec![name, address]);
            row("review.where", place.unwrap_or_default(), Change::Time);
        }
        Errand::Now(now) => {
            row("review.what", queue::lines(cx, now), Change::Time);
            row("queue.price", price(cx, now), Change::Nothing);
        }
        Errand::Visits => {}
    }
    if let Some(details) = &cx.state.errand.person.details {
        let known = &details.demographics;
        let name = [known.name.given.as_str(), " ", &known.name.family].concat();
        let born = parse_iso_date(&known.birth_date).map(|date| intl::date(cx.words.locale(), date));
        // Somebody else's entries stand in the form as they are; the account holder's are behind their record.
        let who = if details.actor.is_some() { Change::Entries } else { Change::Person };
        row("review.who", vec![name, born.unwrap_or_default()], who);
        if let Some(actor) = &details.actor {
            let name = &actor.demographics.name;
            let name = [name.given.as_str(), " ", &name.family].concat();
            let lines = vec![name, someone_else::relationship(cx, &actor.relationship)];
            row("who.by", lines, Change::Person);
        }
        let contact = vec![
            wording::phone_text(&known.phone),
            known.email.clone(),
            wording::address_line(&known.address),
        ];
        row("review.contact", contact, Change::Person);
        row("review.reason", vec![details.reason.clone()], Change::Entries);
        let answer = |(question, answer): &(String, String)| [question.as_str(), " ", answer].concat();
        row("questions.review", details.answers.iter().map(answer).collect(), Change::Entries);
        let language = details.interpreter.as_ref().map(|code| intl::language(cx.words.locale(), code));
        row("who.language.review", language.into_iter().collect(), Change::Entries);
        row("review.pay", payment::lines(cx, details), Change::Entries);
    }
    el("dl", "fat-rows").part("summary").children(list)
}

/// What an on-demand visit costs, less what a coupon takes off.
fn price(cx: &Cx, now: &Now) -> Vec<String> {
    let money = |cents| intl::money(cx.words.locale(), cents);
    let whole = money(now.region.price);
    let person = &cx.state.errand.person;
    let pays_by = person.details.as_ref().map(|details| &details.payment);
    let (Some(Payment::Coupon(code)), Some((known, CouponCheck::Active(less)))) = (pays_by, &person.coupon)
    else {
        return vec![whole];
    };
    if code != known {
        return vec![whole];
    }
    let left = money(now.region.price.saturating_sub(*less));
    let off = cx.words.with("queue.discount", &[("price", &whole), ("less", &money(*less)), ("code", code)]);
    vec![cx.words.with("queue.left", &[("price", &left)]), off]
}

/// What a "Change" leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Nothing,
    Time,
    Person,
    /// What is asked of everyone, each time.
    Entries,
}

fn draw_row(cx: &Cx, key: &'static str, lines: Vec<String>, change: Change) -> Node {
    let label = cx.t(key);
    let (app, local) = (cx.app, cx.local);
    let button = (change != Change::Nothing).then(|| {
        let name = [&cx.t("change"), ": ", &label].concat();
        let press = move || {
            if change == Change::Time {
                app.send(Act::ChangeTime);
            } else {
                local.update(|local| local.editing |= change == Change::Person);
                app.send(Act::ChangeDetails);
            }
        };
        cx.button(Weight::Link, "change", Box::new(press)).attr_text("aria-label", name)
    });
    let told = el("dd", "").child(ui::lines(lines)).maybe(button);
    el("div", "fat-row").child(ui::text("dt", "", label)).child(told).into()
}
