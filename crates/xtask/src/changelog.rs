//! Reads the section of a version from `CHANGELOG.md`, which has the form of Keep a Changelog 1.1.

use chrono::NaiveDate;

use crate::error::{TaskError, TaskResult};

/// The file's name in the repository.
pub const CHANGELOG: &str = "CHANGELOG.md";
/// The name of the section for changes that no release contains yet.
const UNRELEASED: &str = "Unreleased";

/// A section: `## [0.1.0] - 2026-11-29`, and the lines up to the next heading of its level.
#[derive(Debug, PartialEq, Eq)]
struct Section<'a> {
    /// The whole heading.
    heading: &'a str,
    /// What is in brackets: a version, or `Unreleased`.
    name: &'a str,
    /// The rest of the heading after the brackets, without the hyphen: the date of the release, or nothing.
    date: &'a str,
    body: &'a str,
}

impl Section<'_> {
    fn is_unreleased(&self) -> bool {
        self.name.eq_ignore_ascii_case(UNRELEASED)
    }

    /// The number of list items at the left margin.
    fn entries(&self) -> usize {
        self.body.lines().filter(|line| ["- ", "* ", "+ "].iter().any(|item| line.starts_with(item))).count()
    }
}

/// The section of the version as Markdown, with its heading. It must be the newest one, have a date and say something, and
/// `Unreleased` must have no entries: they would be released without being in the section.
pub fn notes(changelog: &str, version: &str) -> TaskResult<String> {
    let sections = sections(changelog)?;
    let heading = format!("`## [{version}] - YYYY-MM-DD`");
    let entries = sections.iter().find(|it| it.is_unreleased()).map_or(0, Section::entries);
    let entries = match entries {
        0 => None,
        1 => Some("1 entry".to_owned()),
        many => Some(format!("{many} entries")),
    };
    let newest = sections.iter().find(|section| !section.is_unreleased());
    let Some(newest) = newest.filter(|newest| newest.name == version) else {
        let newest = newest.map_or_else(
            || format!("{CHANGELOG} has no section of a version"),
            |newest| format!("the newest version in {CHANGELOG} is {}", newest.name),
        );
        let error = TaskError::new(format!("{newest}, and Cargo.toml has {version}"));
        return Err(match entries {
            Some(entries) => error.way_on(format!(
                "move the {entries} of \"{UNRELEASED}\" below a new heading {heading}, after \"{UNRELEASED}\""
            )),
            None => error.way_on(format!(
                "write what changes below a heading {heading}, before the older versions, or correct the version in Cargo.toml"
            )),
        });
    };
    if let Some(entries) = entries {
        return Err(TaskError::new(format!(
            "\"{UNRELEASED}\" in {CHANGELOG} has {entries}, which this commit contains and the notes of {version} do not"
        ))
        .way_on(format!("move them to the section of {version}")));
    }
    if !is_date(newest.date) {
        return Err(TaskError::new(format!("{CHANGELOG} has `{}`, without a date", newest.heading))
            .way_on(format!("set the day of the release: {heading}")));
    }
    if newest.body.trim().is_empty() {
        return Err(TaskError::new(format!("the section of {version} in {CHANGELOG} is empty"))
            .way_on(format!("write what {version} changes below its heading")));
    }
    Ok(format!("{}\n\n{}\n", newest.heading, newest.body.trim()))
}

/// The sections, in the order of the file.
fn sections(changelog: &str) -> TaskResult<Vec<Section<'_>>> {
    let (starts, end) = headings(changelog);
    let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([end]);
    let mut sections = Vec::new();
    for ((number, start), end) in starts.iter().zip(ends) {
        let text = &changelog[*start..end];
        let (heading, body) = text.split_once('\n').unwrap_or((text, ""));
        let heading = heading.trim_end();
        let (name, date) = parts(heading).ok_or_else(|| {
            TaskError::new(format!("{CHANGELOG}, line {number}: `{heading}` names no version"))
                .way_on(format!("write `## [{UNRELEASED}]` or `## [0.1.0] - YYYY-MM-DD`"))
        })?;
        sections.push(Section { heading, name, date, body });
    }
    Ok(sections)
}

/// Line number and index of each heading of the second level, and the index at which the last section ends: where nothing but
/// the addresses of links follows. Headings in blocks of code do not count.
fn headings(changelog: &str) -> (Vec<(usize, usize)>, usize) {
    let (mut starts, mut end, mut at, mut fence) = (Vec::new(), 0, 0, None);
    for (line, number) in changelog.split_inclusive('\n').zip(1..) {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if line.starts_with("## ") => starts.push((number, at)),
            _ => {}
        }
        at += line.len();
        let is_address = line.starts_with('[') && line.contains("]: ");
        if fence.is_some() || !(is_address || line.trim().is_empty()) {
            end = at;
        }
    }
    (starts, end)
}

