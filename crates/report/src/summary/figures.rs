//! The figures of a summary, as the table, the page and the JSON show them: the largest groups first, the others summed up.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Chosen, Column};
use super::dates::Unit;
use super::tally::{Counted, Tally};

/// With more stretches than this, the figures leave out those without a visit.
const MOST_STRETCHES: usize = 400;

/// How many status columns there are at most; with more statuses, the last column is the sum of the rest.
const MOST_STATUSES: usize = 12;

/// The figures of one summary. Serialized, they are the output of `--json`.
#[derive(Serialize, Debug)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Name of the file.
    pub file: String,
    /// Number of rows in the file.
    pub rows: u64,
    /// Names of the columns that rows are counted by.
    pub by: Vec<String>,
    /// The date column.
    pub date: Option<Choice>,
    /// The status column.
    pub status: Option<Choice>,
    /// Statuses in order of frequency. If there are more than twelve, the last one is null: the sum of the rarest.
    pub statuses: Vec<Option<String>>,
    /// The groups that the figures list.
    pub groups: Vec<Group>,
    /// The sum of the groups that are not listed; `None` if all are listed.
    pub others: Option<Others>,
    /// Figures over time; `None` if no row has a day.
    pub over_time: Option<OverTime>,
}

/// A column and whether it was guessed.
#[derive(Serialize, Debug)]
pub struct Choice {
    /// Name in the file's header.
    pub column: String,
    /// Whether the column was guessed, since no option names one.
    pub guessed: bool,
}

/// One group.
#[derive(Serialize, Debug)]
pub struct Group {
    /// The group's cells, in the order of the columns.
    pub values: Vec<String>,
    /// Number of rows.
    pub visits: u64,
    /// Part of all rows, 0–1.
    pub share: f64,
    /// Number of rows with each status, in the order of [`Figures::statuses`].
    pub statuses: Vec<u64>,
}

/// The groups that the list leaves out.
#[derive(Serialize, Debug)]
pub struct Others {
    /// Number of groups.
    pub groups: u64,
    /// Number of rows.
    pub visits: u64,
    /// Part of all rows, 0–1.
    pub share: f64,
    /// Number of rows with each status, in the order of [`Figures::statuses`].
    pub statuses: Vec<u64>,
}

/// Figures over time.
#[derive(Serialize, Debug)]
pub struct OverTime {
    /// Length of a stretch.
    pub unit: Unit,
    /// The earliest day in the file.
    pub first: NaiveDate,
    /// The latest day in the file.
    pub last: NaiveDate,
    /// Number of rows without a day.
    pub undated: u64,
    /// The stretches, in order of time.
    pub stretches: Vec<Stretch>,
}

/// One stretch.
#[derive(Serialize, Debug)]
pub struct Stretch {
    /// Its first day.
    pub start: NaiveDate,
    /// Number of rows.
    pub visits: u64,
    /// Number of rows of each listed group, in the order of [`Figures::groups`].
    pub groups: Vec<u64>,
}

/// `part` divided by `whole`, 0–1; 0 if `whole` is 0.
#[allow(clippy::cast_precision_loss, reason = "no file has 2^53 rows")]
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A share as text, in percent.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

impl Figures {
    /// Sorts the counts, and lists at most `top` groups; 0 lists all.
    pub fn new(file: String, chosen: &Chosen, tally: Tally, top: usize) -> Self {
        let mut counted = tally.finish();
        let listed = order(&mut counted, top);
        let statuses = Statuses::of(&counted, chosen.status.is_some());
        let rows = counted.rows;
        let over_time = over_time(&counted, &listed);
        let groups = listed.iter().map(|number| {
            let (values, visits) = std::mem::take(&mut counted.groups[*number as usize]);
            Group {
                values,
                visits,
                share: share(visits, rows),
                statuses: statuses.of_group(&counted, *number),
            }
        });
        let groups: Vec<Group> = groups.collect();
        let left = counted.groups.len() - groups.len();
        let visits = rows - groups.iter().map(|group| group.visits).sum::<u64>();
        let rest = |place: usize| groups.iter().map(|group| group.statuses[place]).sum::<u64>();
        let others = (left > 0).then(|| Others {
            groups: left as u64,
            visits,
            share: share(visits, rows),
            statuses: statuses.totals.iter().enumerate().map(|(place, all)| all - rest(place)).collect(),
        });
        let choice = |column: &Column| Choice { column: column.name.clone(), guessed: column.is_guessed };
        Self {
            file,
            rows,
            by: chosen.by.iter().map(|column| column.name.clone()).collect(),
            date: chosen.date.as_ref().map(choice),
            status: chosen.status.as_ref().map(choice),
            statuses: statuses.names,
            groups,
            others,
            over_time,
        }
    }
}

