//! Faults of the connection and of the answer's body, checked byte by byte.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::faults::{fault, raw};
use crate::support::{MARTA, Town, retail, send, town};

const CONFIG: &str = "/v1/validationConfigs";
const SLOTS: &str = "/v2/departments/NorthlakeBallard/timeslots?visitTypeName=FluShot";

/// What arrived on one connection until it ended, and how it ended.
async fn ended(town: &Town, path: &str) -> (Vec<u8>, Result<(), ErrorKind>) {
    let mut stream = TcpStream::connect(town.acme.api).await.expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nhost: acme\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut received = Vec::new();
    let end = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut received)).await;
    let end = end.expect("the connection ends");
    (received, end.map(|_| ()).map_err(|error| error.kind()))
}

#[tokio::test]
async fn a_reset_is_one_and_no_byte_comes_before() {
    let town = town().await;
    fault(&town, json!({"path": "/v1/", "kind": "reset"})).await;
    assert_eq!(ended(&town, CONFIG).await, (Vec::new(), Err(ErrorKind::ConnectionReset)));
    // A drop closes the connection without a reset.
    fault(&town, json!({"path": "/v1/", "kind": "drop"})).await;
    assert_eq!(ended(&town, CONFIG).await, (Vec::new(), Ok(())));
}

#[tokio::test]
async fn garbage_is_no_http_and_the_connection_closes() {
    let town = town().await;
    fault(&town, json!({"path": "/v1/", "kind": "garbage"})).await;
    let (received, _) = ended(&town, CONFIG).await;
    assert!(received.starts_with(b"\x15\x03\x01") && !received.windows(4).any(|four| four == b"HTTP"));
    fault(&town, json!({"path": "/v1/", "kind": "garbage"})).await;
    assert!(town.http.get(town.api(CONFIG)).send().await.is_err());
    assert_eq!(town.get(CONFIG).await.status, 200);
}

