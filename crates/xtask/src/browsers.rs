//! The browsers that the tests drive: Debian's, as Playwright's own builds are a download of their own.

use std::path::Path;

use crate::project::{Project, on_path};
use crate::step;
use crate::trouble::{Outcome, Trouble};

/// A browser: its program, and Debian's packages for it.
struct Browser {
    program: &'static str,
    packages: &'static [&'static str],
}

/// What the `web` and `e2e` tests need. A page without a font renders boxes, so one comes along.
const BROWSERS: [Browser; 2] = [
    Browser { program: "chromium", packages: &["chromium", "fonts-dejavu-core"] },
    Browser { program: "firefox-esr", packages: &["firefox-esr"] },
];

/// Has every browser that the tests drive.
pub fn browsers(project: &Project) -> Outcome {
    let missing: Vec<&Browser> =
        BROWSERS.iter().filter(|browser| on_path(browser.program).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let wanted: Vec<&str> = missing.iter().flat_map(|browser| browser.packages.iter().copied()).collect();
    packages(project, &names(&missing), &wanted)?;
    match missing.iter().find(|browser| on_path(browser.program).is_none()) {
        None => Ok(()),
        Some(browser) => Err(Trouble::new(format!("{} is still not on PATH", browser.program))
            .way_on(by_hand(&names(&missing), &wanted))),
    }
}

/// Has what the recipe for `WordPress` is tried in, where it may be installed; elsewhere its tests say what is missing, and are
/// skipped.
pub fn wordpress(project: &Project) {
    let there = |program: &str| on_path(program).is_some() || Path::new("/usr/sbin").join(program).is_file();
    if there("php") && there("mariadbd") {
        return;
    }
    let wanted = ["php-cli", "php-mysql", "mariadb-server-core"];
    if let Err(trouble) = packages(project, "PHP and MariaDB, for a WordPress", &wanted) {
        step::print_line(&trouble.to_string());
    }
}

/// Has Debian's packages for something that is missing, where they may be installed.
pub fn packages(project: &Project, what: &str, packages: &[&str]) -> Outcome {
    if on_path("apt-get").is_none() || !is_root(project) {
        return Err(Trouble::new(format!("missing: {what}")).way_on(by_hand(what, packages)));
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
