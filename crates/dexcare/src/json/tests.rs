//! The accessors, on JSON as servers really send it.

use super::*;

/// Parses `{"x": <json>}`.
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
fn a_list_an_answer_is_about_is_missing_or_a_list() {
    assert_eq!(list(&x("[1,null]"), "x").map(<[_]>::len), Some(2));
    assert_eq!(list(&x("null"), "x").map(<[_]>::len), Some(0));
    assert_eq!(list(&x("[1]"), "y").map(<[_]>::len), Some(0));
    for bad in ["7", r#""a""#, r#"{"0":1}"#, "false"] {
        assert!(list(&x(bad), "x").is_none(), "{bad}");
    }
}

#[test]
fn members_are_those_of_an_object() {
    assert_eq!(members(&x(r#"{"a":1,"b":null}"#), "x").len(), 2);
    for bad in ["null", "7", r#""a""#, "[1]"] {
        assert!(members(&x(bad), "x").is_empty(), "{bad}");
    }
}

#[test]
fn texts_are_those_rows_that_are_text() {
    assert_eq!(
        texts(&x(r#"["Family Medicine",null,7,"",{}," Pediatrics\u202e"]"#), "x"),
        ["Family Medicine", "Pediatrics"]
    );
    assert!(texts(&x(r#""Pediatrics""#), "x").is_empty());
}

#[test]
fn tenths_are_rounded_and_never_negative() {
    for (sent, read) in [
        ("1.8", 18),
        ("10", 100),
        ("0", 0),
        ("0.04", 0),
        ("0.05", 1),
        ("1.85", 19),
        ("9.99", 100),
        (r#""1.""#, 10),
        (r#"" 2.5 ""#, 25),
        ("100000", 1_000_000),
    ] {
        assert_eq!(tenths(&x(sent), "x"), Some(read), "{sent}");
    }
    for bad in [
        "-1",
        "-0.5",
        "1e3",
        "1.5e3",
        "100000.1",
        "99999999999",
        "429496730",
        "429496729.9",
        "null",
        r#""near""#,
        r#"".5""#,
        r#""""#,
    ] {
        assert_eq!(tenths(&x(bad), "x"), None, "{bad}");
    }
}

#[test]
fn degrees_are_as_exact_as_they_are_sent() {
    for (sent, read) in [
        ("47.6687", 47.6687),
        ("-122.3764", -122.3764),
        ("-0.5", -0.5),
        ("0", 0.0),
        ("180", 180.0),
        ("-180.000", -180.0),
        (r#"" -118.67983342 ""#, -118.679_833_4),
    ] {
        assert_eq!(degrees(&x(sent), "x", 180).map(f64::to_bits), Some(f64::to_bits(read)), "{sent}");
    }
    for bad in ["180.1", "-181", "4294967296", "1e2", "--1", r#""+1""#, r#"".5""#, "-", "null", r#""north""#]
    {
        assert_eq!(degrees(&x(bad), "x", 180), None, "{bad}");
    }
    assert_eq!(degrees(&x("90.1"), "x", 90), None);
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
