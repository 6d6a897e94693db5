//! Reads, moves and freezes Acme's clock.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use super::read;
use crate::refusal::Refusal;
use crate::state::{Acme, Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    now: Option<DateTime<Utc>>,
    frozen: Option<bool>,
    advance: Option<i64>,
}

pub async fn show(State(acme): State<Shared>) -> Json<Value> {
    Json(reading(&acme))
}

pub async fn set(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let change: Change = read(&body)?;
    let too_far = || Refusal::bad("The clock cannot go that far");
    let advance = match change.advance {
        Some(seconds) => Some(Duration::try_seconds(seconds).ok_or_else(too_far)?),
        None => None,
    };
    if !acme.clock.set(change.now, change.frozen, advance) {
        return Err(too_far());
    }
    Ok(Json(reading(&acme)))
}

fn reading(acme: &Acme) -> Value {
    json!({"now": acme.now().to_rfc3339_opts(SecondsFormat::Millis, true), "frozen": acme.clock.is_frozen()})
}
