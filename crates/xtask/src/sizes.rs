//! What the bundle weighs, as it is and as servers send it: the table, and `dist/sizes.json`.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::project::Project;
use crate::stamp;
use crate::step::print_line;
use crate::trouble::{Outcome, Trouble};

/// Bytes of one file, or of all.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Size {
    raw: usize,
    /// gzip, level 9.
    gzip: usize,
    /// brotli, quality 11.
    brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> std::io::Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = Vec::new();
        brotli::CompressorReader::new(bytes, 1 << 16, 11, 22).read_to_end(&mut brotli)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
    }

    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }

    fn json(self) -> serde_json::Value {
        json!({ "raw": self.raw, "gzip": self.gzip, "brotli": self.brotli })
    }
}

/// Measures the bundle (not the preview), prints the table and writes it beside the bundle.
pub fn report(project: &Project) -> Outcome {
    let mut rows = Vec::new();
    for file in stamp::files(&project.dist)? {
        let name = file.strip_prefix(&project.dist).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if is_shipped(&name) {
            rows.push((name, measure(&file)?));
        }
    }
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

/// Whether a host page loads this file.
fn is_shipped(name: &str) -> bool {
    name != "sizes.json" && !name.starts_with("preview/")
}

fn measure(file: &Path) -> Outcome<Size> {
    fs::read(file).and_then(|bytes| Size::of(&bytes)).map_err(Trouble::file("measure", file))
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

/// Digits in threes.
fn grouped(number: usize) -> String {
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
    fn only_what_a_host_page_loads_is_weighed() {
        assert!(is_shipped("find-a-time.wasm"));
        assert!(is_shipped("locales/es.json"));
        assert!(!is_shipped("preview/index.html"));
        assert!(!is_shipped("sizes.json"));
    }

    #[test]
    fn compressed_text_is_smaller_and_comes_out_the_same_size_each_time() {
        let text = "find a time ".repeat(100);
        let size = Size::of(text.as_bytes()).unwrap();
        assert_eq!(size.raw, 1200);
        assert!(size.gzip < 100 && size.brotli < size.gzip, "{size:?}");
        assert_eq!(size, Size::of(text.as_bytes()).unwrap());
    }
}
