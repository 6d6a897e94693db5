//! Answers the slot search by GET (API reference §2.13): slots of many providers with local offsets, in groups of
//! one visit type each, one page of days at a time.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use serde_json::{Value, json};
use uuid::Uuid;

use super::directory::Directory;
use crate::api::timeslots::stamp;
use crate::openings::{day_before, later, of_place};
use crate::paging::page;
use crate::params::Params;
use crate::refusal::Refusal;
use crate::search::{Place, Search};
use crate::state::Acme;
use crate::world::HORIZON_DAYS;
use crate::world::visit_types::VisitType;

/// The parameters that only the GET takes.
pub struct Wanted {
    days: usize,
    zone: Option<Tz>,
}

impl Wanted {
    /// Reads the page size and the time zone.
    pub fn read(params: &Params) -> Result<Self, Refusal> {
        let days = params.days_of_slots()?.ok_or_else(|| Refusal::bad("'daysOfSlots' is required"))?;
        let zone = params.parsed("userTimezone", "an IANA time zone", |_: &Tz| true)?;
        Ok(Self { days, zone })
    }
}

/// The key of a group, which has one visit type: its short name, EMR id and modality.
type GroupKey<'a> = (&'a str, &'a str, &'a str);

struct Slot<'a> {
    place: &'a Place,
    start: DateTime<Tz>,
    visit_type: &'static VisitType,
}

/// Answers a search with the requested page of every group. A group without slots on its page is left out.
pub fn answer(acme: &Acme, search: &Search, wanted: &Wanted, token: &str) -> Result<Value, Refusal> {
    let world = &acme.world;
    let places = search.places(world);
    let mut groups: BTreeMap<GroupKey, Vec<Slot>> = BTreeMap::new();
    for place in &places {
        let here = world.clinics[place.clinic].zone;
        let today = acme.today(here);
        let reach = (day_before(today), later(today, HORIZON_DAYS));
        for opening in of_place(acme, search, place, reach)? {
            let row = opening.visit_type;
            let start = opening.start.with_timezone(&wanted.zone.unwrap_or(here));
            let key = (row.short_name.unwrap_or_default(), row.id, row.modality());
            groups.entry(key).or_default().push(Slot { place, start, visit_type: row });
        }
    }
    let mut directory = Directory::default();
    let mut zones: Vec<Tz> = wanted.zone.into_iter().collect();
    let mut listed = Vec::new();
    for ((short_name, emr_id, modality), mut slots) in groups {
        slots.sort_by_key(|slot| slot.start);
        let mut days: Vec<NaiveDate> = slots.iter().map(|slot| slot.start.date_naive()).collect();
        days.sort_unstable();
        days.dedup();
        let is_asked = |day: &NaiveDate| {
            search.start.is_none_or(|start| *day >= start) && search.end.is_none_or(|end| *day <= end)
        };
        let asked: Vec<NaiveDate> = days.iter().copied().filter(is_asked).collect();
        // An `endDate` alone asks for the last days up to it: this is how clients follow `previousEndDate`.
        let by_end = search.end.is_some() && search.start.is_none();
        let Some(page) = page(&days, &asked, wanted.days, by_end) else { continue };
        slots.retain(|slot| (page.days.0..=page.days.1).contains(&slot.start.date_naive()));
        let mut uuids: Vec<Uuid> =
            slots.iter().map(|slot| world.visit_type_guid(slot.place.clinic, slot.visit_type)).collect();
        uuids.sort_unstable();
        uuids.dedup();
        for slot in &slots {
            directory.enter_for_get(world, slot.place);
            if !zones.contains(&slot.start.timezone()) {
                zones.push(slot.start.timezone());
            }
        }
        let Some(row) = slots.first().map(|slot| slot.visit_type) else { continue };
        let (for_new, for_established) = row.is_for();
        listed.push(json!({
            "previousEndDate": page.previous_end,
            "nextStartDate": page.next_start,
            "visitTypeDisplayName": row.name,
            "visitTypeName": short_name,
            "visitTypeEmrId": emr_id,
            "visitTypeUuids": uuids,
            "forNewPatient": for_new,
            "forEstablishedPatient": for_established,
            "modality": modality,
            "scheduleDays": schedule_days(acme, &slots),
        }));
    }
    let mut answer = json!({
        "slotsByVisitType": listed,
        "providers": directory.providers,
        "departments": directory.departments,
        "searchContext": token,
    });
    // Without `userTimezone`, `timezone` is left out if there are no slots, or slots in several zones.
    if let [zone] = zones.as_slice() {
        answer["timezone"] = zone.name().into();
    }
    Ok(answer)
}

/// Groups slots by day and by time of day. Each time lists the clinicians and clinics that have a slot then. Slots
/// at the same instant stay apart if they are written with different UTC offsets.
fn schedule_days(acme: &Acme, slots: &[Slot]) -> Value {
    let mut days: BTreeMap<NaiveDate, Vec<(String, Vec<Value>)>> = BTreeMap::new();
    for slot in slots {
        let clinic = &acme.world.clinics[slot.place.clinic];
        let option = json!({
            "npi": acme.world.clinicians[slot.place.who].npi,
            "departmentEhrIdentifier": clinic.identifier(),
            "duration": slot.visit_type.minutes,
        });
        let times = days.entry(slot.start.date_naive()).or_default();
        let time = stamp(&slot.start);
        match times.iter_mut().rev().find(|(known, _)| *known == time) {
            Some((_, options)) => options.push(option),
            None => times.push((time, vec![option])),
        }
    }
    let days = days.into_iter().map(|(date, times)| {
        let times = times
            .into_iter()
            .map(|(time, options)| json!({"slotDateTime": time, "providerOptions": options}));
        json!({"date": date, "slotTimes": times.collect::<Vec<_>>()})
    });
    days.collect()
}
