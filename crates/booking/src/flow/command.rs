//! What the flow asks for: reads, writes, the host's token, and words to the host page. Values only; the widget's
//! `app/effects.rs` carries them out and answers each read and write with an [`super::event::Event`].

use crate::api::{Read, Write};
use crate::ids::{Npi, RegionCode, UrlName, VisitType};
use crate::outcome::{Confirmation, Refusal};
use crate::schedule::Time;

/// Ties an answer to its request; an answer whose id is no longer awaited is dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RequestId(pub u32);

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

/// Something the page's owner should mend.
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

/// One thing to do.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Command {
    /// Perform a read. `fresh` = no shared or remembered answer will do.
    Read {
        /// Answers carry it.
        id: RequestId,
        /// What.
        read: Read,
        /// See above.
        fresh: bool,
    },
    /// Perform a write, once.
    Write {
        /// Answers carry it.
        id: RequestId,
        /// What.
        write: Write,
    },
    /// Nobody waits for this any more.
    Cancel(RequestId),
    /// Ask the host for a token, now, in the patient's click.
    AskToken {
        /// Answers carry it.
        id: RequestId,
    },
    /// Tell the host that a token is needed and there is none; it may give one later, as the answer.
    InviteSignIn {
        /// The answer carries it.
        id: RequestId,
    },
    /// Ask the host's card field for its token; kept for the booking that follows.
    AskCard {
        /// The answer carries it.
        id: RequestId,
    },
    /// Say so when some time has passed.
    Later {
        /// [`super::event::Event::Ticked`] carries it.
        id: RequestId,
        /// How long.
        seconds: u32,
    },
    /// Leave for the scheduling pages with this time, its clinic's `urlName` where it is known, and the search to be
    /// repeated there, if it came from one.
    HandOff(Box<Time>, Option<UrlName>, Option<String>),
    /// Give the time to the host page; answered by [`super::event::Event::HandedOver`].
    HandOver(Box<Time>),
    /// Tell the host page.
    Tell(Notice),
}
