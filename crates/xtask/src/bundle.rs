//! Builds the bundle, in a folder named after the release's version: the parts of the wasm (the first one with the stylesheet),
//! the loader and the glue in one module, and the words. The standalone page, which trunk builds, goes into the preview. Nothing
//! is built again unless its sources have changed. `release.rs` adds what only a published release has: compressed copies,
//! archives and the npm package.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::error::{TaskError, TaskResult};
use crate::files;
use crate::parts::{self, FIRST, GLUE, PARTS};
use crate::project::{Project, VERSION};
use crate::release;
use crate::site;
use crate::stamp::{self, Stamp};
use crate::step;
use crate::tools;

/// Words that must not be in the script, since a strict content security policy blocks what they do. Each has the hint
/// that the error shows.
const REFUSED: [(&str, &str); 3] = [
    ("innerHTML", "an element of a view is all literals: give each one dynamic part"),
    ("eval", "a strict content security policy refuses it"),
    ("Function", "`new Function` is refused by a strict content security policy"),
];

/// Builds the release's folder, a copy of its files under addresses without a version, and the preview.
pub fn build(project: &Project) -> TaskResult {
    let _alone = project.alone()?;
    let (built, page) = (parts::build(project)?, stage_page(project)?);
    let inputs = ["embed", "style", "locales", "preview"].map(|input| project.root.join(input));
    let outputs = ["find-a-time.js", release::INTEGRITY];
    let outputs =
        outputs.iter().chain(&PARTS).flat_map(|name| [project.dist.join(name), project.release.join(name)]);
    let outputs: Vec<_> = outputs.chain(["locales", "preview"].map(|name| project.dist.join(name))).collect();
    let stamp = Stamp::of(
        project.stamp("dist"),
        &[&inputs[..], &[built.clone(), page.join("index.html")]].concat(),
        VERSION,
    )?
    .minding(&outputs);
    if stamp.is_fresh() {
        step::say("dist/: up to date");
        return Ok(());
    }
    step::say("dist/: putting together");
    put_together(project, &built)?;
    site::build(project, &page)?;
    stamp.keep()
}

/// Builds the release's folder and the copy of its files. Leaves out the preview, which is not published.
pub fn build_release(project: &Project) -> TaskResult {
    let _alone = project.alone()?;
    let built = parts::build(project)?;
    step::say(format!("{}: putting together", project.dist.display()));
    put_together(project, &built)
}

/// Empties `dist/`, and writes the release's files there from the parts of the wasm in `built`.
fn put_together(project: &Project, built: &Path) -> TaskResult {
    clear(&project.dist)?;
    for part in &PARTS[1..] {
        copy(&built.join(part), &project.release.join(part))?;
    }
    first(project, built)?;
    let locales = locales(project)?;
    // Last, since the script contains the hashes of the other files.
    script(project, built, &locales)?;
    release::describe(project)
}

/// Runs trunk to build the standalone page; returns its folder. trunk also builds the widget as one wasm, which a release does
/// not use, so a change in the Rust sources does not build the page again.
fn stage_page(project: &Project) -> TaskResult<PathBuf> {
    let staged = project.work.join("staged");
    let inputs = ["Cargo.toml", "Trunk.toml", "index.html"].map(|input| project.root.join(input));
    let stamp = Stamp::of(project.stamp("page"), &inputs, &staged.to_string_lossy())?;
    if stamp.is_fresh() && staged.join("index.html").is_file() {
        return Ok(staged);
    }
    let mut command = project.command("trunk");
    command
        .arg("build")
        .arg("--dist")
        .arg(&staged)
        .env("PATH", tools::path(project)?)
        .env("CARGO_ENCODED_RUSTFLAGS", parts::without_paths(project))
        // trunk parses this variable as a Boolean, and fails with the usual `1`.
        .env("NO_COLOR", "true")
        .env("RUST_BACKTRACE", "0");
    step::run(project, "trunk", "the standalone page: trunk build", command)?;
    stamp.keep()?;
    Ok(staged)
}

