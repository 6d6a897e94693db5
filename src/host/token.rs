//! The patient's token: asked of the host page, held in memory, never looked into.

use std::cell::RefCell;
use std::rc::Rc;

use booking::flow::event::TokenAnswer;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::bridge::Bridge;

/// The token held, if any, and how often it has changed.
#[derive(Clone, Default)]
pub struct Token(Rc<RefCell<(Option<String>, u32)>>);

/// What a host's `getToken` gave at once.
pub enum Asked {
    /// An answer.
    Now(TokenAnswer),
    /// A promise of one.
    Later(Promise),
}

impl Token {
    /// For the `authorization` header, and nothing else.
    pub fn held(&self) -> Option<String> {
        self.0.borrow().0.clone()
    }

    /// Calls `getToken` now: a pop-up may only be opened inside the patient's click.
    pub fn ask(&self, bridge: &Bridge) -> Asked {
        match bridge.token() {
            Ok(value) => match value.dyn_into::<Promise>() {
                Ok(promise) => Asked::Later(promise),
                // Promises of other realms and libraries count too.
                Err(value) if is_thenable(&value) => Asked::Later(Promise::resolve(&value)),
                Err(value) => Asked::Now(self.take(&Ok(value))),
            },
            Err(_) => Asked::Now(TokenAnswer::Failed),
        }
    }

    /// Waits for a promised answer; `Err` when it was rejected.
    pub async fn wait(promise: Promise) -> Result<JsValue, JsValue> {
        JsFuture::from(promise).await
    }

    /// Takes an answer over as the token held.
    pub fn take(&self, given: &Result<JsValue, JsValue>) -> TokenAnswer {
        let Ok(value) = given else { return TokenAnswer::Failed };
        let mut held = self.0.borrow_mut();
        let text = match value.as_string() {
            // A header carries no control characters: such a token could never be sent.
            Some(text) if !text.trim().is_empty() && !text.chars().any(char::is_control) => {
                text.trim().to_owned()
            }
            Some(text) if text.trim().is_empty() => {
                held.0 = None;
                return TokenAnswer::None;
            }
            None if value.is_null() || value.is_undefined() => {
                held.0 = None;
                return TokenAnswer::None;
            }
            _ => return TokenAnswer::NotText,
        };
        if held.0.as_deref() != Some(&text) {
            held.1 += 1;
            held.0 = Some(text);
        }
        TokenAnswer::Held(held.1)
    }
}

fn is_thenable(value: &JsValue) -> bool {
    value.is_object() && js_sys::Reflect::get(value, &"then".into()).is_ok_and(|then| then.is_function())
}
