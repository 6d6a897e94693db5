//! Pools of on-demand providers: whether one is open, and how long the wait is (API reference §2.14).
//!
//! A pool serves a region, a modality and a group of patients. Its state depends only on the seed and the
//! instant, unless a test overrides it through the control port.

use chrono::{DateTime, Utc};

use super::chance::{draw, word};
use super::practices::{MODALITIES, Practice, Region, Temper};

/// The state of a pool.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It takes visits.
    Open,
    /// It has too many patients.
    Busy,
    /// It is closed at this hour.
    OffHours,
    /// Nobody is on call.
    Unstaffed,
    /// The region does not exist or is inactive.
    Unknown,
}

impl State {
    /// The `reason` in answers; `None` while the pool takes visits.
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::Busy => Some("REGION_BUSY"),
            Self::OffHours => Some("OFF_HOURS"),
            Self::Unstaffed => Some("NO_ONCALL_PROVIDERS"),
            Self::Unknown => Some("NO_REGIONS_FOUND"),
        }
    }
}

/// A pool, identified by its fields in answers.
#[derive(Clone, Debug)]
pub struct Pool {
    /// `regionCode`.
    pub region: String,
    /// `visitTypeName`.
    pub modality: &'static str,
    /// `assignmentQualifiers`: one, or none if the pool sees everybody.
    pub qualifier: Option<&'static str>,
    /// `specialties`: one, or none.
    pub specialty: Option<&'static str>,
}

/// The pools of a region code; a code that the practice does not know has pools too, in the state `Unknown`.
pub fn of_region(practice: &Practice, code: &str) -> Vec<Pool> {
    let qualifiers: Vec<Option<&'static str>> = match practice.qualifiers {
        [] => vec![None],
        groups => groups.iter().copied().map(Some).collect(),
    };
    let mut pools = Vec::new();
    for modality in MODALITIES {
        for &qualifier in &qualifiers {
            pools.push(Pool { region: code.to_owned(), modality, qualifier, specialty: None });
        }
    }
    if practice.region(code).is_some_and(|region| region.code == DERMATOLOGY.0)
        && practice.brand == "northlake"
    {
        let (region, specialty) = DERMATOLOGY;
        let pool = Pool {
            region: region.to_owned(),
            modality: "virtual",
            qualifier: Some("adult"),
            specialty: Some(specialty),
        };
        pools.push(pool);
    }
    pools
}

/// The region of the one pool for a specialty, and that specialty.
const DERMATOLOGY: (&str, &str) = ("WA", "dermatology");

/// The state of a pool by the clock.
pub fn state_by_clock(region: Option<&Region>, pool: &Pool, now: DateTime<Utc>) -> State {
    let Some(region) = region.filter(|region| region.is_active) else { return State::Unknown };
    let is_for_children = pool.qualifier == Some("pediatric");
    if !region.is_in_hours(now) {
        return State::OffHours;
    }
    match region.temper {
        Temper::Unstaffed => State::Unstaffed,
        Temper::NoChildrenByPhone if is_for_children && pool.modality == "phone" => State::Unstaffed,
        Temper::OftenBusy if region.is_busy_hour(now) => State::Busy,
        _ => State::Open,
    }
}

/// The wait of an open pool in whole seconds: between 3 and 25 minutes, interpolated between draws that are ten minutes
/// apart.
pub fn wait_by_clock(seed: u64, pool: &Pool, now: DateTime<Utc>) -> u32 {
    const STEP: i64 = 600;
    let words = |step: i64| {
        let names = [pool.modality, pool.qualifier.unwrap_or_default(), pool.specialty.unwrap_or_default()];
        let mut words = vec![word("wait"), word(&pool.region), step.cast_unsigned()];
        words.extend(names.map(word));
        i64::try_from(draw(seed, &words) % 1320).unwrap_or_default() + 180
    };
    let (step, into) = (now.timestamp().div_euclid(STEP), now.timestamp().rem_euclid(STEP));
    let (from, to) = (words(step), words(step + 1));
    u32::try_from(from + (to - from) * into / STEP).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{of_region, wait_by_clock};
    use crate::world::practices::{DEFAULT, practice};
    use chrono::{DateTime, Duration};

    #[test]
    fn a_wait_drifts_without_a_jump_and_stays_in_its_range() {
        let practice = practice(DEFAULT).expect("the practice");
        let pool = of_region(practice, "WA").remove(0);
        let start = DateTime::from_timestamp(1_796_749_200, 0).expect("a date");
        let waits: Vec<u32> =
            (0..720).map(|minute| wait_by_clock(1, &pool, start + Duration::seconds(10 * minute))).collect();
        assert!(waits.iter().all(|wait| (180..1500).contains(wait)));
        assert!(waits.windows(2).all(|pair| pair[0].abs_diff(pair[1]) <= 25), "no jump");
        assert!(waits.iter().min() != waits.iter().max(), "it moves");
        assert_eq!(wait_by_clock(1, &pool, start), waits[0], "and is the same when asked again");
        assert_ne!(wait_by_clock(2, &pool, start), waits[0], "but for another seed");
    }
}
