//! The command line of Acme.

#![allow(clippy::doc_markdown, reason = "DexCare is a name, and this text is printed as help")]

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use acme::{Config, ConflictOrder, Settings, start};
use chrono::{DateTime, Utc};
use clap::{Parser, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};

/// A simulated DexCare environment, with an identity provider and a control port.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address of the API host and the identity provider
    #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDR")]
    listen: String,
    /// Address of the Visit host; without it the Visit host shares the API's address
    #[arg(long, value_name = "ADDR")]
    visits: Option<String>,
    /// Address of the control port
    #[arg(long, default_value = "127.0.0.1:8091", value_name = "ADDR")]
    control: String,
    /// Database file, created if missing; without it everything is in memory
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Seed of the world
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Time at which the clock starts; without it, the machine's time
    #[arg(long, value_name = "RFC3339")]
    now: Option<DateTime<Utc>>,
    /// Lifetime of an access token
    #[arg(long, default_value_t = 3600, value_name = "SECONDS")]
    token_ttl: u32,
    /// Tier that this environment says it is; only a label
    #[arg(long, value_enum, default_value_t = Tier::Prd)]
    tier: Tier,
    /// The API key that counts as valid
    #[arg(long, default_value = "acme-key", value_name = "KEY")]
    api_key: String,
    /// The service token that reporting accepts
    #[arg(long, default_value = "acme-service-token", value_name = "TOKEN")]
    service_token: String,
    /// Which conflict to answer when a booking has both: the patient's other visit, or the taken slot
    #[arg(long, value_enum, default_value_t = Order::Patient, value_name = "ORDER")]
    conflict_order: Order,
    /// Require the API key on every call except reporting
    #[arg(long)]
    require_key: bool,
    /// Require a `domain` header on every call except reporting and guest visits
    #[arg(long)]
    require_domain: bool,
    /// The only `domain` header that counts as valid, which is then required; without it, any does
    #[arg(long, value_name = "DOMAIN")]
    domain: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tier {
    Prd,
    Uat,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    Patient,
    Slot,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let config = Config {
        listen: arguments.listen,
        visits: arguments.visits,
        control: arguments.control,
        db: arguments.db,
        seed: arguments.seed,
        now: arguments.now,
        settings: Settings {
            tier: match arguments.tier {
                Tier::Prd => "prd".to_owned(),
                Tier::Uat => "uat".to_owned(),
            },
            api_key: arguments.api_key,
            require_key: arguments.require_key,
            require_domain: arguments.require_domain,
            domain: arguments.domain,
            service_token: arguments.service_token,
            token_ttl: arguments.token_ttl,
            conflict_order: match arguments.conflict_order {
                Order::Patient => ConflictOrder::Patient,
                Order::Slot => ConflictOrder::Slot,
            },
        },
    };
    // Listen for signals before printing "ready": a program that waits for that output may send a signal at once.
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    let (Ok(mut interrupt), Ok(mut terminate)) = signals else {
        eprintln!("acme: cannot listen for signals");
        return ExitCode::from(2);
    };
    let running = match start(config).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("acme: {error}");
            return ExitCode::from(2);
        }
    };
    let (api, visits, control) = (running.api, running.visits, running.control);
    let mut out = std::io::stdout();
    let _ = writeln!(out, "acme: ready api=http://{api} visits=http://{visits} control=http://{control}");
    let _ = out.flush();
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    running.shutdown().await;
    ExitCode::SUCCESS
}
