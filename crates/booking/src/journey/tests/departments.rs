//! Tests times at clinics, and what happens if clinics or clinicians cannot be read.

use super::walk::*;
use crate::api::Answer;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::outcome::ApiError;
use crate::settings::{Settings, Target};
use crate::slot::Slot;

fn known(name: &str, offers: &[&str]) -> Answer {
    Answer::Department(Ok(Box::new(clinic(name, offers))))
}

fn lost(error: ApiError) -> Answer {
    Answer::Slots(Err(error))
}

fn nine_at_ballard() -> Vec<Slot> {
    vec![slot("nine", DANA, ballard(), "2026-12-08T09:00:00-08:00")]
}

#[test]
fn a_clinics_times_are_the_first_request_and_its_name_is_read_beside() {
    let mut walk = Walk::new(at(&[BALLARD], &[FLU]));
    asks(&walk.start(), &["read times NorthlakeBallard FluShot", "read clinic NorthlakeBallard"]);
    asks(&walk.times("read times", nine_at_ballard()), &["tell shown 1"]);
    asks(&walk.answer("read clinic", known(BALLARD, &[FLU, OFFICE])), &[]);
    assert_eq!(
        walk.open_lines(),
        [""; 0],
        "a clinic's times have no dates, so there is nothing further to read"
    );
    let offers: Vec<_> =
        walk.state.finder.board.visit_types.iter().map(|offer| offer.short_name.as_str()).collect();
    assert_eq!(offers, [FLU], "what the page did not name is not offered");
}

#[test]
fn a_visit_type_that_nobody_offers_is_told_and_the_patient_is_asked_instead() {
    let mut walk = Walk::new(at(&[BALLARD], &["Flushot"]));
    asks(&walk.start(), &["read times NorthlakeBallard Flushot", "read clinic NorthlakeBallard"]);
    asks(&walk.times("read times", Vec::new()), &[]);
    let said = walk.answer("read clinic", known(BALLARD, &[FLU, OFFICE]));
    assert!(said.iter().any(|line| line.contains("unknown visit type Flushot")), "{said:?}");
    assert!(said.iter().any(|line| line == "read times NorthlakeBallard FluShot"), "{said:?}");
    walk.times("read times", nine_at_ballard());
    assert_eq!((walk.stage(), walk.state.finder.board.visit_types.len()), ("times", 2));
}

#[test]
fn without_a_preset_only_clinics_that_offer_the_first_visit_type_are_asked() {
    let mut walk = Walk::new(at(&[BALLARD, FREMONT], &[]));
    asks(&walk.start(), &["read clinic NorthlakeBallard", "read clinic NorthlakeFremont"]);
    asks(&walk.answer("read clinic NorthlakeFremont", known(FREMONT, &[FLU])), &[]);
    let asked = walk.answer("read clinic", known(BALLARD, &[OFFICE, FLU]));
    asks(&asked, &["read times NorthlakeBallard OfficeVisit"]);
    let offers: Vec<_> =
        walk.state.finder.board.visit_types.iter().map(|offer| offer.short_name.as_str()).collect();
    assert_eq!(offers, [OFFICE, FLU], "in the page's order, whichever clinic answered first");
}

#[test]
fn times_of_several_clinics_stand_together() {
    let mut walk = Walk::new(at(&[BALLARD, FREMONT], &[OFFICE]));
    let both = [
        "read times NorthlakeBallard OfficeVisit",
        "read times NorthlakeFremont OfficeVisit",
        "read clinic NorthlakeBallard",
        "read clinic NorthlakeFremont",
    ];
    asks(&walk.start(), &both);
    asks(&walk.times(both[0], nine_at_ballard()), &["tell shown 1"]);
    let eight = vec![slot("eight", DANA, fremont(), "2026-12-08T08:00:00-08:00")];
    asks(&walk.times(both[1], eight), &[]);
    assert_eq!(walk.ids(), ["eight", "nine"]);
}

