//! Reads a request's query, path segment and JSON body. If one of them is malformed, the reader refuses the
//! request with a 400 that says what is wrong; only [`Filters`] refuses nothing.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::refusal::Refusal;
use crate::rules::is_guid;

/// A decoded query string with each name at most once.
pub struct Query(Vec<(String, String)>);

impl Query {
    /// The value of a parameter that is present and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        found.filter(|value| !value.is_empty())
    }

    /// The value of a required parameter.
    pub fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::bad(format!("'{name}' is required")))
    }

    /// A parameter that is `true` or `false`.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Refusal> {
        match self.get(name) {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => Err(Refusal::bad(format!("'{name}' must be a boolean"))),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let pairs = pairs(parts.uri.query())?;
        for (place, (name, _)) in pairs.iter().enumerate() {
            if pairs[..place].iter().any(|(earlier, _)| earlier == name) {
                return Err(Refusal::bad(format!("'{name}' must be given once")));
            }
        }
        Ok(Self(pairs))
    }
}

/// The names and values of a query string.
pub fn pairs(raw: Option<&str>) -> Result<Vec<(String, String)>, Refusal> {
    let raw = raw.unwrap_or_default();
    if !is_well_encoded(raw) {
        return Err(Refusal::bad("The query string is not well formed"));
    }
    Ok(form_urlencoded::parse(raw.as_bytes()).into_owned().collect())
}

/// Whether two hexadecimal digits follow every `%`, and the resulting bytes are UTF-8.
fn is_well_encoded(raw: &str) -> bool {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            // `from_str_radix` would accept a sign.
            let digits = after.get(..2).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
            let Some(hex) = digits.and_then(|hex| std::str::from_utf8(hex).ok()) else { return false };
            let Ok(byte) = u8::from_str_radix(hex, 16) else { return false };
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    std::str::from_utf8(&bytes).is_ok()
}

/// A decoded query string of a call that refuses no query: names may repeat or end in `[]`, values may be lists
/// separated by commas, and a malformed `%` stays as it is.
pub struct Filters(Vec<(String, String)>);

impl Filters {
    /// Every value of a parameter, in any of its forms.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let named = self.0.iter().filter(|(key, _)| key.strip_suffix("[]").unwrap_or(key) == name);
        named
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The first value of a parameter.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.all(name).into_iter().next()
    }
}

impl<S: Sync> FromRequestParts<S> for Filters {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let raw = parts.uri.query().unwrap_or_default();
        Ok(Self(form_urlencoded::parse(raw.as_bytes()).into_owned().collect()))
    }
}

/// The decoded variable segment of a path.
pub struct Segment(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let segment: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        match segment {
            Ok(Path(segment)) => Ok(Self(segment)),
            Err(_) => Err(Refusal::bad("The path is not well formed")),
        }
    }
}

/// Reads a JSON body that must be an object.
pub fn json_body(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Refusal::bad("The request body must be a JSON object")),
        Err(_) => Err(Refusal::bad("The request body is not valid JSON")),
    }
}

/// An object in the body and its path, so that a refusal can name the field in full.
#[derive(Clone)]
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The body's top-level object.
    pub fn of(map: &'a Map<String, Value>) -> Self {
        Self { map, path: String::new() }
    }

    /// The full name of a field of this object.
    pub fn name(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    /// A 400 about a field of this object.
    pub fn wrong(&self, field: &str, problem: &str) -> Refusal {
        Refusal::bad(format!("'{}' {problem}", self.name(field)))
    }

    /// The value of a field that is present and not null.
    pub fn value(&self, field: &str) -> Option<&'a Value> {
        self.map.get(field).filter(|value| !value.is_null())
    }

    /// A text; `None` if absent, null or empty.
    pub fn optional_text(&self, field: &str) -> Result<Option<&'a str>, Refusal> {
        match self.value(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty()).map(String::as_str)),
            Some(_) => Err(self.wrong(field, "must be a string")),
        }
    }

    /// A required text that is not blank.
    pub fn text(&self, field: &str) -> Result<&'a str, Refusal> {
        let text = self.optional_text(field)?.filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| self.wrong(field, "is required"))
    }

    /// A required text of at most this many characters.
    pub fn text_within(&self, field: &str, longest: usize) -> Result<&'a str, Refusal> {
        let text = self.text(field)?;
        if text.chars().count() > longest {
            return Err(self.wrong(field, &format!("must be at most {longest} characters")));
        }
        Ok(text)
    }

    /// A required text out of a list.
    pub fn one_of(&self, field: &str, choices: &[&'static str]) -> Result<&'static str, Refusal> {
        let text = self.text(field)?;
        let found = choices.iter().find(|choice| **choice == text).copied();
        found.ok_or_else(|| self.wrong(field, &format!("must be one of [{}]", choices.join(", "))))
    }

    /// A required GUID, in lower case.
    pub fn guid(&self, field: &str) -> Result<String, Refusal> {
        let text = self.text(field)?;
        if is_guid(text) {
            Ok(text.to_ascii_lowercase())
        } else {
            Err(self.wrong(field, "must be a valid GUID"))
        }
    }

    /// An optional object.
    pub fn optional_object(&self, field: &str) -> Result<Option<Fields<'a>>, Refusal> {
        match self.value(field) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(Fields { map, path: self.name(field) })),
            Some(_) => Err(self.wrong(field, "must be an object")),
        }
    }

    /// A required object.
    pub fn object(&self, field: &str) -> Result<Fields<'a>, Refusal> {
        self.optional_object(field)?.ok_or_else(|| self.wrong(field, "is required"))
    }

    /// An optional list of objects.
    pub fn optional_objects(&self, field: &str) -> Result<Option<Vec<Fields<'a>>>, Refusal> {
        let Some(value) = self.value(field) else { return Ok(None) };
        let Value::Array(items) = value else { return Err(self.wrong(field, "must be an array")) };
        let objects = items.iter().enumerate().map(|(place, item)| {
            let path = format!("{}[{place}]", self.name(field));
            let object = item.as_object().map(|map| Fields { map, path });
            object.ok_or_else(|| self.wrong(field, "must be an array of objects"))
        });
        objects.collect::<Result<_, _>>().map(Some)
    }

    /// A required list of objects.
    pub fn objects(&self, field: &str) -> Result<Vec<Fields<'a>>, Refusal> {
        self.optional_objects(field)?.ok_or_else(|| self.wrong(field, "is required"))
    }

    /// An optional list of texts; an absent one is empty.
    pub fn texts(&self, field: &str) -> Result<Vec<String>, Refusal> {
        let Some(value) = self.value(field) else { return Ok(Vec::new()) };
        let Value::Array(items) = value else { return Err(self.wrong(field, "must be an array")) };
        let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
        texts.collect::<Option<_>>().ok_or_else(|| self.wrong(field, "must be an array of strings"))
    }

    /// An optional number.
    pub fn optional_number(&self, field: &str) -> Result<Option<f64>, Refusal> {
        let Some(value) = self.value(field) else { return Ok(None) };
        value.as_f64().map(Some).ok_or_else(|| self.wrong(field, "must be a number"))
    }

    /// An optional boolean.
    pub fn optional_flag(&self, field: &str) -> Result<Option<bool>, Refusal> {
        match self.value(field) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(field, "must be a boolean")),
        }
    }
}
