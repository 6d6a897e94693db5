//! Removes unused code from the first part and its glue: classes that a dependency exports, and what only they call. It also
//! shortens the names by which wasm and glue find each other.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::{TaskError, TaskResult};

/// The only class of the glue that the loader uses.
const OWN_CLASS: &str = "Mounted";
/// Names, or beginnings of names, of the exports that the later parts import.
const SHARED: [&str; 3] = ["memory", "__indirect_function_table", "__wasm_split_shared"];

/// Removes the classes other than [`OWN_CLASS`] from the glue.
pub fn without_classes(glue: &str) -> String {
    let mut kept = glue.to_owned();
    for name in classes(glue) {
        for (start, end) in [
            (format!("export class {name} {{"), "\n}\n"),
            (format!("if (Symbol.dispose) {name}.prototype"), ";\n"),
            (format!("const {name}Finalization = "), ";\n"),
        ] {
            if let Some(at) = kept.find(&start)
                && let Some(length) = kept[at..].find(end)
            {
                kept.replace_range(at..at + length + end.len(), "");
            }
        }
    }
    kept
}

fn classes(glue: &str) -> Vec<&str> {
    let names = glue.split("export class ").skip(1).filter_map(|rest| rest.split_whitespace().next());
    names.filter(|name| *name != OWN_CLASS).collect()
}

/// The graph for `wasm-metadce`: its root reaches every export that the glue calls or the later parts import.
pub fn graph(glue: &str, exports: &[String]) -> String {
    let used = exports.iter().filter(|name| is_shared(name) || calls(glue, name));
    let named: Vec<(String, &String)> =
        used.enumerate().map(|(place, name)| (format!("used-{place}"), name)).collect();
    let reaches: Vec<_> = named.iter().map(|(node, _)| node).collect();
    let mut nodes = vec![json!({ "name": "outside", "root": true, "reaches": reaches })];
    nodes.extend(named.iter().map(|(node, export)| json!({ "name": node, "export": export })));
    Value::from(nodes).to_string()
}

fn is_shared(name: &str) -> bool {
    SHARED.iter().any(|shared| name.starts_with(shared))
}

fn calls(glue: &str, name: &str) -> bool {
    places(glue, &["wasm.", name].concat()).next().is_some()
}

/// Indexes at which `name` is a whole identifier.
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    text.match_indices(name)
        .map(|(at, _)| at)
        .filter(move |at| !text[..*at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part))
}

/// The names of the exports of a wasm.
pub fn exports(wasm: &[u8]) -> TaskResult<Vec<String>> {
    let mut names = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let wasmparser::Payload::ExportSection(section) = payload.map_err(|error| unreadable(&error))? {
            for export in section {
                names.push(export.map_err(|error| unreadable(&error))?.name.to_owned());
            }
        }
    }
    Ok(names)
}

fn unreadable(error: &wasmparser::BinaryReaderError) -> TaskError {
    TaskError::new(format!("the wasm cannot be read: {error}"))
}

/// The short name of each import and export, by its long name.
#[derive(Default)]
pub struct Names {
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

impl Names {
    /// Reads the output of wasm-opt's pass that shortens names.
    pub fn read(said: &str) -> TaskResult<Self> {
        let read = || {
            let said: Value = serde_json::from_str(said).ok()?;
            let pairs = |kind: &str, old: usize| {
                let rows = said.get(kind)?.as_array()?;
                rows.iter()
                    .map(|row| {
                        Some((row.get(old)?.as_str()?.to_owned(), row.get(old + 1)?.as_str()?.to_owned()))
                    })
                    .collect::<Option<BTreeMap<_, _>>>()
            };
            Some(Self { imports: pairs("imports", 1)?, exports: pairs("exports", 0)? })
        };
        read().ok_or_else(|| {
            TaskError::new("wasm-opt lists the names it made shorter in another way than it did")
                .way_on("look at the output of `--minify-imports-and-exports-and-modules`, and change crates/xtask/src/lean.rs")
        })
    }

