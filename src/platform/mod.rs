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

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

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

#[wasm_bindgen]
extern "C" {
    /// The browser's regular expressions. `js_sys` has them too, but there an error of the browser becomes a panic.
    #[wasm_bindgen(js_name = RegExp)]
    type Rule;
    #[wasm_bindgen(constructor, catch, js_class = "RegExp")]
    fn new(source: &str, flags: &str) -> Result<Rule, JsValue>;
    #[wasm_bindgen(method, catch, js_class = "RegExp")]
    fn test(this: &Rule, text: &str) -> Result<bool, JsValue>;
}

/// Whether a whole text matches a regular expression of the server's (API reference §2.41). An expression that this browser
/// cannot read or apply matches everything: the server still checks the text. With the flag `u` that includes an expression
/// of another dialect, such as `\A…\z`, in which the browser would otherwise read an escape that it does not know as a letter.
pub fn matches(rule: &str, text: &str) -> bool {
    // A browser may compile the expression only when it applies it, and find only then that it is too large.
    let is_match = Rule::new(&["^(?:", rule, ")$"].concat(), "u").and_then(|rule| rule.test(text));
    // The browser keeps the last matched text in `RegExp.input`, where every script of the page can read it; this match
    // replaces it.
    let _ = Rule::new("", "").and_then(|empty| empty.test(""));
    is_match.unwrap_or(true)
}
