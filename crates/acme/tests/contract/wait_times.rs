//! Wait times, and the lists of modalities and qualifiers (API reference §2.14–§2.17).

use serde_json::{Value, json};

use crate::support::town;
use crate::urgent_care::{CEDARBROOK, NORTHLAKE, look_up, pools};

fn reasons(pools: &[Value]) -> Vec<&str> {
    pools.iter().map(|pool| pool["reason"].as_str().unwrap_or("open")).collect()
}

#[tokio::test]
async fn every_region_answers_with_its_own_reason() {
    let town = town().await;
    for (region, reason) in [
        ("WA", "open"),
        ("ID", "REGION_BUSY"),
        ("MT", "NO_ONCALL_PROVIDERS"),
        ("AK", "OFF_HOURS"),
        ("WY", "NO_REGIONS_FOUND"),
        ("ZZ", "NO_REGIONS_FOUND"),
    ] {
        let pools = pools(&town, &format!("regionCodes={region}")).await;
        assert!(pools.len() >= 4, "{region}");
        assert!(reasons(&pools).iter().all(|found| *found == reason), "{region}: {:?}", reasons(&pools));
        assert!(pools.iter().all(|pool| pool["regionCode"] == region && pool["practiceId"] == NORTHLAKE));
    }
}

#[tokio::test]
async fn an_open_pool_says_how_long_and_a_closed_one_why() {
    let town = town().await;
    town.tell("/clock", json!({"now": "2026-12-07T17:00:00Z", "frozen": true})).await;
    let open = &pools(&town, "regionCodes=WA&visitTypeNames=virtual&assignmentQualifiers=adult").await[0];
    let seconds = open["estimatedWaitTimeSeconds"].as_u64().expect("whole seconds");
    let expected = json!({"available": true, "estimateGeneratedAt": "2026-12-07T17:00:00.000Z", "regionCode": "WA",
        "practiceId": NORTHLAKE, "visitTypeName": "virtual", "assignmentQualifiers": ["adult"], "specialties": [],
        "estimatedWaitTimeSeconds": seconds});
    assert_eq!(open, &expected);
    let busy = &pools(&town, "regionCodes=ID&visitTypeNames=phone&assignmentQualifiers=pediatric").await[0];
    let expected = json!({"available": false, "estimateGeneratedAt": "2026-12-07T17:00:00.000Z", "regionCode": "ID",
        "practiceId": NORTHLAKE, "visitTypeName": "phone", "assignmentQualifiers": ["pediatric"], "specialties": [],
        "reason": "REGION_BUSY", "busyMessage": "We are seeing high demand. Please check back soon."});
    assert_eq!(busy, &expected);
}

#[tokio::test]
async fn filters_come_repeated_in_brackets_and_between_commas() {
    let town = town().await;
    let names = |pools: &[Value]| -> Vec<String> {
        let name =
            |pool: &Value| format!("{} {}", pool["regionCode"], pool["visitTypeName"]).replace('"', "");
        pools.iter().map(name).collect()
    };
    let expected = names(&pools(&town, "regionCodes=WA&regionCodes=ID&visitTypeNames=phone").await);
    assert_eq!(expected, ["WA phone", "WA phone", "ID phone", "ID phone"]);
    for query in [
        "regionCodes[]=WA&regionCodes[]=ID&visitTypeNames[]=phone",
        "regionCodes%5B%5D=WA&regionCodes%5B%5D=ID&visitTypeNames%5B%5D=phone",
        "regionCodes=WA,ID&visitTypeNames=phone&product=urgentcare",
    ] {
        assert_eq!(names(&pools(&town, query).await), expected, "{query}");
    }
    let children = pools(&town, "regionCodes=WA&assignmentQualifiers[]=pediatric").await;
    assert_eq!(children.len(), 2);
    assert!(children.iter().all(|pool| pool["assignmentQualifiers"] == json!(["pediatric"])));
}

#[tokio::test]
async fn a_specialty_has_a_pool_of_its_own_that_has_to_be_asked_for() {
    let town = town().await;
    let everything = pools(&town, "regionCodes=WA").await;
    let special = |pools: &[Value]| pools.iter().filter(|pool| pool["specialties"] != json!([])).count();
    assert_eq!((everything.len(), special(&everything)), (5, 1));
    assert_eq!(special(&pools(&town, "regionCodes=WA&assignmentQualifiers=adult").await), 0);
    let asked = pools(&town, "regionCodes=WA&assignmentQualifiers=dermatology&includeSpecialties=true").await;
    assert_eq!((asked.len(), special(&asked)), (1, 1));
}

#[tokio::test]
async fn one_region_is_asked_by_its_path() {
    let town = town().await;
    let answer = look_up(&town, "/api/9/regions/OR/waittimes?assignmentQualifiers=pediatric").await;
    let pools = answer.json();
    assert_eq!(
        reasons(pools.as_array().expect("a list")),
        ["open", "NO_ONCALL_PROVIDERS"],
        "no children by phone"
    );
    let unknown = look_up(&town, "/api/9/regions/Atlantis/waittimes").await;
    assert_eq!(unknown.status, 200);
    assert!(
        reasons(unknown.json().as_array().expect("a list")).iter().all(|found| *found == "NO_REGIONS_FOUND")
    );
}

