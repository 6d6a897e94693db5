//! Reads the CSV once, row by row. A row that is cut off, or has too few or too many cells, ends the reading with an
//! error that names its line.

use std::io::{self, Read};

use csv::ByteRecord;

use super::columns::Chosen;
use super::tally::Tally;
use crate::arguments::Summary;
use crate::error::{ErrorKind, ReportError, ReportResult};
use crate::quotes::Watched;

/// How many rows are looked at to guess columns.
const SAMPLE: usize = 500;

const BUFFER: usize = 256 * 1024;

/// Reads a file, and counts its rows.
pub fn read(source: impl Read, name: &str, wanted: &Summary) -> ReportResult<(Chosen, Tally)> {
    // `flexible`, since `next` checks the lengths of rows: it can tell a row that was cut off from a short row.
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).buffer_capacity(BUFFER).from_reader(Watched::new(source));
    let header = reader.byte_headers().map_err(|error| broken(name, error))?.clone();
    check_whole(&reader, &header, name)?;
    if header.is_empty() {
        return Err(ReportError::new(ErrorKind::Malformed, format!("{name} is empty")));
    }
    let mut sample = Vec::new();
    let mut row = ByteRecord::new();
    while sample.len() < SAMPLE && next(&mut reader, &mut row, &header, name)? {
        sample.push(row.clone());
    }
    let chosen = Chosen::find(&header, &sample, wanted)?;
    let mut tally = Tally::new(&chosen);
    for row in &sample {
        tally.add(row);
    }
    drop(sample);
    while next(&mut reader, &mut row, &header, name)? {
        tally.add(&row);
    }
    Ok((chosen, tally))
}

/// Reads the next complete row; returns `false` after the last.
fn next<R: Read>(
    reader: &mut csv::Reader<Watched<R>>,
    row: &mut ByteRecord,
    header: &ByteRecord,
    name: &str,
) -> ReportResult<bool> {
    if !reader.read_byte_record(row).map_err(|error| broken(name, error))? {
        return Ok(false);
    }
    check_whole(reader, row, name)?;
    if row.len() != header.len() {
        let (line, cells) = (line_of(reader, row), row.len());
        let line = format!("{name}, line {line}: {cells} cells where the header has {}", header.len());
        return Err(ReportError::new(ErrorKind::Malformed, line));
    }
    Ok(true)
}

/// Returns an error if the text ended inside a cell of this row.
fn check_whole<R: Read>(reader: &csv::Reader<Watched<R>>, row: &ByteRecord, name: &str) -> ReportResult<()> {
    if !reader.get_ref().is_cut() {
        return Ok(());
    }
    let line = line_of(reader, row);
    let line = format!("{name} is cut: the row that begins on line {line} ends inside a quoted cell");
    Err(ReportError::new(ErrorKind::Malformed, line))
}

/// The line on which the row just read begins, counted back from the row's end. With CR LF, or after empty lines,
/// the line that the CSV reader stores with the row is too low.
fn line_of<R: Read>(reader: &csv::Reader<Watched<R>>, row: &ByteRecord) -> u64 {
    let end = reader.position();
    let within = memchr::memchr_iter(b'\n', row.as_slice()).count() as u64;
    let after = u64::from(reader.get_ref().has_passed_line_feed(end.byte()));
    end.line().saturating_sub(within + after)
}

fn broken(name: &str, error: csv::Error) -> ReportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => unreadable(name, &error),
        other => ReportError::new(ErrorKind::Malformed, format!("{name} is not CSV: {other:?}")),
    }
}

/// The error for a file that cannot be read.
pub fn unreadable(name: &str, error: &io::Error) -> ReportError {
    ReportError::new(ErrorKind::Unreadable, format!("cannot read {name}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::arguments::{Arguments, Command, Summary};
    use crate::error::ReportResult;
    use clap::Parser;

    fn wanted(by: &str) -> Summary {
        let arguments = Arguments::parse_from(["dexcare-report", "summary", "visits.csv", "--by", by]);
        match arguments.command {
            Command::Summary(wanted) => wanted,
            _ => unreachable!("a summary was asked for"),
        }
    }

    fn counted(text: &str) -> ReportResult<u64> {
        read(text.as_bytes(), "visits.csv", &wanted("a")).map(|(_, tally)| tally.rows())
    }

    fn told(text: &str) -> String {
        counted(text).expect_err("it is broken").to_string()
    }

    #[test]
    fn rows_are_counted_whatever_their_cells_hold() {
        for (text, rows) in [
            ("a,b\n", 0),
            ("a,b\n1,2", 1),
            ("\u{feff}a,b\r\n1,2\r\n\r\n3,4\r\n", 2),
            ("\u{feff}\"a\",b\n\"x,\"\"y\"\"\nz\",2\n", 1),
            ("a,b\n5\" pipe,2\n", 1),
        ] {
            assert_eq!(counted(text), Ok(rows), "{text}");
        }
    }

    #[test]
    fn a_broken_row_is_named_by_its_line() {
        for (text, line) in [
            ("a,b\n1,2\n3\n4,5\n", "line 3: 1 cells where the header has 2"),
            ("a,b\r\n1,2\r\n3\r\n", "line 3: 1 cells"),
            ("a,b\n1,2\n3", "line 3: 1 cells"),
            ("a,b\r\n1,2\r\n3", "line 3: 1 cells"),
            ("a,b\n\n\n1,2,3\n4,5\n", "line 4: 3 cells"),
            ("a,b\n\"x\ny\",2\n\"z\n\"\n", "line 4: 1 cells"),
            ("a,b\n1,2\n3,\"four", "is cut: the row that begins on line 3 ends inside"),
            ("a,b\n1,2\n\"3\n\n,4\n5,6\n", "is cut: the row that begins on line 3 ends inside"),
            ("a,b\r\n1,\"2\r\n", "is cut: the row that begins on line 2 ends inside"),
            ("a,\"b\n1,2\n", "is cut: the row that begins on line 1 ends inside"),
            ("", "visits.csv is empty"),
            ("\u{feff}", "visits.csv is empty"),
        ] {
            assert!(told(text).contains(line), "{text:?}: {}", told(text));
        }
    }

    #[test]
    fn utf_16_is_named_as_what_it_is() {
        let error =
            read(&b"\xFF\xFEa\0"[..], "visits.csv", &wanted("a")).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("cannot read visits.csv: it is UTF-16; save it as UTF-8"));
    }
}
