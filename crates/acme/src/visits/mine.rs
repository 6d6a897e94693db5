//! The account's clinic visits, the reasons for cancelling, and cancelling itself (API reference §2.36–§2.38).
//!
//! Provider bookings are neither listed nor cancelled, because no source says that they can be.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value, json};

use super::regions::millis;
use crate::api::timeslots::stamp;
use crate::idp::SignedIn;
use crate::refusal::Refusal;
use crate::request::{Fields, Query, Segment, json_body};
use crate::state::{Acme, Shared, blocking};
use crate::store::bookings::{self, Visit};
use crate::visits::submit::slot_of;
use crate::world::billing::retail_cancel_reasons;

/// Minutes assumed for a visit if its slot id cannot be read any more.
const USUAL_MINUTES: u32 = 20;

pub async fn list(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let status = query.get("status").map(str::to_owned);
    blocking(acme, move |acme| {
        let mut visits = acme.store.read(|db| Ok(bookings::visits(db)?))?;
        visits.retain(|visit| visit.kind == "retail" && visit.username == account.username);
        visits.sort_by_key(|visit| visit.start);
        let wanted = visits
            .iter()
            .filter(|visit| status.as_deref().is_none_or(|status| status == status_of(acme, visit)));
        Ok(Json(wanted.map(|visit| show(acme, visit)).collect()))
    })
    .await
}

fn end_of(acme: &Acme, visit: &Visit) -> DateTime<Utc> {
    let minutes = slot_of(acme, &visit.slot_id).map_or(USUAL_MINUTES, |slot| slot.visit_type.minutes);
    visit.start + Duration::minutes(minutes.into())
}

/// The status of a booked visit, by Acme's clock.
pub fn status_of(acme: &Acme, visit: &Visit) -> &'static str {
    if visit.cancelled.is_some() {
        "cancelled"
    } else if end_of(acme, visit) <= acme.now() {
        "done"
    } else {
        "requested"
    }
}

fn show(acme: &Acme, visit: &Visit) -> Value {
    let clinic = acme.world.clinic_by_identifier(&visit.department).map(|clinic| &acme.world.clinics[clinic]);
    let zone = clinic.map_or(chrono_tz::UTC, |clinic| clinic.zone);
    let body: Value = serde_json::from_str(&visit.body).unwrap_or_default();
    let status = status_of(acme, visit);
    let mut stamps = Map::new();
    stamps.insert("requested".to_owned(), millis(visit.booked_at).into());
    if let Some((at, _)) = &visit.cancelled {
        stamps.insert("cancelled".to_owned(), millis(*at).into());
    } else if status == "done" {
        stamps.insert("done".to_owned(), millis(end_of(acme, visit)).into());
    }
    json!({
        "id": visit.id,
        "type": "retail",
        "status": status,
        "address": body["patient"]["address"],
        "appointment": {
            "appointmentId": format!("A-{}", visit.id.split('-').next().unwrap_or_default()),
            "slotId": visit.slot_id,
            "start": stamp(&visit.start.with_timezone(&zone)),
            "end": stamp(&end_of(acme, visit).with_timezone(&zone)),
            "timezone": zone.name(),
        },
        "departmentId": clinic.map(|clinic| clinic.department_id),
        "ehrSystemName": clinic.map(|clinic| clinic.ehr.name()),
        "isNewPatient": false,
        "isReadyForVisit": false,
        "patientGuid": visit.patient_guid,
        "patientEmail": body["patient"]["email"],
        "patientPhone": body["patient"]["phone"],
        "timestamps": stamps,
    })
}

pub async fn reasons(Segment(brand): Segment) -> Json<Value> {
    let reasons = retail_cancel_reasons(&brand).iter();
    Json(reasons.map(|(text, code)| json!({"clientText": text, "stringCode": code})).collect())
}

pub async fn cancel(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    Segment(id): Segment,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| {
        let map = json_body(&bytes)?;
        let fields = Fields::of(&map);
        let reason = fields.text("reason")?;
        let no_such = || Refusal::new(StatusCode::NOT_FOUND, "The visit was not found");
        let now = acme.now();
        acme.store.write(|db| {
            let visit = bookings::visits(db)?.into_iter().find(|visit| visit.id == id);
            let visit = visit
                .filter(|visit| visit.kind == "retail" && visit.username == account.username)
                .ok_or_else(no_such)?;
            let clinic = acme.world.clinic_by_identifier(&visit.department).ok_or_else(no_such)?;
            let known = retail_cancel_reasons(acme.world.clinics[clinic].brand);
            if !known.iter().any(|(_, code)| *code == reason) {
                return Err(fields.wrong("reason", "is not a reason of this brand"));
            }
            if visit.start <= now {
                return Err(Refusal::new(StatusCode::CONFLICT, "The visit has begun"));
            }
            if !bookings::cancel(db, &id, now, reason)? {
                return Err(Refusal::new(StatusCode::CONFLICT, "The visit is already cancelled"));
            }
            Ok(Json(json!({"visitId": id, "status": "cancelled"})))
        })
    })
    .await
}
