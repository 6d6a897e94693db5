//! The review, which shows all entries before they are sent, with a button to change each; and the step while they are being
//! sent.

use booking::errand::event::Event as Act;
use booking::errand::state::{CouponCheck, Errand, SendingPhase, Stage};
use booking::notice::Failure;
use booking::on_demand::OnDemandVisit;
use booking::payment::Payment;
use booking::time::parse_iso_date;
use leptos::prelude::*;

use super::patient::{payment, someone_else};
use crate::platform::intl;
use crate::screen::{Cx, Screen, Spot, back, is_slow, step, wait, wording};
use crate::ui::view::{El, Node, el, unchanged};
use crate::ui::{self, Weight};
use crate::visits::my_visits::time_of;

/// The review.
#[component]
pub fn Review(errand: Box<Errand>, failure: Option<Failure>) -> Node {
    let screen = Screen::here();
    let is_for_now = errand.on_demand().is_some();
    let owes_terms = RwSignal::new(false);
    // The live region announces why the attempt before has failed, and visits that are read after the step has
    // appeared. Visits that are there from the start are part of the step, which a screen reader speaks anyway.
    let were_named = screen.app.state.with_untracked(|state| !state.errand.same_day.is_empty());
    let said = move |cx: &Cx| {
        let failure = failure.map(|failure| failure_text(cx, failure)).into_iter();
        let visits = if were_named { Vec::new() } else { same_day(cx) };
        failure.chain(visits).collect::<Vec<_>>().join(" ")
    };
    let note = screen.follow(move |cx| {
        let alert = failure.map(|failure| ui::alert("fat-alert", failure_text(cx, failure)));
        alert.map(|alert| alert.child(wording::call(cx))).into()
    });
    let terms = screen.follow(move |cx| is_for_now.then(|| draw_terms(cx, owes_terms.get())).into());
    let nothing_sent = if is_for_now { "queue.nothing-sent" } else { "review.nothing-sent" };
    step()
        .node(screen.fixed(back))
        .node(screen.heading("review.heading"))
        .node(screen.plain(someone_else::strong_line))
        .node(note)
        .node(screen.plain(draw_same_day))
        .node(Rows(RowsProps { errand, changes: true }))
        .node(terms)
        .node(screen.draw(move |cx| draw_submit(cx, is_for_now, owes_terms).into()))
        .node(screen.line("fat-quiet", nothing_sent))
        .node(screen.announce(said))
        .into()
}

/// The visits that the patient already has at the clinic and on the day of the chosen time, one sentence each.
fn same_day(cx: &Cx) -> Vec<String> {
    let errand = &cx.state.errand;
    let is_for_other = errand.person.details.as_ref().is_some_and(|details| details.actor.is_some());
    let key = if is_for_other { "review.same-day.other" } else { "review.same-day" };
    let sentence = |visit| {
        let time = time_of(visit);
        let day = intl::day_within(cx.words.locale(), time.local.date());
        cx.words.with(key, &[("day", &day), ("clock", &wording::clock(cx.words, &time))])
    };
    errand.same_day.iter().map(sentence).collect()
}

/// Shows the visits of `same_day` before the patient submits: the patient may have reloaded the page during a
/// booking that succeeded.
fn draw_same_day(cx: &Cx) -> Option<El> {
    let mut sentences = same_day(cx);
    if sentences.is_empty() {
        return None;
    }
    sentences.push(cx.t("review.same-day.both"));
    Some(el("div", "fat-alert").part("alert").child(ui::lines(sentences)))
}

/// Why the attempt before has failed, in words.
fn failure_text(cx: &Cx, failure: Failure) -> String {
    let key = match failure {
        Failure::Network => "failed.network",
        Failure::Server => "failed.server",
        Failure::SignedOut => "failed.signed-out",
        Failure::Rejected => "failed.rejected",
        Failure::Contract => "failed.contract",
        Failure::Card => "failed.card",
    };
    cx.words.with(key, &[("safe", &wording::safe(cx.words, cx.is_for_now()))])
}

/// The button that submits; a line is not joined before the patient accepts its terms.
fn draw_submit(cx: &Cx, is_for_now: bool, owes_terms: RwSignal<bool>) -> El {
    if !is_for_now {
        return cx.button(Weight::Primary, "review.book", cx.send(|| Act::Submit));
    }
    let screen = cx.screen;
    let press = move || {
        if screen.app.state.with_untracked(|state| state.errand.person.terms) {
            screen.app.send(Act::Submit);
        } else {
            owes_terms.set(true);
            screen.go_to(Spot::Terms);
        }
    };
    cx.button(Weight::Primary, "queue.join", Box::new(press))
}

