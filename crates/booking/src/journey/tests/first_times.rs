//! Tests how a clinician's first times are read: which requests, in which order, and how far ahead.

use super::walk::*;
use crate::api::Answer;
use crate::finder::event::Event as Find;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::ids::DepartmentIdentifier;
use crate::journey::event::Event;
use crate::outcome::ApiError;
use crate::place::Clinician;
use crate::settings::{Settings, Target};

fn dana() -> Answer {
    told(clinician(DANA, &[ballard()], &[OFFICE, FLU]))
}

fn told(clinician: Clinician) -> Answer {
    Answer::Clinician(Ok(Box::new(clinician)))
}

fn no_times(walk: &mut Walk) -> Vec<String> {
    walk.times("read times", Vec::new())
}

#[test]
fn with_a_preset_visit_type_two_weeks_of_times_are_the_first_request() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    let first = ["read times 1234567893 OfficeVisit 2026-12-07..2026-12-20", "read clinician 1234567893"];
    asks(&walk.start(), &first);
    assert!(walk.state.finder.board.reading);
}

#[test]
fn the_first_times_are_shown_at_once_and_the_rest_is_learnt_beside() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    let asked = walk.times("read times", two_days());
    asks(&asked, &["read clinic 100210", "read look-ahead OfficeVisit main", "tell shown 3"]);
    assert_eq!((walk.stage(), walk.ids().len()), ("times", 3));
    asks(&walk.answer("read clinician", dana()), &[]);
}

#[test]
fn once_the_look_ahead_is_known_four_more_weeks_are_read_and_then_the_rest() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    walk.times("read times", two_days());
    let asked = walk.answer("read look-ahead", Answer::Lookahead(Ok(120)));
    asks(&asked, &["read times 1234567893 OfficeVisit 2026-12-21..2027-01-17"]);
    asks(&no_times(&mut walk), &["read times 1234567893 OfficeVisit 2027-01-18..2027-03-07"]);
    assert!(walk.state.finder.board.reading);
    asks(&no_times(&mut walk), &[]);
    assert!(!walk.state.finder.board.reading);
    assert_eq!(walk.ids().len(), 3, "the first weeks' times stay");
}

#[test]
fn an_evening_written_in_utc_belongs_to_the_clinics_own_day() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    // Five in the afternoon of December 20 in Seattle, the last day of the first read.
    walk.times("read times", vec![slot("evening", DANA, ballard(), "2026-12-21T01:00:00Z")]);
    walk.answer("read look-ahead", Answer::Lookahead(Ok(20)));
    no_times(&mut walk);
    assert_eq!(walk.ids(), ["evening"], "the read from December 21 on does not replace it");
    walk.now += 61;
    walk.on(Event::Wake);
    no_times(&mut walk);
    assert_eq!(walk.ids(), [""; 0]);
}

#[test]
fn with_enough_open_days_nothing_further_is_read() {
    let mut walk = Walk::new(Settings { days: 1, ..with_dana(&[OFFICE]) });
    walk.start();
    walk.times("read times", two_days());
    asks(&walk.answer("read look-ahead", Answer::Lookahead(Ok(120))), &[]);
}

#[test]
fn two_empty_weeks_are_not_waited_out_for_the_look_ahead() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    asks(&no_times(&mut walk), &["read times 1234567893 OfficeVisit 2026-12-21..2027-01-17"]);

    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    asks(&walk.answer("read clinician", dana()), &["read clinic 100210", "read look-ahead OfficeVisit main"]);
    asks(&no_times(&mut walk), &["read times 1234567893 OfficeVisit 2026-12-21..2027-01-17"]);
    assert_eq!(walk.stage(), "loading");
    let later = vec![slot("jan", DANA, ballard(), "2027-01-04T09:00:00-08:00")];
    asks(&walk.times("read times", later), &["tell shown 1"]);
}

