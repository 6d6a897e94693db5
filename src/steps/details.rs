//! Who is coming: what the record says is shown, not asked again; only what is missing is asked, and the reason.

use booking::flow::event::Event;
use booking::patient::{Demographics, Gender};
use booking::schedule::Time;
use booking::validate::{Field, Flaw};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::fields::{self, REASON, Rules};
use super::{Cx, Spot, back, go_to, sign_in, wording};
use crate::app::{App, Draft};
use crate::platform::{self, intl};
use crate::ui::element::{El, Node, el, nothing};
use crate::ui::form::{Spec, control, field, flaw, hint, option};
use crate::ui::{self, Weight};

/// The patient's record, in the system this visit goes to if it has one there.
fn known<'a>(cx: &Cx<'a>, time: &Time) -> Option<&'a Demographics> {
    cx.state.person.patient.as_ref()?.known(&time.place().ehr)
}

/// What stands in the form: what was typed, else what the record says.
fn entries(app: App, known: Option<&Demographics>) -> Draft {
    let typed = app.draft.get_untracked();
    match known {
        Some(known) if !typed.touched => fields::draft_of(known),
        _ => typed,
    }
}

/// The state's own part of [`entries`], for listeners: they outlive what was drawn.
fn entries_now(app: App) -> Draft {
    app.state.with_untracked(|state| {
        let ehr = state.stage.time().map(|time| &time.place().ehr);
        entries(app, ehr.and_then(|ehr| state.person.patient.as_ref()?.known(ehr)))
    })
}

fn with_rules<R>(app: App, what: impl FnOnce(Option<&Demographics>, &Rules) -> R) -> Option<R> {
    app.state.with_untracked(|state| {
        let time = state.stage.time()?;
        let known = state.person.patient.as_ref().and_then(|patient| patient.known(&time.place().ehr));
        let rules =
            Rules { board: &state.board, time, today: platform::clock::today(), matches: platform::matches };
        Some(what(known, &rules))
    })
}

/// The step.
pub fn draw(cx: &Cx, body: El, time: &Time) -> El {
    let known = known(cx, time);
    let entries = entries(cx.app, known);
    let rules =
        Rules { board: &cx.state.board, time, today: platform::clock::today(), matches: platform::matches };
    // By the record alone, so that a field does not vanish while it is being filled in.
    let asked: Vec<Field> = match known {
        Some(known) if !cx.here.editing => {
            let recorded = fields::draft_of(known);
            let wanted = |field: &Field| {
                fields::flaw(*field, &recorded, &rules).is_some() || has_flaw(cx, *field).is_some()
            };
            fields::ALL.into_iter().filter(wanted).collect()
        }
        _ => fields::ALL.to_vec(),
    };
    let shows_record = known.is_some() && !cx.here.editing;
    let (app, local) = (cx.app, cx.local);
    let on_submit = move |event: web_sys::Event| {
        event.prevent_default();
        submit(app, local);
    };
    let on_pointer = move |event: web_sys::Event| {
        let on_button = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok()?.closest("button").ok()?);
        press(local, on_button.is_some());
    };
    let form =
        el("form", "fat-form")
            .flag("novalidate", true)
            .on("submit", Box::new(on_submit))
            .on("pointerdown", Box::new(on_pointer))
            .on("click", Box::new(move |_| press(local, false)))
            .on("input", Box::new(move |_| press(local, false)))
            .maybe(flaws(cx, time))
            .maybe(shows_record.then(|| record(cx, &entries)))
            .maybe((shows_record && asked.len() > 1).then(|| cx.line("", "details.missing")))
            .children(
                fields::ALL
                    .into_iter()
                    .map(|field| {
                        if asked.contains(&field) { draw_field(cx, time, &entries, field) } else { nothing() }
                    })
                    .collect(),
            )
            .child(cx.button(Weight::Primary, "details.go-on", Box::new(|| {})).attr("type", "submit"));
    body.child(back(cx)).child(cx.heading("details.heading")).child(sign_in::summary(cx, time)).child(form)
}

/// A button is being pressed, or no longer; nothing on screen follows from it.
fn press(local: RwSignal<super::Local>, on_button: bool) {
    local.maybe_update(|local| {
        local.pressing = on_button;
        false
    });
}

