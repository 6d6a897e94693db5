//! Makes panics small. Rust formats a message for each panic, with file and line. The widget never reads the message,
//! since it could contain a patient's words. So the messages, the places and the code that formats them are removed
//! from the wasm.
//!
//! What is left of a panic is one call of the widget's `panicked`, without arguments, which reports the panic to the loader.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_demangle::demangle;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, DataSection, Function, Instruction};
use wasmparser::{Data, DataKind, FunctionBody, Operator, Parser, Payload, ValType};

use crate::error::{TaskError, TaskResult};

/// The function of `src/lib.rs` that the wasm calls when it panics.
const PANICKED: &str = "panicked";
/// The end of the name of a function by which a later part calls one of the first part; the splitter adds it.
const SHIM: &str = " indirect_call_shim";

/// Beginnings of the names of functions that format a message and panic. None of them returns.
const PANICS: [&str; 14] = [
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::slice::index::slice_",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "core::cell::panic_",
    "alloc::raw_vec::handle_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::alloc::handle_alloc_error",
    "std::thread::local::panic_access_error",
    "std::panicking::panic_with_hook",
    "std::panicking::begin_panic",
];
/// The beginning, and another part, of the names of futures that belong to classes whose exports `lean.rs` removes.
/// Nobody calls these futures, but the table of functions still refers to them. The compiler merges equal functions and
/// keeps one name; no function of another crate equals these.
const UNREACHED: (&str, &str) = ("js_sys::futures::future_to_promise::", "wasm_streams::");
/// The end of the names of functions that only format text for panics. wasm-opt cannot know that, since they are called through
/// a table.
const SILENT: &str = " as core::fmt::Debug>::fmt";
/// The exceptions: the compiler may have merged these two with functions that format the same text for people.
const SPEAKING: [&str; 2] = ["bool as ", "core::fmt::Arguments as "];

/// What a function is replaced by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    /// A call of `panicked`.
    Panics,
    /// A trap, since nobody calls it.
    Unreached,
    /// A function that writes nothing, and returns success.
    Silent,
}

/// Returns the wasm of one part with small panics.
pub fn make_small(wasm: &[u8]) -> TaskResult<Vec<u8>> {
    let unreadable =
        |error: &dyn std::fmt::Display| TaskError::new(format!("the wasm cannot be read: {error}"));
    let module = Module::read(wasm).map_err(|error| unreadable(&error))?;
    let mut smaller =
        Smaller { blank: blanks(&module.data), fates: fates(&module)?, module: &module, at: 0, panic: 0 };
    if let Some(panic) = smaller.find_panic() {
        smaller.panic = panic;
    } else if module.names.is_empty() || smaller.fates.values().any(|fate| *fate == Fate::Panics) {
        return Err(TaskError::new(format!("the wasm has no function {PANICKED}, or no names of functions"))
            .way_on("look whether src/lib.rs exports it, and whether cargo keeps the names"));
    }
    let mut written = wasm_encoder::Module::new();
    smaller.parse_core_module(&mut written, Parser::new(0), wasm).map_err(|error| unreadable(&error))?;
    Ok(written.finish())
}

/// The facts of a wasm that decide how its functions and data are changed.
#[derive(Default)]
struct Module<'a> {
    /// The type of each function by its index; imported functions come first.
    functions: Vec<Type>,
    imported: u32,
    names: BTreeMap<u32, &'a str>,
    exports: BTreeMap<&'a str, u32>,
    /// The address of each data segment in memory, and its bytes.
    data: Vec<(u32, &'a [u8])>,
}

/// The parameters and results of a function.
#[derive(Clone, Default)]
struct Type {
    parameters: Vec<ValType>,
    results: Vec<ValType>,
}

