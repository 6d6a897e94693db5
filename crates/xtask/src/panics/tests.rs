use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, FunctionSection, MemorySection,
    MemoryType, NameMap, NameSection, TypeSection,
};

use super::*;

const FILE: &[u8] = b"src/lib.rs\0";

/// Makes a wasm with a function for each name. The Boolean says whether the function writes text: if so, it has
/// two parameters and a result. The first function calls all functions from the third on.
fn wasm(names: &[(&str, bool)]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([wasm_encoder::ValType::I32], []);
    types.ty().function([wasm_encoder::ValType::I32; 2], [wasm_encoder::ValType::I32]);
    let (mut functions, mut code, mut map) = (FunctionSection::new(), CodeSection::new(), NameMap::new());
    let mut exports = ExportSection::new();
    for (place, (name, writes)) in names.iter().enumerate() {
        let index = u32::try_from(place).unwrap();
        map.append(index, name);
        functions.function(if place < 2 { 0 } else { 1 + u32::from(*writes) });
        let mut body = Function::new([]);
        if place == 0 {
            for (other, (_, writes)) in names.iter().enumerate().skip(2) {
                for _ in 0..=u32::from(*writes) {
                    body.instruction(&Instruction::I32Const(7));
                }
                body.instruction(&Instruction::Call(u32::try_from(other).unwrap()));
                if *writes {
                    body.instruction(&Instruction::Drop);
                }
            }
        } else if *writes {
            body.instruction(&Instruction::I32Const(1));
        }
        code.function(body.instruction(&Instruction::End));
    }
    exports.export("run", ExportKind::Func, 0).export(PANICKED, ExportKind::Func, 1);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut data = DataSection::new();
    let place: Vec<u8> = [1024, 10, 12, 5].into_iter().flat_map(u32::to_le_bytes).collect();
    data.active(0, &ConstExpr::i32_const(1024), [FILE, b"\0", &place, b"a word"].concat());
    let mut section = NameSection::new();
    section.functions(&map);
    let mut module = wasm_encoder::Module::new();
    module
        .section(&types)
        .section(&functions)
        .section(&memories)
        .section(&exports)
        .section(&code)
        .section(&data);
    module.section(&section);
    module.finish()
}

/// The indexes of the functions that the first function calls, in order.
fn calls(wasm: &[u8]) -> Vec<u32> {
    bodies(wasm)
        .remove(0)
        .into_iter()
        .filter_map(|op| match op {
            Operator::Call { function_index } => Some(function_index),
            _ => None,
        })
        .collect()
}

fn bodies(wasm: &[u8]) -> Vec<Vec<Operator<'_>>> {
    let payloads = Parser::new(0).parse_all(wasm).map(Result::unwrap);
    payloads
        .filter_map(|payload| match payload {
            Payload::CodeSectionEntry(body) => {
                Some(body.get_operators_reader().unwrap().into_iter().map(Result::unwrap).collect())
            }
            _ => None,
        })
        .collect()
}

const RUN: (&str, bool) = ("find_a_time::run", false);
const OURS: (&str, bool) = ("find_a_time::panicked", false);

#[test]
fn every_panic_becomes_one_call_without_arguments() {
    let small =
        make_small(&wasm(&[RUN, OURS, ("core::panicking::panic_fmt", false), ("find_a_time::draw", false)]))
            .unwrap();
    assert_eq!(
        calls(&small),
        [1, 3],
        "`panicked` in place of the panic; what does not panic is called as before"
    );
    let run = &bodies(&small)[0];
    assert!(
        run.windows(3).any(|ops| matches!(
            ops,
            [Operator::Drop, Operator::Call { function_index: 1 }, Operator::Unreachable]
        )),
        "{run:?}"
    );
    // A call through the table panics too.
    assert!(matches!(
        bodies(&small)[2].as_slice(),
        [Operator::Call { function_index: 1 }, Operator::Unreachable, Operator::End]
    ));
}

#[test]
fn what_writes_for_panics_writes_nothing_and_what_writes_for_people_still_does() {
    let names = [
        "<char as core::fmt::Debug>::fmt",
        "<bool as core::fmt::Debug>::fmt",
        "<u32 as core::fmt::Display>::fmt",
    ];
    let small =
        make_small(&wasm(&[RUN, OURS, (names[0], true), (names[1], true), (names[2], true)])).unwrap();
    let returns = |place: usize| {
        matches!(bodies(&small)[place].as_slice(), [Operator::I32Const { value: 0 }, Operator::End])
    };
    assert_eq!([2, 3, 4].map(returns), [true, false, false]);
}

#[test]
fn names_of_source_files_and_places_in_them_are_blank_and_other_data_stays() {
    let small = make_small(&wasm(&[RUN, OURS])).unwrap();
    let text = String::from_utf8_lossy(&small).into_owned();
    assert!(!text.contains("src/lib.rs"));
    assert!(text.contains("a word"));
    assert!(!small.windows(8).any(|bytes| bytes == [12, 0, 0, 0, 5, 0, 0, 0]), "the line and the column");
}

#[test]
fn a_wasm_without_names_is_an_error() {
    let mut module = wasm_encoder::Module::new();
    module.section(&TypeSection::new());
    let error = make_small(&module.finish()).unwrap_err().to_string();
    assert!(error.contains("no names of functions"), "{error}");
}
