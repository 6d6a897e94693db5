//! Tests booking for somebody else: the account holder's own record is made if there is none, then the dependant's
//! record is made, then the visit is booked.

use super::booking::booked;
use super::joining::joined;
use super::walk::*;
use crate::api::{Answer, VisitActor, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::Stage;
use crate::finder::queue::LineKind;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::on_demand::{Modality, Qualifier};
use crate::outcome::{ApiError, Refusal};
use crate::patient::{Demographics, Details};

const MATCHING: &str = "read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh";
const BOOKING: &str = "book with the clinician: tue-9 for p-leo by p-marta (Mother)";

fn leo_made() -> Answer {
    Answer::SavedOther(Ok(guid("p-leo")))
}

/// Marta, who has a record in these systems, has entered Leo's details and submitted.
fn submitted(systems: &[&str]) -> (Walk, Vec<String>) {
    let mut walk = dana_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), systems), for_leo());
    walk.on(Act::Submit);
    let asked = walk.answer("ask token", TokenAnswer::Held(1));
    (walk, asked)
}

#[test]
fn marta_books_for_leo() {
    let (mut walk, asked) = submitted(&[MAIN]);
    asks(&asked, &["save dependant Leo Okafor in main"]);
    asks(&walk.answer("save", leo_made()), &[MATCHING]);
    asks(&walk.times("read times", two_days()), &[BOOKING]);
    let Some(Command::Write { write: Write::BookClinician(visit), .. }) = walk.asked.last() else {
        panic!("it is sent")
    };
    let actor = VisitActor { guid: guid("p-marta"), actor: for_leo().actor.unwrap() };
    assert_eq!((&visit.patient, &visit.actor), (&guid("p-leo"), &Some(actor)));
    let contact = (visit.phone.as_str(), visit.email.as_str());
    assert_eq!(contact, ("2065550188", "marta.okafor@example.com"), "the account holder's");
    asks(&walk.answer("book", booked("v-1")), &["tell booked v-1 with tue-9"]);
}

#[test]
fn any_system_will_do_for_the_account_holders_own_record() {
    let (_, asked) = submitted(&[EAST]);
    asks(&asked, &["save dependant Leo Okafor in main"]);
}

#[test]
fn without_a_record_of_their_own_the_account_holders_is_made_first() {
    let (mut walk, asked) = submitted(&[]);
    asks(&asked, &["save Marta Okafor in main"]);
    asks(&walk.answer("save", Answer::Saved(Ok(guid("p-marta")))), &["save dependant Leo Okafor in main"]);
    asks(&walk.answer("save dependant", leo_made()), &[MATCHING]);
}

#[test]
fn a_fresh_account_books_for_a_dependant_too() {
    let mut walk = dana_on_screen();
    walk.choose("tue-9");
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound)));
    walk.on(Act::Give(Box::new(for_leo())));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save Marta Okafor in main"]);
    walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
    walk.answer("save dependant", leo_made());
    asks(&walk.times("read times", two_days()), &[BOOKING]);
}

#[test]
fn a_record_that_cannot_be_made_is_a_plain_failure_and_what_was_made_is_not_made_twice() {
    for (error, told) in [
        (ApiError::Network, "tell failed Network"),
        (ApiError::Rejected, "tell failed Rejected"),
        (ApiError::Unreadable, "tell failed Contract"),
    ] {
        let (mut walk, _) = submitted(&[]);
        asks(&walk.answer("save", Answer::Saved(Err(error))), &[told]);
        walk.on(Act::Submit);
        asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save Marta Okafor in main"]);
        walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
        asks(&walk.answer("save dependant", Answer::SavedOther(Err(error))), &[told]);
        assert_eq!((walk.stage(), walk.state.errand.person.details.clone()), ("review", Some(for_leo())));
        walk.on(Act::Submit);
        let asked = walk.answer("ask token", TokenAnswer::Held(1));
        asks(&asked, &["save dependant Leo Okafor in main"]);
        walk.answer("save dependant", leo_made());
        walk.answer("read times", Answer::Slots(Err(ApiError::Network)));
        walk.on(Act::Submit);
        asks(&walk.answer("ask token", TokenAnswer::Held(1)), &[MATCHING]);
        assert_eq!(walk.bookings(), 0);
    }
}

