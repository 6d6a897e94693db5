//! Timeslots v5 of one provider (API reference §2.8).

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use crate::availability::list;
use crate::support::{DANA, MAIN, Town, send, town};

async fn read(town: &Town, npi: &str, query: &str) -> Value {
    town.read(&format!("/v5/providers/{npi}/timeslots?{query}")).await["slots"].clone()
}

/// The start of every slot, of all clinics and visit types.
fn times(slots: &Value) -> Vec<String> {
    let groups = slots.as_array().expect("a list").iter().flat_map(|clinic| list(clinic, "slotsByVisitType"));
    let days = groups.flat_map(|group| list(group, "scheduleDays"));
    let times = days.flat_map(|day| list(day, "slotTimes"));
    times.map(|slot| slot["slotDateTime"].as_str().expect("a time").to_owned()).collect()
}

fn dates(group: &Value) -> Vec<&str> {
    list(group, "scheduleDays").iter().map(|day| day["date"].as_str().expect("a date")).collect()
}

fn at(time: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(time).expect("RFC 3339")
}

#[tokio::test]
async fn slots_are_grouped_by_clinic_visit_type_and_day() {
    let town = town().await;
    let slots = read(&town, DANA, "product=findadoctor").await;
    let departments: Vec<_> = list(&json!({"slots": slots}), "slots")
        .iter()
        .map(|clinic| clinic["departmentIdentifier"].as_str().expect("a key").to_owned())
        .collect();
    assert_eq!(departments, [format!("{MAIN}|100210"), format!("{MAIN}|100214")]);
    let ballard = &slots[0];
    assert_eq!((&ballard["npi"], &ballard["ehrSystemName"]), (&json!(DANA), &json!(MAIN)));
    assert_eq!(
        (&ballard["departmentId"], &ballard["timezone"]),
        (&json!("100210"), &json!("America/Los_Angeles"))
    );
    let group = &ballard["slotsByVisitType"][0];
    assert_eq!((&group["visitTypeName"], &group["visitTypeId"]), (&json!("NewPatient"), &json!("4378")));
    assert_eq!(group["visitTypeTitle"], "Office visit, new patient");
    assert_eq!((&group["forNewPatient"], &group["forEstablishedPatient"]), (&json!(true), &json!(false)));
    assert_eq!(group["isBookable"], true);
    // Without a page size there are no links to other pages.
    assert!(group.get("previousEndDate").is_none() && group.get("nextStartDate").is_none());
    for day in list(group, "scheduleDays") {
        for slot in list(day, "slotTimes") {
            assert!(
                slot["slotDateTime"]
                    .as_str()
                    .is_some_and(|time| time.starts_with(day["date"].as_str().expect("a date")))
            );
            assert_eq!(slot["duration"], json!(30));
            assert!(slot.get("id").is_none() && slot.get("slotId").is_none());
        }
    }
    let other = &slots[1]["slotsByVisitType"][0];
    assert_eq!(other["visitTypeName"], "NewPatient");
    assert_ne!(other["visitTypeGuid"], group["visitTypeGuid"], "each department has its own");
    assert_eq!(read(&town, DANA, "").await, slots, "guids stay the same");
}

#[tokio::test]
async fn the_times_are_those_of_v4() {
    let town = town().await;
    let v4: Vec<_> = town
        .provider_slots(DANA, "NewPatient")
        .await
        .iter()
        .map(|slot| slot["slotDateTime"].as_str().expect("a time").to_owned())
        .collect();
    let mut v5 = times(&read(&town, DANA, "visitTypeName=NewPatient&endDate=2026-12-21").await);
    v5.sort_unstable();
    assert_eq!(v5, v4);
}

#[tokio::test]
async fn each_clinic_speaks_in_its_own_zone() {
    let town = town().await;
    let priya = town.npi("Raman").await;
    let slots = read(&town, &priya, "visitTypeName=FollowUp").await;
    let zones: Vec<_> =
        slots.as_array().expect("a list").iter().map(|clinic| clinic["timezone"].clone()).collect();
    assert_eq!(zones, ["America/Denver", "America/Chicago"]);
    assert!(
        times(&json!([slots[0]])).iter().all(|time| time.ends_with("-07:00") || time.ends_with("-06:00"))
    );
    assert!(times(&json!([slots[1]])).iter().any(|time| time.ends_with("-06:00")));
}

