//! Tests a submit up to the booking that it sends: the tokens, the records, and to whom they belong.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{SendingPhase, SignInPhase, Stage};
use crate::fixtures::*;
use crate::outcome::{ApiError, Refusal};

const MATCHING: &str = "read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh";

fn submitted() -> Walk {
    let mut walk = dana_review();
    asks(&walk.on(Act::Submit), &["tell submit 1", "ask token"]);
    walk
}

fn expired(walk: &Walk) -> bool {
    matches!(walk.state.errand.stage, Stage::SignIn(_, SignInPhase::Expired))
        && walk.state.errand.person.details.is_some()
}

#[test]
fn a_second_press_while_sending_changes_nothing() {
    let mut walk = submitted();
    let before = walk.state.clone();
    asks(&walk.on(Act::Submit), &[]);
    assert_eq!(walk.state, before);
}

#[test]
fn without_a_token_the_patient_signs_in_again_with_everything_kept() {
    for (answer, owner) in [
        (TokenAnswer::None, None),
        (TokenAnswer::NotText, Some("tell owner: token is not text")),
        (TokenAnswer::Failed, Some("tell owner: token failed")),
    ] {
        let mut walk = submitted();
        let mut expected: Vec<_> = owner.into_iter().collect();
        expected.extend(["tell failed SignedOut", "invite to sign in"]);
        asks(&walk.answer("ask token", answer), &expected);
        assert!(expired(&walk));
    }
}

#[test]
fn a_pop_up_closed_while_sending_can_be_answered_by_the_host() {
    let mut walk = submitted();
    asks(&walk.on(Act::SignedIn), &["cancel ask token", "ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &[MATCHING]);
    asks(&walk.on(Act::SignedIn), &[]);
}

#[test]
fn a_list_of_which_nothing_can_be_read_does_not_say_that_the_time_is_gone() {
    let mut walk = submitted();
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &[MATCHING]);
    let unreadable = crate::slot::Slots { dropped: 3, ..slots(PACIFIC, Vec::new()) };
    asks(&walk.answer("read times", Answer::Slots(Ok(unreadable))), &["tell failed Contract"]);
    assert_eq!((walk.stage(), walk.bookings()), ("review", 0));
}

#[test]
fn a_rotated_token_reads_the_patient_before_anything_is_sent() {
    let mut walk = submitted();
    asks(&walk.answer("ask token", TokenAnswer::Held(2)), &["read patient afresh"]);
    assert_eq!(walk.phase(), Some(SendingPhase::Rereading));
    asks(&walk.answer("read patient", record("p-marta", &marta(), &[MAIN])), &[MATCHING]);
    asks(&walk.times("read times", two_days()), &["book with the clinician: tue-9 for p-marta"]);
}

#[test]
fn a_rotated_token_whose_patient_could_not_be_read_is_still_not_taken_for_the_same_persons() {
    let mut walk = submitted();
    walk.answer("ask token", TokenAnswer::Held(2));
    asks(&walk.answer("read patient", Answer::Patient(Err(ApiError::Network))), &["tell failed Network"]);
    asks(&walk.on(Act::Submit), &["tell submit 2", "ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(2)), &["read patient afresh"]);
    asks(
        &walk.answer("read patient", record("p-ruth", &person("Ruth", "Lind"), &[MAIN])),
        &["tell failed SignedOut"],
    );
    assert_eq!((walk.stage(), walk.bookings()), ("patient", 0));
}

#[test]
fn another_persons_token_books_nothing_and_drops_what_was_entered() {
    let ruths = || record("p-ruth", &person("Ruth", "Lind"), &[MAIN]).into();
    let nobodys = || Reply::Answer(Answer::Patient(Err(ApiError::NotFound)));
    for other in [ruths, nobodys] {
        let mut walk = submitted();
        let before = walk.state.errand.persons;
        walk.answer("ask token", TokenAnswer::Held(2));
        asks(&walk.answer("read patient", other()), &["tell failed SignedOut"]);
        assert_eq!((walk.stage(), walk.state.errand.persons), ("patient", before + 1));
        assert_eq!((&walk.state.errand.person.details, walk.bookings()), (&None, 0));
        assert!(!format!("{:?}", walk.state.errand.person).contains("Okafor"));
    }
}

#[test]
fn another_fresh_account_does_not_book_for_the_record_just_made() {
    let mut walk = dana_on_screen();
    walk.choose("tue-9");
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound)));
    walk.on(Act::Give(Box::new(details(person("Ruth", "Lind")))));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("save", Answer::Saved(Ok(guid("p-ruth"))));
    walk.times("read times", two_days());
    walk.answer("book", Refusal::SignedOut);
    walk.answer("ask token", TokenAnswer::Held(2));
    let asked = walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound)));
    asks(&asked, &["tell failed SignedOut"]);
    assert_eq!((walk.stage(), walk.bookings()), ("patient", 1));
}

