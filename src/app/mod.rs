//! The root of a widget's tree: what every step may read ([`App`]), and which step is on screen.
//!
//! Components read state and dispatch events. Only [`effects`] acts on the world.

pub mod effects;
mod exchange;
pub mod root;

use booking::flow::event::Event;
use booking::flow::state::{Settings, State};
use booking::form::{Draft, Question};
use leptos::prelude::*;

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

/// Handed to every component by context.
#[derive(Clone, Copy)]
pub struct App {
    /// Where the journey stands.
    pub state: RwSignal<State>,
    /// What the page looks for; changes with its attributes.
    pub settings: RwSignal<Settings>,
    /// How it is to look.
    pub look: RwSignal<Look>,
    /// The words of the page's language.
    pub words: RwSignal<Words>,
    /// What the page asks besides.
    pub asks: RwSignal<Asks>,
    /// The patient step as typed.
    pub draft: RwSignal<Draft>,
    pub(crate) effects: StoredValue<effects::Effects, LocalStorage>,
}

impl App {
    /// Hands an event to the flow and carries out what it asks for, before returning: a token must be asked for
    /// inside the patient's click.
    pub fn send(self, event: Event) {
        effects::run(self, event);
    }
}
