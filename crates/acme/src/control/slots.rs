//! Takes and releases slots without a booking, as if another system had done so.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::refusal::Refusal;
use crate::state::{Acme, Shared, blocking};
use crate::store::bookings::{self, Place};
use crate::visits::submit::slot_of;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wanted {
    slot_id: Option<String>,
    npi: Option<String>,
    department_id: Option<String>,
    ehr_system_name: Option<String>,
    slot_date_time: Option<DateTime<Utc>>,
}

pub async fn take(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let wanted: Wanted = read(&body)?;
    blocking(acme, move |acme| {
        let taken = change(acme, &wanted, bookings::hold)?;
        Ok(Json(json!({"taken": taken})))
    })
    .await
}

pub async fn release(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let wanted: Wanted = read(&body)?;
    blocking(acme, move |acme| {
        let released = change(acme, &wanted, bookings::release)?;
        Ok(Json(json!({"released": released})))
    })
    .await
}

type Change = fn(&rusqlite::Connection, &Place) -> rusqlite::Result<bool>;

/// Changes every selected slot, and counts those that changed.
fn change(acme: &Acme, wanted: &Wanted, change: Change) -> Result<usize, Refusal> {
    let meant = meant(acme, wanted)?;
    if meant.is_empty() {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "There is no such slot"));
    }
    acme.store.write(|db| {
        let mut changed = 0;
        for (who, department, start) in &meant {
            let place = Place { npi: &acme.world.clinicians[*who].npi, department, start: *start };
            changed += usize::from(change(db, &place)?);
        }
        Ok(changed)
    })
}

/// Selects one slot by its id, or the slots at a department and instant: with `npi` one clinician's, else everybody's.
fn meant(acme: &Acme, wanted: &Wanted) -> Result<Vec<(usize, String, DateTime<Utc>)>, Refusal> {
    let world = &acme.world;
    if let Some(id) = &wanted.slot_id {
        let slot = slot_of(acme, id).ok_or_else(|| Refusal::bad("'slotId' is not a valid slot id"))?;
        let clinic = world.clinicians[slot.who].posts[slot.post].clinic;
        return Ok(vec![(slot.who, world.clinics[clinic].identifier(), slot.start)]);
    }
    let (Some(department_id), Some(start)) = (&wanted.department_id, wanted.slot_date_time) else {
        return Err(Refusal::bad("'slotId', or 'departmentId' and 'slotDateTime', is required"));
    };
    let mut meant = Vec::new();
    for (index, clinic) in world.clinics.iter().enumerate() {
        let is_other_ehr = wanted.ehr_system_name.as_deref().is_some_and(|ehr| ehr != clinic.ehr.name());
        if clinic.department_id != department_id || is_other_ehr {
            continue;
        }
        for (who, post, clinician, _) in world.staff(index) {
            let is_other_npi = wanted.npi.as_deref().is_some_and(|npi| npi != clinician.npi);
            if !is_other_npi && world.block_at(who, post, start).is_some() {
                meant.push((who, clinic.identifier(), start));
            }
        }
    }
    Ok(meant)
}
