//! Writes request bodies: objects, lists of objects and of texts, text and flags, in the order they are given. Nothing else is
//! needed, it cannot fail, and in the widget it is smaller than a serializer.

use booking::place::Address;

/// A JSON object being written.
pub(crate) struct Body(String);

impl Body {
    /// Opens the outermost object.
    pub(crate) fn new() -> Self {
        Self("{".into())
    }

    /// Opens an object under `key`.
    pub(crate) fn open(&mut self, key: &str) {
        self.key(key);
        self.0.push('{');
    }

    /// Closes what [`Self::open`] opened.
    pub(crate) fn close(&mut self) {
        self.0.push('}');
    }

    /// Opens a list under `key` and its first object.
    pub(crate) fn open_list(&mut self, key: &str) {
        self.key(key);
        self.0.push_str("[{");
    }

    /// Closes an object of a list and opens the next.
    pub(crate) fn next_in_list(&mut self) {
        self.0.push_str("},{");
    }

    /// Closes what [`Self::open_list`] opened.
    pub(crate) fn close_list(&mut self) {
        self.0.push_str("}]");
    }

    /// A text member, whatever is in it.
    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.quoted(value);
    }

    /// A text member, left out when empty.
    pub(crate) fn text_if_any(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.text(key, value);
        }
    }

    /// A member that is a list of texts.
    pub(crate) fn texts(&mut self, key: &str, values: &[&str]) {
        self.key(key);
        self.0.push('[');
        for (place, value) in values.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.quoted(value);
        }
        self.0.push(']');
    }

    /// A member whose value is JSON already.
    pub(crate) fn json(&mut self, key: &str, value: &str) {
        self.key(key);
        self.0.push_str(value);
    }

    /// A phone number as digits only (API reference Q47), left out when there is none.
    pub(crate) fn phone(&mut self, key: &str, value: &str) {
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        self.text_if_any(key, &digits);
    }

    /// The members of an address (API reference §1.9) in the object that is open.
    pub(crate) fn address(&mut self, address: &Address) {
        self.text("line1", &address.line1);
        self.text_if_any("line2", &address.line2);
        self.text("city", &address.city);
        self.text("state", &address.state);
        self.text("postalCode", &address.postal_code);
    }

    /// Closes the outermost object.
    pub(crate) fn finish(mut self) -> String {
        self.close();
        self.0
    }

    fn key(&mut self, key: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.quoted(key);
        self.0.push(':');
    }

    fn quoted(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.0.push('\\'),
                '\0'..' ' => {
                    self.0.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                    self.0.push(char::from_digit(u32::from(c) & 15, 16).unwrap_or('0'));
                    continue;
                }
                _ => {}
            }
            self.0.push(c);
        }
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn members_are_written_in_order_without_blanks() {
        let mut body = Body::new();
        body.text("a", "1");
        body.open("b");
        body.close();
        body.open_list("c");
        body.text_if_any("none", "");
        body.text("d", "");
        body.json("e", "true");
        body.next_in_list();
        body.text("d", "2");
        body.close_list();
        body.texts("g", &["x", "\""]);
        body.texts("h", &[]);
        body.phone("f", "+1 (206) 555-0188 ٣");
        body.phone("none", "ask me");
        assert_eq!(
            body.finish(),
            r#"{"a":"1","b":{},"c":[{"d":"","e":true},{"d":"2"}],"g":["x","\""],"h":[],"f":"12065550188"}"#
        );
        assert_eq!(Body::new().finish(), "{}");
    }

    #[test]
    fn only_what_json_forbids_is_escaped() {
        let mut body = Body::new();
        body.text("a", "\"quoted\" \\ back\nline\ttab\u{1}\u{1f}\u{7f} é 🩺 \u{2028} </script>");
        let wanted = "{\"a\":\"\\\"quoted\\\" \\\\ back\\u000aline\\u0009tab\\u0001\\u001f\u{7f} é 🩺 \u{2028} </script>\"}";
        assert_eq!(body.finish(), wanted);
    }

    #[test]
    fn a_value_that_ends_in_a_brace_does_not_swallow_the_comma() {
        let mut body = Body::new();
        body.text("a", "{");
        body.text("b", "");
        assert_eq!(body.finish(), r#"{"a":"{","b":""}"#);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_text_is_read_back_the_same(a in any::<String>(), b in any::<String>()) {
            let mut body = Body::new();
            body.text("a", &a);
            body.open("o");
            body.text("b", &b);
            body.close();
            let read: Value = serde_json::from_str(&body.finish()).unwrap();
            prop_assert_eq!(read, json!({"a": a, "o": {"b": b}}));
        }
    }
}
