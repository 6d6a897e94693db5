//! The account's clinic visits, and cancelling one (API reference §2.36–§2.38).

use serde_json::{Value, json};

use crate::booking::{changed, dana_slot, flu_slot};
use crate::support::{Answer, DEV, LEO, MARTA, Town, home, mother, provider, retail, town};
use crate::urgent_care::{look_up, read_as};

async fn mine(town: &Town, token: &str, query: &str) -> Vec<Value> {
    let answer = read_as(town, token, &format!("/api/6/visits/retail/self{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json().as_array().expect("a list").clone()
}

async fn cancel(town: &Town, token: &str, visit: &Value, reason: &str) -> Answer {
    let path = format!("/api/6/visits/retail/cancel/{}", visit.as_str().expect("an id"));
    town.post(town.visits(&path), token, &json!({"reason": reason})).await
}

async fn booked(town: &Town, token: &str, body: &Value) -> Value {
    let answer = town.book_retail(token, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["visitId"].clone()
}

#[tokio::test]
async fn a_booked_visit_is_listed_with_every_field_of_the_reference() {
    let town = town().await;
    town.tell("/clock", json!({"now": "2026-12-07T17:00:00.512Z", "frozen": true})).await;
    let token = town.token("marta").await;
    let slot = flu_slot(&town).await;
    let id = booked(&town, &token, &retail(&slot, MARTA)).await;
    let visits = mine(&town, &token, "?status=requested&product=flushot").await;
    let appointment = &visits[0]["appointment"];
    assert_eq!((&appointment["slotId"], &appointment["start"]), (&slot["id"], &slot["slotDateTime"]));
    assert_eq!(appointment["timezone"], "America/Los_Angeles");
    let minutes: i64 = slot["duration"].as_str().expect("minutes").parse().expect("a number");
    let instant = |value: &Value| -> chrono::DateTime<chrono::FixedOffset> {
        value.as_str().expect("a time").parse().expect("an instant")
    };
    assert_eq!((instant(&appointment["end"]) - instant(&appointment["start"])).num_minutes(), minutes);
    let expected = json!([{"id": id, "type": "retail", "status": "requested", "address": home(),
        "appointment": appointment, "departmentId": "100210", "ehrSystemName": "org.northlake.epic.main",
        "isNewPatient": false, "isReadyForVisit": false, "patientGuid": MARTA,
        "patientEmail": "marta.okafor@example.com", "patientPhone": "2065550188",
        "timestamps": {"requested": "2026-12-07T17:00:00.512Z"}}]);
    assert_eq!(json!(visits), expected);
}

#[tokio::test]
async fn the_list_holds_the_sons_visit_and_no_providers_visit_and_no_strangers() {
    let town = town().await;
    let token = town.token("marta").await;
    let body = changed(retail(&flu_slot(&town).await, LEO), "/visitDetails/declaration", json!("other"));
    let sons = booked(&town, &token, &changed(body, "/actor", mother())).await;
    let dana = provider(&dana_slot(&town).await, MARTA);
    assert_eq!(town.book_provider(&token, &dana).await.status, 200);
    let dev = town.token("dev").await;
    booked(&town, &dev, &retail(&flu_slot(&town).await, DEV)).await;
    let ids: Vec<Value> = mine(&town, &token, "").await.iter().map(|visit| visit["id"].clone()).collect();
    assert_eq!(ids, [sons]);
}

#[tokio::test]
async fn a_cancelled_visit_frees_the_slot_and_the_patients_hour() {
    let town = town().await;
    let token = town.token("marta").await;
    let slots = town.department_slots("NorthlakeBallard", "FollowUp").await;
    let same = |pair: &&[Value]| pair[0]["slotDateTime"] == pair[1]["slotDateTime"];
    let pair = slots.windows(2).find(same).expect("equal times");
    let id = booked(&town, &token, &retail(&pair[0], MARTA)).await;
    assert_eq!(cancel(&town, &token, &id, "patientFeelsBetter").await.status, 200);

    let listed = town.department_slots("NorthlakeBallard", "FollowUp").await;
    assert!(listed.iter().any(|slot| slot["id"] == pair[0]["id"]), "the slot is back");
    booked(&town, &token, &retail(&pair[1], MARTA)).await;
    booked(&town, &town.token("dev").await, &retail(&pair[0], DEV)).await;

    assert_eq!(mine(&town, &token, "?status=requested").await.len(), 1);
    let cancelled = mine(&town, &token, "?status=cancelled").await;
    assert_eq!((cancelled.len(), &cancelled[0]["id"]), (1, &id));
    assert!(cancelled[0]["timestamps"]["cancelled"].is_string());
    assert_eq!(mine(&town, &token, "").await.len(), 2);
    let visits = town.look("/visits").await;
    assert_eq!(visits[0]["cancelled"]["reason"], "patientFeelsBetter");
    assert_eq!(visits[1]["cancelled"], json!(null));
}

#[tokio::test]
async fn a_visit_is_cancelled_once_by_whoever_booked_it_with_a_reason_of_the_brand() {
    let town = town().await;
    let token = town.token("marta").await;
    let id = booked(&town, &token, &retail(&flu_slot(&town).await, MARTA)).await;
    assert_eq!(cancel(&town, &token, &id, "changeOfPlans").await.status, 400, "a reason of the other brand");
    assert_eq!(cancel(&town, &token, &id, "").await.status, 400);
    assert_eq!(cancel(&town, &town.token("dev").await, &id, "other").await.status, 404);
    let unknown = json!("00000000-0000-4000-8000-000000000000");
    assert_eq!(cancel(&town, &token, &unknown, "other").await.status, 404);
    assert_eq!(cancel(&town, "not-a-token", &id, "other").await.status, 401);
    assert_eq!(cancel(&town, &token, &id, "other").await.status, 200);
    assert_eq!(cancel(&town, &token, &id, "other").await.status, 409);
}

#[tokio::test]
async fn a_providers_visit_and_a_past_one_are_not_cancelled() {
    let town = town().await;
    let token = town.token("marta").await;
    let answer = town.book_provider(&token, &provider(&dana_slot(&town).await, MARTA)).await;
    assert_eq!(cancel(&town, &token, &answer.json()["visitId"], "other").await.status, 404);
    let id = booked(&town, &token, &retail(&flu_slot(&town).await, MARTA)).await;
    town.tell("/clock", json!({"advance": 86_400})).await;
    let token = town.token("marta").await;
    assert_eq!(cancel(&town, &token, &id, "other").await.status, 409);
    let done = mine(&town, &token, "?status=done").await;
    assert_eq!((&done[0]["id"], &done[0]["status"]), (&id, &json!("done")));
    assert!(done[0]["timestamps"]["done"].is_string());
    assert_eq!(mine(&town, &token, "?status=requested").await, Vec::<Value>::new());
}

#[tokio::test]
async fn each_brand_has_its_reasons() {
    let town = town().await;
    let reasons = async |brand: &str| {
        look_up(&town, &format!("/api/7/visits/retail/cancel/reasons/{brand}")).await.json()
    };
    let first = json!({"clientText": "Feeling better", "stringCode": "patientFeelsBetter"});
    assert_eq!(reasons("northlake").await[0], first);
    assert_eq!(reasons("cedarbrook").await.as_array().map(Vec::len), Some(2));
    assert_eq!(reasons("atlantis").await, json!([]));
}
