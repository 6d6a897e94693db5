//! Controls of searches and scheduling pages: access without a key, search contexts, and the list of hand-offs.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::Value;

use super::{done, read};
use crate::controls::availability::{Access, Availability, HandOff};
use crate::refusal::Refusal;
use crate::state::Shared;

/// Sets how searches and v5 answer a request without a key; an absent value stays as it is.
pub async fn set(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        get: Option<Access>,
        post: Option<Access>,
        v5: Option<Access>,
    }
    let wanted: Wanted = read(&body)?;
    for (name, access) in [("post", wanted.post), ("v5", wanted.v5)] {
        if access == Some(Access::Absent) {
            return Err(Refusal::bad(format!("'{name}' must be one of [open, key]")));
        }
    }
    let before = acme.controls.availability.now();
    let after = Availability {
        get: wanted.get.unwrap_or(before.get),
        post: wanted.post.unwrap_or(before.post),
        v5: wanted.v5.unwrap_or(before.v5),
    };
    acme.controls.availability.set(after);
    Ok(done())
}

/// Expires every search context.
pub async fn expire_contexts(State(acme): State<Shared>) -> Json<Value> {
    acme.controls.contexts.expire();
    done()
}

/// Lists the hand-offs to the scheduling pages, oldest first.
pub async fn hand_offs(State(acme): State<Shared>) -> Json<Vec<HandOff>> {
    Json(acme.controls.hand_offs.all())
}
