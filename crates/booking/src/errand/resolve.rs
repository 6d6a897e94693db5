//! Finds a slot id for a time from a search (API reference §3.5): a search returns no slot ids, so the time is
//! looked up in a list from which it can be booked. Also brings back a time that the patient chose before a
//! full-page sign-in.

use chrono::NaiveDate;

use super::Machine;
use super::choosing::Origin;
use super::command::{Command, ForFinder};
use super::purpose::Purpose;
use super::state::{Errand, Stage};
use crate::api::{DepartmentKey, Read};
use crate::outcome::{ApiError, Refusal};
use crate::place::Department;
use crate::schedule::{self, Reading, Time};
use crate::settings::Route;
use crate::slot::{Slot, Slots, Source};

impl Machine<'_> {
    /// Looks up a time from a search: in the clinic's own list if any clinician will do, else in the clinician's
    /// list.
    pub(super) fn resolve(&mut self, time: Time) {
        let slot = time.slot();
        let place = slot.place.clone();
        let is_clinics = slot.source == Source::SearchedDepartment;
        let known = self.state.directory.department(&place).map(|known| known.url_name.clone());
        let (purpose, read) = match (is_clinics, known) {
            (true, None) => {
                let key = DepartmentKey::Identifier(place);
                (Purpose::ResolvePlace, Read::Department(key))
            }
            (true, Some(name)) => (Purpose::Resolve, Read::DepartmentSlots(name, slot.visit_type.clone())),
            (false, _) => {
                let (from, to) = days_of(&time);
                (Purpose::Resolve, Read::ClinicianSlots(slot.npi.clone(), slot.visit_type.clone(), from, to))
            }
        };
        self.go(Stage::Resolving(Box::new(time), None));
        self.read(purpose, read, true);
    }

    fn resolving(&self) -> Option<Time> {
        if let Stage::Resolving(time, None) = &self.state.stage { Some((**time).clone()) } else { None }
    }

    pub(super) fn resolved_place(&mut self, answer: Result<Box<Department>, ApiError>) {
        let Some(time) = self.resolving() else { return };
        match answer {
            Ok(department) => {
                self.learn_department(*department);
                if self.state.directory.department(time.place()).is_some() {
                    self.resolve(time);
                } else {
                    self.unresolvable(time);
                }
            }
            Err(error) => self.not_resolved(time, error),
        }
    }

    pub(super) fn resolved(&mut self, answer: Result<Slots, ApiError>) {
        let Some(time) = self.resolving() else { return };
        match answer {
            Ok(found) => {
                // The read of a clinic's list has no dates, and the list may end before the search does: a time after
                // the end of the list may still be free.
                let ends = found.slots.iter().map(|slot| slot.at.at).max();
                let is_beyond = time.slot().source == Source::SearchedDepartment
                    && ends.is_some_and(|last| last < time.at());
                match self.again(&time, found) {
                    Some(time) => self.begin(Errand::Time(time)),
                    None if is_beyond => self.unresolvable(time),
                    None => self.gone(time),
                }
            }
            Err(error) => self.not_resolved(time, error),
        }
    }

    /// Handles a lookup that failed. Without an answer nothing is known about the time, so the patient may retry.
    fn not_resolved(&mut self, time: Time, error: ApiError) {
        match error {
            ApiError::Network | ApiError::Server => self.go(Stage::Resolving(Box::new(time), Some(error))),
            _ => self.unresolvable(time),
        }
    }

    /// Looks up the time once more, after a lookup that got no answer.
    pub(super) fn resolve_again(&mut self) {
        if let Stage::Resolving(time, Some(_)) = &self.state.stage {
            let time = (**time).clone();
            self.resolve(time);
        }
    }

    /// Finds the time again among freshly read slots, and returns it with their ids; `None` if it is not among them. If
    /// the time's zone is known, the local time and the zone stay as the patient saw them.
    pub(super) fn again(&self, time: &Time, found: Slots) -> Option<Time> {
        let same: Vec<_> = found.slots.into_iter().filter(|slot| slot.at.at == time.at()).collect();
        let zone = time.zone.clone().or(found.zone);
        let zone_of = |_: &_| zone.clone();
        let reading = Reading { zone_of: &zone_of, zones: self.ctx.zones };
        let mut now = schedule::times(&same, &reading).into_iter().find(|now| now.same_choice(time))?;
        if time.zone.is_some() {
            (now.local, now.offset) = (time.local, time.offset);
            now.zone.clone_from(&time.zone);
        }
        Some(now)
    }

    /// Handles a time that is no longer free: says so, and offers the nearest times.
    fn gone(&mut self, time: Time) {
        self.send_to_finder(ForFinder::Forget(Box::new(time.clone())));
        self.take_time(time, Refusal::SlotTaken);
    }

    /// Shows that the time cannot be booked, and asks the finder to read the nearest times.
    pub(super) fn take_time(&mut self, time: Time, refusal: Refusal) {
        self.state.nearest.retain(|other| !other.same_choice(&time));
        self.go(Stage::Taken(Box::new(time), refusal));
        self.send_to_finder(ForFinder::ReadNearest);
    }

    /// Handles a time that cannot be looked up in a list from which it can be booked: leaves for the scheduling
    /// pages, which repeat the search, passes the time to the host page, or asks the patient to call. A time from
    /// before a sign-in is reported as lost.
    fn unresolvable(&mut self, time: Time) {
        // A time from before a full-page sign-in that cannot be looked up was not chosen on this page, or was chosen
        // long ago.
        if self.state.brought_back {
            self.set_aside();
            return self.send_to_finder(ForFinder::Lost);
        }
        let context = self.state.context.clone();
        let name = self.state.directory.department(time.place()).map(|known| known.url_name.clone());
        if context.is_some() && self.ctx.settings.can_hand_off {
            self.out.push(Command::HandOff(Box::new(time), name, context));
            self.choose_again();
        } else if self.ctx.settings.route == Route::Event {
            self.hand_over(time);
        } else {
            self.go(Stage::CallToBook(Box::new(Errand::Time(time))));
        }
    }

    /// Brings back a time that the patient chose before a full-page sign-in. It is looked up like a time from a
    /// search, so a forged value can do no more than choose a time that the system offers.
    pub(super) fn resume(&mut self, slot: &Slot, origin: Origin) {
        if self.ctx.settings.route == Route::Inline && self.state.stage.is_idle() {
            self.set_out(origin);
            let time = self.time_of(slot);
            self.state.brought_back = true;
            self.resolve(time);
        }
    }

    fn time_of(&self, slot: &Slot) -> Time {
        let reading = Reading { zone_of: &|_| None, zones: self.ctx.zones };
        schedule::time_of(slot, &reading)
    }
}

/// The first and last day of the read that looks up a time: the time's date at the offset that the system wrote, and
/// its date on the clinic's calendar, the earlier first. Both are mostly the same day.
pub(super) fn days_of(time: &Time) -> (NaiveDate, NaiveDate) {
    let (told, local) = (time.slot().at.local().date(), time.local.date());
    (told.min(local), told.max(local))
}
