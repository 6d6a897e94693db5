//! Tests searches around a place by POST (API reference §2.11, §2.12), and what searches by POST and by GET
//! (§2.13) have in common.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use crate::support::{Answer, DANA, EAST, MAIN, MARTA, Town, provider, send, town};

pub const BALLARD: &str = "org.northlake.epic.main|100210";

pub async fn post(town: &Town, what: &str, body: Value) -> Answer {
    send(town.http.post(town.api(&format!("/v1/availability/{what}"))).json(&body)).await
}

/// The JSON of an answer that must be a 200.
pub async fn find(town: &Town, what: &str, body: Value) -> Value {
    let answer = post(town, what, body.clone()).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text);
    answer.json()
}

pub fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("{name} is a list in {value}"))
}

pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is a text in {value}"))
}

fn instant(slot: &Value) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text(slot, "slotDateTime")).expect("RFC 3339")
}

pub fn departments(answer: &Value) -> BTreeSet<&str> {
    answer["departments"].as_object().expect("a map").keys().map(String::as_str).collect()
}

pub fn slot_times(group: &Value) -> Vec<Value> {
    list(group, "scheduleDays").iter().flat_map(|day| list(day, "slotTimes").clone()).collect()
}

#[tokio::test]
async fn posted_slots_are_one_list_in_order_with_instants_in_z() {
    let town = town().await;
    let search = json!({"postalCode": "98107", "radius": 5, "visitTypeNames": ["NewPatient", "FluShot"]});
    let answer = find(&town, "slots", search).await;
    let slots = list(&answer, "slots");
    assert!(slots.len() > 100);
    assert!(slots.is_sorted_by_key(instant));
    for slot in slots {
        assert!(text(slot, "slotDateTime").ends_with('Z') && text(slot, "slotDateTime").len() == 20);
        assert!(["NewPatient", "FluShot"].contains(&text(slot, "visitTypeName")));
        for option in list(slot, "providerOptions") {
            // The maps contain everything that an option refers to.
            assert!(answer["providers"][text(option, "npi")]["name"].is_string());
            assert!(answer["departments"][text(option, "departmentEhrIdentifier")]["timezone"].is_string());
            assert!(option["duration"].is_u64() && option["visitTypeId"].is_string());
            assert!(option.get("id").is_none() && option.get("slotId").is_none());
        }
    }
    assert!(slots.iter().any(|slot| list(slot, "providerOptions").len() > 1), "two people at one time");
    assert_eq!(answer["providers"][DANA]["name"], "Dana Whitfield");
    assert_eq!(answer["providers"][DANA]["specialties"], json!(["Family Medicine"]));
    let ballard = &answer["departments"][BALLARD];
    assert_eq!((&ballard["departmentId"], &ballard["ehrInstance"]), (&json!("100210"), &json!(MAIN)));
    assert_eq!(
        (&ballard["address"]["zipCode"], &ballard["address"]["postalCode"]),
        (&json!("98107"), &json!("98107"))
    );
    assert!(answer["searchContext"].as_str().is_some_and(|token| token.len() == 32));
}

#[tokio::test]
async fn the_searches_list_the_times_that_the_providers_own_list_has() {
    let town = town().await;
    let own: Vec<_> = town.provider_slots(DANA, "NewPatient").await.iter().map(instant).collect();
    let search = json!({"departmentIds": ["100210", "100214"], "clinicianNPIs": [DANA], "ehrInstances": [MAIN],
        "visitTypeNames": ["NewPatient"], "startDate": "2026-12-07", "endDate": "2026-12-21"});
    let posted: Vec<_> = list(&find(&town, "slots", search).await, "slots").iter().map(instant).collect();
    assert_eq!(posted, own);
    let path = format!(
        "/v1/availability/slots?npis={DANA}&daysOfSlots=60&visitTypeNames=newpatient&startDate=2026-12-07&endDate=2026-12-21"
    );
    let got = town.read(&path).await;
    let got: Vec<_> = slot_times(&list(&got, "slotsByVisitType")[0]).iter().map(instant).collect();
    assert_eq!(got, own);
}

#[tokio::test]
async fn radius_and_distance_are_miles_on_the_globe() {
    let town = town().await;
    let within = async |radius: u32| {
        let search = json!({"latitude": 47.6687, "longitude": -122.3764, "radius": radius, "visitTypeNames": ["FluShot"]});
        find(&town, "slots", search).await
    };
    assert_eq!(departments(&within(1).await), [BALLARD].into());
    let wide = within(30).await;
    assert_eq!(wide["departments"][BALLARD]["distanceFrom"], 0.0);
    // Straight-line distances from Ballard to Bellevue and to Tacoma.
    let miles = |wide: &Value, id: &str| wide["departments"][format!("{MAIN}|{id}")]["distanceFrom"].as_f64();
    assert_eq!(miles(&wide, "100214"), Some(9.2));
    assert_eq!(miles(&wide, "100219"), Some(28.9));
    assert_eq!(miles(&within(28).await, "100219"), None);
}

