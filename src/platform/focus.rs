//! The focus, by the browser's own options.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

#[wasm_bindgen]
extern "C" {
    type Control;
    #[wasm_bindgen(method, catch)]
    fn focus(this: &Control, options: &JsValue) -> Result<(), JsValue>;
}

/// Focuses an element as a page's `FocusOptions` say. Answers whether it could.
pub fn focus(element: &Element, options: &JsValue) -> bool {
    element.unchecked_ref::<Control>().focus(options).is_ok()
}

/// Focuses an element wherever the page is scrolled to.
pub fn focus_in_place(element: &Element) {
    let options = Object::new();
    let _ = Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE);
    focus(element, &options);
}

/// What has the focus in the shadow root, or the document, that an element is in.
pub fn holder(element: &Element) -> Option<Node> {
    Reflect::get(&element.get_root_node(), &"activeElement".into()).ok()?.dyn_into().ok()
}
