//! Saves a file that was made in the browser. Nothing is sent over the network.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::{clock, spawn, window};

#[wasm_bindgen]
extern "C" {
    type Blob;
    #[wasm_bindgen(constructor)]
    fn new(parts: &Array, options: &Object) -> Blob;
    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL)]
    fn address_of(blob: &Blob) -> String;
    #[wasm_bindgen(js_namespace = URL, js_name = revokeObjectURL)]
    fn let_go(address: &str);
}

/// Milliseconds after which the file's address is revoked; the browser has read the file by then.
const TAKEN_BY: i32 = 30_000;

/// Saves a calendar file. Call this inside the patient's press: a browser may refuse other downloads.
pub fn save_calendar(text: &str) {
    let _ = save("visit.ics", "text/calendar;charset=utf-8", text);
}

fn save(name: &str, kind: &str, text: &str) -> Option<()> {
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &kind.into()).ok()?;
    let address = address_of(&Blob::new(&Array::of1(&text.into()), &options));
    let link = window()?.document()?.create_element("a").ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.unchecked_into::<HtmlElement>().click();
    spawn(Box::pin(async move {
        clock::sleep(TAKEN_BY).await;
        let_go(&address);
    }));
    Some(())
}

/// A random name of sixteen letters and digits.
pub fn random_name() -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 31")]
    let digit = || char::from(DIGITS[((js_sys::Math::random() * 32.0) as usize).min(31)]);
    (0..16).map(|_| digit()).collect()
}
