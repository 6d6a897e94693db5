//! Who is coming: what the record says is shown, not asked again; only what is missing is asked, and the reason.

pub mod inputs;
pub mod payment;
pub mod questions;
pub mod someone_else;

use booking::errand::event::Event as Act;
use booking::errand::paying;
use booking::errand::state::Errand;
use booking::form::Draft;
use booking::form::fields::{self, Rules};
use booking::journey::state::State;
use booking::patient::Demographics;
use booking::validate::{Field, Flaw, Whose};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::errand::patient::inputs::{draw_field, draw_fields, flaw_text};
use crate::errand::sign_in;
use crate::platform::{self, intl};
use crate::screen::wording;
use crate::screen::{Cx, Spot, back, go_to};
use crate::ui::view::{El, el};
use crate::ui::{self, Weight};

/// All that a part of the form is drawn from.
pub struct Form<'a> {
    /// The screen.
    pub cx: &'a Cx<'a>,
    /// The visit.
    pub errand: &'a Errand,
    /// What the checks go by.
    pub rules: Rules<'a>,
    /// What stands in the form.
    pub entries: &'a Draft,
    asked: Vec<Field>,
}

impl Form<'_> {
    /// Whether a field is to be filled in.
    pub fn asks(&self, field: Field) -> bool {
        self.asked.contains(&field)
    }
}

/// The patient's record, in the system this visit goes to if it has one there.
fn known_in<'a>(state: &'a State, errand: &Errand) -> Option<&'a Demographics> {
    let patient = state.errand.person.patient.as_ref()?;
    match errand.ehr() {
        Some(ehr) => patient.known(ehr),
        None => patient.links.first().map(|link| &link.demographics),
    }
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
pub fn entries_now(app: App) -> Draft {
    app.state.with_untracked(|state| {
        entries(app, state.errand.stage.errand().and_then(|errand| known_in(state, errand)))
    })
}

fn rules_of<'a>(app: App, state: &'a State, errand: &'a Errand) -> Rules<'a> {
    let mut settings = app.settings.get_untracked();
    // Known at each moment only: the host page may set its card field late.
    settings.takes_cards = app.effects.with_value(|effects| effects.bridge().has_card());
    let asks = app.asks.get_untracked();
    let ages = errand.time().and_then(|time| Some((state.errand.directory.ages(time)?, time.local.date())));
    Rules {
        ages,
        is_on_demand: errand.now().is_some(),
        mail_rule: state.errand.mail_rule.as_deref(),
        today: platform::clock::today(),
        matches: platform::matches,
        has_record: known_in(state, errand).is_some(),
        methods: paying::methods(state.errand.practice.as_ref(), &settings, errand),
        questions: asks.questions,
        has_interpreter: asks.interpreter,
        issuers: match &state.errand.issuers {
            Some(Ok(issuers)) => issuers,
            _ => &[],
        },
        coupon: state.errand.person.coupon.as_ref().map(|(code, check)| (code.as_str(), *check)),
    }
}

fn with_rules<R>(app: App, what: impl FnOnce(Option<&Demographics>, &Rules) -> R) -> Option<R> {
    app.state.with_untracked(|state| {
        let errand = state.errand.stage.errand()?;
        Some(what(known_in(state, errand), &rules_of(app, state, errand)))
    })
}

/// What the record says of the account holder and is not asked again: by the record alone, so that a field does not
/// vanish while it is being filled in.
fn is_recorded(cx: &Cx, field: Field, recorded: &Draft, rules: &Rules) -> bool {
    let of_record = match field {
        Field::Given(whose)
        | Field::Family(whose)
        | Field::Birth(whose)
        | Field::Gender(whose)
        | Field::Line1(whose)
        | Field::City(whose)
        | Field::State(whose)
        | Field::Zip(whose) => whose == Whose::Holder,
        field => matches!(field, Field::Email | Field::Phone | Field::Ssn),
    };
    of_record && fields::flaw(field, recorded, rules).is_none() && has_flaw(cx, field).is_none()
}

/// The step.
pub fn draw(cx: &Cx, body: El, errand: &Errand) -> El {
    cx.app.asks.track();
    let known = known_in(cx.state, errand);
    let entries = entries(cx.app, known);
    let rules = rules_of(cx.app, cx.state, errand);
    let shows_record = known.is_some() && !cx.here.editing;
    let mut asked = fields::all(&entries, &rules);
    if let (Some(known), true) = (known, shows_record) {
        let recorded = Draft { for_other: entries.for_other, ..fields::draft_of(known) };
        asked.retain(|field| !is_recorded(cx, *field, &recorded, &rules));
    }
    let form = Form { cx, errand, rules, entries: &entries, asked };
    let (app, local) = (cx.app, cx.local);
    let on_submit = move |event: web_sys::Event| {
        event.prevent_default();
        submit(app, local);
    };
    let on_pointer = move |event: web_sys::Event| press(local, is_within(&event, "button,label"));
    let on_click = move |event: web_sys::Event| {
        press(local, false);
        // A choice is made only after its click: it is looked at then.
        if is_within(&event, "button") {
            catch_up(app, local);
        }
    };
    let on_change = move |event: web_sys::Event| {
        // Not that of a text that is being left: what was pressed comes after it.
        if is_within(&event, "label") {
            catch_up(app, local);
        }
    };
    let whole = el("form", "fat-form")
        .flag("novalidate", true)
        .on("submit", Box::new(on_submit))
        .on("pointerdown", Box::new(on_pointer))
        .on("click", Box::new(on_click))
        .on("change", Box::new(on_change))
        .on("input", Box::new(move |_| press(local, false)))
        .maybe(flaws(&form))
        .node(someone_else::draw_who(&form))
        .maybe(entries.for_other.then(|| someone_else::draw_patient(&form)))
        .child(holder(&form, shows_record))
        .node(draw_field(&form, Field::Reason))
        .child(questions::draw(&form))
        .maybe(questions::draw_interpreter(&form))
        .node(payment::draw(&form))
        .child(cx.button(Weight::Primary, "details.go-on", Box::new(|| {})).attr("type", "submit"));
    body.child(back(cx)).child(cx.heading("details.heading")).maybe(sign_in::summary(cx, errand)).child(whole)
}

