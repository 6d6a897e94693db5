//! The patient's token: asked of the host page, held in memory, never verified. It is looked into for one thing only:
//! whether a token that changed is still the same person's.

use std::cell::RefCell;
use std::rc::Rc;

use booking::errand::event::{TokenAnswer, session};
use js_sys::Promise;
use net::Credential;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The token held, if any.
#[derive(Clone, Default)]
pub struct Token(Rc<RefCell<Held>>);

#[derive(Default)]
struct Held {
    text: Option<String>,
    /// Whose it says it is.
    subject: Option<String>,
    /// How often it has changed.
    changes: u32,
    /// How often whose it is has changed, or could not be told.
    people: u32,
}

/// What a host's `getToken` gave at once.
pub enum Asked {
    /// An answer.
    Now(TokenAnswer),
    /// A promise of one.
    Later(Promise),
}

impl Token {
    /// The header that carries it, and nothing else ever does.
    pub fn credential(&self) -> Option<Credential> {
        let value = ["Bearer ", self.0.borrow().text.as_ref()?].concat();
        Some(Credential { name: "authorization", value })
    }

    /// Nobody is there who could use it.
    pub fn forget(&self) {
        self.0.borrow_mut().text = None;
    }

    /// The token held, as an answer: of a page that gave it once and has no `getToken` to ask again.
    pub fn at_hand(&self) -> TokenAnswer {
        let held = self.0.borrow();
        if held.text.is_some() { TokenAnswer::Held(held.session()) } else { TokenAnswer::None }
    }

    /// Reads what `getToken` gave.
    pub fn heard(&self, given: Result<JsValue, JsValue>) -> Asked {
        match given {
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
            Some(text) => text.trim().to_owned(),
            None if value.is_null() || value.is_undefined() => String::new(),
            None => return TokenAnswer::NotText,
        };
        if text.is_empty() {
            held.text = None;
            return TokenAnswer::None;
        }
        // A header carries plain ASCII: any other token could never be sent.
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

/// Issuer and subject of a JWT, as one text; `None` for a token that does not say.
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
    let claims = js_sys::JSON::parse(&web_sys::window()?.atob(&payload).ok()?).ok()?;
    let claim = |name: &str| js_sys::Reflect::get(&claims, &name.into()).ok()?.as_string();
    Some([&claim("iss").unwrap_or_default(), " ", &claim("sub")?].concat())
}

fn is_thenable(value: &JsValue) -> bool {
    value.is_object() && js_sys::Reflect::get(value, &"then".into()).is_ok_and(|then| then.is_function())
}
