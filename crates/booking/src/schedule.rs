//! Turns slots into times to choose from: equal slots merged, grouped by the clinic's own day and part of day.
//!
//! # Example
//!
//! Dr. Dana Whitfield and Dr. Samuel Ortega each have a slot in Ballard at the same instant. The clinic's list
//! offers both with any clinician, so the patient has one time to choose. It is shown on the clinic's clock,
//! although the server wrote the instant in UTC.
//!
//! ```
//! use std::sync::Arc;
//!
//! use booking::filter::Filter;
//! use booking::ids::{DepartmentIdentifier, Npi, SlotId, Zone};
//! use booking::schedule::{Reading, by_part, days, times};
//! use booking::slot::Slot;
//! use booking::time::PartOfDay;
//! # use booking::ids::{ProviderId, VisitType, VisitTypeId};
//! # use booking::slot::Source;
//! # use booking::time::{Moment, Zones};
//! # struct Winter;
//! # impl Zones for Winter {
//! #     fn offset(&self, zone: &Zone, _: i64) -> Option<i32> {
//! #         (zone.as_str() == "America/Los_Angeles").then_some(-8 * 3600)
//! #     }
//! # }
//! # let dana = Slot {
//! #     id: Some(SlotId::new("ZGFuYQ==")),
//! #     source: Source::Department,
//! #     npi: Npi::from_wire("1234567893"),
//! #     provider: ProviderId::new("32261"),
//! #     place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
//! #     visit_type: VisitType::new("Illness"),
//! #     visit_type_id: VisitTypeId::new("4378"),
//! #     minutes: 20,
//! #     at: Moment::parse("2026-12-08T23:40:00Z").ok_or("no instant")?,
//! # };
//!
//! // `dana` is the slot of Dr. Whitfield, as the clinic's own list names it.
//! assert_eq!(dana.at.to_rfc3339(), "2026-12-08T23:40:00Z");
//! let samuel = Slot { id: Some(SlotId::new("c2FtdWVs")), npi: Npi::from_wire("1003000126"), ..dana.clone() };
//!
//! let zone_of = |_: &DepartmentIdentifier| Some(Zone::new("America/Los_Angeles"));
//! let times = times(&[dana, samuel], &Reading { zone_of: &zone_of, zones: &Winter });
//! assert_eq!((times.len(), times[0].slots.len()), (1, 2));
//!
//! let times: Vec<_> = times.into_iter().map(Arc::new).collect();
//! let days = days(&times, &Filter::default());
//! assert_eq!(days[0].date.to_string(), "2026-12-08");
//! assert!(by_part(&days[0])[0].0 == PartOfDay::Afternoon);
//! assert_eq!(days[0].times[0].local.time().to_string(), "15:40:00");
//! # Ok::<(), &str>(())
//! ```

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, Zone};
use crate::order;
use crate::slot::Slot;
use crate::time::{PartOfDay, Zones, local};

/// One time to choose: a slot and its siblings at the same clinic and instant.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Time {
    /// Equal slots, which the patient cannot tell apart. The first one is booked; if it has just been taken, the
    /// second one is tried, once.
    pub slots: Vec<Slot>,
    /// Date and time on the clinic's clock.
    pub local: NaiveDateTime,
    /// The offset of the local time, in seconds. It distinguishes the two 1:30s of the night when the clocks go back.
    pub offset: i32,
    /// The zone of the local time; `None` if no zone is known, and the local time uses the slot's own offset.
    pub zone: Option<Zone>,
}

impl Time {
    /// The slot that is booked first. A `Time` always has a slot, since it is made from one.
    pub fn slot(&self) -> &Slot {
        &self.slots[0]
    }

    /// The instant at which the time begins, in seconds since 1970.
    pub fn at(&self) -> i64 {
        self.slot().at.at
    }

    /// The clinic.
    pub fn place(&self) -> &DepartmentIdentifier {
        &self.slot().place
    }

    /// The part of the day in which the time begins, on the clinic's clock.
    pub fn part(&self) -> PartOfDay {
        PartOfDay::of_hour(self.local.hour())
    }

    /// Whether both are the same choice for the patient. Their slot ids may differ, for example because one was read
    /// later.
    pub fn same_choice(&self, other: &Self) -> bool {
        same(self.slot(), other.slot())
    }
}

/// The greatest number of slots that a time keeps. Only one is booked and one more is tried; the limit is for a
/// clinic that sends a thousand slots for one instant.
const MOST_SIBLINGS: usize = 100;

/// Whether two slots are the same choice for the patient: they have the same instant, clinic and visit type, and
/// the same clinician, if the patient chooses a clinician.
fn same(a: &Slot, b: &Slot) -> bool {
    let (names, also_names) = (a.source.names_clinician(), b.source.names_clinician());
    a.at.at == b.at.at
        && a.place == b.place
        && a.visit_type == b.visit_type
        && names == also_names
        && (!names || a.npi == b.npi)
}

