//! Tests how further times are read: for another visit type, by fresh reads, for more days, and with filters.

use chrono::Weekday;

use super::walk::*;
use crate::api::Answer;
use crate::filter::Filter;
use crate::finder::event::Event as Find;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::ApiError;
use crate::settings::Settings;

fn pick(name: &str) -> Event {
    Find::PickType(visit_type(name)).into()
}

/// A page of Ballard and Fremont. A time at Ballard is on screen, and Fremont's times are being read. Only
/// Ballard offers flu shots.
fn two_clinics() -> Walk {
    let mut walk = Walk::new(at(&[BALLARD, FREMONT], &[]));
    walk.start();
    let known = |name, offers: &[&str]| Answer::Department(Ok(Box::new(clinic(name, offers))));
    walk.answer("read clinic NorthlakeBallard", known(BALLARD, &[OFFICE, FLU]));
    walk.answer("read clinic NorthlakeFremont", known(FREMONT, &[OFFICE]));
    walk.times(
        "read times NorthlakeBallard",
        vec![slot("nine", DANA, ballard(), "2026-12-08T09:00:00-08:00")],
    );
    walk
}

#[test]
fn another_visit_type_drops_what_was_on_its_way_for_the_one_before() {
    let mut walk = two_clinics();
    let late = walk.id("read times NorthlakeFremont");
    let asked = walk.on(pick(FLU));
    asks(&asked, &["cancel read times NorthlakeFremont OfficeVisit", "read times NorthlakeBallard FluShot"]);
    assert_eq!(walk.held(), [], "times of another visit type are not on screen");
    let before = walk.state.clone();
    let stale = slots(PACIFIC, vec![slot("old", DANA, fremont(), "2026-12-08T09:00:00-08:00")]);
    asks(&walk.on(Event::Answered(late, Answer::Slots(Ok(stale)))), &[]);
    assert_eq!(walk.state, before);
    walk.times("read times", vec![flu(slot("shot", DANA, ballard(), "2026-12-08T09:00:00-08:00"))]);
    assert_eq!(walk.ids(), ["shot"]);
}

#[test]
fn another_visit_type_of_a_clinician_starts_again_at_today_with_its_own_look_ahead() {
    let mut walk = Walk::new(with_dana(&[OFFICE, FLU]));
    walk.start();
    walk.times("read times", two_days());
    walk.answer("read look-ahead", Answer::Lookahead(Ok(20)));
    let expected = [
        "cancel read times 1234567893 OfficeVisit 2026-12-21..2026-12-27",
        "read times 1234567893 FluShot 2026-12-07..2026-12-20",
    ];
    asks(&walk.on(pick(FLU)), &expected);
    let dana = clinician(DANA, &[ballard()], &[OFFICE, FLU]);
    asks(
        &walk.answer("read clinician", Answer::Clinician(Ok(Box::new(dana)))),
        &["read look-ahead FluShot main"],
    );
    walk.on(pick(OFFICE));
    assert!(walk.open_lines().contains(&"read look-ahead OfficeVisit main"));
}

#[test]
fn the_visit_type_on_screen_is_not_read_again() {
    let mut walk = dana_on_screen();
    asks(&walk.on(pick(OFFICE)), &[]);
}

#[test]
fn times_older_than_a_minute_are_read_again_when_the_page_is_looked_at() {
    let mut walk = dana_on_screen();
    walk.now += 60;
    asks(&walk.on(Event::Wake), &[]);
    walk.now += 1;
    asks(&walk.on(Event::Wake), &["read times 1234567893 OfficeVisit 2026-12-07..2026-12-20 afresh"]);
    assert_eq!(walk.ids(), ["tue-9", "tue-10", "wed-9"], "those on screen stay until then");
    asks(&walk.on(Event::Wake), &[]);
    let mut now = two_days();
    now.remove(0);
    asks(&walk.times("read times", now), &[]);
    assert_eq!(walk.ids(), ["tue-10", "wed-9"]);
    asks(&walk.on(Event::Wake), &[]);
}

#[test]
fn a_clinics_times_are_read_again_too_and_one_that_has_none_left_shows_none() {
    let mut walk = two_clinics();
    walk.times("read times", vec![slot("fremont", DANA, fremont(), "2026-12-08T09:00:00-08:00")]);
    walk.now += 61;
    let both =
        ["read times NorthlakeBallard OfficeVisit afresh", "read times NorthlakeFremont OfficeVisit afresh"];
    asks(&walk.on(Event::Wake), &both);
    walk.times(both[0], Vec::new());
    assert_eq!(walk.ids(), ["fremont"]);
}

