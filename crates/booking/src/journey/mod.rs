//! The whole state of a widget: a [`finder`], at most one errand in progress, and the outcomes that the patient has
//! not dismissed. [`step`] passes each event to the machine that it is for, and carries messages between the two
//! machines.
//!
//! A new configuration restarts only the finder. The outcome of a submit stays on screen, or in brief above the new
//! times, until the patient dismisses it. Only a `reset()` and the sign-in of another person remove outcomes, but never
//! an unknown one.

#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a machine borrows: its methods by name are not general enough for `FnOnce`"
)]

pub mod command;
pub mod event;
mod outcomes;
pub mod state;

use std::sync::Arc;

use command::Command;
use event::{Change, Event};
use state::State;

use crate::errand::choosing::Origin;
use crate::errand::command::{Command as ErrandCommand, ForFinder};
use crate::errand::event::Event as ErrandEvent;
use crate::errand::order::Order;
use crate::errand::state::Stage;
use crate::finder::command::Command as FinderCommand;
use crate::finder::state::Stage as FinderStage;
use crate::finder::{self, event::Event as FinderEvent, order::Order as FinderOrder};
use crate::ids::RegionCode;
use crate::notice::Notice;
use crate::on_demand::Modality;
use crate::outcome::Refusal;
use crate::request::RequestId;
use crate::schedule::{self, Time};
use crate::settings::{Ctx, Resume};

/// How many times are offered in place of one that cannot be booked.
const NEAREST: usize = 3;

/// Makes one step of the journey, and returns its commands.
pub fn step(state: &mut State, event: Event, ctx: &Ctx) -> Vec<Command> {
    let mut journey = Journey { state, ctx, out: Vec::new() };
    journey.take(event);
    journey.settle_down();
    journey.out
}

/// The data of one step while it is being made. The methods in [`outcomes`] handle the outcomes in brief.
struct Journey<'a> {
    state: &'a mut State,
    ctx: &'a Ctx<'a>,
    out: Vec<Command>,
}