/// The numbers of the groups to list: the largest first, groups of equal size by name.
fn order(counted: &mut Counted, top: usize) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0_u32..).take(counted.groups.len()).collect();
    numbers.sort_by_key(|number| {
        let (values, visits) = &counted.groups[*number as usize];
        (Reverse(*visits), values)
    });
    if top > 0 {
        numbers.truncate(top);
    }
    numbers
}

/// The columns in which statuses are counted, and which status belongs to which column.
struct Statuses {
    names: Vec<Option<String>>,
    /// The column of each status, by the status's number.
    places: Vec<usize>,
    totals: Vec<u64>,
}

impl Statuses {
    fn of(counted: &Counted, is_wanted: bool) -> Self {
        if !is_wanted {
            return Self { names: Vec::new(), places: Vec::new(), totals: Vec::new() };
        }
        let mut frequency = vec![0_u64; counted.statuses.len()];
        for ((_, status), count) in &counted.by_status {
            frequency[*status as usize] += count;
        }
        let mut ranked: Vec<usize> = (0..frequency.len()).collect();
        ranked.sort_by_key(|number| (Reverse(frequency[*number]), &counted.statuses[*number]));
        let columns = if ranked.len() > MOST_STATUSES { MOST_STATUSES } else { ranked.len() };
        let own = if ranked.len() > MOST_STATUSES { columns - 1 } else { columns };
        let mut names: Vec<_> =
            ranked.iter().take(own).map(|number| Some(counted.statuses[*number].clone())).collect();
        names.resize(columns, None);
        let (mut places, mut totals) = (vec![0; ranked.len()], vec![0; columns]);
        for (rank, number) in ranked.into_iter().enumerate() {
            places[number] = rank.min(columns - 1);
            totals[places[number]] += frequency[number];
        }
        Self { names, places, totals }
    }

    fn of_group(&self, counted: &Counted, group: u32) -> Vec<u64> {
        let mut counts = vec![0; self.names.len()];
        for (status, place) in (0_u32..).zip(&self.places) {
            counts[*place] += counted.by_status.get(&(group, status)).copied().unwrap_or_default();
        }
        counts
    }
}

fn over_time(counted: &Counted, listed: &[u32]) -> Option<OverTime> {
    let days = || counted.by_day.iter().map(|(_, day, _)| *day);
    let (first, last) = (days().min()?, days().max()?);
    let unit = Unit::for_span(first, last);
    let columns: HashMap<u32, usize> =
        listed.iter().enumerate().map(|(place, number)| (*number, place)).collect();
    let mut stretches: HashMap<NaiveDate, Stretch> = HashMap::new();
    let empty = |start| Stretch { start, visits: 0, groups: vec![0; listed.len()] };
    for (group, day, count) in &counted.by_day {
        let start = unit.start(*day);
        let stretch = stretches.entry(start).or_insert_with(|| empty(start));
        stretch.visits += count;
        if let Some(column) = columns.get(group) {
            stretch.groups[*column] += count;
        }
    }
    let calendar: Vec<NaiveDate> = std::iter::successors(Some(unit.start(first)), |start| unit.next(*start))
        .take_while(|start| *start <= last)
        .take(MOST_STRETCHES + 1)
        .collect();
    if calendar.len() <= MOST_STRETCHES {
        for start in calendar {
            stretches.entry(start).or_insert_with(|| empty(start));
        }
    }
    let mut stretches: Vec<Stretch> = stretches.into_values().collect();
    stretches.sort_by_key(|stretch| stretch.start);
    Some(OverTime { unit, first, last, undated: counted.undated, stretches })
}

