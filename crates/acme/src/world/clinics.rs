//! The twelve clinics of the two brands.

use chrono::Weekday;
use chrono_tz::Tz;

use super::visit_types::Ehr;

/// A postal address in the fields of the API (API reference §1.9).
#[derive(Clone, Copy)]
pub struct Place {
    /// Street and number.
    pub line1: &'static str,
    /// Suite, if there is one.
    pub line2: Option<&'static str>,
    /// City.
    pub city: &'static str,
    /// State, two letters.
    pub state: &'static str,
    /// ZIP code, five digits.
    pub postal_code: &'static str,
}

/// When a clinic is open, which limits the sessions of its clinicians.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// Weekdays 8–20, Saturday 9–17, Sunday 10–16.
    Retail,
    /// Weekdays 8–17, Saturday 9–13, closed on Sunday.
    Office,
    /// Never closed, not even in the nights when daylight saving begins or ends.
    AroundTheClock,
}

impl Hours {
    /// Opening and closing time on a weekday, in minutes after local midnight; `None` if closed.
    pub const fn on(self, day: Weekday) -> Option<(u32, u32)> {
        match (self, day) {
            (Self::AroundTheClock, _) => Some((0, 24 * 60)),
            (Self::Retail, Weekday::Sat) => Some((9 * 60, 17 * 60)),
            (Self::Retail, Weekday::Sun) => Some((10 * 60, 16 * 60)),
            (Self::Retail, _) => Some((8 * 60, 20 * 60)),
            (Self::Office, Weekday::Sat) => Some((9 * 60, 13 * 60)),
            (Self::Office, Weekday::Sun) => None,
            (Self::Office, _) => Some((8 * 60, 17 * 60)),
        }
    }
}

/// One clinic, which the API calls a department.
pub struct Clinic {
    /// `departmentId`, unique within one EHR only.
    pub department_id: &'static str,
    /// `urlName`.
    pub url_name: &'static str,
    /// `displayName`.
    pub display_name: &'static str,
    /// `brandName`.
    pub brand: &'static str,
    /// The EHR into which the clinic books, which is not always its brand's EHR.
    pub ehr: Ehr,
    /// Local time zone.
    pub zone: Tz,
    /// North American number with hyphens.
    pub phone: &'static str,
    /// Postal address.
    pub place: Place,
    /// Degrees north and east.
    pub position: (f64, f64),
    /// Opening hours.
    pub hours: Hours,
    /// `isActive`.
    pub is_active: bool,
    /// Whether its clinicians have a schedule at all.
    pub has_schedule: bool,
    /// `billingServiceArea`, v4 only.
    pub billing_service_area: &'static str,
}

impl Clinic {
    /// `departmentIdentifier`: `<ehrSystemName>|<departmentId>`.
    pub fn identifier(&self) -> String {
        format!("{}|{}", self.ehr.name(), self.department_id)
    }
}

const NORTHLAKE: &str = "northlake";
const CEDARBROOK: &str = "cedarbrook";

/// The brands, in the order they are listed.
pub const BRANDS: [&str; 2] = [NORTHLAKE, CEDARBROOK];

