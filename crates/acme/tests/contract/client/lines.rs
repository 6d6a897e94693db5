//! On-demand visits: joining a line by video or phone, for a region, clinic or clinician, for oneself or a child, and
//! being refused (API reference §2.28, §3.3, §3.4).

use booking::errand::event::Event as Act;
use booking::errand::state::{CouponCheck, Stage};
use booking::finder::event::Event as Find;
use booking::finder::queue::LineKind;
use booking::ids::{Npi, PracticeId, RegionCode, UrlName};
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::on_demand::{Modality, Qualifier};
use booking::patient::{Actor, Details, Gender};
use booking::payment::{Guarantor, Insurance, Issuer, Payment};
use booking::settings::{Settings, Target};
use serde_json::{Value, json};

use super::executor::{Patient, details, page};
use super::people::{leo, marta, ruth};
use super::seen::{bodies, only_visit, posts};
use crate::support::{DANA, EAST, LEO, MAIN, MARTA, Town, home, town};
use crate::urgent_care::NORTHLAKE;

/// Settings of a Northlake page that offers on-demand visits.
pub fn urgent_care(target: Target) -> Settings {
    Settings {
        practice: Some(PracticeId::new(NORTHLAKE)),
        brand: Some("northlake".into()),
        only_on_demand: target == Target::OnDemand,
        ..page(target, &["NewPatient"])
    }
}

/// Opens an on-demand page and picks Washington.
pub async fn in_washington<'a>(town: &'a Town, username: &'static str) -> Patient<'a> {
    let mut patient = Patient::at_page(town, username, urgent_care(Target::OnDemand)).await;
    assert_eq!(patient.stage(), "queue", "{:?}", patient.state.errand.stage);
    patient.on(Find::PickRegion(RegionCode::new("WA"))).await;
    patient
}

/// Joins a line, signs in, enters the details, accepts the terms and submits.
pub async fn join(patient: &mut Patient<'_>, modality: Modality, line_kind: LineKind, entered: Details) {
    patient.on(Event::Join(modality, line_kind)).await;
    assert_eq!(patient.stage(), "patient", "{:?}", patient.state.errand.stage);
    patient.give(entered).await;
    patient.on(Act::AcceptTerms(true)).await;
    patient.on(Act::Submit).await;
}

/// Marta's details, billed later.
pub fn martas() -> Details {
    Details { payment: Payment::BilledLater, ..details(marta()) }
}

/// The body that Acme must have received for Marta's video visit, billed later.
fn martas_body() -> Value {
    json!({
        "patient": {"firstName": "Marta", "lastName": "Okafor", "gender": "female", "dateOfBirth": "1979-02-11",
            "phone": "206-555-0188", "email": "marta.okafor@example.com", "address": home(), "patientGuid": MARTA},
        "billingInfo": {"paymentMethod": "external-self-pay"},
        "visitDetails": {"acceptedTerms": true, "declaration": "self", "stateLicensure": "WA",
            "visitReason": "Sore throat since Sunday", "visitTypeName": "virtual", "practiceId": NORTHLAKE,
            "brand": "northlake", "assignmentQualifiers": ["adult"], "detectedLanguage": "en-US"}
    })
}

#[tokio::test]
async fn marta_is_seen_now_by_video_and_pays_with_a_coupon() {
    let town = town().await;
    let mut patient = in_washington(&town, "marta").await;
    patient.on(Event::Join(Modality::Video, LineKind::General)).await;
    assert_eq!(patient.stage(), "patient");
    assert_eq!(patient.known_or(ruth()), marta(), "prefilled from her record");
    patient.give(Details { payment: Payment::Coupon("NORTH25".into()), ..martas() }).await;
    let checked = Some(("NORTH25".to_owned(), CouponCheck::Active(2500)));
    assert_eq!(patient.state.errand.person.coupon, checked);
    patient.on(Act::Submit).await;
    assert_eq!(patient.stage(), "review", "the terms come first");
    patient.on(Act::AcceptTerms(true)).await;
    patient.on(Act::Submit).await;

    let visit = only_visit(&town).await;
    let id = patient.visit_id();
    assert_eq!((&visit["visitId"], &visit["kind"]), (&json!(id), &json!("virtual")));
    let mut body = martas_body();
    body["billingInfo"] = json!({"paymentMethod": "couponcode", "couponCode": "NORTH25"});
    assert_eq!(visit["body"], body);
    assert_eq!(posts(&town).await, ["POST /api/9/visits"], "her record was not written again");
    let Stage::Waiting(waiting) = &patient.state.errand.stage else {
        panic!("{:?}", patient.state.errand.stage)
    };
    assert_eq!(waiting.confirmation.room, Some(town.visits(&format!("/v/{id}"))));
    assert!(matches!(patient.told.last(), Some(Notice::Joined(_))));
}

