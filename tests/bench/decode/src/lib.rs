//! Reads and groups a clinician's times with the widget's crates and the release's compiler profile, so that the
//! benchmark can measure these two steps without a hook in the release. Zones have a fixed offset here: the widget
//! calls `Intl` about once for each day of an answer, however many slots the answer has, and the compared JavaScript
//! calls no `Intl` either.

use std::sync::Arc;

use booking::filter::Filter;
use booking::ids::{Npi, VisitType, Zone};
use booking::schedule::{self, Reading};
use booking::slot::Slot;
use booking::time::Zones;
use chrono::NaiveDate;
use dexcare::{Call, ProviderTimeslots};
use wasm_bindgen::prelude::*;

/// The offset of Pacific Standard Time from UTC, in seconds.
const OFFSET: i32 = -8 * 3600;

struct Pacific;

impl Zones for Pacific {
    fn offset(&self, _: &Zone, _: i64) -> Option<i32> {
        Some(OFFSET)
    }
}

/// The slots of one answer, and the time zone that the answer names.
#[wasm_bindgen]
pub struct Decoded(Vec<Slot>, Option<Zone>);

/// Reads an answer with a clinician's timeslots; `None` if `body` is no such answer.
#[wasm_bindgen]
pub fn decode(body: &[u8]) -> Option<Decoded> {
    let call = ProviderTimeslots {
        npi: Npi::from_wire("1234567893"),
        visit_type: VisitType::new("NewPatient"),
        start: NaiveDate::MIN,
        end: NaiveDate::MAX,
    };
    call.read(body).map(|answer| Decoded(answer.slots, answer.zone))
}

#[wasm_bindgen]
impl Decoded {
    /// How many slots were read.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Merges equal slots and groups them by day; returns the number of times and of days.
    pub fn group(&self) -> Vec<u32> {
        let zone_of = |_: &_| self.1.clone();
        let times = schedule::times(&self.0, &Reading { zone_of: &zone_of, zones: &Pacific });
        let days = schedule::days(&times.into_iter().map(Arc::new).collect::<Vec<_>>(), &Filter::default());
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        vec![number(days.iter().map(|day| day.times.len()).sum()), number(days.len())]
    }
}
