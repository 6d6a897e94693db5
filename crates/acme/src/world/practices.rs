//! The on-demand practices: their regions, hours, prices and payment flags (API reference §2.18).

use chrono::{DateTime, Datelike, Days, NaiveTime, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;

use super::visit_types::Ehr;

/// How a region behaves unless a test overrides it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Temper {
    /// Open during its hours.
    Steady,
    /// Open during its hours, but busy from 9 to 12 and from 16 to 19.
    OftenBusy,
    /// Nobody is on call, even during its hours.
    Unstaffed,
    /// Nobody is on call for children by phone.
    NoChildrenByPhone,
}

/// A region of a practice.
pub struct Region {
    /// `id`.
    pub id: &'static str,
    /// `regionCode`, which is also the `stateLicensure` of a visit.
    pub code: &'static str,
    /// `displayName`.
    pub name: &'static str,
    /// `active`; an inactive region takes no visits.
    pub is_active: bool,
    /// Time zone of its hours.
    pub zone: Tz,
    /// Days on which it opens.
    pub days: &'static [Weekday],
    /// Opening and closing hour.
    pub hours: (u32, u32),
    /// How it behaves by the clock.
    pub temper: Temper,
    /// `busyMessage` while it is busy.
    pub busy_message: &'static str,
    /// Price of a visit in cents.
    pub price: u32,
    /// Youngest and oldest age of a child in months; `None` if the region has no pediatric age range.
    pub pediatric_months: Option<(u32, u32)>,
    /// EMR id of the department into which visits are booked.
    pub department_id: &'static str,
    /// That department's name.
    pub department_name: &'static str,
}

/// An on-demand practice.
pub struct Practice {
    /// `id`.
    pub id: &'static str,
    /// `displayName`.
    pub name: &'static str,
    /// Brand.
    pub brand: &'static str,
    /// The EHR its departments are in.
    pub ehr: Ehr,
    /// Whether insurance is taken.
    pub takes_insurance: bool,
    /// Whether a card is taken (`selfPay`).
    pub takes_card: bool,
    /// Whether coupons are taken (`serviceKey`).
    pub takes_coupon: bool,
    /// Groups of patients with pools of their own; empty if one pool sees everybody.
    pub qualifiers: &'static [&'static str],
    /// Regions, in the order they are listed.
    pub regions: &'static [Region],
}

/// The practice of a request that names none.
pub const DEFAULT: &str = "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33";

/// Modalities of on-demand visits.
pub const MODALITIES: [&str; 2] = ["virtual", "phone"];

/// Groups of patients.
pub const QUALIFIERS: [&str; 2] = ["adult", "pediatric"];

