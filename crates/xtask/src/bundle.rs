//! `dist/`: the widget's wasm by trunk, the loader and its glue in one module by esbuild, the style, the
//! words, and the preview as a static site. Parts whose sources did not change are not built again.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha384};

use crate::environment::Environment;
use crate::project::{Project, VERSION};
use crate::stamp::{self, Stamp};
use crate::step;
use crate::tools;
use crate::trouble::{Outcome, Trouble};

/// What a page with a strict content security policy refuses, with the reason a developer wants to read.
const REFUSED: [(&str, &str); 3] = [
    ("innerHTML", "an element of a view is all literals: give each one dynamic part"),
    ("eval", "a strict content security policy refuses it"),
    ("Function", "`new Function` is refused by a strict content security policy"),
];

/// Builds `dist/`.
pub fn build(project: &Project) -> Outcome {
    let _alone = project.alone()?;
    let staged = stage_wasm(project)?;
    let inputs = ["embed", "style", "locales", "preview"].map(|input| project.root.join(input));
    let outputs = ["find-a-time.js", "find-a-time.wasm", "find-a-time.css", "locales", "preview"];
    let stamp =
        Stamp::of(project.stamp("dist"), &[&inputs[..], std::slice::from_ref(&staged)].concat(), VERSION)?
            .minding(&outputs.map(|output| project.dist.join(output)));
    if stamp.is_fresh() {
        step::say("dist/: up to date");
        return Ok(());
    }
    step::say("dist/: putting together");
    clear(&project.dist)?;
    let wasm = copy(&staged.join("find-a-time_bg.wasm"), &project.dist.join("find-a-time.wasm"))?;
    let locales = locales(project)?;
    script(project, &staged, &wasm, &locales)?;
    style(project)?;
    preview(project, &staged)?;
    stamp.keep()
}

/// Has trunk build the wasm, its glue and the standalone page; answers with their folder.
fn stage_wasm(project: &Project) -> Outcome<PathBuf> {
    let staged = project.work.join("staged");
    let inputs =
        ["src", "crates/booking", "crates/dexcare", "Cargo.toml", "Cargo.lock", "Trunk.toml", "index.html"];
    let inputs = inputs.map(|input| project.root.join(input));
    let stamp = Stamp::of(project.stamp("wasm"), &inputs, &staged.to_string_lossy())?;
    if stamp.is_fresh() && staged.join("find-a-time_bg.wasm").is_file() {
        return Ok(staged);
    }
    let mut command = project.command("trunk");
    command
        .arg("build")
        .arg("--dist")
        .arg(&staged)
        .env("PATH", tools::path(project)?)
        // trunk reads this variable as a Boolean and stops at the usual `1`.
        .env("NO_COLOR", "true")
        .env("RUST_BACKTRACE", "0");
    step::run(project, "trunk", "the widget's wasm: trunk build", command)?;
    stamp.keep()?;
    Ok(staged)
}

/// Bundles the loader with the glue, and looks for what a strict page refuses.
fn script(project: &Project, staged: &Path, wasm: &[u8], locales: &[String]) -> Outcome {
    let out = project.dist.join("find-a-time.js");
    let mut command = project.command(esbuild(project));
    command
        .args(["embed/find-a-time.js", "--bundle", "--minify", "--format=esm", "--target=es2022"])
        .args(["--charset=utf8", "--legal-comments=none", "--log-level=warning"])
        .arg(format!("--alias:find-a-time-glue={}", staged.join("find-a-time.js").display()))
        .arg(define("__VERSION__", &VERSION.into()))
        .arg(define("__WASM_INTEGRITY__", &integrity(wasm).into()))
        .arg(define("__LOCALES__", &locales.into()))
        .arg(format!("--outfile={}", out.display()));
    step::run(project, "esbuild-script", "dist/find-a-time.js: loader and glue", command)?;
    let text = fs::read_to_string(&out).map_err(Trouble::file("read", &out))?;
    match refused(&text) {
        None => Ok(()),
        Some((word, why)) => {
            // A bundle that must not ship is not left where it could be taken.
            let _ = fs::remove_file(&out);
            Err(Trouble::new(format!("the bundled script contains `{word}`")).way_on(why))
        }
    }
}

