//! What happens to the flow: what the patient does, what the host page does, and answers to its commands.

use super::command::RequestId;
use super::outcome::{Outcome, Trouble};
use crate::filter::Filter;
use crate::ids::{PatientGuid, VisitType};
use crate::patient::{Details, Patient};
use crate::place::{Clinician, Department};
use crate::schedule::Time;
use crate::slot::Slots;

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
    /// To both bookings.
    Booking(Outcome),
}

/// What the host's `getToken` came to. The token itself never enters the flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenAnswer {
    /// There is one; the number changes whenever the token does. See [`session`].
    Held(u32),
    /// Not signed in.
    None,
    /// Not a string: as good as none, and a defect of the page.
    NotText,
    /// It threw or rejected.
    Failed,
}

/// The number of a token: how often it has changed, and whose it says it is (0 = it does not say). Pages that mint a
/// token for every call change the first and not the second.
pub const fn session(changes: u32, person: u32) -> u32 {
    (person << 16) | (changes & 0xffff)
}

/// Whether two tokens say that they are the same person's.
pub(super) const fn same_person(a: u32, b: u32) -> bool {
    a == b || (a >> 16 != 0 && a >> 16 == b >> 16)
}

/// One thing that happened.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Event {
    /// A new configuration: forget everything, begin.
    Start,
    /// An answer came.
    Answered(RequestId, Answer),
    /// `getToken` answered.
    Token(RequestId, TokenAnswer),
    /// The host took the time over (or nobody did).
    HandedOver(bool),
    /// Another visit type.
    PickType(VisitType),
    /// Narrow or widen the times on screen.
    Narrow(Filter),
    /// More days.
    More,
    /// A time was chosen.
    Choose(Box<Time>),
    /// "Sign in" was pressed.
    SignIn,
    /// The host says there is a token now.
    SignedIn,
    /// The patient step was filled in, and is valid.
    Give(Box<Details>),
    /// One step back.
    Back,
    /// Choose another time; everything entered stays.
    ChangeTime,
    /// Look at the details again.
    ChangeDetails,
    /// Book it.
    Submit,
    /// The page is looked at again, or is online again.
    Wake,
    /// Try what failed once more.
    Retry,
    /// The host wants the times read again.
    Refresh,
    /// Forget every entry and begin again.
    Reset,
}
