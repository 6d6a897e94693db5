//! Tests "My visits": the list of clinic visits, and cancelling one.

use super::booking::booked;
use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{ClinicCancelProgress, Errand, SignInPhase, Stage, Visits};
use crate::finder::state::Stage as Looking;
use crate::fixtures::*;
use crate::journey::event::{Change, Event};
use crate::outcome::{ApiError, Outcome};
use crate::visits::{ClinicVisit, ClinicVisitList, ClinicVisitStatus};

/// The read that checks the outcome of a cancel.
const CHECK: &str = "read my visits of any status afresh";

fn monday() -> ClinicVisit {
    clinic_visit("v-mon", "mon-9", "2026-12-14T09:00:00-08:00")
}

fn tuesday() -> ClinicVisit {
    clinic_visit("v-tue", "tue-9", "2026-12-15T09:00:00-08:00")
}

fn of(status: ClinicVisitStatus, visit: ClinicVisit) -> ClinicVisit {
    ClinicVisit { status, ..visit }
}

fn list(visits: Vec<ClinicVisit>) -> Answer {
    Answer::ClinicVisits(Ok(visits.into()))
}

/// A list of which one row could not be read.
fn list_without_a_row(visits: Vec<ClinicVisit>) -> Answer {
    Answer::ClinicVisits(Ok(ClinicVisitList { visits, dropped: 1 }))
}

fn reasons() -> Answer {
    Answer::CancelReasons(Ok(vec![reason("PLANS", "My plans changed")]))
}

fn visits(walk: &Walk) -> &Visits {
    let Stage::Visits(visits) = &walk.state.errand.stage else { panic!("{:?}", walk.state.errand.stage) };
    visits
}

fn ids(walk: &Walk) -> Vec<&str> {
    visits(walk).list.iter().flatten().map(|visit| visit.id.as_str()).collect()
}

