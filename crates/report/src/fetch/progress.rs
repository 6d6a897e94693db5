//! Shows progress on standard error: one line that is rewritten on a terminal, plain lines elsewhere.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use crate::error::plain;

/// The progress of one command.
pub struct Progress {
    line: Option<ProgressBar>,
}

impl Progress {
    /// Starts to show progress.
    pub fn new() -> Self {
        if !stderr().is_terminal() {
            return Self { line: None };
        }
        let line = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
            line.set_style(style);
        }
        line.enable_steady_tick(Duration::from_millis(120));
        Self { line: Some(line) }
    }

    /// Prints a line that stays.
    pub fn note(&self, text: &str) {
        match &self.line {
            Some(line) => line.suspend(|| eprintln!("{}", plain(text))),
            None => eprintln!("{}", plain(text)),
        }
    }

    /// Shows a line that the next one replaces.
    pub fn now(&self, text: &str) {
        match &self.line {
            Some(line) => line.set_message(plain(text)),
            None => eprintln!("{}", plain(text)),
        }
    }

    /// Shows how many bytes have arrived, of how many if that is known; on a terminal only.
    pub fn received(&self, bytes: u64, of: Option<u64>) {
        if let Some(line) = &self.line {
            let of = of.map(|of| format!(" of {}", HumanBytes(of))).unwrap_or_default();
            line.set_message(format!("downloading: {}{of}", HumanBytes(bytes)));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(line) = &self.line {
            line.finish_and_clear();
        }
    }
}
