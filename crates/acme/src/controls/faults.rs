//! The faults that tests have set for coming requests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::world::chance::draw;

/// What a fault does to a request: whether Acme still handles the request, and what the client receives.
#[derive(Deserialize, Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Acme answers with `status`, and does not handle the request.
    Status,
    /// Acme waits `ms`, then handles the request.
    Delay,
    /// Acme never answers, and does not handle the request.
    Hang,
    /// Acme closes the connection without an answer, and does not handle the request.
    Drop,
    /// Acme resets the connection without an answer, and does not handle the request.
    Reset,
    /// Acme handles the request, then closes the connection without an answer.
    DropAfter,
    /// Acme handles the request, then resets the connection without an answer.
    ResetAfter,
    /// Acme handles the request, but never answers.
    HangAfter,
    /// Acme sends bytes that are not HTTP, and does not handle the request.
    Garbage,
    /// Acme handles the request, declares the whole `Content-Length`, sends half of the body and closes the connection.
    Truncate,
    /// Acme handles the request, sends half of the body in chunks and closes the connection before the last chunk.
    CutChunked,
    /// Acme handles the request, declares no length, sends half of the body and closes the connection. To the client
    /// that half looks like the whole body.
    CutClosed,
    /// Acme handles the request, declares the whole `Content-Length`, sends half of the body, and then nothing more.
    HangInBody,
    /// Acme handles the request, and sends one byte of the body every `ms`.
    Drip,
    /// Acme handles the request, and sends `megabytes` of blanks before the body.
    Long,
    /// Acme handles the request, and answers without CORS headers.
    NoCors,
    /// Acme handles the request, and changes the JSON of the answer as `change` says.
    Change,
    /// Acme answers with an HTML page and status 200 (or `status`), and does not handle the request.
    Html,
    /// Acme answers with status 200 (or `status`) and no body, and does not handle the request.
    Empty,
}

/// How an answer's JSON is changed, at each member named `member`; without `member`, at each text.
#[derive(Deserialize, Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A text becomes a number, any other value a text.
    WrongType,
    /// A text becomes a value that no enumeration has.
    Unknown,
    /// The value becomes `null`.
    Null,
    /// The member is removed.
    Missing,
    /// Each element of a list appears twice.
    Twice,
    /// A list becomes its first element ten thousand times, each with its own id.
    TenThousand,
    /// The value becomes ten thousand nested lists.
    Deep,
    /// A text gets two bytes that are not valid UTF-8.
    BadUtf8,
    /// The offset of a time becomes `+05:45`.
    Offset,
    /// A number becomes 1e308, a text an impossible date.
    Absurd,
    /// `text` is appended to the text.
    Text,
    /// Each text is replaced by the next text of `texts`.
    Texts,
}

/// One fault, as the control port receives it.
#[derive(Deserialize, Serialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The start of the paths of the requests that the fault applies to.
    path: String,
    /// The method of these requests; without it, every method except `OPTIONS` (preflights).
    #[serde(default)]
    method: Option<String>,
    /// How many matching requests Acme handles normally before the fault begins.
    #[serde(default)]
    after: u32,
    /// How many requests the fault applies to; 0 means all of them.
    #[serde(default = "once")]
    times: u32,
    /// The share of matching requests that the fault applies to, drawn from `seed`; without it, all of them.
    #[serde(default)]
    chance: Option<f64>,
    /// For `chance`: the same seed selects the same requests, counted from the first matching one.
    #[serde(default)]
    seed: u64,
    /// How many matching requests there have been.
    #[serde(default, skip_deserializing)]
    seen: u64,
    /// What the fault does.
    pub kind: Kind,
    /// Status for `status`, `html` and `empty`.
    #[serde(default)]
    pub status: Option<u16>,
    /// Body for `status` and `html`: a string is sent as it is, anything else as JSON.
    #[serde(default)]
    body: Option<Value>,
    /// Milliseconds for `delay` and `drip`.
    #[serde(default)]
    pub ms: Option<u64>,
    /// For `long`: how many megabytes of blanks to send before the body.
    #[serde(default)]
    pub megabytes: Option<u32>,
    /// For the kind `change`: how to change the JSON of the answer.
    #[serde(default)]
    pub change: Option<Change>,
    /// For `change`: the name of the members to change, at any depth; without it, every text of the answer.
    #[serde(default)]
    pub member: Option<String>,
    /// For `change`: only the first member of that name changes, or without `member` the first text.
    #[serde(default)]
    pub first: bool,
    /// For the change `text`: the text to append.
    #[serde(default)]
    pub text: Option<String>,
    /// For the change `texts`: the answer's first text becomes `texts[from]`, its second the next one, and after
    /// the last one the first again.
    /// U+FDD2 in a text is sent as the escape of a lone surrogate, which a Rust string cannot hold.
    #[serde(default)]
    pub texts: Vec<String>,
    /// For the change `texts`: the index of the first text.
    #[serde(default)]
    pub from: usize,
    /// For the change `texts` without `member`: members that stay unchanged, with everything inside them.
    #[serde(default)]
    pub except: Vec<String>,
    /// Additional headers for `status`, `html` and `empty`.
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

    /// Counts a matching request, and returns whether the fault applies to it.
    fn meets(&mut self) -> bool {
        self.seen += 1;
        if self.seen <= u64::from(self.after) {
            return false;
        }
        // Turn the upper 53 bits into a number from 0 to 1: an `f64` holds no more bits exactly.
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let drawn = (draw(self.seed, &[self.seen]) >> 11) as f64 / (1_u64 << 53) as f64;
        self.chance.is_none_or(|chance| drawn < chance)
    }

    /// The body as text.
    pub fn body_text(&self) -> Option<String> {
        self.body.as_ref().map(|body| body.as_str().map_or_else(|| body.to_string(), str::to_owned))
    }

    /// What is wrong with the fault, as the text of a 400.
    pub fn flaw(&self) -> Option<&'static str> {
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

/// All faults that are set, oldest first.
#[derive(Default)]
pub struct Faults {
    waiting: Mutex<Vec<Fault>>,
}

impl Faults {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<Fault>) -> T) -> T {
        work(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// All faults that are set, oldest first.
    pub fn all(&self) -> Vec<Fault> {
        self.with(|waiting| waiting.clone())
    }

    /// Adds a fault and returns how many are set.
    pub fn add(&self, fault: Fault) -> usize {
        self.with(|waiting| {
            waiting.push(fault);
            waiting.len()
        })
    }

    /// The first fault that applies to this request. Uses up one of the fault's `times`.
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

    /// Whether a fault is set for preflights to this path.
    pub fn has_one_for_preflight(&self, path: &str) -> bool {
        self.with(|waiting| waiting.iter().any(|fault| fault.fits(&Method::OPTIONS, path)))
    }

    /// Removes all faults.
    pub fn clear(&self) {
        self.with(Vec::clear);
    }
}
