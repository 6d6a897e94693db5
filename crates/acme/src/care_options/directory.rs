//! The clinicians and clinics that an answer refers to; GET and POST give the same fields different names.

use serde_json::{Map, Value, json};

use crate::search::Place;
use crate::world::World;
use crate::world::clinics::Clinic;

/// The maps of clinicians and clinics that accompany a list of slots.
#[derive(Default)]
pub struct Directory {
    /// Clinicians by NPI.
    pub providers: Map<String, Value>,
    /// Clinics by `departmentEhrIdentifier`.
    pub departments: Map<String, Value>,
}

impl Directory {
    /// Adds a place's clinician and clinic, in the format of POST.
    pub fn enter_for_post(&mut self, world: &World, place: &Place) {
        let (clinician, clinic) = (&world.clinicians[place.who], &world.clinics[place.clinic]);
        self.providers.entry(clinician.npi.clone()).or_insert_with(|| {
            json!({
                "name": clinician.full_name(), "gender": clinician.gender(), "specialties": clinician.specialties(),
            })
        });
        self.departments.entry(clinic.identifier()).or_insert_with(|| {
            json!({
                "departmentGuid": world.department_guid(place.clinic),
                "departmentId": clinic.department_id,
                "ehrInstance": clinic.ehr.name(),
                "departmentName": clinic.display_name,
                "distanceFrom": place.miles,
                "timezone": clinic.zone.name(),
                "clinicType": clinic.clinic_type(),
                "address": address(clinic),
            })
        });
    }

    /// Adds a place's clinician and clinic, in the format of GET: other names for the same fields, and coordinates.
    pub fn enter_for_get(&mut self, world: &World, place: &Place) {
        let (clinician, clinic) = (&world.clinicians[place.who], &world.clinics[place.clinic]);
        self.providers.entry(clinician.npi.clone()).or_insert_with(|| {
            json!({
                "emrId": clinician.posts[place.post].emr_id, "name": clinician.full_name(),
                "gender": clinician.gender(), "specialties": clinician.specialties(),
            })
        });
        self.departments.entry(clinic.identifier()).or_insert_with(|| {
            let mut address = address(clinic);
            address["latitude"] = clinic.position.0.into();
            address["longitude"] = clinic.position.1.into();
            json!({
                "departmentUuid": world.department_guid(place.clinic),
                "departmentEmrId": clinic.department_id,
                "ehrInstance": clinic.ehr.name(),
                "departmentName": clinic.display_name,
                "distanceFrom": place.miles,
                "timezone": clinic.zone.name(),
                "clinicType": clinic.clinic_type(),
                "address": address,
            })
        });
    }
}

/// A clinic's address, with the ZIP code under both of its names (§4, Q41).
pub fn address(clinic: &Clinic) -> Value {
    let place = &clinic.place;
    json!({
        "line1": place.line1,
        "line2": place.line2.unwrap_or_default(),
        "city": place.city,
        "state": place.state,
        "zipCode": place.postal_code,
        "postalCode": place.postal_code,
    })
}
