//! Installs what each chore needs. Set-up may run at any time: if nothing is missing, it takes less than a second.

use std::thread;

use crate::browsers;
use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::tools;

/// What a chore is going to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Build the bundle.
    Bundle,
    /// Build the bundle and drive browsers through it.
    Browsers,
    /// Everything of `Browsers`, and run Lighthouse.
    Bench,
    /// Check the Rust sources, for this machine and for the wasm, and the scripts, without building a bundle.
    Lint,
    /// Build the bundle and the npm package, and check the package.
    Package,
    /// Run the mock server of the published API descriptions.
    Mocks,
    /// Check the crates and npm packages that the project uses.
    Audit,
}

/// Installs everything that `need` requires.
///
/// Building tools uses the processor, and installing packages the network, so both run at the same time.
pub fn prepare(project: &Project, need: Need) -> TaskResult {
    let _alone = project.alone()?;
    if need == Need::Mocks {
        tools::node(project)?;
        return tools::npm_packages(project, "tests/published");
    }
    tools::node(project)?;
    if need == Need::Audit {
        tools::crates(project)?;
        return tools::cargo_deny(project).map(drop);
    }
    tools::wasm_target(project)?;
    thread::scope(|scope| {
        let packages = scope.spawn(|| packages(project, need));
        tools::crates(project)?;
        let build = if need == Need::Lint { tools::lint_tools } else { tools::cargo_tools };
        build(project)?;
        packages.join().unwrap_or_else(|_| Err(TaskError::new("set-up stopped unexpectedly")))
    })
}

fn packages(project: &Project, need: Need) -> TaskResult {
    if need == Need::Lint {
        return tools::npm_packages(project, "tests");
    }
    tools::npm_packages(project, "embed")?;
    if need == Need::Package {
        tools::npm_packages(project, "tests/npm")?;
        tools::npm_packages(project, "tests/types")?;
    }
    if matches!(need, Need::Browsers | Need::Bench) {
        tools::npm_packages(project, "tests")?;
        tools::npm_packages(project, "tests/bench/peers")?;
        tools::npm_packages(project, "tests/recorders")?;
        tools::npm_packages(project, "tests/old")?;
        tools::npm_packages(project, "tests/editors")?;
        browsers::browsers(project)?;
        browsers::headless_shell(project);
        browsers::wordpress(project);
    }
    if need == Need::Bench {
        // Two hundred packages, which no test needs.
        tools::npm_packages(project, "tests/bench/lighthouse")?;
    }
    Ok(())
}
