//! Fetches a report of visits: starts it (or takes an earlier one), waits until it is ready, and downloads its CSV.

use std::fs::File;
use std::io::Seek;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use csv::ByteRecord;
use indicatif::{HumanBytes, HumanDuration};
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, TRANSFER_ENCODING};
use tokio::time::{Instant, sleep};

use super::client::{Client, cut_short, not_understood};
use super::output::{Output, unwritable};
use super::progress::Progress;
use crate::arguments::{ReportType, Visits};
use crate::endpoint::{self, Start, Started, report_id};
use crate::error::{ErrorKind, ReportError, ReportResult};
use crate::quotes::Quotes;

/// Seconds between two requests for the status; the last number repeats.
const STEPS: [u64; 5] = [1, 2, 4, 8, 15];

/// How many characters of a status word are printed at most.
const LONGEST_STATUS: usize = 40;

/// A fetch with valid arguments, before any request.
pub struct Plan {
    client: Client,
    source: Source,
    out: Option<PathBuf>,
    limit: Duration,
    status_path: String,
    csv_path: String,
    ready_status: Vec<String>,
}

enum Source {
    New(ReportType, Option<(NaiveDate, NaiveDate)>),
    Earlier { id: String, is_narrowed: bool },
}

impl Plan {
    /// Checks everything that can be checked without a server.
    pub fn check(wanted: Visits) -> ReportResult<Self> {
        let range = match (wanted.from, wanted.to) {
            (Some(first), Some(last)) if first > last => {
                let line = format!("--from {first} is after --to {last}");
                return Err(ReportError::new(ErrorKind::DatesReversed, line));
            }
            (Some(first), Some(last)) => Some((first, last)),
            (None, None) => None,
            (Some(_), None) => return Err(ReportError::new(ErrorKind::OneDate, "--from needs --to")),
            (None, Some(_)) => return Err(ReportError::new(ErrorKind::OneDate, "--to needs --from")),
        };
        let source = match (wanted.id, wanted.kind) {
            (Some(id), kind) => {
                let id = report_id(&id);
                let id = id.ok_or_else(|| ReportError::new(ErrorKind::NotAGuid, "--id is not a GUID"))?;
                Source::Earlier { id, is_narrowed: kind.is_some() || range.is_some() }
            }
            (None, Some(kind)) => Source::New(kind, range),
            (None, None) => return Err(ReportError::new(ErrorKind::Arguments, "--type or --id is missing")),
        };
        Ok(Self {
            client: Client::new(&wanted.connection)?,
            source,
            out: wanted.out,
            limit: Duration::from_secs(wanted.limit),
            status_path: endpoint::template("--status-path", &wanted.status_path)?,
            csv_path: endpoint::template("--csv-path", &wanted.csv_path)?,
            ready_status: wanted.ready_status,
        })
    }
}

/// Fetches the report.
pub async fn fetch(plan: Plan) -> ReportResult<()> {
    let mut output = Output::prepare(plan.out.as_deref())?;
    let progress = Progress::new();
    let id = match &plan.source {
        Source::New(kind, range) => {
            let id = start(&plan.client, &Start::new(*kind, *range)).await?;
            progress.note(&format!("report {id} started"));
            id
        }
        Source::Earlier { id, is_narrowed } => {
            let unused = "; --type, --from and --to were said when it was started, and count no more";
            progress.note(&format!("report {id}{}", if *is_narrowed { unused } else { "" }));
            id.clone()
        }
    };
    let again = |error: ReportError| match error.kind {
        ErrorKind::Server | ErrorKind::NotReady | ErrorKind::Unreachable | ErrorKind::CutShort => {
            error.hint(&format!("go on with --id {id}"))
        }
        _ => error,
    };
    wait(&plan, &id, &progress).await.map_err(again)?;
    let bytes = download(&plan, &id, &mut output, &progress).await.map_err(again)?;
    let place = output.finish()?;
    progress.note(&format!("{} in {place}", HumanBytes(bytes)));
    Ok(())
}

async fn start(client: &Client, body: &Start) -> ReportResult<String> {
    let body = serde_json::to_vec(body).map_err(|_| not_understood("possible"))?;
    let url = client.host.url(endpoint::START, &[]);
    let started: Started = client.json(Method::POST, url, Some(body), "the id of a report").await?;
    report_id(&started.id).ok_or_else(|| not_understood("the id of a report"))
}

