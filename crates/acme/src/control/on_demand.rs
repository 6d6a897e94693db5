//! Controls of on-demand care and coupons: regions, waits, statuses of visits, answers of coupons.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State as Shares;
use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{done, read};
use crate::refusal::Refusal;
use crate::state::{Shared, blocking};
use crate::store::virtual_visits;
use crate::world::billing::{self, Coupon};
use crate::world::pools::State;
use crate::world::practices::{self, MODALITIES};

/// How many unknown coupon codes a client may try within [`TRIES_WINDOW`].
const MOST_TRIES: usize = 10;

const TRIES_WINDOW: Duration = Duration::seconds(60);

/// The statuses a virtual visit can have (API reference §2.31).
const STATUSES: [&str; 8] = [
    "requested",
    "waitingroom",
    "invisit",
    "done",
    "cancelled",
    "staffdeclined",
    "waitoffline",
    "caregiverassigned",
];

/// What a test has set for a region.
#[derive(Clone, Debug)]
pub struct Override {
    /// The state, instead of the clock's.
    pub state: State,
    /// The wait in seconds, instead of the clock's.
    pub wait: Option<u32>,
    /// The busy message, instead of the region's own.
    pub busy_message: Option<String>,
}

/// Practice, region, and one modality or, with `None`, both.
type Scope = (&'static str, String, Option<&'static str>);

/// Everything that tests have set, and the clients' tries of unknown coupon codes.
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
    /// The override of a modality in a region; one set for this modality precedes one set for both.
    pub fn region(&self, practice: &'static str, region: &str, modality: &'static str) -> Option<Override> {
        let regions = lock(&self.regions);
        let scope = |modality| (practice, region.to_owned(), modality);
        regions.get(&scope(Some(modality))).or_else(|| regions.get(&scope(None))).cloned()
    }

    /// The coupon that a test has set, or else the world's.
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

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WantedState {
    Open,
    Busy,
    OffHours,
    Unstaffed,
    Unknown,
    ByClock,
}

pub async fn set_region(Shares(acme): Shares<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Wanted {
        region: String,
        practice_id: Option<String>,
        modality: Option<String>,
        state: WantedState,
        wait: Option<u32>,
        busy_message: Option<String>,
    }
    let wanted: Wanted = read(&body)?;
    let no_such = || Refusal::new(StatusCode::NOT_FOUND, "There is no such region in that practice");
    let id = wanted.practice_id.as_deref().unwrap_or(practices::DEFAULT);
    let practice = practices::practice(id).ok_or_else(no_such)?;
    practice.region(&wanted.region).ok_or_else(no_such)?;
    let modality = match wanted.modality {
        None => None,
        Some(name) => {
            let known = MODALITIES.into_iter().find(|modality| *modality == name);
            Some(known.ok_or_else(|| Refusal::bad("'modality' must be virtual or phone"))?)
        }
    };
    let scope = (practice.id, wanted.region, modality);
    let state = match wanted.state {
        WantedState::Open => State::Open,
        WantedState::Busy => State::Busy,
        WantedState::OffHours => State::OffHours,
        WantedState::Unstaffed => State::Unstaffed,
        WantedState::Unknown => State::Unknown,
        WantedState::ByClock => {
            // Without a modality, remove every override of the region.
            lock(&acme.controls.on_demand.regions).retain(|known, _| {
                (known.0, &known.1) != (scope.0, &scope.1) || (modality.is_some() && known.2 != modality)
            });
            return Ok(done());
        }
    };
    let told = Override { state, wait: wanted.wait, busy_message: wanted.busy_message };
    lock(&acme.controls.on_demand.regions).insert(scope, told);
    Ok(done())
}

pub async fn set_wait(Shares(acme): Shares<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Wanted {
        visit_id: String,
        seconds: f64,
    }
    let wanted: Wanted = read(&body)?;
    if wanted.seconds < 0.0 {
        return Err(Refusal::bad("'seconds' must not be negative"));
    }
    blocking(acme, move |acme| {
        let now = acme.now();
        let is_set = acme
            .store
            .write(|db| Ok(virtual_visits::set_wait(db, &wanted.visit_id, wanted.seconds, now)?))?;
        if is_set { Ok(done()) } else { Err(no_such_visit()) }
    })
    .await
}