#[tokio::test]
async fn a_card_goes_from_the_hosts_field_into_the_visit_and_a_declined_one_is_told() {
    for (token, stage) in [("tok_1Nq", "booked"), ("tok_chargeDeclined", "review")] {
        let town = town().await;
        let mut patient = in_washington(&town, "marta").await;
        patient.settings.takes_cards = true;
        patient.card = Some(token.into());
        let by_card = Details { payment: Payment::Card, ..martas() };
        join(&mut patient, Modality::Video, LineKind::General, by_card).await;
        assert_eq!(patient.stage(), stage, "{:?}", patient.state.errand.stage);
        let sent = bodies(&town, "/api/9/visits").await;
        let mut body = martas_body();
        body["billingInfo"] = json!({"paymentMethod": "creditcard", "stripeToken": token});
        assert_eq!(sent, [body]);
        assert!(!format!("{:?}{:?}", patient.state, patient.told).contains(token), "the flow never sees it");
    }
}

#[tokio::test]
async fn marta_asks_for_a_call_for_leo_and_her_own_insurance_pays() {
    let town = town().await;
    let mut patient = in_washington(&town, "marta").await;
    assert!(patient.state.finder.queue.asks_for_whom());
    patient.on(Find::ForWhom(Qualifier::Pediatric)).await;
    let guarantor = Guarantor {
        given: "Marta".into(),
        family: "Okafor".into(),
        gender: Gender::Female,
        birth_date: "1979-02-11".into(),
    };
    let insurance = Insurance {
        issuer: Issuer { name: "Cascadia PPO".into(), payer: "NL-PPO-01".into() },
        member: "CX883120".into(),
        group: "77120".into(),
        subscriber: "CX883".into(),
        guarantor: Some(guarantor),
    };
    let leos = Details {
        actor: Some(Actor { relationship: "Mother".into(), demographics: marta() }),
        payment: Payment::Insurance(Box::new(insurance)),
        interpreter: Some("spa".into()),
        ..details(leo())
    };
    join(&mut patient, Modality::Phone, LineKind::General, leos).await;

    let visit = only_visit(&town).await;
    assert_eq!((&visit["visitId"], &visit["patientGuid"]), (&json!(patient.visit_id()), &json!(LEO)));
    let body = json!({
        "patient": {"firstName": "Leo", "lastName": "Okafor", "gender": "male", "dateOfBirth": "2017-06-30",
            "phone": "206-555-0188", "email": "marta.okafor@example.com", "address": home(), "patientGuid": LEO},
        "actor": {"firstName": "Marta", "lastName": "Okafor", "gender": "female", "dateOfBirth": "1979-02-11",
            "phone": "206-555-0188", "email": "marta.okafor@example.com", "address": home(),
            "relationshipToPatient": "Mother", "patientGuid": MARTA},
        "billingInfo": {"paymentMethod": "insurance", "declaration": "other", "insuranceType": "manual",
            "insuranceProviderId": "NL-PPO-01", "insurancePayorId": "NL-PPO-01",
            "insurancePayorName": "Cascadia PPO", "insuranceMemberId": "CX883120",
            "insuranceGroupNumber": "77120", "insuranceSubscriberId": "CX883", "firstName": "Marta",
            "lastName": "Okafor", "gender": "female", "dateOfBirth": "1979-02-11"},
        "visitDetails": {"acceptedTerms": true, "declaration": "other", "stateLicensure": "WA",
            "visitReason": "Sore throat since Sunday", "visitTypeName": "phone", "practiceId": NORTHLAKE,
            "brand": "northlake", "assignmentQualifiers": ["pediatric"], "interpreterLanguage": "spa",
            "detectedLanguage": "en-US", "actorRelationshipToPatient": "Mother"}
    });
    assert_eq!(visit["body"], body);
    assert_eq!(posts(&town).await, ["POST /v1/patient/other", "POST /api/9/visits"]);
    let Stage::Waiting(waiting) = &patient.state.errand.stage else {
        panic!("{:?}", patient.state.errand.stage)
    };
    assert_eq!(waiting.confirmation.room, None, "she is called");
}

