//! Writes a CSV or an HTML page to a file, which gets its final name only once it is complete, or a CSV to standard
//! output, which gets nothing before the CSV is complete.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{ErrorKind, ReportError, ReportResult};

/// An incomplete result. If it is dropped before [`Output::finish`], it leaves no file.
pub enum Output {
    /// A temporary file in the folder of the final one, since a rename needs the same disk. Only its owner can read it: it holds
    /// patients' data.
    Named(NamedTempFile, PathBuf),
    /// A file without a name, to be copied to standard output.
    Nameless(File),
}

impl Output {
    /// Opens the temporary file. Call it before any request, so that a folder without write access is reported at once.
    pub fn prepare(out: Option<&Path>) -> ReportResult<Self> {
        let Some(out) = out else {
            let file = tempfile::tempfile().map_err(|error| unwritable("a temporary file", &error))?;
            return Ok(Self::Nameless(file));
        };
        // Replace the target of a symbolic link, not the link.
        let target = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        if target.exists() && !target.is_file() {
            let line = format!("{} is not a file", out.display());
            return Err(ReportError::new(ErrorKind::Unwritable, line));
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
    pub fn write(&mut self, piece: &[u8]) -> ReportResult<()> {
        self.file().write_all(piece).map_err(|error| unwritable("the result", &error))
    }

    /// Renames the file, or copies it to standard output. Returns the name of the place, for a message.
    pub fn finish(self) -> ReportResult<String> {
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

/// The error for a file that cannot be written.
pub fn unwritable(what: &str, error: &io::Error) -> ReportError {
    ReportError::new(ErrorKind::Unwritable, format!("cannot write {what}: {error}"))
}
