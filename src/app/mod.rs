//! One widget: the signals that its steps read ([`App`]), and the effects that carry out its commands.
//!
//! Components read state and send events to the journey. Only [`effects`] and [`carry_out`] send requests and fire events on
//! the page.

pub mod carry_out;
pub mod effects;
mod exchange;
mod invitation;
pub mod opening;
mod parked;
pub mod part;
pub mod root;

use booking::attributes::HEADING_LEVEL;
use booking::form::{Draft, Question};
use booking::journey::event::Event;
use booking::journey::state::State;
use booking::settings::Settings;
use leptos::prelude::*;

use self::opening::Opening;
use crate::host::diagnosis::Diagnosis;
use crate::i18n::Words;

/// The attributes that change only how the widget looks.
#[derive(Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Level of the first heading, 2–6.
    pub heading_level: u16,
    /// Whether the page points to the test tier; a small note on screen then says so.
    pub is_test_system: bool,
}

impl Default for Appearance {
    fn default() -> Self {
        Self { heading_level: HEADING_LEVEL.default, is_test_system: false }
    }
}

/// What the host page adds to the patient step.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct PatientStepExtras {
    /// The page's own questions.
    pub questions: Vec<Question>,
    /// Whether the step offers an interpreter. Only on-demand bookings can ask for one.
    pub interpreter: bool,
    /// What is wrong with the questions. The widget reports it once.
    pub wrong: Option<Diagnosis>,
}

/// The signals that the screen is drawn from. They belong to the page: an element that replaces another shows what the other
/// one showed.
pub struct Signals {
    /// The state of the journey.
    pub state: ArcRwSignal<State>,
    /// What the page looks for; changes with its attributes.
    pub settings: ArcRwSignal<Settings>,
    /// How the widget looks.
    pub appearance: ArcRwSignal<Appearance>,
    /// The words of the page's language.
    pub words: ArcRwSignal<Words>,
    /// What the page adds to the patient step.
    pub extras: ArcRwSignal<PatientStepExtras>,
    /// Whether the patient waits for the errand's part.
    pub opening: ArcRwSignal<Opening>,
    /// Whether the patient waits for the part that has the filters.
    pub ways_opening: ArcRwSignal<Opening>,
    /// The entries of the patient step, as the patient types them.
    pub draft: ArcRwSignal<Draft>,
    /// Whether the latest outcome in brief takes the focus when it is drawn; not any more once the patient does
    /// something else, in the widget or elsewhere on the page.
    pub outcome_focus: ArcRwSignal<bool>,
}

impl Default for Signals {
    fn default() -> Self {
        Self {
            state: ArcRwSignal::new(State::default()),
            settings: ArcRwSignal::new(Settings::default()),
            appearance: ArcRwSignal::new(Appearance::default()),
            words: ArcRwSignal::new(Words::new("en", Vec::new())),
            extras: ArcRwSignal::new(PatientStepExtras::default()),
            opening: ArcRwSignal::new(Opening::No),
            ways_opening: ArcRwSignal::new(Opening::No),
            draft: ArcRwSignal::new(Draft::default()),
            outcome_focus: ArcRwSignal::new(false),
        }
    }
}

/// One element's view of [`Signals`], which every component gets from the Leptos context.
#[derive(Clone, Copy)]
pub struct App {
    /// See [`Signals::state`].
    pub state: RwSignal<State>,
    /// See [`Signals::settings`].
    pub settings: RwSignal<Settings>,
    /// See [`Signals::appearance`].
    pub appearance: RwSignal<Appearance>,
    /// See [`Signals::words`].
    pub words: RwSignal<Words>,
    /// See [`Signals::extras`].
    pub extras: RwSignal<PatientStepExtras>,
    /// See [`Signals::draft`].
    pub draft: RwSignal<Draft>,
    /// See [`Signals::outcome_focus`].
    pub outcome_focus: RwSignal<bool>,
    pub(crate) effects: StoredValue<effects::Effects, LocalStorage>,
}

impl App {
    /// Makes the view for an element. Call this inside the element's reactive owner.
    pub fn new(effects: &effects::Effects) -> Self {
        let signals = effects.signals();
        Self {
            state: signals.state.clone().into(),
            settings: signals.settings.clone().into(),
            appearance: signals.appearance.clone().into(),
            words: signals.words.clone().into(),
            extras: signals.extras.clone().into(),
            draft: signals.draft.clone().into(),
            outcome_focus: signals.outcome_focus.clone().into(),
            effects: StoredValue::new_local(effects.clone()),
        }
    }

    /// See [`Signals::opening`]. Call this inside the element's reactive owner.
    pub fn opening(self) -> RwSignal<Opening> {
        self.effects.with_value(|effects| effects.signals().opening.clone().into())
    }

    /// See [`Signals::ways_opening`]. Call this inside the element's reactive owner.
    pub fn ways_opening(self) -> RwSignal<Opening> {
        self.effects.with_value(|effects| effects.signals().ways_opening.clone().into())
    }

    /// Loads the part that has the filters, when the patient opens them or tries again.
    pub fn load_ways(self) {
        let Some(effects) = self.effects.try_get_value() else { return };
        let opening = &effects.signals().ways_opening;
        if part::ways().is_none() {
            opening.set(Opening::Loading);
        } else if opening.get_untracked() == Opening::No {
            return;
        }
        part::load_ways(move |is_there| {
            let opening = if is_there { Opening::No } else { Opening::Failed };
            effects.signals().ways_opening.set(opening);
        });
    }

    /// Loads the errand's part again, when the patient tries again.
    pub fn retry_opening(self) {
        if let Some(effects) = self.effects.try_get_value() {
            opening::retry(&effects);
        }
    }

    /// Whether the press that waits for the errand's part is for a line (`true`) or a time; `None` if no press waits,
    /// or it is for "My visits".
    pub fn opens_line(self) -> Option<bool> {
        self.effects.try_get_value().and_then(|effects| opening::opens_line(&effects))
    }

    /// Stops waiting for the errand's part, when the patient goes back.
    pub fn give_up_opening(self) {
        if let Some(effects) = self.effects.try_get_value() {
            opening::give_up(&effects);
        }
    }

    /// Passes an event to the journey and carries out its commands before returning: `getToken` must be called inside the
    /// patient's click. Does nothing after the element has left the page.
    pub fn send(self, event: impl Into<Event>) {
        if let Some(effects) = self.effects.try_get_value() {
            carry_out::run(&effects, event.into());
        }
    }
}
