//! The journey as one pure function: [`step`] takes where it stands and what happened, and gives where it stands now
//! and what to do. No clock, no network, no DOM: so every path can be walked in a test.
//!
//! Two promises hold for every sequence of events. A booking is sent again only after a definite refusal, and never
//! after an answer that was unknown or accepted; and an answer nobody waits for any more changes nothing.

mod board;
pub mod command;
mod directory;
pub mod event;
mod journey;
pub mod outcome;
mod sending;
pub mod state;
mod times;

use command::{Command, Finding, Notice, Read, RequestId, Write};
use event::{Answer, Event};
use state::{Ctx, Purpose, Stage, State};

/// One step of the journey.
pub fn step(state: State, event: Event, ctx: &Ctx) -> (State, Vec<Command>) {
    let mut machine = Machine { state, ctx, out: Vec::new() };
    machine.take(event);
    (machine.state, machine.out)
}

/// A step while it is being made. Its parts: [`times`] and [`directory`] fill the board, [`journey`] walks the steps, [`sending`]
/// turns a submit into at most one booking.
struct Machine<'a> {
    state: State,
    ctx: &'a Ctx<'a>,
    out: Vec<Command>,
}

impl Machine<'_> {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start => self.configure(),
            Event::Answered(id, answer) => self.answered(id, answer),
            Event::Token(id, answer) => {
                if self.settle(id) == Some(Purpose::Token) {
                    self.token(answer);
                }
            }
            Event::PickType(visit_type) => self.pick_type(visit_type),
            Event::Narrow(filter) => {
                self.state.board.filter = filter;
                self.state.board.days_shown = self.ctx.settings.days;
                self.look_further();
            }
            Event::More => self.more(),
            Event::Wake => self.wake(),
            Event::Reset => self.reset(),
            Event::Submit => self.submit(),
            Event::Choose(time) => self.choose(*time),
            Event::HandedOver(taken) => self.handed_over(taken),
            Event::SignIn | Event::SignedIn => self.sign_in(),
            Event::Give(details) => self.give(*details),
            Event::Back => self.back(),
            Event::ChangeTime => self.change_time(),
            Event::ChangeDetails => self.change_details(),
            Event::Retry => self.retry(),
            Event::Refresh => self.refresh(),
        }
    }

    /// An answer: dropped when nobody waits for it, or when it does not fit what was asked.
    fn answered(&mut self, id: RequestId, answer: Answer) {
        let Some(purpose) = self.settle(id) else { return };
        match (purpose, answer) {
            (Purpose::Department(key), Answer::Department(answer)) => self.department(key, answer),
            (Purpose::Clinician(npi), Answer::Clinician(answer)) => self.clinician(&npi, answer),
            (Purpose::DepartmentSlots(url_name), Answer::Slots(answer)) => {
                self.department_slots(&url_name, answer);
            }
            (Purpose::ClinicianSlots(npi, from, to), Answer::Slots(answer)) => {
                self.clinician_slots(&npi, from, to, answer);
            }
            (Purpose::Lookahead, Answer::Lookahead(answer)) => self.lookahead(answer),
            (Purpose::MailRule, Answer::MailRule(rule)) => self.state.board.mail_rule = rule,
            (Purpose::Patient, Answer::Patient(answer)) => self.patient(answer),
            (Purpose::Save, Answer::Saved(answer)) => self.saved(answer),
            (Purpose::Match, Answer::Slots(answer)) => self.matched(answer),
            (Purpose::Book, Answer::Booking(outcome)) => self.booked(outcome),
            _ => {}
        }
    }

    /// Takes a request off the list of awaited ones.
    fn settle(&mut self, id: RequestId) -> Option<Purpose> {
        let place = self.state.pending.iter().position(|(pending, _)| *pending == id)?;
        Some(self.state.pending.remove(place).1)
    }

    fn expect(&mut self, purpose: Purpose) -> RequestId {
        self.state.last_id += 1;
        let id = RequestId(self.state.last_id);
        self.state.pending.push((id, purpose));
        id
    }

    fn read(&mut self, purpose: Purpose, read: Read, fresh: bool) {
        let id = self.expect(purpose);
        self.out.push(Command::Read { id, read, fresh });
    }

    fn write(&mut self, purpose: Purpose, write: Write) {
        let id = self.expect(purpose);
        self.out.push(Command::Write { id, write });
    }

    fn ask_token(&mut self, refused: bool) {
        let id = self.expect(Purpose::Token);
        self.out.push(Command::AskToken { id, refused });
    }

    fn tell(&mut self, notice: Notice) {
        self.out.push(Command::Tell(notice));
    }

    /// Tells the page's owner, each finding once a configuration: times are read again and again.
    fn diagnose(&mut self, finding: Finding) {
        if !self.state.told.contains(&finding) {
            self.state.told.push(finding.clone());
            self.tell(Notice::Diagnose(finding));
        }
    }

    /// Stops waiting for some requests.
    fn cancel(&mut self, which: impl Fn(&Purpose) -> bool) {
        let out = &mut self.out;
        self.state.pending.retain(|(id, purpose)| {
            let goes = which(purpose);
            if goes {
                out.push(Command::Cancel(*id));
            }
            !goes
        });
    }

    fn awaits(&self, which: impl Fn(&Purpose) -> bool) -> bool {
        self.state.pending.iter().any(|(_, purpose)| which(purpose))
    }

    fn go(&mut self, stage: Stage) {
        self.state.stage = stage;
    }
}

#[cfg(test)]
mod tests;
