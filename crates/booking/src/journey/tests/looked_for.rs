//! Tests that the patient's list of visits is read before the outcome is shown, if a clinic's booking got no
//! answer.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::Event as Act;
use crate::errand::state::{SendingPhase, Stage};
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::{ApiError, Outcome};
use crate::visits::{ClinicVisit, ClinicVisitStatus};

fn unanswered() -> Walk {
    let mut walk = ballard_review();
    send(&mut walk);
    asks(&walk.answer("book", Outcome::Unknown), &["read my visits of any status afresh"]);
    assert_eq!(walk.phase(), Some(SendingPhase::Looking));
    walk
}

fn list(visits: Vec<ClinicVisit>) -> Answer {
    Answer::ClinicVisits(Ok(visits.into()))
}

#[test]
fn found_there_it_is_booked() {
    let mut walk = unanswered();
    let another = clinic_visit("v-8", "mon-9", "2026-12-14T09:00:00-08:00");
    let ours = clinic_visit("v-9", "tue-9", "2026-12-08T09:00:00-08:00");
    asks(&walk.answer("read my visits", list(vec![another, ours])), &["tell booked v-9 with tue-9"]);
    let Stage::Booked(_, confirmation) = &walk.state.errand.stage else {
        panic!("{:?}", walk.state.errand.stage)
    };
    assert_eq!((confirmation.visit.as_str(), walk.bookings()), ("v-9", 1));
}

#[test]
fn not_there_or_cancelled_or_not_read_it_stays_unknown() {
    let status = ClinicVisitStatus::Cancelled;
    let cancelled = ClinicVisit { status, ..clinic_visit("v-9", "tue-9", "2026-12-08T09:00:00-08:00") };
    for answer in [
        list(Vec::new()),
        list(vec![cancelled]),
        list(vec![clinic_visit("v-8", "mon-9", "2026-12-14T09:00:00-08:00")]),
        Answer::ClinicVisits(Err(ApiError::Network)),
        Answer::ClinicVisits(Err(ApiError::SignedOut)),
    ] {
        let mut walk = unanswered();
        asks(&walk.answer("read my visits", answer), &["tell unconfirmed"]);
        let before = walk.state.clone();
        for event in [
            Act::Submit.into(),
            Act::Back.into(),
            Act::ChangeTime.into(),
            Event::Retry,
            Event::Wake,
            Event::MyVisits,
        ] {
            asks(&walk.on(event), &[]);
        }
        assert_eq!((walk.state, before.name()), (before.clone(), "unconfirmed"));
    }
}

#[test]
fn while_it_is_looked_for_nothing_else_goes_on() {
    let mut walk = unanswered();
    let before = walk.state.clone();
    for event in [
        Act::Submit.into(),
        Act::Back.into(),
        Act::ChangeTime.into(),
        NEW_PAGE,
        Act::SignIn.into(),
        Event::Wake,
    ] {
        asks(&walk.on(event), &[]);
    }
    assert_eq!((walk.state.clone(), walk.bookings()), (before, 1));
}

#[test]
fn a_clinicians_booking_cannot_be_looked_for() {
    let mut walk = dana_review();
    send(&mut walk);
    asks(&walk.answer("book", Outcome::Unknown), &["tell unconfirmed"]);
}

#[test]
fn what_was_found_by_search_at_a_clinic_is_the_clinics_too() {
    let mut walk = near_on_screen();
    let nine = walk.held().remove(0);
    walk.on(Event::Choose(Box::new(nine)));
    walk.answer("read clinic", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE])))));
    walk.times("read times", ballards_slots());
    sign_in_and_give(&mut walk, details(marta()));
    walk.on(Act::Submit);
    walk.answer("ask token", crate::errand::event::TokenAnswer::Held(1));
    walk.times("read times", ballards_slots());
    asks(&walk.answer("book", Outcome::Unknown), &["read my visits of any status afresh"]);
}
