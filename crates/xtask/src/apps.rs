//! Host pages that a build tool makes: `tests/e2e/<name>/app`, each copied out of the repository, given the npm
//! package by its tarball as anybody's project would be, type-checked and built. Browsers then book on what came out.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bundle::{clear, copy};
use crate::npm;
use crate::project::Project;
use crate::stamp::{self, Stamp};
use crate::step;
use crate::tools;
use crate::trouble::{Outcome, Trouble};

/// The apps by their folders' names.
pub const APPS: [&str; 2] = ["react", "vue"];

/// Where they are built.
pub fn folder(project: &Project) -> PathBuf {
    project.work.join("apps")
}

/// Builds all of them; the release is finished. Answers with their folder: each is in `<name>/dist` there.
pub fn build_all(project: &Project) -> Outcome<PathBuf> {
    APPS.into_iter().try_for_each(|name| build(project, name))?;
    Ok(folder(project))
}

/// Builds one.
pub fn build(project: &Project, name: &str) -> Outcome {
    let _alone = project.alone()?;
    let source = project.root.join("tests/e2e").join(name).join("app");
    let home = folder(project).join(name);
    let inputs = [source.clone(), npm::tarball(project)];
    let stamp = Stamp::of(project.stamp(&format!("app-{name}")), &inputs, "")?.minding(&[home.join("dist")]);
    if stamp.is_fresh() {
        step::say(format!("tests/e2e/{name}/app: up to date"));
        return Ok(());
    }
    renew(&source, &home)?;
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
        step::run(project, &format!("app-{name}-{script}"), &title, npm(&["run", script]))?;
    }
    stamp.keep()
}

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
