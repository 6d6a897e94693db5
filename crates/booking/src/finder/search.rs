//! Searches for times around a place and in clinicians' v5 timeslots, reads the clinics of a brand, and changes to
//! another way to be seen (API reference §2.1, §2.8, §2.12, §2.13). A search answers in pages, each with the slots of
//! some days.

use chrono::NaiveDate;

use super::Machine;
use super::board::PlaceError;
use super::purpose::Purpose;
use super::state::Stage;
use crate::api::Read;
use crate::ids::{Npi, UrlName};
use crate::outcome::ApiError;
use crate::place::Department;
use crate::search::{Search, SearchCentre, SearchPage, SearchResult};
use crate::settings::{Target, Way};
use crate::time::Moment;
use crate::validate;

/// How many days with slots a page contains. The first page is small, for a phone with poor reception.
const FIRST_PAGE: u8 = 10;
const NEXT_PAGE: u8 = 20;
/// The greatest number of a brand's clinics whose times are read: nobody can choose among more clinics.
const MOST_CLINICS: usize = 24;

impl Machine<'_> {
    /// Reads the first page of the search around a place, or of each clinician's v5 timeslots. The old times stay on
    /// screen until the answer comes.
    pub(super) fn read_first_pages(&mut self, fresh: bool) {
        match &self.state.board.target {
            Target::Near(search) if search.around.is_some() => self.read_page(None, None, fresh),
            Target::Clinicians { npis, .. } if self.state.board.visit_type.is_some() => {
                for npi in npis.clone() {
                    self.read_page(Some(npi), None, fresh);
                }
            }
            _ => {}
        }
    }

    fn read_page(&mut self, npi: Option<Npi>, from: Option<NaiveDate>, fresh: bool) {
        let days = if from.is_none() { FIRST_PAGE } else { NEXT_PAGE };
        let visit_types = match &self.state.board.visit_type {
            Some(chosen) => vec![chosen.clone()],
            None => self.ctx.settings.visit_types.clone(),
        };
        let page = SearchPage { from, days, visit_types };
        let read = match (&npi, &self.state.board.target) {
            (Some(npi), _) => Read::ClinicianOptions(npi.clone(), self.ctx.settings.patient_type, page),
            (None, Target::Near(search)) => Read::Options(search.clone(), page),
            _ => return,
        };
        let purpose = Purpose::Options { npi, from };
        self.read(purpose, read, fresh);
        self.state.board.reading = true;
    }

    pub(super) fn found(
        &mut self,
        npi: Option<Npi>,
        from: Option<NaiveDate>,
        answer: Result<Box<SearchResult>, ApiError>,
    ) {
        match answer {
            Ok(mut found) => {
                if from.is_none() {
                    // A first page replaces the slots of all earlier pages.
                    self.state
                        .board
                        .slots_mut()
                        .retain(|slot| npi.as_ref().is_some_and(|npi| slot.npi != *npi));
                    self.state.board.context = None;
                }
                // Ignore a next page after the last day to read, and one that begins on this page's first day or
                // before: following it would loop.
                let bound = self.bound();
                found.next = found.next.filter(|next| *next <= bound && from.is_none_or(|from| *next > from));
                self.take_found(npi, *found);
            }
            Err(error) => {
                // Do not hide the later times that are known: the screen says that times are missing.
                self.state.board.next_pages.retain(|(known, _)| *known != npi);
                let unknown = npi.map(crate::notice::Finding::UnknownClinician);
                self.slots_failed(error, unknown);
            }
        }
        self.after_slots();
    }

    fn take_found(&mut self, npi: Option<Npi>, found: SearchResult) {
        let board = &mut self.state.board;
        board.next_pages.retain(|(known, _)| *known != npi);
        board.next_pages.extend(found.next.map(|next| (npi, next)));
        for clinician in found.clinicians {
            if !board.found_clinicians.iter().any(|known| known.npi == clinician.npi) {
                board.directory_mut().found_clinicians.push(clinician);
            }
        }
        for place in found.places {
            if !board.found_places.iter().any(|known| known.identifier == place.identifier) {
                board.directory_mut().found_places.push(place);
            }
        }
        board.context = found.context.or(board.context.take());
        // Let the patient choose from the visit types that this search found, too; if the page names visit types, only
        // from those.
        for offer in found.visit_types {
            let wanted = &self.ctx.settings.visit_types;
            if (wanted.is_empty() || wanted.contains(&offer.short_name))
                && board.offer(&offer.short_name).is_none()
            {
                board.directory_mut().visit_types.push(offer);
            }
        }
        if board.visit_type.is_none() {
            let preferred = board.preferred.take().filter(|preferred| board.offer(preferred).is_some());
            let named = self.ctx.settings.visit_types.iter().find(|name| board.offer(name).is_some());
            let first = || board.visit_types.first().map(|offer| offer.short_name.clone());
            board.visit_type = preferred.or_else(|| named.cloned()).or_else(first);
        }
        let mut slots = found.slots;
        slots.slots.retain(|slot| Some(&slot.visit_type) == board.visit_type.as_ref());
        self.take_slots(slots);
    }

    /// Reads the next pages. Called while no more open days are known than are shown.
    pub(super) fn read_next_pages(&mut self) {
        for (npi, from) in self.state.board.next_pages.clone() {
            self.read_page(npi, Some(from), false);
        }
    }

    /// Searches around the ZIP code or town that the patient typed.
    pub(super) fn seek(&mut self, text: &str) {
        let text = text.trim();
        let around = match validate::zip(text) {
            Ok(zip) => Ok(SearchCentre::Zip(zip)),
            Err(_) => self.town(text),
        };
        match around {
            Ok(around) => self.look_around(around),
            Err(error) => self.state.board.place_error = Some(error),
        }
    }

    /// The position of a clinic of the brand in a town with this name. Towns are looked up in this way because no
    /// geocoder is used.
    fn town(&self, text: &str) -> Result<SearchCentre, PlaceError> {
        if text.is_empty() || text.chars().any(|c| c.is_ascii_digit()) {
            return Err(PlaceError::NotUnderstood);
        }
        let wanted = validate::folded(text);
        let there = |clinic: &&Department| validate::folded(&clinic.address.city) == wanted;
        let mut clinics = self.state.board.brand_clinics.iter().filter(there);
        clinics
            .find_map(|clinic| clinic.position)
            .and_then(|(latitude, longitude)| SearchCentre::point(latitude, longitude))
            .ok_or(PlaceError::UnknownTown)
    }

    /// Uses a place that the patient named: searches for times around it, or sorts a brand's clinics by their
    /// distance from it.
    pub(super) fn look_around(&mut self, around: SearchCentre) {
        self.state.board.place_error = None;
        match &self.state.board.target {
            Target::Near(search) => {
                let search = Search { around: Some(around), ..(**search).clone() };
                self.refine(Box::new(search));
            }
            Target::Brand(_) => self.state.board.around = Some(around),
            _ => {}
        }
    }

    /// Searches again, around the same or another place.
    pub(super) fn refine(&mut self, search: Box<Search>) {
        if !matches!(self.state.stage, Stage::Choosing | Stage::Unavailable(_)) {
            return;
        }
        let Target::Near(before) = &self.state.board.target else { return };
        if *before == search {
            // The search has not changed: repeat it only if the last read failed.
            if self.state.board.error.is_some() {
                self.go(Stage::Choosing);
                self.read_again();
            }
            return;
        }
        self.cancel(Purpose::is_slots);
        self.state.sought = Some(search.clone());
        let board = &mut self.state.board;
        board.target = Target::Near(search);
        // Another search may find other visit types. Unless the page names exactly one, look for all of them again; the
        // patient's choice is kept if the new search finds it.
        if self.ctx.settings.visit_types.len() != 1 {
            board.preferred = board.visit_type.take().or(board.preferred.take());
            board.directory_mut().visit_types.clear();
        }
        board.slots_mut().clear();
        board.next_pages.clear();
        board.directory_mut().found_places.clear();
        board.days_shown = self.ctx.settings.days;
        self.go(Stage::Choosing);
        self.read_slots(false);
    }

    /// Reads the clinics of the page's brand, for the patient to pick one or to type its town.
    pub(super) fn read_brand(&mut self) {
        let brand = match &self.state.board.target {
            Target::Brand(brand) => Some(brand.clone()),
            _ => self.ctx.settings.brand.clone(),
        };
        if let Some(brand) = brand
            && self.state.board.brand_clinics.is_empty()
            && !self.awaits(|purpose| *purpose == Purpose::Brand)
        {
            self.read(Purpose::Brand, Read::Departments(brand), self.state.board.is_fresh);
        }
    }

    pub(super) fn brand(&mut self, answer: Result<Vec<Department>, ApiError>) {
        let is_target = matches!(self.state.board.target, Target::Brand(_));
        match answer {
            Ok(clinics) => {
                let board = &mut self.state.board;
                if is_target {
                    board.directory_mut().departments.clone_from(&clinics);
                    board.directory_mut().departments.truncate(MOST_CLINICS);
                    board.clinics = board.departments.iter().map(|clinic| clinic.url_name.clone()).collect();
                }
                board.directory_mut().brand_clinics = clinics;
            }
            Err(error) if is_target => self.state.board.unlisted = Some(error),
            // Without the brand's clinics, the patient cannot search by town, but still by ZIP code.
            Err(_) => {}
        }
        if is_target {
            // If a visit type is preset, send the reads of its times before calling `learn`: otherwise no read would be
            // running, and `learn` would show that there are no times.
            if self.state.board.visit_type.is_some() {
                self.read_slots(self.state.board.is_fresh);
            }
        }
        self.learn();
    }

    /// Reads the first time of any clinician nearby, for comparing the ways to be seen.
    pub(super) fn glimpse(&mut self) {
        let nearby = self.state.sought.as_ref().or(self.ctx.settings.nearby.as_ref());
        if let (Some(search), Way::Named, true) = (nearby, self.state.way, self.ctx.settings.nearby.is_some())
            && search.around.is_some()
            && self.state.first.nearby.is_none()
            && !self.awaits(|purpose| *purpose == Purpose::Glimpse)
        {
            let visit_types = self.state.board.visit_type.iter().cloned().collect();
            let page = SearchPage { from: None, days: 1, visit_types };
            self.read(Purpose::Glimpse, Read::Options(search.clone(), page), false);
        }
    }

    pub(super) fn glimpsed(&mut self, answer: Result<Box<SearchResult>, ApiError>) {
        if let Ok(found) = answer {
            let last = self.last_day();
            let times = found.slots.slots.iter().map(|slot| slot.at);
            self.state.first.nearby = times.filter(|at| at.local().date() <= last).min_by_key(|at| at.at);
        }
    }

    /// Shows another of the page's ways to be seen. Keeps the place, the search and the region that the patient
    /// entered, but neither the chosen visit type nor the filter.
    pub(super) fn take_way(&mut self, way: Way) {
        if way == self.state.way
            || !self.ctx.settings.ways().contains(&way)
            || self.state.stage == Stage::Loading
        {
            return;
        }
        if self.state.way == Way::Named
            && let Some(time) = self.state.board.times(self.ctx.zones).first()
        {
            self.state.first.named = Some(Moment { at: time.at(), offset: time.offset });
        }
        self.state.way = way;
        (self.state.lost, self.state.rejoin, self.state.queue.refused) = (false, None, None);
        self.begin_way(false);
    }

    /// The clinics whose own lists are read.
    pub(super) fn clinics(&self) -> Vec<UrlName> {
        match &self.state.board.target {
            Target::Departments(names) => names.clone(),
            Target::Brand(_) => self.state.board.clinics.clone(),
            _ => Vec::new(),
        }
    }
}
