//! Slots: from the two lists from which they can be booked (API reference §2.3, §2.6), and from searches, which
//! return no slot ids (§3.5).

use crate::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, VisitType, VisitTypeId, Zone};
use crate::outcome::ApiError;
use crate::time::Moment;

/// The list that a slot came from, which decides how the slot is booked.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Source {
    /// A clinic's own list (§2.3): booked as a retail visit, with any clinician there.
    Department,
    /// A clinician's own list (§2.6): booked with that clinician.
    Clinician,
    /// A search (§2.12, §2.13), at a clinic where the patient can see any clinician. The slot has no id, so it is
    /// looked up in the clinic's own list before it is booked.
    SearchedDepartment,
    /// A search (§2.8, §2.12, §2.13), with this clinician. The slot has no id, so it is looked up in the clinician's
    /// own list before it is booked.
    SearchedClinician,
}

impl Source {
    /// Whether the patient chooses this clinician, so that slots of different clinicians are different choices.
    pub fn names_clinician(self) -> bool {
        matches!(self, Self::Clinician | Self::SearchedClinician)
    }

    /// Whether the slot comes from a search, so that it has to be looked up in a list from which it can be booked.
    pub fn is_search(self) -> bool {
        matches!(self, Self::SearchedDepartment | Self::SearchedClinician)
    }
}

/// One open slot.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Slot {
    /// The slot's opaque id, which a booking sends back unchanged; `None` if the slot comes from a search.
    pub id: Option<SlotId>,
    /// The list that the slot came from.
    pub source: Source,
    /// The clinician.
    pub npi: Npi,
    /// DexCare's own id of the clinician, which a booking at a clinic needs (Q33). Empty if the list does not contain
    /// it.
    pub provider: ProviderId,
    /// The clinic. Its `ehr` is the EHR system into which the visit is booked.
    pub place: DepartmentIdentifier,
    /// The visit type: the one that was asked for, or the one that the answer to a search names.
    pub visit_type: VisitType,
    /// The EMR's id of the visit type.
    pub visit_type_id: VisitTypeId,
    /// Length in minutes; 0 when the server did not say.
    pub minutes: u16,
    /// When the slot begins, with the offset in the response.
    pub at: Moment,
}

/// A timeslots response: the slots that could be read, and the number of those that could not.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Slots {
    /// The time zone that the response names, if it names one.
    pub zone: Option<Zone>,
    /// The slots that could be read, in the order of the response.
    pub slots: Vec<Slot>,
    /// How many slots, or rows with slots (of a day, a visit type or a clinic), could not be read.
    pub dropped: u32,
}

impl Slots {
    /// Whether the response had slots but none could be read, which is not the same as a response without slots.
    pub fn is_unreadable(&self) -> bool {
        self.slots.is_empty() && self.dropped > 0
    }

    /// This answer, or [`ApiError::Unreadable`] if it had slots but none could be read.
    pub(crate) fn readable(self) -> Result<Self, ApiError> {
        if self.is_unreadable() { Err(ApiError::Unreadable) } else { Ok(self) }
    }
}
