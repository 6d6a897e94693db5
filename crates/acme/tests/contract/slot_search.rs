//! Slot search, slot-taken and slot-released (API reference §2.9, §2.10).

use serde_json::{Value, json};

use crate::availability::{find, list};
use crate::support::{Answer, DANA, EAST, MAIN, MARTA, Town, provider, retail, send, town};

async fn search(town: &Town, body: Value) -> Answer {
    send(town.http.post(town.api("/v5/slots/search")).json(&body)).await
}

async fn results(town: &Town, body: Value) -> Value {
    let answer = search(town, body.clone()).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text);
    answer.json()["results"].clone()
}

async fn notify(town: &Town, what: &str, body: &Value) -> Answer {
    send(town.http.post(town.api(&format!("/v5/slots/slot-{what}"))).json(body)).await
}

/// A notification from the owner of the schedule about a slot of a timeslot list.
fn notice(slot: &Value) -> Value {
    let start = slot["slotDateTime"].as_str().expect("a time");
    let utc = chrono::DateTime::parse_from_rfc3339(start).expect("RFC 3339").to_utc();
    json!({"npi": slot["providerNationalId"], "departmentId": slot["departmentId"], "visitTypeId": slot["visitTypeId"],
        "slotDateTime": utc.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        "ehrInstance": crate::support::ehr_of(slot), "disableRefresh": true})
}

