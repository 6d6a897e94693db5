//! The visit types configured in each EHR system (API reference §2.1, §2.5).

/// One of the two EHR systems. Each clinic books into one of them, whatever its brand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ehr {
    /// `org.northlake.epic.main`
    Main,
    /// `org.cedarbrook.epic.east`
    East,
}

impl Ehr {
    /// The `ehrSystemName` in requests and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "org.northlake.epic.main",
            Self::East => "org.cedarbrook.epic.east",
        }
    }

    /// The EHR system with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Main, Self::East].into_iter().find(|ehr| ehr.name() == name)
    }
}

/// The unit of a visit type's age range.
#[derive(Clone, Copy, Debug)]
pub enum AgeUnit {
    /// Years.
    Year,
    /// Months.
    Month,
    /// Days.
    Day,
}

impl AgeUnit {
    /// The `ageUnit` in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "YEAR",
            Self::Month => "MONTH",
            Self::Day => "DAY",
        }
    }
}

/// One row of an EHR's visit-type table.
#[derive(Debug)]
pub struct VisitType {
    /// Index in [`ALL`], which slot ids contain.
    pub index: u16,
    /// The EHR it belongs to.
    pub ehr: Ehr,
    /// The EHR's own id, which several rows can share.
    pub id: &'static str,
    /// The name under which slots are searched; a row without one cannot be searched for.
    pub short_name: Option<&'static str>,
    /// The name that patients read.
    pub name: &'static str,
    /// Length of the appointment in minutes.
    pub minutes: u32,
    /// Youngest and oldest patient, both included, in `age_unit`s.
    pub ages: (u32, u32),
    /// Unit of `ages`.
    pub age_unit: AgeUnit,
    /// `maxLookaheadDays` (API reference §2.7).
    pub look_ahead: u32,
}

type Row = (&'static str, Option<&'static str>, &'static str, u32, (u32, u32), AgeUnit, u32);

const fn visit_type(index: u16, ehr: Ehr, row: Row) -> VisitType {
    let (id, short_name, name, minutes, ages, age_unit, look_ahead) = row;
    VisitType { index, ehr, id, short_name, name, minutes, ages, age_unit, look_ahead }
}

use AgeUnit::{Day, Month, Year};
use Ehr::{East, Main};

/// Every visit type of both EHR systems. Slot ids contain the index: append, never insert.
pub static ALL: [VisitType; 18] = [
    visit_type(0, Main, ("4378", Some("Illness"), "Illness or minor injury", 20, (18, 120), Year, 90)),
    visit_type(1, Main, ("4378", Some("NewPatient"), "Office visit, new patient", 30, (0, 120), Year, 90)),
    visit_type(2, Main, ("4378", Some("FollowUp"), "Office visit, follow up", 20, (0, 120), Year, 90)),
    visit_type(3, Main, ("4379", Some("FollowUp"), "Office visit, long follow up", 30, (0, 120), Year, 90)),
    visit_type(4, Main, ("4381", Some("FluShot"), "Flu shot", 10, (6, 1440), Month, 60)),
    visit_type(5, Main, ("4385", Some("NewbornCheck"), "Newborn check", 30, (3, 60), Day, 30)),
    visit_type(6, Main, ("4386", Some("WellChild"), "Well-child visit", 30, (0, 17), Year, 90)),
    visit_type(7, Main, ("4390", Some("AdultPhysical"), "Adult physical", 30, (18, 120), Year, 90)),
    visit_type(8, Main, ("4392", None, "Nurse visit, staff scheduling only", 20, (0, 120), Year, 90)),
    visit_type(9, Main, ("4395", Some("Virtual"), "Video visit", 20, (18, 120), Year, 30)),
    visit_type(10, East, ("710", Some("Illness"), "Illness or minor injury", 20, (18, 120), Year, 60)),
    visit_type(11, East, ("711", Some("NewPatient"), "New patient visit", 30, (0, 120), Year, 90)),
    visit_type(12, East, ("711", Some("FollowUp"), "Return visit", 20, (0, 120), Year, 90)),
    visit_type(13, East, ("715", Some("FluShot"), "Flu vaccination", 10, (6, 1440), Month, 45)),
    visit_type(14, East, ("718", Some("NewbornCheck"), "Newborn check", 30, (3, 60), Day, 30)),
    visit_type(15, East, ("719", Some("WellChild"), "Well-child visit", 30, (0, 17), Year, 90)),
    visit_type(16, East, ("720", Some("AdultPhysical"), "Annual physical", 30, (18, 120), Year, 90)),
    visit_type(17, East, ("722", None, "Nurse visit, staff scheduling only", 20, (0, 120), Year, 90)),
];

/// The look-ahead for a short name in an EHR system; the longest, if several rows share the name.
pub fn look_ahead(ehr: Ehr, short_name: &str) -> Option<u32> {
    let rows = ALL.iter().filter(|row| row.ehr == ehr && row.short_name == Some(short_name));
    rows.map(|row| row.look_ahead).max()
}
