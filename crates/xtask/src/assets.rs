//! The files of a release that are published: writes them into one folder with their hashes and the release's notes,
//! and compares the files of two builds.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::bundle::{clear, copy};
use crate::error::{TaskError, TaskResult};
use crate::npm;
use crate::project::Project;
use crate::release;
use crate::sbom::SBOM;
use crate::stamp;

/// The hashes of the files to publish, for `sha256sum -c`.
const SUMS: &str = "SHA256SUMS";
/// The file with the notes of the release: the version's section of the changelog.
pub const NOTES: &str = "NOTES.md";

/// The archive, the npm package's tarball and the bill of materials of a finished build.
pub fn published(project: &Project) -> [PathBuf; 3] {
    [release::archive(project), npm::tarball(project), project.release.join(SBOM)]
}

/// Writes copies of `files`, their hashes and the notes into `folder`, and removes what was there.
///
/// `SHA256SUMS` does not list the notes: they become the text of a release's page, so somebody who downloads the
/// files has no `NOTES.md`.
pub fn write(folder: &Path, files: &[PathBuf], notes: &str) -> TaskResult {
    clear(folder)?;
    let mut lines = BTreeMap::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = copy(file, &folder.join(&name))?;
        let line = format!("{:x}  {name}\n", Sha256::digest(bytes));
        lines.insert(name, line);
    }
    let sums: String = lines.into_values().collect();
    stamp::write(&folder.join(SUMS), sums.as_bytes())?;
    stamp::write(&folder.join(NOTES), notes.as_bytes())
}

/// The names of the files that only one of two folders has, or that differ, sorted. Names have slashes on every system.
pub fn differences(one: &Path, other: &Path) -> TaskResult<Vec<String>> {
    let (one, other) = (contents(one)?, contents(other)?);
    let names = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name)));
    let mut names: Vec<_> = names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect();
    names.sort();
    Ok(names)
}

/// The bytes of each file of a folder by its name there.
fn contents(folder: &Path) -> TaskResult<BTreeMap<String, Vec<u8>>> {
    let mut contents = BTreeMap::new();
    for path in stamp::files(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        contents.insert(name, fs::read(&path).map_err(TaskError::file("read", &path))?);
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::tests::folder;

    #[test]
    fn the_folder_has_the_files_their_hashes_and_the_notes_and_nothing_of_an_earlier_release() {
        let folder = folder("assets-write");
        let files = ["b.tgz", "a.tar.gz"].map(|name| folder.join("dist").join(name));
        stamp::write(&files[0], b"abc").unwrap();
        stamp::write(&files[1], b"").unwrap();
        let out = folder.join("out");
        stamp::write(&out.join("old.tgz"), b"old").unwrap();
        write(&out, &files, "## [1.2.3]\n").unwrap();

        let names: Vec<_> = contents(&out).unwrap().into_keys().collect();
        assert_eq!(names, [NOTES, SUMS, "a.tar.gz", "b.tgz"]);
        assert_eq!(fs::read(out.join("b.tgz")).unwrap(), b"abc");
        assert_eq!(fs::read_to_string(out.join(NOTES)).unwrap(), "## [1.2.3]\n");
        // SHA-256 of the empty input and of `abc`, as in NIST's examples and test vectors.
        assert_eq!(
            fs::read_to_string(out.join(SUMS)).unwrap(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.tar.gz
ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b.tgz
"
        );
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = folder("assets-missing");
        let text = write(&folder.join("out"), &[folder.join("a.tgz")], "").unwrap_err().to_string();
        assert!(text.contains("a.tgz"), "{text}");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn files_that_differ_or_are_in_one_folder_only_are_named() {
        let folder = folder("assets-differences");
        let (one, other) = (folder.join("one"), folder.join("other"));
        for place in [&one, &other] {
            stamp::write(&place.join("same"), b"1").unwrap();
            stamp::write(&place.join("in/changed"), b"1").unwrap();
        }
        assert_eq!(differences(&one, &other).unwrap(), Vec::<String>::new());
        stamp::write(&other.join("in/changed"), b"2").unwrap();
        stamp::write(&one.join("z-left"), b"").unwrap();
        stamp::write(&other.join("a-right"), b"").unwrap();
        assert_eq!(differences(&one, &other).unwrap(), ["a-right", "in/changed", "z-left"]);
        assert_eq!(differences(&other, &one).unwrap(), ["a-right", "in/changed", "z-left"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