/// Marta has signed in to see her visits, and the list is being read.
fn signed_in(mut walk: Walk) -> Walk {
    asks(&walk.on(Event::MyVisits), &["ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["read patient afresh"]);
    let asked = walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    asks(&asked, &["read my visits afresh"]);
    walk
}

/// Monday's and Tuesday's visits are on screen.
fn two_visits() -> Walk {
    let mut walk = signed_in(ballard_on_screen());
    asks(&walk.answer("read my visits", list(vec![tuesday(), monday()])), &[]);
    assert_eq!(ids(&walk), ["v-mon", "v-tue"], "the earliest first");
    walk
}

/// The patient wants to cancel Monday's visit; the reasons to choose from are on screen.
fn choosing() -> Walk {
    let mut walk = two_visits();
    asks(&walk.on(Act::AskToCancel(visit("v-mon"))), &["read cancel reasons"]);
    asks(&walk.answer("read cancel reasons", reasons()), &[]);
    walk
}

fn sending() -> Walk {
    let mut walk = choosing();
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &["cancel visit v-mon for PLANS"]);
    walk
}

fn how(walk: &Walk) -> Option<ClinicCancelProgress> {
    visits(walk).cancelling.as_ref().map(|(_, how)| *how)
}

#[test]
fn only_open_visits_are_listed() {
    let mut walk = signed_in(ballard_on_screen());
    walk.answer(
        "read my visits",
        list(vec![
            monday(),
            of(ClinicVisitStatus::Cancelled, tuesday()),
            of(ClinicVisitStatus::Other, tuesday()),
        ]),
    );
    assert_eq!(ids(&walk), ["v-mon"]);
    let mut walk = signed_in(ballard_on_screen());
    walk.answer("read my visits", list(Vec::new()));
    assert_eq!((walk.stage(), ids(&walk).len()), ("visits", 0));
}

#[test]
fn a_clinic_that_the_page_does_not_know_is_read_for_its_name() {
    let mut walk = signed_in(dana_on_screen());
    let elsewhere = ClinicVisit { place: fremont(), ..monday() };
    asks(&walk.answer("read my visits", list(vec![elsewhere])), &["read clinic 100220"]);
    walk.answer("read clinic", Answer::Department(Ok(Box::new(clinic(FREMONT, &[])))));
    assert_eq!(walk.stage(), "visits");
    assert_eq!(walk.state.errand.directory.place(&fremont()).map(|(name, ..)| name), Some(FREMONT));
    let mut walk = signed_in(ballard_on_screen());
    let elsewhere = ClinicVisit { place: fremont(), ..monday() };
    asks(&walk.answer("read my visits", list(vec![elsewhere])), &["read clinic 100220"]);
}

#[test]
fn signing_in_for_the_visits_can_be_left_to_where_it_began() {
    let mut walk = ballard_on_screen();
    walk.on(Event::MyVisits);
    assert!(
        matches!(&walk.state.errand.stage, Stage::SignIn(errand, SignInPhase::Asking) if **errand == Errand::Visits)
    );
    for leave in [Act::Back, Act::ChangeTime] {
        let mut walk = walk.again();
        asks(&walk.on(leave), &["cancel ask token"]);
        assert_eq!(walk.looking(), Some(Looking::Choosing));
    }
    asks(&walk.answer("ask token", TokenAnswer::None), &["invite to sign in"]);
    asks(&walk.on(Act::Back), &["cancel invite to sign in"]);
    let mut walk = signed_in(ballard_on_screen());
    asks(&walk.on(Act::Back), &["cancel read my visits afresh"]);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
}

#[test]
fn from_a_confirmation_the_visits_lead_back_to_it() {
    let mut walk = ballard_review();
    send(&mut walk);
    walk.answer("book", booked("v-1"));
    let before = walk.state.errand.stage.clone();
    let mut walk = signed_in(walk);
    walk.answer("read my visits", list(vec![monday()]));
    walk.on(Act::Back);
    assert_eq!(walk.state.errand.stage, before);
    walk.on(Event::MyVisits);
    walk.on(Act::ChangeTime);
    assert_eq!(walk.state.errand.stage, before);
}

#[test]
fn another_person_who_signs_in_for_visits_is_not_led_back_to_the_first_ones_confirmation() {
    let mut walk = ballard_review();
    send(&mut walk);
    walk.answer("book", booked("v-1"));
    walk.on(Event::MyVisits);
    walk.answer("ask token", TokenAnswer::Held(2));
    walk.answer("read patient", record("p-ruth", &person("Ruth", "Lind"), &[MAIN]));
    walk.answer("read my visits", list(Vec::new()));
    walk.on(Act::Back);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
    assert!(!format!("{:?}", walk.state).contains("Okafor"));
}

#[test]
fn nor_to_one_that_was_seen_in_full_again_after_the_first_person_was_forgotten() {
    for (token, who, leads_back) in [(1, "p-marta", true), (2, "p-ruth", false)] {
        let mut walk = ballard_review();
        send(&mut walk);
        walk.answer("book", booked("v-1"));
        walk.on(Event::Configure(Change { is_elsewhere: true, is_other_system: true }));
        walk.on(Event::ShowOutcome(0));
        walk.on(Event::MyVisits);
        walk.answer("ask token", TokenAnswer::Held(token));
        walk.answer("read patient", record(who, &person("Ruth", "Lind"), &[MAIN]));
        walk.answer("read my visits", list(Vec::new()));
        walk.on(Act::Back);
        assert_eq!(walk.stage() == "booked", leads_back, "{who}");
    }
}

#[test]
fn a_confirmation_stays_behind_the_visits_unless_its_own_visit_is_cancelled_or_may_be() {
    for (cancelled, answer, leads_back) in [
        ("v-mon", Ok(()), true),
        ("v-1", Ok(()), false),
        ("v-1", Err(ApiError::Network), false),
        ("v-mon", Err(ApiError::Network), true),
    ] {
        let mut walk = ballard_review();
        send(&mut walk);
        walk.answer("book", booked("v-1"));
        let mut walk = signed_in(walk);
        let own = clinic_visit("v-1", "tue-9", "2026-12-08T09:00:00-08:00");
        walk.answer("read my visits", list(vec![own.clone(), monday()]));
        walk.on(Act::AskToCancel(visit(cancelled)));
        walk.answer("read cancel reasons", reasons());
        walk.on(Act::CancelVisit("PLANS".into()));
        walk.answer("cancel visit", Answer::Cancelled(answer));
        if answer.is_err() {
            walk.answer("read my visits", list(vec![own, monday()]));
        }
        walk.on(Act::Back);
        assert_eq!(walk.stage() == "booked", leads_back, "{cancelled} {answer:?}");
    }
}

#[test]
fn a_fresh_unknown_outcome_stays_though_an_earlier_outcome_was_in_brief() {
    let mut walk = ballard_review();
    send(&mut walk);
    walk.answer("book", booked("v-1"));
    walk.on(Event::CloseOutcome);
    walk.on(Event::ShowOutcome(0));
    // Marta cancels the visit, so its confirmation does not come back.
    let mut walk = signed_in(walk);
    walk.answer("read my visits", list(vec![clinic_visit("v-1", "tue-9", "2026-12-08T09:00:00-08:00")]));
    walk.on(Act::AskToCancel(visit("v-1")));
    walk.answer("read cancel reasons", reasons());
    walk.on(Act::CancelVisit("PLANS".into()));
    walk.answer("cancel visit", Answer::Cancelled(Ok(())));
    walk.on(Act::Back);
    walk.choose("tue-9");
    send(&mut walk);
    walk.answer("book", Outcome::Unknown);
    walk.answer("read my visits", Answer::ClinicVisits(Err(ApiError::Network)));
    assert_eq!(walk.stage(), "unconfirmed");
    walk.on(Event::CloseOutcome);
    assert_eq!(walk.stage(), "unconfirmed");
}

#[test]
fn from_the_lines_they_lead_back_with_the_waits_read_again() {
    let mut walk = signed_in(queue_on_screen());
    walk.answer("read my visits", list(Vec::new()));
    asks(&walk.on(Act::Back), &["read waits of c0a8f6a1 afresh"]);
    assert_eq!(walk.stage(), "queue");
}

#[test]
fn a_list_that_cannot_be_read_can_be_tried_again() {
    for error in [ApiError::Network, ApiError::Server, ApiError::Rejected, ApiError::Unreadable] {
        let mut walk = signed_in(ballard_on_screen());
        asks(&walk.answer("read my visits", Answer::ClinicVisits(Err(error))), &[]);
        assert_eq!(visits(&walk).error, Some(error));
        asks(&walk.on(Event::Retry), &["read my visits afresh"]);
        walk.answer("read my visits", list(vec![monday()]));
        asks(&walk.on(Event::Retry), &[]);
    }
}

#[test]
fn a_list_without_a_row_that_can_be_read_is_not_an_empty_one() {
    for none_to_come in [Vec::new(), vec![of(ClinicVisitStatus::Other, monday())]] {
        let mut walk = signed_in(ballard_on_screen());
        asks(&walk.answer("read my visits", list_without_a_row(none_to_come)), &[]);
        assert_eq!((&visits(&walk).list, visits(&walk).error), (&None, Some(ApiError::Unreadable)));
        asks(&walk.on(Event::Retry), &["read my visits afresh"]);
    }
    let mut walk = signed_in(ballard_on_screen());
    walk.answer("read my visits", list_without_a_row(vec![monday()]));
    assert_eq!((ids(&walk), visits(&walk).error), (vec!["v-mon"], None));
}

#[test]
fn a_row_that_cannot_be_read_does_not_show_that_a_visit_is_cancelled_or_not() {
    for error in [ApiError::Rejected, ApiError::Network] {
        let mut walk = sending();
        walk.answer("cancel visit", Answer::Cancelled(Err(error)));
        asks(&walk.answer("read my visits", list_without_a_row(Vec::new())), &[]);
        assert_eq!(how(&walk), Some(ClinicCancelProgress::Unknown));
        assert_eq!(ids(&walk), ["v-mon", "v-tue"], "as they were listed before");
        // The visit's own row can be read.
        let mut walk = sending();
        walk.answer("cancel visit", Answer::Cancelled(Err(error)));
        let own = list_without_a_row(vec![of(ClinicVisitStatus::Cancelled, monday())]);
        asks(&walk.answer("read my visits", own), &["tell cancelled v-mon"]);
        assert_eq!((how(&walk), ids(&walk)), (None, vec!["v-tue"]));
    }
}

#[test]
fn a_list_refused_for_its_token_signs_in_again_and_is_read_then() {
    let mut walk = signed_in(ballard_on_screen());
    let asked = walk.answer("read my visits", Answer::ClinicVisits(Err(ApiError::SignedOut)));
    asks(&asked, &["invite to sign in"]);
    assert!(matches!(walk.state.errand.stage, Stage::SignIn(_, SignInPhase::Expired)));
    walk.answer("invite", TokenAnswer::Held(4));
    let asked = walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    asks(&asked, &["read my visits afresh"]);
}

#[test]
fn a_visit_is_cancelled_for_one_of_the_systems_reasons() {
    let mut walk = choosing();
    asks(&walk.on(Act::CancelVisit("MADE_UP".into())), &[]);
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &["cancel visit v-mon for PLANS"]);
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &[]);
    asks(&walk.answer("cancel visit", Answer::Cancelled(Ok(()))), &["tell cancelled v-mon"]);
    assert_eq!((ids(&walk), how(&walk)), (vec!["v-tue"], None));
    assert_eq!(visits(&walk).cancelled, Some(monday()));
    asks(&walk.on(Act::AskToCancel(visit("v-tue"))), &[]);
    assert_eq!(visits(&walk).cancelled, None);
}

