//! The command line. No argument takes the key, since everybody on the machine can see a process's arguments.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::endpoint;
use crate::error::table;

/// Fetches DexCare's reports of visits, and summarizes them.
///
/// The service key comes from the environment variable DEXCARE_REPORT_KEY or from --key-file, never from an argument.
#[derive(Parser)]
#[command(version, after_help = table())]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Fetch a report of visits as CSV
    #[command(after_help = table())]
    Visits(Visits),
    /// Fetch the histories of providers as CSV
    #[command(after_help = table())]
    Providers(Providers),
    /// Count the rows of a CSV file by any of its columns
    #[command(after_help = table())]
    Summary(Summary),
}

/// The host, the use case and the key of all requests.
#[derive(Args)]
pub struct Connection {
    /// Visit host, such as https://ecvapi.care.example.com; http on this machine only
    #[arg(long, env = "DEXCARE_VISITS", value_name = "URL")]
    pub visits: String,
    /// Use case named on every request
    #[arg(long, default_value = "dexcare-report", value_name = "NAME")]
    pub product: String,
    /// File with the service key, readable by its owner alone; used instead of DEXCARE_REPORT_KEY
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
}

/// Arguments of `visits`.
#[derive(Args)]
pub struct Visits {
    #[command(flatten)]
    pub connection: Connection,
    /// Type of visits
    #[arg(long = "type", value_enum, required_unless_present = "id")]
    pub kind: Option<ReportType>,
    /// First day (YYYY-MM-DD); without --from and --to the past 10 days
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub from: Option<NaiveDate>,
    /// Last day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub to: Option<NaiveDate>,
    /// File to write, complete or not at all; without it standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Fetch a report that was started before
    #[arg(long, value_name = "GUID")]
    pub id: Option<String>,
    /// How long to wait for the report
    #[arg(long, default_value_t = 1800, value_name = "SECONDS")]
    pub limit: u64,
    /// Path of the status request. DexCare does not publish it: the default is an assumption
    #[arg(long, default_value = endpoint::STATUS, value_name = "PATH")]
    pub status_path: String,
    /// Path of the CSV request. DexCare does not publish it: the default is an assumption
    #[arg(long, default_value = endpoint::CSV, value_name = "PATH")]
    pub csv_path: String,
    /// A status that means the report is ready, in addition to the assumed ones (SUCCEEDED, COMPLETED, DONE …)
    #[arg(long, value_name = "WORD")]
    pub ready_status: Vec<String>,
}

/// The types of visits (API reference §2.45).
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum ReportType {
    /// Booked with a department
    Retail,
    /// On demand, by video or phone
    Virtual,
    /// Booked with a clinician
    ProviderBooking,
}

/// Arguments of `providers`.
#[derive(Args)]
pub struct Providers {
    #[command(flatten)]
    pub connection: Connection,
    /// File to write, complete or not at all; without it standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Rows per request
    #[arg(long, default_value_t = 200, value_name = "ROWS", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub page: u32,
}

/// Arguments of `summary`.
#[derive(Args)]
pub struct Summary {
    /// CSV file with a header row; - for standard input
    pub file: PathBuf,
    /// Columns to count by
    #[arg(long, required = true, value_delimiter = ',', value_name = "COLUMN,…")]
    pub by: Vec<String>,
    /// Write a page with charts
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
    /// Column with the date, for figures over time; guessed by default, "none" for none
    #[arg(long, value_name = "COLUMN")]
    pub date: Option<String>,
    /// Column with the status; guessed by default, "none" for none
    #[arg(long, value_name = "COLUMN")]
    pub status: Option<String>,
    /// How many groups to list, the largest first; the others are summed up. 0 for all
    #[arg(long, default_value_t = 50, value_name = "GROUPS")]
    pub top: usize,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    let is_in_full = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| is_in_full);
    date.ok_or_else(|| "a date is written YYYY-MM-DD".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Arguments, date};
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    // Rustdoc runs only the examples of libraries, and this crate is not a library.
    #[test]
    fn the_examples_of_the_crate_s_front_page_are_sound() {
        let mut count = 0;
        for line in include_str!("main.rs").lines() {
            let Some(example) = line.strip_prefix("//! dexcare-report ") else { continue };
            let words = ["dexcare-report"].into_iter().chain(example.split(' '));
            assert_eq!(Arguments::try_parse_from(words).err().map(|error| error.to_string()), None);
            count += 1;
        }
        assert_eq!(count, 2);
    }

    #[test]
    fn no_argument_takes_a_key() {
        let mut command = Arguments::command();
        for name in ["visits", "providers"] {
            let subcommand = command.find_subcommand_mut(name).expect("it is there");
            let named: Vec<_> =
                subcommand.get_arguments().map(|argument| argument.get_id().to_string()).collect();
            assert!(named.contains(&"key_file".to_owned()));
            assert!(!named.iter().any(|name| name.contains("key") && name != "key_file"), "{named:?}");
        }
    }

    #[test]
    fn dates_are_written_in_full() {
        assert!(date("2026-11-30").is_ok());
        for bad in ["2026-11-31", "2026-1-3", "11/30/2026", "+2026-11-3", ""] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }
}
