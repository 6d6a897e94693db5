//! Counts the bytes of a wasm file: by section, and by the crate and module in its functions' names. The file must have a name
//! section.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use wasmparser::{KnownCustom, Name, Parser, Payload};

use crate::error::TaskError;

/// One function of a wasm file.
pub struct Function {
    /// Its demangled name.
    pub name: String,
    /// The crate, or `(no crate)` for what the linker or wasm-bindgen added.
    pub krate: String,
    /// The module, with its crate.
    pub module: String,
    /// Bytes of its body.
    pub bytes: usize,
}

/// The sizes in one wasm file. The name section is not counted, since a release has none.
#[derive(Default)]
pub struct Census {
    /// Every function that has a body, the longest first.
    pub functions: Vec<Function>,
    /// Bytes of the other sections, by their content.
    pub sections: BTreeMap<&'static str, usize>,
}

impl Census {
    /// Reads a whole wasm file.
    pub fn of(bytes: &[u8]) -> Result<Self, TaskError> {
        let mut census = Self::default();
        let mut names = HashMap::new();
        let mut bodies = Vec::new();
        let mut first_body = 0;
        let unreadable = |error: wasmparser::BinaryReaderError| {
            TaskError::new(format!("a wasm file that cannot be read: {error}"))
        };
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(unreadable)?;
            if let Some((what, length)) = section(&payload) {
                *census.sections.entry(what).or_default() += length;
            }
            match payload {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import.map_err(unreadable)?;
                        first_body += u32::from(matches!(import.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(length(&body.range())),
                Payload::CustomSection(custom) => {
                    if let KnownCustom::Name(reader) = custom.as_known() {
                        for name in reader {
                            if let Name::Function(map) = name.map_err(unreadable)? {
                                for naming in map {
                                    let naming = naming.map_err(unreadable)?;
                                    names.insert(naming.index, naming.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        census.functions = (first_body..)
            .zip(bodies)
            .map(|(index, bytes)| function(names.get(&index).copied().unwrap_or_default(), bytes))
            .collect();
        census.functions.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
        Ok(census)
    }

    /// Bytes of all functions and sections.
    pub fn total(&self) -> usize {
        self.functions.iter().map(|function| function.bytes).sum::<usize>()
            + self.sections.values().sum::<usize>()
    }

    /// Bytes of functions grouped by `key`, the largest group first.
    pub fn by<'a>(&'a self, key: impl Fn(&'a Function) -> &'a str) -> Vec<(&'a str, usize)> {
        let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
        for function in &self.functions {
            *sums.entry(key(function)).or_default() += function.bytes;
        }
        let mut rows: Vec<_> = sums.into_iter().collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        rows
    }
}

fn length(range: &Range<u64>) -> usize {
    usize::try_from(range.end - range.start).unwrap_or(usize::MAX)
}

/// The content of a section other than the code, and its length; `None` for code and names.
fn section(payload: &Payload) -> Option<(&'static str, usize)> {
    let (what, range) = match payload {
        Payload::TypeSection(section) => ("types", section.range()),
        Payload::ImportSection(section) => ("imports", section.range()),
        Payload::FunctionSection(section) => ("functions' types", section.range()),
        Payload::TableSection(section) => ("tables", section.range()),
        Payload::MemorySection(section) => ("memory", section.range()),
        Payload::GlobalSection(section) => ("globals", section.range()),
        Payload::ExportSection(section) => ("exports", section.range()),
        Payload::ElementSection(section) => ("function tables", section.range()),
        Payload::DataSection(section) => ("data: texts and constants", section.range()),
        Payload::CustomSection(custom) if !matches!(custom.as_known(), KnownCustom::Name(_)) => {
            ("custom", custom.range())
        }
        _ => return None,
    };
    Some((what, length(&range)))
}

fn function(mangled: &str, bytes: usize) -> Function {
    // `#` leaves out the crate's hash.
    let name = match mangled {
        "" => "(no name)".to_owned(),
        _ => format!("{:#}", rustc_demangle::demangle(mangled)),
    };
    let module = module(&name);
    let krate = module.split("::").next().unwrap_or_default().to_owned();
    Function { name, krate, module, bytes }
}

/// The module of a function. For a method it is the module of its type, or of its trait if the type has no path, such
/// as `u32`.
fn module(name: &str) -> String {
    let item = match name.strip_prefix('<') {
        None => path(name),
        Some(method) => {
            let (of, by) = split_as(&method[..closing(method)]);
            Some(path(of)).filter(|of| of.contains("::")).unwrap_or_else(|| by.map_or_else(String::new, path))
        }
    };
    item.rsplit_once("::").map_or_else(|| "(no crate)".to_owned(), |(module, _)| module.to_owned())
}

/// A path without generic arguments, references and closures.
fn path(text: &str) -> String {
    let text = text.trim_start_matches(['&', '*', '(', '[']);
    let text =
        ["mut ", "const ", "dyn "].iter().fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
    let mut parts = Vec::new();
    for part in text.split("::") {
        if part.starts_with(['<', '{']) {
            break;
        }
        let (name, rest) = part.split_at(part.find(['<', ' ', '>', ',', ')', ']']).unwrap_or(part.len()));
        parts.push(name);
        if !rest.is_empty() {
            break;
        }
    }
    parts.join("::")
}

/// Each index of `text` with the number of angle brackets that are open before it; a closing bracket counts at its own index.
fn depths(text: &str) -> impl Iterator<Item = (usize, i32)> {
    let mut depth = 0;
    let mut before = ' ';
    text.char_indices().map(move |(at, c)| {
        // `->` is no bracket.
        if c == '>' && before != '-' {
            depth -= 1;
        }
        let here = (at, depth);
        depth += i32::from(c == '<');
        before = c;
        here
    })
}

/// The index of the bracket that closes the one just before `text`.
fn closing(text: &str) -> usize {
    depths(text).find(|(_, depth)| *depth < 0).map_or(text.len(), |(at, _)| at)
}

/// Splits `Type as Trait`, outside of all brackets.
fn split_as(text: &str) -> (&str, Option<&str>) {
    let place = depths(text).find(|(at, depth)| *depth == 0 && text[*at..].starts_with(" as "));
    place.map_or((text, None), |(at, _)| (&text[..at], Some(&text[at + 4..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_the_module_it_is_written_in() {
        assert_eq!(module("booking::schedule::times"), "booking::schedule");
        assert_eq!(module("booking::schedule::times::{closure#0}"), "booking::schedule");
        assert_eq!(module("core::ptr::drop_in_place::<booking::slot::Slot>"), "core::ptr");
        assert_eq!(module("malloc"), "(no crate)");
        assert_eq!(module(""), "(no crate)");
    }

    #[test]
    fn a_method_belongs_to_the_module_of_its_type() {
        assert_eq!(module("<booking::slot::Slot>::end"), "booking::slot");
        assert_eq!(module("<booking::slot::Slot as core::clone::Clone>::clone"), "booking::slot");
        assert_eq!(module("<alloc::vec::Vec<booking::slot::Slot>>::push"), "alloc::vec");
        assert_eq!(module("<&mut dyn booking::time::Zones as core::fmt::Debug>::fmt"), "booking::time");
        assert_eq!(module("<booking::slot::Slot>::end::{closure#0}"), "booking::slot");
    }

    #[test]
    fn a_method_of_a_type_without_a_path_belongs_to_the_trait() {
        assert_eq!(module("<u32 as core::fmt::Display>::fmt"), "core::fmt");
        assert_eq!(module("<fn() -> u8 as web_sys::Call<u8>>::call"), "web_sys");
    }

    #[test]
    fn a_file_that_is_no_wasm_is_refused() {
        assert!(Census::of(b"no wasm at all").is_err());
    }

    #[test]
    fn an_empty_module_has_nothing_in_it() {
        let census = Census::of(&[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]).unwrap();
        assert_eq!((census.functions.len(), census.total()), (0, 0));
    }

    #[test]
    fn functions_are_named_from_the_name_section_past_the_imported_ones() {
        // (import "a" "b" (func)) (func $x::f) (func $x::g nop), with names.
        let wasm = [
            &[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0][..],
            &[1, 4, 1, 0x60, 0, 0],
            &[2, 7, 1, 1, b'a', 1, b'b', 0, 0],
            &[3, 3, 2, 0, 0],
            &[10, 8, 2, 2, 0, 0x0b, 3, 0, 1, 0x0b],
            &[
                0, 20, 4, b'n', b'a', b'm', b'e', 1, 13, 2, 1, 4, b'x', b':', b':', b'f', 2, 4, b'x', b':',
                b':', b'g',
            ],
        ]
        .concat();
        let census = Census::of(&wasm).unwrap();
        let functions: Vec<_> = census.functions.iter().map(|f| (f.name.as_str(), f.bytes)).collect();
        assert_eq!(functions, [("x::g", 3), ("x::f", 2)]);
        assert_eq!(census.by(|function| &function.krate), [("x", 5)]);
        assert_eq!(census.sections["imports"], 7);
    }
}