#[test]
fn an_unknown_clinic_is_told_to_the_owner_once_and_the_others_go_on() {
    let (times, name) = ("read times Nowhere", "read clinic Nowhere");
    let (found, ballards_name) = ("read times NorthlakeBallard", "read clinic NorthlakeBallard");
    for order in [
        [times, name, found],
        [name, times, found],
        [found, times, name],
        [found, name, times],
        [times, found, name],
    ] {
        let mut walk = Walk::new(at(&["Nowhere", BALLARD], &[OFFICE]));
        walk.start();
        walk.answer(ballards_name, known(BALLARD, &[OFFICE]));
        let mut said = Vec::new();
        for request in order {
            said.extend(match request {
                _ if request == found => walk.times(found, nine_at_ballard()),
                _ if request == name => walk.answer(name, Answer::Department(Err(ApiError::NotFound))),
                _ => walk.answer(times, lost(ApiError::NotFound)),
            });
        }
        said.sort();
        asks(&said, &["tell owner: unknown clinic Nowhere", "tell shown 1"]);
        assert_eq!((walk.stage(), walk.state.finder.board.error), ("times", None), "{order:?}");
    }
}

#[test]
fn where_every_clinic_is_unknown_there_is_the_phone() {
    let mut walk = Walk::new(at(&["Nowhere"], &[OFFICE]));
    walk.start();
    walk.answer("read times", lost(ApiError::NotFound));
    walk.answer("read clinic", Answer::Department(Err(ApiError::NotFound)));
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::NotFound))));
}

#[test]
fn no_times_at_one_clinic_does_not_pass_for_no_times_where_another_could_not_be_read() {
    for failing_first in [true, false] {
        let mut walk = Walk::new(at(&[BALLARD, FREMONT], &[OFFICE]));
        walk.start();
        walk.answer("read clinic NorthlakeBallard", known(BALLARD, &[OFFICE]));
        walk.answer("read clinic NorthlakeFremont", known(FREMONT, &[OFFICE]));
        if failing_first {
            walk.answer("read times NorthlakeFremont", lost(ApiError::Network));
            walk.times("read times NorthlakeBallard", Vec::new());
        } else {
            walk.times("read times NorthlakeBallard", Vec::new());
            walk.answer("read times NorthlakeFremont", lost(ApiError::Network));
        }
        assert_eq!(
            walk.looking(),
            Some(Looking::Unavailable(UnavailableReason::Error(ApiError::Network))),
            "{failing_first}"
        );
    }
}

#[test]
fn an_unknown_clinician_is_told_to_the_owner_once() {
    for times_first in [true, false] {
        let mut walk = Walk::new(with_dana(&[OFFICE]));
        walk.start();
        let mut said = Vec::new();
        let nobody = || Answer::Clinician(Err(ApiError::NotFound));
        if times_first {
            said.extend(walk.answer("read times", lost(ApiError::NotFound)));
            said.extend(walk.answer("read clinician", nobody()));
        } else {
            said.extend(walk.answer("read clinician", nobody()));
            said.extend(walk.answer("read times", lost(ApiError::NotFound)));
        }
        asks(&said, &["tell owner: unknown clinician 1234567893"]);
        assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::NotFound))));
    }
}

#[test]
fn one_unknown_clinician_does_not_keep_another_from_being_looked_for() {
    for unknown_first in [true, false] {
        let npis = vec![npi(DANA), npi(SAMUEL)];
        let mut walk = Walk::new(settings(
            Target::Clinicians { npis, departments: Vec::new(), from_v5: false },
            &[OFFICE],
        ));
        walk.start();
        if unknown_first {
            walk.answer("read times 1003000126", lost(ApiError::NotFound));
            walk.times("read times 1234567893", Vec::new());
        } else {
            walk.times("read times 1234567893", Vec::new());
            walk.answer("read times 1003000126", lost(ApiError::NotFound));
        }
        let later = vec![slot("jan", DANA, ballard(), "2027-01-04T09:00:00-08:00")];
        walk.times("read times 1234567893 OfficeVisit 2026-12-21", later);
        assert_eq!(walk.ids(), ["jan"], "{unknown_first}");
    }
}

