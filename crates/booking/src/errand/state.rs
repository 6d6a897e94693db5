//! The state of an errand. [`Stage`] is the step on screen, each with exactly its own data; [`Person`] is what is known
//! of the patient, kept from one errand to the next.

use std::sync::Arc;

pub use super::about::{ClinicCancelProgress, Errand, OnDemandCancelProgress, Visits, Waiting};
use super::purpose::Purpose;
use crate::api::CouponError;
use crate::directory::Directory;
use crate::ids::{DepartmentIdentifier, EhrSystem, PatientGuid, VisitId};
use crate::notice::Failure;
use crate::on_demand::Practice;
use crate::outcome::{ApiError, Confirmation, Refusal};
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
    /// The session number of the token now held.
    pub session: Option<u32>,
    /// The account's patient; `None` also for an account without a record.
    pub patient: Option<Patient>,
    /// What the patient entered at the patient step.
    pub details: Option<Details>,
    /// The session number of the token with which the record was read.
    pub(super) met_in: Option<u32>,
    /// A read with the token was refused with a 401, and a fresh token was asked for.
    pub(super) refused: bool,
    /// What was last written to which EHR system, so that it is not written twice.
    pub(super) saved: Option<(EhrSystem, Demographics)>,
    /// The dependant's record as it was last made. The API cannot read it again (§2.21).
    pub(crate) dependant: Option<(EhrSystem, Demographics, PatientGuid)>,
    /// The coupon typed last, and the result of its check.
    pub coupon: Option<(String, CouponCheck)>,
    /// The terms of an on-demand visit are accepted.
    pub terms: bool,
}

impl Person {
    /// Whether the owner of the token is known, or known to have no record.
    pub(crate) fn has_met(&self) -> bool {
        self.met_in.is_some()
    }
}

/// How far the check of a coupon is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CouponCheck {
    /// The check is being sent.
    Checking,
    /// The coupon takes this many cents off.
    Active(u32),
    /// The coupon is no longer valid.
    Inactive,
    /// The coupon does not exist, or could not be checked.
    Failed(CouponError),
}

/// How far the sign-in step is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInPhase {
    /// `getToken` was called.
    Asking,
    /// Nobody is signed in; the step waits for the patient or the host page.
    Waiting,
    /// The session ended; entries are kept.
    Expired,
    /// The patient's record is being read.
    Reading,
    /// The patient's record could not be read.
    Failed(ApiError),
}

/// How far a submit is. [`UsedRetries`] says what may still be repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SendingPhase {
    /// Waiting for the token.
    Token,
    /// Making or updating the patient's record.
    Saving,
    /// Reading the patient again.
    Rereading,
    /// Reading the times again, for a fresh slot id.
    Matching,
    /// Waiting for the token of the host page's card field.
    Card,
    /// The booking is being sent.
    Booking,
    /// The booking was not answered; the patient's visits are being read to look for it.
    Looking,
    /// The booking was refused; the patient's visits are being read, in case it was carried out all the same.
    Verifying(Refusal),
}

/// What a submit has used up; each may happen once.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct UsedRetries {
    /// A fresh token after a 401.
    pub token: bool,
    /// A record made after "no links" or "patient not found".
    pub record: bool,
    /// An equal sibling slot after "slot taken".
    pub sibling: bool,
    /// The card field returned a token that no booking has used yet.
    pub card: bool,
}

/// The step on screen.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Stage {
    /// Nothing is chosen: the finder is on screen.
    #[default]
    Idle,
    /// A time from a search is being found again in a bookable list; with why that failed, if it did.
    Resolving(Box<Time>, Option<ApiError>),
    /// The time was given to the host page.
    HandedOver(Box<Time>),
    /// Signing in.
    SignIn(Box<Errand>, SignInPhase),
    /// The patient step.
    Patient(Box<Errand>),
    /// The review; with why the last attempt ended, if there was one.
    Review(Box<Errand>, Option<Failure>),
    /// A submit is being sent.
    Sending(Box<Errand>, SendingPhase, UsedRetries),
    /// The time cannot be booked after all (taken, double booked, or an unknown conflict); the nearest others are
    /// shown.
    Taken(Box<Time>, Refusal),
    /// The system will not book this patient here: locked, not on the panel, no record.
    Refused(Refusal, Box<Errand>),
    /// The visit can only be booked by phone: no other way to book it is set up.
    CallToBook(Box<Errand>),
    /// The outcome is unknown; nothing more is sent.
    Unconfirmed(Box<Errand>),
    /// A time is confirmed.
    Booked(Box<Time>, Box<Confirmation>),
    /// The patient is in line.
    Waiting(Box<Waiting>),
    /// The patient's clinic visits.
    Visits(Box<Visits>),
}

