//! The state of an errand. [`Stage`] is the step on screen, with exactly the data that this step needs;
//! [`Person`] is what is known of the patient, and is kept from one errand to the next.

use std::sync::Arc;

pub use super::about::{
    ClinicCancelProgress, Errand, OnDemandCancelProgress, OutcomePeople, Visits, Waiting,
};
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
use crate::visits::{ClinicVisit, ClinicVisitList};

/// What is known of the patient. It is kept in memory only.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Person {
    /// The session number of the current token; see [`super::event::session`]. `None` = there is no token, or the
    /// system refuses it.
    pub session: Option<u32>,
    /// The account's patient; `None` until the record is read, and if the account has no record.
    pub patient: Option<Patient>,
    /// What the patient entered at the patient step.
    pub details: Option<Details>,
    /// Whether `details` were entered for a line. Its form asks none of the host page's questions, and that for a time
    /// offers no interpreter.
    pub(super) is_for_line: bool,
    /// Whether the form has to be completed again before `details` are used: the patient has changed an entry since, or
    /// the page its questions.
    pub is_changing: bool,
    /// The session number of the token with which the record was read, or found not to exist.
    pub(super) met_in: Option<u32>,
    /// Whether the system answered a request with 401 and the errand has asked for a fresh token since.
    pub(super) refused: bool,
    /// The account holder's demographics as they were last written, and to which EHR system, so that they are not
    /// written twice.
    pub(super) saved: Option<(EhrSystem, Demographics)>,
    /// Whether the last write of the account holder's demographics got no answer, so that the record may have them.
    pub(super) is_record_unknown: bool,
    /// The dependant's record that was made last: its EHR system, what was written, and its id. It is kept because
    /// the API cannot read it again (§2.21).
    pub(crate) dependant: Option<(EhrSystem, Demographics, PatientGuid)>,
    /// The coupon typed last, and the result of its check.
    pub coupon: Option<(String, CouponCheck)>,
    /// Whether the patient accepts the terms of an on-demand visit.
    pub terms: bool,
}

impl Person {
    /// Whether the account's record has been read, or found not to exist.
    pub fn has_met(&self) -> bool {
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
    /// The widget waits for a token: `getToken` was called, or the host page handles the sign-in itself.
    Asking,
    /// Nobody is signed in; the step waits for the patient or the host page.
    Waiting,
    /// The system refused the token, or there is none any more. Entries are kept unless another person signs in.
    Expired,
    /// The patient's record is being read.
    Reading,
    /// The patient's record could not be read.
    Failed(ApiError),
}

/// How far a submit has got. [`UsedRetries`] says which retries are used up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SendingPhase {
    /// Waiting for the token.
    Token,
    /// Making or updating the record of the account holder or of the dependant.
    Saving,
    /// Reading the patient again, since there is another token.
    Rereading,
    /// Reading the times again, for a fresh slot id.
    Matching,
    /// Waiting for the token of the host page's card field.
    Card,
    /// The booking is being sent.
    Booking,
    /// The outcome of the booking request is unknown; the patient's list of visits is being read, to look for the
    /// visit.
    Looking,
    /// The system refused the booking; the patient's list of visits is being read, in case the visit is booked all
    /// the same.
    Verifying(Refusal),
}

/// Which retries a submit has used up. Each of them is made once at most.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct UsedRetries {
    /// The submit has asked for a fresh token, after a 401.
    pub token: bool,
    /// The submit has made the patient's record, after "no links" or "patient not found".
    pub record: bool,
    /// The submit has tried an equal slot, a sibling, after "slot taken".
    pub sibling: bool,
    /// The card field has returned a token that no booking has used yet. Not a retry.
    pub card: bool,
}

/// The step on screen.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Stage {
    /// Nothing is chosen: the finder is on screen.
    #[default]
    Idle,
    /// A time from a search is being looked up in a list from which it can be booked. Contains the reason if the
    /// lookup failed.
    Resolving(Box<Time>, Option<ApiError>),
    /// The widget has passed the time to the host page.
    HandedOver(Box<Time>),
    /// Signing in.
    SignIn(Box<Errand>, SignInPhase),
    /// The patient step.
    Patient(Box<Errand>),
    /// The review. Contains the reason why the last attempt failed, if there was one.
    Review(Box<Errand>, Option<Failure>),
    /// A submit is being carried out.
    Sending(Box<Errand>, SendingPhase, UsedRetries),
    /// The time cannot be booked after all (taken, double booked, or an unknown conflict); the nearest others are
    /// shown.
    Taken(Box<Time>, Refusal),
    /// The system refuses to book this patient here: the account is locked, the patient is not on the clinician's
    /// panel or has no record; or the line takes nobody now, and the finder can no longer show the line.
    Refused(Refusal, Box<Errand>),
    /// The visit can only be booked by phone: no other way to book it is set up.
    CallToBook(Box<Errand>),
    /// The outcome is unknown; nothing more is sent.
    Unconfirmed(Box<Errand>),
    /// A time is confirmed.
    Booked(Box<Time>, Box<Confirmation>),
    /// The patient has joined a line. The visit may have begun or ended since.
    Waiting(Box<Waiting>),
    /// The patient's clinic visits.
    Visits(Box<Visits>),
}

