//! What survives a restart, apart from bookings, and what does not survive a reset.

use acme::Config;
use serde_json::json;

use crate::booking::flu_slot;
use crate::support::{MARTA, MONDAY_MORNING, Town, at, retail, send, town, town_with};
use crate::urgent_care::{read_as, waiting};

async fn town_on(db: &std::path::Path) -> Town {
    let (now, db) = (Some(at(MONDAY_MORNING)), Some(db.to_owned()));
    town_with(Config { now, db, ..Config::default() }).await
}

async fn cancel_flu_shot(town: &Town, token: &str) -> String {
    let booked = town.book_retail(token, &retail(&flu_slot(town).await, MARTA)).await.json();
    let id = booked["visitId"].as_str().expect("an id").to_owned();
    let url = town.visits(&format!("/api/6/visits/retail/cancel/{id}"));
    assert_eq!(town.post(url, token, &json!({"reason": "wrongTime"})).await.status, 200);
    id
}

#[tokio::test]
async fn a_virtual_visit_and_a_cancelling_survive_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("acme.db");
    let before = town_on(&db).await;
    let token = before.token("marta").await;
    cancel_flu_shot(&before, &token).await;
    let id = waiting(&before, &token).await;
    before.tell("/waits", json!({"visitId": id, "seconds": 1000})).await;
    before.tell("/virtual", json!({"visitId": id, "status": "waitingroom"})).await;
    let visits = before.look("/visits").await;
    before.acme.shutdown().await;

    let after = town_on(&db).await;
    assert_eq!(after.look("/visits").await, visits);
    assert_eq!(visits[0]["cancelled"]["reason"], "wrongTime");
    let token = after.token("marta").await;
    let wait = read_as(&after, &token, &format!("/api/9/visits/{id}/waittime")).await.json();
    assert!(
        wait["estimatedWaitTimeSeconds"].as_f64().is_some_and(|seconds| (900.0..=1000.0).contains(&seconds))
    );
    let again = after.book_retail(&token, &retail(&flu_slot(&after).await, MARTA)).await;
    assert_eq!(again.status, 200, "the hour is still free");
}

#[tokio::test]
async fn a_reset_forgets_visits_cancellings_regions_and_coupons() {
    let town = town().await;
    let token = town.token("marta").await;
    cancel_flu_shot(&town, &token).await;
    waiting(&town, &token).await;
    town.tell("/regions", json!({"region": "WA", "state": "busy"})).await;
    town.tell("/coupons", json!({"code": "AUTUMN", "discountAmount": 100})).await;
    town.tell("/reset", json!({})).await;
    assert_eq!(town.look("/visits").await, json!([]));
    assert_eq!(town.look("/world").await["coupons"].as_array().map(Vec::len), Some(4));
    waiting(&town, &town.token("marta").await).await;
}

#[tokio::test]
async fn a_database_with_other_tables_is_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("acme.db");
    town_on(&db).await.acme.shutdown().await;
    let file = rusqlite::Connection::open(&db).expect("a database");
    file.pragma_update(None, "user_version", 1).expect("an older shape");
    drop(file);
    let refused = acme::start(Config { db: Some(db.clone()), ..Config::default() }).await;
    let said = refused.err().map(|error| error.to_string());
    let expected = format!("cannot use {}: it was made by another version of Acme", db.display());
    assert_eq!(said, Some(expected));
}

#[tokio::test]
async fn a_test_hears_what_it_asked_for_wrongly() {
    let town = town().await;
    for (path, body, status) in [
        ("/regions", json!({"region": "ZZ", "state": "open"}), 404),
        ("/regions", json!({"region": "WA", "state": "closed"}), 400),
        ("/regions", json!({"region": "WA", "state": "open", "modality": "chat"}), 400),
        ("/waits", json!({"visitId": "nobody's", "seconds": 1}), 404),
        ("/waits", json!({"visitId": "nobody's", "seconds": -1}), 400),
        ("/virtual", json!({"visitId": "nobody's", "status": "done"}), 404),
        ("/virtual", json!({"visitId": "nobody's", "status": "lost"}), 400),
        ("/coupons", json!({"code": "NORTH25", "answer": 418}), 400),
    ] {
        let answer = send(town.http.post(town.control(path)).json(&body)).await;
        assert_eq!(answer.status, status, "{path} {body}: {}", answer.text);
    }
}
