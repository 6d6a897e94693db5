//! Slots made into what a person chooses from: equal times merged, grouped by the clinic's own day and part of day.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, Npi, Zone};
use crate::order;
use crate::slot::Slot;
use crate::time::{PartOfDay, Zones, local};

/// A time as one choice: a slot, and its siblings at the same clinic and instant.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Time {
    /// Interchangeable for the patient; the first is booked, the next is tried once if it has just gone.
    pub slots: Vec<Slot>,
    /// On the clinic's wall clock.
    pub local: NaiveDateTime,
    /// The offset of that wall clock at that instant, in seconds; tells two 1:30s apart.
    pub offset: i32,
    /// The zone shown; `None` when none is known and the slot's own offset was used.
    pub zone: Option<Zone>,
}

impl Time {
    /// The slot that is booked first. A `Time` is never empty: it is made from a slot.
    pub fn slot(&self) -> &Slot {
        &self.slots[0]
    }

    /// The instant.
    pub fn at(&self) -> i64 {
        self.slot().at.at
    }

    /// The clinic.
    pub fn place(&self) -> &DepartmentIdentifier {
        &self.slot().place
    }

    /// Morning, afternoon or evening, on the clinic's clock.
    pub fn part(&self) -> PartOfDay {
        PartOfDay::of_hour(self.local.hour())
    }

    /// The same choice, though maybe with other slot ids: as after reading the times again.
    pub fn same_choice(&self, other: &Self) -> bool {
        same(self.slot(), other.slot())
    }
}

/// Slots that a time keeps. One is booked and one more is tried; a clinic that sends a thousand for one instant costs no more.
const MOST_SIBLINGS: usize = 100;

/// Whether two slots are one choice: same instant, clinic and visit type, and, where the patient comes for a
/// clinician, the same clinician.
fn same(a: &Slot, b: &Slot) -> bool {
    let (names, also_names) = (a.source.names_clinician(), b.source.names_clinician());
    a.at.at == b.at.at
        && a.place == b.place
        && a.visit_type == b.visit_type
        && names == also_names
        && (!names || a.npi == b.npi)
}

/// Whether two slots are one and the same; those of a search have no ids and are told apart by the clinician.
fn is_twin(a: &Slot, b: &Slot) -> bool {
    a.id == b.id && (a.id.is_some() || a.npi == b.npi)
}

/// How slots are read.
pub struct Reading<'a> {
    /// Each clinic's own zone, where it is known yet.
    pub zone_of: &'a dyn Fn(&DepartmentIdentifier) -> Option<Zone>,
    /// Zone rules.
    pub zones: &'a dyn Zones,
}

/// Makes times of slots: sorted by instant, then clinic, then clinician; equal ones merged, each slot id once.
///
/// A time is shown in its clinic's zone; where the zone is not known (to us or to the browser), by the offset it came with.
pub fn times(slots: &[Slot], reading: &Reading) -> Vec<Time> {
    let mut order: Vec<&Slot> =
        order::by_number(slots.iter().map(|slot| slot.at.at)).into_iter().map(|at| &slots[at]).collect();
    order::insertion(&mut order, |a, b| {
        a.at.at == b.at.at && (&a.place, &a.npi, &a.id) < (&b.place, &b.npi, &b.id)
    });
    let mut times: Vec<Time> = Vec::new();
    for slot in order {
        // Equal instants stand together, and of those each clinic's, and its clinicians': only the last few can be the same choice.
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

/// One slot as a choice.
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
    /// On the clinics' calendar.
    pub date: NaiveDate,
    /// In order; shared with whatever else holds them.
    pub times: Vec<Arc<Time>>,
}

/// Open days, in order, of the times a filter lets through.
pub fn days(times: &[Arc<Time>], filter: &Filter) -> Vec<Day> {
    let mut admitted: Vec<&Arc<Time>> = times.iter().filter(|time| filter.admits(time)).collect();
    // Clinics in two zones: the day order of wall clocks need not be the order of instants.
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

/// Times of a day by part, parts without times left out.
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

/// The `count` times nearest to an instant, of times in order, and in order; for a patient whose own time has just gone.
pub fn nearest(times: &[Arc<Time>], at: i64, npi: Option<&Npi>, count: usize) -> Vec<Time> {
    let near: Vec<&Arc<Time>> =
        times.iter().filter(|time| npi.is_none_or(|npi| time.slot().npi == *npi)).collect();
    // In order of time the nearest stand together: the farther end goes until few enough are left.
    let (mut from, mut to) = (0, near.len());
    while to - from > count {
        let (first, last) = (near[from].at().abs_diff(at), near[to - 1].at().abs_diff(at));
        if first > last { from += 1 } else { to -= 1 }
    }
    near[from..to].iter().map(|time| Time::clone(time)).collect()
}

#[cfg(test)]
mod tests;
