//! Tests the system's refusals of a booking, and what may be sent after each of them.

use super::booking::booked;
use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::Stage;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::{ApiError, Outcome, Refusal};
use crate::place::{AgeRange, AgeUnit, VisitTypeOffer};

/// The read of the next two weeks, from which the nearest times are offered.
const NEAREST: &str = "read times 1234567893 OfficeVisit 2026-12-07..2026-12-20 afresh";

fn sent() -> Walk {
    let mut walk = dana_review();
    send(&mut walk);
    walk
}

#[test]
fn a_time_gone_before_the_booking_is_said_and_nothing_is_sent() {
    let mut walk = dana_review();
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let others = vec![
        slot("tue-9-samuel", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("tue-9-fremont", DANA, fremont(), "2026-12-08T09:00:00-08:00"),
        flu(slot("tue-9-shot", DANA, ballard(), "2026-12-08T09:00:00-08:00")),
    ];
    let asked = walk.times("read times", others);
    asks(&asked, &["tell conflict SlotTaken", NEAREST]);
    assert!(
        matches!(&walk.state.errand.stage, Stage::Taken(time, Refusal::SlotTaken) if id_of(time.slot()) == "tue-9")
    );
    assert_eq!((walk.bookings(), walk.ids()), (0, vec!["tue-10".into(), "wed-9".into()]));
}

#[test]
fn after_a_taken_time_the_second_choice_goes_straight_to_the_review_and_books() {
    let mut walk = sent();
    asks(&walk.answer("book", Refusal::SlotTaken), &["tell conflict SlotTaken", NEAREST]);
    assert_eq!((walk.stage(), walk.state.errand.person.details.clone()), ("taken", Some(details(marta()))));
    walk.times("read times", two_days().split_off(1));
    asks(&walk.choose("tue-10"), &[]);
    assert_eq!(walk.stage(), "review");
    send(&mut walk);
    asks(&walk.answer("book", booked("v-1")), &["tell booked v-1 with tue-10"]);
    assert_eq!(walk.bookings(), 2);
}

#[test]
fn a_second_choice_that_is_not_for_the_patients_age_is_asked_about_first() {
    let mut walk = sent();
    walk.answer("book", Refusal::SlotTaken);
    walk.times("read times", two_days().split_off(1));
    let for_children = Some(AgeRange { min: 0, max: 17, unit: AgeUnit::Year });
    let directory = walk.state.finder.board.directory_mut();
    directory.visit_types = vec![VisitTypeOffer { ages: for_children, ..offer(OFFICE) }];
    directory.departments.clear();
    walk.choose("tue-10");
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", Answer::Patient(Ok(Box::new(record("p-marta", &marta(), &[MAIN])))));
    assert_eq!(walk.stage(), "patient");
}

#[test]
fn the_time_just_lost_is_gone_from_the_screen_at_once() {
    let mut walk = sent();
    walk.answer("book", Refusal::SlotTaken);
    assert_eq!(walk.ids(), ["tue-10", "wed-9"]);

    let mut walk = dana_review();
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.times("read times", vec![slot("fresh", DANA, ballard(), "2026-12-08T09:00:00-08:00")]);
    walk.answer("book", Refusal::SlotTaken);
    assert_eq!(walk.ids(), ["tue-10", "wed-9"], "also under the id it had before");

    let mut walk = ballard_review();
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.times("read times", ballards_slots().split_off(2));
    assert_eq!(walk.ids(), ["wed-9"], "with its siblings");
}

#[test]
fn at_a_clinic_an_equal_time_is_taken_once_and_silently() {
    let mut walk = ballard_review();
    send(&mut walk);
    asks(
        &refused_and_not_listed(&mut walk, Refusal::SlotTaken),
        &["book at the clinic: tue-9-dana for p-marta"],
    );
    asks(&walk.answer("book", booked("v-1")), &["tell booked v-1 with tue-9-dana"]);

    let mut walk = ballard_review();
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let mut three = ballards_slots();
    three.push(slot("tue-9-third", "1993999998", ballard(), "2026-12-08T09:00:00-08:00"));
    walk.times("read times", three);
    refused_and_not_listed(&mut walk, Refusal::SlotTaken);
    let expected = ["tell conflict SlotTaken", "read times NorthlakeBallard OfficeVisit afresh"];
    asks(&refused_and_not_listed(&mut walk, Refusal::SlotTaken), &expected);
    assert_eq!((walk.stage(), walk.bookings()), ("taken", 2), "though a third of the same time is left");
}

#[test]
fn double_booked_and_unknown_conflicts_offer_other_times_and_keep_this_one() {
    for refusal in [Refusal::DoubleBooked, Refusal::UnknownConflict] {
        let mut walk = sent();
        let told = format!("tell conflict {refusal:?}");
        asks(&walk.answer("book", refusal), &[told.as_str(), NEAREST]);
        assert!(matches!(walk.state.errand.stage, Stage::Taken(_, why) if why == refusal));
        assert_eq!((walk.ids().len(), walk.bookings()), (3, 1));
        assert!(walk.state.errand.person.details.is_some());
    }
}

#[test]
fn a_sibling_is_tried_for_no_other_refusal() {
    for refusal in [Refusal::DoubleBooked, Refusal::UnknownConflict, Refusal::Rejected, Refusal::Busy] {
        let mut walk = ballard_review();
        send(&mut walk);
        walk.answer("book", refusal);
        assert_eq!(walk.bookings(), 1, "{refusal:?}");
    }
}

#[test]
fn where_no_other_time_helps_there_is_the_phone_and_another_time() {
    for refusal in [Refusal::NotOnPanel, Refusal::AccountLocked] {
        let mut walk = sent();
        asks(&walk.answer("book", refusal), &[format!("tell conflict {refusal:?}").as_str()]);
        assert!(matches!(&walk.state.errand.stage, Stage::Refused(why, errand)
            if *why == refusal && id_of(errand.time().unwrap().slot()) == "tue-9"));
        for event in [Act::Submit.into(), Event::Retry, Event::Wake] {
            asks(&walk.on(event), &[]);
        }
        walk.on(Act::ChangeTime);
        assert_eq!((walk.stage(), walk.bookings()), ("times", 1));
    }
}

#[test]
fn without_links_the_record_is_made_and_the_booking_sent_once_more() {
    for refusal in [Refusal::NoLinks, Refusal::PatientNotFound] {
        let mut walk = sent();
        asks(&walk.answer("book", refusal), &["save Marta Okafor in main"]);
        let matching = ["read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh"];
        asks(&walk.answer("save", Answer::Saved(Ok(guid("p-made")))), &matching);
        asks(&walk.times("read times", two_days()), &["book with the clinician: tue-9 for p-made"]);
        asks(&walk.answer("book", refusal), &[format!("tell conflict {refusal:?}").as_str()]);
        assert!(matches!(&walk.state.errand.stage, Stage::Refused(why, _) if *why == refusal));
        assert_eq!(walk.bookings(), 2);
    }
}

#[test]
fn a_record_is_made_also_where_the_accounts_own_read_still_shows_the_link() {
    let mut walk = sent();
    walk.answer("book", Refusal::NoLinks);
    walk.answer("save", Answer::Saved(Err(ApiError::SignedOut)));
    walk.answer("ask token", TokenAnswer::Held(2));
    let asked = walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    asks(&asked, &["save Marta Okafor in main"]);
}

#[test]
fn no_links_and_then_patient_not_found_do_not_add_up() {
    let mut walk = sent();
    walk.answer("book", Refusal::NoLinks);
    walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
    walk.times("read times", two_days());
    asks(&walk.answer("book", Refusal::PatientNotFound), &["tell conflict PatientNotFound"]);
    assert_eq!(walk.bookings(), 2);
}

#[test]
fn every_cause_once_is_four_bookings_at_the_most() {
    let mut walk = ballard_review();
    send(&mut walk);
    walk.answer("book", Refusal::SignedOut);
    walk.answer("ask token", TokenAnswer::Held(2));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    walk.times("read times", ballards_slots());
    walk.answer("book", Refusal::NoLinks);
    walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
    walk.times("read times", ballards_slots());
    asks(
        &refused_and_not_listed(&mut walk, Refusal::SlotTaken),
        &["book at the clinic: tue-9-dana for p-marta"],
    );
    for again in [Refusal::SlotTaken, Refusal::NoLinks, Refusal::PatientNotFound, Refusal::SignedOut] {
        let mut walk = walk.again();
        refused_and_not_listed(&mut walk, again);
        assert_eq!((walk.bookings(), walk.phase()), (0, None), "{again:?}");
    }
    assert_eq!(walk.bookings(), 4);
}

#[test]
fn busy_and_rejected_bookings_return_to_the_review() {
    for (refusal, told) in
        [(Refusal::Busy, "tell failed Server"), (Refusal::Rejected, "tell failed Rejected")]
    {
        let mut walk = sent();
        asks(&walk.answer("book", refusal), &[told]);
        assert_eq!((walk.stage(), walk.bookings()), ("review", 1));
        assert!(walk.state.errand.person.details.is_some());
        asks(&walk.on(Act::Submit), &["tell submit 2", "ask token"]);
    }
}

#[test]
fn after_an_unknown_outcome_nothing_the_patient_does_sends_anything() {
    let mut walk = sent();
    asks(&walk.answer("book", Outcome::Unknown), &["tell unconfirmed"]);
    let before = walk.state.clone();
    let time = Box::new(walk.held().remove(1));
    let details = Box::new(details(marta()));
    let presses = [
        Act::Submit.into(),
        Act::Back.into(),
        Act::ChangeTime.into(),
        Act::ChangeDetails.into(),
        Event::Retry,
        Event::Wake,
    ];
    let others = [
        Act::SignIn.into(),
        Act::SignedIn.into(),
        Event::Choose(time),
        Act::Give(details).into(),
        Act::HandedOver(true).into(),
    ];
    for event in presses.into_iter().chain(others) {
        walk.now += 120;
        asks(&walk.on(event), &[]);
        assert_eq!(walk.state, before);
    }
    assert_eq!((walk.stage(), walk.bookings()), ("unconfirmed", 1));
}

#[test]
fn after_a_confirmed_one_neither() {
    let mut walk = sent();
    walk.answer("book", booked("v-1"));
    for event in [
        Act::Submit.into(),
        Act::Back.into(),
        Act::ChangeTime.into(),
        Act::ChangeDetails.into(),
        Event::Retry,
        Event::Wake,
    ] {
        walk.now += 120;
        asks(&walk.on(event), &[]);
    }
    assert_eq!((walk.stage(), walk.bookings()), ("booked", 1));
}

#[test]
fn a_clinic_whose_times_vanished_is_not_booked_blindly() {
    let mut walk = ballard_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::ChangeTime);
    walk.now += 61;
    walk.on(Event::Wake);
    walk.choose("tue-9");
    walk.times("read times", Vec::new());
    walk.on(Act::Submit);
    let again = "read times NorthlakeBallard OfficeVisit afresh";
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &[again]);
    asks(&walk.times("read times", Vec::new()), &["tell conflict SlotTaken", again]);
    asks(&walk.answer("read times", Answer::Slots(Err(ApiError::Network))), &[]);
    assert_eq!((walk.stage(), walk.bookings()), ("taken", 0));

    // Here not even the clinic's `urlName` is known any more, so its list cannot be read.
    let mut walk = Walk::new(at(&[BALLARD], &[OFFICE]));
    walk.start();
    walk.times("read times", ballards_slots());
    walk.answer("read clinic ", Answer::Department(Err(ApiError::Server)));
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::ChangeTime);
    walk.now += 61;
    walk.on(Event::Wake);
    walk.choose("tue-9");
    walk.times("read times", Vec::new());
    walk.on(Act::Submit);
    let asked = walk.answer("ask token", TokenAnswer::Held(1));
    asks(&asked, &["tell conflict SlotTaken", again]);
    assert_eq!((walk.stage(), walk.bookings()), ("taken", 0));
}
