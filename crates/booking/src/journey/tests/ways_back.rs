//! Tests going back to other times or other details, and starting over.

use super::booking::booked;
use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::finder::event::Event as Find;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::{ApiError, Refusal};

fn signing_in() -> Walk {
    let mut walk = dana_on_screen();
    walk.choose("tue-9");
    walk.answer("read mail rule", Answer::MailRule(None));
    walk.answer("ask token", TokenAnswer::Held(1));
    walk
}

#[test]
fn back_goes_one_step_and_keeps_what_was_entered() {
    let mut walk = dana_review();
    for stage in ["patient", "times"] {
        asks(&walk.on(Act::Back), &[]);
        assert_eq!(walk.stage(), stage);
    }
    asks(&walk.on(Act::Back), &[]);
    assert_eq!((walk.stage(), walk.state.errand.person.details.clone()), ("times", Some(details(marta()))));
}

#[test]
fn leaving_the_sign_in_gives_up_what_it_waited_for() {
    let mut walk = signing_in();
    let late = walk.id("read patient");
    asks(&walk.on(Act::Back), &["cancel read patient afresh"]);
    let before = walk.state.clone();
    let record = Box::new(record("p-marta", &marta(), &[MAIN]));
    asks(&walk.on(Event::Answered(late, Answer::Patient(Ok(record)))), &[]);
    assert_eq!(walk.state, before);
    walk.choose("wed-9");
    asks(&walk.on(Act::ChangeTime), &["cancel ask token"]);
}

#[test]
fn a_taken_time_and_a_refused_one_lead_back_to_the_times() {
    for (refusal, event) in [
        (Refusal::SlotTaken, Act::Back),
        (Refusal::DoubleBooked, Act::ChangeTime),
        (Refusal::NotOnPanel, Act::Back),
        (Refusal::AccountLocked, Act::ChangeTime),
    ] {
        let mut walk = dana_review();
        send(&mut walk);
        walk.answer("book", refusal);
        walk.on(event);
        assert_eq!(
            (walk.stage(), walk.state.errand.person.details.is_some()),
            ("times", true),
            "{refusal:?}"
        );
    }
}

#[test]
fn back_at_the_times_reads_stale_ones_again() {
    let mut walk = dana_review();
    walk.now += 61;
    asks(&walk.on(Act::ChangeTime), &["read times 1234567893 OfficeVisit 2026-12-07..2026-12-20 afresh"]);
    assert_eq!(walk.stage(), "times");
}

#[test]
fn details_are_changed_from_the_review_and_the_last_ones_count() {
    let mut walk = dana_review();
    asks(&walk.on(Act::ChangeDetails), &[]);
    assert_eq!(walk.stage(), "patient");
    walk.on(Act::Give(Box::new(details(person("Martha", "Okafor")))));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save Martha Okafor in main"]);
}

#[test]
fn events_of_another_step_change_nothing() {
    let time = || Box::new(dana_on_screen().held().remove(0));
    let given = || Box::new(details(marta()));
    let cases: [(Walk, Vec<Event>); 4] = [
        (
            dana_on_screen(),
            vec![
                Act::Submit.into(),
                Act::Give(given()).into(),
                Act::SignIn.into(),
                Act::Back.into(),
                Act::ChangeTime.into(),
                Act::ChangeDetails.into(),
                Event::Retry,
                Act::HandedOver(false).into(),
            ],
        ),
        (
            signing_in(),
            vec![
                Act::Submit.into(),
                Act::Give(given()).into(),
                Event::Choose(time()),
                Act::SignIn.into(),
                Act::ChangeDetails.into(),
                Event::Retry,
                Find::PickType(visit_type(FLU)).into(),
            ],
        ),
        (
            dana_review(),
            vec![
                Act::Give(given()).into(),
                Event::Choose(time()),
                Act::SignedIn.into(),
                Event::Retry,
                Act::HandedOver(false).into(),
                Find::PickType(visit_type(FLU)).into(),
            ],
        ),
        (
            Walk::new(with_dana(&[OFFICE])),
            vec![Act::Submit.into(), Event::Choose(time()), Act::Back.into(), Event::Wake, Event::Retry],
        ),
    ];
    for (mut walk, events) in cases {
        let before = walk.state.clone();
        for event in events {
            asks(&walk.on(event.clone()), &[]);
            assert_eq!(walk.state, before, "{event:?}");
        }
    }
}

#[test]
fn a_reset_forgets_the_person_and_gives_up_every_request() {
    let mut walk = signing_in();
    let persons = walk.state.errand.persons;
    let expected = [
        "cancel read patient afresh",
        "read times 1234567893 OfficeVisit 2026-12-07..2026-12-20",
        "read clinician 1234567893",
    ];
    asks(&walk.on(Event::Reset), &expected);
    assert_eq!((walk.stage(), walk.state.errand.persons), ("loading", persons + 1));
    assert_eq!(walk.state.errand.person, crate::errand::state::Person::default());
}

#[test]
fn a_new_configuration_tells_its_first_times_again() {
    let mut walk = dana_on_screen();
    walk.settings = with_dana(&[FLU]);
    walk.start();
    let shot = vec![flu(slot("shot", DANA, ballard(), "2026-12-08T09:00:00-08:00"))];
    assert_eq!(walk.times("read times", shot).last().map(String::as_str), Some("tell shown 1"));
}

#[test]
fn nothing_begins_again_under_a_booking_on_its_way() {
    let mut walk = dana_review();
    walk.on(Act::Submit);
    for step in 0..4 {
        let before = walk.state.clone();
        // While the token is awaited, the patient can go back, since nothing is sent yet; so `Back` is tried only in
        // the later phases.
        let back = if step == 0 { Event::Wake } else { Act::Back.into() };
        for event in
            [NEW_PAGE, back, Act::ChangeTime.into(), Act::ChangeDetails.into(), Event::Retry, Event::Wake]
        {
            asks(&walk.on(event), &[]);
            assert_eq!(walk.state, before);
        }
        match step {
            0 => walk.answer("ask token", TokenAnswer::Held(2)),
            1 => walk.answer("read patient", record("p-marta", &marta(), &[MAIN])),
            2 => walk.times("read times", two_days()),
            _ => walk.answer("book", booked("v-1")),
        };
    }
    assert_eq!((walk.stage(), walk.bookings()), ("booked", 1));
}

#[test]
fn waiting_for_a_token_that_never_comes_can_be_left() {
    let mut walk = dana_review();
    walk.on(Act::Submit);
    asks(&walk.on(Act::Back), &["cancel ask token", "tell failed SignedOut"]);
    assert_eq!((walk.stage(), walk.bookings()), ("review", 0));
}

#[test]
fn times_read_beside_while_sending_do_not_disturb_it() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    walk.times("read times", two_days());
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::Submit);
    asks(&walk.answer("read look-ahead", Answer::Lookahead(Ok(90))), &[]);
    asks(&walk.answer("read clinic 100210", Answer::Department(Err(ApiError::Network))), &[]);
    assert_eq!(walk.stage(), "sending");
}
