//! Tests `summary`: its tables, pages and JSON, and its errors for broken files.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{LONG_CSV, begin, command, end, names};

#[test]
fn a_table_a_page_and_json_say_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (csv, html) = (folder.path().join("visits.csv"), folder.path().join("visits.html"));
    fs::write(&csv, LONG_CSV).expect("written");
    let (csv, html) = (csv.to_str().expect("a name"), html.to_str().expect("a name"));
    let ended = end(&mut command(&["summary", csv, "--by", "product", "--html", html]));
    assert_eq!(ended.code, 0, "{ended:?}");
    for cell in
        ["flushot", "266", "66.5 %", "findadoctor", "134", "33.5 %", "done", "cancelled", "1 Nov 2026"]
    {
        assert!(ended.out.contains(cell), "{cell}: {}", ended.out);
    }
    let page = fs::read_to_string(html).expect("a page");
    for cell in ["266 · 66.5 %", "<td class=\"number\">33.5 %</td>", "1 Nov 2026", "createdAt (guessed)"] {
        assert!(page.contains(cell), "{cell}");
    }
    assert!(!page.contains("<script"));
    assert_eq!(names(folder.path()).len(), 2);

    let ended = end(&mut command(&["summary", csv, "--by", "product,status", "--json", "--date", "none"]));
    let figures: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(figures["by"], serde_json::json!(["product", "status"]));
    let total: u64 = figures["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .filter_map(|group| group["visits"].as_u64())
        .sum();
    assert_eq!((total, &figures["overTime"]), (400, &Value::Null));
}

#[test]
fn standard_input_is_a_file_too() {
    let mut child = begin(command(&["summary", "-", "--by", "PRODUCT", "--json"]).stdin(Stdio::piped()));
    child.stdin.take().expect("a pipe").write_all(LONG_CSV.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    let figures: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&figures["rows"], &figures["file"]), (&Value::from(400), &Value::from("standard input")));
}

#[test]
fn a_broken_file_has_one_line_a_code_and_no_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let html = folder.path().join("visits.html");
    for (text, words, code, line) in [
        (
            Some("product,status\nflushot,done\n"),
            "use case",
            31,
            "there is no column use case; there are: product, status",
        ),
        (
            Some("product,status\nflushot,done\nquality\n"),
            "product",
            32,
            "visits.csv, line 3: 1 cells where the header has 2",
        ),
        (
            Some("product,status\nflushot,done\nquality,\"do"),
            "product",
            32,
            "visits.csv is cut: the row that begins on line 3 ends inside a quoted cell",
        ),
        (Some(""), "product", 32, "visits.csv is empty"),
        (None, "product", 30, "cannot read visits.csv: No such file or directory (os error 2)"),
    ] {
        let csv = folder.path().join("visits.csv");
        let _ = fs::remove_file(&csv);
        if let Some(text) = text {
            fs::write(&csv, text).expect("written");
        }
        let (csv, html) = (csv.to_str().expect("a name"), html.to_str().expect("a name"));
        let ended = end(&mut command(&["summary", csv, "--by", words, "--html", html]));
        assert_eq!((ended.code, ended.line(), ended.out.as_str()), (code, line, ""));
    }
    assert!(!html.exists());
}

#[test]
fn cells_cannot_steer_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("visits.csv");
    fs::write(&csv, "product\n\"\u{1b}[2Jflushot\nsecond line\"\n").expect("written");
    let ended = end(&mut command(&["summary", csv.to_str().expect("a name"), "--by", "product"]));
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(!ended.out.contains('\u{1b}') && ended.out.contains("flushot second line"), "{}", ended.out);
}
