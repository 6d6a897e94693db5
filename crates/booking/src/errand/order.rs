//! What the journey asks an errand to do: handle an event, begin, end, and follow changes of the finder and the page.

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
    /// Begin with a chosen time. The origin is there for the finder's times; it may be missing for a time nearest to
    /// one that is gone.
    Choose(Box<Time>, Option<Origin>),
    /// Begin with a chosen line.
    Join(Box<OnDemandVisit>, Box<Practice>, Origin),
    /// Begin "My visits".
    MyVisits(Origin),
    /// Bring back the time that was chosen before a full-page sign-in.
    Resume(Box<Slot>, Origin),
    /// The finder's directory, which may contain more names and places by now.
    Know(Arc<Directory>),
    /// The page uses another environment now.
    ChangeSystem(u32),
    /// End the errand, whatever step it is at.
    SetAside,
    /// The element has left the page.
    Rest,
    /// Forget every entry.
    Forget,
    /// If an outcome is on screen, take it off by [`super::command::Command::PutInBrief`].
    PutInBrief,
    /// Show in full an outcome that was shown in brief.
    ShowOutcome(Box<Stage>),
}
