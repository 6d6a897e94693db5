//! The control of the request log: shows it and clears it.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::controls::log::Entry;
use crate::state::Shared;

/// Lists the requests in the log, oldest first.
pub async fn show(State(acme): State<Shared>) -> Json<Vec<Entry>> {
    Json(acme.controls.log.entries())
}

/// Removes all entries of the request log.
pub async fn forget(State(acme): State<Shared>) -> Json<Value> {
    acme.controls.log.clear();
    Json(json!({"ok": true}))
}
