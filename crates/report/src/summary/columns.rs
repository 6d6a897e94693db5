//! Finds the columns of a summary. DexCare documents no columns publicly, so the date and the status are guessed. The command
//! says so, and options override the guess.

use csv::ByteRecord;

use super::dates::day_of;
use crate::arguments::Summary;
use crate::error::{ErrorKind, ReportError, ReportResult};

/// A column, and whether it was guessed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Index in a row.
    pub place: usize,
    /// Name in the file's header.
    pub name: String,
    /// Whether the column was guessed, since no option names one.
    pub is_guessed: bool,
}

/// The columns of one summary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chosen {
    /// Columns to count by.
    pub by: Vec<Column>,
    /// The column with the day; `None` = the summary has no figures over time.
    pub date: Option<Column>,
    /// The column with the visit's status; `None` = statuses are not counted.
    pub status: Option<Column>,
}

/// The word that turns off a guess.
const NONE: &str = "none";

impl Chosen {
    /// Finds the columns in a header; the guess of the date column also looks at the first rows (`sample`).
    pub fn find(header: &ByteRecord, sample: &[ByteRecord], wanted: &Summary) -> ReportResult<Self> {
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let by = wanted.by.iter().map(|name| find(&names, name)).collect::<ReportResult<_>>()?;
        let guessed = |place: usize| Column { place, name: names[place].clone(), is_guessed: true };
        let one = |asked: Option<&str>, guess: Option<usize>| match asked {
            Some(word) if word.eq_ignore_ascii_case(NONE) => Ok(None),
            Some(name) => find(&names, name).map(Some),
            None => Ok(guess.map(guessed)),
        };
        Ok(Self {
            by,
            date: one(wanted.date.as_deref(), guess_date(&names, sample))?,
            status: one(wanted.status.as_deref(), guess_status(&names))?,
        })
    }

    /// Lines for the terminal, about the date and the status: which column was guessed, or that there is none.
    pub fn notes(&self) -> Vec<String> {
        let note = |what: &str, option: &str, column: &Option<Column>| match column {
            Some(column) if column.is_guessed => {
                Some(format!("{what}: column {} (guessed; {option} names another, or none)", column.name))
            }
            Some(_) => None,
            None => Some(format!("{what}: no column ({option} names one)")),
        };
        let notes = [note("date", "--date", &self.date), note("status", "--status", &self.status)];
        notes.into_iter().flatten().map(|note| crate::error::plain(&note)).collect()
    }
}

/// Finds a column by its name: first the exact name, then in any letter case.
fn find(names: &[String], wanted: &str) -> ReportResult<Column> {
    let wanted = wanted.trim();
    let exact = names.iter().position(|name| name == wanted);
    let place = exact.or_else(|| names.iter().position(|name| name.eq_ignore_ascii_case(wanted)));
    let place = place.ok_or_else(|| {
        let line = format!("there is no column {wanted}; there are: {}", names.join(", "));
        ReportError::new(ErrorKind::NoSuchColumn, line)
    })?;
    Ok(Column { place, name: names[place].clone(), is_guessed: false })
}

/// Guesses the date column: one that has a day in every cell that is not empty. If there are several, prefers the
/// day on which the visit was booked, then the day of the visit. Ignores birth dates.
fn guess_date(names: &[String], sample: &[ByteRecord]) -> Option<usize> {
    let are_days = |place: usize| {
        let mut cells =
            sample.iter().filter_map(|row| row.get(place)).filter(|cell| !cell.trim_ascii().is_empty());
        cells.next().is_some_and(|first| day_of(first).is_some()) && cells.all(|cell| day_of(cell).is_some())
    };
    let rank = |name: &str| {
        let name = name.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        match () {
            () if has(&["birth", "dob"]) => None,
            () if has(&["creat", "request", "book"]) => Some(0),
            () if has(&["start", "visit", "appointment"]) => Some(1),
            () if has(&["date", "time"]) => Some(2),
            () => Some(3),
        }
    };
    let candidates = (0..names.len()).filter(|place| are_days(*place));
    let ranked = candidates.filter_map(|place| rank(&names[place]).map(|rank| (rank, place)));
    ranked.min().map(|(_, place)| place)
}

/// Guesses the status column by its name: `status`, else `visitStatus`, else a name that contains `status`, else
/// one that contains `outcome`; in any letter case.
fn guess_status(names: &[String]) -> Option<usize> {
    let lower: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let called = |wanted: &dyn Fn(&str) -> bool| lower.iter().position(|name| wanted(name));
    called(&|name| name == "status")
        .or_else(|| called(&|name| name.replace(['_', ' ', '-'], "") == "visitstatus"))
        .or_else(|| called(&|name| name.contains("status")))
        .or_else(|| called(&|name| name.contains("outcome")))
}

#[cfg(test)]
mod tests {
    use super::{find, guess_date, guess_status};
    use csv::ByteRecord;

    fn names(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_column_is_found_in_any_case_and_the_exact_one_first() {
        let names = names("Status,status,product");
        assert_eq!(find(&names, "status").map(|column| column.place), Ok(1));
        assert_eq!(find(&names, " PRODUCT").map(|column| column.place), Ok(2));
        let error = find(&names, "use case").expect_err("no such column");
        assert_eq!(error.to_string(), "there is no column use case; there are: Status, status, product");
    }

    #[test]
    fn the_date_is_guessed_from_names_and_cells() {
        let rows =
            |lines: &[&str]| lines.iter().map(|line| line.split(',').collect()).collect::<Vec<ByteRecord>>();
        let columns = names("birthDate,updated,startAt,createdAt,code");
        let sample = rows(&["1979-02-11,2026-11-02,2026-11-03T10:00:00-08:00,2026-11-01T09:00:00.000Z,A"]);
        assert_eq!(guess_date(&columns, &sample), Some(3));
        let sample = rows(&["1979-02-11,2026-11-02,2026-11-03,soon,A", "1979-02-11,,2026-11-03,,B"]);
        assert_eq!(guess_date(&columns, &sample), Some(2));
        let sample = rows(&["1979-02-11,,,,A"]);
        assert_eq!(guess_date(&columns, &sample), None);
    }

    #[test]
    fn the_status_is_guessed_from_its_name() {
        assert_eq!(guess_status(&names("paymentStatus,visit_status")), Some(1));
        assert_eq!(guess_status(&names("paymentStatus,STATUS")), Some(1));
        assert_eq!(guess_status(&names("id,visitOutcome")), Some(1));
        assert_eq!(guess_status(&names("id,state")), None);
    }
}
