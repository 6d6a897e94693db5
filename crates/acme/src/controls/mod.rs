//! What the control port sets, and what Acme records for it. The handlers of the control port are in `control`.

pub mod availability;
pub mod contexts;
pub mod faults;
pub mod intents;
pub mod log;
pub mod on_demand;
pub mod reports;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::refusal::{CYCLE, Variant};
use crate::store::bookings::ConflictOrder;

/// What tests set or read through the control port, apart from the clock and the database.
#[derive(Default)]
pub struct Controls {
    /// The log of received requests.
    pub log: log::Log,
    /// The faults set for coming requests.
    pub faults: faults::Faults,
    /// Booking POSTs by intent.
    pub intents: intents::Intents,
    /// Access to the searches without a key.
    pub availability: availability::AvailabilityControl,
    /// The search contexts issued.
    pub contexts: contexts::Contexts,
    /// The hand-offs to the scheduling pages.
    pub hand_offs: availability::HandOffs,
    /// Regions and coupons whose answers a test has set.
    pub on_demand: on_demand::OnDemand,
    /// The reports started.
    pub reports: reports::Reports,
    cors_off: AtomicBool,
    comparison_off: AtomicBool,
    conflict_order: Mutex<Option<ConflictOrder>>,
    envelope: Mutex<Envelope>,
    dressed: AtomicUsize,
}

/// The error envelope in which Acme writes errors.
#[derive(Clone, Copy)]
pub enum Envelope {
    /// Every error has this envelope.
    Always(Variant),
    /// Each error has the next envelope of [`CYCLE`].
    Cycle,
}

impl Default for Envelope {
    fn default() -> Self {
        Self::Always(Variant::E2)
    }
}

impl Controls {
    /// Whether CORS headers are sent.
    pub fn cors_is_on(&self) -> bool {
        !self.cors_off.load(Ordering::Relaxed)
    }

    /// Sets whether CORS headers are sent.
    pub fn set_cors(&self, is_on: bool) {
        self.cors_off.store(!is_on, Ordering::Relaxed);
    }

    /// Whether bookings are compared with the patient's record.
    pub fn compares_records(&self) -> bool {
        !self.comparison_off.load(Ordering::Relaxed)
    }

    /// Sets whether bookings are compared with the patient's record.
    pub fn set_comparison(&self, is_on: bool) {
        self.comparison_off.store(!is_on, Ordering::Relaxed);
    }

    /// Which conflict Acme reports if a booking has both: the patient has a visit at that time, and the slot is
    /// taken. `None` leaves the choice to the settings.
    pub fn conflict_order(&self) -> Option<ConflictOrder> {
        *self.conflict_order.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets which of the two conflicts Acme reports; `None` leaves the choice to the settings.
    pub fn set_conflict_order(&self, order: Option<ConflictOrder>) {
        *self.conflict_order.lock().unwrap_or_else(PoisonError::into_inner) = order;
    }

    /// The envelope of the next error; if a cycle is set, advances the cycle.
    pub fn next_envelope(&self) -> Variant {
        match *self.envelope.lock().unwrap_or_else(PoisonError::into_inner) {
            Envelope::Always(variant) => variant,
            Envelope::Cycle => CYCLE[self.dressed.fetch_add(1, Ordering::Relaxed) % CYCLE.len()],
        }
    }

    /// Sets the envelope of coming errors; a cycle starts over.
    pub fn set_envelope(&self, envelope: Envelope) {
        *self.envelope.lock().unwrap_or_else(PoisonError::into_inner) = envelope;
        self.dressed.store(0, Ordering::Relaxed);
    }

    /// Removes everything that tests have set, and everything recorded.
    pub fn reset(&self) {
        self.log.clear();
        self.faults.clear();
        self.intents.clear();
        self.availability.set(availability::Availability::default());
        self.contexts.expire();
        self.hand_offs.clear();
        self.on_demand.reset();
        self.reports.reset();
        self.set_cors(true);
        self.set_comparison(true);
        self.set_conflict_order(None);
        self.set_envelope(Envelope::default());
    }
}
