//! Tests the patient read and the two calls that find or create a patient (API reference §2.19–§2.21).

use serde_json::{Value, json};

use crate::support::{Answer, EAST, LEO, MAIN, MARTA, Town, home, send, town};

async fn current(town: &Town, username: &str) -> Answer {
    send(town.http.get(town.api("/v1/patient")).bearer_auth(town.token(username).await)).await
}

fn leo(ehr: &str) -> Value {
    json!({"name": {"family": "Okafor", "given": "Leo"}, "addresses": [home()], "birthdate": "2017-06-30",
        "email": "marta.okafor@example.com", "gender": "male", "mobilePhone": "2065550188",
        "identifiers": [{"system": ehr}]})
}

fn ruth() -> Value {
    json!({"name": {"family": "Lind", "given": "Ruth"}, "birthdate": "1952-09-03", "email": "ruth.lind@example.com",
        "addresses": [{"line1": "412 Shorewood Dr", "city": "Seattle", "state": "WA", "postalCode": "98177"}],
        "gender": "female", "ssn": "7730", "identifiers": [{"system": MAIN}]})
}

async fn post(town: &Town, username: &str, path: &str, body: &Value) -> Answer {
    town.post(town.api(path), &town.token(username).await, body).await
}

#[tokio::test]
async fn a_record_is_read_with_its_link_and_a_capital_gender() {
    let town = town().await;
    let patient = current(&town, "marta").await.json();
    assert_eq!(patient["id"], MARTA);
    let link = &patient["links"][0];
    assert_eq!(patient["links"].as_array().map(Vec::len), Some(1));
    assert_eq!(link["identifiers"][0]["system"], MAIN);
    assert_eq!(link["identifiers"][0], patient["identifiers"][0]);
    assert_eq!(link["name"], json!({"use": "usual", "family": "Okafor", "given": "Marta", "middle": "J"}));
    assert_eq!(link["gender"], "Female");
    assert_eq!(link["birthdate"], "1979-02-11");
    assert_eq!(link["ssn"], "4821");
    assert_eq!(link["addresses"], json!([home()]));
    assert_eq!(link["email"], "marta.okafor@example.com");
}

