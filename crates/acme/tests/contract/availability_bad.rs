//! Invalid searches, and searches without the right key (API reference §2.11–§2.13, §4 Q1–Q5).

use reqwest::Method;
use serde_json::{Value, json};

use crate::availability::{find, list, post};
use crate::support::{DANA, Town, send, town, town_with};

#[tokio::test]
async fn a_bad_body_is_a_400_that_names_the_field() {
    let town = town().await;
    for (more, name) in [
        (json!({"latitude": 90.5, "longitude": 0}), "latitude"),
        (json!({"latitude": 47.6, "longitude": -180.01}), "longitude"),
        (json!({"latitude": 47.6}), "longitude"),
        (json!({"longitude": -122.3}), "latitude"),
        (json!({"latitude": "47.6", "longitude": -122.3}), "latitude"),
        (json!({"latitude": 47.6, "longitude": -122.3, "postalCode": "98107"}), "postalCode"),
        (json!({"postalCode": "98107", "radius": 0}), "radius"),
        (json!({"postalCode": "98107", "radius": 101}), "radius"),
        (json!({"postalCode": "98107", "radius": 2.5}), "radius"),
        (json!({"postalCode": 98107}), "postalCode"),
        (json!({"departmentIds": "100210"}), "departmentIds"),
        (json!({"departmentIds": [100_210]}), "departmentIds"),
        (json!({"postalCode": "98107", "patient": {"patientId": "1"}}), "patient.patientIdType"),
        (json!({"postalCode": "98107", "sortBy": "nearest", "newOrEstablishedPatient": "any"}), ""),
        (json!({}), "postalCode"),
    ] {
        for what in ["slots", "providers"] {
            let mut body = json!({"visitTypeNames": ["FluShot"]});
            body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            let answer = post(&town, what, body).await;
            assert_eq!(answer.status, 400, "{what} {more}");
            assert_eq!(answer.json()["errorCode"], 40001);
            let message = answer.json()["message"].as_str().expect("a text").to_owned();
            assert!(message.contains(name), "{what} {more}: {message}");
        }
    }
    for (more, name) in [
        (json!({"visitTypeNames": []}), "visitTypeNames"),
        (json!({"visitTypeNames": ["FluShot"], "startDate": "12/08/2026"}), "startDate"),
        (json!({"visitTypeNames": ["FluShot"], "endDate": "2026-02-30"}), "endDate"),
        (
            json!({"visitTypeNames": ["FluShot"], "startDate": "2026-12-09", "endDate": "2026-12-08"}),
            "endDate",
        ),
    ] {
        let mut body = json!({"postalCode": "98107"});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let answer = post(&town, "slots", body).await;
        assert_eq!((answer.status, &answer.json()["errorCode"]), (400, &json!(40001)), "{more}");
        assert!(answer.json()["message"].as_str().is_some_and(|message| message.contains(name)), "{more}");
    }
    let send_raw =
        async |body: &'static str| send(town.http.post(town.api("/v1/availability/slots")).body(body)).await;
    for body in ["", "{", "[]", "null"] {
        let answer = send_raw(body).await;
        assert_eq!((answer.status, &answer.json()["errorCode"]), (400, &json!(40001)), "{body}");
    }
}

#[tokio::test]
async fn the_dates_that_the_sdk_sends_are_dates_too() {
    let town = town().await;
    let days = async |start: &str, end: &str| {
        let body = json!({"departmentIds": ["100219"], "visitTypeNames": ["FluShot"], "startDate": start, "endDate": end});
        find(&town, "slots", body).await["slots"].clone()
    };
    let plain = days("2026-12-09", "2026-12-10").await;
    assert!(!plain.as_array().expect("a list").is_empty());
    assert_eq!(days("2026-12-09T08:00:00.000Z", "2026-12-10T08:00:00.000Z").await, plain);
}

