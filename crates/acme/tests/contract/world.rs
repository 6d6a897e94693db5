//! Tests Acme's simulated world: how much it contains, that a seed decides it, and its clock.

use acme::Config;
use serde_json::{Value, json};

use crate::support::{DANA, MONDAY_MORNING, at, send, town, town_with};

fn luhn(npi: &str) -> bool {
    let digits = format!("80840{npi}");
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            if place % 2 == 1 { (digit * 2) / 10 + (digit * 2) % 10 } else { digit }
        })
        .sum();
    npi.len() == 10 && sum.is_multiple_of(10)
}

#[tokio::test]
async fn it_has_two_brands_twelve_clinics_four_zones_and_forty_clinicians() {
    let town = town().await;
    let world = town.look("/world").await;
    let list = |name: &str| world[name].as_array().expect("a list").clone();
    assert_eq!(list("brands"), [json!("northlake"), json!("cedarbrook")]);
    let (clinics, clinicians) = (list("clinics"), list("clinicians"));
    assert_eq!((clinics.len(), clinicians.len()), (12, 40));
    let distinct = |field: &str| -> std::collections::BTreeSet<String> {
        clinics.iter().map(|clinic| clinic[field].as_str().expect("a text").to_owned()).collect()
    };
    let zones = ["America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"];
    assert_eq!(distinct("timezone"), zones.map(str::to_owned).into());
    assert_eq!(distinct("departmentIdentifier").len(), 12);
    assert_eq!(distinct("departmentId").len(), 11, "one number twice, in different systems");
    assert_eq!(distinct("ehrSystemName").len(), 2);
    let npis: std::collections::BTreeSet<_> =
        clinicians.iter().map(|c| c["npi"].as_str().expect("text")).collect();
    assert_eq!(npis.len(), 40);
    assert!(npis.iter().all(|npi| luhn(npi)) && npis.contains(DANA));
    let zone_of = |url_name: &Value| {
        clinics.iter().find(|clinic| clinic["urlName"] == *url_name).expect("a clinic")["timezone"].clone()
    };
    let in_two_zones = clinicians.iter().filter(|clinician| {
        let departments = clinician["departments"].as_array().expect("departments");
        departments.len() == 2 && zone_of(&departments[0]) != zone_of(&departments[1])
    });
    assert_eq!(in_two_zones.count(), 1);
    let patients: Vec<_> =
        list("patients").iter().map(|p| p["username"].as_str().expect("a name").to_owned()).collect();
    assert_eq!(patients, ["marta", "ruth", "ines", "dev", "lars", "nadia", "robin"]);
}

async fn picture(seed: u64) -> (Value, Value, Value) {
    let config = Config { seed, now: Some(at(MONDAY_MORNING)), ..Config::default() };
    let town = town_with(config).await;
    let ballard = town.read("/v2/departments/NorthlakeBallard/timeslots?visitTypeName=FluShot").await;
    let dana = town.read(&format!("/v4/providers/{DANA}/timeslots?visitType=FollowUp")).await;
    let staff = town.read("/v4/departments/NorthlakeBallard/departmentInfo?withProviders=true").await;
    (ballard, dana, staff)
}

#[tokio::test]
async fn the_same_seed_is_the_same_world_and_another_is_not() {
    let (one, again, two) = (picture(1).await, picture(1).await, picture(2).await);
    assert_eq!(one, again);
    assert_ne!(one.0, two.0);
    assert_ne!(one.1, two.1);
}

#[tokio::test]
async fn slots_do_not_depend_on_when_the_clock_was_started() {
    let late = Config { now: Some(at("2026-11-20T10:00:00Z")), ..Config::default() };
    let town = town_with(late).await;
    town.tell("/clock", json!({"now": MONDAY_MORNING, "frozen": true})).await;
    let moved = town.department_slots("NorthlakeBallard", "FluShot").await;
    let started = crate::support::town().await.department_slots("NorthlakeBallard", "FluShot").await;
    assert_eq!(moved, started);
}

#[tokio::test]
async fn the_clock_runs_freezes_and_moves() {
    let town = town().await;
    let frozen = town.tell("/clock", json!({"frozen": true})).await;
    assert_eq!(frozen["frozen"], true);
    assert_eq!(town.look("/clock").await, frozen);
    let moved = town.tell("/clock", json!({"now": "2026-12-08T17:00:00-08:00", "advance": 60})).await;
    assert_eq!(moved, json!({"now": "2026-12-09T01:01:00.000Z", "frozen": true}));
    let first = |slots: Vec<Value>| slots[0]["slotDateTime"].as_str().expect("a time").to_owned();
    assert!(
        first(town.department_slots("NorthlakeTacoma", "FluShot").await).as_str()
            > "2026-12-08T17:01:00-08:00"
    );
    assert_eq!(town.tell("/clock", json!({"frozen": false})).await["frozen"], false);
}

#[tokio::test]
async fn a_reset_is_back_to_the_seed_world() {
    let town = town().await;
    let before = town.department_slots("NorthlakeBallard", "FluShot").await;
    town.tell("/slots/take", json!({"slotId": before[0]["id"]})).await;
    town.tell("/clock", json!({"now": "2027-01-01T00:00:00Z", "frozen": true})).await;
    town.tell("/cors", json!({"mode": "off"})).await;
    town.tell("/envelope", json!({"variant": "text"})).await;
    town.tell("/faults", json!({"path": "/", "kind": "status", "times": 0})).await;
    town.tell("/tokens/expire", json!({})).await;
    let made = town.tell("/patients/make", json!({"count": 1})).await;
    town.tell("/reset", json!({})).await;

    assert_eq!(town.look("/requests").await, json!([]));
    assert_eq!(town.department_slots("NorthlakeBallard", "FluShot").await, before);
    assert_eq!(town.look("/clock").await["frozen"], false);
    assert!(town.get("/v1/departments/Nowhere").await.json()["error"].is_string());
    let gone = made["patients"][0]["token"].as_str().expect("a token");
    assert_eq!(send(town.http.get(town.api("/v1/patient")).bearer_auth(gone)).await.status, 401);
    let fresh = town.token("marta").await;
    assert_eq!(send(town.http.get(town.api("/v1/patient")).bearer_auth(fresh)).await.status, 200);
}

#[tokio::test]
async fn control_answers_pages_of_this_machine() {
    let town = town().await;
    assert_eq!(town.look("/health").await, json!({"status": "ok"}));
    let page = send(town.http.get(town.control("/health")).header("origin", "http://127.0.0.1:8080")).await;
    assert_eq!(page.header("access-control-allow-origin"), Some("http://127.0.0.1:8080"));
    let stranger =
        send(town.http.get(town.control("/health")).header("origin", "https://evil.example")).await;
    assert_eq!(stranger.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn api_and_visits_can_share_an_address() {
    let town = town_with(Config { visits: None, now: Some(at(MONDAY_MORNING)), ..Config::default() }).await;
    assert_eq!(town.acme.api, town.acme.visits);
    assert_eq!(send(town.http.post(town.visits("/api/6/visits/retail"))).await.status, 401);
    assert_eq!(town.look("/requests").await[0]["host"], "visits");
}
