//! Tests how the patient's own list of clinic visits is used: at the review, and after an answer that does not
//! show whether the visit is booked.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{SendingPhase, Stage};
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::{ApiError, Outcome, Refusal};
use crate::patient::Details;
use crate::time::Moment;
use crate::visits::{ClinicVisit, ClinicVisitList, ClinicVisitStatus};

const NINE: &str = "2026-12-08T09:00:00-08:00";
const READ: &str = "read my visits afresh";
/// The read that looks for a visit after a booking.
const LOOK: &str = "read my visits of any status afresh";
const CONFLICTS: [Refusal; 3] = [Refusal::SlotTaken, Refusal::DoubleBooked, Refusal::UnknownConflict];
/// Refusals, and what is reported of each. After a browser has sent a booking twice, such a refusal of the second
/// request says nothing about the first one.
const OTHERS: [(Refusal, &str); 4] = [
    (Refusal::Busy, "tell failed Server"),
    (Refusal::Rejected, "tell failed Rejected"),
    (Refusal::NotOnPanel, "tell conflict NotOnPanel"),
    (Refusal::AccountLocked, "tell conflict AccountLocked"),
];

fn of(status: ClinicVisitStatus, visit: ClinicVisit) -> ClinicVisit {
    ClinicVisit { status, ..visit }
}

fn list(visits: &[ClinicVisit]) -> Answer {
    Answer::ClinicVisits(Ok(visits.to_vec().into()))
}

/// A list of which one row could not be read.
fn list_without_a_row(visits: &[ClinicVisit]) -> Answer {
    Answer::ClinicVisits(Ok(ClinicVisitList { visits: visits.to_vec(), dropped: 1 }))
}

fn unread(error: ApiError) -> Answer {
    Answer::ClinicVisits(Err(error))
}

/// Marta reviews `tue-9` at Ballard; the list is being read.
fn reviewing(details: Details) -> Walk {
    let mut walk = ballard_on_screen();
    walk.choose("tue-9");
    walk.answer("read mail rule", Answer::MailRule(None));
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    asks(&walk.on(Act::Give(Box::new(details))), &[READ]);
    walk
}

/// Marta's booking of `tue-9` is being sent. The list at the review contained these visits; `None` = it could not
/// be read.
fn sent_with(before: Option<&[ClinicVisit]>) -> Walk {
    sent_after(before.map_or(unread(ApiError::Server), list))
}

/// Marta's booking of `tue-9` is being sent. The read of the list at the review had this answer.
fn sent_after(before: Answer) -> Walk {
    let mut walk = reviewing(details(marta()));
    walk.answer("read my visits", before);
    send(&mut walk);
    walk
}

fn named(walk: &Walk) -> Vec<&str> {
    walk.state.errand.same_day.iter().map(|visit| visit.id.as_str()).collect()
}

#[test]
fn the_review_names_the_visits_of_that_day_at_that_clinic_the_earliest_first() {
    let at = |id, at| clinic_visit(id, id, at);
    let visits = [
        at("late", "2026-12-08T23:50:00-08:00"),
        at("same", NINE),
        at("before", "2026-12-07T23:50:00-08:00"),
        at("after", "2026-12-09T00:00:00-08:00"),
        // In Seattle this is still the same day: nine in the evening.
        at("utc", "2026-12-09T05:00:00Z"),
        of(ClinicVisitStatus::Cancelled, at("cancelled", NINE)),
        of(ClinicVisitStatus::Other, at("begun", NINE)),
        ClinicVisit { place: fremont(), ..at("elsewhere", NINE) },
        ClinicVisit { patient: Some(guid("p-leo")), ..at("of-leo", NINE) },
        ClinicVisit { patient: Some(guid("P-MARTA")), ..at("in-capitals", NINE) },
        ClinicVisit { patient: None, ..at("of-nobody", NINE) },
    ];
    let mut walk = reviewing(details(marta()));
    assert_eq!(named(&walk), [""; 0]);
    asks(&walk.answer("read my visits", list(&visits)), &[]);
    assert_eq!(named(&walk), ["same", "in-capitals", "of-nobody", "utc", "late"]);
    assert_eq!(walk.stage(), "review");
    asks(&walk.on(Act::Submit), &["tell submit 1", "ask token"]);
}

