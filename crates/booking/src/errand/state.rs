//! Where an errand has got to. [`Stage`] is the step on screen, each with exactly its own data; [`Person`] is what is
//! known of the patient, kept from one errand to the next.

use std::sync::Arc;

pub use super::about::{Cancelling, Errand, Leaving, Visits, Waiting};
use super::purpose::Purpose;
use crate::api::CouponTrouble;
use crate::directory::Directory;
use crate::ids::{DepartmentIdentifier, EhrSystem, PatientGuid, VisitId};
use crate::notice::Failure;
use crate::on_demand::Practice;
use crate::outcome::{Confirmation, Refusal, Trouble};
use crate::patient::{Demographics, Details, Patient};
use crate::payment::Issuer;
use crate::place::Department;
use crate::request::{Awaited, RequestId};
use crate::schedule::Time;
use crate::visits::ClinicVisit;

/// What is known of the patient, in memory only.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
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
    pub(crate) dependant: Option<(EhrSystem, Demographics, PatientGuid)>,
    /// The coupon typed last, and what its check said.
    pub coupon: Option<(String, CouponCheck)>,
    /// The terms of an on-demand visit are accepted.
    pub terms: bool,
}

impl Person {
    /// Whether it is known whose the token is, or that their account has no record.
    pub(crate) fn has_met(&self) -> bool {
        self.met_in.is_some()
    }
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
    /// It was refused; looking whether it is among the patient's visits all the same.
    Verifying(Refusal),
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
    /// The card field gave its token, and no booking has used it yet.
    pub card: bool,
}

/// The step on screen.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Stage {
    /// Nothing is chosen: the finder is on screen.
    #[default]
    Idle,
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
    /// The system will not book this patient here: locked, not on the panel, no record.
    Refused(Refusal, Box<Errand>),
    /// It can only be had by phone: no way to book is set up.
    CallToBook(Box<Errand>),
    /// Outcome unknown; nothing more is sent.
    Unconfirmed(Box<Errand>),
    /// A time is confirmed.
    Booked(Box<Time>, Box<Confirmation>),
    /// In line.
    Waiting(Box<Waiting>),
    /// The patient's clinic visits.
    Visits(Box<Visits>),
}

impl Stage {
    /// What the step is about, between the choice and its outcome.
    pub fn errand(&self) -> Option<&Errand> {
        match self {
            Self::SignIn(errand, _)
            | Self::Patient(errand)
            | Self::Review(errand, _)
            | Self::Sending(errand, ..)
            | Self::Unconfirmed(errand)
            | Self::Refused(_, errand)
            | Self::CallToBook(errand) => Some(errand),
            Self::Idle
            | Self::Resolving(..)
            | Self::GivenAway(_)
            | Self::Taken(..)
            | Self::Booked(..)
            | Self::Waiting(_)
            | Self::Visits(_) => None,
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

    /// Nothing is chosen.
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// A booking is being sent.
    pub fn is_sending(&self) -> bool {
        matches!(self, Self::Sending(..))
    }

    /// What came of a submit is on screen: confirmed, or not known.
    pub fn is_outcome(&self) -> bool {
        matches!(self, Self::Booked(..) | Self::Unconfirmed(_) | Self::Waiting(_))
    }
}

/// The whole of the errand, and what outlives it: the patient, and what was sent without an answer.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct State {
    /// The step.
    pub stage: Stage,
    /// The patient.
    pub person: Person,
    /// Counts the people met: what one typed is not shown to the next.
    pub persons: u32,
    /// Names and places as the finder knew them when the time was chosen, and what was learnt since.
    pub directory: Arc<Directory>,
    /// Clinics that were read for the errand itself.
    pub(super) own_departments: Vec<Department>,
    /// Clinics of the visits that were asked for.
    pub(super) read_places: Vec<DepartmentIdentifier>,
    /// The search that found the time can be repeated by this, on the scheduling pages.
    pub(super) context: Option<String>,
    /// The practice whose line was chosen.
    pub practice: Option<Practice>,
    /// The mail rule of the system, once it has answered (API reference §2.41).
    pub mail_rule: Option<String>,
    /// The health system's insurers, once asked for.
    pub issuers: Option<Result<Vec<Issuer>, Trouble>>,
    /// The times nearest to one that has gone, the soonest first.
    pub nearest: Vec<Time>,
    /// They are being read.
    pub is_reading_nearest: bool,
    /// The time being found again was chosen before signing in.
    pub(super) brought_back: bool,
    /// The patient has entered the details and waits for the coupon's check.
    pub(crate) given: bool,
    /// The host was invited to sign the patient in since they last pressed something that needs it.
    pub(super) invited: bool,
    /// The patient's clinic visits as they were listed at the review; `None` = the list was not read.
    pub(crate) listed: Option<Vec<ClinicVisit>>,
    /// Those of them on the day and at the clinic of the time under review.
    pub same_day: Vec<ClinicVisit>,
    /// Visits whose cancel was not answered: it is never sent again.
    pub(super) unanswered: Vec<VisitId>,
    /// The confirmation that "back" leads to from the visits.
    pub(crate) before: Option<Box<Stage>>,
    pub(crate) awaited: Awaited<Purpose>,
    pub(super) attempts: u32,
    /// The environment that what is known here came from; see [`crate::journey::state::State::system`].
    pub system: u32,
    /// The outcome on screen was in brief before, and can be again.
    pub was_in_brief: bool,
    /// The finder's own directory, as it was last taken over.
    pub(super) seen: Arc<Directory>,
    /// The finder has been configured anew since: what it holds is no longer where the errand came from.
    pub(crate) is_cut_off: bool,
}

impl State {
    /// Whether there is something that outlives the element: a booking on its way, or what came of one.
    pub fn is_to_keep(&self) -> bool {
        self.is_busy() || self.stage.is_outcome() || self.before.is_some()
    }

    /// Whether something is on its way whose outcome somebody has to hear of: a booking, or a cancel.
    pub fn is_busy(&self) -> bool {
        match &self.stage {
            Stage::Sending(..) => true,
            Stage::Waiting(waiting) => matches!(waiting.leaving, Leaving::Sending),
            Stage::Visits(visits) => visits.being_cancelled().is_some(),
            Stage::Idle
            | Stage::Resolving(..)
            | Stage::GivenAway(_)
            | Stage::SignIn(..)
            | Stage::Patient(_)
            | Stage::Review(..)
            | Stage::Taken(..)
            | Stage::Refused(..)
            | Stage::CallToBook(_)
            | Stage::Unconfirmed(_)
            | Stage::Booked(..) => false,
        }
    }

    /// Whether an answer to this request still changes anything.
    pub fn awaits(&self, id: RequestId) -> bool {
        self.awaited.contains(id)
    }
}