#[test]
fn until_the_reasons_are_read_nothing_can_be_sent() {
    let mut walk = two_visits();
    walk.on(Act::AskToCancel(visit("v-mon")));
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &[]);
    asks(&walk.on(Act::AskToCancel(visit("v-tue"))), &[]);
    walk.answer("read cancel reasons", reasons());
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &["cancel visit v-tue for PLANS"]);
}

#[test]
fn without_reasons_there_is_the_phone_and_another_try() {
    for (answer, error) in [
        (Answer::CancelReasons(Err(ApiError::Server)), ApiError::Server),
        (Answer::CancelReasons(Ok(Vec::new())), ApiError::Unreadable),
    ] {
        let mut walk = two_visits();
        walk.on(Act::AskToCancel(visit("v-mon")));
        asks(&walk.answer("read cancel reasons", answer), &[]);
        assert_eq!(how(&walk), Some(ClinicCancelProgress::Failed(error)));
        asks(&walk.on(Act::AskToCancel(visit("v-mon"))), &["read cancel reasons"]);
    }
}

#[test]
fn a_visit_that_is_not_listed_cannot_be_cancelled() {
    let mut walk = two_visits();
    let before = walk.state.clone();
    asks(&walk.on(Act::AskToCancel(visit("v-elsewhere"))), &[]);
    assert_eq!(walk.state, before);
}

