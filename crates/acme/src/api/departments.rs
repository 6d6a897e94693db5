//! Departments (API reference §2.1, §2.2). v4 adds ages, providers and `billingServiceArea` to v1.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::request::{Query, Segment};
use crate::state::Shared;
use crate::world::World;
use crate::world::clinics::{Clinic, Place};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    V1,
    V4,
}

pub async fn list_v1(State(acme): State<Shared>, query: Query) -> Result<Json<Value>, Refusal> {
    list(&acme.world, &query, Version::V1)
}

pub async fn list_v4(State(acme): State<Shared>, query: Query) -> Result<Json<Value>, Refusal> {
    list(&acme.world, &query, Version::V4)
}

fn list(world: &World, query: &Query, version: Version) -> Result<Json<Value>, Refusal> {
    let brand = query.required("brand")?;
    let clinic_type = query.get("clinicType").unwrap_or("Retail");
    if !matches!(clinic_type, "Retail" | "Virtual") {
        return Err(Refusal::bad("'clinicType' must be one of [Retail, Virtual]"));
    }
    let only_active = query.flag("onlyActive", true)?;
    // Here every clinic is of type `Retail`; only searches (§2.11–§2.13) know other types.
    let listed = world.clinics.iter().enumerate().filter(|(_, clinic)| {
        clinic.brand == brand && clinic_type == "Retail" && (clinic.is_active || !only_active)
    });
    Ok(Json(listed.map(|(index, _)| department(world, index, version, false)).collect()))
}

pub async fn one_v1(State(acme): State<Shared>, Segment(url_name): Segment) -> Result<Json<Value>, Refusal> {
    let clinic = acme.world.clinic(&url_name).ok_or_else(Refusal::no_such_department)?;
    Ok(Json(department(&acme.world, clinic, Version::V1, false)))
}

pub async fn one_v4(
    State(acme): State<Shared>,
    Segment(identifier): Segment,
    query: Query,
) -> Result<Json<Value>, Refusal> {
    let by_id = query.flag("byId", false)?;
    let with_providers = query.flag("withProviders", false)?;
    let clinic =
        if by_id { acme.world.clinic_by_identifier(&identifier) } else { acme.world.clinic(&identifier) };
    let clinic = clinic.ok_or_else(Refusal::no_such_department)?;
    Ok(Json(department(&acme.world, clinic, Version::V4, with_providers)))
}

fn department(world: &World, index: usize, version: Version, with_providers: bool) -> Value {
    let clinic = &world.clinics[index];
    let visit_types = world.allowed_visit_types(index).into_iter().map(|row| {
        let mut visit_type = json!({"visitTypeId": row.id, "name": row.name, "shortName": row.short_name});
        if version == Version::V4 {
            visit_type["minAge"] = row.ages.0.into();
            visit_type["maxAge"] = row.ages.1.into();
            visit_type["ageUnit"] = row.age_unit.name().into();
        }
        visit_type
    });
    let mut department = json!({
        "departmentId": clinic.department_id,
        "urlName": clinic.url_name,
        "displayName": clinic.display_name,
        "brandName": clinic.brand,
        "ehrSystemName": clinic.ehr.name(),
        "instanceId": (index + 11).to_string(),
        "clinicType": "Retail",
        "isActive": clinic.is_active,
        "timezone": clinic.zone.name(),
        "phone": clinic.phone,
        "address": address(&clinic.place),
        "latitude": clinic.position.0,
        "longitude": clinic.position.1,
        "smallImageUrl": format!("https://img.{}.example/{}-small.jpg", clinic.brand, clinic.url_name.to_lowercase()),
        "allowedVisitTypes": visit_types.collect::<Vec<_>>(),
        "openDays": open_days(clinic),
    });
    if version == Version::V4 {
        department["billingServiceArea"] = clinic.billing_service_area.into();
        // Every v4 answer has this field, empty unless the request asks for providers (§4, Q43).
        department["providers"] = if with_providers { staff(world, index) } else { json!([]) };
    }
    department
}

fn staff(world: &World, clinic: usize) -> Value {
    let providers = world.staff(clinic).map(|(_, _, clinician, post)| {
        let mut provider = json!({
            "providerId": clinician.provider_guid,
            "emrId": post.emr_id,
            "nationalId": clinician.npi,
            "firstName": clinician.given,
            "lastName": clinician.family,
            "credential": clinician.credential,
        });
        if let Some(title) = clinician.title {
            provider["title"] = title.into();
        }
        provider
    });
    providers.collect()
}

fn open_days(clinic: &Clinic) -> Value {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let days = [
        (Mon, "Monday"),
        (Tue, "Tuesday"),
        (Wed, "Wednesday"),
        (Thu, "Thursday"),
        (Fri, "Friday"),
        (Sat, "Saturday"),
        (Sun, "Sunday"),
    ];
    let open = days.into_iter().filter_map(|(day, name)| {
        let (opens, closes) = clinic.hours.on(day)?;
        let hours = json!({"startTime": time_of_day(opens), "endTime": time_of_day(closes)});
        Some(json!({"day": name, "openHours": hours}))
    });
    open.collect()
}

/// A time of day as `HH:mm:ss`; 24:00 becomes `23:59:59`.
fn time_of_day(minutes: u32) -> String {
    if minutes >= 24 * 60 {
        "23:59:59".to_owned()
    } else {
        format!("{:02}:{:02}:00", minutes / 60, minutes % 60)
    }
}

/// An address in the API's format.
pub fn address(place: &Place) -> Value {
    let mut address = json!({
        "line1": place.line1, "city": place.city, "state": place.state, "postalCode": place.postal_code
    });
    if let Some(line2) = place.line2 {
        address["line2"] = line2.into();
    }
    address
}
