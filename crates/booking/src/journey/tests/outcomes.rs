//! Tests that the outcome of a submit stays until the patient dismisses it, whatever the page does meanwhile; only a
//! reset and another person's sign-in remove confirmed outcomes.

use super::booking::booked;
use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::Stage;
use crate::fixtures::*;
use crate::journey::event::{Change, Event};
use crate::journey::state::Brief;
use crate::outcome::{ApiError, Outcome};
use crate::settings::Resume;

/// The booking of Marta's visit on Tuesday is being sent.
fn on_its_way() -> Walk {
    let mut walk = dana_review();
    send(&mut walk);
    walk
}

/// The confirmation of Marta's visit is on screen.
pub fn confirmed() -> Walk {
    let mut walk = on_its_way();
    walk.answer("book", booked("v-1"));
    assert_eq!(walk.stage(), "booked");
    walk
}

/// The system has not answered: the outcome of Marta's booking is unknown.
fn unknown() -> Walk {
    let mut walk = on_its_way();
    walk.answer("book", Outcome::Unknown);
    assert_eq!(walk.stage(), "unconfirmed");
    walk
}

/// The outcomes in brief, one word for each.
fn briefs(walk: &Walk) -> Vec<&'static str> {
    let word = |brief| match brief {
        Brief::Booked(_) => "booked",
        Brief::InLine(_) => "in line",
        Brief::Unconfirmed(_) => "unconfirmed",
    };
    walk.state.outcomes.iter().map(|outcome| word(outcome.brief())).collect()
}

#[test]
fn a_page_that_looks_for_something_else_shows_it_in_brief_above_the_new_times() {
    for (mut walk, brief) in [(confirmed(), "booked"), (unknown(), "unconfirmed")] {
        walk.settings = with_dana(&[FLU]);
        let asked = walk.start();
        assert_eq!(asked[0], "read times 1234567893 FluShot 2026-12-07..2026-12-20");
        assert_eq!((walk.stage(), briefs(&walk)), ("loading", vec![brief]));
        walk.start();
        assert_eq!(briefs(&walk), [brief], "once, however often the page changes");
        asks(&walk.on(Event::DismissOutcome(0)), &[]);
        assert_eq!(briefs(&walk).len(), 0);
    }
}

#[test]
fn a_page_that_looks_further_for_the_same_leaves_it_on_screen() {
    for mut walk in [confirmed(), unknown()] {
        let stage = walk.stage();
        walk.settings.days = 3;
        walk.on(Event::Configure(Change::default()));
        assert_eq!((walk.stage(), briefs(&walk).len()), (stage, 0));
    }
}

#[test]
fn one_in_brief_is_seen_in_full_and_closed_again_with_the_names_it_was_booked_with() {
    let mut walk = confirmed();
    walk.settings = at(&[FREMONT], &[OFFICE]);
    walk.start();
    walk.on(Event::ShowOutcome(0));
    assert!(matches!(walk.state.errand.stage, Stage::Booked(..)));
    assert_eq!(walk.state.errand.directory.clinician(&npi(DANA)).as_deref(), Some("Dana Whitfield, MD"));
    walk.on(Event::CloseOutcome);
    assert_eq!((walk.stage(), briefs(&walk)), ("loading", vec!["booked"]));
}

#[test]
fn an_unknown_outcome_is_closed_only_to_where_it_was_in_brief() {
    let mut walk = unknown();
    asks(&walk.on(Event::CloseOutcome), &[]);
    assert_eq!(walk.stage(), "unconfirmed");
    walk.start();
    walk.on(Event::ShowOutcome(0));
    walk.on(Event::CloseOutcome);
    assert_eq!(briefs(&walk), ["unconfirmed"]);
}

/// The patient went from the confirmation to the times and chose another time, which is under review.
fn confirmed_and_choosing_again() -> Walk {
    let mut walk = confirmed();
    walk.on(Event::CloseOutcome);
    walk.choose("wed-9");
    assert_eq!((walk.stage(), briefs(&walk)), ("review", vec!["booked"]));
    walk
}

