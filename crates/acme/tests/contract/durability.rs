//! The real binary: what it prints, how it exits, and that a confirmed booking survives a kill.

use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::support::{MARTA, MONDAY_MORNING, retail, slots_of};

struct Process {
    child: Child,
    api: String,
    visits: String,
    control: String,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_acme"));
    command.args(["--listen", "127.0.0.1:0", "--visits", "127.0.0.1:0", "--control", "127.0.0.1:0"]);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

async fn spawn(arguments: &[&str]) -> Process {
    let mut child = command(arguments).spawn().expect("Acme starts");
    let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
    let line = lines.next_line().await.expect("readable").expect("a line");
    let rest = line.strip_prefix("acme: ready ").unwrap_or_else(|| panic!("not ready: {line}"));
    let address = |name: &str| {
        let found = rest.split(' ').find_map(|word| word.strip_prefix(&format!("{name}=")));
        found.unwrap_or_else(|| panic!("no {name} in {line}")).to_owned()
    };
    Process { api: address("api"), visits: address("visits"), control: address("control"), child }
}

async fn read(url: String) -> Value {
    reqwest::get(url).await.expect("an answer").json().await.expect("JSON")
}

async fn run(arguments: &[&str]) -> Output {
    command(arguments).spawn().expect("it starts").wait_with_output().await.expect("it ends")
}

async fn book_first_flu_shot(acme: &Process) -> Value {
    let http = reqwest::Client::new();
    let list =
        read(format!("{}/v2/departments/NorthlakeBallard/timeslots?visitTypeName=FluShot", acme.api)).await;
    let issued =
        http.post(format!("{}/tokens/issue", acme.control)).body(r#"{"patient":"marta"}"#).send().await;
    let issued: Value = issued.expect("an answer").json().await.expect("JSON");
    let request =
        http.post(format!("{}/api/6/visits/retail", acme.visits)).json(&retail(&slots_of(&list)[0], MARTA));
    let answer =
        request.bearer_auth(issued["token"].as_str().expect("a token")).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.json().await.expect("JSON")
}

#[tokio::test]
async fn a_confirmed_booking_survives_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("acme.db");
    let arguments = ["--db", db.to_str().expect("a path"), "--now", MONDAY_MORNING];
    let mut acme = spawn(&arguments).await;
    let booked = book_first_flu_shot(&acme).await;
    acme.child.kill().await.expect("killed");

    let again = spawn(&arguments).await;
    let visits = read(format!("{}/visits", again.control)).await;
    assert_eq!(visits.as_array().map(Vec::len), Some(1));
    assert_eq!(visits[0]["visitId"], booked["visitId"]);
    let list =
        read(format!("{}/v2/departments/NorthlakeBallard/timeslots?visitTypeName=FluShot", again.api)).await;
    assert!(slots_of(&list).iter().all(|slot| slot["id"] != visits[0]["slot"]["id"]));
}

#[tokio::test]
async fn a_database_of_another_seed_is_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("acme.db");
    let path = db.to_str().expect("a path");
    drop(spawn(&["--db", path]).await);
    let output = run(&["--db", path, "--seed", "2"]).await;
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), format!("acme: cannot use {path}: it belongs to seed 1\n"));
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn a_port_in_use_is_one_line_and_code_two() {
    let acme = spawn(&[]).await;
    let address = acme.api.strip_prefix("http://").expect("an address");
    let mut second = Command::new(env!("CARGO_BIN_EXE_acme"));
    second.args(["--listen", address, "--control", "127.0.0.1:0"]);
    let output = second.output().await.expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert_eq!(
        text(&output.stderr),
        format!("acme: cannot listen on {address} (--listen): the port is in use\n")
    );
}

#[tokio::test]
async fn a_folder_that_is_not_there_and_a_bad_argument_are_said_clearly() {
    let missing = Path::new("/nowhere/at/all/acme.db");
    let output = run(&["--db", missing.to_str().expect("a path")]).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("acme: cannot use /nowhere/at/all/acme.db: "));
    assert_eq!(run(&["--now", "tomorrow"]).await.status.code(), Some(2));
}

#[tokio::test]
async fn it_stops_cleanly_when_asked_and_frees_its_ports() {
    for signal in ["-INT", "-TERM"] {
        let mut acme = spawn(&[]).await;
        let id = acme.child.id().expect("running").to_string();
        Command::new("kill").args([signal, &id]).status().await.expect("signalled");
        let status = acme.child.wait().await.expect("it ends");
        assert_eq!(status.code(), Some(0), "{signal}");
        let address = acme.api.strip_prefix("http://").expect("an address").to_owned();
        assert!(tokio::net::TcpListener::bind(address).await.is_ok());
    }
}
