//! The question for whom the visit is: the account holder, or somebody else (API reference §3.6).

use booking::errand::state::Stage;
use booking::form::{Draft, fields};
use booking::patient::RELATIONSHIPS;
use booking::validate::{Field, PersonRole};
use leptos::prelude::*;
use web_sys::Event;

use super::form::Form;
use super::inputs::{draw_fields, select};
use crate::screen::Cx;
use crate::ui::form::option;
use crate::ui::view::{El, Node, el, nothing, part};
use crate::ui::{self, Press};

/// Message keys, in the order of [`RELATIONSHIPS`].
const WORDS: [&str; 22] = [
    "who.mother",
    "who.father",
    "who.grandparent",
    "who.step-parent",
    "who.foster-parent",
    "who.guardian",
    "who.relative",
    "who.non-relative",
    "who.brother",
    "who.sister",
    "who.daughter",
    "who.son",
    "who.friend",
    "who.grandchild",
    "who.spouse",
    "who.significant-other",
    "who.case-manager",
    "who.domestic-partner",
    "who.employer",
    "who.not-said",
    "who.attorney",
    "who.surrogate",
];

/// A relationship in words, from the API's name for it; empty if the name is unknown.
pub fn relationship(cx: &Cx, wire: &str) -> String {
    let known = RELATIONSHIPS.iter().position(|known| *known == wire);
    known.map(|place| cx.t(WORDS[place])).unwrap_or_default()
}

/// The given name of the person whom the visit is for, if that is not the account holder: of an outcome, as it was booked;
/// on the patient step, as typed; else from the details, which is what is sent.
pub fn name(cx: &Cx) -> Option<String> {
    let errand = &cx.state.errand;
    let name = match &errand.stage {
        stage if stage.is_outcome() => errand.people()?.for_other.clone(),
        Stage::Patient(_) => {
            let draft = cx.app.draft.get_untracked();
            draft.for_other.then(|| draft.patient.given.trim().to_owned())
        }
        _ => {
            let details = errand.person.details.as_ref()?;
            details.actor.as_ref().map(|_| details.demographics.name.given.clone())
        }
    };
    name.filter(|name| !name.is_empty())
}

/// `A time for Leo`, or for a line `A visit for Leo`; `None` if the visit is for the account holder.
pub fn line(cx: &Cx) -> Option<String> {
    let key = if cx.state.errand.stage.time().is_some() { "who.time" } else { "who.visit" };
    Some(cx.words.with(key, &[("name", &name(cx)?)]))
}

/// The text of `line`, in a paragraph of its own.
pub fn strong_line(cx: &Cx) -> Option<El> {
    line(cx).map(|line| ui::line("fat-strong fat-large", line))
}

/// A checkbox.
pub fn tick(name: &'static str, on: bool, label: String, press: Press) -> El {
    let input = el("input", "fat-check")
        .attr("type", "checkbox")
        .attr("name", name)
        .attr(".checked", if on { "1" } else { "" })
        .on("change", Box::new(move |_: Event| press.act()));
    el("label", "fat-terms").child(input).child(ui::text("span", "", label))
}

/// The question for whom the visit is.
#[component]
pub fn Who(form: Form) -> Node {
    form.section(move |sheet| {
        let cx = sheet.cx;
        let one = |for_other: bool, key: &str| {
            let press = move || form.keep(|draft| draft.for_other = for_other);
            let on = sheet.entries.for_other == for_other;
            ui::choice("radio", "who", on, cx.t(key), None, 0, Box::new(press)).into()
        };
        let choices = ui::choices(vec![one(false, "who.me"), one(true, "who.other")]);
        ui::group("fat-field", cx.t("who.heading")).child(choices).into()
    })
}

/// The fields of the patient, if the account holder books for somebody else.
#[component]
pub fn Someone(form: Form) -> Node {
    form.section(move |sheet| {
        if !sheet.entries.for_other {
            return nothing();
        }
        let cx = sheet.cx;
        let apart = sheet.entries.apart;
        let press = move || form.keep(|draft| draft.apart = !apart);
        let same = tick("same-address", !apart, cx.t("who.same-address"), Box::new(press));
        ui::group("fat-part", cx.t("who.patient"))
            .node(part(1, move || Relationship(RelationshipProps { form })))
            .children(draw_fields(sheet, &fields::identity(PersonRole::Patient)))
            .child(same)
            .children(draw_fields(sheet, &fields::home(PersonRole::Patient)))
            .into()
    })
}

#[component]
fn Relationship(form: Form) -> Node {
    form.field(Field::Relationship, |sheet| {
        let words = RELATIONSHIPS.iter().zip(WORDS);
        let options = words.map(|(wire, key)| option((*wire).into(), sheet.cx.t(key))).collect();
        let keep = |draft: &mut Draft, text| draft.relationship = text;
        select(sheet, Field::Relationship, &sheet.entries.relationship, options, keep).into()
    })
}
