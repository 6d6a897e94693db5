//! What is known of clinics, clinicians and visit types, from any read that names them. The finder fills the directory.
//! An errand shares the directory, and keeps it unchanged when the finder begins to look elsewhere, so that the summary
//! and the confirmation can still name the clinic.

use crate::ids::{DepartmentIdentifier, Npi, UrlName, VisitType, Zone};
use crate::place::{Address, AgeRange, Clinician, Department, Place, VisitTypeOffer};
use crate::schedule::Time;
use crate::search::{FoundClinician, FoundPlace};

/// Names, places and visit types known so far.
#[derive(Clone, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Directory {
    /// The visit types to choose from; empty until known.
    pub visit_types: Vec<VisitTypeOffer>,
    /// The clinics whose zone, address and visit types were read.
    pub departments: Vec<Department>,
    /// The clinicians that the page names, once they are read.
    pub clinicians: Vec<Clinician>,
    /// Clinics from a search, with their distance.
    pub found_places: Vec<FoundPlace>,
    /// Clinicians from a search.
    pub found_clinicians: Vec<FoundClinician>,
    /// All retail clinics of the page's brand, with their towns.
    pub brand_clinics: Vec<Department>,
    /// The `urlName` under which each clinic's times were read. Known even if the read of the clinic itself failed.
    pub(crate) asked_as: Vec<(DepartmentIdentifier, UrlName)>,
    /// The zone of the response that contained a clinic's slots, used where the clinic's own zone is not known.
    pub(crate) answered_in: Vec<(DepartmentIdentifier, Zone)>,
}

impl Directory {
    /// The department that a slot names, if it is known.
    pub fn department(&self, place: &DepartmentIdentifier) -> Option<&Department> {
        let known = self.departments.iter().chain(&self.brand_clinics);
        known.into_iter().find(|department| department.identifier == *place)
    }

    /// The `urlName` under which a clinic's times were read.
    pub fn url_name(&self, place: &DepartmentIdentifier) -> Option<&UrlName> {
        self.asked_as.iter().find(|(known, _)| known == place).map(|(_, name)| name)
    }

    /// A clinic's name and address, from the first source that has them: the department, a clinician's places, a search.
    pub fn place(&self, place: &DepartmentIdentifier) -> Option<(&str, &Address)> {
        let of_department = self.department(place).map(|d| (d.name.as_str(), &d.address));
        let of_clinician = || self.clinicians_place(place).map(|known| (known.name.as_str(), &known.address));
        let of_search = || {
            let found = self.found_place(place).filter(|found| !found.name.is_empty())?;
            Some((found.name.as_str(), &found.address))
        };
        of_department.or_else(of_clinician).or_else(of_search)
    }

    /// A clinic's phone; `None` if it is not known. Searches name no phone.
    pub fn phone(&self, place: &DepartmentIdentifier) -> Option<&str> {
        let of_department = self.department(place).map(|known| known.phone.as_str());
        let of_clinician = self.clinicians_place(place).map(|known| known.phone.as_str());
        of_department.into_iter().chain(of_clinician).find(|phone| !phone.is_empty())
    }

    fn clinicians_place(&self, place: &DepartmentIdentifier) -> Option<&Place> {
        let mut places = self.clinicians.iter().flat_map(|clinician| &clinician.places);
        places.find(|known| known.identifier == *place)
    }

    /// A clinic as a search found it.
    pub fn found_place(&self, place: &DepartmentIdentifier) -> Option<&FoundPlace> {
        self.found_places.iter().find(|found| found.identifier == *place)
    }

    /// A clinician's name for patients: `Dana Whitfield, MD`, or the name alone if no credentials are known.
    pub fn clinician(&self, npi: &Npi) -> Option<String> {
        if let Some(known) = self.clinicians.iter().find(|clinician| clinician.npi == *npi) {
            return Some(match known.credentials.as_str() {
                "" => known.name.clone(),
                credentials => [&known.name, ", ", credentials].concat(),
            });
        }
        let mut listed = self.departments.iter().flat_map(|department| &department.clinicians);
        let found = || self.found_clinicians.iter().find(|found| found.npi == *npi);
        listed
            .find(|(listed, _)| listed == npi)
            .map(|(_, name)| name.clone())
            .or_else(|| found().map(|found| found.name.clone()))
    }

    /// The visit type with this short name.
    pub fn offer(&self, visit_type: &VisitType) -> Option<&VisitTypeOffer> {
        self.visit_types.iter().find(|offer| offer.short_name == *visit_type)
    }

    /// The ages that a time is meant for; see [`Self::ages_at`].
    pub fn ages(&self, time: &Time) -> Option<AgeRange> {
        self.ages_at(time.place(), &time.slot().visit_type)
    }

    /// The ages that a visit type is meant for at a clinic: the limits that the clinic sets, or, if the clinic's visit
    /// types are not known, those in [`Self::visit_types`]. `None` = no limits are known.
    pub fn ages_at(&self, place: &DepartmentIdentifier, wanted: &VisitType) -> Option<AgeRange> {
        let own = self
            .department(place)
            .and_then(|department| department.visit_types.iter().find(|offer| offer.short_name == *wanted));
        own.or_else(|| self.offer(wanted)).and_then(|offer| offer.ages)
    }

    /// A clinic's time zone: the clinic's own, else that of a search, else that of the response with its slots.
    pub fn zone_of(&self, place: &DepartmentIdentifier) -> Option<Zone> {
        let found = || self.found_place(place).map(|found| found.zone.clone());
        let answered_in =
            || self.answered_in.iter().find(|(known, _)| known == place).map(|(_, zone)| zone.clone());
        self.department(place).map(|department| department.zone.clone()).or_else(found).or_else(answered_in)
    }
}
