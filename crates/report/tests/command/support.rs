//! Starts what the tests need: Acme, a server that stalls, and the command.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use acme::{Config, Running, start};
use reqwest::blocking::Client;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

pub const TOKEN: &str = "acme-service-token";
pub const MARTA: &str = "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11";
pub const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

/// A running Acme, in which it is a Monday morning in Seattle.
pub struct Town {
    pub acme: Running,
    http: Client,
    // Kept, since Acme stops when the runtime is dropped.
    _runtime: Runtime,
}

/// How a run of the command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ended {
    /// The error line, without the command's name.
    pub fn line(&self) -> &str {
        let lines: Vec<&str> = self.err.lines().filter(|line| line.starts_with("dexcare-report: ")).collect();
        assert_eq!(lines.len(), 1, "one line: {}", self.err);
        lines[0].trim_start_matches("dexcare-report: ")
    }

    /// The report id on standard error.
    pub fn id(&self) -> &str {
        let line = self.err.lines().find(|line| line.ends_with(" started")).expect("a start");
        line.split(' ').nth(1).expect("an id")
    }
}

pub fn town() -> Town {
    let runtime = Runtime::new().expect("a runtime");
    let now = "2026-12-07T17:00:00Z".parse().ok();
    let acme = runtime.block_on(start(Config { now, ..Config::default() })).expect("Acme starts");
    Town { acme, http: Client::new(), _runtime: runtime }
}

impl Town {
    pub fn visits(&self) -> String {
        format!("http://{}", self.acme.visits)
    }

    pub fn look(&self, path: &str) -> Value {
        let answer = self.http.get(format!("http://{}{path}", self.acme.control)).send().expect("an answer");
        answer.json().expect("JSON")
    }

    pub fn tell(&self, path: &str, body: &Value) -> Value {
        let request = self.http.post(format!("http://{}{path}", self.acme.control)).json(body);
        let answer = request.send().expect("an answer");
        assert!(answer.status().is_success(), "{path}");
        answer.json().expect("JSON")
    }

    /// Books flu shots for Marta at the first free times, one for each use case. Returns the visit ids.
    pub fn book_flu_shots(&self, products: &[&str]) -> Vec<String> {
        let token = self.tell("/tokens/issue", &json!({"patient": "marta"}))["token"].clone();
        let token = token.as_str().expect("a token");
        let list = "/v2/departments/NorthlakeBallard/timeslots?visitTypeName=FluShot";
        let list: Value = self
            .http
            .get(format!("http://{}{list}", self.acme.api))
            .send()
            .and_then(reqwest::blocking::Response::json)
            .expect("times");
        let days = list["scheduleDays"].as_array().expect("days");
        let slots = days.iter().flat_map(|day| day["timeSlots"].as_array().expect("slots"));
        let mut times = Vec::new();
        let mut ids = Vec::new();
        for slot in slots {
            // Two clinicians may have the same time, but a patient cannot have two visits then.
            if ids.len() == products.len() || times.contains(&&slot["slotDateTime"]) {
                continue;
            }
            let url = format!("{}/api/6/visits/retail?product={}", self.visits(), products[ids.len()]);
            let answer =
                self.http.post(url).bearer_auth(token).json(&retail(slot)).send().expect("an answer");
            assert_eq!(answer.status(), 200);
            let answer: Value = answer.json().expect("JSON");
            ids.push(answer["visitId"].as_str().expect("an id").to_owned());
            times.push(&slot["slotDateTime"]);
        }
        assert_eq!(ids.len(), products.len(), "enough free times");
        ids
    }

    pub fn cancel(&self, visit_id: &str) {
        let token = self.tell("/tokens/issue", &json!({"patient": "marta"}))["token"].clone();
        let reason = self.look("/world")["cancelReasons"]["retail"]["northlake"][0].clone();
        let url = format!("{}/api/6/visits/retail/cancel/{visit_id}", self.visits());
        let request = self.http.post(url).bearer_auth(token.as_str().expect("a token"));
        let answer = request.json(&json!({"reason": reason})).send().expect("an answer");
        assert_eq!(answer.status(), 200);
    }

