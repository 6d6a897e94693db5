//! The orders that the journey gives to the errand's machine: handle an event, begin or end an errand, or apply a
//! change of the finder or the page.

use std::sync::Arc;

use super::choosing::Origin;
use super::event::Event;
use super::state::{OutcomePeople, Stage};
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
    /// Begin with a chosen time. There is no origin if the time was offered in place of one that cannot be booked, and
    /// the finder has been configured again since.
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
    /// Stop the reads, and end the errand unless it has an outcome: the element has left the page.
    Rest,
    /// End the errand, and forget everything that the patient entered.
    Forget,
    /// If an outcome is on screen, take it off the screen and return [`super::command::Command::PutInBrief`].
    PutInBrief,
    /// Show in full an outcome that was shown in brief, with its people.
    ShowOutcome(Box<Stage>, Box<OutcomePeople>),
}
