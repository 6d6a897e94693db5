//! Notifications from the owner of a schedule (API reference §2.10) that a time was taken or released. Acme removes the
//! time from every list and from booking, or brings it back.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde_json::{Map, Value};

use super::refused;
use crate::body;
use crate::refusal::Refusal;
use crate::request::{Fields, json_body};
use crate::state::{Acme, Shared, blocking};
use crate::store::bookings::{self, Place};

pub async fn taken(State(acme): State<Shared>, body: Bytes) -> Result<StatusCode, Refusal> {
    notified(acme, body, bookings::hold).await
}

/// Releases a time. A time that a patient has booked stays taken, because the visit still exists.
pub async fn released(State(acme): State<Shared>, body: Bytes) -> Result<StatusCode, Refusal> {
    notified(acme, body, bookings::release).await
}

type Change = fn(&Connection, &Place) -> rusqlite::Result<bool>;

/// Applies a notification; answers 204 whether or not it changed anything.
async fn notified(acme: Shared, body: Bytes, change: Change) -> Result<StatusCode, Refusal> {
    let done = blocking(acme, move |acme| {
        let notice = read(acme, &json_body(&body)?)?;
        let place = Place { npi: &notice.npi, department: &notice.department, start: notice.start };
        acme.store.write(|db| Ok(change(db, &place)?))
    });
    done.await.map(|_| StatusCode::NO_CONTENT).map_err(refused)
}

struct Notice {
    npi: String,
    department: String,
    start: DateTime<Utc>,
}

fn read(acme: &Acme, map: &Map<String, Value>) -> Result<Notice, Refusal> {
    let fields = Fields::of(map);
    let npi = fields.text("npi")?;
    let ehr = body::ehr(&fields, "ehrInstance")?;
    let department_id = fields.text("departmentId")?;
    let visit_type_id = fields.text("visitTypeId")?;
    let at = DateTime::parse_from_rfc3339(fields.text("slotDateTime")?)
        .map_err(|_| fields.wrong("slotDateTime", "must be a date and time with an offset"))?;
    fields.optional_flag("disableRefresh")?;
    let world = &acme.world;
    let who = world.clinician(npi).ok_or_else(|| fields.wrong("npi", "is not a known provider"))?;
    let held = world.clinicians[who].posts.iter().find(|post| {
        let clinic = &world.clinics[post.clinic];
        clinic.ehr == ehr && clinic.department_id == department_id
    });
    let held = held.ok_or_else(|| fields.wrong("departmentId", "is not a department of that provider"))?;
    if !held.visit_types.iter().any(|row| row.id == visit_type_id) {
        return Err(fields.wrong("visitTypeId", "is not a visit type of that provider"));
    }
    Ok(Notice {
        npi: npi.to_owned(),
        department: world.clinics[held.clinic].identifier(),
        start: at.to_utc(),
    })
}
