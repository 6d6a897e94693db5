//! The patient step: shows what the record says, and asks only for what the record does not say, such as the reason for
//! the visit and how it is paid for.

#![allow(
    clippy::large_types_passed_by_value,
    reason = "a signal is two words; in debug builds each also keeps where it was made"
)]

mod form;
mod inputs;
pub mod payment;
mod person;
mod questions;
pub mod someone_else;
mod texts;

use booking::errand::state::Errand;
use booking::form::Draft;
use booking::form::fields;
use booking::validate::{Field, PersonRole};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use self::form::Form;
use self::inputs::{draw_field, draw_fields};
use self::payment::{Payment, PaymentProps};
use self::questions::{Interpreter, InterpreterProps, Questions, QuestionsProps};
use self::someone_else::{Someone, SomeoneProps, Who, WhoProps};
use self::texts::flaw_text;
use super::sign_in::{Summary, SummaryProps};
use crate::platform::intl;
use crate::screen::{Cx, Screen, Spot, back, step, wording};
use crate::ui::view::{El, Node, el, nothing, text_key};
use crate::ui::{self, Weight};

/// The patient step.
#[component]
pub fn Patient(errand: Box<Errand>) -> Node {
    let screen = Screen::here();
    let form = Form::new(screen);
    let on_submit = move |event: web_sys::Event| {
        event.prevent_default();
        form.submit();
    };
    let on_pointer = move |event: web_sys::Event| form.press(is_within(&event, "button,label"));
    let on_click = move |event: web_sys::Event| {
        form.press(false);
        // A radio button or checkbox changes only after its click, so its change event, handled below, validates the
        // field that lost the focus.
        if is_within(&event, "button") {
            form.catch_up();
        }
    };
    let on_change = move |event: web_sys::Event| {
        // Only for a choice, which is in a label: the change event of a text field fires when the field loses the
        // focus, before the click on what was pressed.
        if is_within(&event, "label") {
            form.catch_up();
        }
    };
    let go_on = screen.draw(|cx| {
        cx.button(Weight::Primary, "details.go-on", Box::new(|| {})).attr("type", "submit").into()
    });
    // `dialog` means that a press without listeners (after a panic) neither sends the form nor leaves the page.
    let whole = el("form", "fat-form")
        .attr("method", "dialog")
        .flag("novalidate", true)
        .on("submit", Box::new(on_submit))
        .on("pointerdown", Box::new(on_pointer))
        .on("click", Box::new(on_click))
        .on("change", Box::new(on_change))
        .on("input", Box::new(move |_: web_sys::Event| form.press(false)))
        .node(Flaws(FlawsProps { form }))
        .node(Who(WhoProps { form }))
        .node(Someone(SomeoneProps { form }))
        .node(Holder(HolderProps { form }))
        .node(draw_field(form, Field::Reason))
        .node(Questions(QuestionsProps { form }))
        .node(Interpreter(InterpreterProps { form }))
        .node(Payment(PaymentProps { form }))
        .node(go_on);
    let heading = if errand.on_demand().is_some() { "queue.details" } else { "details.heading" };
    step()
        .node(screen.fixed(back))
        .node(screen.heading(heading))
        .node(Summary(SummaryProps { errand, again: form.left }))
        .child(whole)
        .node(payment::announce(form))
        .into()
}

fn is_within(event: &web_sys::Event, selector: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}

/// The fields of the account holder: the patient, or the person who books for the patient.
#[component]
fn Holder(form: Form) -> Node {
    form.section(|sheet| {
        let cx = sheet.cx;
        let mut wanted = Vec::from(fields::identity(PersonRole::Holder));
        wanted.extend([Field::Email, Field::Phone]);
        wanted.extend(fields::home(PersonRole::Holder));
        wanted.push(Field::Ssn);
        let missing = wanted.iter().filter(|field| sheet.asks(**field)).count();
        let part = if sheet.entries.for_other {
            let part = ui::group("fat-part", cx.t("who.you")).key(1);
            part.child(cx.line("fat-quiet", "who.you.hint"))
        } else {
            el("div", "fat-part")
        };
        let shows_record = sheet.shows_record();
        part.maybe(shows_record.then(|| record(cx, sheet.entries)))
            .maybe((shows_record && missing > 0).then(|| cx.line("", "details.missing")))
            .children(draw_fields(sheet, &wanted))
            .into()
    })
}

/// What the record says, and a button to change it.
fn record(cx: &Cx, entries: &Draft) -> El {
    let person = &entries.holder;
    let name = [person.given.as_str(), person.family.as_str()].join(" ");
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let year = person.birth_year.parse().unwrap_or(0);
    let born = chrono::NaiveDate::from_ymd_opt(year, number(&person.birth_month), number(&person.birth_day));
    let address = booking::place::Address {
        line1: person.line1.clone(),
        line2: person.line2.clone(),
        city: person.city.clone(),
        state: person.state.clone(),
        postal_code: person.zip.clone(),
    };
    let lines = vec![
        name,
        born.map(|date| intl::date(cx.words.locale(), date)).unwrap_or_default(),
        entries.email.clone(),
        wording::phone_text(&entries.phone),
        wording::address_line(&address),
    ];
    let screen = cx.screen;
    let change = move || {
        screen.edits.set(true);
        screen.go_to(Spot::Field(Field::Given(PersonRole::Holder)));
    };
    let change =
        cx.button(Weight::Link, "change", Box::new(change)).attr_text("aria-label", cx.t("change.details"));
    el("div", "fat-summary").part("summary").child(ui::lines(lines)).child(change)
}

/// The summary of flaws; each one leads to its field.
#[component]
fn Flaws(form: Form) -> Node {
    form.section(move |sheet| {
        if !form.is_held_back.get() {
            return nothing();
        }
        let shown = fields::all(sheet.entries, &sheet.rules)
            .into_iter()
            .filter_map(|field| Some((field, form.flaw_of(field)?)));
        let rows: Vec<_> = shown
            .map(|(field, flaw)| {
                let text = flaw_text(sheet, field, flaw);
                let key = text_key(&text);
                let go = move || form.screen.go_to(Spot::Field(field));
                el("li", "").key(key).child(ui::button(Weight::Link, text, Box::new(go))).into()
            })
            .collect();
        if rows.is_empty() {
            return nothing();
        }
        let title = sheet.cx.words.count("flaws", rows.len());
        ui::alert("fat-alert fat-danger", title).child(el("ul", "").children(rows)).into()
    })
}
