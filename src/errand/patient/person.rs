//! The fields of one person that are not drawn like the others: birth date, gender, and the second line of an address.

use booking::form::Draft;
use booking::patient::Gender;
use booking::validate::{Field, PersonRole};

use super::form::{Sheet, entries_now};
use super::inputs::{answers, described, spec};
use super::texts::of;
use crate::platform::intl;
use crate::ui::form::{Spec, control, field, option};
use crate::ui::view::{El, Node, el, text_key};
use crate::ui::{self, text};

type Part = fn(&mut Draft, PersonRole) -> &mut String;

/// A question about one person, whose answer is more than one control. For a patient or an insured person beside the account
/// holder the legend says whom the question is about, since a screen reader may read only the innermost group's name. A
/// separate group name would be read in addition to the legend.
fn several_of(sheet: &Sheet, role: PersonRole, spec: &Spec, controls: El) -> El {
    let whom = of(role, ["", "who.patient", "pay.insured"]);
    let legend = if whom.is_empty() {
        text("legend", "fat-legend", spec.label.clone())
    } else {
        let whom = text("span", "fat-unseen", [", ", &sheet.cx.t(whom)].concat());
        el("legend", "fat-legend").child(text("span", "", spec.label.clone())).child(whom)
    };
    answers(spec, legend, controls)
}

/// The birth date as month by name, day and year: people know theirs by heart, so a calendar to page through would only slow
/// them.
pub fn birth(sheet: &Sheet, role: PersonRole) -> Node {
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
            // Validate a select at once, without waiting for the focus to leave it.
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
    several_of(sheet, role, &asked, el("div", "fat-birth").children(fields)).into()
}

/// A person's gender, as choices.
pub fn gender(sheet: &Sheet, role: PersonRole) -> Node {
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
    described(&asked, several_of(sheet, role, &asked, ui::choices(choices.collect()))).into()
}

/// The second line of an address, which may stay empty.
pub fn second_line(sheet: &Sheet, role: PersonRole) -> El {
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
