//! What the journey asks of an errand: to take an event, to begin, to end, and to keep up with the finder and the page.

use std::sync::Arc;

use super::choosing::Origin;
use super::event::Event;
use super::state::Stage;
use crate::directory::Directory;
use crate::on_demand::{Now, Practice};
use crate::schedule::Time;
use crate::slot::Slot;

/// One order.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Order {
    /// An event.
    Take(Event),
    /// A time was chosen: of the finder's, with where it came from, or among the nearest to one that had gone.
    Choose(Box<Time>, Option<Origin>),
    /// A line was chosen.
    Join(Box<Now>, Box<Practice>, Origin),
    /// The patient looks at what is booked.
    MyVisits(Origin),
    /// What was chosen before a full-page sign-in is brought back.
    Resume(Box<Slot>, Origin),
    /// The finder knows more names and places by now.
    Know(Arc<Directory>),
    /// The page has turned to another environment.
    ChangeSystem(u32),
    /// End where it is.
    SetAside,
    /// The element has left the page.
    Rest,
    /// Forget every entry.
    Forget,
    /// If an outcome is on screen: it leaves it, by [`super::command::Command::PutInBrief`].
    PutInBrief,
    /// Show an outcome in full that was in brief.
    ShowOutcome(Box<Stage>),
}
