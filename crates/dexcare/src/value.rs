//! The one value type into which `serde_json` parses answers, borrowing from the body; and numbers in request bodies.
//!
//! `serde_json::Value` would copy every name and text, and sort the members of every object: reading an answer would
//! take more than twice as long as the browser's own `JSON.parse` (docs/decisions/0002).

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The member name with which `serde_json`, with its feature `arbitrary_precision`, passes on and accepts the text of a
/// number that is not a `u64` or `i64`. The name is not public there: if a later version renames it, the tests of
/// long ids, of tenths and of searches around a point fail.
const NUMBER: &str = "$serde_json::private::Number";

/// The most JSON values that one answer may have. An answer of 8 MB, the longest that is read, has half a million
/// values if it lists slots; if it lists `{}`, it would need more memory than a phone has.
const MOST_VALUES: u32 = 2_000_000;
/// Initial room in an object for the members of a slot, so that the list need not grow while they are read.
const MEMBERS: usize = 8;

thread_local! {
    /// How many more values the current answer may have.
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// Counts this many more values, and returns whether the answer may have them. If not, the caller ends its
/// list or object before the closing bracket, and `serde_json` rejects the answer because of what follows.
fn has_room(values: usize) -> bool {
    let left = u32::try_from(values).ok().and_then(|values| LEFT.get().checked_sub(values));
    LEFT.set(left.unwrap_or(0));
    left.is_some()
}

/// Any JSON value.
#[cfg_attr(test, derive(PartialEq, Debug))]
pub(crate) enum Value<'a> {
    Null,
    Flag(bool),
    /// As written, of any length.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    /// Members in the order sent. If a name is sent twice, the last one counts.
    Object(Vec<(Cow<'a, str>, Self)>),
}

impl<'a> Value<'a> {
    /// Parses a whole body; `None` if it is not JSON, is cut short, is followed by something else, or has too many
    /// values.
    pub(crate) fn from_str(body: &'a str) -> Option<Self> {
        LEFT.set(MOST_VALUES);
        serde_json::from_str(body).ok()
    }

    /// Whether the last body was rejected because it has too many values.
    pub(crate) fn were_too_many() -> bool {
        LEFT.get() == 0
    }

    /// The same value, no longer borrowing from the body.
    pub(crate) fn into_owned(self) -> Value<'static> {
        let owned = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Value::Null,
            Self::Flag(flag) => Value::Flag(flag),
            Self::Number(letters) => Value::Number(owned(letters)),
            Self::Text(text) => Value::Text(owned(text)),
            Self::List(rows) => Value::List(rows.into_iter().map(Self::into_owned).collect()),
            Self::Object(members) => {
                let owned = |(name, value): (_, Self)| (owned(name), value.into_owned());
                Value::Object(members.into_iter().map(owned).collect())
            }
        }
    }
}

/// A number in a request body, written as exactly this text: `47.10`.
///
/// `serde_json::Number` keeps the text too, but its parser needs all the code that formats floating-point numbers: 2
/// KB more in brotli.
pub(crate) struct NumberBody(pub(crate) String);

impl Serialize for NumberBody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut number = serializer.serialize_struct(NUMBER, 1)?;
        number.serialize_field(NUMBER, &self.0)?;
        number.end()
    }
}

impl<'a> Deserialize<'a> for Value<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'a> Visitor<'a> for AnyValue {
    type Value = Value<'a>;

    fn expecting(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<Value<'a>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value<'a>, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value<'a>, E> {
        Ok(Value::Number(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value<'a>, E> {
        Ok(Value::Number(Cow::Owned(number.to_string())))
    }

    // With `arbitrary_precision`, no number is passed as an `f64`. Without this method, `serde` would add its messages
    // for unexpected values, and with them the code that formats such numbers.
    fn visit_f64<E: Error>(self, _: f64) -> Result<Value<'a>, E> {
        Ok(Value::Null)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'a str) -> Result<Value<'a>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value<'a>, E> {
        Ok(Value::Text(Cow::Owned(text.into())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value<'a>, E> {
        Ok(Value::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Value<'a>, A::Error> {
        let mut rows = Vec::new();
        while has_room(1)
            && let Some(row) = list.next_element()?
        {
            rows.push(row);
        }
        Ok(Value::List(rows))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<Value<'a>, A::Error> {
        let (mut members, mut number) = (Vec::new(), None);
        // Checked before a member is read: a member that was read and then left out would be missing without an error.
        while has_room(match members.len() {
            0 => MEMBERS,
            1..MEMBERS => 0,
            _ => 1,
        }) && let Some(member) = object.next_entry()?
        {
            match member {
                (Value::Text(name), Value::Text(letters)) if name == NUMBER => number = Some(letters),
                (Value::Text(name), value) => {
                    if members.is_empty() {
                        members.reserve_exact(MEMBERS);
                    }
                    members.push((name, value));
                }
                _ => {}
            }
        }
        Ok(number.map_or(Value::Object(members), Value::Number))
    }
}
