//! Now, today, and waiting.

use booking::time::Moment;
use chrono::NaiveDate;
use js_sys::{Date, Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, milliseconds: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// Milliseconds since 1970, by the device's clock.
pub fn now_ms() -> f64 {
    Date::now()
}

/// Seconds since 1970.
#[expect(clippy::cast_possible_truncation, reason = "a clock's seconds fit")]
pub fn now() -> i64 {
    (now_ms() / 1000.0) as i64
}

/// The date on the device's own calendar.
pub fn today() -> NaiveDate {
    let date = Date::new_0();
    i32::try_from(date.get_full_year())
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date()))
        .unwrap_or_default()
}

/// An instant (seconds since 1970) by the device's clock.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "both stay far within a double"
)]
pub fn here(at: i64) -> Moment {
    let minutes = Date::new(&JsValue::from_f64(at as f64 * 1000.0)).get_timezone_offset();
    Moment { at, offset: (minutes * -60.0) as i32 }
}

/// Waits.
pub async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// What a promise resolves to; `None` when it is rejected, or when the milliseconds pass first.
pub async fn within(milliseconds: i32, promise: &Promise) -> Option<JsValue> {
    let mut timer = JsValue::UNDEFINED;
    let over = Promise::new(&mut |_, reject| timer = set_timeout(&reject, milliseconds));
    let first = Promise::race(&js_sys::Array::of2(promise, &over));
    let answer = wasm_bindgen_futures::JsFuture::from(first).await;
    clear_timeout(&timer);
    answer.ok()
}

/// Runs something later, unless it is dropped first.
pub struct Timer {
    handle: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// After so many milliseconds.
    pub fn after(milliseconds: i32, what: impl FnOnce() + 'static) -> Self {
        let callback = Closure::once(what);
        Self { handle: set_timeout(callback.as_ref().unchecked_ref(), milliseconds), _callback: callback }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.handle);
    }
}
