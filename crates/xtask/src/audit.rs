//! `cargo xtask audit`: checks the crates that the project uses against the rules of `deny.toml`, and its crates and
//! npm packages against lists of known vulnerabilities.
//!
//! The lists change without a change of the project, so no test depends on them. A check that cannot reach its list fails, and
//! says so.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::setup::{self, Need};
use crate::step::{self, print_line};
use crate::test::stream;
use crate::tools;

const LOCK: &str = "package-lock.json";
/// Folders that hold no lock file of ours.
const NOT_OURS: [&str; 3] = ["node_modules", "target", "dist"];

/// The result of a check.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Clean,
    Findings,
    /// The check could not run, for this reason.
    NotChecked(String),
}

impl Verdict {
    fn of(is_clean: bool) -> Self {
        if is_clean { Self::Clean } else { Self::Findings }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clean => out.write_str("nothing found"),
            Self::Findings => out.write_str("FOUND, see above"),
            Self::NotChecked(why) => write!(out, "NOT CHECKED: {why}"),
        }
    }
}

/// Runs every check; returns whether each of them could run and found nothing.
pub fn run(project: &Project) -> TaskResult<bool> {
    setup::prepare(project, Need::Audit)?;
    let mut checks = vec![
        ("crates: licences, versions, sources".to_owned(), Verdict::of(rules(project)?)),
        ("crates: vulnerabilities".to_owned(), crate_vulnerabilities(project)?),
    ];
    for folder in locked_folders(&project.root)? {
        let name = folder.strip_prefix(&project.root).unwrap_or(&folder).to_string_lossy().replace('\\', "/");
        checks.push((format!("npm: {name}"), npm_vulnerabilities(project, &folder, &name)));
    }
    let (text, is_clean) = summary(&checks);
    print_line(&text);
    Ok(is_clean)
}

/// Whether the crates follow the rules of `deny.toml` for licences, versions and sources. Needs no network; the lint
/// category runs this check too.
pub fn rules(project: &Project) -> TaskResult<bool> {
    deny(project, &["--offline", "check", "licenses", "bans", "sources"])
}

/// Runs cargo-deny; returns whether it succeeded. Without `--workspace` it would check only the package at the
/// root.
fn deny(project: &Project, arguments: &[&str]) -> TaskResult<bool> {
    step::say(format!("cargo deny {}", arguments.join(" ")));
    let mut command = project.command(tools::cargo_deny(project)?);
    command.args(["--workspace", "--locked"]).args(arguments);
    stream(command, |_| ())
}

fn crate_vulnerabilities(project: &Project) -> TaskResult<Verdict> {
    // Fetch the database in a step of its own, since `check` ends in the same way after a failed download and after
    // a finding.
    if !deny(project, &["fetch", "db"])? {
        return Ok(Verdict::NotChecked("the RustSec database cannot be fetched, see above".to_owned()));
    }
    Ok(Verdict::of(deny(project, &["check", "--deny", "index-failure", "advisories"])?))
}

fn npm_vulnerabilities(project: &Project, folder: &Path, name: &str) -> Verdict {
    step::say(format!("npm audit: {name}"));
    let mut command = project.command("npm");
    // Without a network npm would retry for minutes in each folder.
    command.args(["audit", "--json", "--package-lock-only", "--fetch-retries=0"]).current_dir(folder);
    let answer = match command.stdin(Stdio::null()).stderr(Stdio::null()).output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => return Verdict::NotChecked(format!("npm did not run: {error}")),
    };
    match vulnerabilities(&answer) {
        Ok(found) => {
            for line in &found {
                print_line(line);
            }
            Verdict::of(found.is_empty())
        }
        Err(why) => Verdict::NotChecked(why),
    }
}

/// A line for each vulnerability in the JSON of `npm audit`, or the reason why npm has no list of them. npm's
/// exit code does not tell these cases apart.
fn vulnerabilities(answer: &str) -> Result<BTreeSet<String>, String> {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let Some(packages) =
        answer["vulnerabilities"].as_object().filter(|_| answer["auditReportVersion"].is_u64())
    else {
        let messages = [&answer["message"], &answer["error"]["summary"]];
        let message = messages.into_iter().find_map(|message| message.as_str().filter(|it| !it.is_empty()));
        return Err(message.unwrap_or("npm audit gave no answer").to_owned());
    };
    let mut lines = BTreeSet::new();
    for (name, package) in packages {
        // If a package only depends on a vulnerable one, its `via` has the name of the vulnerable one instead of an
        // advisory.
        for advisory in package["via"].as_array().into_iter().flatten().filter(|via| via.is_object()) {
            let text = |key: &str| advisory[key].as_str().unwrap_or("?");
            lines.insert(format!(
                "{}: {name} {}: {} ({})",
                text("severity"),
                text("range"),
                text("title"),
                text("url")
            ));
        }
    }
    match lines.is_empty() && !packages.is_empty() {
        true => Err("npm audit names packages without saying why".to_owned()),
        false => Ok(lines),
    }
}

