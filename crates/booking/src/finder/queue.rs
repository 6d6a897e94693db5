//! Finds a line for an on-demand visit, up to joining it: reads the practice, the region that the patient is in,
//! the current wait, and why nobody can be seen now (API reference §2.14, §2.18, §3.3, §3.4). The errand does what
//! follows; waiting in line is in `errand::waiting`.

use super::Machine;
use super::command::Command;
use super::order::Order;
use super::purpose::Purpose;
use super::state::{Stage, UnavailableReason};
use crate::api::Read;
use crate::ids::RegionCode;
use crate::notice::{Finding, Notice};
use crate::on_demand::{
    Modality, NobodyAvailable, OnDemandVisit, Pool, Practice, Qualifier, Region, WaitingLine,
};
use crate::outcome::{ApiError, Refusal};
use crate::settings::{Target, Way};

/// How many seconds after an answer the waits are read again.
const REFRESH: u32 = 60;

/// One of the lines that a page can offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LineKind {
    /// The region's line.
    General,
    /// The clinic's line (§3.4).
    Clinic,
    /// The clinician's line (§3.4).
    Clinician,
}

/// What is known of a practice and its lines.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Queue {
    /// The practice; `None` until it is read.
    pub practice: Option<Practice>,
    /// The waits of every region; `None` until they are read.
    pub pools: Option<Vec<Pool>>,
    /// Why the practice or the waits could not be read.
    pub error: Option<ApiError>,
    /// The region that the patient is in, once chosen or preset.
    pub region: Option<RegionCode>,
    /// Whether the visit is for an adult or a child.
    pub qualifier: Qualifier,
    /// Why the system refused the patient's last attempt to join a line.
    pub refused: Option<Refusal>,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            practice: None,
            pools: None,
            error: None,
            region: None,
            qualifier: Qualifier::Adult,
            refused: None,
        }
    }
}

impl Queue {
    /// The region the patient is in.
    pub fn region(&self) -> Option<&Region> {
        let code = self.region.as_ref()?;
        self.practice.as_ref()?.regions.iter().find(|region| region.code == *code)
    }

    /// Whether to ask if the visit is for an adult or a child: true if some clinicians in the region see only
    /// children.
    pub fn asks_for_whom(&self) -> bool {
        let here = |pool: &&Pool| Some(&pool.region) == self.region.as_ref();
        let mut pools = self.pools.iter().flatten().filter(here);
        pools.any(|pool| pool.for_children != pool.for_adults && pool.for_children)
    }

    /// The shortest wait by this modality, in seconds, with the time at which it was estimated; or why nobody can be
    /// seen now. `None` while neither is known.
    pub fn wait(&self, modality: Modality) -> Option<Result<(u32, i64), NobodyAvailable>> {
        let pools = self.pools.as_ref()?;
        let region = self.region()?;
        if !region.is_active {
            return Some(Err(NobodyAvailable::NoRegion));
        }
        let mut why: Option<&NobodyAvailable> = None;
        let mut best: Option<(u32, i64)> = None;
        for pool in pools {
            if pool.region != region.code || pool.modality != modality || !pool.serves(self.qualifier) {
                continue;
            }
            match &pool.wait {
                Ok(seconds) if best.is_none_or(|(shortest, _)| *seconds < shortest) => {
                    best = Some((*seconds, pool.as_of));
                }
                Ok(_) => {}
                // Of several reasons, show the one that is likely to end soonest.
                Err(reason) => why = Some(why.map_or(reason, |known| nearer(known, reason))),
            }
        }
        Some(best.ok_or_else(|| why.cloned().unwrap_or(NobodyAvailable::NoRegion)))
    }

    /// The shortest wait of all modalities, in seconds, for comparing the ways to be seen; `None` if no wait is known
    /// or nobody can be seen now.
    pub fn shortest(&self) -> Option<u32> {
        Modality::ALL.into_iter().filter_map(|modality| Some(self.wait(modality)?.ok()?.0)).min()
    }
}

fn nearer<'a>(a: &'a NobodyAvailable, b: &'a NobodyAvailable) -> &'a NobodyAvailable {
    let rank = |reason: &NobodyAvailable| match reason {
        NobodyAvailable::Busy(_) => 0,
        NobodyAvailable::Unstaffed => 1,
        NobodyAvailable::OffHours => 2,
        NobodyAvailable::NoRegion => 3,
    };
    if rank(b) < rank(a) { b } else { a }
}