    /// The command with Acme's address and key.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = command(words);
        command.env("DEXCARE_VISITS", self.visits()).env("DEXCARE_REPORT_KEY", TOKEN);
        command
    }

    pub fn run(&self, words: &[&str]) -> Ended {
        end(&mut self.command(words))
    }
}

fn retail(slot: &Value) -> Value {
    let ehr = slot["departmentIdentifier"].as_str().and_then(|name| name.split('|').next());
    let home = json!({"line1": "88 Pine St", "line2": "Apt 4", "city": "Seattle", "state": "WA",
        "postalCode": "98101"});
    json!({
        "patient": {"identifier": MARTA, "address": home, "phone": "2065550188",
            "email": "marta.okafor@example.com"},
        "visitDetails": {"ehrSystemName": ehr, "departmentId": slot["departmentId"],
            "visitReason": "A \"sore\" throat,\nsince Sunday", "declaration": "self", "slotId": slot["id"],
            "providerId": slot["providerId"]},
        "registrationModules": {"documentSigning": [], "billingInfo": {"paymentMethod": "self"}}
    })
}

/// The command without an address or a key.
pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dexcare-report"));
    command.args(words).env_remove("DEXCARE_VISITS").env_remove("DEXCARE_REPORT_KEY").stdin(Stdio::null());
    command
}

pub fn end(command: &mut Command) -> Ended {
    let output = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ended { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Starts the command, with its output captured.
pub fn begin(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs")
}

pub fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([name, &id]).status().expect("kill runs").success());
}

/// Waits until `is_so` returns true, for at most 30 seconds.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The names of the files in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

/// The report of a [`Stalling`] server.
pub const LONG_CSV: &str = include_str!("long.csv");

/// How a [`Stalling`] server sends its CSV.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sends {
    /// Sends half of the CSV, then nothing while the server is stalled. After `recover`, requests get all of it.
    HalfThenNothing,
    /// Declares the CSV's whole `content-length`, sends half of it, then closes the connection.
    HalfOfItsLength,
    /// Sends half of the CSV in a chunk, then closes the connection without the last chunk.
    ChunkWithoutEnd,
    /// Sends a complete chunked answer whose text ends inside a cell.
    CutText,
    /// Declares no length, sends the CSV up to this byte, then closes the connection.
    UntilClosed(usize),
}

/// A server whose reports are ready at once, and whose CSV does not arrive completely.
pub struct Stalling {
    pub address: SocketAddr,
    is_stalled: Arc<AtomicBool>,
}

impl Stalling {
    pub fn start(sends: Sends) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let is_stalled = Arc::new(AtomicBool::new(true));
        let stalled = Arc::clone(&is_stalled);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let stalled = Arc::clone(&stalled);
                std::thread::spawn(move || answer(stream, sends, &stalled));
            }
        });
        Self { address, is_stalled }
    }

    /// Makes the server send the whole CSV from now on.
    pub fn recover(&self) {
        self.is_stalled.store(false, Ordering::Relaxed);
    }
}

fn answer(mut stream: TcpStream, sends: Sends, is_stalled: &AtomicBool) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let (half, whole) = (&LONG_CSV[..LONG_CSV.len() / 2], LONG_CSV);
    let sized = |length: usize, body: &str| {
        format!(
            "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/csv\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    };
    let chunked = |body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n"
        )
    };
    let text = if head.contains("/status?") {
        sized(22, "{\"status\":\"SUCCEEDED\"}")
    } else if !is_stalled.load(Ordering::Relaxed) {
        sized(whole.len(), whole)
    } else {
        match sends {
            Sends::HalfThenNothing | Sends::HalfOfItsLength => sized(whole.len(), half),
            Sends::ChunkWithoutEnd => chunked(half),
            Sends::UntilClosed(length) => {
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/csv\r\n\r\n";
                format!("{head}{}", &whole[..length])
            }
            Sends::CutText => format!("{}0\r\n\r\n", chunked(&whole[..whole.find("sore").expect("a cell")])),
        }
    };
    let _ = stream.write_all(text.as_bytes());
    let is_stuck = head.contains("/csv?") && sends == Sends::HalfThenNothing;
    while is_stuck && is_stalled.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(20));
    }
}
