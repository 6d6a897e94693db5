//! Reporting (API reference §2.45): service token, a report from start to CSV, every documented refusal, histories.

use acme::Config;
use serde_json::{Value, json};

use crate::booking::{dana_slot, flu_slot};
use crate::support::{
    Answer, DANA, MARTA, MONDAY_MORNING, Town, at, provider, retail, send, town, town_with,
};

const TOKEN: &str = "dc-token acme-service-token";
const START: &str = "/api/8/reporting/allvisitsreport";
const HISTORIES: &str = "/v1/reporting/providerhistories";
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

async fn ask(town: &Town, path: &str) -> Answer {
    send(town.http.get(town.visits(path)).header("authorization", TOKEN)).await
}

async fn start(town: &Town, body: &Value) -> Answer {
    send(town.http.post(town.visits(START)).header("authorization", TOKEN).json(body)).await
}

async fn started(town: &Town, body: &Value) -> String {
    let answer = start(town, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["id"].as_str().expect("an id").to_owned()
}

async fn status_of(town: &Town, id: &str) -> Value {
    ask(town, &format!("{START}/{id}/status")).await.json()["status"].clone()
}

/// The rows of a report as maps from column to cell, read with a CSV reader instead of Acme's code.
async fn rows(town: &Town, id: &str) -> Vec<Value> {
    let answer = ask(town, &format!("{START}/{id}/csv")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    let mut reader = csv::Reader::from_reader(answer.text.as_bytes());
    let names = reader.headers().expect("a header").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        names.iter().zip(&row).map(|(name, cell)| (name.to_owned(), json!(cell))).collect()
    });
    rows.map(Value::Object).collect()
}

fn refused(answer: &Answer, status: u16, body: &Value) {
    assert_eq!((answer.status, &answer.json()), (status, body));
}

