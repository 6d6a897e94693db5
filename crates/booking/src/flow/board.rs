//! What is known of times and places, and what can be told of them. Filled by [`super::times`] and
//! [`super::directory`].

use chrono::NaiveDate;

use super::state::Target;
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, Npi, UrlName, VisitType, Zone};
use crate::outcome::Trouble;
use crate::place::{Address, AgeRange, Clinician, Department, VisitTypeOffer};
use crate::schedule::{self, Day, Reading, Time};
use crate::search::{Around, FoundClinician, FoundPlace};
use crate::slot::Slot;
use crate::time::Zones;

/// Why a typed place is none that can be searched around.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeekTrouble {
    /// Neither a ZIP nor a town.
    NotUnderstood,
    /// No clinic is in a town of that name.
    UnknownTown,
}

/// Times and places known so far.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Board {
    /// What is looked for.
    pub target: Target,
    /// The choice of visit types; empty until known.
    pub visit_types: Vec<VisitTypeOffer>,
    /// The one whose times are read.
    pub visit_type: Option<VisitType>,
    /// Places known with their zone and address.
    pub departments: Vec<Department>,
    /// The named clinicians, once read.
    pub clinicians: Vec<Clinician>,
    /// Slots of the chosen visit type.
    pub slots: Vec<Slot>,
    /// Clinics as a search told of them, with how far they are.
    pub found_places: Vec<FoundPlace>,
    /// Clinicians as a search told of them.
    pub found_clinicians: Vec<FoundClinician>,
    /// What the last search can be repeated by, on the scheduling pages.
    pub context: Option<String>,
    /// Why what was typed as a place is none.
    pub seek_trouble: Option<SeekTrouble>,
    /// Where the patient is, for the order of a brand's clinics.
    pub around: Option<Around>,
    /// The brand's clinic that was picked.
    pub clinic: Option<DepartmentIdentifier>,
    /// All clinics of the page's brand, with their towns.
    pub brand_clinics: Vec<Department>,
    /// The zone of the last response that named one.
    pub zone: Option<Zone>,
    /// What narrows the times.
    pub filter: Filter,
    /// Open days on screen.
    pub days_shown: usize,
    /// The last day asked for (named clinicians only; a clinic's timeslots have no dates).
    pub searched_to: Option<NaiveDate>,
    /// The system's own look-ahead in days, once known.
    pub lookahead: Option<u32>,
    /// Why times are missing, if any are: a read of them failed. A name that nobody knows does not count where
    /// others answered.
    pub trouble: Option<Trouble>,
    /// When the times were last read, seconds since 1970.
    pub read_at: i64,
    /// The mail rule of the system, once it has answered (API reference §2.41).
    pub mail_rule: Option<String>,
    /// Times are being read.
    pub reading: bool,
    /// Some read of times was answered since they were last read from the beginning.
    pub(super) answered: bool,
    /// Why names and places are missing; matters only where there is nothing to show.
    pub(super) unlisted: Option<Trouble>,
    pub(super) windows: u32,
    /// The visit type before the search was refined; taken again where it is still to be had.
    pub(super) preferred: Option<VisitType>,
    /// Where the next page of each search begins.
    pub(super) next_pages: Vec<(Option<Npi>, NaiveDate)>,
    /// The brand's clinics whose times are read.
    pub(super) clinics: Vec<UrlName>,
    pub(super) lookahead_asked: bool,
    pub(super) unknown_places: Vec<DepartmentIdentifier>,
    /// Which clinic's answer a slot's place came in: its `urlName`, also where the clinic itself could not be read.
    pub(super) asked_as: Vec<(DepartmentIdentifier, UrlName)>,
    /// The zone of the response a place's slots came in, for places whose own is not known.
    pub(super) answered_in: Vec<(DepartmentIdentifier, Zone)>,
}

impl Board {
    /// The department a slot names, once known.
    pub fn department(&self, place: &DepartmentIdentifier) -> Option<&Department> {
        let known = self.departments.iter().chain(&self.brand_clinics);
        known.into_iter().find(|department| department.identifier == *place)
    }

    /// The `urlName` a clinic's times were asked by.
    pub fn url_name(&self, place: &DepartmentIdentifier) -> Option<&UrlName> {
        self.asked_as.iter().find(|(known, _)| known == place).map(|(_, name)| name)
    }

    /// A clinic's name, phone and address, from whichever read told it.
    pub fn place(&self, place: &DepartmentIdentifier) -> Option<(&str, &str, &Address)> {
        let of_department = self.department(place).map(|d| (d.name.as_str(), d.phone.as_str(), &d.address));
        let of_clinician = || {
            let mut places = self.clinicians.iter().flat_map(|clinician| &clinician.places);
            let found = places.find(|known| known.identifier == *place)?;
            Some((found.name.as_str(), found.phone.as_str(), &found.address))
        };
        let of_search = || {
            let found = self.found_place(place).filter(|found| !found.name.is_empty())?;
            Some((found.name.as_str(), "", &found.address))
        };
        of_department.or_else(of_clinician).or_else(of_search)
    }

    /// What a search told of a clinic.
    pub fn found_place(&self, place: &DepartmentIdentifier) -> Option<&FoundPlace> {
        self.found_places.iter().find(|found| found.identifier == *place)
    }

    /// A clinician's name as patients know it, with credentials: `Dana Whitfield, MD`.
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

    /// The offer behind a short name.
    pub fn offer(&self, visit_type: &VisitType) -> Option<&VisitTypeOffer> {
        self.visit_types.iter().find(|offer| offer.short_name == *visit_type)
    }

    /// For which ages a time is meant: the clinic's own word, else the offer's.
    pub fn ages(&self, time: &Time) -> Option<AgeRange> {
        let wanted = &time.slot().visit_type;
        let own = self
            .department(time.place())
            .and_then(|department| department.visit_types.iter().find(|offer| offer.short_name == *wanted));
        own.or_else(|| self.offer(wanted)).and_then(|offer| offer.ages)
    }

    /// A clinic's wall clock, from whichever read told it.
    pub fn zone_of(&self, place: &DepartmentIdentifier) -> Option<Zone> {
        let found = || self.found_place(place).map(|found| found.zone.clone());
        let answered_in =
            || self.answered_in.iter().find(|(known, _)| known == place).map(|(_, zone)| zone.clone());
        self.department(place).map(|department| department.zone.clone()).or_else(found).or_else(answered_in)
    }

    /// Every time held, equal ones merged, at the places the page asked for or the patient picked.
    pub fn times(&self, zones: &dyn Zones) -> Vec<Time> {
        let zone_of = |place: &DepartmentIdentifier| self.zone_of(place);
        let reading = Reading { zone_of: &zone_of, zones };
        let mut times = schedule::times(&self.slots, &reading);
        if let Some(clinic) = &self.clinic {
            times.retain(|time| time.place() == clinic);
        }
        if let Target::Clinicians { departments, .. } = &self.target
            && !departments.is_empty()
        {
            times.retain(|time| {
                self.department(time.place()).is_some_and(|known| departments.contains(&known.url_name))
            });
        }
        times
    }

    /// Open days that the filter lets through.
    pub fn days(&self, zones: &dyn Zones) -> Vec<Day> {
        schedule::days(&self.times(zones), &self.filter)
    }
}
