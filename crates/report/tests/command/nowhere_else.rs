//! Tests that the key and its endpoints never reach a browser: this crate cannot be built for one, and no code
//! that a browser runs names them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Words that may occur only in this crate, and in Acme, which simulates the server.
const WORDS: [&str; 4] = ["dc-token", "allvisitsreport", "providerhistories", "DEXCARE_REPORT_KEY"];

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project")
}

#[test]
fn it_cannot_be_built_for_a_browser() {
    let target = "wasm32-unknown-unknown";
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().expect("rustc runs");
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    if !sysroot.join("lib/rustlib").join(target).exists() {
        skipped(&format!("the target {target} is not installed"));
        return;
    }
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "-p", "dexcare-report", "--target", target, "--target-dir"])
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasm"))
        .current_dir(project())
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    assert!(
        said.contains("error: dexcare-report holds a service key: it is never built for wasm32"),
        "{said}"
    );
    assert!(!said.contains("Compiling"), "nothing else is built for it: {said}");
}

#[test]
fn nothing_that_reaches_a_browser_names_the_calls_or_the_key() {
    let project = project();
    for part in [
        "src",
        "embed",
        "style",
        "locales",
        "preview",
        "index.html",
        "crates/dexcare",
        "crates/booking",
        "crates/net",
    ] {
        assert!(look(&project.join(part), &|_| true) > 0, "no file of {part} was searched");
    }
    // Search the release too, if it was built.
    let is_code =
        |path: &Path| path.extension().is_some_and(|kind| kind == "wasm" || kind == "js" || kind == "mjs");
    if project.join("dist").exists() {
        assert!(look(&project.join("dist"), &is_code) > 0, "code in dist");
    } else {
        skipped("there is no dist/ to look at");
    }
}

/// Writes to standard error directly, since the test runner captures what a passing test prints.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

/// Searches all files below a path for [`WORDS`]; returns how many were searched.
fn look(path: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> usize {
    if path.is_dir() {
        let name = path.file_name().unwrap_or_default();
        if name == "node_modules" || name == "target" {
            return 0;
        }
        let entries = fs::read_dir(path).expect("a folder");
        return entries.map(|entry| look(&entry.expect("an entry").path(), is_wanted)).sum();
    }
    // Another process may have removed the file meanwhile.
    let Ok(bytes) = fs::read(path) else { return 0 };
    if !is_wanted(path) {
        return 0;
    }
    for word in WORDS {
        let is_found = memchr::memmem::find(&bytes, word.as_bytes()).is_some();
        assert!(!is_found, "{} names {word}", path.display());
    }
    1
}
