//! The widget's words in the page's language: a pack of keys and texts, with placeholders for values and plural forms.
//!
//! The element's script fetches the packs, and the host page may override texts; for a missing text the key is shown.

use std::cell::RefCell;
use std::sync::{Arc, Weak};

use wasm_bindgen::prelude::*;

use crate::platform::intl;

/// The words of one language. Cheap to copy.
#[derive(Clone)]
pub struct Words(Arc<Pack>);

/// Two `Words` are equal only if they were read from the same object of the script: comparing hundreds of texts would cost more
/// than a redraw.
impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

struct Pack {
    locale: String,
    /// In the pack's order: for a few hundred texts a linear search costs less than code that sorts them.
    texts: Vec<(String, String)>,
}

thread_local! {
    /// The packs in use, each with the object that it was read from.
    static READ: RefCell<Vec<(JsValue, Weak<Pack>)>> = const { RefCell::new(Vec::new()) };
}

impl Words {
    /// Makes words from a BCP 47 tag and the pack's keys and texts, in any order.
    pub fn new(locale: &str, pack: Vec<(String, String)>) -> Self {
        Self(Arc::new(Pack { locale: regional(locale), texts: pack }))
    }

    /// Reads the words from an object of the script, once for all elements that use it: the script passes the same object to
    /// every element without wordings of its own. Values that are not text are left out, so that their keys are shown.
    pub fn read(locale: &str, words: &JsValue) -> Self {
        let locale = regional(locale);
        READ.with_borrow_mut(|read| {
            // An element that has left the page no longer needs its own wordings.
            read.retain(|(_, pack)| pack.strong_count() > 0);
            let mut same =
                read.iter().filter(|(known, _)| known == words).filter_map(|(_, pack)| pack.upgrade());
            if let Some(pack) = same.find(|pack| pack.locale == locale) {
                return Self(pack);
            }
            let pack = Arc::new(Pack { locale, texts: texts(words) });
            read.push((words.clone(), Arc::downgrade(&pack)));
            Self(pack)
        })
    }

    /// The tag for `Intl`.
    pub fn locale(&self) -> &str {
        &self.0.locale
    }

    fn find(&self, key: &str) -> Option<&str> {
        self.0.texts.iter().find(|(known, _)| known == key).map(|(_, text)| text.as_str())
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> String {
        self.find(key).unwrap_or(key).into()
    }

    /// The text of a key, with values for placeholders such as `{name}`.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.find(key).unwrap_or(key), values)
    }

    /// The plural form of a phrase for a number (`key.one`, `key.other`, …), with the number at `{n}`.
    pub fn count(&self, key: &str, number: usize) -> String {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let category = intl::plural(self.locale(), number);
        let form = [key, ".", &category].concat();
        let text = self.find(&form).map_or_else(|| self.text(&[key, ".other"].concat()), Into::into);
        fill(&text, &[("n", &intl::number(self.locale(), number))])
    }
}

fn texts(words: &JsValue) -> Vec<(String, String)> {
    let Some(words) = words.dyn_ref::<js_sys::Object>() else { return Vec::new() };
    js_sys::Object::entries(words)
        .iter()
        .filter_map(|entry| {
            let entry: js_sys::Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}

/// Adds `-US` to a tag without a region. The widget is for clinics in the United States, so a page in plain `es` gets the clock
/// and dates that are usual there, not Spain's.
fn regional(locale: &str) -> String {
    if locale.contains('-') { locale.into() } else { [locale, "-US"].concat() }
}

/// Replaces placeholders in braces by values; a placeholder without a value stays as it is.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}').and_then(|(name, rest)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, rest))
        });
        if let Some((value, after)) = place {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests;
