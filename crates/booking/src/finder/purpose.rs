//! What each of the finder's requests is for. The purpose alone decides how an answer is handled.

use chrono::NaiveDate;

use crate::api::DepartmentKey;
use crate::ids::{Npi, UrlName};

/// What an awaited request is for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Purpose {
    Department(DepartmentKey),
    DepartmentSlots(UrlName),
    Clinician(Npi),
    ClinicianSlots(Npi, NaiveDate, NaiveDate),
    Lookahead,
    /// A brand's clinics: to choose from, or for their towns.
    Brand,
    /// A page of a search.
    Options {
        /// The clinician whose v5 times are read; `None` = the search is around a place.
        npi: Option<Npi>,
        /// Where the page begins; `None` = the first one.
        from: Option<NaiveDate>,
    },
    /// The first time near, for the comparison of ways.
    Glimpse,
    Practice,
    Waits,
    /// The timer for the next read.
    Tick,
}

impl Purpose {
    /// Whether this is a read of times. A new visit type cancels these.
    pub(super) fn is_slots(&self) -> bool {
        matches!(self, Self::DepartmentSlots(_) | Self::ClinicianSlots(..) | Self::Options { .. })
    }

    /// Whether this is a read of names and places that the first view waits for.
    pub(super) fn is_directory(&self) -> bool {
        matches!(self, Self::Department(_) | Self::Clinician(_) | Self::Brand)
    }
}
