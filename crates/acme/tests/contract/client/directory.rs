//! Clinics, clinicians, look-ahead and the email rule, as the client reads them (API reference §2.1, §2.2, §2.5, §2.7,
//! §2.41), compared with Acme's own description of its world.

use booking::ids::{EhrSystem, Npi, UrlName, VisitType, VisitTypeId, Zone};
use booking::place::{Address, AgeRange, AgeUnit, Clinician, Department, VisitTypeOffer};
use dexcare::{DepartmentInfo, DepartmentKey, Departments, MaxLookahead, Provider, ValidationConfigs};
use serde_json::{Value, json};

use super::driver::anybody;
use super::people::{place, times_at, times_with};
use crate::support::{DANA, EAST, MAIN, Town, town};

fn info(key: DepartmentKey, with_providers: bool) -> DepartmentInfo {
    DepartmentInfo { key, with_providers }
}

async fn by_id(town: &Town, identifier: &str) -> Department {
    let key = DepartmentKey::Identifier(place(identifier));
    anybody(town).ask(&info(key, false)).await.expect("a clinic")
}

/// The client's department in the format of Acme's `GET /world`.
fn told(department: &Department) -> Value {
    let mut visit_types: Vec<&str> = Vec::new();
    for offer in &department.visit_types {
        if !visit_types.contains(&offer.short_name.as_str()) {
            visit_types.push(offer.short_name.as_str());
        }
    }
    json!({
        "urlName": department.url_name.as_str(), "displayName": department.name, "brand": department.brand,
        "departmentId": department.identifier.department.as_str(),
        "departmentIdentifier": department.identifier.to_text(),
        "ehrSystemName": department.identifier.ehr.as_str(), "timezone": department.zone.as_str(),
        "visitTypes": visit_types
    })
}

async fn active_clinics(town: &Town, brand: &str) -> Vec<Value> {
    let world = town.look("/world").await;
    let clinics = world["clinics"].as_array().expect("clinics").iter();
    let mut active: Vec<Value> =
        clinics.filter(|clinic| clinic["brand"] == brand && clinic["isActive"] == true).cloned().collect();
    for clinic in &mut active {
        let clinic = clinic.as_object_mut().expect("an object");
        let beyond = ["isActive", "hasSchedule", "today", "clinicians"];
        let of_searches = ["clinicType", "postalCode", "latitude", "longitude"];
        for beyond in beyond.into_iter().chain(of_searches) {
            clinic.remove(beyond);
        }
    }
    active
}

#[tokio::test]
async fn a_brands_clinics_are_those_of_the_world() {
    let town = town().await;
    for (brand, count) in [("northlake", 8), ("cedarbrook", 3)] {
        let list = anybody(&town).ask(&Departments { brand: brand.into() }).await.expect("a list");
        assert_eq!((list.departments.len(), list.dropped), (count, 0));
        let told: Vec<Value> = list.departments.iter().map(told).collect();
        assert_eq!(told, active_clinics(&town, brand).await);
    }
    let nobodys = anybody(&town).ask(&Departments { brand: "nobody & sons".into() }).await.expect("a list");
    assert!(nobodys.departments.is_empty());
}

#[tokio::test]
async fn ballard_is_read_with_its_phone_address_and_the_ages_of_its_flu_shot() {
    let town = town().await;
    let key = DepartmentKey::UrlName(UrlName::new("NorthlakeBallard"));
    let ballard = anybody(&town).ask(&info(key, false)).await.expect("Ballard");
    assert_eq!(ballard.identifier, place("org.northlake.epic.main|100210"));
    assert_eq!((ballard.name.as_str(), ballard.phone.as_str()), ("Northlake Clinic Ballard", "206-555-0142"));
    assert_eq!(ballard.zone, Zone::new("America/Los_Angeles"));
    let address = Address {
        line1: "1450 NW Market St".into(),
        line2: "Suite 2".into(),
        city: "Seattle".into(),
        state: "WA".into(),
        postal_code: "98107".into(),
    };
    assert_eq!(ballard.address, address);
    let flu_shot = VisitTypeOffer {
        id: VisitTypeId::new("4381"),
        short_name: VisitType::new("FluShot"),
        name: "Flu shot".into(),
        ages: Some(AgeRange { min: 6, max: 1440, unit: AgeUnit::Month }),
    };
    assert!(ballard.visit_types.contains(&flu_shot), "{:?}", ballard.visit_types);
    assert!(ballard.clinicians.is_empty(), "nobody asked for them");
}

#[tokio::test]
async fn a_clinic_is_the_same_by_name_by_id_and_in_the_list() {
    let town = town().await;
    let list = anybody(&town).ask(&Departments { brand: "northlake".into() }).await.expect("a list");
    for listed in list.departments {
        let by_name = DepartmentKey::UrlName(listed.url_name.clone());
        assert_eq!(anybody(&town).ask(&info(by_name, false)).await, Ok(listed.clone()));
        assert_eq!(by_id(&town, &listed.identifier.to_text()).await, listed);
    }
}

