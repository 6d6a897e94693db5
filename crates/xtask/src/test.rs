//! `cargo xtask test`: runs the checks of the project by category, and prints one count at the end.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::acme;
use crate::apps;
use crate::bundle;
use crate::error::{TaskError, TaskResult};
use crate::lint;
use crate::package;
use crate::project::Project;
use crate::published;
use crate::release;
use crate::setup::{self, Need};
use crate::step::{self, print_line};
use crate::tally::Tally;

/// A category of checks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Category {
    /// Formatting, clippy, the rules for crates; types and rules of the scripts; the table of attributes; spelling.
    Lint,
    /// Tests of the crates, without a browser; only those of `dexcare-report` start Acme.
    Unit,
    /// Tests of Acme against the API reference.
    Contract,
    /// Checks of Acme and of the client against the published API descriptions.
    Published,
    /// The release, its npm package, and projects that build with it.
    Package,
    /// The element in browsers, without Acme.
    Web,
    /// The element in browsers of a few years ago.
    Old,
    /// Whole journeys in browsers, against Acme.
    E2e,
    /// As `E2e`, with every test in both browsers.
    Whole,
    /// Every class of fault at every call of a booking, once or at every attempt.
    Faults,
    /// Every hostile text in each member of an answer, and a panic at every call into the wasm.
    Hostile,
    /// A thousand sequences of presses and faults, drawn from seeds.
    Walks,
    /// The npm package in each bundler and framework.
    Apps,
    /// The journeys with each session recorder on the page, with each of its settings.
    Recorders,
}

impl Category {
    /// In the order of a full run, the fastest first. The last six run only if they are named.
    pub const ALL: [Self; 14] = [
        Self::Lint,
        Self::Unit,
        Self::Contract,
        Self::Published,
        Self::Package,
        Self::Web,
        Self::Old,
        Self::E2e,
        Self::Whole,
        Self::Faults,
        Self::Hostile,
        Self::Walks,
        Self::Apps,
        Self::Recorders,
    ];

    /// Whether a full run includes this category. The others take half an hour and more; `E2e` has a sample of each.
    fn is_in_full_run(self) -> bool {
        !matches!(
            self,
            Self::Whole | Self::Faults | Self::Hostile | Self::Walks | Self::Apps | Self::Recorders
        )
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Contract => "contract",
            Self::Published => "published",
            Self::Package => "package",
            Self::Web => "web",
            Self::Old => "old",
            Self::E2e => "e2e",
            Self::Whole => "whole",
            Self::Faults => "faults",
            Self::Hostile => "hostile",
            Self::Walks => "walks",
            Self::Apps => "apps",
            Self::Recorders => "recorders",
        }
    }

    /// The category with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

/// Runs one category (the tests whose names contain `filter`) or a full run, and prints the count. Returns whether at least one
/// test ran and none failed.
pub fn run(project: &Project, only: Option<Category>, filter: Option<&str>) -> TaskResult<bool> {
    let categories = only.map_or_else(
        || Category::ALL.into_iter().filter(|category| category.is_in_full_run()).collect(),
        |category| vec![category],
    );
    if only.is_none() {
        setup::prepare(project, Need::Browsers)?;
    }
    let mut total = Tally::default();
    let mut lines = Vec::new();
    for category in categories {
        let begun = Instant::now();
        // A category that cannot run counts as a failure; the others still run.
        let tally = category_run(project, category, filter).unwrap_or_else(|error| {
            print_line(&error.to_string());
            Tally::check(false)
        });
        lines.push(format!("{:<9} {tally} in {}{}", category.name(), step::elapsed(begun), tally.remark()));
        total += tally;
    }
    let nothing = if total.passed + total.failed == 0 { "\n\nno test ran" } else { "" };
    print_line(&format!("\n{}{nothing}\n\n{total}", lines.join("\n")));
    Ok(total.is_good())
}

fn category_run(project: &Project, category: Category, filter: Option<&str>) -> TaskResult<Tally> {
    match category {
        Category::Lint => lint::run(project),
        Category::Unit => {
            let packages = [
                "-p",
                "booking",
                "-p",
                "dexcare",
                "-p",
                "net",
                "-p",
                "dexcare-report",
                "-p",
                "xtask",
                "-p",
                "find-a-time",
            ];
            libtest(project, category.name(), &packages, filter, &[])
        }
        Category::Contract => {
            let tests = ["-p", "acme", "--lib", "--bins", "--test", "contract"];
            libtest(project, category.name(), &tests, filter, &[])
        }
        Category::Published => published::run(project, filter),
        Category::Package => package::run(project, filter),
        Category::Web
        | Category::Old
        | Category::E2e
        | Category::Whole
        | Category::Faults
        | Category::Hostile
        | Category::Walks
        | Category::Apps
        | Category::Recorders => playwright(project, category, filter),
    }
}

