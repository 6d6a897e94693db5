//! The reports that were started, and what the control port says of how they come about.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::{DateTime, Duration, Utc};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{done, read};
use crate::refusal::Refusal;
use crate::state::Shared;

/// What a status or CSV call answers instead of the truth.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// 400 with `msg` (API reference §1.7, E7).
    Msg,
    /// 500 `Unknown error`.
    UnknownError,
    /// The report is reported to have failed.
    Failed,
}

/// How reports come about. Without orders one is done as soon as it is asked for, and pages stay where they are.
#[derive(Deserialize, Clone, Copy, Default, Debug)]
#[serde(deny_unknown_fields, default)]
pub struct Orders {
    /// How many status calls find it under way.
    pub polls: u32,
    /// For how long it is under way at least, by Acme's clock.
    pub seconds: u32,
    /// What goes wrong.
    pub trouble: Option<Trouble>,
    /// How many rows come in front before every page of provider histories but the first, so that it repeats as many.
    pub shift: usize,
}

/// A report that was started.
#[derive(Clone, Debug)]
struct Report {
    csv: String,
    started: DateTime<Utc>,
    polls: u32,
}

/// How far a report is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Nobody has looked yet.
    Queued,
    /// Under way.
    Running,
    /// Done: the CSV.
    Succeeded(String),
}

/// Reports by id, and the orders in force.
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
    /// The orders in force.
    pub fn orders(&self) -> Orders {
        *lock(&self.orders)
    }

    /// Keeps a report as the database was when it was started; answers its id.
    pub fn start(&self, csv: String, started: DateTime<Utc>) -> String {
        let id = Uuid::new_v4().to_string();
        lock(&self.started).insert(id.clone(), Report { csv, started, polls: 0 });
        id
    }

    /// How far a report is; `None` when there is none. A poll brings it nearer.
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

    /// Where a page of histories begins, as though rows had come in front since the page before that the reader never
    /// sees. A first page begins anew.
    pub fn shifted(&self, offset: usize) -> usize {
        let mut moved = lock(&self.moved);
        *moved = if offset == 0 { 0 } else { *moved + self.orders().shift };
        offset.saturating_sub(*moved)
    }

    /// Forgets every report and order.
    pub fn reset(&self) {
        lock(&self.started).clear();
        *lock(&self.orders) = Orders::default();
    }
}

pub async fn set(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    *lock(&acme.controls.reports.orders) = read(&body)?;
    Ok(done())
}
