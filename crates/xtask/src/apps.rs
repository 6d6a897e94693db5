//! Host pages that a build tool makes: `tests/e2e/<name>/app`, and one for each bundler and framework in `tests/apps/<name>`.
//! Each is copied out of the repository, given the npm package by its tarball as anybody's project would be, type-checked and
//! built. Browsers then book on what came out.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bundle::{clear, copy};
use crate::npm;
use crate::project::Project;
use crate::stamp::{self, Stamp};
use crate::step;
use crate::tools;
use crate::trouble::{Outcome, Trouble};

/// The apps of the journeys, by their folders' names.
pub const APPS: [&str; 2] = ["react", "vue"];
/// Of `tests/apps`, what a full run tries: a bundler that carries the files along, and one for which they are copied.
pub const SAMPLE: [&str; 2] = ["webpack", "esbuild"];

/// Where they are built, each in a folder of its own name.
pub fn folder(project: &Project) -> PathBuf {
    project.work.join("apps")
}

/// Builds what the journeys need; the release is finished.
pub fn build_all(project: &Project) -> Outcome {
    APPS.into_iter().try_for_each(|name| build(project, name))?;
    SAMPLE.into_iter().try_for_each(|name| build_set_up(project, name))
}

/// Builds those of `tests/apps` whose names hold `filter`: a set-up that cannot be built is reported, and the others go on.
/// Answers how many failed.
pub fn build_set_ups(project: &Project, filter: Option<&str>) -> Outcome<usize> {
    let names = set_ups(&project.root.join(SET_UPS))?;
    let chosen: Vec<_> =
        names.iter().filter(|name| filter.is_none_or(|filter| name.contains(filter))).collect();
    if chosen.is_empty() {
        let line = format!("no set-up has {} in its name", filter.unwrap_or_default());
        return Err(Trouble::new(line).way_on(format!("one of {}", names.join(", "))));
    }
    let mut failed = 0;
    for name in chosen {
        if let Err(trouble) = build_set_up(project, name) {
            step::print_line(&trouble.to_string());
            failed += 1;
        }
    }
    Ok(failed)
}

/// Where the bundlers and frameworks are, each in a folder of its own.
const SET_UPS: &str = "tests/apps";

/// The folders that hold an app, sorted.
fn set_ups(folder: &Path) -> Outcome<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(Trouble::file("read", folder))?;
    let mut names: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.path().join("package.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// Builds one of `tests/apps`.
fn build_set_up(project: &Project, name: &str) -> Outcome {
    build_from(project, &project.root.join(SET_UPS).join(name), name, &[])
}

/// Builds one of the journeys'; what browsers load is in its `dist`.
pub fn build(project: &Project, name: &str) -> Outcome {
    build_from(project, &project.root.join("tests/e2e").join(name).join("app"), name, &["dist"])
}

/// Builds an app from its `source`; `outputs` are folders that have to be as they were left.
fn build_from(project: &Project, source: &Path, name: &str, outputs: &[&str]) -> Outcome {
    let _alone = project.alone()?;
    let home = folder(project).join(name);
    let inputs = [source.to_path_buf(), npm::tarball(project)];
    let outputs: Vec<_> = outputs.iter().map(|output| home.join(output)).collect();
    let stamp = Stamp::of(project.stamp(&format!("app-{name}")), &inputs, "")?.minding(&outputs);
    // Kept with the packages: a folder that was cleared is built anew.
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
        // Of those that have no types, only `build`.
        let mut command = npm(&["run", "--if-present", script]);
        command.envs(QUIET.map(|name| (name, "1")));
        step::run(project, &format!("app-{name}-{script}"), &title, command)?;
    }
    stamp.keep()
}

/// Keeps tools from reporting to their makers.
const QUIET: [&str; 3] = ["NEXT_TELEMETRY_DISABLED", "NUXT_TELEMETRY_DISABLED", "ASTRO_TELEMETRY_DISABLED"];

/// Copies the app as it is now over the one before, whose npm packages may stay.
fn renew(source: &Path, home: &Path) -> Outcome {
    if home.is_dir() {
        for entry in fs::read_dir(home).map_err(Trouble::file("read", home))? {
            let path = entry.map_err(Trouble::file("read", home))?.path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "node_modules") {
                clear(&path)?;
            } else if path.is_file() {
                fs::remove_file(&path).map_err(Trouble::file("remove", &path))?;
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