#[tokio::test]
async fn regions_open_and_close_and_get_busy_with_the_clock() {
    let town = town().await;
    for (now, region, reason) in [
        ("2026-12-07T14:59:00Z", "WA", "OFF_HOURS"),
        ("2026-12-07T15:00:00Z", "WA", "open"),
        ("2026-12-08T05:59:00Z", "WA", "open"),
        ("2026-12-08T06:00:00Z", "WA", "OFF_HOURS"),
        ("2026-12-07T20:00:00Z", "ID", "open"),
        ("2026-12-07T23:30:00Z", "ID", "REGION_BUSY"),
        ("2026-12-08T04:00:00Z", "ID", "OFF_HOURS"),
        ("2026-12-08T21:30:00Z", "AK", "open"),
        ("2026-12-05T18:00:00Z", "OR", "OFF_HOURS"),
    ] {
        town.tell("/clock", json!({"now": now, "frozen": true})).await;
        let pools = pools(&town, &format!("regionCodes={region}&visitTypeNames=virtual")).await;
        assert!(
            reasons(&pools).iter().all(|found| *found == reason),
            "{now} {region}: {:?}",
            reasons(&pools)
        );
    }
}

#[tokio::test]
async fn a_wait_differs_between_pools_and_drifts_the_same_way_every_time() {
    let town = town().await;
    let waits = async |now: &str| -> Vec<u64> {
        town.tell("/clock", json!({"now": now, "frozen": true})).await;
        let pools = pools(&town, "regionCodes=WA&regionCodes=OR").await;
        pools.iter().filter_map(|pool| pool["estimatedWaitTimeSeconds"].as_u64()).collect()
    };
    let first = waits("2026-12-07T17:00:00Z").await;
    let mut distinct = first.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert!(distinct.len() > 5, "{first:?}");
    assert_ne!(waits("2026-12-07T17:20:00Z").await, first);
    assert_eq!(waits("2026-12-07T17:00:00Z").await, first);
}

#[tokio::test]
async fn a_query_that_makes_no_sense_is_left_out() {
    let town = town().await;
    let all = pools(&town, "").await.len();
    assert_eq!(all, 6 * 4 + 1);
    assert_eq!(pools(&town, "practiceId=northlake&homeMarket=&nonsense[]=1").await.len(), all);
    assert_eq!(look_up(&town, "/api/9/regions/waittimes?regionCodes=%E0%A4%A").await.status, 200);
    assert_eq!(pools(&town, "practiceId=00000000-0000-4000-8000-000000000000").await, Vec::<Value>::new());
    assert_eq!(pools(&town, "visitTypeNames=chat").await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_second_practice_sees_everybody_in_one_pool() {
    let town = town().await;
    let pools =
        pools(&town, &format!("practiceId={CEDARBROOK}&regionCodes=IL&assignmentQualifiers=pediatric")).await;
    assert_eq!(pools.len(), 2);
    assert!(pools.iter().all(|pool| pool["assignmentQualifiers"] == json!([]) && pool["available"] == true));
}

#[tokio::test]
async fn a_test_decides_what_a_region_answers() {
    let town = town().await;
    let busy = json!({"region": "WA", "state": "busy", "busyMessage": "Flu season"});
    town.tell("/regions", busy).await;
    town.tell("/regions", json!({"region": "WA", "modality": "phone", "state": "open", "wait": 42})).await;
    let video = &pools(&town, "regionCodes=WA&visitTypeNames=virtual").await[0];
    assert_eq!((&video["reason"], &video["busyMessage"]), (&json!("REGION_BUSY"), &json!("Flu season")));
    let phone = &pools(&town, "regionCodes=WA&visitTypeNames=phone").await[0];
    assert_eq!(phone["estimatedWaitTimeSeconds"], 42);
    for (state, reason) in [
        ("off-hours", "OFF_HOURS"),
        ("unstaffed", "NO_ONCALL_PROVIDERS"),
        ("unknown", "NO_REGIONS_FOUND"),
        ("by-clock", "open"),
    ] {
        town.tell("/regions", json!({"region": "WA", "state": state})).await;
        assert_eq!(reasons(&pools(&town, "regionCodes=WA&visitTypeNames=virtual").await)[0], reason);
    }
    let phone = &pools(&town, "regionCodes=WA&visitTypeNames=phone").await[0];
    assert_ne!(phone["estimatedWaitTimeSeconds"], 42, "by-clock for the region is so for all of it");
    town.tell("/regions", json!({"region": "WA", "state": "unstaffed"})).await;
    town.tell("/reset", json!({})).await;
    assert_eq!(reasons(&pools(&town, "regionCodes=WA&visitTypeNames=virtual").await)[0], "open");
}

#[tokio::test]
async fn the_vocabularies_have_archived_words_too() {
    let town = town().await;
    let names = async |path: &str| -> Vec<String> {
        let list = look_up(&town, path).await.json();
        let entries = list.as_array().expect("a list").iter();
        entries.map(|entry| entry["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("/api/9/modalities").await, ["virtual", "phone"]);
    assert_eq!(names("/api/9/modalities?archived=true").await, ["virtual", "phone", "chat"]);
    assert_eq!(names("/api/9/assignmentqualifiers?archived=maybe").await, ["adult", "pediatric"]);
    let all = look_up(&town, "/api/9/assignmentqualifiers?archived=true").await.json();
    assert_eq!((&all[0]["group"], &all[0].get("deletedAt")), (&json!("age"), &None));
    assert_eq!(all[2]["deletedAt"], "2025-03-01T00:00:00.000Z");
}
