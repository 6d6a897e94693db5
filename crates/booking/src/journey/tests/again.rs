//! Tests that nothing of an earlier errand, or of its people, is left in the next one.

use super::booking::booked;
use super::outcomes::confirmed;
use super::waiting::{in_line, tick};
use super::walk::*;
use crate::api::{Answer, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{ClinicCancelProgress, Stage};
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::fixtures::*;
use crate::ids::PracticeId;
use crate::journey::event::{Change, Event};
use crate::on_demand::{Modality, Practice, VisitStatus};
use crate::outcome::{ApiError, Confirmation, Outcome, Refusal};
use crate::patient::{Demographics, Details};
use crate::visits::CancelRules;

/// Marta's details with another phone number and e-mail address.
fn reached_elsewhere() -> Details {
    let (phone, email) = ("2065550199".into(), "marta@work.example.com".into());
    details(Demographics { phone, email, ..marta() })
}

#[test]
fn an_outcome_keeps_the_people_it_was_booked_for() {
    let mut walk = confirmed();
    walk.on(Event::CloseOutcome);
    walk.choose("wed-9");
    walk.on(Act::ChangeDetails);
    walk.on(Act::Give(Box::new(Details { payment: own_insurance(), ..for_leo() })));
    walk.on(Act::ChangeTime);
    walk.on(Event::ShowOutcome(0));
    let people = walk.state.errand.people().expect("an outcome is on screen");
    assert_eq!((&people.for_other, people.pays_on_arrival), (&None, true));
    assert_eq!(people.phone, marta().phone);
}

#[test]
fn a_visit_for_leo_names_leo_though_another_child_is_entered_after_it() {
    let mut walk = dana_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), for_leo());
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("save", Answer::SavedOther(Ok(guid("p-leo"))));
    walk.times("read times", two_days());
    walk.answer("book", booked("v-1"));
    walk.on(Event::CloseOutcome);
    walk.choose("wed-9");
    walk.on(Act::ChangeDetails);
    walk.on(Act::Give(Box::new(Details { demographics: person("Mia", "Okafor"), ..for_leo() })));
    walk.on(Act::ChangeTime);
    walk.on(Event::ShowOutcome(0));
    assert_eq!(walk.state.errand.people().and_then(|people| people.for_other.as_deref()), Some("Leo"));
}

#[test]
fn a_line_is_left_with_the_email_it_was_joined_with() {
    let mut walk = queue_on_screen();
    walk.on(Event::Join(Modality::Phone, LineKind::General));
    sign_in_and_give(&mut walk, paid(own_insurance(), details(marta())));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    // The reset waits for the outcome, and then forgets the entries.
    walk.on(Event::Reset);
    let confirmation = Confirmation { visit: visit("v-1"), meeting: None, room: None };
    walk.answer("join phone", Outcome::Booked(confirmation));
    walk.on(Event::ShowOutcome(0));
    assert_eq!(walk.state.errand.people().map(|people| people.phone.clone()), Some(marta().phone));
    walk.on(Act::AskToLeave);
    let rules = CancelRules { phone_with_reason: true, ..rules() };
    walk.answer("read cancel rules", Answer::CancelRules(Ok(Box::new(rules))));
    walk.on(Act::Leave(Some("OTHER".into())));
    let Some(Command::Write { write: Write::CancelOnDemand(leave), .. }) = walk.asked.last() else {
        panic!("the cancel is sent")
    };
    assert_eq!(leave.email, marta().email);
}

#[test]
fn an_element_that_left_with_an_outcome_has_forgotten_the_entries() {
    for is_closed_before in [true, false] {
        let mut walk = confirmed();
        if is_closed_before {
            walk.on(Event::CloseOutcome);
        }
        walk.on(Event::Removed);
        assert!(walk.state.errand.person.details.is_none() && walk.state.errand.person.patient.is_none());
        walk.on(Event::PutBack);
        walk.on(Event::Configure(Change::default()));
        if !is_closed_before {
            walk.on(Event::CloseOutcome);
        }
        walk.times("read times", two_days());
        assert!(walk.choose("wed-9").contains(&"ask token".to_owned()), "{is_closed_before}");
        assert_eq!((walk.stage(), walk.state.outcomes.len()), ("sign-in", 1));
    }
}

#[test]
fn an_element_that_left_while_insurers_were_read_reads_them_again() {
    let mut walk = dana_review();
    walk.on(Act::ChangeDetails);
    asks(&walk.on(Act::NeedIssuers), &["read insurers"]);
    walk.on(Act::ChangeTime);
    walk.on(Event::Removed);
    assert_eq!(walk.open_lines(), [""; 0]);
}

#[test]
fn a_form_that_was_left_in_the_middle_of_a_change_is_shown_again() {
    let mut walk = dana_review();
    walk.on(Act::ChangeDetails);
    walk.on(Act::Edit);
    walk.on(Act::ChangeTime);
    walk.choose("wed-9");
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    assert_eq!(walk.stage(), "patient");
    walk.on(Act::Give(Box::new(reached_elsewhere())));
    walk.on(Act::ChangeTime);
    walk.choose("tue-10");
    assert_eq!(walk.stage(), "review");
    // A form that was only looked at.
    walk.on(Act::ChangeDetails);
    walk.on(Act::ChangeTime);
    walk.choose("wed-9");
    assert_eq!(walk.stage(), "review");
}

