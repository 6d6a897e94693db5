//! What is asked of the `DexCare` API, and what the answers mean: reads and writes as values, without a wire format. The
//! state machines ask with these; `dexcare::exchange` knows the call behind each.

use chrono::NaiveDate;

use crate::ids::{
    DepartmentIdentifier, EhrSystem, Npi, PatientGuid, PracticeId, SlotId, UrlName, VisitId, VisitType,
};
use crate::on_demand::{Modality, Now, Pool, Practice, Qualifier, Standing, VisitWait};
use crate::outcome::{Outcome, Trouble};
use crate::patient::{Actor, Demographics, Patient};
use crate::payment::{Coupon, Issuer, Payment};
use crate::place::{Address, Clinician, Department};
use crate::search::{Found, Page, PatientType, Search};
use crate::slot::{Slot, Slots};
use crate::visits::{CancelReason, CancelRules, ClinicVisit};

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
    /// Where, when and with whom.
    pub slot: Slot,
    /// The slot's id, as it was read last.
    pub slot_id: SlotId,
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

/// The answer to a read or a write.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Answer {
    /// To `Read::Department`.
    Department(Result<Box<Department>, Trouble>),
    /// To both slot reads.
    Slots(Result<Slots, Trouble>),
    /// To `Read::Clinician`.
    Clinician(Result<Box<Clinician>, Trouble>),
    /// To `Read::Lookahead`, in days.
    Lookahead(Result<u32, Trouble>),
    /// To `Read::Patient`.
    Patient(Result<Box<Patient>, Trouble>),
    /// To `Read::MailRule`: a regular expression, when there is one.
    MailRule(Option<String>),
    /// To `Write::SaveSelf`.
    Saved(Result<PatientGuid, Trouble>),
    /// To all three bookings.
    Booking(Outcome),
    /// To `Read::Departments`.
    Departments(Result<Vec<Department>, Trouble>),
    /// To `Read::Options` and `Read::ClinicianOptions`.
    Found(Result<Box<Found>, Trouble>),
    /// To `Read::Practice`.
    Practice(Result<Box<Practice>, Trouble>),
    /// To `Read::Waits`.
    Waits(Result<Vec<Pool>, Trouble>),
    /// To `Read::Issuers`.
    Issuers(Result<Vec<Issuer>, Trouble>),
    /// To `Read::Coupon`.
    Coupon(Result<Coupon, CouponTrouble>),
    /// To `Read::VisitWait`.
    VisitWait(Result<VisitWait, Trouble>),
    /// To `Read::Standing`.
    Standing(Result<Standing, Trouble>),
    /// To `Read::CancelRules`.
    CancelRules(Result<Box<CancelRules>, Trouble>),
    /// To `Read::ClinicVisits`.
    ClinicVisits(Result<Vec<ClinicVisit>, Trouble>),
    /// To `Read::CancelReasons`.
    CancelReasons(Result<Vec<CancelReason>, Trouble>),
    /// To `Write::SaveOther`.
    SavedOther(Result<PatientGuid, Trouble>),
    /// To both cancels. [`Trouble::Network`] and [`Trouble::Server`]: it may have been carried out, so it is never sent
    /// again. Any other trouble: it was not.
    Cancelled(Result<(), Trouble>),
}

/// Why a coupon could not be checked, or is none (API reference §2.40).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CouponTrouble {
    /// 404: there is no such code.
    Unknown,
    /// 429: tried too often; later.
    TooMany,
    /// Anything else: it could not be checked.
    Failed(Trouble),
}