#[tokio::test]
async fn a_body_cut_in_chunks_lacks_its_last_one() {
    let town = town().await;
    let whole = town.get(CONFIG).await.text;
    fault(&town, json!({"path": "/v1/", "kind": "cut-chunked"})).await;
    let (received, closed) = raw(&town, CONFIG).await;
    let (head, body) = received.split_once("\r\n\r\n").expect("a head");
    assert!(
        closed && head.contains("transfer-encoding: chunked") && !head.contains("content-length"),
        "{head}"
    );
    assert!(body.contains(&whole[..whole.len() / 2]) && !body.ends_with("0\r\n\r\n"));
    fault(&town, json!({"path": "/v1/", "kind": "cut-chunked"})).await;
    let response = town.http.get(town.api(CONFIG)).send().await.expect("a head");
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn a_body_that_ends_with_its_connection_looks_whole() {
    let town = town().await;
    let whole = town.get(CONFIG).await.text;
    fault(&town, json!({"path": "/v1/", "kind": "cut-closed"})).await;
    let (received, closed) = raw(&town, CONFIG).await;
    let (head, body) = received.split_once("\r\n\r\n").expect("a head");
    assert!(
        closed && head.starts_with("HTTP/1.0 200 OK") && head.contains("access-control-allow-origin"),
        "{head}"
    );
    assert!(!head.contains("content-length") && !head.contains("transfer-encoding"), "{head}");
    assert_eq!(body, &whole[..whole.len() / 2]);
    fault(&town, json!({"path": "/v1/", "kind": "cut-closed"})).await;
    let answer = town.get(CONFIG).await;
    assert_eq!((answer.status, answer.text.len()), (200, whole.len() / 2));
}

#[tokio::test]
async fn a_body_that_hangs_stops_at_half_and_stays_open() {
    let town = town().await;
    let whole = town.get(CONFIG).await.text;
    fault(&town, json!({"path": "/v1/", "kind": "hang-in-body"})).await;
    let (received, closed) = raw(&town, CONFIG).await;
    let (head, body) = received.split_once("\r\n\r\n").expect("a head");
    assert!(!closed && head.contains(&format!("content-length: {}", whole.len())), "{head}");
    assert_eq!(body, &whole[..whole.len() / 2]);
}

#[tokio::test]
async fn a_body_drips() {
    let town = town().await;
    let whole = town.get(CONFIG).await.text;
    fault(&town, json!({"path": "/v1/", "kind": "drip", "ms": 100})).await;
    let (received, closed) = raw(&town, CONFIG).await;
    let (_, body) = received.split_once("\r\n\r\n").expect("a head");
    assert!(!closed && (1..10).contains(&body.len()) && whole.starts_with(body), "{body}");
    fault(&town, json!({"path": "/v1/", "kind": "drip", "ms": 0})).await;
    assert_eq!(town.get(CONFIG).await.text, whole);
}

#[tokio::test]
async fn a_long_body_is_as_long_as_asked_for() {
    let town = town().await;
    let whole = town.get(CONFIG).await.text;
    fault(&town, json!({"path": "/v1/", "kind": "long", "megabytes": 9})).await;
    let answer = town.get(CONFIG).await;
    assert_eq!(answer.text.len(), 9 * 1024 * 1024 + whole.len());
    assert_eq!(answer.text.trim_start(), whole);
}

#[tokio::test]
async fn an_answer_without_cors_is_carried_out_and_a_preflight_can_be_refused() {
    let town = town().await;
    let preflight = || {
        let request = town.http.request(reqwest::Method::OPTIONS, town.api(CONFIG));
        send(request.header("origin", "http://localhost:1"))
    };
    let read = || send(town.http.get(town.api(CONFIG)).header("origin", "http://localhost:1"));
    fault(&town, json!({"path": "/v1/", "kind": "no-cors"})).await;
    assert_eq!(preflight().await.status, 204, "a preflight takes no fault that does not name it");
    let bare = read().await;
    assert_eq!((bare.status, bare.header("access-control-allow-origin")), (200, None));
    assert!(bare.text.starts_with('{') || bare.text.starts_with('['));
    assert!(read().await.header("access-control-allow-origin").is_some());

    fault(&town, json!({"path": "/v1/", "method": "OPTIONS", "kind": "status", "status": 405})).await;
    assert_eq!(read().await.status, 200);
    let refused = preflight().await;
    assert_eq!((refused.status, refused.header("access-control-allow-origin")), (405, None));
    assert_eq!(preflight().await.status, 204);
}

#[tokio::test]
async fn a_fault_can_wait_and_can_be_drawn() {
    let town = town().await;
    fault(&town, json!({"path": "/v1/", "kind": "status", "after": 2, "times": 1})).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(town.get(CONFIG).await.status);
    }
    assert_eq!(statuses, [200, 200, 500, 200]);

    let drawn = async |seed: u64| {
        send(town.http.delete(town.control("/faults"))).await;
        fault(&town, json!({"path": "/v1/", "kind": "status", "chance": 0.3, "seed": seed, "times": 0}))
            .await;
        let mut met = Vec::new();
        for _ in 0..60 {
            met.push(town.get(CONFIG).await.status == StatusCode::INTERNAL_SERVER_ERROR);
        }
        met
    };
    let first = drawn(7).await;
    assert_eq!(first, drawn(7).await);
    assert_ne!(first, drawn(8).await);
    let count = first.iter().filter(|met| **met).count();
    assert!((9..28).contains(&count), "{count} of 60 at three in ten");
}

/// Reads a clinic's times with a fault that makes this `change` to the answer. Returns the answer's text, and what
/// the request log says about the fault.
async fn changed(town: &Town, change: Value) -> (String, Value) {
    let mut whole = json!({"path": "/v2/departments", "kind": "change"});
    whole.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
    fault(town, whole).await;
    let answer = send(town.http.get(town.api(SLOTS))).await;
    assert_eq!(answer.status, 200);
    let log = town.look("/requests").await;
    (answer.text, log.as_array().and_then(|entries| entries.last()).expect("an entry")["fault"].clone())
}

