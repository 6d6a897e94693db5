//! Finds and installs the build tools, each in a fixed version. Finding a tool is quick; each is installed once for a machine.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{TaskError, TaskResult};
use crate::project::{Project, on_path};
use crate::stamp::Stamp;
use crate::step;

/// The target of the widget.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NODE_AT_LEAST: u32 = 20;

/// A tool that cargo builds and installs. Only the programs that chores run are built, and without optimization:
/// on a new machine the builds take longer than the tools' work. cargo-about is the exception: without
/// optimization it would run for ten minutes.
struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    options: &'static [&'static str],
    /// Optimization level.
    level: &'static str,
}

/// Builds the standalone page. Version 0.22 needs a newer compiler.
const TRUNK: CargoTool = CargoTool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    options: &["--no-default-features", "--features", "rustls"],
    level: "0",
};

/// Writes the glue. It must have the version of the library in `Cargo.toml`.
const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.126",
    options: &["--bin", "wasm-bindgen"],
    level: "0",
};

/// Checks the crates that the project uses.
const CARGO_DENY: CargoTool =
    CargoTool { package: "cargo-deny", program: "cargo-deny", version: "0.20.2", options: &[], level: "0" };

/// Checks the spelling. It is built without the feature `vars`, the variants of English, since `typos.toml`
/// chooses none of them.
const TYPOS: CargoTool = CargoTool {
    package: "typos-cli",
    program: "typos",
    version: "1.52.0",
    options: &["--no-default-features", "--features", "dict"],
    level: "0",
};

/// Collects the notices of the crates in the wasm.
const CARGO_ABOUT: CargoTool = CargoTool {
    package: "cargo-about",
    program: "cargo-about",
    version: "0.9.3",
    options: &["--features", "cli"],
    level: "3",
};

impl CargoTool {
    /// The folder with this version's program: in the cache, or on `PATH`.
    fn found(&self, project: &Project) -> Option<PathBuf> {
        let in_cache =
            self.home(project).join("bin").join(format!("{}{}", self.program, env::consts::EXE_SUFFIX));
        [Some(in_cache), on_path(self.program)].into_iter().flatten().find_map(|program| {
            let mut command = Command::new(&program);
            command.arg("--version");
            let answer = step::ask(command)?;
            (answer.split_whitespace().nth(1) == Some(self.version))
                .then(|| program.parent().map(Path::to_path_buf))?
        })
    }

    fn home(&self, project: &Project) -> PathBuf {
        project.tools.join(format!("{}-{}", self.package, self.version))
    }

    fn install(&self, project: &Project) -> TaskResult {
        let mut command = project.cargo();
        command
            .args(["install", "--locked", "--force", self.package, "--version", self.version, "--root"])
            .arg(self.home(project))
            .args(self.options)
            // All tools have the same target directory, since they share many crates.
            .env("CARGO_TARGET_DIR", project.tools.join("build"))
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.level)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        let title = format!(
            "{} {}: building it once for this machine (a minute or three)",
            self.program, self.version
        );
        step::run(project, self.package, &title, command)
    }
}

/// Installs trunk and wasm-bindgen if they are missing.
pub fn cargo_tools(project: &Project) -> TaskResult {
    have(project, &[TRUNK, WASM_BINDGEN])
}

/// Installs the tools of the lints if they are missing.
pub fn lint_tools(project: &Project) -> TaskResult {
    have(project, &[CARGO_DENY, TYPOS])
}

/// Installs typos if it is missing; returns its program.
pub fn typos(project: &Project) -> TaskResult<PathBuf> {
    program(project, &TYPOS)
}

/// Installs cargo-deny if it is missing; returns its program.
pub fn cargo_deny(project: &Project) -> TaskResult<PathBuf> {
    program(project, &CARGO_DENY)
}

/// Installs cargo-about if it is missing; returns its program.
pub fn cargo_about(project: &Project) -> TaskResult<PathBuf> {
    program(project, &CARGO_ABOUT)
}

fn program(project: &Project, tool: &CargoTool) -> TaskResult<PathBuf> {
    have(project, std::slice::from_ref(tool))?;
    let folder = tool.found(project);
    folder
        .map(|folder| folder.join(tool.program))
        .ok_or_else(|| TaskError::new(format!("{} does not run", tool.program)))
}

/// Installs those of the tools that are missing.
fn have(project: &Project, tools: &[CargoTool]) -> TaskResult {
    let mut built = false;
    for tool in tools {
        if tool.found(project).is_none() {
            tool.install(project)?;
            built = true;
        }
    }
    if built {
        // Half a gigabyte that nothing reads again. If the folder cannot be removed, it does no harm.
        let _ = fs::remove_dir_all(project.tools.join("build"));
    }
    Ok(())
}

