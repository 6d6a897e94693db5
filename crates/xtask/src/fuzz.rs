//! `cargo xtask fuzz`: what the test command does in a sample, for as long as one likes. Mutated answers through every reader,
//! and random walks of several elements through both state machines, each step held against its oracle. With overflow
//! checks; the same harness as the tests, so that stable Rust is enough.

use crate::project::Project;
use crate::step;
use crate::test::stream;
use crate::tools;
use crate::trouble::Outcome;

/// How much.
pub struct Options {
    /// Mutated bodies, each through every reader.
    pub bodies: u32,
    /// Random walks of a page with two elements.
    pub walks: u32,
}

/// Runs both; answers whether nothing was found.
pub fn run(project: &Project, options: &Options) -> Outcome<bool> {
    tools::crates(project)?;
    step::say(format!("fuzz: {} mutated bodies through every reader", options.bodies));
    let readers = ["-p", "dexcare", "--test", "mutations"];
    let bodies = fuzz(project, &readers, ("DEXCARE_BODIES", options.bodies))?;
    step::say(format!("fuzz: {} walks through both state machines", options.walks));
    let machines = ["-p", "booking", "--lib", "journey::tests::two_elements"];
    let walks = fuzz(project, &machines, ("BOOKING_WALKS", options.walks))?;
    Ok(bodies && walks)
}

fn fuzz(project: &Project, tests: &[&str], (name, number): (&str, u32)) -> Outcome<bool> {
    let mut command = project.cargo();
    command.args(["test", "--profile", "fuzz", "--no-fail-fast"]).args(tests);
    command.args(["--", "--nocapture"]).env(name, number.to_string());
    stream(command, |_| ())
}
