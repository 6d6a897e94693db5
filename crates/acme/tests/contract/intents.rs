//! Booking POSTs by intent: which press each belongs to, what Acme did with it, and which visits the press made.

use std::time::Duration;

use serde_json::{Value, json};

use crate::booking::{dana_slot, flu_slot};
use crate::faults::fault;
use crate::support::{MARTA, Town, provider, retail, send, town};
use crate::urgent_care::{create, video_visit};

const RETAIL: &str = "/api/6/visits/retail";

async fn intents(town: &Town) -> Vec<Value> {
    town.look("/intents").await.as_array().expect("a list").clone()
}

/// The only intent; fails if there is not exactly one.
async fn only(town: &Town) -> Value {
    let intents = intents(town).await;
    assert_eq!(intents.len(), 1, "{intents:?}");
    intents[0].clone()
}

/// The POSTs of an intent, without their numbers.
fn posts(intent: &Value) -> Vec<Value> {
    let mut posts = intent["posts"].as_array().expect("a list").clone();
    for post in &mut posts {
        post.as_object_mut().expect("an object").remove("seq").expect("a number");
    }
    posts
}

async fn announce(town: &Town, name: &str) {
    town.tell("/intents", json!({"name": name})).await;
}

/// Books a flu shot and waits at most a second for the answer, which may never come.
async fn send_flu_shot(town: &Town, token: &str, slot: &Value) {
    let request = town.http.post(town.visits(RETAIL)).bearer_auth(token).json(&retail(slot, MARTA));
    let _ = request.timeout(Duration::from_secs(1)).send().await;
}

#[tokio::test]
async fn a_post_belongs_to_the_intent_announced_last_and_before_any_to_none() {
    let town = town().await;
    let token = town.token("marta").await;
    let slots = town.department_slots("NorthlakeBallard", "FluShot").await;
    let later =
        slots.iter().find(|slot| slot["slotDateTime"] != slots[0]["slotDateTime"]).expect("a later one");
    let first = town.book_retail(&token, &retail(&slots[0], MARTA)).await.json()["visitId"].clone();
    announce(&town, "with Dr. Whitfield").await;
    announce(&town, "a flu shot").await;
    let second = town.book_retail(&token, &retail(later, MARTA)).await.json()["visitId"].clone();
    let booked = |id: &Value| json!({"call": "retail", "did": "booked", "visitId": id, "answered": 200, "fault": null});
    let intents = intents(&town).await;
    let names: Vec<_> = intents.iter().map(|intent| intent["name"].clone()).collect();
    assert_eq!(names, [json!(null), json!("with Dr. Whitfield"), json!("a flu shot")]);
    assert_eq!(posts(&intents[0]), [booked(&first)]);
    assert_eq!((posts(&intents[1]), &intents[1]["openVisits"]), (vec![], &json!(0)));
    assert_eq!(posts(&intents[2]), [booked(&second)]);
    assert_eq!(intents[2]["visits"], json!([{"visitId": second, "isOpen": true}]));
    let log = town.look("/requests").await;
    let seq = &intents[2]["posts"][0]["seq"];
    let logged =
        log.as_array().expect("a log").iter().find(|entry| entry["seq"] == *seq).expect("that request");
    assert_eq!(logged["body"]["visitDetails"]["slotId"], later["id"]);
}

#[tokio::test]
async fn a_post_that_names_its_intent_belongs_to_it_whatever_was_announced() {
    let town = town().await;
    let token = town.token("marta").await;
    announce(&town, "another").await;
    let slot = dana_slot(&town).await;
    let url = town.visits("/api/7/visits/providerbooking?product=findadoctor&intent=Dr.%20Whitfield");
    assert_eq!(town.post(url, &token, &provider(&slot, MARTA)).await.status, 200);
    let intents = intents(&town).await;
    assert_eq!((&intents[1]["name"], &intents[1]["openVisits"]), (&json!("Dr. Whitfield"), &json!(1)));
    assert_eq!(posts(&intents[1])[0]["call"], "provider");
    assert_eq!(posts(&intents[0]), Vec::<Value>::new());
}

#[tokio::test]
async fn what_acme_did_is_told_apart_from_what_became_of_the_answer() {
    let town = town().await;
    let token = town.token("marta").await;
    for (kind, did, answered) in [
        ("drop", "nothing", json!(null)),
        ("hang", "nothing", json!(null)),
        ("html", "nothing", json!(200)),
        ("drop-after", "booked", json!(null)),
        ("reset-after", "booked", json!(null)),
        ("hang-after", "booked", json!(null)),
        ("truncate", "booked", json!(200)),
        ("no-cors", "booked", json!(200)),
    ] {
        town.tell("/reset", json!({})).await;
        announce(&town, "a flu shot").await;
        let slot = flu_slot(&town).await;
        fault(&town, json!({"path": RETAIL, "kind": kind, "times": 0})).await;
        send_flu_shot(&town, &token, &slot).await;
        let intent = only(&town).await;
        let post = &posts(&intent)[0];
        let told = (&post["did"], &post["answered"], &post["fault"]);
        assert_eq!(told, (&json!(did), &answered, &json!(kind)), "{kind}");
        assert_eq!(intent["openVisits"], json!(u8::from(did == "booked")), "{kind}");
        assert_eq!(post["visitId"], town.look("/visits").await[0]["visitId"], "{kind}");
    }
}