#[test]
fn a_visit_that_is_over_is_not_named() {
    let mut walk = reviewing(details(marta()));
    walk.now = Moment::parse("2026-12-08T09:20:00-08:00").unwrap().at;
    let later = clinic_visit("later", "later", "2026-12-08T09:01:00-08:00");
    walk.answer("read my visits", list(&[clinic_visit("over", "over", NINE), later]));
    assert_eq!(named(&walk), ["later"]);
}

#[test]
fn for_somebody_else_the_account_holders_own_visits_are_not_named() {
    let own = clinic_visit("own", "own", NINE);
    let leos = ClinicVisit { patient: Some(guid("p-leo-before")), ..clinic_visit("leos", "leos", NINE) };
    let mut walk = reviewing(for_leo());
    walk.answer("read my visits", list(&[own, leos]));
    assert_eq!(named(&walk), ["leos"], "which may be Leo's: his record is made when the visit is sent");
    asks(&walk.on(Act::ChangeDetails), &[]);
    asks(&walk.on(Act::Give(Box::new(details(marta())))), &[]);
    assert_eq!(named(&walk), ["own"], "the list is read once");
}

#[test]
fn a_list_that_is_not_read_leaves_the_review_as_it_is() {
    for error in [ApiError::Network, ApiError::SignedOut, ApiError::NotFound, ApiError::Unreadable] {
        let mut walk = reviewing(details(marta()));
        let before = walk.state.errand.stage.clone();
        asks(&walk.answer("read my visits", unread(error)), &[]);
        assert!(walk.state.errand.stage == before && named(&walk).is_empty(), "{error:?}");
        send(&mut walk);
    }
}

#[test]
fn the_press_does_not_wait_for_the_list() {
    let mut walk = reviewing(details(marta()));
    asks(&walk.on(Act::Submit), &["cancel read my visits afresh", "tell submit 1", "ask token"]);
    // After a failed attempt the list is read again, since a visit may have been booked meanwhile.
    asks(
        &walk.answer("ask token", TokenAnswer::Held(1)),
        &["read times NorthlakeBallard OfficeVisit afresh"],
    );
    let lost = Answer::Slots(Err(ApiError::Network));
    asks(&walk.answer("read times", lost), &["tell failed Network", READ]);
    walk.answer("read my visits", list(&[clinic_visit("c-1", "c-1", NINE)]));
    assert_eq!(named(&walk), ["c-1"]);
}

#[test]
fn after_an_attempt_that_failed_the_list_is_read_again_and_the_known_one_is_kept_meanwhile() {
    let mut walk = sent_with(Some(&[clinic_visit("c-1", "c-1", NINE)]));
    asks(&walk.answer("book", Refusal::Busy), &[LOOK]);
    let known = list(&[clinic_visit("c-1", "c-1", NINE)]);
    asks(&walk.answer("read my visits", known), &["tell failed Server", READ]);
    assert_eq!(named(&walk), ["c-1"]);
    asks(&walk.answer("read my visits", unread(ApiError::Server)), &[]);
    assert_eq!(named(&walk), ["c-1"]);
    walk.on(Act::ChangeDetails);
    asks(&walk.on(Act::Give(Box::new(details(marta())))), &[]);
}

#[test]
fn a_list_that_comes_once_the_patient_is_back_at_the_details_is_kept_for_the_review() {
    let mut walk = reviewing(details(marta()));
    walk.on(Act::ChangeDetails);
    asks(&walk.answer("read my visits", list(&[clinic_visit("c-1", "c-1", NINE)])), &[]);
    assert_eq!((walk.stage(), named(&walk)), ("patient", vec![]));
    asks(&walk.on(Act::Give(Box::new(details(marta())))), &[]);
    assert_eq!(named(&walk), ["c-1"]);
}

#[test]
fn another_time_and_another_person_have_the_list_read_again() {
    let mut walk = reviewing(details(marta()));
    walk.answer("read my visits", list(&[clinic_visit("c-1", "c-1", NINE)]));
    asks(&walk.on(Act::ChangeTime), &[]);
    assert_eq!(named(&walk), [""; 0]);
    asks(&walk.choose("wed-9"), &[READ]);
    asks(&walk.on(Act::ChangeTime), &["cancel read my visits afresh"]);
    asks(&walk.choose("tue-9"), &[READ]);
    walk.answer("read my visits", list(&[clinic_visit("c-1", "c-1", NINE)]));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(2));
    walk.answer("read patient", record("p-ruth", &person("Ruth", "Lind"), &[MAIN]));
    assert_eq!((walk.stage(), named(&walk)), ("patient", vec![]), "nothing of Marta's is named to Ruth");
    asks(&walk.on(Act::Give(Box::new(details(person("Ruth", "Lind"))))), &[READ]);
}