/// Runs `cargo test` for some packages, with environment variables for the tests; `name` is the name of the
/// category.
pub fn libtest(
    project: &Project,
    name: &str,
    packages: &[&str],
    filter: Option<&str>,
    variables: &[(&str, String)],
) -> TaskResult<Tally> {
    step::say(format!("{name}: cargo test {}", packages.join(" ")));
    let mut command = project.cargo();
    command.args(["test", "--no-fail-fast"]).args(packages);
    command.envs(variables.iter().map(|(name, value)| (*name, value.as_str())));
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    let mut tally = Tally::default();
    let success = stream(command, |line| {
        if let Some(run) = Tally::from_libtest(line) {
            tally += run;
        }
    })?;
    Ok(tally.after(success))
}

/// Runs the Playwright projects whose names begin with the category's name; for `Whole`, with `e2e`.
fn playwright(project: &Project, category: Category, filter: Option<&str>) -> TaskResult<Tally> {
    setup::prepare(project, Need::Browsers)?;
    bundle::build(project)?;
    if !matches!(category, Category::Web | Category::Old) {
        release::finish(project)?;
    }
    let mut unbuilt = Tally::default();
    let apps = apps::folder(project);
    match category {
        Category::E2e | Category::Whole => apps::build_all(project)?,
        Category::Apps => {
            let failed = apps::build_set_ups(project, filter)?;
            unbuilt.failed = u64::try_from(failed).unwrap_or(u64::MAX);
        }
        _ => {}
    }
    let acme = acme::build(project)?;
    let reporter = acme::build_reporter(project)?;
    let report = project.work.join(format!("playwright-{}.json", category.name()));
    // Remove an old report: it would be read if this run writes none.
    let _ = fs::remove_file(&report);
    step::say(format!("{}: Playwright", category.name()));
    let tests = project.root.join("tests");
    let mut command = project.command("node");
    command
        .arg(tests.join("node_modules/@playwright/test/cli.js"))
        .args(["test", "--workers=2"])
        .arg(format!("--project={}-*", if category == Category::Whole { "e2e" } else { category.name() }))
        .current_dir(&tests)
        .env("FAT_DIST", &project.dist)
        .env("FAT_ACME", acme)
        .env("FAT_APPS", apps)
        .env("FAT_RELEASE", &project.release)
        .env("FAT_REPORTER", reporter)
        .env("FAT_REPORT", &report);
    if category == Category::Whole {
        command.env("FAT_WHOLE", "1");
    }
    if category == Category::Apps {
        command.env("FAT_SET_UPS", project.target.join("apps.json"));
    }
    if category == Category::Recorders {
        command.env("FAT_RECORDERS", project.target.join("recorders.md"));
    }
    if category == Category::Faults {
        command
            .env("FAT_FAULTS", project.target.join("faults.json"))
            .env("FAT_RELIABILITY", project.root.join("docs/reliability.md"));
    }
    if category == Category::Walks {
        command.env("FAT_WALKS", project.target.join("walks.json"));
    }
    if let Some(filter) = filter {
        let grep = match category {
            // Match only the app's name: "webpack" is also in the title of a test with Next.js.
            Category::Apps => format!(r"apps\.spec\.js \S*{filter}\S* "),
            _ => filter.to_owned(),
        };
        command.args(["--grep", &grep]);
    }
    let success = stream(command, |_| ())?;
    let tally = fs::read_to_string(&report).ok().and_then(|text| Tally::from_playwright(&text));
    unbuilt += tally.unwrap_or_default().after(success);
    Ok(unbuilt)
}

/// Runs `command`, and prints its output as it arrives; `each` gets every line of standard output. Returns whether it succeeded.
pub fn stream(mut command: Command, mut each: impl FnMut(&str)) -> TaskResult<bool> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failed = |error| TaskError::new(format!("{name} did not run: {error}"));
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            print_line(&line);
            each(&line);
        }
    }
    let status = child.wait().map_err(|error| TaskError::new(format!("a test runner was lost: {error}")))?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_found_by_its_name() {
        for category in Category::ALL {
            assert_eq!(Category::named(category.name()), Some(category));
        }
        assert_eq!(Category::named("units"), None);
    }

    #[test]
    fn a_full_run_leaves_out_what_takes_long() {
        let left_out = Category::ALL.into_iter().filter(|category| !category.is_in_full_run());
        assert_eq!(
            left_out.collect::<Vec<_>>(),
            [
                Category::Whole,
                Category::Faults,
                Category::Hostile,
                Category::Walks,
                Category::Apps,
                Category::Recorders
            ]
        );
    }

    #[test]
    fn a_stream_shows_each_line_and_tells_how_it_ended() {
        let shell = |script: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            command
        };
        let mut seen = Vec::new();
        assert_eq!(stream(shell("echo one; echo two; exit 3"), |line| seen.push(line.to_owned())), Ok(false));
        assert_eq!(seen, ["one", "two"]);
        assert_eq!(stream(shell("true"), |_| ()), Ok(true));
        assert!(stream(Command::new("/no/such/runner"), |_| ()).is_err());
    }
}