#[tokio::test]
async fn a_bad_query_is_a_400_that_names_the_parameter() {
    let town = town().await;
    for (query, name) in [
        ("postalCode=98107", "daysOfSlots"),
        ("postalCode=98107&daysOfSlots=0", "daysOfSlots"),
        ("postalCode=98107&daysOfSlots=-1", "daysOfSlots"),
        ("postalCode=98107&daysOfSlots=two", "daysOfSlots"),
        ("daysOfSlots=2", "postalCode"),
        ("daysOfSlots=2&latitude=47.6", "longitude"),
        ("daysOfSlots=2&latitude=91&longitude=0", "latitude"),
        ("daysOfSlots=2&latitude=NaN&longitude=0", "latitude"),
        ("daysOfSlots=2&latitude=0&longitude=181", "longitude"),
        ("daysOfSlots=2&postalCode=9810", "postalCode"),
        ("daysOfSlots=2&postalCode=98107&radius=0", "radius"),
        ("daysOfSlots=2&postalCode=98107&radius=101", "radius"),
        ("daysOfSlots=2&postalCode=98107&userTimezone=Mars/Olympus", "userTimezone"),
        ("daysOfSlots=2&postalCode=98107&newOrEstablishedPatient=some", "newOrEstablishedPatient"),
        ("daysOfSlots=2&postalCode=98107&startDate=2026-13-01", "startDate"),
        ("daysOfSlots=2&postalCode=98107&startDate=2026-12-08T09:30:00-08:00", "startDate"),
        ("daysOfSlots=2&postalCode=98107&startDate=2026-12-09&endDate=2026-12-08", "endDate"),
        ("daysOfSlots=2&postalCode=98107&postalCode=98004", "postalCode"),
        ("daysOfSlots=2&postalCode=%zz", "query"),
    ] {
        let answer = town.get(&format!("/v1/availability/slots?{query}")).await;
        assert_eq!((answer.status, &answer.json()["errorCode"]), (400, &json!(40001)), "{query}");
        assert!(answer.json()["message"].as_str().is_some_and(|message| message.contains(name)), "{query}");
    }
}

#[tokio::test]
async fn whoever_is_not_known_has_nothing_free() {
    let town = town().await;
    let got = town.read("/v1/availability/slots?npis=1999999992&daysOfSlots=2").await;
    assert_eq!((&got["slotsByVisitType"], &got["providers"]), (&json!([]), &json!({})));
    let search =
        json!({"postalCode": "98107", "visitTypeNames": ["FluShot"], "clinicianNPIs": ["1999999992"]});
    assert_eq!(find(&town, "slots", search).await["slots"], json!([]));
}

const GET: &str = "/v1/availability/slots?postalCode=98107&daysOfSlots=1&visitTypeNames=FluShot";

