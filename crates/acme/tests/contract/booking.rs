//! Both bookings and every row of their failure table (API reference §2.25, §2.26).

use serde_json::{Value, json};

use crate::support::{
    DANA, DEV, EAST, LEO, MAIN, MARTA, Town, ehr_of, home, home_of, mother, provider, retail, town,
};

pub async fn flu_slot(town: &Town) -> Value {
    town.department_slots("NorthlakeBallard", "FluShot").await[0].clone()
}

pub async fn dana_slot(town: &Town) -> Value {
    town.provider_slots(DANA, "NewPatient").await[0].clone()
}

pub fn changed(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    body.pointer_mut(parent).expect("that object")[name] = value;
    body
}

#[tokio::test]
async fn a_flu_shot_is_booked_and_kept_as_it_was_sent() {
    let town = town().await;
    let slot = flu_slot(&town).await;
    let body = retail(&slot, MARTA);
    let answer = town.book_retail(&town.token("marta").await, &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let visit_id = answer.json()["visitId"].clone();
    assert_eq!(answer.json(), json!({"visitId": visit_id}));
    let expected = json!([{
        "visitId": visit_id, "kind": "retail", "patient": "marta", "bookedBy": "marta", "patientGuid": MARTA,
        "slot": {"id": slot["id"], "npi": slot["providerNationalId"], "departmentId": "100210",
            "departmentIdentifier": slot["departmentIdentifier"], "visitType": "FluShot",
            "slotDateTime": slot["slotDateTime"]},
        "product": "flushot", "cancelled": null, "body": body
    }]);
    assert_eq!(town.look("/visits").await, expected);
}

#[tokio::test]
async fn a_booked_time_leaves_every_list_under_every_visit_type() {
    let town = town().await;
    let slot = dana_slot(&town).await;
    let answer = town.book_provider(&town.token("marta").await, &provider(&slot, MARTA)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["isVirtual"], false);
    for visit_type in ["NewPatient", "FollowUp", "AdultPhysical"] {
        let left = town.provider_slots(DANA, visit_type).await;
        assert!(left.iter().all(|other| other["slotDateTime"] != slot["slotDateTime"]), "{visit_type}");
        let left = town.department_slots("NorthlakeBallard", visit_type).await;
        assert!(left.iter().all(|other| {
            other["providerNationalId"] != DANA || other["slotDateTime"] != slot["slotDateTime"]
        }));
    }
}

#[tokio::test]
async fn a_mother_books_for_her_son() {
    let town = town().await;
    let token = town.token("marta").await;
    let body = changed(retail(&flu_slot(&town).await, LEO), "/visitDetails/declaration", json!("other"));
    let answer = town.book_retail(&token, &changed(body, "/actor", mother())).await;
    assert_eq!(answer.status, 200, "{}", answer.text);

    let femi = town.npi("Adeyemi").await;
    let slot = town.provider_slots(&femi, "WellChild").await[0].clone();
    let mut actor = mother();
    actor["patientGuid"] = json!(MARTA);
    let body = changed(provider(&slot, LEO), "/visitDetails/declaration", json!("other"));
    let answer = town.book_provider(&token, &changed(body, "/actor", actor)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let visits = town.look("/visits").await;
    assert_eq!((&visits[0]["patient"], &visits[0]["bookedBy"]), (&json!(null), &json!("marta")));
}

#[tokio::test]
async fn a_video_visit_answers_how_to_join() {
    let town = town().await;
    let slot = town.provider_slots(&town.npi("Cole").await, "Virtual").await[0].clone();
    let answer = town.book_provider(&town.token("marta").await, &provider(&slot, MARTA)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["isVirtual"], true);
    assert_eq!(answer.json()["virtualMeetingInfo"]["vendor"], "zoom");
    assert!(answer.json()["virtualMeetingInfo"]["conferenceId"].is_i64());
}

#[tokio::test]
async fn a_slot_that_somebody_took_is_unavailable() {
    let town = town().await;
    let slot = flu_slot(&town).await;
    assert_eq!(town.tell("/slots/take", json!({"slotId": slot["id"]})).await, json!({"taken": 1}));
    let answer = town.book_retail(&town.token("marta").await, &retail(&slot, MARTA)).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.json()["code"], "SlotUnavailable");
    assert!(answer.text.contains("SlotUnavailable"));
    assert_ne!(flu_slot(&town).await["id"], slot["id"], "no longer listed");
    assert_eq!(town.tell("/slots/release", json!({"slotId": slot["id"]})).await, json!({"released": 1}));
    assert_eq!(town.book_retail(&town.token("marta").await, &retail(&slot, MARTA)).await.status, 200);
}

#[tokio::test]
async fn a_slot_can_be_taken_by_department_and_time() {
    let town = town().await;
    let slots = town.department_slots("NorthlakeBallard", "FollowUp").await;
    let pair = slots
        .windows(2)
        .find(|pair| pair[0]["slotDateTime"] == pair[1]["slotDateTime"])
        .expect("equal times");
    let place = json!({"departmentId": "100210", "ehrSystemName": ehr_of(&pair[0]), "slotDateTime": pair[0]["slotDateTime"]});
    let taken = town.tell("/slots/take", place).await;
    assert!(taken["taken"].as_u64() >= Some(2));
    let left = town.department_slots("NorthlakeBallard", "FollowUp").await;
    assert!(left.iter().all(|slot| slot["slotDateTime"] != pair[0]["slotDateTime"]));
}

#[tokio::test]
async fn one_patient_cannot_be_in_two_places() {
    let town = town().await;
    let slots = town.department_slots("NorthlakeBallard", "FollowUp").await;
    let pair = slots
        .windows(2)
        .find(|pair| pair[0]["slotDateTime"] == pair[1]["slotDateTime"])
        .expect("equal times");
    let token = town.token("marta").await;
    assert_eq!(town.book_retail(&token, &retail(&pair[0], MARTA)).await.status, 200);
    let answer = town.book_retail(&token, &retail(&pair[1], MARTA)).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (409, json!("PatientDoubleBooked")));
    // The refused booking claimed no slot: somebody else can still book the time.
    assert_eq!(town.book_retail(&town.token("dev").await, &retail(&pair[1], DEV)).await.status, 200);
}