#[tokio::test]
async fn a_report_has_the_visits_that_were_booked_with_their_use_case() {
    let town = town().await;
    let token = town.token("marta").await;
    let mut body = retail(&flu_slot(&town).await, MARTA);
    body["visitDetails"]["visitReason"] = json!("A \"sore\" throat,\nsince Sunday");
    assert_eq!(town.book_retail(&token, &body).await.status, 200);
    let body = provider(&dana_slot(&town).await, MARTA);
    assert_eq!(town.book_provider(&token, &body).await.status, 200);
    let visits = town.look("/visits").await;

    let retail = rows(&town, &started(&town, &json!({"type": "retail"})).await).await;
    assert_eq!(retail.len(), 1);
    assert_eq!(retail[0]["visitId"], visits[0]["visitId"]);
    assert_eq!((&retail[0]["product"], &retail[0]["status"]), (&json!("flushot"), &json!("requested")));
    assert_eq!(retail[0]["visitReason"], "A \"sore\" throat,\nsince Sunday");
    assert_eq!(retail[0]["createdAt"].as_str().map(|at| &at[..10]), Some("2026-12-07"));

    let provider = rows(&town, &started(&town, &json!({"type": "provider_booking"})).await).await;
    assert_eq!(provider.len(), 1);
    assert_eq!((&provider[0]["product"], &provider[0]["npi"]), (&json!("findadoctor"), &json!(DANA)));
    assert_eq!(rows(&town, &started(&town, &json!({"type": "virtual"})).await).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_report_covers_the_days_it_names_or_the_past_ten() {
    let town = town().await;
    let body = retail(&flu_slot(&town).await, MARTA);
    assert_eq!(town.book_retail(&town.token("marta").await, &body).await.status, 200);
    let mut counts = Vec::new();
    for (first, last) in
        [("2026-12-07", "2026-12-07"), ("2026-12-01", "2026-12-06"), ("2026-12-08", "2026-12-31")]
    {
        let body = json!({"type": "retail", "startDate": first, "endDate": last});
        counts.push(rows(&town, &started(&town, &body).await).await.len());
    }
    assert_eq!(counts, [1, 0, 0]);
    let body = json!({"type": "retail"});
    town.tell("/clock", json!({"now": "2026-12-17T17:00:00Z"})).await;
    assert_eq!(rows(&town, &started(&town, &body).await).await.len(), 1);
    town.tell("/clock", json!({"now": "2026-12-18T17:00:00Z"})).await;
    assert_eq!(rows(&town, &started(&town, &body).await).await.len(), 0);
}

#[tokio::test]
async fn a_slow_report_is_under_way_for_as_many_polls_and_seconds_as_it_was_told() {
    let town = town_with(Config { now: Some(at(MONDAY_MORNING)), ..Config::default() }).await;
    town.tell("/clock", json!({"frozen": true})).await;
    town.tell("/reports", json!({"polls": 2, "seconds": 60})).await;
    let id = started(&town, &json!({"type": "retail"})).await;
    let early = ask(&town, &format!("{START}/{id}/csv")).await;
    refused(&early, 400, &json!({"msg": "Query has not yet finished"}));
    assert_eq!(status_of(&town, &id).await, "QUEUED");
    town.tell("/clock", json!({"advance": 60})).await;
    assert_eq!(status_of(&town, &id).await, "RUNNING");
    assert_eq!(status_of(&town, &id).await, "SUCCEEDED");
    assert_eq!(rows(&town, &id.to_uppercase()).await.len(), 0);
}

#[tokio::test]
async fn without_the_service_token_everything_is_a_403() {
    let town = town().await;
    let token = format!("Bearer {}", town.token("marta").await);
    town.tell("/envelope", json!({"variant": "E3"})).await;
    let paths = [format!("{START}/{NOBODY}/status"), format!("{START}/nonsense/csv"), HISTORIES.to_owned()];
    for sent in [None, Some("dc-token wrong"), Some("acme-service-token"), Some(token.as_str())] {
        let mut requests = vec![town.http.post(town.visits(START)).body("not JSON")];
        requests.extend(paths.iter().map(|path| town.http.get(town.visits(path))));
        for request in requests {
            let answer =
                send(sent.into_iter().fold(request, |request, sent| request.header("authorization", sent)));
            refused(&answer.await, 403, &json!({"message": "Authorization failed: bad service token"}));
        }
    }
}

#[tokio::test]
async fn each_documented_refusal_has_its_words() {
    let town = town().await;
    let error = |text: &str| json!({"error": text});
    for (body, words) in [
        (json!({}), "'type' is required"),
        (json!({"type": "home"}), "'type' must be one of [retail, virtual, provider_booking]"),
        (
            json!({"type": "retail", "startDate": "2026-12-01"}),
            "'startDate' and 'endDate' must be given together",
        ),
        (
            json!({"type": "retail", "startDate": "2026-12-02", "endDate": "2026-12-01"}),
            "'startDate' must not be after 'endDate'",
        ),
        (
            json!({"type": "retail", "startDate": "12/1/2026", "endDate": "2026-12-01"}),
            "'startDate' must be a date (YYYY-MM-DD)",
        ),
    ] {
        refused(&start(&town, &body).await, 400, &error(words));
    }
    let id = started(&town, &json!({"type": "retail"})).await;
    for call in ["status", "csv"] {
        let of = async |id: &str| ask(&town, &format!("{START}/{id}/{call}")).await;
        refused(&of("12").await, 400, &error("'reportId' must be a valid GUID"));
        refused(&of(NOBODY).await, 404, &error("QueryExecution Not Found"));
        town.tell("/reports", json!({"trouble": "msg"})).await;
        refused(&of(&id).await, 400, &json!({"msg": "The status of the query cannot be told"}));
        town.tell("/reports", json!({"trouble": "unknown-error"})).await;
        refused(&of(&id).await, 500, &error("Unknown error"));
        town.tell("/reports", json!({})).await;
        assert_eq!(of(&id).await.status, 200);
    }
    town.tell("/reports", json!({"trouble": "failed"})).await;
    assert_eq!(status_of(&town, &id).await, "FAILED");
    town.tell("/reset", json!({})).await;
    refused(&ask(&town, &format!("{START}/{id}/status")).await, 404, &error("QueryExecution Not Found"));
}

#[tokio::test]
async fn histories_come_in_pages_that_a_booking_moves() {
    let town = town().await;
    let all = ask(&town, HISTORIES).await.json();
    let count = all["count"].as_u64().expect("a count");
    assert_eq!(all["data"].as_array().map(Vec::len), Some(usize::try_from(count).expect("few")));
    let page = async |offset: u64| {
        ask(&town, &format!("{HISTORIES}?offset={offset}&limit=5&product=quality")).await.json()["data"]
            .clone()
    };
    let first = page(0).await;
    let body = provider(&dana_slot(&town).await, MARTA);
    assert_eq!(town.book_provider(&town.token("marta").await, &body).await.status, 200);
    assert_eq!(page(5).await[0], first[4], "one row came in front");
    assert_eq!(page(0).await[0]["event"], "booked");
    assert_eq!(page(count + 1).await, json!([]));

    town.tell("/reports", json!({"shift": 2})).await;
    let (first, second, third) = (page(0).await, page(5).await, page(10).await);
    assert_eq!((&first[3], &first[4]), (&second[0], &second[1]));
    assert_eq!((&second[3], &second[4]), (&third[0], &third[1]));
    assert_eq!(page(0).await, first);
    let bad = ask(&town, &format!("{HISTORIES}?limit=5000")).await;
    refused(&bad, 400, &json!({"error": "'limit' must be an integer from 0 to 1000"}));
}

#[tokio::test]
async fn reporting_asks_for_neither_key_nor_domain_and_answers_on_a_shared_address() {
    let mut config = Config { now: Some(at(MONDAY_MORNING)), visits: None, ..Config::default() };
    config.settings.require_key = true;
    config.settings.require_domain = true;
    config.settings.service_token = "another-token".to_owned();
    let town = town_with(config).await;
    let answer =
        send(town.http.get(town.visits(HISTORIES)).header("authorization", "dc-token another-token")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(town.look("/requests").await[0]["host"], "visits");
}
