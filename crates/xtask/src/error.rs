//! The errors that a chore prints: one line says what failed, and a second one says what to do, if there is
//! something. A chore neither panics nor prints a backtrace.

use std::fmt;
use std::path::Path;

/// How many lines a [`listing`] shows.
const LISTED: usize = 20;

/// Why a chore failed.
#[derive(Debug, PartialEq, Eq)]
pub struct TaskError {
    line: String,
    way_on: Option<String>,
}

/// The result of a chore.
pub type TaskResult<T = ()> = Result<T, TaskError>;

impl TaskError {
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

impl fmt::Display for TaskError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "error: {}", self.line)?;
        match &self.way_on {
            Some(hint) => write!(out, "\n  try: {hint}"),
            None => Ok(()),
        }
    }
}

/// Lines below the line of an error: the first [`LISTED`], and the number of the others.
pub fn listing(lines: &[String]) -> String {
    let more = lines.len().checked_sub(LISTED + 1).map(|more| format!("and {} more", more + 1));
    lines.iter().take(LISTED).chain(&more).map(|line| ["\n    ", line].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_listing_ends_with_the_number_of_the_other_lines() {
        let lines: Vec<_> = (1..=22).map(|number| number.to_string()).collect();
        assert_eq!(listing(&[]), "");
        assert_eq!(listing(&lines[..2]), "\n    1\n    2");
        assert!(listing(&lines[..20]).ends_with("\n    19\n    20"));
        assert!(listing(&lines[..21]).ends_with("\n    20\n    and 1 more"));
        assert!(listing(&lines).ends_with("\n    20\n    and 2 more"));
    }
}