impl Machine<'_> {
    /// Reads the practice and its waits, either to show the lines, or to compare the wait with the times on screen.
    pub(super) fn read_queue(&mut self, fresh: bool) {
        let Some(practice) = self.ctx.settings.practice.clone() else { return };
        self.state.queue.error = None;
        if self.state.queue.region.is_none() {
            self.state.queue.region.clone_from(&self.ctx.settings.region);
        }
        if self.state.queue.practice.is_none() && !self.awaits(|purpose| *purpose == Purpose::Practice) {
            self.read(Purpose::Practice, Read::Practice(practice.clone()), fresh);
        }
        if !self.awaits(|purpose| *purpose == Purpose::Waits) {
            self.read(Purpose::Waits, Read::Waits(practice), fresh);
        }
    }

    pub(super) fn practice(&mut self, answer: Result<Box<Practice>, ApiError>) {
        match answer {
            Ok(practice) => {
                let queue = &mut self.state.queue;
                let known = |code: &RegionCode| practice.regions.iter().any(|region| region.code == *code);
                if queue.region.as_ref().is_some_and(|code| !known(code)) {
                    let code = queue.region.take();
                    self.state.queue.practice = Some(*practice);
                    if let Some(code) = code.filter(|code| Some(code) == self.ctx.settings.region.as_ref()) {
                        self.diagnose(Finding::UnknownRegion(code));
                    }
                } else {
                    queue.practice = Some(*practice);
                }
                // With only one region there is nothing to ask.
                let queue = &mut self.state.queue;
                if let (None, Some([only])) =
                    (&queue.region, queue.practice.as_ref().map(|p| p.regions.as_slice()))
                {
                    queue.region = Some(only.code.clone());
                }
            }
            Err(error) => {
                self.state.queue.error = Some(error);
                if error == ApiError::NotFound {
                    self.diagnose(Finding::UnknownPractice);
                }
            }
        }
        self.show();
    }

    pub(super) fn waits(&mut self, answer: Result<Vec<Pool>, ApiError>) {
        match answer {
            Ok(pools) => self.state.queue.pools = Some(pools),
            // Do not show an old wait as if it were still true.
            Err(error) => {
                self.state.queue.pools = None;
                self.state.queue.error = self.state.queue.error.or(Some(error));
            }
        }
        // Do not read the waits while an errand is on screen, since nobody sees them then.
        if self.ctx.settings.practice.is_some() && !self.state.is_hidden {
            self.later(REFRESH);
        }
        self.show();
    }

    /// Shows the lines once the practice and its waits are read, or the reason why the practice cannot be read.
    pub(super) fn show_queue(&mut self) {
        if self.state.stage != Stage::Loading || self.state.way != Way::OnDemand {
            return;
        }
        if self.state.queue.practice.is_some() && !self.awaits(|purpose| *purpose == Purpose::Waits) {
            if !std::mem::replace(&mut self.state.is_shown, true) {
                self.notify(Notice::Shown { count: 0 });
            }
            self.go(Stage::Queue);
        } else if let (Some(error), false) =
            (self.state.queue.error, self.awaits(|purpose| *purpose == Purpose::Practice))
            && self.state.queue.practice.is_none()
        {
            self.go(Stage::Unavailable(UnavailableReason::Error(error)));
        }
    }

    pub(super) fn pick_region(&mut self, code: RegionCode) {
        self.state.queue.region = Some(code);
        self.state.queue.refused = None;
    }

    /// Joins a line, if it takes patients now.
    pub(super) fn join(&mut self, modality: Modality, line_kind: LineKind) {
        if let Some((now, practice)) = self.line_to_join(modality, line_kind) {
            self.out.push(Command::Join(Box::new(now), Box::new(practice)));
        }
    }

    /// The on-demand visit for a line that the patient wants to join, with its practice. `None` if the line takes no
    /// patients now.
    fn line_to_join(&mut self, modality: Modality, line_kind: LineKind) -> Option<(OnDemandVisit, Practice)> {
        if self.state.stage != Stage::Queue {
            return None;
        }
        let practice = self.state.queue.practice.clone()?;
        let region = self.state.queue.region()?.clone();
        if !matches!(self.state.queue.wait(modality), Some(Ok(_))) {
            return None;
        }
        let joined = self.line(line_kind)?;
        (self.state.queue.refused, self.state.lost) = (None, false);
        // An answer that the screen does not show any more does not count.
        let queue = &self.state.queue;
        let qualifier = if queue.asks_for_whom() { queue.qualifier } else { Qualifier::Adult };
        let now = OnDemandVisit { practice: practice.id.clone(), region, modality, line: joined, qualifier };
        Some((now, practice))
    }

    /// The line of this kind, if the page offers it. A clinic's line is known only once the clinic is read.
    fn line(&self, line_kind: LineKind) -> Option<WaitingLine> {
        let settings = self.ctx.settings;
        match (line_kind, &settings.target) {
            (LineKind::General, _) => Some(WaitingLine::General),
            (LineKind::Clinic, Target::Departments(names)) if settings.clinic_line => {
                let first = names.first()?;
                let known = self.state.board.departments.iter().find(|known| known.url_name == *first)?;
                Some(WaitingLine::Clinic(known.identifier.clone()))
            }
            (LineKind::Clinician, Target::Clinicians { npis, .. }) => {
                Some(WaitingLine::Clinician(npis.first()?.clone(), settings.clinician_line.clone()?))
            }
            _ => None,
        }
    }

    /// Shows the lines again after the system refused the patient a place in one: with the reason, and with the
    /// current waits.
    pub(super) fn turned_away(&mut self, refusal: Refusal) {
        self.state.queue.refused = Some(refusal);
        self.back_to_line();
    }

    /// Shows the lines again, with the waits as they are now.
    pub(super) fn back_to_line(&mut self) {
        self.state.is_hidden = false;
        self.state.way = Way::OnDemand;
        self.state.queue.pools = None;
        self.uncover_queue();
    }

    /// Shows the lines again after an errand; if the practice is not known yet, it is read first.
    pub(super) fn uncover_queue(&mut self) {
        self.go(if self.state.queue.practice.is_some() { Stage::Queue } else { Stage::Loading });
        self.read_queue(true);
        self.show();
    }

    /// The timer has passed: reads the waits again, if the finder is on screen.
    pub(super) fn tick(&mut self) {
        if !self.state.is_hidden && !matches!(self.state.stage, Stage::Unavailable(_)) {
            self.order(Order::Queue { fresh: true });
        }
    }

    /// Cancels all reads: the element has left the page, and nobody would see the answers.
    pub(crate) fn rest_wholly(&mut self) {
        self.cancel(|_| true);
    }

    /// Stops reading the waits: the patient is in line, and the errand reads the estimate with a timer of its own.
    pub(crate) fn rest(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::Tick | Purpose::Waits));
    }
}
