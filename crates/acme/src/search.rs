//! A search of Care Options, whichever call sent it, and the clinicians, clinics and visit types that fit the search.

use chrono::NaiveDate;

use crate::params::PatientType;
use crate::world::World;
use crate::world::clinics::Clinic;
use crate::world::geography::{Position, miles};
use crate::world::roster::Clinician;
use crate::world::visit_types::VisitType;

/// The location of a search.
#[derive(Clone, Copy, Debug)]
pub enum Around {
    /// No location: all distances are 0.
    Nothing,
    /// A circle around a place.
    Place {
        /// Its centre.
        middle: Position,
        /// Its radius in miles.
        radius: f64,
    },
    /// A ZIP code that is not on Acme's map: nothing is near it.
    Nowhere,
}

/// A search. An empty list filters nothing, except in `departments`.
#[derive(Clone, Debug)]
pub struct Search {
    /// The location.
    pub around: Around,
    /// EMR ids of departments; `None` allows every department, an empty list none.
    pub departments: Option<Vec<String>>,
    /// NPIs of clinicians.
    pub npis: Vec<String>,
    /// Short names of visit types.
    pub visit_types: Vec<String>,
    /// Clinic types.
    pub clinic_types: Vec<String>,
    /// Names of EHR systems.
    pub ehrs: Vec<String>,
    /// One specialty, in any case.
    pub specialty: Option<String>,
    /// Gender as a word or its first letter, in any case.
    pub gender: Option<String>,
    /// For new patients, for established ones, or for both.
    pub patients: PatientType,
    /// First day; without it, a POST starts today, and a GET has no lower bound.
    pub start: Option<NaiveDate>,
    /// Last day; without it, a POST covers 14 days, and a GET has no upper bound.
    pub end: Option<NaiveDate>,
    /// Whether names of visit types and clinic types match in any case, as in the GET.
    pub in_any_case: bool,
}

/// A clinician at a clinic that fits the search.
pub struct Place {
    /// Index of the clinician.
    pub who: usize,
    /// Index of that clinician's post.
    pub post: usize,
    /// Index of the clinic.
    pub clinic: usize,
    /// Miles from the searched location.
    pub miles: f64,
}

impl Search {
    /// Every clinician at every clinic that fits the search.
    pub fn places(&self, world: &World) -> Vec<Place> {
        let mut places = Vec::new();
        for (clinic, here) in world.clinics.iter().enumerate() {
            let Some(miles) = self.distance(here) else { continue };
            if !self.fits_clinic(here) {
                continue;
            }
            let staff = world.staff(clinic).filter(|(_, _, clinician, _)| self.fits_clinician(clinician));
            places.extend(staff.map(|(who, post, _, _)| Place { who, post, clinic, miles }));
        }
        places
    }

    /// Miles to a clinic, rounded to a tenth; `None` outside the radius.
    fn distance(&self, clinic: &Clinic) -> Option<f64> {
        match self.around {
            Around::Nothing => Some(0.0),
            Around::Nowhere => None,
            Around::Place { middle, radius } => {
                let miles = miles(middle, clinic.position);
                (miles <= radius).then(|| (miles * 10.0).round() / 10.0)
            }
        }
    }

    fn fits_clinic(&self, clinic: &Clinic) -> bool {
        let departments = self.departments.as_ref();
        clinic.is_active
            && departments.is_none_or(|ids| ids.iter().any(|id| id == clinic.department_id))
            && (self.ehrs.is_empty() || self.ehrs.iter().any(|ehr| ehr == clinic.ehr.name()))
            && self.names(&self.clinic_types, clinic.clinic_type())
    }

    fn fits_clinician(&self, clinician: &Clinician) -> bool {
        let has_specialty = |wanted: &String| {
            clinician.specialties().iter().any(|specialty| specialty.eq_ignore_ascii_case(wanted))
        };
        (self.npis.is_empty() || self.npis.contains(&clinician.npi))
            && self.specialty.as_ref().is_none_or(has_specialty)
            && self.gender.as_ref().is_none_or(|wanted| is_gender(clinician.gender(), wanted))
    }

    /// Whether a visit type fits the search.
    pub fn fits_visit_type(&self, row: &VisitType) -> bool {
        row.short_name.is_some_and(|short_name| self.names(&self.visit_types, short_name))
            && self.patients.admits(row)
    }

    fn names(&self, wanted: &[String], name: &str) -> bool {
        let is_it =
            |wanted: &String| wanted == name || (self.in_any_case && wanted.eq_ignore_ascii_case(name));
        wanted.is_empty() || wanted.iter().any(is_it)
    }
}

fn is_gender(gender: Option<&str>, wanted: &str) -> bool {
    gender.is_some_and(|gender| {
        gender.eq_ignore_ascii_case(wanted) || (wanted.len() == 1 && gender[..1].eq_ignore_ascii_case(wanted))
    })
}
