//! Reporting for the health system's own servers (API reference §2.45): reports of the visits in the database, and the
//! histories of providers.
//!
//! These calls accept only the service token: no patient's token and no API key.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::mine::status_of;
use super::regions::millis;
use crate::api::timeslots::stamp;
use crate::controls::reports::{Progress, ReportFailure};
use crate::refusal::{Refusal, Variant, json_response};
use crate::request::{Fields, Query, Segment, json_body};
use crate::rules::{self, is_guid};
use crate::state::{Acme, Shared, blocking};
use crate::store::bookings::{self, Visit};
use crate::store::virtual_visits::{self, VirtualVisit};

/// How many days before today a report begins if the request names no dates.
const USUAL_DAYS: u64 = 10;

/// Default number of rows on a page of provider histories, and the largest that a request may name.
const USUAL_LIMIT: usize = 100;
const LARGEST_LIMIT: usize = 1000;

const COLUMNS: [&str; 16] = [
    "visitId",
    "type",
    "status",
    "product",
    "createdAt",
    "startAt",
    "brand",
    "departmentName",
    "ehrSystemName",
    "npi",
    "visitType",
    "regionCode",
    "modality",
    "patientGuid",
    "visitReason",
    "cancelReason",
];

/// The routes of reporting.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/8/reporting/allvisitsreport", post(start))
        .route("/api/8/reporting/allvisitsreport/{reportId}/status", get(status))
        .route("/api/8/reporting/allvisitsreport/{reportId}/csv", get(csv))
        .route("/v1/reporting/providerhistories", get(provider_histories))
}

/// Whether a path belongs to reporting, which requires neither key nor domain.
pub fn is_here(path: &str) -> bool {
    path.starts_with("/api/8/reporting/") || path.starts_with("/v1/reporting/")
}

/// Gives a refusal the fixed envelope of these calls, whatever envelope is set.
fn fixed(refusal: Refusal) -> Refusal {
    let variant = if refusal.status == StatusCode::FORBIDDEN { Variant::E5 } else { Variant::E1 };
    Refusal { fixed: Some(refusal.fixed.unwrap_or(variant)), ..refusal }
}

fn check_token(acme: &Acme, headers: &HeaderMap) -> Result<(), Refusal> {
    let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|value| value.strip_prefix("dc-token "));
    if token == Some(acme.settings.service_token.as_str()) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::FORBIDDEN, "Authorization failed: bad service token"))
}

async fn start(State(acme): State<Shared>, headers: HeaderMap, bytes: Bytes) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| {
        check_token(acme, &headers)?;
        let map = json_body(&bytes)?;
        let fields = Fields::of(&map);
        let kind = fields.one_of("type", &["retail", "virtual", "provider_booking"])?;
        let csv = report(acme, kind, range(acme, &fields)?)?;
        Ok(Json(json!({"id": acme.controls.reports.start(csv, acme.now())})))
    })
    .await
    .map_err(fixed)
}

/// Reads the first and last day of a report, both included.
fn range(acme: &Acme, fields: &Fields) -> Result<(NaiveDate, NaiveDate), Refusal> {
    let date = |field: &str| match fields.optional_text(field)? {
        None => Ok(None),
        Some(text) => {
            let date = rules::date(text);
            date.map(Some).ok_or_else(|| fields.wrong(field, "must be a date (YYYY-MM-DD)"))
        }
    };
    match (date("startDate")?, date("endDate")?) {
        (Some(first), Some(last)) if first > last => {
            Err(Refusal::bad("'startDate' must not be after 'endDate'"))
        }
        (Some(first), Some(last)) => Ok((first, last)),
        (None, None) => {
            let today = acme.now().date_naive();
            Ok((today.checked_sub_days(Days::new(USUAL_DAYS)).unwrap_or(today), today))
        }
        _ => Err(Refusal::bad("'startDate' and 'endDate' must be given together")),
    }
}