#[test]
fn nothing_is_read_beyond_the_pages_limit_or_the_systems_own() {
    for (max_days, known, first, second) in [
        (90, Ok(20), "..2026-12-20", Some("2026-12-21..2026-12-27")),
        (90, Ok(13), "..2026-12-20", None),
        (90, Ok(0), "..2026-12-20", None),
        (20, Ok(400), "..2026-12-20", Some("2026-12-21..2026-12-27")),
        (20, Err(ApiError::Server), "..2026-12-20", Some("2026-12-21..2026-12-27")),
        (7, Ok(400), "..2026-12-14", None),
    ] {
        let mut walk = Walk::new(Settings { max_days, ..with_dana(&[OFFICE]) });
        assert!(walk.start()[0].ends_with(first), "{max_days} {known:?}");
        walk.times("read times", two_days());
        let asked = walk.answer("read look-ahead", Answer::Lookahead(known));
        let second = second.map(|days| format!("read times 1234567893 OfficeVisit {days}"));
        assert_eq!(asked.first(), second.as_ref(), "{max_days} {known:?}");
    }
}

#[test]
fn the_longest_look_ahead_of_a_clinicians_systems_says_how_far_to_read() {
    for (main, east, further) in [
        (Ok(14), Ok(90), Some("2026-12-21..2027-01-17")),
        (Ok(90), Ok(14), Some("2026-12-21..2027-01-17")),
        (Ok(14), Err(ApiError::Server), Some("2026-12-21..2027-01-17")),
        (Ok(14), Ok(15), Some("2026-12-21..2026-12-22")),
        (Ok(13), Ok(13), None),
    ] {
        let target = Target::Clinicians { npis: vec![npi(SAMUEL)], departments: Vec::new(), from_v5: false };
        let mut walk = Walk::new(settings(target, &[OFFICE]));
        walk.start();
        let nine = vec![slot("nine", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00")];
        let asked = walk.times("read times", nine);
        asks(&asked, &["read clinic 100210", "read look-ahead OfficeVisit main", "tell shown 1"]);
        let asked =
            walk.answer("read clinician", told(clinician(SAMUEL, &[ballard(), boulder()], &[OFFICE])));
        asks(&asked, &["read clinic 200110", "read look-ahead OfficeVisit east"]);
        asks(&walk.answer("read look-ahead OfficeVisit main", Answer::Lookahead(main)), &[]);
        let asked = walk.answer("read look-ahead OfficeVisit east", Answer::Lookahead(east));
        let further = further.map(|days| format!("read times 1003000126 OfficeVisit {days}"));
        assert_eq!(asked.first(), further.as_ref(), "{main:?} {east:?}");
    }
}

#[test]
fn an_answer_that_names_many_systems_causes_few_reads() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    let elsewhere = |number: u32| {
        let place = DepartmentIdentifier::new(&format!("org.system.{number}"), "100210");
        slot(&format!("slot-{number}"), DANA, place, "2026-12-08T09:00:00-08:00")
    };
    let asked = walk.times("read times", (0..40).map(elsewhere).collect());
    assert_eq!(asked.iter().filter(|line| line.starts_with("read look-ahead")).count(), 8);
}

/// A patient in Chicago, where it is half past midnight, looks for times in Seattle, where it is half past ten
/// the evening before.
fn in_chicago() -> Walk {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    (walk.now, walk.today) = (instant("2026-12-08T06:30:00Z"), day("2026-12-08"));
    walk
}

#[test]
fn a_clinic_whose_today_is_a_day_earlier_is_asked_for_that_day_too() {
    let mut walk = in_chicago();
    assert!(walk.start()[0].ends_with("2026-12-08..2026-12-21"));
    let asked = walk.times("read times", two_days());
    assert_eq!(asked[1], "read times 1234567893 OfficeVisit 2026-12-07..2026-12-07");
    let tonight = vec![slot("tonight", DANA, ballard(), "2026-12-07T23:00:00-08:00")];
    asks(&walk.times("read times", tonight), &[]);
    assert_eq!(walk.ids(), ["tonight", "tue-9", "tue-10", "wed-9"]);
}

#[test]
fn an_empty_schedule_there_still_asks_for_the_day_before_and_then_looks_on() {
    let mut walk = in_chicago();
    walk.start();
    asks(&no_times(&mut walk), &["read times 1234567893 OfficeVisit 2026-12-07..2026-12-07"]);
    asks(&no_times(&mut walk), &["read times 1234567893 OfficeVisit 2026-12-22..2027-01-18"]);
}

#[test]
fn without_a_preset_the_clinician_says_what_there_is_first() {
    let mut walk = Walk::new(with_dana(&[]));
    asks(&walk.start(), &["read clinician 1234567893"]);
    let expected = [
        "read clinic 100210",
        "read times 1234567893 OfficeVisit 2026-12-07..2026-12-20",
        "read look-ahead OfficeVisit main",
    ];
    asks(&walk.answer("read clinician", dana()), &expected);
    assert_eq!(
        walk.state.finder.board.visit_types.iter().map(|offer| offer.short_name.as_str()).collect::<Vec<_>>(),
        [OFFICE, FLU]
    );
}

#[test]
fn a_page_for_every_clinician_names_more_visit_types_than_one_offers() {
    for times_first in [true, false] {
        let mut walk = Walk::new(with_dana(&["Physical", FLU, OFFICE]));
        assert_eq!(walk.start()[0], "read times 1234567893 Physical 2026-12-07..2026-12-20");
        let mut expected = vec!["read clinic 100210"];
        if times_first {
            no_times(&mut walk);
            expected.push("cancel read times 1234567893 Physical 2026-12-21..2027-01-17");
        } else {
            expected.push("cancel read times 1234567893 Physical 2026-12-07..2026-12-20");
        }
        expected.extend([
            "read times 1234567893 FluShot 2026-12-07..2026-12-20",
            "tell owner: unknown visit type Physical",
            "read look-ahead FluShot main",
        ]);
        asks(&walk.answer("read clinician", dana()), &expected);
        let offers: Vec<_> =
            walk.state.finder.board.visit_types.iter().map(|offer| offer.short_name.as_str()).collect();
        assert_eq!(offers, [FLU, OFFICE], "in the page's order");
        let shot = vec![flu(slot("shot", DANA, ballard(), "2026-12-08T09:00:00-08:00"))];
        asks(&walk.times("read times", shot), &["tell shown 1"]);
    }
}

#[test]
fn a_clinicians_times_are_narrowed_to_the_clinic_that_the_page_names() {
    let target =
        Target::Clinicians { npis: vec![npi(SAMUEL)], departments: vec![url(BALLARD)], from_v5: false };
    let mut walk = Walk::new(Settings { max_days: 13, ..settings(target, &[OFFICE]) });
    let samuels = [
        "read times 1003000126 OfficeVisit 2026-12-07..2026-12-20",
        "read clinician 1003000126",
        "read clinic NorthlakeBallard",
    ];
    asks(&walk.start(), &samuels);
    let both = vec![
        slot("ballard", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("boulder", SAMUEL, boulder(), "2026-12-09T09:00:00-07:00"),
    ];
    walk.times("read times", both);
    assert_eq!(walk.stage(), "loading", "which of the times are Ballard's is not known yet");
    let ballard = Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE]))));
    asks(&walk.answer("read clinic NorthlakeBallard", ballard), &["tell shown 1"]);
    assert_eq!(walk.ids(), ["ballard"]);
}

