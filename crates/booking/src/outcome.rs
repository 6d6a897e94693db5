//! What a booking call can come to, and why a read can fail: the answers that a machine takes.

use crate::ids::VisitId;

/// Why a read gave nothing. Each has its own words and way on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// No answer: offline, refused, cut off, too slow.
    Network,
    /// The server said it cannot now (429, 5xx).
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
    /// Where to click.
    pub join_url: Option<String>,
    /// To dial in.
    pub toll_number: Option<String>,
    /// To type once dialled in.
    pub conference_id: Option<String>,
    /// To type once dialled in.
    pub password: Option<String>,
}

/// A booking the system confirmed.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Confirmation {
    /// The visit.
    pub visit: VisitId,
    /// Set for a video visit.
    pub meeting: Option<Meeting>,
    /// The waiting room of an on-demand visit (§2.28); `https:` only, or `http:` on loopback where the host is there too. A
    /// phone visit has none.
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
    /// 400 `REGION_BUSY`: an on-demand region takes nobody in now (§2.28).
    RegionBusy,
    /// 409 of an on-demand visit: nobody is there to see the patient now (§2.28, Q10).
    NobodyFree,
    /// 429: too many requests; nothing was taken in.
    Busy,
    /// Any other 4xx.
    Rejected,
}

impl Refusal {
    /// The time cannot be had (409). A booking that was carried out and then sent again is answered with one of these.
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

/// What became of one booking call.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Outcome {
    /// Confirmed.
    Booked(Confirmation),
    /// Definitely not booked.
    Refused(Refusal),
    /// It may or may not be booked: no answer, a 5xx, or a 2xx that could not be read. Never sent again.
    Unknown,
}
