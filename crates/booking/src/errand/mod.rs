//! One thing the patient has come to do, as one pure function: [`step`] takes where it is and what happened, and gives
//! where it is now and what to do. From the press on a time to what came of it; then the visits booked before, and
//! waiting in a line. No clock, no network, no DOM.
//!
//! Only the patient ends an errand. Some promises hold for every sequence of events. A booking is sent again only after
//! a definite refusal, and never after an answer that was unknown or accepted; nor is a cancel sent again that was not
//! answered. A time that a search found is never booked before it was found again. A dependant is booked for only with
//! a record made for them, by somebody who has one. And an answer nobody waits for any more changes nothing.

mod about;
pub(crate) mod choosing;
pub mod command;
mod ending;
pub mod event;
mod listed;
mod my_visits;
pub mod order;
pub mod paying;
pub(crate) mod purpose;
mod records;
mod resolve;
mod sending;
mod signing_in;
pub mod state;
mod waiting;

use command::{Command, ForFinder};
use event::Event;
use order::Order;
use purpose::Purpose;
use state::{Stage, State};

use crate::api::{Answer, Read, Write};
use crate::notice::Notice;
use crate::request::{RequestId, RequestIds};
use crate::settings::Ctx;
use crate::slot::Slots;

/// An errand's machine: carries out an order, and says what it asks for.
pub type Run = fn(&mut State, &Ctx, &mut RequestIds, Order) -> Vec<Command>;

/// The machine: a [`Run`].
pub fn run(state: &mut State, ctx: &Ctx, ids: &mut RequestIds, order: Order) -> Vec<Command> {
    let mut machine = Machine { state, ctx, ids, out: Vec::new() };
    machine.obey(order);
    machine.out
}

/// Stands in for the machine until that is loaded: a [`Run`]. Before the first errand begins it does what the machine
/// does; where the machine is needed, [`crate::journey::state::State::needs_errand`] says so.
#[expect(clippy::needless_pass_by_value, reason = "it is a `Run`")]
pub fn not_here(state: &mut State, _: &Ctx, _: &mut RequestIds, order: Order) -> Vec<Command> {
    match order {
        Order::ChangeSystem(system) => state.system = system,
        Order::Forget => state.persons += 1,
        Order::Take(_)
        | Order::Choose(..)
        | Order::Join(..)
        | Order::MyVisits(_)
        | Order::Resume(..)
        | Order::Know(_)
        | Order::SetAside
        | Order::Rest
        | Order::PutInBrief
        | Order::ShowOutcome(_) => {}
    }
    Vec::new()
}

/// One step of an errand: what it asks for.
pub fn step(state: &mut State, event: Event, ctx: &Ctx, ids: &mut RequestIds) -> Vec<Command> {
    run(state, ctx, ids, Order::Take(event))
}

/// A step while it is being made. Its parts: [`choosing`] begins and ends, [`resolve`] finds a searched time where it can
/// be booked, [`signing_in`] meets the patient, [`sending`] turns a submit into at most one booking, made of [`records`];
/// [`listed`] asks the patient's list of visits about it; [`waiting`] and [`my_visits`] are what comes after.
struct Machine<'a> {
    state: &'a mut State,
    ctx: &'a Ctx<'a>,
    ids: &'a mut RequestIds,
    out: Vec<Command>,
}

