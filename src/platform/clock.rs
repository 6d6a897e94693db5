//! The device's clock and calendar, and timers.

use booking::time::Moment;
use chrono::NaiveDate;
use js_sys::{Date, Function};
use net::Once;
use wasm_bindgen::prelude::*;

use super::page::page;

/// Milliseconds since 1970, by the device's clock.
#[expect(clippy::disallowed_methods, reason = "here alone")]
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

/// An instant (seconds since 1970), with the offset that the device's time zone has at that instant.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "both stay far within a double"
)]
pub fn here(at: i64) -> Moment {
    let minutes = Date::new(&JsValue::from_f64(at as f64 * 1000.0)).get_timezone_offset();
    Moment { at, offset: (minutes * -60.0) as i32 }
}

/// Waits for a number of milliseconds.
pub async fn sleep(milliseconds: i32) {
    let over = Once::default();
    let done = over.clone();
    let _timer = Timer::after(milliseconds, move || done.set(()));
    over.get().await;
}

/// A timer, which is cancelled when it is dropped.
pub struct Timer {
    cancel: Option<Function>,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Runs `what` after a number of milliseconds.
    pub fn after(milliseconds: i32, what: impl FnOnce() + 'static) -> Self {
        Self::boxed(milliseconds, Box::new(what))
    }

    /// Not generic, so that it is compiled once.
    #[inline(never)]
    fn boxed(milliseconds: i32, what: Box<dyn FnOnce()>) -> Self {
        let callback = Closure::once(what);
        let cancel = page().map(|page| page.after(milliseconds, callback.as_ref().unchecked_ref()));
        Self { cancel, _callback: callback }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(cancel) = &self.cancel {
            let _ = cancel.call0(&JsValue::NULL);
        }
    }
}
