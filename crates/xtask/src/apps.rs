//! Builds host pages with build tools: the apps `tests/e2e/<name>/app`, and `tests/apps/<name>` for each bundler and
//! framework. Each app is copied out of the repository, installs the npm package from its tarball as an integrator's
//! project would, and is type-checked and built. Tests then book on the built pages in browsers.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bundle::{clear, copy};
use crate::error::{TaskError, TaskResult};
use crate::npm;
use crate::project::Project;
use crate::stamp::{self, Stamp};
use crate::step;
use crate::tools;

/// The apps that the `e2e` tests need, by their folders' names.
pub const APPS: [&str; 2] = ["react", "vue"];
/// The apps of `tests/apps` that a full test run builds: one whose bundler includes the wasm, and one to which
/// the release's files are copied.
pub const SAMPLE: [&str; 2] = ["webpack", "esbuild"];

/// Where apps are built, each in a folder with its name.
pub fn folder(project: &Project) -> PathBuf {
    project.work.join("apps")
}

/// Builds what the `e2e` tests need. The release must be finished.
pub fn build_all(project: &Project) -> TaskResult {
    APPS.into_iter().try_for_each(|name| build(project, name))?;
    SAMPLE.into_iter().try_for_each(|name| build_set_up(project, name))
}

/// Builds the apps of `tests/apps` whose names contain `filter`. Prints an error for each app that cannot be built;
/// returns the number of these errors.
pub fn build_set_ups(project: &Project, filter: Option<&str>) -> TaskResult<usize> {
    let names = set_ups(&project.root.join(SET_UPS))?;
    let chosen: Vec<_> =
        names.iter().filter(|name| filter.is_none_or(|filter| name.contains(filter))).collect();
    if chosen.is_empty() {
        let line = format!("no set-up has {} in its name", filter.unwrap_or_default());
        return Err(TaskError::new(line).way_on(format!("one of {}", names.join(", "))));
    }
    let mut failed = 0;
    for name in chosen {
        if let Err(error) = build_set_up(project, name) {
            step::print_line(&error.to_string());
            failed += 1;
        }
    }
    Ok(failed)
}

/// The folder with an app for each bundler and framework.
const SET_UPS: &str = "tests/apps";

/// The names of the folders that contain an app, sorted.
fn set_ups(folder: &Path) -> TaskResult<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(TaskError::file("read", folder))?;
    let mut names: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.path().join("package.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// Builds an app of `tests/apps`.
fn build_set_up(project: &Project, name: &str) -> TaskResult {
    build_from(project, &project.root.join(SET_UPS).join(name), name, &[])
}

/// Builds an app of `tests/e2e`; browsers load its `dist`.
pub fn build(project: &Project, name: &str) -> TaskResult {
    build_from(project, &project.root.join("tests/e2e").join(name).join("app"), name, &["dist"])
}

/// Builds an app from its `source`, unless it is up to date. `outputs` are folders of the built app; if somebody has
/// changed them, the app is not up to date.
fn build_from(project: &Project, source: &Path, name: &str, outputs: &[&str]) -> TaskResult {
    let _alone = project.alone()?;
    let home = folder(project).join(name);
    let inputs = [source.to_path_buf(), npm::tarball(project)];
    let outputs: Vec<_> = outputs.iter().map(|output| home.join(output)).collect();
    let stamp = Stamp::of(project.stamp(&format!("app-{name}")), &inputs, "")?.minding(&outputs);
    // The second stamp, of the npm packages, is in the app's folder: if somebody has cleared the folder, the app is
    // built again.
    if stamp.is_fresh() && home.join("node_modules/.stamp").is_file() {
        step::say(format!("{name} app: up to date"));
        return Ok(());
    }
    renew(source, &home)?;
    tools::npm_ci(project, &home, &format!("app-{name}"))?;
    let npm = |arguments: &[&str]| {
        let mut command = project.command("npm");
        command.args(arguments).current_dir(&home);
        command
    };
    let mut install = npm(&["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]);
    install.arg(npm::tarball(project));
    step::run(
        project,
        &format!("app-{name}-install"),
        &format!("{name} app: the package from its tarball"),
        install,
    )?;
    for script in ["typecheck", "build"] {
        let title = format!("{name} app: npm run {script}");
        // Apps without types have no script `typecheck`.
        let mut command = npm(&["run", "--if-present", script]);
        command.envs(QUIET.map(|name| (name, "1")));
        step::run(project, &format!("app-{name}-{script}"), &title, command)?;
    }
    stamp.keep()
}

/// Environment variables that turn off the telemetry of build tools.
const QUIET: [&str; 3] = ["NEXT_TELEMETRY_DISABLED", "NUXT_TELEMETRY_DISABLED", "ASTRO_TELEMETRY_DISABLED"];

/// Replaces the app's files by the current ones, and keeps its npm packages.
fn renew(source: &Path, home: &Path) -> TaskResult {
    if home.is_dir() {
        for entry in fs::read_dir(home).map_err(TaskError::file("read", home))? {
            let path = entry.map_err(TaskError::file("read", home))?.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "node_modules") {
                clear(&path)?;
            } else if path.is_file() {
                fs::remove_file(&path).map_err(TaskError::file("remove", &path))?;
            }
        }
    }
    for file in stamp::files(source)? {
        copy(&file, &home.join(file.strip_prefix(source).unwrap_or(&file)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_up_is_a_folder_with_a_package_of_its_own() {
        let place = std::env::temp_dir().join(format!("xtask-set-ups-{}", std::process::id()));
        let _ = fs::remove_dir_all(&place);
        for file in ["webpack/package.json", "esbuild/package.json", "pictures/a.png", "apps.spec.js"] {
            stamp::write(&place.join(file), b"{}").unwrap();
        }
        assert_eq!(set_ups(&place).unwrap(), ["esbuild", "webpack"]);
        fs::remove_dir_all(&place).unwrap();
    }

    #[test]
    fn the_sample_is_of_the_set_ups() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let names = set_ups(&root.join(SET_UPS)).unwrap();
        assert!(SAMPLE.iter().all(|name| names.iter().any(|known| known == name)), "{names:?}");
    }

    #[test]
    fn a_renewed_app_keeps_its_packages_and_nothing_else_of_before() {
        let place = std::env::temp_dir().join(format!("xtask-apps-{}", std::process::id()));
        let _ = fs::remove_dir_all(&place);
        let (source, home) = (place.join("source"), place.join("home"));
        stamp::write(&source.join("src/main.ts"), b"new").unwrap();
        stamp::write(&home.join("src/old.ts"), b"old").unwrap();
        stamp::write(&home.join("vite.config.js"), b"old").unwrap();
        stamp::write(&home.join("node_modules/react/index.js"), b"package").unwrap();
        renew(&source, &home).unwrap();
        assert_eq!(fs::read(home.join("src/main.ts")).unwrap(), b"new");
        assert!(!home.join("src/old.ts").exists() && !home.join("vite.config.js").exists());
        assert!(home.join("node_modules/react/index.js").exists());
        fs::remove_dir_all(&place).unwrap();
    }
}
