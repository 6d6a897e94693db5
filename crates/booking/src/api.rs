//! The reads and writes that the state machines ask for, and their answers. They contain no wire format: for each
//! of them, `dexcare::exchange` chooses which endpoint to call.

use chrono::NaiveDate;

use crate::ids::{
    DepartmentIdentifier, EhrSystem, Npi, PatientGuid, PracticeId, SlotId, UrlName, VisitId, VisitType,
};
use crate::on_demand::{Modality, OnDemandVisit, Pool, Practice, Qualifier, VisitStatus, VisitWait};
use crate::outcome::{ApiError, Outcome};
use crate::patient::{Actor, Demographics, Patient};
use crate::payment::{Coupon, Issuer, Payment};
use crate::place::{Address, Clinician, Department};
use crate::search::{PatientType, Search, SearchPage, SearchResult};
use crate::slot::{Slot, Slots};
use crate::visits::{CancelReason, CancelRules, ClinicVisitList, VisitFilter};

/// Names a department by one of its two keys.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum DepartmentKey {
    /// The `urlName`, which host pages use.
    UrlName(UrlName),
    /// The identifier, which slots use.
    Identifier(DepartmentIdentifier),
}

/// A read that a state machine asks for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Read {
    /// One clinic (API reference §2.2).
    Department(DepartmentKey),
    /// The open slots of a clinic for one visit type (§2.3).
    DepartmentSlots(UrlName, VisitType),
    /// One clinician (§2.5).
    Clinician(Npi),
    /// The open slots of a clinician for one visit type, from the first day to the last, both included (§2.6).
    ClinicianSlots(Npi, VisitType, NaiveDate, NaiveDate),
    /// How many days ahead the health system opens its schedule for this visit type in this EHR system (§2.7).
    Lookahead(VisitType, EhrSystem),
    /// The patient of the signed-in account (§2.19). Sent with the patient's token.
    Patient,
    /// The system's regular expression for e-mail addresses (§2.41).
    MailRule,
    /// The retail clinics of a brand (§2.1).
    Departments(String),
    /// One page of a search around a place (§2.12 or §2.13, whichever the host answers).
    Options(Box<Search>, SearchPage),
    /// One page of a clinician's v5 timeslots (§2.8).
    ClinicianOptions(Npi, Option<PatientType>, SearchPage),
    /// A practice that gives on-demand care, with its regions (§2.18).
    Practice(PracticeId),
    /// The current waits in all regions of a practice (§2.14).
    Waits(PracticeId),
    /// The list of insurers (§2.39).
    Issuers,
    /// The check of a coupon, given as its code (§2.40).
    Coupon(String),
    /// How long the patient still has to wait for a joined visit (§2.30). Sent with the patient's token.
    VisitWait(VisitId),
    /// How far a joined visit has come (§2.31). Sent with the patient's token.
    VisitStatus(VisitId),
    /// The reasons for cancelling an on-demand visit, and whether a cancel is sent with one (§2.35).
    CancelRules,
    /// The patient's list of clinic visits (§2.36). Sent with the patient's token.
    ClinicVisits(VisitFilter),
    /// The reasons for cancelling a clinic visit (§2.37).
    CancelReasons,
}

/// What the booking of a time contains.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Visit {
    /// Where, when and with whom the visit is.
    pub slot: Slot,
    /// The slot's id from the latest read.
    pub slot_id: SlotId,
    /// The patient to be seen.
    pub patient: PatientGuid,
    /// The patient's address, as entered at the patient step.
    pub address: Address,
    /// The account holder who books; `None` = the patient books.
    pub actor: Option<VisitActor>,
    /// Contact phone.
    pub phone: String,
    /// Contact e-mail.
    pub email: String,
    /// Reason for the visit, in the patient's words.
    pub reason: String,
    /// How the visit is paid for.
    pub payment: Payment,
    /// The host page's questions, each with its answer.
    pub answers: Vec<(String, String)>,
}

/// The account holder who books for the patient.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct VisitActor {
    /// The account holder's own patient id.
    pub guid: PatientGuid,
    /// The account holder's name and contact, and their relationship to the patient.
    pub actor: Actor,
}

/// What an on-demand visit contains (§2.28).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct OnDemandBooking {
    /// Practice, region, modality and line.
    pub now: OnDemandVisit,
    /// The patient to be seen.
    pub patient: PatientGuid,
    /// The patient's name, birth date, gender and address.
    pub demographics: Demographics,
    /// The account holder who asks for the visit; `None` = the patient does.
    pub actor: Option<VisitActor>,
    /// Contact phone. For a phone visit, the clinician calls this number.
    pub phone: String,
    /// Contact e-mail.
    pub email: String,
    /// Reason for the visit, in the patient's words.
    pub reason: String,
    /// How the visit is paid for.
    pub payment: Payment,
    /// Whether the clinicians must be those for adults or for children.
    pub qualifier: Qualifier,
    /// The language for which the patient wants an interpreter; see [`crate::patient::Details::interpreter`].
    pub interpreter: Option<String>,
}

