//! An errand is one thing that the patient wants to do. This module is its state machine, as one pure function:
//! [`step`] takes the state and an event, changes the state and returns commands. It covers a booking from the
//! press on a time to its outcome, then the list of visits, and waiting in a line. It uses no clock, no network
//! and no DOM.
//!
//! These guarantees hold for every sequence of events. A booking is sent again only after a definite refusal, and
//! never after an outcome that is unknown or confirmed. A cancel that got no answer is not sent again. A time from a
//! search is booked only after it was found in a list from which it can be booked. A dependant is booked only with a
//! record made for them, and by an account holder who has a record. An answer whose id is not awaited changes nothing.
//!
//! # Example
//!
//! Marta Okafor presses a time before she has signed in.
//!
//! ```
//! use booking::api::{Answer, Read};
//! use booking::errand::{self, command::Command, event::{Event, TokenAnswer}, order::Order};
//! use booking::errand::state::{SignInPhase, Stage, State};
//! use booking::ids::PatientGuid;
//! use booking::patient::Patient;
//! use booking::request::RequestIds;
//! # use booking::ids::{DepartmentIdentifier, Npi, ProviderId, SlotId, VisitType, VisitTypeId, Zone};
//! # use booking::schedule::Time;
//! # use booking::settings::{Ctx, Settings};
//! # use booking::slot::{Slot, Source};
//! # use booking::time::{Moment, Zones};
//! # struct Seattle;
//! # impl Zones for Seattle {
//! #     fn offset(&self, _: &Zone, _: i64) -> Option<i32> { Some(-8 * 3600) }
//! # }
//! # let now = Moment::parse("2026-12-07T09:00:00-08:00").ok_or("no instant")?;
//! # let at = Moment::parse("2026-12-08T15:40:00-08:00").ok_or("no instant")?;
//! # let slot = Slot {
//! #     id: Some(SlotId::new("c2xvdA==")),
//! #     source: Source::Department,
//! #     npi: Npi::from_wire("1234567893"),
//! #     provider: ProviderId::new("32261"),
//! #     place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
//! #     visit_type: VisitType::new("FluShot"),
//! #     visit_type_id: VisitTypeId::new("4401"),
//! #     minutes: 20,
//! #     at,
//! # };
//! # let time = Time { slots: vec![slot], local: at.local(), offset: at.offset, zone: None };
//! # let settings = Settings::default();
//! # let (today, zones) = (now.local().date(), &Seattle);
//! # let ctx = Ctx { now: now.at, today, zones, settings: &settings, errand: errand::run, ways: None };
//!
//! let (mut state, mut ids) = (State::default(), RequestIds::default());
//! let commands = errand::run(&mut state, &ctx, &mut ids, Order::Choose(Box::new(time), None));
//! let [.., Command::AskToken { id }] = commands[..] else { return Err("no token is asked for") };
//! assert!(matches!(state.stage, Stage::SignIn(_, SignInPhase::Asking)));
//!
//! let commands = errand::step(&mut state, Event::Token(id, TokenAnswer::None), &ctx, &mut ids);
//! let [Command::InviteSignIn { id }] = commands[..] else { return Err("the page is not asked") };
//! assert!(matches!(state.stage, Stage::SignIn(_, SignInPhase::Waiting)));
//!
//! // She has signed in. The machine gets a number for the token, never the token itself.
//! let commands = errand::step(&mut state, Event::Token(id, TokenAnswer::Held(1)), &ctx, &mut ids);
//! let [Command::Read { id, read: Read::Patient, .. }] = commands[..] else { return Err("no read") };
//! assert!(matches!(state.stage, Stage::SignIn(_, SignInPhase::Reading)));
//!
//! let marta = Patient { guid: PatientGuid::new("2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0"), links: Vec::new() };
//! errand::step(&mut state, Event::Answered(id, Answer::Patient(Ok(Box::new(marta)))), &ctx, &mut ids);
//! assert!(matches!(state.stage, Stage::Patient(_)));
//! # Ok::<(), &str>(())
//! ```

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

