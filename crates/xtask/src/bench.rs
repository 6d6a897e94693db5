//! `cargo xtask bench`: measures the element beside the same page in plain JavaScript, Preact and React, on a simulated slow
//! phone; Lighthouse's rating of a page with the element; and the cost of many elements, of thousands of slots, and of
//! adding and removing an element many times. It never fails because of a measured duration.

use std::path::PathBuf;
use std::{env, thread};

use crate::acme;
use crate::bundle;
use crate::error::{TaskError, TaskResult};
use crate::parts;
use crate::project::Project;
use crate::release;
use crate::setup::{self, Need};
use crate::stamp::Stamp;
use crate::step;
use crate::test::stream;
use crate::tools::WASM_TARGET;

/// Options of the command line.
pub struct Options {
    /// How often each page is loaded.
    pub rounds: u16,
    /// A file for all figures, besides the document.
    pub json: Option<PathBuf>,
    /// Run only the suites whose names contain this.
    pub filter: Option<String>,
}

/// Builds what the benchmark needs, and runs it.
pub fn run(project: &Project, options: &Options) -> TaskResult<bool> {
    setup::prepare(project, Need::Bench)?;
    bundle::build(project)?;
    release::finish(project)?;
    let decode = build_decode(project)?;
    let acme = acme::build(project)?;
    if thread::available_parallelism().is_ok_and(|cores| cores.get() < 2) {
        step::print_line("note: with one core the browser and Acme take turns; the figures will be unsteady");
    }
    step::say(format!("bench: {} rounds; leave the machine alone meanwhile", options.rounds));
    let mut command = project.command("node");
    command
        .arg(project.root.join("tests/bench/bench.js"))
        .args(["--rounds", &options.rounds.to_string()])
        .env("FAT_ACME", acme)
        .env("FAT_DECODE", decode)
        .env("FAT_DOCS", project.root.join("docs"))
        .env("FAT_RELEASE", &project.release);
    if let Some(file) = &options.json {
        // The file is relative to the folder in which the command was typed.
        let here =
            env::current_dir().map_err(|error| TaskError::new(format!("no current folder: {error}")))?;
        command.arg("--json").arg(here.join(file));
    }
    if let Some(filter) = &options.filter {
        command.arg(filter);
    }
    stream(command, |_| ())
}

/// Builds a wasm that only reads and groups times, with the widget's flags; returns its folder.
fn build_decode(project: &Project) -> TaskResult<PathBuf> {
    let _alone = project.alone()?;
    let folder = project.work.join("bench-decode");
    let mut sources = parts::sources(project).to_vec();
    sources.push(project.root.join("tests/bench/decode"));
    let small = folder.join("decode_bg.wasm");
    let stamp = Stamp::of(project.stamp("bench-decode"), &sources, "")?
        .minding(&[small.clone(), folder.join("decode.js")]);
    if stamp.is_fresh() {
        return Ok(folder);
    }
    let mut cargo = project.cargo();
    cargo
        .args(["build", "--package", "bench-decode", "--target", WASM_TARGET, "--profile", "wasm"])
        // Compile with the widget's flags: cargo compiles all dependencies again each time the flags change.
        .env("CARGO_ENCODED_RUSTFLAGS", parts::without_paths(project));
    step::run(project, "bench-decode", "the wasm that reads and groups times: cargo build", cargo)?;
    let wasm = project.target.join(WASM_TARGET).join("wasm/bench_decode.wasm");
    parts::bind(project, &wasm, &folder, "decode", &[])?;
    parts::shrink(project, &small, &small, &parts::STRIP)?;
    stamp.keep()?;
    Ok(folder)
}