fn clinic(
    names: (&'static str, &'static str, &'static str),
    brand: &'static str,
    ehr: Ehr,
    zone: Tz,
) -> Clinic {
    let (department_id, url_name, display_name) = names;
    Clinic {
        department_id,
        url_name,
        display_name,
        brand,
        ehr,
        zone,
        phone: "206-555-0142",
        place: Place { line1: "", line2: None, city: "", state: "", postal_code: "" },
        position: (0.0, 0.0),
        hours: Hours::Retail,
        is_active: true,
        has_schedule: true,
        billing_service_area: "",
    }
}

const fn place(
    line1: &'static str,
    line2: Option<&'static str>,
    city: &'static str,
    state: &'static str,
    postal_code: &'static str,
) -> Place {
    Place { line1, line2, city, state, postal_code }
}

/// All twelve clinics. `NorthlakeBallard` and `CedarbrookLakeview` have the same number in their two EHR systems;
/// `NorthlakeMadison` books into the other brand's EHR; `NorthlakeTempe` has no schedule; `NorthlakeTacoma` gives flu
/// shots only; `CedarbrookLoop` never closes; `CedarbrookDurango` is not active.
pub fn all() -> Vec<Clinic> {
    use Ehr::{East, Main};
    use chrono_tz::America::{Chicago, Denver, Los_Angeles as LosAngeles, Phoenix};
    vec![
        Clinic {
            phone: "206-555-0142",
            place: place("1450 NW Market St", Some("Suite 2"), "Seattle", "WA", "98107"),
            position: (47.6687, -122.3764),
            billing_service_area: "NL-SEA",
            ..clinic(("100210", "NorthlakeBallard", "Northlake Clinic Ballard"), NORTHLAKE, Main, LosAngeles)
        },
        Clinic {
            phone: "425-555-0117",
            place: place("320 108th Ave NE", None, "Bellevue", "WA", "98004"),
            position: (47.6137, -122.1960),
            billing_service_area: "NL-SEA",
            ..clinic(
                ("100214", "NorthlakeBellevue", "Northlake Clinic Bellevue"),
                NORTHLAKE,
                Main,
                LosAngeles,
            )
        },
        Clinic {
            phone: "253-555-0168",
            place: place("1102 Pacific Ave", None, "Tacoma", "WA", "98402"),
            position: (47.2520, -122.4388),
            billing_service_area: "NL-SEA",
            ..clinic(("100219", "NorthlakeTacoma", "Northlake Flu Shots Tacoma"), NORTHLAKE, Main, LosAngeles)
        },
        Clinic {
            phone: "303-555-0121",
            place: place("1801 Blake St", Some("Floor 3"), "Denver", "CO", "80202"),
            position: (39.7526, -104.9966),
            hours: Hours::Retail,
            billing_service_area: "NL-DEN",
            ..clinic(("100310", "NorthlakeDenver", "Northlake Clinic Denver"), NORTHLAKE, Main, Denver)
        },
        Clinic {
            phone: "303-555-0176",
            place: place("2033 11th St", None, "Boulder", "CO", "80302"),
            position: (40.0169, -105.2796),
            hours: Hours::Office,
            billing_service_area: "NL-DEN",
            ..clinic(("100312", "NorthlakeBoulder", "Northlake Clinic Boulder"), NORTHLAKE, Main, Denver)
        },
        Clinic {
            phone: "480-555-0133",
            place: place("7014 E Camelback Rd", None, "Scottsdale", "AZ", "85251"),
            position: (33.5025, -111.9286),
            billing_service_area: "NL-PHX",
            ..clinic(
                ("100410", "NorthlakeScottsdale", "Northlake Clinic Scottsdale"),
                NORTHLAKE,
                Main,
                Phoenix,
            )
        },
        Clinic {
            phone: "480-555-0159",
            place: place("960 E University Dr", None, "Tempe", "AZ", "85281"),
            position: (33.4220, -111.9260),
            has_schedule: false,
            billing_service_area: "NL-PHX",
            ..clinic(("100412", "NorthlakeTempe", "Northlake Clinic Tempe"), NORTHLAKE, Main, Phoenix)
        },
        Clinic {
            phone: "608-555-0104",
            place: place("21 N Pinckney St", None, "Madison", "WI", "53703"),
            position: (43.0766, -89.3838),
            hours: Hours::Office,
            billing_service_area: "CB-WI",
            ..clinic(("200105", "NorthlakeMadison", "Northlake Clinic Madison"), NORTHLAKE, East, Chicago)
        },
        Clinic {
            phone: "312-555-0190",
            place: place("55 E Monroe St", Some("Lobby level"), "Chicago", "IL", "60603"),
            position: (41.8807, -87.6254),
            hours: Hours::AroundTheClock,
            billing_service_area: "CB-CHI",
            ..clinic(("200101", "CedarbrookLoop", "Cedarbrook Urgent Care Loop"), CEDARBROOK, East, Chicago)
        },
        Clinic {
            phone: "847-555-0145",
            place: place("1630 Orrington Ave", None, "Evanston", "IL", "60201"),
            position: (42.0475, -87.6820),
            billing_service_area: "CB-CHI",
            ..clinic(
                ("200103", "CedarbrookEvanston", "Cedarbrook Clinic Evanston"),
                CEDARBROOK,
                East,
                Chicago,
            )
        },
        Clinic {
            phone: "773-555-0138",
            place: place("3240 N Halsted St", None, "Chicago", "IL", "60657"),
            position: (41.9405, -87.6494),
            hours: Hours::Office,
            billing_service_area: "CB-CHI",
            ..clinic(
                ("100210", "CedarbrookLakeview", "Cedarbrook Clinic Lakeview"),
                CEDARBROOK,
                East,
                Chicago,
            )
        },
        Clinic {
            phone: "970-555-0112",
            place: place("1970 E 3rd Ave", None, "Durango", "CO", "81301"),
            position: (37.2769, -107.8710),
            is_active: false,
            billing_service_area: "CB-DUR",
            ..clinic(("200120", "CedarbrookDurango", "Cedarbrook Clinic Durango"), CEDARBROOK, East, Denver)
        },
    ]
}
