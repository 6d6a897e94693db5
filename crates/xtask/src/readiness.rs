//! Decides whether a commit may be released: nothing uncommitted, one version everywhere, a dated section in the changelog, and
//! no tag of that version on another commit.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::changelog::{self, CHANGELOG};
use crate::error::{TaskError, TaskResult, listing};
use crate::git;
use crate::npm::NO_VERSION;

/// The npm package's manifest in the repository.
const MANIFEST: &str = "embed/npm/package.json";

/// A commit that may be released.
#[derive(Debug, PartialEq, Eq)]
pub struct Ready {
    /// The commit's id.
    pub commit: String,
    /// The version's section of the changelog.
    pub notes: String,
}

/// The name of a version's tag.
pub fn tag(version: &str) -> String {
    format!("v{version}")
}

/// Examines the repository in `root`; returns every reason against a release. `version` is the one that this program was built
/// with: the release gets it.
pub fn examine(root: &Path, version: &str) -> Result<Ready, Vec<TaskError>> {
    let commit = git::head(root).map_err(|error| vec![error])?;
    let mut errors = Vec::new();
    let checks = [
        clean(root),
        version_of_workspace(root, version),
        version_of_package(root, version),
        tagged(root, version, &commit),
    ];
    errors.extend(checks.into_iter().filter_map(Result::err));
    let notes = read(root, CHANGELOG).and_then(|text| changelog::notes(&text, version));
    match notes {
        Ok(notes) if errors.is_empty() => Ok(Ready { commit, notes }),
        Ok(_) => Err(errors),
        Err(error) => {
            errors.push(error);
            Err(errors)
        }
    }
}

fn read(root: &Path, name: &str) -> TaskResult<String> {
    let path = root.join(name);
    fs::read_to_string(&path).map_err(TaskError::file("read", &path))
}

/// Refuses files that differ from the last commit: nobody could build the release again from its commit.
fn clean(root: &Path) -> TaskResult {
    let changes = git::changes(root)?;
    if changes.is_empty() {
        return Ok(());
    }
    Err(TaskError::new(format!("these files differ from the last commit:{}", listing(&changes)))
        .way_on("commit them, or set them aside with `git stash --include-untracked`"))
}

/// Refuses a `Cargo.toml` with another version than this program has.
fn version_of_workspace(root: &Path, version: &str) -> TaskResult {
    let text = read(root, "Cargo.toml")?;
    let package = text.lines().skip_while(|line| *line != "[workspace.package]").skip(1);
    let mut package = package.take_while(|line| !line.starts_with('['));
    let set = package.find_map(|line| line.strip_prefix("version = \"")?.split('"').next());
    match set {
        Some(set) if set == version => Ok(()),
        Some(set) => {
            Err(TaskError::new(format!("Cargo.toml has the version {set}, and this program {version}"))
                .way_on("run `cargo xtask release`, which builds this program again"))
        }
        None => Err(TaskError::new("Cargo.toml has no version")
            .way_on("set `version = \"…\"` below `[workspace.package]`")),
    }
}

/// Refuses an npm package with a version of its own: the build writes the workspace's version there.
fn version_of_package(root: &Path, version: &str) -> TaskResult {
    let manifest: Value = serde_json::from_str(&read(root, MANIFEST)?)
        .map_err(|error| TaskError::new(format!("{MANIFEST} is no JSON: {error}")))?;
    if manifest["version"] == NO_VERSION {
        return Ok(());
    }
    Err(TaskError::new(format!(
        "{MANIFEST} has the version {}, and Cargo.toml has {version}",
        manifest.get("version").map_or_else(|| "(none)".to_owned(), Value::to_string)
    ))
    .way_on(format!(
        "set it to \"{NO_VERSION}\": the build writes the version of Cargo.toml into the package"
    )))
}

