//! The faults waiting for a request.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{done, read};
use crate::refusal::Refusal;
use crate::state::Shared;

/// What happens to the request.
#[derive(Deserialize, Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A status, without being carried out.
    Status,
    /// Carried out `ms` later.
    Delay,
    /// Never answered, not carried out.
    Hang,
    /// The connection closes without an answer; not carried out.
    Drop,
    /// Carried out, then the connection closes without an answer.
    DropAfter,
    /// Carried out, then never answered.
    HangAfter,
    /// Carried out; half of the promised body arrives.
    Truncate,
    /// A page of HTML with status 200, not carried out.
    Html,
    /// Status 200 and no body, not carried out.
    Empty,
}

/// One fault.
#[derive(Deserialize, Serialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Requests whose path starts so.
    path: String,
    /// Requests with this method; without one, all but preflights.
    #[serde(default)]
    method: Option<String>,
    /// How many requests; 0 is every one.
    #[serde(default = "once")]
    times: u32,
    /// What happens.
    pub kind: Kind,
    /// Status for `status`, `html` and `empty`.
    #[serde(default)]
    pub status: Option<u16>,
    /// Body for `status` and `html`: text as it is, anything else as JSON.
    #[serde(default)]
    body: Option<Value>,
    /// Milliseconds for `delay`.
    #[serde(default)]
    pub ms: Option<u64>,
    /// Further headers for `status`, `html` and `empty`.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
}

fn once() -> u32 {
    1
}

impl Fault {
    fn fits(&self, method: &Method, path: &str) -> bool {
        let fits_method = match &self.method {
            Some(wanted) => wanted.eq_ignore_ascii_case(method.as_str()),
            None => method != Method::OPTIONS,
        };
        fits_method && path.starts_with(&self.path)
    }

    /// The body as text.
    pub fn body_text(&self) -> Option<String> {
        self.body.as_ref().map(|body| body.as_str().map_or_else(|| body.to_string(), str::to_owned))
    }
}

/// All faults, oldest first.
#[derive(Default)]
pub struct Faults {
    waiting: Mutex<Vec<Fault>>,
}

impl Faults {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Fault>) -> T) -> T {
        work(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The fault for a request, used up once if it counts.
    pub fn take(&self, method: &Method, path: &str) -> Option<Fault> {
        self.with(|waiting| {
            let place = waiting.iter().position(|fault| fault.fits(method, path))?;
            let fault = waiting[place].clone();
            match fault.times {
                0 => {}
                1 => drop(waiting.remove(place)),
                _ => waiting[place].times -= 1,
            }
            Some(fault)
        })
    }

    /// Removes all.
    pub fn clear(&self) {
        self.with(Vec::clear);
    }
}

pub async fn show(State(acme): State<Shared>) -> Json<Vec<Fault>> {
    Json(acme.controls.faults.with(|waiting| waiting.clone()))
}

pub async fn add(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let fault: Fault = read(&body)?;
    if fault.status.is_some_and(|status| !(200..600).contains(&status)) {
        return Err(Refusal::bad("'status' must be from 200 to 599"));
    }
    let waiting = acme.controls.faults.with(|waiting| {
        waiting.push(fault);
        waiting.len()
    });
    Ok(Json(json!({"waiting": waiting})))
}

pub async fn forget(State(acme): State<Shared>) -> Json<Value> {
    acme.controls.faults.clear();
    done()
}
