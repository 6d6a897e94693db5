//! Installs the browsers for the tests from Debian's packages. Playwright's builds would be a separate download.

use std::path::Path;

use crate::error::{TaskError, TaskResult};
use crate::project::{Project, on_path};
use crate::step;

/// A browser: its program, and the Debian packages with it.
struct Browser {
    program: &'static str,
    packages: &'static [&'static str],
}

/// The browsers of the tests, and a font: without any font, pages show boxes in place of letters.
const BROWSERS: [Browser; 2] = [
    Browser { program: "chromium", packages: &["chromium", "fonts-dejavu-core"] },
    Browser { program: "firefox-esr", packages: &["firefox-esr"] },
];

/// Installs the browsers that are missing.
pub fn browsers(project: &Project) -> TaskResult {
    let missing: Vec<&Browser> =
        BROWSERS.iter().filter(|browser| on_path(browser.program).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let wanted: Vec<&str> = missing.iter().flat_map(|browser| browser.packages.iter().copied()).collect();
    packages(project, &names(&missing), &wanted)?;
    match missing.iter().find(|browser| on_path(browser.program).is_none()) {
        None => Ok(()),
        Some(browser) => Err(TaskError::new(format!("{} is still not on PATH", browser.program))
            .way_on(by_hand(&names(&missing), &wanted))),
    }
}

/// Installs Chromium's headless shell: the same engine, which opens a page in less than half the time. If that fails, the tests use
/// Chromium itself, which takes longer.
pub fn headless_shell(project: &Project) {
    if on_path("chromium-headless-shell").is_some() {
        return;
    }
    let wanted = ["chromium-headless-shell"];
    if let Err(error) = packages(project, "Chromium without a window, for faster tests", &wanted) {
        step::print_line(&error.to_string());
    }
}

/// Installs what the test of the `WordPress` recipe needs. If that fails, the test is skipped and says what is missing.
pub fn wordpress(project: &Project) {
    let there = |program: &str| on_path(program).is_some() || Path::new("/usr/sbin").join(program).is_file();
    if there("php") && there("mariadbd") {
        return;
    }
    let wanted = ["php-cli", "php-mysql", "mariadb-server-core"];
    if let Err(error) = packages(project, "PHP and MariaDB, for a WordPress", &wanted) {
        step::print_line(&error.to_string());
    }
}

/// Installs Debian packages, or returns an error if this user cannot; `what` names in words what they are for.
pub fn packages(project: &Project, what: &str, packages: &[&str]) -> TaskResult {
    if on_path("apt-get").is_none() || !is_root(project) {
        return Err(TaskError::new(format!("missing: {what}")).way_on(by_hand(what, packages)));
    }
    let apt = |arguments: &[&str]| {
        let mut command = project.command("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    step::run(project, "apt-update", "Debian's package lists", apt(&["update"]))?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(packages);
    step::run(project, "apt-install", &format!("for the tests: {what}"), apt(&install))
}

fn by_hand(what: &str, packages: &[&str]) -> String {
    format!("install {what} (Debian: apt-get install {})", packages.join(" "))
}

fn names(browsers: &[&Browser]) -> String {
    browsers.iter().map(|browser| browser.program).collect::<Vec<_>>().join(" and ")
}

fn is_root(project: &Project) -> bool {
    let mut command = project.command(Path::new("id"));
    command.arg("-u");
    step::ask(command).as_deref() == Some("0")
}