#[tokio::test]
async fn a_zip_code_stands_for_its_middle_and_an_unknown_one_finds_nothing() {
    let town = town().await;
    let near = async |postal_code: &str| {
        find(&town, "slots", json!({"postalCode": postal_code, "visitTypeNames": ["FluShot"]})).await
    };
    assert!(departments(&near("60201-4410").await).contains("org.cedarbrook.epic.east|200103"));
    for nowhere in ["00000", "10001", "Seattle"] {
        let answer = near(nowhere).await;
        assert_eq!(answer["slots"], json!([]), "{nowhere}");
        assert!(departments(&answer).is_empty() && answer["searchContext"].is_string());
    }
    let got = town.read("/v1/availability/slots?postalCode=00000&daysOfSlots=3").await;
    assert_eq!(got["slotsByVisitType"], json!([]));
}

#[tokio::test]
async fn a_department_number_of_two_systems_is_told_apart_by_the_instance() {
    let town = town().await;
    let search = |more: Value| {
        let mut search = json!({"departmentIds": ["100210"], "visitTypeNames": ["NewPatient"]});
        search.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        search
    };
    let both = find(&town, "slots", search(json!({}))).await;
    let lakeview = "org.cedarbrook.epic.east|100210";
    assert_eq!(departments(&both), [BALLARD, lakeview].into());
    assert_eq!(both["departments"][BALLARD]["distanceFrom"], 0.0, "no location, no distance");
    let east = find(&town, "slots", search(json!({"ehrInstances": [EAST]}))).await;
    assert_eq!(departments(&east), [lakeview].into());
    let near = find(&town, "slots", search(json!({"latitude": 47.6, "longitude": -122.3}))).await;
    assert_eq!(departments(&near), [BALLARD].into());
    let none = find(&town, "slots", json!({"departmentIds": [], "visitTypeNames": ["NewPatient"]})).await;
    assert_eq!(none["slots"], json!([]));
}

#[tokio::test]
async fn filters_narrow_a_search() {
    let town = town().await;
    let npis = async |more: Value| {
        let mut search = json!({"postalCode": "98107", "visitTypeNames": ["NewPatient", "FollowUp", "FluShot", "WellChild"]});
        search.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let answer = find(&town, "slots", search).await;
        answer["providers"].as_object().expect("a map").keys().cloned().collect::<BTreeSet<_>>()
    };
    let everybody = npis(json!({})).await;
    let femi = town.npi("Adeyemi").await;
    assert_eq!(npis(json!({"specialty": "pediatrics"})).await, [femi.clone()].into());
    let women = npis(json!({"gender": "female"})).await;
    assert!(women.contains(DANA) && !women.contains(&femi));
    assert_eq!(npis(json!({"gender": "Female"})).await, women);
    assert_eq!(npis(json!({"gender": "F"})).await, women);
    assert_eq!(npis(json!({"clinicianNPIs": [DANA, "1999999992"]})).await, [DANA.to_owned()].into());
    assert_eq!(
        npis(json!({"clinicTypes": ["Primary Care"]})).await,
        BTreeSet::new(),
        "Seattle has retail clinics"
    );
    assert_eq!(npis(json!({"clinicTypes": ["Retail"]})).await, everybody);
    assert_eq!(
        npis(json!({"clinicType": ["Primary Care"]})).await,
        everybody,
        "the SDK's name for it filters nothing"
    );
    let madison =
        json!({"postalCode": "53703", "visitTypeNames": ["NewPatient"], "clinicTypes": ["Primary Care"]});
    assert!(!list(&find(&town, "slots", madison).await, "slots").is_empty());
}

