//! Fetches the histories of providers, page by page. A request names its page by an offset, so if the host adds a
//! row meanwhile, later rows move to the next page and arrive twice. Rows that arrive twice are therefore
//! ignored, and all pages are read again if rows are missing.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};

use indexmap::{IndexMap, IndexSet};
use reqwest::Method;
use serde_json::Value;

use super::client::{Client, not_understood};
use super::output::{Output, unwritable};
use super::progress::Progress;
use crate::arguments::Providers;
use crate::endpoint::{self, Page};
use crate::error::ReportResult;

type Row = IndexMap<String, Value>;

/// Fetches all rows, and writes them as CSV.
pub async fn fetch(wanted: Providers) -> ReportResult<()> {
    let client = Client::new(&wanted.connection)?;
    let mut output = Output::prepare(wanted.out.as_deref())?;
    let progress = Progress::new();
    let mut rows = Rows::new()?;
    let (mut count, repeated) = sweep(&client, wanted.page, &mut rows, &progress).await?;
    if rows.len() < count {
        progress.note("rows moved while they were read: reading again");
        // The count of repeated rows is ignored: all known rows arrive again.
        (count, _) = sweep(&client, wanted.page, &mut rows, &progress).await?;
    }
    let (found, missing) = (rows.len(), count.saturating_sub(rows.len()));
    rows.write_csv(output.file())?;
    let place = output.finish()?;
    progress.note(&format!(
        "{found} rows in {place}; {repeated} came twice from shifting pages and were left out"
    ));
    if missing > 0 {
        progress.note(&format!(
            "the host counts {count} rows: {missing} are the same as another row, or moved out of sight"
        ));
    }
    Ok(())
}

/// Reads all pages, from the first to the last. Returns how many rows the host counts, and how many rows arrived
/// that were known already.
async fn sweep(client: &Client, page: u32, rows: &mut Rows, progress: &Progress) -> ReportResult<(u64, u64)> {
    let (mut offset, mut repeated, mut barren) = (0, 0, 0);
    let is_first = rows.len() == 0;
    loop {
        let query = [("offset", offset.to_string()), ("limit", page.to_string())];
        let url = client.host.url(endpoint::PROVIDER_HISTORIES, &query);
        let answer: Page = client.json(Method::GET, url, None, "a page of histories").await?;
        if answer.data.is_empty() {
            return Ok((answer.count, repeated));
        }
        // A host may send fewer rows than `limit`.
        offset += answer.data.len();
        let mut news = 0;
        for row in &answer.data {
            if rows.add(row)? { news += 1 } else { repeated += 1 }
        }
        progress.now(&format!("{} of {} rows", rows.len(), answer.count));
        if news > 0 {
            barren = 0;
            continue;
        }
        barren += 1;
        // Stop: if the host adds rows as fast as they are read, every page repeats known rows, without end.
        if rows.len() >= answer.count || offset as u64 >= 2 * answer.count {
            return Ok((answer.count, repeated));
        }
        // In the first reading every page has new rows, unless the host ignores the offset.
        if is_first && barren == 2 {
            return Err(not_understood("a next page: the same rows come again and again"));
        }
    }
}

/// The rows so far, without duplicates: on disk as JSON lines; in memory only 16 bytes of hash for each.
struct Rows {
    lines: BufWriter<File>,
    columns: IndexSet<String>,
    seen: HashSet<(u64, u64)>,
    hashers: (RandomState, RandomState),
}

impl Rows {
    fn new() -> ReportResult<Self> {
        let file = tempfile::tempfile().map_err(|error| unwritable("a temporary file", &error))?;
        Ok(Self {
            lines: BufWriter::new(file),
            columns: IndexSet::new(),
            seen: HashSet::new(),
            hashers: (RandomState::new(), RandomState::new()),
        })
    }

    fn len(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Adds a row unless it is known; returns whether it is new.
    fn add(&mut self, row: &Row) -> ReportResult<bool> {
        let line = serde_json::to_string(row).map_err(|_| not_understood("a page of histories"))?;
        if !self.seen.insert((self.hashers.0.hash_one(&line), self.hashers.1.hash_one(&line))) {
            return Ok(false);
        }
        for name in row.keys() {
            if !self.columns.contains(name) {
                self.columns.insert(name.clone());
            }
        }
        writeln!(self.lines, "{line}").map_err(|error| unwritable("a temporary file", &error))?;
        Ok(true)
    }

    /// Writes all rows as CSV, with every column that any row has.
    fn write_csv(self, out: &mut File) -> ReportResult<()> {
        let failed = |error: std::io::Error| unwritable("the result", &error);
        let mut file = self.lines.into_inner().map_err(|error| failed(error.into_error()))?;
        file.rewind().map_err(failed)?;
        let mut writer = csv::Writer::from_writer(BufWriter::new(out));
        let write = |writer: &mut csv::Writer<_>, record: Vec<String>| {
            writer.write_record(record).map_err(|error| failed(error.into()))
        };
        if !self.columns.is_empty() {
            write(&mut writer, self.columns.iter().map(|name| no_formula(name)).collect())?;
        }
        for line in BufReader::new(file).lines() {
            let row: Row =
                serde_json::from_str(&line.map_err(failed)?).map_err(|error| failed(error.into()))?;
            write(&mut writer, self.columns.iter().map(|name| cell(row.get(name))).collect())?;
        }
        writer.flush().map_err(failed)
    }
}

/// A value as a cell: text after [`no_formula`], null or a missing value as an empty cell, anything else as JSON.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => no_formula(text),
        Some(other) => other.to_string(),
    }
}

/// Puts an apostrophe before a text that a spreadsheet would run as a formula: patients may have typed the text.
fn no_formula(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    [mark, text].concat()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_that_begins_like_a_formula_is_no_formula() {
        for (value, wanted) in [
            (json!("=HYPERLINK(\"https://evil.example\")"), "'=HYPERLINK(\"https://evil.example\")"),
            (json!("+1 206 555 0142"), "'+1 206 555 0142"),
            (json!("-2+3"), "'-2+3"),
            (json!("@SUM(A1)"), "'@SUM(A1)"),
            (json!("\t=1"), "'\t=1"),
            (json!("\r=1"), "'\r=1"),
            (json!("Sore throat = pain"), "Sore throat = pain"),
            (json!(""), ""),
            (json!(-7), "-7"),
            (json!({"=a": 1}), r#"{"=a":1}"#),
        ] {
            assert_eq!(cell(Some(&value)), wanted);
        }
        assert_eq!((cell(None), cell(Some(&Value::Null))), (String::new(), String::new()));
    }
}