#[test]
fn one_in_brief_stays_when_the_page_turns_to_another_environment() {
    for mut walk in [confirmed(), confirmed_and_choosing_again()] {
        walk.on(Event::Configure(Change { is_elsewhere: true, is_other_system: true }));
        walk.on(Act::Back);
        walk.on(Act::Back);
        assert_eq!((walk.stage(), briefs(&walk)), ("loading", vec!["booked"]));
    }
}

#[test]
fn one_in_brief_stays_when_the_element_leaves_in_the_middle_of_another_errand() {
    let mut walk = confirmed_and_choosing_again();
    walk.on(Event::Removed);
    walk.on(Event::PutBack);
    walk.on(Event::Configure(Change::default()));
    assert_eq!((walk.stage(), briefs(&walk)), ("loading", vec!["booked"]));
}

#[test]
fn one_in_brief_is_hidden_from_whoever_else_signs_in_after_the_element_has_come_back() {
    for (token, who, left) in [(1, "p-marta", 1), (2, "p-ruth", 0)] {
        let mut walk = confirmed_and_choosing_again();
        walk.on(Event::Removed);
        walk.on(Event::PutBack);
        walk.on(Event::Configure(Change::default()));
        walk.times("read times", two_days());
        walk.choose("wed-9");
        walk.answer("ask token", TokenAnswer::Held(token));
        walk.answer("read patient", record(who, &marta(), &[MAIN]));
        assert_eq!((walk.stage(), briefs(&walk).len()), ("patient", left), "{who}");
    }
}

#[test]
fn one_that_was_seen_in_full_again_is_hidden_from_whoever_else_signs_in() {
    for (token, who, is_of_someone_else) in [(1, "p-marta", false), (2, "p-ruth", true)] {
        let mut walk = unknown();
        // In the other environment Marta is not known, so only the outcome itself says whose it is.
        walk.on(Event::Configure(Change { is_elsewhere: true, is_other_system: true }));
        walk.on(Event::ShowOutcome(0));
        walk.on(Event::CloseOutcome);
        walk.times("read times", two_days());
        walk.choose("wed-9");
        walk.answer("ask token", TokenAnswer::Held(token));
        walk.answer("read patient", record(who, &marta(), &[MAIN]));
        let hidden: Vec<_> = walk.state.outcomes.iter().map(|outcome| outcome.is_of_someone_else).collect();
        assert_eq!((walk.stage(), hidden), ("patient", vec![is_of_someone_else]), "{who}");
    }
}

#[test]
fn a_reset_clears_what_is_confirmed_and_keeps_what_is_not_known() {
    let mut walk = confirmed();
    walk.on(Event::Reset);
    assert_eq!((walk.stage(), briefs(&walk).len()), ("loading", 0));
    let mut walk = unknown();
    walk.on(Event::Reset);
    walk.on(Event::Reset);
    assert_eq!((walk.stage(), briefs(&walk)), ("loading", vec!["unconfirmed"]));
}

#[test]
fn a_reset_under_a_booking_waits_for_its_outcome_and_clears_the_entries_alone() {
    let mut walk = on_its_way();
    asks(&walk.on(Event::Reset), &[]);
    assert_eq!(walk.stage(), "sending");
    walk.answer("book", booked("v-1"));
    assert_eq!((walk.stage(), briefs(&walk)), ("loading", vec!["booked"]));
    assert!(walk.state.errand.person.details.is_none());
}

#[test]
fn what_is_begun_goes_on_when_the_page_looks_for_something_else() {
    let mut walk = dana_review();
    walk.settings = with_dana(&[FLU]);
    walk.start();
    assert_eq!(walk.stage(), "review");
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let asked = walk.times("read times 1234567893 OfficeVisit", two_days());
    asks(&asked, &["book with the clinician: tue-9 for p-marta"]);
}

#[test]
fn a_value_to_resume_with_does_not_move_an_outcome() {
    let mut walk = confirmed();
    walk.settings.resume = Some(Resume::Lost);
    asks(&walk.on(Event::Resume), &[]);
    assert_eq!((walk.stage(), walk.state.finder.lost), ("booked", false));
}