#[tokio::test]
async fn providers_with_availability_say_what_each_has_and_how_far_they_are() {
    let town = town().await;
    let search = |sort: &str| json!({"latitude": 47.6687, "longitude": -122.3764, "radius": 25, "visitTypeNames": ["NewPatient"], "sortBy": sort});
    let most = find(&town, "providers", search("mostAvailable")).await;
    let count = |result: &Value| result["visitTypes"][0]["availability"]["slotCount"].as_u64();
    assert!(list(&most, "results").is_sorted_by(|a, b| count(a) >= count(b)));
    let dana = list(&most, "results").iter().find(|result| result["npi"] == DANA).expect("Dana");
    assert_eq!(dana["departmentName"], "Northlake Clinic Ballard");
    assert_eq!((&dana["gender"], &dana["distanceFrom"]), (&json!("Female"), &json!(0.0)));
    assert_eq!(dana["visitTypes"][0]["visitTypeId"], "4378");
    assert_eq!(dana["visitTypes"][0]["availability"]["windowDays"], 30);
    // The provider's own list for the same 30 days.
    let path = format!(
        "/v4/providers/{DANA}/timeslots?visitType=NewPatient&startDate=2026-12-07&endDate=2027-01-05"
    );
    let own = crate::support::slots_of(&town.read(&path).await);
    let at_ballard = own.iter().filter(|slot| slot["departmentId"] == "100210").count() as u64;
    assert_eq!(count(dana), Some(at_ballard));
    let next = find(&town, "providers", search("nextAvailable")).await;
    let npis = |answer: &Value| -> BTreeSet<String> {
        list(answer, "results").iter().map(|result| text(result, "npi").to_owned()).collect()
    };
    assert_eq!(npis(&next), npis(&most));
    let first = text(&next["results"][0], "npi").to_owned();
    let soonest = async |npi: &str| town.provider_slots(npi, "NewPatient").await.iter().map(instant).min();
    for npi in npis(&next) {
        assert!(soonest(&first).await <= soonest(&npi).await);
    }
    let nothing = json!({"departmentIds": ["999999"]});
    assert_eq!(find(&town, "providers", nothing).await, json!({"results": []}));
}

#[tokio::test]
async fn a_time_booked_is_gone_from_every_search() {
    let town = town().await;
    let slot = town.provider_slots(DANA, "NewPatient").await[3].clone();
    let search = json!({"departmentIds": [slot["departmentId"]], "ehrInstances": [MAIN], "clinicianNPIs": [DANA],
        "visitTypeNames": ["NewPatient", "FollowUp", "FluShot", "AdultPhysical"], "endDate": "2026-12-21"});
    let holds = |answer: &Value| list(answer, "slots").iter().any(|found| instant(found) == instant(&slot));
    let before = find(&town, "slots", search.clone()).await;
    assert!(holds(&before));
    let token = town.token("marta").await;
    assert_eq!(town.book_provider(&token, &provider(&slot, MARTA)).await.status, 200);
    assert!(!holds(&find(&town, "slots", search).await));
    let repeated = find(&town, "slots", json!({"searchContext": before["searchContext"]})).await;
    assert!(!holds(&repeated), "repeated is searched again");
    let got = town.read(&format!("/v1/availability/slots?npis={DANA}&daysOfSlots=90")).await;
    let times = list(&got, "slotsByVisitType").iter().flat_map(slot_times).map(|slot| instant(&slot));
    assert!(!times.collect::<Vec<_>>().contains(&instant(&slot)));
}

#[tokio::test]
async fn a_search_can_be_repeated_by_its_context_until_that_expires() {
    let town = town().await;
    let first = find(&town, "slots", json!({"postalCode": "98107", "visitTypeNames": ["FluShot"]})).await;
    let context = json!({"searchContext": first["searchContext"]});
    let again = find(&town, "slots", context.clone()).await;
    assert_eq!(again["departments"], first["departments"]);
    assert_eq!(again["searchContext"], first["searchContext"]);
    let got = town
        .read(&format!("/v1/availability/slots?npis={DANA}&visitTypeNames=newpatient&daysOfSlots=2"))
        .await;
    let from_get = find(&town, "slots", json!({"searchContext": got["searchContext"]})).await;
    assert!(list(&from_get, "slots").iter().all(|slot| slot["visitTypeName"] == "NewPatient"));
    assert!(!list(&from_get, "slots").is_empty());

    let expired = json!({"message": "Invalid Search Context", "errorCode": 40002});
    town.tell("/contexts/expire", json!({})).await;
    let answer = post(&town, "slots", context).await;
    assert_eq!((answer.status, answer.json()), (400, expired.clone()));
    let aged = find(&town, "slots", json!({"postalCode": "98107", "visitTypeNames": ["FluShot"]})).await;
    town.tell("/clock", json!({"advance": 31 * 60})).await;
    let answer = post(&town, "slots", json!({"searchContext": aged["searchContext"]})).await;
    assert_eq!((answer.status, answer.json()), (400, expired.clone()));
    for made_up in [json!("0123456789abcdef0123456789abcdef"), json!(7)] {
        assert_eq!(post(&town, "slots", json!({"searchContext": made_up})).await.json(), expired);
    }
}
