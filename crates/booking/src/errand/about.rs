//! What the patient wants to do, and what follows a booking: waiting in line, and the list of visits.

use crate::ids::{EhrSystem, VisitId};
use crate::on_demand::{OnDemandVisit, VisitStatus, VisitWait, WaitingLine};
use crate::outcome::{ApiError, Confirmation};
use crate::schedule::Time;
use crate::visits::{CancelReason, CancelRules, ClinicVisit};

/// What the patient has chosen to do.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Errand {
    /// Come at a time.
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

    /// The EHR system in which the patient needs a record.
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
    /// How far the visit is.
    pub status: VisitStatus,
    /// How far the cancel of the visit is.
    pub cancel_progress: OnDemandCancelProgress,
    /// The token now held belongs to another person, so the visit is not read with it.
    pub is_hidden_from_token: bool,
}

/// How far the cancel of an on-demand visit is.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum OnDemandCancelProgress {
    /// No cancel has begun.
    No,
    /// The reasons are being read.
    Asking,
    /// The patient is choosing a reason. The rules say whether the cancel carries one.
    Choosing(Box<CancelRules>),
    /// The cancel is being sent.
    Sending,
    /// The cancel failed; the visit is not cancelled.
    Failed(ApiError),
    /// The cancel was not answered: it is not known whether the visit is cancelled.
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
    /// The cancel was refused, and the list is being read again. A browser may have sent the request twice by itself,
    /// and only the second one was refused.
    Refused(ApiError),
    /// The cancel failed; the visit is not cancelled.
    Failed(ApiError),
    /// The cancel was not answered: it is not known whether the visit is cancelled.
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
