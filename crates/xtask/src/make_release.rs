//! Makes the files of a release that are published: builds them twice, and compares the bytes. Publishes nothing.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::assets;
use crate::bundle::{self, clear};
use crate::error::{TaskError, TaskResult, listing};
use crate::git;
use crate::project::{Project, VERSION, release_name};
use crate::readiness::{self, Ready};
use crate::release;
use crate::setup::{self, Need};
use crate::step::{self, print_line};

/// Builds the release of the last commit twice and writes what is published; an error if the builds differ. If the
/// commit may not be released, prints why and returns false.
pub fn run(project: &Project) -> TaskResult<bool> {
    let folder = project.target.join(format!("release-{VERSION}"));
    let Ready { commit, notes } = match readiness::examine(&project.root, VERSION) {
        Ok(ready) => ready,
        Err(errors) => {
            for error in errors {
                eprintln!("{error}");
            }
            return Ok(false);
        }
    };
    // Remove the files of an earlier run first: if this run fails, nobody may publish them as the files of this
    // commit.
    clear(&folder)?;
    let first = project.with_dist(project.work.join("release"));
    step::say(format!("release {VERSION}, first build: {}", project.root.display()));
    build(&first)?;

    let temporary = env::temp_dir().join(format!("find-a-time-release-{}", process::id()));
    // This fails if the folder already exists, so that the build never uses a folder that somebody else has made.
    fs::create_dir(&temporary).map_err(TaskError::file("make", &temporary))?;
    let names = again(project, &commit, &temporary)
        .and_then(|dist| assets::differences(&first.dist, &dist))
        .inspect_err(|_| print_line(&format!("The second build's folder stays: {}", temporary.display())))?;
    if !names.is_empty() {
        return Err(difference(&names, &first.dist, &temporary));
    }
    clear(&temporary)?;
    assets::write(&folder, &assets::published(&first), &notes)?;
    step::say(format!("{}: built twice, the same bytes", folder.display()));
    print_line(&next_steps(&folder, &commit));
    Ok(true)
}

/// Builds what a release contains into an empty `dist`: what `cargo xtask dist` builds, without the preview.
fn build(project: &Project) -> TaskResult {
    setup::prepare(project, Need::Bundle)?;
    bundle::build_release(project)?;
    release::finish(project)
}

/// Builds the commit in a new clone below `temporary`, with an empty target directory; returns the folder of its files.
fn again(project: &Project, commit: &str, temporary: &Path) -> TaskResult<PathBuf> {
    let root = temporary.join("clone");
    step::say(format!("release {VERSION}, second build: a new clone in {}", root.display()));
    git::clone(&project.root, commit, &root)?;
    let clone = project.moved_to(root);
    build(&clone)?;
    Ok(clone.dist)
}

/// The error that the two builds differ in these files.
fn difference(names: &[String], first: &Path, temporary: &Path) -> TaskError {
    TaskError::new(format!("the second build has other bytes in these files:{}", listing(names))).way_on(
        format!(
            "compare {} with the second build in {}, and remove that folder afterwards",
            first.display(),
            temporary.display()
        ),
    )
}

/// The text that tells the maker of the release what to do next.
fn next_steps(folder: &Path, commit: &str) -> String {
    let (folder, tag, name) = (folder.display(), readiness::tag(VERSION), release_name());
    format!(
        "Nothing is published yet. When `cargo xtask test` has passed on this commit:
  1. git tag --annotate {tag} --message \"find-a-time {VERSION}\" {commit}
     git push origin {tag}
  2. npm publish {folder}/{name}.tgz
  3. Publish the other files of {folder} with the text of {notes}. Who downloads them checks them with `sha256sum -c SHA256SUMS`.
  4. Unpack {name}.tar.gz on the asset host, beside the folders of earlier releases (docs/versioning.md).",
        notes = assets::NOTES,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_differ_are_named_with_the_folders_to_compare() {
        let names = ["a.wasm", "b.js"].map(str::to_owned);
        assert_eq!(
            difference(&names, Path::new("one"), Path::new("other")).to_string(),
            "error: the second build has other bytes in these files:\n    a.wasm\n    b.js
  try: compare one with the second build in other, and remove that folder afterwards"
        );
    }

    #[test]
    fn the_next_steps_name_the_commit_the_tag_and_the_tarball() {
        let text = next_steps(Path::new("out"), "abc123");
        assert!(text.contains(&format!("v{VERSION} --message \"find-a-time {VERSION}\" abc123\n")), "{text}");
        assert!(text.contains(&format!("npm publish out/find-a-time-{VERSION}.tgz\n")), "{text}");
    }
}
