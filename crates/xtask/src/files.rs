//! Writes the module `find-a-time-files`, by which the script finds the release's other files, and puts the stylesheet into the
//! first part of the wasm.

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value};
use wasm_encoder::{CustomSection, Encode, Section};

use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::stamp;

/// The custom section of the wasm that holds the stylesheet.
const STYLE: &str = "style";
/// Length of the wasm's magic number and version.
const HEAD: usize = 8;

/// Writes the module; `hashes` has the files' hashes by their names in the release.
pub fn write_module(project: &Project, hashes: &Map<String, Value>) -> TaskResult<PathBuf> {
    let path = project.work.join("files.js");
    stamp::write(&path, module(hashes).as_bytes())?;
    Ok(path)
}

/// The module's text, with a literal `new URL` for each file: bundlers find a file by no other form.
fn module(hashes: &Map<String, Value>) -> String {
    let entry = |(name, hash): (&String, &Value)| {
        let (name, address) = (Value::from(name.as_str()), Value::from(format!("./{name}")));
        format!("  {name}: {{ hash: {hash}, beside: () => new URL({address}, import.meta.url) }},\n")
    };
    format!("export default {{\n{}}};\n", hashes.iter().map(entry).collect::<String>())
}

/// The wasm with the stylesheet as its first section: as the last one, it would need 190 bytes more in brotli.
pub fn with_style(wasm: &[u8], style: &str) -> TaskResult<Vec<u8>> {
    let Some((head, rest)) = wasm.split_at_checked(HEAD) else {
        return Err(TaskError::new("the first part of the wasm is empty"));
    };
    let section = CustomSection { name: STYLE.into(), data: style.as_bytes().into() };
    let mut bytes = head.to_vec();
    bytes.push(section.id());
    section.encode(&mut bytes);
    bytes.extend_from_slice(rest);
    Ok(bytes)
}

/// Reads a stylesheet that esbuild wrote.
pub fn read_style(path: &PathBuf) -> TaskResult<String> {
    let text = fs::read_to_string(path).map_err(TaskError::file("read", path))?;
    Ok(text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_has_its_hash_and_a_literal_address() {
        let hashes = Map::from_iter([
            ("find-a-time.wasm".to_owned(), Value::from("sha384-a+/=")),
            ("locales/es.txt".to_owned(), Value::from("sha384-b")),
        ]);
        assert_eq!(
            module(&hashes),
            "export default {\n  \"find-a-time.wasm\": { hash: \"sha384-a+/=\", beside: () => new URL(\"./find-a-time.wasm\", import.meta.url) },\n  \"locales/es.txt\": { hash: \"sha384-b\", beside: () => new URL(\"./locales/es.txt\", import.meta.url) },\n};\n"
        );
    }

    #[test]
    fn a_wasm_carries_the_stylesheet_and_is_else_as_it_was() {
        // With an empty section of types.
        let wasm = [b"\0asm\x01\0\0\0".as_slice(), &[1, 1, 0]].concat();
        let bytes = with_style(&wasm, ".fat{color:red}").unwrap();
        let mut found = Vec::new();
        for payload in wasmparser::Parser::new(0).parse_all(&bytes) {
            match payload.unwrap() {
                wasmparser::Payload::CustomSection(section) => {
                    found.push(format!("{} {}", section.name(), String::from_utf8_lossy(section.data())));
                }
                wasmparser::Payload::TypeSection(_) => found.push("types".to_owned()),
                _ => {}
            }
        }
        assert_eq!(found, ["style .fat{color:red}", "types"]);
        assert_eq!(bytes[bytes.len() - 3..], wasm[8..]);
    }

    #[test]
    fn an_empty_wasm_is_refused() {
        assert!(with_style(b"", "").unwrap_err().to_string().contains("empty"));
    }
}
