//! What is known of times and places, and what can be told of them. Filled by [`super::times`] and
//! [`super::directory`].

use chrono::NaiveDate;

use super::outcome::Trouble;
use super::state::{Settings, Target};
use crate::filter::Filter;
use crate::ids::{DepartmentIdentifier, Npi, UrlName, VisitType, Zone};
use crate::place::{AgeRange, Clinician, Department, VisitTypeOffer};
use crate::schedule::{self, Day, Reading, Time};
use crate::slot::Slot;
use crate::time::Zones;

/// Times and places known so far.
#[derive(Clone, PartialEq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Board {
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
        self.departments.iter().find(|department| department.identifier == *place)
    }

    /// The `urlName` a clinic's times were asked by.
    pub fn url_name(&self, place: &DepartmentIdentifier) -> Option<&UrlName> {
        self.asked_as.iter().find(|(known, _)| known == place).map(|(_, name)| name)
    }

    /// A clinic's name, phone and address, from whichever read told it.
    pub fn place(&self, place: &DepartmentIdentifier) -> Option<(&str, &str, &crate::place::Address)> {
        self.department(place).map(|d| (d.name.as_str(), d.phone.as_str(), &d.address)).or_else(|| {
            let mut places = self.clinicians.iter().flat_map(|clinician| &clinician.places);
            places
                .find(|known| known.identifier == *place)
                .map(|p| (p.name.as_str(), p.phone.as_str(), &p.address))
        })
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
        listed.find(|(listed, _)| listed == npi).map(|(_, name)| name.clone())
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

    /// Every time held, equal ones merged, at the places the page asked for.
    pub fn times(&self, settings: &Settings, zones: &dyn Zones) -> Vec<Time> {
        let zone_of = |place: &DepartmentIdentifier| {
            let answered_in =
                || self.answered_in.iter().find(|(known, _)| known == place).map(|(_, zone)| zone.clone());
            self.department(place).map(|department| department.zone.clone()).or_else(answered_in)
        };
        let per_clinician = matches!(settings.target, Target::Clinicians { .. });
        let reading = Reading { zone_of: &zone_of, zones, per_clinician };
        let mut times = schedule::times(&self.slots, &reading);
        if let Target::Clinicians { departments, .. } = &settings.target
            && !departments.is_empty()
        {
            times.retain(|time| {
                self.department(time.place()).is_some_and(|known| departments.contains(&known.url_name))
            });
        }
        times
    }

    /// Open days that the filter lets through.
    pub fn days(&self, settings: &Settings, zones: &dyn Zones) -> Vec<Day> {
        schedule::days(&self.times(settings, zones), &self.filter)
    }
}