impl Stage {
    /// The errand, at the steps that carry one.
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
            | Self::HandedOver(_)
            | Self::Taken(..)
            | Self::Booked(..)
            | Self::Waiting(_)
            | Self::Visits(_) => None,
        }
    }

    /// The time that the step is about.
    pub fn time(&self) -> Option<&Time> {
        match self {
            Self::HandedOver(time)
            | Self::Resolving(time, _)
            | Self::Taken(time, _)
            | Self::Booked(time, _) => Some(time),
            other => other.errand().and_then(Errand::time),
        }
    }

    /// Whether nothing is chosen.
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// Whether a booking is being sent.
    pub fn is_sending(&self) -> bool {
        matches!(self, Self::Sending(..))
    }

    /// Whether an outcome is on screen: confirmed, in line, or unknown.
    pub fn is_outcome(&self) -> bool {
        matches!(self, Self::Booked(..) | Self::Unconfirmed(_) | Self::Waiting(_))
    }
}

/// The whole errand, and what outlives it: the patient, and the cancels that were not answered.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct State {
    /// The step on screen.
    pub stage: Stage,
    /// The patient.
    pub person: Person,
    /// How many times the person has changed. What one person typed is not shown to the next.
    pub persons: u32,
    /// Names and places: the finder's when the time was chosen, and what was read since.
    pub directory: Arc<Directory>,
    /// Clinics that were read for the errand itself.
    pub(super) own_departments: Vec<Department>,
    /// Clinics of listed visits that were read.
    pub(super) read_places: Vec<DepartmentIdentifier>,
    /// The search context with which the scheduling pages can repeat the search that found the time.
    pub(super) context: Option<String>,
    /// The practice whose line was chosen.
    pub practice: Option<Practice>,
    /// The system's rule for e-mail addresses, once it is read (API reference §2.41).
    pub mail_rule: Option<String>,
    /// The health system's insurers, once they are read.
    pub issuers: Option<Result<Vec<Issuer>, ApiError>>,
    /// The times nearest to one that is gone, the soonest first.
    pub nearest: Vec<Time>,
    /// The nearest times are being read.
    pub is_reading_nearest: bool,
    /// The time was chosen before a full-page sign-in, and is being found again.
    pub(super) brought_back: bool,
    /// The patient has completed the details and waits for the check of the coupon.
    pub(crate) given: bool,
    /// The host page was asked to sign the patient in since the last press that needs a token.
    pub(super) invited: bool,
    /// The patient's clinic visits as they were listed at the review; `None` = the list was not read.
    pub(crate) listed: Option<Vec<ClinicVisit>>,
    /// The listed visits on the day and at the clinic of the time under review.
    pub same_day: Vec<ClinicVisit>,
    /// Visits whose cancel was not answered: it is never sent again.
    pub(super) unanswered: Vec<VisitId>,
    /// The confirmation to which "Back" leads from the visits.
    pub(crate) before: Option<Box<Stage>>,
    pub(crate) awaited: Awaited<Purpose>,
    pub(super) attempts: u32,
    /// The environment that this state belongs to; see [`crate::journey::state::State::system`].
    pub system: u32,
    /// The outcome on screen was shown in brief before, and can be again.
    pub was_in_brief: bool,
    /// The finder's directory as it was copied last.
    pub(super) seen: Arc<Directory>,
    /// The finder was configured again since: its times are no longer those that the errand came from.
    pub(crate) is_cut_off: bool,
}

impl State {
    /// Whether something here outlives the element: a booking that is being sent, or an outcome.
    pub fn is_to_keep(&self) -> bool {
        self.is_busy() || self.stage.is_outcome() || self.before.is_some()
    }

    /// Whether something is being sent whose outcome must be reported: a booking, or a cancel.
    pub fn is_busy(&self) -> bool {
        match &self.stage {
            Stage::Sending(..) => true,
            Stage::Waiting(waiting) => matches!(waiting.cancel_progress, OnDemandCancelProgress::Sending),
            Stage::Visits(visits) => visits.being_cancelled().is_some(),
            Stage::Idle
            | Stage::Resolving(..)
            | Stage::HandedOver(_)
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
