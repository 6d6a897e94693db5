//! Checks Acme and the client against DexCare's published API descriptions, which are not part of the project: schemathesis sends
//! generated requests to Acme, and the client sends requests to a mock server that follows the descriptions.
//!
//! The environment variable `DEXCARE_OPENAPI` names the folder with the descriptions. Without it these checks are skipped, with a
//! message.

use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::acme::{self, Acme};
use crate::environment::Environment;
use crate::error::{TaskError, TaskResult};
use crate::project::{Project, on_path};
use crate::setup::{self, Need};
use crate::step::{self, print_line};
use crate::tally::Tally;
use crate::test::{libtest, stream};

/// The environment variable that names the folder with the descriptions.
const VARIABLE: &str = "DEXCARE_OPENAPI";
/// The version of schemathesis with which the checks were written.
const SCHEMATHESIS: &str = "4.32.5";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance";
/// Number of generated requests for each operation and phase.
const EXAMPLES: &str = "25";
/// How long a mock server may take to listen.
const PATIENCE: Duration = Duration::from_mins(1);

/// A description's file, and the path in its server's URL.
struct Description {
    file: &'static str,
    base: &'static str,
    /// Whether Acme serves it on its Visit host.
    on_visits: bool,
}

const DESCRIPTIONS: [Description; 4] = [
    Description { file: "care-options.json", base: "/v1", on_visits: false },
    Description { file: "slots-availability.json", base: "/v5", on_visits: false },
    Description { file: "visit-booking.json", base: "/v1", on_visits: false },
    Description { file: "visit-service.json", base: "/api/9", on_visits: true },
];

/// Runs the checks whose names contain `filter`.
pub fn run(project: &Project, filter: Option<&str>) -> TaskResult<Tally> {
    let Some(folder) = env::var_os(VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from) else {
        let count = DESCRIPTIONS.len() as u64 + 1;
        print_line(&format!(
            "published: skipped, {count} checks: {VARIABLE} does not name a folder with DexCare's API descriptions"
        ));
        return Ok(Tally { skipped: count, ..Tally::default() });
    };
    for description in &DESCRIPTIONS {
        let file = folder.join(description.file);
        if !file.is_file() {
            return Err(TaskError::new(format!("{} is missing", file.display()))
                .way_on(format!("let {VARIABLE} name the folder with the four descriptions, or unset it")));
        }
    }
    setup::prepare(project, Need::Mocks)?;
    acme::build(project)?;
    let schemathesis = schemathesis(project)?;
    let wanted = |name: &str| filter.is_none_or(|filter| name.contains(filter));
    let mut tally = Tally::default();
    for description in DESCRIPTIONS.iter().filter(|description| wanted(description.file)) {
        tally += tried(project, &schemathesis, &folder, description)?;
    }
    if wanted("client") {
        tally += client(project, &folder)?;
    }
    Ok(tally)
}

/// Installs schemathesis in its own Python environment, beside the other tools; returns its program.
fn schemathesis(project: &Project) -> TaskResult<PathBuf> {
    let home = project.tools.join(format!("schemathesis-{SCHEMATHESIS}"));
    let program = home.join("bin/schemathesis");
    if program.is_file() {
        return Ok(program);
    }
    let python = on_path("python3").ok_or_else(|| {
        TaskError::new("python3 is not on PATH")
            .way_on("install Python 3.10 or newer (Debian: apt-get install python3-venv)")
    })?;
    let has_venv = |project: &Project| {
        let mut command = project.command(&python);
        command.args(["-c", "import ensurepip, venv"]);
        step::ask(command).is_some()
    };
    if !has_venv(project) {
        crate::browsers::packages(project, "Python's virtual environments", &["python3-venv"])?;
    }
    let mut venv = project.command(&python);
    venv.args(["-m", "venv", "--clear"]).arg(&home);
    step::run(project, "venv", "a Python environment for schemathesis", venv)?;
    let mut pip = project.command(home.join("bin/pip"));
    pip.args(["install", "--disable-pip-version-check", "--quiet"])
        .arg(format!("schemathesis=={SCHEMATHESIS}"));
    let installed = step::run(project, "schemathesis", "schemathesis: installing", pip);
    if installed.is_err() {
        // Remove the incomplete environment: the next run would use it.
        let _ = fs::remove_dir_all(&home);
    }
    installed.map(|()| program)
}

