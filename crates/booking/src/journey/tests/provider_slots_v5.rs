//! Tests a clinician's times from the v5 timeslots, which come in pages of days and have no slot ids.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::Event as Act;
use crate::errand::state::Stage;
use crate::finder::event::Event as Find;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::{ApiError, Refusal};
use crate::search::{PatientType, SearchResult};
use crate::settings::{Settings, Target};

const FIRST: &str = "read options with 1234567893 OfficeVisit, 10 days";

fn page(times: &[&str], next: Option<&str>) -> Answer {
    let slots = times.iter().map(|at| searched(DANA, fremont(), at)).collect();
    Answer::SearchResult(Ok(Box::new(SearchResult { context: None, next: next.map(day), ..found(slots) })))
}

fn dana(offers: &[&str]) -> Answer {
    Answer::Clinician(Ok(Box::new(clinician(DANA, &[fremont()], offers))))
}

#[test]
fn with_a_preset_visit_type_a_page_of_days_is_the_first_request() {
    let mut walk = Walk::new(with_dana_v5(&[OFFICE]));
    asks(&walk.start(), &[FIRST, "read clinician 1234567893"]);
    let asked = walk.answer("read options", page(&["2026-12-08T17:00:00Z"], None));
    asks(&asked, &["tell shown 1"]);
    assert_eq!(walk.held()[0].zone, Some(zone(PACIFIC)), "the answer tells the clinic's zone");
}

#[test]
fn new_patients_see_the_times_that_are_for_them() {
    let mut walk = Walk::new(Settings { patient_type: Some(PatientType::New), ..with_dana_v5(&[OFFICE]) });
    assert_eq!(walk.start()[0], "read options with 1234567893 newPatient OfficeVisit, 10 days");
}

#[test]
fn without_a_preset_the_clinician_says_what_there_is_first() {
    let mut walk = Walk::new(with_dana_v5(&[]));
    asks(&walk.start(), &["read clinician 1234567893"]);
    let asked = walk.answer("read clinician", dana(&[OFFICE, FLU]));
    assert!(asked.contains(&FIRST.to_owned()), "{asked:?}");
    walk.answer("read options", page(&["2026-12-08T17:00:00Z"], None));
    assert_eq!((walk.stage(), walk.state.finder.board.visit_types.len()), ("times", 2));
    asks(
        &walk.on(Find::PickType(visit_type(FLU))),
        &[
            "cancel read look-ahead OfficeVisit main",
            "read options with 1234567893 FluShot, 10 days",
            "read look-ahead FluShot main",
        ],
    );
}

#[test]
fn pages_are_read_on_up_to_the_systems_look_ahead() {
    let mut walk = Walk::new(Settings { max_days: 60, ..with_dana_v5(&[OFFICE]) });
    walk.start();
    let second = "read options with 1234567893 OfficeVisit from 2026-12-18, 20 days";
    let asked = walk.answer("read options", page(&["2026-12-08T17:00:00Z"], Some("2026-12-18")));
    assert!(asked.contains(&second.to_owned()), "{asked:?}");
    asks(&walk.answer("read options", page(&["2026-12-18T17:00:00Z"], Some("2027-02-06"))), &[]);
    assert_eq!((walk.held().len(), walk.state.finder.board.reading), (2, false));
}

/// The days with times on screen.
fn days(walk: &Walk) -> Vec<String> {
    walk.state.finder.board.days().iter().map(|day| day.date.to_string()).collect()
}

#[test]
fn days_after_the_next_page_begins_are_shown_once_that_page_is_read() {
    let mut walk = Walk::new(Settings { days: 3, ..with_dana_v5(&[OFFICE]) });
    walk.start();
    // Ballard was read up to December 9, and Fremont, where she is on Tuesdays, to the end of its schedule.
    let tuesdays = ["08", "09", "15", "22", "29"].map(|day| format!("2026-12-{day}T17:00:00Z"));
    let tuesdays: Vec<_> = tuesdays.iter().map(String::as_str).collect();
    let asked = walk.answer("read options", page(&tuesdays, Some("2026-12-10")));
    let second = "read options with 1234567893 OfficeVisit from 2026-12-10, 20 days";
    assert!(asked.contains(&second.to_owned()), "{asked:?}");
    assert!(asked.contains(&"tell shown 2".to_owned()), "{asked:?}");
    assert_eq!(days(&walk), ["2026-12-08", "2026-12-09"]);
    // Reading the first page again does not show the later days either.
    asks(&walk.on(Event::Refresh), &[&format!("cancel {second}"), &format!("{FIRST} afresh")]);
    assert_eq!(days(&walk).len(), 2);
    walk.answer("read options", page(&tuesdays, Some("2026-12-10")));
    let asked = walk.answer("read options", page(&["2026-12-10T17:00:00Z"], Some("2026-12-16")));
    asks(&asked, &[]);
    assert_eq!(days(&walk), ["2026-12-08", "2026-12-09", "2026-12-10", "2026-12-15"]);
    let asked = walk.on(Find::More);
    asks(&asked, &["read options with 1234567893 OfficeVisit from 2026-12-16, 20 days"]);
    walk.answer("read options", page(&[], None));
    assert_eq!(days(&walk).len(), 6);
}

