//! The control of faults: lists them, adds one, removes all.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::{done, read};
use crate::controls::faults::Fault;
use crate::refusal::Refusal;
use crate::state::Shared;

/// Lists the faults that are set, oldest first.
pub async fn show(State(acme): State<Shared>) -> Json<Vec<Fault>> {
    Json(acme.controls.faults.all())
}

/// Adds a fault.
pub async fn add(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let fault: Fault = read(&body)?;
    if let Some(flaw) = fault.flaw() {
        return Err(Refusal::bad(flaw));
    }
    let waiting = acme.controls.faults.add(fault);
    Ok(Json(json!({"waiting": waiting})))
}

/// Removes all faults.
pub async fn forget(State(acme): State<Shared>) -> Json<Value> {
    acme.controls.faults.clear();
    done()
}
