//! Tests signing in: the host page's token and the account's record.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{SignInPhase, Stage};
use crate::fixtures::*;
use crate::journey::event::{Change, Event};
use crate::outcome::{ApiError, Refusal};

fn phase(walk: &Walk) -> Option<SignInPhase> {
    match walk.state.errand.stage {
        Stage::SignIn(_, phase) => Some(phase),
        _ => None,
    }
}

/// A time was chosen and the host page is asked for its token.
fn asking() -> Walk {
    let mut walk = dana_on_screen();
    asks(&walk.choose("tue-9"), &["read mail rule", "ask token"]);
    assert_eq!(phase(&walk), Some(SignInPhase::Asking));
    walk
}

fn reading() -> Walk {
    let mut walk = asking();
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["read patient afresh"]);
    assert_eq!(phase(&walk), Some(SignInPhase::Reading));
    walk
}

fn not_read(error: ApiError) -> Answer {
    Answer::Patient(Err(error))
}

#[test]
fn a_chosen_time_asks_for_the_token_in_the_same_click_and_then_for_the_record() {
    let mut walk = reading();
    asks(&walk.answer("read patient", record("p-marta", &marta(), &[MAIN])), &[]);
    assert_eq!(walk.stage(), "patient");
    let patient = walk.state.errand.person.patient.as_ref().unwrap();
    assert_eq!(patient.guid, guid("p-marta"));
    asks(&walk.answer("read mail rule", Answer::MailRule(Some("^.+@.+$".into()))), &[]);
    assert_eq!(walk.state.errand.mail_rule.as_deref(), Some("^.+@.+$"));
    walk.on(Act::Back);
    asks(&walk.choose("tue-10"), &["ask token"]);
}

#[test]
fn an_account_without_a_record_fills_in_an_empty_form() {
    let mut walk = reading();
    asks(&walk.answer("read patient", not_read(ApiError::NotFound)), &[]);
    assert_eq!((walk.stage(), &walk.state.errand.person.patient), ("patient", &None));
}

#[test]
fn nobody_signed_in_waits_for_the_patient_or_the_host() {
    let mut walk = asking();
    asks(&walk.answer("ask token", TokenAnswer::None), &["invite to sign in"]);
    for event in [Act::SignIn, Act::SignedIn] {
        assert_eq!(phase(&walk), Some(SignInPhase::Waiting));
        asks(&walk.on(event), &["cancel invite to sign in", "ask token"]);
        asks(&walk.answer("ask token", TokenAnswer::None), &["invite to sign in"]);
    }
}

#[test]
fn a_token_that_is_no_text_or_a_host_that_fails_is_told_to_the_owner() {
    for (answer, told) in [(TokenAnswer::NotText, "token is not text"), (TokenAnswer::Failed, "token failed")]
    {
        let mut walk = asking();
        let expected = [&format!("tell owner: {told}"), "invite to sign in"];
        asks(&walk.answer("ask token", answer), &expected);
        assert_eq!(phase(&walk), Some(SignInPhase::Waiting));
    }
}

#[test]
fn a_closed_pop_up_that_never_answers_can_be_opened_again() {
    let mut walk = asking();
    let closed = walk.id("ask token");
    asks(&walk.on(Act::SignIn), &["cancel ask token", "ask token"]);
    let before = walk.state.clone();
    asks(&walk.on(Act::Token(closed, TokenAnswer::Held(7))), &[]);
    assert_eq!(walk.state, before);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["read patient afresh"]);
    asks(&walk.on(Act::SignIn), &[]);
}

