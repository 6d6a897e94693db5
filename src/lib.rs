//! The widget: what the element's script calls ([`start`], [`version`], [`app::root::mount`]), and nothing else.
//!
//! `host` knows the page, `app` holds a widget's state and carries out the journey's commands, `screen`,
//! `finder`, `errand`, `visits` and `ui` are what a patient touches, `i18n` and `platform` what the browser knows of words, dates and zones.

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

pub use app::root::{Mounted, mount};
use platform::page::Page;
use wasm_bindgen::prelude::*;

thread_local! {
    /// What the script wants called when the wasm panics.
    static ON_PANIC: OnceCell<js_sys::Function> = const { OnceCell::new() };
}

/// Once a page, before anything is mounted. `page` sends requests and keeps time. A panic breaks every widget of the page: the wasm
/// calls `on_panic`, and the script shows their fallbacks.
#[wasm_bindgen]
pub fn start(on_panic: js_sys::Function, page: Page) {
    platform::page::keep(page);
    ON_PANIC.with(|known| {
        let _ = known.set(on_panic);
    });
    #[cfg(not(feature = "parts"))]
    std::panic::set_hook(Box::new(|_| panicked()));
}

/// Tells the script of a panic. What the panic says stays here, since it could hold a patient's words. In a release every panic calls
/// this function directly (`crates/xtask/src/panics.rs`).
#[wasm_bindgen]
pub fn panicked() {
    ON_PANIC.with(|on_panic| {
        if let Some(on_panic) = on_panic.get() {
            let _ = on_panic.call0(&JsValue::NULL);
        }
    });
}

/// Has the errand's part before anybody needs it.
#[wasm_bindgen]
pub fn ahead() {
    app::part::load_errand(|_| {});
}

/// The script refuses a wasm of another version: a cached half-update explains itself instead of crashing.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
