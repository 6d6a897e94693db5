//! Slots: from the two bookable sources (API reference §2.3, §2.6), and from the searches, which give no slot id
//! (§3.5).

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
    /// A search (§2.8, §2.12, §2.13), at a clinic where any clinician will do. Has no slot id: the slot is found again
    /// in the clinic's own list before it is booked.
    SearchedDepartment,
    /// A search, with a clinician. Has no slot id: the slot is found again in the clinician's list before it is booked.
    SearchedClinician,
}

impl Source {
    /// Whether the patient chooses this clinician, so that slots of different clinicians are different choices.
    pub fn names_clinician(self) -> bool {
        matches!(self, Self::Clinician | Self::SearchedClinician)
    }

    /// Whether the slot has to be found again in a bookable list.
    pub fn is_search(self) -> bool {
        matches!(self, Self::SearchedDepartment | Self::SearchedClinician)
    }
}

/// One open slot.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Slot {
    /// Opaque; sent back unchanged at booking. `None` from a search.
    pub id: Option<SlotId>,
    /// The list that the slot came from.
    pub source: Source,
    /// The clinician.
    pub npi: Npi,
    /// The clinician's internal id, which retail bookings need (Q33). Empty if the source has none.
    pub provider: ProviderId,
    /// The clinic. Its EHR part is the system into which the visit is booked.
    pub place: DepartmentIdentifier,
    /// The visit type that was searched for.
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
    /// The response's own zone, if it names one.
    pub zone: Option<Zone>,
    /// In the order of the response.
    pub slots: Vec<Slot>,
    /// How many slots or days could not be read.
    pub dropped: u32,
}

impl Slots {
    /// Whether the response had slots but none could be read. That is not the same as no slots.
    pub fn is_unreadable(&self) -> bool {
        self.slots.is_empty() && self.dropped > 0
    }

    /// This answer, or [`ApiError::Unreadable`] if it had slots but none could be read.
    pub(crate) fn readable(self) -> Result<Self, ApiError> {
        if self.is_unreadable() { Err(ApiError::Unreadable) } else { Ok(self) }
    }
}
