//! Tests that the readers read every success example in DexCare's published `OpenAPI` documents without dropping
//! anything, for the endpoints that this crate calls. The environment variable `DEXCARE_OPENAPI` names the folder
//! with the documents.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::path::Path;

use booking::ids::{PracticeId, VisitId};
use booking::search::{Search, SearchCentre, SearchPage};
use chrono::NaiveDate;
use dexcare::{Call, FindOptions, SearchForm, VisitWaitTime, WaitTimes};
use serde_json::Value;

/// An example, and its endpoint.
struct Example {
    endpoint: String,
    body: String,
}

/// The bodies of all 2xx examples of a document.
fn examples(folder: &Path, document: &str) -> Vec<Example> {
    let path = folder.join(document);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let responses = operation["responses"].as_object().into_iter().flatten();
            for (_, response) in responses.filter(|(status, _)| status.starts_with('2')) {
                let content = &response["content"]["application/json"];
                let named =
                    content["examples"].as_object().into_iter().flatten().map(|(_, named)| &named["value"]);
                for body in named.chain(content.get("example")) {
                    found.push(Example { endpoint: format!("{method} {path}"), body: body.to_string() });
                }
            }
        }
    }
    found
}

fn near(form: SearchForm) -> FindOptions {
    FindOptions {
        search: Search {
            around: Some(SearchCentre::Zip("98101".into())),
            radius: 30,
            specialty: None,
            gender: None,
            clinic_type: None,
            patient_type: None,
        },
        page: SearchPage { from: None, days: 3, visit_types: Vec::new() },
        form,
        today: NaiveDate::from_ymd_opt(2020, 1, 1).unwrap(),
    }
}

/// Reads an example; returns `false` for an endpoint that this crate does not call.
fn is_read(example: &Example) -> bool {
    let body = example.body.as_bytes();
    let found = |form, slots, places, clinicians, types| {
        let found = near(form).read(body).unwrap();
        assert_eq!((found.slots.slots.len(), found.slots.dropped), (slots, 0));
        assert_eq!((found.places.len(), found.clinicians.len()), (places, clinicians));
        assert_eq!(found.visit_types.len(), types);
        assert_eq!(found.context.as_deref(), Some("f55ffea269ba54d65d190a7225f01208"));
        assert!(found.next.is_some());
    };
    match example.endpoint.as_str() {
        // The example has three more slots, by video or phone, which are not read.
        "get /availability/slots" => found(SearchForm::Get, 3, 2, 2, 1),
        "post /availability/slots" => found(SearchForm::Post, 1, 1, 1, 1),
        "get /regions/waittimes" | "get /regions/{regionCode}/waittimes" => {
            let practice = PracticeId::new("00000000-0000-0000-0000-000000000000");
            let pools = WaitTimes { practice, region: None }.read(body).unwrap();
            let rows: Vec<Value> = serde_json::from_str(&example.body).unwrap();
            let general = rows.iter().filter(|row| row["specialties"].as_array().is_none_or(Vec::is_empty));
            assert_eq!(pools.len(), general.count(), "all but a specialty's own");
            assert!(!pools.is_empty());
        }
        "get /visits/{visitId}/waittime" => {
            let wait = VisitWaitTime { visit: VisitId::new("v") }.read(body).unwrap();
            assert_eq!((wait.range.from, wait.range.to), (0, 5));
        }
        _ => return false,
    }
    true
}

#[test]
#[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
fn the_published_examples_are_read_without_a_loss() {
    let Some(folder) = std::env::var_os("DEXCARE_OPENAPI") else {
        println!("skipped: DEXCARE_OPENAPI names no folder");
        return;
    };
    let mut read = Vec::new();
    for document in ["care-options.json", "slots-availability.json", "visit-service.json"] {
        for example in examples(Path::new(&folder), document) {
            if is_read(&example) {
                read.push(example.endpoint);
            }
        }
    }
    read.sort();
    assert_eq!(
        read,
        [
            "get /availability/slots",
            "get /regions/waittimes",
            "get /regions/{regionCode}/waittimes",
            "get /visits/{visitId}/waittime",
            "post /availability/slots",
        ]
    );
}
