//! Where and with whom: departments (clinics), clinicians, and the visit types each offers.

use chrono::{Datelike, NaiveDate};

use crate::ids::{DepartmentIdentifier, Npi, UrlName, VisitType, VisitTypeId, Zone};

/// A postal address (API reference §1.9).
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Address {
    /// Street and number.
    pub line1: String,
    /// Apartment or suite; empty when there is none.
    pub line2: String,
    /// Town.
    pub city: String,
    /// Two-letter state.
    pub state: String,
    /// `98107` or `98107-1234`.
    pub postal_code: String,
}

impl Address {
    /// Whether the address is empty; its second line does not count.
    pub fn is_empty(&self) -> bool {
        [&self.line1, &self.city, &self.state, &self.postal_code].iter().all(|part| part.is_empty())
    }
}

/// The unit of a visit type's age limits.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum AgeUnit {
    /// Completed years.
    Year,
    /// Completed months.
    Month,
    /// Days.
    Day,
}

/// The ages that a visit type is meant for, both ends included (API reference §2.1).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct AgeRange {
    /// Youngest.
    pub min: u32,
    /// Oldest.
    pub max: u32,
    /// The unit of both ages.
    pub unit: AgeUnit,
}

impl AgeRange {
    /// Whether a person born on `birth` has an age in this range on `day`.
    ///
    /// ```
    /// use booking::place::{AgeRange, AgeUnit};
    /// use booking::time::parse_iso_date;
    ///
    /// let adults = AgeRange { min: 18, max: 64, unit: AgeUnit::Year };
    /// // Leo Okafor turns 18 on the day of the visit.
    /// let birthday = parse_iso_date("2008-12-08").ok_or("no date")?;
    /// let visit = parse_iso_date("2026-12-08").ok_or("no date")?;
    /// assert!(adults.admits(birthday, visit));
    /// assert!(!adults.admits(birthday, visit.pred_opt().ok_or("no day before")?));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn admits(self, birth: NaiveDate, day: NaiveDate) -> bool {
        let age = match self.unit {
            AgeUnit::Day => (day - birth).num_days(),
            AgeUnit::Month => months_between(birth, day),
            AgeUnit::Year => months_between(birth, day).div_euclid(12),
        };
        (i64::from(self.min)..=i64::from(self.max)).contains(&age)
    }
}

/// Completed months from one date to another.
fn months_between(from: NaiveDate, to: NaiveDate) -> i64 {
    let whole = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    whole - i64::from(to.day() < from.day())
}

/// A visit type that a clinic or clinician offers. A visit type without a short name is left out when an answer
/// is read, since its times cannot be searched for.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct VisitTypeOffer {
    /// The visit type's EMR id. Several offers may have the same one (Q32).
    pub id: VisitTypeId,
    /// The short name, by which times are searched for.
    pub short_name: VisitType,
    /// The name that patients read.
    pub name: String,
    /// Age limits, if the API sends them with a unit.
    pub ages: Option<AgeRange>,
}

/// A clinic (API reference §2.1, §2.2).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Department {
    /// The identifier that a booking uses.
    pub identifier: DepartmentIdentifier,
    /// Names the clinic in the address of its timeslots and in the hand-off link.
    pub url_name: UrlName,
    /// The name that patients read.
    pub name: String,
    /// The brand that the clinic belongs to.
    pub brand: String,
    /// The clinic's time zone.
    pub zone: Zone,
    /// The phone number, as the system writes it; may be empty.
    pub phone: String,
    /// The clinic's address.
    pub address: Address,
    /// Latitude and longitude in degrees, if the system sends them.
    pub position: Option<(f64, f64)>,
    /// The visit types that the clinic offers.
    pub visit_types: Vec<VisitTypeOffer>,
    /// The clinic's clinicians: NPI and name of each, if the read asked for them.
    pub clinicians: Vec<(Npi, String)>,
}

/// One of the clinics where a clinician works, as the read of the clinician (API reference §2.5) describes it:
/// without zone and `urlName`.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Place {
    /// The identifier that a booking uses.
    pub identifier: DepartmentIdentifier,
    /// The name that patients read.
    pub name: String,
    /// The clinic's phone number; may be empty.
    pub phone: String,
    /// The clinic's address; may be empty.
    pub address: Address,
}

/// A clinician (API reference §2.5).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Clinician {
    /// The clinician's NPI.
    pub npi: Npi,
    /// Full name, without credentials.
    pub name: String,
    /// `MD`, `ARNP`, …; may be empty.
    pub credentials: String,
    /// Whether the system lists the clinician as active. `false` only if the API says so.
    pub is_active: bool,
    /// Where they see patients.
    pub places: Vec<Place>,
    /// The visit types that the clinician offers. Without ages: the limits in §2.5 have no unit.
    pub visit_types: Vec<VisitTypeOffer>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::time::parse_iso_date(text).unwrap()
    }

    #[test]
    fn an_age_range_counts_completed_units_and_includes_both_ends() {
        let years = AgeRange { min: 18, max: 64, unit: AgeUnit::Year };
        assert!(!years.admits(day("2008-12-09"), day("2026-12-08")), "the day before turning 18");
        assert!(years.admits(day("2008-12-08"), day("2026-12-08")), "on the 18th birthday");
        assert!(years.admits(day("1961-12-09"), day("2026-12-08")), "the last day at 64");
        assert!(!years.admits(day("1961-12-08"), day("2026-12-08")), "at 65");
        let months = AgeRange { min: 6, max: 1440, unit: AgeUnit::Month };
        assert!(!months.admits(day("2026-06-09"), day("2026-12-08")), "a day short of six months");
        assert!(months.admits(day("2026-06-08"), day("2026-12-08")));
        let days = AgeRange { min: 0, max: 28, unit: AgeUnit::Day };
        assert!(days.admits(day("2026-11-10"), day("2026-12-08")));
        assert!(!days.admits(day("2026-11-09"), day("2026-12-08")));
        assert!(!days.admits(day("2026-12-09"), day("2026-12-08")), "not born yet");
    }

    #[test]
    fn a_leap_day_child_turns_one_on_the_first_of_march() {
        let one = AgeRange { min: 1, max: 1, unit: AgeUnit::Year };
        assert!(!one.admits(day("2024-02-29"), day("2025-02-28")));
        assert!(one.admits(day("2024-02-29"), day("2025-03-01")));
    }
}
