//! The booking POSTs by intent, which is one press of a patient: what was sent, what Acme did with each POST, and which
//! visits resulted. An intent with two open visits is a double booking, whichever POSTs made them.

use std::sync::{Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use serde::Serialize;

use super::faults::Kind;
use crate::refusal::Refusal;

/// The query parameter by which a POST names its own intent.
pub const PARAMETER: &str = "intent";

/// The intent of a booking POST, attached to its request as an extension; `None` if the POST names no intent and no
/// intent was announced.
#[derive(Clone)]
pub struct Intent(pub Option<String>);

/// Which of the booking calls a POST is.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Call {
    /// Booking a time at a clinic.
    Retail,
    /// Booking a time with a clinician.
    Provider,
    /// Joining a line for an on-demand visit.
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
enum BookingResult {
    /// Nothing: a fault stopped the POST, or it is still being handled.
    Nothing,
    /// Booked; the answer names this visit.
    Booked { visit_id: Option<String> },
    /// Refused with this status; the reason is the refusal's code, or else its text.
    Refused { status: u16, reason: String },
}

/// One booking POST.
#[derive(Serialize, Clone)]
pub struct Post {
    /// The POST's number in the request log.
    seq: u64,
    /// The intent that the POST belongs to.
    #[serde(skip)]
    pub intent: Option<String>,
    call: Call,
    #[serde(flatten)]
    result: BookingResult,
    /// The status that Acme answered; null until Acme answers, and if the connection was cut.
    answered: Option<u16>,
    /// The fault that applied to the POST or to its answer.
    fault: Option<Kind>,
}

#[derive(Default)]
struct Ledger {
    /// Intents in the order in which they first appeared.
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

    /// Adds a received POST, under its number in the request log, to the intent that it names, or else to the one
    /// announced last.
    pub fn begin(&self, seq: u64, call: Call, named: Option<String>) -> Intent {
        self.with(|ledger| {
            let intent = named.or_else(|| ledger.announced.clone());
            ledger.name(intent.clone());
            let result = BookingResult::Nothing;
            ledger.posts.push(Post {
                seq,
                intent: intent.clone(),
                call,
                result,
                answered: None,
                fault: None,
            });
            Intent(intent)
        })
    }

    /// Announces an intent: later booking POSTs that name no intent belong to this one.
    pub fn announce(&self, name: String) {
        self.with(|ledger| {
            ledger.name(Some(name.clone()));
            ledger.announced = Some(name);
        });
    }

    /// Records that Acme has booked the visit that a POST asked for, and the visit id in Acme's answer.
    pub fn booked(&self, seq: u64, visit_id: Option<String>) {
        self.amend(seq, |post| post.result = BookingResult::Booked { visit_id });
    }

    /// Records that Acme has refused the POST, and why.
    pub fn refused(&self, seq: u64, refusal: &Refusal) {
        let reason = refusal.code.map_or_else(|| refusal.text.clone(), str::to_owned);
        self.amend(seq, |post| {
            post.result = BookingResult::Refused { status: refusal.status.as_u16(), reason }
        });
    }

    /// Records the fault that applied to the request with this number.
    pub fn fault(&self, seq: u64, kind: Kind) {
        self.amend(seq, |post| post.fault = Some(kind));
    }

    /// Records the status with which Acme answered the request with this number.
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

    /// All intents in the order in which they first appeared, and all POSTs in order of arrival. Intents of `visits`
    /// that are not in the list yet are added to it first.
    pub fn list<'a>(
        &self,
        visits: impl Iterator<Item = &'a Option<String>>,
    ) -> (Vec<Option<String>>, Vec<Post>) {
        self.with(|ledger| {
            for intent in visits {
                ledger.name(intent.clone());
            }
            (ledger.names.clone(), ledger.posts.clone())
        })
    }

    /// Removes all intents and POSTs.
    pub fn clear(&self) {
        self.with(|ledger| *ledger = Ledger::default());
    }
}
