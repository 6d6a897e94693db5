//! Who may search without a key, the search contexts given out, and what the scheduling pages were handed.

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

/// How a search answers without a key. A wrong key is refused in either mode.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// It answers.
    #[default]
    Open,
    /// It asks for the key.
    Key,
    /// There is no such route.
    Absent,
}

/// Both kinds of search.
#[derive(Clone, Copy, Default)]
pub struct Availability {
    /// GET.
    pub get: Access,
    /// POST.
    pub post: Access,
}

/// The modes in force.
#[derive(Default)]
pub struct Doors(Mutex<Availability>);

impl Doors {
    /// The modes in force.
    pub fn now(&self) -> Availability {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets them.
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

/// One patient handed over to the scheduling pages.
#[derive(Serialize, Clone)]
pub struct HandOff {
    /// By Acme's clock.
    pub at: DateTime<Utc>,
    /// Decoded query, every value of every name.
    pub query: BTreeMap<String, Vec<String>>,
}

/// All of them, oldest first.
#[derive(Default)]
pub struct HandOffs(Mutex<Vec<HandOff>>);

impl HandOffs {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<HandOff>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes one.
    pub fn note(&self, hand_off: HandOff) {
        self.with(|all| all.push(hand_off));
    }

    /// Forgets all.
    pub fn clear(&self) {
        self.with(Vec::clear);
    }
}

pub async fn hand_offs(State(acme): State<Shared>) -> Json<Vec<HandOff>> {
    Json(acme.controls.hand_offs.with(|all| all.clone()))
}
