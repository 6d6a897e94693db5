//! The values of an errand: what the patient has chosen to do, and the two steps that can follow a booking,
//! waiting in line and the list of visits.

use chrono::NaiveDate;

use crate::directory::Directory;
use crate::ids::{EhrSystem, PatientGuid, VisitId};
use crate::on_demand::{OnDemandVisit, VisitStatus, VisitWait, WaitingLine};
use crate::outcome::{ApiError, Confirmation};
use crate::place::AgeRange;
use crate::schedule::Time;
use crate::visits::{CancelReason, CancelRules, ClinicVisit};

/// What the patient has chosen to do.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Errand {
    /// Book a visit at this time.
    Time(Time),
    /// Be seen as soon as a clinician is free.
    OnDemand(OnDemandVisit),
    /// See the visits that are booked.
    Visits,
}

impl Errand {
    /// The time, if this errand is about one.
    pub fn time(&self) -> Option<&Time> {
        if let Self::Time(time) = self { Some(time) } else { None }
    }

    /// The on-demand visit, if this errand is about one.
    pub fn on_demand(&self) -> Option<&OnDemandVisit> {
        if let Self::OnDemand(now) = self { Some(now) } else { None }
    }

    /// The ages that the visit is meant for, and the date on which the patient has to have one of them. A line takes
    /// adults and the region's children, so nobody who is younger than these. `None` = the visit is for any age.
    pub fn ages(&self, directory: &Directory, today: NaiveDate) -> Option<(AgeRange, NaiveDate)> {
        match self {
            Self::Time(time) => Some((directory.ages(time)?, time.local.date())),
            Self::OnDemand(now) => {
                Some((AgeRange { max: u32::MAX, ..now.region.ages_of_children()? }, today))
            }
            Self::Visits => None,
        }
    }

    /// The EHR system in which the patient needs a record; `None` for "My visits", and if a region names none.
    pub fn ehr(&self) -> Option<&EhrSystem> {
        match self {
            Self::Time(time) => Some(&time.place().ehr),
            // A clinic's own line books into the clinic's EHR system, even where the region has another one.
            Self::OnDemand(OnDemandVisit { line: WaitingLine::Clinic(clinic), .. }) => Some(&clinic.ehr),
            Self::OnDemand(now) => now.region.ehr.as_ref(),
            Self::Visits => None,
        }
    }
}

/// What the screen says about the people of an outcome. It stays with the outcome, since the errand may forget the
/// patient, or book for somebody else, before the outcome is shown again.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct OutcomePeople {
    /// The account that booked; `None` if it had no record.
    pub(crate) account: Option<PatientGuid>,
    /// The given name of the person to be seen; `None` if that is the account holder.
    pub for_other: Option<String>,
    /// Whether there is something to pay at the clinic.
    pub pays_on_arrival: bool,
    /// The phone number at which the clinic reaches the account holder.
    pub phone: String,
    /// The account holder's e-mail address.
    pub(crate) email: String,
}

/// An on-demand visit that the patient has joined.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Waiting {
    /// The visit as the patient chose it.
    pub now: OnDemandVisit,
    /// The system's confirmation.
    pub confirmation: Confirmation,
    /// The latest estimate of the wait; `None` until one is read.
    pub wait: Option<VisitWait>,
    /// Why the latest estimate could not be read.
    pub error: Option<ApiError>,
    /// Whether the patient still waits, is in the visit, or the visit is over.
    pub status: VisitStatus,
    /// How far the cancel of the visit is.
    pub cancel_progress: OnDemandCancelProgress,
    /// Whether `getToken` now returns the token of somebody other than the patient who joined. While it does, the
    /// visit is not read: that person must not see it.
    pub is_hidden_from_token: bool,
    /// Whether `getToken` has returned a fresh token since the timer passed. If the system refuses that one too, the
    /// next is asked for only after the timer: a page may return a fresh token each time.
    pub(super) has_fresh_token: bool,
}

impl Waiting {
    /// Whether a cancel is being sent, or is being checked by the status of the visit after a refusal.
    pub(crate) const fn is_being_cancelled(&self) -> bool {
        matches!(self.cancel_progress, OnDemandCancelProgress::Sending | OnDemandCancelProgress::Refused(_))
    }

    /// Whether the patient neither waits nor is in the visit any more.
    pub fn is_over(&self) -> bool {
        !matches!(self.status, VisitStatus::Waiting | VisitStatus::InVisit)
    }
}

/// How far the cancel of an on-demand visit is.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum OnDemandCancelProgress {
    /// No cancel is in progress.
    No,
    /// The reasons are being read.
    Asking,
    /// The patient is choosing a reason. The rules say whether the reason is sent with the cancel.
    Choosing(Box<CancelRules>),
    /// The cancel is being sent.
    Sending,
    /// The system refused the cancel, and the status of the visit is being read. The visit may be cancelled all the
    /// same: a browser may have sent the request twice by itself, and the system refused only the second one.
    Refused(ApiError),
    /// The cancel failed; the visit is not cancelled.
    Failed(ApiError),
    /// It is not known whether the visit is cancelled: the cancel was not answered, or it was refused and the status of
    /// the visit could not be read.
    Unknown,
}

/// The patient's list of clinic visits.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Visits {
    /// Open visits only, the earliest first; `None` until the list is read.
    pub list: Option<Vec<ClinicVisit>>,
    /// Why the list could not be read.
    pub error: Option<ApiError>,
    /// The brand's cancel reasons; `None` until they are read.
    pub reasons: Option<Vec<CancelReason>>,
    /// The visit that is being cancelled, and how far the cancel is.
    pub cancelling: Option<(VisitId, ClinicCancelProgress)>,
    /// The visit that was just cancelled.
    pub cancelled: Option<ClinicVisit>,
}

/// How far the cancel of a clinic visit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClinicCancelProgress {
    /// The patient is choosing a reason, or the reasons are being read.
    Choosing,
    /// The cancel is being sent.
    Sending,
    /// The system refused the cancel, and the list is being read again. The visit may be cancelled all the same: a
    /// browser may have sent the request twice by itself, and the system refused only the second one.
    Refused(ApiError),
    /// The cancel failed; the visit is not cancelled.
    Failed(ApiError),
    /// It is not known whether the visit is cancelled: the cancel was not answered, or it was refused and the list
    /// could not be read or does not contain the visit.
    Unknown,
}

impl Visits {
    /// The visit whose cancel is being sent, or being checked in the list after a refusal.
    pub const fn being_cancelled(&self) -> Option<&VisitId> {
        match &self.cancelling {
            Some((visit, ClinicCancelProgress::Sending | ClinicCancelProgress::Refused(_))) => Some(visit),
            _ => None,
        }
    }
}
