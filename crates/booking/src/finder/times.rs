//! Fills the board with times: decides which reads to send, and when.
//!
//! If the page presets a visit type, the first request reads slots; names and zones are read at the same time. The
//! look-ahead of an EHR system is read after the first answer that names the system.

use std::sync::Arc;

use chrono::{Duration, NaiveDate};

use super::Machine;
use super::order::Order;
use super::purpose::Purpose;
use super::state::{Stage, UnavailableReason};
use crate::api::Read;
use crate::ids::{DepartmentIdentifier, Npi, SlotId, UrlName, VisitType};
use crate::notice::Finding;
use crate::outcome::ApiError;
use crate::schedule::Time;
use crate::settings::Target;
use crate::slot::Slots;
use crate::time::local;

/// How many days the first read of a clinician's times covers: few, for a phone with poor reception.
const FIRST_WINDOW: i64 = 14;
/// How many days the second read covers. The third read goes up to the last day to read.
const SECOND_WINDOW: i64 = 28;
/// If the times on screen are older than this many seconds when the page becomes visible or online, or when an errand
/// ends, they are read again.
const GOOD_FOR: i64 = 60;

impl Machine<'_> {
    /// Reads the times of the chosen visit type from today on: those of the first days, or up to the last day that
    /// was read before.
    pub(super) fn read_slots(&mut self, fresh: bool) {
        (self.state.board.error, self.state.board.answered) = (None, false);
        self.state.board.last_day = Some(self.last_day());
        match &self.state.board.target {
            // A search can be sent before a visit type is chosen: its answer names the visit types that there are.
            Target::Near(_) | Target::Clinicians { from_v5: true, .. } => {
                self.order(Order::FirstPages { fresh });
            }
            Target::Clinicians { .. } => {
                let first = self.ctx.today + Duration::days(FIRST_WINDOW - 1);
                let to = self.state.board.searched_to.unwrap_or(first).max(self.ctx.today);
                self.read_window(self.ctx.today, to.min(self.bound()), fresh);
                self.state.board.windows = self.state.board.windows.max(1);
            }
            _ => self.read_clinics(fresh),
        }
        self.state.board.reading = self.awaits(Purpose::is_slots);
    }

    fn read_clinics(&mut self, fresh: bool) {
        let Some(visit_type) = self.state.board.visit_type.clone() else { return };
        for name in self.clinics() {
            if self.offers(&name, &visit_type) {
                let read = Read::DepartmentSlots(name.clone(), visit_type.clone());
                self.read(Purpose::DepartmentSlots(name), read, fresh);
            }
        }
    }

    /// Whether to read a clinic's times: yes, unless the clinic is known not to offer the visit type.
    fn offers(&self, name: &UrlName, visit_type: &VisitType) -> bool {
        let known = self.state.board.departments.iter().find(|department| department.url_name == *name);
        known.is_none_or(|known| known.visit_types.iter().any(|offer| offer.short_name == *visit_type))
    }

    fn read_window(&mut self, from: NaiveDate, to: NaiveDate, fresh: bool) {
        let (Target::Clinicians { npis, .. }, Some(visit_type)) =
            (&self.state.board.target, &self.state.board.visit_type)
        else {
            return;
        };
        let (npis, visit_type) = (npis.clone(), visit_type.clone());
        for npi in &npis {
            let read = Read::ClinicianSlots(npi.clone(), visit_type.clone(), from, to);
            self.read(Purpose::ClinicianSlots(npi.clone(), from, to), read, fresh);
        }
        self.state.board.searched_to = self.state.board.searched_to.max(Some(to));
        self.state.board.reading = true;
    }

    /// The last day to read: the page's limit, or the last day of the longest look-ahead if that is earlier. The page's
    /// limit counts while any EHR system has not said how far ahead it can be booked.
    pub(super) fn bound(&self) -> NaiveDate {
        let most = self.ctx.settings.max_days;
        let lookaheads = self.state.board.lookaheads.iter().map(|(_, days)| days.unwrap_or(most));
        let days = lookaheads.max().unwrap_or(most).min(most);
        self.ctx.today + Duration::days(i64::from(days))
    }

    /// The last day that the page looks at.
    pub(super) fn last_day(&self) -> NaiveDate {
        self.ctx.today + Duration::days(i64::from(self.ctx.settings.max_days))
    }

    pub(super) fn department_slots(&mut self, name: &UrlName, answer: Result<Slots, ApiError>) {
        match answer {
            Ok(found) => {
                // The answer contains all times of this clinic, so it replaces the clinic's earlier slots. Slots name
                // their clinic by identifier, not by `urlName`, so remember which identifiers this `urlName` stands
                // for.
                let board = &mut self.state.board;
                board.directory_mut().asked_as.retain(|(_, asked)| asked != name);
                for slot in &found.slots {
                    let tie = (slot.place.clone(), name.clone());
                    if !board.asked_as.contains(&tie) {
                        board.directory_mut().asked_as.push(tie);
                    }
                }
                let ties = Arc::clone(&board.directory);
                let ties = &ties.asked_as;
                board
                    .slots_mut()
                    .retain(|slot| ties.iter().any(|(place, asked)| *place == slot.place && asked != name));
                self.take_slots(found);
            }
            Err(error) => self.slots_failed(error, Some(Finding::UnknownDepartment(name.clone()))),
        }
        self.after_slots();
    }

    pub(super) fn clinician_slots(
        &mut self,
        npi: &Npi,
        from: NaiveDate,
        to: NaiveDate,
        answer: Result<Slots, ApiError>,
    ) {
        match answer {
            Ok(found) => {
                // The answer to a read from today also replaces the slots of earlier days. The days of a read are on
                // the clinic's calendar, and a slot may be written with another offset than the clinic's (Q22).
                let begins = from <= self.ctx.today;
                let zone = found.zone.clone();
                let mut slots = std::mem::take(self.state.board.slots_mut());
                slots.retain(|slot| {
                    let known = self.state.board.zone_of(&slot.place).or_else(|| zone.clone());
                    let offset = known.and_then(|zone| self.ctx.zones.offset(&zone, slot.at.at));
                    let day = local(slot.at.at, offset.unwrap_or(slot.at.offset)).date();
                    slot.npi != *npi || day > to || (!begins && day < from)
                });
                *self.state.board.slots_mut() = slots;
                self.take_slots(found);
                // The date in the browser's zone may be a day ahead of the clinic's. Then the clinic's own today has
                // not been read yet.
                let theirs = zone
                    .and_then(|zone| self.ctx.zones.offset(&zone, self.ctx.now))
                    .map(|offset| local(self.ctx.now, offset).date());
                if let Some(theirs) = theirs
                    && theirs < from
                    && from == self.ctx.today
                    && !self.awaits(|purpose| matches!(purpose, Purpose::ClinicianSlots(whose, day, _) if whose == npi && *day == theirs))
                {
                    let Some(visit_type) = self.state.board.visit_type.clone() else { return };
                    let before = from - Duration::days(1);
                    let read = Read::ClinicianSlots(npi.clone(), visit_type, theirs, before);
                    self.read(Purpose::ClinicianSlots(npi.clone(), theirs, before), read, false);
                }
            }
            Err(error) => self.slots_failed(error, Some(Finding::UnknownClinician(npi.clone()))),
        }
        self.ask_lookaheads();
        self.after_slots();
    }

    pub(super) fn take_slots(&mut self, found: Slots) {
        let mut places: Vec<DepartmentIdentifier> = Vec::new();
        for slot in &found.slots {
            if !places.contains(&slot.place) {
                places.push(slot.place.clone());
            }
        }
        let board = &mut self.state.board;
        board.answered = true;
        if board.error == Some(ApiError::NotFound) {
            board.error = None;
        }
        if found.is_unreadable() {
            board.error = Some(ApiError::Unreadable);
        }
        if let Some(zone) = found.zone {
            board.directory_mut().answered_in.retain(|(place, _)| !places.contains(place));
            board
                .directory_mut()
                .answered_in
                .extend(places.iter().map(|place| (place.clone(), zone.clone())));
            board.zone = Some(zone);
        }
        board.slots_mut().extend(found.slots);
        board.read_at = self.ctx.now;
        if found.dropped > 0 {
            self.diagnose(Finding::SlotsDropped(found.dropped));
        }
        self.meet(places);
    }

    /// Handles a failed read of times. The times that are on screen stay there. `unknown` is the finding to report
    /// after a 404.
    pub(super) fn slots_failed(&mut self, error: ApiError, unknown: Option<Finding>) {
        let board = &mut self.state.board;
        if let (ApiError::NotFound, Some(unknown)) = (error, unknown) {
            if !board.answered {
                board.error = board.error.or(Some(error));
            }
            self.diagnose(unknown);
        } else {
            board.error = Some(error);
        }
    }

    pub(super) fn after_slots(&mut self) {
        self.state.board.reading = self.awaits(Purpose::is_slots);
        self.look_further();
        self.show();
    }

    /// Reads further times, while no more open days are known than are shown.
    pub(super) fn look_further(&mut self) {
        let board = &self.state.board;
        if self.awaits(Purpose::is_slots)
            || board.error.is_some()
            || self.state.is_hidden
            || !matches!(self.state.stage, Stage::Loading | Stage::Choosing)
        {
            return;
        }
        // One more open day than is shown has to be known: it decides whether "more days" is offered.
        self.state.board.keep_times(self.ctx.zones);
        let board = &self.state.board;
        let open = board.days().len();
        if open <= board.days_shown && !board.next_pages.is_empty() {
            return self.order(Order::NextPages);
        }
        let bound = self.bound();
        let Some(searched_to) = board.searched_to.filter(|day| *day < bound) else { return };
        let waits = self.awaits(|purpose| matches!(purpose, Purpose::Lookahead(_)));
        if open > board.days_shown || (waits && open > 0) {
            return;
        }
        let from = searched_to + Duration::days(1);
        let to =
            if board.windows == 1 { (from + Duration::days(SECOND_WINDOW - 1)).min(bound) } else { bound };
        self.state.board.windows += 1;
        self.read_window(from, to, false);
    }

    pub(super) fn pick_type(&mut self, visit_type: VisitType) {
        if self.state.board.visit_type.as_ref() != Some(&visit_type) && self.state.stage == Stage::Choosing {
            self.turn_to(visit_type, false);
            self.ask_lookaheads();
        }
    }

    /// Drops the times of the old visit type and reads those of another.
    pub(super) fn turn_to(&mut self, visit_type: VisitType, fresh: bool) {
        self.cancel(|purpose| purpose.is_slots() || matches!(purpose, Purpose::Lookahead(_)));
        let board = &mut self.state.board;
        board.visit_type = Some(visit_type);
        board.slots_mut().clear();
        board.searched_to = None;
        board.next_pages.clear();
        board.windows = 0;
        board.lookaheads.clear();
        board.days_shown = self.ctx.settings.days;
        self.read_slots(fresh);
    }

    pub(super) fn more(&mut self) {
        self.state.board.days_shown += self.ctx.settings.days;
        self.look_further();
    }

    /// Handles a page that is visible or online again: reads the waits again, or the times if they are older than a
    /// minute, or begins again after a network error. The times on screen stay until the answer comes.
    pub(super) fn wake(&mut self) {
        let stale = self.ctx.now - self.state.board.read_at > GOOD_FOR;
        match self.state.stage {
            Stage::Choosing if stale && !self.awaits(Purpose::is_slots) && !self.asks_where() => {
                self.read_slots(true);
            }
            Stage::Queue => self.order(Order::Queue { fresh: true }),
            Stage::Unavailable(UnavailableReason::Error(ApiError::Network)) => self.begin_way(false),
            _ => {}
        }
    }

    /// Reads the times or the waits again because the host page asks for fresh ones. The times on screen stay until
    /// the answer comes.
    pub(super) fn refresh(&mut self) {
        match self.state.stage {
            Stage::Choosing => self.read_again(),
            Stage::Queue => self.order(Order::Queue { fresh: true }),
            Stage::Unavailable(UnavailableReason::Error(_) | UnavailableReason::NoTimes) => {
                self.begin_way(true);
            }
            _ => {}
        }
    }

    /// Reads the times again now: to offer those nearest to a time that cannot be booked, after a failed read, or
    /// because the host page asks for it.
    pub(crate) fn read_again(&mut self) {
        self.cancel(Purpose::is_slots);
        self.read_slots(true);
    }

    /// Stops offering a time that is gone.
    pub(crate) fn forget(&mut self, time: &Time) {
        let gone = time.slot();
        self.state.board.slots_mut().retain(|slot| {
            slot.at.at != gone.at.at
                || slot.place != gone.place
                || (slot.npi != gone.npi && !time.slots.iter().any(|lost| lost.id == slot.id))
        });
    }

    /// Removes a slot that is gone. Its siblings may still be open, so they stay.
    pub(crate) fn forget_slot(&mut self, gone: &SlotId) {
        self.state.board.slots_mut().retain(|slot| slot.id.as_ref() != Some(gone));
    }
}