/// Runs schemathesis with one description against a new Acme, with Acme's key and a patient's token.
fn tried(project: &Project, program: &Path, folder: &Path, description: &Description) -> TaskResult<Tally> {
    let environment = free()?;
    let (happen, events) = mpsc::channel();
    let _acme = Acme::start(project, &environment, &happen, &events)?;
    let token = token(environment.control)?;
    let host = if description.on_visits { environment.visits } else { environment.api };
    step::say(format!("published: Acme against {}", description.file));
    let mut command = Command::new(program);
    command
        .arg("run")
        .arg(folder.join(description.file))
        .args(["-u", &format!("http://{host}{}", description.base)])
        .args(["-H", "x-api-key: acme-key", "-H", &format!("Authorization: Bearer {token}")])
        .args(["--phases", "examples,coverage,fuzzing", "--checks", CHECKS])
        .args(["--max-examples", EXAMPLES, "--generation-deterministic", "--no-color"])
        // Run it outside the repository: schemathesis stores earlier failures in the current folder.
        .current_dir(&project.work);
    Ok(Tally::check(stream(command, |_| ())?))
}

/// Runs the client's test; environment variables name the mock servers.
fn client(project: &Project, folder: &Path) -> TaskResult<Tally> {
    let mut mocks = Vec::new();
    let mut named = |file: &str| -> TaskResult<String> {
        let mut words = Vec::new();
        for kind in ["static", "random"] {
            let mock = Mock::start(project, &folder.join(file), kind == "random")?;
            words.push(format!("{kind} http://{}", mock.at));
            mocks.push(mock);
        }
        Ok(words.join(" "))
    };
    let variables = [
        ("FAT_MOCK_CARE_OPTIONS", named("care-options.json")?),
        ("FAT_MOCK_VISIT_SERVICE", named("visit-service.json")?),
    ];
    libtest(
        project,
        "published",
        &["-p", "acme", "--test", "published", "--", "--show-output"],
        None,
        &variables,
    )
}

/// A mock server; dropping it stops it.
struct Mock {
    child: Child,
    at: SocketAddr,
}

impl Mock {
    fn start(project: &Project, file: &Path, is_random: bool) -> TaskResult<Self> {
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, port()?));
        let mut command = project.command("node");
        command
            .arg(project.root.join("tests/published/node_modules/@stoplight/prism-cli/dist/index.js"))
            .args(["mock", "-h", "127.0.0.1", "-p", &at.port().to_string()])
            .args(is_random.then_some("-d"))
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child =
            command.spawn().map_err(|error| TaskError::new(format!("the mock did not start: {error}")))?;
        let mock = Self { child, at };
        let begun = Instant::now();
        while TcpStream::connect(at).is_err() {
            if begun.elapsed() > PATIENCE {
                return Err(TaskError::new(format!("a mock of {} did not listen", file.display())));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(mock)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // Both fail only if the process has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Addresses on which nobody listens now.
fn free() -> TaskResult<Environment> {
    let at = || Ok::<_, TaskError>(SocketAddr::from((Ipv4Addr::LOCALHOST, port()?)));
    Ok(Environment { api: at()?, visits: at()?, control: at()? })
}

fn port() -> TaskResult<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    listener.map(|at| at.port()).map_err(|error| TaskError::new(format!("no port is free: {error}")))
}

/// A patient's token from Acme's control port, valid for an hour.
fn token(control: SocketAddr) -> TaskResult<String> {
    let lost = |error| TaskError::new(format!("Acme's control port did not answer: {error}"));
    let body = r#"{"patient":"marta","ttl":3600}"#;
    let mut stream = TcpStream::connect(control).map_err(lost)?;
    write!(
        stream,
        "POST /tokens/issue HTTP/1.1\r\nhost: {control}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .map_err(lost)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).map_err(lost)?;
    // The body may be chunked, so start at the first brace and parse one value.
    let json =
        answer.split_once("\r\n\r\n").and_then(|(_, body)| body.get(body.find('{')?..)).unwrap_or_default();
    let value = serde_json::Deserializer::from_str(json).into_iter::<Value>().next();
    value
        .and_then(|value| value.ok()?["token"].as_str().map(str::to_owned))
        .ok_or_else(|| TaskError::new("Acme's control port gave no token"))
}
