//! What went wrong, for a person: one line, and a way on where there is one. No panics, no backtraces.

use std::fmt;
use std::path::Path;

/// A chore that could not be finished.
#[derive(Debug, PartialEq, Eq)]
pub struct Trouble {
    line: String,
    way_on: Option<String>,
}

/// What a chore ends with.
pub type Outcome<T = ()> = Result<T, Trouble>;

impl Trouble {
    /// Says in one line what failed.
    pub fn new(line: impl Into<String>) -> Self {
        Self { line: line.into(), way_on: None }
    }

    /// Adds what to do next.
    pub fn way_on(mut self, hint: impl Into<String>) -> Self {
        self.way_on = Some(hint.into());
        self
    }

    /// For `map_err` around a file operation: names the file beside the system's own words.
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
