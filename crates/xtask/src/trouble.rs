//! Errors for people: one line, and a second one with what to do, if there is something. No panics, no backtraces.

use std::fmt;
use std::path::Path;

/// Why a chore failed.
#[derive(Debug, PartialEq, Eq)]
pub struct Trouble {
    line: String,
    way_on: Option<String>,
}

/// The result of a chore.
pub type Outcome<T = ()> = Result<T, Trouble>;

impl Trouble {
    /// An error with a line that says what failed.
    pub fn new(line: impl Into<String>) -> Self {
        Self { line: line.into(), way_on: None }
    }

    /// Adds what to do next.
    pub fn way_on(mut self, hint: impl Into<String>) -> Self {
        self.way_on = Some(hint.into());
        self
    }

    /// For `map_err` after a file operation: adds what was done and the file to the system's message.
    pub fn file(doing: &str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let line = format!("cannot {doing} {}", path.display());
        move |error| Self::new(format!("{line}: {error}"))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "error: {}", self.line)?;
        match &self.way_on {
            Some(hint) => write!(out, "\n  try: {hint}"),
            None => Ok(()),
        }
    }
}
