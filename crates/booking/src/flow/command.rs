//! What the flow asks for: reads, writes, the host's token, and words to the host page. Values only; the widget's
//! `app/effects.rs` carries them out and answers each read and write with an [`super::event::Event`].

use chrono::NaiveDate;

use super::outcome::{Confirmation, Refusal};
use crate::ids::{
    DepartmentIdentifier, EhrSystem, Npi, PatientGuid, PracticeId, RegionCode, UrlName, VisitId, VisitType,
};
use crate::on_demand::{Modality, Now, Qualifier};
use crate::patient::{Actor, Demographics};
use crate::payment::Payment;
use crate::place::Address;
use crate::schedule::Time;
use crate::search::{Page, PatientType, Search};
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
    /// §2.1: a brand's clinics.
    Departments(String),
    /// §2.13, else §2.12: what there is around a place.
    Options(Box<Search>, Page),
    /// §2.8.
    ClinicianOptions(Npi, Option<PatientType>, Page),
    /// §2.18.
    Practice(PracticeId),
    /// §2.14: every region of a practice.
    Waits(PracticeId),
    /// §2.39.
    Issuers,
    /// §2.40.
    Coupon(String),
    /// §2.30, with the patient's token.
    VisitWait(VisitId),
    /// §2.31, with the patient's token.
    Standing(VisitId),
    /// §2.35.
    CancelRules,
    /// §2.36, with the patient's token.
    ClinicVisits,
    /// §2.37.
    CancelReasons,
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
    /// Who books, when that is somebody else.
    pub actor: Option<VisitActor>,
    /// Contact phone.
    pub phone: String,
    /// Contact e-mail.
    pub email: String,
    /// In the patient's words.
    pub reason: String,
    /// How it is paid for.
    pub payment: Payment,
    /// The host's questions, with answers.
    pub answers: Vec<(String, String)>,
}

/// The account holder who books for the patient.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct VisitActor {
    /// The account's own patient.
    pub guid: PatientGuid,
    /// Who they are, and what to the patient.
    pub actor: Actor,
}

/// What an on-demand visit is made of (§2.28).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct NowVisit {
    /// Where, how and in which line.
    pub now: Now,
    /// Who is to be seen.
    pub patient: PatientGuid,
    /// Their name, birth date, gender and address.
    pub demographics: Demographics,
    /// Who asks for it, when that is somebody else.
    pub actor: Option<VisitActor>,
    /// Contact phone; for a phone visit the number that is called.
    pub phone: String,
    /// Contact e-mail.
    pub email: String,
    /// In the patient's words.
    pub reason: String,
    /// How it is paid for.
    pub payment: Payment,
    /// For whom the clinicians must be.
    pub qualifier: Qualifier,
    /// See [`crate::patient::Details::interpreter`].
    pub interpreter: Option<String>,
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
    /// §2.21.
    SaveOther(Box<Demographics>, EhrSystem),
    /// §2.28.
    Join(Box<NowVisit>),
    /// §2.38, with a reason's code.
    CancelClinicVisit(VisitId, String),
    /// §2.32, §2.33, or without a reason §2.34.
    Leave(Box<Leave>),
}

/// Cancels an on-demand visit.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Leave {
    /// Which.
    pub visit: VisitId,
    /// Video and phone have calls of their own.
    pub modality: Modality,
    /// A reason's code; `None` = the call without one.
    pub reason: Option<String>,
    /// Who is told of it, for phone visits.
    pub email: String,
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
