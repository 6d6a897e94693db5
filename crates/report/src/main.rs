//! `dexcare-report`: fetches reports of visits from DexCare's Reporting API (API reference §2.45), and summarizes
//! them. A health system runs the command on its own machine; unlike the crates of the widget, it has a clock and
//! a network.
//!
//! Of the other crates, only Acme, the simulated server, names the endpoints or the header of that API. Its service
//! key gives access to every patient's visits, so this crate cannot be built for a browser, and it is not a library,
//! so that no other crate can use it. The command sends the key only to the address in `--visits`, and never prints
//! it. `summary` sends nothing.
//!
//! Begin with [`arguments::Command`], which lists the commands: [`fetch`] carries out the first two, [`summary`] the third.
//!
//! # Example
//!
//! Visits of November that were booked with a clinic, counted by the use case (`product`) that the page names:
//!
//! ```sh
//! dexcare-report visits --visits https://ecvapi.care.example.com --type retail --from 2026-11-01 --to 2026-11-30 --out november.csv
//! dexcare-report summary november.csv --by product --html november.html
//! ```

#![allow(clippy::doc_markdown, reason = "DexCare is a name, and this text is printed as help")]
#![allow(rustdoc::bare_urls, reason = "the text of the arguments is printed as help")]

#[cfg(target_arch = "wasm32")]
compile_error!("dexcare-report holds a service key: it is never built for wasm32, where browsers run it");

#[cfg(not(target_arch = "wasm32"))]
mod arguments;
#[cfg(not(target_arch = "wasm32"))]
mod endpoint;
#[cfg(not(target_arch = "wasm32"))]
mod error;
#[cfg(not(target_arch = "wasm32"))]
mod fetch;
#[cfg(not(target_arch = "wasm32"))]
mod quotes;
#[cfg(not(target_arch = "wasm32"))]
mod summary;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use clap::Parser;

    use arguments::{Arguments, Command};

    let done = match Arguments::parse().command {
        Command::Visits(wanted) => fetch::visits(wanted),
        Command::Providers(wanted) => fetch::providers(wanted),
        Command::Summary(wanted) => summary::run(&wanted),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dexcare-report: {error}");
            error.kind.code().into()
        }
    }
}