/// `PATH` with the project's tools first, since trunk downloads tools that it does not find there.
pub fn path(project: &Project) -> TaskResult<OsString> {
    let tools = [TRUNK, WASM_BINDGEN].into_iter().filter_map(|tool| tool.found(project));
    let npm = project.root.join("embed/node_modules/.bin");
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(tools.chain([npm]).chain(env::split_paths(&inherited)))
        .map_err(|error| TaskError::new(format!("PATH cannot be extended: {error}")))
}

/// Installs Rust's standard library for wasm if it is missing.
pub fn wasm_target(project: &Project) -> TaskResult {
    let mut rustc = project.command("rustc");
    rustc.args(["--print", "sysroot"]);
    let sysroot = step::ask(rustc).ok_or_else(|| {
        TaskError::new("rustc is not on PATH")
            .way_on("install Rust 1.95 or newer with rustup, https://rustup.rs")
    })?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        return Err(TaskError::new(format!(
            "this Rust has no {WASM_TARGET} and there is no rustup to add it"
        ))
        .way_on(format!("install the package that holds Rust's standard library for {WASM_TARGET}")));
    }
    let mut command = project.command("rustup");
    command.args(["target", "add", WASM_TARGET]);
    step::run(project, "rustup", &format!("Rust's standard library for {WASM_TARGET}"), command)
}

/// Fetches every crate of the lock file, so that trunk can build without a network.
pub fn crates(project: &Project) -> TaskResult {
    // The stamp includes cargo's home, since another home has none of the crates.
    let home = cargo_home().unwrap_or_default();
    let lock = [project.root.join("Cargo.lock")];
    let stamp = Stamp::of(project.stamp("crates"), &lock, &home.to_string_lossy())?;
    if stamp.is_fresh() {
        return Ok(());
    }
    let mut command = project.cargo();
    command.arg("fetch");
    step::run(project, "cargo-fetch", "crates of the workspace: fetching", command)?;
    stamp.keep()
}

/// Cargo's home, where fetched crates are.
pub fn cargo_home() -> Option<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("CARGO_HOME").or_else(|| set("HOME").or_else(|| set("USERPROFILE")).map(|home| home.join(".cargo")))
}

/// Checks the version of Node, which runs esbuild, wasm-opt and Playwright, and that npm is on `PATH`.
pub fn node(project: &Project) -> TaskResult {
    let way_on = format!("install Node.js {NODE_AT_LEAST} or newer with its npm, https://nodejs.org");
    let mut command = project.command("node");
    command.arg("--version");
    let answer = step::ask(command).ok_or_else(|| TaskError::new("node is not on PATH").way_on(&way_on))?;
    if major(&answer).is_none_or(|major| major < NODE_AT_LEAST) {
        return Err(TaskError::new(format!("node is {answer}, too old")).way_on(way_on));
    }
    match on_path("npm") {
        Some(_) => Ok(()),
        None => Err(TaskError::new("npm is not on PATH").way_on(way_on)),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Installs the npm packages of a folder of the repository, as its lock file says.
pub fn npm_packages(project: &Project, folder: &str) -> TaskResult {
    npm_ci(project, &project.root.join(folder), &folder.replace('/', "-"))
}

/// Installs the npm packages of the folder `home`, as its lock file says; `name` is for the output and the log.
pub fn npm_ci(project: &Project, home: &Path, name: &str) -> TaskResult {
    let lock = home.join("package-lock.json");
    if !lock.is_file() {
        return Err(TaskError::new(format!("{} is missing", lock.display()))
            .way_on("take a whole checkout of the repository"));
    }
    // The stamp is inside `node_modules`, so that it is removed with the packages.
    let stamp = Stamp::of(home.join("node_modules/.stamp"), &[home.join("package.json"), lock], "")?;
    if stamp.is_fresh() {
        return Ok(());
    }
    let mut command = project.command("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(home)
        .current_dir(home)
        // Playwright uses the browsers that are installed on the system.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    step::run(project, &format!("npm-{name}"), &format!("npm packages: {name}"), command)?;
    stamp.keep()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_read_by_its_major_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8"), Some(8));
        assert_eq!(major("twenty"), None);
    }

    #[test]
    fn wasm_bindgen_is_the_version_the_widget_is_locked_to() {
        let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock")).unwrap();
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{}\"", WASM_BINDGEN.version);
        assert!(lock.replace('\r', "").contains(&entry), "Cargo.lock has another wasm-bindgen");
    }
}
