//! Small tolerant accessors over JSON as servers really send it: numbers as strings, strings as numbers, `null` or
//! nothing at all where a value is optional. Reading only; bodies are written in `write.rs`.

pub(crate) use crate::parse::Value;
use crate::text;

static NOTHING: Value<'static> = Value::Null;

/// Reads a body, a byte order mark before it allowed. Invalid UTF-8 is not repaired: a repaired id is another id.
pub(crate) fn parse(body: &[u8]) -> Option<Value<'_>> {
    crate::parse::parse(str::from_utf8(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).ok()?)
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
        Value::Number(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => *number,
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
    let digits = match field(of, key) {
        Value::Number(number) => *number,
        Value::Text(text) => text.trim(),
        _ => return None,
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"x": <json>}`
    fn x(json: &str) -> Value<'static> {
        parse(["{\"x\":", json, "}"].concat().leak().as_bytes()).unwrap()
    }

    #[test]
    fn an_id_is_text_or_a_whole_number_and_never_empty() {
        for (sent, read) in [
            (r#""100210""#, "100210"),
            (r#"" a+b== ""#, " a+b== "),
            ("100210", "100210"),
            ("0", "0"),
            ("340282366920938463463374607431768211456", "340282366920938463463374607431768211456"),
        ] {
            assert_eq!(id(&x(sent), "x"), Some(read), "{sent}");
        }
        for bad in [r#""""#, "null", "true", "1.5", "1e5", "-7", "1-1", "[1]", r#"{"x":1}"#] {
            assert_eq!(id(&x(bad), "x"), None, "{bad}");
        }
        assert_eq!(id(&x("1"), "y"), None, "missing");
        assert_eq!(id(&Value::Null, "x"), None, "no object");
    }

    #[test]
    fn an_integer_is_a_number_or_text() {
        for (sent, read) in [
            ("20", 20),
            (r#""20""#, 20),
            (r#"" 20 ""#, 20),
            ("20.9", 20),
            (r#""20.9""#, 20),
            ("-1", -1),
            ("0", 0),
            ("9223372036854775807", i64::MAX),
        ] {
            assert_eq!(integer(&x(sent), "x"), Some(read), "{sent}");
        }
        for bad in [
            "2e1",
            "1e999",
            "1E2",
            "-",
            "1-1",
            "18446744073709551615",
            r#""twenty""#,
            r#""""#,
            r#""20 min""#,
            r#""99999999999999999999""#,
            "null",
            "true",
            "[20]",
        ] {
            assert_eq!(integer(&x(bad), "x"), None, "{bad}");
        }
    }

    #[test]
    fn a_flag_is_a_boolean_or_its_word() {
        for (sent, read) in [
            ("true", Some(true)),
            ("false", Some(false)),
            (r#""false""#, Some(false)),
            ("1", None),
            ("null", None),
            (r#""yes""#, None),
        ] {
            assert_eq!(flag(&x(sent), "x"), read, "{sent}");
        }
    }

    #[test]
    fn a_list_that_is_none_has_no_rows() {
        assert_eq!(rows(&x("[1,null]"), "x").len(), 2);
        for bad in ["null", "7", r#""a""#, r#"{"0":1}"#] {
            assert!(rows(&x(bad), "x").is_empty(), "{bad}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_skipped_and_bad_utf_8_is_not_repaired() {
        assert_eq!(id(&parse(b"\xef\xbb\xbf{\"x\":\"a\"}").unwrap(), "x"), Some("a"));
        assert!(parse(b"{\"x\":\"a\xff\"}").is_none());
        assert!(parse(b"{\"x\":\"\xed\xa0\x80\"}").is_none(), "a surrogate in UTF-8");
        assert!(parse(b"").is_none());
        assert!(parse(b"<html>Service unavailable</html>").is_none());
        assert!(parse(b"{\"x\":1").is_none(), "cut");
        assert!(parse(b"{\"x\":1} {}").is_none(), "two bodies");
        assert!(parse_object(b"[{\"x\":1}]").is_none());
    }

    #[test]
    fn deep_nesting_is_refused_before_it_can_hurt() {
        for (open, close) in [("[", "]"), ("{\"x\":", "}")] {
            let deep = [open.repeat(100_000), "1".into(), close.repeat(100_000)].concat();
            assert!(parse(deep.as_bytes()).is_none(), "{open}");
            assert!(parse(open.repeat(100_000).as_bytes()).is_none(), "{open} and no end");
        }
        let shallow = ["[".repeat(60), "]".repeat(60)].concat();
        assert!(parse(shallow.as_bytes()).is_some());
    }

    #[test]
    fn of_a_member_sent_twice_the_last_counts() {
        assert_eq!(id(&parse(br#"{"x":"a","x":"b"}"#).unwrap(), "x"), Some("b"));
    }
}
