//! Tests the whole way from bookings in Acme to a report and its figures.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::support::{Town, town};

/// The number of Acme's visits by the value of one member.
fn counted(town: &Town, member: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for visit in town.look("/visits").as_array().expect("visits") {
        *counts.entry(visit[member].as_str().expect("text").to_owned()).or_default() += 1;
    }
    counts
}

fn summarised(figures: &Value) -> BTreeMap<String, u64> {
    let groups = figures["groups"].as_array().expect("groups").iter();
    groups
        .map(|group| {
            (
                group["values"][0].as_str().expect("text").to_owned(),
                group["visits"].as_u64().expect("a count"),
            )
        })
        .collect()
}

#[test]
fn the_counts_of_a_report_are_those_of_the_database() {
    let (town, folder) = (town(), tempfile::tempdir().expect("a folder"));
    let visits = town.book_flu_shots(&["flushot", "flushot", "findadoctor", "flushot", "findadoctor"]);
    town.cancel(&visits[1]);
    town.tell("/reports", &json!({"polls": 2}));
    let csv = folder.path().join("visits.csv");
    let name = csv.to_str().expect("a name");
    let ended = town.run(&["visits", "--type", "retail", "--out", name, "--product", "quality"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.is_empty());
    let waits: Vec<&str> = ended.err.lines().filter(|line| line.contains("asking again")).collect();
    assert!(
        waits.len() == 2 && waits[0].starts_with("QUEUED") && waits[1].starts_with("RUNNING"),
        "{waits:?}"
    );

    let ended = town.run(&["summary", name, "--by", "product", "--json"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let figures: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(summarised(&figures), counted(&town, "product"));
    assert_eq!(figures["rows"], 5);
    assert_eq!(figures["date"], json!({"column": "createdAt", "guessed": true}));
    assert_eq!(figures["statuses"], json!(["requested", "cancelled"]));
    assert_eq!(figures["groups"][0]["statuses"], json!([2, 1]));
    assert_eq!(
        figures["overTime"]["stretches"],
        json!([{"start": "2026-12-07", "visits": 5, "groups": [3, 2]}])
    );
    for line in ["date: column createdAt (guessed", "status: column status (guessed"] {
        assert!(ended.err.contains(line), "{}", ended.err);
    }

    let requests = town.look("/requests");
    let reporting = requests
        .as_array()
        .expect("requests")
        .iter()
        .filter(|request| request["path"].as_str().is_some_and(|path| path.contains("/reporting/")));
    let products: Vec<&Value> = reporting.map(|request| &request["query"]["product"]).collect();
    assert_eq!(products.len(), 5, "a start, three looks, the CSV");
    assert!(
        products.iter().all(|product| **product == "quality" || **product == json!(["quality"])),
        "{products:?}"
    );
}

#[test]
fn an_earlier_report_is_picked_up_and_standard_output_has_all_of_it() {
    let town = town();
    town.book_flu_shots(&["flushot"]);
    let first = town.run(&["visits", "--type", "retail", "--from", "2026-12-07", "--to", "2026-12-07"]);
    assert_eq!(first.code, 0, "{first:?}");
    assert_eq!(first.out.matches("flushot").count(), 1);
    town.book_flu_shots(&["findadoctor"]);
    let again = town.run(&["visits", "--type", "virtual", "--id", &first.id().to_uppercase()]);
    assert_eq!((again.code, &again.out), (0, &first.out), "the report of then");
    assert!(again.err.contains("count no more"), "{}", again.err);
}

#[test]
fn each_type_and_range_is_asked_for_in_the_words_of_the_reference() {
    let town = town();
    for (kind, word) in
        [("retail", "retail"), ("virtual", "virtual"), ("provider-booking", "provider_booking")]
    {
        let ended = town.run(&["visits", "--type", kind, "--from", "2026-11-01", "--to", "2026-11-30"]);
        assert_eq!(ended.code, 0, "{ended:?}");
        let requests = town.look("/requests");
        let start =
            requests.as_array().and_then(|all| all.iter().rfind(|request| request["method"] == "POST"));
        let body = &start.expect("a start")["body"];
        assert_eq!(body, &json!({"type": word, "startDate": "2026-11-01", "endDate": "2026-11-30"}));
    }
}

#[test]
fn a_report_is_readable_by_its_owner_alone_and_replaces_what_a_link_leads_to() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let (town, folder) = (town(), tempfile::tempdir().expect("a folder"));
    let (file, link) = (folder.path().join("november.csv"), folder.path().join("latest.csv"));
    fs::write(&file, "old").expect("written");
    symlink(&file, &link).expect("a link");
    let ended = town.run(&["visits", "--type", "retail", "--out", link.to_str().expect("a name")]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(fs::read_to_string(&file).expect("a file").starts_with("visitId,"));
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
}
