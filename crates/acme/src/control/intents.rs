//! The control calls for intents (an intent is one press of a patient): one announces an intent, the other lists all
//! intents with their POSTs and visits.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{done, read};
use crate::refusal::Refusal;
use crate::state::{Shared, blocking};
use crate::store::{bookings, virtual_visits};

/// Announces an intent: later booking POSTs that name no intent belong to this one.
pub async fn announce(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    #[derive(Deserialize)]
    struct Wanted {
        name: String,
    }
    let Wanted { name } = read(&body)?;
    acme.controls.intents.announce(name);
    Ok(done())
}

/// Lists each intent with its POSTs in order of arrival and with its visits. The visits are those in the
/// database, whatever Acme answered. `name` is null for POSTs and visits without an intent.
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
        let (names, posts) = acme.controls.intents.list(visits.iter().map(|(intent, ..)| intent));
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
