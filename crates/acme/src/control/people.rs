//! Issues and expires tokens without the sign-in page, and makes patients.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::read;
use crate::idp::issue_access_token;
use crate::refusal::Refusal;
use crate::state::{Shared, blocking};
use crate::store::patients;
use crate::world::people::{Address, Demographics, HumanName};
use crate::world::visit_types::Ehr;

const MOST_PATIENTS: u32 = 1000;

fn no_such_account() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "No patient has that user name")
}

pub async fn issue_token(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        patient: String,
        ttl: Option<u32>,
    }
    let wanted: Wanted = read(&body)?;
    blocking(acme, move |acme| {
        let account = acme.store.read(|db| Ok(patients::account(db, &wanted.patient)?))?;
        let ttl = wanted.ttl.unwrap_or(acme.settings.token_ttl);
        let token = issue_access_token(acme, &account.ok_or_else(no_such_account)?, "openid", ttl)?;
        Ok(Json(json!({"token": token})))
    })
    .await
}

pub async fn expire_tokens(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        patient: Option<String>,
    }
    let wanted: Wanted = read(&body)?;
    blocking(acme, move |acme| {
        let touched = acme.store.write(|db| Ok(patients::expire_tokens(db, wanted.patient.as_deref())?))?;
        if touched == 0 {
            return Err(no_such_account());
        }
        Ok(Json(json!({"accounts": touched})))
    })
    .await
}

/// Makes accounts, each with a patient, a record in both EHR systems, and a token.
pub async fn make(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        count: u32,
    }
    let wanted: Wanted = read(&body)?;
    if wanted.count > MOST_PATIENTS {
        return Err(Refusal::bad(format!("'count' must be at most {MOST_PATIENTS}")));
    }
    blocking(acme, move |acme| {
        let usernames = acme.store.write(|db| {
            (0..wanted.count)
                .map(|_| {
                    let username = format!("patient-{}", Uuid::new_v4().simple());
                    let ehrs = [Ehr::Main.name(), Ehr::East.name()];
                    let guid = patients::make_account(db, &username, &anybody(&username), &ehrs)?;
                    Ok((username, guid))
                })
                .collect::<Result<Vec<_>, Refusal>>()
        })?;
        let made = usernames.into_iter().map(|(username, guid)| {
            let account = acme.store.read(|db| Ok(patients::account(db, &username)?))?;
            let ttl = acme.settings.token_ttl;
            let token = issue_access_token(acme, &account.ok_or_else(no_such_account)?, "openid", ttl)?;
            Ok(json!({"username": username, "patientGuid": guid, "token": token}))
        });
        Ok(Json(json!({"patients": made.collect::<Result<Vec<_>, Refusal>>()?})))
    })
    .await
}

fn anybody(username: &str) -> Demographics {
    Demographics {
        name: HumanName { family: "Example".into(), given: username.to_owned(), ..HumanName::default() },
        addresses: vec![Address {
            line1: "1 Example Way".into(),
            line2: None,
            city: "Seattle".into(),
            state: "WA".into(),
            postal_code: "98101".into(),
        }],
        birthdate: "1980-01-01".into(),
        email: format!("{username}@example.com"),
        gender: "unknown".into(),
        mobile_phone: Some("206-555-0100".into()),
        ..Demographics::default()
    }
}
