//! Tests whole journeys: every command in order, and the contents of the booking.

use super::walk::*;
use crate::api::{Answer, Visit, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer, session};
use crate::errand::state::Stage;
use crate::fixtures::*;
use crate::ids::SlotId;
use crate::journey::event::Event;
use crate::outcome::{ApiError, Confirmation, Outcome};
use crate::patient::{Demographics, Patient};
use crate::payment::Payment;
use crate::slot::Source;

pub fn booked(id: &str) -> Outcome {
    Outcome::Booked(Confirmation { visit: visit(id), meeting: None, room: None })
}

fn last_visit(walk: &Walk) -> &Visit {
    let mut visits = walk.asked.iter().filter_map(|command| match command {
        Command::Write { write: Write::BookClinician(visit) | Write::BookDepartment(visit), .. } => {
            Some(visit)
        }
        _ => None,
    });
    visits.next_back().expect("a booking was sent")
}

#[test]
fn marta_books_dr_whitfield() {
    let mut walk = dana_on_screen();
    asks(&walk.choose("tue-9"), &["read mail rule", "ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["read patient afresh"]);
    asks(&walk.answer("read patient", record("p-marta", &marta(), &[MAIN])), &[]);
    asks(&walk.on(Act::Give(Box::new(details(marta())))), &[]);
    asks(&walk.on(Act::Submit), &["tell submit 1", "ask token"]);
    let matching = ["read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh"];
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &matching);
    let fresh = slot("tue-9-fresh", DANA, ballard(), "2026-12-08T09:00:00-08:00");
    let another = slot("tue-10", DANA, ballard(), "2026-12-08T10:00:00-08:00");
    let asked = walk.times("read times", vec![another, fresh.clone()]);
    asks(&asked, &["book with the clinician: tue-9-fresh for p-marta"]);
    let expected = Visit {
        slot: fresh,
        slot_id: SlotId::new("tue-9-fresh"),
        patient: guid("p-marta"),
        address: marta().address,
        phone: "2065550188".into(),
        email: "marta.okafor@example.com".into(),
        reason: "Sore throat since Sunday".into(),
        actor: None,
        payment: Payment::OnArrival,
        answers: Vec::new(),
    };
    assert_eq!(*last_visit(&walk), expected);
    asks(&walk.answer("book", booked("v-1")), &["tell booked v-1 with tue-9-fresh"]);
    let Stage::Booked(time, confirmation) = &walk.state.errand.stage else {
        panic!("{:?}", walk.state.errand.stage)
    };
    assert_eq!((id_of(time.slot()), confirmation.visit.as_str()), ("tue-9-fresh", "v-1"));
    assert_eq!(walk.bookings(), 1);
}

#[test]
fn ruth_who_has_no_record_yet_books_at_ballard() {
    let mut walk = ballard_on_screen();
    asks(&walk.choose("tue-9"), &["read mail rule", "ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(4)), &["read patient afresh"]);
    asks(&walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound))), &[]);
    let ruth = person("Ruth", "Lind");
    walk.on(Act::Give(Box::new(details(ruth.clone()))));
    has_no_visits(&mut walk);
    asks(&walk.on(Act::Submit), &["tell submit 1", "ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(4)), &["save Ruth Lind in main"]);
    let saved = walk.asked.iter().find_map(|command| match command {
        Command::Write { write: Write::SaveSelf(who, ehr), .. } => Some((who, ehr.as_str())),
        _ => None,
    });
    assert_eq!(saved, Some((&Box::new(ruth.clone()), MAIN)));
    let matching = ["read times NorthlakeBallard OfficeVisit afresh"];
    asks(&walk.answer("save", Answer::Saved(Ok(guid("p-ruth")))), &matching);
    asks(&walk.times("read times", ballards_slots()), &["book at the clinic: tue-9 for p-ruth"]);
    let expected = Visit {
        slot: from(Source::Department, ballards_slots()).swap_remove(0),
        slot_id: SlotId::new("tue-9"),
        patient: guid("p-ruth"),
        address: ruth.address,
        phone: "2065550188".into(),
        email: "ruth.lind@example.com".into(),
        reason: "Sore throat since Sunday".into(),
        actor: None,
        payment: Payment::OnArrival,
        answers: Vec::new(),
    };
    assert_eq!(*last_visit(&walk), expected);
    asks(&walk.answer("book", booked("v-2")), &["tell booked v-2 with tue-9"]);
    assert_eq!((walk.stage(), walk.bookings()), ("booked", 1));
}

#[test]
fn ruth_books_too_where_the_page_mints_a_token_for_every_call() {
    let mut walk = ballard_on_screen();
    walk.choose("tue-9");
    walk.answer("ask token", TokenAnswer::Held(session(1, 1)));
    walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound)));
    walk.on(Act::Give(Box::new(details(person("Ruth", "Lind")))));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(session(2, 1))), &["read patient afresh"]);
    let saves = ["save Ruth Lind in main"];
    asks(&walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound))), &saves);
    // The same with another person's token: nothing that Ruth typed is sent.
    let mut walk = ballard_on_screen();
    walk.choose("tue-9");
    walk.answer("ask token", TokenAnswer::Held(session(1, 1)));
    walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound)));
    walk.on(Act::Give(Box::new(details(person("Ruth", "Lind")))));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(session(2, 2)));
    let fails = ["tell failed SignedOut"];
    asks(&walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound))), &fails);
    assert_eq!((walk.stage(), walk.state.errand.person.details.is_none()), ("patient", true));
}

