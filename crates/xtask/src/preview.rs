//! `cargo xtask preview`: serves a health system's pages with the widget on them, and runs Acme behind them, until Ctrl-C.

use std::env;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use crate::acme::{self, Acme, Event};
use crate::bundle;
use crate::environment::Environment;
use crate::error::{TaskError, TaskResult};
use crate::project::{Project, on_path};
use crate::serve;
use crate::setup::{self, Need};
use crate::step::print_line;

/// Options of the command line.
pub struct Options {
    /// Port of the pages.
    pub port: u16,
    /// First of Acme's three ports.
    pub acme_port: u16,
    /// Whether to open the pages in a browser.
    pub open: bool,
}

/// Builds everything, and serves it until Ctrl-C.
pub fn run(project: &Project, options: &Options) -> TaskResult {
    let pages = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let environment = Environment::at(options.acme_port);
    // Check the ports before the builds, which take minutes.
    check_ports(pages, &environment)?;
    setup::prepare(project, Need::Bundle)?;
    bundle::build(project)?;
    acme::build(project)?;

    let (happen, events) = mpsc::channel();
    let stop = happen.clone();
    ctrlc::set_handler(move || {
        let _ = stop.send(Event::Stop);
    })
    .map_err(|error| TaskError::new(format!("cannot listen for Ctrl-C: {error}")))?;

    let acme = Acme::start(project, &environment, &happen, &events)?;
    serve::start(&project.dist, pages, environment.json())?;
    print_line(&greeting(pages, &environment));
    if options.open {
        open(&format!("http://{pages}/preview/"));
    }
    let ended = events.iter().find(|event| matches!(event, Event::Stop | Event::Ended));
    drop(acme);
    match ended {
        Some(Event::Stop) => {
            print_line("\nStopped: the ports are free.");
            Ok(())
        }
        _ => {
            Err(TaskError::new("Acme ended by itself")
                .way_on("see its words above, then run the preview again"))
        }
    }
}

fn greeting(pages: SocketAddr, environment: &Environment) -> String {
    let Environment { api, visits, control } = environment;
    format!(
        "
The preview is ready.

  Find-A-Doctor profile  http://{pages}/preview/find-a-doctor.html
  Flu-shot page          http://{pages}/preview/flu-shot.html
  Find care near you     http://{pages}/preview/find-care.html
  Choose a clinic        http://{pages}/preview/clinics.html
  A long list            http://{pages}/preview/doctors.html
  Virtual care           http://{pages}/preview/virtual-care.html
  Full-page sign-in      http://{pages}/preview/resume.html
  Two themes             http://{pages}/preview/themes.html
  Snippet builder        http://{pages}/preview/index.html

  Acme's API             http://{api}
  Acme's Visit host      http://{visits}
  Acme's control port    http://{control}

Sign in as marta (has a record), ruth (has none yet), dev (is a dependant), lars (locked) or nadia (not on
Dr. Whitfield's panel); the password is `acme`. Ctrl-C stops everything."
    )
}

fn check_ports(pages: SocketAddr, environment: &Environment) -> TaskResult {
    let acme = [environment.api, environment.control, environment.visits];
    if acme.contains(&pages) {
        return Err(TaskError::new(format!("port {} cannot serve both the pages and Acme", pages.port()))
            .way_on("other ports: --port for the pages, --acme-port for the first of Acme's three"));
    }
    check_port(pages, "the pages", "--port")?;
    acme.into_iter().try_for_each(|address| check_port(address, "Acme", "--acme-port"))
}

fn check_port(address: SocketAddr, whose: &str, flag: &str) -> TaskResult {
    let port = address.port();
    TcpListener::bind(address).map(drop).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => TaskError::new(format!("port {port} for {whose} is in use"))
            .way_on(format!("stop what uses it, or take another: {flag} PORT")),
        _ => TaskError::new(format!("port {port} for {whose} cannot be used: {error}"))
            .way_on(format!("take another: {flag} PORT")),
    })
}

/// Opens `address` in a browser, if the machine has a screen; failures are ignored.
fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let screen = cfg!(target_os = "macos")
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some());
    if !screen || env::var_os("CI").is_some() || on_path(opener).is_none() {
        return;
    }
    let _ = Command::new(opener)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_named_with_the_option_that_changes_it() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let said = check_port(address, "the pages", "--port").unwrap_err().to_string();
        let expected = format!(
            "error: port {} for the pages is in use\n  try: stop what uses it, or take another: --port PORT",
            address.port()
        );
        assert_eq!(said, expected);
    }

    #[test]
    fn a_free_port_is_free_again_after_the_look() {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(check_port(address, "Acme", "--acme-port").is_ok());
        assert!(TcpListener::bind(address).is_ok());
    }

    #[test]
    fn the_pages_cannot_share_a_port_with_acme() {
        let said = check_ports(SocketAddr::from((Ipv4Addr::LOCALHOST, 8091)), &Environment::default());
        assert!(said.unwrap_err().to_string().contains("port 8091 cannot serve both"));
    }

    #[test]
    fn the_greeting_names_every_page_and_acmes_three_addresses() {
        let text = greeting(SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), &Environment::at(9000));
        for address in [
            "http://127.0.0.1:8080/preview/find-a-doctor.html",
            "http://127.0.0.1:8080/preview/flu-shot.html",
            "http://127.0.0.1:8080/preview/find-care.html",
            "http://127.0.0.1:8080/preview/clinics.html",
            "http://127.0.0.1:8080/preview/doctors.html",
            "http://127.0.0.1:8080/preview/virtual-care.html",
            "http://127.0.0.1:8080/preview/resume.html",
            "http://127.0.0.1:8080/preview/themes.html",
            "http://127.0.0.1:8080/preview/index.html",
            "http://127.0.0.1:9000\n",
            "http://127.0.0.1:9001\n",
            "http://127.0.0.1:9002\n",
        ] {
            assert!(text.contains(address), "{address}");
        }
    }
}