impl Machine<'_> {
    fn obey(&mut self, order: Order) {
        match order {
            Order::Take(event) => self.take(event),
            Order::Choose(time, origin) => self.choose(*time, origin),
            Order::Join(now, practice, origin) => self.join(*now, *practice, origin),
            Order::MyVisits(origin) => self.my_visits(origin),
            Order::Resume(slot, origin) => self.resume(&slot, origin),
            Order::Know(directory) => self.know(&directory),
            Order::ChangeSystem(system) => self.change_system(system),
            Order::SetAside => self.set_aside(),
            Order::Rest => self.rest(),
            Order::Forget => self.forget(),
            Order::PutInBrief => self.put_in_brief(),
            Order::ShowOutcome(outcome) => self.show_outcome(*outcome),
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Answered(id, answer) => self.answered(id, answer),
            Event::Token(id, answer) => {
                if let Some(Purpose::Token) = self.state.awaited.settle(id) {
                    self.token(answer);
                }
            }
            Event::Card(id, given) => {
                if let Some(Purpose::Card) = self.state.awaited.settle(id) {
                    self.card(given);
                }
            }
            Event::Ticked(id) => {
                if let Some(Purpose::Tick) = self.state.awaited.settle(id) {
                    self.tick();
                }
            }
            Event::HandedOver(taken) => self.handed_over(taken),
            Event::SignIn | Event::SignedIn => self.sign_in(),
            Event::SignInTaken => self.sign_in_taken(),
            Event::Give(details) => self.give(*details),
            Event::Back => self.back(),
            Event::ChangeTime => self.change_time(),
            Event::ChangeDetails => self.change_details(),
            Event::AcceptTerms(accepted) => self.accept_terms(accepted),
            Event::NeedIssuers => self.need_issuers(),
            Event::CheckCoupon(code) => self.check_coupon(code),
            Event::Submit => self.submit(),
            Event::AskToCancel(visit) => self.ask_to_cancel(visit),
            Event::CancelVisit(reason) => self.cancel_visit(reason),
            Event::Keep => {
                self.keep_visit();
                self.stay();
            }
            Event::AskToLeave => self.ask_to_leave(),
            Event::Leave(reason) => self.leave(reason),
            Event::AfterVisit => self.after_visit(),
            Event::Wake => self.wake(),
            Event::Retry => self.retry(),
        }
    }

    /// An answer: dropped when nobody waits for it, or when it does not fit what was asked.
    fn answered(&mut self, id: RequestId, answer: Answer) {
        let Some(purpose) = self.state.awaited.settle(id) else { return };
        match purpose {
            Purpose::ResolvePlace => {
                if let Answer::Department(answer) = answer {
                    self.resolved_place(answer);
                }
            }
            Purpose::Resolve => {
                if let Answer::Slots(answer) = answer {
                    self.resolved(answer.and_then(Slots::readable));
                }
            }
            Purpose::MailRule => {
                if let Answer::MailRule(rule) = answer {
                    self.state.mail_rule = rule;
                }
            }
            Purpose::Patient => {
                if let Answer::Patient(answer) = answer {
                    self.patient(answer);
                }
            }
            Purpose::Save => {
                if let Answer::Saved(answer) = answer {
                    self.saved(answer);
                }
            }
            Purpose::SaveOther => {
                if let Answer::SavedOther(answer) = answer {
                    self.saved_other(answer);
                }
            }
            Purpose::Match => {
                if let Answer::Slots(answer) = answer {
                    self.matched(answer.and_then(Slots::readable));
                }
            }
            Purpose::Book => {
                if let Answer::Booking(outcome) = answer {
                    self.booked(outcome);
                }
            }
            Purpose::Look => {
                if let Answer::ClinicVisits(answer) = answer {
                    self.looked(answer);
                }
            }
            Purpose::ListBefore => {
                if let Answer::ClinicVisits(answer) = answer {
                    self.listed_before(answer);
                }
            }
            Purpose::Issuers => {
                if let Answer::Issuers(answer) = answer {
                    self.issuers(answer);
                }
            }
            Purpose::Coupon(code) => {
                if let Answer::Coupon(answer) = answer {
                    self.coupon(code, answer);
                }
            }
            Purpose::VisitWait => {
                if let Answer::VisitWait(answer) = answer {
                    self.visit_wait(answer);
                }
            }
            Purpose::Standing => {
                if let Answer::Standing(answer) = answer {
                    self.standing(answer);
                }
            }
            Purpose::CancelRules => {
                if let Answer::CancelRules(answer) = answer {
                    self.cancel_rules(answer);
                }
            }
            Purpose::Leave => {
                if let Answer::Cancelled(answer) = answer {
                    self.left(answer);
                }
            }
            Purpose::ClinicVisits => {
                if let Answer::ClinicVisits(answer) = answer {
                    self.clinic_visits(answer);
                }
            }
            Purpose::VisitPlace => {
                if let Answer::Department(Ok(department)) = answer {
                    self.learn_department(*department);
                }
            }
            Purpose::CancelReasons => {
                if let Answer::CancelReasons(answer) = answer {
                    self.cancel_reasons(answer);
                }
            }
            Purpose::CancelVisit => {
                if let Answer::Cancelled(answer) = answer {
                    self.visit_cancelled(answer);
                }
            }
            // Answered by events of their own.
            Purpose::Token | Purpose::Card | Purpose::Tick => {}
        }
    }

    fn expect(&mut self, purpose: Purpose) -> RequestId {
        let id = self.ids.fresh();
        self.state.awaited.add(id, purpose);
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
        if !self.awaits(|purpose| matches!(purpose, Purpose::Tick)) {
            let id = self.expect(Purpose::Tick);
            self.out.push(Command::Later { id, seconds });
        }
    }

    fn tell(&mut self, notice: Notice) {
        self.out.push(Command::Tell(notice));
    }

    fn tell_finder(&mut self, what: ForFinder) {
        self.out.push(Command::Finder(what));
    }

    /// Stops waiting for some requests.
    fn cancel(&mut self, which: impl Fn(&Purpose) -> bool) {
        let cancelled = self.state.awaited.cancel(which);
        self.out.extend(cancelled.into_iter().map(Command::Cancel));
    }

    fn awaits(&self, which: impl Fn(&Purpose) -> bool) -> bool {
        self.state.awaited.any(which)
    }

    fn go(&mut self, stage: Stage) {
        self.state.stage = stage;
    }
}

#[cfg(test)]
mod tests;
