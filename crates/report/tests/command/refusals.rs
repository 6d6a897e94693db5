//! Tests each way in which the command fails: the line that it prints, and its exit code.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::support::{Ended, NOBODY, Town, command, end, town};

fn refused(ended: &Ended, code: i32, line: &str) {
    assert_eq!((ended.code, ended.line()), (code, line));
}

fn fault(town: &Town, path: &str, status: u16, body: &Value) {
    town.tell("/faults", &json!({"path": path, "kind": "status", "status": status, "body": body}));
}

#[test]
fn each_documented_refusal_has_its_line_and_code() {
    let town = town();
    let retail = ["visits", "--type", "retail"];
    let wrong = end(town.command(&retail).env("DEXCARE_REPORT_KEY", "wrong"));
    refused(&wrong, 21, "the key was refused (403): Authorization failed: bad service token");

    for words in ["'type' is required", "'type' must be one of [retail, virtual]"] {
        fault(&town, "/api/8/reporting/allvisitsreport", 400, &json!({"error": words}));
        refused(&town.run(&retail), 20, &format!("the request was refused (400): {words}"));
    }
    let ended = town.run(&["visits", "--id", NOBODY]);
    refused(&ended, 22, "not found (404): QueryExecution Not Found");

    let path = "/api/8/reporting/allvisitsreport/no-{id}/status";
    let ended = town.run(&["visits", "--type", "retail", "--status-path", path]);
    refused(&ended, 20, "the request was refused (400): 'reportId' must be a valid GUID");

    town.tell("/reports", &json!({"trouble": "msg"}));
    refused(&town.run(&retail), 20, "the request was refused (400): The status of the query cannot be told");

    town.tell("/reports", &json!({"trouble": "unknown-error"}));
    let ended = town.run(&retail);
    refused(&ended, 23, &format!("the server failed (500): Unknown error; go on with --id {}", ended.id()));

    town.tell("/reports", &json!({"trouble": "failed"}));
    refused(&town.run(&retail), 24, "the report failed: FAILED");
}

#[test]
fn the_csv_call_has_the_same_refusals() {
    let town = town();
    let id = town.run(&["visits", "--type", "retail"]).id().to_owned();
    let again = ["visits", "--id", &id];
    for (status, body, code, line) in [
        (
            400,
            json!({"msg": "Query has not yet finished"}),
            20,
            "the request was refused (400): Query has not yet finished",
        ),
        (403, json!({"message": "bad service token"}), 21, "the key was refused (403): bad service token"),
        (404, json!({"error": "QueryExecution Not Found"}), 22, "not found (404): QueryExecution Not Found"),
        (500, json!({"error": "Unknown error"}), 23, "the server failed (500): Unknown error"),
        (429, json!("<html>slow down</html>"), 23, "the server failed (429)"),
    ] {
        fault(&town, &format!("/api/8/reporting/allvisitsreport/{id}/csv"), status, &body);
        let hint = if code == 23 { format!("; go on with --id {id}") } else { String::new() };
        refused(&town.run(&again), code, &format!("{line}{hint}"));
    }
    assert_eq!(town.run(&again).code, 0);
}

#[test]
fn answers_that_are_no_report_are_told_apart() {
    let town = town();
    let retail = ["visits", "--type", "retail"];
    let csv = |kind: &str| {
        let id = town.run(&retail).id().to_owned();
        town.tell(
            "/faults",
            &json!({"path": format!("/api/8/reporting/allvisitsreport/{id}/csv"), "kind": kind}),
        );
        town.run(&["visits", "--id", &id])
    };
    refused(&csv("html"), 28, "the answer is not a CSV");
    refused(&csv("empty"), 28, "the answer is not a CSV");
    let csv = csv("truncate");
    assert_eq!(csv.code, 27, "{csv:?}");
    assert!(csv.line().starts_with("the download was cut short: "), "{csv:?}");

    town.tell("/faults", &json!({"path": "/api/8/reporting", "kind": "html"}));
    refused(&town.run(&retail), 28, "the answer is not the id of a report");
    let path = "/api/8/reports/{id}";
    let ended = town.run(&["visits", "--type", "retail", "--status-path", path]);
    let line = "the host has no such path (404): no Route matched with those values; see --status-path and --csv-path";
    refused(&ended, 22, line);
    let ended =
        town.run(&["visits", "--type", "retail", "--status-path", "/v1/reporting/providerhistories?id={id}"]);
    refused(&ended, 28, "the answer is not the status of a report");
}

#[test]
fn a_report_that_takes_too_long_can_be_picked_up_later() {
    let town = town();
    town.tell("/reports", &json!({"polls": 100}));
    let ended = town.run(&["visits", "--type", "retail", "--limit", "1"]);
    let (id, hint) = (ended.id(), "if that means it is ready, name it with --ready-status");
    let line =
        format!("the report is not ready after 1 s; its status is RUNNING; {hint}; go on with --id {id}");
    refused(&ended, 25, &line);
    town.tell("/reports", &json!({}));
    assert_eq!(town.run(&["visits", "--id", id]).code, 0);
}