fn style(project: &Project) -> Outcome {
    let mut command = project.command(esbuild(project));
    command
        .args([
            "style/find-a-time.css",
            "--minify",
            "--target=es2022",
            "--charset=utf8",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", project.dist.join("find-a-time.css").display()));
    step::run(project, "esbuild-style", "dist/find-a-time.css", command)
}

/// Writes each language without its white space; answers with their tags.
fn locales(project: &Project) -> Outcome<Vec<String>> {
    let mut tags = Vec::new();
    for file in stamp::files(&project.root.join("locales"))? {
        let Some(tag) = file.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")) else {
            continue;
        };
        let text = fs::read_to_string(&file).map_err(Trouble::file("read", &file))?;
        let words: serde_json::Map<String, Value> = serde_json::from_str(&text)
            .map_err(|error| Trouble::new(format!("locales/{tag}.json is no JSON object: {error}")))?;
        if let Some((key, _)) = words.iter().find(|(_, word)| !word.is_string()) {
            return Err(Trouble::new(format!("locales/{tag}.json: `{key}` is no text")));
        }
        stamp::write(
            &project.dist.join("locales").join(format!("{tag}.json")),
            Value::Object(words).to_string().as_bytes(),
        )?;
        tags.push(tag.to_owned());
    }
    if tags.is_empty() {
        return Err(Trouble::new("locales/ has no language").way_on("add locales/en.json"));
    }
    Ok(tags)
}

/// The preview as a static site: it may be served from anywhere, and its environment file edited.
fn preview(project: &Project, staged: &Path) -> Outcome {
    let site = project.dist.join("preview");
    let source = project.root.join("preview");
    for file in stamp::files(&source)? {
        let name = file.strip_prefix(&source).unwrap_or(&file);
        copy(&file, &site.join(name))?;
    }
    let page = staged.join("index.html");
    let text = fs::read_to_string(&page).map_err(Trouble::file("read", &page))?;
    stamp::write(&site.join("index.html"), without_trunk_links(&text).as_bytes())?;
    stamp::write(&site.join("environment.json"), Environment::default().json().as_bytes())
}

fn esbuild(project: &Project) -> PathBuf {
    project.root.join("embed/node_modules/.bin/esbuild")
}

fn define(name: &str, value: &Value) -> String {
    format!("--define:{name}={value}")
}

/// trunk leaves its own links in a page whose wasm something else starts; a browser has no use for them.
fn without_trunk_links(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find("<link data-trunk") {
        kept.push_str(rest[..at].trim_end_matches([' ', '\t']));
        rest = rest[at..].split_once('>').map_or("", |(_, after)| after);
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    kept + rest
}

/// The hash in the form of an `integrity` attribute.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

fn copy(from: &Path, to: &Path) -> Outcome<Vec<u8>> {
    let bytes = fs::read(from).map_err(Trouble::file("read", from))?;
    stamp::write(to, &bytes)?;
    Ok(bytes)
}

fn clear(folder: &Path) -> Outcome {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Trouble::file("clear", folder)(error))
        }
        _ => Ok(()),
    }
}

/// The first refused word that stands in `script` as a word of its own; `wasm-unsafe-eval`, which a message may
/// recommend, is another word.
fn refused(script: &str) -> Option<(&'static str, &'static str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-');
    REFUSED.into_iter().find(|(word, _)| {
        script.match_indices(word).any(|(at, _)| {
            let (before, after) = (&script[..at], &script[at + word.len()..]);
            // `wasm-unsafe-eval`, which the loader tells the page's owner of, is a word of policies, not of the script.
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
    fn integrity_is_what_a_browser_computes() {
        // SHA-384 of the empty input, as in FIPS 180-4's examples.
        assert_eq!(integrity(b""), "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb");
    }

    #[test]
    fn a_page_keeps_everything_but_trunks_links() {
        let page = "<head>\n  <link data-trunk rel=\"rust\" data-trunk-id=\"0\" />\n  <link rel=\"icon\" href=\"data:,\">\n</head>";
        assert_eq!(without_trunk_links(page), "<head>\n  <link rel=\"icon\" href=\"data:,\">\n</head>");
        assert_eq!(without_trunk_links("<head></head>"), "<head></head>");
    }

    #[test]
    fn a_define_is_a_literal_of_the_language() {
        assert_eq!(define("__VERSION__", &"0.1.0".into()), "--define:__VERSION__=\"0.1.0\"");
        let tags = vec!["en".to_owned(), "es".to_owned()];
        assert_eq!(define("__LOCALES__", &tags.into()), "--define:__LOCALES__=[\"en\",\"es\"]");
    }
}
