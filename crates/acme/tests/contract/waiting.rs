//! An on-demand visit while the patient waits, and cancelling it (API reference §2.29–§2.35, §2.44).

use serde_json::{Value, json};

use crate::support::{Answer, MARTA, Town, send, town};
use crate::urgent_care::{NORTHLAKE, by_phone, create, look_up, read_as, video_visit, waiting};

async fn frozen() -> Town {
    let town = town().await;
    town.tell("/clock", json!({"now": "2026-12-07T17:00:00Z", "frozen": true})).await;
    town
}

async fn wait_of(town: &Town, token: &str, id: &str) -> Answer {
    read_as(town, token, &format!("/api/9/visits/{id}/waittime?product=x")).await
}

async fn summary_of(town: &Town, token: &str, id: &str) -> Answer {
    read_as(town, token, &format!("/api/9/visits/{id}/summary")).await
}

async fn accept_terms(town: &Town, token: &str, id: &str) -> Answer {
    let url = town.visits(&format!("/api/9/visits/{id}/acceptTerms"));
    send(town.http.put(url).bearer_auth(token)).await
}

async fn cancel(town: &Town, token: &str, path: &str, body: Value) -> Answer {
    town.post(town.visits(path), token, &body).await
}

#[tokio::test]
async fn the_wait_goes_down_with_the_clock_and_can_jump_up() {
    let town = frozen().await;
    town.tell("/regions", json!({"region": "WA", "state": "open", "wait": 420})).await;
    let token = town.token("marta").await;
    let id = waiting(&town, &token).await;
    let first = wait_of(&town, &token, &id).await.json();
    let expected = json!({"estimatedWaitTimeSeconds": 420, "estimateGeneratedAt": "2026-12-07T17:00:00.000Z",
        "estimatedWaitTimeMessage": "A clinician should be with you in 5 to 10 minutes",
        "waitTimeLocalizationInfo": {"modality": "virtual", "waitTimeMapKey": "template",
            "timeMinSeconds": 300, "timeMaxSeconds": 600}});
    assert_eq!(first, expected);
    town.tell("/clock", json!({"advance": 90})).await;
    let later = wait_of(&town, &token, &id).await.json();
    assert_eq!(later["estimatedWaitTimeSeconds"], 334.5, "and may have a fraction");
    town.tell("/waits", json!({"visitId": id, "seconds": 2000})).await;
    let jumped = wait_of(&town, &token, &id).await.json();
    assert_eq!(jumped["estimatedWaitTimeSeconds"], 2000);
    assert_eq!(jumped["waitTimeLocalizationInfo"]["waitTimeMapKey"], "9999");
    town.tell("/clock", json!({"advance": 3000})).await;
    let next = wait_of(&town, &token, &id).await.json();
    assert_eq!(
        (&next["estimatedWaitTimeSeconds"], &next["waitTimeLocalizationInfo"]["waitTimeMapKey"]),
        (&json!(0), &json!("youre_next"))
    );
}

#[tokio::test]
async fn no_wait_can_be_told_when_the_region_turned() {
    let town = frozen().await;
    let token = town.token("marta").await;
    let id = waiting(&town, &token).await;
    for (state, reason) in [
        ("busy", "REGION_BUSY"),
        ("off-hours", "OFF_HOURS"),
        ("unstaffed", "NO_ONCALL_PROVIDERS"),
        ("unknown", "NO_REGIONS_FOUND"),
    ] {
        town.tell("/regions", json!({"region": "WA", "state": state})).await;
        let answer = wait_of(&town, &token, &id).await;
        assert_eq!(answer.status, 400);
        assert!(answer.json()["error"].as_str().is_some_and(|text| text.contains(reason)), "{}", answer.text);
    }
    town.tell("/regions", json!({"region": "WA", "state": "by-clock"})).await;
    town.tell("/clock", json!({"now": "2026-12-08T07:00:00Z"})).await;
    let token = town.token("marta").await;
    assert!(wait_of(&town, &token, &id).await.text.contains("OFF_HOURS"), "by the clock as well");
}