/// A write that a state machine asks for. The code that carries out a write never repeats it.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Write {
    /// Finds or creates the account holder's own record in an EHR system (§2.20).
    SaveSelf(Box<Demographics>, EhrSystem),
    /// Books a time from a clinic's own list (§2.25).
    BookDepartment(Box<Visit>),
    /// Books a time from a clinician's own list (§2.26).
    BookClinician(Box<Visit>),
    /// Finds or creates the record of a dependant in an EHR system (§2.21).
    SaveOther(Box<Demographics>, EhrSystem),
    /// Joins a line for an on-demand visit (§2.28).
    Join(Box<OnDemandBooking>),
    /// Cancels a clinic visit, with the code of a reason (§2.38).
    CancelClinicVisit(VisitId, String),
    /// Cancels an on-demand visit: with a reason by video (§2.32) or by phone (§2.33), or without a reason (§2.34).
    CancelOnDemand(Box<OnDemandCancel>),
}

/// What the cancel of an on-demand visit contains.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct OnDemandCancel {
    /// The visit to cancel.
    pub visit: VisitId,
    /// Whether the visit is by video or phone. With a reason, each has its own call; without, both use the same call.
    pub modality: Modality,
    /// A reason's code; `None` = use the call that takes no reason.
    pub reason: Option<String>,
    /// The patient's e-mail. Only the call that cancels a phone visit with a reason sends it.
    pub email: String,
}

/// The answer to a read or a write.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Answer {
    /// To `Read::Department`.
    Department(Result<Box<Department>, ApiError>),
    /// To both slot reads (`Read::DepartmentSlots`, `Read::ClinicianSlots`).
    Slots(Result<Slots, ApiError>),
    /// To `Read::Clinician`.
    Clinician(Result<Box<Clinician>, ApiError>),
    /// To `Read::Lookahead`, in days.
    Lookahead(Result<u32, ApiError>),
    /// To `Read::Patient`.
    Patient(Result<Box<Patient>, ApiError>),
    /// To `Read::MailRule`: the regular expression; `None` if the system has none, or if the read failed.
    MailRule(Option<String>),
    /// To `Write::SaveSelf`.
    Saved(Result<PatientGuid, ApiError>),
    /// To the three bookings (`Write::BookDepartment`, `Write::BookClinician`, `Write::Join`).
    Booking(Outcome),
    /// To `Read::Departments`.
    Departments(Result<Vec<Department>, ApiError>),
    /// To `Read::Options` and `Read::ClinicianOptions`.
    SearchResult(Result<Box<SearchResult>, ApiError>),
    /// To `Read::Practice`.
    Practice(Result<Box<Practice>, ApiError>),
    /// To `Read::Waits`.
    Waits(Result<Vec<Pool>, ApiError>),
    /// To `Read::Issuers`.
    Issuers(Result<Vec<Issuer>, ApiError>),
    /// To `Read::Coupon`.
    Coupon(Result<Coupon, CouponError>),
    /// To `Read::VisitWait`.
    VisitWait(Result<VisitWait, ApiError>),
    /// To `Read::VisitStatus`.
    VisitStatus(Result<VisitStatus, ApiError>),
    /// To `Read::CancelRules`.
    CancelRules(Result<Box<CancelRules>, ApiError>),
    /// To `Read::ClinicVisits`.
    ClinicVisits(Result<ClinicVisitList, ApiError>),
    /// To `Read::CancelReasons`.
    CancelReasons(Result<Vec<CancelReason>, ApiError>),
    /// To `Write::SaveOther`.
    SavedOther(Result<PatientGuid, ApiError>),
    /// To `Write::CancelClinicVisit` and `Write::CancelOnDemand`. After [`ApiError::Network`] and
    /// [`ApiError::Server`], the system may have cancelled the visit, so the cancel is never sent again. After any
    /// other error, the visit is not cancelled.
    Cancelled(Result<(), ApiError>),
}

/// Why the check of a coupon failed, or found no coupon (API reference §2.40).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CouponError {
    /// 404: no coupon has this code.
    Unknown,
    /// 429: too many coupon checks were sent; the patient can try again later.
    TooMany,
    /// Any other failure: the coupon could not be checked.
    Failed(ApiError),
}
