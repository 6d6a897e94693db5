//! Answers the search for providers with free times (API reference §2.11).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::directory::address;
use crate::openings::{Opening, later, of_place};
use crate::refusal::Refusal;
use crate::request::Fields;
use crate::search::{Place, Search};
use crate::state::Acme;
use crate::world::visit_types::VisitType;

/// How many days the search covers. Every visit type of the answer has this number as its `windowDays`.
const WINDOW_DAYS: u32 = 30;

/// `sortBy`: the order of the results.
#[derive(Clone, Copy)]
pub enum Sort {
    /// The soonest free time first.
    NextAvailable,
    /// The most free times first.
    MostAvailable,
}

impl Sort {
    /// Reads `sortBy`; `mostAvailable` when it is absent.
    pub fn read(body: &Map<String, Value>) -> Result<Self, Refusal> {
        let body = Fields::of(body);
        match body.optional_text("sortBy")? {
            Some("nextAvailable") => Ok(Self::NextAvailable),
            None | Some("mostAvailable") => Ok(Self::MostAvailable),
            Some(_) => Err(body.wrong("sortBy", "must be one of [nextAvailable, mostAvailable]")),
        }
    }
}

struct Hit {
    place: Place,
    soonest: DateTime<Utc>,
    openings: Vec<Opening>,
}

/// Answers a search with one result for each clinician and clinic that fits the search and has a free time.
pub fn answer(acme: &Acme, search: &Search, sort: Sort) -> Result<Value, Refusal> {
    let mut hits = Vec::new();
    for place in search.places(&acme.world) {
        let today = acme.today(acme.world.clinics[place.clinic].zone);
        let openings = of_place(acme, search, &place, (today, later(today, WINDOW_DAYS - 1)))?;
        if let Some(soonest) = openings.first().map(|opening| opening.start) {
            hits.push(Hit { place, soonest, openings });
        }
    }
    match sort {
        Sort::NextAvailable => hits.sort_by_key(|hit| hit.soonest),
        Sort::MostAvailable => hits.sort_by_key(|hit| std::cmp::Reverse(hit.openings.len())),
    }
    Ok(json!({"results": hits.iter().map(|hit| result(acme, hit)).collect::<Vec<_>>()}))
}

fn result(acme: &Acme, hit: &Hit) -> Value {
    let world = &acme.world;
    let (clinician, clinic) = (&world.clinicians[hit.place.who], &world.clinics[hit.place.clinic]);
    let mut counts: Vec<(&VisitType, u32)> = Vec::new();
    for opening in &hit.openings {
        match counts.iter_mut().find(|(row, _)| std::ptr::eq(*row, opening.visit_type)) {
            Some((_, count)) => *count += 1,
            None => counts.push((opening.visit_type, 1)),
        }
    }
    counts.sort_by_key(|(row, _)| row.index);
    let visit_types = counts.into_iter().map(|(row, count)| {
        json!({
            "visitTypeId": row.id,
            "visitTypeName": row.short_name,
            "availability": {"windowDays": WINDOW_DAYS, "slotCount": count},
        })
    });
    json!({
        "npi": clinician.npi,
        "name": clinician.full_name(),
        "gender": clinician.gender(),
        "specialties": clinician.specialties(),
        "departmentId": clinic.department_id,
        "departmentName": clinic.display_name,
        "ehrInstance": clinic.ehr.name(),
        "clinicType": clinic.clinic_type(),
        "address": address(clinic),
        "timezone": clinic.zone.name(),
        "distanceFrom": hit.place.miles,
        "visitTypes": visit_types.collect::<Vec<_>>(),
    })
}