/// What is known already, and a way to change it.
fn record(cx: &Cx, entries: &Draft) -> El {
    let name = [entries.given.as_str(), entries.family.as_str()].join(" ");
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    let year = entries.birth_year.parse().unwrap_or(0);
    let born =
        chrono::NaiveDate::from_ymd_opt(year, number(&entries.birth_month), number(&entries.birth_day));
    let address = booking::place::Address {
        line1: entries.line1.clone(),
        line2: entries.line2.clone(),
        city: entries.city.clone(),
        state: entries.state.clone(),
        postal_code: entries.zip.clone(),
    };
    let lines = vec![
        name,
        born.map(|date| intl::date(cx.words.locale(), date)).unwrap_or_default(),
        entries.email.clone(),
        wording::phone_text(&entries.phone),
        wording::address_line(&address),
    ];
    let local = cx.local;
    let change = move || {
        local.update(|local| {
            local.editing = true;
            go_to(local, Spot::Field(Field::Given));
        });
    };
    let change =
        cx.button(Weight::Link, "change", Box::new(change)).attr_text("aria-label", cx.t("change.details"));
    el("div", "fat-summary").part("summary").child(ui::lines(lines)).child(change)
}

fn has_flaw(cx: &Cx, field: Field) -> Option<Flaw> {
    cx.here.flaws.iter().find(|(flawed, _)| *flawed == field).map(|(_, flaw)| *flaw)
}

/// All that is wrong, each a way to its field.
fn flaws(cx: &Cx, time: &Time) -> Option<El> {
    if !cx.here.summary || cx.here.flaws.is_empty() {
        return None;
    }
    let told = fields::ALL.into_iter().filter_map(|field| Some((field, has_flaw(cx, field)?)));
    let rows = told.map(|(field, flaw)| {
        let local = cx.local;
        let text = flaw_text(cx, time, field, flaw);
        let go = ui::button(
            Weight::Link,
            text,
            Box::new(move || local.update(|local| go_to(local, Spot::Field(field)))),
        );
        el("li", "").child(go).into()
    });
    let title = cx.words.count("flaws", cx.here.flaws.len());
    Some(ui::alert("fat-alert fat-danger", title).child(el("ul", "").children(rows.collect())))
}

/// Goes on when everything is as it should be; otherwise says what is not, and leads to the first.
fn submit(app: App, local: RwSignal<super::Local>) {
    let draft = entries_now(app);
    match with_rules(app, |known, rules| fields::details(&draft, known, rules)) {
        Some(Ok(details)) => {
            local.update(|local| {
                local.flaws.clear();
                (local.summary, local.editing) = (false, false);
            });
            app.send(Event::Give(Box::new(details)));
        }
        Some(Err(flaws)) => local.update(|local| {
            if let Some((first, _)) = flaws.first() {
                go_to(local, Spot::Field(*first));
            }
            (local.flaws, local.summary) = (flaws, true);
        }),
        None => {}
    }
}

/// A field was left: what is wrong with what stands in it is told now. That nothing stands in it is told on submit only.
fn left(app: App, local: RwSignal<super::Local>, field: Field) {
    if local.with_untracked(|local| local.pressing) {
        return;
    }
    let draft = entries_now(app);
    let found = with_rules(app, |_, rules| fields::flaw(field, &draft, rules)).flatten();
    let told = local.with_untracked(|local| {
        local.flaws.iter().find(|(flawed, _)| *flawed == field).map(|(_, flaw)| *flaw)
    });
    let found = found.filter(|flaw| *flaw != Flaw::Missing || told == Some(Flaw::Missing));
    if found != told {
        local.update(|local| {
            local.flaws.retain(|(flawed, _)| *flawed != field);
            local.flaws.extend(found.map(|flaw| (field, flaw)));
        });
    }
}

fn typed(app: App, change: impl FnOnce(&mut Draft)) {
    let mut draft = entries_now(app);
    draft.touched = true;
    change(&mut draft);
    app.draft.set(draft);
}

type Part = fn(&mut Draft) -> &mut String;

fn draw_field(cx: &Cx, time: &Time, entries: &Draft, which: Field) -> Node {
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
        let typed = move |text| typed(app, |draft| *part(draft) = text);
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
            Gender::Other => "gender.other",
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
fn flaw_text(cx: &Cx, time: &Time, field: Field, flaw: Flaw) -> String {
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
