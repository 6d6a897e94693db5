//! Measures the release's files, uncompressed and compressed: prints a table, and writes `dist/sizes.json`.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::release::{self, INTEGRITY, twin};
use crate::stamp;
use crate::step::print_line;

/// Bytes of one file, or of all.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Size {
    /// Uncompressed.
    pub raw: usize,
    /// gzip, level 9.
    pub gzip: usize,
    /// brotli, quality 11.
    pub brotli: usize,
}

impl Size {
    /// The size of a file of the release and of its compressed copies.
    fn of(path: &Path) -> TaskResult<Self> {
        let length = |path: &Path| {
            fs::metadata(path)
                .map_err(TaskError::file("measure", path))
                .map(|metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX))
        };
        Ok(Self { raw: length(path)?, gzip: length(&twin(path, "gz"))?, brotli: length(&twin(path, "br"))? })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    fn json(self) -> serde_json::Value {
        json!({ "raw": self.raw, "gzip": self.gzip, "brotli": self.brotli })
    }
}

/// The size of each file of a finished release that a page may load.
pub fn files(project: &Project) -> TaskResult<Vec<(String, Size)>> {
    let files = release::files(project)?.into_iter().filter(|file| file.name != INTEGRITY);
    files.map(|file| Ok((file.name, Size::of(&file.path)?))).collect()
}

/// Measures a finished release, prints the table and writes it beside the release.
pub fn report(project: &Project) -> TaskResult {
    let rows = files(project)?;
    let total = rows.iter().fold(Size::default(), |sum, (_, size)| sum.plus(*size));
    let files: Vec<_> = rows
        .iter()
        .map(|(name, size)| {
            let mut row = size.json();
            row["file"] = json!(name);
            row
        })
        .collect();
    let value = json!({ "files": files, "total": total.json() });
    stamp::write(&project.dist.join("sizes.json"), format!("{value:#}\n").as_bytes())?;
    print_line(&table(&rows, total));
    Ok(())
}

fn table(rows: &[(String, Size)], total: Size) -> String {
    let mut lines = vec![format!("{:<22}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip -9", "brotli -11")];
    let line = |name: &str, size: Size| {
        format!("{name:<22}{:>12}{:>12}{:>12}", grouped(size.raw), grouped(size.gzip), grouped(size.brotli))
    };
    lines.extend(rows.iter().map(|(name, size)| line(name, *size)));
    lines.push(line("total", total));
    lines.join("\n")
}

/// A number with its digits in groups of three.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_in_threes() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1 000");
        assert_eq!(grouped(1_234_567), "1 234 567");
    }

    #[test]
    fn the_table_has_a_line_a_file_and_the_sum_below() {
        let small = Size { raw: 1000, gzip: 500, brotli: 400 };
        let rows = [("find-a-time.js".to_owned(), small), ("find-a-time.css".to_owned(), small)];
        let total = small.plus(small);
        let text = table(&rows, total);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(
            lines[1].split_whitespace().collect::<Vec<_>>(),
            ["find-a-time.js", "1", "000", "500", "400"]
        );
        assert_eq!(lines[3].split_whitespace().collect::<Vec<_>>(), ["total", "2", "000", "1", "000", "800"]);
        assert!(lines.iter().all(|line| line.len() == lines[0].len()), "the columns are straight");
    }

    #[test]
    fn a_file_is_weighed_as_it_is_and_as_its_twins_are() {
        let folder = std::env::temp_dir().join(format!("xtask-sizes-{}", std::process::id()));
        let script = folder.join("find-a-time.js");
        stamp::write(&script, &[b'x'; 100]).unwrap();
        stamp::write(&twin(&script, "gz"), &[b'x'; 40]).unwrap();
        assert!(Size::of(&script).is_err(), "a release that is not finished is not weighed");
        stamp::write(&twin(&script, "br"), &[b'x'; 30]).unwrap();
        assert_eq!(Size::of(&script), Ok(Size { raw: 100, gzip: 40, brotli: 30 }));
        fs::remove_dir_all(&folder).unwrap();
    }
}
