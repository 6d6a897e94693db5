//! `cargo xtask test lint`: what can be checked without running the project.

use std::path::Path;
use std::process::Command;

use crate::audit;
use crate::error::TaskResult;
use crate::project::Project;
use crate::setup::{self, Need};
use crate::step;
use crate::tally::Tally;
use crate::test::stream;
use crate::tools;

/// Formatting, and clippy for this machine and for the wasm, with and without the feature `parts`.
const CARGO: [&str; 4] = [
    "fmt --all --check",
    "clippy --workspace --all-targets -- -D warnings",
    "clippy --package find-a-time --target wasm32-unknown-unknown -- -D warnings",
    "clippy --package find-a-time --features parts --target wasm32-unknown-unknown -- -D warnings",
];

/// Type checks of the scripts in `embed`, `preview` and `tests`, and Biome's rules for all of them (`biome.json`).
const NODE: [(&str, &str, &str); 4] = [
    ("tsc", "typescript/bin/tsc", "-p tests/tsc/embed.json"),
    ("tsc", "typescript/bin/tsc", "-p tests/tsc/preview.json"),
    ("tsc", "typescript/bin/tsc", "-p tests/tsc/tests.json"),
    ("biome", "@biomejs/biome/bin/biome", "lint --error-on-warnings"),
];

/// The script that writes the table of attributes into every file that contains it. With `--check` it only
/// reports which of these files differ from the table.
const DESCRIBE: &str = "embed/describe.mjs";

/// Writes what `embed/attributes.json` says into the script, the widget, the typings, the manifest and the documents.
pub fn describe(project: &Project) -> TaskResult<bool> {
    tools::node(project)?;
    let mut command = project.command("node");
    command.arg(DESCRIBE);
    stream(command, |_| ())
}

/// Runs every check, and counts each as one.
pub fn run(project: &Project) -> TaskResult<Tally> {
    setup::prepare(project, Need::Lint)?;
    let mut tally = Tally::default();
    for arguments in CARGO {
        tally += check(&format!("cargo {arguments}"), project.cargo(), arguments)?;
    }
    tally += Tally::check(audit::rules(project)?);
    for (name, script, arguments) in NODE {
        let mut command = project.command("node");
        command.arg(Path::new("tests/node_modules").join(script));
        tally += check(&format!("{name} {arguments}"), command, arguments)?;
    }
    tally += check("attributes", project.command("node"), &format!("{DESCRIBE} --check"))?;
    // Reads `typos.toml`.
    tally += check("typos", project.command(tools::typos(project)?), "--format brief")?;
    Ok(tally)
}

fn check(title: &str, mut command: Command, arguments: &str) -> TaskResult<Tally> {
    step::say(format!("lint: {title}"));
    command.args(arguments.split(' '));
    Ok(Tally::check(stream(command, |_| ())?))
}
