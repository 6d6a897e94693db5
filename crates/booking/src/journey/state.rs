//! Where a journey has got to: the finder, the errand, and the outcomes in brief.

use std::sync::Arc;

use super::event::Event;
use crate::directory::Directory;
use crate::errand::state::{Errand, Stage};
use crate::finder::state::Stage as FinderStage;
use crate::ids::PatientGuid;
use crate::on_demand::Now;
use crate::request::RequestIds;
use crate::schedule::Time;
use crate::settings::{Resume, Settings};
use crate::{errand, finder};

/// An outcome that is shown in brief, above the times, until the patient puts it away.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Outcome {
    /// As it was on screen: confirmed, in line, or not known.
    pub(super) stage: Stage,
    /// Names and places of the time it came from.
    pub directory: Arc<Directory>,
    /// The environment it came from.
    pub(super) system: u32,
    /// Whose account it was booked with, where the account has a record.
    pub(super) account: Option<PatientGuid>,
    /// Somebody else has signed in since: nothing is shown of what it was.
    pub is_of_someone_else: bool,
}

/// What an outcome in brief says.
pub enum Brief<'a> {
    /// A time is confirmed.
    Booked(&'a Time),
    /// In line, or on the way out of it.
    InLine(&'a Now),
    /// Not known; with the time it was, where it was one.
    Unconfirmed(Option<&'a Time>),
}

impl Outcome {
    /// What it says.
    pub fn brief(&self) -> Brief<'_> {
        match &self.stage {
            Stage::Booked(time, _) => Brief::Booked(time),
            Stage::Waiting(waiting) => Brief::InLine(&waiting.now),
            other => Brief::Unconfirmed(other.errand().and_then(Errand::time)),
        }
    }

    /// It is not known whether it was booked.
    pub fn is_unconfirmed(&self) -> bool {
        matches!(self.stage, Stage::Unconfirmed(_))
    }
}

/// The whole journey.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct State {
    /// Looking for a time or a line.
    pub finder: finder::state::State,
    /// What was chosen, from the press to its outcome.
    pub errand: errand::state::State,
    /// Outcomes in brief, the oldest first.
    pub outcomes: Vec<Outcome>,
    /// Counts the environments that the page has named: what an errand asks for goes to the one its time came from, also
    /// after the page has turned to another.
    pub system: u32,
    /// What was brought back across a sign-in, so that it is not brought back twice.
    pub(super) resumed: Option<Resume>,
    /// The page asked to start over while a booking was being sent; done once its outcome is on screen.
    pub(super) is_reset_held: bool,
    pub(super) ids: RequestIds,
}

impl State {
    /// Whether there is something that outlives the element.
    pub fn is_to_keep(&self) -> bool {
        self.errand.is_to_keep() || !self.outcomes.is_empty()
    }

    /// Whether a step with this event takes the errand's machine: it begins an errand, or one was begun before. Until then
    /// [`errand::not_here`] will do.
    pub fn needs_errand(&self, event: &Event, settings: &Settings) -> bool {
        let begins = match event {
            Event::Choose(_) | Event::Join(..) | Event::MyVisits => true,
            // A host may say so at any time; the rest comes from the steps of an errand.
            Event::Errand(event) => !matches!(event, errand::event::Event::SignedIn),
            Event::Configure(_) | Event::Resume => {
                settings.resume.is_some() && settings.resume != self.resumed
            }
            Event::Answered(..)
            | Event::Ticked(_)
            | Event::Finder(_)
            | Event::Wake
            | Event::Retry
            | Event::Refresh
            | Event::Reset
            | Event::Removed
            | Event::PutBack
            | Event::CloseOutcome
            | Event::ShowOutcome(_)
            | Event::DismissOutcome(_) => false,
        };
        begins || !self.errand.stage.is_idle() || !self.outcomes.is_empty()
    }

    /// The name host pages know the step on screen by.
    pub fn name(&self) -> &'static str {
        match &self.errand.stage {
            Stage::Idle => match self.finder.stage {
                FinderStage::Loading => "loading",
                FinderStage::Choosing => "times",
                FinderStage::Queue => "queue",
                FinderStage::Unavailable(_) => "unavailable",
            },
            Stage::GivenAway(_) | Stage::Resolving(..) => "times",
            Stage::SignIn(..) => "sign-in",
            Stage::Patient(_) => "patient",
            Stage::Review(..) => "review",
            Stage::Sending(..) => "sending",
            Stage::Taken(..) => "taken",
            Stage::Unconfirmed(_) => "unconfirmed",
            Stage::Booked(..) | Stage::Waiting(_) => "booked",
            Stage::Visits(_) => "visits",
            Stage::Refused(..) | Stage::CallToBook(_) => "unavailable",
        }
    }
}
