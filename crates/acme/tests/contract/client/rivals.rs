//! A rival takes the time between choice and submit, or while the booking is on its way.

use std::sync::Arc;

use booking::errand::event::Event as Act;
use booking::errand::state::Stage;
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::outcome::Refusal;
use booking::schedule::{Time, nearest};
use serde_json::{Value, json};

use super::executor::Patient;
use super::people::{id_of, ruth};
use crate::support::{DANA, Town, town};

/// Selects every slot at that time and clinic.
fn all_of(time: &Time) -> Value {
    let slot = time.slot();
    json!({"departmentId": slot.place.department.as_str(), "ehrSystemName": slot.place.ehr.as_str(),
        "slotDateTime": slot.at.to_rfc3339()})
}

/// Checks that after a lost time the nearest times are offered, the entered details are kept, and another choice can be
/// booked.
async fn second_choice_books(town: &Town, patient: &mut Patient<'_>, lost: &Time) {
    let Stage::Taken(time, Refusal::SlotTaken) = &patient.state.errand.stage else {
        panic!("{:?}", patient.state.errand.stage)
    };
    assert_eq!(time.at(), lost.at());
    assert_eq!(patient.told.last(), Some(&Notice::Conflict(Refusal::SlotTaken)));
    assert_eq!(town.look("/visits").await, json!([]));
    let near = nearest(&patient.times().into_iter().map(Arc::new).collect::<Vec<_>>(), lost.at(), 3);
    assert_eq!(near.len(), 3);
    assert!(near.iter().all(|time| !time.same_choice(lost)));
    let entered = patient.state.errand.person.details.clone();
    assert!(entered.is_some());

    patient.on(Event::Choose(Box::new(near[1].clone()))).await;
    assert_eq!((patient.stage(), &patient.state.errand.person.details), ("review", &entered));
    patient.on(Act::Submit).await;
    let visits = town.look("/visits").await;
    assert_eq!(visits.as_array().map(Vec::len), Some(1));
    assert_eq!(visits[0]["visitId"], patient.visit_id());
    assert_eq!(visits[0]["slot"]["slotDateTime"], near[1].slot().at.to_rfc3339());
}

#[tokio::test]
async fn a_clinicians_time_taken_before_the_submit_gives_way_to_the_second_choice() {
    let town = town().await;
    let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
    let time = patient.times()[2].clone();
    patient.fill_in(&time, ruth()).await;
    town.tell("/slots/take", all_of(&time)).await;
    patient.on(Act::Submit).await;
    second_choice_books(&town, &mut patient, &time).await;
}

#[tokio::test]
async fn a_clinics_time_taken_before_the_submit_gives_way_to_the_second_choice() {
    let town = town().await;
    let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FluShot").await;
    let time = patient.times()[2].clone();
    patient.fill_in(&time, ruth()).await;
    town.tell("/slots/take", all_of(&time)).await;
    patient.on(Act::Submit).await;
    second_choice_books(&town, &mut patient, &time).await;
}

#[tokio::test]
async fn a_time_taken_while_the_booking_is_on_its_way_gives_way_to_the_second_choice() {
    let town = town().await;
    for variant in ["E2", "E3", "text"] {
        town.tell("/reset", json!({})).await;
        town.tell("/envelope", json!({"variant": variant})).await;
        let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
        let time = patient.times()[2].clone();
        patient.fill_in(&time, ruth()).await;
        patient.rival = Some(all_of(&time));
        patient.on(Act::Submit).await;
        second_choice_books(&town, &mut patient, &time).await;
    }
}

#[tokio::test]
async fn where_two_clinicians_have_the_time_losing_one_books_the_other_unasked() {
    let town = town().await;
    let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FollowUp").await;
    let time = patient.times().into_iter().find(|time| time.slots.len() > 1).expect("equal times");
    patient.fill_in(&time, ruth()).await;
    patient.rival = Some(json!({"slotId": id_of(time.slot())}));
    patient.on(Act::Submit).await;
    let visits = town.look("/visits").await;
    assert_eq!(visits.as_array().map(Vec::len), Some(1));
    assert_eq!(visits[0]["visitId"], patient.visit_id());
    let slot = &visits[0]["slot"];
    assert_eq!(slot["slotDateTime"], time.slot().at.to_rfc3339());
    assert_eq!(
        (&slot["id"], &slot["npi"]),
        (&json!(id_of(&time.slots[1])), &json!(time.slots[1].npi.as_str()))
    );
}

#[tokio::test]
async fn a_time_the_patient_has_already_is_told_as_double_booked_and_another_books() {
    let town = town().await;
    let mut first = Patient::at_profile(&town, "dev", DANA, "FollowUp").await;
    let time = first.times()[0].clone();
    first.fill_in(&time, ruth()).await;
    first.on(Act::Submit).await;
    assert_eq!(first.stage(), "booked");

    // The same start with another clinician.
    let mut second = Patient::at_clinic(&town, "dev", "NorthlakeBallard", "FollowUp").await;
    let at_once = second.times().into_iter().find(|other| other.at() == time.at());
    let Some(at_once) = at_once else { panic!("nobody else has {}", time.slot().at.to_rfc3339()) };
    second.fill_in(&at_once, ruth()).await;
    second.on(Act::Submit).await;
    assert_eq!(second.told.last(), Some(&Notice::Conflict(Refusal::DoubleBooked)));
    assert_eq!(second.stage(), "taken");
    let other = second.times().into_iter().find(|other| other.at() != time.at()).expect("another time");
    second.on(Event::Choose(Box::new(other))).await;
    second.on(Act::Submit).await;
    assert_eq!(second.stage(), "booked");
    assert_eq!(town.look("/visits").await.as_array().map(Vec::len), Some(2));
}
