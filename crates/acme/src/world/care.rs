//! What the care-options searches add to the world: clinic types, genders, specialties, modalities, the patients that a
//! visit type is for, and the GUIDs of departments and visit types.

use uuid::Uuid;

use super::clinics::{Clinic, Hours};
use super::roster::{Clinician, Role};
use super::visit_types::VisitType;
use super::{World, guid};

impl Clinic {
    /// `clinicType` in the searches: a clinic with office hours is primary care. The department lists call every clinic
    /// retail. The reference's own examples give one clinic both types.
    pub fn clinic_type(&self) -> &'static str {
        if self.hours == Hours::Office { "Primary Care" } else { "Retail" }
    }
}

impl VisitType {
    /// Whether new patients may book the visit type, and whether established patients may.
    pub fn is_for(&self) -> (bool, bool) {
        match self.short_name {
            Some("NewPatient" | "NewbornCheck") => (true, false),
            Some("FollowUp" | "AdultPhysical") => (false, true),
            _ => (true, true),
        }
    }

    /// `modality` in a search: `INCLINIC` or `VIDEO`.
    pub fn modality(&self) -> &'static str {
        if self.short_name == Some("Virtual") { "VIDEO" } else { "INCLINIC" }
    }
}

impl Clinician {
    /// `Female`, `Male` or `Nonbinary`; `None` if the directory has no gender.
    pub fn gender(&self) -> Option<&'static str> {
        match self.given {
            "Samuel" | "Tobias" | "Ravi" | "Femi" | "Luis" | "Caleb" | "Owen" | "Miguel" | "Kofi"
            | "Arthur" | "Dmitri" | "Patrick" | "Thomas" | "William" | "Daniel" | "Jonas" | "Ethan" => {
                Some("Male")
            }
            "Noah" => Some("Nonbinary"),
            "Mei" => None,
            _ => Some("Female"),
        }
    }

    /// Specialties, the main one first.
    pub fn specialties(&self) -> &'static [&'static str] {
        match self.role {
            Role::Family => &["Family Medicine"],
            Role::Internal | Role::LongInternal => &["Internal Medicine"],
            Role::Pediatrics => &["Pediatrics"],
            Role::Urgent => &["Urgent Care"],
            Role::Night => &["Urgent Care", "Emergency Medicine"],
            Role::FluNurse => &["Immunization"],
            Role::Video => &["Family Medicine", "Telehealth"],
        }
    }
}

impl World {
    /// The GUID of a clinic: `departmentGuid` or `departmentUuid` in answers.
    pub fn department_guid(&self, clinic: usize) -> Uuid {
        guid(self.seed, &format!("department {}", self.clinics[clinic].identifier()))
    }

    /// `visitTypeGuid`, one of `visitTypeUuids`: each department has its own GUID for the same visit type.
    pub fn visit_type_guid(&self, clinic: usize, visit_type: &VisitType) -> Uuid {
        guid(self.seed, &format!("visit type {} {}", self.clinics[clinic].identifier(), visit_type.index))
    }
}