/// The name and the date of a heading such as `## [0.1.0] - 2026-11-29`. `## [Unreleased]` has an empty date; `None`
/// for a heading without brackets.
fn parts(heading: &str) -> Option<(&str, &str)> {
    let (name, rest) = heading.strip_prefix("## ")?.trim_start().strip_prefix('[')?.split_once(']')?;
    let rest = rest.trim();
    Some((name, rest.strip_prefix('-').unwrap_or(rest).trim()))
}

/// Whether the text is a day of the calendar in the form `2026-11-29`.
fn is_date(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|date| date.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# Changelog

## [Unreleased]

Nothing yet.

## [0.2.0] - 2026-11-29

### Added

- A.

```md
## [9.9.9] - 2030-01-01
```

- B.

## [0.1.0] - 2026-10-01

- First.

[0.2.0]: https://example.org/0.2.0
[0.1.0]: https://example.org/0.1.0
";

    fn refusal(changelog: &str, version: &str) -> String {
        notes(changelog, version).unwrap_err().to_string()
    }

    #[test]
    fn the_notes_are_the_versions_section_with_its_blocks_of_code_and_no_other() {
        let expected =
            "## [0.2.0] - 2026-11-29\n\n### Added\n\n- A.\n\n```md\n## [9.9.9] - 2030-01-01\n```\n\n- B.\n";
        assert_eq!(notes(GOOD, "0.2.0").unwrap(), expected);
    }

    #[test]
    fn the_last_section_ends_before_the_addresses_of_links() {
        let only = GOOD
            .replace("## [0.2.0] - 2026-11-29", "## [Unreleased]")
            .replace("- A.", "")
            .replace("- B.", "");
        assert_eq!(notes(&only, "0.1.0").unwrap(), "## [0.1.0] - 2026-10-01\n\n- First.\n");
    }

    #[test]
    fn line_ends_of_windows_change_no_date_and_no_version() {
        assert!(
            notes(&GOOD.replace('\n', "\r\n"), "0.2.0").unwrap().starts_with("## [0.2.0] - 2026-11-29\n")
        );
    }

    #[test]
    fn an_older_newest_section_is_named_with_the_version_that_was_expected() {
        let text = refusal(GOOD, "0.3.0");
        assert!(text.contains("newest version in CHANGELOG.md is 0.2.0, and Cargo.toml has 0.3.0"), "{text}");
        assert!(text.contains("`## [0.3.0] - YYYY-MM-DD`"), "{text}");
        // A section further down does not count.
        assert!(refusal(GOOD, "0.1.0").contains("is 0.2.0, and Cargo.toml has 0.1.0"));
    }

    #[test]
    fn entries_of_unreleased_are_to_be_moved_where_the_version_has_no_section() {
        let text = refusal("# Changelog\n\n## [Unreleased]\n\n- A.\n* B.\n  - Of B.\n", "0.1.0");
        assert!(text.contains("has no section of a version, and Cargo.toml has 0.1.0"), "{text}");
        assert!(
            text.contains("move the 2 entries of \"Unreleased\" below a new heading `## [0.1.0]"),
            "{text}"
        );
        let text = refusal(&GOOD.replace("Nothing yet.", "- C."), "0.3.0");
        assert!(text.contains("is 0.2.0") && text.contains("move the 1 entry of"), "{text}");
        assert!(refusal("", "0.1.0").contains("has no section of a version"));
    }

    #[test]
    fn entries_of_unreleased_beside_the_versions_section_are_to_be_moved_too() {
        let text = refusal(&GOOD.replace("Nothing yet.", "- C."), "0.2.0");
        assert!(text.contains("has 1 entry, which this commit contains"), "{text}");
        assert!(text.contains("move them to the section of 0.2.0"), "{text}");
    }

    #[test]
    fn a_section_without_a_date_is_shown_with_the_form_of_one() {
        for date in [" - not released yet", "", " - 29.11.2026", " - 2026-11-31", " - 2026-11-29 [YANKED]"] {
            let heading = format!("## [0.2.0]{date}");
            let text = refusal(&GOOD.replace("## [0.2.0] - 2026-11-29", &heading), "0.2.0");
            assert!(text.contains(&format!("has `{heading}`, without a date")), "{text}");
            assert!(text.contains("set the day of the release: `## [0.2.0] - YYYY-MM-DD`"), "{text}");
        }
    }

    #[test]
    fn an_empty_section_is_refused() {
        let text = refusal("## [0.2.0] - 2026-11-29\n\n## [0.1.0] - 2026-10-01\n- A.\n", "0.2.0");
        assert!(text.contains("section of 0.2.0 in CHANGELOG.md is empty"), "{text}");
    }

    #[test]
    fn a_heading_in_another_form_is_shown_with_its_line() {
        let text = refusal(&GOOD.replace("## [0.2.0] -", "## 0.2.0 -"), "0.2.0");
        assert!(text.contains("CHANGELOG.md, line 7: `## 0.2.0 - 2026-11-29` names no version"), "{text}");
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        for good in ["2026-11-29", "2028-02-29", "2000-02-29", "2026-01-31"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-04-00",
            "2026-4-1",
            "2026/04/01",
            "+026-04-01",
            "2026-04-011",
            "2026-04-0é",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}
