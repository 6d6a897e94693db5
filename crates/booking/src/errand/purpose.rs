//! What each of an errand's requests is for. The purpose alone decides how an answer is handled.

/// What an awaited request is for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub(crate) enum Purpose {
    /// Reading the clinic of a time from a search, for its `urlName`.
    ResolvePlace,
    /// Finding a time from a search in a bookable list.
    Resolve,
    MailRule,
    Token,
    Patient,
    Save,
    SaveOther,
    Match,
    Card,
    Book,
    /// Reading the patient's visits before the submit.
    ListBefore,
    /// Looking in the patient's visits for a booking that was not answered, or that may have been refused only because
    /// it was sent twice.
    Look,
    Issuers,
    Coupon(String),
    /// The timer for the next look at the line, or for the card field.
    Tick,
    VisitWait,
    VisitStatus,
    CancelRules,
    /// Leaving a line.
    Leave,
    ClinicVisits,
    /// Reading the clinic of a listed visit.
    VisitPlace,
    CancelReasons,
    /// Cancelling a clinic visit.
    CancelVisit,
}
