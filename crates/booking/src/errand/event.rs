//! What happens to an errand: what the patient and the host page do, and answers to its commands.

use crate::api::Answer;
use crate::ids::VisitId;
use crate::patient::Details;
use crate::request::RequestId;

/// What the host's `getToken` came to. The token itself never enters the machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenAnswer {
    /// There is one; the number changes whenever the token does. See [`session`].
    Held(u32),
    /// Not signed in.
    None,
    /// Not a string: treated as no token, and reported as a defect of the page.
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
pub(crate) const fn same_person(a: u32, b: u32) -> bool {
    a == b || (a >> 16 != 0 && a >> 16 == b >> 16)
}

/// Whether two tokens say that they are of different people. One that does not say whose it is says neither.
pub(crate) const fn is_someone_else(a: u32, b: u32) -> bool {
    a >> 16 != 0 && b >> 16 != 0 && a >> 16 != b >> 16
}

/// One thing that happened.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub enum Event {
    /// An answer came.
    Answered(RequestId, Answer),
    /// `getToken` answered.
    Token(RequestId, TokenAnswer),
    /// The host's card field gave a token, or none. The token itself never enters the machine.
    Card(RequestId, bool),
    /// The time asked for by [`super::command::Command::Later`] has passed.
    Ticked(RequestId),
    /// The host took the time over (or nobody did).
    HandedOver(bool),
    /// "Sign in" was pressed.
    SignIn,
    /// The host says there is a token now.
    SignedIn,
    /// The host page shows its own sign-in.
    SignInTaken,
    /// The patient step was filled in, and is valid.
    Give(Box<Details>),
    /// One step back.
    Back,
    /// Choose another time; everything entered stays.
    ChangeTime,
    /// Look at the details again.
    ChangeDetails,
    /// The terms of an on-demand visit are accepted, or no longer.
    AcceptTerms(bool),
    /// Insurance was chosen: the list of insurers is needed.
    NeedIssuers,
    /// Check this coupon; an empty one says that the code is being changed.
    CheckCoupon(String),
    /// Book it.
    Submit,
    /// Cancel one of the clinic visits: which reason?
    AskToCancel(VisitId),
    /// Cancel it, for this reason (its code).
    CancelVisit(String),
    /// Keep the visit, or the place in line.
    Keep,
    /// Leave the line: which reason?
    AskToLeave,
    /// Leave it, for this reason (its code).
    Leave(Option<String>),
    /// The visit is over; back to where lines are joined.
    AfterVisit,
    /// The page is looked at again, or is online again.
    Wake,
    /// Try what failed once more.
    Retry,
}
