//! Where a journey stands. [`Stage`] is the step on screen, each with exactly its own data; [`Board`] is what is
//! known of times and places, [`Person`] what is known of the patient, both kept across steps.

use chrono::NaiveDate;

pub use super::board::Board;
use super::command::{Failure, Finding, RequestId};
use super::outcome::{Confirmation, Refusal, Trouble};
use crate::ids::{EhrSystem, Npi, UrlName, VisitType};
use crate::patient::{Demographics, Details, Patient};
use crate::schedule::Time;
use crate::time::Zones;

/// What the page looks for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Target {
    /// Named clinicians, at all their clinics or at those named.
    Clinicians {
        /// Who; at least one.
        npis: Vec<Npi>,
        /// Empty = everywhere they see patients.
        departments: Vec<UrlName>,
    },
    /// Any clinician at these clinics; at least one.
    Departments(Vec<UrlName>),
}

impl Target {
    /// Nobody and nowhere.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Clinicians { npis, .. } => npis.is_empty(),
            Self::Departments(names) => names.is_empty(),
        }
    }
}

/// How a chosen time becomes a booking (`booking`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// Here.
    Inline,
    /// On DexCare's scheduling pages; only for a clinic's time, else as `Event`.
    Link,
    /// By the host page.
    Event,
}

/// The part of the configuration the flow needs.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Settings {
    /// What to look for.
    pub target: Target,
    /// Preset visit types, the first one first; empty = asked where there is a choice.
    pub visit_types: Vec<VisitType>,
    /// Open days before paging.
    pub days: usize,
    /// How far ahead to look, in days.
    pub max_days: u32,
    /// What happens to a chosen time.
    pub route: Route,
}

/// What a step may look at besides the state.
pub struct Ctx<'a> {
    /// Seconds since 1970.
    pub now: i64,
    /// The browser's date.
    pub today: NaiveDate,
    /// Zone rules.
    pub zones: &'a dyn Zones,
    /// Configuration.
    pub settings: &'a Settings,
}

/// What is known of the patient, in memory only.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Person {
    /// Which token the rest was read with.
    pub session: Option<u32>,
    /// The account's record; `None` also for an account without one.
    pub patient: Option<Patient>,
    /// What the patient step gave.
    pub details: Option<Details>,
    /// The token the record was read with.
    pub(super) met_in: Option<u32>,
    /// A read of the record was refused with a 401 and a fresh token was asked for.
    pub(super) refused: bool,
    /// What was last written to which system, so that it is not written twice.
    pub(super) saved: Option<(EhrSystem, Demographics)>,
}

/// How far the sign-in step is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInPhase {
    /// `getToken` was called.
    Asking,
    /// Nobody is signed in; waits for the patient or the host.
    Waiting,
    /// The session ended; entries are kept.
    Expired,
    /// The patient's record is being read.
    Reading,
    /// It could not be read.
    Failed(Trouble),
}

/// How far a submit is. What may still be repeated is in [`Spent`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SendingPhase {
    /// Asking for the token.
    Token,
    /// Making or updating the patient's record.
    Saving,
    /// Reading the patient again.
    Rereading,
    /// Looking whether the time is still there, for its fresh slot id.
    Matching,
    /// The booking is on its way.
    Booking,
}

/// What a submit has used up; each may happen once.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Spent {
    /// A fresh token after a 401.
    pub token: bool,
    /// A record made after "no links" or "patient not found".
    pub record: bool,
    /// An equal sibling slot after "slot taken".
    pub sibling: bool,
}

/// Why nothing can be chosen or booked here.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Why {
    /// The times could not be read.
    Trouble(Trouble),
    /// There are none.
    NoTimes,
    /// The configuration names nothing to look for.
    Misconfigured,
    /// The system will not book this patient here: locked, not on the panel, no record.
    Refused(Refusal, Box<Time>),
    /// The time can only be had by phone: no way to book is set up.
    CallToBook(Box<Time>),
}

