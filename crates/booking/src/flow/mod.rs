//! The journey as one pure function: [`step`] takes where it stands and what happened, and gives where it stands now
//! and what to do. No clock, no network, no DOM: so every path can be walked in a test.
//!
//! Some promises hold for every sequence of events. A booking is sent again only after a definite refusal, and never
//! after an answer that was unknown or accepted; nor is a cancel sent again that was not answered. A time that a search
//! found is never booked before it was found again. A dependant is booked for only with a record made for them, by
//! somebody who has one. And an answer nobody waits for any more changes nothing.

mod beginning;
mod board;
pub mod command;
mod directory;
pub mod errand;
pub mod event;
mod journey;
pub mod paying;
mod purpose;
pub mod queue;
mod records;
mod resolve;
mod search;
mod sending;
pub mod settings;
pub mod state;
mod times;
mod visits;
mod waiting;

use crate::api::Answer;
use crate::api::{Read, Write};
use command::{Command, Finding, Notice, RequestId};
use event::Event;
use state::{Ctx, Purpose, Stage, State};

use crate::search::Around;

/// One step of the journey.
pub fn step(state: State, event: Event, ctx: &Ctx) -> (State, Vec<Command>) {
    let mut machine = Machine { state, ctx, out: Vec::new() };
    machine.take(event);
    (machine.state, machine.out)
}

/// A step while it is being made. Its parts: [`beginning`] sets out, [`times`], [`search`] and [`directory`] fill the
/// board, [`queue`] the lines; [`journey`] walks the steps, [`resolve`] finds a searched time where it can be booked,
/// [`sending`] turns a submit into at most one booking, made of [`records`]; [`waiting`] and [`visits`] are what comes
/// after.
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
            Event::SignInTaken => self.sign_in_taken(),
            Event::Take(way) => self.take_way(way),
            Event::Seek(text) => self.seek(&text),
            Event::SeekPoint(latitude, longitude) => {
                if let Some(around) = Around::point(latitude, longitude) {
                    self.look_around(around);
                }
            }
            Event::Refine(search) => self.refine(search),
            Event::PickClinic(clinic) => self.state.board.clinic = clinic,
            Event::PickRegion(code) => self.pick_region(code),
            Event::ForWhom(qualifier) => self.state.queue.qualifier = qualifier,
            Event::Join(modality, lane) => self.join(modality, lane),
            Event::AcceptTerms(accepted) => self.accept_terms(accepted),
            Event::NeedIssuers => self.need_issuers(),
            Event::CheckCoupon(code) => self.check_coupon(code),
            Event::Card(id, given) => {
                if self.settle(id) == Some(Purpose::Card) {
                    self.card(given);
                }
            }
            Event::Ticked(id) => {
                if self.settle(id) == Some(Purpose::Tick) {
                    self.tick();
                }
            }
            Event::MyVisits => self.my_visits(),
            Event::AskToCancel(visit) => self.ask_to_cancel(visit),
            Event::CancelVisit(reason) => self.cancel_visit(reason),
            Event::Keep => {
                self.keep_visit();
                self.stay();
            }
            Event::AskToLeave => self.ask_to_leave(),
            Event::Leave(reason) => self.leave(reason),
            Event::AfterVisit => self.after_visit(),
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
            (Purpose::SaveOther, Answer::SavedOther(answer)) => self.saved_other(answer),
            (Purpose::Match, Answer::Slots(answer)) => self.matched(answer),
            (Purpose::Book, Answer::Booking(outcome)) => self.booked(outcome),
            (Purpose::Look, Answer::ClinicVisits(answer)) => self.looked(answer),
            (Purpose::Brand, Answer::Departments(answer)) => self.brand(answer),
            (Purpose::Options { whose, from }, Answer::Found(answer)) => self.found(whose, from, answer),
            (Purpose::Glimpse, Answer::Found(answer)) => self.glimpsed(answer),
            (Purpose::ResolvePlace, Answer::Department(answer)) => self.resolved_place(answer),
            (Purpose::Resolve, Answer::Slots(answer)) => self.resolved(answer),
            (Purpose::Practice, Answer::Practice(answer)) => self.practice(answer),
            (Purpose::Waits, Answer::Waits(answer)) => self.waits(answer),
            (Purpose::Issuers, Answer::Issuers(answer)) => self.issuers(answer),
            (Purpose::Coupon(code), Answer::Coupon(answer)) => self.coupon(code, answer),
            (Purpose::VisitWait, Answer::VisitWait(answer)) => self.visit_wait(answer),
            (Purpose::Standing, Answer::Standing(answer)) => self.standing(answer),
            (Purpose::CancelRules, Answer::CancelRules(answer)) => self.cancel_rules(answer),
            (Purpose::ClinicVisits, Answer::ClinicVisits(answer)) => self.clinic_visits(answer),
            (Purpose::CancelReasons, Answer::CancelReasons(answer)) => self.cancel_reasons(answer),
            (Purpose::Cancel, Answer::Cancelled(answer)) => match self.state.stage {
                Stage::Visits(_) => self.visit_cancelled(answer),
                _ => self.left(answer),
            },
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

    fn ask_token(&mut self) {
        let id = self.expect(Purpose::Token);
        self.out.push(Command::AskToken { id });
    }

    /// Tells the host that somebody has to sign in; it may answer with a token. Once for each press: a host that answers
    /// at once with none, or with one that is refused, would be asked without end.
    fn invite_sign_in(&mut self) {
        if !std::mem::replace(&mut self.state.invited, true) {
            let id = self.expect(Purpose::Token);
            self.out.push(Command::InviteSignIn { id });
        }
    }

    /// One timer at most.
    fn later(&mut self, seconds: u32) {
        if !self.awaits(|purpose| *purpose == Purpose::Tick) {
            let id = self.expect(Purpose::Tick);
            self.out.push(Command::Later { id, seconds });
        }
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
