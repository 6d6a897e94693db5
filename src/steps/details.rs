//! Who is coming: what the record says is shown, not asked again; only what is missing is asked, and the reason.

use booking::flow::event::Event;
use booking::patient::Demographics;
use booking::schedule::Time;
use booking::validate::{Field, Flaw};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::fields::{self, Rules};
use super::inputs::{draw_field, flaw_text};
use super::{Cx, Spot, back, go_to, sign_in, wording};
use crate::app::{App, Draft};
use crate::platform::{self, intl};
use crate::ui::element::{El, el, nothing};
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
pub(super) fn entries_now(app: App) -> Draft {
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

pub(super) fn has_flaw(cx: &Cx, field: Field) -> Option<Flaw> {
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
pub(super) fn left(app: App, local: RwSignal<super::Local>, field: Field) {
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

pub(super) fn typed(app: App, change: impl FnOnce(&mut Draft)) {
    let mut draft = entries_now(app);
    draft.touched = true;
    change(&mut draft);
    app.draft.set(draft);
}
