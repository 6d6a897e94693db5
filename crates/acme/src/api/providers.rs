//! The provider directory (API reference §2.4) and one provider (§2.5).

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::departments::address;
use crate::refusal::Refusal;
use crate::request::{Query, Segment};
use crate::state::Shared;
use crate::world::World;
use crate::world::roster::{Clinician, Role};

/// 404 for an unknown NPI.
pub fn no_such_provider() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "Provider not found")
}

pub async fn one(State(acme): State<Shared>, Segment(npi): Segment) -> Result<Json<Value>, Refusal> {
    let who = acme.world.clinician(&npi).ok_or_else(no_such_provider)?;
    Ok(Json(provider(&acme.world, &acme.world.clinicians[who])))
}

/// Lists every provider once for each EHR system. `acceptingNewPatients` leaves out providers who offer no visit
/// type to new patients in that system.
pub async fn list(State(acme): State<Shared>, query: Query) -> Result<Json<Value>, Refusal> {
    let exclude_inactive = query.flag("excludeInactive", false)?;
    let accepting_only = query.flag("acceptingNewPatients", false)?;
    let world = &acme.world;
    let mut listed: Vec<Value> = Vec::new();
    for clinician in &world.clinicians {
        for post in &clinician.posts {
            let clinic = &world.clinics[post.clinic];
            let takes_new = || post.visit_types.iter().any(|row| row.short_name.is_some() && row.is_for().0);
            if (exclude_inactive && !clinic.is_active) || (accepting_only && !takes_new()) {
                continue;
            }
            let row = json!({"system": clinic.ehr.name(), "npi": clinician.npi});
            if !listed.contains(&row) {
                listed.push(row);
            }
        }
    }
    Ok(Json(listed.into()))
}

fn provider(world: &World, clinician: &Clinician) -> Value {
    let departments = clinician.posts.iter().map(|post| {
        let clinic = &world.clinics[post.clinic];
        json!({
            "departmentId": clinic.department_id,
            "epicInstanceName": clinic.ehr.name(),
            "name": clinic.display_name,
            "center": format!("{} Medical Center", title_case(clinic.brand)),
            "phone": clinic.phone,
            "address": address(&clinic.place),
        })
    });
    // One list over all posts and EHR systems, so `visitTypeId` and `shortName` can repeat (§4, Q32).
    let visit_types = clinician.posts.iter().flat_map(|post| &post.visit_types).map(|row| {
        let mut visit_type = json!({"visitTypeId": row.id, "name": row.name});
        if let Some(short_name) = row.short_name {
            visit_type["shortName"] = short_name.into();
            visit_type["description"] = format!("About {} minutes", row.minutes).into();
        }
        visit_type
    });
    let mut unique: Vec<Value> = Vec::new();
    for visit_type in visit_types {
        if !unique.contains(&visit_type) {
            unique.push(visit_type);
        }
    }
    let is_active = clinician.posts.iter().any(|post| world.clinics[post.clinic].is_active);
    let mut provider = json!({
        "providerNationalId": clinician.npi,
        "name": clinician.full_name(),
        "credentials": clinician.credential,
        "isActive": is_active,
        "departments": departments.collect::<Vec<_>>(),
        "visitTypes": unique,
    });
    if let Some(brand) = clinician.posts.first().map(|post| world.clinics[post.clinic].brand) {
        provider["brand"] = brand.into();
    }
    let ages = match clinician.role {
        Role::Pediatrics => Some((0, 17)),
        Role::Internal | Role::LongInternal => Some((18, 120)),
        Role::Family => Some((0, 120)),
        _ => None,
    };
    if let Some((youngest, oldest)) = ages {
        provider["minAge"] = youngest.into();
        provider["maxAge"] = oldest.into();
    }
    provider
}

fn title_case(brand: &str) -> String {
    let mut letters = brand.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