/// The terms of an on-demand visit. With `owes` they are marked as missing: the patient has pressed "Join"
/// without accepting them.
fn draw_terms(cx: &Cx, owes: bool) -> El {
    let accepted = cx.state.errand.person.terms;
    let practice = cx.state.errand.practice.as_ref().map_or("", |practice| &practice.name);
    let owes = owes && !accepted;
    let app = cx.app;
    let mut tick = el("input", "fat-check")
        .attr("type", "checkbox")
        .attr("id", "terms")
        .attr("name", "terms")
        .attr(".checked", if accepted { "1" } else { "" })
        .attr("aria-required", "true")
        .focus(cx.focus(Spot::Terms))
        .on("change", Box::new(move |_: web_sys::Event| app.send(Act::AcceptTerms(!accepted))));
    if owes {
        tick = tick.attr("aria-invalid", "true").attr("aria-describedby", "terms-flaw");
    }
    let label = ui::text("span", "", cx.words.with("terms.label", &[("practice", practice)]));
    let flaw = owes.then(|| cx.line("fat-flaw", "terms.flaw").attr("id", "terms-flaw"));
    el("div", if owes { "fat-field fat-wrong" } else { "fat-field" })
        .maybe(flaw)
        .child(el("label", "fat-terms").child(tick).child(label))
}

/// The step while the booking is being sent: the same rows, without buttons to change them.
#[component]
pub fn Sending(errand: Box<Errand>) -> Node {
    let screen = Screen::here();
    let slow = is_slow();
    let (heading, button) = match *errand {
        Errand::OnDemand(_) => ("queue.joining.heading", "queue.joining.button"),
        Errand::Time(_) | Errand::Visits => ("sending.heading", "sending.button"),
    };
    // If the patient closes a sign-in window or a card field, its promise may never settle. No booking is being sent in
    // these phases, so going back is safe.
    let leave = screen.follow(move |cx| {
        let is_asking = matches!(phase(cx), Some(SendingPhase::Token | SendingPhase::Card));
        (is_asking && slow.get()).then(|| back(cx)).into()
    });
    let progress = screen.follow(move |cx| match phase(cx) {
        Some(phase) => ui::line("fat-progress", wording::sending(cx, phase, slow.get())).into(),
        None => unchanged(),
    });
    // Not `disabled`: a disabled button loses the focus.
    let locked = screen.draw(move |cx| {
        cx.button(Weight::Primary, button, Box::new(|| {})).attr("aria-disabled", "true").into()
    });
    step()
        .node(leave)
        .node(screen.heading(heading))
        .node(screen.plain(someone_else::strong_line))
        .node(progress)
        .node(Rows(RowsProps { errand, changes: false }))
        .node(locked)
        .node(screen.announce(move |cx| {
            phase(cx).map(|phase| wording::sending(cx, phase, slow.get())).unwrap_or_default()
        }))
        .into()
}

/// The phase of the submit; `None` once the booking is no longer being sent.
fn phase(cx: &Cx) -> Option<SendingPhase> {
    if let Stage::Sending(_, phase, _) = &cx.state.errand.stage { Some(*phase) } else { None }
}

/// The rows, with buttons to change them if `changes`.
#[component]
fn Rows(errand: Box<Errand>, changes: bool) -> Node {
    Screen::here().follow(move |cx| rows(cx, &errand, changes).into())
}

/// The rows: who, what, where, when, with whom, how to pay.
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
        Errand::OnDemand(now) => {
            row("review.what", wait::lines(cx, now), Change::Time);
            row("queue.price", price(cx, now), Change::Nothing);
        }
        Errand::Visits => {}
    }
    if let Some(details) = &cx.state.errand.person.details {
        let known = &details.demographics;
        let name = [known.name.given.as_str(), " ", &known.name.family].concat();
        let born = parse_iso_date(&known.birth_date).map(|date| intl::date(cx.words.locale(), date));
        // If the visit is for somebody else, the patient step always has fields for that person. For entries that are
        // in the account holder's record, it has fields only after a press on "Change".
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

/// The price of an on-demand visit, less the coupon.
fn price(cx: &Cx, now: &OnDemandVisit) -> Vec<String> {
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

/// What a "Change" button opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Nothing,
    Time,
    Person,
    /// The patient step, as it is: its fields for these entries are always shown.
    Entries,
}

fn draw_row(cx: &Cx, key: &'static str, lines: Vec<String>, change: Change) -> Node {
    let label = cx.t(key);
    let screen = cx.screen;
    let button = (change != Change::Nothing).then(|| {
        let name = [&cx.t("change"), ": ", &label].concat();
        let press = move || {
            if change == Change::Time {
                screen.app.send(Act::ChangeTime);
            } else {
                if change == Change::Person {
                    screen.edits.set(true);
                }
                screen.app.send(Act::ChangeDetails);
            }
        };
        cx.button(Weight::Link, "change", Box::new(press)).attr_text("aria-label", name)
    });
    let told = el("dd", "").child(ui::lines(lines)).maybe(button);
    el("div", "fat-row").child(ui::text("dt", "", label)).child(told).into()
}
