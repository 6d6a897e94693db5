//! What tests have set about on-demand care and coupons: states and waits of regions, answers of coupons.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};

use crate::world::billing::{self, Coupon};
use crate::world::pools::State;

/// How many unknown coupon codes a client may try within [`TRIES_WINDOW`].
const MOST_TRIES: usize = 10;

const TRIES_WINDOW: Duration = Duration::seconds(60);

/// What a test has set for a region. It replaces the state and the wait that Acme derives from its clock.
#[derive(Clone, Debug)]
pub struct Override {
    /// The region's state.
    pub state: State,
    /// The wait in seconds; `None` = the wait that Acme derives from its clock.
    pub wait: Option<u32>,
    /// The busy message; `None` = the region's own.
    pub busy_message: Option<String>,
}

/// Where an override applies: a practice, a region, and one modality or (with `None`) both.
pub type Scope = (&'static str, String, Option<&'static str>);

/// Everything that tests have set about regions and coupons, and when each client has tried an unknown coupon
/// code.
#[derive(Default)]
pub struct OnDemand {
    regions: Mutex<HashMap<Scope, Override>>,
    coupons: Mutex<HashMap<String, Coupon>>,
    misses: Mutex<HashMap<String, Vec<DateTime<Utc>>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl OnDemand {
    /// The override that applies to a modality in a region. An override for this modality wins over one for both
    /// modalities.
    pub fn region(&self, practice: &'static str, region: &str, modality: &'static str) -> Option<Override> {
        let regions = lock(&self.regions);
        let scope = |modality| (practice, region.to_owned(), modality);
        regions.get(&scope(Some(modality))).or_else(|| regions.get(&scope(None))).cloned()
    }

    /// Sets the override of a scope.
    pub fn set_region(&self, scope: Scope, setting: Override) {
        lock(&self.regions).insert(scope, setting);
    }

    /// Removes the override of a scope. Without a modality, removes every override of the region.
    pub fn unset_region(&self, scope: &Scope) {
        lock(&self.regions).retain(|known, _| {
            (known.0, &known.1) != (scope.0, &scope.1) || (scope.2.is_some() && known.2 != scope.2)
        });
    }

    /// Sets a coupon.
    pub fn set_coupon(&self, code: String, coupon: Coupon) {
        lock(&self.coupons).insert(code, coupon);
    }

    /// The coupon that a test has set for this code, or else the coupon that Acme has from the start, if any.
    pub fn coupon(&self, code: &str) -> Option<Coupon> {
        if let Some(coupon) = lock(&self.coupons).get(code) {
            return Some(coupon.clone());
        }
        billing::coupons().into_iter().find(|(known, _)| *known == code).map(|(_, coupon)| coupon)
    }

    /// Whether a booking can be paid for with this code.
    pub fn is_redeemable(&self, code: &str) -> bool {
        self.coupon(code).is_some_and(|coupon| coupon.is_active && coupon.refused_with != Some(404))
    }

    /// Every coupon in its current state, by code.
    pub fn coupons(&self) -> Vec<(String, Coupon)> {
        let mut codes: Vec<String> = billing::coupons().iter().map(|(code, _)| (*code).to_owned()).collect();
        codes.extend(lock(&self.coupons).keys().cloned());
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter().filter_map(|code| self.coupon(&code).map(|coupon| (code, coupon))).collect()
    }

    /// Whether a client has tried too many unknown codes recently.
    pub fn guesses_too_often(&self, client: &str, now: DateTime<Utc>) -> bool {
        let misses = lock(&self.misses);
        let recent = misses.get(client).map_or(0, |misses| {
            misses.iter().filter(|at| now.signed_duration_since(**at) < TRIES_WINDOW).count()
        });
        recent >= MOST_TRIES
    }

    /// Records a try of an unknown code.
    pub fn missed(&self, client: &str, now: DateTime<Utc>) {
        let mut misses = lock(&self.misses);
        let misses = misses.entry(client.to_owned()).or_default();
        misses.retain(|at| now.signed_duration_since(*at) < TRIES_WINDOW);
        misses.push(now);
    }

    /// Removes all overrides, coupons and tries.
    pub fn reset(&self) {
        lock(&self.regions).clear();
        lock(&self.coupons).clear();
        lock(&self.misses).clear();
    }
}