#[test]
fn other_questions_of_the_page_are_asked_before_the_next_booking_of_a_time() {
    let mut walk = dana_review();
    asks(&walk.on(Act::QuestionsChanged), &[]);
    assert_eq!(walk.stage(), "patient");
    let mut walk = confirmed();
    walk.on(Event::CloseOutcome);
    walk.on(Act::QuestionsChanged);
    walk.choose("wed-9");
    assert_eq!(walk.stage(), "sign-in", "the patient step follows, not the review");
    let mut walk = line_review();
    walk.on(Act::QuestionsChanged);
    assert_eq!(walk.stage(), "review", "a line has no questions");
}

#[test]
fn the_terms_of_one_practice_are_not_those_of_the_next() {
    let mut walk = line_review();
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::ChangeTime);
    walk.settings.practice = Some(PracticeId::new("c0a8f6a2"));
    walk.start();
    let other = Practice { id: PracticeId::new("c0a8f6a2"), ..practice() };
    walk.answer("read practice", Answer::Practice(Ok(Box::new(other))));
    walk.answer("read waits", Answer::Waits(Ok(pools())));
    walk.on(Find::PickRegion(code("WA")));
    walk.on(Event::Join(Modality::Video, LineKind::General));
    assert_eq!((walk.stage(), walk.state.errand.person.terms), ("review", false));
}

#[test]
fn a_wait_that_is_over_is_not_kept_as_a_place_in_line() {
    for status in [VisitStatus::Cancelled, VisitStatus::Done] {
        let mut walk = in_line();
        tick(&mut walk);
        walk.answer("read estimate", Answer::VisitWait(Err(ApiError::NotFound)));
        walk.answer("read status", Answer::VisitStatus(Ok(status)));
        walk.settings.practice = Some(PracticeId::new("c0a8f6a2"));
        walk.start();
        assert_eq!((walk.stage(), walk.state.outcomes.len()), ("loading", 0), "{status:?}");
    }
}

#[test]
fn a_visit_that_is_cancelled_among_the_visits_is_not_confirmed_above_the_times() {
    let mut walk = ballard_review();
    send(&mut walk);
    walk.answer("book", booked("v-1"));
    walk.on(Event::CloseOutcome);
    assert_eq!(walk.state.outcomes.len(), 1);
    walk.on(Event::MyVisits);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    let listed = clinic_visit("v-1", "tue-9", "2026-12-08T09:00:00-08:00");
    walk.answer("read my visits", Answer::ClinicVisits(Ok(vec![listed].into())));
    walk.on(Act::AskToCancel(visit("v-1")));
    walk.answer("read cancel reasons", Answer::CancelReasons(Ok(vec![reason("PLANS", "My plans changed")])));
    walk.on(Act::CancelVisit("PLANS".into()));
    walk.answer("cancel visit", Answer::Cancelled(Ok(())));
    assert_eq!(walk.state.outcomes.len(), 0);
    let Stage::Visits(visits) = &walk.state.errand.stage else { panic!("{:?}", walk.stage()) };
    assert!(!matches!(visits.cancelling, Some((_, ClinicCancelProgress::Unknown))));
}

#[test]
fn the_page_signs_a_patient_in_line_in_again() {
    let mut walk = in_line();
    asks(&walk.on(Act::SignedIn), &[]);
    tick(&mut walk);
    walk.answer("read estimate", Answer::VisitWait(Err(ApiError::SignedOut)));
    walk.answer("ask token", TokenAnswer::None);
    asks(&walk.on(Act::SignedIn), &["ask token"]);
    let asked = walk.answer("ask token", TokenAnswer::Held(5));
    assert!(asked.contains(&"read estimate of v-1 afresh".to_owned()), "{asked:?}");
}

#[test]
fn the_nearest_times_are_no_longer_being_read_once_the_page_looks_elsewhere() {
    let mut walk = dana_review();
    send(&mut walk);
    walk.answer("book", Outcome::Refused(Refusal::SlotTaken));
    assert!(walk.state.errand.is_reading_nearest);
    walk.settings.days = 3;
    walk.on(Event::Configure(Change::default()));
    assert_eq!((walk.stage(), walk.state.errand.is_reading_nearest), ("taken", false));
}

#[test]
fn after_an_outcome_of_another_clinic_the_next_errand_knows_its_own_clinic() {
    let mut walk = ballard_review();
    send(&mut walk);
    walk.answer("book", booked("v-1"));
    walk.settings = at(&[FREMONT], &[OFFICE]);
    walk.start();
    let fremonts = vec![slot("fremont-9", SAMUEL, fremont(), "2026-12-08T09:00:00-08:00")];
    walk.times("read times", fremonts);
    walk.answer("read clinic ", Answer::Department(Ok(Box::new(clinic(FREMONT, &[OFFICE])))));
    walk.choose("fremont-9");
    walk.on(Act::ChangeTime);
    walk.on(Event::ShowOutcome(0));
    walk.on(Event::CloseOutcome);
    walk.choose("fremont-9");
    assert!(walk.state.errand.directory.department(&fremont()).is_some());
}