/// Status and body of a search, with or without a key.
async fn search(town: &Town, method: Method, key: Option<&str>) -> (u16, Value) {
    let mut request = town.http.request(method.clone(), town.api(GET));
    if method == Method::POST {
        request = request.json(&json!({"postalCode": "98107", "visitTypeNames": ["FluShot"]}));
    }
    if let Some(key) = key {
        request = request.header("x-api-key", key);
    }
    let answer = send(request).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn a_search_needs_no_key_but_a_wrong_one_is_a_403() {
    let town = town().await;
    let forbidden = (403, json!({"message": "Forbidden", "errorCode": 40301}));
    for method in [Method::GET, Method::POST] {
        assert_eq!(search(&town, method.clone(), None).await.0, 200);
        assert_eq!(search(&town, method.clone(), Some("acme-key")).await.0, 200);
        assert_eq!(search(&town, method, Some("wrong")).await, forbidden);
    }
}

#[tokio::test]
async fn the_control_port_says_who_may_search() {
    let town = town().await;
    town.tell("/availability", json!({"get": "key"})).await;
    assert_eq!(search(&town, Method::GET, None).await.0, 403);
    assert_eq!(search(&town, Method::GET, Some("acme-key")).await.0, 200);
    assert_eq!(search(&town, Method::POST, None).await.0, 200);
    town.tell("/availability", json!({"get": "absent", "post": "key"})).await;
    let (status, body) = search(&town, Method::GET, Some("acme-key")).await;
    assert_eq!((status, &body["message"]), (404, &json!("no Route matched with those values")));
    assert!(body["request_id"].is_string());
    assert_eq!(search(&town, Method::POST, None).await.0, 403);
    assert_eq!(search(&town, Method::POST, Some("acme-key")).await.0, 200);
    town.tell("/reset", json!({})).await;
    assert_eq!(search(&town, Method::GET, None).await.0, 200);
    assert_eq!(search(&town, Method::POST, None).await.0, 200);
    for wrong in [json!({"get": "maybe"}), json!({"post": "absent"}), json!({"put": "key"})] {
        assert_eq!(
            send(town.http.post(town.control("/availability")).json(&wrong)).await.status,
            400,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn told_to_require_the_key_each_family_refuses_in_its_own_words() {
    let mut config = acme::Config::default();
    config.settings.require_key = true;
    let town = town_with(config).await;
    assert_eq!(
        search(&town, Method::GET, None).await,
        (403, json!({"message": "Forbidden", "errorCode": 40301}))
    );
    let slots = send(town.http.get(town.api(&format!("/v5/providers/{DANA}/timeslots")))).await;
    assert_eq!(
        (slots.status, slots.json()),
        (401, json!({"message": "API key is not valid", "status": 401}))
    );
    // A patient who follows a link sends no key.
    assert_eq!(town.get("/retail?brand=northlake").await.status, 200);
}

#[tokio::test]
async fn a_page_may_read_a_search_and_its_refusals() {
    let town = town().await;
    let page = "http://localhost:8080";
    for (path, status) in [(GET, 200), ("/v1/availability/slots", 400), ("/v5/providers/1/timeslots", 404)] {
        let answer = send(town.http.get(town.api(path)).header("origin", page)).await;
        assert_eq!(
            (answer.status, answer.header("access-control-allow-origin")),
            (status, Some(page)),
            "{path}"
        );
    }
    town.tell("/availability", json!({"get": "absent"})).await;
    let preflight = town.http.request(Method::OPTIONS, town.api(GET)).header("origin", page);
    assert_eq!(send(preflight).await.header("access-control-allow-origin"), Some(page));
    town.tell("/cors", json!({"mode": "off"})).await;
    let closed = send(town.http.get(town.api(GET)).header("origin", page)).await;
    assert_eq!(closed.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn status_suffixes_and_the_directory_are_there() {
    let town = town().await;
    let suffixes = town.read("/v1/suffixes").await;
    assert!(suffixes.as_array().is_some_and(|all| all.contains(&json!("Jr."))));
    let status = town.read("/v1/statuspage").await;
    assert_eq!((&status["indicator"], &status["incidents"]), (&json!("none"), &json!([])));
    let maintenance = &list(&status, "scheduled_maintenances")[0];
    assert_eq!(
        (&maintenance["status"], &maintenance["scheduled_for"]),
        (&json!("scheduled"), &json!("2026-12-13T09:00:00.000Z"))
    );
    town.tell("/clock", json!({"now": "2026-12-13T10:00:00Z"})).await;
    let under_way = town.read("/v1/statuspage").await;
    assert_eq!(under_way["indicator"], "maintenance");
    assert_eq!(under_way["scheduled_maintenances"][0]["status"], "in_progress");

    let providers = town.read("/v1/providers?product=findadoctor").await;
    let of = |all: &Value, npi: &str| {
        all.as_array().expect("a list").iter().filter(|row| row["npi"] == npi).count()
    };
    let (priya, gloria, mei) = (town.npi("Raman").await, town.npi("Reyes").await, town.npi("Tanaka").await);
    assert_eq!((of(&providers, &priya), of(&providers, DANA)), (2, 1), "once for each system");
    assert!(
        list(&json!({"all": providers}), "all")
            .contains(&json!({"system": "org.northlake.epic.main", "npi": DANA}))
    );
    assert_eq!(of(&providers, &gloria), 1);
    let active = town.read("/v1/providers?excludeInactive=true&acceptingNewPatients=true").await;
    assert_eq!((of(&active, &gloria), of(&active, &mei)), (0, 1));
    assert_eq!(town.get("/v1/providers?excludeInactive=1").await.status, 400);
}
