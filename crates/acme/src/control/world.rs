//! `GET /world`: the whole world in one answer, with everything that tests refer to by name.

use axum::Json;
use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::state::{Acme, Shared, blocking};
use crate::store::patients;
use crate::world::HORIZON_DAYS;
use crate::world::clinics::BRANDS;
use crate::world::people::{self, Dependant, NOT_ON_PANEL, PASSWORD};
use crate::world::roster::{Clinician, PANEL_NPI};
use crate::world::visit_types::ALL;

pub async fn show(State(acme): State<Shared>) -> Result<Json<Value>, Refusal> {
    blocking(acme, |acme| world(acme).map(Json)).await
}

fn world(acme: &Acme) -> Result<Value, Refusal> {
    let world = &acme.world;
    let clinics = world.clinics.iter().enumerate().map(|(index, clinic)| {
        let short_names = world.allowed_visit_types(index).into_iter().filter_map(|row| row.short_name);
        json!({
            "urlName": clinic.url_name,
            "displayName": clinic.display_name,
            "brand": clinic.brand,
            "departmentId": clinic.department_id,
            "departmentIdentifier": clinic.identifier(),
            "ehrSystemName": clinic.ehr.name(),
            "timezone": clinic.zone.name(),
            "clinicType": clinic.clinic_type(),
            "postalCode": clinic.place.postal_code,
            "latitude": clinic.position.0,
            "longitude": clinic.position.1,
            "isActive": clinic.is_active,
            "hasSchedule": clinic.has_schedule,
            "today": acme.today(clinic.zone),
            "visitTypes": unique(short_names),
            "clinicians": unique(world.staff(index).map(|(_, _, clinician, _)| clinician.npi.as_str())),
        })
    });
    let clinicians = world.clinicians.iter().map(|clinician| {
        let posts = clinician.posts.iter();
        json!({
            "npi": clinician.npi,
            "name": clinician.full_name(),
            "credential": clinician.credential,
            "gender": clinician.gender(),
            "specialties": clinician.specialties(),
            "departments": posts.clone().map(|post| world.clinics[post.clinic].url_name).collect::<Vec<_>>(),
            "providerIds": posts.clone().map(|post| &post.emr_id).collect::<Vec<_>>(),
            "visitTypes": unique(posts.flat_map(|post| &post.visit_types).filter_map(|row| row.short_name)),
            "refusedDays": refused_days(acme, clinician),
            "notOnPanel": if clinician.npi == PANEL_NPI { vec![NOT_ON_PANEL] } else { Vec::new() },
        })
    });
    let visit_types = ALL.iter().map(|row| {
        json!({
            "ehrSystemName": row.ehr.name(), "visitTypeId": row.id, "shortName": row.short_name, "name": row.name,
            "minutes": row.minutes, "minAge": row.ages.0, "maxAge": row.ages.1, "ageUnit": row.age_unit.name(),
            "maxLookaheadDays": row.look_ahead, "forNewPatient": row.is_for().0,
            "forEstablishedPatient": row.is_for().1, "modality": row.modality(),
        })
    });
    let patients = people::all().into_iter().map(|person| {
        let account = acme.store.read(|db| Ok(patients::account(db, person.username)?))?;
        let name = &person.demographics.name;
        Ok(json!({
            "username": person.username,
            "password": PASSWORD,
            "name": format!("{} {}", name.given, name.family),
            "note": person.note,
            "locked": person.locked,
            "patientGuid": account.and_then(|account| account.patient_guid),
            "demographics": person.demographics,
            "dependant": person.dependant.as_ref().map(dependant),
        }))
    });
    let on_demand = super::on_demand::world(&acme.controls.on_demand);
    let mut all = json!({
        "tier": acme.settings.tier,
        "seed": world.seed,
        "now": acme.now(),
        "brands": BRANDS,
        "ehrSystems": ["org.northlake.epic.main", "org.cedarbrook.epic.east"],
        "clinics": clinics.collect::<Vec<_>>(),
        "clinicians": clinicians.collect::<Vec<_>>(),
        "visitTypes": visit_types.collect::<Vec<_>>(),
        "patients": patients.collect::<Result<Vec<_>, Refusal>>()?,
    });
    if let (Some(all), Value::Object(on_demand)) = (all.as_object_mut(), on_demand) {
        all.extend(on_demand);
    }
    Ok(all)
}

/// Days on which every booking with this clinician is refused with `UnknownAppointmentConflict`.
fn refused_days(acme: &Acme, clinician: &Clinician) -> Vec<NaiveDate> {
    let (Some(weekday), Some(post)) = (clinician.refused_on, clinician.posts.first()) else {
        return Vec::new();
    };
    let today = acme.today(acme.world.clinics[post.clinic].zone);
    today.iter_days().take(HORIZON_DAYS as usize).filter(|day| day.weekday() == weekday).collect()
}

fn dependant(dependant: &Dependant) -> Value {
    json!({
        "patientGuid": dependant.guid,
        "relationshipToPatient": dependant.relationship,
        "ehrSystemNames": dependant.records.iter().map(|ehr| ehr.name()).collect::<Vec<_>>(),
        "demographics": dependant.demographics,
    })
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut unique: Vec<&str> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    unique
}
