//! The orders that the journey gives to an errand: to handle an event, to begin, to end, or to take over a change
//! of the finder or the page.

use std::sync::Arc;

use super::choosing::Origin;
use super::event::Event;
use super::state::Stage;
use crate::directory::Directory;
use crate::on_demand::{OnDemandVisit, Practice};
use crate::schedule::Time;
use crate::slot::Slot;

/// One order for the errand's machine.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Order {
    /// Handle an event.
    Take(Event),
    /// Begin with a chosen time. There is no origin if the time is one of those offered in place of a time that is
    /// gone, and the finder looks elsewhere by now.
    Choose(Box<Time>, Option<Origin>),
    /// Begin with a chosen line.
    Join(Box<OnDemandVisit>, Box<Practice>, Origin),
    /// Begin "My visits".
    MyVisits(Origin),
    /// Bring back the time that was chosen before a full-page sign-in.
    Resume(Box<Slot>, Origin),
    /// Copy the finder's directory, which may contain more names and places by now.
    Know(Arc<Directory>),
    /// Forget the patient: the page uses another environment now. The number is that of
    /// [`crate::journey::state::State::system`].
    ChangeSystem(u32),
    /// End the errand, whatever step it is at.
    SetAside,
    /// Stop the reads: the element has left the page.
    Rest,
    /// Forget every entry.
    Forget,
    /// If an outcome is on screen, take it off the screen and return [`super::command::Command::PutInBrief`].
    PutInBrief,
    /// Show in full an outcome that was shown in brief.
    ShowOutcome(Box<Stage>),
}
