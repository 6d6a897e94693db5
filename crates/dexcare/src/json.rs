//! Small accessors for JSON as servers really send it: numbers as strings, strings as numbers, and `null` or nothing
//! for an optional value. `serde_json` parses the body; a body that it rejects is repaired and parsed again.

use std::borrow::Cow;

pub(crate) use crate::value::Value;
use crate::{mend, text};

static NOTHING: Value<'static> = Value::Null;

/// Parses a body, which may begin with a byte order mark. Invalid UTF-8 is rejected, not repaired: a repaired id would
/// be another id.
pub(crate) fn parse(body: &[u8]) -> Option<Value<'_>> {
    let body = str::from_utf8(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).ok()?;
    let read = Value::from_str(body);
    if read.is_some() || Value::were_too_many() {
        return read;
    }
    Value::from_str(&mend::mend(body)).map(Value::into_owned)
}

/// Parses a body that must be an object.
pub(crate) fn parse_object(body: &[u8]) -> Option<Value<'_>> {
    parse(body).filter(|value| matches!(value, Value::Object(_)))
}

/// The member of an object; `null` if there is none, or if `of` is not an object.
pub(crate) fn field<'a, 'b>(of: &'a Value<'b>, key: &str) -> &'a Value<'b> {
    match of {
        Value::Object(members) => {
            members.iter().rev().find(|(name, _)| name == key).map_or(&NOTHING, |(_, value)| value)
        }
        _ => &NOTHING,
    }
}

/// A member's text, unchanged, for use as an id; a number without sign, point or exponent is read as its digits. `None`
/// if the member is missing, empty or anything else.
pub(crate) fn id<'a>(of: &'a Value<'_>, key: &str) -> Option<&'a str> {
    let letters = match field(of, key) {
        Value::Text(text) => text,
        Value::Number(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => number,
        _ => "",
    };
    (!letters.is_empty()).then_some(letters)
}

/// A text, cleaned to be shown; empty if there is none.
pub(crate) fn text(of: &Value<'_>, key: &str) -> String {
    text::clean(id(of, key).unwrap_or_default())
}

/// A text, cleaned to be shown; `None` if there is none.
pub(crate) fn some_text(of: &Value<'_>, key: &str) -> Option<String> {
    Some(text(of, key)).filter(|text| !text.is_empty())
}

/// A whole number, written as a number or as text; a fraction is dropped.
pub(crate) fn integer(of: &Value<'_>, key: &str) -> Option<i64> {
    let digits = number(of, key)?;
    // Reject an exponent, which no server writes in minutes or days: cut at its point, `1.5e3` would be read as 1.
    if digits.contains(['e', 'E']) {
        return None;
    }
    digits.split('.').next()?.parse().ok()
}

/// `true` or `false`, with or without quotes.
pub(crate) fn flag(of: &Value<'_>, key: &str) -> Option<bool> {
    match field(of, key) {
        Value::Flag(flag) => Some(*flag),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// The rows of a list; empty if it is missing, `null` or not a list.
pub(crate) fn rows<'a, 'b>(of: &'a Value<'b>, key: &str) -> &'a [Value<'b>] {
    match field(of, key) {
        Value::List(rows) => rows,
        _ => &[],
    }
}

/// The rows of a list that the answer is about: empty if it is missing or `null`. `None` for any other value, so that
/// an unreadable answer is not shown to a patient as "there is nothing".
pub(crate) fn list<'a, 'b>(of: &'a Value<'b>, key: &str) -> Option<&'a [Value<'b>]> {
    match field(of, key) {
        Value::Null => Some(&[]),
        Value::List(rows) => Some(rows),
        _ => None,
    }
}

/// The members of an object used as a map; empty if it is missing, `null` or not an object.
pub(crate) fn members<'a, 'b>(of: &'a Value<'b>, key: &str) -> &'a [(Cow<'b, str>, Value<'b>)] {
    match field(of, key) {
        Value::Object(members) => members,
        _ => &[],
    }
}

/// The texts of a list, cleaned to be shown; other rows are left out.
pub(crate) fn texts(of: &Value<'_>, key: &str) -> Vec<String> {
    let text = |row: &Value<'_>| match row {
        Value::Text(text) => Some(text::clean(text)).filter(|text| !text.is_empty()),
        _ => None,
    };
    rows(of, key).iter().filter_map(text).collect()
}

/// A length or distance in tenths, rounded (`1.85` is 19); `None` above a million tenths.
pub(crate) fn tenths(of: &Value<'_>, key: &str) -> Option<u32> {
    let (whole, part) = decimal(number(of, key)?)?;
    let digit = |place: usize| part.as_bytes().get(place).map_or(0, |byte| u32::from(byte - b'0'));
    let tenths = whole.checked_mul(10)?.checked_add(digit(0) + u32::from(digit(1) >= 5))?;
    (tenths <= 1_000_000).then_some(tenths)
}

/// Degrees of latitude or longitude, from −`most` to `most`; digits after the seventh decimal are dropped.
pub(crate) fn degrees(of: &Value<'_>, key: &str, most: u32) -> Option<f64> {
    let number = number(of, key)?;
    let (whole, part) = decimal(number.strip_prefix('-').unwrap_or(number))?;
    let digits = || part.bytes().take(7);
    let unit = digits().fold(1, |unit, _| unit * 10);
    let units = digits().fold(0, |units, byte| units * 10 + u32::from(byte - b'0'));
    if whole > most || (whole == most && units > 0) {
        return None;
    }
    let degrees = f64::from(whole * unit + units) / f64::from(unit);
    Some(if number.starts_with('-') { -degrees } else { degrees })
}

/// A number as it is written, with or without quotes.
fn number<'a>(of: &'a Value<'_>, key: &str) -> Option<&'a str> {
    match field(of, key) {
        Value::Number(number) => Some(number),
        Value::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// Splits a number without sign or exponent into its whole part and the digits after its point. The standard
/// library's parser for such numbers would be larger than this whole module.
fn decimal(number: &str) -> Option<(u32, &str)> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_digits(whole) && is_digits(part)).then_some(())?;
    Some((whole.parse().ok()?, part))
}

#[cfg(test)]
mod tests;
