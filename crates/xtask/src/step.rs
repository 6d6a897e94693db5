//! Runs one step of a chore as a child process: prints what it does, writes the child's output to a log, shows progress, and
//! prints the end of the log if the child fails.

use std::fs::{self, File};
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{TaskError, TaskResult};
use crate::project::Project;

/// How often a running step shows the last line of its log.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How many lines of a log are shown after a failure.
const SHOWN: usize = 40;

/// Prints the line that opens a step.
pub fn say(line: impl AsRef<str>) {
    print_line(&format!("==> {}", line.as_ref()));
}

/// Writes a line to standard output. Everything that a chore prints there goes through this function, which ignores a
/// closed pipe.
pub fn print_line(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Runs `command` with its output in `<target>/xtask/logs/<name>.log`.
pub fn run(project: &Project, name: &str, title: &str, mut command: Command) -> TaskResult {
    let logs = project.work.join("logs");
    fs::create_dir_all(&logs).map_err(TaskError::file("make", &logs))?;
    let log = logs.join(format!("{name}.log"));
    let file = File::create(&log).map_err(TaskError::file("write", &log))?;
    let twin = file.try_clone().map_err(TaskError::file("write", &log))?;

    say(title);
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(twin)
        .spawn()
        .map_err(|error| TaskError::new(format!("{name} did not start: {error}")))?;
    let mut shown = begun;
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => thread::sleep(Duration::from_millis(50)),
            Err(error) => return Err(TaskError::new(format!("{name}: {error}"))),
        }
        if shown.elapsed() >= HEARTBEAT {
            shown = Instant::now();
            print_line(&format!("    {name}, {}: {}", elapsed(begun), last_line(&tail(&log, 1))));
        }
    };
    if status.success() {
        print_line(&format!("    {name}: done in {}", elapsed(begun)));
        return Ok(());
    }
    Err(TaskError::new(format!("{title}: failed ({status})\n{}", tail(&log, SHOWN)))
        .way_on(format!("the whole log is {}", log.display())))
}

/// What a program prints to standard output, trimmed; `None` when it does not start or fails.
pub fn ask(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The seconds since `since`, with one decimal below 100 seconds.
pub fn elapsed(since: Instant) -> String {
    let seconds = since.elapsed().as_secs_f32();
    if seconds < 100.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") }
}

fn tail(log: &std::path::Path, lines: usize) -> String {
    let mut text = Vec::new();
    if let Ok(mut file) = File::open(log) {
        let _ = file.read_to_end(&mut text);
    }
    last_lines(&String::from_utf8_lossy(&text), lines)
}

/// The last `count` lines that are not empty.
fn last_lines(text: &str, count: usize) -> String {
    let full: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    full[full.len().saturating_sub(count)..].join("\n")
}

fn last_line(text: &str) -> String {
    let line = text.rsplit('\r').next().unwrap_or_default().trim();
    if line.is_empty() { "working".to_owned() } else { line.chars().take(90).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_shown_without_its_blank_lines() {
        assert_eq!(last_lines("one\n\ntwo\nthree\n\n", 2), "two\nthree");
        assert_eq!(last_lines("one", 40), "one");
        assert_eq!(last_lines("", 40), "");
    }

    #[test]
    fn a_heartbeat_shows_the_newest_part_of_a_progress_line() {
        assert_eq!(last_line("10%\r60%"), "60%");
        assert_eq!(last_line(""), "working");
        assert_eq!(last_line(&"x".repeat(200)).len(), 90);
    }
}
