//! The list of bookings and of on-demand visits.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::api::timeslots::stamp;
use crate::refusal::Refusal;
use crate::state::{Acme, Shared, blocking};
use crate::store::bookings::{self, Visit};
use crate::store::patients;
use crate::store::virtual_visits::{self, VirtualVisit};
use crate::visits::regions::millis;

/// Lists the bookings, then the on-demand visits, both in the order in which they were made.
pub async fn show(State(acme): State<Shared>) -> Result<Json<Value>, Refusal> {
    blocking(acme, |acme| {
        let (booked, on_demand) =
            acme.store.read(|db| Ok((bookings::visits(db)?, virtual_visits::all(db)?)))?;
        let booked = booked.iter().map(|visit| show_booked(acme, visit));
        let on_demand = on_demand.iter().map(|visit| show_on_demand(acme, visit));
        Ok(Json(booked.chain(on_demand).collect()))
    })
    .await
}

fn show_booked(acme: &Acme, visit: &Visit) -> Value {
    let clinic = acme.world.clinic_by_identifier(&visit.department).map(|clinic| &acme.world.clinics[clinic]);
    let zone = clinic.map_or(chrono_tz::UTC, |clinic| clinic.zone);
    json!({
        "visitId": visit.id,
        "kind": visit.kind,
        "patient": own_account(acme, Some(&visit.username), &visit.patient_guid),
        "bookedBy": visit.username,
        "patientGuid": visit.patient_guid,
        "slot": {
            "id": visit.slot_id,
            "npi": visit.npi,
            "departmentId": clinic.map(|clinic| clinic.department_id),
            "departmentIdentifier": visit.department,
            "visitType": visit.short_name,
            "slotDateTime": stamp(&visit.start.with_timezone(&zone)),
        },
        "product": visit.product,
        "cancelled": visit.cancelled.as_ref().map(|(at, reason)| json!({"reason": reason, "at": millis(*at)})),
        "body": serde_json::from_str::<Value>(&visit.body).unwrap_or_default(),
    })
}

fn show_on_demand(acme: &Acme, visit: &VirtualVisit) -> Value {
    let cancelled = visit.reached("cancelled").filter(|_| visit.status == "cancelled");
    json!({
        "visitId": visit.id,
        "kind": "virtual",
        "patient": own_account(acme, visit.username.as_ref(), &visit.patient_guid),
        "bookedBy": visit.username,
        "patientGuid": visit.patient_guid,
        "practiceId": visit.practice,
        "region": visit.region,
        "modality": visit.modality,
        "status": visit.status,
        "product": visit.product,
        "cancelled": cancelled.map(|at| json!({"reason": visit.cancel_reason, "at": millis(at)})),
        "body": visit.body(),
    })
}

/// The account's user name, if the patient of the visit is the account holder; `None` for a dependant or a guest.
fn own_account<'a>(acme: &Acme, username: Option<&'a String>, patient_guid: &str) -> Option<&'a String> {
    let name = username?;
    let account = acme.store.read(|db| Ok(patients::account(db, name)?));
    let holder = account.ok().flatten().and_then(|account| account.patient_guid);
    Some(name).filter(|_| holder.as_deref() == Some(patient_guid))
}
