//! What each of the finder's requests is for. The purpose alone decides how an answer is handled.

use chrono::NaiveDate;

use crate::api::DepartmentKey;
use crate::ids::{EhrSystem, Npi, UrlName};

/// What an awaited request is for.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Purpose {
    Department(DepartmentKey),
    DepartmentSlots(UrlName),
    Clinician(Npi),
    ClinicianSlots(Npi, NaiveDate, NaiveDate),
    Lookahead(EhrSystem),
    /// Reading a brand's clinics: for the patient to choose from, or to find a town that the patient typed.
    Brand,
    /// Reading a page of a search.
    Options {
        /// The clinician whose v5 times are read; `None` = the search is around a place.
        npi: Option<Npi>,
        /// The first day of the page; `None` = it is the first page.
        from: Option<NaiveDate>,
    },
    /// Reading the first time of any clinician nearby, for comparing the ways to be seen.
    Glimpse,
    Practice,
    Waits,
    /// The timer after which the waits are read again.
    Tick,
}

impl Purpose {
    /// Whether this is a read of times. When the visit type changes, these reads are cancelled.
    pub(super) fn is_slots(&self) -> bool {
        matches!(self, Self::DepartmentSlots(_) | Self::ClinicianSlots(..) | Self::Options { .. })
    }

    /// Whether this is a read of names and places that the first view waits for.
    pub(super) fn is_directory(&self) -> bool {
        matches!(self, Self::Department(_) | Self::Clinician(_) | Self::Brand)
    }
}
