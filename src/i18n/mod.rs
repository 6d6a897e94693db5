//! The widget's words in the page's language: a pack of keys and texts, with places for values and forms for numbers.
//!
//! Packs are fetched by the element's script and may be overridden by the host page; a missing key shows as itself.

use std::sync::Arc;

use crate::platform::intl;

/// The words of one language. Cheap to copy.
#[derive(Clone, PartialEq)]
pub struct Words(Arc<Pack>);

#[derive(PartialEq)]
struct Pack {
    locale: String,
    /// In the pack's order: a few hundred, so that looking through them costs less than code that sorts them.
    texts: Vec<(String, String)>,
}

impl Words {
    /// Takes a BCP 47 tag and the pack's keys and texts, in any order.
    pub fn new(locale: &str, pack: Vec<(String, String)>) -> Self {
        Self(Arc::new(Pack { locale: regional(locale), texts: pack }))
    }

    /// For `Intl`.
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

    /// The text of a key, with values in the places named `{so}`.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.find(key).unwrap_or(key), values)
    }

    /// The form of a phrase that goes with a number: `key.one`, `key.other`, …, with the number at `{n}`.
    pub fn count(&self, key: &str, number: usize) -> String {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let category = intl::plural(self.locale(), number);
        let form = [key, ".", &category].concat();
        let text = self.find(&form).map_or_else(|| self.text(&[key, ".other"].concat()), Into::into);
        fill(&text, &[("n", &intl::number(self.locale(), number))])
    }
}

/// The widget is for clinics in the United States: a page in plain `es` gets the clock and the dates its readers there
/// know, not Spain's.
fn regional(locale: &str) -> String {
    if locale.contains('-') { locale.into() } else { [locale, "-US"].concat() }
}

/// Puts values in the places named by braces; a place without a value stays as it is.
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
