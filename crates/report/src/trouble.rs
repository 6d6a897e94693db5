//! What goes wrong: one line for a person, one exit code for a script. The table of the codes is made here and nowhere
//! else. No line ever holds the key or a full address.

use std::fmt::{self, Write};

/// Why the command ended without what it was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// The command line, as clap says it.
    Arguments = 2,
    /// `--from` without `--to`, or the other way round.
    OneDate = 3,
    /// `--from` after `--to`.
    DatesReversed = 4,
    /// `--id` is no GUID.
    NotAGuid = 5,
    /// `--visits`, or one of the paths, is no address the key may go to.
    Address = 6,
    /// No key, or one no header can carry.
    NoKey = 10,
    /// The key file cannot be read, or others can.
    KeyFile = 11,
    /// 400.
    Refused = 20,
    /// 401 or 403.
    KeyRefused = 21,
    /// 404.
    NotFound = 22,
    /// Any other status.
    Server = 23,
    /// The report itself failed.
    Failed = 24,
    /// The limit of waiting is over.
    NotReady = 25,
    /// No connection, or no answer.
    Unreachable = 26,
    /// The answer ended before its end.
    CutShort = 27,
    /// An answer of another shape.
    NotUnderstood = 28,
    /// A file to be summarised cannot be read.
    Unreadable = 30,
    /// A column that is not there.
    NoSuchColumn = 31,
    /// A file that is not CSV, or is cut.
    Malformed = 32,
    /// A file cannot be written.
    Unwritable = 33,
    /// Ctrl-C.
    Interrupted = 130,
    /// SIGTERM.
    Terminated = 143,
}

/// Every code and what it means, in order.
pub const CODES: [(Kind, &str); 22] = [
    (Kind::Arguments, "the command line is not understood"),
    (Kind::OneDate, "one date is given without the other"),
    (Kind::DatesReversed, "--from is after --to"),
    (Kind::NotAGuid, "--id is not a GUID"),
    (Kind::Address, "an address or path is not one the key may be sent to"),
    (Kind::NoKey, "there is no key, or it is not one line of plain characters"),
    (Kind::KeyFile, "the key file cannot be read, or others than its owner may"),
    (Kind::Refused, "the request was refused (400)"),
    (Kind::KeyRefused, "the key was refused (401, 403)"),
    (Kind::NotFound, "there is no such report or path (404)"),
    (Kind::Server, "the server failed (any other status)"),
    (Kind::Failed, "the report failed"),
    (Kind::NotReady, "the report was not ready in time"),
    (Kind::Unreachable, "the host cannot be reached"),
    (Kind::CutShort, "the download was cut short"),
    (Kind::NotUnderstood, "the answer is not what was expected"),
    (Kind::Unreadable, "the file cannot be read"),
    (Kind::NoSuchColumn, "the file has no such column"),
    (Kind::Malformed, "the file is not whole or not CSV; the line is named"),
    (Kind::Unwritable, "the result cannot be written"),
    (Kind::Interrupted, "interrupted by Ctrl-C"),
    (Kind::Terminated, "ended by SIGTERM"),
];

impl Kind {
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

/// One failure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// Which kind, for the exit code.
    pub kind: Kind,
    line: String,
}

impl Trouble {
    /// A failure in words; they stay one line, and without control characters, whatever they quote.
    pub fn new(kind: Kind, line: impl Into<String>) -> Self {
        let line: String = line.into();
        Self { kind, line: plain(&line) }
    }

    /// The same, with the way to go on.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        self.line.push_str("; ");
        self.line.push_str(&plain(hint));
        self
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

/// Text that came from elsewhere, fit for a line of a terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What a command ends in.
pub type Outcome<T> = Result<T, Trouble>;

#[cfg(test)]
mod tests {
    use super::{CODES, Kind, Trouble, table};

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
        let trouble = Trouble::new(Kind::Refused, "no\n\u{1b}[31mred").hint("go\ron");
        assert_eq!(trouble.to_string(), "no  [31mred; go on");
    }
}
