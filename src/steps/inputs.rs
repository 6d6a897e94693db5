//! The fields of the patient step as controls: their labels, hints, keyboards and flaws.

use booking::patient::Gender;
use booking::schedule::Time;
use booking::validate::{Field, Flaw};

use super::details::{entries_now, has_flaw, left, typed};
use super::fields::{self, REASON};
use super::{Cx, Spot, wording};
use crate::app::Draft;
use crate::platform::intl;
use crate::ui;
use crate::ui::element::{El, Node, el};
use crate::ui::form::{Spec, control, field, flaw, hint, option};

type Part = fn(&mut Draft) -> &mut String;

/// One field of the form, or the few that are one question.
pub fn draw_field(cx: &Cx, time: &Time, entries: &Draft, which: Field) -> Node {
    let part: Part = match which {
        Field::Birth => return birth(cx, time, entries),
        Field::Gender => return gender(cx, time, entries),
        Field::Line1 => {
            let first = text_field(cx, time, entries, which, |draft| &mut draft.line1);
            return el("div", "fat-pair").child(first).child(second_line(cx, entries)).into();
        }
        Field::Given => |draft| &mut draft.given,
        Field::Family => |draft| &mut draft.family,
        Field::Email => |draft| &mut draft.email,
        Field::Phone => |draft| &mut draft.phone,
        Field::City => |draft| &mut draft.city,
        Field::State => |draft| &mut draft.state,
        Field::Zip => |draft| &mut draft.zip,
        Field::Ssn => |draft| &mut draft.ssn,
        Field::Reason => |draft| &mut draft.reason,
    };
    text_field(cx, time, entries, which, part).into()
}

/// Name, label, hint, autocomplete token, keyboard.
fn traits(field: Field) -> (&'static str, &'static str, &'static str, &'static str, &'static str) {
    match field {
        Field::Given => ("given", "field.given", "", "given-name", ""),
        Field::Family => ("family", "field.family", "", "family-name", ""),
        Field::Birth => ("birth", "field.birth", "", "", ""),
        Field::Gender => ("gender", "field.gender", "", "sex", ""),
        Field::Email => ("email", "field.email", "hint.email", "email", "email"),
        Field::Phone => ("phone", "field.phone", "hint.phone", "tel", "tel"),
        Field::Line1 => ("line1", "field.line1", "", "address-line1", ""),
        Field::City => ("city", "field.city", "", "address-level2", ""),
        Field::State => ("state", "field.state", "hint.state", "address-level1", ""),
        Field::Zip => ("zip", "field.zip", "hint.zip", "postal-code", "numeric"),
        Field::Ssn => ("ssn", "field.ssn", "hint.ssn", "off", "numeric"),
        Field::Reason => ("reason", "field.reason", "hint.reason", "off", ""),
    }
}

fn spec(cx: &Cx, time: &Time, which: Field) -> Spec {
    let (name, label, hint, autocomplete, inputmode) = traits(which);
    Spec {
        name,
        label: cx.t(label),
        hint: if hint.is_empty() { String::new() } else { cx.t(hint) },
        flaw: has_flaw(cx, which).map(|flaw| flaw_text(cx, time, which, flaw)).unwrap_or_default(),
        autocomplete,
        inputmode,
        focus: cx.focus(Spot::Field(which)),
        optional: which == Field::Ssn,
        value: String::new(),
    }
}

fn text_field(cx: &Cx, time: &Time, entries: &Draft, which: Field, part: Part) -> El {
    let (app, local) = (cx.app, cx.local);
    let spec = Spec { value: part(&mut entries.clone()).clone(), ..spec(cx, time, which) };
    let tag = if which == Field::Reason { "textarea" } else { "input" };
    let typed = move |text| typed(app, |draft| *part(draft) = text);
    let input = control(tag, &spec, Box::new(typed), Box::new(move || left(app, local, which)));
    let most = match which {
        Field::State => "2",
        Field::Ssn => "4",
        Field::Given | Field::Family | Field::Line1 | Field::City => "100",
        Field::Reason => return field(&spec, input.attr("rows", "3")),
        _ => return field(&spec, input),
    };
    field(&spec, input.attr("maxlength", most))
}

fn second_line(cx: &Cx, entries: &Draft) -> El {
    let app = cx.app;
    let spec = Spec {
        name: "line2",
        label: cx.t("field.line2"),
        autocomplete: "address-line2",
        optional: true,
        value: entries.line2.clone(),
        ..Spec::default()
    };
    let input = control(
        "input",
        &spec,
        Box::new(move |text| typed(app, |draft| draft.line2 = text)),
        Box::new(|| {}),
    );
    field(&spec, input.attr("maxlength", "100"))
}

