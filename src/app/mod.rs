//! The root of a widget's tree: what every step may read ([`App`]), and which step is on screen.
//!
//! Components read state and dispatch events. Only [`effects`] acts on the world.

pub mod effects;
pub mod root;

use booking::flow::event::Event;
use booking::flow::state::{Settings, State};
use leptos::prelude::*;

use crate::i18n::Words;

/// What the host page set that only the look of things depends on.
#[derive(Clone, PartialEq, Eq)]
pub struct Look {
    /// Level of the first heading, 2–6.
    pub heading_level: u8,
    /// The page points to the test tier; said quietly on screen.
    pub is_test_system: bool,
}

/// The patient step as typed, so that nothing is lost whatever happens in between. In memory only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The patient has typed something; a record read later no longer overwrites it.
    pub touched: bool,
    pub given: String,
    pub family: String,
    pub birth_year: String,
    /// `1`–`12`, as the choice's value.
    pub birth_month: String,
    pub birth_day: String,
    /// A wire word of `Gender`; empty until chosen.
    pub gender: String,
    pub email: String,
    pub phone: String,
    pub line1: String,
    pub line2: String,
    pub city: String,
    pub state: String,
    pub zip: String,
    pub ssn: String,
    pub reason: String,
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
