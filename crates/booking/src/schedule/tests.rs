use std::borrow::Borrow;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::fixtures::*;
use crate::ids::SlotId;
use crate::slot::Source;
use crate::time::Moment;

/// The zone of a clinic in the fixtures. The zone of any other clinic is not known.
fn clinics(place: &DepartmentIdentifier) -> Option<Zone> {
    if *place == ballard() || *place == fremont() {
        Some(zone(PACIFIC))
    } else if *place == boulder() {
        Some(zone(MOUNTAIN))
    } else {
        None
    }
}

/// The times of these slots, read from the clinicians' own lists or from the clinics'.
fn read(slots: &[Slot], per_clinician: bool) -> Vec<Arc<Time>> {
    let source = if per_clinician { Source::Clinician } else { Source::Department };
    let times = times(&from(source, slots.to_vec()), &Reading { zone_of: &clinics, zones: &UsZones });
    times.into_iter().map(Arc::new).collect()
}

fn ids<T: Borrow<Time>>(times: &[T]) -> Vec<Vec<&str>> {
    times.iter().map(|time| time.borrow().slots.iter().map(id_of).collect()).collect()
}

fn clock(time: &Time) -> String {
    time.local.to_string()[5..16].into()
}

#[test]
fn at_a_clinic_equal_times_of_its_clinicians_are_one_choice_with_siblings() {
    let slots = [
        slot("samuel-9", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("dana-9", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("dana-10", DANA, ballard(), "2026-12-08T10:00:00-08:00"),
        slot("fremont-9", DANA, fremont(), "2026-12-08T09:00:00-08:00"),
    ];
    assert_eq!(ids(&read(&slots, false)), [vec!["samuel-9", "dana-9"], vec!["fremont-9"], vec!["dana-10"]]);
}

#[test]
fn named_clinicians_keep_their_own_times() {
    let slots = [
        slot("dana-9", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("samuel-9", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("dana-9-second-room", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
    ];
    assert_eq!(ids(&read(&slots, true)), [vec!["samuel-9"], vec!["dana-9", "dana-9-second-room"]]);
}

#[test]
fn siblings_and_times_have_one_order_whatever_order_they_came_in() {
    let mut slots = vec![
        slot("c", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("a", DANA, ballard(), "2026-12-08T17:00:00Z"),
        slot("b", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("d", DANA, ballard(), "2026-12-08T08:40:00-08:00"),
        slot("e", DANA, fremont(), "2026-12-08T08:40:00-08:00"),
    ];
    let expected = vec![vec!["d"], vec!["e"], vec!["b", "a", "c"]];
    assert_eq!(ids(&read(&slots, false)), expected);
    slots.reverse();
    assert_eq!(ids(&read(&slots, false)), expected);
}

#[test]
fn a_slot_sent_twice_is_held_once() {
    let nine = slot("dana-9", DANA, ballard(), "2026-12-08T09:00:00-08:00");
    let told_in_utc = Slot { at: Moment::parse("2026-12-08T17:00:00Z").unwrap(), ..nine.clone() };
    let other = slot("samuel-9", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00");
    assert_eq!(ids(&read(&[nine.clone(), other, told_in_utc, nine], false)), [["samuel-9", "dana-9"]]);
}

#[test]
fn an_office_visit_and_a_flu_shot_at_the_same_time_are_two_choices() {
    let nine = slot("office", DANA, ballard(), "2026-12-08T09:00:00-08:00");
    let shot = flu(slot("shot", DANA, ballard(), "2026-12-08T09:00:00-08:00"));
    assert_eq!(read(&[nine, shot], true).len(), 2);
}

#[test]
fn days_are_those_of_the_clinics_wall_and_fall_into_parts() {
    let slots = [
        slot("evening", DANA, ballard(), "2026-12-09T01:00:00Z"),
        slot("late", DANA, ballard(), "2026-12-09T07:59:00Z"),
        slot("noon", DANA, ballard(), "2026-12-08T12:00:00-08:00"),
        slot("morning", DANA, ballard(), "2026-12-08T11:59:00-08:00"),
        slot("next-day", DANA, ballard(), "2026-12-09T08:00:00Z"),
    ];
    let days = days(&read(&slots, true), &Filter::default());
    assert_eq!(days.iter().map(|day| day.date).collect::<Vec<_>>(), [day("2026-12-08"), day("2026-12-09")]);
    let parts: Vec<_> = by_part(&days[0])
        .into_iter()
        .map(|(part, times)| (part, times.into_iter().map(|time| id_of(time.slot())).collect::<Vec<_>>()))
        .collect();
    assert_eq!(
        parts,
        [
            (PartOfDay::Morning, vec!["morning"]),
            (PartOfDay::Afternoon, vec!["noon"]),
            (PartOfDay::Evening, vec!["evening", "late"]),
        ]
    );
    let only_morning = by_part(&days[1]);
    assert_eq!(only_morning.len(), 1, "parts without times are left out");
}

#[test]
fn clinics_in_two_zones_share_the_days_of_their_own_walls() {
    // 23:30 in Seattle is half past midnight, the next day, in Boulder.
    let slots = [
        slot("boulder", SAMUEL, boulder(), "2026-12-09T00:30:00-07:00"),
        slot("seattle", SAMUEL, ballard(), "2026-12-08T23:30:00-08:00"),
        slot("seattle-later", SAMUEL, ballard(), "2026-12-08T23:50:00-08:00"),
    ];
    let times = read(&slots, true);
    assert_eq!(times[0].at(), times[1].at());
    let days = days(&times, &Filter::default());
    assert_eq!(
        days.iter().map(|day| (day.date, ids(&day.times).concat())).collect::<Vec<_>>(),
        [(day("2026-12-08"), vec!["seattle", "seattle-later"]), (day("2026-12-09"), vec!["boulder"]),]
    );
    assert_eq!(days[1].times[0].zone, Some(zone(MOUNTAIN)));
}

#[test]
fn an_unknown_zone_falls_back_to_the_slots_own_offset() {
    let nowhere = DepartmentIdentifier::new(MAIN, "900000");
    let slots = [slot("a", DANA, nowhere, "2026-12-08T09:00:00-05:00")];
    for zone_of in [|_: &DepartmentIdentifier| None, |_: &DepartmentIdentifier| Some(zone("Mars/Olympus"))] {
        let times = times(&slots, &Reading { zone_of: &zone_of, zones: &UsZones });
        assert_eq!(
            (clock(&times[0]).as_str(), times[0].offset, &times[0].zone),
            ("12-08 09:00", -5 * 3600, &None)
        );
    }
}

#[test]
fn the_zone_tells_the_wall_clock_also_where_the_server_wrote_another_offset() {
    let slots = [slot("a", DANA, ballard(), "2026-12-08T17:00:00Z")];
    let times = read(&slots, true);
    assert_eq!((clock(&times[0]).as_str(), times[0].offset), ("12-08 09:00", -8 * 3600));
    assert_eq!(
        times[0].slot().at.to_rfc3339(),
        "2026-12-08T17:00:00Z",
        "what it came with is kept for the hand-off"
    );
}

#[test]
fn in_the_autumn_night_two_half_past_ones_are_told_apart() {
    let slots = [
        slot("second", DANA, ballard(), "2026-11-01T01:30:00-08:00"),
        slot("first", DANA, ballard(), "2026-11-01T01:30:00-07:00"),
        slot("two", DANA, ballard(), "2026-11-01T02:00:00-08:00"),
    ];
    let times = read(&slots, true);
    let seen: Vec<_> =
        times.iter().map(|time| (id_of(time.slot()), clock(time), time.offset / 3600)).collect();
    assert_eq!(
        seen,
        [
            ("first", "11-01 01:30".into(), -7),
            ("second", "11-01 01:30".into(), -8),
            ("two", "11-01 02:00".into(), -8),
        ]
    );
    assert_eq!(days(&times, &Filter::default()).len(), 1);
}

#[test]
fn in_the_spring_night_there_is_no_half_past_two() {
    let half_hours = (0..6).map(|half_hour| {
        let at = Moment { at: instant("2027-03-14T09:00:00Z") + half_hour * 1800, offset: 0 };
        Slot { at, ..slot(&half_hour.to_string(), DANA, ballard(), "2027-03-14T09:00:00Z") }
    });
    let times = read(&half_hours.collect::<Vec<_>>(), true);
    let seen: Vec<_> = times.iter().map(|time| clock(time)[6..].to_owned()).collect();
    assert_eq!(seen, ["01:00", "01:30", "03:00", "03:30", "04:00", "04:30"]);
}

#[test]
fn arizona_keeps_its_clock_all_year() {
    let zone_of = |_: &DepartmentIdentifier| Some(zone(ARIZONA));
    let tempe = DepartmentIdentifier::new(MAIN, "300110");
    let slots = [
        slot("winter", DANA, tempe.clone(), "2026-12-08T16:00:00Z"),
        slot("summer", DANA, tempe, "2027-07-08T16:00:00Z"),
    ];
    let times = times(&slots, &Reading { zone_of: &zone_of, zones: &UsZones });
    assert_eq!(times.iter().map(clock).collect::<Vec<_>>(), ["12-08 09:00", "07-08 09:00"]);
}

#[test]
fn the_nearest_times_are_around_the_lost_one_and_in_order() {
    let slots: Vec<_> = [8, 9, 11, 14, 16]
        .into_iter()
        .map(|hour| slot(&hour.to_string(), DANA, ballard(), &format!("2026-12-08T{hour:02}:00:00-08:00")))
        .collect();
    let times = read(&slots, true);
    let lost = instant("2026-12-08T10:00:00-08:00");
    assert_eq!(ids(&nearest(&times, lost, 3)).concat(), ["8", "9", "11"]);
    assert_eq!(ids(&nearest(&times, lost, 1)).concat(), ["9"], "of two equally near, the earlier");
    assert_eq!(nearest(&times, lost, 9).len(), 5);
    assert!(nearest(&[], lost, 3).is_empty());
}

#[test]
fn the_same_choice_is_known_again_by_its_instant_and_not_by_its_id() {
    let before = read(&[slot("old", DANA, ballard(), "2026-12-08T09:00:00-08:00")], true).remove(0);
    let after = read(&[slot("new", DANA, ballard(), "2026-12-08T17:00:00Z")], true).remove(0);
    assert!(before.same_choice(&after));
    let samuels = [slot("new", SAMUEL, ballard(), "2026-12-08T17:00:00Z")];
    assert!(!before.same_choice(&read(&samuels, true).remove(0)));
    let danas = [slot("old", DANA, ballard(), "2026-12-08T09:00:00-08:00")];
    let at_the_clinic = read(&danas, false).remove(0);
    assert!(at_the_clinic.same_choice(&read(&samuels, false).remove(0)), "any clinician will do there");
    assert!(!at_the_clinic.same_choice(&before), "a clinician's time and a clinic's are booked differently");
    let fremonts = [slot("new", DANA, fremont(), "2026-12-08T17:00:00Z")];
    assert!(!before.same_choice(&read(&fremonts, true).remove(0)));
    assert!(!at_the_clinic.same_choice(&read(&fremonts, false).remove(0)));
}

/// Random slots, each with its own id, and some sent twice. There are only few different instants, around the
/// night when the clocks go back.
fn any_slots() -> impl Strategy<Value = Vec<Slot>> {
    vec((0..4usize, 0..2usize, 0..96i64, -12..13i32, any::<bool>()), 0..60).prop_map(|rows| {
        let mut slots = Vec::new();
        for (number, (place, who, half_hour, offset, twice)) in rows.into_iter().enumerate() {
            let place = [ballard(), fremont(), boulder(), DepartmentIdentifier::new("org.elsewhere", "9")]
                [place]
                .clone();
            let at = Moment { at: instant("2026-10-31T12:00:00Z") + half_hour * 1800, offset: offset * 3600 };
            let made = Slot {
                at,
                id: Some(SlotId::new(&number.to_string())),
                ..slot("", [DANA, SAMUEL][who], place, "2026-10-31T12:00:00Z")
            };
            slots.extend(twice.then(|| made.clone()));
            slots.push(made);
        }
        slots
    })
}

proptest! {
    #[test]
    fn every_slot_is_in_exactly_one_time(slots in any_slots(), per_clinician: bool) {
        let times = read(&slots, per_clinician);
        let mut held: Vec<_> = times.iter().flat_map(|time| time.slots.iter().map(|slot| slot.id.clone())).collect();
        let mut given: Vec<_> = slots.iter().map(|slot| slot.id.clone()).collect();
        held.sort();
        given.sort();
        given.dedup();
        prop_assert_eq!(held, given);
        for time in &times {
            prop_assert!(time.slots.iter().all(|slot| same(slot, time.slot())));
        }
        for pair in times.windows(2) {
            prop_assert!(pair[0].at() <= pair[1].at());
            prop_assert!(!pair[0].same_choice(&pair[1]));
        }
    }

    #[test]
    fn days_are_in_order_and_a_filter_only_takes_away(
        slots in any_slots(), weekdays in 0..128u8, parts in 0..8u8, place in 0..3usize,
    ) {
        let times = read(&slots, false);
        let all = days(&times, &Filter::default());
        prop_assert_eq!(all.iter().map(|day| day.times.len()).sum::<usize>(), times.len());
        let mut filter = Filter::default();
        let week = (0..7).filter(|bit| weekdays & (1 << bit) != 0);
        week.for_each(|bit| filter.toggle_weekday(chrono::Weekday::try_from(bit).unwrap()));
        PartOfDay::ALL.into_iter().enumerate().filter(|(bit, _)| parts & (1 << bit) != 0).for_each(|(_, part)| filter.toggle_part(part));
        if place > 0 {
            filter.toggle_place(&[ballard(), boulder()][place - 1]);
        }
        let some = days(&times, &filter);
        for day in &some {
            let whole = all.iter().find(|known| known.date == day.date);
            prop_assert!(whole.is_some_and(|whole| day.times.iter().all(|time| whole.times.contains(time))));
            prop_assert!(day.times.iter().all(|time| filter.admits(time) && time.local.date() == day.date));
            prop_assert!(day.times.windows(2).all(|pair| pair[0].at() <= pair[1].at()));
            let by_part: usize = by_part(day).iter().map(|(_, times)| times.len()).sum();
            prop_assert_eq!(by_part, day.times.len());
        }
        prop_assert!(some.windows(2).all(|pair| pair[0].date < pair[1].date));
        let kept: usize = some.iter().map(|day| day.times.len()).sum();
        prop_assert_eq!(kept, times.iter().filter(|time| filter.admits(time)).count());
    }
}
