//! Reads a search from a body (API reference §2.11, §2.12) or from a query string (§2.13).

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use crate::params::{Params, PatientType};
use crate::refusal::Refusal;
use crate::request::Fields;
use crate::rules;
use crate::search::{Around, Search};
use crate::world::geography::{Position, is_zip_code, of_zip_code};

/// Radius in miles around a location when the request names none.
const DEFAULT_RADIUS: u32 = 30;

const LARGEST_RADIUS: u32 = 100;

/// Reads the search of a POST body; `with_slots`: also the keys that only the slot search has. Unknown keys are
/// ignored, the SDK's `clinicType` among them (§4, Q28).
pub fn body(body: &Map<String, Value>, with_slots: bool) -> Result<Search, Refusal> {
    let body = Fields::of(body);
    let around = around_body(&body)?;
    let departments =
        if body.value("departmentIds").is_some() { Some(body.texts("departmentIds")?) } else { None };
    if matches!(around, Around::Nothing) && departments.is_none() {
        return Err(Refusal::bad("'latitude' and 'longitude', 'postalCode' or 'departmentIds' is required"));
    }
    // With a location, an empty list of departments filters nothing, like every other empty list.
    let departments = departments.filter(|ids| !ids.is_empty() || matches!(around, Around::Nothing));
    if let Some(patient) = body.optional_object("patient")? {
        patient.text("patientId")?;
        patient.text("patientIdType")?;
        patient.text("ehrInstance")?;
    }
    let mut search = Search {
        around,
        departments,
        npis: Vec::new(),
        visit_types: body.texts("visitTypeNames")?,
        clinic_types: body.texts("clinicTypes")?,
        ehrs: body.texts("ehrInstances")?,
        specialty: body.optional_text("specialty")?.map(str::to_owned),
        gender: body.optional_text("gender")?.map(str::to_owned),
        patients: PatientType::Both,
        start: None,
        end: None,
        in_any_case: false,
    };
    if with_slots {
        if search.visit_types.is_empty() {
            return Err(body.wrong("visitTypeNames", "is required"));
        }
        search.npis = body.texts("clinicianNPIs")?;
        search.patients = PatientType::read(body.optional_text("newOrEstablishedPatient")?)?;
        search.start = body_date(&body, "startDate")?;
        search.end = body_date(&body, "endDate")?;
        check_order(search.start, search.end)?;
    }
    Ok(search)
}

fn around_body(body: &Fields) -> Result<Around, Refusal> {
    let point = point(body.optional_number("latitude")?, body.optional_number("longitude")?)?;
    let radius = match body.optional_number("radius")? {
        None => f64::from(DEFAULT_RADIUS),
        Some(miles) if miles.fract() == 0.0 && (1.0..=f64::from(LARGEST_RADIUS)).contains(&miles) => miles,
        Some(_) => return Err(wrong_radius()),
    };
    match (point, body.optional_text("postalCode")?) {
        (Some(_), Some(_)) => {
            Err(Refusal::bad("'postalCode' must not be given together with 'latitude' and 'longitude'"))
        }
        (Some(middle), None) => Ok(Around::Place { middle, radius }),
        (None, Some(postal_code)) => Ok(around_zip_code(postal_code, radius)),
        (None, None) => Ok(Around::Nothing),
    }
}

/// Reads a date as `YYYY-MM-DD`, or from the timestamp that the SDK sends. Of the timestamp only the date counts,
/// as it is written, whatever the offset (§4, Q19).
fn body_date(body: &Fields, field: &str) -> Result<Option<NaiveDate>, Refusal> {
    let Some(text) = body.optional_text(field)? else { return Ok(None) };
    let date =
        rules::date(text).or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|at| at.date_naive()));
    date.map(Some).ok_or_else(|| body.wrong(field, "must be a date (YYYY-MM-DD)"))
}

/// Reads the search of a GET.
pub fn query(params: &Params) -> Result<Search, Refusal> {
    let coordinate = |name: &str| params.parsed(name, "a number", |_: &f64| true);
    let point = point(coordinate("latitude")?, coordinate("longitude")?)?;
    let is_radius = |miles: &u32| (1..=LARGEST_RADIUS).contains(miles);
    let radius = params.parsed("radius", format!("an integer from 1 to {LARGEST_RADIUS}"), is_radius)?;
    let radius = f64::from(radius.unwrap_or(DEFAULT_RADIUS));
    let postal_code = params.one("postalCode")?;
    if postal_code.is_some_and(|postal_code| !is_zip_code(postal_code)) {
        return Err(Refusal::bad("'postalCode' must be five digits, or five and four"));
    }
    // If the request has both a ZIP code and coordinates, the ZIP code counts.
    let around = match (postal_code, point) {
        (Some(postal_code), _) => around_zip_code(postal_code, radius),
        (None, Some(middle)) => Around::Place { middle, radius },
        (None, None) => Around::Nothing,
    };
    let departments = params.between_commas("departmentEmrIds");
    let npis = params.between_commas("npis");
    if matches!(around, Around::Nothing) && departments.is_empty() && npis.is_empty() {
        return Err(Refusal::bad(
            "'latitude' and 'longitude', 'postalCode', 'departmentEmrIds' or 'npis' is required",
        ));
    }
    let (start, end) = (params.date("startDate")?, params.date("endDate")?);
    check_order(start, end)?;
    Ok(Search {
        around,
        departments: Some(departments).filter(|ids| !ids.is_empty()),
        npis,
        visit_types: params.between_commas("visitTypeNames"),
        clinic_types: params.between_commas("clinicTypes"),
        ehrs: params.between_commas("ehrInstances"),
        specialty: params.one("specialty")?.map(str::to_owned),
        gender: params.one("gender")?.map(str::to_owned),
        patients: PatientType::read(params.one("newOrEstablishedPatient")?)?,
        start,
        end,
        in_any_case: true,
    })
}

fn check_order(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Result<(), Refusal> {
    match (start, end) {
        (Some(start), Some(end)) if end < start => {
            Err(Refusal::bad("'endDate' must not be before 'startDate'"))
        }
        _ => Ok(()),
    }
}

/// Reads both coordinates or neither, and refuses any that are not on the globe.
fn point(latitude: Option<f64>, longitude: Option<f64>) -> Result<Option<Position>, Refusal> {
    let (latitude, longitude) = match (latitude, longitude) {
        (None, None) => return Ok(None),
        (Some(latitude), Some(longitude)) => (latitude, longitude),
        (Some(_), None) => return Err(Refusal::bad("'longitude' is required with 'latitude'")),
        (None, Some(_)) => return Err(Refusal::bad("'latitude' is required with 'longitude'")),
    };
    if !(-90.0..=90.0).contains(&latitude) {
        return Err(Refusal::bad("'latitude' must be from -90 to 90"));
    }
    if !(-180.0..=180.0).contains(&longitude) {
        return Err(Refusal::bad("'longitude' must be from -180 to 180"));
    }
    Ok(Some((latitude, longitude)))
}

fn around_zip_code(postal_code: &str, radius: f64) -> Around {
    of_zip_code(postal_code).map_or(Around::Nowhere, |middle| Around::Place { middle, radius })
}

fn wrong_radius() -> Refusal {
    Refusal::bad(format!("'radius' must be an integer from 1 to {LARGEST_RADIUS}"))
}
