//! Reads the host page's own questions from its property `questions`. A question that cannot be used is left out and reported;
//! the others are asked.

use booking::form::Question;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use super::diagnosis::{Diagnosis, Level};

/// The largest number of questions. A page with more needs a form of its own.
pub const MOST: usize = 20;

/// The largest number of characters of a question or of one choice.
const LONGEST: usize = 500;

/// Reads what the page set; returns the questions, and a diagnosis if something was wrong.
pub fn read(given: &JsValue) -> (Vec<Question>, Option<Diagnosis>) {
    let mut asked: Vec<Question> = Vec::new();
    let mut wrong = String::new();
    let mut tell = |place: Option<usize>, what: &str| {
        let place = place.map(|place| ["[", &place.to_string(), "]"].concat()).unwrap_or_default();
        let between = if wrong.is_empty() { "" } else { "; " };
        wrong = [wrong.as_str(), between, "questions", &place, ": ", what].concat();
    };
    if Array::is_array(given) {
        for (place, item) in Array::from(given).iter().enumerate() {
            match question(&item) {
                Err(what) => tell(Some(place), what),
                Ok(new) if asked.iter().any(|known| known.text == new.text) => {
                    tell(Some(place), "asks what another one asks already");
                }
                Ok(_) if asked.len() == MOST => {
                    tell(Some(place), "at most 20 are asked");
                    break;
                }
                Ok(new) => asked.push(new),
            }
        }
    } else if !given.is_null() && !given.is_undefined() {
        tell(None, "not an array");
    }
    let found = (!wrong.is_empty()).then(|| {
        Diagnosis::new(
            "property-invalid",
            Level::Warning,
            &[&wrong, "; left out"],
            &["Set questions to an array of {question, choices?, required?}: a text, an array of texts, a boolean."],
        )
    });
    (asked, found)
}

fn question(item: &JsValue) -> Result<Question, &'static str> {
    let part = |name: &str| Reflect::get(item, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let question = text(&part("question")).ok_or("question is not a text of 1 to 500 characters")?;
    let choices = part("choices");
    let choices: Option<Vec<String>> = if choices.is_undefined() || choices.is_null() {
        Some(Vec::new())
    } else if Array::is_array(&choices) {
        let texts: Option<Vec<String>> = Array::from(&choices).iter().map(|choice| text(&choice)).collect();
        texts.filter(|texts| !texts.is_empty())
    } else {
        None
    };
    let required = part("required");
    let is_boolean = required.is_undefined() || required.is_null() || required.as_bool().is_some();
    Ok(Question {
        text: question,
        choices: choices.ok_or("choices is not an array of texts of 1 to 500 characters")?,
        required: is_boolean.then(|| required.is_truthy()).ok_or("required is not a boolean")?,
    })
}

fn text(value: &JsValue) -> Option<String> {
    let text = value.as_string()?;
    let text = text.trim();
    (1..=LONGEST).contains(&text.chars().count()).then(|| text.into())
}
