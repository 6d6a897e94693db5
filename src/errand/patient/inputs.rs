//! The fields of the patient step as controls: their labels, hints, keyboards and flaws.

use booking::form::Draft;
use booking::patient::Gender;
use booking::states;
use booking::validate::{Field, Flaw, PersonRole};
use leptos::prelude::*;

use super::form::{Form, Sheet, entries_now};
use super::questions;
use crate::platform::intl;
use crate::screen::{Spot, stamp, wording};
use crate::ui::form::{Spec, control, field, flaw, hint, option};
use crate::ui::view::{El, Node, el, nothing, part, text_key};
use crate::ui::{self, text};

type Part = fn(&mut Draft, PersonRole) -> &mut String;

/// Draws the fields that are asked; a field that is not asked keeps an empty place.
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

/// Picks the name for a person: each person's control needs an id of its own.
fn of(role: PersonRole, names: [&'static str; 3]) -> &'static str {
    match role {
        PersonRole::Holder => names[0],
        PersonRole::Patient => names[1],
        PersonRole::Insured => names[2],
    }
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Given(role) => of(role, ["given", "patient-given", "insured-given"]),
        Field::Family(role) => of(role, ["family", "patient-family", "insured-family"]),
        Field::Birth(role) => of(role, ["birth", "patient-birth", "insured-birth"]),
        Field::Gender(role) => of(role, ["gender", "patient-gender", "insured-gender"]),
        Field::Line1(role) => of(role, ["line1", "patient-line1", "insured-line1"]),
        Field::City(role) => of(role, ["city", "patient-city", "insured-city"]),
        Field::State(role) => of(role, ["state", "patient-state", "insured-state"]),
        Field::Zip(role) => of(role, ["zip", "patient-zip", "insured-zip"]),
        Field::Relationship => "relationship",
        Field::Email => "email",
        Field::Phone => "phone",
        Field::Ssn => "ssn",
        Field::Reason => "reason",
        Field::Question(place) => questions::NAMES[usize::from(place)],
        Field::Language => "language",
        Field::Pay => "pay",
        Field::Insurer => "insurer-name",
        Field::Member => "member",
        Field::Group => "group",
        Field::Subscriber => "subscriber",
        Field::Coupon => "coupon",
    }
}

/// Label, hint, autocomplete token, keyboard.
fn traits(field: Field) -> (&'static str, &'static str, &'static str, &'static str) {
    match field {
        Field::Relationship => ("who.relationship", "", "off", ""),
        Field::Given(_) => ("field.given", "", "given-name", ""),
        Field::Family(_) => ("field.family", "", "family-name", ""),
        Field::Birth(_) => ("field.birth", "", "", ""),
        Field::Gender(_) => ("field.gender", "", "sex", ""),
        Field::Email => ("field.email", "hint.email", "email", "email"),
        Field::Phone => ("field.phone", "hint.phone", "tel", "tel"),
        Field::Line1(_) => ("field.line1", "", "address-line1", ""),
        Field::City(_) => ("field.city", "", "address-level2", ""),
        Field::State(_) => ("field.state", "", "address-level1", ""),
        Field::Zip(_) => ("field.zip", "hint.zip", "postal-code", "numeric"),
        Field::Ssn => ("field.ssn", "hint.ssn", "off", "numeric"),
        Field::Reason => ("field.reason", "hint.reason", "off", ""),
        Field::Question(_) => ("", "", "off", ""),
        Field::Language => ("who.language", "", "off", ""),
        Field::Pay => ("pay.heading", "", "", ""),
        Field::Insurer => ("pay.insurer.name", "pay.insurer.name.hint", "off", ""),
        Field::Member => ("pay.member", "pay.member.hint", "off", ""),
        Field::Group => ("pay.group", "pay.group.hint", "off", ""),
        Field::Subscriber => ("pay.subscriber", "pay.subscriber.hint", "off", ""),
        Field::Coupon => ("coupon.code", "", "off", ""),
    }
}

fn is_optional(field: Field) -> bool {
    matches!(field, Field::Ssn | Field::Group | Field::Subscriber)
}

/// The current specification of a field.
pub fn spec(sheet: &Sheet, which: Field) -> Spec {
    let cx = sheet.cx;
    let (label, hint, autocomplete, inputmode) = traits(which);
    // A browser's autocomplete knows only its own user.
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
        // A select needs no wait for the focus to leave it.
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

/// The states to choose from. One that the list does not have, such as that of a record from abroad, stays to choose from.
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

fn second_line(sheet: &Sheet, role: PersonRole) -> El {
    let form = sheet.form;
    let spec = Spec {
        name: of(role, ["line2", "patient-line2", "insured-line2"]),
        label: sheet.cx.t("field.line2"),
        autocomplete: of(role, ["address-line2", "off", "off"]),
        optional: true,
        value: sheet.entries.person(role).line2.clone(),
        ..Spec::default()
    };
    let input = control(
        "input",
        &spec,
        Box::new(move |text| form.keep(|draft| draft.person_mut(role).line2 = text)),
        Box::new(|| {}),
    );
    field(&spec, input.attr("maxlength", "100"))
}

/// A question whose answer is more than one control.
pub fn several(spec: &Spec, controls: El) -> El {
    answers(spec, text("legend", "fat-legend", spec.label.clone()), controls)
}

fn answers(spec: &Spec, legend: El, controls: El) -> El {
    el("fieldset", if spec.flaw.is_empty() { "fat-field" } else { "fat-field fat-wrong" })
        .child(legend)
        .node(hint(spec))
        .node(flaw(spec))
        .child(controls)
}

/// A question about one person, whose answer is more than one control. For a patient or an insured person beside the account
/// holder the legend says whom the question is about, since a screen reader may read only the innermost group's name. A
/// separate group name would be read in addition to the legend.
fn several_of(sheet: &Sheet, role: PersonRole, spec: &Spec, controls: El) -> Node {
    let whom = of(role, ["", "who.patient", "pay.insured"]);
    if whom.is_empty() {
        return several(spec, controls).into();
    }
    let legend = el("legend", "fat-legend").child(text("span", "", spec.label.clone())).child(text(
        "span",
        "fat-unseen",
        [", ", &sheet.cx.t(whom)].concat(),
    ));
    answers(spec, legend, controls).into()
}

/// The birth date as month by name, day and year: people know theirs by heart, so a calendar to page through would only slow
/// them.
fn birth(sheet: &Sheet, role: PersonRole) -> Node {
    let cx = sheet.cx;
    let asked = spec(sheet, Field::Birth(role));
    let form = sheet.form;
    let one = |tag, name: [&'static str; 3], label, autocomplete, part: Part| {
        let spec = Spec {
            name: of(role, name),
            label: cx.t(label),
            autocomplete: of(role, [autocomplete, "off", "off"]),
            inputmode: if tag == "select" { "" } else { "numeric" },
            value: part(&mut sheet.entries.clone(), role).clone(),
            ..Spec::default()
        };
        let left = move || {
            // Validated only once all three parts have an entry.
            let draft = entries_now(form.screen.app);
            let person = draft.person(role);
            if [&person.birth_year, &person.birth_month, &person.birth_day]
                .iter()
                .all(|part| !part.is_empty())
            {
                form.leave(Field::Birth(role));
            }
        };
        let typed = move |text| {
            form.keep(|draft| *part(draft, role) = text);
            // A select needs no wait for the focus to leave it.
            if tag == "select" {
                left();
            }
        };
        let mut control = control(tag, &spec, Box::new(typed), Box::new(left));
        if !asked.flaw.is_empty() {
            let told = of(role, ["birth-flaw", "patient-birth-flaw", "insured-birth-flaw"]);
            control = control.attr("aria-invalid", "true").attr("aria-describedby", told);
        }
        (spec, control)
    };
    let names = ["birth-month", "patient-birth-month", "insured-birth-month"];
    let (month, select) = one("select", names, "field.month", "bday-month", |draft, role| {
        &mut draft.person_mut(role).birth_month
    });
    let months = (1..=12).map(|number| option(number.to_string(), intl::month(cx.words.locale(), number)));
    let choose = option(String::new(), cx.t("field.choose"));
    let select = select.node(choose).children(months.collect()).focus(asked.focus);
    let names = ["birth-day", "patient-birth-day", "insured-birth-day"];
    let (day, day_input) =
        one("input", names, "field.day", "bday-day", |draft, role| &mut draft.person_mut(role).birth_day);
    let names = ["birth-year", "patient-birth-year", "insured-birth-year"];
    let (year, year_input) =
        one("input", names, "field.year", "bday-year", |draft, role| &mut draft.person_mut(role).birth_year);
    let fields = vec![
        field(&month, select).into(),
        field(&day, day_input.attr("maxlength", "2")).into(),
        field(&year, year_input.attr("maxlength", "4")).into(),
    ];
    several_of(sheet, role, &asked, el("div", "fat-birth").children(fields))
}

fn gender(sheet: &Sheet, role: PersonRole) -> Node {
    let cx = sheet.cx;
    let asked = spec(sheet, Field::Gender(role));
    let form = sheet.form;
    let choices = Gender::CHOICES.into_iter().enumerate().map(|(place, choice)| {
        let text = cx.t(match choice {
            Gender::Female => "gender.female",
            Gender::Male => "gender.male",
            Gender::Other => "gender.another",
            _ => "gender.unknown",
        });
        let word = choice.as_str().to_owned();
        let on = sheet.entries.person(role).gender == word;
        let press = move || {
            form.keep(|draft| draft.person_mut(role).gender.clone_from(&word));
            form.leave(Field::Gender(role));
        };
        let focus = if place == 0 { asked.focus } else { 0 };
        // The key does not depend on the language, so the focus stays when the page changes the language.
        let key = text_key(choice.as_str());
        ui::choice("radio", asked.name, on, text, None, focus, Box::new(press)).key(key).into()
    });
    several_of(sheet, role, &asked, ui::choices(choices.collect()))
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

/// The text that says how to correct a field.
pub fn flaw_text(sheet: &Sheet, field: Field, flaw: Flaw) -> String {
    let cx = sheet.cx;
    let key = match (field, flaw) {
        (_, Flaw::Future) => "flaw.birth.future",
        (_, Flaw::TooOld) => "flaw.birth.old",
        (_, Flaw::Age) => {
            let ages = sheet.rules.ages.and_then(|(ages, _)| wording::ages(cx.words, ages));
            return cx.words.with("flaw.birth.age", &[("ages", &ages.unwrap_or_default())]);
        }
        (Field::Member, Flaw::Long) => "flaw.member.long",
        (field, Flaw::Long) => return cx.words.count("flaw.long", field.most()),
        (Field::Given(role), _) => of(role, ["flaw.given", "flaw.patient.given", "flaw.insured.given"]),
        (Field::Family(role), _) => of(role, ["flaw.family", "flaw.patient.family", "flaw.insured.family"]),
        (Field::Birth(role), Flaw::Missing) => {
            of(role, ["flaw.birth", "flaw.patient.birth", "flaw.insured.birth"])
        }
        (Field::Birth(_), _) => "flaw.birth.form",
        (Field::Gender(role), _) => of(role, ["flaw.gender", "flaw.patient.gender", "flaw.insured.gender"]),
        (Field::Email, Flaw::Missing) => "flaw.email",
        (Field::Email, _) => "flaw.email.form",
        (Field::Phone, Flaw::Missing) => "flaw.phone",
        (Field::Phone, _) => "flaw.phone.form",
        (Field::Line1(role), _) => of(role, ["flaw.line1", "flaw.patient.line1", "flaw.line1"]),
        (Field::City(role), _) => of(role, ["flaw.city", "flaw.patient.city", "flaw.city"]),
        (Field::State(_), _) => "flaw.state",
        (Field::Zip(role), Flaw::Missing) => of(role, ["flaw.zip", "flaw.patient.zip", "flaw.zip"]),
        (Field::Zip(_), _) => "flaw.zip.form",
        (Field::Ssn, _) => "flaw.ssn",
        (Field::Reason, _) => "flaw.reason",
        (Field::Relationship, _) => "flaw.relationship",
        (Field::Question(_), _) => return questions::flaw(sheet, field),
        (Field::Language, _) => "flaw.language",
        (Field::Pay, _) => "flaw.pay",
        (Field::Insurer, _) if sheet.rules.types_insurer(sheet.entries) => "flaw.insurer.name",
        (Field::Insurer, _) => "flaw.insurer",
        (Field::Member, _) => "flaw.member",
        (Field::Group, _) => "pay.group.hint",
        (Field::Subscriber, _) => "pay.subscriber.hint",
        (Field::Coupon, Flaw::Inactive) => "coupon.inactive",
        (Field::Coupon, Flaw::Unknown) => "coupon.unknown",
        (Field::Coupon, _) => "flaw.coupon",
    };
    cx.t(key)
}
