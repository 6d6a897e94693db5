//! What each of the finder's requests is for. An answer is taken by its purpose alone.

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
        /// A clinician's v5 times; `None` = of what is around.
        npi: Option<Npi>,
        /// Where the page begins; `None` = the first one.
        from: Option<NaiveDate>,
    },
    /// The first time near, for the comparison of ways.
    Glimpse,
    Practice,
    Waits,
    /// Time to look again.
    Tick,
}

impl Purpose {
    /// Reads of times; a new visit type makes them pointless.
    pub(super) fn is_slots(&self) -> bool {
        matches!(self, Self::DepartmentSlots(_) | Self::ClinicianSlots(..) | Self::Options { .. })
    }

    /// Reads of names and places that the first view waits for.
    pub(super) fn is_directory(&self) -> bool {
        matches!(self, Self::Department(_) | Self::Clinician(_) | Self::Brand)
    }
}
