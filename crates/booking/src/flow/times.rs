//! Filling the board with times: which reads of them to make, and when.
//!
//! With a preset visit type the first slots are the first request; names, zones and the look-ahead are read beside.

use chrono::{Duration, NaiveDate};

use super::Machine;
use super::command::{Finding, Notice, Read};
use super::outcome::Trouble;
use super::state::{Board, Purpose, Stage, State, Target, Why};
use crate::ids::{DepartmentIdentifier, Npi, UrlName, VisitType};
use crate::slot::{Slot, Slots};
use crate::time::local;

/// Days of the first look at a clinician's times; kept small for a phone with poor reception.
const FIRST_WINDOW: i64 = 14;
/// Days of the second; the third goes as far as the system does.
const SECOND_WINDOW: i64 = 28;
/// Seconds a result is good for.
const GOOD_FOR: i64 = 60;

impl Machine<'_> {
    /// A new configuration.
    pub(super) fn configure(&mut self) {
        if !matches!(self.state.stage, Stage::Sending(..)) {
            self.state.shown = false;
            self.state.told.clear();
        }
        self.start();
    }

    pub(super) fn start(&mut self) {
        // A booking on its way has an outcome that somebody must be told; there is no beginning again under it.
        if matches!(self.state.stage, Stage::Sending(..)) {
            return;
        }
        self.cancel(|_| true);
        let State { last_id, attempts, persons, shown, ref mut told, .. } = self.state;
        let told = std::mem::take(told);
        self.state = State { last_id, attempts, persons: persons + 1, shown, told, ..State::default() };
        self.state.board = Board { days_shown: self.ctx.settings.days, ..Board::default() };
        if self.ctx.settings.target.is_empty() {
            self.go(Stage::Unavailable(Why::Misconfigured));
            return;
        }
        self.state.board.visit_type = self.ctx.settings.visit_types.first().cloned();
        self.read_slots(false);
        match &self.ctx.settings.target {
            Target::Departments(names) => self.read_departments(names),
            Target::Clinicians { npis, departments } => {
                for npi in npis {
                    self.read(Purpose::Clinician(npi.clone()), Read::Clinician(npi.clone()), false);
                }
                self.read_departments(departments);
            }
        }
        self.show();
    }

    /// Reads the chosen type's times from the beginning (or, where they were read before, again).
    fn read_slots(&mut self, fresh: bool) {
        let Some(visit_type) = self.state.board.visit_type.clone() else { return };
        (self.state.board.trouble, self.state.board.answered) = (None, false);
        match &self.ctx.settings.target {
            Target::Departments(names) => {
                for name in names {
                    if self.offers(name, &visit_type) {
                        self.read(
                            Purpose::DepartmentSlots(name.clone()),
                            Read::DepartmentSlots(name.clone(), visit_type.clone()),
                            fresh,
                        );
                    }
                }
            }
            Target::Clinicians { .. } => {
                let first = self.ctx.today + Duration::days(FIRST_WINDOW - 1);
                let to = self.state.board.searched_to.unwrap_or(first).max(self.ctx.today);
                self.read_window(self.ctx.today, to.min(self.bound()), fresh);
                self.state.board.windows = self.state.board.windows.max(1);
            }
        }
        self.state.board.reading = self.awaits(Purpose::is_slots);
    }

    /// Whether a clinic is worth asking: yes, unless it is known not to offer the type.
    fn offers(&self, name: &UrlName, visit_type: &VisitType) -> bool {
        let known = self.state.board.departments.iter().find(|department| department.url_name == *name);
        known.is_none_or(|known| known.visit_types.iter().any(|offer| offer.short_name == *visit_type))
    }

    fn read_window(&mut self, from: NaiveDate, to: NaiveDate, fresh: bool) {
        let (Target::Clinicians { npis, .. }, Some(visit_type)) =
            (&self.ctx.settings.target, &self.state.board.visit_type)
        else {
            return;
        };
        let visit_type = visit_type.clone();
        for npi in npis {
            let read = Read::ClinicianSlots(npi.clone(), visit_type.clone(), from, to);
            self.read(Purpose::ClinicianSlots(npi.clone(), from, to), read, fresh);
        }
        self.state.board.searched_to = self.state.board.searched_to.max(Some(to));
        self.state.board.reading = true;
    }

    /// The last day worth asking for: the page's limit, or the system's own where that is known and nearer.
    fn bound(&self) -> NaiveDate {
        let days = self
            .state
            .board
            .lookahead
            .map_or(self.ctx.settings.max_days, |known| known.min(self.ctx.settings.max_days));
        self.ctx.today + Duration::days(i64::from(days))
    }

    pub(super) fn department_slots(&mut self, name: &UrlName, answer: Result<Slots, Trouble>) {
        match answer {
            Ok(found) => {
                // An answer is all there is for this clinic. Slots tell the clinic by its id, not by its `urlName`.
                let board = &mut self.state.board;
                board.asked_as.retain(|(_, asked)| asked != name);
                for slot in &found.slots {
                    let tie = (slot.place.clone(), name.clone());
                    if !board.asked_as.contains(&tie) {
                        board.asked_as.push(tie);
                    }
                }
                let (slots, ties) = (&mut board.slots, &board.asked_as);
                slots.retain(|slot| ties.iter().any(|(place, asked)| *place == slot.place && asked != name));
                self.take_slots(found);
            }
            Err(trouble) => self.slots_failed(trouble, Finding::UnknownDepartment(name.clone())),
        }
        self.after_slots();
    }

    pub(super) fn clinician_slots(
        &mut self,
        npi: &Npi,
        from: NaiveDate,
        to: NaiveDate,
        answer: Result<Slots, Trouble>,
    ) {
        match answer {
            Ok(found) => {
                // What is read from today on also replaces what is left of days gone by.
                let begins = from <= self.ctx.today;
                let replaced = |slot: &Slot| {
                    let day = slot.at.local().date();
                    slot.npi == *npi && day <= to && (begins || day >= from)
                };
                self.state.board.slots.retain(|slot| !replaced(slot));
                let zone = found.zone.clone();
                self.take_slots(found);
                // The browser may be a day ahead of the clinic: its today is then still missing.
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
            Err(trouble) => self.slots_failed(trouble, Finding::UnknownClinician(npi.clone())),
        }
        self.ask_lookahead();
        self.after_slots();
    }

    fn take_slots(&mut self, found: Slots) {
        let mut places: Vec<DepartmentIdentifier> = Vec::new();
        for slot in &found.slots {
            if !places.contains(&slot.place) {
                places.push(slot.place.clone());
            }
        }
        let board = &mut self.state.board;
        board.answered = true;
        if board.trouble == Some(Trouble::NotFound) {
            board.trouble = None;
        }
        if let Some(zone) = found.zone {
            board.answered_in.retain(|(place, _)| !places.contains(place));
            board.answered_in.extend(places.iter().map(|place| (place.clone(), zone.clone())));
            board.zone = Some(zone);
        }
        board.slots.extend(found.slots);
        board.read_at = self.ctx.now;
        if found.dropped > 0 {
            self.diagnose(Finding::SlotsDropped(found.dropped));
        }
        self.meet(places);
    }

    /// Times already held stay on screen.
    fn slots_failed(&mut self, trouble: Trouble, unknown: Finding) {
        let board = &mut self.state.board;
        if trouble == Trouble::NotFound {
            if !board.answered {
                board.trouble = board.trouble.or(Some(trouble));
            }
            self.diagnose(unknown);
        } else {
            board.trouble = Some(trouble);
        }
    }

    fn after_slots(&mut self) {
        self.state.board.reading = self.awaits(Purpose::is_slots);
        self.look_further();
        self.show();
    }

    /// Reads on while fewer open days are known than are to be shown.
    pub(super) fn look_further(&mut self) {
        let board = &self.state.board;
        let (Some(searched_to), false) = (board.searched_to, self.awaits(Purpose::is_slots)) else { return };
        let bound = self.bound();
        if board.trouble.is_some()
            || searched_to >= bound
            || !matches!(self.state.stage, Stage::Loading | Stage::Choosing)
        {
            return;
        }
        // One more than shown tells whether "more days" has anything to show.
        let open = board.days(self.ctx.settings, self.ctx.zones).len();
        let waits = self.awaits(|purpose| *purpose == Purpose::Lookahead);
        if open > board.days_shown || (waits && open > 0) {
            return;
        }
        let from = searched_to + Duration::days(1);
        let to =
            if board.windows == 1 { (from + Duration::days(SECOND_WINDOW - 1)).min(bound) } else { bound };
        self.state.board.windows += 1;
        self.read_window(from, to, false);
    }

    /// Moves on from `Loading` as soon as there is something to show, or nothing left to wait for.
    pub(super) fn show(&mut self) {
        if self.state.stage == Stage::Loading {
            if self.tell_shown() {
                self.go(Stage::Choosing);
                // The first look is on screen: now is the time to look further.
                self.look_further();
            } else if !self.awaits(|purpose| purpose.is_slots() || purpose.is_directory()) {
                let board = &self.state.board;
                let unlisted =
                    board.unlisted.filter(|trouble| !board.answered || *trouble != Trouble::NotFound);
                let stage = match board.trouble.or(unlisted) {
                    Some(trouble) => Stage::Unavailable(Why::Trouble(trouble)),
                    None if board.visit_types.len() > 1 => Stage::Choosing,
                    None => Stage::Unavailable(Why::NoTimes),
                };
                self.go(stage);
            }
        } else if self.state.stage == Stage::Choosing && !self.state.shown {
            self.tell_shown();
        }
    }

    /// Tells the host page once that times are on screen; `false` when there are none.
    fn tell_shown(&mut self) -> bool {
        let count = self.state.board.times(self.ctx.settings, self.ctx.zones).len();
        if count > 0 && !std::mem::replace(&mut self.state.shown, true) {
            self.tell(Notice::Shown { count });
        }
        count > 0
    }

    pub(super) fn pick_type(&mut self, visit_type: VisitType) {
        if self.state.board.visit_type.as_ref() != Some(&visit_type) && self.state.stage == Stage::Choosing {
            self.turn_to(visit_type);
            self.ask_lookahead();
        }
    }

    /// Drops the times of one visit type and reads another's.
    pub(super) fn turn_to(&mut self, visit_type: VisitType) {
        self.cancel(|purpose| purpose.is_slots() || *purpose == Purpose::Lookahead);
        let board = &mut self.state.board;
        board.visit_type = Some(visit_type);
        board.slots.clear();
        board.searched_to = None;
        board.windows = 0;
        board.lookahead = None;
        board.lookahead_asked = false;
        board.days_shown = self.ctx.settings.days;
        self.read_slots(false);
    }

    pub(super) fn more(&mut self) {
        self.state.board.days_shown += self.ctx.settings.days;
        self.look_further();
    }

    /// The page is looked at again: times older than a minute are read again, those on screen stay until then.
    pub(super) fn wake(&mut self) {
        let stale = self.ctx.now - self.state.board.read_at > GOOD_FOR;
        match self.state.stage {
            Stage::Choosing if stale && !self.awaits(Purpose::is_slots) => self.read_slots(true),
            Stage::Unavailable(Why::Trouble(Trouble::Network)) => self.start(),
            _ => {}
        }
    }

    /// The host wants the times read again: those on screen stay until then.
    pub(super) fn refresh(&mut self) {
        match self.state.stage {
            Stage::Choosing | Stage::Taken(..) => self.read_again(),
            Stage::Unavailable(Why::Trouble(_) | Why::NoTimes) => self.start(),
            _ => {}
        }
    }

    /// Reads the times again now, for the nearest to one that has gone.
    pub(super) fn read_again(&mut self) {
        self.cancel(Purpose::is_slots);
        self.read_slots(true);
    }
}
