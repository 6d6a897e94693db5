//! Tests searches around a place by GET (API reference §2.13): groups, pages, time zones.

use std::collections::BTreeSet;

use chrono::DateTime;
use serde_json::{Value, json};

use crate::availability::{BALLARD, departments, find, list, text};
use crate::support::{DANA, EAST, MAIN, town};

#[tokio::test]
async fn new_and_established_patients_are_offered_other_visit_types() {
    let town = town().await;
    let names = async |kind: &str| {
        let path =
            format!("/v1/availability/slots?npis={DANA}&daysOfSlots=20&newOrEstablishedPatient={kind}");
        let answer = town.read(&path).await;
        let groups =
            list(&answer, "slotsByVisitType").iter().map(|group| text(group, "visitTypeName").to_owned());
        groups.collect::<BTreeSet<_>>()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(names("newPatient").await, set(&["NewPatient", "FluShot"]));
    assert_eq!(names("establishedPatient").await, set(&["FollowUp", "AdultPhysical", "FluShot"]));
    assert_eq!(
        names("bothNewAndEstablishedPatient").await,
        set(&["NewPatient", "FollowUp", "AdultPhysical", "FluShot"])
    );
    let search = json!({"departmentIds": ["100210"], "ehrInstances": [MAIN], "clinicianNPIs": [DANA],
        "visitTypeNames": ["NewPatient", "FollowUp"], "newOrEstablishedPatient": "newPatient"});
    let posted = find(&town, "slots", search).await;
    assert!(list(&posted, "slots").iter().all(|slot| slot["visitTypeName"] == "NewPatient"));
}

#[tokio::test]
async fn a_get_answers_groups_in_local_offsets_with_flags_and_modality() {
    let town = town().await;
    let answer =
        town.read("/v1/availability/slots?postalCode=98107&radius=5&daysOfSlots=3&product=findadoctor").await;
    assert_eq!(answer["timezone"], "America/Los_Angeles");
    let groups = list(&answer, "slotsByVisitType");
    let flu = groups.iter().find(|group| group["visitTypeName"] == "FluShot").expect("flu shots");
    assert_eq!(flu["visitTypeEmrId"], "4381");
    assert_eq!(flu["visitTypeDisplayName"], "Flu shot");
    assert_eq!((&flu["forNewPatient"], &flu["forEstablishedPatient"]), (&json!(true), &json!(true)));
    assert_eq!((&flu["modality"], list(flu, "visitTypeUuids").len()), (&json!("INCLINIC"), 1));
    assert_eq!(list(flu, "scheduleDays").len(), 3);
    for day in list(flu, "scheduleDays") {
        for slot in list(day, "slotTimes") {
            assert!(text(slot, "slotDateTime").starts_with(text(day, "date")));
            assert!(text(slot, "slotDateTime").ends_with("-08:00"));
            assert!(list(slot, "providerOptions").iter().all(|option| option["duration"] == 10));
        }
    }
    let ballard = &answer["departments"][BALLARD];
    assert_eq!(
        (&ballard["departmentEmrId"], &ballard["address"]["latitude"]),
        (&json!("100210"), &json!(47.6687))
    );
    assert!(ballard["departmentUuid"].is_string() && ballard.get("departmentGuid").is_none());
    assert_eq!(answer["providers"][DANA]["emrId"], "32261");
    // The answer to a POST has the same GUID under another name.
    let posted = find(&town, "slots", json!({"postalCode": "98107", "visitTypeNames": ["FluShot"]})).await;
    assert_eq!(posted["departments"][BALLARD]["departmentGuid"], ballard["departmentUuid"]);
    let amara = town.npi("Cole").await;
    let video = town.read(&format!("/v1/availability/slots?npis={amara}&daysOfSlots=1")).await;
    assert_eq!(video["slotsByVisitType"][0]["modality"], "VIDEO");
}

#[tokio::test]
async fn a_visit_type_of_two_systems_is_two_groups_and_of_two_departments_one_with_two_guids() {
    let town = town().await;
    let priya = town.npi("Raman").await;
    let answer = town
        .read(&format!("/v1/availability/slots?npis={priya}&visitTypeNames=FOLLOWUP&daysOfSlots=90"))
        .await;
    let ids: Vec<_> =
        list(&answer, "slotsByVisitType").iter().map(|group| text(group, "visitTypeEmrId")).collect();
    assert_eq!(ids, ["4378", "711"]);
    assert!(answer.get("timezone").is_none(), "Denver and Madison share no zone");
    let dana = town
        .read(&format!("/v1/availability/slots?npis={DANA}&visitTypeNames=followup&daysOfSlots=90"))
        .await;
    assert_eq!(list(&dana["slotsByVisitType"][0], "visitTypeUuids").len(), 2);
}

#[tokio::test]
async fn pages_lead_to_each_other_and_leave_no_day_out() {
    let town = town().await;
    let read = async |more: &str| {
        let path = format!("/v1/availability/slots?npis={DANA}&visitTypeNames=newpatient{more}");
        town.read(&path).await["slotsByVisitType"].clone()
    };
    let dates = |groups: &Value| -> Vec<String> {
        list(&groups[0], "scheduleDays").iter().map(|day| text(day, "date").to_owned()).collect()
    };
    let everything = dates(&read("&daysOfSlots=400").await);
    assert!(everything.len() > 20);
    let mut page = read("&daysOfSlots=7").await;
    assert_eq!(page[0]["previousEndDate"], Value::Null);
    let mut seen = dates(&page);
    while let Some(next) = page[0]["nextStartDate"].as_str() {
        let previous = dates(&page);
        page = read(&format!("&daysOfSlots=7&startDate={next}")).await;
        seen.extend(dates(&page));
        let back = text(&page[0], "previousEndDate");
        assert_eq!(dates(&read(&format!("&daysOfSlots=7&endDate={back}")).await), previous);
    }
    assert_eq!(seen, everything);
}

#[tokio::test]
async fn a_time_zone_of_the_reader_moves_times_and_their_days() {
    let town = town().await;
    let aisha = town.npi("Rahman").await;
    // Dr. Rahman works nights in Chicago, when it is the evening before in Honolulu.
    let read = async |more: &str| {
        town.read(&format!("/v1/availability/slots?npis={aisha}&daysOfSlots=5{more}")).await
    };
    let (here, there) = (read("").await, read("&userTimezone=Pacific/Honolulu").await);
    assert_eq!(
        (&here["timezone"], &there["timezone"]),
        (&json!("America/Chicago"), &json!("Pacific/Honolulu"))
    );
    let first = |answer: &Value| {
        let day = &answer["slotsByVisitType"][0]["scheduleDays"][0];
        (text(day, "date").to_owned(), text(&day["slotTimes"][0], "slotDateTime").to_owned())
    };
    let ((day, time), (day_there, time_there)) = (first(&here), first(&there));
    assert!(time.ends_with("-06:00") && time_there.ends_with("-10:00"));
    assert!(day_there < day);
    let at = |time: &str| DateTime::parse_from_rfc3339(time).expect("RFC 3339");
    assert_eq!(at(&time), at(&time_there));
}

#[tokio::test]
async fn a_zip_code_beats_coordinates_in_a_get_and_values_may_repeat_or_be_joined() {
    let town = town().await;
    let read = async |query: &str| town.read(&format!("/v1/availability/slots?daysOfSlots=2&{query}")).await;
    let both = read("postalCode=60201&latitude=47.6687&longitude=-122.3764").await;
    assert!(departments(&both).iter().all(|key| key.starts_with(EAST)) && !departments(&both).is_empty());
    let femi = town.npi("Adeyemi").await;
    let repeated = read(&format!("npis={DANA}&npis={femi}")).await;
    let joined = read(&format!("npis={DANA},{femi}")).await;
    assert_eq!(repeated["providers"].as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(joined["providers"], repeated["providers"]);
    let filtered = read(&format!("postalCode=98107&npis={DANA}&clinicTypes=RETAIL,primary%20care")).await;
    assert_eq!(filtered["providers"].as_object().map(serde_json::Map::len), Some(1));
}
