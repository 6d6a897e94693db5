//! Summarizes a CSV file: counts and shares by any of its columns, statuses, and figures over time.

mod chart;
mod columns;
mod dates;
mod figures;
mod page;
mod read;
mod table;
mod tally;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::arguments::Summary;
use crate::error::{ErrorKind, ReportError, ReportResult};

/// Summarizes a file.
pub fn run(wanted: &Summary) -> ReportResult<()> {
    let is_stdin = wanted.file.as_os_str() == "-";
    let name = if is_stdin { "standard input".to_owned() } else { file_name(&wanted.file) };
    let source: Box<dyn Read> = if is_stdin {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(&wanted.file).map_err(|error| read::unreadable(&name, &error))?)
    };
    let (chosen, tally) = read::read(source, &name, wanted)?;
    for line in chosen.notes() {
        eprintln!("{line}");
    }
    let figures = figures::Figures::new(name, &chosen, tally, wanted.top);
    if let Some(path) = &wanted.html {
        let mut output = crate::fetch::output::Output::prepare(Some(path))?;
        output.write(page::page(&figures).as_bytes())?;
        output.finish()?;
    }
    let text = if wanted.json {
        let json = serde_json::to_string_pretty(&figures);
        json.map_err(|_| ReportError::new(ErrorKind::Unwritable, "the figures cannot be written as JSON"))?
    } else {
        table::show(&figures)
    };
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        // A closed pipe, as with `| head`, is no error.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(ReportError::new(ErrorKind::Unwritable, format!("cannot write standard output: {error}")))
        }
        _ => Ok(()),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A cell as it is shown: `(empty)` for an empty one, and spaces in place of control characters.
fn shown(cell: &str) -> String {
    if cell.trim().is_empty() { "(empty)".to_owned() } else { crate::error::plain(cell) }
}
