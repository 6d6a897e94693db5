//! What happens to a journey: what concerns both machines, or is for whichever is on screen; the rest is each one's own.

use crate::api::Answer;
use crate::finder::queue::Lane;
use crate::on_demand::Modality;
use crate::request::RequestId;
use crate::schedule::Time;
use crate::{errand, finder};

/// What a new configuration changes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Change {
    /// What the page looks for, or where.
    pub is_elsewhere: bool,
    /// The environment that is asked: what is known of the patient says nothing there.
    pub is_other_system: bool,
}

/// One thing that happened.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Event {
    /// A new configuration.
    Configure(Change),
    /// The page was given a value to resume with; nothing else of the configuration has changed.
    Resume,
    /// An answer came, for the machine that waits for it.
    Answered(RequestId, Answer),
    /// A timer has passed, for the machine that waits for it.
    Ticked(RequestId),
    /// A time was chosen.
    Choose(Box<Time>),
    /// Join a line.
    Join(Modality, Lane),
    /// Look at what is booked.
    MyVisits,
    /// For the finder alone.
    Finder(finder::event::Event),
    /// For the errand alone.
    Errand(errand::event::Event),
    /// The page is looked at again, or is online again.
    Wake,
    /// Try what failed once more.
    Retry,
    /// The host wants the times read again.
    Refresh,
    /// The host wants to start over: forget every entry.
    Reset,
    /// The element has left the page; what is to be kept waits for it, or for one like it.
    Removed,
    /// It is back, or one like it is there; a new configuration follows.
    PutBack,
    /// Turn from the outcome on screen to the times; it goes in brief.
    CloseOutcome,
    /// Show an outcome in full, by its place among those in brief.
    ShowOutcome(usize),
    /// Put an outcome away, by its place among those in brief.
    DismissOutcome(usize),
}

impl From<finder::event::Event> for Event {
    fn from(event: finder::event::Event) -> Self {
        Self::Finder(event)
    }
}

impl From<errand::event::Event> for Event {
    fn from(event: errand::event::Event) -> Self {
        Self::Errand(event)
    }
}
