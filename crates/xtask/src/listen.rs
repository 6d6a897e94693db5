//! `cargo xtask listen`: journeys through the element, heard by a screen reader, each written down as a transcript in
//! `docs/accessibility/transcripts`. It says which of them have changed; read those after a change to the element.

use crate::acme;
use crate::browsers;
use crate::bundle;
use crate::project::{Project, on_path};
use crate::release;
use crate::setup::{self, Need};
use crate::step;
use crate::test::stream;
use crate::trouble::Outcome;

/// Debian's packages, each with a program of its own: a screen without a monitor, windows on it, keys, a screen reader, and its
/// silent voice.
const PACKAGES: [(&str, &str); 6] = [
    ("orca", "orca"),
    ("xdotool", "xdotool"),
    ("xvfb-run", "xvfb"),
    ("openbox", "openbox"),
    ("dbus-run-session", "dbus-x11"),
    ("speech-dispatcher", "speech-dispatcher"),
];

/// In which it can be listened to.
pub const BROWSERS: [&str; 2] = ["firefox", "chromium"];

/// Plays the journeys whose names hold `filter`. Answers whether each transcript is as it was.
pub fn run(project: &Project, browser: &str, filter: Option<&str>) -> Outcome<bool> {
    setup::prepare(project, Need::Browsers)?;
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(program, _)| on_path(program).is_none())
        .map(|(_, package)| *package)
        .collect();
    if !missing.is_empty() {
        let wanted =
            [missing.as_slice(), &["at-spi2-core", "libglib2.0-bin", "dconf-gsettings-backend"]].concat();
        browsers::packages(project, "a screen reader, and a screen for it", &wanted)?;
    }
    bundle::build(project)?;
    release::finish(project)?;
    let acme = acme::build(project)?;
    let folder = match browser {
        "firefox" => project.root.join("docs/accessibility/transcripts"),
        other => project.target.join("transcripts").join(other),
    };
    step::say(format!("listen: Orca in {browser}; leave the machine alone meanwhile"));
    let mut command = project.command("xvfb-run");
    command
        .args(["--auto-servernum", "--server-args=-screen 0 1000x1000x24", "dbus-run-session", "--", "node"])
        .arg(project.root.join("tests/listen/listen.js"))
        .args(["--browser", browser, "--out"])
        .arg(&folder)
        .env("FAT_DIST", &project.dist)
        .env("FAT_ACME", acme);
    command.args(filter);
    let is_same = stream(command, |_| ())?;
    if !is_same {
        step::print_line(&format!(
            "Read what has changed as somebody would who cannot see: {}",
            folder.display()
        ));
    }
    Ok(is_same)
}
