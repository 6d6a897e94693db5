//! Counts rows: one entry for each group, and for each status and day within it. Nothing else of a row is kept in memory.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use csv::ByteRecord;

use super::columns::Chosen;
use super::dates::day_of;

/// The number of a group or a status. Groups and statuses are numbered in the order in which the file first names them.
type Number = u32;

/// The counts so far.
pub struct Tally {
    by: Vec<usize>,
    date: Option<usize>,
    status: Option<usize>,
    groups: HashMap<Vec<u8>, Number>,
    counts: Vec<u64>,
    statuses: HashMap<Vec<u8>, Number>,
    by_status: HashMap<(Number, Number), u64>,
    /// Row count by group and day; days are numbered from 1 January of the year 1.
    by_day: HashMap<(Number, i32), u64>,
    rows: u64,
    undated: u64,
    key: Vec<u8>,
}

/// The finished counts, with texts in place of bytes.
pub struct Counted {
    /// Rows in all.
    pub rows: u64,
    /// Rows without a day, where a date column was chosen.
    pub undated: u64,
    /// Cells and row count of each group; the index is its number.
    pub groups: Vec<(Vec<String>, u64)>,
    /// Each status; the index is its number.
    pub statuses: Vec<String>,
    /// Row count by group and status.
    pub by_status: HashMap<(Number, Number), u64>,
    /// Group, day, row count.
    pub by_day: Vec<(Number, NaiveDate, u64)>,
}

impl Tally {
    /// Starts with no rows.
    pub fn new(chosen: &Chosen) -> Self {
        Self {
            by: chosen.by.iter().map(|column| column.place).collect(),
            date: chosen.date.as_ref().map(|column| column.place),
            status: chosen.status.as_ref().map(|column| column.place),
            groups: HashMap::new(),
            counts: Vec::new(),
            statuses: HashMap::new(),
            by_status: HashMap::new(),
            by_day: HashMap::new(),
            rows: 0,
            undated: 0,
            key: Vec::new(),
        }
    }

    /// Counts a row.
    pub fn add(&mut self, row: &ByteRecord) {
        self.rows += 1;
        let cell = |place: usize| row.get(place).unwrap_or_default();
        // Write each cell after its length, so that no two groups have the same key.
        self.key.clear();
        for place in &self.by {
            let cell = cell(*place);
            self.key.extend_from_slice(&(cell.len() as u64).to_le_bytes());
            self.key.extend_from_slice(cell);
        }
        let group = number(&mut self.groups, &self.key);
        match self.counts.get_mut(group as usize) {
            Some(count) => *count += 1,
            None => self.counts.push(1),
        }
        if let Some(place) = self.status {
            let status = number(&mut self.statuses, cell(place));
            *self.by_status.entry((group, status)).or_default() += 1;
        }
        if let Some(place) = self.date {
            match day_of(cell(place)) {
                Some(day) => *self.by_day.entry((group, day.num_days_from_ce())).or_default() += 1,
                None => self.undated += 1,
            }
        }
    }

    /// The number of rows so far.
    #[cfg(test)]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends the counting, and decodes the cells into texts.
    pub fn finish(self) -> Counted {
        let mut groups = vec![(Vec::new(), 0); self.counts.len()];
        for (key, number) in self.groups {
            let number = number as usize;
            groups[number] = (cells(&key), self.counts[number]);
        }
        let mut statuses = vec![String::new(); self.statuses.len()];
        for (status, number) in self.statuses {
            statuses[number as usize] = text(&status);
        }
        let days = self.by_day.into_iter();
        let by_day = days.filter_map(|((group, day), count)| {
            NaiveDate::from_num_days_from_ce_opt(day).map(|day| (group, day, count))
        });
        Counted {
            rows: self.rows,
            undated: self.undated,
            groups,
            statuses,
            by_status: self.by_status,
            by_day: by_day.collect(),
        }
    }
}

/// The number of a key; an unknown key gets the next number.
fn number(known: &mut HashMap<Vec<u8>, Number>, key: &[u8]) -> Number {
    if let Some(number) = known.get(key) {
        return *number;
    }
    // More than 2^32 groups do not fit into memory. If they did, the last ones would be counted as one group.
    let next = Number::try_from(known.len()).unwrap_or(Number::MAX);
    known.insert(key.to_vec(), next);
    next
}

fn cells(key: &[u8]) -> Vec<String> {
    let mut cells = Vec::new();
    let mut rest = key;
    while let Some((length, after)) = rest.split_first_chunk::<8>() {
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or_default();
        let (cell, after) = after.split_at_checked(length).unwrap_or((after, &[]));
        cells.push(text(cell));
        rest = after;
    }
    cells
}

fn text(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).into_owned()
}