/// Whether the server sent the same slot twice. Slots from a search have no ids, so they are compared by
/// clinician.
fn is_twin(a: &Slot, b: &Slot) -> bool {
    a.id == b.id && (a.id.is_some() || a.npi == b.npi)
}

/// The zones that are needed to turn slots into times.
pub struct Reading<'a> {
    /// Each clinic's own zone, if it is known yet.
    pub zone_of: &'a dyn Fn(&DepartmentIdentifier) -> Option<Zone>,
    /// Zone rules.
    pub zones: &'a dyn Zones,
}

/// Turns slots into times, sorted by instant, then clinic, then clinician. Equal slots are merged, and each slot
/// id is kept once.
///
/// A time is shown in its clinic's zone. If the widget or the browser does not know the zone, the time is shown
/// at the offset that its slot was written with.
pub fn times(slots: &[Slot], reading: &Reading) -> Vec<Time> {
    let mut order: Vec<&Slot> =
        order::by_number(slots.iter().map(|slot| slot.at.at)).into_iter().map(|at| &slots[at]).collect();
    order::insertion(&mut order, |a, b| {
        a.at.at == b.at.at && (&a.place, &a.npi, &a.id) < (&b.place, &b.npi, &b.id)
    });
    let mut times: Vec<Time> = Vec::new();
    for slot in order {
        // Slots are sorted by instant, clinic and clinician, so only the last few times can be the same choice.
        let is_near = |time: &&mut Time| {
            let last = time.slot();
            last.at.at == slot.at.at
                && last.place == slot.place
                && (!slot.source.names_clinician() || last.npi == slot.npi)
        };
        let twin = times.iter_mut().rev().take_while(is_near).find(|time| same(time.slot(), slot));
        match twin {
            Some(time) if time.slots.len() >= MOST_SIBLINGS => {}
            Some(time) if time.slots.iter().any(|known| is_twin(known, slot)) => {}
            Some(time) => time.slots.push(slot.clone()),
            None => times.push(time_of(slot, reading)),
        }
    }
    times
}

/// Turns one slot into a time.
pub fn time_of(slot: &Slot, reading: &Reading) -> Time {
    let zone = (reading.zone_of)(&slot.place);
    let known = zone.and_then(|zone| reading.zones.offset(&zone, slot.at.at).map(|offset| (zone, offset)));
    let (zone, offset) = known.map_or((None, slot.at.offset), |(zone, offset)| (Some(zone), offset));
    Time { slots: vec![slot.clone()], local: local(slot.at.at, offset), offset, zone }
}

/// A day with at least one time.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Day {
    /// The date, on the clinics' calendar.
    pub date: NaiveDate,
    /// The day's times, in order; shared with the other values that use them.
    pub times: Vec<Arc<Time>>,
}

/// The days with times that a filter admits, in order.
pub fn days(times: &[Arc<Time>], filter: &Filter) -> Vec<Day> {
    let mut admitted: Vec<&Arc<Time>> = times.iter().filter(|time| filter.admits(time)).collect();
    // With clinics in two zones, the order of local days may differ from the order of instants.
    order::insertion(&mut admitted, |a, b| a.local.date() < b.local.date());
    let mut days: Vec<Day> = Vec::new();
    for time in admitted {
        match days.last_mut() {
            Some(day) if day.date == time.local.date() => day.times.push(Arc::clone(time)),
            _ => days.push(Day { date: time.local.date(), times: vec![Arc::clone(time)] }),
        }
    }
    days
}

/// The times of a day by part of day; parts without times are left out.
pub fn by_part(day: &Day) -> Vec<(PartOfDay, Vec<&Time>)> {
    PartOfDay::ALL
        .into_iter()
        .map(|part| {
            (
                part,
                day.times.iter().map(|time| &**time).filter(|time| time.part() == part).collect::<Vec<_>>(),
            )
        })
        .filter(|(_, times)| !times.is_empty())
        .collect()
}

/// The `count` times nearest to an instant, for a patient whose own time has just been taken. `times` must be in order,
/// and the result is too.
pub fn nearest(times: &[Arc<Time>], at: i64, count: usize) -> Vec<Time> {
    // The nearest times are next to each other in the list: remove the one at the farther end until few enough are
    // left.
    let (mut from, mut to) = (0, times.len());
    while to - from > count {
        let (first, last) = (times[from].at().abs_diff(at), times[to - 1].at().abs_diff(at));
        if first > last { from += 1 } else { to -= 1 }
    }
    times[from..to].iter().map(|time| Time::clone(time)).collect()
}

#[cfg(test)]
mod tests;