#[tokio::test]
async fn only_whoever_asked_for_a_visit_sees_it() {
    let town = frozen().await;
    let token = town.token("marta").await;
    let id = waiting(&town, &token).await;
    let dev = town.token("dev").await;
    for (token, id) in [
        (&dev, id.as_str()),
        (&token, "00000000-0000-4000-8000-000000000000"),
        (&token, "nonsense"),
        (&token, "%E0%A4%A"),
    ] {
        let answer = wait_of(&town, token, id).await;
        assert_eq!((answer.status, answer.json().get("error").is_some()), (404, true), "{id}");
        assert_eq!(summary_of(&town, token, id).await.status, 404, "{id}");
        assert_eq!(accept_terms(&town, token, id).await.status, 404, "{id}");
        assert_eq!(
            cancel(&town, token, &format!("/api/9/visits/virtual/{id}/cancel"), json!({})).await.status,
            404
        );
    }
    let nobody = wait_of(&town, "not-a-token", &id).await;
    assert_eq!((nobody.status, nobody.text.as_str()), (401, ""));
}

#[tokio::test]
async fn the_summary_has_every_field_of_the_document() {
    let town = frozen().await;
    let token = town.token("marta").await;
    let mut body = video_visit();
    body["visitDetails"]["urgency"] = json!(1);
    body["visitDetails"]["assessmentToolUsed"] = json!("ada");
    body["visitDetails"]["initialStatus"] = json!("waitoffline");
    body["patient"]["homeMarket"] = json!("SEA");
    let made = create(&town, &token, &body).await.json();
    let id = made["visitId"].as_str().expect("an id");
    let mut rooms = made["tokBoxVisit"].clone();
    rooms["apiKey"] = json!("46000001");
    let expected = json!({"visitId": id, "userId": MARTA, "patientGuid": MARTA, "status": "waitoffline",
        "type": "virtual", "modality": "virtual", "assignmentQualifiers": ["adult"], "isHighPriority": true,
        "stateLicensure": "WA", "practiceId": NORTHLAKE, "homeMarket": "SEA", "assessmentToolUsed": "ada",
        "integrations": {"tytoCare": {"enabled": false}}, "tokBoxVisit": rooms, "acceptTerms": true,
        "timestamps": {"created": "2026-12-07T17:00:00.000Z", "waitoffline": "2026-12-07T17:00:00.000Z"},
        "brand": "northlake", "deviceModel": "browser"});
    assert_eq!(summary_of(&town, &token, id).await.json(), expected);
}

#[tokio::test]
async fn terms_are_accepted_while_the_visit_is_waited_for() {
    let town = frozen().await;
    let token = town.token("marta").await;
    let id = waiting(&town, &token).await;
    let accepted = accept_terms(&town, &token, &id).await;
    assert_eq!((accepted.status, accepted.text.as_str()), (200, ""));
    town.tell("/virtual", json!({"visitId": id, "status": "invisit"})).await;
    let late = accept_terms(&town, &token, &id).await;
    assert_eq!((late.status, late.text.as_str()), (409, ""));
}

#[tokio::test]
async fn a_test_moves_a_visit_through_its_statuses() {
    let town = frozen().await;
    let token = town.token("marta").await;
    let id = waiting(&town, &token).await;
    town.tell("/virtual", json!({"visitId": id, "status": "caregiverassigned"})).await;
    let found = wait_of(&town, &token, &id).await.json();
    assert_eq!(
        (&found["estimatedWaitTimeMessage"], &found["waitTimeLocalizationInfo"]),
        (&json!(null), &json!(null))
    );
    for status in ["invisit", "done", "staffdeclined"] {
        town.tell("/virtual", json!({"visitId": id, "status": status})).await;
        let summary = summary_of(&town, &token, &id).await.json();
        assert_eq!(summary["status"], status);
        assert_eq!(summary["timestamps"][status], "2026-12-07T17:00:00.000Z");
    }
    assert_eq!(wait_of(&town, &token, &id).await.status, 404, "an ended visit has no wait");
}

#[tokio::test]
async fn a_video_visit_is_cancelled_with_a_reason() {
    let town = frozen().await;
    let token = town.token("marta").await;
    let id = waiting(&town, &token).await;
    let path = format!("/v1/visits/{id}/patient-cancel-video");
    for wrong in [json!({}), json!({"cancelReason": "BORED"}), json!({"cancelReason": 7})] {
        assert_eq!(cancel(&town, &token, &path, wrong).await.status, 400);
    }
    let phone = format!("/v1/visits/{id}/patient-cancel-phone");
    let full = json!({"cancelReason": "OTHER", "patientEmail": "marta.okafor@example.com"});
    assert_eq!(cancel(&town, &token, &phone, full).await.status, 400, "it is no phone visit");
    assert_eq!(cancel(&town, &token, &path, json!({"cancelReason": "LONG_WAIT"})).await.status, 200);
    let visit = &town.look("/visits").await[0];
    assert_eq!(visit["status"], "cancelled");
    assert_eq!(visit["cancelled"], json!({"reason": "LONG_WAIT", "at": "2026-12-07T17:00:00.000Z"}));
    assert_eq!(cancel(&town, &token, &path, json!({"cancelReason": "OTHER"})).await.status, 409);
    assert_eq!(wait_of(&town, &token, &id).await.status, 404);
}

