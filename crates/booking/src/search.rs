//! A search around a place (DexCare's Care Options) or in a clinician's v5 timeslots: what is searched for, and
//! what was found (API reference §2.8, §2.11–2.13).

use chrono::NaiveDate;

use crate::ids::Zone;
use crate::ids::{DepartmentIdentifier, Npi, VisitType};
use crate::place::{Address, VisitTypeOffer};
use crate::slot::Slots;

/// The place around which to search.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum SearchCentre {
    /// A ZIP code: five digits, or five and four.
    Zip(String),
    /// Latitude and longitude in hundredths of a degree: no finer position ever leaves the device.
    Point(i32, i32),
}

impl SearchCentre {
    /// A point, rounded to hundredths of a degree. `None` if a value is not a number, or outside −90…90 or −180…180.
    pub fn point(latitude: f64, longitude: f64) -> Option<Self> {
        let inside = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        #[allow(clippy::cast_possible_truncation, reason = "at most 18000")]
        let hundredths = |degrees: f64| (degrees * 100.0).round() as i32;
        inside.then(|| Self::Point(hundredths(latitude), hundredths(longitude)))
    }

    /// Reads a point from degrees as a page's owner writes them: `47.6687` and `-122.3764`. `None` as for
    /// [`Self::point`]. Computes in whole numbers, since code that reads any decimal number exactly needs tables of
    /// 10 KB.
    pub fn parse(latitude: &str, longitude: &str) -> Option<Self> {
        Some(Self::Point(hundredths(latitude, 9_000)?, hundredths(longitude, 18_000)?))
    }
}

/// Reads a decimal number as hundredths, rounded; `None` if it is no number or its absolute value is greater than
/// `most`.
fn hundredths(text: &str, most: i32) -> Option<i32> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(part) || whole.len() > 3 {
        return None;
    }
    let digit = |place: usize| part.as_bytes().get(place).map_or(0, |byte| i32::from(byte - b'0'));
    let whole: i32 = whole.parse().ok()?;
    let value = whole * 100 + digit(0) * 10 + digit(1) + i32::from(digit(2) >= 5);
    (value <= most).then_some(if text.starts_with('-') { -value } else { value })
}

/// Whether the patient is new to the clinician or established (§3.8).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum PatientType {
    /// `newPatient`
    New,
    /// `establishedPatient`
    Established,
}

impl PatientType {
    /// The wire's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "newPatient",
            Self::Established => "establishedPatient",
        }
    }
}

/// A search around a place.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Search {
    /// The place around which to search; `None` = ask the patient.
    pub around: Option<SearchCentre>,
    /// The radius in miles, 1–100.
    pub radius: u16,
    /// The clinicians' specialty, in the system's words; `None` = any.
    pub specialty: Option<String>,
    /// The clinicians' gender (`female`, `male`, …); `None` = any.
    pub gender: Option<String>,
    /// The type of the clinics (`Retail`, `Primary Care`, …); `None` = any.
    pub clinic_type: Option<String>,
    /// Limits the visit types to those for new or for established patients; `None` = no limit.
    pub patient_type: Option<PatientType>,
}

/// One page of a search.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct SearchPage {
    /// The first day, on the clinics' calendar; `None` = today.
    pub from: Option<NaiveDate>,
    /// How many days with slots a page contains.
    pub days: u8,
    /// The visit types to search for; empty = all.
    pub visit_types: Vec<VisitType>,
}

/// A clinician in a search result.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct FoundClinician {
    /// The clinician's NPI.
    pub npi: Npi,
    /// Full name.
    pub name: String,
    /// The clinician's gender, as the system writes it; may be empty.
    pub gender: String,
    /// The clinician's specialties; may be empty.
    pub specialties: Vec<String>,
}

/// A clinic in a search result.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct FoundPlace {
    /// The identifier that a booking uses.
    pub identifier: DepartmentIdentifier,
    /// The name that patients read.
    pub name: String,
    /// The clinic's address.
    pub address: Address,
    /// The clinic's time zone.
    pub zone: Zone,
    /// The distance from the place at the center of the search, in tenths of a mile; `None` if the search had no such
    /// place.
    pub tenth_miles: Option<u32>,
    /// Whether the patient can see any clinician here, because `clinicType` is `Retail`.
    pub is_retail: bool,
}

/// What a search found.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct SearchResult {
    /// The slots that were found, without ids. Slots whose clinic is missing in the answer are dropped and counted.
    pub slots: Slots,
    /// The clinicians of the slots.
    pub clinicians: Vec<FoundClinician>,
    /// The clinics of the slots.
    pub places: Vec<FoundPlace>,
    /// The visit types of the slots, each short name once.
    pub visit_types: Vec<VisitTypeOffer>,
    /// The context with which the scheduling pages can repeat the search; `None` for v5 timeslots.
    pub context: Option<String>,
    /// The first day of the next page; `None` = this is the last page.
    pub next: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_rounded_to_hundredths_before_anyone_sees_it() {
        for (latitude, longitude, point) in [
            (47.667_89, -122.384_12, (4767, -12238)),
            (-0.004, 0.005, (0, 1)),
            (90.0, 180.0, (9000, 18000)),
            (-90.0, -180.0, (-9000, -18000)),
        ] {
            assert_eq!(SearchCentre::point(latitude, longitude), Some(SearchCentre::Point(point.0, point.1)));
        }
    }

    #[test]
    fn a_point_that_is_typed_is_the_one_that_is_measured() {
        for (latitude, longitude) in [
            ("47.66872", "-122.37641"),
            ("-47.6", "+122"),
            ("0.005", "-0.004"),
            ("90", "-180.0"),
            ("090", "007.999"),
        ] {
            let measured = SearchCentre::point(latitude.parse().unwrap(), longitude.parse().unwrap());
            assert_eq!(SearchCentre::parse(latitude, longitude), measured, "{latitude}, {longitude}");
        }
        let bad =
            ["", "-", ".5", "5.", "1e1", "NaN", "4 7", "47,6", "0x1", "٤٧", "90.01", "1000", "--1", "47.6°"];
        for bad in bad {
            assert_eq!(SearchCentre::parse(bad, "0"), None, "{bad}");
        }
    }

    #[test]
    fn a_point_off_the_globe_is_none() {
        for (latitude, longitude) in [
            (90.01, 0.0),
            (-90.01, 0.0),
            (0.0, 180.01),
            (0.0, -180.01),
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (f64::INFINITY, 0.0),
            (0.0, f64::NEG_INFINITY),
        ] {
            assert_eq!(SearchCentre::point(latitude, longitude), None, "{latitude}, {longitude}");
        }
    }
}