#[test]
fn reading_again_goes_as_far_as_was_read_before() {
    let mut walk = Walk::new(Settings { max_days: 30, ..with_dana(&[OFFICE]) });
    walk.start();
    walk.times("read times", two_days());
    walk.answer("read look-ahead", Answer::Lookahead(Err(ApiError::Server)));
    walk.times("read times", Vec::new());
    walk.now += 61;
    asks(&walk.on(Event::Wake), &["read times 1234567893 OfficeVisit 2026-12-07..2027-01-06 afresh"]);
}

#[test]
fn a_page_left_open_over_night_does_not_keep_yesterdays_times() {
    let mut walk = dana_on_screen();
    (walk.now, walk.today) = (instant("2026-12-09T16:00:00Z"), day("2026-12-09"));
    asks(&walk.on(Event::Wake), &["read times 1234567893 OfficeVisit 2026-12-09..2026-12-20 afresh"]);
    walk.times("read times", two_days().split_off(2));
    assert_eq!(walk.ids(), ["wed-9"]);
}

#[test]
fn more_days_reads_on_only_where_too_few_are_known() {
    let mut walk = Walk::new(Settings { days: 1, ..with_dana(&[OFFICE]) });
    walk.start();
    walk.times("read times", two_days());
    walk.answer("read look-ahead", Answer::Lookahead(Ok(20)));
    assert_eq!(walk.state.finder.board.days_shown, 1);
    asks(&walk.on(Find::More), &["read times 1234567893 OfficeVisit 2026-12-21..2026-12-27"]);
    assert_eq!(walk.state.finder.board.days_shown, 2);
    walk.times("read times", Vec::new());
    asks(&walk.on(Find::More), &[]);
}

#[test]
fn a_clinics_times_after_the_pages_last_day_are_not_shown_before_it_moves_on() {
    let mut walk = Walk::new(Settings { max_days: 13, ..at(&[BALLARD], &[OFFICE]) });
    walk.start();
    let times = vec![
        slot("today", DANA, ballard(), "2026-12-07T10:00:00-08:00"),
        // Five in the afternoon of December 20 in Seattle.
        slot("last", DANA, ballard(), "2026-12-21T01:00:00Z"),
        slot("next", DANA, ballard(), "2026-12-21T09:00:00-08:00"),
        slot("jan", DANA, ballard(), "2027-01-04T09:00:00-08:00"),
    ];
    let asked = walk.times("read times", times);
    assert_eq!(asked.last().map(String::as_str), Some("tell shown 2"));
    assert_eq!(walk.ids(), ["today", "last"]);
    let last = |walk: &Walk| walk.state.finder.board.days().last().map(|day| day.date);
    assert_eq!(last(&walk), Some(day("2026-12-20")));
    (walk.now, walk.today) = (walk.now + 86_400, day("2026-12-08"));
    walk.on(Event::Wake);
    assert_eq!(last(&walk), Some(day("2026-12-21")), "the same slots, but another day");
    walk.times("read times", vec![slot("jan", DANA, ballard(), "2027-01-04T09:00:00-08:00")]);
    assert_eq!(walk.ids(), [""; 0]);
}

#[test]
fn a_clinic_whose_times_all_begin_after_the_pages_last_day_has_no_times() {
    let mut walk = Walk::new(Settings { max_days: 27, ..at(&[BALLARD], &[OFFICE]) });
    walk.start();
    walk.answer("read clinic", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE])))));
    asks(&walk.times("read times", vec![slot("jan", DANA, ballard(), "2027-01-04T09:00:00-08:00")]), &[]);
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::NoTimes)));
}

#[test]
fn a_filter_that_leaves_few_days_reads_on() {
    let mut walk = Walk::new(Settings { days: 1, ..with_dana(&[OFFICE]) });
    walk.start();
    walk.times("read times", two_days());
    walk.answer("read look-ahead", Answer::Lookahead(Ok(20)));
    let mut wednesdays = Filter::default();
    wednesdays.toggle_weekday(Weekday::Wed);
    asks(&walk.on(Find::Narrow(wednesdays)), &["read times 1234567893 OfficeVisit 2026-12-21..2026-12-27"]);
    let days = walk.state.finder.board.days();
    assert_eq!(days.iter().map(|day| day.date).collect::<Vec<_>>(), [day("2026-12-09")]);
    walk.on(Find::Narrow(Filter::default()));
    assert_eq!(walk.state.finder.board.days().len(), 2);
}

