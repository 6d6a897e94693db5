//! Reads names and places: who the page's clinicians and clinics are, what they offer, and how far ahead they can
//! be booked.

use super::Machine;
use super::purpose::Purpose;
use super::state::Stage;
use crate::api::{DepartmentKey, Read};
use crate::ids::{DepartmentIdentifier, EhrSystem, Npi, UrlName, VisitType};
use crate::notice::Finding;
use crate::outcome::ApiError;
use crate::place::{Clinician, Department, VisitTypeOffer};
use crate::settings::{Target, Way};

/// The greatest number of clinics that are read for their zone and address: nobody can choose among more clinics.
const MOST_PLACES: usize = 24;
/// The greatest number of EHR systems that are asked for their look-ahead.
const MOST_SYSTEMS: usize = 8;

impl Machine<'_> {
    pub(super) fn read_clinicians(&mut self, npis: &[Npi]) {
        for npi in npis {
            self.read(
                Purpose::Clinician(npi.clone()),
                Read::Clinician(npi.clone()),
                self.state.board.is_fresh,
            );
        }
    }

    /// Reads the clinic or clinician whose own line the page offers, if it offers one.
    pub(super) fn read_line_owner(&mut self) {
        let settings = self.ctx.settings;
        match &settings.target {
            Target::Departments(names) if settings.clinic_line => {
                self.read_departments(&names[..names.len().min(1)]);
            }
            Target::Clinicians { npis, .. } if settings.clinician_line.is_some() => {
                self.read_clinicians(&npis[..npis.len().min(1)]);
            }
            _ => {}
        }
    }

    pub(super) fn read_departments(&mut self, names: &[UrlName]) {
        for name in names {
            let key = DepartmentKey::UrlName(name.clone());
            self.read(Purpose::Department(key.clone()), Read::Department(key), self.state.board.is_fresh);
        }
    }

    pub(super) fn department(&mut self, key: DepartmentKey, answer: Result<Box<Department>, ApiError>) {
        let board = &mut self.state.board;
        match (answer, key) {
            (Ok(department), _) => {
                if board.department(&department.identifier).is_none() {
                    board.directory_mut().departments.push(*department);
                }
            }
            (Err(error), DepartmentKey::UrlName(name)) => {
                self.unlisted(error, Finding::UnknownDepartment(name));
            }
            // If the clinic cannot be read, its times are shown in the zone of the response that contained them.
            (Err(_), DepartmentKey::Identifier(_)) => {}
        }
        self.learn();
    }

    pub(super) fn clinician(&mut self, npi: &Npi, answer: Result<Box<Clinician>, ApiError>) {
        match answer {
            Ok(clinician) => {
                let places: Vec<_> = clinician.places.iter().map(|place| place.identifier.clone()).collect();
                self.state.board.directory_mut().clinicians.push(*clinician);
                self.meet(places);
            }
            Err(error) => self.unlisted(error, Finding::UnknownClinician(npi.clone())),
        }
        self.learn();
    }

    fn unlisted(&mut self, error: ApiError, unknown: Finding) {
        self.state.board.unlisted = self.state.board.unlisted.or(Some(error));
        if error == ApiError::NotFound {
            self.diagnose(unknown);
        }
    }

    /// Reads the clinics whose zone and address are not known yet.
    pub(super) fn meet(&mut self, places: Vec<DepartmentIdentifier>) {
        for place in places {
            let board = &self.state.board;
            if board.department(&place).is_some()
                || board.unknown_places.contains(&place)
                || board.unknown_places.len() >= MOST_PLACES
                || board.found_place(&place).is_some_and(|found| !found.name.is_empty())
                || matches!(board.target, Target::Departments(_))
            {
                continue;
            }
            self.state.board.unknown_places.push(place.clone());
            let key = DepartmentKey::Identifier(place);
            self.read(Purpose::Department(key.clone()), Read::Department(key), false);
        }
    }

    /// Sets the visit types to choose from, after each answer about the page's clinics and clinicians. After the last
    /// of these answers, if no visit type is chosen or the chosen one is not offered, chooses the first one and reads
    /// its times.
    pub(super) fn learn(&mut self) {
        if matches!(self.state.board.target, Target::Near(_)) || self.state.way == Way::OnDemand {
            return self.show();
        }
        let named = &self.ctx.settings.visit_types;
        let offers = self.offered();
        let directory_known = !self.awaits(|purpose| match purpose {
            Purpose::Clinician(_) | Purpose::Brand => true,
            Purpose::Department(DepartmentKey::UrlName(_)) => {
                matches!(self.state.board.target, Target::Departments(_))
            }
            _ => false,
        });
        if !offers.is_empty() {
            let offered = |name: &VisitType| offers.iter().find(|offer| offer.short_name == *name).cloned();
            let wanted: Vec<_> = named.iter().filter_map(offered).collect();
            // If nobody offers the visit types that the page names, that is a mistake of the page: let the patient
            // choose from what is offered.
            self.state.board.directory_mut().visit_types =
                if wanted.is_empty() && directory_known { offers } else { wanted };
        }
        if directory_known {
            self.settle_type();
            self.missing_types();
        }
        self.ask_lookaheads();
        self.look_further();
        self.show();
    }

    /// Chooses the first offered visit type, if the page names none, or if the first one that it names is not offered
    /// here: a page template for all clinicians names more types than each of them offers.
    fn settle_type(&mut self) {
        let board = &self.state.board;
        let chosen = board.visit_type.as_ref();
        if self.state.stage != Stage::Loading
            || !board.slots.is_empty()
            || chosen.is_some_and(|chosen| board.offer(chosen).is_some())
        {
            return;
        }
        if let Some(first) = board.visit_types.first().map(|offer| offer.short_name.clone()) {
            self.turn_to(first, self.state.board.is_fresh);
        }
    }

    /// Reports the visit types that the page names and nobody offers.
    fn missing_types(&mut self) {
        if self.offered().is_empty() {
            return;
        }
        for name in &self.ctx.settings.visit_types {
            if self.state.board.offer(name).is_none() {
                self.diagnose(Finding::UnknownVisitType(name.clone()));
            }
        }
    }

    /// All visit types of the places and clinicians that the page names, in the page's order, each short name once. If
    /// the clinics set different age limits for a visit type, it has none here, since none of them is true of every time.
    fn offered(&self) -> Vec<VisitTypeOffer> {
        let board = &self.state.board;
        let mut all: Vec<VisitTypeOffer> = Vec::new();
        let mut add = |offers: &[VisitTypeOffer]| {
            for offer in offers {
                match all.iter_mut().find(|known| known.short_name == offer.short_name) {
                    Some(known) if known.ages != offer.ages => known.ages = None,
                    Some(_) => {}
                    None => all.push(offer.clone()),
                }
            }
        };
        // Go through the clinics and clinicians in the page's order, not in the order of their answers, so that the
        // first visit type is the same on every visit to the page.
        for name in self.clinics() {
            let known = board.departments.iter().filter(|known| known.url_name == name);
            known.for_each(|known| add(&known.visit_types));
        }
        if let Target::Clinicians { npis, .. } = &board.target {
            for npi in npis {
                let known = board.clinicians.iter().filter(|known| known.npi == *npi);
                known.for_each(|known| add(&known.visit_types));
            }
        }
        all
    }

    /// Reads how far ahead each EHR system opens its schedule, once the system is known: from the places of the
    /// clinicians, or from a slot. Only for clinicians: a read of a clinic's times has no dates.
    pub(super) fn ask_lookaheads(&mut self) {
        let board = &self.state.board;
        let Some(visit_type) = board.visit_type.clone().filter(|_| board.target.names_clinicians()) else {
            return;
        };
        let places = board.clinicians.iter().flat_map(|clinician| &clinician.places);
        let places = places.map(|place| &place.identifier);
        let mut systems: Vec<EhrSystem> = Vec::new();
        for DepartmentIdentifier { ehr, .. } in board.slots.iter().map(|slot| &slot.place).chain(places) {
            if board.lookaheads.len() + systems.len() == MOST_SYSTEMS {
                break;
            }
            if !board.lookaheads.iter().any(|(asked, _)| asked == ehr) && !systems.contains(ehr) {
                systems.push(ehr.clone());
            }
        }
        for ehr in systems {
            self.state.board.lookaheads.push((ehr.clone(), None));
            let read = Read::Lookahead(visit_type.clone(), ehr.clone());
            self.read(Purpose::Lookahead(ehr), read, false);
        }
    }

    pub(super) fn lookahead(&mut self, ehr: &EhrSystem, answer: Result<u32, ApiError>) {
        if let Some((_, days)) = self.state.board.lookaheads.iter_mut().find(|(asked, _)| asked == ehr) {
            *days = answer.ok();
        }
        self.look_further();
        self.show();
    }
}