/// The type of the function that is the errand's machine: it carries out an order, and returns the errand's
/// commands.
pub type Run = fn(&mut State, &Ctx, &mut RequestIds, Order) -> Vec<Command>;

/// The errand's machine; a [`Run`].
pub fn run(state: &mut State, ctx: &Ctx, ids: &mut RequestIds, order: Order) -> Vec<Command> {
    let mut machine = Machine { state, ctx, ids, out: Vec::new() };
    machine.obey(order);
    machine.out
}

/// Replaces the machine until the part of the wasm that contains it is loaded; a [`Run`]. Before the first errand
/// begins, it does the same as the machine. [`crate::journey::state::State::needs_errand`] says when the machine itself
/// is needed.
#[expect(clippy::needless_pass_by_value, reason = "it is a `Run`")]
pub fn not_here(state: &mut State, _: &Ctx, _: &mut RequestIds, order: Order) -> Vec<Command> {
    match order {
        Order::ChangeSystem(system) => (state.system, state.persons) = (system, state.persons + 1),
        Order::Forget | Order::Rest => state.persons += 1,
        Order::Take(_)
        | Order::Choose(..)
        | Order::Join(..)
        | Order::MyVisits(_)
        | Order::Resume(..)
        | Order::Know(_)
        | Order::SetAside
        | Order::PutInBrief
        | Order::ShowOutcome(..) => {}
    }
    Vec::new()
}

/// Makes one step of an errand, and returns its commands.
pub fn step(state: &mut State, event: Event, ctx: &Ctx, ids: &mut RequestIds) -> Vec<Command> {
    run(state, ctx, ids, Order::Take(event))
}

/// The data of one step while it is being made. The methods are in these modules: [`choosing`] begins an errand
/// and goes back from it, [`resolve`] finds a time from a search in a list from which it can be booked,
/// [`signing_in`] reads the patient, [`paying`] handles insurers, coupons and cards, [`records`] makes the patient
/// records, [`sending`] turns a submit into at most one booking, [`listed`] looks up the booking in the patient's list
/// of visits, [`waiting`] and [`my_visits`] handle what follows a booking, and [`ending`] ends an errand.
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
            Order::ShowOutcome(outcome, people) => self.show_outcome(*outcome, people),
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
                    self.end_pause();
                }
            }
            Event::HandedOver(taken) => self.handed_over(taken),
            Event::SignIn | Event::SignedIn => self.sign_in(),
            Event::SignInTaken => self.sign_in_taken(),
            Event::Give(details) => self.give(*details),
            Event::Back => self.back(),
            Event::ChangeTime => self.change_time(),
            Event::ChangeDetails => self.change_details(),
            Event::Edit => self.edit(),
            Event::QuestionsChanged => self.questions_changed(),
            Event::TenantChanged => self.tenant_changed(),
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

    /// Handles an answer. Ignores it if its id is not awaited, or if it is not of the kind that the request asks for.
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
            Purpose::VisitStatus => {
                if let Answer::VisitStatus(answer) = answer {
                    self.take_status(answer);
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
            // These requests are answered by other events, not by `Answered`.
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

    /// Asks the host page to sign the patient in; the page may answer with a token. Asks only once for each press
    /// that needs a token: otherwise a page that answers at once with no token, or with one that the system refuses,
    /// would be asked forever.
    fn invite_sign_in(&mut self) {
        if !std::mem::replace(&mut self.state.invited, true) {
            let id = self.expect(Purpose::Token);
            self.out.push(Command::InviteSignIn { id });
        }
    }

    /// Starts a timer, unless one is running.
    fn later(&mut self, seconds: u32) {
        if !self.awaits(|purpose| matches!(purpose, Purpose::Tick)) {
            let id = self.expect(Purpose::Tick);
            self.out.push(Command::Later { id, seconds });
        }
    }

    fn notify(&mut self, notice: Notice) {
        self.out.push(Command::Notify(notice));
    }

    fn send_to_finder(&mut self, what: ForFinder) {
        self.out.push(Command::Finder(what));
    }

    /// Cancels the requests that `which` selects.
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