#[test]
fn a_name_that_cannot_be_read_neither_hides_the_times_nor_stops_the_looking() {
    for name_first in [true, false] {
        let mut walk = Walk::new(with_dana(&[OFFICE]));
        walk.start();
        let nameless = || Answer::Clinician(Err(ApiError::Server));
        if name_first {
            walk.answer("read clinician", nameless());
            walk.times("read times", two_days());
        } else {
            walk.times("read times", two_days());
            walk.answer("read clinician", nameless());
        }
        assert_eq!((walk.stage(), walk.state.finder.board.error), ("times", None), "{name_first}");
        let asked = walk.answer("read look-ahead", Answer::Lookahead(Ok(90)));
        asks(&asked, &["read times 1234567893 OfficeVisit 2026-12-21..2027-01-17"]);
    }
}

#[test]
fn without_a_visit_type_a_name_that_cannot_be_read_ends_the_looking() {
    let mut walk = Walk::new(with_dana(&[]));
    walk.start();
    asks(&walk.answer("read clinician", Answer::Clinician(Err(ApiError::Network))), &[]);
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::Network))));
}

#[test]
fn where_the_named_clinic_cannot_be_read_its_clinicians_times_cannot_be_told_apart() {
    let target =
        Target::Clinicians { npis: vec![npi(DANA)], departments: vec![url(BALLARD)], from_v5: false };
    let mut walk = Walk::new(Settings { max_days: 13, ..settings(target, &[OFFICE]) });
    walk.start();
    walk.answer("read clinician", Answer::Clinician(Ok(Box::new(clinician(DANA, &[], &[OFFICE])))));
    walk.answer("read clinic NorthlakeBallard", Answer::Department(Err(ApiError::Server)));
    walk.times("read times", two_days());
    walk.answer("read clinic 100210", Answer::Department(Err(ApiError::Server)));
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::Server))));
}

#[test]
fn a_clinic_that_cannot_be_read_keeps_the_zone_of_its_own_times() {
    let mut walk = Walk::new(at(&[BOULDER, BALLARD], &[OFFICE]));
    walk.start();
    let boulders = slots(MOUNTAIN, vec![slot("boulder", SAMUEL, boulder(), "2026-12-08T16:00:00Z")]);
    walk.answer("read times NorthlakeBoulder", Answer::Slots(Ok(boulders)));
    walk.times("read times NorthlakeBallard", nine_at_ballard());
    let seen: Vec<_> =
        walk.held().into_iter().map(|time| (time.local.to_string()[11..16].to_owned(), time.zone)).collect();
    assert_eq!(seen, [("09:00".into(), Some(zone(MOUNTAIN))), ("09:00".into(), Some(zone(PACIFIC)))]);
}

#[test]
fn a_clinics_own_zone_wins_over_the_responses() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    walk.times("read times", vec![slot("boulder", DANA, boulder(), "2026-12-08T09:00:00-07:00")]);
    walk.answer("read clinic 200110", known(BOULDER, &[OFFICE]));
    assert_eq!(walk.held()[0].zone, Some(zone(MOUNTAIN)));
}

#[test]
fn slots_that_could_not_be_read_are_told_to_the_owner_and_the_good_ones_stay() {
    let mut walk = Walk::new(at(&[BALLARD], &[OFFICE]));
    walk.start();
    let some = crate::slot::Slots { dropped: 2, ..slots(PACIFIC, nine_at_ballard()) };
    let asked = walk.answer("read times", Answer::Slots(Ok(some.clone())));
    asks(&asked, &["tell owner: 2 slots dropped", "tell shown 1"]);
    walk.now += 61;
    walk.on(crate::journey::event::Event::Wake);
    asks(&walk.answer("read times", Answer::Slots(Ok(some))), &[]);
}

#[test]
fn where_not_one_time_can_be_read_it_is_not_said_that_there_is_none() {
    let mut walk = Walk::new(at(&[BALLARD], &[OFFICE]));
    walk.start();
    let unreadable = crate::slot::Slots { dropped: 2, ..slots(PACIFIC, Vec::new()) };
    asks(&walk.answer("read times", Answer::Slots(Ok(unreadable))), &["tell owner: 2 slots dropped"]);
    walk.answer("read clinic", known(BALLARD, &[OFFICE]));
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::Unreadable))));
}
