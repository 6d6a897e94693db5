//! The faults that tests have set for coming requests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::world::chance::draw;

/// What a fault does to a request.
#[derive(Deserialize, Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A status is answered; not carried out.
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
    /// Bytes arrive that are not HTTP; not carried out.
    Garbage,
    /// Carried out; half of a body with a `Content-Length` arrives, then the connection closes.
    Truncate,
    /// Carried out; half of the body arrives in chunks, then the connection closes without the last chunk.
    CutChunked,
    /// Carried out; half of a body of undeclared length arrives, then the connection closes: the half looks complete.
    CutClosed,
    /// Carried out; half of a body with a `Content-Length` arrives, then nothing more.
    HangInBody,
    /// Carried out; one byte of the body arrives every `ms`.
    Drip,
    /// Carried out; `megabytes` of blanks arrive before the body.
    Long,
    /// Carried out; the answer has no CORS headers.
    NoCors,
    /// Carried out; the JSON of the answer is changed as `change` says.
    Change,
    /// A page of HTML arrives with status 200; not carried out.
    Html,
    /// Status 200 arrives without a body; not carried out.
    Empty,
}

/// How an answer's JSON is changed, at each member named `member`.
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
    /// Each text of the answer is replaced by the next one of `texts`.
    Texts,
}

/// One fault, as the control port receives it.
#[derive(Deserialize, Serialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The start of the path of the requests that it meets.
    path: String,
    /// The method of those requests; without one, all but preflights.
    #[serde(default)]
    method: Option<String>,
    /// How many matching requests pass before the fault begins.
    #[serde(default)]
    after: u32,
    /// How many requests meet the fault; 0 means every one.
    #[serde(default = "once")]
    times: u32,
    /// The share of matching requests that meet the fault, drawn from `seed`; without it, all of them.
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
    /// For `long`: the megabytes of blanks.
    #[serde(default)]
    pub megabytes: Option<u32>,
    /// For `change`: which change.
    #[serde(default)]
    pub change: Option<Change>,
    /// For `change`: the name of the members to change, at any depth; without it, every text of the answer.
    #[serde(default)]
    pub member: Option<String>,
    /// For `change`: only the first such member changes.
    #[serde(default)]
    pub first: bool,
    /// For the change `text`: what is appended.
    #[serde(default)]
    pub text: Option<String>,
    /// For the change `texts`: the answer's first text becomes `texts[from]`, its second the next one, in a circle.
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

    /// Counts a matching request, and says whether it meets the fault.
    fn meets(&mut self) -> bool {
        self.seen += 1;
        if self.seen <= u64::from(self.after) {
            return false;
        }
        // The upper 53 bits, as a fraction of one.
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

    /// The fault that this request meets; counts against the fault's `times`.
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
