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
use crate::world::chance::draw;

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
    /// The connection is reset without an answer; not carried out.
    Reset,
    /// Carried out, then the connection closes without an answer.
    DropAfter,
    /// Carried out, then the connection is reset without an answer.
    ResetAfter,
    /// Carried out, then never answered.
    HangAfter,
    /// Bytes that are no HTTP, not carried out.
    Garbage,
    /// Carried out; half of the promised body arrives, then the connection closes.
    Truncate,
    /// Carried out; half of a body of unknown length arrives in chunks, then the connection closes without the last one.
    CutChunked,
    /// Carried out; half of a body arrives that ends where the connection does: a whole answer, to who reads it.
    CutClosed,
    /// Carried out; half of the promised body arrives, then nothing more.
    HangInBody,
    /// Carried out; one byte of the body arrives every `ms`.
    Drip,
    /// Carried out; the body is `megabytes` of blanks, then what it was.
    Long,
    /// Carried out; the answer has no CORS headers.
    NoCors,
    /// Carried out; the JSON of the answer is changed as `change` says.
    Change,
    /// A page of HTML with status 200, not carried out.
    Html,
    /// Status 200 and no body, not carried out.
    Empty,
}

/// How an answer's JSON is changed, at each place where a member is called `member`.
#[derive(Deserialize, Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A text becomes a number, anything else a text.
    WrongType,
    /// A text becomes one that no list has.
    Unknown,
    /// `null`.
    Null,
    /// The member is not there.
    Missing,
    /// Each element of a list stands there twice.
    Twice,
    /// A list has its first element ten thousand times, each with an id of its own.
    TenThousand,
    /// Ten thousand lists, each within the one before.
    Deep,
    /// A text has two bytes that no UTF-8 has.
    BadUtf8,
    /// The offset of a time becomes `+05:45`.
    Offset,
    /// A number becomes 1e308, a text a date that no calendar has.
    Absurd,
    /// `text` stands after what the text said.
    Text,
    /// Each text of the answer becomes the next of `texts`.
    Texts,
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
    /// How many such requests go by before.
    #[serde(default)]
    after: u32,
    /// How many requests; 0 is every one.
    #[serde(default = "once")]
    times: u32,
    /// The share of such requests that meet it, drawn from `seed`; all of them without one.
    #[serde(default)]
    chance: Option<f64>,
    /// For `chance`: the same seed meets the same requests, counted from the first.
    #[serde(default)]
    seed: u64,
    /// How many such requests there were.
    #[serde(default, skip_deserializing)]
    seen: u64,
    /// What happens.
    pub kind: Kind,
    /// Status for `status`, `html` and `empty`.
    #[serde(default)]
    pub status: Option<u16>,
    /// Body for `status` and `html`: text as it is, anything else as JSON.
    #[serde(default)]
    body: Option<Value>,
    /// Milliseconds for `delay` and `drip`.
    #[serde(default)]
    pub ms: Option<u64>,
    /// For `long`.
    #[serde(default)]
    pub megabytes: Option<u32>,
    /// For `change`.
    #[serde(default)]
    pub change: Option<Change>,
    /// For `change`: the member's name, at any depth; every text of the answer without one.
    #[serde(default)]
    pub member: Option<String>,
    /// For `change`: only the first such place.
    #[serde(default)]
    pub first: bool,
    /// For the change `text`.
    #[serde(default)]
    pub text: Option<String>,
    /// For the change `texts`: the answer's first text becomes the one at `from`, the next the one after it, and so on in a
    /// circle. U+FDD2 in one of them arrives as the escape of half a surrogate pair, which this file cannot hold.
    #[serde(default)]
    pub texts: Vec<String>,
    /// For the change `texts`.
    #[serde(default)]
    pub from: usize,
    /// For the change `texts` without `member`: members that stay as they are, with all that is in them.
    #[serde(default)]
    pub except: Vec<String>,
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

    /// Whether this request, the next of those that fit, meets it.
    fn meets(&mut self) -> bool {
        self.seen += 1;
        if self.seen <= u64::from(self.after) {
            return false;
        }
        // The first 53 bits, as a share of one.
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let drawn = (draw(self.seed, &[self.seen]) >> 11) as f64 / (1_u64 << 53) as f64;
        self.chance.is_none_or(|chance| drawn < chance)
    }

    /// The body as text.
    pub fn body_text(&self) -> Option<String> {
        self.body.as_ref().map(|body| body.as_str().map_or_else(|| body.to_string(), str::to_owned))
    }

    /// What is wrong with it, in words for who sent it.
    fn flaw(&self) -> Option<&'static str> {
        if self.status.is_some_and(|status| !(200..600).contains(&status)) {
            return Some("'status' must be from 200 to 599");
        }
        if self.chance.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
            return Some("'chance' must be from 0 to 1");
        }
        if (self.kind == Kind::Change) != self.change.is_some() {
            return Some("'change' belongs to the kind 'change', which cannot do without");
        }
        let can_do_without_member = matches!(self.change, None | Some(Change::Text | Change::Texts));
        if !can_do_without_member && self.member.is_none() {
            return Some(
                "'member' must name what is changed; only the changes 'text' and 'texts' can do without",
            );
        }
        if (self.change == Some(Change::Text)) != self.text.is_some() {
            return Some("'text' belongs to the change 'text', which cannot do without");
        }
        if (self.change == Some(Change::Texts)) == self.texts.is_empty() {
            return Some("'texts' belongs to the change 'texts', which cannot do without");
        }
        if !self.except.is_empty() && (self.change != Some(Change::Texts) || self.member.is_some()) {
            return Some("'except' belongs to the change 'texts' without 'member'");
        }
        None
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
            let place = waiting.iter_mut().position(|fault| fault.fits(method, path) && fault.meets())?;
            let fault = waiting[place].clone();
            match fault.times {
                0 => {}
                1 => drop(waiting.remove(place)),
                _ => waiting[place].times -= 1,
            }
            Some(fault)
        })
    }

    /// Whether one waits for a preflight to this path.
    pub fn has_one_for_preflight(&self, path: &str) -> bool {
        self.with(|waiting| waiting.iter().any(|fault| fault.fits(&Method::OPTIONS, path)))
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
    if let Some(flaw) = fault.flaw() {
        return Err(Refusal::bad(flaw));
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
