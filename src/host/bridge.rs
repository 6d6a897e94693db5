//! The functions of the element's script that the widget calls; the script owns the element, its events and its fallback.

use js_sys::Object;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The functions of one element.
    #[derive(Clone)]
    pub type Bridge;

    /// An attribute's current value.
    #[wasm_bindgen(method)]
    pub fn attribute(this: &Bridge, name: &str) -> Option<String>;

    /// Calls the host's `getToken` now and returns its result; `undefined` without a `getToken`.
    #[wasm_bindgen(method, catch)]
    pub fn token(this: &Bridge) -> Result<JsValue, JsValue>;

    /// Whether the host set a `getToken`.
    #[wasm_bindgen(method, js_name = hasToken)]
    pub fn has_token(this: &Bridge) -> bool;

    /// Calls the host's `cardToken` now and returns its result; `undefined` without a `cardToken`.
    #[wasm_bindgen(method, catch)]
    pub fn card(this: &Bridge) -> Result<JsValue, JsValue>;

    /// Whether the host set a `cardToken`.
    #[wasm_bindgen(method, js_name = hasCard)]
    pub fn has_card(this: &Bridge) -> bool;

    /// The host's questions: an object that should be an array, or `null`.
    #[wasm_bindgen(method)]
    pub fn questions(this: &Bridge) -> JsValue;

    /// Dispatches `findatime-signin` with `resume`; returns a promise of a token if the host responded, or prevented
    /// the event and may respond later, else `false`.
    #[wasm_bindgen(method, js_name = signIn)]
    pub fn sign_in(this: &Bridge, resume: &str) -> JsValue;

    /// Dispatches an event; `false` when a listener prevented it.
    #[wasm_bindgen(method)]
    pub fn emit(this: &Bridge, name: &str, detail: &Object, cancelable: bool) -> bool;

    /// Dispatches `findatime-selected` with the full slot; `true` when a listener called `preventDefault()` or read the slot.
    #[wasm_bindgen(method, js_name = selectedByEvent)]
    pub fn selected_by_event(this: &Bridge, detail: &Object, slot: &Object) -> bool;

    /// Sets the name of the element's state.
    #[wasm_bindgen(method)]
    pub fn state(this: &Bridge, name: &str);

    /// Reports a diagnosis to the page's owner.
    #[wasm_bindgen(method)]
    pub fn diagnose(this: &Bridge, code: &str, level: &str, message: &str, mend: &str);
}

impl Bridge {
    /// Whether both belong to the same element.
    pub fn is_same(&self, other: &Self) -> bool {
        js_sys::Object::is(self, other)
    }
}
