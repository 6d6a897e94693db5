//! Which step is on screen.

use booking::errand::state::Stage;
use booking::finder::state::Stage as Looking;
use booking::journey::state::State;
use booking::schedule::Time;

use crate::app::opening::Opening;
use crate::ui::view::{El, el};

/// One for each component that can be the step on screen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Loading,
    Opening,
    Choosing,
    Queue,
    Unavailable,
    Resolving,
    GivenAway,
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

/// The step, and what makes it another one of its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// The step.
    pub step: Step,
    /// How many people were met so far; see `errand::State::persons`.
    pub persons: u32,
    /// When the time is that it is about, seconds since 1970.
    about: Option<i64>,
}

impl At {
    /// Of a journey.
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
            Stage::GivenAway(_) => Step::GivenAway,
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
        Self { step, persons: errand.persons, about: errand.stage.time().map(Time::at) }
    }
}

impl Step {
    /// Steps with different numbers are different screens: the focus goes to the heading of one that was arrived at.
    pub fn number(self) -> u32 {
        match self {
            Self::Loading => 0,
            Self::Choosing => 1,
            Self::GivenAway => 2,
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

    /// Nothing can be done here but call.
    pub fn is_dead_end(self) -> bool {
        matches!(self, Self::Unavailable | Self::Refused | Self::CallToBook)
    }

    /// What the host page wants read before a visit is within reach until it is sent.
    pub fn shows_guidance(self) -> bool {
        matches!(self, Self::Choosing | Self::Queue | Self::SignIn | Self::Patient | Self::Review)
    }
}

/// The element of a step.
pub fn step() -> El {
    el("section", "fat-step")
}

/// The element of a step that shows an outcome: the script leaves it on screen when the wasm stops.
pub fn outcome() -> El {
    el("section", "fat-step fat-outcome")
}
