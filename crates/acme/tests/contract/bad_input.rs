//! Requests that no client should send: Acme answers each of them and keeps running.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{DANA, Town, send, town};

#[tokio::test]
async fn a_bad_query_is_a_400_that_names_the_parameter() {
    let town = town().await;
    for (path, name) in [
        ("/v4/departments".to_owned(), "brand"),
        ("/v4/departments?brand=".to_owned(), "brand"),
        ("/v4/departments?brand=northlake&clinicType=Dental".to_owned(), "clinicType"),
        ("/v4/departments?brand=northlake&onlyActive=yes".to_owned(), "onlyActive"),
        ("/v4/departments?brand=northlake&brand=cedarbrook".to_owned(), "brand"),
        ("/v4/departments/NorthlakeBallard/departmentInfo?byId=1".to_owned(), "byId"),
        (format!("/v4/providers/{DANA}/timeslots"), "visitType"),
        (format!("/v4/providers/{DANA}/timeslots?visitType=FollowUp&startDate=12/08/2026"), "startDate"),
        (format!("/v4/providers/{DANA}/timeslots?visitType=FollowUp&startDate=2026-02-30"), "startDate"),
        (format!("/v4/providers/{DANA}/timeslots?visitType=FollowUp&endDate=2026-12-01"), "endDate"),
        ("/v2/lookups/maxLookaheadDays?epicInstanceName=org.northlake.epic.main".to_owned(), "visitTypeName"),
    ] {
        let answer = town.get(&path).await;
        assert_eq!(answer.status, 400, "{path}");
        let error = answer.json()["error"].as_str().expect("a text").to_owned();
        assert!(error.contains(name), "{path}: {error}");
    }
}

#[tokio::test]
async fn an_unknown_clinic_or_clinician_is_a_404() {
    let town = town().await;
    for path in [
        "/v1/departments/Nowhere",
        "/v2/departments/Nowhere/timeslots?visitTypeName=FluShot",
        "/v4/departments/org.northlake.epic.main%7C999999/departmentInfo?byId=true",
        "/v4/departments/NorthlakeBallard/departmentInfo?byId=true",
        "/v4/providers/1999999992/timeslots?visitType=FollowUp",
        "/v1/providers/not-an-npi",
    ] {
        assert_eq!(town.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_path_is_the_gateways_404_and_a_wrong_method_a_405() {
    let town = town().await;
    let answer = town.get("/v9/everything").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.json()["message"], "no Route matched with those values");
    assert_eq!(answer.json()["request_id"].as_str(), answer.header("correlation-id"));
    // The Visit host has its own address here, and has none of the API's routes.
    assert_eq!(send(town.http.get(town.visits("/v1/validationConfigs"))).await.status, 404);
    assert_eq!(town.get("/api/6/visits/retail").await.status, 404);
    let wrong = send(town.http.delete(town.api("/v1/patient"))).await;
    assert_eq!(wrong.status, 405);
    assert!(wrong.header("allow").is_some_and(|allow| allow.contains("GET")));
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_a_400_and_too_large_a_one_a_413() {
    let town = town().await;
    let token = town.token("marta").await;
    for body in ["", "{", "[]", "\"text\"", "null", "{\"patient\": \u{1}}"] {
        for url in [town.visits("/api/6/visits/retail"), town.api("/v1/patient/self")] {
            let request = town.http.post(url).bearer_auth(&token).body(body);
            assert_eq!(send(request).await.status, 400, "{body}");
        }
    }
    let deep = format!("{{\"patient\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    let request = town.http.post(town.visits("/api/6/visits/retail")).bearer_auth(&token).body(deep);
    assert_eq!(send(request).await.status, 400);
    let bytes =
        town.http.post(town.visits("/api/6/visits/retail")).bearer_auth(&token).body(vec![0xFF, 0xFE]);
    assert_eq!(send(bytes).await.status, 400);
    let large = json!({"patient": "x".repeat(70_000)});
    let answer = town.post(town.visits("/api/6/visits/retail"), &token, &large).await;
    assert_eq!((answer.status, answer.json()), (413, json!({"error": "The request body is too large"})));
}

/// Sends bytes unchanged and reads the status line.
async fn raw(town: &Town, request: &str) -> String {
    let mut stream = TcpStream::connect(town.acme.api).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("read");
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn malformed_percent_encoding_is_a_400_and_no_more() {
    let town = town().await;
    for target in [
        "/v4/departments?brand=%",
        "/v4/departments?brand=%zz",
        "/v4/departments?brand=%+f",
        "/v4/departments?brand=%ff%fe",
        "/v1/departments/%ff",
        "/v4/departments/%c3%28/departmentInfo",
    ] {
        let request = format!("GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        assert_eq!(raw(&town, &request).await, "HTTP/1.1 400 Bad Request", "{target}");
    }
    assert_eq!(town.get("/v1/validationConfigs").await.status, 200);
    assert_eq!(raw(&town, "HELLO\r\n\r\n").await, "HTTP/1.1 400 Bad Request");
}

#[tokio::test]
async fn a_control_that_makes_no_sense_is_refused() {
    let town = town().await;
    for (path, body) in [
        ("/clock", json!({"now": "soon"})),
        ("/clock", json!({"advance": i64::MAX})),
        ("/faults", json!({"path": "/", "kind": "explode"})),
        ("/faults", json!({"path": "/", "kind": "status", "status": 42})),
        ("/envelope", json!({"variant": "E9"})),
        ("/cors", json!({"mode": "maybe"})),
        ("/slots/take", json!({})),
        ("/slots/take", json!({"slotId": "x"})),
        ("/patients/make", json!({"count": 100_000})),
    ] {
        let answer = send(town.http.post(town.control(path)).json(&body)).await;
        assert_eq!(answer.status, 400, "{path} {body}");
        assert!(answer.json()["error"].is_string());
    }
    let nobody =
        send(town.http.post(town.control("/tokens/issue")).json(&json!({"patient": "nobody"}))).await;
    assert_eq!(nobody.status, 404);
}
