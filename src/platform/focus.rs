//! Moves the focus, with the browser's options.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

#[wasm_bindgen]
extern "C" {
    type Control;
    #[wasm_bindgen(method, catch)]
    fn focus(this: &Control, options: &JsValue) -> Result<(), JsValue>;
}

/// Focuses an element with `FocusOptions`; `false` if the browser threw an error.
pub fn focus(element: &Element, options: &JsValue) -> bool {
    element.unchecked_ref::<Control>().focus(options).is_ok()
}

/// Focuses an element without scrolling the page.
pub fn focus_in_place(element: &Element) {
    let options = Object::new();
    let _ = Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE);
    focus(element, &options);
}

/// The node that has the focus in the element's shadow root or document.
pub fn holder(element: &Element) -> Option<Node> {
    Reflect::get(&element.get_root_node(), &"activeElement".into()).ok()?.dyn_into().ok()
}
