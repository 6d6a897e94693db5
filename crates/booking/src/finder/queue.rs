//! Visits as soon as somebody is free, up to joining: the practice, the region the patient is in, the live wait, and
//! why not now (API reference §2.14, §2.18, §3.3, §3.4). What follows is in [`super::waiting`].

use super::Machine;
use super::command::Command;
use super::order::Order;
use super::purpose::Purpose;
use super::state::{Stage, Why};
use crate::api::Read;
use crate::ids::RegionCode;
use crate::notice::{Finding, Notice};
use crate::on_demand::{Line, Modality, NotNow, Now, Pool, Practice, Qualifier, Region};
use crate::outcome::{Refusal, Trouble};
use crate::settings::{Target, Way};

/// Seconds between two reads of the waits.
const REFRESH: u32 = 60;

/// Which of the lines the page offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lane {
    /// The region's own.
    General,
    /// The clinic's (§3.4).
    Clinic,
    /// The clinician's (§3.4).
    Clinician,
}

/// What is known of a practice and its lines.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Queue {
    /// Once read.
    pub practice: Option<Practice>,
    /// Once read; of every region.
    pub pools: Option<Vec<Pool>>,
    /// Why the practice or the waits are missing.
    pub trouble: Option<Trouble>,
    /// Where the patient is, once told or preset.
    pub region: Option<RegionCode>,
    /// For whom it is.
    pub qualifier: Qualifier,
    /// Why the last attempt to join was refused.
    pub refused: Option<Refusal>,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            practice: None,
            pools: None,
            trouble: None,
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

    /// Whether some clinicians see children only, or adults only, in the region: then it is asked for whom it is.
    pub fn asks_for_whom(&self) -> bool {
        let here = |pool: &&Pool| Some(&pool.region) == self.region.as_ref();
        let mut pools = self.pools.iter().flatten().filter(here);
        pools.any(|pool| pool.for_children != pool.for_adults && pool.for_children)
    }

    /// The shortest wait in seconds and when it was estimated, or why not now; `None` while it is not known.
    pub fn wait(&self, modality: Modality) -> Option<Result<(u32, i64), NotNow>> {
        let pools = self.pools.as_ref()?;
        let region = self.region()?;
        if !region.is_active {
            return Some(Err(NotNow::NoRegion));
        }
        let mut why: Option<&NotNow> = None;
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
                // Of several reasons the one that passes soonest says most.
                Err(reason) => why = Some(why.map_or(reason, |known| nearer(known, reason))),
            }
        }
        Some(best.ok_or_else(|| why.cloned().unwrap_or(NotNow::NoRegion)))
    }

    /// The shortest wait by whichever way, in seconds; for the comparison of ways.
    pub fn shortest(&self) -> Option<u32> {
        Modality::ALL.into_iter().filter_map(|modality| Some(self.wait(modality)?.ok()?.0)).min()
    }
}

fn nearer<'a>(a: &'a NotNow, b: &'a NotNow) -> &'a NotNow {
    let rank = |reason: &NotNow| match reason {
        NotNow::Busy(_) => 0,
        NotNow::Unstaffed => 1,
        NotNow::OffHours => 2,
        NotNow::NoRegion => 3,
    };
    if rank(b) < rank(a) { b } else { a }
}