pub async fn set_status(Shares(acme): Shares<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Wanted {
        visit_id: String,
        status: String,
    }
    let wanted: Wanted = read(&body)?;
    if !STATUSES.contains(&wanted.status.as_str()) {
        return Err(Refusal::bad(format!("'status' must be one of [{}]", STATUSES.join(", "))));
    }
    blocking(acme, move |acme| {
        let now = acme.now();
        acme.store.write(|db| {
            let visit = virtual_visits::find(db, &wanted.visit_id)?.ok_or_else(no_such_visit)?;
            virtual_visits::set_status(db, &visit, &wanted.status, now, None)?;
            Ok(done())
        })
    })
    .await
}

fn no_such_visit() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "There is no such visit")
}

pub async fn set_coupon(Shares(acme): Shares<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
    #[serde(rename_all = "lowercase")]
    enum Standing {
        Active,
        Inactive,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Wanted {
        code: String,
        status: Option<Standing>,
        discount_amount: Option<u32>,
        answer: Option<u16>,
    }
    let wanted: Wanted = read(&body)?;
    if wanted.answer.is_some_and(|answer| ![401, 404, 429, 500].contains(&answer)) {
        return Err(Refusal::bad("'answer' must be one of [401, 404, 429, 500]"));
    }
    let known = acme.controls.on_demand.coupon(&wanted.code);
    let coupon = Coupon {
        is_active: wanted
            .status
            .map_or(known.as_ref().is_none_or(|known| known.is_active), |status| status == Standing::Active),
        discount: wanted.discount_amount.unwrap_or(known.map_or(0, |known| known.discount)),
        refused_with: wanted.answer,
    };
    lock(&acme.controls.on_demand.coupons).insert(wanted.code, coupon);
    Ok(done())
}

/// Practices, insurers, coupons and cancel reasons, for `GET /world`.
pub fn world(controls: &OnDemand) -> Value {
    let practices = practices::ALL.iter().map(|practice| {
        let regions = practice.regions.iter().map(|region| {
            json!({
                "id": region.id, "code": region.code, "name": region.name, "isActive": region.is_active,
                "timezone": region.zone.name(), "days": region.days.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "hours": {"from": region.hours.0, "to": region.hours.1}, "temper": format!("{:?}", region.temper),
                "busyMessage": region.busy_message, "visitPrice": region.price,
                "pediatricsAgeRange": region.pediatric_months.map(|(min, max)| json!({"min": min, "max": max})),
                "departmentId": region.department_id,
            })
        });
        json!({
            "id": practice.id, "name": practice.name, "brand": practice.brand,
            "ehrSystemName": practice.ehr.name(),
            "payment": {"insurance": practice.takes_insurance, "selfPay": practice.takes_card,
                "serviceKey": practice.takes_coupon},
            "regions": regions.collect::<Vec<_>>(),
        })
    });
    let issuers = billing::TENANTS.iter().map(|tenant| {
        let list = billing::issuers(tenant).iter().map(|(name, id)| json!({"name": name, "payerId": id}));
        ((*tenant).to_owned(), list.collect())
    });
    let coupons = controls.coupons().into_iter().map(|(code, coupon)| {
        json!({
            "code": code, "status": if coupon.is_active { "active" } else { "inactive" },
            "discountAmount": coupon.discount, "answer": coupon.refused_with,
        })
    });
    let reasons = crate::world::clinics::BRANDS.iter().map(|brand| {
        let codes = billing::retail_cancel_reasons(brand).iter().map(|(_, code)| *code);
        ((*brand).to_owned(), json!(codes.collect::<Vec<_>>()))
    });
    json!({
        "practices": practices.collect::<Vec<_>>(),
        "issuers": Value::Object(issuers.collect()),
        "coupons": coupons.collect::<Vec<_>>(),
        "cancelReasons": {
            "retail": Value::Object(reasons.collect()),
            "virtual": billing::VIRTUAL_CANCEL_REASONS.map(|(_, _, value)| value),
        },
    })
}