#[test]
fn a_locked_account_and_an_expired_token_are_told_while_the_record_is_made() {
    let (mut walk, _) = submitted(&[MAIN]);
    asks(&walk.answer("save", Answer::SavedOther(Err(ApiError::Locked))), &["tell conflict AccountLocked"]);
    let (mut walk, _) = submitted(&[MAIN]);
    asks(&walk.answer("save", Answer::SavedOther(Err(ApiError::SignedOut))), &["ask token"]);
    walk.answer("ask token", TokenAnswer::Held(4));
    let asked = walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    asks(&asked, &["save dependant Leo Okafor in main"]);
    let asked = walk.answer("save", Answer::SavedOther(Err(ApiError::SignedOut)));
    asks(&asked, &["tell failed SignedOut", "invite to sign in"]);
    assert_eq!(walk.state.errand.person.details, Some(for_leo()));
}

#[test]
fn other_details_or_another_system_make_the_dependants_record_anew() {
    let (mut walk, _) = submitted(&[MAIN]);
    walk.answer("save", leo_made());
    walk.answer("read times", Answer::Slots(Err(ApiError::Network)));
    walk.on(Act::ChangeDetails);
    let older =
        Details { demographics: Demographics { birth_date: "2017-06-04".into(), ..leo() }, ..for_leo() };
    walk.on(Act::Give(Box::new(older)));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save dependant Leo Okafor in main"]);
}

#[test]
fn the_dependants_details_are_kept_for_the_next_choice_and_for_nobody_else() {
    let (mut walk, _) = submitted(&[MAIN]);
    walk.answer("save", leo_made());
    walk.times("read times", two_days());
    walk.answer("book", Refusal::DoubleBooked);
    walk.choose("wed-9");
    assert_eq!((walk.stage(), walk.state.errand.person.details.clone()), ("review", Some(for_leo())));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(2));
    walk.answer("read patient", record("p-ruth", &person("Ruth", "Lind"), &[MAIN]));
    assert_eq!(walk.stage(), "patient");
    assert!(!format!("{:?}", walk.state.errand.person).contains("Okafor"));
}

#[test]
fn a_dependant_that_the_booking_does_not_find_is_made_once_more() {
    for refusal in [Refusal::NoLinks, Refusal::PatientNotFound] {
        let (mut walk, _) = submitted(&[EAST, MAIN]);
        walk.answer("save", leo_made());
        walk.times("read times", two_days());
        asks(&walk.answer("book", refusal), &["save dependant Leo Okafor in main"]);
        asks(&walk.answer("save", Answer::SavedOther(Ok(guid("p-leo-2")))), &[MATCHING]);
        let again = "book with the clinician: tue-9 for p-leo-2 by p-marta (Mother)";
        asks(&walk.times("read times", two_days()), &[again]);
        asks(&walk.answer("book", refusal), &[&format!("tell conflict {refusal:?}")]);
        assert!(matches!(walk.state.errand.stage, Stage::Refused(..)));
        assert_eq!(walk.bookings(), 2);
    }
    // The account holder's record is only in the system that refused: the journey makes that record anew, then the
    // dependant's.
    let (mut walk, _) = submitted(&[MAIN]);
    walk.answer("save", leo_made());
    walk.times("read times", two_days());
    asks(&walk.answer("book", Refusal::NoLinks), &["save Marta Okafor in main"]);
    asks(&walk.answer("save", Answer::Saved(Ok(guid("p-marta")))), &["save dependant Leo Okafor in main"]);
}

#[test]
fn back_to_oneself_books_for_oneself() {
    let (mut walk, _) = submitted(&[MAIN]);
    walk.answer("save", leo_made());
    walk.answer("read times", Answer::Slots(Err(ApiError::Network)));
    walk.on(Act::ChangeDetails);
    walk.on(Act::Give(Box::new(details(marta()))));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    asks(&walk.times("read times", two_days()), &["book with the clinician: tue-9 for p-marta"]);
}

#[test]
fn leo_is_seen_by_phone_by_somebody_who_sees_children() {
    let mut walk = queue_on_screen();
    walk.on(Event::Join(Modality::Phone, LineKind::General));
    sign_in_and_give(&mut walk, paid(own_insurance(), for_leo()));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save dependant Leo Okafor in main"]);
    asks(&walk.answer("save", leo_made()), &["join phone in WA for p-leo by p-marta (Mother)"]);
    let Some(Command::Write { write: Write::Join(visit), .. }) = walk.asked.last() else {
        panic!("it is sent")
    };
    assert_eq!((visit.qualifier, &visit.demographics), (Qualifier::Pediatric, &leo()));
    assert_eq!(visit.email, "marta.okafor@example.com");
    walk.answer("join", joined("v-1"));
    assert_eq!(walk.stage(), "booked");
}
