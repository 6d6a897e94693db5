//! Two hundred clients book the same slot for two hundred patients at the same moment.

use std::sync::Arc;

use acme::Config;
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::booking::changed;
use crate::support::{MONDAY_MORNING, at, retail, town_with};

const CLIENTS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_clients_for_one_slot_exactly_one_gets_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("acme.db");
    let town =
        town_with(Config { db: Some(db.clone()), now: Some(at(MONDAY_MORNING)), ..Config::default() }).await;
    let slot = town.department_slots("NorthlakeBallard", "FluShot").await[0].clone();
    let made = town.tell("/patients/make", json!({"count": CLIENTS})).await;
    let patients = made["patients"].as_array().expect("patients").clone();
    let url = town.visits("/api/6/visits/retail");

    let start = Arc::new(Barrier::new(CLIENTS));
    let mut clients = JoinSet::new();
    for patient in patients {
        let (start, url) = (start.clone(), url.clone());
        let text = |name: &str| patient[name].as_str().expect("a text").to_owned();
        let address =
            json!({"line1": "1 Example Way", "city": "Seattle", "state": "WA", "postalCode": "98101"});
        let body = changed(retail(&slot, &text("patientGuid")), "/patient/address", address);
        let token = text("token");
        clients.spawn(async move {
            // Each client has its own connection.
            let http = reqwest::Client::new();
            start.wait().await;
            let response = http.post(url).bearer_auth(token).json(&body).send().await.expect("an answer");
            (response.status().as_u16(), response.json::<Value>().await.expect("JSON"))
        });
    }
    let answers = clients.join_all().await;
    let won = answers.iter().filter(|(status, _)| *status == 200).count();
    let lost =
        answers.iter().filter(|(status, body)| *status == 409 && body["code"] == "SlotUnavailable").count();
    assert_eq!((won, lost), (1, CLIENTS - 1));

    let visits = town.look("/visits").await;
    assert_eq!(visits.as_array().map(Vec::len), Some(1));
    let winner = answers.iter().find(|(status, _)| *status == 200).expect("a winner");
    assert_eq!(visits[0]["visitId"], winner.1["visitId"]);
    town.acme.shutdown().await;
    let rows = rusqlite::Connection::open(db).expect("the file");
    for table in ["visits", "claims"] {
        let count: u32 =
            rows.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count");
        assert_eq!(count, 1, "{table}");
    }
}
