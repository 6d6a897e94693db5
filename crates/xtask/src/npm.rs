//! Puts together the npm package, `dist/npm/`, and its tarball: the release's files, and typings, custom elements manifest,
//! readme and licences from `embed/` and the root.

use std::fs;
use std::path::PathBuf;

use crate::bundle::copy;
use crate::error::{TaskError, TaskResult};
use crate::project::{Project, VERSION, release_name};
use crate::release::Released;
use crate::stamp;
use crate::step;

/// The placeholder in `embed/npm/package.json`, which the build replaces with the workspace's version.
pub const NO_VERSION: &str = "0.0.0";

/// Where the tarball is.
pub fn tarball(project: &Project) -> PathBuf {
    project.dist.join(format!("{}.tgz", release_name()))
}

/// The package's files and folders other than the release's files: from `embed/`, `embed/npm/` and the root.
pub fn sources(project: &Project) -> Vec<PathBuf> {
    let embed = project.root.join("embed");
    let typings = fs::read_dir(&embed).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut sources: Vec<_> = typings.filter(|path| path.to_string_lossy().ends_with(".d.ts")).collect();
    sources.sort();
    sources.extend(["custom-elements.json", "npm"].map(|name| embed.join(name)));
    sources.extend(licences(project));
    sources
}

/// Scripts that generate files of the package from the manifest: for editors, and for Angular.
pub fn makers(project: &Project) -> [PathBuf; 2] {
    ["editors.mjs", "angular.mjs"].map(|name| project.root.join("embed").join(name))
}

/// The licence texts, for the package and the archive.
pub fn licences(project: &Project) -> [PathBuf; 2] {
    ["LICENSE-APACHE", "LICENSE-MIT"].map(|name| project.root.join(name))
}

/// Copies and generates the package's files.
pub fn assemble(project: &Project, released: &[Released]) -> TaskResult {
    let package = project.dist.join("npm");
    for Released { name, path } in released {
        copy(path, &package.join(name))?;
    }
    for source in sources(project) {
        for file in stamp::files(&source)? {
            let base = if source.is_dir() { source.as_path() } else { source.parent().unwrap_or(&source) };
            copy(&file, &package.join(file.strip_prefix(base).unwrap_or(&file)))?;
        }
    }
    let path = package.join("package.json");
    let text = fs::read_to_string(&path).map_err(TaskError::file("read", &path))?;
    stamp::write(&path, versioned(&text)?.as_bytes())?;
    for maker in makers(project) {
        let name = maker.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut command = project.command("node");
        // The scripts read the package's name and version from the current folder.
        command.arg(maker).arg("custom-elements.json").current_dir(&package);
        step::run(project, &format!("npm-{name}"), &format!("dist/npm: the tag, for {name}"), command)?;
    }
    Ok(())
}

/// The package's `package.json` with the workspace's version. It is edited as text, since the order of `exports` matters.
fn versioned(text: &str) -> TaskResult<String> {
    let blank = format!("\"version\": \"{NO_VERSION}\"");
    if text.matches(&blank).count() != 1 {
        return Err(TaskError::new("embed/npm/package.json has no version to fill in")
            .way_on(format!("it takes {blank}")));
    }
    Ok(text.replace(&blank, &format!("\"version\": \"{VERSION}\"")))
}

/// Runs npm to make the tarball.
pub fn pack(project: &Project) -> TaskResult {
    let mut command = project.command("npm");
    command
        .args(["pack", "--ignore-scripts", "--pack-destination"])
        .arg(&project.dist)
        .current_dir(project.dist.join("npm"));
    step::run(project, "npm-pack", "dist/npm: npm pack", command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_has_the_version_of_the_workspace_and_is_else_as_it_was() {
        let text =
            versioned(r#"{ "name": "find-a-time", "version": "0.0.0", "exports": { "b": 1, "a": 2 } }"#);
        let expected = format!(
            r#"{{ "name": "find-a-time", "version": "{VERSION}", "exports": {{ "b": 1, "a": 2 }} }}"#
        );
        assert_eq!(text, Ok(expected));
    }

    #[test]
    fn a_package_without_a_version_to_fill_in_is_told() {
        assert!(versioned("{}").unwrap_err().to_string().contains("no version"));
        assert!(versioned(r#"{ "version": "1.0.0" }"#).is_err());
    }
}
