//! Requests to the Visit host and bodies that the tests of on-demand care share.

use serde_json::{Value, json};

use crate::support::{Answer, MARTA, Town, home, send};

pub const NORTHLAKE: &str = "c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33";
pub const CEDARBROOK: &str = "5e2b7d90-4c1a-4f63-9b8e-7a0d6c3f2e14";

/// A GET of the Visit host without a token.
pub async fn look_up(town: &Town, path: &str) -> Answer {
    send(town.http.get(town.visits(path))).await
}

/// The pools in the answer to a query for wait times.
pub async fn pools(town: &Town, query: &str) -> Vec<Value> {
    let answer = look_up(town, &format!("/api/9/regions/waittimes?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    answer.json().as_array().expect("a list").clone()
}

/// A GET of the Visit host with a patient's token.
pub async fn read_as(town: &Town, token: &str, path: &str) -> Answer {
    send(town.http.get(town.visits(path)).bearer_auth(token)).await
}

pub async fn create(town: &Town, token: &str, body: &Value) -> Answer {
    town.post(town.visits("/api/9/visits?product=urgentcare"), token, body).await
}

/// The body of Marta's video visit in Washington, paid outside the system.
pub fn video_visit() -> Value {
    json!({
        "patient": {"firstName": "Marta", "lastName": "Okafor", "gender": "female", "dateOfBirth": "1979-02-11",
            "phone": "206-555-0188", "email": "marta.okafor@example.com", "address": home(), "patientGuid": MARTA},
        "billingInfo": {"paymentMethod": "external-self-pay"},
        "visitDetails": {"acceptedTerms": true, "declaration": "self", "stateLicensure": "WA",
            "visitReason": "Rash on forearm", "visitTypeName": "virtual", "practiceId": NORTHLAKE,
            "brand": "northlake", "detectedLanguage": "en-US", "assignmentQualifiers": ["adult"]},
    })
}

/// Makes a video visit; returns its id.
pub async fn waiting(town: &Town, token: &str) -> String {
    made(town, token, &video_visit()).await
}

/// Makes a phone visit; returns its id.
pub async fn by_phone(town: &Town, token: &str) -> String {
    let mut body = video_visit();
    body["visitDetails"]["visitTypeName"] = json!("phone");
    made(town, token, &body).await
}

async fn made(town: &Town, token: &str, body: &Value) -> String {
    let answer = create(town, token, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["visitId"].as_str().expect("an id").to_owned()
}
