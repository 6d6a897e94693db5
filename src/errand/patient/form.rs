//! The patient step's form: what its sections are drawn from, and what happens when the patient types in a field, leaves a
//! field or submits.

use booking::errand::event::Event as Act;
use booking::errand::paying;
use booking::errand::state::Errand;
use booking::form::Draft;
use booking::form::fields::{self, Rules};
use booking::journey::state::State;
use booking::patient::Demographics;
use booking::payment::{Issuer, Method};
use booking::validate::{Field, Flaw, PersonRole};
use leptos::prelude::*;

use crate::app::App;
use crate::platform;
use crate::screen::{Cx, Screen, Spot, with_errand};
use crate::ui::view::{Node, unchanged};
use crate::ui::watch::Watch;

/// The form's own signals. Copied to every section.
#[derive(Clone, Copy)]
pub struct Form {
    /// What steps share.
    pub screen: Screen,
    /// The flaws shown to the patient, in the order in which they were found.
    pub flaws: RwSignal<Vec<(Field, Flaw)>>,
    /// Whether the summary of flaws is shown: after a submit with flaws.
    pub is_held_back: RwSignal<bool>,
    /// Changes whenever a field loses the focus.
    pub left: RwSignal<u32>,
    /// The fields that the form shows, required or optional.
    pub asked: Watch<Vec<Field>>,
    /// The entries that other parts of the form depend on.
    pub choices: Watch<Choices>,
    press: StoredValue<Press>,
}

/// A press on a button or a choice. Until the press ends, nothing may move under the pointer.
#[derive(Clone, Copy, Default)]
struct Press {
    is_on: bool,
    /// The field that lost the focus to the press; validated once the press has ended.
    skipped: Option<Field>,
}

/// The entries that other parts of the form depend on.
#[derive(Clone, PartialEq)]
pub struct Choices {
    for_other: bool,
    apart: bool,
    pay: Option<Method>,
    by_hand: bool,
    issuer: Option<Issuer>,
    is_third: bool,
    wants_interpreter: bool,
}

/// What a section of the form is drawn from.
pub struct Sheet<'a> {
    /// The screen.
    pub cx: &'a Cx<'a>,
    /// The form.
    pub form: Form,
    /// The visit.
    pub errand: &'a Errand,
    /// The rules that the entries are checked against.
    pub rules: Rules<'a>,
    /// The form's current entries.
    pub entries: &'a Draft,
}

impl Form {
    /// Makes the form of the patient step on screen.
    pub fn new(screen: Screen) -> Self {
        let app = screen.app;
        let choices = Watch::new(move || {
            app.draft.track();
            app.state.track();
            let Draft { for_other, apart, pay, wants_interpreter, card, .. } = entries_now(app);
            let (by_hand, issuer, is_third) = (card.by_hand, card.issuer, card.is_third);
            Choices { for_other, apart, pay, by_hand, issuer, is_third, wants_interpreter }
        });
        let flaws = RwSignal::new(Vec::new());
        let asked = Watch::new(move || {
            app.state.track();
            app.extras.track();
            choices.track();
            let edits = screen.edits.get();
            flaws.with(|flaws| asked(app, edits, flaws))
        });
        Self {
            screen,
            flaws,
            is_held_back: RwSignal::new(false),
            left: RwSignal::new(0),
            asked,
            choices,
            press: StoredValue::new(Press::default()),
        }
    }

    /// Draws a section again whenever the journey's state changes, or a choice that other parts depend on; a keystroke draws
    /// nothing.
    pub fn section(self, draw: impl Fn(&Sheet) -> Node + Send + 'static) -> Node {
        self.screen.follow(move |cx| {
            cx.app.extras.track();
            cx.app.settings.track();
            self.choices.track();
            self.sheet(cx, &draw)
        })
    }

    /// Draws one field, and draws it again only when its flaw or a wish for the focus in it changes.
    pub fn field(self, which: Field, draw: impl Fn(&Sheet) -> Node + Send + 'static) -> Node {
        let (flaw, wishes) = self.signals(which);
        self.screen.draw(move |cx| {
            flaw.track();
            wishes.track();
            self.sheet(cx, &draw)
        })
    }

