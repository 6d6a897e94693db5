//! Writes `THIRD-PARTY-LICENSES.txt`, the notices of the crates in the wasm: most licences demand their notice in every copy.
//!
//! `cargo xtask notices` runs cargo-about to write the file. The file is committed, so a build does not need that tool. A test
//! fails if a crate of the wasm is not in the file.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::sbom;
use crate::stamp;
use crate::step::{self, print_line};
use crate::tools;

/// The file's name in the release's folder, in the archive and in the npm package.
pub const NOTICES: &str = "THIRD-PARTY-LICENSES.txt";

/// Where the file is in the repository.
pub fn path(project: &Project) -> PathBuf {
    project.root.join("embed").join(NOTICES)
}

/// Writes the file. A licence that is not accepted in `about.toml` is an error.
pub fn write(project: &Project) -> TaskResult {
    let about = tools::cargo_about(project)?;
    let folder = project.root.join("crates/xtask/notices");
    let mut command = project.command(about);
    command.args(["generate", "--offline", "--locked", "--fail", "--features", "parts", "--config"]);
    command.arg(folder.join("about.toml")).arg("--manifest-path").arg(project.root.join("Cargo.toml"));
    command.arg(folder.join("notices.hbs"));
    step::say("the notices of every crate");
    let text = step::ask(command).ok_or_else(|| {
        TaskError::new("cargo-about does not write the notices")
            .way_on("run `cargo fetch` first; if a licence is new, deny.toml and crates/xtask/notices/about.toml say what is accepted")
    })?;
    stamp::write(&path(project), tidied(&text).as_bytes())
}

/// Whether every crate in the wasm has its notice; prints which have none.
pub fn check(project: &Project) -> TaskResult<bool> {
    let path = path(project);
    let text = fs::read_to_string(&path).map_err(TaskError::file("read", &path))?;
    let (shipped, noticed) = (sbom::shipped(project)?, noticed(&text));
    let missing: Vec<_> = shipped.iter().filter(|name| !noticed.contains(*name)).collect();
    print_line(&format!("{} crates ship, {NOTICES} has {}", shipped.len(), noticed.len()));
    for name in &missing {
        print_line(&format!("{name} is not in embed/{NOTICES}: run `cargo xtask notices`"));
    }
    Ok(missing.is_empty())
}

/// The crates with a notice in the text, each as `leptos 0.8.23`.
fn noticed(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("  "));
    let crates = lines.map(|line| line.split(',').next().unwrap_or(line));
    // Some lines of licences are indented too, so look for a version.
    let is_crate = |line: &&str| {
        let version = line.split_once(' ').map_or("", |(_, version)| version);
        version.matches('.').count() >= 2 && !version.contains(' ')
    };
    crates.filter(is_crate).map(str::to_owned).collect()
}

/// Removes spaces at the ends of lines, since editors would remove them in a later commit.
fn tidied(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_read_with_their_versions_and_without_their_addresses() {
        let text = "MIT License\n\n  leptos 0.8.23, https://github.com/leptos-rs/leptos\n  net 0.1.0\n\n  Version 2.0, January 2004\n";
        assert_eq!(noticed(text), BTreeSet::from(["leptos 0.8.23".to_owned(), "net 0.1.0".to_owned()]));
    }

    #[test]
    fn lines_lose_what_nobody_sees() {
        assert_eq!(tidied("\n\na \r\nb\t\n\n"), "a\nb\n");
    }
}
