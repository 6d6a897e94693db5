//! The reader against values written by hand, and against `serde_json`.

use proptest::prelude::*;

use super::*;

/// The same value as `serde_json` reads it; numbers by what they are worth.
fn same(ours: &Value<'_>, theirs: &serde_json::Value) -> bool {
    use serde_json::Value as Theirs;
    match (ours, theirs) {
        (Value::Null, Theirs::Null) => true,
        (Value::Flag(ours), Theirs::Bool(theirs)) => ours == theirs,
        (Value::Number(ours), Theirs::Number(_)) => {
            serde_json::from_str::<Theirs>(ours).is_ok_and(|ours| ours == *theirs)
        }
        (Value::Text(ours), Theirs::String(theirs)) => ours == theirs,
        (Value::List(ours), Theirs::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), Theirs::Object(theirs)) => {
            ours.iter().all(|(name, _)| theirs.contains_key(&**name))
                && theirs.iter().all(|(name, theirs)| {
                    ours.iter()
                        .rev()
                        .find(|(known, _)| known == name)
                        .is_some_and(|(_, ours)| same(ours, theirs))
                })
        }
        _ => false,
    }
}

#[test]
fn every_kind_of_value_is_read() {
    let text = |text: &'static str| Value::Text(Cow::Borrowed(text));
    let read = parse(" {\"a\" : [ null, true,false , -1.5e+3,\"\" ] ,\"b\":{},\"c\":[],\"\":\"é\\n\"}\r\n\t");
    let list = vec![Value::Null, Value::Flag(true), Value::Flag(false), Value::Number("-1.5e+3"), text("")];
    let members = [
        ("a", Value::List(list)),
        ("b", Value::Object(vec![])),
        ("c", Value::List(vec![])),
        ("", text("é\n")),
    ];
    assert_eq!(
        read,
        Some(Value::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect()))
    );
}

#[test]
fn escapes_are_undone() {
    for (sent, read) in [
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u0041\u00e9\u674E""#, "Aé李"),
        (r#""x\ud83e\ude7ay""#, "x🩺y"),
        (r#""\udbff\udfff""#, "\u{10ffff}"),
        (r#""\u0000""#, "\0"),
        (r#""a\\""#, "a\\"),
        (r#""\\u0041""#, "\\u0041"),
    ] {
        assert_eq!(parse(sent), Some(Value::Text(read.into())), "{sent}");
    }
    for bad in [
        r#""\x41""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\u+123""#,
        r#""\"#,
        r#""\u"#,
        r#""\ud83e\u12""#,
        r#""\é""#,
        r#""\U0041""#,
        "\"a",
        "\"",
    ] {
        assert_eq!(parse(bad), None, "{bad}");
    }
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
        let body = format!(r#"["{half}",1,{{"{half}":2,"a":"b"}}]"#);
        let rest = Value::Object(vec![("a".into(), Value::Text("b".into()))]);
        assert_eq!(parse(&body), Some(Value::List(vec![Value::Null, Value::Number("1"), rest])), "{half}");
    }
}

#[test]
fn a_number_of_any_size_is_kept_as_it_is_written() {
    for number in ["0", "-0", "1e999", "-1E-999", "340282366920938463463374607431768211456", "0.1"] {
        assert_eq!(parse(number), Some(Value::Number(number)), "{number}");
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
        "{,}",
        "[}",
        "{]",
        "1 2",
        "null null",
        "{} []",
        "// x\n1",
        "\u{a0}1",
        "\u{feff}1",
        "+1",
        ".5",
        "1\0",
        "\0",
        "[\0]",
        "tru\0e",
        "\"a\"b",
    ] {
        assert_eq!(parse(bad), None, "{bad:?}");
        assert!(serde_json::from_str::<serde_json::Value>(bad).is_err(), "{bad:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    /// Made of JSON's own letters, so that much of it is nearly right.
    #[test]
    fn what_serde_json_reads_is_read_the_same(body in r#"[\[\]{},:" 0-2.eE+\-\\untrflsabd8/é🩺\n]{0,24}"#) {
        if let Ok(theirs) = serde_json::from_str(&body) {
            prop_assert!(parse(&body).is_some_and(|ours| same(&ours, &theirs)), "{}", body);
        }
    }

    #[test]
    fn no_text_hurts(body in any::<String>()) {
        parse(&body);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_tree_is_read_as_serde_json_wrote_it(tree in tree(), pretty in any::<bool>()) {
        let body = if pretty { serde_json::to_string_pretty(&tree) } else { serde_json::to_string(&tree) }.unwrap();
        let theirs: serde_json::Value = serde_json::from_str(&body).unwrap();
        prop_assert!(parse(&body).is_some_and(|ours| same(&ours, &theirs)), "{}", body);
        let cut = body.char_indices().map(|(at, _)| at).nth(body.chars().count() / 2).unwrap_or(0);
        if tree.is_object() || tree.is_array() {
            prop_assert_eq!(parse(&body[..cut]), None, "cut short");
        }
    }
}

fn tree() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value as Tree;
    let leaf = prop_oneof![
        Just(Tree::Null),
        any::<bool>().prop_map(Tree::from),
        any::<i64>().prop_map(Tree::from),
        any::<u64>().prop_map(Tree::from),
        any::<f64>().prop_map(Tree::from),
        any::<String>().prop_map(Tree::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Tree::from),
            proptest::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| Tree::Object(members.into_iter().collect())),
        ]
    })
}