#[test]
fn a_host_that_is_not_there_cannot_be_reached() {
    let town = town();
    let address =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let ended = town.run(&["visits", "--type", "retail", "--visits", &format!("http://{address}")]);
    assert_eq!(ended.code, 26, "{ended:?}");
    assert!(
        ended.line().starts_with("the host cannot be reached: ") && !ended.line().contains("http"),
        "{ended:?}"
    );
    town.tell("/faults", &json!({"path": "/api/8/reporting", "kind": "drop"}));
    assert_eq!(town.run(&["visits", "--type", "retail"]).code, 26);
}

#[test]
fn nothing_is_asked_of_a_server_before_the_command_line_is_sound() {
    let (town, folder) = (town(), tempfile::tempdir().expect("a folder"));
    let missing = folder.path().join("missing/visits.csv");
    let (missing, here) = (missing.to_str().expect("a name"), folder.path().to_str().expect("a name"));
    let cases: [(&[&str], i32, &str); 11] = [
        (&["--type", "retail", "--from", "2026-11-01"], 3, "--from needs --to"),
        (&["--type", "retail", "--to", "2026-11-01"], 3, "--to needs --from"),
        (
            &["--type", "retail", "--from", "2026-11-02", "--to", "2026-11-01"],
            4,
            "--from 2026-11-02 is after --to 2026-11-01",
        ),
        (&["--id", "12"], 5, "--id is not a GUID"),
        (&["--id", "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c1g"], 5, "--id is not a GUID"),
        (
            &["--type", "retail", "--visits", "http://example.com"],
            6,
            "--visits must be https; http is for this machine only",
        ),
        (&["--type", "retail", "--visits", "visits"], 6, "--visits is not a URL"),
        (
            &["--type", "retail", "--csv-path", "/csv"],
            6,
            "--csv-path must start with / and have {id} where the report id goes",
        ),
        (
            &["--type", "retail", "--status-path", "https://example.com/{id}"],
            6,
            "--status-path must start with / and have {id} where the report id goes",
        ),
        (
            &["--type", "retail", "--out", missing],
            33,
            "cannot write MISSING: No such file or directory (os error 2)",
        ),
        (&["--type", "retail", "--out", here], 33, "HERE is not a file"),
    ];
    for (words, code, line) in cases {
        let ended = town.run(&[&["visits"], words].concat());
        assert_eq!(ended.code, code, "{words:?}: {ended:?}");
        let line = line.replace("MISSING", missing).replace("HERE", here);
        assert!(ended.line().starts_with(line.split(" at path").next().expect("text")), "{ended:?}");
    }
    for words in [&["--type", "home"][..], &["--type", "retail", "--from", "11/1/2026"], &[]] {
        let ended = town.run(&[&["visits"], words].concat());
        assert_eq!(ended.code, 2, "{words:?}: {ended:?}");
    }
    assert_eq!(end(&mut command(&["visits", "--type", "retail"])).code, 2, "no address");
    assert_eq!(town.look("/requests"), json!([]));
}

#[test]
fn a_key_that_is_missing_misshapen_or_open_to_others_is_not_used() {
    let (town, folder) = (town(), tempfile::tempdir().expect("a folder"));
    let retail = ["visits", "--type", "retail"];
    let none = "there is no key: set DEXCARE_REPORT_KEY or name a --key-file";
    refused(&end(town.command(&retail).env_remove("DEXCARE_REPORT_KEY")), 10, none);
    refused(&end(town.command(&retail).env("DEXCARE_REPORT_KEY", " \n")), 10, none);
    for bad in ["two words", "two\nlines", "schlüssel"] {
        let ended = end(town.command(&retail).env("DEXCARE_REPORT_KEY", bad));
        refused(&ended, 10, "the key is not one line of plain characters");
    }
    let file = folder.path().join("key");
    let name = file.to_str().expect("a name");
    let with_file = ["visits", "--type", "retail", "--key-file", name];
    let ended = town.run(&with_file);
    assert_eq!(ended.code, 11);
    assert!(ended.line().contains("cannot be read: No such file"), "{ended:?}");
    fs::write(&file, "acme-service-token\n").expect("written");
    for mode in [0o644, 0o640, 0o604, 0o620, 0o666] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).expect("permissions");
        let line = format!("the key file {name} is open to others than its owner; chmod 600 it");
        refused(&town.run(&with_file), 11, &line);
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("permissions");
    fs::write(&file, "a".repeat(8193)).expect("written");
    let line = format!("the key file {name} has more than 8192 bytes, which is no key");
    refused(&town.run(&with_file), 11, &line);
    fs::write(&file, "acme-service-token\n").expect("written");
    assert_eq!(town.look("/requests"), json!([]));
    let ended = end(town.command(&with_file).env("DEXCARE_REPORT_KEY", "wrong"));
    assert_eq!(ended.code, 0, "the file goes first: {ended:?}");
}

#[test]
fn help_lists_every_code_and_says_which_paths_are_assumed() {
    for words in [&["--help"][..], &["visits", "--help"], &["providers", "--help"], &["summary", "--help"]] {
        let ended = end(&mut command(words));
        assert_eq!(ended.code, 0);
        assert!(
            ended.out.contains("Exit codes:") && ended.out.contains("143  ended by SIGTERM"),
            "{}",
            ended.out
        );
    }
    let out = end(&mut command(&["visits", "--help"])).out;
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(out.matches("DexCare does not publish it: the default is an assumption").count(), 2, "{out}");
}