#[cfg(test)]
pub mod tests {
    use super::Figures;
    use crate::arguments::{Arguments, Command};
    use crate::summary::read::read;
    use clap::Parser;

    /// The figures of a CSV text, as the command computes them with these arguments.
    pub fn figures(text: &str, words: &[&str]) -> Figures {
        let line = ["dexcare-report", "summary", "visits.csv"].iter().chain(words);
        let Command::Summary(wanted) = Arguments::parse_from(line).command else {
            unreachable!("a summary was asked for")
        };
        let (chosen, tally) = read(text.as_bytes(), "visits.csv", &wanted).expect("a whole file");
        Figures::new("visits.csv".to_owned(), &chosen, tally, wanted.top)
    }

    const VISITS: &str = "product,status,createdAt\n\
        flushot,done,2026-11-02T09:00:00Z\nflushot,cancelled,2026-11-02T10:00:00Z\nflushot,done,2026-11-04\n\
        findadoctor,done,2026-11-02\nfindadoctor,requested,\nquality,done,soon\n";

    #[test]
    fn groups_come_by_size_with_their_shares_and_statuses() {
        let figures = figures(VISITS, &["--by", "product", "--date", "createdAt"]);
        let groups: Vec<_> = figures
            .groups
            .iter()
            .map(|group| (group.values[0].as_str(), group.visits, group.statuses.clone()))
            .collect();
        let expected =
            [("flushot", 3, vec![2, 1, 0]), ("findadoctor", 2, vec![1, 0, 1]), ("quality", 1, vec![1, 0, 0])];
        assert_eq!(groups, expected);
        assert_eq!(figures.statuses, ["done", "cancelled", "requested"].map(|name| Some(name.to_owned())));
        assert!((figures.groups[0].share - 0.5).abs() < 1e-9);
        assert!(figures.others.is_none());
    }

    #[test]
    fn days_without_a_visit_are_there_and_rows_without_a_day_are_counted() {
        let figures = figures(VISITS, &["--by", "product", "--date", "createdAt"]);
        let time = figures.over_time.expect("dates");
        let days: Vec<_> = time.stretches.iter().map(|day| (day.visits, day.groups.clone())).collect();
        assert_eq!(days, [(3, vec![2, 1, 0]), (0, vec![0, 0, 0]), (1, vec![1, 0, 0])]);
        assert_eq!(time.undated, 2);
    }

    #[test]
    fn several_columns_make_groups_of_their_own_and_the_small_ones_are_added_up() {
        let figures = figures(VISITS, &["--by", "product,status", "--status", "none", "--top", "2"]);
        assert_eq!(figures.groups[0].values, ["flushot", "done"]);
        assert_eq!(figures.groups[1].values, ["findadoctor", "done"]);
        let others = figures.others.expect("others");
        assert_eq!((others.groups, others.visits), (3, 3));
        assert!(figures.statuses.is_empty() && figures.status.is_none());
    }

    #[test]
    fn cells_that_only_look_alike_when_joined_stay_apart() {
        let figures = figures("a,b\nx,yz\nxy,z\n", &["--by", "a,b"]);
        assert_eq!(figures.groups.len(), 2);
    }

    #[test]
    fn many_statuses_share_the_last_column() {
        let rows: Vec<String> = (0..20).map(|status| format!("flushot,s{status:02}")).collect();
        let figures = figures(&format!("product,status\n{}\n", rows.join("\n")), &["--by", "product"]);
        assert_eq!(figures.statuses.len(), 12);
        assert_eq!((figures.statuses[11].as_ref(), figures.groups[0].statuses[11]), (None, 9));
    }

    #[test]
    fn a_file_with_a_header_alone_has_no_groups() {
        let figures = figures("product,status\n", &["--by", "product"]);
        assert_eq!((figures.rows, figures.groups.len()), (0, 0));
    }
}
