//! The control of reports: sets how they progress.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::Value;

use super::{done, read};
use crate::refusal::Refusal;
use crate::state::Shared;

/// Sets how reports progress.
pub async fn set(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    acme.controls.reports.set(read(&body)?);
    Ok(done())
}
