//! Stamps: the hash of a result's inputs and outputs is kept in a file, so that an up-to-date result is not made again.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::error::{TaskError, TaskResult};

/// Decides whether a result must be made again.
pub struct Stamp {
    file: PathBuf,
    made_from: String,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// Hashes `inputs` (files or folders; a missing one counts as empty) and `extra`. The stamp is kept in `file`.
    pub fn of(file: PathBuf, inputs: &[PathBuf], extra: &str) -> TaskResult<Self> {
        Ok(Self { file, made_from: hash(inputs, extra)?, outputs: Vec::new() })
    }

    /// Also hashes the result, so that it is made again if somebody changes it.
    pub fn minding(mut self, outputs: &[PathBuf]) -> Self {
        self.outputs = outputs.to_vec();
        self
    }

    /// Whether the result was made from these inputs, and has not changed since.
    pub fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| self.text().is_ok_and(|text| text == kept))
    }

    /// Writes the stamp, once the result is made.
    pub fn keep(&self) -> TaskResult {
        write(&self.file, self.text()?.as_bytes())
    }

    fn text(&self) -> TaskResult<String> {
        Ok(format!("{}\n{}\n", self.made_from, hash(&self.outputs, "")?))
    }
}

/// Writes a file, and makes its folder.
pub fn write(file: &Path, bytes: &[u8]) -> TaskResult {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(TaskError::file("make", folder))?;
    }
    fs::write(file, bytes).map_err(TaskError::file("write", file))
}

/// Every file under `path` (or `path` itself), sorted, without `node_modules`; none if nothing is at `path`.
pub fn files(path: &Path) -> TaskResult<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(TaskError::file("read", path))? {
        let entry = entry.map_err(TaskError::file("read", path))?;
        if entry.file_name() != "node_modules" {
            found.extend(files(&entry.path())?);
        }
    }
    found.sort();
    Ok(found)
}

fn hash(inputs: &[PathBuf], extra: &str) -> TaskResult<String> {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // With the lengths, "ab" + "c" and "a" + "bc" differ.
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(extra.as_bytes());
    for input in inputs {
        for file in files(input)? {
            part(file.to_string_lossy().as_bytes());
            part(&fs::read(&file).map_err(TaskError::file("read", &file))?);
        }
    }
    Ok(STANDARD.encode(hasher.finalize()))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A new, empty folder for a test; the name tells the tests of one process apart.
    pub fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_hash_changes_with_a_byte_a_name_and_a_new_file_and_with_nothing_else() {
        let folder = folder("stamp-hash");
        let inputs = [folder.clone()];
        write(&folder.join("src/a.rs"), b"one").unwrap();
        let first = hash(&inputs, "z").unwrap();
        assert_eq!(first, hash(&inputs, "z").unwrap());
        assert_ne!(first, hash(&inputs, "s").unwrap());

        write(&folder.join("src/a.rs"), b"two").unwrap();
        let second = hash(&inputs, "z").unwrap();
        assert_ne!(first, second);

        write(&folder.join("src/b.rs"), b"").unwrap();
        let third = hash(&inputs, "z").unwrap();
        assert_ne!(second, third);

        fs::rename(folder.join("src/b.rs"), folder.join("src/c.rs")).unwrap();
        assert_ne!(third, hash(&inputs, "z").unwrap());

        let before = hash(&inputs, "z").unwrap();
        write(&folder.join("node_modules/x.js"), b"x").unwrap();
        assert_eq!(before, hash(&inputs, "z").unwrap());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn text_moved_from_one_file_to_its_neighbour_is_a_change() {
        let folder = folder("stamp-move");
        let inputs = [folder.clone()];
        write(&folder.join("a"), b"12").unwrap();
        write(&folder.join("b"), b"3").unwrap();
        let first = hash(&inputs, "").unwrap();
        write(&folder.join("a"), b"1").unwrap();
        write(&folder.join("b"), b"23").unwrap();
        assert_ne!(first, hash(&inputs, "").unwrap());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_stamp_is_fresh_until_what_it_minds_changes() {
        let folder = folder("stamp-fresh");
        let (input, output) = (folder.join("input"), folder.join("output"));
        write(&input, b"one").unwrap();
        let stamp = || {
            Stamp::of(folder.join("stamps/s"), std::slice::from_ref(&input), "")
                .unwrap()
                .minding(std::slice::from_ref(&output))
        };
        assert!(!stamp().is_fresh());
        write(&output, b"made of one").unwrap();
        stamp().keep().unwrap();
        assert!(stamp().is_fresh());

        write(&output, b"edited").unwrap();
        assert!(!stamp().is_fresh());
        write(&output, b"made of one").unwrap();
        assert!(stamp().is_fresh());
        write(&input, b"two").unwrap();
        assert!(!stamp().is_fresh());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_missing_input_counts_as_empty() {
        assert!(hash(&[PathBuf::from("/no/such/folder")], "").is_ok());
    }
}