#[test]
fn a_visit_can_be_kept_after_all() {
    let mut walk = choosing();
    walk.on(Act::Keep);
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &[]);
    assert_eq!((how(&walk), ids(&walk).len()), (None, 2));
}

#[test]
fn a_cancel_on_its_way_is_neither_left_nor_doubled() {
    let mut walk = sending();
    let before = walk.state.clone();
    for event in [
        Act::Keep.into(),
        Act::Back.into(),
        Act::ChangeTime.into(),
        Event::Retry,
        Act::AskToCancel(visit("v-tue")).into(),
        Act::CancelVisit("PLANS".into()).into(),
    ] {
        asks(&walk.on(event), &[]);
        assert_eq!(walk.state, before);
    }
}

#[test]
fn a_refused_cancel_leaves_the_visit_and_can_be_asked_for_again() {
    for error in [ApiError::Rejected, ApiError::NotFound, ApiError::Locked, ApiError::Unreadable] {
        let mut walk = sending();
        asks(&walk.answer("cancel visit", Answer::Cancelled(Err(error))), &[CHECK]);
        assert_eq!(how(&walk), Some(ClinicCancelProgress::Refused(error)), "not said before it is known");
        asks(&walk.on(Act::CancelVisit("PLANS".into())), &[]);
        walk.on(Act::Keep);
        asks(&walk.answer("read my visits", list(vec![monday(), tuesday()])), &[]);
        assert_eq!((how(&walk), ids(&walk).len()), (Some(ClinicCancelProgress::Failed(error)), 2));
        asks(&walk.on(Act::AskToCancel(visit("v-mon"))), &[]);
        asks(&walk.on(Act::CancelVisit("PLANS".into())), &["cancel visit v-mon for PLANS"]);
    }
}

