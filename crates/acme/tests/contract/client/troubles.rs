//! What the client makes of reads that give nothing, and what no read ever carries.

use booking::flow::outcome::Trouble;
use booking::ids::{EhrSystem, Npi, UrlName, VisitType};
use dexcare::{
    CurrentPatient, DepartmentInfo, DepartmentKey, DepartmentTimeslots, Departments, MaxLookahead, Provider,
    ProviderTimeslots, SavePatient, ValidationConfigs, Whose,
};
use serde_json::{Value, json};

use super::driver::{Client, PRODUCT, With, anybody, signed_in};
use super::people::{day, first_time, marta, martas_visit, place};
use crate::support::{DANA, MAIN, Town, town};

/// Nobody's, though its check digit is right.
const NOBODYS_NPI: &str = "1999999992";

fn clinic(url_name: &str) -> DepartmentInfo {
    DepartmentInfo { key: DepartmentKey::ByUrlName(UrlName::new(url_name)), with_providers: true }
}

fn clinic_times(url_name: &str) -> DepartmentTimeslots {
    DepartmentTimeslots { url_name: UrlName::new(url_name), visit_type: VisitType::new("FluShot") }
}

fn clinician_times(npi: &str, start: &str, end: &str) -> ProviderTimeslots {
    let (npi, visit_type) = (Npi::parse(npi).expect("a real NPI"), VisitType::new("NewPatient"));
    ProviderTimeslots { npi, visit_type, start: day(start), end: day(end) }
}

fn look_ahead(ehr: &str) -> MaxLookahead {
    MaxLookahead { visit_type: VisitType::new("NewPatient"), ehr: EhrSystem::new(ehr) }
}

#[tokio::test]
async fn a_name_nobody_has_is_not_found() {
    let town = town().await;
    let anybody = anybody(&town);
    let nowhere = DepartmentKey::ById(place("org.northlake.epic.main|999999"));
    let nowhere = DepartmentInfo { key: nowhere, with_providers: false };
    let two_weeks = clinician_times(NOBODYS_NPI, "2026-12-07", "2026-12-21");
    assert_eq!(anybody.ask(&clinic("NorthlakeAtlantis")).await, Err(Trouble::NotFound));
    assert_eq!(anybody.ask(&clinic("../../v1/patient?x=1#y")).await, Err(Trouble::NotFound));
    assert_eq!(anybody.ask(&nowhere).await, Err(Trouble::NotFound));
    assert_eq!(anybody.ask(&clinic_times("NorthlakeAtlantis")).await, Err(Trouble::NotFound));
    assert_eq!(anybody.ask(&Provider { npi: Npi::from_wire(NOBODYS_NPI) }).await, Err(Trouble::NotFound));
    assert_eq!(anybody.ask(&two_weeks).await, Err(Trouble::NotFound));
    assert_eq!(anybody.ask(&look_ahead("org.nowhere")).await, Err(Trouble::NotFound));
}

#[tokio::test]
async fn what_acme_will_not_take_is_rejected() {
    let town = town().await;
    let backwards = clinician_times(DANA, "2026-12-21", "2026-12-07");
    assert_eq!(anybody(&town).ask(&backwards).await, Err(Trouble::Rejected));
    let nameless = anybody(&town).ask(&Departments { brand: String::new() }).await;
    assert_eq!(nameless.err(), Some(Trouble::Rejected));
}

async fn after(town: &Town, fault: Value) -> Result<Option<String>, Trouble> {
    town.tell("/faults", fault).await;
    anybody(town).ask(&ValidationConfigs).await
}

#[tokio::test]
async fn a_server_that_cannot_a_page_instead_of_an_answer_and_no_answer_are_three_troubles() {
    let town = town().await;
    let path = "/v1/validationConfigs";
    for (status, trouble) in [
        (429, Trouble::Server),
        (500, Trouble::Server),
        (503, Trouble::Server),
        (423, Trouble::Locked),
        (403, Trouble::Rejected),
        (432, Trouble::Rejected),
    ] {
        let fault = json!({"path": path, "kind": "status", "status": status});
        assert_eq!(after(&town, fault).await, Err(trouble), "{status}");
    }
    for (kind, trouble) in [
        ("html", Trouble::Unreadable),
        ("empty", Trouble::Unreadable),
        ("truncate", Trouble::Network),
        ("drop", Trouble::Network),
    ] {
        assert_eq!(after(&town, json!({"path": path, "kind": kind})).await, Err(trouble), "{kind}");
    }
    assert!(anybody(&town).ask(&ValidationConfigs).await.is_ok(), "and then it is well again");
}

#[tokio::test]
async fn a_token_that_is_none_or_has_expired_is_signed_out() {
    let town = town().await;
    let stranger = Client { town: &town, token: Some("not-a-token".into()) };
    assert_eq!(stranger.ask(&CurrentPatient).await, Err(Trouble::SignedOut));
    let marta = signed_in(&town, "marta").await;
    assert!(marta.ask(&CurrentPatient).await.is_ok());
    town.tell("/tokens/expire", json!({"patient": "marta"})).await;
    assert_eq!(marta.ask(&CurrentPatient).await, Err(Trouble::SignedOut));
}

/// One of each call the client has.
async fn everything(town: &Town) {
    let anybody = anybody(town);
    assert!(anybody.ask(&Departments { brand: "northlake".into() }).await.is_ok());
    assert!(anybody.ask(&clinic("NorthlakeBallard")).await.is_ok());
    assert!(anybody.ask(&clinic_times("NorthlakeBallard")).await.is_ok());
    assert!(anybody.ask(&Provider { npi: Npi::from_wire(DANA) }).await.is_ok());
    assert!(anybody.ask(&clinician_times(DANA, "2026-12-07", "2026-12-21")).await.is_ok());
    assert!(anybody.ask(&look_ahead(MAIN)).await.is_ok());
    assert!(anybody.ask(&ValidationConfigs).await.is_ok());
    let client = signed_in(town, "marta").await;
    assert!(client.ask(&CurrentPatient).await.is_ok());
    for whose in [Whose::Self_, Whose::Other] {
        let save = SavePatient { whose, demographics: marta(), ehr: EhrSystem::new(MAIN) };
        assert!(client.ask(&save).await.is_ok());
    }
    let flu = first_time(town, With::Clinic, "NorthlakeBallard", "FluShot").await;
    assert!(client.book(With::Clinic, &martas_visit(flu)).await.is_ok());
    let dana = first_time(town, With::Clinician, DANA, "NewPatient").await;
    assert!(client.book(With::Clinician, &martas_visit(dana)).await.is_ok());
}

#[tokio::test]
async fn every_call_names_its_product_once_and_only_a_patients_own_carry_a_token() {
    let town = town().await;
    everything(&town).await;
    let log = town.look("/requests").await;
    let log = log.as_array().expect("a log");
    assert_eq!(log.len(), 14);
    for entry in log {
        assert_eq!(entry["query"]["product"], json!([PRODUCT]), "{entry}");
        let path = entry["path"].as_str().expect("a path");
        let is_patients = path.starts_with("/v1/patient") || path.starts_with("/api/");
        assert_eq!(entry["authorized"], is_patients, "{path}");
        assert_eq!(entry["host"], if path.starts_with("/api/") { "visits" } else { "api" }, "{path}");
        let headers = entry["headers"].as_array().expect("names");
        assert_eq!(headers.contains(&json!("content-type")), entry["method"] == "POST", "{path}");
        assert_eq!(entry["status"], 200, "{path}");
    }
}
