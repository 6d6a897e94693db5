//! What happens to the flow: what the patient does, what the host page does, and answers to its commands.

use super::command::RequestId;
use super::state::Way;
use crate::api::Answer;
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, RegionCode, VisitId, VisitType};
use crate::on_demand::{Modality, Qualifier};
use crate::patient::Details;
use crate::schedule::Time;
use crate::search::Search;

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

/// Which of the lines the page offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lane {
    /// The region's own.
    General,
    /// The clinic's (§3.4).
    Clinic,
    /// The clinician's (§3.4).
    Clinician,
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
    /// Another of the page's ways to be seen.
    Take(Way),
    /// A ZIP or a town was typed.
    Seek(String),
    /// The device told where it is, in degrees.
    SeekPoint(f64, f64),
    /// Another search around the place.
    Refine(Box<Search>),
    /// One of the brand's clinics, or `None` to choose again.
    PickClinic(Option<DepartmentIdentifier>),
    /// The region the patient is in.
    PickRegion(RegionCode),
    /// For whom an on-demand visit is.
    ForWhom(Qualifier),
    /// Join a line.
    Join(Modality, Lane),
    /// The terms of an on-demand visit are accepted, or no longer.
    AcceptTerms(bool),
    /// Insurance was chosen: the list of insurers is needed.
    NeedIssuers,
    /// Check this coupon; an empty one says that the code is being changed.
    CheckCoupon(String),
    /// The host's card field gave a token, or none. The token itself never enters the flow.
    Card(RequestId, bool),
    /// The time asked for by [`super::command::Command::Later`] has passed.
    Ticked(RequestId),
    /// The host page shows its own sign-in.
    SignInTaken,
    /// Look at what is booked.
    MyVisits,
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
