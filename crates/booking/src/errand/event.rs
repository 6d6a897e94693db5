//! What happens to an errand: what the patient and the host page do, and the answers to its commands.

use crate::api::Answer;
use crate::ids::VisitId;
use crate::patient::Details;
use crate::request::RequestId;

/// What the host page's `getToken` returned. The token itself never enters the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenAnswer {
    /// There is a token. The number stands for it, and changes whenever the token does; see [`session`].
    Held(u32),
    /// No token: nobody is signed in.
    None,
    /// A value that is not a string. The errand treats it as no token, and reports it to the page's owner.
    NotText,
    /// `getToken` threw or rejected.
    Failed,
}

/// Makes the number that stands for a token: from how often the token has changed, and which person it names (0 =
/// it names nobody). If a page issues a new token for every call, `changes` grows and `person` stays the same.
pub const fn session(changes: u32, person: u32) -> u32 {
    (person << 16) | (changes & 0xffff)
}

/// Whether two tokens are the same, or name the same person. The arguments are numbers made by [`session`].
pub(crate) const fn same_person(a: u32, b: u32) -> bool {
    a == b || (a >> 16 != 0 && a >> 16 == b >> 16)
}

/// Whether two tokens name different people. False if either of them names nobody.
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
    /// Whether a listener of the host page took the time of [`super::command::Command::HandOver`].
    HandedOver(bool),
    /// "Sign in" was pressed.
    SignIn,
    /// The host page reports that the patient has signed in, so that there is a token now.
    SignedIn,
    /// The host page handles the sign-in itself.
    SignInTaken,
    /// The patient has completed the patient step with these details, which are valid.
    Give(Box<Details>),
    /// Go back one step.
    Back,
    /// Choose another time; everything entered is kept.
    ChangeTime,
    /// Go from the review back to the patient step, to change the details.
    ChangeDetails,
    /// The patient has changed an entry of the form.
    Edit,
    /// The host page has other questions now.
    QuestionsChanged,
    /// The host page names another tenant now, whose insurers are others.
    TenantChanged,
    /// The patient accepts the terms of an on-demand visit (`true`), or no longer accepts them.
    AcceptTerms(bool),
    /// The patient chose insurance: read the list of insurers.
    NeedIssuers,
    /// Check this coupon. Empty = the patient is changing the code.
    CheckCoupon(String),
    /// "Book this visit" was pressed at the review.
    Submit,
    /// Begin to cancel one of the clinic visits, by choosing a reason.
    AskToCancel(VisitId),
    /// Cancel the visit for the reason with this code.
    CancelVisit(String),
    /// Keep the visit, or the place in line, instead of cancelling.
    Keep,
    /// Begin to leave the line, by choosing a reason.
    AskToLeave,
    /// Leave the line, for the reason with this code; `None` = no reason was chosen.
    Leave(Option<String>),
    /// The patient closes a visit that has begun or is over: go back to the lines.
    AfterVisit,
    /// The page became visible or online again.
    Wake,
    /// Retry what failed.
    Retry,
}
