//! What each of an errand's requests is for. The purpose decides which method handles the answer.

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
    /// Looking in the patient's visits for a booking whose outcome is unknown, or that the system may have refused only
    /// because the browser had sent it twice.
    Look,
    Issuers,
    Coupon(String),
    /// The timer after which the wait in line is read again, or after which the errand stops waiting for the card
    /// field.
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
