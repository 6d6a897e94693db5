//! Controls of searches and scheduling pages: access without a key, search contexts, and the list of hand-offs.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{done, read};
use crate::refusal::Refusal;
use crate::state::Shared;

/// How a search answers a request without a key. A wrong key is refused even by an open search.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// The search answers.
    #[default]
    Open,
    /// The search requires the key.
    Key,
    /// The gateway has no such route.
    Absent,
}

/// The access modes of both request forms.
#[derive(Clone, Copy, Default)]
pub struct Availability {
    /// GET.
    pub get: Access,
    /// POST.
    pub post: Access,
}

/// The access modes that are set.
#[derive(Default)]
pub struct Doors(Mutex<Availability>);

impl Doors {
    /// The current access modes.
    pub fn now(&self) -> Availability {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the access modes.
    pub fn set(&self, availability: Availability) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = availability;
    }
}

pub async fn set(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wanted {
        get: Option<Access>,
        post: Option<Access>,
    }
    let wanted: Wanted = read(&body)?;
    if wanted.post == Some(Access::Absent) {
        return Err(Refusal::bad("'post' must be one of [open, key]"));
    }
    let before = acme.controls.doors.now();
    let after =
        Availability { get: wanted.get.unwrap_or(before.get), post: wanted.post.unwrap_or(before.post) };
    acme.controls.doors.set(after);
    Ok(done())
}

pub async fn expire_contexts(State(acme): State<Shared>) -> Json<Value> {
    acme.controls.contexts.expire();
    done()
}

/// One patient handed off to the scheduling pages.
#[derive(Serialize, Clone)]
pub struct HandOff {
    /// When, by Acme's clock.
    pub at: DateTime<Utc>,
    /// The decoded query: every value of every name.
    pub query: BTreeMap<String, Vec<String>>,
}

/// All hand-offs, oldest first.
#[derive(Default)]
pub struct HandOffs(Mutex<Vec<HandOff>>);

impl HandOffs {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<HandOff>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds a hand-off.
    pub fn note(&self, hand_off: HandOff) {
        self.with(|all| all.push(hand_off));
    }

    /// Removes all hand-offs.
    pub fn clear(&self) {
        self.with(Vec::clear);
    }
}

pub async fn hand_offs(State(acme): State<Shared>) -> Json<Vec<HandOff>> {
    Json(acme.controls.hand_offs.with(|all| all.clone()))
}
