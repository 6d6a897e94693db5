//! The events of a journey: those that concern both machines, or the machine that is on screen. Each machine also
//! has events of its own.

use crate::api::Answer;
use crate::finder::queue::LineKind;
use crate::ids::PatientGuid;
use crate::on_demand::Modality;
use crate::request::RequestId;
use crate::schedule::Time;
use crate::{errand, finder};

/// What a new configuration changes.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Change {
    /// The page looks for something else, or elsewhere.
    pub is_elsewhere: bool,
    /// The page uses another environment, which does not know the patient.
    pub is_other_system: bool,
}

/// One event for the journey.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Event {
    /// A new configuration.
    Configure(Change),
    /// The page has set the attribute `resume`, and changed nothing else.
    Resume,
    /// The answer to a request, for the machine that waits for it.
    Answered(RequestId, Answer),
    /// A timer has passed, for the machine that waits for it.
    Ticked(RequestId),
    /// A time was chosen.
    Choose(Box<Time>),
    /// The patient joins a line of this kind, by this modality.
    Join(Modality, LineKind),
    /// Show "My visits".
    MyVisits,
    /// An event for the finder only.
    Finder(finder::event::Event),
    /// An event for the errand only.
    Errand(errand::event::Event),
    /// The page became visible or online again.
    Wake,
    /// Retry what failed.
    Retry,
    /// The host page asked for fresh times.
    Refresh,
    /// The host page asks to start over: forget everything that the patient entered.
    Reset,
    /// The element has left the page. If the state has to be kept, it waits until the element comes back, or until
    /// there is an element that looks for the same.
    Removed,
    /// The element is back on the page, or another element that looks for the same continues this journey. A new
    /// configuration follows.
    PutBack,
    /// While this element is off the page, somebody has signed in in another one: the account, or `None` if the
    /// account has no record.
    PersonElsewhere(Option<PatientGuid>),
    /// Go from the outcome on screen to the times; the outcome is then shown in brief.
    CloseOutcome,
    /// Show in full the outcome at this position among those in brief.
    ShowOutcome(usize),
    /// Dismiss the outcome at this position among those in brief.
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
