//! The filter of the times on screen. The timeslots endpoints v2 and v4 cannot filter by weekday, part of day or
//! clinic, so this crate filters the times, without a request.

use chrono::{Datelike, Weekday};

use crate::ids::DepartmentIdentifier;
use crate::schedule::Time;
use crate::time::PartOfDay;

/// Chosen weekdays, parts of day and clinics. Where nothing is chosen, every weekday, part of day or clinic passes.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Filter {
    /// Bit n is the weekday n days after Monday.
    weekdays: u8,
    /// Bit n is `PartOfDay::ALL[n]`.
    parts: u8,
    places: Vec<DepartmentIdentifier>,
}

impl Filter {
    /// Whether nothing is chosen, so that every time is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many choices the patient has made. The button that opens the filters shows this number.
    pub fn len(&self) -> usize {
        (self.weekdays.count_ones() + self.parts.count_ones()) as usize + self.places.len()
    }

    /// Whether the weekday is chosen.
    pub fn has_weekday(&self, day: Weekday) -> bool {
        self.weekdays & weekday_bit(day) != 0
    }

    /// Chooses the weekday, or removes it if it is chosen.
    pub fn toggle_weekday(&mut self, day: Weekday) {
        self.weekdays ^= weekday_bit(day);
    }

    /// Whether the part of day is chosen.
    pub fn has_part(&self, part: PartOfDay) -> bool {
        self.parts & part_bit(part) != 0
    }

    /// Chooses the part of day, or removes it if it is chosen.
    pub fn toggle_part(&mut self, part: PartOfDay) {
        self.parts ^= part_bit(part);
    }

    /// Whether the clinic is chosen.
    pub fn has_place(&self, place: &DepartmentIdentifier) -> bool {
        self.places.contains(place)
    }

    /// Chooses the clinic, or removes it if it is chosen.
    pub fn toggle_place(&mut self, place: &DepartmentIdentifier) {
        match self.places.iter().position(|chosen| chosen == place) {
            Some(found) => drop(self.places.remove(found)),
            None => self.places.push(place.clone()),
        }
    }

    /// Whether a time passes the filter.
    pub fn admits(&self, time: &Time) -> bool {
        (self.weekdays == 0 || self.has_weekday(time.local.weekday()))
            && (self.parts == 0 || self.has_part(time.part()))
            && (self.places.is_empty() || self.has_place(time.place()))
    }
}

fn weekday_bit(day: Weekday) -> u8 {
    1 << day.num_days_from_monday()
}

fn part_bit(part: PartOfDay) -> u8 {
    1 << part as u8
}

#[cfg(test)]
mod tests;