#[tokio::test]
async fn a_phone_visit_is_cancelled_with_a_reason_and_an_address() {
    let town = frozen().await;
    let token = town.token("marta").await;
    let id = by_phone(&town, &token).await;
    let path = format!("/v1/visits/{id}/patient-cancel-phone");
    for wrong in [json!({"cancelReason": "OTHER"}), json!({"cancelReason": "OTHER", "patientEmail": "marta"})]
    {
        assert_eq!(cancel(&town, &token, &path, wrong).await.status, 400);
    }
    let full = json!({"cancelReason": "FEEL_BETTER", "patientEmail": "marta.okafor@example.com"});
    assert_eq!(cancel(&town, &token, &path, full).await.status, 200);
}

#[tokio::test]
async fn the_old_cancelling_takes_either_kind_and_no_visit_under_way() {
    let town = frozen().await;
    let token = town.token("marta").await;
    for id in [waiting(&town, &token).await, by_phone(&town, &token).await] {
        let path = format!("/api/9/visits/virtual/{id}/cancel");
        town.tell("/virtual", json!({"visitId": id, "status": "invisit"})).await;
        assert_eq!(cancel(&town, &token, &path, json!({})).await.status, 409);
        town.tell("/virtual", json!({"visitId": id, "status": "waitingroom"})).await;
        assert_eq!(cancel(&town, &token, &path, json!({})).await.status, 200);
    }
    assert_eq!(town.look("/visits").await[0]["cancelled"]["reason"], json!(null));
}

#[tokio::test]
async fn the_waiting_room_shows_the_wait_and_no_markup_of_the_patients() {
    let town = frozen().await;
    town.tell("/regions", json!({"region": "WA", "state": "open", "wait": 420})).await;
    let token = town.token("marta").await;
    let mut body = video_visit();
    body["visitDetails"]["brand"] = json!("<script>alert(1)</script>");
    let made = create(&town, &token, &body).await.json();
    let url = made["visitRedirectUrl"].as_str().expect("an address").to_owned();
    let page = send(town.http.get(&url)).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("in 5 to 10 minutes") && page.text.contains("Washington"));
    assert!(page.text.contains("&lt;script&gt;") && !page.text.contains("<script"));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(
        !page.text.contains("Marta") && !page.text.contains("Rash"),
        "whoever has the address may read it"
    );
    let id = made["visitId"].as_str().expect("an id");
    assert_eq!(summary_of(&town, &token, id).await.json()["status"], "waitingroom");
    town.tell("/virtual", json!({"visitId": id, "status": "staffdeclined"})).await;
    assert!(send(town.http.get(&url)).await.text.contains("No clinician could take this visit"));
    assert_eq!(look_up(&town, "/v/00000000-0000-4000-8000-000000000000").await.status, 404);
}

#[tokio::test]
async fn clients_are_told_the_reasons_in_two_languages() {
    let town = town().await;
    let config = town.read("/v2/blisseyconfigs").await;
    let reasons = &config["cancelWithReason"]["reasons"];
    let values = |language: &str| -> Vec<Value> {
        reasons[language].as_array().expect("a list").iter().map(|reason| reason["value"].clone()).collect()
    };
    assert_eq!(values("en"), values("es"));
    assert_eq!(reasons["es"][3], json!({"label": "Otro", "value": "OTHER"}));
    assert_eq!(config["minimumWaitTimeForWaitOffline"], 900);
    let flags = &config["featureFlags"]["enablePatientCancellationWithReason"];
    assert_eq!(flags, &json!({"video": true, "phone": true}));
    assert!(config["blisseyPostConsultUrl"].as_str().is_some_and(|url| url.contains("{{visitId}}")));
}

#[tokio::test]
async fn the_video_vendors_events_are_taken_and_logged() {
    let town = town().await;
    let event = json!({"sessionId": "1_x", "event": "connectionCreated", "timestamp": 1});
    let answer = send(town.http.post(town.visits("/api/9/tokbox-events")).json(&event)).await;
    assert_eq!((answer.status, answer.text.as_str()), (202, ""));
    let log = town.look("/requests").await;
    assert_eq!(log[0]["body"], event);
}