#[tokio::test]
async fn filters_combine() {
    let town = town().await;
    let names = async |query: &str| {
        let slots = read(&town, DANA, query).await;
        let groups =
            slots.as_array().expect("a list").iter().flat_map(|clinic| list(clinic, "slotsByVisitType"));
        let mut names: Vec<_> =
            groups.map(|group| group["visitTypeName"].as_str().expect("a name").to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    assert_eq!(names("").await, ["AdultPhysical", "FluShot", "FollowUp", "NewPatient"]);
    assert_eq!(names("visitTypeName=FluShot&visitTypeName=FollowUp").await, ["FluShot", "FollowUp"]);
    assert_eq!(names("visitTypeEmrId=4378").await, ["FollowUp", "NewPatient"]);
    assert_eq!(names("visitTypeEmrId=4378&visitTypeName=FluShot&visitTypeName=FollowUp").await, ["FollowUp"]);
    assert_eq!(names("visitTypeEmrId=4378&newOrEstablishedPatient=newPatient").await, ["NewPatient"]);
    assert_eq!(
        names("newOrEstablishedPatient=establishedPatient").await,
        ["AdultPhysical", "FluShot", "FollowUp"]
    );
    assert_eq!(names("newOrEstablishedPatient=bothNewAndEstablishedPatient").await.len(), 4);
    assert_eq!(names("visitTypeName=followup").await, [""; 0], "exactly as it is spelled");
}

#[tokio::test]
async fn a_department_is_named_by_its_slug_or_by_system_and_id() {
    let town = town().await;
    let clinics = async |query: &str| -> Vec<String> {
        let slots = read(&town, DANA, query).await;
        let ids = slots
            .as_array()
            .expect("a list")
            .iter()
            .map(|clinic| clinic["departmentId"].as_str().expect("an id").to_owned());
        ids.collect()
    };
    assert_eq!(clinics("departmentUrlName=NorthlakeBellevue").await, ["100214"]);
    assert_eq!(clinics(&format!("departmentEmrId=100214&departmentEmrSystemId={MAIN}")).await, ["100214"]);
    assert_eq!(
        clinics("departmentEmrId=100210&departmentEmrSystemId=org.cedarbrook.epic.east").await,
        [""; 0]
    );
    assert_eq!(clinics("departmentUrlName=Nowhere").await, [""; 0]);
}

#[tokio::test]
async fn v5_may_require_a_key_while_other_calls_do_not() {
    let town = town().await;
    town.tell("/availability", json!({"v5": "key"})).await;
    let path = format!("/v5/providers/{DANA}/timeslots");
    let without = town.get(&path).await;
    assert_eq!((without.status, without.json()["message"].clone()), (401, json!("API key is not valid")));
    for (key, status) in [("wrong", 401), ("acme-key", 200)] {
        assert_eq!(
            send(town.http.get(town.api(&path)).header("x-api-key", key)).await.status,
            status,
            "{key}"
        );
    }
    assert_eq!(town.get(&format!("/v1/providers/{DANA}")).await.status, 200);
    town.tell("/availability", json!({"v5": "open"})).await;
    assert_eq!(town.get(&path).await.status, 200);
}

#[tokio::test]
async fn dates_may_carry_a_time() {
    let town = town().await;
    let all =
        times(&read(&town, DANA, "visitTypeName=NewPatient&startDate=2026-12-08&endDate=2026-12-08").await);
    assert!(all.len() > 1 && all.iter().all(|time| time.starts_with("2026-12-08")));
    let second = &all[1];
    let from = second.replace('+', "%2B");
    let later = times(
        &read(&town, DANA, &format!("visitTypeName=NewPatient&startDate={from}&endDate=2026-12-08")).await,
    );
    assert_eq!(later, all[1..]);
    let utc = at(second).to_utc().format("%Y-%m-%dT%H:%M:%SZ");
    let earlier = times(
        &read(&town, DANA, &format!("visitTypeName=NewPatient&startDate=2026-12-08&endDate={utc}")).await,
    );
    assert_eq!(earlier, all[..2]);
}

#[tokio::test]
async fn pages_are_counted_in_days_that_have_slots() {
    let town = town().await;
    let read = async |more: &str| {
        let query = format!("visitTypeName=NewPatient&departmentUrlName=NorthlakeBallard{more}");
        read(&town, DANA, &query).await[0]["slotsByVisitType"][0].clone()
    };
    let everything = read("").await;
    let everything = dates(&everything);
    let first = read("&daysOfSlots=3").await;
    assert_eq!(dates(&first), everything[..3]);
    assert_eq!(first["previousEndDate"], Value::Null);
    let next = first["nextStartDate"].as_str().expect("a date");
    assert!(next > everything[2] && next <= everything[3]);
    let second = read(&format!("&daysOfSlots=3&startDate={next}")).await;
    assert_eq!(dates(&second), everything[3..6]);
    let back = second["previousEndDate"].as_str().expect("a date");
    assert!(back >= everything[2] && back < everything[3]);
    let back_again = read(&format!("&daysOfSlots=3&endDate={back}")).await;
    assert_eq!(dates(&back_again), everything[..3]);
    let last = read("&daysOfSlots=3&startDate=2027-02-20").await;
    let whole = read("&daysOfSlots=400").await;
    assert_eq!((dates(&whole), &whole["nextStartDate"]), (everything, &Value::Null));
    assert!(last["previousEndDate"].is_string());
}

#[tokio::test]
async fn a_bad_query_is_a_400_that_names_the_parameter() {
    let town = town().await;
    for (query, name) in [
        ("daysOfSlots=0", "daysOfSlots"),
        ("daysOfSlots=x", "daysOfSlots"),
        ("startDate=tomorrow", "startDate"),
        ("startDate=2026-12-08T09:30:00", "startDate"),
        ("startDate=2026-12-08T09:30:00.000Z", "startDate"),
        ("startDate=2026-12-08%2009:30:00Z", "startDate"),
        ("endDate=2026-02-30", "endDate"),
        ("startDate=2026-12-09&endDate=2026-12-08", "endDate"),
        ("startDate=2026-12-09T10:00:00Z&endDate=2026-12-09T09:00:00Z", "endDate"),
        ("newOrEstablishedPatient=both", "newOrEstablishedPatient"),
        ("departmentEmrId=100210", "departmentEmrSystemId"),
        ("departmentUrlName=NorthlakeBallard&departmentEmrId=100210", "departmentUrlName"),
        ("departmentUrlName=NorthlakeBallard&departmentEmrSystemId=x", "departmentUrlName"),
    ] {
        let answer = town.get(&format!("/v5/providers/{DANA}/timeslots?{query}")).await;
        assert_eq!((answer.status, &answer.json()["errorCode"]), (400, &json!(500_201)), "{query}");
        assert!(answer.json()["message"].as_str().is_some_and(|message| message.contains(name)), "{query}");
    }
}

#[tokio::test]
async fn an_unknown_provider_is_a_404_and_a_wrong_key_a_401() {
    let town = town().await;
    let unknown = town.get("/v5/providers/1999999992/timeslots").await;
    assert_eq!(
        (unknown.status, unknown.json()),
        (404, json!({"message": "Provider not found", "status": 404}))
    );
    let url = town.api(&format!("/v5/providers/{DANA}/timeslots"));
    let wrong = crate::support::send(town.http.get(url).header("x-api-key", "wrong")).await;
    assert_eq!(
        (wrong.status, wrong.json()),
        (401, json!({"message": "API key is not valid", "status": 401}))
    );
    let nobody = town.npi("Pell").await;
    assert_eq!(read(&town, &nobody, "").await, json!([]), "known, and without a schedule");
}
