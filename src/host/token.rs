//! The patient's token: requested from the host page, kept in memory, never verified. The widget reads its claims for one
//! purpose only: to see whether a changed token still belongs to the same person.

use std::cell::RefCell;
use std::rc::Rc;

use booking::errand::event::{TokenAnswer, session};
use js_sys::Promise;
use net::Credential;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The token in use, if any.
#[derive(Clone, Default)]
pub struct Token(Rc<RefCell<Held>>);

#[derive(Default)]
struct Held {
    text: Option<String>,
    /// Issuer and subject that the token names.
    subject: Option<String>,
    /// How often the token has changed.
    changes: u32,
    /// How often the token's person has changed or was unknown.
    people: u32,
}

/// What a host's `getToken` returned.
pub enum TokenReply {
    /// An answer.
    Now(TokenAnswer),
    /// A promise of one.
    Later(Promise),
}

impl Token {
    /// The header that carries the token; the token is sent in nothing else.
    pub fn credential(&self) -> Option<Credential> {
        let value = ["Bearer ", self.0.borrow().text.as_ref()?].concat();
        Some(Credential { name: "authorization", value })
    }

    /// Drops the token.
    pub fn forget(&self) {
        self.0.borrow_mut().text = None;
    }

    /// The token in use, as an answer: for a page that gave it once and has no `getToken`.
    pub fn at_hand(&self) -> TokenAnswer {
        let held = self.0.borrow();
        if held.text.is_some() { TokenAnswer::Held(held.session()) } else { TokenAnswer::None }
    }

    /// Reads what `getToken` returned.
    pub fn read_reply(&self, given: Result<JsValue, JsValue>) -> TokenReply {
        match given {
            Ok(value) => match value.dyn_into::<Promise>() {
                Ok(promise) => TokenReply::Later(promise),
                // Promises from other realms and libraries are accepted too.
                Err(value) if is_thenable(&value) => TokenReply::Later(Promise::resolve(&value)),
                Err(value) => TokenReply::Now(self.take(&Ok(value))),
            },
            Err(_) => TokenReply::Now(TokenAnswer::Failed),
        }
    }

    /// Waits for a promise; `Err` when it was rejected.
    pub async fn wait(promise: Promise) -> Result<JsValue, JsValue> {
        JsFuture::from(promise).await
    }

    /// Makes an answer from the value that the page gave, or from its error. A text of plain characters becomes the
    /// token in use; after `null`, `undefined` or an empty text there is no token in use. Anything else leaves the
    /// earlier token in use.
    pub fn take(&self, given: &Result<JsValue, JsValue>) -> TokenAnswer {
        let Ok(value) = given else { return TokenAnswer::Failed };
        let mut held = self.0.borrow_mut();
        let text = match value.as_string() {
            Some(text) => text.trim().to_owned(),
            None if value.is_null() || value.is_undefined() => String::new(),
            None => return TokenAnswer::NotText,
        };
        if text.is_empty() {
            held.text = None;
            return TokenAnswer::None;
        }
        // A header carries only plain ASCII, so any other token could never be sent.
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return TokenAnswer::NotText;
        }
        if held.text.as_ref() != Some(&text) {
            let subject = subject(&text);
            if subject.is_none() || subject != held.subject {
                held.people += 1;
            }
            held.subject = subject;
            held.changes += 1;
            held.text = Some(text);
        }
        TokenAnswer::Held(held.session())
    }
}

impl Held {
    fn session(&self) -> u32 {
        session(self.changes, if self.subject.is_some() { self.people } else { 0 })
    }
}

/// Issuer and subject of a JWT, as one text; `None` if the token names no subject.
fn subject(token: &str) -> Option<String> {
    let payload: String = token
        .split('.')
        .nth(1)?
        .chars()
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    let claims = js_sys::JSON::parse(&crate::platform::window()?.atob(&payload).ok()?).ok()?;
    let claim = |name: &str| js_sys::Reflect::get(&claims, &name.into()).ok()?.as_string();
    Some([&claim("iss").unwrap_or_default(), " ", &claim("sub")?].concat())
}

fn is_thenable(value: &JsValue) -> bool {
    value.is_object() && js_sys::Reflect::get(value, &"then".into()).is_ok_and(|then| then.is_function())
}
