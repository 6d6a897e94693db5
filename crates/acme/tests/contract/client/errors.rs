//! Reads that fail, as the client sees them, and which calls carry a token.

use booking::api::OnDemandCancel;
use booking::ids::{EhrSystem, Npi, PracticeId, RegionCode, UrlName, VisitId, VisitType};
use booking::on_demand::Modality;
use booking::outcome::ApiError;
use booking::search::{PatientType, SearchPage};
use booking::visits::VisitFilter;
use dexcare::{
    CancelClinicVisit, CancelReasons, ClientConfig, ClinicVisits, CurrentPatient, DepartmentInfo,
    DepartmentKey, DepartmentTimeslots, Departments, FindOptions, Issuers, LeaveVisit, MaxLookahead,
    NearbyVisitTypes, PracticeInfo, Provider, ProviderTimeslots, ProviderTimeslotsV5, RecordOwner,
    SavePatient, SearchForm, ValidationConfigs, VerifyCoupon, VisitSummary, VisitWaitTime, WaitTimes,
};
use serde_json::{Value, json};

use super::driver::{Client, PRODUCT, With, anybody, signed_in};
use super::nearby::around;
use super::people::{day, first_time, marta, martas_visit, place};
use super::turned_away::joined;
use crate::support::{DANA, MAIN, Town, town};
use crate::urgent_care::NORTHLAKE;

/// An NPI that nobody has, with a valid check digit.
const NOBODYS_NPI: &str = "1999999992";

fn clinic(url_name: &str) -> DepartmentInfo {
    DepartmentInfo { key: DepartmentKey::UrlName(UrlName::new(url_name)), with_providers: true }
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
    let nowhere = DepartmentKey::Identifier(place("org.northlake.epic.main|999999"));
    let nowhere = DepartmentInfo { key: nowhere, with_providers: false };
    let two_weeks = clinician_times(NOBODYS_NPI, "2026-12-07", "2026-12-21");
    assert_eq!(anybody.ask(&clinic("NorthlakeAtlantis")).await, Err(ApiError::NotFound));
    assert_eq!(anybody.ask(&clinic("../../v1/patient?x=1#y")).await, Err(ApiError::NotFound));
    assert_eq!(anybody.ask(&nowhere).await, Err(ApiError::NotFound));
    assert_eq!(anybody.ask(&clinic_times("NorthlakeAtlantis")).await, Err(ApiError::NotFound));
    assert_eq!(anybody.ask(&Provider { npi: Npi::from_wire(NOBODYS_NPI) }).await, Err(ApiError::NotFound));
    assert_eq!(anybody.ask(&two_weeks).await, Err(ApiError::NotFound));
    let page = SearchPage { from: None, days: 2, visit_types: Vec::new() };
    let v5 = ProviderTimeslotsV5 { npi: Npi::from_wire(NOBODYS_NPI), page, patient_type: None };
    assert_eq!(anybody.ask(&v5).await, Err(ApiError::NotFound));
    assert_eq!(anybody.ask(&look_ahead("org.nowhere")).await, Err(ApiError::NotFound));
}

#[tokio::test]
async fn what_acme_will_not_take_is_rejected() {
    let town = town().await;
    let backwards = clinician_times(DANA, "2026-12-21", "2026-12-07");
    assert_eq!(anybody(&town).ask(&backwards).await, Err(ApiError::Rejected));
    let nameless = anybody(&town).ask(&Departments { brand: String::new() }).await;
    assert_eq!(nameless.err(), Some(ApiError::Rejected));
}

async fn after(town: &Town, fault: Value) -> Result<Option<String>, ApiError> {
    town.tell("/faults", fault).await;
    anybody(town).ask(&ValidationConfigs).await
}

#[tokio::test]
async fn a_server_that_cannot_a_page_instead_of_an_answer_and_no_answer_are_three_troubles() {
    let town = town().await;
    let path = "/v1/validationConfigs";
    for (status, error) in [
        (429, ApiError::Server),
        (500, ApiError::Server),
        (503, ApiError::Server),
        (423, ApiError::Locked),
        (403, ApiError::Rejected),
        (432, ApiError::Rejected),
    ] {
        let fault = json!({"path": path, "kind": "status", "status": status});
        assert_eq!(after(&town, fault).await, Err(error), "{status}");
    }
    for (kind, error) in [
        ("html", ApiError::Unreadable),
        ("empty", ApiError::Unreadable),
        ("truncate", ApiError::Network),
        ("drop", ApiError::Network),
    ] {
        assert_eq!(after(&town, json!({"path": path, "kind": kind})).await, Err(error), "{kind}");
    }
    assert!(anybody(&town).ask(&ValidationConfigs).await.is_ok(), "and then it is well again");
}

#[tokio::test]
async fn a_token_that_is_none_or_has_expired_is_signed_out() {
    let town = town().await;
    let stranger = Client { town: &town, token: Some("not-a-token".into()) };
    assert_eq!(stranger.ask(&CurrentPatient).await, Err(ApiError::SignedOut));
    let marta = signed_in(&town, "marta").await;
    assert!(marta.ask(&CurrentPatient).await.is_ok());
    town.tell("/tokens/expire", json!({"patient": "marta"})).await;
    assert_eq!(marta.ask(&CurrentPatient).await, Err(ApiError::SignedOut));
}

