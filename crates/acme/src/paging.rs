//! Pages counted in days that have slots (API reference §2.8, §2.13): which days are on a page, and which dates lead to
//! the pages before and after it.

use chrono::NaiveDate;

use crate::openings::{day_before, later};

/// One page of days.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// First and last day; every day with slots between them is on the page too.
    pub days: (NaiveDate, NaiveDate),
    /// The `endDate` of the page before; `None` when nothing is free earlier.
    pub previous_end: Option<NaiveDate>,
    /// The `startDate` of the page after; `None` when nothing is free later.
    pub next_start: Option<NaiveDate>,
}

/// The page with the first `count` of the `asked` days, or, with `by_end`, with the last `count` of them. `asked`
/// are the days with slots that the request asks for; `all` are all days with slots, also outside the request.
/// Both are sorted and without duplicates. `None` if `asked` is empty.
pub fn page(all: &[NaiveDate], asked: &[NaiveDate], count: usize, by_end: bool) -> Option<Page> {
    let start = if by_end { asked.len().saturating_sub(count) } else { 0 };
    let on_page = asked[start..].get(..count).unwrap_or(&asked[start..]);
    let (first, last) = (*on_page.first()?, *on_page.last()?);
    Some(Page {
        days: (first, last),
        previous_end: all.first().is_some_and(|day| *day < first).then(|| day_before(first)),
        next_start: all.last().is_some_and(|day| *day > last).then(|| later(last, 1)),
    })
}

#[cfg(test)]
mod tests {
    use super::{Page, page};
    use chrono::NaiveDate;

    fn days(of_december: &[u32]) -> Vec<NaiveDate> {
        let day = |day: &u32| NaiveDate::from_ymd_opt(2026, 12, *day).expect("a date");
        of_december.iter().map(day).collect()
    }

    #[test]
    fn a_page_forward_starts_at_the_first_day_and_one_by_its_end_stops_at_the_last() {
        let all = days(&[7, 8, 11, 14, 15]);
        let date = |day: u32| days(&[day])[0];
        let first = Page { days: (date(7), date(8)), previous_end: None, next_start: Some(date(9)) };
        assert_eq!(page(&all, &all, 2, false), Some(first));
        let second =
            Page { days: (date(11), date(14)), previous_end: Some(date(10)), next_start: Some(date(15)) };
        assert_eq!(page(&all, &all[2..], 2, false), Some(second));
        let last = Page { days: (date(15), date(15)), previous_end: Some(date(14)), next_start: None };
        assert_eq!(page(&all, &all[4..], 2, false), Some(last));
        let back = page(&all, &all[..3], 2, true).expect("a page");
        assert_eq!((back.days, back.previous_end), ((date(8), date(11)), Some(date(7))));
        assert_eq!(page(&all, &[], 2, false), None);
        assert_eq!(page(&all, &all, usize::MAX, true).expect("a page").days, (date(7), date(15)));
    }
}
