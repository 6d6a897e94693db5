use proptest::prelude::*;

use super::*;
use crate::fixtures::{instant, now, region};

#[test]
fn a_wait_is_told_as_a_range_that_grows_with_it() {
    for (seconds, from, to) in [
        (0, 0, 5),
        (59, 0, 5),
        (299, 0, 5),
        (300, 5, 10),
        (720, 10, 15),
        (1799, 25, 30),
        (1800, 30, 45),
        (3600, 60, 75),
        (7199, 105, 120),
        (7200, 120, 180),
        (40_000, 660, 720),
    ] {
        assert_eq!(WaitRange::of_seconds(seconds), WaitRange { from, to }, "{seconds} s");
    }
}

proptest! {
    #[test]
    fn a_range_always_holds_the_estimate(seconds: u32) {
        let range = WaitRange::of_seconds(seconds);
        prop_assert!(range.from < range.to);
        let (from, to) = (u64::from(range.from) * 60, u64::from(range.to) * 60);
        prop_assert!((from..to).contains(&u64::from(seconds)));
    }
}

#[test]
fn a_region_is_open_within_its_hours_and_says_when_it_opens_next() {
    let washington = region("WA", None);
    let tuesday = instant("2026-12-08T17:00:00Z");
    assert_eq!((washington.is_open(now()), washington.next_opening(now())), (Some(true), Some(tuesday)));
    let night = instant("2026-12-08T05:00:00Z");
    assert_eq!(washington.is_open(night), Some(false), "the end is no longer open");
    assert_eq!((washington.next_opening(night), washington.next_opening(tuesday)), (Some(tuesday), None));
    let unsaid = Region { hours: Vec::new(), ..washington };
    assert_eq!((unsaid.is_open(now()), unsaid.next_opening(now())), (None, None));
}

#[test]
fn hours_in_any_order_still_tell_the_next_opening() {
    let mut washington = region("WA", None);
    washington.hours.reverse();
    assert_eq!(washington.next_opening(now() - 1), Some(now()));
}

#[test]
fn a_modality_is_read_in_any_letter_case() {
    assert!(matches!(Modality::from_wire("Virtual"), Some(Modality::Video)));
    assert!(matches!(Modality::from_wire("PHONE"), Some(Modality::Phone)));
    assert!(Modality::from_wire("retail").is_none());
}

#[test]
fn a_pool_without_a_word_on_age_is_for_anyone() {
    let of = |for_adults, for_children| Pool {
        for_adults,
        for_children,
        ..crate::fixtures::pool("WA", Modality::Video, Ok(60))
    };
    for (pool, adults, children) in [
        (of(false, false), true, true),
        (of(true, false), true, false),
        (of(false, true), false, true),
        (of(true, true), true, true),
    ] {
        assert_eq!((pool.serves(Qualifier::Adult), pool.serves(Qualifier::Pediatric)), (adults, children));
    }
}
