//! The beginning: of a page's configuration, of each of its ways to be seen, and of a second try; up to the first view.

use super::Machine;
use super::command::Notice;
use super::state::{Board, Purpose, Resume, Stage, State, Target, Way, Why};
use crate::outcome::Trouble;

impl Machine<'_> {
    /// A new configuration.
    pub(super) fn configure(&mut self) {
        if matches!(self.state.stage, Stage::Sending(..)) {
            return;
        }
        self.state.shown = false;
        self.state.told.clear();
        // Once: another configuration of the same page is no return from a sign-in.
        let resume =
            self.ctx.settings.resume.clone().filter(|resume| self.state.resumed.as_ref() != Some(resume));
        self.begin(resume);
    }

    pub(super) fn start(&mut self) {
        self.begin(None);
    }

    fn begin(&mut self, resume: Option<Resume>) {
        // A booking on its way has an outcome that somebody must be told; there is no beginning again under it.
        if matches!(self.state.stage, Stage::Sending(..)) {
            return;
        }
        self.cancel(|_| true);
        let cut_off = self.being_cancelled();
        let State { last_id, attempts, persons, shown, ref mut told, ref mut unanswered, .. } = self.state;
        let (told, mut unanswered) = (std::mem::take(told), std::mem::take(unanswered));
        unanswered.extend(cut_off);
        let resumed = resume.clone().or(self.state.resumed.take());
        let persons = persons + 1;
        self.state =
            State { last_id, attempts, persons, shown, told, unanswered, resumed, ..State::default() };
        if self.ctx.settings.target.is_empty() {
            self.go(Stage::Unavailable(Why::Misconfigured));
            return;
        }
        self.state.way = self.ctx.settings.ways().first().copied().unwrap_or_default();
        if let Some(resume) = &resume {
            self.resume_line(resume);
        }
        self.begin_way();
        if let Some(resume) = resume {
            self.resume(resume);
        }
    }

    /// Begins to look for what the way on screen offers, and beside it for what the others have.
    pub(super) fn begin_way(&mut self) {
        let settings = self.ctx.settings;
        // Only what is read for the patient, and the one timer, outlives what was on screen.
        self.cancel(|purpose| {
            !matches!(
                purpose,
                Purpose::Tick
                    | Purpose::Practice
                    | Purpose::Waits
                    | Purpose::MailRule
                    | Purpose::Issuers
                    | Purpose::Coupon(_)
            )
        });
        let target = match (self.state.way, &settings.nearby) {
            (Way::Nearby, Some(search)) => Target::Near(search.clone()),
            _ => settings.target.clone(),
        };
        // Where the patient looked before, they look again.
        let target = match (target, &self.state.sought) {
            (Target::Near(_), Some(sought)) => Target::Near(sought.clone()),
            (target, _) => target,
        };
        let before = std::mem::take(&mut self.state.board);
        let (mail_rule, around, clinic) = (before.mail_rule, before.around, before.clinic);
        let clinic = clinic.filter(|_| matches!(target, Target::Brand(_)));
        let days_shown = settings.days;
        self.state.board = Board { days_shown, target, mail_rule, around, clinic, ..Board::default() };
        self.go(Stage::Loading);
        if self.state.way == Way::OnDemand {
            self.read_queue(false);
            self.read_line_owner();
            self.show();
            return;
        }
        self.state.board.visit_type = settings.visit_types.first().cloned();
        self.read_slots(false);
        match self.state.board.target.clone() {
            Target::Departments(names) => self.read_departments(&names),
            Target::Clinicians { npis, departments, .. } => {
                self.read_clinicians(&npis);
                self.read_departments(&departments);
            }
            Target::Near(_) | Target::Brand(_) => self.read_brand(),
            Target::OnDemand => {}
        }
        if settings.practice.is_some() {
            self.read_queue(false);
        }
        self.show();
    }

    /// Moves on from `Loading` as soon as there is something to show, or nothing left to wait for.
    pub(super) fn show(&mut self) {
        if self.state.stage == Stage::Loading
            && self.state.rejoin.is_some()
            && self.state.queue.practice.is_some()
        {
            return self.rejoin();
        }
        if self.state.way == Way::OnDemand {
            self.show_queue();
        } else if self.state.stage == Stage::Loading {
            if self.asks_where() {
                self.go(Stage::Choosing);
            } else if self.tell_shown() {
                self.go(Stage::Choosing);
                // The first look is on screen: now is the time to look further, and at the other ways.
                self.look_further();
                self.glimpse();
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

    /// The patient has to say where they are before anything can be looked for.
    pub(super) fn asks_where(&self) -> bool {
        matches!(&self.state.board.target, Target::Near(search) if search.around.is_none())
    }

    /// Tells the host page once that times are on screen; `false` when there are none.
    pub(super) fn tell_shown(&mut self) -> bool {
        let count = self.state.board.times(self.ctx.zones).len();
        if count > 0 && !std::mem::replace(&mut self.state.shown, true) {
            self.tell(Notice::Shown { count });
        }
        count > 0
    }
}