#[test]
fn a_refused_token_is_asked_for_afresh_once() {
    let mut walk = reading();
    asks(&walk.answer("read patient", not_read(ApiError::SignedOut)), &["ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(2)), &["read patient afresh"]);
    asks(&walk.answer("read patient", record("p-marta", &marta(), &[MAIN])), &[]);
    assert_eq!((walk.stage(), walk.state.errand.person.session), ("patient", Some(2)));
}

#[test]
fn a_token_refused_twice_has_expired() {
    let mut walk = reading();
    walk.answer("read patient", not_read(ApiError::SignedOut));
    walk.answer("ask token", TokenAnswer::Held(2));
    asks(&walk.answer("read patient", not_read(ApiError::SignedOut)), &["invite to sign in"]);
    assert_eq!(phase(&walk), Some(SignInPhase::Expired));
    asks(&walk.on(Act::SignIn), &["cancel invite to sign in", "ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(3)), &["read patient afresh"]);
}

#[test]
fn the_very_token_that_was_refused_is_not_sent_again() {
    let mut walk = reading();
    walk.answer("read patient", not_read(ApiError::SignedOut));
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["invite to sign in"]);
    assert_eq!(phase(&walk), Some(SignInPhase::Expired));

    let mut walk = reading();
    walk.answer("read patient", not_read(ApiError::SignedOut));
    asks(&walk.answer("ask token", TokenAnswer::None), &["invite to sign in"]);
    assert_eq!(phase(&walk), Some(SignInPhase::Expired));
}

#[test]
fn a_record_that_cannot_be_read_can_be_tried_again() {
    for error in
        [ApiError::Network, ApiError::Server, ApiError::Locked, ApiError::Rejected, ApiError::Unreadable]
    {
        let mut walk = reading();
        asks(&walk.answer("read patient", not_read(error)), &[]);
        assert_eq!(phase(&walk), Some(SignInPhase::Failed(error)));
        asks(&walk.on(Event::Retry), &["read patient afresh"]);
        walk.answer("read patient", not_read(error));
        asks(&walk.on(Act::SignedIn), &["ask token"]);
        asks(&walk.answer("ask token", TokenAnswer::Held(2)), &["read patient afresh"]);
        walk.answer("read patient", record("p-ruth", &person("Ruth", "Lind"), &[MAIN]));
        assert_eq!(walk.stage(), "patient");
    }
}

/// Marta's token expired while she was booking, and her details are kept. Then somebody with this record signs in
/// with token 2.
fn after_expiry(patient: impl Into<Reply>) -> Walk {
    let mut walk = dana_review();
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::None);
    assert_eq!(phase(&walk), Some(SignInPhase::Expired));
    assert!(walk.state.errand.person.details.is_some());
    walk.on(Act::SignIn);
    walk.answer("ask token", TokenAnswer::Held(2));
    walk.answer("read patient", patient);
    walk
}

#[test]
fn the_same_person_signing_in_again_finds_everything_as_it_was() {
    let walk = after_expiry(record("p-marta", &marta(), &[MAIN]));
    assert_eq!((walk.stage(), &walk.state.errand.person.details), ("review", &Some(details(marta()))));
}

#[test]
fn another_person_signing_in_finds_nothing_of_the_one_before() {
    let ruths = record("p-ruth", &person("Ruth", "Lind"), &[MAIN]);
    for reply in [ruths.into(), Reply::Answer(not_read(ApiError::NotFound))] {
        let before = dana_review().state.errand.persons;
        let walk = after_expiry(reply);
        assert_eq!((walk.stage(), &walk.state.errand.person.details), ("patient", &None));
        assert_eq!(walk.state.errand.persons, before + 1);
        assert!(!format!("{:?}", walk.state.errand.person).contains("Okafor"));
    }
}

#[test]
fn what_was_typed_under_a_token_that_is_refused_is_forgotten_in_another_environment() {
    const OTHER_SYSTEM: Event = Event::Configure(Change { is_elsewhere: true, is_other_system: true });
    let mut walk = reading();
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    assert_eq!(walk.stage(), "patient", "Marta types here, and does not complete the form");
    walk.on(Act::Back);
    walk.choose("tue-10");
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", not_read(ApiError::SignedOut));
    walk.answer("ask token", TokenAnswer::Held(2));
    walk.answer("read patient", not_read(ApiError::SignedOut));
    let persons = walk.state.errand.persons;
    walk.on(Act::Back);
    assert_eq!((walk.state.errand.persons, walk.state.errand.person.session), (persons, None));
    walk.on(OTHER_SYSTEM);
    assert_eq!(walk.state.errand.persons, persons + 1);
    // Before the first errand: `Walk::on` compares the machine with its stand-in.
    let mut walk = dana_on_screen();
    walk.on(OTHER_SYSTEM);
}

#[test]
fn details_are_not_shown_under_a_token_whose_owner_is_not_known_yet() {
    let mut walk = dana_review();
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::None);
    walk.on(Act::SignIn);
    walk.answer("ask token", TokenAnswer::Held(2));
    asks(&walk.on(Act::Back), &["cancel read patient afresh"]);
    asks(&walk.choose("wed-9"), &["read mail rule", "ask token"]);
    assert_eq!(phase(&walk), Some(SignInPhase::Asking));
}

#[test]
fn a_form_left_and_entered_again_is_still_the_same_persons() {
    let mut walk = dana_review();
    let persons = walk.state.errand.persons;
    walk.on(Act::ChangeTime);
    asks(&walk.choose("wed-9"), &[]);
    assert_eq!(
        (walk.stage(), walk.state.errand.persons),
        ("review", persons),
        "the second choice needs nothing more"
    );
}

#[test]
fn the_host_answers_the_invitation_with_a_token() {
    let mut walk = asking();
    walk.answer("ask token", TokenAnswer::None);
    asks(&walk.answer("invite", TokenAnswer::Held(1)), &["read patient afresh"]);
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    assert_eq!((walk.stage(), walk.open_lines()), ("patient", vec!["read mail rule"]));
}

#[test]
fn a_host_that_answers_the_invitation_with_none_is_not_invited_again_until_the_next_press() {
    let mut walk = asking();
    walk.answer("ask token", TokenAnswer::None);
    asks(&walk.answer("invite", TokenAnswer::None), &[]);
    assert_eq!(phase(&walk), Some(SignInPhase::Waiting));
    asks(&walk.on(Act::SignIn), &["ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::None), &["invite to sign in"]);
}

#[test]
fn a_host_that_answers_every_invitation_with_a_refused_token_is_not_asked_without_end() {
    let mut walk = reading();
    walk.answer("read patient", not_read(ApiError::SignedOut));
    walk.answer("ask token", TokenAnswer::Held(2));
    asks(&walk.answer("read patient", not_read(ApiError::SignedOut)), &["invite to sign in"]);
    asks(&walk.answer("invite", TokenAnswer::Held(3)), &["read patient afresh"]);
    asks(&walk.answer("read patient", not_read(ApiError::SignedOut)), &[]);
    assert_eq!((phase(&walk), walk.open_lines()), (Some(SignInPhase::Expired), vec!["read mail rule"]));
}

#[test]
fn a_host_that_only_answers_the_invitation_books_and_is_invited_again_once_its_token_is_refused() {
    let mut walk = asking();
    walk.answer("ask token", TokenAnswer::None);
    walk.answer("invite", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    walk.on(Act::Give(Box::new(details(marta()))));
    walk.on(Act::Submit);
    // There is no `getToken`, so the widget's application answers with the current token.
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.times("read times", two_days());
    asks(&walk.answer("book", Refusal::SignedOut), &["ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["tell failed SignedOut", "invite to sign in"]);
    assert_eq!((phase(&walk), walk.state.errand.person.session), (Some(SignInPhase::Expired), None));
    walk.answer("invite", TokenAnswer::Held(4));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    assert_eq!((walk.stage(), walk.bookings()), ("review", 1), "nothing that was entered is lost");
}

#[test]
fn an_invitation_is_withdrawn_when_the_step_is_left() {
    let mut walk = asking();
    walk.answer("ask token", TokenAnswer::None);
    asks(&walk.on(Act::Back), &["cancel invite to sign in"]);
    assert_eq!(walk.stage(), "times");
}

#[test]
fn a_host_that_shows_its_own_sign_in_is_waited_for() {
    let mut walk = asking();
    walk.answer("ask token", TokenAnswer::None);
    asks(&walk.on(Act::SignInTaken), &[]);
    assert_eq!(phase(&walk), Some(SignInPhase::Asking));
    // The host page's sign-in was closed without signing in: the widget offers its own button again.
    asks(&walk.answer("invite", TokenAnswer::None), &[]);
    assert_eq!(phase(&walk), Some(SignInPhase::Waiting));
}