#[tokio::test]
async fn the_same_booking_twice_is_a_double_booking_and_for_others_the_slot_is_gone() {
    let town = town().await;
    let slot = flu_slot(&town).await;
    let body = retail(&slot, MARTA);
    let token = town.token("marta").await;
    assert_eq!(town.book_retail(&token, &body).await.status, 200);
    let again = town.book_retail(&token, &body).await;
    assert_eq!((again.status, again.json()["code"].clone()), (409, json!("PatientDoubleBooked")));
    let other = town.book_retail(&town.token("dev").await, &retail(&slot, DEV)).await;
    assert_eq!((other.status, other.json()["code"].clone()), (409, json!("SlotUnavailable")));
    assert_eq!(town.look("/visits").await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn on_some_days_the_ehr_refuses_without_a_reason() {
    let town = town().await;
    let helen = town.npi("Marsh").await;
    let world = town.look("/world").await;
    let clinicians = world["clinicians"].as_array().expect("clinicians");
    let entry = clinicians.iter().find(|clinician| clinician["npi"] == helen.as_str()).expect("Helen");
    let refused = entry["refusedDays"].as_array().expect("days");
    let slots = town.provider_slots(&helen, "FollowUp").await;
    let on_refused_day = |slot: &&Value| {
        refused.iter().any(|day| {
            slot["slotDateTime"].as_str().expect("a time").starts_with(day.as_str().expect("a day"))
        })
    };
    let token = town.token("marta").await;
    let slot = slots.iter().find(on_refused_day).expect("a slot on a refused day");
    let answer = town.book_provider(&token, &provider(slot, MARTA)).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (409, json!("UnknownAppointmentConflict")));
    let other = slots.iter().find(|slot| !on_refused_day(slot)).expect("another day");
    assert_eq!(town.book_provider(&token, &provider(other, MARTA)).await.status, 200);
}

#[tokio::test]
async fn a_past_slot_is_unavailable() {
    let town = town().await;
    let slot = flu_slot(&town).await;
    town.tell("/clock", json!({"advance": 86_400})).await;
    let answer = town.book_retail(&town.token("marta").await, &retail(&slot, MARTA)).await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (409, json!("SlotUnavailable")));
}

#[tokio::test]
async fn a_locked_account_and_a_patient_off_the_panel_are_refused() {
    let town = town().await;
    let slot = dana_slot(&town).await;
    let lars = provider(&slot, "a06d4e9c-58b7-4c31-8f2d-3b9e1a7c6d05");
    assert_eq!(town.book_provider(&town.token("lars").await, &lars).await.status, 423);
    let nadia = "3c7f9a15-e2d8-4b64-a01c-d85e6f4b2970";
    let token = town.token("nadia").await;
    assert_eq!(town.book_provider(&token, &provider(&slot, nadia)).await.status, 412);
    let tobias = town.provider_slots(&town.npi("Lindqvist").await, "NewPatient").await[0].clone();
    assert_eq!(town.book_provider(&token, &provider(&tobias, nadia)).await.status, 200);
}

#[tokio::test]
async fn a_patient_without_a_record_in_that_system_has_no_links() {
    let town = town().await;
    let slot = town.department_slots("CedarbrookLoop", "FluShot").await[0].clone();
    assert_eq!(ehr_of(&slot), EAST);
    let token = town.token("marta").await;
    let answer = town.book_retail(&token, &retail(&slot, MARTA)).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("Patient has no links"));
    let me = json!({"name": {"family": "Okafor", "given": "Marta"}, "addresses": [home()], "birthdate": "1979-02-11",
        "email": "marta.okafor@example.com", "gender": "female", "identifiers": [{"system": EAST}]});
    assert_eq!(town.post(town.api("/v1/patient/self"), &token, &me).await.status, 200);
    assert_eq!(town.book_retail(&token, &retail(&slot, MARTA)).await.status, 200);
}

