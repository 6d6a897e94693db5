//! Slots as the two bookable sources give them (API reference §2.3, §2.6).

use crate::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, VisitType, VisitTypeId, Zone};
use crate::time::Moment;

/// One bookable slot.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Slot {
    /// Opaque; goes back verbatim at booking.
    pub id: SlotId,
    /// The clinician.
    pub npi: Npi,
    /// The clinician's internal id; retail bookings want it (Q33).
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
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Slots {
    /// The response's own zone, where it names one.
    pub zone: Option<Zone>,
    /// In the order of the response.
    pub slots: Vec<Slot>,
    /// How many slots or days could not be read.
    pub dropped: u32,
}
