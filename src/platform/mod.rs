//! The only code that asks for a clock, a timer, a request, `Intl`, a regular expression or the device's place, or makes a file: what the
//! browser knows and we ask.

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

/// Runs a task. One kind of task, whatever it does: a future of its own type each would bring its own executor code.
pub fn spawn(task: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(task);
}

/// Whether a whole text follows a rule of the server's (API reference §2.41). A rule this browser cannot read refuses
/// nothing: the server still has the last word.
pub fn matches(rule: &str, text: &str) -> bool {
    let Ok(rule) = regex(&["^(?:", rule, ")$"].concat()) else { return true };
    let is_match = rule.test(text);
    // The browser keeps the last text that matched, for every script of the page to read as `RegExp.input`, until the next.
    let _ = regex("").map(|empty| empty.test(""));
    is_match
}

fn regex(source: &str) -> Result<js_sys::RegExp, wasm_bindgen::JsValue> {
    // `RegExp::new` throws on a bad source; `Reflect.construct` turns that into a value.
    let arguments = js_sys::Array::of1(&source.into());
    let constructor = js_sys::Reflect::get(&js_sys::global(), &"RegExp".into())?;
    js_sys::Reflect::construct(constructor.unchecked_ref::<js_sys::Function>(), &arguments)
        .map(JsCast::unchecked_into)
}
