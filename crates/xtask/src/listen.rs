//! `cargo xtask listen`: plays journeys through the element with a screen reader, and writes what the screen
//! reader says to `docs/accessibility/transcripts` (in Chromium: to the folder `chromium` there). It lists the
//! transcripts that have changed: read them after a change to the element.

use crate::acme;
use crate::browsers;
use crate::bundle;
use crate::error::TaskResult;
use crate::project::{Project, on_path};
use crate::release;
use crate::setup::{self, Need};
use crate::step;
use crate::test::stream;

/// Programs and their Debian packages: a screen reader, key presses, a display without a monitor, a window manager, a message
/// bus, and a speech service, which stays silent.
const PACKAGES: [(&str, &str); 6] = [
    ("orca", "orca"),
    ("xdotool", "xdotool"),
    ("xvfb-run", "xvfb"),
    ("openbox", "openbox"),
    ("dbus-run-session", "dbus-x11"),
    ("speech-dispatcher", "speech-dispatcher"),
];

/// The browsers that can be chosen.
pub const BROWSERS: [&str; 2] = ["firefox", "chromium"];

/// Plays the journeys whose names contain `filter`. Returns whether all transcripts are unchanged.
pub fn run(project: &Project, browser: &str, filter: Option<&str>) -> TaskResult<bool> {
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
    let transcripts = project.root.join("docs/accessibility/transcripts");
    let folder = match browser {
        "firefox" => transcripts,
        other => transcripts.join(other),
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