/// The commands that a submit gives once the token has come, for a patient with this record who entered these
/// details.
fn after_the_token(patient: Patient, entered: Demographics) -> Vec<String> {
    let mut walk = dana_on_screen();
    fill_in(&mut walk, "tue-9", patient, details(entered));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1))
}

#[test]
fn a_record_is_written_where_there_is_none_in_that_system_or_something_was_changed() {
    let matching = "read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh";
    let save = "save Marta Okafor in main";
    let moved = Demographics { phone: "2065550199".into(), ..marta() };
    asks(&after_the_token(record("p-marta", &marta(), &[EAST, MAIN]), marta()), &[matching]);
    asks(&after_the_token(record("p-marta", &marta(), &[MAIN]), moved), &[save]);
    asks(&after_the_token(record("p-marta", &marta(), &[EAST]), marta()), &[save]);
    asks(&after_the_token(record("p-marta", &marta(), &[]), marta()), &[save]);
}

#[test]
fn a_record_written_a_moment_ago_is_not_written_again_unless_changed_again() {
    let mut walk = dana_on_screen();
    let moved = Demographics { phone: "2065550199".into(), ..marta() };
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(moved.clone()));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
    asks(&walk.answer("read times", Answer::Slots(Err(ApiError::Network))), &["tell failed Network"]);
    asks(&walk.on(Act::Submit), &["tell submit 2", "ask token"]);
    let matching = ["read times 1234567893 OfficeVisit 2026-12-08..2026-12-08 afresh"];
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &matching);
    walk.answer("read times", Answer::Slots(Err(ApiError::Network)));
    walk.on(Act::ChangeDetails);
    // Another number, and the number of the record before: the record has neither now.
    for once_more in [Demographics { phone: "2065550177".into(), ..moved }, marta()] {
        let mut walk = walk.again();
        walk.on(Act::Give(Box::new(details(once_more))));
        walk.on(Act::Submit);
        asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save Marta Okafor in main"]);
    }
}

#[test]
fn a_change_whose_save_got_no_answer_is_saved_again_even_when_it_is_taken_back() {
    let mut walk = dana_on_screen();
    let moved = Demographics { phone: "2065550199".into(), ..marta() };
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(moved));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("save", Answer::Saved(Err(ApiError::Network)));
    walk.on(Act::ChangeDetails);
    walk.on(Act::Give(Box::new(details(marta()))));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save Marta Okafor in main"]);
}

#[test]
fn a_clinic_in_another_system_gets_a_record_of_its_own() {
    let mut walk = Walk::new(at(&[BALLARD, BOULDER], &[OFFICE]));
    walk.start();
    walk.times("read times NorthlakeBallard", ballards_slots());
    let boulders = slots(MOUNTAIN, vec![slot("boulder", SAMUEL, boulder(), "2026-12-08T09:00:00-07:00")]);
    walk.answer("read times NorthlakeBoulder", Answer::Slots(Ok(boulders)));
    fill_in(&mut walk, "boulder", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save Marta Okafor in east"]);
    let matching = ["read times NorthlakeBoulder OfficeVisit afresh"];
    asks(&walk.answer("save", Answer::Saved(Ok(guid("p-marta")))), &matching);
}

#[test]
fn a_time_told_in_another_offset_is_looked_for_on_both_its_days() {
    let mut walk = Walk::new(with_dana(&[OFFICE]));
    walk.start();
    let evening = slot("evening", DANA, ballard(), "2026-12-09T01:00:00Z");
    walk.times("read times", vec![evening.clone()]);
    fill_in(&mut walk, "evening", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::Submit);
    let asked = walk.answer("ask token", TokenAnswer::Held(1));
    asks(&asked, &["read times 1234567893 OfficeVisit 2026-12-08..2026-12-09 afresh"]);
    asks(
        &walk.times("read times 1234567893 OfficeVisit 2026-12-08..2026-12-09", vec![evening]),
        &["book with the clinician: evening for p-marta"],
    );
}

#[test]
fn the_time_stays_as_the_patient_saw_it_though_its_slot_is_read_again() {
    let mut walk = dana_review();
    let seen = walk.state.errand.stage.time().unwrap().clone();
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let fresh = slots(MOUNTAIN, vec![slot("fresh", DANA, ballard(), "2026-12-08T17:00:00Z")]);
    walk.answer("read times", Answer::Slots(Ok(fresh)));
    let sent = walk.state.errand.stage.time().unwrap();
    assert_eq!((sent.local, sent.offset, &sent.zone), (seen.local, seen.offset, &seen.zone));
    assert_eq!(id_of(sent.slot()), "fresh");
}

#[test]
fn a_second_journey_begins_with_nothing_of_the_first() {
    let mut walk = dana_review();
    send(&mut walk);
    walk.answer("book", booked("v-1"));
    let first = ["read times 1234567893 OfficeVisit 2026-12-07..2026-12-20", "read clinician 1234567893"];
    asks(&walk.on(Event::Reset), &first);
    assert_eq!((walk.stage(), walk.state.errand.person.details.clone()), ("loading", None));
    let asked = walk.times("read times", two_days());
    assert!(!asked.contains(&"tell shown 3".to_owned()), "shown is told once a configuration");
    fill_in(&mut walk, "wed-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    asks(&walk.on(Act::Submit), &["tell submit 2", "ask token"]);
}
