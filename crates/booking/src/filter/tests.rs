use super::*;
use crate::fixtures::*;
use crate::schedule::{Reading, times};

/// Three times: Tuesday morning at Ballard, Tuesday evening at Fremont, Wednesday afternoon at Ballard.
fn three() -> Vec<Time> {
    let slots = [
        slot("tue-am", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("tue-pm", DANA, fremont(), "2026-12-08T18:00:00-08:00"),
        // In UTC this is Thursday already.
        slot("wed", DANA, ballard(), "2026-12-09T16:00:00-08:00"),
    ];
    times(&slots, &Reading { zone_of: &|_| Some(zone(PACIFIC)), zones: &UsZones })
}

fn admitted(filter: &Filter) -> Vec<String> {
    three().iter().filter(|time| filter.admits(time)).map(|time| id_of(time.slot()).into()).collect()
}

#[test]
fn nothing_chosen_lets_everything_through() {
    let filter = Filter::default();
    assert!(filter.is_empty());
    assert_eq!(filter.len(), 0);
    assert_eq!(admitted(&filter), ["tue-am", "tue-pm", "wed"]);
}

#[test]
fn choices_of_one_kind_add_up_and_kinds_narrow_each_other() {
    let mut filter = Filter::default();
    filter.toggle_weekday(Weekday::Tue);
    assert_eq!(admitted(&filter), ["tue-am", "tue-pm"]);
    filter.toggle_part(PartOfDay::Morning);
    assert_eq!(admitted(&filter), ["tue-am"]);
    filter.toggle_part(PartOfDay::Evening);
    assert_eq!(admitted(&filter), ["tue-am", "tue-pm"]);
    filter.toggle_place(&fremont());
    assert_eq!(admitted(&filter), ["tue-pm"]);
    filter.toggle_weekday(Weekday::Tue);
    filter.toggle_weekday(Weekday::Sun);
    assert!(admitted(&filter).is_empty());
    assert_eq!(filter.len(), 4);
}

#[test]
fn a_choice_made_twice_is_dropped() {
    let mut filter = Filter::default();
    for _ in 0..2 {
        filter.toggle_weekday(Weekday::Sun);
        filter.toggle_part(PartOfDay::Afternoon);
        filter.toggle_place(&ballard());
        filter.toggle_place(&fremont());
    }
    assert!(filter.is_empty());
    filter.toggle_weekday(Weekday::Sun);
    assert!(filter.has_weekday(Weekday::Sun) && !filter.has_weekday(Weekday::Mon));
    filter.toggle_part(PartOfDay::Evening);
    assert!(filter.has_part(PartOfDay::Evening) && !filter.has_part(PartOfDay::Morning));
    filter.toggle_place(&ballard());
    assert!(filter.has_place(&ballard()) && !filter.has_place(&fremont()));
}

#[test]
fn every_weekday_is_its_own() {
    for days in 0..7u8 {
        let mut filter = Filter::default();
        let chosen = Weekday::try_from(days).unwrap();
        filter.toggle_weekday(chosen);
        let has: Vec<_> =
            (0..7).filter(|other| filter.has_weekday(Weekday::try_from(*other).unwrap())).collect();
        assert_eq!(has, [days]);
    }
}
