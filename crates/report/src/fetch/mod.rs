//! Fetches reports from DexCare: on one thread, one request at a time. A fetch that SIGINT or SIGTERM ends leaves no
//! file behind.

mod client;
mod key;
pub mod output;
mod progress;
mod providers;
mod visits;

use std::future::Future;

use crate::arguments::{Providers, Visits};
use crate::error::{ErrorKind, ReportError, ReportResult};

/// Fetches a report of visits.
pub fn visits(wanted: Visits) -> ReportResult<()> {
    let plan = visits::Plan::check(wanted)?;
    run(visits::fetch(plan))
}

/// Fetches the histories of providers.
pub fn providers(wanted: Providers) -> ReportResult<()> {
    run(providers::fetch(wanted))
}

/// Runs `work` until it ends, or until the process gets SIGINT or SIGTERM. Then `work` is dropped, which removes the temporary
/// file and wipes the key.
fn run(work: impl Future<Output = ReportResult<()>>) -> ReportResult<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime
        .map_err(|error| ReportError::new(ErrorKind::Unreachable, format!("cannot start: {error}")))?;
    runtime.block_on(async {
        tokio::select! {
            biased;
            stopped = told_to_stop() => Err(stopped),
            done = work => done,
        }
    })
}

#[cfg(unix)]
async fn told_to_stop() -> ReportError {
    use tokio::signal::unix::{SignalKind, signal};

    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => ReportError::new(ErrorKind::Interrupted, "interrupted; nothing was written"),
        _ = terminate.recv() => ReportError::new(ErrorKind::Terminated, "ended; nothing was written"),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() -> ReportError {
    if tokio::signal::ctrl_c().await.is_err() {
        return std::future::pending().await;
    }
    ReportError::new(ErrorKind::Interrupted, "interrupted; nothing was written")
}
