//! One attempt at one request: the headers it needs and no others, a deadline over head and body, a bounded body.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dexcare::exchange::{NoAnswer, Reply, Response};
use dexcare::{Auth, Request};
use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{Credential, Tier, is_post};
use crate::platform::page::{OneShot, page};

/// Lets whoever asked for a request give it up; every attempt of it stops.
#[derive(Clone, Default)]
pub struct Abort(Rc<Inner>);

#[derive(Default)]
struct Inner {
    aborted: Cell<bool>,
    stop: RefCell<Option<Box<dyn FnOnce()>>>,
}

impl Abort {
    /// Nobody waits for it any more.
    pub fn abort(&self) {
        self.0.aborted.set(true);
        if let Some(stop) = self.0.stop.take() {
            stop();
        }
    }

    /// Whether it was given up.
    pub fn is_aborted(&self) -> bool {
        self.0.aborted.get()
    }

    /// How to stop what is running now.
    pub(super) fn stop_by(&self, stop: impl FnOnce() + 'static) {
        self.0.stop.replace(Some(Box::new(stop)));
    }
}

/// What came of one attempt.
#[derive(Clone)]
pub struct Attempt {
    /// The answer; with an empty body where that is too long.
    pub reply: Reply,
    /// `Retry-After` in seconds, where the server lets a page read it.
    pub retry_after: Option<u32>,
    /// Whether the body is longer than 8 MB. The script reports that as `answer-too-long`.
    pub is_cut: bool,
}

/// Sends it and reads the whole answer, within so many milliseconds.
pub async fn perform(
    tier: &Tier,
    request: &Request,
    patient: Option<&Credential>,
    deadline: i32,
    abort: &Abort,
) -> Attempt {
    let none = Attempt { reply: Err(NoAnswer), retry_after: None, is_cut: false };
    let (Some(url), Some(page)) = (tier.url(request), page()) else { return none };
    if abort.is_aborted() {
        return none;
    }
    let answer = OneShot::default();
    let came = answer.clone();
    let callback = Closure::once(move |value: JsValue| came.set(read(&value)));
    let stop: Function = page.send(
        &url,
        if is_post(request) { "POST" } else { "GET" },
        &headers(tier, request, patient),
        request.body.as_deref(),
        deadline,
        callback.as_ref().unchecked_ref(),
    );
    let stopped = answer.clone();
    abort.stop_by(move || {
        let _ = stop.call0(&JsValue::NULL);
        stopped.set(None);
    });
    answer.get().await.unwrap_or(none)
}

/// Pairs of a name and a value.
fn headers(tier: &Tier, request: &Request, patient: Option<&Credential>) -> Array {
    let headers = Array::new();
    let add = |name: &str, value: &str| {
        headers.push(&Array::of2(&name.into(), &value.into()));
    };
    if let Some(key) = &tier.api_key {
        add("x-api-key", key);
    }
    if let Some(domain) = &tier.domain {
        add("domain", domain);
    }
    if let (Auth::Patient, Some(credential)) = (request.auth, patient) {
        add(credential.name, &credential.value);
    }
    // A GET without `content-type` stays a simple request: no preflight, one round trip.
    if request.body.is_some() {
        add("content-type", "application/json");
    }
    headers
}

/// What the script called back with.
fn read(answer: &JsValue) -> Option<Attempt> {
    let answer: &Array = answer.dyn_ref()?;
    let body: Uint8Array = answer.get(2).unchecked_into();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both saturate")]
    Some(Attempt {
        reply: Ok(Response { status: answer.get(0).as_f64()? as u16, body: body.to_vec() }),
        retry_after: answer.get(1).as_f64().map(|seconds| seconds as u32),
        is_cut: answer.get(3).is_truthy(),
    })
}
