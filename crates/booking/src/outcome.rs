//! The outcomes of a booking call, and the reasons why a call can fail.

use crate::ids::VisitId;

/// Why a call other than a booking failed. For each reason, the screen shows different words and a different way to
/// go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApiError {
    /// No answer: offline, connection refused or cut off, or too slow.
    Network,
    /// The server cannot answer now (408, 429, 499, 5xx).
    Server,
    /// 404: what was asked for does not exist.
    NotFound,
    /// 401: there is no token, or the system rejects it.
    SignedOut,
    /// 423: the account is locked.
    Locked,
    /// Any other refusal (400, 403, 432, …).
    Rejected,
    /// An answer that could not be read.
    Unreadable,
}

/// How to join a visit by video (API reference §2.26). Only `https:` links are kept.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Meeting {
    /// The link to join.
    pub join_url: Option<String>,
    /// The phone number to dial.
    pub toll_number: Option<String>,
    /// The conference id to type after dialing.
    pub conference_id: Option<String>,
    /// The password to type after dialing.
    pub password: Option<String>,
}

/// A booking that the system confirmed.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Confirmation {
    /// The id of the visit.
    pub visit: VisitId,
    /// How to join the visit, if it is by video.
    pub meeting: Option<Meeting>,
    /// The address of the waiting room, for an on-demand visit by video (§2.28); `None` for a phone visit. Only
    /// `https:`, or `http:` on a loopback address if the Visit host is on loopback too.
    pub room: Option<String>,
}

/// Why the system refused a booking (API reference §2.25, §2.26, §2.28). Nothing was booked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Somebody else has booked the slot: 409 `SlotUnavailable`, or the slot is no longer in the list.
    SlotTaken,
    /// 409 `PatientDoubleBooked`: the patient has another visit at that time.
    DoubleBooked,
    /// Any other 409, `UnknownAppointmentConflict` among them.
    UnknownConflict,
    /// 412: the patient must be on this clinician's panel first.
    NotOnPanel,
    /// 423: the account is locked.
    AccountLocked,
    /// 400 `Patient has no links`: the patient has no record in that EHR system.
    NoLinks,
    /// The system does not know the patient: 404 `Patient not found`, or, for an on-demand visit, 400
    /// `PATIENT_RECORD_NOT_FOUND`.
    PatientNotFound,
    /// 401: there is no token, or the system rejects it.
    SignedOut,
    /// 400 `REGION_BUSY`: the region takes no on-demand visits now (§2.28).
    RegionBusy,
    /// 409 for an on-demand visit: no clinician is free now (§2.28, Q10).
    NobodyFree,
    /// 429: too many requests; the booking was not processed.
    Busy,
    /// Any other 4xx, except 408 and 499, after which the outcome is unknown.
    Rejected,
}

impl Refusal {
    /// Whether the refusal is a conflict about a time (409). If a browser sends a booking again by itself after the
    /// system has booked the visit, the system refuses the second request with a conflict.
    pub fn is_conflict(self) -> bool {
        match self {
            Self::SlotTaken | Self::DoubleBooked | Self::UnknownConflict => true,
            Self::NotOnPanel
            | Self::AccountLocked
            | Self::NoLinks
            | Self::PatientNotFound
            | Self::SignedOut
            | Self::RegionBusy
            | Self::NobodyFree
            | Self::Busy
            | Self::Rejected => false,
        }
    }
}

/// The outcome of one booking call.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Outcome {
    /// The system has confirmed the booking.
    Booked(Confirmation),
    /// The system has refused the booking: nothing is booked.
    Refused(Refusal),
    /// The visit may be booked: there was no answer, a 2xx that could not be read, or a status that is no clear
    /// refusal (408, 499, 5xx, …). The booking is never sent again.
    Unknown,
}
