//! Controls of on-demand care and coupons: regions, waits, statuses of visits, answers of coupons.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State as Shares;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{done, read};
use crate::controls::on_demand::{OnDemand, Override};
use crate::refusal::Refusal;
use crate::state::{Shared, blocking};
use crate::store::virtual_visits;
use crate::world::billing::{self, Coupon};
use crate::world::pools::State;
use crate::world::practices::{self, MODALITIES};

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

/// Sets the state, wait and busy message of a region.
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
            acme.controls.on_demand.unset_region(&scope);
            return Ok(done());
        }
    };
    let setting = Override { state, wait: wanted.wait, busy_message: wanted.busy_message };
    acme.controls.on_demand.set_region(scope, setting);
    Ok(done())
}

/// Sets the wait of an on-demand visit.
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

/// Sets the status of an on-demand visit.
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

/// Sets the status, discount and answer of a coupon.
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
    acme.controls.on_demand.set_coupon(wanted.code, coupon);
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