/// A question whose answer is more than one control.
fn several(spec: &Spec, controls: El) -> Node {
    let group =
        ui::group(if spec.flaw.is_empty() { "fat-field" } else { "fat-field fat-wrong" }, spec.label.clone());
    group.node(hint(spec)).node(flaw(spec)).child(controls).into()
}

/// Month by name, day, year: what everybody knows by heart, and no calendar to page through.
fn birth(cx: &Cx, time: &Time, entries: &Draft) -> Node {
    let whole = spec(cx, time, Field::Birth);
    let (app, local) = (cx.app, cx.local);
    let one = |tag, name, label, autocomplete, part: Part| {
        let spec = Spec {
            name,
            label: cx.t(label),
            autocomplete,
            inputmode: if tag == "select" { "" } else { "numeric" },
            value: part(&mut entries.clone()).clone(),
            ..Spec::default()
        };
        let left = move || {
            // Only once all three have been visited.
            let draft = entries_now(app);
            if [&draft.birth_year, &draft.birth_month, &draft.birth_day].iter().all(|part| !part.is_empty()) {
                left(app, local, Field::Birth);
            }
        };
        let typed = move |text| {
            typed(app, |draft| *part(draft) = text);
            // A choice is whole at once.
            if tag == "select" {
                left();
            }
        };
        let mut control = control(tag, &spec, Box::new(typed), Box::new(left));
        if !whole.flaw.is_empty() {
            control = control.attr("aria-invalid", "true").attr("aria-describedby", "birth-flaw");
        }
        (spec, control)
    };
    let (month, select) =
        one("select", "birth-month", "field.month", "bday-month", |draft| &mut draft.birth_month);
    let months = (1..=12).map(|number| option(number.to_string(), intl::month(cx.words.locale(), number)));
    let choose = option(String::new(), cx.t("field.choose"));
    let select = select.node(choose).children(months.collect()).focus(whole.focus);
    let (day, day_input) = one("input", "birth-day", "field.day", "bday-day", |draft| &mut draft.birth_day);
    let (year, year_input) =
        one("input", "birth-year", "field.year", "bday-year", |draft| &mut draft.birth_year);
    let fields = vec![
        field(&month, select).into(),
        field(&day, day_input.attr("maxlength", "2")).into(),
        field(&year, year_input.attr("maxlength", "4")).into(),
    ];
    several(&whole, el("div", "fat-birth").children(fields))
}

fn gender(cx: &Cx, time: &Time, entries: &Draft) -> Node {
    let whole = spec(cx, time, Field::Gender);
    let (app, local) = (cx.app, cx.local);
    let choices = Gender::CHOICES.into_iter().enumerate().map(|(place, choice)| {
        let text = cx.t(match choice {
            Gender::Female => "gender.female",
            Gender::Male => "gender.male",
            Gender::Other => "gender.another",
            _ => "gender.unknown",
        });
        let word = choice.as_str().to_owned();
        let on = entries.gender == word;
        let press = move || {
            typed(app, |draft| draft.gender.clone_from(&word));
            left(app, local, Field::Gender);
        };
        let focus = if place == 0 { whole.focus } else { 0 };
        ui::choice("radio", "gender", on, text, None, focus, Box::new(press)).into()
    });
    several(&whole, ui::choices(choices.collect()))
}

/// How to mend a field.
pub fn flaw_text(cx: &Cx, time: &Time, field: Field, flaw: Flaw) -> String {
    let key = match (field, flaw) {
        (_, Flaw::Future) => "flaw.birth.future",
        (_, Flaw::TooOld) => "flaw.birth.old",
        (_, Flaw::Age) => {
            let ages = cx.state.board.ages(time).and_then(|ages| wording::ages(cx.words, ages));
            return cx.words.with("flaw.birth.age", &[("ages", &ages.unwrap_or_default())]);
        }
        (field, Flaw::Long) => {
            let most = if field == Field::Reason { REASON } else { fields::LINE };
            return cx.words.count("flaw.long", most);
        }
        (Field::Given, _) => "flaw.given",
        (Field::Family, _) => "flaw.family",
        (Field::Birth, Flaw::Missing) => "flaw.birth",
        (Field::Birth, Flaw::Form) => "flaw.birth.form",
        (Field::Gender, _) => "flaw.gender",
        (Field::Email, Flaw::Missing) => "flaw.email",
        (Field::Email, Flaw::Form) => "flaw.email.form",
        (Field::Phone, Flaw::Missing) => "flaw.phone",
        (Field::Phone, Flaw::Form) => "flaw.phone.form",
        (Field::Line1, _) => "flaw.line1",
        (Field::City, _) => "flaw.city",
        (Field::State, _) => "flaw.state",
        (Field::Zip, Flaw::Missing) => "flaw.zip",
        (Field::Zip, Flaw::Form) => "flaw.zip.form",
        (Field::Ssn, _) => "flaw.ssn",
        (Field::Reason, _) => "flaw.reason",
    };
    cx.t(key)
}
