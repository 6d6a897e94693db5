//! Builds Acme, runs it as a child process, waits until it is ready, and stops it when [`Acme`] is dropped. Also builds
//! `dexcare-report`.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender};
use std::thread;
use std::time::Duration;

use crate::environment::Environment;
use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::step::{self, print_line};

const READY: &str = "acme: ready";
const PATIENCE: Duration = Duration::from_secs(30);

/// An event while Acme runs.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// Acme answers requests.
    Ready,
    /// Acme's process has ended.
    Ended,
    /// The user has pressed Ctrl-C.
    Stop,
}

/// A running Acme; dropping it stops it and frees its ports.
pub struct Acme(Child);

/// Builds Acme; returns its program.
pub fn build(project: &Project) -> TaskResult<PathBuf> {
    build_package(project, "acme", "Acme, the health system to try things on: cargo build")
}

/// Builds `dexcare-report`, which reads Acme's reports; returns its program.
pub fn build_reporter(project: &Project) -> TaskResult<PathBuf> {
    build_package(project, "dexcare-report", "dexcare-report: cargo build")
}

fn build_package(project: &Project, package: &str, title: &str) -> TaskResult<PathBuf> {
    let mut command = project.cargo();
    command.args(["build", "--package", package]);
    step::run(project, package, title, command)?;
    Ok(project.program(package))
}

impl Acme {
    /// Starts Acme on the addresses of `environment`, and waits until it is ready. Prints Acme's output; sends
    /// [`Event::Ended`] to `happen` when Acme ends. `events` is the receiving end of `happen`.
    pub fn start(
        project: &Project,
        environment: &Environment,
        happen: &Sender<Event>,
        events: &Receiver<Event>,
    ) -> TaskResult<Self> {
        let mut command = project.command(project.program("acme"));
        command
            .args(["--listen", &environment.api.to_string()])
            .args(["--visits", &environment.visits.to_string()])
            .args(["--control", &environment.control.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        // A terminal sends Ctrl-C to the whole process group. In a group of its own Acme does not get it; this program stops Acme.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child =
            command.spawn().map_err(|error| TaskError::new(format!("Acme did not start: {error}")))?;
        let out = child.stdout.take();
        let acme = Self(child);
        let happen = happen.clone();
        thread::spawn(move || {
            for line in out.into_iter().flat_map(|out| BufReader::new(out).lines()).map_while(Result::ok) {
                if line.starts_with(READY) {
                    let _ = happen.send(Event::Ready);
                } else {
                    print_line(&line);
                }
            }
            let _ = happen.send(Event::Ended);
        });
        match events.recv_timeout(PATIENCE) {
            Ok(Event::Ready) => Ok(acme),
            Ok(Event::Stop) => Err(TaskError::new("stopped before Acme was ready")),
            Ok(Event::Ended) => {
                Err(TaskError::new("Acme ended before it was ready").way_on("its messages are above"))
            }
            Err(_) => Err(TaskError::new(format!("Acme was not ready within {} s", PATIENCE.as_secs()))),
        }
    }
}

impl Drop for Acme {
    fn drop(&mut self) {
        // Both fail only if the process has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
