//! Tests pages of a brand: its clinics are read once, then their times, and the patient can pick a clinic.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::Event as Act;
use crate::finder::event::Event as Find;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::ApiError;
use crate::place::{AgeRange, AgeUnit, Department, VisitTypeOffer};
use crate::search::SearchCentre;
use crate::settings::{Settings, Target};

fn northlake(visit_types: &[&str]) -> Settings {
    settings(Target::Brand("northlake".into()), visit_types)
}

fn clinics(names: &[&str], offers: &[&str]) -> Answer {
    Answer::Departments(Ok(names.iter().map(|name| clinic(name, offers)).collect()))
}

/// Ballard at nine and Fremont at eight are on screen.
fn two_clinics() -> Walk {
    let mut walk = Walk::new(northlake(&[OFFICE]));
    asks(&walk.start(), &["read clinics of northlake"]);
    let both = ["read times NorthlakeBallard OfficeVisit", "read times NorthlakeFremont OfficeVisit"];
    asks(&walk.answer("read clinics", clinics(&[BALLARD, FREMONT], &[OFFICE, FLU])), &both);
    assert_eq!(walk.stage(), "loading");
    asks(
        &walk.times(both[0], vec![slot("nine", DANA, ballard(), "2026-12-08T09:00:00-08:00")]),
        &["tell shown 1"],
    );
    walk.times(both[1], vec![slot("eight", DANA, fremont(), "2026-12-08T08:00:00-08:00")]);
    walk
}

#[test]
fn the_clinics_are_the_first_request_and_their_times_the_next() {
    assert_eq!(two_clinics().ids(), ["eight", "nine"]);
}

#[test]
fn without_a_preset_the_first_visit_type_of_the_clinics_is_read() {
    let mut walk = Walk::new(northlake(&[]));
    walk.start();
    let asked = walk.answer("read clinics", clinics(&[BALLARD], &[FLU, OFFICE]));
    asks(&asked, &["read times NorthlakeBallard FluShot"]);
    assert_eq!(walk.state.finder.board.visit_types.len(), 2);
}

#[test]
fn a_picked_clinic_shows_its_own_times_and_another_can_be_picked() {
    let mut walk = two_clinics();
    walk.on(Find::PickClinic(Some(ballard())));
    assert_eq!(walk.ids(), ["nine"]);
    walk.on(Find::PickClinic(None));
    assert_eq!(walk.ids(), ["eight", "nine"]);
}

#[test]
fn the_ages_of_a_visit_type_are_shown_where_all_clinics_agree_or_one_is_picked() {
    let years = |min, max| Some(AgeRange { min, max, unit: AgeUnit::Year });
    for (at_ballard, at_fremont, at_boulder, shown) in [
        (years(18, 120), years(18, 120), years(18, 120), years(18, 120)),
        (years(18, 120), years(2, 17), years(18, 120), None),
        (years(18, 120), None, None, None),
        (None, years(2, 17), years(2, 17), None),
    ] {
        let limits = [(BALLARD, at_ballard), (FREMONT, at_fremont), (BOULDER, at_boulder)];
        let known = limits.map(|(name, ages)| {
            let visit_types = vec![VisitTypeOffer { ages, ..offer(OFFICE) }];
            Department { visit_types, ..clinic(name, &[]) }
        });
        let mut walk = Walk::new(northlake(&[OFFICE]));
        walk.start();
        walk.answer("read clinics", Answer::Departments(Ok(known.to_vec())));
        for name in [BALLARD, FREMONT, BOULDER] {
            walk.times(&format!("read times {name}"), Vec::new());
        }
        let ages = |walk: &Walk| {
            let board = &walk.state.finder.board;
            board.ages_of(&board.visit_types[0])
        };
        assert_eq!(ages(&walk), shown);
        for (clinic, (_, own)) in [ballard(), fremont(), boulder()].into_iter().zip(limits) {
            walk.on(Find::PickClinic(Some(clinic)));
            assert_eq!(ages(&walk), own);
        }
        walk.on(Find::PickClinic(None));
        assert_eq!(ages(&walk), shown);
    }
}

#[test]
fn a_clinics_time_is_booked_as_the_clinics() {
    let mut walk = two_clinics();
    fill_in(&mut walk, "nine", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::Submit);
    let asked = walk.answer("ask token", crate::errand::event::TokenAnswer::Held(1));
    asks(&asked, &["read times NorthlakeBallard OfficeVisit afresh"]);
    let nine = vec![slot("nine", DANA, ballard(), "2026-12-08T09:00:00-08:00")];
    asks(&walk.times("read times", nine), &["book at the clinic: nine for p-marta"]);
}

#[test]
fn where_the_patient_is_orders_the_clinics_and_searches_nothing() {
    let mut walk = two_clinics();
    asks(&walk.on(Find::Seek("98107".into())), &[]);
    assert_eq!(walk.state.finder.board.around, Some(SearchCentre::Zip("98107".into())));
    asks(&walk.on(Find::SeekPoint(47.66, -122.37)), &[]);
    assert_eq!(walk.state.finder.board.around, Some(SearchCentre::Point(4766, -12237)));
}

#[test]
fn a_brand_whose_clinics_cannot_be_read_can_be_tried_again() {
    for error in [ApiError::Network, ApiError::Server, ApiError::NotFound] {
        let mut walk = Walk::new(northlake(&[OFFICE]));
        walk.start();
        asks(&walk.answer("read clinics", Answer::Departments(Err(error))), &[]);
        assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(error))));
        asks(&walk.on(Event::Retry), &["read clinics of northlake afresh"]);
        let asked = walk.answer("read clinics", clinics(&[BALLARD], &[OFFICE]));
        asks(&asked, &["read times NorthlakeBallard OfficeVisit afresh"]);
    }
}

#[test]
fn a_brand_without_clinics_has_no_times() {
    let mut walk = Walk::new(northlake(&[OFFICE]));
    walk.start();
    walk.answer("read clinics", clinics(&[], &[]));
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::NoTimes)));
}

#[test]
fn a_picked_clinic_and_a_place_outlive_a_second_try() {
    let mut walk = Walk::new(northlake(&[OFFICE]));
    walk.start();
    walk.answer("read clinics", clinics(&[BALLARD], &[OFFICE]));
    walk.on(Find::PickClinic(Some(ballard())));
    walk.on(Find::Seek("98107".into()));
    walk.answer("read times", Answer::Slots(Err(ApiError::Network)));
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::Network))));
    walk.on(Event::Wake);
    assert_eq!((walk.stage(), walk.state.finder.board.clinic.clone()), ("loading", Some(ballard())));
    assert_eq!(walk.state.finder.board.around, Some(SearchCentre::Zip("98107".into())));
}

#[test]
fn a_brand_that_names_nobody_is_said_without_a_request() {
    let mut walk = Walk::new(settings(Target::Brand(String::new()), &[]));
    asks(&walk.start(), &[]);
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Misconfigured)));
}
