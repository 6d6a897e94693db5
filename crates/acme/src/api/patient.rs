//! Reads the patient of the signed-in account, and finds or creates a patient (API reference §2.19–§2.21).

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use crate::body::demographics;
use crate::idp::SignedIn;
use crate::refusal::Refusal;
use crate::request::json_body;
use crate::state::{Acme, Shared, blocking};
use crate::store::patients::{self, Account, Record};

pub async fn current(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| {
        // An account without a patient gets a 404; one whose patient has no record yet gets a 200 with empty links. The
        // reference leaves open which of the two a real system answers, so Acme has an account for each.
        let guid = account.patient_guid.ok_or_else(Refusal::no_such_patient)?;
        let records = acme.store.read(|db| Ok(patients::records(db, &guid)?))?;
        let identifiers: Vec<Value> = records.iter().map(external).collect();
        let links: Vec<Value> = records.iter().map(link).collect::<Result<_, _>>()?;
        Ok(Json(json!({"id": guid, "resourceType": "Patient", "identifiers": identifiers, "links": links})))
    })
    .await
}

pub async fn find_or_create_self(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    find_or_create(acme, account, body, patients::find_or_create_self).await
}

pub async fn find_or_create_other(
    State(acme): State<Shared>,
    SignedIn(account): SignedIn,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    find_or_create(acme, account, body, patients::find_or_create_other).await
}

type Finder = fn(
    &rusqlite::Connection,
    &Account,
    &str,
    &crate::world::people::Demographics,
) -> rusqlite::Result<String>;

async fn find_or_create(
    acme: Shared,
    account: Account,
    body: Bytes,
    finder: Finder,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme: &Acme| {
        let body = json_body(&body)?;
        let (ehr, demographics) = demographics(acme, &body)?;
        let guid = acme.store.write(|db| {
            // Two concurrent first requests of one account must agree on its patient: read it inside the transaction.
            let account = patients::account(db, &account.username)?.unwrap_or(account);
            Ok(finder(db, &account, ehr.name(), &demographics)?)
        })?;
        Ok(Json(json!({"patientGuid": guid})))
    })
    .await
}

fn external(record: &Record) -> Value {
    json!({"system": record.ehr, "value": format!("E10{:05}", record.mrn), "type": "EXTERNAL"})
}

fn link(record: &Record) -> Result<Value, Refusal> {
    let mut link = serde_json::to_value(&record.demographics).map_err(|error| Refusal::internal(&error))?;
    let mrn = json!({"system": record.ehr, "value": format!("{:07}", record.mrn), "type": "mrn"});
    link["identifiers"] = json!([external(record), mrn]);
    // Clients send genders in lower case. The answers capitalize them, as in the published examples.
    let gender = &record.demographics.gender;
    let mut letters = gender.chars();
    link["gender"] =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).into();
    Ok(link)
}