const EVERY_DAY: &[Weekday] =
    &[Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
const WORKDAYS: &[Weekday] = &[Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// All practices.
pub static ALL: [Practice; 2] = [
    Practice {
        id: DEFAULT,
        name: "Northlake Virtual Urgent Care",
        brand: "northlake",
        ehr: Ehr::Main,
        takes_insurance: true,
        takes_card: true,
        takes_coupon: true,
        qualifiers: &QUALIFIERS,
        regions: &[
            Region {
                id: "6c1b9a50-8b7f-4a8e-9e0a-3d2b1c0f4e55",
                code: "WA",
                name: "Washington",
                is_active: true,
                zone: Tz::America__Los_Angeles,
                days: EVERY_DAY,
                hours: (7, 22),
                temper: Temper::Steady,
                busy_message: "",
                price: 4900,
                pediatric_months: Some((24, 215)),
                department_id: "100900",
                department_name: "Northlake Virtual",
            },
            Region {
                id: "0d5f7a31-c2e4-4b96-8f13-a7e60b9d2c48",
                code: "OR",
                name: "Oregon",
                is_active: true,
                zone: Tz::America__Los_Angeles,
                days: WORKDAYS,
                hours: (8, 18),
                temper: Temper::NoChildrenByPhone,
                busy_message: "",
                price: 5900,
                pediatric_months: Some((36, 215)),
                department_id: "100901",
                department_name: "Northlake Virtual Oregon",
            },
            Region {
                id: "b83e6d12-4f90-47c5-a1d7-5c2f8e0b6a93",
                code: "ID",
                name: "Idaho",
                is_active: true,
                zone: Tz::America__Boise,
                days: EVERY_DAY,
                hours: (8, 20),
                temper: Temper::OftenBusy,
                busy_message: "We are seeing high demand. Please check back soon.",
                price: 4900,
                pediatric_months: Some((24, 215)),
                department_id: "100902",
                department_name: "Northlake Virtual Idaho",
            },
            Region {
                id: "f19c0b74-6a2d-4e58-9b30-d84e7c1a5f26",
                code: "MT",
                name: "Montana",
                is_active: true,
                zone: Tz::America__Denver,
                days: EVERY_DAY,
                hours: (8, 20),
                temper: Temper::Unstaffed,
                busy_message: "",
                price: 4900,
                pediatric_months: Some((24, 215)),
                department_id: "100903",
                department_name: "Northlake Virtual Montana",
            },
            Region {
                id: "27d4e8f5-91b3-4c0a-b672-3e5a9f0c8d14",
                code: "AK",
                name: "Alaska",
                is_active: true,
                zone: Tz::America__Anchorage,
                days: &[Weekday::Tue, Weekday::Thu],
                hours: (12, 14),
                temper: Temper::Steady,
                busy_message: "",
                price: 6900,
                pediatric_months: Some((24, 215)),
                department_id: "100904",
                department_name: "Northlake Virtual Alaska",
            },
            Region {
                id: "94a1c6e7-0b5f-4d82-8c39-f2d7b4e0a681",
                code: "WY",
                name: "Wyoming",
                is_active: false,
                zone: Tz::America__Denver,
                days: EVERY_DAY,
                hours: (8, 20),
                temper: Temper::Steady,
                busy_message: "",
                price: 4900,
                pediatric_months: Some((24, 215)),
                department_id: "100905",
                department_name: "Northlake Virtual Wyoming",
            },
        ],
    },
    Practice {
        id: "5e2b7d90-4c1a-4f63-9b8e-7a0d6c3f2e14",
        name: "Cedarbrook Virtual Visits",
        brand: "cedarbrook",
        ehr: Ehr::East,
        takes_insurance: true,
        takes_card: false,
        takes_coupon: false,
        qualifiers: &[],
        regions: &[
            Region {
                id: "d3f8a2b1-7e60-4c94-95ad-1b0c6e4f8a72",
                code: "IL",
                name: "Illinois",
                is_active: true,
                zone: Tz::America__Chicago,
                days: EVERY_DAY,
                hours: (6, 23),
                temper: Temper::Steady,
                busy_message: "",
                price: 3900,
                pediatric_months: None,
                department_id: "200900",
                department_name: "Cedarbrook Virtual",
            },
            Region {
                id: "8b60e1d4-2f7c-4a35-b98e-6d1a0c5f7e93",
                code: "WI",
                name: "Wisconsin",
                is_active: true,
                zone: Tz::America__Chicago,
                days: WORKDAYS,
                hours: (8, 17),
                temper: Temper::Steady,
                busy_message: "",
                price: 3900,
                pediatric_months: None,
                department_id: "200901",
                department_name: "Cedarbrook Virtual Wisconsin",
            },
        ],
    },
];

/// The practice with this id, in either case.
pub fn practice(id: &str) -> Option<&'static Practice> {
    ALL.iter().find(|practice| practice.id.eq_ignore_ascii_case(id))
}

impl Practice {
    /// The practice's region with this code.
    pub fn region(&self, code: &str) -> Option<&'static Region> {
        self.regions.iter().find(|region| region.code == code)
    }
}

impl Region {
    /// Whether an instant is within the region's hours.
    pub fn is_in_hours(&self, now: DateTime<Utc>) -> bool {
        let local = now.with_timezone(&self.zone);
        self.days.contains(&local.weekday()) && (self.hours.0..self.hours.1).contains(&local.hour())
    }

    /// Whether an instant is in one of the region's busy times.
    pub fn is_busy_hour(&self, now: DateTime<Utc>) -> bool {
        let hour = now.with_timezone(&self.zone).hour();
        self.temper == Temper::OftenBusy && ((9..12).contains(&hour) || (16..19).contains(&hour))
    }

    /// The opening times of the coming week that have not ended, earliest first.
    pub fn opening_times(&self, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let today = now.with_timezone(&self.zone).date_naive();
        let at = |day: chrono::NaiveDate, hour: u32| {
            let time = NaiveTime::from_hms_opt(hour, 0, 0)?;
            self.zone.from_local_datetime(&day.and_time(time)).earliest().map(|at| at.with_timezone(&Utc))
        };
        let days = (0..7).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
        days.filter(|day| self.days.contains(&day.weekday()))
            .filter_map(|day| Some((at(day, self.hours.0)?, at(day, self.hours.1)?)))
            .filter(|(_, end)| *end > now)
            .collect()
    }
}
