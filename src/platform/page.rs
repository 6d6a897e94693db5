//! Calls `fetch` and `setTimeout` through the element's script. The page may have replaced either of them, and an
//! error that a replacement throws must not unwind through this code.

use std::cell::RefCell;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The script's functions (`embed/net.js`, `embed/early.js`). No method throws.
    #[derive(Clone)]
    pub type Page;

    /// Milliseconds since the page began, by the monotonic clock.
    #[wasm_bindgen(method)]
    pub fn elapsed(this: &Page) -> f64;

    /// Calls `callback` once after some milliseconds. Returns a function that cancels the timer.
    #[wasm_bindgen(method)]
    pub fn after(this: &Page, milliseconds: i32, callback: &Function) -> Function;

    /// How many milliseconds ago the script sent this read ahead of the widget; `NaN` if it did not. A read that is
    /// older than `oldest` milliseconds is aborted.
    #[wasm_bindgen(method, js_name = sentAhead)]
    pub fn sent_ahead(this: &Page, url: &str, oldest: f64) -> f64;

    /// Makes one attempt at one request. A read that the script sent ahead is not sent again: this attempt gets the
    /// answer to that read, and the time limit of 8 seconds counts from when the script sent it. Calls back once:
    /// with `null` if no answer came, else with status, seconds of `retry-after` or `null`, body, and whether the
    /// body is too long (then it is empty). Returns a function that stops the attempt without calling back.
    #[wasm_bindgen(method)]
    pub fn send(
        this: &Page,
        url: &str,
        method: &str,
        headers: &Array,
        body: Option<&str>,
        milliseconds: i32,
        callback: &Function,
    ) -> Function;
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// Keeps the script's functions; call this before anything else.
pub fn keep(page: Page) {
    PAGE.set(Some(page));
}

/// The script's functions.
pub fn page() -> Option<Page> {
    PAGE.with_borrow(Clone::clone)
}