#[test]
fn a_cancel_that_the_browser_sent_twice_came_through_though_the_second_was_refused() {
    let mut walk = sending();
    asks(&walk.answer("cancel visit", Answer::Cancelled(Err(ApiError::Rejected))), &[CHECK]);
    let both = vec![of(ClinicVisitStatus::Cancelled, monday()), tuesday()];
    asks(&walk.answer("read my visits", list(both)), &["tell cancelled v-mon"]);
    assert_eq!((how(&walk), visits(&walk).cancelled.clone()), (None, Some(monday())));
    assert_eq!(ids(&walk), ["v-tue"]);
}

#[test]
fn a_visit_that_the_clinic_has_begun_to_handle_is_not_cancelled() {
    for (error, stays) in [
        (ApiError::Rejected, ClinicCancelProgress::Failed(ApiError::Rejected)),
        (ApiError::Network, ClinicCancelProgress::Unknown),
    ] {
        let mut walk = sending();
        walk.answer("cancel visit", Answer::Cancelled(Err(error)));
        let both = vec![of(ClinicVisitStatus::Other, monday()), tuesday()];
        asks(&walk.answer("read my visits", list(both)), &[]);
        assert_eq!((how(&walk), &visits(&walk).cancelled), (Some(stays), &None));
        assert_eq!(ids(&walk), ["v-tue"]);
    }
}

#[test]
fn a_visit_that_is_in_no_list_may_still_be_booked() {
    for error in [ApiError::Rejected, ApiError::Network, ApiError::Server] {
        let mut walk = sending();
        asks(&walk.answer("cancel visit", Answer::Cancelled(Err(error))), &[CHECK]);
        asks(&walk.answer("read my visits", list(vec![tuesday()])), &[]);
        assert_eq!((how(&walk), &visits(&walk).cancelled), (Some(ClinicCancelProgress::Unknown), &None));
    }
}

#[test]
fn a_refused_cancel_is_not_known_while_the_list_cannot_be_read() {
    let mut walk = sending();
    walk.answer("cancel visit", Answer::Cancelled(Err(ApiError::Rejected)));
    asks(&walk.answer("read my visits", Answer::ClinicVisits(Err(ApiError::Network))), &[]);
    assert_eq!(how(&walk), Some(ClinicCancelProgress::Unknown));
}

