//! What happens to the flow: what the patient does, what the host page does, and answers to its commands.

use super::command::RequestId;
use super::outcome::{Outcome, Trouble};
use super::state::Way;
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, PatientGuid, RegionCode, VisitId, VisitType};
use crate::on_demand::{Modality, Pool, Practice, Qualifier, Standing, VisitWait};
use crate::patient::{Details, Patient};
use crate::payment::{Coupon, Issuer};
use crate::place::{Clinician, Department};
use crate::schedule::Time;
use crate::search::{Found, Search};
use crate::slot::Slots;
use crate::visits::{CancelReason, CancelRules, ClinicVisit};

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
    /// To both cancels.
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