#[tokio::test]
async fn a_refusal_is_listed_with_its_reason() {
    let town = town().await;
    announce(&town, "a flu shot").await;
    let slot = flu_slot(&town).await;
    town.tell("/slots/take", json!({"slotId": slot["id"]})).await;
    town.book_retail(&town.token("marta").await, &retail(&slot, MARTA)).await;
    town.book_retail("no token", &retail(&slot, MARTA)).await;
    let refused = |status: u16, reason: &str| json!({"call": "retail", "did": "refused", "status": status, "reason": reason, "answered": status, "fault": null});
    let intent = only(&town).await;
    let [taken, signed_out] = &posts(&intent)[..] else { panic!("two POSTs: {intent}") };
    assert_eq!(*taken, refused(409, "SlotUnavailable"));
    assert_eq!(*signed_out, refused(401, signed_out["reason"].as_str().expect("a reason")));
    assert_eq!(intent["openVisits"], 0);
}

#[tokio::test]
async fn a_booking_that_is_carried_out_late_belongs_to_the_intent_of_its_time() {
    let town = town().await;
    let token = town.token("marta").await;
    announce(&town, "a flu shot").await;
    let slot = flu_slot(&town).await;
    fault(&town, json!({"path": RETAIL, "kind": "delay", "ms": 300})).await;
    let request = town.http.post(town.visits(RETAIL)).bearer_auth(&token).json(&retail(&slot, MARTA));
    assert!(request.timeout(Duration::from_millis(100)).send().await.is_err());
    announce(&town, "another").await;
    for _ in 0..50 {
        let first = intents(&town).await[0].clone();
        if first["openVisits"] == 1 {
            assert_eq!((&first["name"], &posts(&first)[0]["did"]), (&json!("a flu shot"), &json!("booked")));
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the booking was lost");
}

#[tokio::test]
async fn two_visits_of_one_press_are_counted_until_one_is_cancelled() {
    let town = town().await;
    let token = town.token("marta").await;
    announce(&town, "a flu shot").await;
    let slots = town.department_slots("NorthlakeBallard", "FluShot").await;
    let later =
        slots.iter().find(|slot| slot["slotDateTime"] != slots[0]["slotDateTime"]).expect("a later one");
    for slot in [&slots[0], later] {
        assert_eq!(town.book_retail(&token, &retail(slot, MARTA)).await.status, 200);
    }
    let intent = only(&town).await;
    assert_eq!(intent["openVisits"], 2);
    let id = intent["visits"][0]["visitId"].as_str().expect("an id");
    let url = town.visits(&format!("/api/6/visits/retail/cancel/{id}"));
    assert_eq!(town.post(url, &token, &json!({"reason": "wrongTime"})).await.status, 200);
    let intent = only(&town).await;
    let open: Vec<_> =
        intent["visits"].as_array().expect("a list").iter().map(|visit| &visit["isOpen"]).collect();
    assert_eq!((open, &intent["openVisits"]), (vec![&json!(false), &json!(true)], &json!(1)));
}

#[tokio::test]
async fn a_place_in_line_taken_twice_is_two_open_visits_of_the_press() {
    let town = town().await;
    let token = town.token("marta").await;
    announce(&town, "the line").await;
    for _ in 0..2 {
        assert_eq!(create(&town, &token, &video_visit()).await.status, 200);
    }
    let intent = only(&town).await;
    assert_eq!(intent["openVisits"], 2);
    let id = &intent["visits"][0]["visitId"];
    town.tell("/virtual", json!({"visitId": id, "status": "done"})).await;
    assert_eq!(only(&town).await["openVisits"], 1);
    town.tell("/reset", json!({})).await;
    assert_eq!(intents(&town).await, Vec::<Value>::new());
}

#[tokio::test]
async fn other_requests_to_the_same_addresses_are_no_bookings() {
    let town = town().await;
    send(town.http.get(town.visits(RETAIL))).await;
    send(
        town.http
            .request(reqwest::Method::OPTIONS, town.visits(RETAIL))
            .header("origin", "http://localhost:1"),
    )
    .await;
    send(town.http.post(town.visits("/api/6/visits/retail/cancel/7b0f6d7e"))).await;
    assert_eq!(intents(&town).await, Vec::<Value>::new());
}
