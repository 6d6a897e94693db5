//! `cargo xtask dist --account`: lists what takes up the bytes of each part of the wasm. It builds copies of the parts that keep
//! the names of functions, which a release leaves out.

use std::fs;

use crate::census::Census;
use crate::error::{TaskError, TaskResult};
use crate::parts;
use crate::project::Project;
use crate::sizes::grouped;
use crate::stamp;
use crate::step::print_line;

/// How many modules a table shows.
const MODULES: usize = 40;

/// Builds the parts with names, prints a table for each part, and writes a list of all functions beside each part.
pub fn report(project: &Project, functions: usize) -> TaskResult {
    let _alone = project.alone()?;
    for part in parts::build_named(project)? {
        let name = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&part).map_err(TaskError::file("read", &part))?;
        let census = Census::of(&bytes)?;
        let all = part.with_extension("functions.txt");
        stamp::write(&all, list(&census, usize::MAX).as_bytes())?;
        print_line(&table(&name, &census, functions));
        print_line(&beside_release(project, &name, census.total()));
        print_line(&format!("All functions: {}", all.display()));
    }
    Ok(())
}

fn table(name: &str, census: &Census, functions: usize) -> String {
    let total = census.total();
    let line = |what: &str, bytes: usize| {
        let tenths = (bytes * 1000 + total / 2).checked_div(total).unwrap_or_default();
        format!("{:>10}{:>5}.{} %  {what}", grouped(bytes), tenths / 10, tenths % 10)
    };
    let mut sections: Vec<_> = census.sections.iter().map(|(what, bytes)| (*what, *bytes)).collect();
    sections.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let rows = |rows: Vec<(&str, usize)>, most: usize| {
        rows.into_iter().take(most).map(|(what, bytes)| line(what, bytes)).collect::<Vec<_>>().join("\n")
    };
    let code: usize = census.functions.iter().map(|function| function.bytes).sum();
    [
        format!("\n{name}, bytes before compression"),
        format!("{}\n{}", line("functions", code), rows(sections, usize::MAX)),
        format!("\nfunctions by crate\n{}", rows(census.by(|function| &function.krate), usize::MAX)),
        format!("\nfunctions by module, the {MODULES} largest\n{}", rows(census.by(|f| &f.module), MODULES)),
        format!("\nthe {functions} longest functions\n{}", list(census, functions)),
    ]
    .join("\n")
}

/// A line for each of the `most` longest functions.
fn list(census: &Census, most: usize) -> String {
    let lines = census.functions.iter().take(most);
    let lines = lines.map(|function| format!("{:>10}  {}", grouped(function.bytes), function.name));
    lines.collect::<Vec<_>>().join("\n")
}

/// Compares the size of the counted file with that of the released one.
fn beside_release(project: &Project, name: &str, counted: usize) -> String {
    let file = fs::metadata(project.release.join(name)).ok();
    match file.and_then(|file| usize::try_from(file.len()).ok()) {
        Some(length) => format!(
            "Counted {} bytes; {name} of the release has {}, with its sections' heads.",
            grouped(counted),
            grouped(length)
        ),
        None => format!("Counted {} bytes; the release has no {name}.", grouped(counted)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::census::Function;

    fn census() -> Census {
        let function = |krate: &str, bytes| Function {
            name: format!("{krate}::work"),
            krate: krate.to_owned(),
            module: format!("{krate}::module"),
            bytes,
        };
        Census {
            functions: vec![function("booking", 600), function("core", 300)],
            sections: [("exports", 100)].into(),
        }
    }

    #[test]
    fn a_table_has_the_sections_the_crates_the_modules_and_the_longest_functions() {
        let text = table("find-a-time.wasm", &census(), 1);
        assert!(text.contains("       900   90.0 %  functions\n       100   10.0 %  exports"), "{text}");
        assert!(text.contains("       600   60.0 %  booking\n       300   30.0 %  core"), "{text}");
        assert!(text.contains("booking::module"), "{text}");
        assert!(text.contains("the 1 longest functions\n       600  booking::work"), "{text}");
        assert!(!text.contains("core::work"), "{text}");
    }
}
