//! Tests which 409 Acme answers to a booking if the patient already has a visit at that time and the slot is
//! taken too. The reference does not say, so Acme can answer either.

use acme::{Config, ConflictOrder};
use serde_json::{Value, json};

use crate::booking::{dana_slot, flu_slot};
use crate::support::{Answer, DEV, MARTA, MONDAY_MORNING, Town, at, provider, retail, send, town, town_with};

/// Status and code of a refused booking.
fn conflict(answer: &Answer) -> (u16, Value) {
    (answer.status, answer.json()["code"].clone())
}

/// Sends a booking twice to each endpoint; returns the two answers to the repeated bookings.
async fn second_answers(town: &Town) -> [(u16, Value); 2] {
    let token = town.token("marta").await;
    let by_department = retail(&flu_slot(town).await, MARTA);
    assert_eq!(town.book_retail(&token, &by_department).await.status, 200);
    let by_clinician = provider(&dana_slot(town).await, MARTA);
    assert_eq!(town.book_provider(&token, &by_clinician).await.status, 200);
    [
        conflict(&town.book_retail(&token, &by_department).await),
        conflict(&town.book_provider(&token, &by_clinician).await),
    ]
}

fn both(code: &str) -> [(u16, Value); 2] {
    [(409, json!(code)), (409, json!(code))]
}

#[tokio::test]
async fn a_booking_with_both_conflicts_is_double_booked_unless_the_control_port_says_slot() {
    for order in [None, Some("patient")] {
        let town = town().await;
        if let Some(order) = order {
            town.tell("/conflict-order", json!({"order": order})).await;
        }
        assert_eq!(second_answers(&town).await, both("PatientDoubleBooked"));
    }
    let town = town().await;
    town.tell("/conflict-order", json!({"order": "slot"})).await;
    assert_eq!(second_answers(&town).await, both("SlotUnavailable"));
    assert_eq!(town.look("/visits").await.as_array().map(Vec::len), Some(2), "nothing was booked twice");
}

#[tokio::test]
async fn with_slot_first_each_conflict_alone_keeps_its_own_answer() {
    let town = town().await;
    town.tell("/conflict-order", json!({"order": "slot"})).await;
    let slots = town.department_slots("NorthlakeBallard", "FollowUp").await;
    let pair = slots.windows(2).find(|pair| pair[0]["slotDateTime"] == pair[1]["slotDateTime"]);
    let pair = pair.expect("equal times");
    let (marta, dev) = (town.token("marta").await, town.token("dev").await);
    assert_eq!(town.book_retail(&marta, &retail(&pair[0], MARTA)).await.status, 200);
    let elsewhere = town.book_retail(&marta, &retail(&pair[1], MARTA)).await;
    assert_eq!(conflict(&elsewhere), (409, json!("PatientDoubleBooked")));
    let rival = town.book_retail(&dev, &retail(&pair[0], DEV)).await;
    assert_eq!(conflict(&rival), (409, json!("SlotUnavailable")));
    // A refused booking holds no slot, and a cancelled one frees its slot.
    assert_eq!(town.book_retail(&dev, &retail(&pair[1], DEV)).await.status, 200);
    let id = town.look("/visits").await[0]["visitId"].as_str().expect("an id").to_owned();
    let url = town.visits(&format!("/api/6/visits/retail/cancel/{id}"));
    assert_eq!(town.post(url, &marta, &json!({"reason": "wrongTime"})).await.status, 200);
    assert_eq!(town.book_retail(&marta, &retail(&pair[0], MARTA)).await.status, 200);
}

#[tokio::test]
async fn the_order_is_an_argument_too_and_a_reset_goes_back_to_it() {
    let mut config = Config { now: Some(at(MONDAY_MORNING)), ..Config::default() };
    config.settings.conflict_order = ConflictOrder::Slot;
    let town = town_with(config).await;
    assert_eq!(second_answers(&town).await, both("SlotUnavailable"));
    town.tell("/conflict-order", json!({"order": "patient"})).await;
    town.tell("/reset", json!({})).await;
    assert_eq!(second_answers(&town).await, both("SlotUnavailable"));
    for wrong in [json!({}), json!({"order": "neither"})] {
        let answer = send(town.http.post(town.control("/conflict-order")).json(&wrong)).await;
        assert_eq!(answer.status, 400, "{wrong}");
    }
}
