//! Visits without an appointment, by video or phone: the practice, its regions, their waits (API reference §2.14–2.18,
//! §2.28–2.31, §3.3), and the lines that a health system may agree on (§3.4).

use crate::ids::{DepartmentIdentifier, EhrSystem, Npi, PracticeId, RegionCode};

/// Video or phone; the wire's `visitTypeName` of an on-demand visit.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Modality {
    /// `virtual`
    Video,
    /// `phone`
    Phone,
}

impl Modality {
    /// In the order shown.
    pub const ALL: [Self; 2] = [Self::Video, Self::Phone];

    /// The wire's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Video => "virtual",
            Self::Phone => "phone",
        }
    }

    /// Reads the wire's word.
    pub fn from_wire(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|modality| modality.as_str().eq_ignore_ascii_case(text))
    }
}

/// For whom a pool of clinicians is: the wire's `assignmentQualifiers`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Qualifier {
    /// `adult`
    Adult,
    /// `pediatric`
    Pediatric,
}

impl Qualifier {
    /// The wire's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Pediatric => "pediatric",
        }
    }
}

/// One region of a practice (§2.18).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Region {
    /// `WA`; also the state the patient is in, for the booking.
    pub code: RegionCode,
    /// What a patient reads.
    pub name: String,
    /// A booking into an inactive one is refused.
    pub is_active: bool,
    /// The system's own words for being busy; empty when it has none, or is not busy.
    pub busy_message: String,
    /// In cents.
    pub price: u32,
    /// Open spans, seconds since 1970, in order.
    pub hours: Vec<(i64, i64)>,
    /// Whom it sees as children, in months, both ends included.
    pub pediatric_months: Option<(u32, u32)>,
    /// The EHR of its first department; the patient's record is made there.
    pub ehr: Option<EhrSystem>,
}

impl Region {
    /// Whether it is within its hours; `None` when it says none.
    pub fn is_open(&self, now: i64) -> Option<bool> {
        (!self.hours.is_empty()).then(|| self.hours.iter().any(|(from, to)| (*from..*to).contains(&now)))
    }

    /// When it opens next, seconds since 1970; `None` when it does not say.
    pub fn next_opening(&self, now: i64) -> Option<i64> {
        self.hours.iter().map(|(from, _)| *from).filter(|from| *from > now).min()
    }
}

/// A practice that gives on-demand care (§2.18).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Practice {
    /// Which.
    pub id: PracticeId,
    /// What a patient reads.
    pub name: String,
    /// Takes insurance.
    pub takes_insurance: bool,
    /// Takes cards (`selfPay`).
    pub takes_cards: bool,
    /// Takes coupons (`serviceKey`).
    pub takes_coupons: bool,
    /// In the order of the response.
    pub regions: Vec<Region>,
}

/// Why nobody can be seen now (§2.14).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum NotNow {
    /// `NO_ONCALL_PROVIDERS`
    Unstaffed,
    /// `REGION_BUSY`, with the system's own words where it has some.
    Busy(String),
    /// `OFF_HOURS`
    OffHours,
    /// `NO_REGIONS_FOUND`, and any reason not known here.
    NoRegion,
}

/// The wait of one pool of clinicians (§2.14).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Pool {
    /// Where.
    pub region: RegionCode,
    /// By video or phone.
    pub modality: Modality,
    /// For whom; both `false` = for anyone.
    pub for_adults: bool,
    /// See [`Self::for_adults`].
    pub for_children: bool,
    /// Seconds to wait, or why not now.
    pub wait: Result<u32, NotNow>,
    /// When the estimate was made, seconds since 1970.
    pub as_of: i64,
}

impl Pool {
    /// Whether it sees such patients.
    pub fn serves(&self, qualifier: Qualifier) -> bool {
        match (self.for_adults, self.for_children) {
            (false, false) => true,
            (adults, children) => {
                if qualifier == Qualifier::Adult {
                    adults
                } else {
                    children
                }
            }
        }
    }
}

/// A wait in words a person can rely on: never a countdown, always a range of whole minutes.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct WaitRange {
    /// At least, in minutes.
    pub from: u32,
    /// At most, in minutes.
    pub to: u32,
}

impl WaitRange {
    /// Five-minute steps up to half an hour, then quarters of an hour, then hours: an estimate is no promise.
    pub fn of_seconds(seconds: u32) -> Self {
        let minutes = seconds / 60;
        let step = if minutes < 30 {
            5
        } else if minutes < 120 {
            15
        } else {
            60
        };
        let from = minutes / step * step;
        Self { from, to: from + step }
    }
}

/// In which line the patient waits. Anything but the general one is a convention agreed with DexCare (§3.4).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Line {
    /// The region's.
    General,
    /// A clinic's, carried as `scheduledDepartment`.
    Clinic(DepartmentIdentifier),
    /// A clinician's, carried in `additionalDetails` under this key.
    Clinician(Npi, String),
}

/// A visit as soon as somebody is free, as the patient chose it.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Now {
    /// The practice.
    pub practice: PracticeId,
    /// Where the patient is.
    pub region: Region,
    /// By video or phone.
    pub modality: Modality,
    /// The line.
    pub line: Line,
}

/// The wait of a visit that was joined (§2.30).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct VisitWait {
    /// What the system says, as a range of minutes; its own bounds where it gives some.
    pub range: WaitRange,
    /// The system says that this patient is the next.
    pub is_next: bool,
    /// When the estimate was made, seconds since 1970.
    pub as_of: i64,
}

/// How far a visit is (§2.31).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Standing {
    /// Waiting: any status that is not one of the others.
    Waiting,
    /// `invisit`
    InVisit,
    /// `done`
    Done,
    /// `cancelled`
    Cancelled,
    /// `staffdeclined`
    Declined,
}

#[cfg(test)]
mod tests;