#[test]
fn a_next_page_that_cannot_be_read_hides_no_times() {
    let mut walk = Walk::new(Settings { days: 3, ..with_dana_v5(&[OFFICE]) });
    walk.start();
    let times = ["2026-12-08T17:00:00Z", "2026-12-15T17:00:00Z"];
    walk.answer("read options", page(&times, Some("2026-12-10")));
    for error in [ApiError::Server, ApiError::NotFound] {
        let mut walk = walk.again();
        walk.answer("read options", Answer::SearchResult(Err(error)));
        assert_eq!(days(&walk), ["2026-12-08", "2026-12-15"], "{error:?}");
        assert!(!walk.open_lines().iter().any(|line| line.starts_with("read options")), "{error:?}");
    }
}

#[test]
fn two_clinicians_pages_stand_together_and_are_read_again_each_for_itself() {
    let npis = vec![npi(DANA), npi(SAMUEL)];
    let target = Target::Clinicians { npis, departments: Vec::new(), from_v5: true };
    let mut walk = Walk::new(settings(target, &[OFFICE]));
    walk.start();
    walk.answer("read options with 1234567893", page(&["2026-12-08T17:00:00Z"], None));
    let samuels = found(vec![searched(SAMUEL, fremont(), "2026-12-08T17:00:00Z")]);
    walk.answer("read options with 1003000126", Answer::SearchResult(Ok(Box::new(samuels))));
    assert_eq!(walk.held().len(), 2, "the same time with each of them is two choices");
    walk.now += 61;
    walk.on(Event::Wake);
    walk.answer("read options with 1234567893", page(&[], None));
    assert_eq!(walk.held().len(), 1);
}

#[test]
fn an_unknown_clinician_is_told_to_the_owner_once() {
    let mut walk = Walk::new(with_dana_v5(&[OFFICE]));
    walk.start();
    asks(
        &walk.answer("read options", Answer::SearchResult(Err(ApiError::NotFound))),
        &["tell owner: unknown clinician 1234567893"],
    );
    asks(&walk.answer("read clinician", Answer::Clinician(Err(ApiError::NotFound))), &[]);
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::NotFound))));
}

#[test]
fn a_chosen_time_is_found_in_her_bookable_list_or_has_gone() {
    let mut walk = v5_on_screen();
    let nine = walk.held().remove(0);
    let again = "read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh";
    asks(&walk.on(Event::Choose(Box::new(nine))), &[again]);
    let mut gone = walk.again();
    asks(
        &gone.times("read times", Vec::new()),
        &["read options with 1234567893 OfficeVisit, 10 days afresh"],
    );
    assert!(matches!(gone.state.errand.stage, Stage::Taken(_, Refusal::SlotTaken)));
    walk.times("read times", vec![slot("tue-9", DANA, fremont(), "2026-12-08T09:00:00-08:00")]);
    sign_in_and_give(&mut walk, details(marta()));
    walk.on(Act::Submit);
    walk.answer("ask token", crate::errand::event::TokenAnswer::Held(1));
    let asked = walk.times("read times", vec![slot("tue-9", DANA, fremont(), "2026-12-08T09:00:00-08:00")]);
    asks(&asked, &["book with the clinician: tue-9 for p-marta"]);
}

#[test]
fn a_time_lost_at_the_booking_has_others_near_it() {
    let mut walk = v5_review();
    send(&mut walk);
    asks(
        &walk.answer("book", Refusal::SlotTaken),
        &["tell conflict SlotTaken", "read options with 1234567893 OfficeVisit, 10 days afresh"],
    );
    assert_eq!(walk.held().len(), 1, "also under no id at all");
}
