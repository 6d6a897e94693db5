//! Checks that the tables of `docs/architecture.md` say which folders and crates the code uses.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod files;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use files::{quoted, root, rust_files};

/// Crates of the workspace that the widget is made of.
const CRATES: [&str; 3] = ["booking", "dexcare", "net"];

type Names = BTreeSet<String>;

/// The rows of the document's tables of three columns: a path in backticks, and the names in backticks of the last column.
fn rows(document: &str) -> Vec<(&str, Names)> {
    document
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("| `")?.split(" | ").collect();
            let [path, _, uses] = cells[..] else { return None };
            Some((path.trim_end_matches('`'), first_parts(uses)))
        })
        .collect()
}

/// The first part of each name in backticks: `booking` of `booking::time`.
fn first_parts(cell: &str) -> Names {
    quoted(cell).map(|name| name.split("::").next().unwrap_or(name).to_owned()).collect()
}

/// The Rust files of a folder that are not tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = rust_files(folder);
    files.retain(|file| {
        let inside = file.strip_prefix(folder).unwrap().with_extension("");
        let is_test_file = inside.to_string_lossy().ends_with("tests");
        !is_test_file && !inside.iter().any(|part| part == "tests")
    });
    files
}

/// The first name after each `prefix`: `host` in `crate::host::resume`; for a list in braces, each entry's first name.
fn named_after(code: &str, prefix: &str) -> Names {
    let mut names = Names::new();
    for rest in code.split(prefix).skip(1) {
        let list =
            rest.strip_prefix('{').and_then(|list| list.split_once('}')).map_or(rest, |(list, _)| list);
        let ends = if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
        names.extend(ends.into_iter().map(|name| {
            name.trim().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
        }));
    }
    names
}

fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The widget's other folders, and the crates, that the files of one folder use.
fn used(folder: &Path, folders: &Names) -> Names {
    let own = folder.file_name().unwrap().to_string_lossy().into_owned();
    let mut used = Names::new();
    for code in sources(folder).iter().map(|file| code(file)) {
        used.extend(named_after(&code, "crate::").into_iter().filter(|name| folders.contains(name)));
        let is_named = |name: &str| {
            code.match_indices(&format!("{name}::")).any(|(place, _)| {
                !code[..place].ends_with(|before: char| before.is_alphanumeric() || "_:".contains(before))
            })
        };
        used.extend(CRATES.into_iter().filter(|name| is_named(name)).map(str::to_owned));
    }
    used.remove(&own);
    used
}

/// The crates of the widget that a manifest depends on, without those for tests.
fn depends_on(manifest: &str) -> Names {
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    let dependencies = dependencies.split("\n[").next().unwrap_or_default();
    let first = |line: &str| line.split(['.', ' ', '=']).next().unwrap_or_default().to_owned();
    dependencies.lines().map(first).filter(|name| CRATES.contains(&name.as_str())).collect()
}

#[test]
fn the_map_says_what_the_code_uses() {
    let document = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let rows = rows(&document);
    let folders: Names = fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(folders.len() >= 10, "{folders:?}");
    for folder in &folders {
        let path = format!("src/{folder}");
        let (_, said) =
            rows.iter().find(|(row, _)| *row == path).unwrap_or_else(|| panic!("{path} has no row"));
        let said: Names = said.iter().filter(|name| !name.contains('/')).cloned().collect();
        assert_eq!(
            said,
            used(&root().join(&path), &folders),
            "{path}: what the map says, and what the code uses"
        );
    }
    for name in ["booking", "dexcare", "net", "acme", "report", "xtask"] {
        let path = format!("crates/{name}");
        let (_, said) =
            rows.iter().find(|(row, _)| *row == path).unwrap_or_else(|| panic!("{path} has no row"));
        let said: Names = said.iter().filter(|name| CRATES.contains(&name.as_str())).cloned().collect();
        let manifest = fs::read_to_string(root().join(&path).join("Cargo.toml")).unwrap();
        assert_eq!(said, depends_on(&manifest), "{path}: what the map says, and what the manifest says");
    }
}

#[test]
fn uses_are_found() {
    let code = "use crate::host::resume;\nuse crate::{app, ui::view};\ncrate::platform::clock::now()";
    let expected = ["app", "host", "platform", "ui"].map(str::to_owned);
    assert_eq!(named_after(code, "crate::"), Names::from(expected));
    let table = "| `src/ui` | controls | `platform`, and `booking::time` |\n| two | cells |";
    assert_eq!(rows(table), [("src/ui", Names::from(["booking".to_owned(), "platform".to_owned()]))]);
    let manifest = "[dependencies]\nbooking.workspace = true\nchrono = \"1\"\n\n[dev-dependencies]\nnet.workspace = true\n";
    assert_eq!(depends_on(manifest), Names::from(["booking".to_owned()]));
}