impl Journey<'_> {
    fn take(&mut self, event: Event) {
        let is_idle = self.state.errand.stage.is_idle();
        match event {
            Event::Configure(change) => self.configure(change),
            Event::Resume => self.resume(),
            Event::Answered(id, answer) if self.state.finder.awaits(id) => {
                self.find(FinderEvent::Answered(id, answer));
            }
            Event::Answered(id, answer) => self.run_errand(ErrandEvent::Answered(id, answer)),
            Event::Ticked(id) if self.state.finder.awaits(id) => self.find(FinderEvent::Ticked(id)),
            Event::Ticked(id) => self.run_errand(ErrandEvent::Ticked(id)),
            Event::Choose(time) => self.choose(time),
            Event::Join(modality, line_kind) if is_idle => {
                self.finder(|finder| finder.order(FinderOrder::Join(modality, line_kind)));
            }
            Event::Join(..) => {}
            Event::MyVisits => self.my_visits(),
            Event::Finder(FinderEvent::Take(way)) if !is_idle => {
                // While an errand is on screen, the finder ignores what the patient does, except taking another way,
                // which the screens offer where the chosen time or line cannot be booked.
                if matches!(
                    self.state.errand.stage,
                    Stage::Taken(..) | Stage::Refused(..) | Stage::CallToBook(_)
                ) && !self.state.errand.is_cut_off
                    && way != self.state.finder.way
                    && self.ctx.settings.ways().contains(&way)
                {
                    self.errand(Order::SetAside);
                    self.state.finder.is_hidden = false;
                    // The errand may have begun before the finder showed anything.
                    if self.state.finder.stage == FinderStage::Loading {
                        self.uncover();
                    }
                    self.find(FinderEvent::Take(way));
                }
            }
            Event::Finder(event) => self.find(event),
            Event::Errand(event) => self.run_errand(event),
            Event::Wake if is_idle => self.find(FinderEvent::Wake),
            Event::Wake => self.run_errand(ErrandEvent::Wake),
            Event::Retry if is_idle => self.find(FinderEvent::Retry),
            Event::Retry => self.run_errand(ErrandEvent::Retry),
            Event::Refresh => self.refresh(),
            Event::Reset => self.reset(),
            Event::Removed => self.removed(),
            Event::PutBack => self.put_back(),
            Event::PersonElsewhere(account) => self.person_elsewhere(account),
            Event::CloseOutcome => self.close(),
            Event::ShowOutcome(place) => self.show_outcome(place),
            Event::DismissOutcome(place) => self.dismiss_outcome(place),
        }
    }

    /// Makes a step of the finder, and handles its commands.
    fn find(&mut self, event: FinderEvent) {
        self.finder(|finder| finder.take(event));
    }

    fn finder(&mut self, act: impl FnOnce(&mut finder::Machine<'_>)) {
        let commands = finder::run(&mut self.state.finder, self.ctx, &mut self.state.ids, act);
        self.follow_finder(commands);
    }

    fn follow_finder(&mut self, commands: Vec<FinderCommand>) {
        for command in commands {
            match command {
                FinderCommand::Join(now, practice) => {
                    let origin = self.origin();
                    self.errand(Order::Join(now, practice, origin));
                }
                other => self.out.push(Command::Finder(other)),
            }
        }
    }

    /// Makes a step of the errand, and handles its commands.
    fn run_errand(&mut self, event: ErrandEvent) {
        self.errand(Order::Take(event));
    }

    fn errand(&mut self, order: Order) {
        let (persons, had_met) = (self.state.errand.persons, self.state.errand.person.has_met());
        let commands = (self.ctx.errand)(&mut self.state.errand, self.ctx, &mut self.state.ids, order);
        let is_other = self.state.errand.persons != persons || (!had_met && self.has_met_someone_else());
        self.follow_errand(commands, is_other);
    }

    fn follow_errand(&mut self, commands: Vec<ErrandCommand>, is_someone_else: bool) {
        if !self.state.errand.stage.is_idle() {
            self.state.finder.is_hidden = true;
        }
        if is_someone_else {
            self.forget_whose_outcomes();
        }
        for command in commands {
            match command {
                ErrandCommand::Notify(Notice::Cancelled(visit)) => {
                    self.state.outcomes.retain(|outcome| outcome.stage.visit() != Some(&visit));
                    self.out.push(Command::Errand(ErrandCommand::Notify(Notice::Cancelled(visit))));
                }
                ErrandCommand::Finder(what) => self.for_finder(what),
                ErrandCommand::PutInBrief(stage, people) => self.keep_in_brief(*stage, people),
                other => self.out.push(Command::Errand(other)),
            }
        }
    }

    fn for_finder(&mut self, what: ForFinder) {
        match what {
            ForFinder::TurnedAway(refusal) if self.ctx.settings.practice.is_some() => {
                self.finder(|finder| finder.order(FinderOrder::TurnedAway(refusal)));
            }
            // `TurnedAway` without a practice: the page no longer offers lines, so show the finder.
            ForFinder::ChooseAgain | ForFinder::TurnedAway(_) => self.uncover(),
            ForFinder::Lost => {
                self.state.finder.lost = true;
                self.uncover();
            }
            ForFinder::Forget(time) => self.finder(|finder| finder.forget(&time)),
            ForFinder::ForgetSlot(slot) => self.finder(|finder| finder.forget_slot(&slot)),
            ForFinder::ReadNearest => {
                // If the finder has begun to look elsewhere, keep the nearest times that were known before.
                if !self.state.errand.is_cut_off {
                    self.finder(|finder| finder.read_again());
                }
            }
            ForFinder::Joined => self.finder(|finder| finder.rest()),
            ForFinder::BackToLine => {
                if self.ctx.settings.practice.is_some() {
                    self.finder(|finder| finder.order(FinderOrder::BackToLine));
                } else {
                    self.uncover();
                }
            }
        }
    }

    /// Shows the finder again.
    fn uncover(&mut self) {
        self.finder(|finder| finder.uncover());
    }

    fn origin(&self) -> Origin {
        let board = &self.state.finder.board;
        Origin {
            directory: board.directory.clone(),
            context: board.context.clone(),
            system: self.state.system,
        }
    }

    fn choose(&mut self, time: Box<Time>) {
        let is_idle = self.state.errand.stage.is_idle();
        if is_idle && self.state.finder.stage != FinderStage::Choosing {
            return;
        }
        self.state.finder.lost = false;
        let origin = (is_idle || !self.state.errand.is_cut_off).then(|| self.origin());
        self.errand(Order::Choose(time, origin));
    }

    fn my_visits(&mut self) {
        let can = match self.state.errand.stage {
            Stage::Idle => matches!(self.state.finder.stage, FinderStage::Choosing | FinderStage::Queue),
            _ => true,
        };
        if can {
            let origin = self.origin();
            self.errand(Order::MyVisits(origin));
        }
    }

    /// Handles a new configuration. The errand in progress goes on; an outcome is put in brief if the page now looks
    /// for something else.
    fn configure(&mut self, change: Change) {
        // Do nothing while a booking is being sent, since its outcome must be reported. The widget applies the change
        // after that.
        if self.state.errand.stage.is_sending() {
            return;
        }
        if change.is_elsewhere {
            self.put_in_brief();
            self.state.targets += 1;
        }
        // End an errand whose time was passed to the host page: only the page knows what becomes of that time, and a
        // new configuration is the sign that the page is done with it.
        if matches!(self.state.errand.stage, Stage::HandedOver(_)) {
            self.errand(Order::SetAside);
        }
        if change.is_other_system {
            self.state.system += 1;
        }
        let is_idle = self.state.errand.stage.is_idle();
        self.state.errand.is_cut_off |= !is_idle;
        // The finder's reads end here, so the nearest times are not being read any more.
        self.state.errand.is_reading_nearest = false;
        self.state.finder.is_hidden = !is_idle;
        let names_nobody = self.ctx.settings.target.is_empty();
        let resume = self.unread_resume().filter(|_| is_idle && !names_nobody);
        let line = line_of(resume.as_ref());
        self.finder(|finder| finder.configure(line));
        self.bring_back(resume);
    }

    /// The value of the attribute `resume`, unless this journey has already used it.
    fn unread_resume(&mut self) -> Option<Resume> {
        let resume = self.ctx.settings.resume.clone()?;
        if self.state.resumed.as_ref() == Some(&resume) {
            return None;
        }
        self.state.resumed = Some(resume.clone());
        Some(resume)
    }

    /// Brings back the time or line that the attribute `resume` names, when nothing else has changed.
    fn resume(&mut self) {
        let is_free = self.state.errand.stage.is_idle() && self.state.outcomes.is_empty();
        let Some(resume) = self.unread_resume().filter(|_| is_free) else { return };
        let line = line_of(Some(&resume));
        if line.is_some() {
            self.finder(|finder| finder.begin(line));
        }
        self.bring_back(Some(resume));
    }

    fn bring_back(&mut self, resume: Option<Resume>) {
        match resume {
            Some(Resume::Time(slot)) => {
                let origin = self.origin();
                self.errand(Order::Resume(slot, origin));
            }
            Some(Resume::Lost) => self.state.finder.lost = true,
            // The finder joins the line once the practice is read.
            Some(Resume::OnDemand(..)) | None => {}
        }
    }

    fn refresh(&mut self) {
        match self.state.errand.stage {
            Stage::Taken(..) if !self.state.errand.is_cut_off => self.finder(|finder| finder.read_again()),
            _ => self.find(FinderEvent::Refresh),
        }
    }

    /// Runs at the end of every step: carries out a reset that waited for the outcome of a booking, hides outcomes from
    /// people who have signed in elsewhere on the page, makes the times again if necessary, and updates what the errand
    /// copies from the finder. If no errand is in progress, tells the errand's machine about a change of the environment
    /// instead.
    fn settle_down(&mut self) {
        if !self.state.errand.stage.is_sending() {
            // The page asked for the reset before there was an outcome, so the outcome is kept, in brief.
            if std::mem::take(&mut self.state.is_reset_held) {
                self.reset_but_outcome();
            }
        }
        if !self.state.errand.is_busy() {
            self.hide_from_others();
        }
        self.state.finder.board.keep_times(self.ctx.zones);
        if self.state.errand.stage.is_idle() {
            let system = self.state.system;
            if self.state.errand.system != system {
                self.errand_keeping_outcomes(Order::ChangeSystem(system));
            }
            return;
        }
        if self.state.errand.is_cut_off {
            return;
        }
        let directory = self.state.finder.board.directory.clone();
        self.errand(Order::Know(directory));
        if let Stage::Taken(lost, refusal) = &self.state.errand.stage {
            let board = &self.state.finder.board;
            let is_reading = board.reading;
            let nearest = if is_reading { Vec::new() } else { nearest(board.all_times(), lost, *refusal) };
            (self.state.errand.is_reading_nearest, self.state.errand.nearest) = (is_reading, nearest);
        }
    }
}

/// The times to offer in place of one that cannot be booked. After "double-booked", no other time at the same
/// instant is offered.
fn nearest(times: &[Arc<Time>], lost: &Time, refusal: Refusal) -> Vec<Time> {
    let is_other = |time: &&Arc<Time>| {
        !time.same_choice(lost) && (refusal != Refusal::DoubleBooked || time.at() != lost.at())
    };
    let times: Vec<Arc<Time>> = times.iter().filter(is_other).cloned().collect();
    schedule::nearest(&times, lost.at(), NEAREST)
}

fn line_of(resume: Option<&Resume>) -> Option<(RegionCode, Modality)> {
    match resume {
        Some(Resume::OnDemand(region, modality)) => Some((region.clone(), *modality)),
        Some(Resume::Time(_) | Resume::Lost) | None => None,
    }
}

impl State {
    /// Whether an answer to this request still changes anything.
    pub fn awaits(&self, id: RequestId) -> bool {
        self.finder.awaits(id) || self.errand.awaits(id)
    }
}

#[cfg(test)]
mod tests;