/// Refuses a version if its tag, with or without the `v`, is on another commit.
fn tagged(root: &Path, version: &str, commit: &str) -> TaskResult {
    for tag in [tag(version), version.to_owned()] {
        if let Some(other) = git::commit_of_tag(root, &tag).filter(|other| other != commit) {
            return Err(TaskError::new(format!("the tag {tag} is on the commit {other}, and this is {commit}"))
                .way_on(format!(
                    "set the next version in Cargo.toml and {CHANGELOG}, or check out {tag} to build that release again"
                )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::git::tests::{repository, run};
    use crate::stamp::{self, tests::folder};

    const CARGO: &str =
        "[workspace]\n\n[workspace.package]\nversion = \"1.2.3\"\n\n[package]\nversion.workspace = true\n";
    const PACKAGE: &str = r#"{ "name": "find-a-time", "version": "0.0.0" }"#;
    const NOTES: &str = "## [1.2.3] - 2026-11-29\n\n- A.\n";

    fn ready(name: &str) -> PathBuf {
        repository(name, &[("Cargo.toml", CARGO), (MANIFEST, PACKAGE), (CHANGELOG, NOTES)])
    }

    /// Commits another text for one file of a repository that was ready; returns the one reason against a release.
    fn refusal(name: &str, file: &str, text: &str) -> String {
        let root = ready(name);
        stamp::write(&root.join(file), text.as_bytes()).unwrap();
        run(&root, &["commit", "--quiet", "--all", "--message", "second"]);
        let errors = examine(&root, "1.2.3").unwrap_err();
        fs::remove_dir_all(&root).unwrap();
        let [error] = &errors[..] else { panic!("{errors:?}") };
        error.to_string()
    }

    #[test]
    fn a_clean_commit_with_one_version_is_ready_with_or_without_its_tag() {
        let root = ready("ready");
        let expected = Ready { commit: git::head(&root).unwrap(), notes: NOTES.to_owned() };
        assert_eq!(examine(&root, "1.2.3").as_ref(), Ok(&expected));
        run(&root, &["tag", "--annotate", "v1.2.3", "--message", "1.2.3"]);
        assert_eq!(examine(&root, "1.2.3").as_ref(), Ok(&expected));
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn changed_and_untracked_files_are_named() {
        let root = ready("dirty");
        stamp::write(&root.join("Cargo.toml"), format!("{CARGO}# Later.\n").as_bytes()).unwrap();
        stamp::write(&root.join("src/new.rs"), b"").unwrap();
        let errors = examine(&root, "1.2.3").unwrap_err();
        let expected =
            "error: these files differ from the last commit:\n    changed Cargo.toml\n    untracked src/new.rs
  try: commit them, or set them aside with `git stash --include-untracked`";
        assert_eq!(errors.iter().map(TaskError::to_string).collect::<Vec<_>>(), [expected]);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_workspace_with_another_version_or_none_is_refused() {
        let text = refusal("cargo", "Cargo.toml", &CARGO.replace("1.2.3", "1.3.0"));
        assert!(text.contains("Cargo.toml has the version 1.3.0, and this program 1.2.3"), "{text}");
        let text =
            refusal("cargo-none", "Cargo.toml", "[workspace.package]\n\n[package]\nversion = \"1.2.3\"\n");
        assert!(text.contains("Cargo.toml has no version"), "{text}");
    }

    #[test]
    fn a_package_with_a_version_of_its_own_or_none_is_refused() {
        let text = refusal("npm", MANIFEST, &PACKAGE.replace("0.0.0", "1.2.2"));
        assert!(text.contains("package.json has the version \"1.2.2\", and Cargo.toml has 1.2.3"), "{text}");
        assert!(text.contains("set it to \"0.0.0\""), "{text}");
        let text = refusal("npm-none", MANIFEST, "{}");
        assert!(text.contains("has the version (none)"), "{text}");
        assert!(refusal("npm-broken", MANIFEST, "{").contains("package.json is no JSON"));
    }

    #[test]
    fn a_changelog_that_is_not_ready_is_refused() {
        let text = refusal("changelog", CHANGELOG, "## [1.2.3] - not released yet\n\n- A.\n");
        assert!(text.contains("set the day of the release"), "{text}");
        let text = refusal("changelog-older", CHANGELOG, "## [1.2.2] - 2026-11-29\n\n- A.\n");
        assert!(text.contains("is 1.2.2, and Cargo.toml has 1.2.3"), "{text}");
    }

    #[test]
    fn a_tag_of_the_version_on_another_commit_is_named() {
        for tag in ["v1.2.3", "1.2.3"] {
            let root = ready("tag");
            let first = git::head(&root).unwrap();
            run(&root, &["tag", tag]);
            run(&root, &["commit", "--quiet", "--allow-empty", "--message", "second"]);
            let errors = examine(&root, "1.2.3").unwrap_err();
            assert_eq!(errors.len(), 1, "{errors:?}");
            let text = errors[0].to_string();
            assert!(text.contains(&format!("the tag {tag} is on the commit {first}")), "{text}");
            fs::remove_dir_all(&root).unwrap();
        }
    }

    #[test]
    fn all_reasons_are_reported_at_once() {
        let root = ready("all");
        stamp::write(&root.join(CHANGELOG), b"## [1.2.2] - 2026-11-29\n\n- A.\n").unwrap();
        stamp::write(&root.join(MANIFEST), b"{}").unwrap();
        assert_eq!(examine(&root, "1.2.3").unwrap_err().len(), 3);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_folder_that_is_no_repository_is_refused() {
        let root = folder("no-repository");
        let errors = examine(&root, "1.2.3").unwrap_err();
        assert!(errors[0].to_string().contains("not a git repository"), "{errors:?}");
        fs::remove_dir_all(&root).unwrap();
    }
}