#[tokio::test]
async fn two_clinics_with_one_number_are_told_apart_by_their_ehr() {
    let town = town().await;
    assert_eq!(by_id(&town, &format!("{MAIN}|100210")).await.url_name.as_str(), "NorthlakeBallard");
    assert_eq!(by_id(&town, &format!("{EAST}|100210")).await.url_name.as_str(), "CedarbrookLakeview");
}

#[tokio::test]
async fn a_clinic_names_its_clinicians_when_asked() {
    let town = town().await;
    let key = DepartmentKey::UrlName(UrlName::new("NorthlakeBallard"));
    let ballard = anybody(&town).ask(&info(key, true)).await.expect("Ballard");
    assert!(ballard.clinicians.contains(&(Npi::from_wire(DANA), "Dana Whitfield".into())));
    let world = town.look("/world").await;
    let here = world["clinics"].as_array().expect("clinics").iter();
    let here = here.clone().find(|clinic| clinic["urlName"] == "NorthlakeBallard").expect("Ballard");
    let npis: Vec<&str> = ballard.clinicians.iter().map(|(npi, _)| npi.as_str()).collect();
    assert_eq!(json!(npis), here["clinicians"]);
}

#[tokio::test]
async fn every_clinicians_number_name_places_and_visit_types_are_those_of_the_world() {
    let town = town().await;
    let world = town.look("/world").await;
    let clinicians = world["clinicians"].as_array().expect("clinicians");
    assert_eq!(clinicians.len(), 40);
    for known in clinicians {
        let npi = Npi::parse(known["npi"].as_str().expect("digits")).expect("a real NPI");
        let read = anybody(&town).ask(&Provider { npi: npi.clone() }).await.expect("a clinician");
        assert_eq!((&read.npi, read.is_active), (&npi, known["departments"] != json!(["CedarbrookDurango"])));
        assert_eq!(
            (json!(read.name), json!(read.credentials)),
            (known["name"].clone(), known["credential"].clone())
        );
        let mut short_names: Vec<&str> = Vec::new();
        for offer in &read.visit_types {
            if !short_names.contains(&offer.short_name.as_str()) {
                short_names.push(offer.short_name.as_str());
            }
        }
        assert_eq!(json!(short_names), known["visitTypes"]);
        assert_eq!(json!(url_names(&town, &read).await), known["departments"]);
    }
}

/// The `urlName`s of the clinics where a clinician works, each looked up by the clinic's id.
async fn url_names(town: &Town, clinician: &Clinician) -> Vec<String> {
    let mut names = Vec::new();
    for place in &clinician.places {
        let clinic = by_id(town, &place.identifier.to_text()).await;
        assert_eq!((&clinic.name, &clinic.phone), (&place.name, &place.phone));
        assert_eq!(clinic.address, place.address);
        names.push(clinic.url_name.as_str().to_owned());
    }
    names
}

#[tokio::test]
async fn the_ehr_a_slot_is_booked_into_is_its_clinics_own() {
    let town = town().await;
    for (url_name, visit_type) in [
        ("NorthlakeBallard", "FluShot"),
        ("NorthlakeMadison", "FollowUp"),
        ("CedarbrookLakeview", "FollowUp"),
    ] {
        let key = DepartmentKey::UrlName(UrlName::new(url_name));
        let clinic = anybody(&town).ask(&info(key, false)).await.expect("a clinic");
        let found = times_at(&town, url_name, visit_type).await;
        assert!(!found.slots.is_empty() && found.slots.iter().all(|slot| slot.place == clinic.identifier));
    }
    // Priya Raman sees patients in two EHR systems; one answer contains both.
    let priya = town.npi("Raman").await;
    let found = times_with(&town, &priya, "FollowUp").await;
    let mut systems: Vec<&str> = Vec::new();
    for slot in &found.slots {
        let clinic = by_id(&town, &slot.place.to_text()).await;
        assert_eq!(clinic.identifier.ehr, slot.place.ehr);
        if !systems.contains(&slot.place.ehr.as_str()) {
            systems.push(slot.place.ehr.as_str());
        }
    }
    systems.sort_unstable();
    assert_eq!(systems, [EAST, MAIN]);
}

#[tokio::test]
async fn the_look_ahead_is_told_for_a_visit_type_in_an_ehr() {
    let town = town().await;
    for (visit_type, ehr, days) in [("NewPatient", MAIN, 90), ("FluShot", MAIN, 60), ("FluShot", EAST, 45)] {
        let call = MaxLookahead { visit_type: VisitType::new(visit_type), ehr: EhrSystem::new(ehr) };
        assert_eq!(anybody(&town).ask(&call).await, Ok(days), "{visit_type} in {ehr}");
    }
}

#[tokio::test]
async fn the_mail_rule_is_the_one_acme_publishes() {
    let town = town().await;
    let published = town.read("/v1/validationConfigs").await["emailValidationRegex"].clone();
    let rule = anybody(&town).ask(&ValidationConfigs).await.expect("an answer").expect("a rule");
    assert_eq!(json!(rule), published);
}