/// Makes each of the client's calls at least once.
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
    for owner in [RecordOwner::AccountHolder, RecordOwner::Other] {
        let save = SavePatient { owner, demographics: marta(), ehr: EhrSystem::new(MAIN) };
        assert!(client.ask(&save).await.is_ok());
    }
    let flu = first_time(town, With::Clinic, "NorthlakeBallard", "FluShot").await;
    assert!(client.book(With::Clinic, &martas_visit(flu)).await.is_ok());
    let dana = first_time(town, With::Clinician, DANA, "NewPatient").await;
    assert!(client.book(With::Clinician, &martas_visit(dana)).await.is_ok());
    searches(&anybody).await;
    on_demand(&anybody, &client).await;
    let mine = client.ask(&ClinicVisits { filter: VisitFilter::Requested }).await.expect("a list");
    let visit = mine.visits[0].id.clone();
    assert!(client.ask(&CancelClinicVisit { visit, reason: "other".into() }).await.is_ok());
    assert!(anybody.ask(&CancelReasons { brand: "northlake".into() }).await.is_ok());
}

async fn searches(anybody: &Client<'_>) {
    let (search, page) = (around("98107", 5), SearchPage { from: None, days: 2, visit_types: Vec::new() });
    assert!(anybody.ask(&NearbyVisitTypes { search: search.clone() }).await.is_ok());
    for form in [SearchForm::Get, SearchForm::Post] {
        let page = SearchPage { visit_types: vec![VisitType::new("FluShot")], ..page.clone() };
        let call = FindOptions { search: search.clone(), page, form, today: day("2026-12-07") };
        assert!(anybody.ask(&call).await.is_ok());
    }
    let v5 = ProviderTimeslotsV5 { npi: Npi::from_wire(DANA), page, patient_type: Some(PatientType::New) };
    assert!(anybody.ask(&v5).await.is_ok());
}

async fn on_demand(anybody: &Client<'_>, client: &Client<'_>) {
    let practice = PracticeId::new(NORTHLAKE);
    assert!(anybody.ask(&PracticeInfo { id: practice.clone() }).await.is_ok());
    assert!(anybody.ask(&WaitTimes { practice: practice.clone(), region: None }).await.is_ok());
    let region = Some(RegionCode::new("WA"));
    assert!(anybody.ask(&WaitTimes { practice, region }).await.is_ok());
    assert!(anybody.ask(&ClientConfig).await.is_ok());
    assert!(anybody.ask(&Issuers { tenant: "northlake".into() }).await.is_ok());
    assert!(anybody.ask(&VerifyCoupon { code: "NORTH25".into() }).await.is_ok());
    for reason in [Some("OTHER".to_owned()), None] {
        let visit = joined(client).await;
        assert!(client.ask(&VisitWaitTime { visit: visit.clone() }).await.is_ok());
        assert!(client.ask(&VisitSummary { visit: visit.clone() }).await.is_ok());
        let leave = OnDemandCancel { visit, modality: Modality::Video, reason, email: String::new() };
        assert!(client.ask(&LeaveVisit { leave }).await.is_ok());
    }
}

#[tokio::test]
async fn every_call_names_its_product_once_and_only_a_patients_own_carry_a_token() {
    let town = town().await;
    everything(&town).await;
    let log = town.look("/requests").await;
    let log = log.as_array().expect("a log");
    assert_eq!(log.len(), 14 + 4 + 6 + 2 * 5 + 3);
    let public_visits =
        ["/api/9/practices", "/api/9/regions", "/api/v2/", "/api/7/visits/retail/cancel/reasons"];
    for entry in log {
        assert_eq!(entry["query"]["product"], json!([PRODUCT]), "{entry}");
        let path = entry["path"].as_str().expect("a path");
        let is_visits = path.starts_with("/api/") || path.starts_with("/v1/visits/");
        let is_public = public_visits.iter().any(|public| path.starts_with(public));
        let is_patients = path.starts_with("/v1/patient") || is_visits && !is_public;
        assert_eq!(entry["authorized"], is_patients, "{path}");
        assert_eq!(entry["host"], if is_visits { "visits" } else { "api" }, "{path}");
        let headers = entry["headers"].as_array().expect("names");
        // The cancel without a reason is a POST without a body.
        let has_body = entry["method"] == "POST" && !path.starts_with("/api/9/visits/virtual/");
        assert_eq!(entry.get("body").is_some(), has_body, "{path}");
        assert_eq!(headers.contains(&json!("content-type")), has_body, "{path}");
        assert_eq!(entry["status"], 200, "{path}");
    }
}

#[tokio::test]
async fn a_visit_that_is_not_hers_is_not_found_whatever_is_asked_of_it() {
    let town = town().await;
    let marta = signed_in(&town, "marta").await;
    let hers = joined(&marta).await;
    let dev = signed_in(&town, "dev").await;
    for visit in [hers, VisitId::new("0f6e5c1d-9b0a-4e8c-8b1e-2a7d9c3f5e10"), VisitId::new("../?x=1#y")] {
        let wait = dev.ask(&VisitWaitTime { visit: visit.clone() }).await;
        assert_eq!(wait.err(), Some(ApiError::NotFound));
        assert_eq!(dev.ask(&VisitSummary { visit: visit.clone() }).await, Err(ApiError::NotFound));
        let reason = "other".to_owned();
        let cancel = CancelClinicVisit { visit: visit.clone(), reason };
        assert_eq!(dev.ask(&cancel).await, Err(ApiError::NotFound));
        for reason in [Some("OTHER".to_owned()), None] {
            let leave = OnDemandCancel {
                visit: visit.clone(),
                modality: Modality::Video,
                reason,
                email: String::new(),
            };
            assert_eq!(dev.ask(&LeaveVisit { leave }).await, Err(ApiError::NotFound));
        }
    }
    assert_eq!(town.look("/visits").await[0]["status"], "requested");
}
