//! What the machines report to the host page: events for the page itself, and findings for the page's owner.

use crate::ids::{Npi, RegionCode, UrlName, VisitId, VisitType};
use crate::outcome::{Confirmation, Refusal};
use crate::schedule::Time;

/// Why an attempt ended without a booking, other than by a refusal of this time or patient: the reasons of the event
/// `findatime-failed`.
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
    /// The widget could not read an answer of the server. Nothing was booked.
    Contract,
    /// The host page's card field returned no token; no booking was sent.
    Card,
}

/// A problem that the page's owner should fix.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Finding {
    /// The page names a clinician whom the system does not know (404).
    UnknownClinician(Npi),
    /// The page names a clinic that the system does not know (404).
    UnknownDepartment(UrlName),
    /// The page names a visit type that none of its clinics and clinicians offers.
    UnknownVisitType(VisitType),
    /// The widget could not read this many slots of an answer.
    SlotsDropped(u32),
    /// `getToken` returned a value that is not a string.
    TokenNotText,
    /// `getToken` threw or rejected.
    TokenFailed,
    /// The attribute `booking` leaves bookings to the host page, but no listener of the page took the time.
    NobodyListens,
    /// The page names a practice that the system does not know (404).
    UnknownPractice,
    /// The practice does not have the region that the page names.
    UnknownRegion(RegionCode),
}

/// One report to the host page.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Notice {
    /// Times or lines are on screen; reported once for each configuration.
    Shown {
        /// How many different times can be booked; 0 for lines.
        count: usize,
    },
    /// A booking is being sent.
    Submit {
        /// The number of this submit, from 1.
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
    /// The attempt ended without a booking, but not by a refusal.
    Failed(Failure),
    /// A finding for the page's owner.
    Diagnose(Finding),
}
