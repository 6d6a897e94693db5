//! Timeslots v5 of one provider (API reference §2.8), grouped by clinic, visit type and day.

use axum::Json;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::answered;
use crate::api::providers::no_such_provider;
use crate::api::timeslots::stamp;
use crate::openings::{Opening, day_before, later, of_post};
use crate::paging::{Page, page};
use crate::params::{Params, PatientType};
use crate::refusal::Refusal;
use crate::request::Segment;
use crate::rules;
use crate::state::{Acme, Shared, blocking};
use crate::world::HORIZON_DAYS;
use crate::world::clinics::Clinic;
use crate::world::visit_types::VisitType;

/// `startDate` or `endDate`: a local day of the clinic, or an instant.
#[derive(Clone, Copy)]
enum Bound {
    Day(NaiveDate),
    Instant(DateTime<FixedOffset>),
}

impl Bound {
    fn read(params: &Params, name: &str) -> Result<Option<Self>, Refusal> {
        let Some(text) = params.one(name)? else { return Ok(None) };
        // The document's pattern: no fraction, and an offset if there is a time of day.
        let has_the_form = !text.contains('.')
            && text.get(10..11) == Some("T")
            && (text.ends_with('Z') || text.len() == "2021-01-01T09:30:00-05:00".len());
        let instant = || DateTime::parse_from_rfc3339(text).ok().filter(|_| has_the_form).map(Self::Instant);
        let bound = rules::date(text).map(Self::Day).or_else(instant);
        bound.map(Some).ok_or_else(|| {
            Refusal::bad(format!("'{name}' must be a date (YYYY-MM-DD), or a date and time with an offset"))
        })
    }

    fn day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Instant(at) => at.date_naive(),
        }
    }

    fn is_from(self, start: DateTime<Utc>, zone: Tz) -> bool {
        match self {
            Self::Day(day) => start.with_timezone(&zone).date_naive() >= day,
            Self::Instant(at) => start >= at,
        }
    }

    fn is_until(self, start: DateTime<Utc>, zone: Tz) -> bool {
        match self {
            Self::Day(day) => start.with_timezone(&zone).date_naive() <= day,
            Self::Instant(at) => start <= at,
        }
    }
}

/// Which clinics the request asks for.
enum Department {
    Any,
    UrlName(String),
    Emr { system: String, id: Option<String> },
}

impl Department {
    fn read(params: &Params) -> Result<Self, Refusal> {
        let url_name = params.one("departmentUrlName")?.map(str::to_owned);
        let id = params.one("departmentEmrId")?.map(str::to_owned);
        let system = params.one("departmentEmrSystemId")?.map(str::to_owned);
        match (url_name, id, system) {
            (None, None, None) => Ok(Self::Any),
            (Some(url_name), None, None) => Ok(Self::UrlName(url_name)),
            (Some(_), _, _) => Err(Refusal::bad(
                "'departmentUrlName' must not be given with 'departmentEmrId' or 'departmentEmrSystemId'",
            )),
            (None, Some(_), None) => {
                Err(Refusal::bad("'departmentEmrSystemId' is required with 'departmentEmrId'"))
            }
            (None, id, Some(system)) => Ok(Self::Emr { system, id }),
        }
    }

    fn is(&self, clinic: &Clinic) -> bool {
        match self {
            Self::Any => true,
            Self::UrlName(url_name) => clinic.url_name == url_name,
            Self::Emr { system, id } => {
                clinic.ehr.name() == system && id.as_ref().is_none_or(|id| clinic.department_id == id)
            }
        }
    }
}

struct Asked {
    start: Option<Bound>,
    end: Option<Bound>,
    days: Option<usize>,
    names: Vec<String>,
    ids: Vec<String>,
    patients: PatientType,
    department: Department,
}

impl Asked {
    fn read(params: &Params) -> Result<Self, Refusal> {
        let (start, end) = (Bound::read(params, "startDate")?, Bound::read(params, "endDate")?);
        let is_backwards = match (start, end) {
            (Some(Bound::Instant(start)), Some(Bound::Instant(end))) => end < start,
            (Some(start), Some(end)) => end.day() < start.day(),
            _ => false,
        };
        if is_backwards {
            return Err(Refusal::bad("'endDate' must not be before 'startDate'"));
        }
        Ok(Self {
            start,
            end,
            days: params.days_of_slots()?,
            names: params.repeated("visitTypeName"),
            ids: params.repeated("visitTypeEmrId"),
            patients: PatientType::read(params.one("newOrEstablishedPatient")?)?,
            department: Department::read(params)?,
        })
    }