#[test]
fn a_clinicians_visit_and_a_line_read_no_list() {
    assert!(dana_review().asked.iter().all(|command| super::script::line(command, &[]) != READ));
    assert!(line_review().asked.iter().all(|command| super::script::line(command, &[]) != READ));
}

#[test]
fn a_conflict_that_the_booking_made_itself_is_a_confirmation() {
    // The visit is found by its slot; or by its time, if the system now names another slot id.
    for (slot, whose) in [("tue-9", Some("p-marta")), ("renamed", Some("p-marta")), ("renamed", None)] {
        for refusal in CONFLICTS {
            let mut walk = sent_with(Some(&[]));
            asks(&walk.answer("book", refusal), &[LOOK]);
            assert_eq!(walk.phase(), Some(SendingPhase::Verifying(refusal)));
            let found = ClinicVisit { patient: whose.map(guid), ..clinic_visit("c-1", slot, NINE) };
            asks(&walk.answer("read my visits", list(&[found])), &["tell booked c-1 with tue-9"]);
            assert_eq!((walk.stage(), walk.bookings()), ("booked", 1), "{slot} {refusal:?}");
        }
    }
}

#[test]
fn a_conflict_is_as_it_is_when_the_list_holds_no_such_visit() {
    let cases = [
        Vec::new(),
        vec![of(ClinicVisitStatus::Cancelled, clinic_visit("c-1", "tue-9", NINE))],
        vec![ClinicVisit { place: fremont(), ..clinic_visit("c-1", "x", NINE) }],
        vec![clinic_visit("c-1", "x", "2026-12-08T09:20:00-08:00")],
        vec![ClinicVisit { patient: Some(guid("p-leo")), ..clinic_visit("c-1", "x", NINE) }],
    ];
    for visits in cases {
        let mut walk = sent_with(Some(&[]));
        walk.answer("book", Refusal::SlotTaken);
        let sibling = walk.answer("read my visits", list(&visits));
        asks(&sibling, &["book at the clinic: tue-9-dana for p-marta"]);
        for refusal in [Refusal::DoubleBooked, Refusal::UnknownConflict] {
            let mut walk = sent_with(Some(&[]));
            walk.answer("book", refusal);
            let told = walk.answer("read my visits", list(&visits));
            assert_eq!(told[0], format!("tell conflict {refusal:?}"));
        }
    }
}

#[test]
fn a_visit_that_the_clinic_handles_at_once_is_booked() {
    for outcome in [Outcome::Unknown, Outcome::Refused(Refusal::SlotTaken), Outcome::Refused(Refusal::Busy)] {
        let mut walk = sent_with(Some(&[]));
        asks(&walk.answer("book", outcome), &[LOOK]);
        let found = of(ClinicVisitStatus::Other, clinic_visit("c-1", "tue-9", NINE));
        asks(&walk.answer("read my visits", list(&[found])), &["tell booked c-1 with tue-9"]);
    }
}

#[test]
fn a_visit_that_the_clinic_handles_under_another_slot_id_may_be_an_earlier_one() {
    // The list at the review contained only visits that were still to come.
    for outcome in [Outcome::Unknown, Outcome::Refused(Refusal::SlotTaken), Outcome::Refused(Refusal::Busy)] {
        let mut walk = sent_with(Some(&[]));
        walk.answer("book", outcome);
        let maybe = of(ClinicVisitStatus::Other, clinic_visit("c-1", "earlier-or-renamed", NINE));
        asks(&walk.answer("read my visits", list(&[maybe])), &["tell unconfirmed"]);
        assert_eq!(walk.bookings(), 1, "and no sibling");
    }
}

