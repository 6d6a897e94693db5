//! Tests that a bad string or number makes only itself unreadable, and nothing else in the body.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::json::{field, id, parse};

fn read(body: &str) -> Option<Value<'_>> {
    parse(body.as_bytes())
}

fn text(text: &'static str) -> Value<'static> {
    Value::Text(Cow::Borrowed(text))
}

#[test]
fn every_kind_of_value_is_read_in_the_order_sent() {
    let sent = " {\"b\" : [ null, true,false , -1.5e+3,\"\", 7, -7 ] ,\"a\":{},\"\":\"\u{e9}\\n\"}\r\n\t";
    let number = |letters: &'static str| Value::Number(letters.into());
    let list = vec![
        Value::Null,
        Value::Flag(true),
        Value::Flag(false),
        number("-1.5e+3"),
        text(""),
        number("7"),
        number("-7"),
    ];
    let members = [("b", Value::List(list)), ("a", Value::Object(vec![])), ("", text("\u{e9}\n"))];
    let wanted = members.into_iter().map(|(name, value)| (name.into(), value)).collect();
    assert_eq!(read(sent), Some(Value::Object(wanted)));
}

#[test]
fn half_a_surrogate_pair_spoils_its_own_string_only() {
    for half in [
        r"\ud83e",
        r"\ude7a",
        r"Dana \ud83e Whitfield",
        r"\ud83e\u0041",
        r"\ud83e\n",
        r"\ude7a\ud83e",
        r"\ud83e\ud83e\ude7a",
    ] {
        let body = format!(r#"["{half}",1,{{"{half}" :2,"a":"x\ud83e\ude7ay"}}]"#);
        let Some(Value::List(rows)) = read(&body) else { panic!("{half} hides the others") };
        assert_eq!(rows[..2], [Value::Null, Value::Number("1".into())], "{half}");
        assert_eq!(id(&rows[2], "a"), Some("x🩺y"), "{half}");
        assert_eq!(id(&rows[2], half), None, "{half}");
    }
}

#[test]
fn a_number_that_is_none_spoils_itself_only() {
    for bad in ["-", "1.", "007", "1-1", "1e", "--1", "1e+"] {
        let body = format!(r#"{{"bad":{bad},"a":"b"}}"#);
        let read = read(&body).unwrap();
        assert_eq!((field(&read, "bad"), id(&read, "a")), (&Value::Null, Some("b")), "{bad}");
    }
}

#[test]
fn a_number_of_any_size_keeps_its_letters() {
    for number in [
        "0",
        "-0",
        "1e999",
        "-1E-999",
        "18446744073709551616",
        "340282366920938463463374607431768211456",
        "0.10",
    ] {
        assert_eq!(
            read(number).map(|read| format!("{read:?}").to_lowercase().replace("e+", "e")),
            Some(format!("number(\"{}\")", number.to_lowercase())),
            "{number}"
        );
    }
}

#[test]
fn a_control_character_in_a_string_is_kept() {
    let all: String = ('\0'..=' ').collect();
    let body = format!("{{\"a{all}\":\"{all}\\\"\",\"b\":\"c\"}}");
    let read = read(&body).unwrap();
    assert_eq!(id(&read, &format!("a{all}")), Some(&*format!("{all}\"")));
    assert_eq!(id(&read, "b"), Some("c"));
}

#[test]
fn an_unknown_escape_spoils_its_own_string_only() {
    for bad in [r"\x41", r"\u12", r"\u12g4", r"\U0041", r"\é", "\\\n"] {
        let body = format!(r#"{{"bad":"{bad}","a":"b"}}"#);
        let read = read(&body).unwrap();
        assert_eq!((field(&read, "bad"), id(&read, "a")), (&Value::Null, Some("b")), "{bad}");
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for bad in [
        "",
        " ",
        "nul",
        "nulll",
        "True",
        "undefined",
        "NaN",
        "'a'",
        "a",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1",
        "{\"a\" 1}",
        "{a:1}",
        "{1:2}",
        "{01:2}",
        "{,}",
        "[}",
        "{]",
        "1 2",
        "null null",
        "{} []",
        "// x\n1",
        "\u{a0}1",
        "\u{feff}\u{feff}1",
        "+1",
        ".5",
        "1\0",
        "\0",
        "[\0]",
        "tru\0e",
        "\"a\"b",
        "\"a",
        "\"",
        r#""\"#,
        r#""\""#,
        r#"["\ud83e"#,
    ] {
        assert_eq!(read(bad), None, "{bad:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn one_bad_member_never_hides_the_others(
        before in any::<String>(),
        bad in prop_oneof![
            r"-?[0-9.eE+-]{0,8}".prop_map(|letters| format!("0{letters}")),
            r#"(\\u[dD][89a-fA-F][0-9a-f]{2}|[\x00-\x1f a-z]|\\[a-z"/]){0,8}"#.prop_map(|text| format!("\"{text}\"")),
        ],
        after in any::<String>(),
    ) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let body = format!(r#"{{"before":{},"bad":{bad},"after":{}}}"#, quoted(&before), quoted(&after));
        let read = read(&body).unwrap();
        prop_assert_eq!(field(&read, "before"), &Value::Text(Cow::Borrowed(&before)));
        prop_assert_eq!(field(&read, "after"), &Value::Text(Cow::Borrowed(&after)));
    }

    #[test]
    fn no_text_hurts(body in any::<String>(), near in r#"[\[\]{},:" 0-2.eE+\-\\untrflsabd8/é🩺\n]{0,24}"#) {
        read(&body);
        read(&near);
    }

    #[test]
    fn what_serde_json_reads_is_not_changed(near in r#"[\[\]{},:" 0-2.eE+\-\\untrflsabd8/é🩺]{0,24}"#) {
        if serde_json::from_str::<serde_json::Value>(&near).is_ok() {
            prop_assert_eq!(mend(&near), near);
        }
    }
}
