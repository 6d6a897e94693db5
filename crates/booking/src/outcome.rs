//! The outcomes of a booking call, and why a read can fail: the answers that a machine handles.

use crate::ids::VisitId;

/// Why a read failed. For each the screen shows other words and another way to go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApiError {
    /// No answer: offline, connection refused or cut off, or too slow.
    Network,
    /// The server cannot answer now (429, 5xx).
    Server,
    /// 404.
    NotFound,
    /// 401.
    SignedOut,
    /// 423: the account is locked.
    Locked,
    /// Any other refusal (400, 403, 432, …).
    Rejected,
    /// An answer that could not be read.
    Unreadable,
}

/// How to join a visit by video (API reference §2.26). Links are `https:` only; others are dropped when read.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Meeting {
    /// The link to join.
    pub join_url: Option<String>,
    /// The phone number to dial.
    pub toll_number: Option<String>,
    /// The id to type after dialling.
    pub conference_id: Option<String>,
    /// The password to type after dialling.
    pub password: Option<String>,
}

/// A booking that the system confirmed.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Confirmation {
    /// The id of the visit.
    pub visit: VisitId,
    /// Set for a video visit.
    pub meeting: Option<Meeting>,
    /// The waiting room of an on-demand visit by video (§2.28). `https:` only, or `http:` on loopback if the host is on
    /// loopback too. `None` for a phone visit.
    pub room: Option<String>,
}

/// Why the system refused a booking (API reference §2.25, §2.26). Nothing was booked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// 409 `SlotUnavailable`.
    SlotTaken,
    /// 409 `PatientDoubleBooked`.
    DoubleBooked,
    /// Any other 409, `UnknownAppointmentConflict` among them.
    UnknownConflict,
    /// 412: the patient must be on this clinician's panel first.
    NotOnPanel,
    /// 423.
    AccountLocked,
    /// 400 `Patient has no links`: no record in that EHR.
    NoLinks,
    /// 404 `Patient not found`.
    PatientNotFound,
    /// 401.
    SignedOut,
    /// 400 `REGION_BUSY`: the region takes no on-demand visits now (§2.28).
    RegionBusy,
    /// 409 for an on-demand visit: no clinician is free now (§2.28, Q10).
    NobodyFree,
    /// 429: too many requests; the booking was not processed.
    Busy,
    /// Any other 4xx.
    Rejected,
}

impl Refusal {
    /// Whether the time conflicts with another booking (409). A booking that was carried out and then sent again gets
    /// such an answer.
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
    /// Confirmed.
    Booked(Confirmation),
    /// Certainly not booked.
    Refused(Refusal),
    /// Possibly booked: no answer, a 5xx, or a 2xx that could not be read. Never sent again.
    Unknown,
}
