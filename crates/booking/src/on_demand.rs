//! Visits without an appointment, by video or phone: the practice, its regions and their waits (API reference
//! §2.14–2.18, §2.28–2.31, §3.3), and the clinics' and clinicians' own lines, which a health system has to agree
//! on with DexCare (§3.4).

use crate::ids::{DepartmentIdentifier, EhrSystem, Npi, PracticeId, RegionCode};
use crate::place::{AgeRange, AgeUnit};

/// Whether a visit is by video or by phone. In the API this is the `visitTypeName` of an on-demand visit.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Modality {
    /// `virtual`
    Video,
    /// `phone`
    Phone,
}

impl Modality {
    /// Both, in the order shown.
    pub const ALL: [Self; 2] = [Self::Video, Self::Phone];

    /// The word that the API uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Video => "virtual",
            Self::Phone => "phone",
        }
    }

    /// Reads the word that the API uses, in any letter case.
    pub fn from_wire(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|modality| modality.as_str().eq_ignore_ascii_case(text))
    }
}

/// Whether a pool of clinicians sees adults or children: `assignmentQualifiers` in the API.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Qualifier {
    /// `adult`
    Adult,
    /// `pediatric`
    Pediatric,
}

impl Qualifier {
    /// The word that the API uses.
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
    /// The region's code (`WA`), which the booking also contains as the state that the patient is in.
    pub code: RegionCode,
    /// The name that patients read.
    pub name: String,
    /// Whether the region takes bookings. A booking into an inactive region is refused.
    pub is_active: bool,
    /// The system's message that the region is busy; empty when it is not busy, or when there is no message.
    pub busy_message: String,
    /// The price of a visit, in cents.
    pub price: u32,
    /// When the region is open: beginning and end of each span, in seconds since 1970. The spans are in order.
    pub hours: Vec<(i64, i64)>,
    /// The youngest and the oldest age that count as a child, in completed months; `None` if the system sends no
    /// limits.
    pub pediatric_months: Option<(u32, u32)>,
    /// The EHR system in which the patient's record is made: that of the region's first department that names one;
    /// `None` if none does.
    pub ehr: Option<EhrSystem>,
}

impl Region {
    /// The ages that count as a child; `None` if the system sends no limits.
    pub fn ages_of_children(&self) -> Option<AgeRange> {
        self.pediatric_months.map(|(min, max)| AgeRange { min, max, unit: AgeUnit::Month })
    }

    /// Whether the region is open at `now`; `None` when it has no hours.
    pub fn is_open(&self, now: i64) -> Option<bool> {
        (!self.hours.is_empty()).then(|| self.hours.iter().any(|(from, to)| (*from..*to).contains(&now)))
    }

    /// When the region opens next, in seconds since 1970; `None` when no later opening is known.
    pub fn next_opening(&self, now: i64) -> Option<i64> {
        self.hours.iter().map(|(from, _)| *from).filter(|from| *from > now).min()
    }
}

/// A practice that gives on-demand care (§2.18).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Practice {
    /// The practice's id.
    pub id: PracticeId,
    /// The name that patients read.
    pub name: String,
    /// Whether the practice takes insurance.
    pub takes_insurance: bool,
    /// Whether the practice takes cards (`selfPay`).
    pub takes_cards: bool,
    /// Whether the practice takes coupons (`serviceKey`).
    pub takes_coupons: bool,
    /// The regions of the practice, in the order of the response.
    pub regions: Vec<Region>,
}

/// Why nobody can be seen now (§2.14).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum NobodyAvailable {
    /// `NO_ONCALL_PROVIDERS`
    Unstaffed,
    /// `REGION_BUSY`, with the system's own message, which may be empty.
    Busy(String),
    /// `OFF_HOURS`
    OffHours,
    /// `NO_REGIONS_FOUND`, and any unknown reason.
    NoRegion,
}

/// The wait of one pool of clinicians (§2.14).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Pool {
    /// The region that the pool serves.
    pub region: RegionCode,
    /// Whether the visits of the pool are by video or phone.
    pub modality: Modality,
    /// Whether the pool sees adults. If both flags are `false`, it sees anyone.
    pub for_adults: bool,
    /// Whether it sees children; see [`Self::for_adults`].
    pub for_children: bool,
    /// Seconds to wait, or why nobody can be seen now.
    pub wait: Result<u32, NobodyAvailable>,
    /// When the estimate was made, seconds since 1970. Means nothing if nobody can be seen now.
    pub as_of: i64,
}

impl Pool {
    /// Whether the pool sees patients with this qualifier.
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

/// An estimated wait as a range of whole minutes; never a countdown, which would promise too much.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct WaitRange {
    /// The shortest wait, in minutes.
    pub from: u32,
    /// The longest wait, in minutes.
    pub to: u32,
}

impl WaitRange {
    /// The range that contains an estimate. Its width is five minutes up to half an hour, a quarter of an hour up to
    /// two hours, and an hour beyond that.
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

/// The line in which the patient waits. Only the general one is part of the API; the others are a convention that
/// the health system agrees on with DexCare (§3.4).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum WaitingLine {
    /// The region's line.
    General,
    /// A clinic's line; sent as `scheduledDepartment`.
    Clinic(DepartmentIdentifier),
    /// A clinician's line; the NPI is sent in `additionalDetails` under this key.
    Clinician(Npi, String),
}

/// A visit that takes place as soon as a clinician is free, as the patient chose it.
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct OnDemandVisit {
    /// The practice.
    pub practice: PracticeId,
    /// The region that the patient is in.
    pub region: Region,
    /// Whether the visit is by video or phone.
    pub modality: Modality,
    /// The line in which the patient wants to wait.
    pub line: WaitingLine,
    /// Whom the patient said that the visit is for; an adult if the lines do not differ by it, and nobody was asked.
    /// Where the region has age limits for children, the birth date decides instead.
    pub qualifier: Qualifier,
}

/// The wait of a visit that the patient has joined (§2.30).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct VisitWait {
    /// The estimate as a range of minutes: the bounds that the system sends, or, without bounds, a range around its
    /// estimate.
    pub range: WaitRange,
    /// Whether the system says that this patient is next.
    pub is_next: bool,
    /// When the estimate was made, seconds since 1970.
    pub as_of: i64,
}

/// How far a joined visit has come (§2.31).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum VisitStatus {
    /// The patient waits. Any unknown status is also read as this one.
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