#[tokio::test]
async fn an_account_without_a_record_is_a_404_or_has_no_links() {
    let town = town().await;
    let ruth = current(&town, "ruth").await;
    assert_eq!((ruth.status, ruth.json()["error"].clone()), (404, json!("Patient not found")));
    let ines = current(&town, "ines").await;
    assert_eq!(ines.status, 200);
    assert_eq!((&ines.json()["links"], &ines.json()["identifiers"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn dev_is_known_in_both_systems() {
    let town = town().await;
    let dev = current(&town, "dev").await.json();
    let systems: Vec<_> = dev["links"]
        .as_array()
        .expect("links")
        .iter()
        .map(|link| link["identifiers"][0]["system"].as_str().expect("a system"))
        .collect();
    assert_eq!(systems, [EAST, MAIN]);
}

#[tokio::test]
async fn self_finds_the_record_the_clinic_already_has() {
    let town = town().await;
    let guid = post(&town, "ruth", "/v1/patient/self", &ruth()).await.json()["patientGuid"].clone();
    let patient = current(&town, "ruth").await.json();
    assert_eq!(patient["id"], guid);
    let mrn = patient["links"][0]["identifiers"][1]["value"].clone();
    // Save again with the family name in upper case: the same record gets the new details.
    let mut again = ruth();
    again["name"]["family"] = json!("LIND");
    again["email"] = json!("ruth@north-lake.example.com");
    let second = post(&town, "ruth", "/v1/patient/self", &again).await.json();
    assert_eq!(second["patientGuid"], guid);
    let patient = current(&town, "ruth").await.json();
    assert_eq!(patient["links"].as_array().map(Vec::len), Some(1));
    assert_eq!(patient["links"][0]["identifiers"][1]["value"], mrn);
    assert_eq!(patient["links"][0]["email"], "ruth@north-lake.example.com");
}

#[tokio::test]
async fn self_in_another_system_adds_a_link_there() {
    let town = town().await;
    let mut body = leo(EAST);
    body["name"]["given"] = json!("Marta");
    body["birthdate"] = json!("1979-02-11");
    let answer = post(&town, "marta", "/v1/patient/self", &body).await;
    assert_eq!(answer.json(), json!({"patientGuid": MARTA}));
    let patient = current(&town, "marta").await.json();
    assert_eq!(patient["links"].as_array().map(Vec::len), Some(2));
    assert_eq!(patient["links"][0]["ssn"], "", "never given, never invented");
}

#[tokio::test]
async fn self_never_takes_a_record_that_belongs_to_somebody_else() {
    let town = town().await;
    post(&town, "ruth", "/v1/patient/self", &ruth()).await;
    let ines = post(&town, "ines", "/v1/patient/self", &ruth()).await.json();
    let ruth = current(&town, "ruth").await.json();
    assert_ne!(ines["patientGuid"], ruth["id"]);
}

#[tokio::test]
async fn other_finds_leo_again_and_keeps_him_out_of_his_mothers_record() {
    let town = town().await;
    let found = post(&town, "marta", "/v1/patient/other", &leo(MAIN)).await.json();
    assert_eq!(found, json!({"patientGuid": LEO}));
    let elsewhere = post(&town, "marta", "/v1/patient/other", &leo(EAST)).await.json();
    assert_eq!(elsewhere, json!({"patientGuid": LEO}));
    assert_eq!(current(&town, "marta").await.json()["links"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_last_four_digits_are_optional() {
    let town = town().await;
    for (ssn, status) in
        [(json!("0000"), 200), (json!(""), 200), (json!(null), 200), (json!("123456789"), 400)]
    {
        let mut body = leo(MAIN);
        body["ssn"] = ssn.clone();
        assert_eq!(post(&town, "marta", "/v1/patient/other", &body).await.status, status, "{ssn}");
    }
}

#[tokio::test]
async fn a_gender_that_is_read_but_not_written_is_refused() {
    let town = town().await;
    let read = current(&town, "robin").await.json()["links"][0].clone();
    assert_eq!(read["gender"], "Nonbinary");
    let mut body = read;
    body["gender"] = json!("nonbinary");
    body["identifiers"] = json!([{"system": EAST}]);
    for path in ["/v1/patient/self", "/v1/patient/other"] {
        let answer = post(&town, "robin", path, &body).await;
        let text = "'gender' must be one of [male, female, other, unknown]";
        assert_eq!((answer.status, answer.json()["error"].clone()), (400, json!(text)), "{path}");
    }
    body["gender"] = json!("unknown");
    assert_eq!(post(&town, "robin", "/v1/patient/self", &body).await.status, 200);
}

#[tokio::test]
async fn every_field_of_the_demographics_is_checked_and_named() {
    let town = town().await;
    let wrong: [(&str, Value, &str); 15] = [
        ("/name", json!(null), "'name' is required"),
        ("/name/family", json!("  "), "'name.family' is required"),
        ("/name/given", json!(7), "'name.given' must be a string"),
        ("/addresses", json!([]), "'addresses' must have at least one entry"),
        ("/addresses/0/postalCode", json!("9810"), "'addresses[0].postalCode' is not a valid ZIP code"),
        ("/addresses/0/postalCode", json!("00500"), "'addresses[0].postalCode' is not a valid ZIP code"),
        ("/addresses/0/city", json!(null), "'addresses[0].city' is required"),
        ("/birthdate", json!("2026-12-08"), "'birthdate' must not be in the future"),
        ("/birthdate", json!("06/30/2017"), "'birthdate' must be a date (YYYY-MM-DD)"),
        ("/email", json!("marta@localhost"), "'email' is not a valid email"),
        ("/gender", json!("Male"), "'gender' must be one of [male, female, other, unknown]"),
        ("/mobilePhone", json!("555-0188"), "'mobilePhone' is not a valid phone number"),
        ("/identifiers", json!([]), "'identifiers' must have exactly one entry"),
        ("/identifiers/0/system", json!("org.nowhere"), "'identifiers[0].system' is not a known EHR system"),
        (
            "/name",
            json!({"given": "Leo", "family": "Okafor", "use": "stage"}),
            "'name.use' must be one of [usual, official, temp, nickname, anonymous, old, maiden]",
        ),
    ];
    for (pointer, value, text) in wrong {
        let mut body = leo(MAIN);
        *body.pointer_mut(pointer).unwrap_or(&mut Value::Null) = value.clone();
        if body.pointer(pointer).is_none() {
            body[pointer.trim_start_matches('/')] = value;
        }
        let answer = post(&town, "marta", "/v1/patient/other", &body).await;
        assert_eq!((answer.status, answer.json()["error"].clone()), (400, json!(text)));
    }
}

#[tokio::test]
async fn two_first_requests_at_once_agree_on_the_patient() {
    let town = town().await;
    let body = ruth();
    let (a, b) = tokio::join!(
        post(&town, "ruth", "/v1/patient/self", &body),
        post(&town, "ruth", "/v1/patient/self", &body)
    );
    assert_eq!(a.json(), b.json());
    assert_eq!(current(&town, "ruth").await.json()["links"].as_array().map(Vec::len), Some(1));
}