/// The step on screen.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Stage {
    /// Nothing to show yet.
    Loading,
    /// Choosing a time.
    Choosing,
    /// The time was given to the host page.
    GivenAway(Box<Time>),
    /// Signing in.
    SignIn(Box<Time>, SignInPhase),
    /// Who is coming.
    Patient(Box<Time>),
    /// Everything at a glance; with why the last attempt ended, if it did.
    Review(Box<Time>, Option<Failure>),
    /// Being sent.
    Sending(Box<Time>, SendingPhase, Spent),
    /// The time cannot be had after all (taken, double booked, refused by the EHR); the nearest others.
    Taken(Box<Time>, Refusal),
    /// Outcome unknown; nothing more is sent.
    Unconfirmed(Box<Time>),
    /// Confirmed.
    Booked(Box<Time>, Box<Confirmation>),
    /// Nothing can be done here; phone and link.
    Unavailable(Why),
}

impl Stage {
    /// The name host pages know it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Choosing | Self::GivenAway(_) => "times",
            Self::SignIn(..) => "sign-in",
            Self::Patient(_) => "patient",
            Self::Review(..) => "review",
            Self::Sending(..) => "sending",
            Self::Taken(..) => "taken",
            Self::Unconfirmed(_) => "unconfirmed",
            Self::Booked(..) => "booked",
            Self::Unavailable(_) => "unavailable",
        }
    }

    /// The time the step is about.
    pub fn time(&self) -> Option<&Time> {
        match self {
            Self::GivenAway(time)
            | Self::SignIn(time, _)
            | Self::Patient(time)
            | Self::Review(time, _)
            | Self::Sending(time, ..)
            | Self::Taken(time, _)
            | Self::Unconfirmed(time)
            | Self::Booked(time, _)
            | Self::Unavailable(Why::Refused(_, time) | Why::CallToBook(time)) => Some(time),
            Self::Loading | Self::Choosing | Self::Unavailable(_) => None,
        }
    }
}

/// What an awaited request is for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub(super) enum Purpose {
    Department(super::command::DepartmentKey),
    DepartmentSlots(UrlName),
    Clinician(Npi),
    ClinicianSlots(Npi, NaiveDate, NaiveDate),
    Lookahead,
    MailRule,
    Token,
    Patient,
    Save,
    Match,
    Book,
}

impl Purpose {
    /// Reads of times; a new visit type makes them pointless.
    pub(super) fn is_slots(&self) -> bool {
        matches!(self, Self::DepartmentSlots(_) | Self::ClinicianSlots(..))
    }

    /// Reads of names and places that the first view waits for.
    pub(super) fn is_directory(&self) -> bool {
        matches!(self, Self::Department(_) | Self::Clinician(_))
    }
}

/// The whole journey.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct State {
    /// Times and places.
    pub board: Board,
    /// The patient.
    pub person: Person,
    /// The step.
    pub stage: Stage,
    pub(super) pending: Vec<(RequestId, Purpose)>,
    pub(super) last_id: u32,
    pub(super) attempts: u32,
    /// Counts the people met: what one typed is not shown to the next.
    pub persons: u32,
    /// Times of this configuration have been on screen.
    pub(super) shown: bool,
    /// What the page's owner has been told of this configuration.
    pub(super) told: Vec<Finding>,
}

impl State {
    /// Whether an answer to this request still changes anything.
    pub fn awaits(&self, id: RequestId) -> bool {
        self.pending.iter().any(|(pending, _)| *pending == id)
    }
}

impl Default for State {
    fn default() -> Self {
        Self {
            board: Board::default(),
            person: Person::default(),
            stage: Stage::Loading,
            pending: Vec::new(),
            last_id: 0,
            attempts: 0,
            persons: 0,
            shown: false,
            told: Vec::new(),
        }
    }
}
