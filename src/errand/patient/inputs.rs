//! The fields of the patient step as controls.

use booking::form::Draft;
use booking::states;
use booking::validate::{Field, PersonRole};
use leptos::prelude::*;

use super::form::{Form, Sheet};
use super::person::{birth, gender, second_line};
use super::texts::{flaw_text, is_optional, name, traits};
use crate::screen::{Spot, stamp};
use crate::ui::form::{Spec, control, field, flaw, hint, option};
use crate::ui::text;
use crate::ui::view::{El, Node, el, nothing, part, text_key};

/// Draws those of `fields` that the form shows; each of the others leaves an empty place.
pub fn draw_fields(sheet: &Sheet, fields: &[Field]) -> Vec<Node> {
    fields
        .iter()
        .map(|field| if sheet.asks(*field) { draw_field(sheet.form, *field) } else { nothing() })
        .collect()
}

/// Draws one field of the form, or the few controls of one question.
pub fn draw_field(form: Form, which: Field) -> Node {
    part(text_key(name(which)), move || FieldBox(FieldBoxProps { form, which }))
}

/// A field, which is drawn again only when its flaw or a wish for its focus changes.
#[component]
fn FieldBox(form: Form, which: Field) -> Node {
    form.field(which, move |sheet| match which {
        Field::Birth(role) => birth(sheet, role),
        Field::Gender(role) => gender(sheet, role),
        Field::Line1(role) => {
            let second = second_line(sheet, role);
            el("div", "fat-pair").child(text_field(sheet, which)).child(second).into()
        }
        _ => text_field(sheet, which).into(),
    })
}

/// The entry of the draft that holds a field's text. Only for fields that are one text.
fn text_of(draft: &mut Draft, field: Field) -> &mut String {
    match field {
        Field::Given(role) => &mut draft.person_mut(role).given,
        Field::Family(role) => &mut draft.person_mut(role).family,
        Field::Email => &mut draft.email,
        Field::Phone => &mut draft.phone,
        Field::Line1(role) => &mut draft.person_mut(role).line1,
        Field::City(role) => &mut draft.person_mut(role).city,
        Field::State(role) => &mut draft.person_mut(role).state,
        Field::Zip(role) => &mut draft.person_mut(role).zip,
        Field::Ssn => &mut draft.ssn,
        Field::Insurer => &mut draft.card.name,
        Field::Member => &mut draft.card.member,
        Field::Group => &mut draft.card.group,
        Field::Subscriber => &mut draft.card.subscriber,
        Field::Coupon => &mut draft.coupon,
        _ => &mut draft.reason,
    }
}

/// The texts and attributes that a field has now, without its value.
pub fn spec(sheet: &Sheet, which: Field) -> Spec {
    let cx = sheet.cx;
    let (label, hint, autocomplete, inputmode) = traits(which);
    // A browser's autocomplete knows only its own user, not the person for whom the user books.
    let is_user = !matches!(
        which,
        Field::Given(role) | Field::Family(role) | Field::Gender(role) | Field::Line1(role)
        | Field::City(role) | Field::State(role) | Field::Zip(role) if role != PersonRole::Holder
    );
    Spec {
        name: name(which),
        label: if label.is_empty() { String::new() } else { cx.t(label) },
        hint: if hint.is_empty() { String::new() } else { cx.t(hint) },
        flaw: sheet.form.flaw_now(which).map(|flaw| flaw_text(sheet, which, flaw)).unwrap_or_default(),
        autocomplete: if is_user { autocomplete } else { "off" },
        inputmode,
        focus: stamp(cx.screen.wish(), Spot::Field(which)),
        optional: is_optional(which),
        value: String::new(),
    }
}

fn text_field(sheet: &Sheet, which: Field) -> El {
    let value = text_of(&mut sheet.entries.clone(), which).clone();
    let spec = Spec { value, ..spec(sheet, which) };
    field(&spec, text_control(sheet, which, &spec))
}

/// The control of a field whose text [`text_of`] knows.
pub fn text_control(sheet: &Sheet, which: Field, spec: &Spec) -> El {
    let form = sheet.form;
    let tag = match which {
        Field::Reason => "textarea",
        Field::State(_) => "select",
        _ => "input",
    };
    let typed = move |text| {
        form.keep(|draft| *text_of(draft, which) = text);
        // Validate a select at once, without waiting for the focus to leave it.
        if tag == "select" {
            form.leave(which);
        }
    };
    let input = control(tag, spec, Box::new(typed), Box::new(move || form.leave(which)));
    let most = match which {
        Field::State(_) => return input.children(state_options(sheet, &spec.value)),
        Field::Ssn => "4",
        Field::Given(_) | Field::Family(_) | Field::Line1(_) | Field::City(_) => "100",
        Field::Reason => return input.attr("rows", "3"),
        // No limit: a number pasted from a card must not be cut off silently.
        _ => return input,
    };
    input.attr("maxlength", most)
}

/// The states to choose from. If the current entry is not in the list, for example in a record from abroad, it is
/// added to the choices.
fn state_options(sheet: &Sheet, now: &str) -> Vec<Node> {
    let mut options = vec![option(String::new(), sheet.cx.t("field.choose"))];
    let mut is_listed = now.is_empty();
    for (code, name) in states::all() {
        is_listed |= code == now;
        options.push(option(code.into(), name.into()));
    }
    if !is_listed {
        options.push(option(now.into(), now.into()));
    }
    options
}

/// A question whose answer is one of several choices.
pub fn several(spec: &Spec, controls: El) -> El {
    described(spec, answers(spec, text("legend", "fat-legend", spec.label.clone()), controls))
}

/// Makes the flaw the description of the whole group, since none of its choices is the wrong one. A birth date does
/// not need this: its controls refer to the flaw themselves.
pub fn described(spec: &Spec, group: El) -> El {
    if spec.flaw.is_empty() {
        group
    } else {
        group.attr_text("aria-describedby", [spec.name, "-flaw"].concat())
    }
}

/// A group of controls below its legend.
pub fn answers(spec: &Spec, legend: El, controls: El) -> El {
    el("fieldset", if spec.flaw.is_empty() { "fat-field" } else { "fat-field fat-wrong" })
        .child(legend)
        .node(hint(spec))
        .node(flaw(spec))
        .child(controls)
}

/// A select with the given options.
pub fn select(
    sheet: &Sheet,
    which: Field,
    value: &str,
    options: Vec<Node>,
    keep: fn(&mut Draft, String),
) -> El {
    let form = sheet.form;
    let spec = Spec { value: value.into(), ..spec(sheet, which) };
    let chosen = move |text| {
        form.keep(|draft| keep(draft, text));
        form.leave(which);
    };
    let select = control("select", &spec, Box::new(chosen), Box::new(move || form.leave(which)));
    let choose = option(String::new(), sheet.cx.t("field.choose"));
    field(&spec, select.node(choose).children(options))
}
