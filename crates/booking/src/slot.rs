//! Slots: from the two bookable sources (API reference §2.3, §2.6), and from the searches, which give no slot id
//! (§3.5).

use crate::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, VisitType, VisitTypeId, Zone};
use crate::outcome::Trouble;
use crate::time::Moment;

/// Which list a slot came from, and with it how it is booked.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Source {
    /// A clinic's own (§2.3): booked as a retail visit, with whoever is there.
    Department,
    /// A clinician's (§2.6): booked with that clinician.
    Clinician,
    /// A search (§2.8, §2.12, §2.13), at a clinic where any clinician will do. Has no id: it is found again in the
    /// clinic's own list before it is booked.
    SearchedDepartment,
    /// A search, with a clinician. Has no id: it is found again in the clinician's list before it is booked.
    SearchedClinician,
}

impl Source {
    /// Whether the patient comes for this very clinician: times of different ones are then different choices.
    pub fn names_clinician(self) -> bool {
        matches!(self, Self::Clinician | Self::SearchedClinician)
    }

    /// Whether it has to be found again before it can be booked.
    pub fn is_search(self) -> bool {
        matches!(self, Self::SearchedDepartment | Self::SearchedClinician)
    }
}

/// One open time.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Slot {
    /// Opaque; goes back verbatim at booking. A search gives none.
    pub id: Option<SlotId>,
    /// The list it came from.
    pub source: Source,
    /// The clinician.
    pub npi: Npi,
    /// The clinician's internal id; retail bookings want it (Q33). Empty where the source gives none.
    pub provider: ProviderId,
    /// Where. Its EHR part is the system the visit is booked into.
    pub place: DepartmentIdentifier,
    /// What was searched for.
    pub visit_type: VisitType,
    /// The EMR's id of it.
    pub visit_type_id: VisitTypeId,
    /// Length in minutes; 0 when the server did not say.
    pub minutes: u16,
    /// When, with the offset it came with.
    pub at: Moment,
}

/// A timeslots response, read tolerantly: good slots in, bad ones counted.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Slots {
    /// The response's own zone, where it names one.
    pub zone: Option<Zone>,
    /// In the order of the response.
    pub slots: Vec<Slot>,
    /// How many slots or days could not be read.
    pub dropped: u32,
}

impl Slots {
    /// Whether there were times, of which not one could be read: not the same as none.
    pub fn is_unreadable(&self) -> bool {
        self.slots.is_empty() && self.dropped > 0
    }

    /// The answer, where anything in it could be read.
    pub(crate) fn readable(self) -> Result<Self, Trouble> {
        if self.is_unreadable() { Err(Trouble::Unreadable) } else { Ok(self) }
    }
}
