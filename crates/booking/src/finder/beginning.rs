//! How the finder begins: with a new configuration, with another way to be seen, or with a retry. Covers the time
//! up to the first view.

use super::Machine;
use super::command::Command;
use super::order::Order;
use super::purpose::Purpose;
use super::state::{Board, Stage, State, UnavailableReason};
use crate::ids::RegionCode;
use crate::notice::Notice;
use crate::on_demand::{Modality, OnDemandVisit, Qualifier, WaitingLine};
use crate::outcome::ApiError;
use crate::settings::{Route, Target, Way};

impl Machine<'_> {
    /// Begins with a new configuration, and forgets what was reported for the one before.
    pub(crate) fn configure(&mut self, line: Option<(RegionCode, Modality)>) {
        self.state.is_shown = false;
        self.state.reported.clear();
        self.begin(line);
    }

    /// Begins again, without the times, places and choices of before. `line` is the region and modality of a line
    /// that the patient chose before a full-page sign-in.
    pub(crate) fn begin(&mut self, line: Option<(RegionCode, Modality)>) {
        self.cancel(|_| true);
        let State { is_shown, is_hidden, ref mut reported, .. } = *self.state;
        let reported = std::mem::take(reported);
        *self.state = State { is_shown, is_hidden, reported, ..State::default() };
        if self.ctx.settings.target.is_empty() {
            self.go(Stage::Unavailable(UnavailableReason::Misconfigured));
            return;
        }
        self.state.way = self.ctx.settings.ways().first().copied().unwrap_or_default();
        if let (Some((region, modality)), Some(_)) = (line, &self.ctx.settings.practice) {
            self.state.way = Way::OnDemand;
            self.state.queue.region = Some(region);
            self.state.rejoin = Some(modality);
        }
        self.begin_way(false);
    }

    /// Shows the finder again after an errand. If the reads for the first view are still running, shows that it is
    /// loading.
    pub(crate) fn uncover(&mut self) {
        self.state.is_hidden = false;
        if self.ctx.settings.target.is_empty() {
            self.go(Stage::Unavailable(UnavailableReason::Misconfigured));
            return;
        }
        if self.lacks_ways() {
            return self.begin_way(false);
        }
        if self.state.way == Way::OnDemand {
            return self.order(Order::UncoverQueue);
        }
        // While the errand was on screen, the waits that are shown beside the times were not read.
        if !self.awaits(|purpose| matches!(purpose, Purpose::Tick | Purpose::Waits)) {
            self.order(Order::Queue { fresh: true });
        }
        let is_coming = |purpose: &Purpose| purpose.is_slots() || purpose.is_directory();
        if self.state.board.slots.is_empty() && self.awaits(is_coming) {
            self.go(Stage::Loading);
            return self.show();
        }
        self.go(Stage::Choosing);
        self.wake();
        self.look_further();
    }

    /// Retries what failed.
    pub(super) fn retry(&mut self) {
        match self.state.stage {
            Stage::Unavailable(UnavailableReason::Error(_) | UnavailableReason::NoTimes) => {
                self.begin_way(true);
            }
            Stage::Queue => self.order(Order::Queue { fresh: true }),
            Stage::Choosing if self.state.board.error.is_some() => self.read_again(),
            Stage::Loading | Stage::Choosing | Stage::Unavailable(UnavailableReason::Misconfigured) => {}
        }
    }

    /// Handles the result of [`Command::Load`]: the part of the wasm for this configuration is loaded, or could not be
    /// loaded.
    pub(super) fn loaded(&mut self, is_there: bool) {
        if !std::mem::take(&mut self.state.is_loading) {
            return;
        }
        if is_there {
            self.begin_way(false);
        } else {
            self.go(Stage::Unavailable(UnavailableReason::Error(ApiError::Network)));
        }
    }

    /// Begins the reads for the way on screen, and those for comparing it with the page's other ways. `is_fresh` = do
    /// not use remembered answers: an answer that nobody could read, or without times, is remembered as well.
    pub(super) fn begin_way(&mut self, is_fresh: bool) {
        if self.lacks_ways() {
            self.go(Stage::Loading);
            self.state.is_loading = true;
            self.out.push(Command::Load);
            return;
        }
        let settings = self.ctx.settings;
        // Cancel all reads except those of the practice and its waits, and keep the timer that repeats them: the waits
        // are shown beside every way.
        self.cancel(|purpose| !matches!(purpose, Purpose::Tick | Purpose::Practice | Purpose::Waits));
        let target = match (self.state.way, &settings.nearby) {
            (Way::Nearby, Some(search)) => Target::Near(search.clone()),
            _ => settings.target.clone(),
        };
        // If the patient has changed the search, repeat the search as they changed it.
        let target = match (target, &self.state.sought) {
            (Target::Near(_), Some(sought)) => Target::Near(sought.clone()),
            (target, _) => target,
        };
        let before = std::mem::take(&mut self.state.board);
        let clinic = before.clinic.filter(|_| matches!(target, Target::Brand(_)));
        let (days_shown, around) = (settings.days, before.around);
        self.state.board = Board { days_shown, target, around, clinic, is_fresh, ..Board::default() };
        self.go(Stage::Loading);
        if self.state.way == Way::OnDemand {
            self.order(Order::Queue { fresh: is_fresh });
            self.read_line_owner();
            self.show();
            return;
        }
        // A search around a place looks for all types that the page names, and its answer says which of them there are.
        let is_search_for_several =
            matches!(self.state.board.target, Target::Near(_)) && settings.visit_types.len() > 1;
        self.state.board.visit_type =
            settings.visit_types.first().filter(|_| !is_search_for_several).cloned();
        self.read_slots(is_fresh);
        match self.state.board.target.clone() {
            Target::Departments(names) => self.read_departments(&names),
            Target::Clinicians { npis, departments, .. } => {
                self.read_clinicians(&npis);
                self.read_departments(&departments);
            }
            Target::Near(_) | Target::Brand(_) => self.order(Order::Brand),
            Target::OnDemand => {}
        }
        if settings.practice.is_some() {
            self.order(Order::Queue { fresh: is_fresh });
        }
        self.show();
    }

    /// Leaves `Loading` as soon as there is something to show, or nothing more to wait for.
    pub(super) fn show(&mut self) {
        if self.state.is_hidden {
            return;
        }
        if self.state.stage == Stage::Loading
            && self.state.rejoin.is_some()
            && self.state.queue.practice.is_some()
        {
            return self.order(Order::Rejoin);
        }
        if self.state.way == Way::OnDemand {
            self.order(Order::ShowQueue);
        } else if self.state.stage == Stage::Loading {
            if self.asks_where() {
                self.go(Stage::Choosing);
            } else if self.report_shown() {
                self.go(Stage::Choosing);
                // The first times are on screen: now read further times, and the first time of any clinician nearby,
                // for comparing the ways to be seen.
                self.look_further();
                self.order(Order::Glimpse);
            } else if !self.awaits(|purpose| purpose.is_slots() || purpose.is_directory()) {
                let board = &self.state.board;
                let unlisted = board.unlisted.filter(|error| !board.answered || *error != ApiError::NotFound);
                let stage = match board.error.or(unlisted) {
                    Some(error) => Stage::Unavailable(UnavailableReason::Error(error)),
                    None if board.visit_types.len() > 1 => Stage::Choosing,
                    None => Stage::Unavailable(UnavailableReason::NoTimes),
                };
                self.go(stage);
            }
        } else if self.state.stage == Stage::Choosing && !self.state.is_shown {
            self.report_shown();
        }
    }

    /// Whether the patient first has to say where they are.
    pub(super) fn asks_where(&self) -> bool {
        matches!(&self.state.board.target, Target::Near(search) if search.around.is_none())
    }

    /// Reports to the host page, once, that times are on screen; returns `false` when there are none.
    pub(super) fn report_shown(&mut self) -> bool {
        let count = self.state.board.times(self.ctx.zones).len();
        if count > 0 && !std::mem::replace(&mut self.state.is_shown, true) {
            self.notify(Notice::Shown { count });
        }
        count > 0
    }

    /// Joins the line that the patient chose before a full-page sign-in, once the practice is known. If the line can
    /// no longer be joined, or the patient has to say again whom the visit is for, sets `lost` and shows the lines.
    pub(super) fn rejoin(&mut self) {
        let queue = &self.state.queue;
        // `resume` says nothing about a person, so not whom the visit is for. Without age limits only the patient can
        // say that; whether the lines differ by it is known from the waits.
        let is_for_anyone = queue.region().is_none_or(|region| region.pediatric_months.is_some()) || {
            if self.awaits(|purpose| *purpose == Purpose::Waits) {
                return;
            }
            queue.pools.is_some() && !queue.asks_for_whom()
        };
        let Some(modality) = self.state.rejoin.take() else { return };
        match (&self.state.queue.practice, self.state.queue.region()) {
            (Some(practice), Some(region))
                if is_for_anyone && region.is_active && self.ctx.settings.route == Route::Inline =>
            {
                let now = OnDemandVisit {
                    practice: practice.id.clone(),
                    region: region.clone(),
                    modality,
                    line: WaitingLine::General,
                    qualifier: Qualifier::Adult,
                };
                let command = Command::Join(Box::new(now), Box::new(practice.clone()));
                self.out.push(command);
            }
            _ => {
                self.state.lost = true;
                self.show();
            }
        }
    }
}