impl Stage {
    /// The errand, if the step on screen contains one.
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

    /// Whether a submit is being carried out: from the press to its outcome.
    pub fn is_sending(&self) -> bool {
        matches!(self, Self::Sending(..))
    }

    /// The id of a visit that is confirmed, or joined.
    pub(crate) fn visit(&self) -> Option<&VisitId> {
        match self {
            Self::Booked(_, confirmation) => Some(&confirmation.visit),
            Self::Waiting(waiting) => Some(&waiting.confirmation.visit),
            _ => None,
        }
    }

    /// Whether an outcome is on screen: a confirmed visit, a place in line, or an unknown outcome.
    pub fn is_outcome(&self) -> bool {
        matches!(self, Self::Booked(..) | Self::Unconfirmed(_) | Self::Waiting(_))
    }
}

/// The state of the errand, and what is kept after it has ended: the patient, and the visits whose cancel got no
/// answer.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct State {
    /// The step on screen.
    pub stage: Stage,
    /// The patient.
    pub person: Person,
    /// Counts how often the person's entries were forgotten: another person has signed in, the page reset the widget or
    /// changed the environment, or the element left the page. The screens compare the count, so that what one person
    /// typed is not shown to the next.
    pub persons: u32,
    /// Names and places: the finder's, copied until `is_cut_off`, and those of the clinics that the errand read itself.
    pub directory: Arc<Directory>,
    /// Clinics that the errand has read itself, not the finder.
    pub(super) own_departments: Vec<Department>,
    /// The clinics that were read to name them in "My visits".
    pub(super) read_places: Vec<DepartmentIdentifier>,
    /// The search context with which the scheduling pages can repeat the search that found the time.
    pub(super) context: Option<String>,
    /// The practice whose line was chosen.
    pub practice: Option<Practice>,
    /// The system's regular expression for e-mail addresses (API reference §2.41). `None` until it is read, and if the
    /// system has none.
    pub mail_rule: Option<String>,
    /// The health system's insurers, once they are read.
    pub issuers: Option<Result<Vec<Issuer>, ApiError>>,
    /// The times nearest to the one that cannot be booked, the earliest first.
    pub nearest: Vec<Time>,
    /// The nearest times are being read.
    pub is_reading_nearest: bool,
    /// Whether the time was chosen before a full-page sign-in and is being brought back.
    pub(super) brought_back: bool,
    /// The patient has completed the details and waits for the check of the coupon.
    pub(crate) given: bool,
    /// Whether the host page has been asked to sign the patient in, since the last press that needs a token.
    pub(super) invited: bool,
    /// The patient's clinic visits as they were listed at the review; `None` = the list was not read.
    pub(crate) listed: Option<ClinicVisitList>,
    /// The listed visits on the day and at the clinic of the time under review.
    pub same_day: Vec<ClinicVisit>,
    /// Visits whose cancel got no answer. Such a cancel is never sent again.
    pub(crate) unanswered: Vec<VisitId>,
    /// The confirmation to which "Back" leads from "My visits".
    pub(crate) before: Option<Box<Stage>>,
    pub(crate) awaited: Awaited<Purpose>,
    pub(super) attempts: u32,
    /// The environment that this state belongs to; see [`crate::journey::state::State::system`].
    pub system: u32,
    /// Whether the outcome on screen was shown in brief before. An unknown outcome can be closed only then.
    pub was_in_brief: bool,
    /// The people of the outcome on screen, or of the confirmation in `before`; `None` without one.
    pub(crate) people: Option<Box<OutcomePeople>>,
    /// The finder's directory as it was copied last.
    pub(super) seen: Arc<Directory>,
    /// Whether the finder was configured again since the errand began: the finder's times are then no longer those that
    /// the errand came from. Also true for an outcome that was shown in brief before.
    pub(crate) is_cut_off: bool,
}

impl State {
    /// Whether the state has to be kept when the element leaves the page: a submit or a cancel is being carried out, or
    /// there is an outcome.
    pub fn is_to_keep(&self) -> bool {
        self.is_busy() || self.stage.is_outcome() || self.before.is_some()
    }

    /// Whether a submit or a cancel is being carried out, whose outcome must be reported.
    pub fn is_busy(&self) -> bool {
        match &self.stage {
            Stage::Sending(..) => true,
            Stage::Waiting(waiting) => waiting.is_being_cancelled(),
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

    /// The people of the outcome on screen; `None` if the step on screen is no outcome.
    pub fn people(&self) -> Option<&OutcomePeople> {
        self.people.as_deref().filter(|_| self.stage.is_outcome())
    }

    /// Whether an answer to this request still changes anything.
    pub fn awaits(&self, id: RequestId) -> bool {
        self.awaited.contains(id)
    }
}
