//! Checks the release and its npm package: the sizes of its files, its notices, what tools expect of a package, and that
//! other projects build with it.

use crate::apps;
use crate::budgets;
use crate::bundle;
use crate::error::TaskResult;
use crate::notices;
use crate::npm;
use crate::project::Project;
use crate::release;
use crate::setup::{self, Need};
use crate::step;
use crate::step::print_line;
use crate::tally::Tally;
use crate::test::stream;

/// The tools that check the package, with their options before and after the tarball's name. The package is an ES module only,
/// so `require` is not checked; the wasm files have no types.
const JUDGES: [(&str, &[&str], &[&str]); 2] = [
    ("publint", &["run", "--strict"], &[]),
    (
        "attw",
        &["--profile", "esm-only"],
        &[
            "--exclude-entrypoints",
            "find-a-time.wasm",
            "find-a-time-errand.wasm",
            "find-a-time-ways.wasm",
            "find-a-time-shared.wasm",
        ],
    ),
];

/// Runs the checks whose names contain `filter`.
pub fn run(project: &Project, filter: Option<&str>) -> TaskResult<Tally> {
    setup::prepare(project, Need::Package)?;
    bundle::build(project)?;
    release::finish(project)?;
    let wanted = |name: &str| filter.is_none_or(|filter| name.contains(filter));
    let mut tally = Tally::default();
    if wanted("budgets") {
        step::say("package: budgets");
        tally += budgets::check(project)?;
    }
    if wanted("notices") {
        step::say("package: notices");
        tally += Tally::check(notices::check(project)?);
    }
    let tarball = npm::tarball(project).to_string_lossy().into_owned();
    for (name, before, after) in JUDGES {
        if wanted(name) {
            step::say(format!("package: {name}"));
            let mut command = project.command(project.root.join("tests/npm/node_modules/.bin").join(name));
            command.args(before).arg(&tarball).args(after);
            tally += Tally::check(stream(command, |_| ())?);
        }
    }
    if wanted("types") {
        step::say("package: types in frameworks, data in editors");
        let mut command = project.command("node");
        command.args(["--test", "--test-reporter=spec", "types.test.mjs"]);
        command.current_dir(project.root.join("tests/types")).env("EDITORS", project.dist.join("npm"));
        tally += Tally::check(stream(command, |_| ())?);
    }
    for name in apps::APPS.into_iter().filter(|name| wanted(name)) {
        let built = apps::build(project, name);
        if let Err(error) = &built {
            print_line(&error.to_string());
        }
        tally += Tally::check(built.is_ok());
    }
    Ok(tally)
}
