//! Whole journeys against Acme: the booking crate's journey with real requests, from an empty page to a visit.

use booking::errand::event::Event as Act;
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::outcome::Refusal;
use serde_json::json;

use super::executor::Patient;
use super::people::{id_of, marta, ruth};
use super::seen::{only_visit, posts, sent};
use crate::support::{DANA, EAST, MARTA, home, town};

#[tokio::test]
async fn marta_finds_dr_whitfield_signs_in_and_books() {
    let town = town().await;
    let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
    assert_eq!(patient.stage(), "times");
    assert_eq!(sent(&town).await[0], format!("GET /v4/providers/{DANA}/timeslots"), "times come first");
    let time = patient.times()[3].clone();
    let details = patient.fill_in(&time, ruth()).await;
    assert_eq!(details.demographics, marta(), "prefilled from her record");
    patient.on(Act::Submit).await;

    let visit = only_visit(&town).await;
    assert_eq!(visit["visitId"], patient.visit_id());
    assert_eq!((&visit["kind"], &visit["patientGuid"]), (&json!("provider"), &json!(MARTA)));
    let slot = time.slot();
    assert_eq!(visit["slot"]["slotDateTime"], slot.at.to_rfc3339());
    assert_eq!((&visit["slot"]["npi"], &visit["slot"]["id"]), (&json!(DANA), &json!(id_of(slot))));
    let body = json!({
        "patient": {"patientGuid": MARTA, "address": home()},
        "visitDetails": {"ehrSystemName": slot.place.ehr.as_str(),
            "departmentId": slot.place.department.as_str(), "visitReason": "Sore throat since Sunday",
            "declaration": "self", "slotId": id_of(slot), "nationalProviderId": DANA,
            "visitTypeId": "4378", "providerFlowPayment": true},
        "billingInfo": {"paymentMethod": "self"}
    });
    assert_eq!(visit["body"], body);
    assert_eq!(
        posts(&town).await,
        ["POST /api/7/visits/providerbooking"],
        "her record was not written again"
    );
    assert!(matches!(patient.told.last(), Some(Notice::Booked(..))));
}

#[tokio::test]
async fn marta_finds_a_flu_shot_at_ballard_signs_in_and_books() {
    let town = town().await;
    let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FluShot").await;
    assert_eq!(sent(&town).await[0], "GET /v2/departments/NorthlakeBallard/timeslots");
    let time = patient.times()[7].clone();
    patient.fill_in(&time, ruth()).await;
    patient.on(Act::Submit).await;

    let visit = only_visit(&town).await;
    assert_eq!(visit["visitId"], patient.visit_id());
    let slot = time.slot();
    assert_eq!(visit["slot"]["slotDateTime"], slot.at.to_rfc3339());
    let body = json!({
        "patient": {"identifier": MARTA, "address": home(), "phone": "2065550188",
            "email": "marta.okafor@example.com"},
        "visitDetails": {"ehrSystemName": "org.northlake.epic.main", "departmentId": "100210",
            "visitReason": "Sore throat since Sunday", "declaration": "self", "slotId": id_of(slot),
            "providerId": slot.provider.as_str()},
        "registrationModules": {"documentSigning": [], "billingInfo": {"paymentMethod": "self"}}
    });
    assert_eq!((&visit["kind"], &visit["body"]), (&json!("retail"), &body));
    assert_eq!(posts(&town).await, ["POST /api/6/visits/retail"]);
}

#[tokio::test]
async fn ruth_and_ines_who_have_no_record_get_one_on_the_way() {
    for username in ["ruth", "ines"] {
        let town = town().await;
        let mut patient = Patient::at_clinic(&town, username, "NorthlakeBallard", "FluShot").await;
        let time = patient.times()[0].clone();
        let details = patient.fill_in(&time, ruth()).await;
        assert_eq!(details.demographics, ruth(), "{username} types everything");
        patient.on(Act::Submit).await;
        let visit = only_visit(&town).await;
        assert_eq!((&visit["visitId"], &visit["patient"]), (&json!(patient.visit_id()), &json!(username)));
        assert_eq!(posts(&town).await, ["POST /v1/patient/self", "POST /api/6/visits/retail"]);
        let log = town.look("/requests").await.to_string();
        assert!(!log.contains("\"ssn\""), "never given, never sent");
    }
}

#[tokio::test]
async fn marta_gets_a_record_in_the_other_system_when_she_books_there() {
    let town = town().await;
    let abrams = town.npi("Abrams").await;
    let mut patient = Patient::at_profile(&town, "marta", &abrams, "FollowUp").await;
    let time = patient.times()[0].clone();
    assert_eq!(time.place().ehr.as_str(), EAST);
    patient.fill_in(&time, ruth()).await;
    patient.on(Act::Submit).await;
    let visit = only_visit(&town).await;
    assert_eq!((&visit["patientGuid"], &visit["slot"]["npi"]), (&json!(MARTA), &json!(abrams)));
    assert_eq!(posts(&town).await, ["POST /v1/patient/self", "POST /api/7/visits/providerbooking"]);
}

