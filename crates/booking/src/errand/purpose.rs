//! What each of an errand's requests is for. An answer is taken by its purpose alone.

/// What an awaited request is for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub(crate) enum Purpose {
    /// Finding a searched time's clinic, for its `urlName`.
    ResolvePlace,
    /// Finding a searched time.
    Resolve,
    MailRule,
    Token,
    Patient,
    Save,
    SaveOther,
    Match,
    Card,
    Book,
    /// The patient's visits as they are before the press.
    ListBefore,
    /// Looking for a booking that was not answered, or whose refusal may be of its own making.
    Look,
    Issuers,
    Coupon(String),
    /// Time to look at the line again.
    Tick,
    VisitWait,
    Standing,
    CancelRules,
    /// Leaving a line.
    Leave,
    ClinicVisits,
    /// The clinic of a visit.
    VisitPlace,
    CancelReasons,
    /// Cancelling a clinic visit.
    CancelVisit,
}
