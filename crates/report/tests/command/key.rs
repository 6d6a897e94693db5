//! Tests that a key appears in no output, file or request to another host.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::support::{NOBODY, Sends, Stalling, begin, command, end, names, signal, town, until};

const CANARY: &str = "canary-5d1f0c77e2";

#[test]
fn a_server_that_repeats_the_key_does_not_make_it_seen() {
    let (town, folder) = (town(), tempfile::tempdir().expect("a folder"));
    let out = folder.path().join("visits.csv");
    let words = ["visits", "--type", "retail", "--out", out.to_str().expect("a name")];
    for (status, member) in [(400, "error"), (403, "message"), (404, "error"), (500, "msg")] {
        let body = json!({member: format!("no such token: {CANARY}")});
        town.tell("/faults", &json!({"path": "/api/8", "kind": "status", "status": status, "body": body}));
        let ended = end(town.command(&words).env("DEXCARE_REPORT_KEY", CANARY));
        assert!(ended.line().ends_with("no such token: [key]"), "{ended:?}");
        assert!(!format!("{ended:?}").contains(CANARY));
    }
    assert!(!town.look("/requests").to_string().contains(CANARY));
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn no_part_of_a_repeated_key_is_printed_where_a_message_is_cut() {
    let town = town();
    let retail = ["visits", "--type", "retail", "--limit", "1"];
    let start = &CANARY[..8];
    let body = json!({"error": format!("{}{CANARY}", "x".repeat(190))});
    town.tell("/faults", &json!({"path": "/api/8", "kind": "status", "status": 400, "body": body}));
    let ended = end(town.command(&retail).env("DEXCARE_REPORT_KEY", CANARY));
    assert_eq!(ended.code, 20, "{ended:?}");
    assert!(ended.line().contains("xxx[key]") && !ended.err.contains(start), "{ended:?}");

    let id = town.run(&retail).id().to_owned();
    let path = format!("/api/8/reporting/allvisitsreport/{id}/status");
    for length in [0, 30] {
        let body = json!({"status": format!("{}{CANARY}", "x".repeat(length))});
        town.tell("/faults", &json!({"path": path, "kind": "status", "status": 200, "body": body}));
        let again = ["visits", "--id", &id, "--limit", "0"];
        let ended = end(town.command(&again).env("DEXCARE_REPORT_KEY", CANARY));
        assert_eq!(ended.code, 25, "{ended:?}");
        assert!(ended.line().contains("[key]") && !ended.err.contains(start), "{ended:?}");
    }
}

#[test]
fn the_key_is_in_no_argument_output_or_file() {
    let (server, folder) = (Stalling::start(Sends::HalfThenNothing), tempfile::tempdir().expect("a folder"));
    let keys = tempfile::tempdir().expect("a folder");
    let key = keys.path().join("key");
    fs::write(&key, CANARY).expect("written");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("permissions");
    let out = folder.path().join("visits.csv");
    let address = format!("http://{}", server.address);
    let name = |path: &std::path::Path| path.to_str().expect("a name").to_owned();
    let mut command = command(&[
        "visits",
        "--id",
        NOBODY,
        "--out",
        &name(&out),
        "--visits",
        &address,
        "--key-file",
        &name(&key),
    ]);
    let child = begin(command.env("RUST_LOG", "trace").env("TMPDIR", folder.path()));
    until("half of it arrives", || {
        names(folder.path())
            .iter()
            .any(|name| fs::metadata(folder.path().join(name)).is_ok_and(|file| file.len() > 0))
    });
    for part in ["cmdline", "environ", "comm"] {
        let text = fs::read(format!("/proc/{}/{part}", child.id())).expect("a process");
        assert!(!String::from_utf8_lossy(&text).contains(CANARY), "{part}");
    }
    signal(&child, "-INT");
    let output = child.wait_with_output().expect("it ends");
    let said = [output.stdout, output.stderr].concat();
    assert!(!said.is_empty() && !String::from_utf8_lossy(&said).contains(CANARY));

    server.recover();
    assert_eq!(end(&mut command).code, 0);
    assert_eq!(names(folder.path()), ["visits.csv"]);
    assert!(!fs::read_to_string(&out).expect("a file").contains(CANARY));
}

#[test]
fn the_key_does_not_follow_a_redirect() {
    let town = town();
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    elsewhere.set_nonblocking(true).expect("set");
    let location = format!("http://{}/", elsewhere.local_addr().expect("an address"));
    for status in [301, 302, 307, 308] {
        let headers = json!({"location": location});
        town.tell(
            "/faults",
            &json!({"path": "/api/8", "kind": "status", "status": status, "headers": headers}),
        );
        let ended = town.run(&["visits", "--type", "retail"]);
        assert_eq!(ended.code, 23);
        assert_eq!(ended.line(), format!("the host sent us elsewhere ({status}), where the key must not go"));
    }
    assert_eq!(elsewhere.accept().map_err(|error| error.kind()).err(), Some(ErrorKind::WouldBlock));
}

#[test]
fn over_http_the_key_passes_no_proxy() {
    let town = town();
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    proxy.set_nonblocking(true).expect("set");
    let address = format!("http://{}", proxy.local_addr().expect("an address"));
    let mut command = town.command(&["visits", "--type", "retail"]);
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, &address);
    }
    assert_eq!(end(&mut command).code, 0);
    assert_eq!(proxy.accept().map_err(|error| error.kind()).err(), Some(ErrorKind::WouldBlock));
}
