//! The one value type that `serde_json` parses answers into, which borrows from the body; and numbers in request bodies.
//!
//! `serde_json::Value` would copy every name and every text and sort the members of every object: reading an answer
//! would take more than twice the time of the browser's own `JSON.parse` (docs/decisions/0002).

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The member under which `serde_json`'s feature `arbitrary_precision` passes the letters of a number that is no `u64` or
/// `i64`, and takes such letters. Not public there: should a later version rename it, the tests of long ids, of tenths and of
/// searches around a point fail.
const NUMBER: &str = "$serde_json::private::Number";

/// Any JSON value.
#[cfg_attr(test, derive(PartialEq, Debug))]
pub(crate) enum Value<'a> {
    Null,
    Flag(bool),
    /// As written, whatever its size.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    /// In the order sent. Of a name sent twice, the last counts.
    Object(Vec<(Cow<'a, str>, Self)>),
}

impl<'a> Value<'a> {
    /// Parses a whole body; `None` when it is not JSON, is cut short, or is followed by something else.
    pub(crate) fn from_str(body: &'a str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// The same value without the body it was parsed from.
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

/// A number in a request body, with the letters it is sent with: `47.10`.
///
/// `serde_json::Number` keeps letters too, but its parser brings all that formats floating-point numbers along: 2 KB more in
/// brotli.
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

    // With `arbitrary_precision` nothing is passed as an `f64`. Without this method `serde` would bring its words for unexpected
    // values along, and with them all that formats such numbers.
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
        while let Some(row) = list.next_element()? {
            rows.push(row);
        }
        Ok(Value::List(rows))
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<Value<'a>, A::Error> {
        // Room for a slot's members, so that the list need not grow while they are read.
        let (mut members, mut number) = (Vec::with_capacity(8), None);
        while let Some(member) = object.next_entry()? {
            match member {
                (Value::Text(name), Value::Text(letters)) if name == NUMBER => number = Some(letters),
                (Value::Text(name), value) => members.push((name, value)),
                _ => {}
            }
        }
        Ok(number.map_or(Value::Object(members), Value::Number))
    }
}
