//! The only code that uses the browser's clock, timers, requests, `Intl`, regular expressions, the device's place and files.

pub mod calendar;
pub mod clock;
pub mod download;
pub mod focus;
pub mod intl;
pub mod listen;
pub mod page;
pub mod place;
pub mod wire;
pub mod zones;

use std::pin::Pin;

use wasm_bindgen::JsCast;

/// Runs a task. Tasks are boxed, since each type of future would be compiled with executor code of its own.
#[expect(clippy::disallowed_methods, reason = "here alone")]
pub fn spawn(task: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(task);
}

/// The page's window.
#[expect(clippy::disallowed_methods, reason = "here alone")]
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Whether a whole text matches a regular expression of the server's (API reference §2.41). An expression that this browser
/// cannot read matches everything: the server still checks the text.
pub fn matches(rule: &str, text: &str) -> bool {
    let Ok(rule) = regex(&["^(?:", rule, ")$"].concat()) else { return true };
    let is_match = rule.test(text);
    // The browser keeps the last matched text in `RegExp.input`, where every script of the page can read it; this match
    // replaces it.
    let _ = regex("").map(|empty| empty.test(""));
    is_match
}

fn regex(source: &str) -> Result<js_sys::RegExp, wasm_bindgen::JsValue> {
    // `RegExp::new` throws on a bad source; with `Reflect.construct` the error is a value.
    let arguments = js_sys::Array::of1(&source.into());
    let constructor = js_sys::Reflect::get(&js_sys::global(), &"RegExp".into())?;
    js_sys::Reflect::construct(constructor.unchecked_ref::<js_sys::Function>(), &arguments)
        .map(JsCast::unchecked_into)
}
