//! Small tolerant accessors over JSON as servers really send it: numbers as strings, strings as numbers, `null` or
//! nothing at all where a value is optional. `serde_json` parses the body; what it refuses is mended and parsed again.

use std::borrow::Cow;

pub(crate) use crate::value::Value;
use crate::{mend, text};

static NOTHING: Value<'static> = Value::Null;

/// Reads a body, a byte order mark before it allowed. Invalid UTF-8 is not repaired: a repaired id is another id.
pub(crate) fn parse(body: &[u8]) -> Option<Value<'_>> {
    let body = str::from_utf8(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).ok()?;
    let read = Value::from_str(body);
    if read.is_some() || Value::were_too_many() {
        return read;
    }
    Value::from_str(&mend::mend(body)).map(Value::into_owned)
}

/// Reads a body that is an object.
pub(crate) fn parse_object(body: &[u8]) -> Option<Value<'_>> {
    parse(body).filter(|value| matches!(value, Value::Object(_)))
}

/// The member, or `null` when there is none or `of` is no object.
pub(crate) fn field<'a, 'b>(of: &'a Value<'b>, key: &str) -> &'a Value<'b> {
    match of {
        Value::Object(members) => {
            members.iter().rev().find(|(name, _)| name == key).map_or(&NOTHING, |(_, value)| value)
        }
        _ => &NOTHING,
    }
}

/// Text as it is, for an id; a whole number is taken as its digits. Empty counts as missing.
pub(crate) fn id<'a>(of: &'a Value<'_>, key: &str) -> Option<&'a str> {
    let letters = match field(of, key) {
        Value::Text(text) => text,
        Value::Number(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => number,
        _ => "",
    };
    (!letters.is_empty()).then_some(letters)
}

/// Text fit to show; empty when there is none.
pub(crate) fn text(of: &Value<'_>, key: &str) -> String {
    text::clean(id(of, key).unwrap_or_default())
}

/// Text fit to show; `None` when there is none.
pub(crate) fn some_text(of: &Value<'_>, key: &str) -> Option<String> {
    Some(text(of, key)).filter(|text| !text.is_empty())
}

/// A whole number, written as a number or as text; what follows a decimal point is dropped.
pub(crate) fn integer(of: &Value<'_>, key: &str) -> Option<i64> {
    let digits = number(of, key)?;
    // An exponent is no way to write minutes or days.
    if digits.contains(['e', 'E']) {
        return None;
    }
    digits.split('.').next()?.parse().ok()
}

/// `true` or `false`, also in quotes.
pub(crate) fn flag(of: &Value<'_>, key: &str) -> Option<bool> {
    match field(of, key) {
        Value::Flag(flag) => Some(*flag),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// The rows of a list; none when it is missing, `null` or no list.
pub(crate) fn rows<'a, 'b>(of: &'a Value<'b>, key: &str) -> &'a [Value<'b>] {
    match field(of, key) {
        Value::List(rows) => rows,
        _ => &[],
    }
}

/// The rows of a list that an answer is about: none when it is missing or `null`. Any other thing in its place is no
/// answer (`None`), lest "unreadable" be told to a patient as "there is nothing".
pub(crate) fn list<'a, 'b>(of: &'a Value<'b>, key: &str) -> Option<&'a [Value<'b>]> {
    match field(of, key) {
        Value::Null => Some(&[]),
        Value::List(rows) => Some(rows),
        _ => None,
    }
}

/// The members of an object used as a map; none when it is missing, `null` or no object.
pub(crate) fn members<'a, 'b>(of: &'a Value<'b>, key: &str) -> &'a [(Cow<'b, str>, Value<'b>)] {
    match field(of, key) {
        Value::Object(members) => members,
        _ => &[],
    }
}

/// The texts of a list, fit to show; rows that are none are left out.
pub(crate) fn texts(of: &Value<'_>, key: &str) -> Vec<String> {
    let text = |row: &Value<'_>| match row {
        Value::Text(text) => Some(text::clean(text)).filter(|text| !text.is_empty()),
        _ => None,
    };
    rows(of, key).iter().filter_map(text).collect()
}

/// A length or a distance in tenths, rounded, up to a million of them: `1.85` is 19.
pub(crate) fn tenths(of: &Value<'_>, key: &str) -> Option<u32> {
    let (whole, part) = decimal(number(of, key)?)?;
    let digit = |place: usize| part.as_bytes().get(place).map_or(0, |byte| u32::from(byte - b'0'));
    let tenths = whole.checked_mul(10)?.checked_add(digit(0) + u32::from(digit(1) >= 5))?;
    (tenths <= 1_000_000).then_some(tenths)
}

/// Degrees of latitude or longitude, at most `most` of them either way; finer than a ten-millionth is cut.
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

/// A number's letters, also those of one in quotes.
fn number<'a>(of: &'a Value<'_>, key: &str) -> Option<&'a str> {
    match field(of, key) {
        Value::Number(number) => Some(number),
        Value::Text(text) => Some(text.trim()),
        _ => None,
    }
}

/// A number without sign or exponent: what stands before its point, and the digits after it. The library's own reader of
/// such numbers would weigh more than all of this module.
fn decimal(number: &str) -> Option<(u32, &str)> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_digits(whole) && is_digits(part)).then_some(())?;
    Some((whole.parse().ok()?, part))
}

#[cfg(test)]
mod tests;
