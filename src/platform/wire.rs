//! Implements [`Io`] for the browser: requests and timers through the element's script, two clocks, and random numbers.

use std::pin::Pin;

use dexcare::exchange::Response;
use js_sys::{Array, Function, Uint8Array};
use net::{Attempt, ClockReading, Io, Net, Outgoing};
use wasm_bindgen::prelude::*;

use super::clock::{self, Timer};
use super::page::page;
use super::spawn;

/// The browser.
#[derive(Clone)]
pub struct Browser;

thread_local! {
    static NET: Net<Browser> = Net::new(Browser);
}

/// What sends the requests of all widgets of the page.
pub fn net() -> Net<Browser> {
    NET.with(Clone::clone)
}

impl Io for Browser {
    type Timer = Timer;

    fn now(&self) -> ClockReading {
        ClockReading { elapsed: page().map_or(0.0, |page| page.elapsed()), device: clock::now_ms() }
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    fn after(&self, milliseconds: i32, what: impl FnOnce() + 'static) -> Timer {
        Timer::after(milliseconds, what)
    }

    fn send(
        &self,
        outgoing: &Outgoing,
        milliseconds: i32,
        came: impl FnOnce(Option<Attempt>) + 'static,
    ) -> impl FnOnce() + 'static {
        let callback = Closure::once(move |answer: JsValue| came(read(&answer)));
        let headers = Array::new();
        for (name, value) in &outgoing.headers {
            headers.push(&Array::of2(&(*name).into(), &value.into()));
        }
        let stop: Option<Function> = page().map(|page| {
            page.send(
                &outgoing.url,
                outgoing.method,
                &headers,
                outgoing.body.as_deref(),
                milliseconds,
                callback.as_ref().unchecked_ref(),
            )
        });
        // The callback must live as long as the function that stops the request.
        move || {
            let _callback = callback;
            if let Some(stop) = stop {
                let _ = stop.call0(&JsValue::NULL);
            }
        }
    }

    fn sent_ahead(&self, url: &str, oldest: f64) -> Option<f64> {
        page().map(|page| page.sent_ahead(url, oldest))
    }

    fn spawn(&self, task: Pin<Box<dyn Future<Output = ()>>>) {
        spawn(task);
    }
}

/// Reads what the script passed to the callback: `null`, or status, `retry-after`, body, and whether the body is too long.
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