/// Writes the visits of a kind that were made within a range of days as CSV.
fn report(acme: &Acme, kind: &str, (first, last): (NaiveDate, NaiveDate)) -> Result<String, Refusal> {
    let (booked, on_demand) = acme.store.read(|db| Ok((bookings::visits(db)?, virtual_visits::all(db)?)))?;
    let is_within = |day: NaiveDate| first <= day && day <= last;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    if kind == "virtual" {
        let made =
            |visit: &VirtualVisit| visit.reached("created").is_some_and(|at| is_within(at.date_naive()));
        rows.extend(on_demand.iter().filter(|visit| made(visit)).map(row_on_demand));
    } else {
        let booked_by = if kind == "retail" { "retail" } else { "provider" };
        let wanted =
            booked.iter().filter(|visit| visit.kind == booked_by && is_within(visit.booked_at.date_naive()));
        rows.extend(wanted.map(|visit| row_booked(acme, kind, visit)));
    }
    for row in rows {
        writer.write_record(row).map_err(|error| Refusal::internal(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| Refusal::internal(&error))?;
    String::from_utf8(bytes).map_err(|error| Refusal::internal(&error))
}

fn row_booked(acme: &Acme, kind: &str, visit: &Visit) -> [String; 16] {
    let clinic = acme.world.clinic_by_identifier(&visit.department).map(|clinic| &acme.world.clinics[clinic]);
    let zone = clinic.map_or(chrono_tz::UTC, |clinic| clinic.zone);
    let body: Value = serde_json::from_str(&visit.body).unwrap_or_default();
    [
        visit.id.clone(),
        kind.to_owned(),
        status_of(acme, visit).to_owned(),
        visit.product.clone().unwrap_or_default(),
        millis(visit.booked_at),
        stamp(&visit.start.with_timezone(&zone)),
        clinic.map_or("", |clinic| clinic.brand).to_owned(),
        clinic.map_or("", |clinic| clinic.display_name).to_owned(),
        clinic.map_or("", |clinic| clinic.ehr.name()).to_owned(),
        visit.npi.clone(),
        visit.short_name.clone(),
        String::new(),
        String::new(),
        visit.patient_guid.clone(),
        text(&body["visitDetails"]["visitReason"]),
        visit.cancelled.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default(),
    ]
}

fn row_on_demand(visit: &VirtualVisit) -> [String; 16] {
    let practice = crate::world::practices::practice(&visit.practice);
    [
        visit.id.clone(),
        "virtual".to_owned(),
        visit.status.clone(),
        visit.product.clone().unwrap_or_default(),
        visit.reached("created").map(millis).unwrap_or_default(),
        visit.reached("invisit").map(millis).unwrap_or_default(),
        practice.map_or("", |practice| practice.brand).to_owned(),
        practice.map_or("", |practice| practice.name).to_owned(),
        practice.map_or("", |practice| practice.ehr.name()).to_owned(),
        String::new(),
        String::new(),
        visit.region.clone(),
        visit.modality.clone(),
        visit.patient_guid.clone(),
        text(&visit.body()["visitDetails"]["visitReason"]),
        visit.cancel_reason.clone().unwrap_or_default(),
    ]
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Makes the checks that the status and CSV calls share; returns the progress of the report.
fn look(acme: &Acme, headers: &HeaderMap, id: &str, is_poll: bool) -> Result<Progress, Box<Response>> {
    let refused = |refusal: Refusal| Box::new(fixed(refusal).into_response());
    check_token(acme, headers).map_err(refused)?;
    if !is_guid(id) {
        return Err(refused(Refusal::bad("'reportId' must be a valid GUID")));
    }
    let progress = acme.controls.reports.progress(id, acme.now(), is_poll);
    let not_found = || refused(Refusal::new(StatusCode::NOT_FOUND, "QueryExecution Not Found"));
    let progress = progress.ok_or_else(not_found)?;
    match acme.controls.reports.orders().trouble {
        Some(ReportFailure::Msg) => Err(Box::new(msg("The status of the query cannot be told"))),
        Some(ReportFailure::UnknownError) => {
            Err(refused(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "Unknown error")))
        }
        _ => Ok(progress),
    }
}

/// A 400 in envelope E7.
fn msg(text: &str) -> Response {
    json_response(StatusCode::BAD_REQUEST, &json!({"msg": text}))
}

async fn status(State(acme): State<Shared>, headers: HeaderMap, Segment(id): Segment) -> Response {
    let word = match look(&acme, &headers, &id, true) {
        Err(refused) => return *refused,
        Ok(_) if acme.controls.reports.orders().trouble == Some(ReportFailure::Failed) => "FAILED",
        Ok(Progress::Queued) => "QUEUED",
        Ok(Progress::Running) => "RUNNING",
        Ok(Progress::Succeeded(_)) => "SUCCEEDED",
    };
    json_response(StatusCode::OK, &json!({"id": id, "status": word}))
}

async fn csv(State(acme): State<Shared>, headers: HeaderMap, Segment(id): Segment) -> Response {
    match look(&acme, &headers, &id, false) {
        Err(refused) => *refused,
        Ok(Progress::Succeeded(csv)) => ([(CONTENT_TYPE, "text/csv; charset=utf-8")], csv).into_response(),
        Ok(_) => msg("Query has not yet finished"),
    }
}

/// Answers a page of the histories: every booking and cancellation, the newest first, then the providers' posts, which
/// have no date.
async fn provider_histories(
    State(acme): State<Shared>,
    headers: HeaderMap,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    blocking(acme, move |acme| {
        check_token(acme, &headers)?;
        let number = |name: &str, default: usize, most: usize| match query.get(name).map(str::parse) {
            None => Ok(default),
            Some(Ok(number)) if number <= most => Ok(number),
            Some(_) => Err(Refusal::bad(format!("'{name}' must be an integer from 0 to {most}"))),
        };
        let offset = number("offset", 0, usize::MAX)?;
        let limit = number("limit", USUAL_LIMIT, LARGEST_LIMIT)?;
        let rows = histories(acme)?;
        let first = acme.controls.reports.shifted(offset);
        let page: Vec<&Value> = rows.iter().skip(first).take(limit).collect();
        Ok(Json(json!({"count": rows.len(), "data": page})))
    })
    .await
    .map_err(fixed)
}

fn histories(acme: &Acme) -> Result<Vec<Value>, Refusal> {
    let row = |npi: &str, department: &str, event: &str, at: Option<String>| {
        let clinician = acme.world.clinician(npi).map(|clinician| &acme.world.clinicians[clinician]);
        json!({
            "npi": npi, "name": clinician.map(crate::world::roster::Clinician::full_name),
            "departmentIdentifier": department, "event": event, "at": at,
        })
    };
    let mut events = Vec::new();
    for visit in acme.store.read(|db| Ok(bookings::visits(db)?))? {
        let (npi, department) = (&visit.npi, &visit.department);
        events.push((visit.booked_at, row(npi, department, "booked", Some(millis(visit.booked_at)))));
        if let Some((at, _)) = visit.cancelled {
            events.push((at, row(npi, department, "cancelled", Some(millis(at)))));
        }
    }
    events.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let posts = acme.world.clinicians.iter().flat_map(|clinician| {
        let at = clinician.posts.iter().map(|post| acme.world.clinics[post.clinic].identifier());
        at.map(|department| row(&clinician.npi, &department, "posted", None))
    });
    Ok(events.into_iter().map(|(_, event)| event).chain(posts).collect())
}