    /// The signals that a field is drawn again for: its flaw, and the wishes for the focus in it.
    pub fn signals(self, which: Field) -> (Watch<Option<Flaw>>, Watch<u32>) {
        let flaw = Watch::new(move || self.flaw_of(which));
        (flaw, self.screen.wishes(move |spot| spot == Spot::Field(which)))
    }

    fn sheet(self, cx: &Cx, draw: &dyn Fn(&Sheet) -> Node) -> Node {
        // The step is about to leave the screen.
        let Some(errand) = cx.state.errand.stage.errand() else { return unchanged() };
        let entries = entries(cx.app, known_in(cx.state, errand));
        let rules = rules_of(cx.app, cx.state, errand);
        draw(&Sheet { cx, form: self, errand, rules, entries: &entries })
    }

    /// The flaw of a field, if the patient has been shown one; follows the signal.
    pub fn flaw_of(self, field: Field) -> Option<Flaw> {
        self.flaws.with(|flaws| flaw_among(flaws, field))
    }

    /// Like [`Form::flaw_of`], without following the signal.
    pub fn flaw_now(self, field: Field) -> Option<Flaw> {
        self.flaws.with_untracked(|flaws| flaw_among(flaws, field))
    }

    /// Removes the flaw of a field.
    pub fn forgive(self, field: Field) {
        if self.flaw_now(field).is_some() {
            self.flaws.update(|flaws| flaws.retain(|(flawed, _)| *flawed != field));
        }
    }

    /// Keeps what was typed or chosen.
    pub fn keep(self, change: impl FnOnce(&mut Draft)) {
        let app = self.screen.app;
        let mut draft = entries_now(app);
        draft.touched = true;
        change(&mut draft);
        app.draft.set(draft);
        // Details that were completed before must not be booked in place of what the form says now.
        let is_completed = |state: &State| {
            let person = &state.errand.person;
            person.details.is_some() && !person.is_changing
        };
        if app.state.with_untracked(is_completed) {
            app.send(Act::Edit);
        }
    }

    /// Validates a field that lost the focus, and shows its flaw; if the field lost the focus to a press, only once the
    /// press ends. An empty field is shown as a flaw only after a submit.
    pub fn leave(self, field: Field) {
        let is_pressing = self.press.try_update_value(|press| {
            if press.is_on {
                press.skipped = Some(field);
            }
            press.is_on
        });
        if is_pressing != Some(false) {
            return;
        }
        let draft = entries_now(self.screen.app);
        let wrong = with_rules(self.screen.app, |_, rules| fields::flaw(field, &draft, rules)).flatten();
        let shown = self.flaw_now(field);
        let wrong = wrong.filter(|flaw| *flaw != Flaw::Missing || shown == Some(Flaw::Missing));
        if wrong != shown {
            self.flaws.update(|flaws| {
                flaws.retain(|(flawed, _)| *flawed != field);
                flaws.extend(wrong.map(|flaw| (field, flaw)));
            });
        }
        self.left.update(|left| *left += 1);
    }

    /// Records whether a button or a choice is being pressed.
    pub fn press(self, on_button: bool) {
        self.press.try_update_value(|press| press.is_on = on_button);
    }

    /// Ends a press, and validates the field that lost the focus to it.
    pub fn catch_up(self) {
        self.press(false);
        if let Some(field) = self.press.try_update_value(|press| press.skipped.take()).flatten() {
            self.leave(field);
        }
    }

    /// Submits the details if they have no flaws; otherwise shows all flaws, and moves the focus to the first.
    pub fn submit(self) {
        let app = self.screen.app;
        let draft = entries_now(app);
        match with_rules(app, |known, rules| fields::details(&draft, known, rules)) {
            Some(Ok(details)) => {
                self.flaws.set(Vec::new());
                self.is_held_back.set(false);
                self.screen.edits.set(false);
                app.send(Act::Give(Box::new(details)));
            }
            Some(Err(flaws)) => {
                if let Some((first, _)) = flaws.first() {
                    self.screen.go_to(Spot::Field(*first));
                }
                self.flaws.set(flaws);
                self.is_held_back.set(true);
            }
            None => {}
        }
    }
}