#[tokio::test]
async fn answers_say_what_no_reference_allows() {
    let town = town().await;
    let slots = town.department_slots("NorthlakeBallard", "FluShot").await;
    let (count, first) = (slots.len(), slots[0].clone());
    let read = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let listed = |text: &str| crate::support::slots_of(&read(text));

    let (text, note) = changed(&town, json!({"change": "null", "member": "slotDateTime"})).await;
    assert!(listed(&text).iter().all(|slot| slot["slotDateTime"].is_null()));
    assert_eq!(note, format!("Change Some(Null) at {count}"));
    let (text, note) =
        changed(&town, json!({"change": "null", "member": "slotDateTime", "first": true})).await;
    assert_eq!(listed(&text).iter().filter(|slot| slot["slotDateTime"].is_null()).count(), 1);
    assert_eq!(note, "Change Some(Null) at 1");
    let (text, _) = changed(&town, json!({"change": "missing", "member": "id"})).await;
    assert!(listed(&text).iter().all(|slot| slot.get("id").is_none()));
    let (text, _) = changed(&town, json!({"change": "wrong-type", "member": "id"})).await;
    assert!(listed(&text).iter().all(|slot| slot["id"] == 7));
    let (text, _) = changed(&town, json!({"change": "unknown", "member": "slotType"})).await;
    assert!(listed(&text).iter().all(|slot| slot["slotType"] == "Zzyzx-2099"));
    let (text, _) = changed(&town, json!({"change": "twice", "member": "timeSlots"})).await;
    assert_eq!(listed(&text).len(), 2 * count);
    let (text, _) =
        changed(&town, json!({"change": "ten-thousand", "member": "timeSlots", "first": true})).await;
    let many = listed(&text);
    let ids: std::collections::HashSet<String> = many.iter().map(|slot| slot["id"].to_string()).collect();
    assert!(many.len() >= 10_000 && ids.len() == many.len());
    let (text, _) = changed(&town, json!({"change": "deep", "member": "id", "first": true})).await;
    assert!(text.contains(&"[".repeat(10_000)) && text.contains(&"]".repeat(10_000)));
    let (text, _) = changed(&town, json!({"change": "offset", "member": "slotDateTime"})).await;
    let local = first["slotDateTime"].as_str().expect("a time")[..19].to_owned();
    assert_eq!(listed(&text)[0]["slotDateTime"], format!("{local}+05:45"));
    let (text, _) = changed(&town, json!({"change": "absurd", "member": "slotDateTime"})).await;
    assert_eq!(listed(&text)[0]["slotDateTime"], "9999-99-99T99:99:99Z");
    let payload = "<img src=x onerror=alert(1)>";
    let (text, note) = changed(&town, json!({"change": "text", "text": payload})).await;
    assert!(listed(&text)[0]["id"].as_str().is_some_and(|id| id.ends_with(payload)));
    assert!(!note.as_str().expect("text").ends_with(" at 0"));
    let (_, note) = changed(&town, json!({"change": "null", "member": "nowhere"})).await;
    assert_eq!(note, "Change Some(Null) at 0");
}

