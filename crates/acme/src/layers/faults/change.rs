//! Changes the JSON of an answer to something that no reference allows.

use serde_json::{Map, Value, json};

use crate::controls::faults::{Change, Fault};

/// Placeholder in a text; replaced by two bytes that are not UTF-8 once the JSON is bytes.
const TWO_BYTES: &str = "\u{fdd0}";
/// How often a list's first element is repeated, and how deep lists are nested.
const TEN_THOUSAND: usize = 10_000;
/// Placeholder for the nested lists of [`Change::Deep`], which are too deep for a `Value`.
const DEEP: &str = "\u{fdd1}";
/// Placeholder in a text of [`Change::Texts`] for half a surrogate pair.
const LONE: &str = "\u{fdd2}";

/// The changed body, and at how many places it changed; `None` if it is not JSON.
pub(super) fn apply(fault: &Fault, body: &[u8]) -> Option<(Vec<u8>, usize)> {
    let change = fault.change?;
    let mut value: Value = serde_json::from_slice(body).ok()?;
    let mut work = Work {
        change,
        member: fault.member.as_deref(),
        text: fault.text.as_deref().unwrap_or_default(),
        texts: &fault.texts,
        from: fault.from,
        except: &fault.except,
        most: if fault.first { 1 } else { usize::MAX },
        places: 0,
    };
    work.walk(&mut value);
    let mut bytes = value.to_string().into_bytes();
    if change == Change::BadUtf8 {
        bytes = replaced(&bytes, TWO_BYTES.as_bytes(), b"\xff\xfe");
    }
    if change == Change::Texts {
        bytes = replaced(&bytes, LONE.as_bytes(), br"\ud800");
    }
    if change == Change::Deep {
        let deep = ["[".repeat(TEN_THOUSAND), "]".repeat(TEN_THOUSAND)].concat();
        bytes = replaced(&bytes, format!("\"{DEEP}\"").as_bytes(), deep.as_bytes());
    }
    Some((bytes, work.places))
}

struct Work<'a> {
    change: Change,
    member: Option<&'a str>,
    text: &'a str,
    texts: &'a [String],
    from: usize,
    except: &'a [String],
    most: usize,
    places: usize,
}

impl Work<'_> {
    fn walk(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) => self.walk_members(members),
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.walk(element)),
            Value::String(_) if self.member.is_none() => self.at(value),
            _ => {}
        }
    }

    fn walk_members(&mut self, members: &mut Map<String, Value>) {
        if let Some(name) = self.member
            && self.places < self.most
            && let Some(value) = members.get_mut(name)
        {
            if self.change == Change::Missing {
                self.places += 1;
                members.remove(name);
            } else {
                self.at(value);
            }
        }
        for (name, value) in members.iter_mut() {
            // Do not search a value that was replaced; `Twice` and `Text` keep the old value, so search that.
            let is_changed =
                self.member == Some(name.as_str()) && !matches!(self.change, Change::Twice | Change::Text);
            if !is_changed && !self.except.contains(name) {
                self.walk(value);
            }
        }
    }

    /// Changes one place, if its value has a type that the change applies to.
    fn at(&mut self, value: &mut Value) {
        if self.places >= self.most {
            return;
        }
        let changed = match (self.change, &*value) {
            (Change::WrongType, Value::String(_)) => json!(7),
            (Change::WrongType, _) => json!("seven"),
            (Change::Unknown, Value::String(_)) => json!("Zzyzx-2099"),
            (Change::Null, _) => Value::Null,
            (Change::Twice, Value::Array(elements)) => {
                elements.iter().flat_map(|one| [one.clone(), one.clone()]).collect()
            }
            (Change::TenThousand, Value::Array(elements)) => {
                let Some(first) = elements.first() else { return };
                (0..TEN_THOUSAND).map(|nth| numbered(first.clone(), nth)).collect()
            }
            (Change::Deep, _) => json!(DEEP),
            (Change::BadUtf8, Value::String(text)) => json!(format!("{text}{TWO_BYTES}")),
            (Change::Offset, Value::String(text)) => {
                let Some(local) = text.get(..19) else { return };
                json!(format!("{local}+05:45"))
            }
            (Change::Absurd, Value::Number(_)) => json!(1e308),
            (Change::Absurd, Value::String(_)) => json!("9999-99-99T99:99:99Z"),
            (Change::Text, Value::String(text)) => json!(format!("{text}{}", self.text)),
            (Change::Texts, Value::String(_)) => {
                json!(self.texts[(self.from + self.places) % self.texts.len()])
            }
            _ => return,
        };
        *value = changed;
        self.places += 1;
    }
}

/// Gives a repeated slot its own id.
fn numbered(mut element: Value, nth: usize) -> Value {
    for name in ["id", "slotId"] {
        if let Some(Value::String(id)) = element.get_mut(name) {
            id.push_str(&nth.to_string());
        }
    }
    element
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut rest = bytes;
    let mut result = Vec::with_capacity(bytes.len());
    while let Some(place) = rest.windows(old.len()).position(|window| window == old) {
        result.extend_from_slice(&rest[..place]);
        result.extend_from_slice(new);
        rest = &rest[place + old.len()..];
    }
    result.extend_from_slice(rest);
    result
}
