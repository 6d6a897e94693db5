//! What the host page hears of a journey: events for the page, findings for its owner.

use crate::ids::{Npi, RegionCode, UrlName, VisitType};
use crate::outcome::{Confirmation, Refusal};
use crate::schedule::Time;

/// Why an attempt ended without a booking and without a refusal of the time; the words of `findatime-failed`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// Nothing could be reached; nothing was sent.
    Network,
    /// The server cannot now.
    Server,
    /// No token, or none that is taken.
    SignedOut,
    /// The server will not take it as it is.
    Rejected,
    /// An answer that could not be read, before anything was booked.
    Contract,
    /// The host's card field gave no token; nothing was sent.
    Card,
}

/// Something the page's owner should fix.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Finding {
    /// 404 for a clinician named by the page.
    UnknownClinician(Npi),
    /// 404 for a department named by the page.
    UnknownDepartment(UrlName),
    /// None of the named visit types is offered here.
    UnknownVisitType(VisitType),
    /// So many slots could not be read.
    SlotsDropped(u32),
    /// `getToken` gave something that is not a string.
    TokenNotText,
    /// `getToken` threw or rejected.
    TokenFailed,
    /// `booking` needs a listener and nobody took the time over.
    NobodyListens,
    /// 404 for the practice named by the page.
    UnknownPractice,
    /// The practice has no such region.
    UnknownRegion(RegionCode),
}

/// Words to the host page.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Notice {
    /// Times are on screen.
    Shown {
        /// Distinct bookable times held.
        count: usize,
    },
    /// A booking is being sent.
    Submit {
        /// Counts the patient's own presses, from 1.
        attempt: u32,
    },
    /// A time is confirmed.
    Booked(Box<Confirmation>, Box<Time>),
    /// An on-demand visit is confirmed.
    Joined(Box<Confirmation>),
    /// A visit was cancelled.
    Cancelled,
    /// The system refused.
    Conflict(Refusal),
    /// Outcome unknown.
    Unconfirmed,
    /// Anything else ended the attempt.
    Failed(Failure),
    /// For the page's owner.
    Diagnose(Finding),
}
