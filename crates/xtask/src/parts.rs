//! Builds the widget's wasm in parts: cargo builds it in one piece, `wasm_split_cli_support` splits it as `src/app/part.rs` says,
//! wasm-bindgen writes the glue of the first part, and wasm-opt makes each part small.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_split_cli_support::{Options, transform};

use crate::error::{TaskError, TaskResult};
use crate::lean;
use crate::panics;
use crate::project::Project;
use crate::stamp::{self, Stamp};
use crate::step;
use crate::tools::{self, WASM_TARGET};

/// The parts' file names in a release; [`FIRST`] is the first.
pub const PARTS: [&str; 4] = [FIRST, "find-a-time-errand.wasm", "find-a-time-ways.wasm", SHARED];
/// The first part, which loads the later ones.
pub const FIRST: &str = "find-a-time.wasm";
/// The part with the code that both other later parts use.
const SHARED: &str = "find-a-time-shared.wasm";
/// The splitter's name for code that later parts share, without the number after it.
const CHUNK: &str = "chunk_";
/// The glue of the first part.
pub const GLUE: &str = "find-a-time.js";
/// wasm-bindgen's name for the first part.
const BOUND: &str = "find-a-time_bg.wasm";
/// The graph of calls between the glue and the first part, for wasm-metadce.
const GRAPH: &str = "graph.json";

/// The features of wasm that wasm-opt may use. They are listed one by one: with `--all-features` wasm-opt writes
/// wasm that browsers cannot load.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// The passes of wasm-opt that make a wasm small. Their order matters: rebuilding the control flow first makes
/// the download 0.8 % smaller than `-Oz` alone.
const SMALL: [&str; 5] = ["--flatten", "--rereloop", "-Os", "-Oz", "--low-memory-unused"];
/// The options of wasm-opt that remove the sections that a release does not need.
pub const STRIP: [&str; 3] = ["--strip-debug", "--strip-producers", "--strip-target-features"];
/// The option of Binaryen's tools that keeps the names of functions.
const NAMED: &str = "--debuginfo";

/// Builds the parts and the glue; returns their folder.
pub fn build(project: &Project) -> TaskResult<PathBuf> {
    let staged = project.work.join("parts");
    let outputs = PARTS.map(|name| staged.join(name));
    let stamp =
        Stamp::of(project.stamp("parts"), &sources(project), &staged.to_string_lossy())?.minding(&outputs);
    if stamp.is_fresh() {
        return Ok(staged);
    }
    let whole = compile(project)?;
    let cut = project.work.join("cut");
    split(&whole, &cut)?;
    let bound = project.work.join("bound");
    // The later parts use exports of the first one that wasm-bindgen would remove.
    bind(project, &cut.join(FIRST), &bound, "find-a-time", &["--keep-lld-exports"])?;
    make_panics_small(&bound.join(BOUND))?;
    for part in &PARTS[1..] {
        make_panics_small(&cut.join(part))?;
        shrink(project, &cut.join(part), &staged.join(part), &STRIP)?;
    }
    lean(project, &bound, &staged)?;
    stamp.keep()?;
    Ok(staged)
}

/// The sources of the wasm.
pub fn sources(project: &Project) -> [PathBuf; 6] {
    ["src", "crates/booking", "crates/dexcare", "crates/net", "Cargo.toml", "Cargo.lock"]
        .map(|input| project.root.join(input))
}

/// Builds the parts as they are released, but with the names of their functions.
pub fn build_named(project: &Project) -> TaskResult<Vec<PathBuf>> {
    let released = build(project)?;
    let folder = project.work.join("account");
    let parts = PARTS.map(|name| folder.join(name));
    let stamp =
        Stamp::of(project.stamp("account"), &PARTS.map(|name| released.join(name)), "")?.minding(&parts);
    if !stamp.is_fresh() {
        let reached = folder.join("reached.wasm");
        reach(project, &project.work.join("bound"), &reached, &[NAMED])?;
        shrink(project, &reached, &parts[0], &[NAMED])?;
        for (name, part) in PARTS.iter().zip(&parts).skip(1) {
            shrink(project, &project.work.join("cut").join(name), part, &[NAMED])?;
        }
        stamp.keep()?;
    }
    Ok(parts.to_vec())
}

/// Compiles the wasm in one piece, with the relocations that the splitter needs.
fn compile(project: &Project) -> TaskResult<PathBuf> {
    let mut command = project.cargo();
    command
        .args(["rustc", "--locked", "--package", "find-a-time", "--lib", "--profile", "wasm"])
        .args(["--features", "parts", "--target", WASM_TARGET, "--", "-Clink-arg=--emit-relocs"])
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths(project))
        .env("RUST_BACKTRACE", "0");
    step::run(project, "wasm", "the widget's wasm: cargo", command)?;
    Ok(project.target.join(WASM_TARGET).join("wasm/find_a_time.wasm"))
}

