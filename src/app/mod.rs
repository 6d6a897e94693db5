//! The root of a widget's tree: what every step may read ([`App`]), and which step is on screen.
//!
//! Components read state and dispatch events. Only [`effects`] acts on the world.

pub mod carry_out;
pub mod effects;
mod exchange;
mod invitation;
pub mod opening;
mod parked;
pub mod part;
pub mod root;

use booking::form::{Draft, Question};
use booking::journey::event::Event;
use booking::journey::state::State;
use booking::settings::Settings;
use leptos::prelude::*;

use self::opening::Opening;
use crate::host::config::HEADING_LEVEL;
use crate::host::diagnosis::Diagnosis;
use crate::i18n::Words;

/// What the host page set that only the look of things depends on.
#[derive(Clone, PartialEq, Eq)]
pub struct Look {
    /// Level of the first heading, 2–6.
    pub heading_level: u8,
    /// The page points to the test tier; said quietly on screen.
    pub is_test_system: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { heading_level: HEADING_LEVEL, is_test_system: false }
    }
}

/// What the host page wants asked at the patient step besides.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Asks {
    /// Its own questions.
    pub questions: Vec<Question>,
    /// Whether an interpreter is offered, where the API takes one.
    pub interpreter: bool,
    /// What is wrong with the questions, told once.
    pub wrong: Option<Diagnosis>,
}

/// What the screen is drawn from. It belongs to the page: an element that takes the place of another shows what that one
/// showed.
pub struct Signals {
    /// Where the journey has got to.
    pub state: ArcRwSignal<State>,
    /// What the page looks for; changes with its attributes.
    pub settings: ArcRwSignal<Settings>,
    /// How it is to look.
    pub look: ArcRwSignal<Look>,
    /// The words of the page's language.
    pub words: ArcRwSignal<Words>,
    /// What the page asks besides.
    pub asks: ArcRwSignal<Asks>,
    /// Whether the errand's part is waited for.
    pub opening: ArcRwSignal<Opening>,
    /// Whether the part that has the filters is waited for.
    pub ways_opening: ArcRwSignal<Opening>,
    /// The patient step as typed.
    pub draft: ArcRwSignal<Draft>,
    /// Changes when the focus is to go to the latest outcome in brief.
    pub outcome_focus: ArcRwSignal<u32>,
}

impl Default for Signals {
    fn default() -> Self {
        Self {
            state: ArcRwSignal::new(State::default()),
            settings: ArcRwSignal::new(Settings::default()),
            look: ArcRwSignal::new(Look::default()),
            words: ArcRwSignal::new(Words::new("en", Vec::new())),
            asks: ArcRwSignal::new(Asks::default()),
            opening: ArcRwSignal::new(Opening::No),
            ways_opening: ArcRwSignal::new(Opening::No),
            draft: ArcRwSignal::new(Draft::default()),
            outcome_focus: ArcRwSignal::new(0),
        }
    }
}

/// Handed to every component by context: one element's view of [`Signals`].
#[derive(Clone, Copy)]
pub struct App {
    /// See [`Signals::state`].
    pub state: RwSignal<State>,
    /// See [`Signals::settings`].
    pub settings: RwSignal<Settings>,
    /// See [`Signals::look`].
    pub look: RwSignal<Look>,
    /// See [`Signals::words`].
    pub words: RwSignal<Words>,
    /// See [`Signals::asks`].
    pub asks: RwSignal<Asks>,
    /// See [`Signals::draft`].
    pub draft: RwSignal<Draft>,
    /// See [`Signals::outcome_focus`].
    pub outcome_focus: RwSignal<u32>,
    pub(crate) effects: StoredValue<effects::Effects, LocalStorage>,
}

impl App {
    /// For an element; inside its reactive owner.
    pub fn new(effects: &effects::Effects) -> Self {
        let signals = effects.signals();
        Self {
            state: signals.state.clone().into(),
            settings: signals.settings.clone().into(),
            look: signals.look.clone().into(),
            words: signals.words.clone().into(),
            asks: signals.asks.clone().into(),
            draft: signals.draft.clone().into(),
            outcome_focus: signals.outcome_focus.clone().into(),
            effects: StoredValue::new_local(effects.clone()),
        }
    }

    /// See [`Signals::opening`]; inside the element's reactive owner.
    pub fn opening(self) -> RwSignal<Opening> {
        self.effects.with_value(|effects| effects.signals().opening.clone().into())
    }

    /// See [`Signals::ways_opening`]; inside the element's reactive owner.
    pub fn ways_opening(self) -> RwSignal<Opening> {
        self.effects.with_value(|effects| effects.signals().ways_opening.clone().into())
    }

    /// The patient opens the filters, or tries once more to have them.
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

    /// The patient tries once more to have the errand's part.
    pub fn retry_opening(self) {
        if let Some(effects) = self.effects.try_get_value() {
            opening::retry(&effects);
        }
    }

    /// The patient goes back instead.
    pub fn give_up_opening(self) {
        if let Some(effects) = self.effects.try_get_value() {
            opening::give_up(&effects);
        }
    }

    /// Hands an event to the journey and carries out what it asks for, before returning: a token must be asked for
    /// inside the patient's click. A no-op after the element has left the page.
    pub fn send(self, event: impl Into<Event>) {
        if let Some(effects) = self.effects.try_get_value() {
            carry_out::run(&effects, event.into());
        }
    }
}