#[test]
fn a_row_that_cannot_be_read_may_be_the_visit() {
    let other = [clinic_visit("c-8", "wed-9", "2026-12-09T09:00:00-08:00")];
    for (outcome, told) in [
        (Outcome::Unknown, "tell unconfirmed"),
        (Outcome::Refused(Refusal::SlotTaken), "tell unconfirmed"),
        (Outcome::Refused(Refusal::DoubleBooked), "tell unconfirmed"),
        // As if the list could not be read at all.
        (Outcome::Refused(Refusal::Busy), "tell failed Server"),
    ] {
        for visits in [&[][..], &other] {
            let mut walk = sent_with(Some(&[]));
            walk.answer("book", outcome.clone());
            assert_eq!(walk.answer("read my visits", list_without_a_row(visits))[0], told, "{outcome:?}");
            assert_eq!(walk.bookings(), 1, "and no sibling");
        }
        let mut walk = sent_with(Some(&[]));
        walk.answer("book", outcome);
        let found = list_without_a_row(&[clinic_visit("c-1", "tue-9", NINE)]);
        asks(&walk.answer("read my visits", found), &["tell booked c-1 with tue-9"]);
    }
}

#[test]
fn a_row_that_could_not_be_read_before_the_press_may_be_the_visit_that_is_listed_now() {
    for outcome in [Outcome::Unknown, Outcome::Refused(Refusal::SlotTaken)] {
        for (slot, told) in
            [("tue-9", "tell booked c-1 with tue-9"), ("earlier-or-renamed", "tell unconfirmed")]
        {
            let mut walk = sent_after(list_without_a_row(&[]));
            walk.answer("book", outcome.clone());
            let answer = list(&[clinic_visit("c-1", slot, NINE)]);
            asks(&walk.answer("read my visits", answer), &[told]);
        }
    }
}

#[test]
fn a_row_that_cannot_be_read_hides_no_other_visit_at_the_review() {
    let mut walk = reviewing(details(marta()));
    asks(&walk.answer("read my visits", list_without_a_row(&[clinic_visit("c-1", "c-1", NINE)])), &[]);
    assert_eq!(named(&walk), ["c-1"]);
}

#[test]
fn a_visit_listed_before_the_press_is_not_the_one_asked_for() {
    for slot in ["earlier", "tue-9"] {
        let earlier = [clinic_visit("c-1", slot, NINE)];
        let mut walk = sent_with(Some(&earlier));
        walk.answer("book", Refusal::DoubleBooked);
        let told = walk.answer("read my visits", list(&earlier));
        asks(&told, &["tell conflict DoubleBooked", "read times NorthlakeBallard OfficeVisit afresh"]);
        // The list now contains a second visit, which is the one that was sent.
        let mut walk = sent_with(Some(&earlier));
        walk.answer("book", Outcome::Unknown);
        let both = [clinic_visit("c-1", slot, NINE), clinic_visit("c-2", "other", NINE)];
        asks(&walk.answer("read my visits", list(&both)), &["tell booked c-2 with tue-9"]);
    }
}

#[test]
fn a_conflict_that_cannot_be_checked_is_an_unknown_outcome_and_nothing_more_is_sent() {
    for refusal in CONFLICTS {
        for error in [ApiError::Network, ApiError::SignedOut, ApiError::Unreadable] {
            let mut walk = sent_with(Some(&[]));
            walk.answer("book", refusal);
            asks(&walk.answer("read my visits", unread(error)), &["tell unconfirmed"]);
            assert_eq!((walk.stage(), walk.bookings()), ("unconfirmed", 1), "{refusal:?} {error:?}");
        }
    }
}

#[test]
fn any_other_refusal_of_a_booking_that_is_listed_is_a_confirmation() {
    for (refusal, _) in OTHERS {
        let mut walk = sent_with(Some(&[]));
        asks(&walk.answer("book", refusal), &[LOOK]);
        let found = list(&[clinic_visit("c-1", "tue-9", NINE)]);
        asks(&walk.answer("read my visits", found), &["tell booked c-1 with tue-9"]);
        assert_eq!((walk.stage(), walk.bookings()), ("booked", 1), "{refusal:?}");
    }
}

#[test]
fn any_other_refusal_is_as_it_is_when_the_list_has_no_such_visit_or_cannot_be_read() {
    for (refusal, told) in OTHERS {
        for answer in [list(&[]), unread(ApiError::Network), unread(ApiError::Locked)] {
            let mut walk = sent_with(Some(&[]));
            walk.answer("book", refusal);
            assert_eq!(walk.answer("read my visits", answer)[0], told);
            assert_eq!(walk.bookings(), 1, "{refusal:?}");
        }
    }
}

