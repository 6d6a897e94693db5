//! Checks `docs/endpoints.md` against the client's calls, Acme's routes and the tests.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod files;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use files::{quoted, root, rust_files};

/// The texts of the Rust files in a folder.
fn sources(folder: &Path) -> Vec<String> {
    rust_files(folder).into_iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// A path with `{}` in place of each parameter, whatever its name.
fn plain(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |whole, piece| whole + "{}" + piece.split_once('}').map_or("", |(_, rest)| rest))
}

/// What follows each `before`, up to the character `end`.
fn all_after<'a>(text: &'a str, before: &str, end: char) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once(end)).map(|(name, _)| name.trim()).collect()
}

/// The cells of the rows: section, endpoint, client, Acme's file, contract test, journey, reason.
fn rows(document: &str) -> Vec<[&str; 7]> {
    document
        .lines()
        .filter(|line| line.starts_with("| 2."))
        .map(|line| {
            assert_eq!(line.split('|').count(), 9, "{line}");
            let mut cells = line.split('|').skip(1).map(str::trim);
            std::array::from_fn(|_| cells.next().unwrap_or_default())
        })
        .collect()
}

#[test]
fn every_row_names_what_is_there() {
    let document = fs::read_to_string(root().join("docs/endpoints.md")).unwrap();
    let rows = rows(&document);
    assert_eq!(rows.len(), 46, "an endpoint of the API reference has a row");
    let client = sources(&root().join("crates/dexcare/src")).join("\n");
    let acme = root().join("crates/acme");
    for [section, _, types, file, contract, journey, reason] in rows {
        for name in quoted(types).filter(|name| *name != "dexcare-report") {
            let last = name.split("::").last().unwrap_or(name);
            let is_there =
                ["struct", "enum", "fn"].iter().any(|kind| client.contains(&format!("pub {kind} {last}")))
                    || client.contains(&format!("    {last},"));
            assert!(is_there, "{section}: crates/dexcare has no {name}");
        }
        for (folder, name) in [("src", file), ("tests/contract", contract)] {
            for name in quoted(name) {
                assert!(acme.join(folder).join(name).is_file(), "{section}: crates/acme/{folder}/{name}");
            }
        }
        for name in quoted(journey) {
            assert!(root().join("tests/e2e").join(name).is_dir(), "{section}: tests/e2e/{name}");
        }
        let is_full = [types, file, contract, journey].iter().all(|cell| !cell.is_empty());
        assert_eq!(
            is_full,
            reason.is_empty(),
            "{section}: an empty cell has its reason, and no other row has one"
        );
    }
}

#[test]
fn every_call_of_the_client_and_every_route_of_acme_has_a_row() {
    let document = fs::read_to_string(root().join("docs/endpoints.md")).unwrap();
    let rows = rows(&document);
    let types: BTreeSet<&str> = rows.iter().flat_map(|row| quoted(row[2])).collect();
    let client = sources(&root().join("crates/dexcare/src")).join("\n");
    let calls = all_after(&client, "impl Call for ", ' ');
    assert!(calls.len() > 20, "{calls:?}");
    for call in calls {
        assert!(types.contains(call), "{call} has no row");
    }

    let named: BTreeSet<String> = rows.iter().flat_map(|row| quoted(row[1])).map(plain).collect();
    let api =
        ["api", "care_options", "slots_v5", "visits"].map(|name| root().join("crates/acme/src").join(name));
    let routes: BTreeSet<String> = api
        .iter()
        .flat_map(|folder| sources(folder))
        .flat_map(|text| {
            let text = text.replace(".route(\n", ".route(");
            let paths = text.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
            paths.filter_map(|rest| rest.split_once('"')).map(|(path, _)| plain(path)).collect::<Vec<_>>()
        })
        .collect();
    assert!(routes.len() > 40, "{routes:?}");
    // The page of a waiting room is not an endpoint, and the reports have one row without paths.
    let is_elsewhere = |path: &str| path == "/v/{}" || path.contains("/reporting/");
    // A row may name a further path by its last part alone (`slot-released`), or an older version in words (`and v1`).
    let is_named = |path: &str| {
        named.contains(path)
            || named.iter().any(|name| !name.starts_with('/') && path.ends_with(&format!("/{name}")))
    };
    let older = ["/v1/departments", "/v1/departments/{}"];
    let missing: Vec<&String> = routes
        .iter()
        .filter(|path| !is_named(path) && !is_elsewhere(path) && !older.contains(&path.as_str()))
        .collect();
    assert!(missing.is_empty(), "no row: {missing:?}");
}

#[test]
fn parameters_have_no_name() {
    assert_eq!(plain("/v1/visits/{visitId}/a/{b}"), "/v1/visits/{}/a/{}");
    assert_eq!(plain("/v1/suffixes"), "/v1/suffixes");
}
