//! An on-demand visit for somebody without an account (API reference §2.27).

use acme::Config;
use serde_json::{Value, json};

use crate::booking::changed;
use crate::support::{Answer, MONDAY_MORNING, Town, at, send, town, town_with};
use crate::urgent_care::NORTHLAKE;

fn ruths_visit() -> Value {
    json!({"patient": {"firstName": "Ruth", "lastName": "Lind", "email": "ruth.lind@example.com", "phone": "2065550119",
            "gender": "nonbinary", "dateOfBirth": "1988-10-10",
            "address": {"line1": "12 Alder Ave", "city": "Spokane", "state": "WA", "postalCode": "99201"}},
        "billingInfo": {"paymentMethod": "external-self-pay"},
        "visitDetails": {"acceptedTerms": true, "brand": "northlake", "declaration": "self", "practiceId": NORTHLAKE,
            "stateLicensure": "WA", "visitReason": "Persistent cough", "visitTypeName": "virtual"}})
}

async fn ask(town: &Town, query: &str, key: &str, body: &Value) -> Answer {
    let url = town.api(&format!("/v1/booking/queued-guest-visit{query}"));
    send(town.http.post(url).header("x-api-key", key).json(body)).await
}

#[tokio::test]
async fn a_guest_is_sent_to_the_waiting_room() {
    let town = town().await;
    let answer = ask(&town, "?product=DCIntSched", "acme-key", &ruths_visit()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let url = answer.json()["visitRedirectUrl"].as_str().expect("an address").to_owned();
    assert_eq!(send(town.http.get(url)).await.status, 200);
    let visit = &town.look("/visits").await[0];
    assert_eq!((&visit["bookedBy"], &visit["product"]), (&json!(null), &json!("DCIntSched")));
    assert_eq!(visit["visitId"], answer.json()["visitId"]);
    let id = answer.header("correlation-id").expect("an id");
    assert!(id.len() == 36 && !id.contains('#'), "a bare GUID here: {id}");
}

#[tokio::test]
async fn the_key_and_the_product_are_asked_for() {
    let town = town().await;
    let wrong = ask(&town, "?product=Other", "another-key", &ruths_visit()).await;
    assert_eq!(wrong.status, 401);
    assert_eq!(wrong.json(), json!({"error": "Unauthorized", "code": "APIKEY_INVALID_OR_MISSING"}));
    for query in ["", "?product=findadoctor", "?product=Other&product=Other"] {
        let answer = ask(&town, query, "acme-key", &ruths_visit()).await;
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (400, &json!("OPENAPI_VALIDATION_ERROR")),
            "{query}"
        );
    }
}

#[tokio::test]
async fn every_part_of_the_body_is_held_against_the_document() {
    let town = town().await;
    for (pointer, value, error) in [
        (
            "/patient/phone",
            json!("x".repeat(16)),
            "/requestBody/patient/phone - must NOT have more than 15 characters",
        ),
        ("/patient/extra", json!(1), "/requestBody/patient - must NOT have additional properties"),
        (
            "/patient/gender",
            json!("F"),
            "/requestBody/patient/gender - must be equal to one of the allowed values",
        ),
        ("/patient/address", json!([]), "/requestBody/patient/address - must be object"),
        ("/visitDetails/declaration", json!("other"), "/requestBody - must have required property 'actor'"),
        (
            "/visitDetails/acceptedTerms",
            json!(false),
            "/requestBody/visitDetails/acceptedTerms - must be true",
        ),
        (
            "/visitDetails/practiceId",
            json!("x"),
            "/requestBody/visitDetails/practiceId - must match format \"uuid\"",
        ),
        (
            "/visitDetails/visitType",
            json!("x"),
            "/requestBody/visitDetails - must NOT have additional properties",
        ),
        ("/billingInfo/note", json!("x"), "/requestBody/billingInfo - must NOT have additional properties"),
        (
            "/billingInfo",
            json!({"paymentMethod": "self"}),
            "/requestBody/billingInfo - must match exactly one schema in oneOf",
        ),
        (
            "/additionalDetails",
            json!([{"key": "a", "value": "b", "c": 1}]),
            "/requestBody/additionalDetails/0 - must NOT have additional properties",
        ),
    ] {
        let answer = ask(&town, "?product=Other", "acme-key", &changed(ruths_visit(), pointer, value)).await;
        assert_eq!(answer.status, 400, "{pointer}: {}", answer.text);
        assert_eq!(answer.json(), json!({"error": error, "code": "OPENAPI_VALIDATION_ERROR"}));
    }
    let mut unnamed = ruths_visit();
    unnamed["patient"].as_object_mut().expect("an object").remove("firstName");
    let answer = ask(&town, "?product=Other", "acme-key", &unnamed).await;
    assert_eq!(answer.json()["error"], "/requestBody/patient - must have required property 'firstName'");
    let insurance = json!({"paymentMethod": "insurance", "declaration": "self", "insuranceType": "manual",
        "insuranceProviderId": "NL-PPO-01", "insuranceMemberId": "x".repeat(21)});
    let insured = changed(ruths_visit(), "/billingInfo", insurance);
    assert_eq!(ask(&town, "?product=Other", "acme-key", &insured).await.status, 400, "20 characters here");
    let insured = changed(insured, "/billingInfo/insuranceMemberId", json!("CX883120"));
    let insured = changed(insured, "/billingInfo/insurancePayorName", json!("Cascadia PPO"));
    assert_eq!(
        ask(&town, "?product=Other", "acme-key", &insured).await.status,
        200,
        "insurance has room for more"
    );
}

#[tokio::test]
async fn a_place_nobody_serves_and_a_place_that_takes_nobody() {
    let town = town().await;
    for (pointer, value) in [
        ("/visitDetails/stateLicensure", json!("ZZ")),
        ("/visitDetails/stateLicensure", json!("WY")),
        ("/visitDetails/practiceId", json!("00000000-0000-4000-8000-000000000000")),
        ("/visitDetails/scheduledDepartment", json!({"scheduledEhr": "org.nowhere"})),
    ] {
        let answer = ask(&town, "?product=Other", "acme-key", &changed(ruths_visit(), pointer, value)).await;
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!("EHR_LOOKUP_FAILED")), "{pointer}");
    }
    let busy = changed(ruths_visit(), "/visitDetails/stateLicensure", json!("ID"));
    let answer = ask(&town, "?product=Other", "acme-key", &busy).await;
    assert_eq!((answer.status, &answer.json()["code"]), (500, &json!("VISIT_CREATE_FAILED")));
}

#[tokio::test]
async fn an_acme_that_insists_on_the_key_says_so_in_the_same_words() {
    let mut config = Config { now: Some(at(MONDAY_MORNING)), ..Config::default() };
    config.settings.require_key = true;
    let town = town_with(config).await;
    let wrong = ask(&town, "?product=Other", "another-key", &ruths_visit()).await;
    assert_eq!(wrong.json(), json!({"error": "Unauthorized", "code": "APIKEY_INVALID_OR_MISSING"}));
    let url =
        ask(&town, "?product=Other", "acme-key", &ruths_visit()).await.json()["visitRedirectUrl"].clone();
    let page = send(town.http.get(url.as_str().expect("an address"))).await;
    assert_eq!(page.status, 200, "a browser that follows a link has no key to show");
    assert_eq!(town.get("/v2/blisseyconfigs").await.status, 401);
}
