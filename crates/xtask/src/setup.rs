//! The set-up of each chore. It may be run any time: what is there is found within a second.

use std::thread;

use crate::browsers;
use crate::project::Project;
use crate::tools;
use crate::trouble::{Outcome, Trouble};

/// What a chore is going to do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Build the bundle.
    Bundle,
    /// Build the bundle and drive browsers through it.
    Browsers,
    /// Everything of `Browsers`, and Lighthouse.
    Bench,
    /// Check the sources, for the wasm too, without making a bundle.
    Lint,
    /// Build the bundle and the npm package, and judge it.
    Package,
    /// Run the mock server of the published API descriptions.
    Mocks,
    /// Judge the crates and npm packages that the project uses.
    Audit,
}

/// Has everything that `need` asks for.
///
/// Tools from source keep the processor busy, packages the network: the two lanes run side by side.
pub fn prepare(project: &Project, need: Need) -> Outcome {
    let _alone = project.alone()?;
    if need == Need::Mocks {
        tools::node(project)?;
        return tools::npm_packages(project, "tests/published");
    }
    if need == Need::Lint {
        tools::wasm_target(project)?;
        tools::crates(project)?;
        return tools::cargo_deny(project).map(drop);
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
        tools::cargo_tools(project)?;
        packages.join().unwrap_or_else(|_| Err(Trouble::new("set-up stopped unexpectedly")))
    })
}

fn packages(project: &Project, need: Need) -> Outcome {
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
        browsers::wordpress(project);
    }
    if need == Need::Bench {
        // Two hundred packages: no test should wait for them.
        tools::npm_packages(project, "tests/bench/lighthouse")?;
    }
    Ok(())
}