#[test]
fn any_other_refusal_beside_a_visit_that_may_be_the_one_is_an_unknown_outcome() {
    for (refusal, _) in OTHERS {
        let mut walk = sent_with(None);
        walk.answer("book", refusal);
        let maybe = list(&[clinic_visit("c-1", "earlier-or-renamed", NINE)]);
        asks(&walk.answer("read my visits", maybe), &["tell unconfirmed"]);
    }
}

#[test]
fn a_record_that_the_booking_misses_twice_is_looked_for_before_it_is_said() {
    let mut walk = sent_with(Some(&[]));
    walk.answer("book", Refusal::PatientNotFound);
    walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
    walk.times("read times", ballards_slots());
    asks(&walk.answer("book", Refusal::PatientNotFound), &[LOOK]);
    asks(&walk.answer("read my visits", list(&[])), &["tell conflict PatientNotFound"]);
}

#[test]
fn without_the_list_before_the_press_only_the_slot_itself_is_certain() {
    for outcome in [Outcome::Unknown, Outcome::Refused(Refusal::SlotTaken)] {
        let mut walk = sent_with(None);
        walk.answer("book", outcome.clone());
        let found = list(&[clinic_visit("c-1", "tue-9", NINE)]);
        asks(&walk.answer("read my visits", found), &["tell booked c-1 with tue-9"]);
        let mut walk = sent_with(None);
        walk.answer("book", outcome);
        let maybe = list(&[clinic_visit("c-1", "earlier-or-renamed", NINE)]);
        asks(&walk.answer("read my visits", maybe), &["tell unconfirmed"]);
        assert_eq!(walk.bookings(), 1, "and no sibling");
    }
}

#[test]
fn a_dependants_visit_is_the_one_asked_for_only_under_their_own_record() {
    for (whose, told) in [
        ("p-leo", "tell booked c-1 with tue-9"),
        // This visit may be another person's, for whom Marta books in another tab, or Leo's under another record.
        ("p-mia", "tell unconfirmed"),
        ("p-marta", "book at the clinic: tue-9-dana for p-leo by p-marta (Mother)"),
    ] {
        let mut walk = reviewing(for_leo());
        walk.answer("read my visits", list(&[]));
        walk.on(Act::Submit);
        walk.answer("ask token", TokenAnswer::Held(1));
        walk.answer("save dependant", Answer::SavedOther(Ok(guid("p-leo"))));
        walk.times("read times", ballards_slots());
        walk.answer("book", Refusal::SlotTaken);
        let visit = ClinicVisit { patient: Some(guid(whose)), ..clinic_visit("c-1", "x", NINE) };
        asks(&walk.answer("read my visits", list(&[visit])), &[told]);
    }
}

#[test]
fn the_equal_slot_is_checked_too() {
    let mut walk = sent_with(Some(&[]));
    walk.answer("book", Refusal::SlotTaken);
    walk.answer("read my visits", list(&[]));
    asks(&walk.answer("book", Refusal::DoubleBooked), &[LOOK]);
    // The first booking was not refused after all: its visit appeared in the list late, and the second booking
    // conflicts with it.
    let found = list(&[clinic_visit("c-1", "tue-9", NINE)]);
    asks(&walk.answer("read my visits", found), &["tell booked c-1 with tue-9-dana"]);
    assert_eq!(walk.bookings(), 2);
}

#[test]
fn a_clinicians_conflict_is_in_no_list() {
    for refusal in CONFLICTS {
        let mut walk = dana_review();
        send(&mut walk);
        assert_eq!(walk.answer("book", refusal)[0], format!("tell conflict {refusal:?}"));
    }
}

#[test]
fn an_element_that_leaves_while_a_conflict_is_checked_shows_the_outcome() {
    let mut walk = sent_with(Some(&[]));
    walk.answer("book", Refusal::SlotTaken);
    asks(&walk.on(Event::Removed), &[]);
    let found = list(&[clinic_visit("c-1", "tue-9", NINE)]);
    asks(&walk.answer("read my visits", found), &["tell booked c-1 with tue-9"]);
    assert!(matches!(walk.state.errand.stage, Stage::Booked(..)));
}
