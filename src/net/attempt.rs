//! One attempt at one request: the headers it needs and no others, a deadline over head and body, a bounded body.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use dexcare::exchange::{NoAnswer, Reply, Response};
use dexcare::{Auth, Request};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect,
};

use super::{Tier, is_post};
use crate::platform::clock::Timer;

/// Longest body that is read, in bytes after decoding.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;

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

/// Sends it and reads the whole answer, within so many milliseconds. With `Retry-After` in seconds, where the server lets
/// a page read it.
pub async fn perform(
    tier: &Tier,
    request: &Request,
    token: Option<&str>,
    deadline: i32,
    abort: &Abort,
) -> (Reply, Option<u32>) {
    let none = (Err(NoAnswer), None);
    let (Some(url), Ok(controller)) = (tier.url(request), AbortController::new()) else { return none };
    if abort.is_aborted() {
        return none;
    }
    let signal = controller.signal();
    let running = controller.clone();
    abort.stop_by(move || running.abort());
    let deadline = Timer::after(deadline, move || controller.abort());
    let answer = send(tier, request, token, &url, &signal).await;
    drop(deadline);
    answer.map_or(none, |(response, retry_after)| (Ok(response), retry_after))
}

async fn send(
    tier: &Tier,
    request: &Request,
    token: Option<&str>,
    url: &str,
    signal: &web_sys::AbortSignal,
) -> Option<(Response, Option<u32>)> {
    let init = RequestInit::new();
    init.set_method(if is_post(request) { "POST" } else { "GET" });
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(signal));
    let headers = web_sys::Headers::new().ok()?;
    let header = |name, value: &str| headers.append(name, value).ok();
    if let Some(key) = &tier.api_key {
        header("x-api-key", key)?;
    }
    if let Some(domain) = &tier.domain {
        header("domain", domain)?;
    }
    if let (Auth::Patient, Some(token)) = (request.auth, token) {
        header("authorization", &["Bearer ", token].concat())?;
    }
    // A GET without `content-type` stays a simple request: no preflight, one round trip.
    if let Some(body) = &request.body {
        header("content-type", "application/json")?;
        init.set_body(&body.as_str().into());
    }
    init.set_headers(&headers);
    // Made by the browser's own constructor: gloo's builder would add a `&` to an address that has a query already.
    let request = web_sys::Request::new_with_str_and_init(url, &init).ok()?;
    let response = gloo_net::http::Request::from(request).send().await.ok()?;
    let retry_after = response.headers().get("retry-after").and_then(|text| text.trim().parse().ok());
    let body = match response.body() {
        Some(stream) => read_all(stream.get_reader().unchecked_into()).await?,
        None => Vec::new(),
    };
    Some((Response { status: response.status(), body }, retry_after))
}

/// Reads a body piece by piece; one that does not end within bounds is let go.
async fn read_all(reader: ReadableStreamDefaultReader) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.ok()?;
        let get = |name: &str| Reflect::get(&piece, &JsValue::from_str(name)).ok();
        if get("done")?.is_truthy() {
            return Some(body);
        }
        let bytes: Uint8Array = get("value")?.dyn_into().ok()?;
        let from = body.len();
        if from + bytes.length() as usize > MOST_BYTES {
            let _ = JsFuture::from(reader.cancel()).await;
            return None;
        }
        body.resize(from + bytes.length() as usize, 0);
        bytes.copy_to(body.get_mut(from..)?);
    }
}
