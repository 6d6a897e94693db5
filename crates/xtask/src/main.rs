//! The project's chores, which are the commands of `cargo xtask`; `cargo xtask help` lists them. Each installs
//! what it needs.

mod account;
mod acme;
mod apps;
mod assets;
mod audit;
mod bench;
mod browsers;
mod budgets;
mod bundle;
mod census;
mod changelog;
mod environment;
mod error;
mod files;
mod fuzz;
mod git;
mod lean;
mod lint;
mod listen;
mod make_release;
mod notices;
mod npm;
mod package;
mod panics;
mod parts;
mod preview;
mod project;
mod published;
mod readiness;
mod release;
mod sbom;
mod serve;
mod setup;
mod site;
mod sizes;
mod stamp;
mod step;
mod tally;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use error::TaskResult;
use project::Project;
use setup::Need;
use test::Category;

fn main() -> ExitCode {
    let matches = chores().get_matches();
    match Project::find().and_then(|project| run(&project, &matches)) {
        Ok(true) => ExitCode::SUCCESS,
        // The chore has printed the reason already.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one chore; returns whether its checks passed.
fn run(project: &Project, matches: &ArgMatches) -> TaskResult<bool> {
    match matches.subcommand() {
        Some(("preview", given)) => {
            let port = |name: &str, default| given.get_one::<u16>(name).copied().unwrap_or(default);
            let (port, acme_port) = (port("port", 8080), port("acme-port", 8090));
            preview::run(project, &preview::Options { port, acme_port, open: !given.get_flag("no-open") })?;
            Ok(true)
        }
        Some(("test", given)) => {
            let category = given.get_one::<String>("category").and_then(|name| Category::named(name));
            test::run(project, category, given.get_one::<String>("filter").map(String::as_str))
        }
        Some(("listen", given)) => {
            let text = |name: &str| given.get_one::<String>(name).map(String::as_str);
            listen::run(project, text("browser").unwrap_or(listen::BROWSERS[0]), text("filter"))
        }
        Some(("audit", _)) => audit::run(project),
        Some(("release", _)) => make_release::run(project),
        Some(("describe", _)) => lint::describe(project),
        Some(("notices", _)) => notices::write(project).map(|()| true),
        Some(("fuzz", given)) => {
            let number = |name: &str| given.get_one::<u32>(name).copied().unwrap_or_default();
            let options =
                fuzz::Options { bodies: number("bodies"), texts: number("texts"), walks: number("walks") };
            fuzz::run(project, &options)
        }
        Some(("bench", given)) => {
            let text = |name: &str| given.get_one::<String>(name).cloned();
            let rounds = given.get_one::<u16>("rounds").copied().unwrap_or(15);
            bench::run(
                project,
                &bench::Options { rounds, json: text("json").map(Into::into), filter: text("filter") },
            )
        }
        Some((_, given)) => {
            setup::prepare(project, Need::Bundle)?;
            bundle::build(project)?;
            release::finish(project)?;
            sizes::report(project)?;
            // Ignore failed checks: only the tests enforce the budgets, so a release that exceeds one can be examined.
            budgets::check(project)?;
            if let Some(functions) = given.get_one::<usize>("account") {
                account::report(project, *functions)?;
            }
            Ok(true)
        }
        None => Ok(true),
    }
}

/// The command line.
fn chores() -> Command {
    let port = |name: &'static str, default: &'static str, last: i64, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("PORT")
            .value_parser(value_parser!(u16).range(1..=last))
            .default_value(default)
            .help(help)
    };
    let number = |name: &'static str, default: &'static str, help: &'static str| {
        let arg = Arg::new(name).long(name).value_name("N").default_value(default);
        arg.value_parser(value_parser!(u32).range(1..)).help(help)
    };
    Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("Build, test, measure and release the project. Each command does its own set-up.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("preview")
                .about("Show the element on a health system's pages, with Acme behind them")
                .arg(port("port", "8080", 65_535, "Port of the pages"))
                .arg(port("acme-port", "8090", 65_533, "First of Acme's three ports: API, control, visits"))
                .arg(
                    Arg::new("no-open")
                        .long("no-open")
                        .action(ArgAction::SetTrue)
                        .help("Do not show the pages in a browser"),
                ),
        )
        .subcommand(
            Command::new("test")
                .about("Run all checks, or those of one category")
                .arg(Arg::new("category").value_parser(Category::ALL.map(Category::name)).help("Only these"))
                .arg(Arg::new("filter").help("Only the tests whose names hold this")),
        )
        .subcommand(
            Command::new("listen")
                .about("Play journeys as a screen reader says them, and compare the transcripts in docs/accessibility with those committed")
                .arg(
                    Arg::new("browser")
                        .long("browser")
                        .value_name("NAME")
                        .value_parser(listen::BROWSERS)
                        .default_value(listen::BROWSERS[0])
                        .help("The transcripts of the first are in docs/accessibility/transcripts, those of the other in its folder chromium"),
                )
                .arg(Arg::new("filter").help("Only the journeys whose names hold this")),
        )
        .subcommand(
            Command::new("describe")
                .about("Write what is known of the element's attributes from embed/attributes.json, after it has changed"),
        )
        .subcommand(
            Command::new("notices")
                .about("Write the notices of the crates that ship, after one of them has changed"),
        )
        .subcommand(
            Command::new("audit")
                .about("Check crates and npm packages: licences, versions, sources, and known vulnerabilities (needs a network)"),
        )
        .subcommand(
            Command::new("fuzz")
                .about("Send a million mutated answers through every reader, put odd texts into every attribute, and walk at random through the state machines")
                .arg(number("bodies", "1000000", "Answers"))
                .arg(number("texts", "1000000", "Sets of attributes"))
                .arg(number("walks", "200000", "Walks of a page with two elements")),
        )
        .subcommand(
            Command::new("bench")
                .about("Measure the element beside the same page in hand-written JavaScript, Preact and React; write docs/performance.md")
                .arg(
                    Arg::new("rounds")
                        .long("rounds")
                        .value_name("N")
                        .value_parser(value_parser!(u16).range(1..))
                        .default_value("15")
                        .help("How often each page is visited; the document needs at least 15"),
                )
                .arg(Arg::new("json").long("json").value_name("FILE").help("Write all figures here"))
                .arg(Arg::new("filter").help("Only the suites whose names hold this: load, lighthouse, many, slots, decode, mounts")),
        )
        .subcommand(
            Command::new("dist").about("Build the release and the npm package in dist/, and print their sizes").arg(
                Arg::new("account")
                    .long("account")
                    .value_name("N")
                    .num_args(0..=1)
                    .default_missing_value("40")
                    .value_parser(value_parser!(usize))
                    .help("Say what each part of the wasm is made of: by crate and module, and the N longest functions"),
            ),
        )
        .subcommand(
            Command::new("release")
                .about("Build the release of the last commit twice, here and in a new clone, compare the bytes, and write what is published to target/release-VERSION/; publishes nothing"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        chores().debug_assert();
    }

    #[test]
    fn a_category_may_have_a_filter() {
        let matches = chores().try_get_matches_from(["xtask", "test", "unit", "slots"]).unwrap();
        let (_, given) = matches.subcommand().unwrap();
        assert_eq!(given.get_one::<String>("category").unwrap(), "unit");
        assert_eq!(given.get_one::<String>("filter").unwrap(), "slots");
    }

    #[test]
    fn an_account_lists_as_many_functions_as_asked_for() {
        let functions = |line: &[&str]| {
            let matches = chores().try_get_matches_from([&["xtask", "dist"], line].concat()).unwrap();
            matches.subcommand().unwrap().1.get_one::<usize>("account").copied()
        };
        assert_eq!(functions(&[]), None);
        assert_eq!(functions(&["--account"]), Some(40));
        assert_eq!(functions(&["--account", "7"]), Some(7));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for line in [
            &["xtask"][..],
            &["xtask", "deploy"],
            &["xtask", "test", "units"],
            &["xtask", "preview", "--port", "0"],
            &["xtask", "preview", "--port", "70000"],
            &["xtask", "preview", "--acme-port", "65534"],
            &["xtask", "bench", "--rounds", "0"],
            &["xtask", "dist", "--account", "all"],
            &["xtask", "listen", "--browser", "lynx"],
            &["xtask", "release", "0.2.0"],
        ] {
            assert!(chores().try_get_matches_from(line).is_err(), "{line:?}");
        }
    }
}