#[tokio::test]
async fn results_are_per_provider_and_department_and_leave_out_what_has_nothing() {
    let town = town().await;
    let priya = town.npi("Raman").await;
    let arthur = town.npi("Pell").await;
    let body = json!({"startDate": "2026-12-08", "endDate": "2027-01-10", "visitTypeNames": ["FollowUp", "Virtual"],
        "criteriaItems": [{"npi": priya}, {"npi": arthur}, {"npi": "1999999992"}, {"npi": priya, "ehrInstance": EAST}]});
    let results = results(&town, body).await;
    let places: Vec<_> = list(&json!({"all": results}), "all")
        .iter()
        .map(|result| {
            (
                result["npi"].clone(),
                result["ehrInstance"].clone(),
                result["departmentId"].clone(),
                result["timezone"].clone(),
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            (json!(priya), json!(MAIN), json!("100310"), json!("America/Denver")),
            (json!(priya), json!(EAST), json!("200105"), json!("America/Chicago")),
        ]
    );
    for result in results.as_array().expect("a list") {
        let types = list(result, "visitTypes");
        assert_eq!((types.len(), &types[0]["visitTypeName"]), (1, &json!("FollowUp")));
        for slot in list(&types[0], "slots") {
            let time = slot["dateTime"].as_str().expect("a time");
            assert!(("2026-12-08".."2027-01-11").contains(&time) && slot["duration"].is_u64());
            assert!(slot.get("slotDateTime").is_none());
        }
    }
}

#[tokio::test]
async fn the_times_are_those_of_v4_and_without_an_end_thirty_days_on() {
    let town = town().await;
    let item = json!([{"npi": DANA, "ehrInstance": MAIN, "departmentId": "100210"}]);
    let times = async |body: Value| -> Vec<String> {
        let results = results(&town, body).await;
        let slots = list(&results[0]["visitTypes"][0], "slots").clone();
        slots.iter().map(|slot| slot["dateTime"].as_str().expect("a time").to_owned()).collect()
    };
    let found =
        times(json!({"criteriaItems": item, "visitTypeNames": ["NewPatient"], "startDate": "2026-12-07",
        "endDate": "2026-12-21"}))
        .await;
    let v4 = town.provider_slots(DANA, "NewPatient").await;
    let at_ballard: Vec<_> = v4.iter().filter(|slot| slot["departmentId"] == "100210").collect();
    assert_eq!(
        found,
        at_ballard.iter().map(|slot| slot["slotDateTime"].as_str().expect("a time")).collect::<Vec<_>>()
    );
    let open = times(json!({"criteriaItems": item, "visitTypeNames": ["NewPatient"]})).await;
    assert_eq!(open[..found.len()], found);
    let last = open.last().expect("a time");
    assert!(("2027-01-04".."2027-01-07").contains(&last.as_str()), "{last}");
}

#[tokio::test]
async fn nothing_found_is_an_empty_list() {
    let town = town().await;
    for item in [
        json!({"npi": "1999999992"}),
        json!({"npi": DANA, "ehrInstance": EAST}),
        json!({"npi": DANA, "ehrInstance": MAIN, "departmentId": "100410"}),
        json!({"npi": DANA, "ehrInstance": "org.nowhere"}),
    ] {
        assert_eq!(results(&town, json!({"criteriaItems": [item]})).await, json!([]), "{item}");
    }
    let types = json!({"criteriaItems": [{"npi": DANA}], "visitTypeNames": ["HeartTransplant"]});
    assert_eq!(results(&town, types).await, json!([]));
}

#[tokio::test]
async fn a_bad_search_is_a_400_and_so_is_any_other_key() {
    let town = town().await;
    let item = json!([{"npi": DANA}]);
    for (body, name) in [
        (json!({}), "criteriaItems"),
        (json!({"criteriaItems": []}), "criteriaItems"),
        (json!({"criteriaItems": [DANA]}), "criteriaItems"),
        (json!({"criteriaItems": [{}]}), "npi"),
        (json!({"criteriaItems": [{"npi": 1_234_567_893}]}), "npi"),
        (json!({"criteriaItems": [{"npi": DANA, "departmentId": "100210"}]}), "ehrInstance"),
        (json!({"criteriaItems": [{"npi": DANA, "visitType": "FluShot"}]}), "visitType"),
        (json!({"criteriaItems": item, "product": "findadoctor"}), "product"),
        (json!({"criteriaItems": item, "startDate": "8 December"}), "startDate"),
        (json!({"criteriaItems": item, "endDate": "2026-12-08T00:00:00Z"}), "endDate"),
        (json!({"criteriaItems": item, "startDate": "2026-12-09", "endDate": "2026-12-08"}), "endDate"),
        (json!({"criteriaItems": item, "visitTypeNames": "FluShot"}), "visitTypeNames"),
    ] {
        let answer = search(&town, body.clone()).await;
        assert_eq!((answer.status, &answer.json()["errorCode"]), (400, &json!(500_201)), "{body}");
        assert!(answer.json()["message"].as_str().is_some_and(|message| message.contains(name)), "{body}");
    }
    let url = town.api("/v5/slots/search");
    let wrong =
        send(town.http.post(url).header("x-api-key", "wrong").json(&json!({"criteriaItems": item}))).await;
    assert_eq!(
        (wrong.status, wrong.json()),
        (401, json!({"message": "API key is not valid", "status": 401}))
    );
}

#[tokio::test]
async fn a_time_taken_is_gone_everywhere_and_a_booking_hears_of_it() {
    let town = town().await;
    let token = town.token("marta").await;
    let slot = town.provider_slots(DANA, "NewPatient").await[2].clone();
    let start = slot["slotDateTime"].clone();
    let department = town.department_slots("NorthlakeBallard", "NewPatient").await;
    let same =
        department.iter().find(|other| other["slotDateTime"] == start && other["providerNationalId"] == DANA);
    let as_retail = same.expect("her time in the clinic's list").clone();
    let item = json!({"criteriaItems": [{"npi": DANA}], "visitTypeNames": ["NewPatient"], "startDate": "2026-12-07"});
    let lists = async || {
        let has = |text: &str| text.contains(start.as_str().expect("a time"));
        let v4 = town.provider_slots(DANA, "NewPatient").await;
        let v5 = town.read(&format!("/v5/providers/{DANA}/timeslots?visitTypeName=NewPatient")).await;
        let got = town
            .read(&format!("/v1/availability/slots?npis={DANA}&visitTypeNames=NewPatient&daysOfSlots=90"))
            .await;
        let found = results(&town, item.clone()).await;
        let posted = find(
            &town,
            "slots",
            json!({"departmentIds": ["100210"], "clinicianNPIs": [DANA], "visitTypeNames": ["NewPatient"]}),
        )
        .await;
        let instant = notice(&slot)["slotDateTime"].as_str().expect("a time").replace(".000Z", "Z");
        [
            v4.iter().any(|other| other["slotDateTime"] == start),
            has(&v5.to_string()),
            has(&got.to_string()),
            has(&found.to_string()),
            posted.to_string().contains(&instant),
        ]
    };
    assert_eq!(lists().await, [true; 5]);
    for _ in 0..2 {
        let answer = notify(&town, "taken", &notice(&slot)).await;
        assert_eq!((answer.status, answer.text.as_str()), (204, ""));
        assert!(answer.header("correlation-id").is_some_and(|id| id.len() == 36), "a plain GUID here");
    }
    assert_eq!(lists().await, [false; 5]);
    for refused in [
        town.book_provider(&token, &provider(&slot, MARTA)).await,
        town.book_retail(&token, &retail(&as_retail, MARTA)).await,
    ] {
        assert_eq!(refused.status, 409);
        assert!(refused.text.contains("SlotUnavailable"));
    }
    assert_eq!(notify(&town, "released", &notice(&slot)).await.status, 204);
    assert_eq!(lists().await, [true; 5]);
    assert_eq!(town.book_provider(&token, &provider(&slot, MARTA)).await.status, 200);
    // Releasing the time does not cancel its visit.
    assert_eq!(notify(&town, "released", &notice(&slot)).await.status, 204);
    assert_eq!(lists().await, [false; 5]);
}

#[tokio::test]
async fn a_bad_notification_is_a_400_and_changes_nothing() {
    let town = town().await;
    let slot = town.provider_slots(DANA, "NewPatient").await[0].clone();
    let good = notice(&slot);
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    for (field, value) in [
        ("npi", Value::Null),
        ("npi", json!("1999999992")),
        ("departmentId", json!("")),
        ("departmentId", json!("100410")),
        ("visitTypeId", json!("")),
        ("visitTypeId", json!("NewPatient")),
        ("ehrInstance", json!("org.nowhere")),
        ("slotDateTime", json!("2026-12-08")),
        ("slotDateTime", json!(1_796_773_200)),
        ("disableRefresh", json!("yes")),
    ] {
        for what in ["taken", "released"] {
            let answer = notify(&town, what, &with(field, value.clone())).await;
            assert_eq!(
                (answer.status, &answer.json()["errorCode"]),
                (400, &json!(500_201)),
                "{field} {value}"
            );
            let message = answer.json()["message"].as_str().expect("a text").to_owned();
            assert!(message.contains(field), "{field} {value}: {message}");
        }
    }
    assert_eq!(town.provider_slots(DANA, "NewPatient").await[0], slot);
    let url = town.api("/v5/slots/slot-taken");
    let wrong = send(town.http.post(url).header("x-api-key", "wrong").json(&good)).await;
    assert_eq!(
        (wrong.status, wrong.json()),
        (401, json!({"message": "API key is not valid", "status": 401}))
    );
}