#[test]
fn another_person_sees_nothing_of_what_was_booked_and_is_warned_of_what_is_not_known() {
    for (mut walk, left) in [(confirmed(), vec![]), (unknown(), vec!["unconfirmed"])] {
        walk.settings = with_dana(&[OFFICE]);
        walk.start();
        walk.times("read times", two_days());
        walk.choose("wed-9");
        // `choose` leads straight to the review, since the token is still Marta's. Then Ruth's token comes.
        walk.on(Act::Submit);
        walk.answer("ask token", TokenAnswer::Held(2));
        walk.answer("read patient", record("p-ruth", &person("Ruth", "Lind"), &[MAIN]));
        assert_eq!(briefs(&walk), left);
        assert!(walk.state.outcomes.iter().all(|outcome| outcome.is_of_someone_else));
    }
}

/// Somebody signs in in another element while Marta's is off the page. As the application does, stops the reads then.
fn elsewhere(walk: &mut Walk, who: Option<&str>) {
    walk.on(Event::PersonElsewhere(who.map(guid)));
    walk.on(Event::Removed);
}

#[test]
fn an_element_that_is_gone_hides_its_outcome_from_whoever_else_signs_in_elsewhere() {
    for who in [Some("p-ruth"), None] {
        for (mut walk, left) in [(confirmed(), vec![]), (unknown(), vec!["unconfirmed"])] {
            walk.on(Event::Removed);
            elsewhere(&mut walk, who);
            assert_eq!((walk.stage(), briefs(&walk), walk.open_lines().len()), ("loading", left, 0));
            assert!(walk.state.outcomes.iter().all(|outcome| outcome.is_of_someone_else));
            asks(&walk.on(Event::PersonElsewhere(who.map(guid))), &[]);
        }
        // The outcome is in brief.
        let mut walk = confirmed_and_choosing_again();
        walk.on(Event::Removed);
        elsewhere(&mut walk, who);
        assert_eq!((briefs(&walk).len(), walk.state.is_to_keep()), (0, false));
    }
}

#[test]
fn an_element_that_is_gone_keeps_its_outcome_on_screen_for_the_same_person() {
    for mut walk in [confirmed(), unknown(), confirmed_and_choosing_again()] {
        walk.on(Event::Removed);
        let before = (walk.stage(), briefs(&walk));
        elsewhere(&mut walk, Some("p-marta"));
        assert_eq!((walk.stage(), briefs(&walk)), before);
        assert!(walk.state.outcomes.iter().all(|outcome| !outcome.is_of_someone_else));
    }
}

#[test]
fn a_booking_under_which_somebody_else_signs_in_elsewhere_is_sent_and_its_outcome_hidden() {
    for (outcome, left) in [(booked("v-1"), vec![]), (Outcome::Unknown, vec!["unconfirmed"])] {
        let mut walk = on_its_way();
        walk.on(Event::Removed);
        for who in ["p-ruth", "p-marta"] {
            asks(&walk.on(Event::PersonElsewhere(Some(guid(who)))), &[]);
        }
        assert_eq!(walk.stage(), "sending");
        walk.answer("book", outcome);
        assert_eq!((walk.stage(), briefs(&walk)), ("loading", left));
        assert!(walk.state.outcomes.iter().all(|outcome| outcome.is_of_someone_else));
        assert!(walk.state.errand.person.details.is_none());
    }
}

#[test]
fn a_booking_stays_its_patients_own_though_they_sign_in_elsewhere_while_their_record_is_made() {
    let mut walk = ballard_on_screen();
    walk.choose("tue-9");
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound)));
    walk.on(Act::Give(Box::new(details(person("Ruth", "Lind")))));
    has_no_visits(&mut walk);
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.on(Event::Removed);
    elsewhere(&mut walk, None);
    walk.answer("save", Answer::Saved(Ok(guid("p-ruth"))));
    walk.times("read times", ballards_slots());
    walk.answer("book", booked("v-1"));
    assert_eq!(walk.stage(), "booked");
}

#[test]
fn an_element_that_is_gone_reads_nothing_and_keeps_what_came_of_the_booking() {
    let mut walk = confirmed();
    walk.on(Event::Removed);
    assert_eq!((walk.open_lines().len(), walk.stage(), walk.state.is_to_keep()), (0, "booked", true));
    let mut walk = on_its_way();
    asks(&walk.on(Event::Removed), &[]);
    assert_eq!((walk.stage(), walk.state.is_to_keep()), ("sending", true));
    assert!(!dana_on_screen().state.is_to_keep());
}
