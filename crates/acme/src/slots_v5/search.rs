//! Slot search (API reference §2.9): several providers in one call; unknown keys in the body are refused.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::answered;
use crate::api::timeslots::stamp;
use crate::openings::{Opening, day_before, later, of_post};
use crate::refusal::Refusal;
use crate::request::{Fields, json_body};
use crate::rules;
use crate::state::{Acme, Shared, blocking};
use crate::world::HORIZON_DAYS;

/// Days searched after the start when no `endDate` is named.
const DEFAULT_DAYS: u32 = 30;

/// One of the `criteriaItems`.
struct Criterion {
    npi: String,
    ehr: Option<String>,
    department_id: Option<String>,
}

struct Asked {
    criteria: Vec<Criterion>,
    visit_types: Vec<String>,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
}

pub async fn find(State(acme): State<Shared>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let answer = blocking(acme, move |acme| results(acme, &read(&json_body(&body)?)?));
    answered(answer.await)
}

fn read(map: &Map<String, Value>) -> Result<Asked, Refusal> {
    let body = Fields::of(map);
    only(&body, map, &["criteriaItems", "startDate", "endDate", "visitTypeNames"])?;
    let items = body.objects("criteriaItems")?;
    if items.is_empty() {
        return Err(body.wrong("criteriaItems", "must have at least one entry"));
    }
    let raw = map.get("criteriaItems").and_then(Value::as_array).into_iter().flatten();
    for (item, map) in items.iter().zip(raw.filter_map(Value::as_object)) {
        only(item, map, &["npi", "ehrInstance", "departmentId"])?;
    }
    let criteria = items.iter().map(|item| {
        let ehr = item.optional_text("ehrInstance")?.map(str::to_owned);
        let department_id = item.optional_text("departmentId")?.map(str::to_owned);
        if department_id.is_some() && ehr.is_none() {
            return Err(item.wrong("ehrInstance", "is required with 'departmentId'"));
        }
        Ok(Criterion { npi: item.text("npi")?.to_owned(), ehr, department_id })
    });
    let date = |field: &str| {
        let Some(text) = body.optional_text(field)? else { return Ok(None) };
        let date = rules::date(text);
        date.map(Some).ok_or_else(|| body.wrong(field, "must be a date (YYYY-MM-DD)"))
    };
    let (start, end) = (date("startDate")?, date("endDate")?);
    if start.zip(end).is_some_and(|(start, end)| end < start) {
        return Err(body.wrong("endDate", "must not be before 'startDate'"));
    }
    Ok(Asked {
        criteria: criteria.collect::<Result<_, Refusal>>()?,
        visit_types: body.texts("visitTypeNames")?,
        start,
        end,
    })
}

/// Refuses keys that the document does not name.
fn only(fields: &Fields, map: &Map<String, Value>, known: &[&str]) -> Result<(), Refusal> {
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(fields.wrong(key, "is not allowed")),
        None => Ok(()),
    }
}

fn results(acme: &Acme, asked: &Asked) -> Result<Value, Refusal> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for criterion in &asked.criteria {
        let Some(who) = acme.world.clinician(&criterion.npi) else { continue };
        for (post, held) in acme.world.clinicians[who].posts.iter().enumerate() {
            let clinic = &acme.world.clinics[held.clinic];
            let is_meant = criterion.ehr.as_ref().is_none_or(|ehr| clinic.ehr.name() == ehr)
                && criterion.department_id.as_ref().is_none_or(|id| clinic.department_id == id);
            if is_meant && !places.contains(&(who, post)) {
                places.push((who, post));
            }
        }
    }
    let mut results = Vec::new();
    for place in places {
        results.extend(result(acme, place, asked)?);
    }
    Ok(json!({"results": results}))
}

/// A provider at a clinic with the free slots there; `None` if there are none.
fn result(acme: &Acme, (who, post): (usize, usize), asked: &Asked) -> Result<Option<Value>, Refusal> {
    let clinician = &acme.world.clinicians[who];
    let held = &clinician.posts[post];
    let clinic = &acme.world.clinics[held.clinic];
    let today = acme.today(clinic.zone);
    let reach = (asked.start.unwrap_or(day_before(today)), asked.end.unwrap_or(later(today, HORIZON_DAYS)));
    let mut openings = of_post(acme, (who, post), reach, |row| {
        let is_named = |name: &str| asked.visit_types.iter().any(|wanted| wanted == name);
        asked.visit_types.is_empty() || row.short_name.is_some_and(is_named)
    })?
    .openings;
    let day_of = |opening: &Opening| opening.start.with_timezone(&clinic.zone).date_naive();
    // Without a start date the search begins on the first day with a free slot.
    let Some(start) = asked.start.or_else(|| openings.first().map(day_of)) else { return Ok(None) };
    let end = asked.end.unwrap_or_else(|| later(start, DEFAULT_DAYS));
    openings.retain(|opening| day_of(opening) <= end);
    let visit_types: Vec<Value> = held
        .visit_types
        .iter()
        .filter_map(|row| {
            let of_type = openings.iter().filter(|opening| std::ptr::eq(opening.visit_type, *row));
            let slots: Vec<Value> = of_type
                .map(|opening| {
                    json!({"dateTime": stamp(&opening.start.with_timezone(&clinic.zone)), "duration": row.minutes})
                })
                .collect();
            (!slots.is_empty()).then(|| {
                json!({"visitTypeId": row.id, "visitTypeName": row.short_name, "slots": slots})
            })
        })
        .collect();
    Ok((!visit_types.is_empty()).then(|| {
        json!({
            "npi": clinician.npi,
            "ehrInstance": clinic.ehr.name(),
            "departmentId": clinic.department_id,
            "timezone": clinic.zone.name(),
            "visitTypes": visit_types,
        })
    }))
}
