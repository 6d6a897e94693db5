//! Checks that every test named in `docs/threat-model.md` exists.

use std::fs;
use std::path::Path;

/// The test files in a document, each with the names that follow it: `` `tests/web/page.spec.js` "one test", "another" ``.
fn cited(document: &str) -> Vec<(&str, Vec<&str>)> {
    let pieces: Vec<&str> = document.split('`').collect();
    let mut found = Vec::new();
    let mut place = 1;
    while place < pieces.len() {
        let path = pieces[place];
        let is_test = path.contains(".spec.") || (path.contains('/') && has_ending(path, "rs"));
        let mut rest = pieces.get(place + 1).copied().unwrap_or_default();
        let mut names = Vec::new();
        while let Some((name, after)) =
            rest.trim_start_matches([',', ' ']).strip_prefix('"').and_then(|text| text.split_once('"'))
        {
            names.push(name);
            rest = after;
        }
        if is_test {
            found.push((path, names));
        }
        place += 2;
    }
    found
}

fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == ending)
}

/// Whether the file has a test with this name. In JavaScript the name may be a part of the test's title.
fn has_test(path: &str, text: &str, name: &str) -> bool {
    match has_ending(path, "js") {
        true => text.lines().any(|line| line.trim_start().starts_with("test(") && line.contains(name)),
        false => text.contains(&format!("fn {name}(")),
    }
}

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = fs::read_to_string(root.join("docs/threat-model.md")).unwrap();
    let cited = cited(&document);
    assert!(cited.len() > 30, "only {} test files are found in the document", cited.len());
    for (path, names) in cited {
        let text = fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(!names.is_empty(), "{path} is named without a test");
        for name in names {
            assert!(has_test(path, &text, name), "{path} has no test {name:?}");
        }
    }
}

#[test]
fn names_follow_their_file() {
    let document = "see `a.md`, `tests/a.spec.js` \"one\", \"two, too\"; `crates/a/src/b.rs` \"three\" and `word` \"four\"";
    assert_eq!(
        cited(document),
        [("tests/a.spec.js", vec!["one", "two, too"]), ("crates/a/src/b.rs", vec!["three"])]
    );
}
