//! On-demand care before booking: practice, wait times, modalities, qualifiers (API reference §2.14–§2.18).
//!
//! The documents declare only a 200, so no query is refused: a value that cannot be understood is ignored.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::request::{Filters, Segment};
use crate::rules::is_guid;
use crate::state::{Acme, Shared};
use crate::world::pools::{self, Pool, State as PoolState};
use crate::world::practices::{self, MODALITIES, Practice, Region};

/// A server timestamp: three fraction digits and `Z` (API reference §1.8).
pub fn millis(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The state of a pool at this moment.
pub struct Answer {
    /// Whether the pool takes visits, or why not.
    pub state: PoolState,
    /// The wait in seconds; it means nothing while the pool takes no visits.
    pub wait: u32,
    /// Text for a busy region; may be empty.
    pub busy_message: String,
}

/// The state of a pool: what a test has set for its region, or else the state by the clock.
pub fn ask(acme: &Acme, practice: &'static Practice, pool: &Pool) -> Answer {
    let region = practice.region(&pool.region);
    let now = acme.now();
    let told = acme.controls.on_demand.region(practice.id, &pool.region, pool.modality);
    let own_message = region.map(|region| region.busy_message).unwrap_or_default();
    let by_clock = || pools::wait_by_clock(acme.world.seed, pool, now);
    match told {
        Some(told) => Answer {
            state: told.state,
            wait: told.wait.unwrap_or_else(by_clock),
            busy_message: told.busy_message.unwrap_or_else(|| own_message.to_owned()),
        },
        None => Answer {
            state: pools::state_by_clock(region, pool, now),
            wait: by_clock(),
            busy_message: own_message.to_owned(),
        },
    }
}

pub async fn wait_times(State(acme): State<Shared>, filters: Filters) -> Json<Value> {
    let Some(practice) = practice_of(&filters) else { return Json(json!([])) };
    let wanted = filters.all("regionCodes");
    let codes: Vec<&str> = if wanted.is_empty() {
        practice.regions.iter().map(|region| region.code).collect()
    } else {
        let mut codes: Vec<&str> = Vec::new();
        for code in wanted {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    };
    Json(list(&acme, practice, &codes, &filters))
}

pub async fn wait_times_of_region(
    State(acme): State<Shared>,
    code: Result<Segment, Refusal>,
    filters: Filters,
) -> Json<Value> {
    match (code, practice_of(&filters)) {
        (Ok(Segment(code)), Some(practice)) => Json(list(&acme, practice, &[&code], &filters)),
        _ => Json(json!([])),
    }
}

/// The requested practice, or the default one if the query names none or no GUID; `None` if no practice has that GUID.
fn practice_of(filters: &Filters) -> Option<&'static Practice> {
    let id = filters.first("practiceId").filter(|id| is_guid(id)).unwrap_or(practices::DEFAULT);
    practices::practice(id)
}

fn list(acme: &Acme, practice: &'static Practice, codes: &[&str], filters: &Filters) -> Value {
    let modalities = filters.all("visitTypeNames");
    let qualifiers = filters.all("assignmentQualifiers");
    let with_specialties = filters.first("includeSpecialties") == Some("true");
    let pools = codes.iter().flat_map(|code| pools::of_region(practice, code)).filter(|pool| {
        let fits_modality = modalities.is_empty() || modalities.contains(&pool.modality);
        // A pool without qualifiers fits every patient.
        let fits_patient = pool.qualifier.is_none_or(|qualifier| qualifiers.contains(&qualifier));
        let fits_specialty =
            pool.specialty.is_none_or(|specialty| with_specialties && qualifiers.contains(&specialty));
        let asks_specialty_only = with_specialties && pool.specialty.is_some() && fits_specialty;
        fits_modality && (qualifiers.is_empty() || asks_specialty_only || (fits_patient && fits_specialty))
    });
    pools.map(|pool| element(acme, practice, &pool)).collect()
}

fn element(acme: &Acme, practice: &'static Practice, pool: &Pool) -> Value {
    let answer = ask(acme, practice, pool);
    let mut element = json!({
        "available": answer.state == PoolState::Open,
        "estimateGeneratedAt": millis(acme.now()),
        "regionCode": pool.region,
        "practiceId": practice.id,
        "visitTypeName": pool.modality,
        "assignmentQualifiers": pool.qualifier.into_iter().collect::<Vec<_>>(),
        "specialties": pool.specialty.into_iter().collect::<Vec<_>>(),
    });
    match answer.state.reason() {
        None => element["estimatedWaitTimeSeconds"] = answer.wait.into(),
        Some(reason) => {
            element["reason"] = reason.into();
            if answer.state == PoolState::Busy && !answer.busy_message.is_empty() {
                element["busyMessage"] = answer.busy_message.into();
            }
        }
    }
    element
}

const SINCE: &str = "2024-01-02T00:00:00.000Z";
const ARCHIVED: &str = "2025-03-01T00:00:00.000Z";

pub async fn modalities(filters: Filters) -> Json<Value> {
    let mut list: Vec<Value> = MODALITIES.iter().zip(1..).map(|(name, id)| vocable(id, name, None)).collect();
    if filters.first("archived") == Some("true") {
        list.push(archived(vocable(3, "chat", None)));
    }
    Json(list.into())
}

pub async fn assignment_qualifiers(filters: Filters) -> Json<Value> {
    let mut list: Vec<Value> =
        practices::QUALIFIERS.iter().zip(11..).map(|(name, id)| vocable(id, name, Some("age"))).collect();
    if filters.first("archived") == Some("true") {
        list.push(archived(vocable(13, "senior", Some("age"))));
    }
    Json(list.into())
}

fn vocable(id: u32, name: &str, group: Option<&str>) -> Value {
    let mut vocable =
        json!({"id": id.to_string(), "name": name, "version": 1, "createdAt": SINCE, "updatedAt": SINCE});
    if let Some(group) = group {
        vocable["group"] = group.into();
    }
    vocable
}

fn archived(mut vocable: Value) -> Value {
    vocable["updatedAt"] = ARCHIVED.into();
    vocable["deletedAt"] = ARCHIVED.into();
    vocable
}

pub async fn practice(State(acme): State<Shared>, Segment(id): Segment) -> Result<Json<Value>, Refusal> {
    let practice = practices::practice(&id)
        .ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "The practice was not found"))?;
    let regions: Vec<Value> = practice.regions.iter().map(|region| show(&acme, practice, region)).collect();
    Ok(Json(json!({
        "id": practice.id,
        "displayName": practice.name,
        "careMode": "virtual",
        "payment": {"insurance": practice.takes_insurance, "selfPay": practice.takes_card,
            "serviceKey": practice.takes_coupon},
        "epicBookingEnabled": true,
        "practiceRegions": regions,
    })))
}

fn show(acme: &Acme, practice: &'static Practice, region: &'static Region) -> Value {
    let first = pools::of_region(practice, region.code).into_iter().next();
    let answer = first.map(|pool| ask(acme, practice, &pool));
    let busy = answer.filter(|answer| answer.state == PoolState::Busy);
    let times = region.opening_times(acme.now());
    let mut shown = json!({
        "id": region.id,
        "displayName": region.name,
        "regionCode": region.code,
        "active": region.is_active,
        "busy": busy.is_some(),
        "busyMessage": busy.map(|answer| answer.busy_message).unwrap_or_default(),
        "visitPrice": region.price,
        "availability": times.iter().map(|(start, end)| json!({"start": millis(*start), "end": millis(*end)}))
            .collect::<Vec<_>>(),
        "departments": [{
            "id": format!("d-{}", region.department_id),
            "epicDepartmentId": region.department_id,
            "ehrSystemName": practice.ehr.name(),
            "defaultDepartmentName": region.department_name,
        }],
    });
    if let Some((min, max)) = region.pediatric_months {
        shown["pediatricsAgeRange"] = json!({"min": min, "max": max});
    }
    shown
}
