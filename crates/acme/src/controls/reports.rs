//! The reports that were started, and what tests have set about their progress.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// What a status or CSV call answers instead of its normal answer.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum ReportFailure {
    /// 400 with `msg` (API reference §1.7, E7).
    Msg,
    /// 500 `Unknown error`.
    UnknownError,
    /// The status call says that the report has failed.
    Failed,
}

/// How reports progress. By default a report is done at once, and pages of histories do not shift.
#[derive(Deserialize, Clone, Copy, Default, Debug)]
#[serde(deny_unknown_fields, default)]
pub struct Orders {
    /// How many status calls find a report still running.
    pub polls: u32,
    /// For how many seconds a report is running at least, by Acme's clock.
    pub seconds: u32,
    /// The error that the status and CSV calls answer, if any.
    pub trouble: Option<ReportFailure>,
    /// How many rows each page of provider histories after the first one repeats, as if so many new rows had been
    /// inserted at the front since the page before.
    pub shift: usize,
}

/// A report that was started.
#[derive(Clone, Debug)]
struct Report {
    csv: String,
    started: DateTime<Utc>,
    polls: u32,
}

/// The progress of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Not done, and no status call was made before.
    Queued,
    /// Not done, and a status call was made before.
    Running,
    /// Done, with the CSV.
    Succeeded(String),
}

/// Reports by id, and what tests have set about them.
#[derive(Default)]
pub struct Reports {
    started: Mutex<HashMap<String, Report>>,
    orders: Mutex<Orders>,
    moved: Mutex<usize>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reports {
    /// What tests have set.
    pub fn orders(&self) -> Orders {
        *lock(&self.orders)
    }

    /// Sets how reports progress from now on.
    pub fn set(&self, orders: Orders) {
        *lock(&self.orders) = orders;
    }

    /// Stores the CSV of a report that starts now, so that later visits do not change it. Returns the report's id.
    pub fn start(&self, csv: String, started: DateTime<Utc>) -> String {
        let id = Uuid::new_v4().to_string();
        lock(&self.started).insert(id.clone(), Report { csv, started, polls: 0 });
        id
    }

    /// The progress of a report; `None` if the id is unknown. `is_poll` counts the call as a status call.
    pub fn progress(&self, id: &str, now: DateTime<Utc>, is_poll: bool) -> Option<Progress> {
        let orders = self.orders();
        let mut started = lock(&self.started);
        let report = started.get_mut(&id.to_ascii_lowercase())?;
        let polls = report.polls;
        report.polls += u32::from(is_poll);
        let due = report.started + Duration::seconds(orders.seconds.into());
        Some(if polls >= orders.polls && now >= due {
            Progress::Succeeded(report.csv.clone())
        } else if polls == 0 {
            Progress::Queued
        } else {
            Progress::Running
        })
    }

    /// Returns the index of the first row of a page of provider histories, for the offset that a client requests.
    /// Offset 0 is the first page. Each later page repeats the last [`Orders::shift`] rows of the page before it, as if
    /// so many new rows had been inserted at the front in between; the client never gets those new rows.
    pub fn shifted(&self, offset: usize) -> usize {
        let mut moved = lock(&self.moved);
        *moved = if offset == 0 { 0 } else { *moved + self.orders().shift };
        offset.saturating_sub(*moved)
    }

    /// Removes all reports and settings.
    pub fn reset(&self) {
        lock(&self.started).clear();
        *lock(&self.moved) = 0;
        *lock(&self.orders) = Orders::default();
    }
}