#[tokio::test]
async fn a_session_that_ends_before_the_submit_is_renewed_and_books_once() {
    let town = town().await;
    let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
    let time = patient.times()[0].clone();
    patient.fill_in(&time, ruth()).await;
    town.tell("/tokens/expire", json!({"patient": "marta"})).await;
    patient.on(Act::Submit).await;
    assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
    assert_eq!(
        posts(&town).await,
        ["POST /api/7/visits/providerbooking"; 2],
        "the 401, and the one that booked"
    );
}

#[tokio::test]
async fn a_token_the_host_has_renewed_meanwhile_is_still_martas() {
    let town = town().await;
    let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
    let time = patient.times()[0].clone();
    patient.fill_in(&time, ruth()).await;
    patient.token = None;
    patient.on(Act::Submit).await;
    assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
    assert_eq!(posts(&town).await, ["POST /api/7/visits/providerbooking"]);
    let reads = sent(&town).await.into_iter().filter(|line| line == "GET /v1/patient").count();
    assert_eq!(reads, 2, "whose the new token is was asked first");
}

/// If the answer to a clinic's booking is lost, the list of the patient's visits shows whether Acme has booked
/// the visit.
#[tokio::test]
async fn a_flu_shot_whose_answer_was_lost_is_found_among_martas_visits() {
    for kind in ["drop-after", "truncate", "html", "drop"] {
        let town = town().await;
        let mut patient = Patient::at_clinic(&town, "marta", "NorthlakeBallard", "FluShot").await;
        let time = patient.times()[0].clone();
        patient.fill_in(&time, ruth()).await;
        town.tell("/faults", json!({"path": "/api/6/", "kind": kind, "method": "POST"})).await;
        patient.on(Act::Submit).await;
        for event in [Act::Submit.into(), Event::Retry, Event::Wake, Event::Refresh, Act::Submit.into()] {
            patient.on(event).await;
        }
        let came_through = matches!(kind, "drop-after" | "truncate");
        if came_through {
            assert_eq!(only_visit(&town).await["visitId"], patient.visit_id(), "{kind}");
            assert!(matches!(patient.told.last(), Some(Notice::Booked(..))), "{kind}");
        } else {
            assert_eq!((patient.stage(), patient.told.last()), ("unconfirmed", Some(&Notice::Unconfirmed)));
            assert_eq!(town.look("/visits").await, json!([]), "{kind}");
        }
        assert_eq!(posts(&town).await, ["POST /api/6/visits/retail"], "{kind}: never sent again");
        assert_eq!(sent(&town).await.last().expect("a read"), "GET /api/6/visits/retail/self");
    }
}

#[tokio::test]
async fn a_clinicians_visit_whose_answer_was_lost_is_not_told_as_a_failure_and_not_sent_again() {
    for kind in ["drop-after", "drop"] {
        let town = town().await;
        let mut patient = Patient::at_profile(&town, "marta", DANA, "NewPatient").await;
        let time = patient.times()[0].clone();
        patient.fill_in(&time, ruth()).await;
        town.tell("/faults", json!({"path": "/api/7/", "kind": kind})).await;
        patient.on(Act::Submit).await;
        for event in [Act::Submit.into(), Event::Retry, Event::Wake, Event::Refresh, Act::Submit.into()] {
            patient.on(event).await;
        }
        assert_eq!(patient.stage(), "unconfirmed");
        assert_eq!(patient.told.last(), Some(&Notice::Unconfirmed));
        assert_eq!(posts(&town).await.len(), 1);
        let visits = town.look("/visits").await;
        let expected = usize::from(kind == "drop-after");
        assert_eq!(visits.as_array().map(Vec::len), Some(expected), "{kind}");
    }
}

#[tokio::test]
async fn a_locked_account_and_a_patient_off_the_panel_are_told_so_and_book_nothing() {
    for (username, refusal) in [("lars", Refusal::AccountLocked), ("nadia", Refusal::NotOnPanel)] {
        let town = town().await;
        let mut patient = Patient::at_profile(&town, username, DANA, "NewPatient").await;
        let time = patient.times()[0].clone();
        patient.fill_in(&time, ruth()).await;
        patient.on(Act::Submit).await;
        assert_eq!(patient.stage(), "unavailable");
        assert_eq!(patient.told.last(), Some(&Notice::Conflict(refusal)));
        assert_eq!(town.look("/visits").await, json!([]));
    }
}
