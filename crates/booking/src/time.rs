//! Instants and local days as separate types: an instant is a point in time, a day is a date on a clinic's calendar.
//!
//! This module contains no time zone rules: it asks a [`Zones`] for them, which in the widget is the browser's
//! `Intl`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};

use crate::ids::Zone;

/// A point in time with the offset with which it was written (API reference §1.8, "Slot instant").
///
/// Equal instants with different offsets are *not* equal here; compare [`Moment::at`] to ignore the offset (Q18).
///
/// ```
/// use booking::time::Moment;
///
/// let seattle = Moment::parse("2026-12-08T15:40:00-08:00").ok_or("no instant")?;
/// let utc = Moment::parse("2026-12-08T23:40:00Z").ok_or("no instant")?;
/// assert_eq!(seattle.at, utc.at);
/// assert!(seattle != utc);
///
/// assert_eq!(seattle.local().to_string(), "2026-12-08 15:40:00");
/// assert_eq!(seattle.to_rfc3339(), "2026-12-08T15:40:00-08:00");
/// assert!(Moment::parse("2026-12-08 15:40").is_none());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// The offset in seconds east of UTC, as the server wrote it. It is right only for this instant, not for other
    /// times of the clinic (Q22).
    pub offset: i32,
}

impl Moment {
    /// Reads any RFC 3339 form: `Z` or an offset, with or without a fraction. Years outside 1970–2200 are rejected, so
    /// that no arithmetic on a server's value can overflow.
    pub fn parse(text: &str) -> Option<Self> {
        let read = DateTime::parse_from_rfc3339(text.trim()).ok()?;
        (1970..=2200)
            .contains(&read.year())
            .then(|| Self { at: read.timestamp(), offset: read.offset().local_minus_utc() })
    }

    /// Writes the instant in RFC 3339, with its offset and without a fraction: `2026-12-08T15:40:00-08:00`.
    pub fn to_rfc3339(self) -> String {
        let local = local(self.at, self.offset);
        let mut text = String::with_capacity(25);
        push_date(&mut text, local.date());
        text.push('T');
        for (part, colon) in [(local.hour(), true), (local.minute(), true), (local.second(), false)] {
            push_two(&mut text, part);
            if colon {
                text.push(':');
            }
        }
        if self.offset == 0 {
            text.push('Z');
        } else {
            let minutes = self.offset.unsigned_abs() / 60;
            text.push(if self.offset < 0 { '-' } else { '+' });
            push_two(&mut text, minutes / 60);
            text.push(':');
            push_two(&mut text, minutes % 60);
        }
        text
    }

    /// Date and time of day at the offset with which the instant was written.
    pub fn local(self) -> NaiveDateTime {
        local(self.at, self.offset)
    }
}

/// Date and time of day of an instant at an offset; both arguments in seconds.
pub fn local(at: i64, offset: i32) -> NaiveDateTime {
    let offset = FixedOffset::east_opt(offset).map_or(0, |known| known.local_minus_utc());
    DateTime::from_timestamp(at + i64::from(offset), 0).unwrap_or_default().naive_utc()
}

/// Writes a date as `YYYY-MM-DD`, the form of every plain date in the API.
pub fn iso_date(date: NaiveDate) -> String {
    let mut text = String::with_capacity(10);
    push_date(&mut text, date);
    text
}

/// Reads `YYYY-MM-DD`, or the date part of a longer timestamp (Q17).
pub fn parse_iso_date(text: &str) -> Option<NaiveDate> {
    let text = text.get(..10)?;
    let bytes = text.as_bytes();
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    NaiveDate::from_ymd_opt(
        text.get(..4)?.parse().ok()?,
        text.get(5..7)?.parse().ok()?,
        text.get(8..10)?.parse().ok()?,
    )
}

fn push_date(text: &mut String, date: NaiveDate) {
    let year = u32::try_from(date.year()).unwrap_or(0);
    push_two(text, year / 100);
    push_two(text, year % 100);
    text.push('-');
    push_two(text, date.month());
    text.push('-');
    push_two(text, date.day());
}

fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        text.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
    }
}

/// Looks up time zone rules.
///
/// In the widget the browser answers. A test can answer for the zones that it needs:
///
/// ```
/// use booking::ids::Zone;
/// use booking::time::{Zones, local};
///
/// /// Arizona has no daylight saving time.
/// struct Arizona;
///
/// impl Zones for Arizona {
///     fn offset(&self, zone: &Zone, _at: i64) -> Option<i32> {
///         (zone.as_str() == "America/Phoenix").then_some(-7 * 3600)
///     }
/// }
///
/// let offset = Arizona.offset(&Zone::new("America/Phoenix"), 1_796_770_800);
/// assert_eq!(offset, Some(-25_200));
/// assert_eq!(local(1_796_770_800, -25_200).to_string(), "2026-12-08 16:00:00");
/// assert_eq!(Arizona.offset(&Zone::new("America/Denver"), 1_796_770_800), None);
/// ```
pub trait Zones {
    /// Seconds east of UTC in `zone` at `at`; `None` when the zone is not known.
    fn offset(&self, zone: &Zone, at: i64) -> Option<i32>;
}

/// A part of the day, by which the times of a long day are grouped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum PartOfDay {
    /// Before noon.
    Morning,
    /// Noon to before five.
    Afternoon,
    /// Five o'clock and later.
    Evening,
}

impl PartOfDay {
    /// All parts, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The part an hour (0–23) belongs to.
    pub fn of_hour(hour: u32) -> Self {
        match hour {
            0..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PartOfDay::{Afternoon, Evening, Morning};
    use super::*;

    #[test]
    fn any_rfc_3339_form_is_read_and_told_again_with_its_own_offset() {
        for (sent, told) in [
            ("2026-12-08T15:40:00-08:00", "2026-12-08T15:40:00-08:00"),
            ("2026-12-08T23:40:00Z", "2026-12-08T23:40:00Z"),
            ("2026-12-08T23:40:00.125z", "2026-12-08T23:40:00Z"),
            ("2026-12-08t23:40:00-00:00", "2026-12-08T23:40:00Z"),
            ("2026-12-09T05:10:00+05:30", "2026-12-09T05:10:00+05:30"),
            (" 2026-12-08 15:40:00-08:00 ", "2026-12-08T15:40:00-08:00"),
        ] {
            assert_eq!(Moment::parse(sent).map(Moment::to_rfc3339).as_deref(), Some(told), "{sent}");
        }
        for bad in [
            "",
            "2026-12-08",
            "2026-12-08T15:40:00",
            "2026-13-08T15:40:00Z",
            "9999-12-31T00:00:00Z",
            "1969-12-31T00:00:00Z",
        ] {
            assert_eq!(Moment::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_plain_date_is_also_read_from_the_head_of_a_timestamp() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 8);
        assert_eq!(parse_iso_date("2026-12-08"), day);
        assert_eq!(parse_iso_date("2026-12-08T00:00:00-08:00"), day);
        for bad in ["2026-2-8", "2026/12/08", "2026-02-30", "202é-12-08", ""] {
            assert_eq!(parse_iso_date(bad), None, "{bad}");
        }
        assert_eq!(day.map(iso_date).as_deref(), Some("2026-12-08"));
    }

    #[test]
    fn the_day_falls_into_three_parts() {
        let parts: Vec<_> = [0, 11, 12, 16, 17, 23].into_iter().map(PartOfDay::of_hour).collect();
        assert_eq!(parts, [Morning, Morning, Afternoon, Afternoon, Evening, Evening]);
    }
}
