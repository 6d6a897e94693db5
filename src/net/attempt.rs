//! One attempt at one request: the headers it needs and no others, a deadline over head and body, a bounded body.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dexcare::{Auth, Request};
use js_sys::{Array, Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{NoAnswer, Response, Tier, is_post};
use crate::platform::page::{Promised, page};

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

/// Sends it and reads the whole answer.
pub async fn perform(
    tier: &Tier,
    request: &Request,
    token: Option<&str>,
    deadline: i32,
    abort: &Abort,
) -> Result<Response, NoAnswer> {
    let url = tier.url(request).ok_or(NoAnswer)?;
    let page = page().ok_or(NoAnswer)?;
    if abort.is_aborted() {
        return Err(NoAnswer);
    }
    let answer = Promised::default();
    let came = answer.clone();
    let callback = Closure::once(move |value: JsValue| came.set(read(&value)));
    let stop: Function = page.send(
        &url,
        if is_post(request) { "POST" } else { "GET" },
        &headers(tier, request, token),
        request.body.as_deref(),
        deadline,
        callback.as_ref().unchecked_ref(),
    );
    let stopped = answer.clone();
    abort.stop_by(move || {
        let _ = stop.call0(&JsValue::NULL);
        stopped.set(Err(NoAnswer));
    });
    answer.get().await
}

/// Pairs of a name and a value.
fn headers(tier: &Tier, request: &Request, token: Option<&str>) -> Array {
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
    if let (Auth::Patient, Some(token)) = (request.auth, token) {
        add("authorization", &["Bearer ", token].concat());
    }
    // A GET without `content-type` stays a simple request: no preflight, one round trip.
    if request.body.is_some() {
        add("content-type", "application/json");
    }
    headers
}

/// What the script called back with.
fn read(answer: &JsValue) -> Result<Response, NoAnswer> {
    let answer: &Array = answer.dyn_ref().ok_or(NoAnswer)?;
    let body: Uint8Array = answer.get(2).unchecked_into();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both saturate")]
    Ok(Response {
        status: answer.get(0).as_f64().ok_or(NoAnswer)? as u16,
        retry_after: answer.get(1).as_f64().map(|seconds| seconds as u32),
        body: body.to_vec(),
        is_cut: answer.get(3).is_truthy(),
    })
}