#[test]
fn a_cancel_refused_for_its_token_signs_in_again() {
    let mut walk = sending();
    let asked = walk.answer("cancel visit", Answer::Cancelled(Err(ApiError::SignedOut)));
    asks(&asked, &["invite to sign in"]);
    walk.answer("invite", TokenAnswer::Held(4));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    walk.answer("read my visits", list(vec![monday()]));
    walk.on(Act::AskToCancel(visit("v-mon")));
    walk.answer("read cancel reasons", reasons());
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &["cancel visit v-mon for PLANS"]);
}

#[test]
fn a_cancel_without_an_answer_is_looked_for_in_the_list() {
    for error in [ApiError::Network, ApiError::Server] {
        let mut walk = sending();
        asks(&walk.answer("cancel visit", Answer::Cancelled(Err(error))), &[CHECK]);
        assert_eq!(how(&walk), Some(ClinicCancelProgress::Unknown));
        let both = vec![of(ClinicVisitStatus::Cancelled, monday()), tuesday()];
        asks(&walk.answer("read my visits", list(both)), &["tell cancelled v-mon"]);
        assert_eq!((how(&walk), visits(&walk).cancelled.clone()), (None, Some(monday())));
    }
}

#[test]
fn a_cancel_without_an_answer_is_never_sent_again() {
    let mut walk = sending();
    walk.answer("cancel visit", Answer::Cancelled(Err(ApiError::Network)));
    walk.answer("read my visits", list(vec![monday(), tuesday()]));
    assert_eq!(how(&walk), Some(ClinicCancelProgress::Unknown));
    let press = |walk: &mut Walk| {
        walk.on(Act::Keep);
        asks(&walk.on(Act::AskToCancel(visit("v-mon"))), &[]);
        asks(&walk.on(Act::CancelVisit("PLANS".into())), &[]);
        assert_eq!(how(walk), Some(ClinicCancelProgress::Unknown));
    };
    press(&mut walk);
    // The cancel is not sent again after coming back, nor after everything else is forgotten.
    walk.on(Act::Back);
    let mut walk = signed_in(walk);
    walk.answer("read my visits", list(vec![monday(), tuesday()]));
    press(&mut walk);
    walk.on(Event::Reset);
    walk.times("read times", ballards_slots());
    let mut walk = signed_in(walk);
    walk.answer("read my visits", list(vec![monday(), tuesday()]));
    press(&mut walk);
    // Another visit can still be cancelled.
    walk.on(Act::AskToCancel(visit("v-tue")));
    walk.answer("read cancel reasons", reasons());
    asks(&walk.on(Act::CancelVisit("PLANS".into())), &["cancel visit v-tue for PLANS"]);
}

#[test]
fn a_cancel_that_a_reset_cut_off_counts_as_not_answered() {
    let mut walk = sending();
    walk.on(Event::Reset);
    walk.times("read times", ballards_slots());
    let mut walk = signed_in(walk);
    walk.answer("read my visits", list(vec![monday()]));
    walk.on(Act::AskToCancel(visit("v-mon")));
    assert_eq!(how(&walk), Some(ClinicCancelProgress::Unknown));
}

#[test]
fn after_a_cancel_there_is_no_way_back_to_what_was_booked() {
    let mut walk = ballard_review();
    send(&mut walk);
    walk.answer("book", booked("v-mon"));
    let mut walk = signed_in(walk);
    walk.answer("read my visits", list(vec![monday()]));
    walk.on(Act::AskToCancel(visit("v-mon")));
    walk.answer("read cancel reasons", reasons());
    walk.on(Act::CancelVisit("PLANS".into()));
    walk.answer("cancel visit", Answer::Cancelled(Ok(())));
    walk.on(Act::Back);
    assert_eq!(walk.looking(), Some(Looking::Choosing));
}

#[test]
fn there_is_no_looking_at_visits_in_the_middle_of_a_booking() {
    for mut walk in [dana_review(), line_review(), Walk::new(with_dana(&[OFFICE]))] {
        let before = walk.state.clone();
        asks(&walk.on(Event::MyVisits), &[]);
        assert_eq!(walk.state, before);
    }
}
