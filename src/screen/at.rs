//! Which step is on screen.

use booking::errand::state::Stage;
use booking::finder::state::Stage as Looking;
use booking::journey::state::State;
use booking::schedule::Time;

use crate::app::opening::Opening;
use crate::ui::view::{El, el};

/// The components that can be the step on screen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Loading,
    Opening,
    Choosing,
    Queue,
    Unavailable,
    Resolving,
    HandedOver,
    SignIn,
    Patient,
    Review,
    Sending,
    Taken,
    Unconfirmed,
    Booked,
    InLine,
    Visits,
    Refused,
    CallToBook,
}

/// The step, and what distinguishes it from another step of the same kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The step.
    pub step: Step,
    /// How often the person has changed so far; see `errand::State::persons`.
    pub persons: u32,
    /// How often the page has begun to look for something else; `None` while an errand is on screen, which such a change leaves
    /// as it is. See `journey::State::targets`.
    pub targets: Option<u32>,
    /// When the chosen time begins, in seconds since 1970; `None` if no time is chosen.
    about: Option<i64>,
}

impl At {
    /// The step of a journey's state.
    pub fn of(state: &State, opening: Opening) -> Self {
        let errand = &state.errand;
        let step = match &errand.stage {
            Stage::Idle => match state.finder.stage {
                Looking::Loading => Step::Loading,
                _ if opening != Opening::No => Step::Opening,
                Looking::Choosing => Step::Choosing,
                Looking::Unavailable(_) => Step::Unavailable,
                Looking::Queue => Step::Queue,
            },
            Stage::HandedOver(_) => Step::HandedOver,
            Stage::SignIn(..) => Step::SignIn,
            Stage::Patient(_) => Step::Patient,
            Stage::Review(..) => Step::Review,
            Stage::Sending(..) => Step::Sending,
            Stage::Taken(..) => Step::Taken,
            Stage::Unconfirmed(_) => Step::Unconfirmed,
            Stage::Booked(..) => Step::Booked,
            Stage::Refused(..) => Step::Refused,
            Stage::CallToBook(_) => Step::CallToBook,
            Stage::Resolving(..) => Step::Resolving,
            Stage::Waiting(_) => Step::InLine,
            Stage::Visits(_) => Step::Visits,
        };
        let targets = errand.stage.is_idle().then_some(state.targets);
        Self { step, persons: errand.persons, targets, about: errand.stage.time().map(Time::at) }
    }
}

impl Step {
    /// A number for the step; the three dead ends share one. When the number changes, the focus moves to the new step's
    /// heading, except after loading that the patient did not ask for.
    pub fn number(self) -> u32 {
        match self {
            Self::Loading => 0,
            Self::Choosing => 1,
            Self::HandedOver => 2,
            Self::SignIn => 3,
            Self::Patient => 4,
            Self::Review => 5,
            Self::Sending => 6,
            Self::Taken => 7,
            Self::Unconfirmed => 8,
            Self::Booked => 9,
            Self::Unavailable | Self::Refused | Self::CallToBook => 10,
            Self::Queue => 11,
            Self::Resolving => 12,
            Self::InLine => 13,
            Self::Visits => 14,
            Self::Opening => 15,
        }
    }

    /// Whether nothing can be booked on the step, so that the page's fallback is shown below it.
    pub fn is_dead_end(self) -> bool {
        matches!(self, Self::Unavailable | Self::Refused | Self::CallToBook)
    }

    /// Whether the slot `guidance` is shown, for what the host page wants patients to read before they book.
    pub fn shows_guidance(self) -> bool {
        matches!(self, Self::Choosing | Self::Queue | Self::SignIn | Self::Patient | Self::Review)
    }
}

/// The HTML element of a step.
pub fn step() -> El {
    el("section", "fat-step")
}

/// The HTML element of a step that shows an outcome: the script leaves it on screen when the wasm stops.
pub fn outcome() -> El {
    el("section", "fat-step fat-outcome")
}