/// Writes the release's glue; returns its path. Adds the functions by which the loader starts the wasm, and removes the
/// default address of the wasm: bundlers would follow that address, and the release has no file with that name. The
/// loader always passes the wasm itself.
fn glue(project: &Project, built: &Path) -> TaskResult<PathBuf> {
    let path = built.join(GLUE);
    let text = fs::read_to_string(&path).map_err(TaskError::file("read", &path))?;
    let own = project.work.join("glue.js");
    stamp::write(
        &own,
        with_connection(&with_one_prototype(&with_parts(&without_default(&text)?)?)?)?.as_bytes(),
    )?;
    Ok(own)
}

/// Adds the functions that the loader calls instead of the glue's own start.
///
/// `connect` starts the wasm, and returns the stylesheet in it. The glue's own start evaluates `instanceof Response`,
/// which throws if the page has replaced `Response` by an arrow function.
/// `disconnect` makes every later call into the wasm do nothing, since listeners, timers and promises still call the
/// wasm after a panic. To do so, it replaces the one variable through which all glue calls the wasm. The calls then
/// return an empty list, since the glue reads some results as a list.
fn with_connection(glue: &str) -> TaskResult<String> {
    const NEEDED: [&str; 3] = [
        "function __wbg_get_imports() {",
        "function __wbg_finalize_init(instance, module) {",
        "wasm = instance.exports;",
    ];
    const ADDED: &str = "
export async function connect(bytes) {
    const { instance, module } = await WebAssembly.instantiate(bytes, __wbg_get_imports());
    __wbg_finalize_init(instance, module);
    return WebAssembly.Module.customSections(module, \"style\")[0];
}
export function disconnect() {
    wasm = new Proxy({}, { get: () => () => [] });
}
";
    match NEEDED.iter().find(|needed| glue.matches(**needed).count() != 1) {
        None => Ok([glue, ADDED].concat()),
        Some(needed) => {
            Err(TaskError::new(format!("wasm-bindgen writes `{needed}` in another way than it did"))
                .way_on("read the staged glue, and change crates/xtask/src/bundle.rs"))
        }
    }
}

/// Puts the project's loader of later parts into the glue, in place of the splitter's loader, which checks no
/// hash.
fn with_parts(glue: &str) -> TaskResult<String> {
    const SPLITTERS: &str = "\"./__wasm_split.js\"\n";
    if !glue.contains(SPLITTERS) {
        return Err(TaskError::new("the splitter names its loader in another way than it did")
            .way_on("look for `wasm_split` in the staged glue, and change crates/xtask/src/bundle.rs"));
    }
    Ok(glue.replace(SPLITTERS, "\"find-a-time-parts\"\n"))
}

/// Removes one of two `__proto__: null` from the glue, where one literal is spread into another: the minifiers of
/// webpack and Parcel merge the literals, and setting `__proto__` twice is a syntax error.
fn with_one_prototype(glue: &str) -> TaskResult<String> {
    const SPREAD: &str = "{ __proto__: null, ...import0,";
    if glue.matches(SPREAD).count() != 1 {
        return Err(TaskError::new("wasm-bindgen writes the imports in another way than it did")
            .way_on("look for `...import0` in the staged glue, and change crates/xtask/src/bundle.rs"));
    }
    Ok(glue.replace(SPREAD, "{ ...import0,"))
}

fn without_default(glue: &str) -> TaskResult<String> {
    const DEFAULT: &str = "new URL('find-a-time_bg.wasm', import.meta.url)";
    if glue.matches(DEFAULT).count() != 1 {
        return Err(TaskError::new("wasm-bindgen writes its default address in another way than it did")
            .way_on("look for `_bg.wasm` in the staged glue, and change crates/xtask/src/bundle.rs"));
    }
    Ok(glue.replace(DEFAULT, "undefined"))
}

/// Bundles the loader with the glue, and checks it for what a strict content security policy blocks.
fn script(project: &Project, built: &Path, locales: &[String]) -> TaskResult {
    let out = project.release.join("find-a-time.js");
    let table = files::write_module(project, &release::hashes(project)?)?;
    let mut command = project.command(esbuild(project));
    command
        .args(["embed/find-a-time.js", "--bundle", "--minify", "--format=esm", "--target=es2022"])
        .args(["--charset=utf8", "--legal-comments=none", "--log-level=warning"])
        .arg(format!("--inject:{}", project.root.join("embed/promise.js").display()))
        .arg(format!("--alias:find-a-time-parts={}", project.root.join("embed/parts.js").display()))
        .arg(format!("--alias:find-a-time-glue={}", glue(project, built)?.display()))
        .arg(format!("--alias:find-a-time-files={}", table.display()))
        .arg(define("__VERSION__", &VERSION.into()))
        .arg(define("__LOCALES__", &locales.into()))
        .arg(format!("--outfile={}", out.display()));
    step::run(project, "esbuild-script", "dist/find-a-time.js: loader and glue", command)?;
    let text = fs::read_to_string(&out).map_err(TaskError::file("read", &out))?;
    match refused(&text) {
        None => Ok(()),
        Some((word, why)) => {
            // Remove the script, so that nobody publishes it.
            let _ = fs::remove_file(&out);
            Err(TaskError::new(format!("the bundled script contains `{word}`")).way_on(why))
        }
    }
}

/// Writes the first part of the wasm with the stylesheet in it: bundlers would rewrite a separate stylesheet.
fn first(project: &Project, built: &Path) -> TaskResult {
    let path = built.join(FIRST);
    let wasm = fs::read(&path).map_err(TaskError::file("read", &path))?;
    let style = files::read_style(&style(project)?)?;
    stamp::write(&project.release.join(FIRST), &files::with_style(&wasm, &style)?)
}

/// The minified stylesheet.
fn style(project: &Project) -> TaskResult<PathBuf> {
    let path = project.work.join("find-a-time.css");
    let mut command = project.command(esbuild(project));
    command
        .args([
            "style/find-a-time.css",
            "--minify",
            "--target=es2022",
            "--charset=utf8",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", path.display()));
    step::run(project, "esbuild-style", "the stylesheet", command)?;
    Ok(path)
}

/// Writes each language without white space; returns their tags. The ending is `.txt`: bundlers turn JSON into scripts.
fn locales(project: &Project) -> TaskResult<Vec<String>> {
    let mut tags = Vec::new();
    for file in stamp::files(&project.root.join("locales"))? {
        let Some(tag) = file.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")) else {
            continue;
        };
        let text = fs::read_to_string(&file).map_err(TaskError::file("read", &file))?;
        let words: serde_json::Map<String, Value> = serde_json::from_str(&text)
            .map_err(|error| TaskError::new(format!("locales/{tag}.json is no JSON object: {error}")))?;
        if let Some((key, _)) = words.iter().find(|(_, word)| !word.is_string()) {
            return Err(TaskError::new(format!("locales/{tag}.json: `{key}` is no text")));
        }
        stamp::write(
            &project.release.join("locales").join(format!("{tag}.txt")),
            Value::Object(words).to_string().as_bytes(),
        )?;
        tags.push(tag.to_owned());
    }
    if tags.is_empty() {
        return Err(TaskError::new("locales/ has no language").way_on("add locales/en.json"));
    }
    Ok(tags)
}

fn esbuild(project: &Project) -> PathBuf {
    project.root.join("embed/node_modules/.bin/esbuild")
}

fn define(name: &str, value: &Value) -> String {
    format!("--define:{name}={value}")
}

/// Copies a file; returns its content.
pub fn copy(from: &Path, to: &Path) -> TaskResult<Vec<u8>> {
    let bytes = fs::read(from).map_err(TaskError::file("read", from))?;
    stamp::write(to, &bytes)?;
    Ok(bytes)
}

/// Removes a folder, if it exists.
pub fn clear(folder: &Path) -> TaskResult {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(TaskError::file("clear", folder)(error))
        }
        _ => Ok(()),
    }
}

