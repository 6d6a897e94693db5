//! The focus, by the browser's own options.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, Node};

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

/// Gives the focus to `place` if what is in it has it, and scrolls nothing. Answers whether it did.
pub fn gather(place: &HtmlElement) -> bool {
    let holder = Reflect::get(&place.get_root_node(), &"activeElement".into());
    let holder = holder.ok().and_then(|holder| holder.dyn_into::<Node>().ok());
    if !holder.is_some_and(|holder| place.contains(Some(&holder))) {
        return false;
    }
    let options = Object::new();
    let _ = Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE);
    let _ = place.set_attribute("tabindex", "-1");
    focus(place, &options)
}