impl<'a> Module<'a> {
    fn read(wasm: &'a [u8]) -> wasmparser::Result<Self> {
        let mut module = Self::default();
        let mut types = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => {
                    for ty in section.into_iter_err_on_gc_types() {
                        let ty = ty?;
                        types.push(Type { parameters: ty.params().to_vec(), results: ty.results().to_vec() });
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        if let wasmparser::TypeRef::Func(ty) = import?.ty {
                            module.functions.push(types.get(ty as usize).cloned().unwrap_or_default());
                            module.imported += 1;
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        module.functions.push(types.get(ty? as usize).cloned().unwrap_or_default());
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.kind == wasmparser::ExternalKind::Func {
                            module.exports.insert(export.name, export.index);
                        }
                    }
                }
                Payload::DataSection(section) => {
                    for data in section {
                        let data = data?;
                        module.data.push((place(&data)?, data.data));
                    }
                }
                Payload::CustomSection(section) => {
                    if let wasmparser::KnownCustom::Name(names) = section.as_known() {
                        for part in names {
                            if let wasmparser::Name::Function(functions) = part? {
                                for name in functions {
                                    let name = name?;
                                    module.names.insert(name.index, name.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(module)
    }

    fn ty(&self, function: u32) -> &Type {
        &self.functions[function as usize]
    }
}

/// The address of a data segment in memory; 0 if it is not a constant.
fn place(data: &Data<'_>) -> wasmparser::Result<u32> {
    let DataKind::Active { offset_expr, .. } = &data.kind else { return Ok(0) };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Ok(0),
    }
}

fn fates(module: &Module<'_>) -> TaskResult<BTreeMap<u32, Fate>> {
    let mut fates = BTreeMap::new();
    for (&function, name) in &module.names {
        let Some(fate) = fate(name) else { continue };
        let ty = module.ty(function);
        let fits = match fate {
            Fate::Panics => ty.results.is_empty(),
            Fate::Unreached => true,
            Fate::Silent => ty.results == [ValType::I32],
        };
        if !fits {
            return Err(TaskError::new(format!(
                "{:#} is not what crates/xtask/src/panics.rs takes it for",
                demangle(name)
            )));
        }
        fates.insert(function, fate);
    }
    Ok(fates)
}

fn fate(name: &str) -> Option<Fate> {
    let name = format!("{:#}", demangle(name.strip_suffix(SHIM).unwrap_or(name)));
    let name = name.trim_start_matches('<');
    if name.starts_with(UNREACHED.0) && name.contains(UNREACHED.1) {
        Some(Fate::Unreached)
    } else if name.ends_with(SILENT)
        && !SPEAKING.iter().any(|start| name.trim_start_matches('&').starts_with(start))
    {
        Some(Fate::Silent)
    } else {
        PANICS.iter().any(|start| name.starts_with(start)).then_some(Fate::Panics)
    }
}

/// Writes the changed module.
struct Smaller<'a> {
    module: &'a Module<'a>,
    fates: BTreeMap<u32, Fate>,
    /// Addresses of data that only panics read.
    blank: Vec<Range<u32>>,
    /// The index of the next function body, not counting imported functions.
    at: u32,
    /// The function that is called in place of one that panics.
    panic: u32,
}

impl Smaller<'_> {
    /// The function to call in place of a panic. In the first part: its export `panicked`. In a later part: a shim
    /// that calls a panicking function of the first part.
    fn find_panic(&self) -> Option<u32> {
        let exported = self.module.exports.get(PANICKED).copied();
        let is_shim = |(function, fate): &(&u32, &Fate)| **fate == Fate::Panics && self.is_shim(**function);
        exported.or_else(|| self.fates.iter().find(is_shim).map(|(function, _)| *function))
    }

    fn panic(&self, function: &mut Function) {
        for ty in &self.module.ty(self.panic).parameters {
            function.instruction(&zero(*ty));
        }
        function.instruction(&Instruction::Call(self.panic)).instruction(&Instruction::Unreachable);
    }

    /// Whether this function is a shim, by which a later part calls a function of the first part.
    fn is_shim(&self, function: u32) -> bool {
        self.module.names.get(&function).is_some_and(|name| name.ends_with(SHIM))
    }
}

fn zero(ty: ValType) -> Instruction<'static> {
    match ty {
        ValType::I64 => Instruction::I64Const(0),
        ValType::F32 => Instruction::F32Const(0.0.into()),
        ValType::F64 => Instruction::F64Const(0.0.into()),
        _ => Instruction::I32Const(0),
    }
}

impl Reencode for Smaller<'_> {
    type Error = std::convert::Infallible;

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        let this = self.module.imported + self.at;
        self.at += 1;
        match self.fates.get(&this) {
            Some(Fate::Panics) if !self.is_shim(this) => {
                let mut function = Function::new([]);
                self.panic(&mut function);
                code.function(function.instruction(&Instruction::End));
            }
            Some(Fate::Unreached) => {
                code.function(
                    Function::new([]).instruction(&Instruction::Unreachable).instruction(&Instruction::End),
                );
            }
            Some(Fate::Silent) => {
                code.function(
                    Function::new([]).instruction(&Instruction::I32Const(0)).instruction(&Instruction::End),
                );
            }
            _ => {
                let mut function = utils::new_function_with_parsed_locals(self, &body)?;
                let mut reader = body.get_operators_reader()?;
                while !reader.eof() {
                    let operator = reader.read()?;
                    match operator {
                        Operator::Call { function_index }
                            if self.fates.get(&function_index) == Some(&Fate::Panics) =>
                        {
                            for _ in &self.module.ty(function_index).parameters {
                                function.instruction(&Instruction::Drop);
                            }
                            self.panic(&mut function);
                        }
                        operator => {
                            function.instruction(&self.instruction(operator)?);
                        }
                    }
                }
                code.function(&function);
            }
        }
        Ok(())
    }

    fn parse_data(&mut self, section: &mut DataSection, data: Data<'_>) -> Result<(), Error> {
        let start = place(&data)?;
        let mut bytes = data.data.to_vec();
        for range in &self.blank {
            let within = |address: u32| address.checked_sub(start).map(|at| at as usize);
            if let (Some(from), Some(to)) = (within(range.start), within(range.end))
                && let Some(blank) = bytes.get_mut(from..to)
            {
                blank.fill(0);
            }
        }
        match data.kind {
            DataKind::Active { memory_index, offset_expr } => {
                section.active(self.memory_index(memory_index)?, &self.const_expr(offset_expr)?, bytes);
            }
            DataKind::Passive => {
                section.passive(bytes);
            }
        }
        Ok(())
    }
}

/// Addresses of the names of source files and of places in them, which panic messages contain.
fn blanks(data: &[(u32, &[u8])]) -> Vec<Range<u32>> {
    let mut blanks = Vec::new();
    let mut names = BTreeMap::new();
    for (start, bytes) in data {
        for range in file_names(bytes) {
            let (from, to) = (start + address(range.start), start + address(range.end));
            names.insert(from, to - from);
            blanks.push(from..to);
        }
    }
    // A place has four words: the address and the length of its file's name, the line, and the column.
    for (start, bytes) in data {
        for (at, place) in
            bytes.windows(16).enumerate().filter(|(at, _)| (*start as usize + at).is_multiple_of(4))
        {
            let word = |nth: usize| u32::from_le_bytes([0, 1, 2, 3].map(|byte| place[nth * 4 + byte]));
            if names.get(&word(0)) == Some(&word(1)) && word(2) < 100_000 && word(3) < 1000 {
                let from = start + address(at);
                blanks.push(from..from + 16);
            }
        }
    }
    blanks
}

fn address(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The ranges of names of source files. The compiler ends each with a zero byte.
fn file_names(bytes: &[u8]) -> Vec<Range<usize>> {
    const STARTS: [&[u8]; 5] = [b"/rustc/", b"/rust/deps/", b"/crates/", b"crates/", b"src/"];
    let is_named = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(length) = bytes[from..].windows(4).position(|end| end == b".rs\0") {
        let end = from + length + 3;
        let run = bytes[from..end].iter().rposition(|byte| !is_named(byte)).map_or(from, |at| from + at + 1);
        let starts = (run..end).find(|at| STARTS.iter().any(|start| bytes[*at..end].starts_with(start)));
        found.extend(starts.map(|start| start..end));
        from = end;
    }
    found
}

#[cfg(test)]
mod tests;
