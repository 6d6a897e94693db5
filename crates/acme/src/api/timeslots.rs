//! Lists free slots of a department (API reference §2.3) and of a provider (§2.6).
//!
//! Both calls read the same free times (`openings`), and list them in different formats.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, SecondsFormat};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::providers::no_such_provider;
use crate::openings::{Opening, day_before, later, of_post};
use crate::refusal::Refusal;
use crate::request::{Query, Segment};
use crate::rules;
use crate::slot_id::{Kind, SlotKey};
use crate::state::{Acme, Shared, blocking};
use crate::world::HORIZON_DAYS;
use crate::world::schedule::midnight;

/// Days that the department list covers, from the clinic's today on; the call takes no dates.
const DEPARTMENT_WINDOW_DAYS: u32 = 14;

/// The visit type of the department list when the request names none.
const DEFAULT_VISIT_TYPE: &str = "Illness";

pub async fn of_department(
    State(acme): State<Shared>,
    Segment(url_name): Segment,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let clinic = acme.world.clinic(&url_name).ok_or_else(Refusal::no_such_department)?;
    let short_name = query.get("visitTypeName").unwrap_or(DEFAULT_VISIT_TYPE).to_owned();
    blocking(acme, move |acme| department_list(acme, clinic, &short_name).map(Json)).await
}

fn department_list(acme: &Acme, clinic: usize, short_name: &str) -> Result<Value, Refusal> {
    let world = &acme.world;
    let here = &world.clinics[clinic];
    let first = acme.today(here.zone);
    let last = later(first, DEPARTMENT_WINDOW_DAYS - 1);
    let mut slots = Vec::new();
    let mut days = Vec::new();
    for (who, post, _, _) in world.staff(clinic) {
        let found = of_post(acme, (who, post), (first, last), |row| row.short_name == Some(short_name))?;
        slots.extend(found.openings);
        days.extend(found.days);
    }
    slots.sort_by(|a, b| {
        (a.start, &world.clinicians[a.who].npi).cmp(&(b.start, &world.clinicians[b.who].npi))
    });
    Ok(json!({
        "departmentId": here.department_id,
        "startDate": stamp(&midnight(here.zone, first)),
        "endDate": stamp(&midnight(here.zone, later(last, 1))),
        "timezone": here.zone.name(),
        "scheduleDays": schedule_days(acme, Kind::Retail, here.zone, days, &slots),
    }))
}

pub async fn of_provider(
    State(acme): State<Shared>,
    Segment(npi): Segment,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let who = acme.world.clinician(&npi).ok_or_else(no_such_provider)?;
    let short_name = query.required("visitType")?.to_owned();
    let start = date(&query, "startDate")?;
    let end = date(&query, "endDate")?;
    blocking(acme, move |acme| provider_list(acme, who, &short_name, start, end).map(Json)).await
}

fn date(query: &Query, name: &str) -> Result<Option<NaiveDate>, Refusal> {
    let Some(text) = query.get(name) else { return Ok(None) };
    rules::date(text).map(Some).ok_or_else(|| Refusal::bad(format!("'{name}' must be a date (YYYY-MM-DD)")))
}

fn provider_list(
    acme: &Acme,
    who: usize,
    short_name: &str,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
) -> Result<Value, Refusal> {
    let world = &acme.world;
    let clinician = &world.clinicians[who];
    // One response has one zone, that of the clinician's first clinic, even for slots at clinics in other zones.
    let zone = clinician.posts.first().map_or(chrono_tz::UTC, |post| world.clinics[post.clinic].zone);
    let today = acme.today(zone);
    let first = start.unwrap_or(today);
    let last = end.unwrap_or_else(|| later(first, 7));
    if last < first {
        return Err(Refusal::bad("'endDate' must not be before 'startDate'"));
    }
    let (from, to) = (first.max(today), last.min(later(today, HORIZON_DAYS)));
    let mut slots = Vec::new();
    let mut days = Vec::new();
    for post in 0..clinician.posts.len() {
        // A clinic in another zone can date the same instant a day earlier or later.
        let reach = (day_before(from), later(to, 1));
        let found = of_post(acme, (who, post), reach, |row| row.short_name == Some(short_name))?;
        slots.extend(found.openings);
        days.extend(found.days);
    }
    slots.retain(|slot| (from..=to).contains(&slot.start.with_timezone(&zone).date_naive()));
    days.retain(|day| (from..=to).contains(day));
    slots.sort_by_key(|slot| slot.start);
    Ok(json!({
        "providerNationalId": clinician.npi,
        "startDate": first.to_string(),
        "endDate": last.to_string(),
        "timezone": zone.name(),
        "scheduleDays": schedule_days(acme, Kind::Provider, zone, days, &slots),
    }))
}

/// Slots grouped by day in one zone; a working day without free slots has an empty list.
fn schedule_days(acme: &Acme, kind: Kind, zone: Tz, mut days: Vec<NaiveDate>, slots: &[Opening]) -> Value {
    let day_of = |slot: &Opening| slot.start.with_timezone(&zone).date_naive();
    days.extend(slots.iter().map(day_of));
    days.sort_unstable();
    days.dedup();
    let days = days.into_iter().map(|day| {
        let of_day = slots.iter().filter(|slot| day_of(slot) == day);
        let slots: Vec<Value> = of_day.map(|slot| time_slot(acme, kind, zone, slot)).collect();
        json!({"date": stamp(&midnight(zone, day)), "timeSlots": slots})
    });
    days.collect()
}

fn time_slot(acme: &Acme, kind: Kind, zone: Tz, slot: &Opening) -> Value {
    let clinician = &acme.world.clinicians[slot.who];
    let post = &clinician.posts[slot.post];
    let clinic = &acme.world.clinics[post.clinic];
    let key = SlotKey {
        kind,
        who: u16::try_from(slot.who).unwrap_or(u16::MAX),
        post: u8::try_from(slot.post).unwrap_or(u8::MAX),
        visit_type: slot.visit_type.index,
        start: slot.start,
    };
    // The department's list writes a string, the provider's an integer (§4, Q16).
    let duration = match kind {
        Kind::Retail => json!(slot.visit_type.minutes.to_string()),
        Kind::Provider => json!(slot.visit_type.minutes),
    };
    json!({
        "id": acme.slot_ids.seal(key),
        "providerNationalId": clinician.npi,
        "providerId": post.emr_id,
        "departmentId": clinic.department_id,
        "departmentIdentifier": clinic.identifier(),
        "slotType": slot.visit_type.short_name.unwrap_or_default(),
        "visitTypeId": slot.visit_type.id,
        "duration": duration,
        "slotDateTime": stamp(&slot.start.with_timezone(&zone)),
    })
}

/// An instant in RFC 3339, with the zone's own offset and no fraction.
pub fn stamp(at: &DateTime<Tz>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
