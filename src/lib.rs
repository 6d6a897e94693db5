//! The widget: the functions that the element's script calls ([`start`], [`version`], [`app::root::mount`], [`ahead`]).
//!
//! `host` is the boundary to the page, `app` holds a widget's state and carries out the journey's commands, `screen`, `finder`,
//! `ways`, `errand`, `visits` and `ui` are what a patient sees and presses, `i18n` has the words, and `platform` uses the
//! browser's clock, zones and `Intl`.

#[cfg(target_arch = "wasm32")]
mod allocator;
mod app;
mod errand;
mod finder;
mod host;
mod i18n;
mod platform;
mod screen;
mod ui;
mod visits;
mod ways;

use std::cell::OnceCell;

pub use app::root::{Mounted, mount, reset_parked};
use platform::page::Page;
use wasm_bindgen::prelude::*;

thread_local! {
    /// The script's function to call when the wasm panics.
    static ON_PANIC: OnceCell<js_sys::Function> = const { OnceCell::new() };
}

/// Prepares the wasm. The script calls this once for each page, before it mounts a widget. `page` has the script's
/// functions for requests and timers. A panic breaks every widget of the page: the wasm calls `on_panic`, and the
/// script replaces all widgets by their fallbacks. Outcomes that were on screen stay.
#[wasm_bindgen]
pub fn start(on_panic: js_sys::Function, page: Page) {
    platform::page::keep(page);
    ON_PANIC.with(|known| {
        let _ = known.set(on_panic);
    });
    #[cfg(not(feature = "parts"))]
    std::panic::set_hook(Box::new(|_| panicked()));
}

/// Reports a panic to the script, without the panic's message, since that could hold a patient's words. In a release every
/// panic calls this function directly (`crates/xtask/src/panics.rs`).
#[wasm_bindgen]
pub fn panicked() {
    ON_PANIC.with(|on_panic| {
        if let Some(on_panic) = on_panic.get() {
            let _ = on_panic.call0(&JsValue::NULL);
        }
    });
}

/// Loads the errand's part of the wasm before a press needs it.
#[wasm_bindgen]
pub fn ahead() {
    app::part::load_errand(|_| {});
}

/// The version of this wasm. The script rejects a wasm of another version, so that a half-updated cache leads to
/// a report instead of a crash.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
