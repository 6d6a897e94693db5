//! Answers the slot search by POST (API reference §2.12): slots of many providers in one list, with instants in
//! UTC (`Z`).

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::directory::Directory;
use crate::openings::{later, of_place};
use crate::refusal::Refusal;
use crate::search::Search;
use crate::state::Acme;

/// How many days a search without an `endDate` covers, the first day included.
const DEFAULT_DAYS: u32 = 14;

/// Answers a search with the free slots between its dates, one entry for each instant and short name.
pub fn answer(acme: &Acme, search: &Search, token: &str) -> Result<Value, Refusal> {
    let world = &acme.world;
    let mut directory = Directory::default();
    let mut slots: BTreeMap<(DateTime<Utc>, &str), Vec<Value>> = BTreeMap::new();
    for place in search.places(world) {
        let clinic = &world.clinics[place.clinic];
        let first = search.start.unwrap_or_else(|| acme.today(clinic.zone));
        let last = search.end.unwrap_or_else(|| later(first, DEFAULT_DAYS - 1));
        let openings = of_place(acme, search, &place, (first, last))?;
        if !openings.is_empty() {
            directory.enter_for_post(world, &place);
        }
        for opening in openings {
            let row = opening.visit_type;
            slots.entry((opening.start, row.short_name.unwrap_or_default())).or_default().push(json!({
                "npi": world.clinicians[place.who].npi,
                "departmentEhrIdentifier": clinic.identifier(),
                "visitTypeId": row.id,
                "duration": row.minutes,
            }));
        }
    }
    let slots = slots.into_iter().map(|((start, short_name), options)| {
        json!({
            "slotDateTime": start.to_rfc3339_opts(SecondsFormat::Secs, true),
            "visitTypeName": short_name,
            "providerOptions": options,
        })
    });
    Ok(json!({
        "slots": slots.collect::<Vec<_>>(),
        "providers": directory.providers,
        "departments": directory.departments,
        "searchContext": token,
    }))
}
