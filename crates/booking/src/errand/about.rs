//! What the patient has come to do, and what goes on once it is done: a place in line, and the visits booked before.

use crate::ids::{EhrSystem, VisitId};
use crate::on_demand::{Line, Now, Standing, VisitWait};
use crate::outcome::{Confirmation, Trouble};
use crate::schedule::Time;
use crate::visits::{CancelReason, CancelRules, ClinicVisit};

/// What the patient has come to do, once it is chosen.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Errand {
    /// To come at a time.
    Time(Time),
    /// To be seen as soon as somebody is free.
    Now(Now),
    /// To look at what is booked.
    Visits,
}

impl Errand {
    /// The time, if it is one.
    pub fn time(&self) -> Option<&Time> {
        if let Self::Time(time) = self { Some(time) } else { None }
    }

    /// The on-demand visit, if it is one.
    pub fn now(&self) -> Option<&Now> {
        if let Self::Now(now) = self { Some(now) } else { None }
    }

    /// The system the patient's record is needed in.
    pub fn ehr(&self) -> Option<&EhrSystem> {
        match self {
            Self::Time(time) => Some(&time.place().ehr),
            // A clinic's own line leads into the clinic's system, whatever the region's is.
            Self::Now(Now { line: Line::Clinic(clinic), .. }) => Some(&clinic.ehr),
            Self::Now(now) => now.region.ehr.as_ref(),
            Self::Visits => None,
        }
    }
}

/// An on-demand visit that was joined.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Waiting {
    /// What was asked for.
    pub now: Now,
    /// What was given.
    pub confirmation: Confirmation,
    /// The estimate; `None` until one was read.
    pub wait: Option<VisitWait>,
    /// The last estimate could not be read.
    pub trouble: Option<Trouble>,
    /// How far the visit is.
    pub standing: Standing,
    /// Leaving it.
    pub leaving: Leaving,
    /// The token now held is somebody else's.
    pub is_hidden_from_token: bool,
}

/// How far a cancel is.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Leaving {
    /// Not asked for.
    No,
    /// The reasons are being read.
    Asking,
    /// The patient is choosing a reason; without any, the visit is cancelled without one.
    Choosing(Box<CancelRules>),
    /// On its way.
    Sending,
    /// It did not work; nothing is cancelled.
    Failed(Trouble),
    /// No answer came: whether it is cancelled is not known.
    Unknown,
}

/// The patient's clinic visits.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Visits {
    /// Once read; open ones only, the earliest first.
    pub list: Option<Vec<ClinicVisit>>,
    /// It could not be read.
    pub trouble: Option<Trouble>,
    /// The brand's reasons, once read.
    pub reasons: Option<Vec<CancelReason>>,
    /// The visit that is being cancelled, and how far that is.
    pub cancelling: Option<(VisitId, Cancelling)>,
    /// One was cancelled just now.
    pub cancelled: Option<ClinicVisit>,
}

/// How far the cancel of a clinic visit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cancelling {
    /// A reason is being chosen (or read).
    Choosing,
    /// On its way.
    Sending,
    /// It was refused, and the list is read: where a browser sent it twice by itself, it is the second that was.
    Refused(Trouble),
    /// It did not work; the visit stands.
    Failed(Trouble),
    /// No answer came.
    Unknown,
}

impl Visits {
    /// The visit whose cancel has begun, where what becomes of it is about to be known.
    pub const fn being_cancelled(&self) -> Option<&VisitId> {
        match &self.cancelling {
            Some((visit, Cancelling::Sending | Cancelling::Refused(_))) => Some(visit),
            _ => None,
        }
    }
}
