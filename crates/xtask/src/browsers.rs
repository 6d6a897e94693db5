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
    let packages: Vec<&str> = missing.iter().flat_map(|browser| browser.packages.iter().copied()).collect();
    let by_hand = format!("install {} (Debian: apt-get install {})", names(&missing), packages.join(" "));
    if on_path("apt-get").is_none() || !is_root(project) {
        return Err(Trouble::new(format!("not on PATH: {}", names(&missing))).way_on(by_hand));
    }
    let apt = |arguments: &[&str]| {
        let mut command = project.command("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    step::run(project, "apt-update", "Debian's package lists", apt(&["update"]))?;
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&packages);
    let title = format!("browsers for the tests: {}", names(&missing));
    step::run(project, "apt-install", &title, apt(&install))?;
    match missing.iter().find(|browser| on_path(browser.program).is_none()) {
        None => Ok(()),
        Some(browser) => {
            Err(Trouble::new(format!("{} is still not on PATH", browser.program)).way_on(by_hand))
        }
    }
}

fn names(browsers: &[&Browser]) -> String {
    browsers.iter().map(|browser| browser.program).collect::<Vec<_>>().join(" and ")
}

fn is_root(project: &Project) -> bool {
    let mut command = project.command(Path::new("id"));
    command.arg("-u");
    step::ask(command).as_deref() == Some("0")
}
