//! Errors of the command: each has one line for a person, and one exit code for a script. All lists of the codes
//! come from [`CODES`]. No line ever holds the key or a full URL.

use std::fmt::{self, Write};

/// Why the command failed. The value is the exit code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ErrorKind {
    /// The command line is wrong; clap prints the message.
    Arguments = 2,
    /// `--from` without `--to`, or `--to` without `--from`.
    OneDate = 3,
    /// `--from` after `--to`.
    DatesReversed = 4,
    /// `--id` is not a GUID.
    NotAGuid = 5,
    /// The key must not be sent to `--visits`, or to one of the paths.
    Address = 6,
    /// There is no key, or it cannot be sent in a header.
    NoKey = 10,
    /// The key file cannot be read, or others than its owner can read it.
    KeyFile = 11,
    /// The server answered 400.
    Refused = 20,
    /// The server answered 401 or 403.
    KeyRefused = 21,
    /// The server answered 404.
    NotFound = 22,
    /// The server answered with any other status.
    Server = 23,
    /// The report itself failed.
    Failed = 24,
    /// The report was not ready within `--limit`.
    NotReady = 25,
    /// No connection, or no answer.
    Unreachable = 26,
    /// The connection broke before the end of the answer.
    CutShort = 27,
    /// The answer does not have the expected shape.
    NotUnderstood = 28,
    /// A file to summarize cannot be read.
    Unreadable = 30,
    /// The file has no such column.
    NoSuchColumn = 31,
    /// A file is not CSV, is empty, was cut off, or has a row with too few or too many cells.
    Malformed = 32,
    /// A file cannot be written.
    Unwritable = 33,
    /// Ctrl-C.
    Interrupted = 130,
    /// SIGTERM.
    Terminated = 143,
}

/// Every code and its meaning, in order.
pub const CODES: [(ErrorKind, &str); 22] = [
    (ErrorKind::Arguments, "the command line is not understood"),
    (ErrorKind::OneDate, "one date is given without the other"),
    (ErrorKind::DatesReversed, "--from is after --to"),
    (ErrorKind::NotAGuid, "--id is not a GUID"),
    (ErrorKind::Address, "an address or path is not one the key may be sent to"),
    (ErrorKind::NoKey, "there is no key, or it is not one line of plain characters"),
    (ErrorKind::KeyFile, "the key file cannot be read, or others than its owner may"),
    (ErrorKind::Refused, "the request was refused (400)"),
    (ErrorKind::KeyRefused, "the key was refused (401, 403)"),
    (ErrorKind::NotFound, "there is no such report or path (404)"),
    (ErrorKind::Server, "the server failed (any other status)"),
    (ErrorKind::Failed, "the report failed"),
    (ErrorKind::NotReady, "the report was not ready in time"),
    (ErrorKind::Unreachable, "the host cannot be reached"),
    (ErrorKind::CutShort, "the download was cut short"),
    (ErrorKind::NotUnderstood, "the answer is not what was expected"),
    (ErrorKind::Unreadable, "the file cannot be read"),
    (ErrorKind::NoSuchColumn, "the file has no such column"),
    (ErrorKind::Malformed, "the file is not whole or not CSV; the line is named"),
    (ErrorKind::Unwritable, "the result cannot be written"),
    (ErrorKind::Interrupted, "interrupted by Ctrl-C"),
    (ErrorKind::Terminated, "ended by SIGTERM"),
];

impl ErrorKind {
    /// The exit code.
    pub const fn code(self) -> u8 {
        self as u8
    }
}

/// The codes as `--help` shows them.
pub fn table() -> String {
    let mut text = "Exit codes:\n    0  done\n".to_owned();
    for (kind, meaning) in CODES {
        let _ = writeln!(text, "{:>5}  {meaning}", kind.code());
    }
    text.truncate(text.trim_end().len());
    text
}

/// An error: its kind, and the line that a person reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReportError {
    /// Decides the exit code.
    pub kind: ErrorKind,
    line: String,
}

impl ReportError {
    /// An error with a message. Control characters become spaces, so that a quoted answer cannot break the line.
    pub fn new(kind: ErrorKind, line: impl Into<String>) -> Self {
        let line: String = line.into();
        Self { kind, line: plain(&line) }
    }

    /// Appends a hint about what the person can do next.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        self.line.push_str("; ");
        self.line.push_str(&plain(hint));
        self
    }
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

/// Text from a server or a file, with its control characters replaced by spaces for the terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The result of a command.
pub type ReportResult<T> = Result<T, ReportError>;

#[cfg(test)]
mod tests {
    use super::{CODES, ErrorKind, ReportError, table};

    #[test]
    fn every_code_is_its_own_and_in_order() {
        let codes: Vec<u8> = CODES.iter().map(|(kind, _)| kind.code()).collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
        assert_eq!(CODES.len(), 22);
    }

    #[test]
    fn the_documentation_lists_the_same_codes() {
        let page = include_str!("../../../docs/reporting.md");
        for (kind, meaning) in CODES {
            let row = format!("| {} | {meaning} |", kind.code());
            assert!(page.contains(&row), "docs/reporting.md lacks: {row}");
        }
        let rows = page.lines().filter(|line| {
            line.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        });
        assert_eq!(rows.count(), CODES.len() + 1, "and 0");
        assert!(table().contains("   21  the key was refused (401, 403)"));
    }

    #[test]
    fn a_line_stays_one_line() {
        let error = ReportError::new(ErrorKind::Refused, "no\n\u{1b}[31mred").hint("go\ron");
        assert_eq!(error.to_string(), "no  [31mred; go on");
    }
}