/// The pauses between requests for the status, without end.
fn steps() -> impl Iterator<Item = Duration> {
    let last = STEPS.last().copied();
    STEPS.into_iter().chain(std::iter::from_fn(move || last)).map(Duration::from_secs)
}

async fn wait(plan: &Plan, id: &str, progress: &Progress) -> ReportResult<()> {
    let begun = Instant::now();
    let mut steps = steps();
    loop {
        let url = plan.client.host.url(&plan.status_path.replace("{id}", id), &[]);
        let answer = plan.client.json(Method::GET, url, None, "the status of a report").await?;
        let word = match endpoint::Progress::read(&answer, &plan.ready_status) {
            None => return Err(not_understood("the status of a report")),
            Some(endpoint::Progress::Ready) => return Ok(()),
            Some(endpoint::Progress::Failed(word)) => {
                return Err(ReportError::new(ErrorKind::Failed, format!("the report failed: {word}")));
            }
            Some(endpoint::Progress::UnderWay(word)) => plan.client.quote(&word, LONGEST_STATUS),
        };
        let left = plan.limit.saturating_sub(begun.elapsed());
        if left.is_zero() {
            let line =
                format!("the report is not ready after {} s; its status is {word}", plan.limit.as_secs());
            return Err(ReportError::new(ErrorKind::NotReady, line)
                .hint("if that means it is ready, name it with --ready-status"));
        }
        let step = steps.next().unwrap_or_default().min(left);
        let so_far = HumanDuration(begun.elapsed());
        progress.now(&format!("{word} after {so_far}; asking again in {} s", step.as_secs().max(1)));
        sleep(step).await;
    }
}

/// Streams the CSV into the output; returns its size in bytes.
async fn download(plan: &Plan, id: &str, output: &mut Output, progress: &Progress) -> ReportResult<u64> {
    let url = plan.client.host.url(&plan.csv_path.replace("{id}", id), &[]);
    let mut response = plan.client.send(Method::GET, url, None).await?;
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_other = |kind: &str| ["text/html", "application/json"].iter().any(|other| kind.starts_with(other));
    if content_type.is_some_and(is_other) {
        return Err(not_understood("a CSV"));
    }
    let of = response.content_length();
    let is_chunked = response.headers().contains_key(TRANSFER_ENCODING);
    let mut bytes = 0;
    let mut quotes = Quotes::default();
    while let Some(piece) = response.chunk().await.map_err(|error| cut_short(&error))? {
        // Do not pass a byte order mark to `quotes`: it is not part of the first cell.
        let text = if bytes == 0 { piece.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&piece) } else { &piece };
        quotes.feed(text);
        output.write(&piece)?;
        bytes += piece.len() as u64;
        progress.received(bytes, of);
    }
    let cut = |place: &str| {
        Err(ReportError::new(
            ErrorKind::CutShort,
            format!("the download was cut short: it ends inside {place}"),
        ))
    };
    if of.is_some_and(|of| of != bytes) || quotes.is_inside() {
        return cut("a cell");
    }
    if bytes == 0 {
        return Err(not_understood("a CSV: it is empty"));
    }
    // Otherwise only the end of the connection ends the answer, and a broken connection looks the same.
    let has_end = of.is_some() || is_chunked;
    let is_whole = has_end || (quotes.ends_line() && is_last_row_whole(output.file())?);
    if !is_whole {
        return cut("a row");
    }
    Ok(bytes)
}

/// Whether the last row of a CSV has as many cells as its header.
fn is_last_row_whole(file: &mut File) -> ReportResult<bool> {
    let unreadable = |error: csv::Error| unwritable("the result", &error.into());
    file.rewind().map_err(|error| unwritable("the result", &error))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let header = reader.byte_headers().map_err(unreadable)?.len();
    let (mut row, mut cells) = (ByteRecord::new(), header);
    while reader.read_byte_record(&mut row).map_err(unreadable)? {
        cells = row.len();
    }
    Ok(cells == header)
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn polls_come_less_and_less_often() {
        let seconds: Vec<u64> = steps().take(8).map(|step| step.as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 15, 15, 15, 15]);
    }
}
