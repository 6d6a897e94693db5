//! Tests the faults that the control port sets, as a client sees them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{MARTA, Town, retail, send, town};

const CONFIG: &str = "/v1/validationConfigs";

/// Everything the server sends on one connection within half a second, and whether it closed the connection.
pub(crate) async fn raw(town: &Town, path: &str) -> (String, bool) {
    let mut stream = TcpStream::connect(town.acme.api).await.expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nhost: acme\r\norigin: http://localhost:1\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut received = Vec::new();
    let closed =
        tokio::time::timeout(Duration::from_millis(500), stream.read_to_end(&mut received)).await.is_ok();
    (String::from_utf8_lossy(&received).into_owned(), closed)
}

pub(crate) async fn fault(town: &Town, fault: Value) {
    town.tell("/faults", fault).await;
}

#[tokio::test]
async fn a_status_is_answered_once_with_its_body_and_headers() {
    let town = town().await;
    let headers = json!({"retry-after": "2", "access-control-expose-headers": "retry-after"});
    fault(&town, json!({"path": "/v1/", "kind": "status", "status": 503, "body": {"message": "busy"}, "headers": headers})).await;
    let answer = send(town.http.get(town.api(CONFIG)).header("origin", "http://localhost:1")).await;
    assert_eq!((answer.status, answer.json()), (503, json!({"message": "busy"})));
    assert_eq!(answer.header("retry-after"), Some("2"));
    assert_eq!(answer.header("access-control-expose-headers"), Some("retry-after"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:1"));
    assert!(answer.header("correlation-id").is_some());
    assert_eq!(town.get(CONFIG).await.status, 200);
}

#[tokio::test]
async fn faults_count_down_keep_to_their_path_and_method_and_spare_preflights() {
    let town = town().await;
    fault(
        &town,
        json!({"path": "/v1/patient", "method": "POST", "kind": "status", "status": 500, "times": 2}),
    )
    .await;
    assert_eq!(town.get(CONFIG).await.status, 200);
    assert_eq!(town.get("/v1/patient").await.status, 401);
    let post = || send(town.http.post(town.api("/v1/patient/self")));
    assert_eq!((post().await.status, post().await.status, post().await.status), (500, 500, 401));

    fault(&town, json!({"path": "/", "kind": "status", "times": 0})).await;
    let preflight =
        town.http.request(reqwest::Method::OPTIONS, town.api(CONFIG)).header("origin", "http://localhost:1");
    assert_eq!(send(preflight).await.status, 204);
    for _ in 0..3 {
        assert_eq!(town.get(CONFIG).await.status, 500);
    }
    send(town.http.delete(town.control("/faults"))).await;
    assert_eq!(town.get(CONFIG).await.status, 200);
}

#[tokio::test]
async fn html_and_nothing_come_as_a_200() {
    let town = town().await;
    fault(&town, json!({"path": "/v1/", "kind": "html"})).await;
    let page = town.get(CONFIG).await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.text.starts_with("<!doctype html>"));
    fault(&town, json!({"path": "/v1/", "kind": "empty"})).await;
    let nothing = town.get(CONFIG).await;
    assert_eq!((nothing.status, nothing.text.as_str()), (200, ""));
}

#[tokio::test]
async fn a_dropped_request_gets_no_byte_and_a_hung_one_keeps_waiting() {
    let town = town().await;
    fault(&town, json!({"path": "/v1/", "kind": "drop"})).await;
    assert_eq!(raw(&town, CONFIG).await, (String::new(), true));
    fault(&town, json!({"path": "/v1/", "kind": "hang"})).await;
    assert_eq!(raw(&town, CONFIG).await, (String::new(), false));
    let log = town.look("/requests").await;
    assert_eq!((&log[0]["status"], &log[1]["status"]), (&json!(null), &json!(null)));
}

#[tokio::test]
async fn a_truncated_body_is_half_of_what_was_promised() {
    let town = town().await;
    let whole = town.get(CONFIG).await.text;
    fault(&town, json!({"path": "/v1/", "kind": "truncate"})).await;
    let (received, closed) = raw(&town, CONFIG).await;
    let (head, body) = received.split_once("\r\n\r\n").expect("a head");
    assert!(closed && head.starts_with("HTTP/1.1 200 OK"));
    assert!(head.contains(&format!("content-length: {}", whole.len())), "{head}");
    assert_eq!(body, &whole[..whole.len() / 2]);

    fault(&town, json!({"path": "/v1/", "kind": "truncate"})).await;
    let response = town.http.get(town.api(CONFIG)).send().await.expect("a head");
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn a_delay_waits() {
    let town = town().await;
    fault(&town, json!({"path": "/v1/", "kind": "delay", "ms": 300})).await;
    let started = Instant::now();
    assert_eq!(town.get(CONFIG).await.status, 200);
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_booking_is_kept_though_its_answer_never_arrives() {
    let town = town().await;
    let token = town.token("marta").await;
    for kind in ["drop-after", "hang-after", "truncate"] {
        town.tell("/reset", json!({})).await;
        let slot = town.department_slots("NorthlakeBallard", "FluShot").await[0].clone();
        fault(&town, json!({"path": "/api/6/visits/retail", "kind": kind})).await;
        let request = town.http.post(town.visits("/api/6/visits/retail")).bearer_auth(&token);
        let sent = request.json(&retail(&slot, MARTA)).timeout(Duration::from_secs(2)).send().await;
        let read = match sent {
            Ok(response) => response.text().await,
            Err(error) => Err(error),
        };
        assert!(read.is_err(), "{kind}");
        assert_eq!(town.look("/visits").await.as_array().map(Vec::len), Some(1), "{kind}");
    }
}

#[tokio::test]
async fn a_dropped_booking_is_not_carried_out() {
    let town = town().await;
    let token = town.token("marta").await;
    let slot = town.department_slots("NorthlakeBallard", "FluShot").await[0].clone();
    fault(&town, json!({"path": "/api/6/visits/retail", "kind": "drop"})).await;
    let request =
        town.http.post(town.visits("/api/6/visits/retail")).bearer_auth(&token).json(&retail(&slot, MARTA));
    assert!(request.send().await.is_err());
    assert_eq!(town.look("/visits").await, json!([]));
}

#[tokio::test]
async fn a_slow_booking_is_made_though_the_client_has_left() {
    let town = town().await;
    let token = town.token("marta").await;
    let slot = town.department_slots("NorthlakeBallard", "FluShot").await[0].clone();
    fault(&town, json!({"path": "/api/6/visits/retail", "kind": "delay", "ms": 300})).await;
    let request =
        town.http.post(town.visits("/api/6/visits/retail")).bearer_auth(&token).json(&retail(&slot, MARTA));
    assert!(request.timeout(Duration::from_millis(100)).send().await.is_err());
    for _ in 0..50 {
        if town.look("/visits").await.as_array().is_some_and(|visits| visits.len() == 1) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the booking was lost");
}
