//! Reads the day in a cell, and groups days into stretches: days, weeks, months or years of the calendar.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate};
use serde::Serialize;

/// The day that is written in a cell. An instant with an offset is not converted to another zone. Reads `2026-11-30`
/// and `11/30/2026`, with or without a time, and 13 digits: milliseconds since 1970 (in UTC). `None` for any other
/// text.
pub fn day_of(cell: &[u8]) -> Option<NaiveDate> {
    let cell = cell.trim_ascii();
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, rest @ ..] = cell {
        if !matches!(rest.first(), None | Some(b'T' | b't' | b' ')) {
            return None;
        }
        return date(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2]);
    }
    if cell.contains(&b'/') {
        let day = cell.split(|byte| *byte == b' ').next()?;
        let mut parts = day.split(|byte| *byte == b'/');
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        let is_date = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        return if is_date && parts.next().is_none() { date(year, month, day) } else { None };
    }
    if cell.len() == 13 {
        let millis = i64::from(number(&cell[..4])?) * 1_000_000_000 + i64::from(number(&cell[4..])?);
        return DateTime::from_timestamp_millis(millis).map(|at| at.date_naive());
    }
    None
}

fn date(year: &[u8], month: &[u8], day: &[u8]) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0_u32, |sum, digit| match digit {
        b'0'..=b'9' => sum.checked_mul(10)?.checked_add(u32::from(digit - b'0')),
        _ => None,
    })
}

/// The length of a stretch, chosen by how many days the file covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// For up to a month.
    Day,
    /// For up to half a year; a week begins on Monday.
    Week,
    /// For up to five years.
    Month,
    /// For more.
    Year,
}

impl Unit {
    /// The unit that gives a readable number of stretches.
    pub fn for_span(first: NaiveDate, last: NaiveDate) -> Self {
        match (last - first).num_days() {
            ..=31 => Self::Day,
            32..=182 => Self::Week,
            183..=1827 => Self::Month,
            _ => Self::Year,
        }
    }

    /// The unit's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The first day of the stretch that contains `day`.
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        let start = match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
            Self::Month => day.with_day(1),
            Self::Year => day.with_ordinal(1),
        };
        start.unwrap_or(day)
    }

    /// The start of the next stretch; `None` beyond chrono's last date.
    pub fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.succ_opt(),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Year => start.checked_add_months(Months::new(12)),
        }
    }

    /// The label of a stretch.
    pub fn label(self, start: NaiveDate) -> String {
        match self {
            Self::Day => start.format("%-d %b %Y").to_string(),
            Self::Week => start.format("week of %-d %b %Y").to_string(),
            Self::Month => start.format("%b %Y").to_string(),
            Self::Year => start.format("%Y").to_string(),
        }
    }

    /// A shorter label, for an axis.
    pub fn short_label(self, start: NaiveDate) -> String {
        match self {
            Self::Day | Self::Week => start.format("%-d %b").to_string(),
            Self::Month => start.format("%b %y").to_string(),
            Self::Year => start.format("%Y").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, day_of};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_day_is_taken_as_it_is_written() {
        for text in [
            "2026-11-30",
            " 2026-11-30 ",
            "2026-11-30T23:59:59-08:00",
            "2026-11-30 07:00",
            "11/30/2026",
            "11/30/2026 7:00 PM",
            "1796025600000",
        ] {
            assert_eq!(day_of(text.as_bytes()), Some(day("2026-11-30")), "{text}");
        }
        for text in
            ["", "2026-11-31", "2026-11-30x", "30/11/2026", "1/2/26", "1/2/2026/3", "179602560000", "NORTH25"]
        {
            assert_eq!(day_of(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_longer_span_has_longer_stretches() {
        let unit = |last: &str| Unit::for_span(day("2026-01-01"), day(last));
        assert_eq!(
            [
                unit("2026-01-01"),
                unit("2026-02-01"),
                unit("2026-02-02"),
                unit("2026-07-02"),
                unit("2026-07-03")
            ],
            [Unit::Day, Unit::Day, Unit::Week, Unit::Week, Unit::Month]
        );
        assert_eq!(unit("2036-01-01"), Unit::Year);
    }

    #[test]
    fn a_stretch_begins_where_the_calendar_says() {
        let friday = day("2027-01-01");
        assert_eq!(Unit::Week.start(friday), day("2026-12-28"));
        assert_eq!(Unit::Month.start(day("2026-11-30")), day("2026-11-01"));
        assert_eq!(Unit::Year.start(day("2026-11-30")), day("2026-01-01"));
        assert_eq!(Unit::Month.next(day("2026-12-01")), Some(friday));
        assert_eq!(Unit::Day.next(day("2026-12-31")), Some(friday));
    }
}
