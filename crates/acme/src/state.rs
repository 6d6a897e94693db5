//! The state of one running Acme, shared by its listeners.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::clock::Clock;
use crate::controls::Controls;
use crate::identity::Idp;
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::slot_id::SlotIds;
use crate::store::Store;
use crate::store::bookings::ConflictOrder;
use crate::world::World;

/// The settings of a running Acme: the name of its tier, what it requires of requests, and how it answers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `prd` or `uat`; only a label.
    pub tier: String,
    /// The `x-api-key` that counts as valid.
    pub api_key: String,
    /// Whether every call except reporting requires the key; a guest visit always does.
    pub require_key: bool,
    /// Whether every call except reporting and guest visits requires a `domain` header.
    pub require_domain: bool,
    /// The only `domain` that those calls accept; `None` for any.
    pub domain: Option<String>,
    /// The service token that reporting accepts.
    pub service_token: String,
    /// Lifetime of an access token in seconds.
    pub token_ttl: u32,
    /// Which of the two conflicts Acme reports if a booking has both; the control port can override it.
    pub conflict_order: ConflictOrder,
}

/// One running Acme.
pub struct Acme {
    /// Settings it was started with.
    pub settings: Settings,
    /// The world of the seed.
    pub world: World,
    /// The only clock.
    pub clock: Clock,
    /// Bookings and patients.
    pub store: Store,
    /// Slot ids of this seed.
    pub slot_ids: SlotIds,
    /// The identity provider.
    pub idp: Idp,
    /// `http://…` of the Visit host, for addresses in answers.
    pub visits_url: String,
    /// What the control port sets.
    pub controls: Controls,
    /// Formats of field values.
    pub rules: Rules,
    pub(crate) responses: AtomicU64,
}

/// A running Acme, shared by its handlers.
pub type Shared = Arc<Acme>;

impl Acme {
    /// The current time by Acme's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Today in a zone, by Acme's clock.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now().with_timezone(&zone).date_naive()
    }

    /// The next response number, which is part of a correlation id.
    pub fn next_response(&self) -> u64 {
        self.responses.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Runs work that computes or uses the database outside the async threads. The work finishes even if the client
/// disconnects.
pub async fn blocking<T: Send + 'static>(
    acme: Shared,
    work: impl FnOnce(&Acme) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(move || work(&acme)).await {
        Ok(done) => done,
        Err(error) => Err(Refusal::internal(&error)),
    }
}
