//! What happens to an errand: what the patient and the host page do, and the answers to its commands.

use crate::api::Answer;
use crate::ids::VisitId;
use crate::patient::Details;
use crate::request::RequestId;

/// What the host page's `getToken` returned. The token itself never enters the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenAnswer {
    /// A token; the number changes whenever the token does. See [`session`].
    Held(u32),
    /// No token: nobody is signed in.
    None,
    /// Not a string: treated as no token, and reported as a defect of the page.
    NotText,
    /// `getToken` threw or rejected.
    Failed,
}

/// Makes the number of a token from how often the token has changed and which person it names (0 = it names nobody). On
/// pages that issue a new token for every call, the first changes and the second does not.
pub const fn session(changes: u32, person: u32) -> u32 {
    (person << 16) | (changes & 0xffff)
}

/// Whether two tokens say that they belong to the same person.
pub(crate) const fn same_person(a: u32, b: u32) -> bool {
    a == b || (a >> 16 != 0 && a >> 16 == b >> 16)
}

/// Whether two tokens say that they belong to different people. A token that names nobody never does.
pub(crate) const fn is_someone_else(a: u32, b: u32) -> bool {
    a >> 16 != 0 && b >> 16 != 0 && a >> 16 != b >> 16
}

/// One event for an errand.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Event {
    /// The answer to a read or a write.
    Answered(RequestId, Answer),
    /// The result of `getToken`.
    Token(RequestId, TokenAnswer),
    /// Whether the host page's card field returned a token. The token itself never enters the machine.
    Card(RequestId, bool),
    /// The time asked for by [`super::command::Command::Later`] has passed.
    Ticked(RequestId),
    /// Whether the host page took the time that was handed over.
    HandedOver(bool),
    /// "Sign in" was pressed.
    SignIn,
    /// The host page reports that there is a token now.
    SignedIn,
    /// The host page handles the sign-in itself.
    SignInTaken,
    /// The patient step was completed with valid details.
    Give(Box<Details>),
    /// Go back one step.
    Back,
    /// Choose another time; everything entered is kept.
    ChangeTime,
    /// Change the details.
    ChangeDetails,
    /// Whether the terms of an on-demand visit are accepted.
    AcceptTerms(bool),
    /// The patient chose insurance: read the list of insurers.
    NeedIssuers,
    /// Check this coupon. Empty = the patient is changing the code.
    CheckCoupon(String),
    /// Book the visit.
    Submit,
    /// Begin to cancel one of the clinic visits, by choosing a reason.
    AskToCancel(VisitId),
    /// Cancel the visit for the reason with this code.
    CancelVisit(String),
    /// Keep the visit, or the place in line, instead of cancelling.
    Keep,
    /// Begin to leave the line, by choosing a reason.
    AskToLeave,
    /// Leave the line, for the reason with this code.
    Leave(Option<String>),
    /// The patient is done with a visit that is over: go back to the lines.
    AfterVisit,
    /// The page became visible or online again.
    Wake,
    /// Retry what failed.
    Retry,
}