#[tokio::test]
async fn each_text_of_an_answer_becomes_the_next_of_a_list() {
    let town = town().await;
    let slots = town.department_slots("NorthlakeBallard", "FluShot").await;
    let read = |text: &str| crate::support::slots_of(&serde_json::from_str::<Value>(text).expect("JSON"));
    let texts = ["<b>1</b>", "javascript:2", "\u{202e}3"];

    // With `member`, each text of that name changes, in the order of the answer: the first becomes the second text
    // of the list, and after the list's end comes its start. Nothing else changes.
    let (text, note) =
        changed(&town, json!({"change": "texts", "texts": texts, "from": 1, "member": "slotType"})).await;
    for (nth, (slot, before)) in read(&text).iter().zip(&slots).enumerate() {
        assert_eq!(slot["slotType"], texts[(nth + 1) % 3], "{nth}");
        assert_eq!((&slot["id"], &slot["slotDateTime"]), (&before["id"], &before["slotDateTime"]), "{nth}");
    }
    assert_eq!(note, format!("Change Some(Texts) at {}", slots.len()));

    // Without `member`, every text changes, at any depth, except those of the members in `except`.
    let except = ["id", "slotDateTime"];
    let (text, _) = changed(&town, json!({"change": "texts", "texts": texts, "except": except})).await;
    for (slot, before) in read(&text).iter().zip(&slots) {
        for (name, value) in slot.as_object().expect("a slot") {
            let is_kept = except.contains(&name.as_str()) || !value.is_string();
            let is_one = value.as_str().is_some_and(|text| texts.contains(&text));
            assert!(if is_kept { *value == before[name] } else { is_one }, "{name}: {value}");
        }
    }
    let (text, _) =
        changed(&town, json!({"change": "texts", "texts": texts, "except": ["scheduleDays"]})).await;
    assert_eq!(read(&text), slots, "what is in a member that stays, stays");

    // Strict JSON readers reject the escape of half a surrogate pair.
    let (text, _) =
        changed(&town, json!({"change": "texts", "texts": ["a\u{fdd2}z"], "member": "id", "first": true}))
            .await;
    assert!(text.contains(r#""id":"a\ud800z""#));
    assert!(serde_json::from_str::<Value>(&text).is_err());
}

#[tokio::test]
async fn bytes_that_are_no_utf8_stay_so() {
    let town = town().await;
    fault(
        &town,
        json!({"path": "/v2/", "kind": "change", "change": "bad-utf8", "member": "id", "first": true}),
    )
    .await;
    let answer = town.http.get(town.api(SLOTS)).send().await.expect("an answer");
    let bytes = answer.bytes().await.expect("a body");
    assert!(std::str::from_utf8(&bytes).is_err());
}

#[tokio::test]
async fn a_fault_that_cannot_be_meant_is_refused() {
    let town = town().await;
    for (bad, named) in [
        (json!({"path": "/", "kind": "change"}), "'change'"),
        (json!({"path": "/", "kind": "drop", "change": "null", "member": "a"}), "'change'"),
        (json!({"path": "/", "kind": "change", "change": "null"}), "'member'"),
        (json!({"path": "/", "kind": "change", "change": "text"}), "'text'"),
        (json!({"path": "/", "kind": "change", "change": "texts", "texts": []}), "'texts'"),
        (json!({"path": "/", "kind": "change", "change": "null", "member": "a", "texts": ["b"]}), "'texts'"),
        (
            json!({"path": "/", "kind": "change", "change": "texts", "texts": ["b"], "member": "a", "except": ["c"]}),
            "'except'",
        ),
        (json!({"path": "/", "kind": "drop", "chance": 1.5}), "'chance'"),
        (json!({"path": "/", "kind": "status", "status": 99}), "'status'"),
    ] {
        let answer = send(town.http.post(town.control("/faults")).json(&bad)).await;
        assert!(answer.status == 400 && answer.text.contains(named), "{bad}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_booking_is_kept_though_its_answer_breaks_off() {
    let town = town().await;
    let token = town.token("marta").await;
    for kind in ["reset-after", "cut-chunked", "hang-in-body"] {
        town.tell("/reset", json!({})).await;
        let slot = town.department_slots("NorthlakeBallard", "FluShot").await[0].clone();
        fault(&town, json!({"path": "/api/6/visits/retail", "kind": kind})).await;
        let request = town.http.post(town.visits("/api/6/visits/retail")).bearer_auth(&token);
        let begun = Instant::now();
        let sent = request.json(&retail(&slot, MARTA)).timeout(Duration::from_secs(2)).send().await;
        let read = match sent {
            Ok(response) => response.text().await,
            Err(error) => Err(error),
        };
        assert!(read.is_err(), "{kind} after {:?}", begun.elapsed());
        assert_eq!(town.look("/visits").await.as_array().map(Vec::len), Some(1), "{kind}");
    }
    // A fault that stops the POST leaves no visit.
    for kind in ["reset", "garbage"] {
        town.tell("/reset", json!({})).await;
        let slot = town.department_slots("NorthlakeBallard", "FluShot").await[0].clone();
        fault(&town, json!({"path": "/api/6/visits/retail", "kind": kind})).await;
        let request = town.http.post(town.visits("/api/6/visits/retail")).bearer_auth(&token);
        assert!(request.json(&retail(&slot, MARTA)).send().await.is_err(), "{kind}");
        assert_eq!(town.look("/visits").await, json!([]), "{kind}");
    }
}