#[tokio::test]
async fn the_clinics_own_line_carries_the_clinic() {
    let town = town().await;
    let target = Target::Departments(vec![UrlName::new("NorthlakeBallard")]);
    let settings = Settings { clinic_line: true, only_on_demand: true, ..urgent_care(target) };
    let mut patient = Patient::at_page(&town, "marta", settings).await;
    patient.on(Find::PickRegion(RegionCode::new("WA"))).await;
    join(&mut patient, Modality::Video, LineKind::Clinic, martas()).await;
    let mut body = martas_body();
    body["visitDetails"]["scheduledDepartment"] =
        json!({"scheduledDepartmentId": "100210", "scheduledEhr": MAIN});
    let visit = only_visit(&town).await;
    assert_eq!((&visit["visitId"], &visit["body"]), (&json!(patient.visit_id()), &body));
}

#[tokio::test]
async fn a_clinics_line_in_the_other_system_needs_martas_record_there() {
    let town = town().await;
    let target = Target::Departments(vec![UrlName::new("NorthlakeMadison")]);
    let settings = Settings { clinic_line: true, only_on_demand: true, ..urgent_care(target) };
    let mut patient = Patient::at_page(&town, "marta", settings).await;
    patient.on(Find::PickRegion(RegionCode::new("WA"))).await;
    join(&mut patient, Modality::Video, LineKind::Clinic, martas()).await;
    let mut body = martas_body();
    body["visitDetails"]["scheduledDepartment"] =
        json!({"scheduledDepartmentId": "200105", "scheduledEhr": EAST});
    let visit = only_visit(&town).await;
    assert_eq!((&visit["visitId"], &visit["body"]), (&json!(patient.visit_id()), &body));
    assert_eq!(posts(&town).await, ["POST /v1/patient/self", "POST /api/9/visits"]);
    let record = bodies(&town, "/v1/patient/self").await.remove(0);
    assert_eq!(record["identifiers"], json!([{"system": EAST}]));
}

#[tokio::test]
async fn dr_whitfields_own_line_carries_her_number_under_the_agreed_key() {
    let town = town().await;
    let npis = vec![Npi::parse(DANA).expect("a real NPI")];
    let target = Target::Clinicians { npis, departments: Vec::new(), from_v5: false };
    let clinician_line = Some("requestedProvider".into());
    let settings = Settings { clinician_line, only_on_demand: true, ..urgent_care(target) };
    let mut patient = Patient::at_page(&town, "marta", settings).await;
    patient.on(Find::PickRegion(RegionCode::new("WA"))).await;
    join(&mut patient, Modality::Video, LineKind::Clinician, martas()).await;
    let mut body = martas_body();
    body["additionalDetails"] = json!([{"key": "requestedProvider", "value": DANA}]);
    let visit = only_visit(&town).await;
    assert_eq!((&visit["visitId"], &visit["body"]), (&json!(patient.visit_id()), &body));
}

#[tokio::test]
async fn ines_without_a_record_gets_one_where_the_line_keeps_its_own() {
    let town = town().await;
    let mut patient = in_washington(&town, "ines").await;
    let typed = Details { payment: Payment::BilledLater, ..details(ruth()) };
    join(&mut patient, Modality::Video, LineKind::General, typed).await;
    assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
    assert_eq!(posts(&town).await, ["POST /v1/patient/self", "POST /api/9/visits"]);
    let record = bodies(&town, "/v1/patient/self").await.remove(0);
    assert_eq!(record["identifiers"], json!([{"system": MAIN}]), "the system of Washington's department");
}
