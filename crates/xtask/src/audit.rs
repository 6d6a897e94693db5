//! The crates that the project uses, against its own rules, `deny.toml`.

use crate::project::Project;
use crate::step;
use crate::test::stream;
use crate::tools;
use crate::trouble::Outcome;

/// Whether the crates keep the rules of `deny.toml`. Needs no network.
pub fn rules(project: &Project) -> Outcome<bool> {
    deny(project, &["--offline", "check", "licenses", "bans", "sources"])
}

/// cargo-deny over the whole workspace, whose root is a package too; answers whether it succeeded.
fn deny(project: &Project, arguments: &[&str]) -> Outcome<bool> {
    step::say(format!("cargo deny {}", arguments.join(" ")));
    let mut command = project.command(tools::cargo_deny(project)?);
    command.args(["--workspace", "--locked"]).args(arguments);
    stream(command, |_| ())
}
