//! The widget: what the element's script calls ([`start`], [`version`], [`app::root::mount`]), and nothing else.
//!
//! `host` knows the page, `net` performs requests, `app` holds a widget's state and carries out the journey's commands, `screen`,
//! `finder`, `errand`, `visits` and `ui` are what a patient touches, `i18n` and `platform` what the browser knows of words, dates and zones.

mod app;
mod errand;
mod finder;
mod host;
mod i18n;
mod net;
mod platform;
mod screen;
mod ui;
mod visits;

pub use app::root::{Mounted, mount};
use platform::page::Page;
use wasm_bindgen::prelude::*;

/// Once a page, before anything is mounted. `page` sends requests and keeps time. A panic poisons every widget of the page: the script is told, and shows
/// their fallbacks. What the panic says stays here, since it could hold a patient's words.
#[wasm_bindgen]
pub fn start(on_panic: js_sys::Function, page: Page) {
    struct Script(js_sys::Function);
    // SAFETY is not needed: wasm without threads has one thread, and the hook is only called on it.
    thread_local! {
        static SCRIPT: std::cell::RefCell<Option<Script>> = const { std::cell::RefCell::new(None) };
    }
    platform::page::keep(page);
    SCRIPT.set(Some(Script(on_panic)));
    std::panic::set_hook(Box::new(|_| {
        SCRIPT.with_borrow(|script| {
            if let Some(Script(on_panic)) = script {
                let _ = on_panic.call0(&JsValue::NULL);
            }
        });
    }));
}

/// Has the errand's part before anybody needs it.
#[wasm_bindgen]
pub fn ahead() {
    app::part::load(|_| {});
}

/// The script refuses a wasm of another version: a cached half-update explains itself instead of crashing.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}
