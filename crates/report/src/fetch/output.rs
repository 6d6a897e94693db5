//! Where the CSV goes: a file that has its name only once it is whole, or standard output, which gets nothing before
//! all of it is there.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::trouble::{Kind, Outcome, Trouble};

/// A result in the making. Dropped before [`Output::finish`], it leaves nothing.
pub enum Output {
    /// A temporary file beside the final one, on the same disk; readable by its owner alone, as what it holds is about
    /// patients.
    Named(NamedTempFile, PathBuf),
    /// A file without a name, to be copied to standard output.
    Nameless(File),
}

impl Output {
    /// Prepares the result, before anything is asked of a server: a folder that cannot be written shows at once.
    pub fn prepare(out: Option<&Path>) -> Outcome<Self> {
        let Some(out) = out else {
            let file = tempfile::tempfile().map_err(|error| unwritable("a temporary file", &error))?;
            return Ok(Self::Nameless(file));
        };
        // A link stays a link: what it leads to is replaced.
        let target = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        if target.exists() && !target.is_file() {
            let line = format!("{} is not a file", out.display());
            return Err(Trouble::new(Kind::Unwritable, line));
        }
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = tempfile::Builder::new()
            .prefix(".dexcare-report-")
            .suffix(".part")
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(|error| unwritable(&out.display().to_string(), &error))?;
        Ok(Self::Named(file, target))
    }

    /// The file to write to.
    pub fn file(&mut self) -> &mut File {
        match self {
            Self::Named(file, _) => file.as_file_mut(),
            Self::Nameless(file) => file,
        }
    }

    /// Writes the next piece.
    pub fn write(&mut self, piece: &[u8]) -> Outcome<()> {
        self.file().write_all(piece).map_err(|error| unwritable("the result", &error))
    }

    /// Hands the whole result over. Answers where it is, in words.
    pub fn finish(self) -> Outcome<String> {
        match self {
            Self::Named(file, target) => {
                let name = target.display().to_string();
                file.as_file().sync_all().map_err(|error| unwritable(&name, &error))?;
                file.persist(&target).map_err(|error| unwritable(&name, &error.error))?;
                Ok(name)
            }
            Self::Nameless(mut file) => {
                let mut out = io::stdout().lock();
                let copied =
                    file.rewind().and_then(|()| io::copy(&mut file, &mut out)).and_then(|_| out.flush());
                copied.map_err(|error| unwritable("standard output", &error))?;
                Ok("standard output".to_owned())
            }
        }
    }
}

/// What could not be written, and why.
pub fn unwritable(what: &str, error: &io::Error) -> Trouble {
    Trouble::new(Kind::Unwritable, format!("cannot write {what}: {error}"))
}
