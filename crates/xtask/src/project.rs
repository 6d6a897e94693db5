//! Finds the project's folders: the repository, its build output, and the cache of tools that all clones share.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{TaskError, TaskResult};
use crate::step;

/// The workspace's version, which the loader and the wasm both have.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The name of a release's folder and archives.
pub fn release_name() -> String {
    format!("find-a-time-{VERSION}")
}

/// The folders that chores read and write.
#[derive(Clone)]
pub struct Project {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's output: `CARGO_TARGET_DIR`, or `target/`.
    pub target: PathBuf,
    /// `dist/`: the release, its archive and npm package, and the preview.
    pub dist: PathBuf,
    /// The release in `dist`, a folder with its version in its name.
    pub release: PathBuf,
    /// Logs, stamps and intermediate files of the chores, in the target directory.
    pub work: PathBuf,
    /// Tools that these chores installed, in a folder for each name and version.
    pub tools: PathBuf,
}

impl Project {
    /// Finds the repository by the variables that cargo sets, and the other folders by the repository and the
    /// environment.
    pub fn find() -> TaskResult<Self> {
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root =
            here.ancestors().nth(2).map(Path::to_path_buf).filter(|root| root.join("Cargo.lock").is_file());
        let root = root
            .ok_or_else(|| TaskError::new("cannot find the repository").way_on("run it as `cargo xtask`"))?;
        let target = match env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()) {
            Some(dir) => env::current_dir().unwrap_or_else(|_| root.clone()).join(dir),
            None => root.join("target"),
        };
        let tools = cache_home()?.join("find-a-time").join("tools");
        let dist = root.join("dist");
        Ok(Self { release: dist.join(release_name()), dist, work: target.join("xtask"), root, target, tools })
    }

    /// This repository, with another folder in place of `dist/`.
    pub fn with_dist(&self, dist: PathBuf) -> Self {
        Self { release: dist.join(release_name()), dist, ..self.clone() }
    }

    /// A clone of this repository in `root`, with all output inside it, and the same tools.
    pub fn moved_to(&self, root: PathBuf) -> Self {
        let (target, dist) = (root.join("target"), root.join("dist"));
        let work = target.join("xtask");
        Self { release: dist.join(release_name()), dist, work, root, target, tools: self.tools.clone() }
    }

    /// A command that runs in the repository, with the same target directory for all commands. It does not inherit the variables
    /// that `cargo run` has set for this program: a nested cargo would build again because they changed.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(is_of_this_crate) {
                command.env_remove(name);
            }
        }
        command
    }

    /// The cargo that runs this program.
    pub fn cargo(&self) -> Command {
        self.command(
            env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")).to_string_lossy().as_ref(),
        )
    }

    /// Waits until no other `cargo xtask` builds in this target directory, and locks it until the result is dropped.
    pub fn alone(&self) -> TaskResult<File> {
        fs::create_dir_all(&self.work).map_err(TaskError::file("make", &self.work))?;
        let path = self.work.join("lock");
        let file = File::create(&path).map_err(TaskError::file("write", &path))?;
        if file.try_lock().is_err() {
            step::say("waiting: another `cargo xtask` is building here");
            file.lock().map_err(TaskError::file("lock", &path))?;
        }
        Ok(file)
    }

    /// The file with the stamp of a result.
    pub fn stamp(&self, name: &str) -> PathBuf {
        self.work.join("stamps").join(name)
    }

    /// A program of the workspace in its development build.
    pub fn program(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }
}

/// `XDG_CACHE_HOME`, or `~/.cache`.
fn cache_home() -> TaskResult<PathBuf> {
    let set = |name| env::var_os(name).filter(|value: &OsString| !value.is_empty()).map(PathBuf::from);
    set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").or_else(|| set("USERPROFILE")).map(|home| home.join(".cache")))
        .ok_or_else(|| TaskError::new("no place for tools").way_on("set HOME or XDG_CACHE_HOME"))
}

fn is_of_this_crate(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// The first program with this name on `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&file)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> Project {
        let (dist, target) = (PathBuf::from("/repo/dist"), PathBuf::from("/shared/target"));
        Project {
            root: "/repo".into(),
            release: dist.join(release_name()),
            dist,
            work: target.join("xtask"),
            target,
            tools: "/cache/tools".into(),
        }
    }

    #[test]
    fn a_clone_writes_nothing_outside_its_folder_and_uses_the_same_tools() {
        let clone = project().moved_to("/tmp/clone".into());
        for folder in [&clone.root, &clone.target, &clone.dist, &clone.release, &clone.work] {
            assert!(folder.starts_with("/tmp/clone"), "{}", folder.display());
        }
        assert_eq!(clone.tools, Path::new("/cache/tools"));
    }

    #[test]
    fn a_project_with_another_dist_has_its_release_there_and_nothing_else() {
        let other = project().with_dist("/shared/target/xtask/release".into());
        assert_eq!(other.release, Path::new("/shared/target/xtask/release").join(release_name()));
        assert_eq!(
            (other.root, other.target, other.work),
            (project().root, project().target, project().work)
        );
    }
}
