//! What the flow asks for: reads, writes, the host's token, and words to the host page. Values only; the widget's
//! `app/effects.rs` carries them out and answers each read and write with an [`super::event::Event`].

use chrono::NaiveDate;

use super::outcome::{Confirmation, Refusal};
use crate::ids::{DepartmentIdentifier, EhrSystem, Npi, PatientGuid, UrlName, VisitType};
use crate::patient::Demographics;
use crate::place::Address;
use crate::schedule::Time;
use crate::slot::Slot;

/// Ties an answer to its request; an answer whose id is no longer awaited is dropped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RequestId(pub u32);

/// A department by one of its keys.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum DepartmentKey {
    /// As host pages name it.
    UrlName(UrlName),
    /// As slots name it.
    Identifier(DepartmentIdentifier),
}

/// A read.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Read {
    /// API reference §2.2.
    Department(DepartmentKey),
    /// §2.3.
    DepartmentSlots(UrlName, VisitType),
    /// §2.5.
    Clinician(Npi),
    /// §2.6, both days included.
    ClinicianSlots(Npi, VisitType, NaiveDate, NaiveDate),
    /// §2.7.
    Lookahead(VisitType, EhrSystem),
    /// §2.19, with the patient's token.
    Patient,
    /// §2.41.
    MailRule,
}

/// What a booking is made of; the slot says where, when and with whom.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Visit {
    /// The slot to send.
    pub slot: Slot,
    /// Who is coming.
    pub patient: PatientGuid,
    /// From the patient's record in the slot's EHR.
    pub address: Address,
    /// Contact phone.
    pub phone: String,
    /// Contact e-mail.
    pub email: String,
    /// In the patient's words.
    pub reason: String,
}

/// A write. Never repeated by whoever carries it out.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Write {
    /// §2.20.
    SaveSelf(Box<Demographics>, EhrSystem),
    /// §2.25.
    BookDepartment(Box<Visit>),
    /// §2.26.
    BookClinician(Box<Visit>),
}

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
    /// A token is needed and there is none.
    SignInNeeded,
    /// A booking is being sent.
    Submit {
        /// Counts the patient's own presses, from 1.
        attempt: u32,
    },
    /// Confirmed.
    Booked(Box<Confirmation>, Box<Time>),
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
        /// The last one was refused with a 401.
        refused: bool,
    },
    /// Leave for the scheduling pages with this time, and this `urlName`.
    HandOff(Box<Time>, UrlName),
    /// Give the time to the host page; answered by [`super::event::Event::HandedOver`].
    HandOver(Box<Time>),
    /// Tell the host page.
    Tell(Notice),
}
