//! Reads the state of the repository from git, and clones it.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::{TaskError, TaskResult};
use crate::step;

/// Variables that git sets for hooks. With them, git would read another repository than the one in the folder.
const OF_HOOKS: [&str; 3] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/// A git command for the repository in `folder`.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    for name in OF_HOOKS {
        command.env_remove(name);
    }
    command
}

/// What git prints for these arguments, untrimmed.
fn read(folder: &Path, arguments: &[&str]) -> TaskResult<String> {
    let output = command(folder).args(arguments).stdin(Stdio::null()).output();
    let output = output.map_err(|error| {
        TaskError::new(format!("git did not start: {error}")).way_on("install git, and have it on PATH")
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let line = format!("`git {}` failed: {}", arguments[0], String::from_utf8_lossy(&output.stderr).trim());
    Err(TaskError::new(line)
        .way_on(format!("run it in a clone of the repository with a commit; this is {}", folder.display())))
}

/// The id of the last commit.
pub fn head(folder: &Path) -> TaskResult<String> {
    read(folder, &["rev-parse", "--verify", "HEAD^{commit}"]).map(|id| id.trim().to_owned())
}

/// The files that differ from the last commit, each as `changed src/lib.rs` or `untracked src/new.rs`. Ignored files are not
/// listed.
pub fn changes(folder: &Path) -> TaskResult<Vec<String>> {
    let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all"];
    Ok(changes_in(&read(folder, &status)?))
}

/// Reads the entries of `git status --porcelain -z`, such as ` M src/lib.rs`.
fn changes_in(status: &str) -> Vec<String> {
    let entry = |entry: &str| {
        let (state, path) = entry.split_at_checked(3)?;
        Some(format!("{} {path}", if state == "?? " { "untracked" } else { "changed" }))
    };
    status.split('\0').filter_map(entry).collect()
}

/// The id of the commit that a tag names; `None` without such a tag.
pub fn commit_of_tag(folder: &Path, tag: &str) -> Option<String> {
    let mut command = command(folder);
    command.args(["rev-parse", "--verify", "--quiet", &format!("refs/tags/{tag}^{{commit}}")]);
    step::ask(command)
}

/// Clones one commit of the repository in `from` into the new folder `to`.
pub fn clone(from: &Path, commit: &str, to: &Path) -> TaskResult {
    let [from, to_text] = [from, to].map(|path| path.to_string_lossy().into_owned());
    let parent = to.parent().unwrap_or(to);
    read(parent, &["clone", "--quiet", "--no-checkout", "--", &from, &to_text])?;
    read(to, &["checkout", "--quiet", "--detach", commit]).map(drop)
}

#[cfg(test)]
pub mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::stamp::{self, tests::folder};

    /// Runs git in a test's repository, with the same settings on every machine.
    pub fn run(folder: &Path, arguments: &[&str]) {
        let settings = ["user.name=Test", "user.email=test@example.org", "commit.gpgsign=false"];
        let mut command = command(folder);
        command.args(settings.iter().flat_map(|setting| ["-c", setting])).args(arguments);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Makes a repository of these files, with one commit; returns its folder.
    pub fn repository(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = folder(name);
        run(&folder, &["init", "--quiet"]);
        for (path, text) in files {
            stamp::write(&folder.join(path), text.as_bytes()).unwrap();
        }
        run(&folder, &["add", "--all"]);
        run(&folder, &["commit", "--quiet", "--message", "first"]);
        folder
    }

    #[test]
    fn changed_removed_staged_and_untracked_files_are_changes_and_ignored_ones_are_not() {
        let files = [(".gitignore", "/target\n"), ("a b.rs", "1"), ("gone.rs", "1"), ("kept.rs", "1")];
        let folder = repository("changes", &files);
        assert_eq!(changes(&folder).unwrap(), Vec::<String>::new());

        stamp::write(&folder.join("target/out"), b"1").unwrap();
        assert_eq!(changes(&folder).unwrap(), Vec::<String>::new());

        stamp::write(&folder.join("a b.rs"), b"2").unwrap();
        stamp::write(&folder.join("new/one.rs"), b"1").unwrap();
        stamp::write(&folder.join("staged.rs"), b"1").unwrap();
        run(&folder, &["add", "staged.rs"]);
        fs::remove_file(folder.join("gone.rs")).unwrap();
        let mut changes = changes(&folder).unwrap();
        changes.sort();
        let expected = ["changed a b.rs", "changed gone.rs", "changed staged.rs", "untracked new/one.rs"];
        assert_eq!(changes, expected);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_tag_names_its_commit_whether_it_has_a_message_or_not() {
        let folder = repository("tags", &[("a", "1")]);
        let first = head(&folder).unwrap();
        run(&folder, &["tag", "v1.0.0"]);
        run(&folder, &["tag", "--annotate", "v1.0.1", "--message", "1.0.1"]);
        run(&folder, &["commit", "--quiet", "--allow-empty", "--message", "second"]);
        assert_ne!(head(&folder).unwrap(), first);
        assert_eq!(commit_of_tag(&folder, "v1.0.0").as_ref(), Some(&first));
        assert_eq!(commit_of_tag(&folder, "v1.0.1").as_ref(), Some(&first));
        assert_eq!(commit_of_tag(&folder, "v1.0.2"), None);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_clone_has_the_files_of_its_commit_and_no_others() {
        let folder = repository("clone", &[("a", "1")]);
        let first = head(&folder).unwrap();
        stamp::write(&folder.join("a"), b"2").unwrap();
        run(&folder, &["commit", "--quiet", "--all", "--message", "second"]);
        stamp::write(&folder.join("untracked"), b"1").unwrap();
        let to = folder.join("to");
        clone(&folder, &first, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("a")).unwrap(), "1");
        assert!(!to.join("untracked").exists());
        assert_eq!(head(&to).unwrap(), first);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_without_a_repository_is_named() {
        let folder = folder("git-none");
        for error in [head(&folder).unwrap_err(), changes(&folder).unwrap_err()] {
            let text = error.to_string();
            assert!(text.contains("not a git repository") && text.contains("xtask-git-none"), "{text}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