fn split(whole: &Path, cut: &Path) -> TaskResult {
    step::say("the widget's wasm: cutting it into its parts");
    let bytes = fs::read(whole).map_err(TaskError::file("read", whole))?;
    let main = cut.join(FIRST);
    let mut options = Options::new(&bytes);
    (options.output_dir, options.main_out_path) = (cut, &main);
    let parts = transform(options)
        .map_err(|error| TaskError::new(format!("the wasm cannot be cut: {error:#}")))?
        .split_modules;
    let mut wanted: Vec<&str> = PARTS[1..].to_vec();
    for part in &parts {
        let name = part.file_stem().unwrap_or_default().to_string_lossy();
        let name = match name.strip_prefix("split_") {
            Some(name) => format!("find-a-time-{name}.wasm"),
            None if name.starts_with(CHUNK) => SHARED.to_owned(),
            None => name.into_owned(),
        };
        let Some(place) = wanted.iter().position(|wanted| **wanted == name) else {
            return Err(unknown_part(&name));
        };
        fs::rename(part, cut.join(wanted.swap_remove(place))).map_err(TaskError::file("rename", part))?;
    }
    wanted.first().map_or(Ok(()), |missing| Err(unknown_part(missing)))
}

fn unknown_part(name: &str) -> TaskError {
    TaskError::new(format!("the wasm was cut into other parts than the script fetches; see {name}"))
        .way_on("name each part in crates/xtask/src/parts.rs and in embed/load.js (`filesOf`)")
}

fn make_panics_small(part: &Path) -> TaskResult {
    let wasm = fs::read(part).map_err(TaskError::file("read", part))?;
    stamp::write(part, &panics::make_small(&wasm)?)
}

/// Runs wasm-bindgen, which writes the glue and its wasm: `NAME.js` and `NAME_bg.wasm` in `folder`.
pub fn bind(project: &Project, wasm: &Path, folder: &Path, name: &str, more: &[&str]) -> TaskResult {
    let mut command = project.command("wasm-bindgen");
    command
        .args(["--target", "web", "--no-demangle", "--no-typescript", "--out-name", name, "--out-dir"])
        .args([folder, wasm])
        .args(more)
        .env("PATH", tools::path(project)?);
    step::run(project, &format!("wasm-bindgen-{name}"), &format!("{name}.wasm: wasm-bindgen"), command)
}

/// Removes unused code from the first part and its glue, and shortens the names between them.
fn lean(project: &Project, bound: &Path, staged: &Path) -> TaskResult {
    let (glue, whole) = (bound.join(GLUE), bound.join(BOUND));
    let text = lean::without_classes(&fs::read_to_string(&glue).map_err(TaskError::file("read", &glue))?);
    let exports = lean::exports(&fs::read(&whole).map_err(TaskError::file("read", &whole))?)?;
    let (reached, small) = (bound.join("reached.wasm"), bound.join("small.wasm"));
    stamp::write(&bound.join(GRAPH), lean::graph(&text, &exports).as_bytes())?;
    reach(project, bound, &reached, &[])?;
    shrink(project, &reached, &small, &STRIP)?;
    let mut command = binaryen(project, "wasm-opt");
    command.args(FEATURES).arg("--minify-imports-and-exports-and-modules").arg(&small);
    command.arg("-o").arg(staged.join(FIRST));
    let said = step::ask(command).ok_or_else(|| TaskError::new("wasm-opt cannot shorten the names"))?;
    let names = lean::Names::read(&said)?;
    let text = names.put_into(&text)?;
    let shared = format!("\nexport const shared = () => ({{{} }});\n", names.shared());
    stamp::write(&staged.join(GLUE), [text, shared].concat().as_bytes())
}

/// Removes from the first part the code that the graph does not reach; `names` are the options that keep the
/// names of functions.
fn reach(project: &Project, bound: &Path, out: &Path, names: &[&str]) -> TaskResult {
    make_room(out)?;
    let mut command = binaryen(project, "wasm-metadce");
    command.args(FEATURES).args(names).arg(bound.join(BOUND));
    command.arg("--graph-file").arg(bound.join(GRAPH)).arg("-o").arg(out);
    step::run(project, "wasm-metadce", "find-a-time.wasm: without what nobody calls", command)
}

/// Makes the folder of `out`, since Binaryen's tools do not.
fn make_room(out: &Path) -> TaskResult {
    match out.parent() {
        Some(folder) => fs::create_dir_all(folder).map_err(TaskError::file("make", folder)),
        None => Ok(()),
    }
}

fn binaryen(project: &Project, tool: &str) -> Command {
    project.command(project.root.join("embed/node_modules/.bin").join(tool))
}

/// Runs wasm-opt to make a wasm small. `names` are the options that keep the names of functions, or that remove them with other
/// sections.
pub fn shrink(project: &Project, part: &Path, out: &Path, names: &[&str]) -> TaskResult {
    make_room(out)?;
    let name = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut command = binaryen(project, "wasm-opt");
    command.args(FEATURES).args(SMALL).args(names).arg(part).arg("-o").arg(out);
    step::run(project, &format!("wasm-opt-{name}"), &format!("{name}.wasm: wasm-opt"), command)
}

/// Compiler flags that keep this machine's folders out of the wasm, so that any clone gives the same bytes, whichever mirror its
/// crates came from.
pub fn without_paths(project: &Project) -> OsString {
    let given = env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<OsString> = given.split_whitespace().map(Into::into).collect();
    let sources = tools::cargo_home().and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let mirrors = sources.into_iter().flatten().flatten().map(|mirror| (mirror.path(), "/crates"));
    for (folder, name) in mirrors.chain([(project.root.clone(), "/find-a-time")]) {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(folder);
        flag.push("=");
        flag.push(name);
        flags.push(flag);
    }
    // v0 names contain the type arguments of generic functions, which panics.rs and census.rs need.
    flags.push("-Csymbol-mangling-version=v0".into());
    flags.join(OsString::from("\x1f").as_os_str())
}