#[test]
fn times_that_could_not_be_read_again_stay_and_can_be_tried_once_more() {
    let mut walk = dana_on_screen();
    walk.now += 61;
    walk.on(Event::Wake);
    asks(&walk.answer("read times", Answer::Slots(Err(ApiError::Network))), &[]);
    assert_eq!((walk.ids().len(), walk.state.finder.board.error), (3, Some(ApiError::Network)));
    assert!(!walk.state.finder.board.reading);
    asks(&walk.on(Event::Retry), &["read times 1234567893 OfficeVisit 2026-12-07..2026-12-20 afresh"]);
    walk.times("read times", two_days());
    assert_eq!(walk.state.finder.board.error, None);
    asks(&walk.on(Event::Retry), &[]);
}

#[test]
fn the_host_can_have_the_times_read_again_at_once() {
    let mut walk = dana_on_screen();
    asks(&walk.on(Event::Refresh), &["read times 1234567893 OfficeVisit 2026-12-07..2026-12-20 afresh"]);
    let again = "read times 1234567893 OfficeVisit 2026-12-07..2026-12-20 afresh";
    asks(&walk.on(Event::Refresh), &[&format!("cancel {again}"), again]);
    assert_eq!(walk.ids().len(), 3);
    let mut walk = dana_review();
    asks(&walk.on(Event::Refresh), &[]);
}

#[test]
fn offline_waits_for_the_page_to_wake_and_other_trouble_for_the_patient() {
    let first = ["read times NorthlakeBallard OfficeVisit", "read clinic NorthlakeBallard"];
    for error in [ApiError::Network, ApiError::Server, ApiError::Unreadable, ApiError::Rejected] {
        let mut walk = Walk::new(at(&[BALLARD], &[OFFICE]));
        walk.start();
        walk.answer("read times", Answer::Slots(Err(error)));
        walk.answer("read clinic", Answer::Department(Err(error)));
        assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(error))));
        let woken: &[&str] = if error == ApiError::Network { &first } else { &[] };
        asks(&walk.on(Event::Wake), woken);
        let again = first.map(|line| [line, " afresh"].concat());
        assert_eq!(walk.on(Event::Retry), if woken.is_empty() { &again[..] } else { &[] });
        assert_eq!(walk.stage(), "loading");
    }
}

#[test]
fn where_there_are_no_times_trying_again_and_a_refresh_use_no_remembered_answer() {
    let known = || Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE]))));
    let hers = || Answer::Clinician(Ok(Box::new(clinician(DANA, &[], &[OFFICE]))));
    for event in [Event::Retry, Event::Refresh] {
        // The visit types are read first, and the times after them.
        let mut walk = Walk::new(at(&[BALLARD], &[]));
        asks(&walk.start(), &["read clinic NorthlakeBallard"]);
        asks(&walk.answer("read clinic", known()), &["read times NorthlakeBallard OfficeVisit"]);
        walk.times("read times", Vec::new());
        assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::NoTimes)));
        asks(&walk.on(event.clone()), &["read clinic NorthlakeBallard afresh"]);
        asks(&walk.answer("read clinic", known()), &["read times NorthlakeBallard OfficeVisit afresh"]);
        walk.times("read times", ballards_slots());
        // What the patient chooses after that may be remembered.
        walk.state.finder.board.directory_mut().visit_types.push(offer(FLU));
        walk.state.finder.board.directory_mut().departments[0].visit_types.push(offer(FLU));
        asks(&walk.on(pick(FLU)), &["read times NorthlakeBallard FluShot"]);

        let mut walk = Walk::new(Settings { max_days: 13, ..with_dana(&[]) });
        asks(&walk.start(), &["read clinician 1234567893"]);
        walk.answer("read clinician", hers());
        walk.times("read times", Vec::new());
        asks(&walk.on(event.clone()), &["read clinician 1234567893 afresh"]);
        let times = "read times 1234567893 OfficeVisit 2026-12-07..2026-12-20 afresh";
        asks(&walk.answer("read clinician", hers()), &[times]);
        // A new configuration begins with remembered answers again.
        asks(&walk.start(), &[&format!("cancel {times}"), "read clinician 1234567893"]);
    }
}