    fn wants(&self, row: &VisitType) -> bool {
        let is_named = |name: &str| self.names.is_empty() || self.names.iter().any(|wanted| wanted == name);
        row.short_name.is_some_and(is_named)
            && (self.ids.is_empty() || self.ids.iter().any(|id| id == row.id))
            && self.patients.admits(row)
    }

    fn is_asked(&self, opening: &Opening, zone: Tz) -> bool {
        self.start.is_none_or(|bound| bound.is_from(opening.start, zone))
            && self.end.is_none_or(|bound| bound.is_until(opening.start, zone))
    }
}

pub async fn of_provider(
    State(acme): State<Shared>,
    npid: Result<Segment, Refusal>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Refusal> {
    let answer = blocking(acme, move |acme| {
        let Segment(npi) = npid?;
        let asked = Asked::read(&Params::read(query.as_deref())?)?;
        let who = acme.world.clinician(&npi).ok_or_else(no_such_provider)?;
        list(acme, who, &asked)
    });
    answered(answer.await)
}

/// One element for each clinic with a free slot.
fn list(acme: &Acme, who: usize, asked: &Asked) -> Result<Value, Refusal> {
    let clinician = &acme.world.clinicians[who];
    let mut slots = Vec::new();
    for (post, held) in clinician.posts.iter().enumerate() {
        let clinic = &acme.world.clinics[held.clinic];
        if !asked.department.is(clinic) {
            continue;
        }
        let today = acme.today(clinic.zone);
        let reach = (day_before(today), later(today, HORIZON_DAYS));
        let openings = of_post(acme, (who, post), reach, |row| asked.wants(row))?.openings;
        let by_visit_type: Vec<Value> = held
            .visit_types
            .iter()
            .filter_map(|row| group(acme, held.clinic, row, &openings, asked))
            .collect();
        if !by_visit_type.is_empty() {
            slots.push(json!({
                "npi": clinician.npi,
                "timezone": clinic.zone.name(),
                "departmentId": clinic.department_id,
                "departmentIdentifier": clinic.identifier(),
                "ehrSystemName": clinic.ehr.name(),
                "slotsByVisitType": by_visit_type,
            }));
        }
    }
    Ok(json!({"slots": slots}))
}

/// The free slots of one visit type; `None` if there are none.
fn group(acme: &Acme, clinic: usize, row: &VisitType, openings: &[Opening], asked: &Asked) -> Option<Value> {
    let zone = acme.world.clinics[clinic].zone;
    let day_of = |opening: &Opening| opening.start.with_timezone(&zone).date_naive();
    let all: Vec<&Opening> =
        openings.iter().filter(|opening| std::ptr::eq(opening.visit_type, row)).collect();
    let distinct_days = |openings: &[&Opening]| {
        let mut days: Vec<NaiveDate> = openings.iter().map(|opening| day_of(opening)).collect();
        days.dedup();
        days
    };
    let all_days = distinct_days(&all);
    let listed: Vec<&Opening> = all.into_iter().filter(|opening| asked.is_asked(opening, zone)).collect();
    let mut days = distinct_days(&listed);
    let mut page_of_days = None;
    if let Some(count) = asked.days {
        // An `endDate` alone asks for the last days up to it: this is how clients follow `previousEndDate`.
        let by_end = asked.end.is_some() && asked.start.is_none();
        let page = page(&all_days, &days, count, by_end)?;
        days.retain(|day| (page.days.0..=page.days.1).contains(day));
        page_of_days = Some(page);
    }
    if days.is_empty() {
        return None;
    }
    let schedule_days = days.into_iter().map(|day| {
        let of_day = listed.iter().filter(|opening| day_of(opening) == day);
        let times = of_day.map(|opening| {
            json!({"slotDateTime": stamp(&opening.start.with_timezone(&zone)), "duration": row.minutes})
        });
        json!({"date": day, "slotTimes": times.collect::<Vec<_>>()})
    });
    let (for_new, for_established) = row.is_for();
    let mut group = json!({
        "visitTypeId": row.id,
        "visitTypeName": row.short_name,
        "visitTypeGuid": acme.world.visit_type_guid(clinic, row),
        "visitTypeTitle": row.name,
        "forNewPatient": for_new,
        "forEstablishedPatient": for_established,
        "isBookable": true,
        "scheduleDays": schedule_days.collect::<Vec<_>>(),
    });
    if let Some(Page { previous_end, next_start, .. }) = page_of_days {
        group["previousEndDate"] = json!(previous_end);
        group["nextStartDate"] = json!(next_start);
    }
    Some(group)
}