    /// The glue for the wasm with the short names.
    pub fn put_into(&self, glue: &str) -> TaskResult<String> {
        const OWN: &str = "        \"./find-a-time_bg.js\": import0,\n";
        // The glue has one such line for each function that loads a part: the same module under another name.
        let is_splitters = |line: &str| line.starts_with("        \"./__wasm_split.js\": import");
        let (before, rest) =
            glue.split_once("    const import0 = {\n").ok_or_else(|| moved("its imports"))?;
        let (entries, after) =
            rest.split_once("\n    };\n").ok_or_else(|| moved("the end of its imports"))?;
        if after.matches(OWN).count() != 1 || !after.lines().any(is_splitters) {
            return Err(moved("its lists of imports"));
        }
        let after: String = after.split_inclusive('\n').filter(|line| !is_splitters(line)).collect();
        let load = self.imports.iter().filter(|(name, _)| name.starts_with("__wasm_split_load_"));
        let load = load.map(|(name, short)| format!("        {short}: import1.{name},\n"));
        let load = load.collect::<Vec<_>>().concat();
        let entries = self.entries(entries);
        let after =
            after.replace(OWN, &format!("        a: {{ __proto__: null, ...import0,\n{load}        }},\n"));
        let mut text = [before, "    const import0 = {\n", &entries, "\n    };\n", &after].concat();
        for (name, short) in &self.exports {
            let (old, new) = (["wasm.", name].concat(), ["wasm.", short].concat());
            let found: Vec<_> = places(&text, &old).collect();
            for at in found.into_iter().rev() {
                text.replace_range(at..at + old.len(), &new);
            }
        }
        Ok(text)
    }

    /// The entries that the wasm still imports, with their short names.
    fn entries(&self, entries: &str) -> String {
        let mut kept = Vec::new();
        let mut is_kept = true;
        for line in entries.lines() {
            let name = line
                .strip_prefix("        ")
                .and_then(|line| line.split_once(": function("))
                .map(|(name, _)| name);
            match name.filter(|name| !name.starts_with(' ')) {
                Some(name) => match self.imports.get(name) {
                    Some(short) => {
                        is_kept = true;
                        kept.push(line.replacen(name, short, 1));
                    }
                    None => is_kept = false,
                },
                None if is_kept => kept.push(line.to_owned()),
                None => {}
            }
        }
        kept.join("\n")
    }

    /// The members of an object with everything that the later parts import.
    pub fn shared(&self) -> String {
        let shared = self.exports.iter().filter(|(name, _)| is_shared(name));
        shared.map(|(name, short)| format!(" {name}: wasm.{short},")).collect::<Vec<_>>().concat()
    }
}

fn moved(what: &str) -> TaskError {
    TaskError::new(format!("wasm-bindgen writes {what} in another way than it did"))
        .way_on("read the staged glue, and change crates/xtask/src/lean.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "export class Streamed {
    free() {
        wasm.streamed_free(0);
    }
}
if (Symbol.dispose) Streamed.prototype[Symbol.dispose] = Streamed.prototype.free;

export class Mounted {
    free() {
        wasm.__wbg_mounted_free(0);
    }
}
if (Symbol.dispose) Mounted.prototype[Symbol.dispose] = Mounted.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_now_1: function() {
            return Date.now();
        },
        __wbg_stream_2: function(arg0) {
            return wasm.streamed(arg0);
        },
    };
    return {
        __proto__: null,
        \"./find-a-time_bg.js\": import0,
        \"./__wasm_split.js\": import1,
    };
}
const StreamedFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.streamed_free(ptr, 1));
wasm.mount(1);
";
    const SAID: &str = r#"{"imports":[["./find-a-time_bg.js","__wbg_now_1","b"],["./__wasm_split.js","__wasm_split_load_errand","c"]],
        "exports":[["memory","d"],["mount","e"],["__wbg_mounted_free","f"]]}"#;

    #[test]
    fn the_classes_of_others_go() {
        let glue = without_classes(GLUE);
        assert!(!glue.contains("Streamed") && !glue.contains("streamed_free"), "{glue}");
        assert!(glue.contains("export class Mounted {") && glue.contains("wasm.mount(1);"));
    }

    #[test]
    fn what_the_glue_calls_is_reached_and_so_is_what_the_parts_import() {
        let exports =
            ["memory", "mount", "mounted", "streamed_free", "__wasm_split_shared0"].map(String::from);
        let graph: Value = serde_json::from_str(&graph(&without_classes(GLUE), &exports)).unwrap();
        let reached: Vec<_> =
            graph.as_array().unwrap().iter().filter_map(|node| node["export"].as_str()).collect();
        assert_eq!(reached, ["memory", "mount", "__wasm_split_shared0"]);
    }

    #[test]
    fn glue_and_wasm_find_each_other_by_short_names() {
        let names = Names::read(SAID).unwrap();
        let glue = names.put_into(&without_classes(GLUE)).unwrap();
        assert!(
            glue.contains("        b: function() {\n            return Date.now();\n        },"),
            "{glue}"
        );
        assert!(!glue.contains("__wbg_stream_2"), "nobody imports it");
        assert!(glue.contains("wasm.e(1);") && glue.contains("wasm.f(0);"));
        assert!(glue.contains("        a: { __proto__: null, ...import0,\n        c: import1.__wasm_split_load_errand,\n        },"));
        assert_eq!(names.shared(), " memory: wasm.d,");
    }

    #[test]
    fn glue_of_another_shape_is_refused() {
        assert!(Names::read("unused: a").is_err());
        assert!(Names::default().put_into("const imports = {};").is_err());
    }
}
