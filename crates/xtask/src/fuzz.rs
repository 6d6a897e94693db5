//! `cargo xtask fuzz`: runs the randomized tests with many more cases. They give mutated answers to every reader
//! and odd texts to every attribute, and take random walks of two elements through both state machines, where
//! an oracle checks each step. Overflow checks are on. The tests use Rust's own harness, so stable Rust is
//! enough.

use crate::error::TaskResult;
use crate::project::Project;
use crate::step;
use crate::test::stream;
use crate::tools;

/// The number of cases.
pub struct Options {
    /// Mutated bodies; every reader reads each of them.
    pub bodies: u32,
    /// Sets of attributes, and as many values of `resume`.
    pub texts: u32,
    /// Random walks of a page with two elements.
    pub walks: u32,
}

/// Runs all; returns whether no test failed.
pub fn run(project: &Project, options: &Options) -> TaskResult<bool> {
    tools::crates(project)?;
    step::say(format!("fuzz: {} mutated bodies through every reader", options.bodies));
    let readers = ["-p", "dexcare", "--test", "mutations"];
    let bodies = fuzz(project, &readers, ("DEXCARE_BODIES", options.bodies))?;
    step::say(format!("fuzz: {} pages' attributes, and as many values of resume", options.texts));
    let pages = ["-p", "find-a-time", "odd_texts"];
    let texts = fuzz(project, &pages, ("WIDGET_TEXTS", options.texts))?;
    step::say(format!("fuzz: {} walks through both state machines", options.walks));
    let machines = ["-p", "booking", "--lib", "journey::tests::two_elements"];
    let walks = fuzz(project, &machines, ("BOOKING_WALKS", options.walks))?;
    Ok(bodies && texts && walks)
}

fn fuzz(project: &Project, tests: &[&str], (name, number): (&str, u32)) -> TaskResult<bool> {
    let mut command = project.cargo();
    command.args(["test", "--profile", "fuzz", "--no-fail-fast"]).args(tests);
    command.args(["--", "--nocapture"]).env(name, number.to_string());
    stream(command, |_| ())
}
