//! Checks `tests/budgets.json`: how many bytes a patient downloads, in brotli. Each budget has: the release's files that it
//! counts (`*` = all), the `most` that the tests allow, and sometimes the `goal` of the first release and the `aim` for
//! later ones.

use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::error::{TaskError, TaskResult};
use crate::project::Project;
use crate::sizes::{self, grouped};
use crate::step::print_line;
use crate::tally::Tally;

/// In a budget's list of files: every file of the release.
const ALL: &str = "*";

/// One budget of `tests/budgets.json`, and how many bytes of the release it counts.
#[derive(Debug, PartialEq, Eq)]
struct Budget {
    name: String,
    bytes: usize,
    most: usize,
    goal: Option<usize>,
    aim: Option<usize>,
}

/// Prints the budgets and sizes of a finished release; each budget is one check.
pub fn check(project: &Project) -> TaskResult<Tally> {
    let budgets = read(project)?;
    print_line(&table(&budgets));
    let mut tally = Tally::default();
    for budget in &budgets {
        if let Some(error) = budget.excess() {
            print_line(&error.to_string());
        }
        tally += Tally::check(budget.excess().is_none());
    }
    Ok(tally)
}

fn read(project: &Project) -> TaskResult<Vec<Budget>> {
    let path = file(project);
    let text = fs::read_to_string(&path).map_err(TaskError::file("read", &path))?;
    let files = sizes::files(project)?;
    let brotli: Vec<(&str, usize)> = files.iter().map(|(name, size)| (name.as_str(), size.brotli)).collect();
    parse(&text, &brotli)
}

fn file(project: &Project) -> PathBuf {
    project.root.join("tests/budgets.json")
}

/// Parses the file's text, for a release with these files and sizes.
fn parse(text: &str, release: &[(&str, usize)]) -> TaskResult<Vec<Budget>> {
    let wrong = |what: String| TaskError::new(format!("tests/budgets.json: {what}"));
    let file: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| wrong(format!("is no JSON object: {error}")))?;
    file.into_iter()
        .map(|(name, budget)| {
            let number = |key: &str| budget[key].as_u64().and_then(|number| usize::try_from(number).ok());
            let most = number("most").ok_or_else(|| wrong(format!("`{name}` has no `most`")))?;
            let files = budget["files"].as_array().map(Vec::as_slice).unwrap_or_default();
            let mut bytes = 0;
            for file in files {
                let is_counted = |(name, _): &&(&str, usize)| file == ALL || file == *name;
                let matches: Vec<_> = release.iter().filter(is_counted).collect();
                if matches.is_empty() {
                    return Err(wrong(format!("`{name}` counts {file}, which is not in the release"))
                        .way_on("name the files that a page downloads now: `cargo xtask dist` lists them"));
                }
                bytes += matches.iter().map(|(_, bytes)| bytes).sum::<usize>();
            }
            Ok(Budget { name, bytes, most, goal: number("goal"), aim: number("aim") })
        })
        .collect()
}

impl Budget {
    fn excess(&self) -> Option<TaskError> {
        let over = self.bytes.checked_sub(self.most).filter(|over| *over > 0)?;
        let line = format!(
            "`{}` is {} bytes in brotli, {} more than tests/budgets.json allows",
            self.name,
            grouped(self.bytes),
            grouped(over)
        );
        Some(TaskError::new(line).way_on(
            "`cargo xtask dist --account` lists what the wasm is made of; make it smaller, or raise `most` there and say why in the commit",
        ))
    }

    fn row(&self) -> String {
        let optional = |number: Option<usize>| number.map_or_else(|| "-".to_owned(), grouped);
        format!(
            "{:<22}{:>12}{:>12}{:>12}{:>12}",
            self.name,
            grouped(self.bytes),
            grouped(self.most),
            optional(self.goal),
            optional(self.aim)
        )
    }
}

fn table(budgets: &[Budget]) -> String {
    let head =
        format!("{:<22}{:>12}{:>12}{:>12}{:>12}", "budgets, in brotli", "now", "at most", "goal", "aim");
    std::iter::once(head).chain(budgets.iter().map(Budget::row)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASE: [(&str, usize); 3] =
        [("find-a-time.js", 10), ("find-a-time.wasm", 100), ("locales/en.txt", 5)];

    fn one(text: &str) -> TaskResult<Budget> {
        parse(text, &RELEASE).map(|mut budgets| budgets.remove(0))
    }

    #[test]
    fn a_budget_counts_the_files_it_names() {
        let text =
            r#"{"first times": {"files": ["find-a-time.js", "find-a-time.wasm"], "most": 200, "goal": 90}}"#;
        let expected =
            Budget { name: "first times".into(), bytes: 110, most: 200, goal: Some(90), aim: None };
        assert_eq!(one(text), Ok(expected));
        assert_eq!(one(r#"{"everything": {"files": ["*"], "most": 1}}"#).unwrap().bytes, 115);
    }

    #[test]
    fn a_file_that_is_gone_from_the_release_is_named() {
        let text = one(r#"{"script": {"files": ["old.js"], "most": 1}}"#).unwrap_err().to_string();
        assert!(text.contains("old.js") && text.contains("`script`"), "{text}");
        assert!(one(r#"{"script": {"files": []}}"#).is_err(), "no `most`");
        assert!(one("[]").is_err());
    }

    #[test]
    fn a_budget_that_is_exceeded_says_by_how_much_and_what_to_do() {
        let budget = |most| Budget { name: "script".into(), bytes: 1100, most, goal: None, aim: None };
        assert_eq!(budget(1100).excess(), None);
        let text = budget(1000).excess().unwrap().to_string();
        assert!(text.contains("1 100 bytes in brotli, 100 more") && text.contains("--account"), "{text}");
    }

    #[test]
    fn the_table_has_a_line_a_budget() {
        let text = table(&[one(r#"{"all": {"files": ["*"], "most": 2000, "aim": 80}}"#).unwrap()]);
        let last: Vec<_> = text.lines().last().unwrap().split_whitespace().collect();
        assert_eq!(last, ["all", "115", "2", "000", "-", "80"]);
    }

    #[test]
    fn the_projects_own_budgets_can_be_read() {
        let text = fs::read_to_string(file(&Project::find().unwrap())).unwrap();
        let budgets: Map<String, Value> = serde_json::from_str(&text).unwrap();
        for (name, budget) in budgets {
            assert!(budget["most"].is_u64() && !budget["files"].as_array().unwrap().is_empty(), "{name}");
        }
    }
}