/// The first of [`REFUSED`] that is in `script` as a whole word; `Function` only after `new`.
fn refused(script: &str) -> Option<(&'static str, &'static str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-');
    REFUSED.into_iter().find(|(word, _)| {
        script.match_indices(word).any(|(at, _)| {
            let (before, after) = (&script[..at], &script[at + word.len()..]);
            // `wasm-unsafe-eval` is part of a diagnostic's message, and no use of `eval`.
            let whole = !before.ends_with(|c| is_part(c) || c == '-') && !after.starts_with(is_part);
            whole && (*word != "Function" || before.trim_end().ends_with("new"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(script: &str) -> Option<&'static str> {
        refused(script).map(|(word, _)| word)
    }

    #[test]
    fn a_script_that_sets_markup_or_makes_code_from_text_is_refused() {
        assert_eq!(word("a.innerHTML=b"), Some("innerHTML"));
        assert_eq!(word("(0,eval)('1')"), Some("eval"));
        assert_eq!(word("x=new Function('return 1')"), Some("Function"));
    }

    #[test]
    fn words_that_only_look_like_it_are_kept() {
        assert_eq!(word("retrieval(); a.evaluate(); typeof f === 'Function'; f instanceof Function"), None);
        assert_eq!(word("innerHTMLish; 'wasm-unsafe-eval'"), None);
    }

    #[test]
    fn the_glue_names_no_file_that_is_not_released() {
        let glue = "if (module_or_path === undefined) {\n module_or_path = new URL('find-a-time_bg.wasm', import.meta.url);\n}";
        assert_eq!(
            without_default(glue).unwrap(),
            "if (module_or_path === undefined) {\n module_or_path = undefined;\n}"
        );
        assert!(without_default("export default init;").is_err());
    }

    #[test]
    fn the_glue_has_later_parts_loaded_by_our_own_loader() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\n { \"./__wasm_split.js\": import1, }";
        let text = with_parts(glue).unwrap();
        assert_eq!(
            text,
            "import * as import1 from \"find-a-time-parts\"\n { \"./__wasm_split.js\": import1, }"
        );
        assert!(with_parts("import * as import1 from './parts.js'").is_err());
    }

    #[test]
    fn no_literal_of_the_glue_can_get_two_prototypes() {
        let glue = "const import0 = { __proto__: null, b: 1 };\nreturn { a: { __proto__: null, ...import0, c: 2 } };";
        let text = with_one_prototype(glue).unwrap();
        assert_eq!(text, "const import0 = { __proto__: null, b: 1 };\nreturn { a: { ...import0, c: 2 } };");
        assert!(with_one_prototype("return { a: import0 };").is_err());
    }

    #[test]
    fn the_loader_connects_the_wasm_and_disconnects_it() {
        let glue = "let wasm;
            function __wbg_get_imports() {}
            function __wbg_finalize_init(instance, module) { wasm = instance.exports; }";
        let text = with_connection(glue).unwrap();
        assert!(text.starts_with(glue));
        assert!(
            text.contains("export async function connect(") && text.contains("export function disconnect(")
        );
        assert!(with_connection("let exports;").is_err());
    }

    #[test]
    fn a_define_is_a_literal_of_the_language() {
        assert_eq!(define("__VERSION__", &"0.1.0".into()), "--define:__VERSION__=\"0.1.0\"");
        let tags = vec!["en".to_owned(), "es".to_owned()];
        assert_eq!(define("__LOCALES__", &tags.into()), "--define:__LOCALES__=[\"en\",\"es\"]");
    }
}