impl Sheet<'_> {
    /// Whether the form shows a field. The caller is drawn again when that changes.
    pub fn asks(&self, field: Field) -> bool {
        self.form.asked.with(|asked| asked.contains(&field))
    }

    /// Whether the record's entries are shown instead of fields for them. The caller is drawn again when that
    /// changes.
    pub fn shows_record(&self) -> bool {
        self.rules.has_record && !self.form.screen.edits.get()
    }
}

fn flaw_among(flaws: &[(Field, Flaw)], field: Field) -> Option<Flaw> {
    flaws.iter().find(|(flawed, _)| *flawed == field).map(|(_, flaw)| *flaw)
}

/// The patient's demographics to prefill from: the record in this visit's EHR system, else the first record.
fn known_in<'a>(state: &'a State, errand: &Errand) -> Option<&'a Demographics> {
    let patient = state.errand.person.patient.as_ref()?;
    match errand.ehr() {
        Some(ehr) => patient.known(ehr),
        None => patient.links.first().map(|link| &link.demographics),
    }
}

/// The form's entries: what was typed, else what the record says.
fn entries(app: App, known: Option<&Demographics>) -> Draft {
    let typed = app.draft.get_untracked();
    match known {
        Some(known) if !typed.touched => fields::draft_of(known),
        _ => typed,
    }
}

/// The form's entries in the current state. For listeners: a listener may run long after it was made, when the state
/// from which the form was drawn is out of date.
pub fn entries_now(app: App) -> Draft {
    with_errand(app, |state, errand| entries(app, known_in(state, errand)))
        .unwrap_or_else(|| entries(app, None))
}

/// The rules that the form's entries are checked against.
pub fn rules_of<'a>(app: App, state: &'a State, errand: &'a Errand) -> Rules<'a> {
    let mut settings = app.settings.get_untracked();
    // Read each time, since the host page may set `cardToken` late.
    settings.takes_cards = app.effects.with_value(|effects| effects.bridge().has_card());
    let extras = app.extras.get_untracked();
    let today = platform::clock::today();
    Rules {
        ages: errand.ages(&state.errand.directory, today),
        is_on_demand: errand.on_demand().is_some(),
        mail_rule: state.errand.mail_rule.as_deref(),
        today,
        matches: platform::matches,
        has_record: known_in(state, errand).is_some(),
        methods: paying::methods(state.errand.practice.as_ref(), &settings, errand),
        // The call that joins a line has no field for answers (API reference §2.28).
        questions: if errand.on_demand().is_some() { Vec::new() } else { extras.questions },
        has_interpreter: extras.interpreter,
        issuers: match &state.errand.issuers {
            Some(Ok(issuers)) => issuers,
            Some(Err(_)) | None => &[],
        },
        coupon: state.errand.person.coupon.as_ref().map(|(code, check)| (code.as_str(), *check)),
    }
}

fn with_rules<R>(app: App, what: impl FnOnce(Option<&Demographics>, &Rules) -> R) -> Option<R> {
    with_errand(app, |state, errand| what(known_in(state, errand), &rules_of(app, state, errand)))
}

/// The fields to show: all that apply. Unless the patient edits the details (`edits`), a field that the record answers is
/// left out if it has no flaw.
fn asked(app: App, edits: bool, flaws: &[(Field, Flaw)]) -> Vec<Field> {
    let entries = entries_now(app);
    with_rules(app, |known, rules| {
        let mut asked = fields::all(&entries, rules);
        if let (Some(known), false) = (known, edits) {
            let recorded = Draft { for_other: entries.for_other, ..fields::draft_of(known) };
            asked.retain(|field| {
                flaw_among(flaws, *field).is_some() || !is_recorded(*field, &recorded, rules)
            });
        }
        asked
    })
    .unwrap_or_default()
}

/// Whether the record answers a field of the account holder. What was typed does not count, so that a field does not vanish
/// while the patient fills it in.
fn is_recorded(field: Field, recorded: &Draft, rules: &Rules) -> bool {
    let of_record = match field {
        Field::Given(role)
        | Field::Family(role)
        | Field::Birth(role)
        | Field::Gender(role)
        | Field::Line1(role)
        | Field::City(role)
        | Field::State(role)
        | Field::Zip(role) => role == PersonRole::Holder,
        field => matches!(field, Field::Email | Field::Phone | Field::Ssn),
    };
    of_record && fields::flaw(field, recorded, rules).is_none()
}
