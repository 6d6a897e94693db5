//! A JSON reader for answers: one value type that borrows from the body, and no more than that.
//!
//! The widget pays for every byte: with `serde_json` in this place the wasm weighs 7 KB of brotli more. The tests hold
//! the two against each other. In three things this reader is milder, so that one bad member never hides the others: a
//! number is kept as its letters, whatever its size; a string that is no text (half a surrogate pair) counts as `null`;
//! a control character in a string may stand as it is.

use std::borrow::Cow;

/// Deeper nesting than any answer has; beyond it the body is refused, before the stack could run out.
const DEEPEST: u8 = 64;

/// Any JSON value.
#[cfg_attr(test, derive(PartialEq, Debug))]
pub(crate) enum Value<'a> {
    Null,
    Flag(bool),
    /// As written; not checked any further.
    Number(&'a str),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    /// In the order sent. Of a name sent twice, the last counts.
    Object(Vec<(Cow<'a, str>, Self)>),
}

/// Reads a whole body; `None` when it is not JSON, is cut short, or is followed by something else.
pub(crate) fn parse(body: &str) -> Option<Value<'_>> {
    let mut reader = Reader { body, at: 0 };
    let value = reader.value(0)?;
    (reader.peek() == 0 && reader.at == body.len()).then_some(value)
}

struct Reader<'a> {
    body: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The byte to be read next, 0 at the end.
    fn byte(&self) -> u8 {
        self.body.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The byte to be read next after blanks.
    fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// Takes the byte if it is the next one after blanks.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    /// What stands between `from` and here. Both are always at the edge of a character.
    fn since(&self, from: usize) -> &'a str {
        self.body.get(from..self.at).unwrap_or_default()
    }

    fn value(&mut self, depth: u8) -> Option<Value<'a>> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek() {
            b'"' => self.text(),
            b'[' => {
                self.at += 1;
                let mut rows = Vec::new();
                if !self.take(b']') {
                    loop {
                        rows.push(self.value(depth + 1)?);
                        if !self.take(b',') {
                            break;
                        }
                    }
                    if !self.take(b']') {
                        return None;
                    }
                }
                Some(Value::List(rows))
            }
            b'{' => {
                self.at += 1;
                let mut members = Vec::new();
                if !self.take(b'}') {
                    loop {
                        if self.peek() != b'"' {
                            return None;
                        }
                        let name = self.text()?;
                        if !self.take(b':') {
                            return None;
                        }
                        let value = self.value(depth + 1)?;
                        if let Value::Text(name) = name {
                            members.push((name, value));
                        }
                        if !self.take(b',') {
                            break;
                        }
                    }
                    if !self.take(b'}') {
                        return None;
                    }
                }
                Some(Value::Object(members))
            }
            b'-' | b'0'..=b'9' => {
                let from = self.at;
                while matches!(self.byte(), b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9') {
                    self.at += 1;
                }
                Some(Value::Number(self.since(from)))
            }
            _ => {
                let from = self.at;
                while self.byte().is_ascii_lowercase() {
                    self.at += 1;
                }
                match self.since(from) {
                    "null" => Some(Value::Null),
                    "true" => Some(Value::Flag(true)),
                    "false" => Some(Value::Flag(false)),
                    _ => None,
                }
            }
        }
    }

    /// A string from its opening quote on; `None` when it has no end or an unknown escape.
    fn text(&mut self) -> Option<Value<'a>> {
        self.at += 1;
        let from = self.at;
        loop {
            match self.byte() {
                b'"' => {
                    let plain = self.since(from);
                    self.at += 1;
                    return Some(Value::Text(Cow::Borrowed(plain)));
                }
                b'\\' => return self.escaped(from),
                0 if self.at >= self.body.len() => return None,
                _ => self.at += 1,
            }
        }
    }

    /// The rest of a string in which there is something to undo.
    fn escaped(&mut self, mut from: usize) -> Option<Value<'a>> {
        let mut text = String::new();
        let mut is_text = true;
        loop {
            match self.byte() {
                b'"' => {
                    text.push_str(self.since(from));
                    self.at += 1;
                    return Some(if is_text { Value::Text(Cow::Owned(text)) } else { Value::Null });
                }
                b'\\' => {
                    text.push_str(self.since(from));
                    self.at += 1;
                    let escape = self.byte();
                    self.at += 1;
                    match escape {
                        b'"' | b'\\' | b'/' => text.push(char::from(escape)),
                        b'b' => text.push('\u{8}'),
                        b'f' => text.push('\u{c}'),
                        b'n' => text.push('\n'),
                        b'r' => text.push('\r'),
                        b't' => text.push('\t'),
                        b'u' => match char::from_u32(self.unicode()?) {
                            Some(c) => text.push(c),
                            None => is_text = false,
                        },
                        _ => return None,
                    }
                    from = self.at;
                }
                0 if self.at >= self.body.len() => return None,
                _ => self.at += 1,
            }
        }
    }

    /// What `\uXXXX` stands for, two of them for a surrogate pair. Half a pair stands for itself, and what follows it
    /// does not matter: its string is no text anyway.
    fn unicode(&mut self) -> Option<u32> {
        let first = self.hex()?;
        if first >> 10 == 0xd800 >> 10 && self.body.get(self.at..self.at + 2) == Some("\\u") {
            self.at += 2;
            let second = self.hex()?;
            if second >> 10 == 0xdc00 >> 10 {
                return Some(0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff));
            }
        }
        Some(first)
    }

    fn hex(&mut self) -> Option<u32> {
        let mut number = 0;
        for _ in 0..4 {
            number = number << 4 | char::from(self.byte()).to_digit(16)?;
            self.at += 1;
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests;