#[test]
fn a_booking_refused_for_its_token_is_sent_once_more_with_a_fresh_one() {
    let mut walk = dana_review();
    send(&mut walk);
    asks(&walk.answer("book", Refusal::SignedOut), &["ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(2)), &["read patient afresh"]);
    asks(&walk.answer("read patient", record("p-marta", &marta(), &[MAIN])), &[MATCHING]);
    asks(&walk.times("read times", two_days()), &["book with the clinician: tue-9 for p-marta"]);
    asks(&walk.answer("book", Refusal::SignedOut), &["tell failed SignedOut", "invite to sign in"]);
    assert!(expired(&walk));
    assert_eq!(walk.bookings(), 2);
}

#[test]
fn the_token_that_a_booking_was_refused_for_is_not_sent_again() {
    let mut walk = dana_review();
    send(&mut walk);
    walk.answer("book", Refusal::SignedOut);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["tell failed SignedOut", "invite to sign in"]);
    assert!(expired(&walk));
    assert_eq!(walk.bookings(), 1);
}

#[test]
fn a_record_refused_for_its_token_is_written_once_more_with_a_fresh_one() {
    let mut walk = dana_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[EAST]), details(marta()));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    asks(&walk.answer("save", Answer::Saved(Err(ApiError::SignedOut))), &["ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(2)), &["read patient afresh"]);
    let asked = walk.answer("read patient", record("p-marta", &marta(), &[EAST]));
    asks(&asked, &["save Marta Okafor in main"]);
    let asked = walk.answer("save", Answer::Saved(Err(ApiError::SignedOut)));
    asks(&asked, &["tell failed SignedOut", "invite to sign in"]);
    assert!(expired(&walk));
}

#[test]
fn trouble_before_the_booking_is_a_plain_failure_at_the_review() {
    for (error, told) in [
        (ApiError::Network, "tell failed Network"),
        (ApiError::Server, "tell failed Server"),
        (ApiError::Rejected, "tell failed Rejected"),
        (ApiError::Unreadable, "tell failed Contract"),
    ] {
        let mut walk = submitted();
        walk.answer("ask token", TokenAnswer::Held(1));
        asks(&walk.answer("read times", Answer::Slots(Err(error))), &[told]);

        walk.on(Act::Submit);
        walk.answer("ask token", TokenAnswer::Held(2));
        asks(&walk.answer("read patient", Answer::Patient(Err(error))), &[told]);

        walk.on(Act::ChangeDetails);
        walk.on(Act::Give(Box::new(details(person("Martha", "Okafor")))));
        walk.on(Act::Submit);
        walk.answer("ask token", TokenAnswer::Held(2));
        walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
        asks(&walk.answer("save", Answer::Saved(Err(error))), &[told]);
        assert!(matches!(&walk.state.errand.stage, Stage::Review(_, Some(_))));
        assert_eq!((walk.bookings(), walk.state.errand.person.details.is_some()), (0, true));
    }
}

#[test]
fn a_locked_account_is_said_wherever_it_shows() {
    let mut walk = dana_on_screen();
    fill_in(
        &mut walk,
        "tue-9",
        record("p-lars", &person("Lars", "Holm"), &[]),
        details(person("Lars", "Holm")),
    );
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    asks(&walk.answer("save", Answer::Saved(Err(ApiError::Locked))), &["tell conflict AccountLocked"]);

    let mut walk = submitted();
    walk.answer("ask token", TokenAnswer::Held(2));
    asks(
        &walk.answer("read patient", Answer::Patient(Err(ApiError::Locked))),
        &["tell conflict AccountLocked"],
    );
    assert_eq!(walk.stage(), "unavailable");
}