#[tokio::test]
async fn a_booking_has_the_address_of_the_record_in_its_own_ehr() {
    let town = town().await;
    let token = town.token("dev").await;
    let abrams = town.npi("Abrams").await;
    let clinics = [
        town.department_slots("CedarbrookLoop", "FluShot").await[0].clone(),
        town.department_slots("NorthlakeBallard", "FluShot").await[0].clone(),
    ];
    // Dev cannot have two visits at the same time.
    let mut times: Vec<Value> = clinics.iter().map(|slot| slot["slotDateTime"].clone()).collect();
    let mut slots = clinics.to_vec();
    for npi in [DANA, abrams.as_str()] {
        let found = town.provider_slots(npi, "FollowUp").await;
        let slot = found.iter().rfind(|slot| !times.contains(&slot["slotDateTime"])).expect("another time");
        times.push(slot["slotDateTime"].clone());
        slots.push(slot.clone());
    }
    for slot in &slots {
        let is_retail = clinics.contains(slot);
        let body = if is_retail { retail(slot, DEV) } else { provider(slot, DEV) };
        let other = if ehr_of(slot) == EAST { MAIN } else { EAST };
        let flat = changed(body["patient"]["address"].clone(), "/line2", json!("Apt 4"));
        for (address, status) in [(home_of(DEV, other), 400), (flat, 400), (home_of(DEV, &ehr_of(slot)), 200)]
        {
            let body = changed(body.clone(), "/patient/address", address);
            let answer = match is_retail {
                true => town.book_retail(&token, &body).await,
                false => town.book_provider(&token, &body).await,
            };
            assert_eq!(answer.status, status, "{}: {body}", answer.text);
            let says = answer.text.contains("'patient.address' is not that of the patient's record");
            assert_eq!(says, status == 400, "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn an_account_books_for_nobody_it_does_not_know() {
    let town = town().await;
    let slot = flu_slot(&town).await;
    for stranger in [DEV, "00000000-0000-4000-8000-000000000000"] {
        let answer = town.book_retail(&town.token("marta").await, &retail(&slot, stranger)).await;
        assert_eq!(answer.status, 404);
        assert!(answer.text.contains("Patient not found"));
    }
    let leo = changed(retail(&slot, LEO), "/visitDetails/declaration", json!("other"));
    let answer = town.book_retail(&town.token("dev").await, &changed(leo, "/actor", mother())).await;
    assert_eq!(answer.status, 404, "Leo is Marta's");
}

#[tokio::test]
async fn a_bad_or_expired_token_is_a_401_before_the_body_is_looked_at() {
    let town = town().await;
    let nothing = json!({});
    assert_eq!(town.book_retail("not-a-token", &nothing).await.status, 401);
    let token = town.token("marta").await;
    assert_eq!(town.book_retail(&token, &nothing).await.status, 400);
    town.tell("/tokens/expire", json!({"patient": "marta"})).await;
    assert_eq!(town.book_retail(&token, &nothing).await.status, 401);
    let fresh = town.token("marta").await;
    assert_eq!(town.book_retail(&fresh, &nothing).await.status, 400);
    town.tell("/clock", json!({"advance": 3601})).await;
    assert_eq!(town.book_retail(&fresh, &nothing).await.status, 401);
}

#[tokio::test]
async fn the_marker_is_there_in_every_envelope() {
    let town = town().await;
    let slot = flu_slot(&town).await;
    town.tell("/slots/take", json!({"slotId": slot["id"]})).await;
    let token = town.token("marta").await;
    let shapes = [
        ("E1", vec!["error"]),
        ("E2", vec!["code", "error"]),
        ("E3", vec!["errorCode", "message"]),
        ("E4", vec!["message", "status"]),
        ("E5", vec!["message"]),
    ];
    for (variant, keys) in &shapes {
        town.tell("/envelope", json!({"variant": variant})).await;
        let answer = town.book_retail(&token, &retail(&slot, MARTA)).await;
        assert_eq!(answer.status, 409);
        assert!(answer.text.contains("SlotUnavailable"), "{variant}: {}", answer.text);
        let object = answer.json();
        assert_eq!(&object.as_object().expect("an object").keys().collect::<Vec<_>>(), keys);
    }
    town.tell("/envelope", json!({"variant": "text"})).await;
    let text = town.book_retail(&token, &retail(&slot, MARTA)).await;
    assert!(text.text.contains("SlotUnavailable") && !text.text.contains('{'));
    assert!(text.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")));

    town.tell("/envelope", json!({"variant": "cycle"})).await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..6 {
        seen.insert(town.book_retail(&token, &retail(&slot, MARTA)).await.text);
    }
    assert_eq!(seen.len(), 6);
}
