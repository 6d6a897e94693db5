//! The booking POSTs by intent: what was sent for one press of a patient, what Acme did with each POST, and which visits the
//! press made. A press that made two is a double booking, whichever POSTs it came from.

use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::faults::Kind;
use super::{done, read};
use crate::refusal::Refusal;
use crate::state::{Shared, blocking};
use crate::store::{bookings, virtual_visits};

/// The query parameter by which a POST names its own intent.
pub const PARAMETER: &str = "intent";

/// On a request: the intent that a booking POST belongs to. `None` for a POST that named none, with none announced.
#[derive(Clone)]
pub struct Intent(pub Option<String>);

/// Which of the booking calls a POST is.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Call {
    /// A time at a clinic.
    Retail,
    /// A time with a clinician.
    Provider,
    /// A place in line.
    OnDemand,
}

impl Call {
    /// The booking call of a request; `None` for every other request.
    pub fn of(method: &Method, path: &str) -> Option<Self> {
        let call = match path {
            "/api/6/visits/retail" => Self::Retail,
            "/api/7/visits/providerbooking" => Self::Provider,
            "/api/9/visits" => Self::OnDemand,
            _ => return None,
        };
        (method == Method::POST).then_some(call)
    }
}

/// What Acme did with a booking POST.
#[derive(Serialize, Clone)]
#[serde(tag = "did", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Deed {
    /// Nothing: a fault kept it away, or it is still waiting.
    Nothing,
    /// Booked, and this is the visit that the answer names.
    Booked { visit_id: Option<String> },
    /// Refused with this status, for the code of the refusal or else its text.
    Refused { status: u16, reason: String },
}

/// One booking POST.
#[derive(Serialize, Clone)]
struct Post {
    /// Its number in the request log.
    seq: u64,
    #[serde(skip)]
    intent: Option<String>,
    call: Call,
    #[serde(flatten)]
    deed: Deed,
    /// The status that was answered; null while unanswered and after a cut connection.
    answered: Option<u16>,
    /// The injected fault that the POST or its answer met.
    fault: Option<Kind>,
}

#[derive(Default)]
struct Ledger {
    /// Intents in the order in which they were first heard of.
    names: Vec<Option<String>>,
    announced: Option<String>,
    posts: Vec<Post>,
}

impl Ledger {
    fn name(&mut self, name: Option<String>) {
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }
}

/// All intents and booking POSTs since the last reset.
#[derive(Default)]
pub struct Intents {
    ledger: Mutex<Ledger>,
}

impl Intents {
    fn with<T>(&self, work: impl FnOnce(&mut Ledger) -> T) -> T {
        work(&mut self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds a POST that was received, under its number in the request log: to the intent that it names, else to the one
    /// announced last.
    pub fn begin(&self, seq: u64, call: Call, named: Option<String>) -> Intent {
        self.with(|ledger| {
            let intent = named.or_else(|| ledger.announced.clone());
            ledger.name(intent.clone());
            let deed = Deed::Nothing;
            ledger.posts.push(Post { seq, intent: intent.clone(), call, deed, answered: None, fault: None });
            Intent(intent)
        })
    }

    /// The POST was carried out, and its answer names this visit.
    pub fn booked(&self, seq: u64, visit_id: Option<String>) {
        self.amend(seq, |post| post.deed = Deed::Booked { visit_id });
    }

    /// The POST was refused.
    pub fn refused(&self, seq: u64, refusal: &Refusal) {
        let reason = refusal.code.map_or_else(|| refusal.text.clone(), str::to_owned);
        self.amend(seq, |post| post.deed = Deed::Refused { status: refusal.status.as_u16(), reason });
    }

    /// The request with this number met a fault.
    pub fn fault(&self, seq: u64, kind: Kind) {
        self.amend(seq, |post| post.fault = Some(kind));
    }

    /// The request with this number was answered.
    pub fn answered(&self, seq: u64, status: StatusCode) {
        self.amend(seq, |post| post.answered = Some(status.as_u16()));
    }

    fn amend(&self, seq: u64, change: impl FnOnce(&mut Post)) {
        self.with(|ledger| {
            if let Some(post) = ledger.posts.iter_mut().rfind(|post| post.seq == seq) {
                change(post);
            }
        });
    }

    /// Forgets all of it.
    pub fn clear(&self) {
        self.with(|ledger| *ledger = Ledger::default());
    }
}

/// From now on, booking POSTs that name no intent belong to this one.
pub async fn announce(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        name: String,
    }
    let Wanted { name } = read(&body)?;
    acme.controls.intents.with(|ledger| {
        ledger.name(Some(name.clone()));
        ledger.announced = Some(name);
    });
    Ok(done())
}

/// Each intent with its POSTs in the order they came in, and with the visits that the database has of it, whatever the
/// answers said. `name` is null for POSTs and visits of no intent.
pub async fn show(State(acme): State<Shared>) -> Result<Json<Value>, Refusal> {
    blocking(acme, |acme| {
        let (booked, on_demand) =
            acme.store.read(|db| Ok((bookings::visits(db)?, virtual_visits::all(db)?)))?;
        let booked = booked.into_iter().map(|visit| (visit.intent, visit.id, visit.cancelled.is_none()));
        let on_demand = on_demand.into_iter().map(|visit| {
            let is_open = !visit.has_ended();
            (visit.intent, visit.id, is_open)
        });
        let visits: Vec<_> = booked.chain(on_demand).collect();
        let (names, posts) = acme.controls.intents.with(|ledger| {
            for (intent, ..) in &visits {
                ledger.name(intent.clone());
            }
            (ledger.names.clone(), ledger.posts.clone())
        });
        let of_intent = |name: &Option<String>| {
            let posts: Vec<_> = posts.iter().filter(|post| post.intent == *name).collect();
            let made: Vec<_> = visits.iter().filter(|(intent, ..)| intent == name).collect();
            let open = made.iter().filter(|(_, _, is_open)| *is_open).count();
            let visits = made.iter().map(|(_, id, is_open)| json!({"visitId": id, "isOpen": is_open}));
            json!({"name": name, "posts": posts, "visits": visits.collect::<Vec<_>>(), "openVisits": open})
        };
        Ok(Json(names.iter().map(of_intent).collect()))
    })
    .await
}
