//! Tests `providers`: pages of provider histories.

use serde_json::json;

use crate::support::{Ended, Town, town};

/// The rows of a CSV of histories, sorted. Its header must have the columns of Acme's histories.
fn rows(ended: &Ended) -> Vec<String> {
    let mut lines = ended.out.lines();
    let header = lines.next().expect("a header");
    for name in ["npi", "name", "departmentIdentifier", "event", "at"] {
        assert!(header.split(',').any(|column| column == name), "{header}");
    }
    let mut rows: Vec<String> = lines.map(str::to_owned).collect();
    rows.sort_unstable();
    rows
}

fn fetch(town: &Town, page: &str) -> Ended {
    let ended = town.run(&["providers", "--page", page]);
    assert_eq!(ended.code, 0, "{ended:?}");
    ended
}

#[test]
fn shifting_pages_give_every_row_once() {
    let town = town();
    town.book_flu_shots(&["flushot", "findadoctor"]);
    let whole = fetch(&town, "1000");
    assert!(whole.err.contains("; 0 came twice"), "{}", whole.err);
    let expected = rows(&whole);
    assert_eq!(expected.iter().filter(|row| row.contains("booked")).count(), 2);
    assert_eq!(rows(&fetch(&town, "7")), expected);

    town.tell("/reports", &json!({"shift": 3}));
    let shifted = fetch(&town, "7");
    assert_eq!(rows(&shifted), expected);
    // Every page but the first repeats three of its seven rows.
    let pages = (expected.len() - 7).div_ceil(4);
    let said = shifted.err.lines().last().expect("a line");
    let repeated = said.split("; ").nth(1).and_then(|rest| rest.split(' ').next());
    let repeated: usize = repeated.and_then(|count| count.parse().ok()).expect("a count");
    assert!((3 * pages..=3 * (pages + 1)).contains(&repeated), "{said}");
}

#[test]
fn a_host_that_knows_no_offset_is_not_read_for_ever() {
    let town = town();
    let ended = {
        let page = json!({"count": 9, "data": [{"npi": "1234567893"}]});
        let fault =
            json!({"path": "/v1/reporting", "kind": "status", "status": 200, "body": page, "times": 0});
        town.tell("/faults", &fault);
        town.run(&["providers"])
    };
    assert_eq!(ended.code, 28);
    assert_eq!(ended.line(), "the answer is not a next page: the same rows come again and again");
}

#[test]
fn rows_of_different_shapes_share_one_table() {
    let town = town();
    let data =
        json!([{"npi": "1234567893", "tags": ["a", "b"], "note": null}, {"npi": "x,\"y\"", "active": true}]);
    for body in [json!({"count": 2, "data": data}), json!({"count": 2, "data": []})] {
        let fault = json!({"path": "/v1/reporting", "kind": "status", "status": 200, "body": body});
        town.tell("/faults", &fault);
    }
    let ended = town.run(&["providers"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let mut lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines.remove(0).split(',').count(), 4);
    assert_eq!(lines.len(), 2);
    assert!(
        ended.out.contains("\"x,\"\"y\"\"\"") && ended.out.contains("\"[\"\"a\"\",\"\"b\"\"]\""),
        "{}",
        ended.out
    );
}

#[test]
fn a_refused_key_and_rows_that_never_come_are_said() {
    let town = town();
    let mut command = town.command(&["providers"]);
    let ended = crate::support::end(command.env("DEXCARE_REPORT_KEY", "wrong"));
    assert_eq!(
        (ended.code, ended.line()),
        (21, "the key was refused (403): Authorization failed: bad service token")
    );

    let page = |count: u32, data| {
        json!({"path": "/v1/reporting", "kind": "status", "status": 200,
        "body": {"count": count, "data": data}})
    };
    let row = json!([{"npi": "1234567893"}]);
    for body in [page(2, row.clone()), page(2, json!([])), page(2, row), page(2, json!([]))] {
        town.tell("/faults", &body);
    }
    let ended = town.run(&["providers"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(
        ended.err.contains("reading again") && ended.err.contains("the host counts 2 rows: 1 are"),
        "{}",
        ended.err
    );
}
