//! Runs the command as a person does: against Acme, and against servers that behave worse.

#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod histories;
mod interrupted;
mod key;
mod nowhere_else;
mod refusals;
mod reports;
mod summaries;
mod support;
