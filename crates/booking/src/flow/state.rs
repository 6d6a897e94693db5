//! Where a journey stands. [`Stage`] is the step on screen, each with exactly its own data; [`Board`] is what is
//! known of times and places, [`Person`] what is known of the patient, both kept across steps.

pub use super::board::{Board, SeekTrouble};
use super::command::{Failure, Finding, RequestId};
pub use super::errand::{Cancelling, Errand, Leaving, Visits, Waiting};
pub(super) use super::purpose::Purpose;
pub use super::queue::Queue;
pub use super::settings::{Ctx, Resume, Route, Settings, Target, Way};
use crate::api::CouponTrouble;
use crate::ids::{EhrSystem, PatientGuid, VisitId};
use crate::on_demand::Modality;
use crate::outcome::{Confirmation, Refusal, Trouble};
use crate::patient::{Demographics, Details, Patient};
use crate::payment::Issuer;
use crate::schedule::Time;
use crate::search::Search;
use crate::time::Moment;

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
    /// Another person's record as last made; it cannot be read again (§2.21).
    pub(super) dependant: Option<(EhrSystem, Demographics, PatientGuid)>,
    /// The coupon typed last, and what its check said.
    pub coupon: Option<(String, CouponCheck)>,
    /// The terms of an on-demand visit are accepted.
    pub terms: bool,
}

/// How far the check of a coupon is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CouponCheck {
    /// Being asked.
    Checking,
    /// It takes so many cents off.
    Active(u32),
    /// It is no longer one.
    Inactive,
    /// It is none, or could not be checked.
    Trouble(CouponTrouble),
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
    /// The host's card field is asked for its token.
    Card,
    /// The booking is on its way.
    Booking,
    /// It was not answered; looking whether it is among the patient's visits.
    Looking,
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
    /// The card field gave its token.
    pub card: bool,
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
    Refused(Refusal, Box<Errand>),
    /// It can only be had by phone: no way to book is set up.
    CallToBook(Box<Errand>),
}

/// The step on screen.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Stage {
    /// Nothing to show yet.
    Loading,
    /// Choosing a time.
    Choosing,
    /// Joining a line: where, how, and how long it takes now.
    Queue,
    /// A time that a search found is being found again where it can be booked.
    Resolving(Box<Time>, Option<Trouble>),
    /// The time was given to the host page.
    GivenAway(Box<Time>),
    /// Signing in.
    SignIn(Box<Errand>, SignInPhase),
    /// Who is coming.
    Patient(Box<Errand>),
    /// Everything at a glance; with why the last attempt ended, if it did.
    Review(Box<Errand>, Option<Failure>),
    /// Being sent.
    Sending(Box<Errand>, SendingPhase, Spent),
    /// The time cannot be had after all (taken, double booked, refused by the EHR); the nearest others.
    Taken(Box<Time>, Refusal),
    /// Outcome unknown; nothing more is sent.
    Unconfirmed(Box<Errand>),
    /// A time is confirmed.
    Booked(Box<Time>, Box<Confirmation>),
    /// In line.
    Waiting(Box<Waiting>),
    /// The patient's clinic visits.
    Visits(Box<Visits>),
    /// Nothing can be done here; phone and link.
    Unavailable(Why),
}

impl Stage {
    /// The name host pages know it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Choosing | Self::GivenAway(_) | Self::Resolving(..) => "times",
            Self::Queue => "queue",
            Self::SignIn(..) => "sign-in",
            Self::Patient(_) => "patient",
            Self::Review(..) => "review",
            Self::Sending(..) => "sending",
            Self::Taken(..) => "taken",
            Self::Unconfirmed(_) => "unconfirmed",
            Self::Booked(..) | Self::Waiting(_) => "booked",
            Self::Visits(_) => "visits",
            Self::Unavailable(_) => "unavailable",
        }
    }

    /// What the step is about, between the choice and its outcome.
    pub fn errand(&self) -> Option<&Errand> {
        match self {
            Self::SignIn(errand, _)
            | Self::Patient(errand)
            | Self::Review(errand, _)
            | Self::Sending(errand, ..)
            | Self::Unconfirmed(errand)
            | Self::Unavailable(Why::Refused(_, errand) | Why::CallToBook(errand)) => Some(errand),
            _ => None,
        }
    }

    /// The time the step is about.
    pub fn time(&self) -> Option<&Time> {
        match self {
            Self::GivenAway(time)
            | Self::Resolving(time, _)
            | Self::Taken(time, _)
            | Self::Booked(time, _) => Some(time),
            other => other.errand().and_then(Errand::time),
        }
    }
}

/// The first open time of the ways that are not on screen, each with its clinic's clock.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct FirstTimes {
    /// Of what the page names.
    pub named: Option<Moment>,
    /// Of anyone near.
    pub nearby: Option<Moment>,
}

/// The whole journey.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct State {
    /// Times and places.
    pub board: Board,
    /// The line of the on-demand visits.
    pub queue: Queue,
    /// Which of the page's ways is on screen.
    pub way: Way,
    /// The first time each of the other ways has, for the comparison.
    pub first: FirstTimes,
    /// The patient.
    pub person: Person,
    /// The health system's insurers, once asked for.
    pub issuers: Option<Result<Vec<Issuer>, Trouble>>,
    /// What was chosen before signing in could not be brought back.
    pub lost: bool,
    /// The time being found again was chosen before signing in.
    pub(super) brought_back: bool,
    /// A line chosen before signing in, until its region is known.
    pub(super) rejoin: Option<Modality>,
    /// The patient has given the details and waits for the coupon's check.
    pub(super) given: bool,
    /// What was brought back across a sign-in, so that it is not brought back twice.
    pub(super) resumed: Option<Resume>,
    /// The search as the patient refined it, kept while another way is on screen.
    pub(super) sought: Option<Box<Search>>,
    /// The host was invited to sign the patient in since they last pressed something that needs it.
    pub(super) invited: bool,
    /// Visits whose cancel was not answered: it is never sent again.
    pub(super) unanswered: Vec<VisitId>,
    /// The step.
    pub stage: Stage,
    /// Where "back" leads from the visits.
    pub(super) before: Option<Box<Stage>>,
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
            queue: Queue::default(),
            way: Way::default(),
            first: FirstTimes::default(),
            person: Person::default(),
            issuers: None,
            lost: false,
            brought_back: false,
            rejoin: None,
            given: false,
            resumed: None,
            sought: None,
            invited: false,
            unanswered: Vec::new(),
            stage: Stage::Loading,
            before: None,
            pending: Vec::new(),
            last_id: 0,
            attempts: 0,
            persons: 0,
            shown: false,
            told: Vec::new(),
        }
    }
}