#[test]
fn an_empty_schedule_is_said_once_all_that_may_be_asked_was_asked() {
    let mut walk = Walk::new(Settings { max_days: 20, ..with_dana(&[OFFICE]) });
    walk.start();
    no_times(&mut walk);
    no_times(&mut walk);
    assert_eq!(walk.stage(), "loading", "the visit types are not known yet");
    walk.answer("read clinician", told(clinician(DANA, &[], &[OFFICE])));
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::NoTimes)));
}

#[test]
fn where_another_visit_type_may_have_times_an_empty_one_is_no_dead_end() {
    let mut walk = Walk::new(Settings { max_days: 13, ..with_dana(&[]) });
    walk.start();
    walk.answer("read clinician", told(clinician(DANA, &[], &[OFFICE, FLU])));
    asks(&no_times(&mut walk), &[]);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
    walk.on(Find::PickType(visit_type(FLU)));
    let shot = vec![flu(slot("shot", DANA, ballard(), "2026-12-08T09:00:00-08:00"))];
    let asked = walk.times("read times", shot);
    assert_eq!(asked.last().map(String::as_str), Some("tell shown 1"), "the first times of this page");
}

#[test]
fn nobody_to_look_for_is_said_without_a_request() {
    let nobody = Target::Clinicians { npis: Vec::new(), departments: Vec::new(), from_v5: false };
    let mut walk = Walk::new(settings(nobody, &[OFFICE]));
    asks(&walk.start(), &[]);
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Misconfigured)));
}
