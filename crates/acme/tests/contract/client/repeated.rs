//! Tests two ways to book a visit twice by accident. A browser sends a POST again if the connection closed before any
//! byte of the answer arrived: Acme booked the visit at the first POST, and refuses the second as a conflict. And a
//! page that is reloaded during a booking forgets it, so its review must name the visit already booked on that day.

use booking::errand::event::Event as Act;
use booking::errand::state::Stage;
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::outcome::Refusal;
use booking::schedule::Time;
use serde_json::json;

use super::dependants::leos;
use super::executor::Patient;
use super::people::marta;
use super::seen::only_visit;
use crate::support::{DANA, LEO, Town, town};

const BOOKING: &str = "/api/6/visits/retail";
const LIST: &str = "/api/6/visits/retail/self";

/// Marta reviews a time at Ballard, in a browser that repeats POSTs. `order` decides which of two conflicts Acme
/// reports (`POST /conflict-order`). With `has_equal` several clinicians have a slot at that time, otherwise only one.
async fn reviewing<'a>(town: &'a Town, order: &str, has_equal: bool) -> (Patient<'a>, Time) {
    town.tell("/reset", json!({})).await;
    town.tell("/conflict-order", json!({"order": order})).await;
    let mut patient = Patient::at_clinic(town, "marta", "NorthlakeBallard", "FollowUp").await;
    patient.browser_repeats = true;
    let time = patient.times().into_iter().find(|time| (time.slots.len() > 1) == has_equal);
    let time = time.expect("such a time");
    patient.fill_in(&time, marta()).await;
    (patient, time)
}

async fn open_visits(town: &Town) -> usize {
    let visits = town.look("/visits").await;
    visits.as_array().expect("a list").iter().filter(|visit| visit["cancelled"].is_null()).count()
}

fn outcomes(patient: &Patient<'_>) -> usize {
    let is_outcome = |notice: &&Notice| {
        matches!(notice, Notice::Booked(..) | Notice::Conflict(_) | Notice::Unconfirmed | Notice::Failed(_))
    };
    patient.told.iter().filter(is_outcome).count()
}

#[tokio::test]
async fn a_repeated_booking_at_a_clinic_is_confirmed_whichever_conflict_answers_it() {
    let town = town().await;
    for order in ["patient", "slot"] {
        for has_equal in [true, false] {
            let (mut patient, time) = reviewing(&town, order, has_equal).await;
            town.tell("/faults", json!({"path": BOOKING, "method": "POST", "kind": "drop-after"})).await;
            patient.on(Act::Submit).await;
            assert_eq!(patient.stage(), "booked", "{order}: {:?}", patient.state.errand.stage);
            let visit = only_visit(&town).await;
            assert_eq!(visit["visitId"], patient.visit_id());
            assert_eq!(visit["slot"]["slotDateTime"], time.slot().at.to_rfc3339());
            assert_eq!(outcomes(&patient), 1, "{order}: one outcome to a submit");
        }
    }
}

#[tokio::test]
async fn a_repeated_booking_whose_list_cannot_be_read_is_unconfirmed_and_no_equal_is_sent() {
    let town = town().await;
    for order in ["patient", "slot"] {
        let (mut patient, _) = reviewing(&town, order, true).await;
        let fault =
            |path: &str, method: &str, kind: &str| json!({"path": path, "method": method, "kind": kind});
        town.tell("/faults", fault(BOOKING, "POST", "drop-after")).await;
        town.tell("/faults", fault(LIST, "GET", "status")).await;
        patient.on(Act::Submit).await;
        assert_eq!((patient.stage(), open_visits(&town).await, outcomes(&patient)), ("unconfirmed", 1, 1));
    }
}

#[tokio::test]
async fn a_repeated_booking_whose_list_was_not_read_before_is_confirmed_by_its_slot() {
    let town = town().await;
    for order in ["patient", "slot"] {
        town.tell("/reset", json!({})).await;
        town.tell("/conflict-order", json!({"order": order})).await;
        town.tell("/faults", json!({"path": LIST, "kind": "status", "times": 1})).await;
        let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FollowUp").await;
        patient.browser_repeats = true;
        let time = patient.times()[0].clone();
        patient.fill_in(&time, marta()).await;
        town.tell("/faults", json!({"path": BOOKING, "method": "POST", "kind": "drop-after"})).await;
        patient.on(Act::Submit).await;
        assert_eq!((patient.stage(), open_visits(&town).await), ("booked", 1), "{order}");
    }
}

#[tokio::test]
async fn a_repeated_booking_for_leo_is_found_under_his_own_record() {
    let town = town().await;
    for order in ["patient", "slot"] {
        town.tell("/reset", json!({})).await;
        town.tell("/conflict-order", json!({"order": order})).await;
        let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FluShot").await;
        patient.browser_repeats = true;
        let time = patient.times()[0].clone();
        patient.on(Event::Choose(Box::new(time))).await;
        patient.give(leos()).await;
        town.tell("/faults", json!({"path": BOOKING, "method": "POST", "kind": "drop-after"})).await;
        patient.on(Act::Submit).await;
        assert_eq!(patient.stage(), "booked", "{order}: {:?}", patient.state.errand.stage);
        assert_eq!(only_visit(&town).await["patientGuid"], LEO);
    }
}

#[tokio::test]
async fn a_clinicians_repeated_booking_is_in_no_list_and_stays_a_conflict() {
    let town = town().await;
    for (order, refusal) in [("patient", Refusal::DoubleBooked), ("slot", Refusal::SlotTaken)] {
        town.tell("/reset", json!({})).await;
        town.tell("/conflict-order", json!({"order": order})).await;
        let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
        patient.browser_repeats = true;
        let time = patient.times()[0].clone();
        patient.fill_in(&time, marta()).await;
        let path = "/api/7/visits/providerbooking";
        town.tell("/faults", json!({"path": path, "kind": "drop-after"})).await;
        patient.on(Act::Submit).await;
        assert!(matches!(&patient.state.errand.stage, Stage::Taken(_, why) if *why == refusal), "{order}");
        assert_eq!(open_visits(&town).await, 1);
    }
}

#[tokio::test]
async fn after_a_reload_in_the_middle_of_a_booking_the_review_names_the_visit_that_is_there() {
    let town = town().await;
    let (mut first, time) = reviewing(&town, "patient", true).await;
    first.on(Act::Submit).await;
    let id = first.visit_id().to_owned();
    // The reloaded page does not remember the booking.
    let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FollowUp").await;
    let same_day = |other: &&Time| other.local.date() == time.local.date() && other.at() != time.at();
    let again = patient.times().iter().find(same_day).expect("another time on that day").clone();
    patient.fill_in(&again, marta()).await;
    let named: Vec<_> = patient.state.errand.same_day.iter().map(|visit| visit.id.as_str()).collect();
    assert_eq!(named, [id]);
    // The list covers the account, but this visit is Marta's: it is named neither for her son nor on another day.
    patient.on(Act::ChangeDetails).await;
    patient.give(leos()).await;
    assert!(patient.state.errand.same_day.is_empty());
    patient.on(Act::ChangeTime).await;
    let later = patient.times().into_iter().find(|other| other.local.date() != time.local.date());
    patient.on(Event::Choose(Box::new(later.expect("another day")))).await;
    assert!(patient.state.errand.same_day.is_empty());
}
