//! Acme: a simulated DexCare environment. Two health-system brands with clinics, clinicians, schedules and patients,
//! the public endpoints a booking widget calls, an identity provider to sign in with, and a control port for tests.
//! It is an independent reading of the API reference and shares no type with the client crates.

#![allow(clippy::doc_markdown, reason = "DexCare and SQLite are names, not code")]

mod api;
mod body;
mod care_options;
mod clock;
mod control;
mod controls;
mod identity;
mod idp;
mod layers;
mod openings;
mod page;
mod paging;
mod params;
mod refusal;
mod request;
mod rules;
mod scheduling;
mod search;
mod serve;
mod slot_id;
mod slots_v5;
mod state;
mod store;
mod visits;
mod wire;
mod world;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use clock::Clock;
use controls::Controls;
use identity::{Idp, Keys};
use rules::Rules;
use slot_id::SlotIds;
pub use state::Settings;
use state::{Acme, Shared};
use store::Store;
pub use store::bookings::ConflictOrder;
use world::World;

/// How to start an Acme.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address of the API host and the identity provider; with port 0, Acme takes a free port.
    pub listen: String,
    /// Address of the Visit host; `None`: the Visit host shares the API's address.
    pub visits: Option<String>,
    /// Address of the control port.
    pub control: String,
    /// Database file; `None`: the database is in memory.
    pub db: Option<PathBuf>,
    /// Seed of the world.
    pub seed: u64,
    /// Time at which the clock starts; `None`: the machine's time.
    pub now: Option<DateTime<Utc>>,
    /// What Acme requires of requests, and the tier that it says it is.
    pub settings: Settings,
}

impl Default for Config {
    /// The defaults of a test: free ports, in memory, seed 1, the machine's time, nothing required.
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:0".to_owned(),
            visits: Some("127.0.0.1:0".to_owned()),
            control: "127.0.0.1:0".to_owned(),
            db: None,
            seed: 1,
            now: None,
            settings: Settings {
                tier: "prd".to_owned(),
                api_key: "acme-key".to_owned(),
                require_key: false,
                require_domain: false,
                domain: None,
                service_token: "acme-service-token".to_owned(),
                token_ttl: 3600,
                conflict_order: ConflictOrder::Patient,
            },
        }
    }
}

/// Why Acme did not start.
#[derive(Debug)]
pub enum StartError {
    /// Acme could not listen on an address.
    Listen {
        /// The option that named the address.
        what: &'static str,
        /// The address as written.
        address: String,
        /// The system's reason.
        cause: io::Error,
    },
    /// The database file could not be used.
    Database {
        /// The file; `None`: the database in memory.
        path: Option<PathBuf>,
        /// Why.
        cause: store::OpenError,
    },
    /// Keys or field rules could not be made.
    Setup(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { what, address, cause } if cause.kind() == io::ErrorKind::AddrInUse => {
                write!(f, "cannot listen on {address} ({what}): the port is in use")
            }
            Self::Listen { what, address, cause } => {
                write!(f, "cannot listen on {address} ({what}): {cause}")
            }
            Self::Database { path: Some(path), cause } => write!(f, "cannot use {}: {cause}", path.display()),
            Self::Database { path: None, cause } => write!(f, "cannot use a database in memory: {cause}"),
            Self::Setup(cause) => write!(f, "cannot set up: {cause}"),
        }
    }
}

impl std::error::Error for StartError {}

/// An Acme that is listening.
pub struct Running {
    /// API host and identity provider.
    pub api: SocketAddr,
    /// Visit host; the API's address if they share it.
    pub visits: SocketAddr,
    /// Control port.
    pub control: SocketAddr,
    stop: watch::Sender<bool>,
    listeners: Vec<JoinHandle<()>>,
}

impl Running {
    /// Stops listening, gives running requests a moment to finish, and closes the database.
    pub async fn shutdown(self) {
        let _ = self.stop.send(true);
        for listener in self.listeners {
            let _ = listener.await;
        }
    }
}

/// Starts an Acme. It listens when this returns, and stops when the result is shut down or dropped.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let open = |what: &'static str, address: String| async move {
        serve::bind(&address).await.map_err(|cause| StartError::Listen { what, address, cause })
    };
    let (api_listener, api) = open("--listen", config.listen).await?;
    let visits_listener = match config.visits {
        Some(address) => Some(open("--visits", address).await?),
        None => None,
    };
    let (control_listener, control) = open("--control", config.control).await?;

    let visits_at = visits_listener.as_ref().map_or(api, |(_, address)| *address);
    let store = Store::open(config.db.as_deref(), config.seed)
        .map_err(|cause| StartError::Database { path: config.db, cause })?;
    let keys = Keys::new(config.seed).map_err(StartError::Setup)?;
    let acme: Shared = Arc::new(Acme {
        settings: config.settings,
        world: World::new(config.seed),
        clock: Clock::new(config.now),
        store,
        slot_ids: SlotIds::new(config.seed),
        idp: Idp::new(format!("http://{}", reachable(api)), keys),
        visits_url: format!("http://{}", reachable(visits_at)),
        controls: Controls::default(),
        rules: Rules::new().map_err(|error| StartError::Setup(error.into()))?,
        responses: AtomicU64::new(0),
    });

    let (stop, stopped) = watch::channel(false);
    let shares_address = visits_listener.is_none();
    let mut listeners =
        vec![serve::serve(api_listener, layers::api_app(acme.clone(), shares_address), stopped.clone())];
    let mut visits = api;
    if let Some((listener, address)) = visits_listener {
        visits = reachable(address);
        listeners.push(serve::serve(listener, layers::visits_app(acme.clone()), stopped.clone()));
    }
    listeners.push(serve::serve(control_listener, control::app(acme), stopped));
    Ok(Running {
        api: reachable(api),
        visits: reachable(visits),
        control: reachable(control),
        stop,
        listeners,
    })
}

/// The address under which clients can reach a listener: loopback if it listens on every interface.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    address
}
