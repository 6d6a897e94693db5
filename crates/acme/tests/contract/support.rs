//! A running Acme, and requests and bodies that many tests share.

use acme::{Config, Running, start};
use chrono::{DateTime, Utc};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

pub const MARTA: &str = "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11";
pub const LEO: &str = "2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0";
pub const DEV: &str = "91b6c8f0-3d4e-4a52-9e17-6f0a8d5b7c23";
pub const LARS: &str = "a06d4e9c-58b7-4c31-8f2d-3b9e1a7c6d05";
pub const DANA: &str = "1234567893";
pub const MAIN: &str = "org.northlake.epic.main";
pub const EAST: &str = "org.cedarbrook.epic.east";

/// A Monday, 9 o'clock in Seattle and 11 o'clock in Chicago.
pub const MONDAY_MORNING: &str = "2026-12-07T17:00:00Z";

pub struct Town {
    pub acme: Running,
    pub http: Client,
}

/// An answer with its whole body.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// Acme, started at [`MONDAY_MORNING`].
pub async fn town() -> Town {
    town_with(Config { now: Some(at(MONDAY_MORNING)), ..Config::default() }).await
}

pub async fn town_with(config: Config) -> Town {
    let acme = start(config).await.expect("Acme starts");
    let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    Town { acme, http }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response: Response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().await.expect("a body") }
}

impl Town {
    pub fn api(&self, path: &str) -> String {
        format!("http://{}{path}", self.acme.api)
    }

    pub fn visits(&self, path: &str) -> String {
        format!("http://{}{path}", self.acme.visits)
    }

    pub fn control(&self, path: &str) -> String {
        format!("http://{}{path}", self.acme.control)
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.http.get(self.api(path))).await
    }

    /// The JSON of an answer that must be a 200.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    pub async fn look(&self, path: &str) -> Value {
        send(self.http.get(self.control(path))).await.json()
    }

    pub async fn tell(&self, path: &str, body: Value) -> Value {
        let answer = send(self.http.post(self.control(path)).json(&body)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    pub async fn token(&self, username: &str) -> String {
        let answer = self.tell("/tokens/issue", json!({"patient": username})).await;
        answer["token"].as_str().expect("a token").to_owned()
    }

    pub async fn post(&self, url: String, token: &str, body: &Value) -> Answer {
        send(self.http.post(url).bearer_auth(token).json(body)).await
    }

    pub async fn book_retail(&self, token: &str, body: &Value) -> Answer {
        self.post(self.visits("/api/6/visits/retail?product=flushot"), token, body).await
    }

    pub async fn book_provider(&self, token: &str, body: &Value) -> Answer {
        self.post(self.visits("/api/7/visits/providerbooking?product=findadoctor"), token, body).await
    }

    /// Every free slot of a department in the two weeks from today on, in order.
    pub async fn department_slots(&self, url_name: &str, visit_type: &str) -> Vec<Value> {
        slots_of(
            &self.read(&format!("/v2/departments/{url_name}/timeslots?visitTypeName={visit_type}")).await,
        )
    }

    /// Every free slot of a provider from Monday 2026-12-07 to Monday 2026-12-21, in order.
    pub async fn provider_slots(&self, npi: &str, visit_type: &str) -> Vec<Value> {
        let dates = "startDate=2026-12-07&endDate=2026-12-21";
        slots_of(&self.read(&format!("/v4/providers/{npi}/timeslots?visitType={visit_type}&{dates}")).await)
    }

    /// The NPI of a clinician by family name.
    pub async fn npi(&self, family: &str) -> String {
        let world = self.look("/world").await;
        let found = world["clinicians"]
            .as_array()
            .expect("clinicians")
            .iter()
            .find(|clinician| clinician["name"].as_str().is_some_and(|name| name.ends_with(family)));
        found.expect("that clinician")["npi"].as_str().expect("an NPI").to_owned()
    }
}

pub fn slots_of(list: &Value) -> Vec<Value> {
    let days = list["scheduleDays"].as_array().expect("days");
    days.iter().flat_map(|day| day["timeSlots"].as_array().expect("slots").clone()).collect()
}

pub fn home() -> Value {
    json!({"line1": "88 Pine St", "line2": "Apt 4", "city": "Seattle", "state": "WA", "postalCode": "98101"})
}

/// The address of Dev and Lars in the main EHR system.
pub fn shore() -> Value {
    json!({"line1": "412 Shorewood Dr", "city": "Seattle", "state": "WA", "postalCode": "98177"})
}

/// The address in a patient's record of an EHR system; Marta's for patients whom a test has made with it.
pub fn home_of(patient: &str, ehr: &str) -> Value {
    match (patient, ehr) {
        (DEV, EAST) => {
            json!({"line1": "17 Lakemont Blvd", "city": "Bellevue", "state": "WA", "postalCode": "98006"})
        }
        (DEV | LARS, _) => shore(),
        _ => home(),
    }
}

/// The EHR system in a slot's `departmentIdentifier`.
pub fn ehr_of(slot: &Value) -> String {
    slot["departmentIdentifier"]
        .as_str()
        .expect("an identifier")
        .split('|')
        .next()
        .expect("an EHR")
        .to_owned()
}

/// The body of a retail booking for the account holder.
pub fn retail(slot: &Value, patient: &str) -> Value {
    json!({
        "patient": {"identifier": patient, "address": home_of(patient, &ehr_of(slot)), "phone": "2065550188",
            "email": "marta.okafor@example.com"},
        "visitDetails": {"ehrSystemName": ehr_of(slot), "departmentId": slot["departmentId"],
            "visitReason": "Flu shot", "declaration": "self", "slotId": slot["id"], "providerId": slot["providerId"]},
        "registrationModules": {"documentSigning": [], "billingInfo": {"paymentMethod": "self"}}
    })
}

/// The body of a provider booking for the account holder.
pub fn provider(slot: &Value, patient: &str) -> Value {
    json!({
        "patient": {"patientGuid": patient, "address": home_of(patient, &ehr_of(slot))},
        "visitDetails": {"ehrSystemName": ehr_of(slot), "departmentId": slot["departmentId"],
            "visitReason": "Establish care", "declaration": "self", "slotId": slot["id"],
            "nationalProviderId": slot["providerNationalId"], "visitTypeId": slot["visitTypeId"],
            "providerFlowPayment": true},
        "billingInfo": {"paymentMethod": "self"}
    })
}

/// Marta, as the actor of a booking for her son.
pub fn mother() -> Value {
    json!({"firstName": "Marta", "lastName": "Okafor", "phone": "2065550188", "gender": "female",
        "dateOfBirth": "1979-02-11", "relationshipToPatient": "Mother"})
}
