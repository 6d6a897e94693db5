//! Counts tests, from the output of the test runners.

use std::fmt;
use std::ops::AddAssign;

use serde_json::Value;

/// A count of tests.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and runs that failed without a count.
    pub failed: u64,
    /// Tests that were skipped.
    pub skipped: u64,
    /// How many of the passed tests failed at the first try. Only CI tries a test again.
    pub second: u64,
}

impl Tally {
    /// One check.
    pub fn check(held: bool) -> Self {
        Self { passed: u64::from(held), failed: u64::from(!held), ..Self::default() }
    }

    /// Whether at least one test ran and none failed.
    pub fn is_good(&self) -> bool {
        self.failed == 0 && self.passed > 0
    }

    /// The count of one libtest run, from a line such as `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
    pub fn from_libtest(line: &str) -> Option<Self> {
        let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
        let mut tally = Self::default();
        for part in counts.split(';') {
            let mut words = part.split_whitespace();
            let Some(Ok(count)) = words.next().map(str::parse) else { continue };
            match words.next() {
                Some("passed") => tally.passed = count,
                Some("failed") => tally.failed = count,
                Some("ignored") => tally.skipped = count,
                _ => {}
            }
        }
        Some(tally)
    }

    /// The count of a Playwright run, from its JSON report. An error outside of any test, such as a file that does not load,
    /// counts as a failure.
    pub fn from_playwright(report: &str) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let stats = report.get("stats")?;
        let count = |name: &str| stats.get(name).and_then(Value::as_u64);
        let outside = report.get("errors").and_then(Value::as_array).map_or(0, |errors| errors.len() as u64);
        let second = count("flaky").unwrap_or(0);
        Some(Self {
            passed: count("expected")? + second,
            failed: count("unexpected")? + outside,
            skipped: count("skipped").unwrap_or(0),
            second,
        })
    }

    /// A remark for the line of a category, about tests that passed only at the second try.
    pub fn remark(&self) -> String {
        match self.second {
            0 => String::new(),
            count => format!(" ({count} passed only at the second try)"),
        }
    }

    /// The count, corrected by the runner's exit: a runner that fails without a failed test counts as one failure.
    pub fn after(mut self, success: bool) -> Self {
        if !success && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.second += other.second;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(out, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally { passed, failed, skipped, second: 0 }
    }

    #[test]
    fn a_libtest_line_is_counted() {
        let good =
            "test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; 3 filtered out; finished in 0.01s";
        assert_eq!(Tally::from_libtest(good), Some(tally(12, 0, 2)));
        let bad = "test result: FAILED. 11 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s";
        assert_eq!(Tally::from_libtest(bad), Some(tally(11, 1, 0)));
    }

    #[test]
    fn other_lines_are_no_count() {
        assert_eq!(Tally::from_libtest("test flow::books ... ok"), None);
        assert_eq!(Tally::from_libtest("running 12 tests"), None);
        assert_eq!(Tally::from_libtest("12 passed; 0 failed"), None);
    }

    #[test]
    fn a_playwright_report_is_counted_and_tells_what_needed_a_second_try() {
        let report = r#"{"errors":[],"stats":{"expected":5,"skipped":1,"unexpected":2,"flaky":1}}"#;
        assert_eq!(Tally::from_playwright(report), Some(Tally { second: 1, ..tally(6, 2, 1) }));
    }

    #[test]
    fn a_race_is_remarked_on() {
        assert_eq!(tally(3, 0, 0).remark(), "");
        assert!(Tally { second: 2, ..tally(3, 0, 0) }.remark().contains("2 passed only at the second try"));
    }

    #[test]
    fn an_error_outside_of_any_test_is_a_failure() {
        let report = r#"{"errors":[{"message":"no tests found"}],"stats":{"expected":0,"skipped":0,"unexpected":0,"flaky":0}}"#;
        assert_eq!(Tally::from_playwright(report), Some(tally(0, 1, 0)));
    }

    #[test]
    fn a_report_that_is_not_whole_is_no_count() {
        assert_eq!(Tally::from_playwright(r#"{"stats":{"expected":5"#), None);
        assert_eq!(Tally::from_playwright("{}"), None);
    }

    #[test]
    fn a_runner_that_died_without_a_failed_test_counts_as_one_failure() {
        assert_eq!(tally(7, 0, 0).after(false), tally(7, 1, 0));
        assert_eq!(tally(7, 2, 0).after(false), tally(7, 2, 0));
        assert_eq!(tally(7, 0, 0).after(true), tally(7, 0, 0));
    }

    #[test]
    fn nothing_run_is_not_good() {
        assert!(!tally(0, 0, 0).is_good());
        assert!(!tally(0, 0, 4).is_good());
        assert!(!tally(9, 1, 0).is_good());
        assert!(tally(1, 0, 0).is_good());
    }

    #[test]
    fn the_last_line_names_skipped_tests_only_when_there_are_some() {
        assert_eq!(tally(3, 0, 0).to_string(), "3 passed, 0 failed");
        assert_eq!(tally(3, 1, 2).to_string(), "3 passed, 1 failed, 2 skipped");
    }
}
