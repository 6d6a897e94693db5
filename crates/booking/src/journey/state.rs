//! The state of a journey: the finder, the errand, and the outcomes in brief.

use std::sync::Arc;

use super::event::Event;
use crate::directory::Directory;
use crate::errand::state::{Errand, OutcomePeople, Stage};
use crate::finder::state::Stage as FinderStage;
use crate::ids::PatientGuid;
use crate::on_demand::OnDemandVisit;
use crate::request::RequestIds;
use crate::schedule::Time;
use crate::settings::{Resume, Settings};
use crate::{errand, finder};

/// An outcome that is shown in brief, above the times, until the patient dismisses it.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct BriefOutcome {
    /// The stage as it was on screen: confirmed, in line, or unknown.
    pub(super) stage: Stage,
    /// The names and places that the screen needs to describe the time or line.
    pub directory: Arc<Directory>,
    /// The environment in which the visit was booked.
    pub(super) system: u32,
    /// The people of the outcome.
    pub(super) people: Box<OutcomePeople>,
    /// Whether another person has signed in since. The screen then does not show the visit in full.
    pub is_of_someone_else: bool,
}

/// The part of an outcome that is shown in brief.
pub enum Brief<'a> {
    /// A time is confirmed.
    Booked(&'a Time),
    /// The patient has joined a line. The visit may have begun or ended since.
    InLine(&'a OnDemandVisit),
    /// The outcome is unknown; with the time, if it was about one.
    Unconfirmed(Option<&'a Time>),
}

impl BriefOutcome {
    /// The part of this outcome that is shown in brief.
    pub fn brief(&self) -> Brief<'_> {
        match &self.stage {
            Stage::Booked(time, _) => Brief::Booked(time),
            Stage::Waiting(waiting) => Brief::InLine(&waiting.now),
            other => Brief::Unconfirmed(other.errand().and_then(Errand::time)),
        }
    }

    /// Whether it is unknown if the visit was booked.
    pub fn is_unconfirmed(&self) -> bool {
        matches!(self.stage, Stage::Unconfirmed(_))
    }
}

/// The whole state of a journey.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct State {
    /// The finder, which looks for a time or a line.
    pub finder: finder::state::State,
    /// The errand: what was chosen, from the press to its outcome.
    pub errand: errand::state::State,
    /// Outcomes in brief, the oldest first.
    pub outcomes: Vec<BriefOutcome>,
    /// The number of the page's current environment: it grows when the page changes to another one. The widget
    /// carries out an errand's commands in the environment that the errand's time came from, even if the page has
    /// changed to another one since.
    pub system: u32,
    /// How often the page has begun to look for something else, or elsewhere.
    pub targets: u32,
    /// The value of the attribute `resume` that was used last, so that it is not used twice.
    pub(super) resumed: Option<Resume>,
    /// Whether the page has asked to start over while a booking is being sent. The reset is carried out once there is
    /// an outcome.
    pub(super) is_reset_held: bool,
    /// The accounts that signed in in other elements while a booking or a cancel is being sent for this one. They are
    /// compared once there is an outcome.
    pub(super) accounts_elsewhere: Vec<Option<PatientGuid>>,
    pub(super) ids: RequestIds,
}

impl State {
    /// Whether the state has to be kept when the element leaves the page.
    pub fn is_to_keep(&self) -> bool {
        self.errand.is_to_keep() || !self.outcomes.is_empty()
    }

    /// Whether a step with this event needs the errand's machine: the event begins an errand or comes from a step of
    /// one, an errand is in progress, or there is an outcome. For other steps, the stand-in [`errand::not_here`] is
    /// enough.
    pub fn needs_errand(&self, event: &Event, settings: &Settings) -> bool {
        let begins = match event {
            Event::Choose(_) | Event::Join(..) | Event::MyVisits => true,
            // A host page may report a sign-in at any time; the other events come from the steps of an errand.
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
            | Event::PersonElsewhere(_)
            | Event::CloseOutcome
            | Event::ShowOutcome(_)
            | Event::DismissOutcome(_) => false,
        };
        begins || !self.errand.stage.is_idle() || !self.outcomes.is_empty()
    }

    /// The name by which host pages know the step on screen.
    pub fn name(&self) -> &'static str {
        match &self.errand.stage {
            Stage::Idle => match self.finder.stage {
                FinderStage::Loading => "loading",
                FinderStage::Choosing => "times",
                FinderStage::Queue => "queue",
                FinderStage::Unavailable(_) => "unavailable",
            },
            Stage::HandedOver(_) | Stage::Resolving(..) => "times",
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