/// The account holder: the patient themselves, or whoever books for them.
fn holder(form: &Form, shows_record: bool) -> El {
    let cx = form.cx;
    let mut wanted = Vec::from(fields::identity(Whose::Holder));
    wanted.extend([Field::Email, Field::Phone]);
    wanted.extend(fields::home(Whose::Holder));
    wanted.push(Field::Ssn);
    let missing = wanted.iter().filter(|field| form.asks(**field)).count();
    let part = if form.entries.for_other {
        let part = ui::group("fat-part", cx.t("who.you")).key(1);
        part.child(cx.line("fat-quiet", "who.you.hint"))
    } else {
        el("div", "fat-part")
    };
    part.maybe(shows_record.then(|| record(cx, form.entries)))
        .maybe((shows_record && missing > 0).then(|| cx.line("", "details.missing")))
        .children(draw_fields(form, &wanted))
}

fn is_within(event: &web_sys::Event, selector: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}

/// Looks at what was left for a press.
fn catch_up(app: App, local: RwSignal<crate::screen::Local>) {
    press(local, false);
    if let Some(field) = local.with_untracked(|local| local.skipped) {
        local.maybe_update(|local| {
            local.skipped = None;
            false
        });
        left(app, local, field);
    }
}

/// A button or a choice is being pressed, or no longer; nothing on screen follows from it.
fn press(local: RwSignal<crate::screen::Local>, on_button: bool) {
    local.maybe_update(|local| {
        local.pressing = on_button;
        false
    });
}

/// What is known already, and a way to change it.
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
    let local = cx.local;
    let change = move || {
        local.update(|local| {
            local.editing = true;
            go_to(local, Spot::Field(Field::Given(Whose::Holder)));
        });
    };
    let change =
        cx.button(Weight::Link, "change", Box::new(change)).attr_text("aria-label", cx.t("change.details"));
    el("div", "fat-summary").part("summary").child(ui::lines(lines)).child(change)
}

pub fn has_flaw(cx: &Cx, field: Field) -> Option<Flaw> {
    cx.here.flaws.iter().find(|(flawed, _)| *flawed == field).map(|(_, flaw)| *flaw)
}

/// All that is wrong, each a way to its field.
fn flaws(form: &Form) -> Option<El> {
    let cx = form.cx;
    if !cx.here.summary {
        return None;
    }
    let told = fields::all(form.entries, &form.rules)
        .into_iter()
        .filter_map(|field| Some((field, has_flaw(cx, field)?)));
    let rows: Vec<_> = told
        .map(|(field, flaw)| {
            let local = cx.local;
            let go = ui::button(
                Weight::Link,
                flaw_text(form, field, flaw),
                Box::new(move || local.update(|local| go_to(local, Spot::Field(field)))),
            );
            el("li", "").child(go).into()
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let title = cx.words.count("flaws", rows.len());
    Some(ui::alert("fat-alert fat-danger", title).child(el("ul", "").children(rows)))
}

/// Goes on when everything is as it should be; otherwise says what is not, and leads to the first.
fn submit(app: App, local: RwSignal<crate::screen::Local>) {
    let draft = entries_now(app);
    match with_rules(app, |known, rules| fields::details(&draft, known, rules)) {
        Some(Ok(details)) => {
            local.update(|local| {
                local.flaws.clear();
                (local.summary, local.editing) = (false, false);
            });
            app.send(Act::Give(Box::new(details)));
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
pub fn left(app: App, local: RwSignal<crate::screen::Local>, field: Field) {
    if local.with_untracked(|local| local.pressing) {
        local.maybe_update(|local| {
            local.skipped = Some(field);
            false
        });
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

pub fn typed(app: App, change: impl FnOnce(&mut Draft)) {
    let mut draft = entries_now(app);
    draft.touched = true;
    change(&mut draft);
    app.draft.set(draft);
}

/// An entry that other parts of the form follow from.
pub fn decided(app: App, local: RwSignal<crate::screen::Local>, change: impl FnOnce(&mut Draft)) {
    typed(app, change);
    local.update(|_| {});
}