/// Every folder of the repository with npm's lock file, sorted.
fn locked_folders(folder: &Path) -> TaskResult<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.join(LOCK).is_file() {
        found.push(folder.to_path_buf());
    }
    for entry in fs::read_dir(folder).map_err(TaskError::file("read", folder))? {
        let entry = entry.map_err(TaskError::file("read", folder))?;
        let name = entry.file_name();
        let is_ours =
            !NOT_OURS.iter().any(|not_ours| name == *not_ours) && !name.as_encoded_bytes().starts_with(b".");
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(locked_folders(&entry.path())?);
        }
    }
    found.sort();
    Ok(found)
}

/// The last lines of the output, and whether every check could run and found nothing.
fn summary(checks: &[(String, Verdict)]) -> (String, bool) {
    let width = checks.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: Vec<_> = checks.iter().map(|(name, verdict)| format!("{name:<width$}  {verdict}")).collect();
    let count = |is: fn(&Verdict) -> bool| checks.iter().filter(|(_, verdict)| is(verdict)).count();
    let clean = count(|verdict| *verdict == Verdict::Clean);
    let findings = count(|verdict| *verdict == Verdict::Findings);
    let missed = checks.len() - clean - findings;
    let mut text = format!(
        "\n{}\n\naudit: {clean} with nothing found, {findings} with findings, {missed} not checked",
        lines.join("\n")
    );
    if missed > 0 {
        text.push_str("\nWhat was not checked may have known vulnerabilities. Run it again where the lists can be reached.");
    }
    (text, clean == checks.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_without_an_audit_is_no_clean_answer() {
        let refused =
            r#"{ "message": "405 Method Not Allowed", "statusCode": 405, "error": { "summary": "" } }"#;
        assert_eq!(vulnerabilities(refused), Err("405 Method Not Allowed".to_owned()));
        let offline = r#"{ "error": { "code": "ENOTFOUND", "summary": "request failed", "detail": "" } }"#;
        assert_eq!(vulnerabilities(offline), Err("request failed".to_owned()));
        for nothing in ["", "{}", "[]", "npm error", r#"{ "vulnerabilities": {} }"#] {
            assert_eq!(vulnerabilities(nothing), Err("npm audit gave no answer".to_owned()), "{nothing}");
        }
    }

    #[test]
    fn an_answer_without_vulnerabilities_is_clean() {
        let clean = r#"{ "auditReportVersion": 2, "vulnerabilities": {}, "metadata": {} }"#;
        assert_eq!(vulnerabilities(clean), Ok(BTreeSet::new()));
    }

    #[test]
    fn each_vulnerability_is_one_line_however_many_packages_use_it() {
        let answer = r#"{ "auditReportVersion": 2, "vulnerabilities": {
            "minimist": { "severity": "critical", "via": [{ "name": "minimist", "severity": "critical",
                "range": "<0.2.4", "title": "Prototype Pollution", "url": "https://example.org/1" }] },
            "mkdirp": { "severity": "critical", "via": ["minimist"] } } }"#;
        let line = "critical: minimist <0.2.4: Prototype Pollution (https://example.org/1)";
        assert_eq!(vulnerabilities(answer), Ok(BTreeSet::from([line.to_owned()])));
        let unexplained =
            r#"{ "auditReportVersion": 2, "vulnerabilities": { "mkdirp": { "via": ["minimist"] } } }"#;
        assert!(vulnerabilities(unexplained).is_err());
    }

    #[test]
    fn only_an_audit_in_which_every_check_was_made_is_clean() {
        let check = |verdict| ("one".to_owned(), verdict);
        assert!(summary(&[check(Verdict::Clean), check(Verdict::Clean)]).1);
        assert!(!summary(&[check(Verdict::Clean), check(Verdict::Findings)]).1);
        let (text, is_clean) =
            summary(&[check(Verdict::Clean), check(Verdict::NotChecked("no network".to_owned()))]);
        assert!(!is_clean);
        assert!(text.contains("NOT CHECKED: no network") && text.contains("1 not checked"), "{text}");
    }

    #[test]
    fn every_lock_file_of_the_repository_is_found() {
        let root = Project::find().unwrap().root;
        let found = locked_folders(&root).unwrap();
        for folder in ["embed", "tests", "tests/recorders", "tests/e2e/react/app"] {
            assert!(found.contains(&root.join(folder)), "{folder}");
        }
        assert!(found.iter().all(|folder| !folder.to_string_lossy().contains("node_modules")));
    }
}
