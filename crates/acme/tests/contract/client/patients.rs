//! Tests how the client reads the patient of the signed-in account, and the records that it creates (API
//! reference §2.19–§2.21).

use booking::ids::{EhrSystem, PatientGuid};
use booking::outcome::ApiError;
use booking::patient::{Demographics, HumanName};
use booking::place::Address;
use dexcare::{Call, CurrentPatient, RecordOwner, SavePatient};
use serde_json::{Value, json};

use super::driver::{Client, signed_in};
use super::people::{leo, marta, ruth};
use crate::support::{EAST, LEO, MAIN, MARTA, Town, town};

async fn save(
    client: &Client<'_>,
    owner: RecordOwner,
    who: Demographics,
    ehr: &str,
) -> Result<PatientGuid, ApiError> {
    client.ask(&SavePatient { owner, demographics: who, ehr: EhrSystem::new(ehr) }).await
}

/// The bodies of the POSTs to the patient calls, oldest first.
async fn saved_bodies(town: &Town) -> Vec<Value> {
    let log = town.look("/requests").await;
    let posts = log.as_array().expect("a log").iter().filter(|entry| entry["method"] == "POST");
    posts.map(|entry| entry["body"].clone()).collect()
}

#[tokio::test]
async fn martas_record_is_read_as_her_clinic_has_it_but_for_her_ssn() {
    let town = town().await;
    let patient = signed_in(&town, "marta").await.ask(&CurrentPatient).await.expect("a patient");
    assert_eq!(patient.guid.as_str(), MARTA);
    let systems: Vec<&str> = patient.links.iter().map(|link| link.ehr.as_str()).collect();
    assert_eq!(systems, [MAIN]);
    assert_eq!(patient.links[0].demographics, marta());
    assert_eq!(patient.link_in(&EhrSystem::new(EAST)), None);
}

#[tokio::test]
async fn dev_has_a_record_in_each_system() {
    let town = town().await;
    let dev = signed_in(&town, "dev").await.ask(&CurrentPatient).await.expect("a patient");
    let systems: Vec<&str> = dev.links.iter().map(|link| link.ehr.as_str()).collect();
    assert_eq!(systems, [EAST, MAIN]);
}

#[tokio::test]
async fn an_account_without_a_record_is_not_found_or_has_no_links() {
    let town = town().await;
    assert_eq!(signed_in(&town, "ruth").await.ask(&CurrentPatient).await, Err(ApiError::NotFound));
    let ines = signed_in(&town, "ines").await.ask(&CurrentPatient).await.expect("a patient");
    assert!(ines.links.is_empty());
    assert_eq!(ines.known(&EhrSystem::new(MAIN)), None);
}

#[tokio::test]
async fn ruth_saves_herself_and_is_read_back_as_she_wrote() {
    let town = town().await;
    let client = signed_in(&town, "ruth").await;
    let guid = save(&client, RecordOwner::AccountHolder, ruth(), MAIN).await.expect("a patient");
    let patient = client.ask(&CurrentPatient).await.expect("a patient");
    assert_eq!(patient.guid, guid);
    let kept = patient.link_in(&EhrSystem::new(MAIN)).expect("a record in Northlake's system");
    assert_eq!(kept.demographics, Demographics { phone: "2065550119".into(), ..ruth() });
}

#[tokio::test]
async fn marta_adds_a_record_in_the_other_system_and_stays_one_patient() {
    let town = town().await;
    let client = signed_in(&town, "marta").await;
    assert_eq!(save(&client, RecordOwner::AccountHolder, marta(), EAST).await, Ok(PatientGuid::new(MARTA)));
    let patient = client.ask(&CurrentPatient).await.expect("a patient");
    for ehr in [MAIN, EAST] {
        assert!(patient.link_in(&EhrSystem::new(ehr)).is_some(), "{ehr}");
    }
}

#[tokio::test]
async fn marta_saves_her_son_who_does_not_show_in_her_own_record() {
    let town = town().await;
    let client = signed_in(&town, "marta").await;
    assert_eq!(save(&client, RecordOwner::Other, leo(), MAIN).await, Ok(PatientGuid::new(LEO)));
    let patient = client.ask(&CurrentPatient).await.expect("a patient");
    assert_eq!((patient.guid.as_str(), patient.links.len()), (MARTA, 1));
    assert_eq!(patient.links[0].demographics, marta());
}

#[tokio::test]
async fn whatever_a_person_types_arrives_as_typed() {
    let town = town().await;
    let client = signed_in(&town, "ines").await;
    let ines = Demographics {
        name: HumanName {
            given: "Inês \"Nê\"".into(),
            family: "O'Brien\\Duarte".into(),
            middle: "李".into(),
            prefix: "Dra.".into(),
            suffix: "III".into(),
            usage: "official".into(),
        },
        birth_date: "1996-04-22".into(),
        email: "ines.duarte@north-lake.example.com".into(),
        address: Address { line2: "Rear / \"coach house\" ½ 🏠".into(), ..marta().address },
        phone: "1 206 555 0151".into(),
        ..marta()
    };
    save(&client, RecordOwner::AccountHolder, ines.clone(), MAIN).await.expect("a patient");
    let patient = client.ask(&CurrentPatient).await.expect("a patient");
    assert_eq!(patient.links[0].demographics, Demographics { phone: "12065550151".into(), ..ines });
}

#[tokio::test]
async fn the_last_four_of_an_ssn_go_only_when_they_are_given() {
    let town = town().await;
    let client = signed_in(&town, "ruth").await;
    let given = Demographics { ssn_last_four: Some("7730".into()), ..ruth() };
    for (owner, who) in [
        (RecordOwner::AccountHolder, ruth()),
        (RecordOwner::Other, leo()),
        (RecordOwner::AccountHolder, given.clone()),
        (RecordOwner::Other, Demographics { ssn_last_four: Some("0000".into()), ..leo() }),
    ] {
        save(&client, owner, who, MAIN).await.expect("a patient");
    }
    let sent: Vec<Value> = saved_bodies(&town).await.iter().map(|body| body["ssn"].clone()).collect();
    assert_eq!(sent, [json!(null), json!(null), json!("7730"), json!("0000")]);
    let without =
        SavePatient { owner: RecordOwner::AccountHolder, demographics: ruth(), ehr: EhrSystem::new(MAIN) };
    assert!(!without.request().body.expect("a body").contains("ssn"), "not even an empty one");
    // The record has the digits now. If the client reads and saves it again, as a booking does, it does not send them.
    let read = client.ask(&CurrentPatient).await.expect("a patient");
    save(&client, RecordOwner::AccountHolder, read.links[0].demographics.clone(), MAIN)
        .await
        .expect("a patient");
    assert_eq!(saved_bodies(&town).await[4].get("ssn"), None);
}

#[tokio::test]
async fn a_zip_of_four_digits_and_a_birth_date_to_come_are_rejected() {
    let town = town().await;
    let client = signed_in(&town, "marta").await;
    let short_zip = Address { postal_code: "9810".into(), ..marta().address };
    for wrong in [
        Demographics { address: short_zip, ..marta() },
        Demographics { birth_date: "2027-01-01".into(), ..marta() },
        Demographics { email: "marta@localhost".into(), ..marta() },
        Demographics { ssn_last_four: Some("123456789".into()), ..marta() },
    ] {
        assert_eq!(save(&client, RecordOwner::AccountHolder, wrong, MAIN).await, Err(ApiError::Rejected));
    }
    assert_eq!(client.ask(&CurrentPatient).await.expect("a patient").links[0].demographics, marta());
}
