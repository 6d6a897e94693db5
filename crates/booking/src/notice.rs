//! What the widget reports to the host page: events for the page, findings for its owner.

use crate::ids::{Npi, RegionCode, UrlName, VisitId, VisitType};
use crate::outcome::{Confirmation, Refusal};
use crate::schedule::Time;

/// Why an attempt ended without a booking and without a refusal of the time; the reasons of `findatime-failed`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// The server could not be reached; nothing was booked.
    Network,
    /// The server cannot book now.
    Server,
    /// There is no token, or the server rejects it.
    SignedOut,
    /// The server rejects the request as it is.
    Rejected,
    /// An answer could not be read, before anything was booked.
    Contract,
    /// The host page's card field returned no token; nothing was sent.
    Card,
}

/// A problem that the page's owner should fix.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Finding {
    /// 404 for a clinician that the page names.
    UnknownClinician(Npi),
    /// 404 for a department that the page names.
    UnknownDepartment(UrlName),
    /// The page names a visit type that nobody here offers.
    UnknownVisitType(VisitType),
    /// This many slots could not be read.
    SlotsDropped(u32),
    /// `getToken` returned a value that is not a string.
    TokenNotText,
    /// `getToken` threw or rejected.
    TokenFailed,
    /// `booking` needs a listener, and no listener took the time.
    NobodyListens,
    /// 404 for the practice that the page names.
    UnknownPractice,
    /// The practice does not have the region that the page names.
    UnknownRegion(RegionCode),
}

/// One report to the host page.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Notice {
    /// Times are on screen.
    Shown {
        /// How many different times can be booked.
        count: usize,
    },
    /// A booking is being sent.
    Submit {
        /// Counts the patient's submits, from 1.
        attempt: u32,
    },
    /// A time is confirmed.
    Booked(Box<Confirmation>, Box<Time>),
    /// An on-demand visit is confirmed.
    Joined(Box<Confirmation>),
    /// This visit was cancelled.
    Cancelled(VisitId),
    /// The system refused the booking.
    Conflict(Refusal),
    /// The outcome of the booking is unknown.
    Unconfirmed,
    /// The attempt ended for another reason.
    Failed(Failure),
    /// A finding for the page's owner.
    Diagnose(Finding),
}