impl Machine<'_> {
    /// Reads the practice and its waits: for the queue, or beside the times for the comparison of ways.
    pub(super) fn read_queue(&mut self, fresh: bool) {
        let Some(practice) = self.ctx.settings.practice.clone() else { return };
        self.state.queue.trouble = None;
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

    pub(super) fn practice(&mut self, answer: Result<Box<Practice>, Trouble>) {
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
                // One region is no question.
                let queue = &mut self.state.queue;
                if let (None, Some([only])) =
                    (&queue.region, queue.practice.as_ref().map(|p| p.regions.as_slice()))
                {
                    queue.region = Some(only.code.clone());
                }
            }
            Err(trouble) => {
                self.state.queue.trouble = Some(trouble);
                if trouble == Trouble::NotFound {
                    self.diagnose(Finding::UnknownPractice);
                }
            }
        }
        self.show();
    }

    pub(super) fn waits(&mut self, answer: Result<Vec<Pool>, Trouble>) {
        match answer {
            Ok(pools) => self.state.queue.pools = Some(pools),
            // A wait that was true a minute ago is not shown as if it still were.
            Err(trouble) => {
                self.state.queue.pools = None;
                self.state.queue.trouble = self.state.queue.trouble.or(Some(trouble));
            }
        }
        // While an errand is on screen nobody sees the waits.
        if self.ctx.settings.practice.is_some() && !self.state.is_hidden {
            self.later(REFRESH);
        }
        self.show();
    }

    /// The practice has come, or will not.
    pub(super) fn show_queue(&mut self) {
        if self.state.stage != Stage::Loading || self.state.way != Way::OnDemand {
            return;
        }
        if self.state.queue.practice.is_some() && !self.awaits(|purpose| *purpose == Purpose::Waits) {
            if !std::mem::replace(&mut self.state.is_shown, true) {
                self.tell(Notice::Shown { count: 0 });
            }
            self.go(Stage::Queue);
        } else if let (Some(trouble), false) =
            (self.state.queue.trouble, self.awaits(|purpose| *purpose == Purpose::Practice))
            && self.state.queue.practice.is_none()
        {
            self.go(Stage::Unavailable(Why::Trouble(trouble)));
        }
    }

    pub(super) fn pick_region(&mut self, code: RegionCode) {
        self.state.queue.region = Some(code);
        self.state.queue.refused = None;
    }

    /// Joins a line, if there is one that takes somebody now.
    pub(super) fn join(&mut self, modality: Modality, lane: Lane) {
        if let Some((now, practice)) = self.line_to_join(modality, lane) {
            self.out.push(Command::Join(Box::new(now), Box::new(practice)));
        }
    }

    /// The line to join, with its practice, if there is one that takes somebody now.
    fn line_to_join(&mut self, modality: Modality, lane: Lane) -> Option<(Now, Practice)> {
        if self.state.stage != Stage::Queue {
            return None;
        }
        let practice = self.state.queue.practice.clone()?;
        let region = self.state.queue.region()?.clone();
        if !matches!(self.state.queue.wait(modality), Some(Ok(_))) {
            return None;
        }
        let joined = self.line(lane)?;
        (self.state.queue.refused, self.state.lost) = (None, false);
        Some((Now { practice: practice.id.clone(), region, modality, line: joined }, practice))
    }

    /// The line that the page opted in to, once what it stands for is known.
    fn line(&self, lane: Lane) -> Option<Line> {
        let settings = self.ctx.settings;
        match (lane, &settings.target) {
            (Lane::General, _) => Some(Line::General),
            (Lane::Clinic, Target::Departments(names)) if settings.clinic_line => {
                let first = names.first()?;
                let known = self.state.board.departments.iter().find(|known| known.url_name == *first)?;
                Some(Line::Clinic(known.identifier.clone()))
            }
            (Lane::Clinician, Target::Clinicians { npis, .. }) => {
                Some(Line::Clinician(npis.first()?.clone(), settings.clinician_line.clone()?))
            }
            _ => None,
        }
    }

    /// The line does not take the patient after all: back to it, with why, and the waits as they are now.
    pub(super) fn turned_away(&mut self, refusal: Refusal) {
        self.state.queue.refused = Some(refusal);
        self.back_to_line();
    }

    /// Back to where lines are joined, with the waits as they are now.
    pub(super) fn back_to_line(&mut self) {
        self.state.is_hidden = false;
        self.state.way = Way::OnDemand;
        self.state.queue.pools = None;
        self.uncover_queue();
    }

    /// The lines are on screen again; without the practice they are read first.
    pub(super) fn uncover_queue(&mut self) {
        self.go(if self.state.queue.practice.is_some() { Stage::Queue } else { Stage::Loading });
        self.read_queue(true);
        self.show();
    }

    /// Time to look again, at what is on screen.
    pub(super) fn tick(&mut self) {
        if !self.state.is_hidden && !matches!(self.state.stage, Stage::Unavailable(_)) {
            self.order(Order::Queue { fresh: true });
        }
    }

    /// The element has left the page: nothing is read for nobody.
    pub(crate) fn rest_wholly(&mut self) {
        self.cancel(|_| true);
    }

    /// In line the estimate has a timer of its own: the waits are not looked at meanwhile.
    pub(crate) fn rest(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::Tick | Purpose::Waits));
    }
}
