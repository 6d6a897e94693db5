//! From a chosen time to a review: the routes out, signing in, the patient's record, and the ways back.

use super::Machine;
use super::command::{Command, Finding, Notice};
use super::event::{TokenAnswer, same_person};
use super::state::{Errand, Person, Purpose, Route, SendingPhase, SignInPhase, Stage, Way, Why};
use crate::api::Read;
use crate::outcome::Trouble;
use crate::patient::{Details, Patient};
use crate::payment::Payment;
use crate::schedule::Time;
use crate::time::parse_iso_date;

impl Machine<'_> {
    pub(super) fn choose(&mut self, time: Time) {
        if !matches!(self.state.stage, Stage::Choosing | Stage::Taken(..) | Stage::GivenAway(_)) {
            return;
        }
        (self.state.lost, self.state.brought_back) = (false, false);
        let source = time.slot().source;
        match self.ctx.settings.route {
            Route::Inline if source.is_search() => self.resolve(time),
            Route::Inline => self.begin_booking(Errand::Time(time)),
            // The link cannot carry a clinician, but it can repeat a search.
            Route::Link => match (self.hand_off_name(&time), &self.state.board.context) {
                (name, Some(context)) if source.is_search() => {
                    let context = Some(context.clone());
                    self.out.push(Command::HandOff(Box::new(time), name, context));
                }
                (name @ Some(_), _) if !source.names_clinician() => {
                    self.out.push(Command::HandOff(Box::new(time), name, None));
                }
                _ => self.hand_over(time),
            },
            Route::Event => self.hand_over(time),
        }
    }

    pub(super) fn hand_off_name(&self, time: &Time) -> Option<crate::ids::UrlName> {
        let board = &self.state.board;
        let known = || board.department(time.place()).map(|known| &known.url_name);
        board.url_name(time.place()).or_else(known).cloned()
    }

    pub(super) fn hand_over(&mut self, time: Time) {
        self.out.push(Command::HandOver(Box::new(time.clone())));
        self.go(Stage::GivenAway(Box::new(time)));
    }

    pub(super) fn handed_over(&mut self, taken: bool) {
        if let (false, Stage::GivenAway(time)) = (taken, &self.state.stage) {
            let time = time.clone();
            self.tell(Notice::Diagnose(Finding::NobodyListens));
            self.go(Stage::Unavailable(Why::CallToBook(Box::new(Errand::Time(*time)))));
        }
    }

    /// A second choice, after the first was taken, goes straight to the review: everything is known by then.
    pub(super) fn begin_booking(&mut self, errand: Errand) {
        let person = &self.state.person;
        // What one person entered is not shown under a token whose owner is not known yet.
        let is_met = person.session.is_some() && person.session == person.met_in;
        // How one pays for a time is not how one pays for a line.
        self.state.invited = false;
        if is_met && self.holds_for(&errand) {
            self.go(Stage::Review(Box::new(errand), None));
            return;
        }
        if self.state.board.mail_rule.is_none() && !self.awaits(|purpose| *purpose == Purpose::MailRule) {
            self.read(Purpose::MailRule, Read::MailRule, false);
        }
        self.go(Stage::SignIn(Box::new(errand), SignInPhase::Asking));
        self.ask_token();
    }

    /// Whether the details given hold for this errand too: the way of paying must be one that it takes, and the patient
    /// of an age that it is for.
    fn holds_for(&self, errand: &Errand) -> bool {
        let Some(details) = &self.state.person.details else { return false };
        let taken = super::paying::methods(&self.state, self.ctx.settings, errand);
        let is_of_age = errand.time().is_none_or(|time| {
            let birth = parse_iso_date(&details.demographics.birth_date);
            let ages = self.state.board.ages(time);
            ages.zip(birth).is_none_or(|(ages, birth)| ages.admits(birth, time.local.date()))
        });
        taken.contains(&details.payment.method()) && is_of_age && self.is_coupon_good()
    }

    pub(super) fn sign_in(&mut self) {
        // Also while a first answer is still awaited: a pop-up that was closed may never answer.
        match &self.state.stage {
            Stage::SignIn(_, SignInPhase::Reading) => return,
            Stage::SignIn(errand, _) => {
                let errand = errand.clone();
                self.go(Stage::SignIn(errand, SignInPhase::Asking));
            }
            Stage::Sending(_, SendingPhase::Token, _) => {}
            _ => return,
        }
        self.cancel(|purpose| *purpose == Purpose::Token);
        self.state.invited = false;
        self.ask_token();
    }

    /// The host page shows a sign-in of its own; ours only waits for it.
    pub(super) fn sign_in_taken(&mut self) {
        if let Stage::SignIn(errand, SignInPhase::Waiting | SignInPhase::Expired) = &self.state.stage {
            let errand = errand.clone();
            self.go(Stage::SignIn(errand, SignInPhase::Asking));
        }
    }

    pub(super) fn token(&mut self, answer: TokenAnswer) {
        match answer {
            TokenAnswer::NotText => self.tell(Notice::Diagnose(Finding::TokenNotText)),
            TokenAnswer::Failed => self.tell(Notice::Diagnose(Finding::TokenFailed)),
            TokenAnswer::Held(_) | TokenAnswer::None => {}
        }
        match (&self.state.stage, answer) {
            (Stage::SignIn(time, _), TokenAnswer::Held(session)) => {
                let time = time.clone();
                // The same token that a read was just refused with will be refused again.
                if self.state.person.session.replace(session) == Some(session) && self.state.person.refused {
                    self.state.person.session = None;
                    self.go(Stage::SignIn(time, SignInPhase::Expired));
                    self.invite_sign_in();
                    return;
                }
                self.go(Stage::SignIn(time, SignInPhase::Reading));
                self.read(Purpose::Patient, Read::Patient, true);
            }
            (Stage::SignIn(time, _), _) => {
                let phase = if self.state.person.session.is_some() {
                    SignInPhase::Expired
                } else {
                    SignInPhase::Waiting
                };
                let time = time.clone();
                self.go(Stage::SignIn(time, phase));
                self.invite_sign_in();
            }
            (Stage::Sending(..), answer) => self.sending_token(answer),
            (Stage::Waiting(_), answer) => self.renewed(answer),
            _ => {}
        }
    }

    /// The account's record has been read, or not.
    pub(super) fn patient(&mut self, answer: Result<Box<Patient>, Trouble>) {
        let time = match &self.state.stage {
            Stage::SignIn(time, SignInPhase::Reading) => time.clone(),
            Stage::Sending(..) => return self.reread(answer),
            _ => return,
        };
        match answer {
            Ok(patient) => {
                self.meet_patient(Some(*patient));
                self.arrive(time);
            }
            // A fresh account: the form starts empty and the record is made before the booking.
            Err(Trouble::NotFound) => {
                self.meet_patient(None);
                self.arrive(time);
            }
            Err(Trouble::SignedOut) if !self.state.person.refused => {
                self.state.person.refused = true;
                self.go(Stage::SignIn(time, SignInPhase::Asking));
                self.ask_token();
            }
            Err(Trouble::SignedOut) => {
                self.state.person.session = None;
                self.go(Stage::SignIn(time, SignInPhase::Expired));
                self.invite_sign_in();
            }
            Err(trouble) => self.go(Stage::SignIn(time, SignInPhase::Failed(trouble))),
        }
    }

    /// Takes over a record; another person's drops what the one before entered.
    pub(super) fn meet_patient(&mut self, patient: Option<Patient>) -> bool {
        let person = &mut self.state.person;
        let same = match (&person.patient, &patient) {
            (Some(before), Some(now)) => before.guid == now.guid,
            // Without a record there is only the token to go by; under it, one that is there by now is the same person's.
            (None, _) => match (person.session, person.met_in) {
                (Some(now), Some(before)) => same_person(now, before),
                (now, before) => now == before,
            },
            (Some(_), None) => false,
        };
        let met_before = person.met_in.is_some();
        let session = person.session;
        if met_before && !same {
            *person = Person::default();
            self.state.persons += 1;
            // Nor what the one before had booked, or was having checked.
            (self.state.before, self.state.given) = (None, false);
            self.cancel(|purpose| matches!(purpose, Purpose::Coupon(_)));
        }
        let person = &mut self.state.person;
        person.session = session;
        person.met_in = session;
        person.refused = false;
        person.patient = patient;
        !met_before || same
    }

    fn arrive(&mut self, errand: Box<Errand>) {
        if *errand == Errand::Visits {
            return self.read_visits();
        }
        let stage =
            if self.holds_for(&errand) { Stage::Review(errand, None) } else { Stage::Patient(errand) };
        self.go(stage);
    }

    pub(super) fn give(&mut self, details: Details) {
        if let Stage::Patient(errand) = &self.state.stage {
            let errand = errand.clone();
            let coupon = if let Payment::Coupon(code) = &details.payment { Some(code.clone()) } else { None };
            self.state.person.details = Some(details);
            self.state.given = false;
            if self.is_coupon_good() {
                self.go(Stage::Review(errand, None));
            } else if let Some(code) = coupon {
                self.state.given = true;
                self.check_coupon(code);
            }
        }
    }

    pub(super) fn back(&mut self) {
        match &self.state.stage {
            Stage::Review(..) => self.change_details(),
            Stage::Sending(..) => self.stop_asking(),
            Stage::Visits(_) => self.leave_visits(),
            _ => self.change_time(),
        }
    }

    pub(super) fn change_time(&mut self) {
        match &self.state.stage {
            Stage::SignIn(errand, _) if **errand == Errand::Visits => self.leave_visits(),
            Stage::SignIn(..)
            | Stage::Patient(_)
            | Stage::Review(..)
            | Stage::Taken(..)
            | Stage::GivenAway(_)
            | Stage::Resolving(..)
            | Stage::Unavailable(Why::CallToBook(_) | Why::Refused(..)) => self.choose_again(),
            _ => {}
        }
    }

    /// Back to the times; what was entered stays, and an answer still on its way to the step left is not waited for.
    pub(super) fn choose_again(&mut self) {
        self.cancel(|purpose| {
            matches!(purpose, Purpose::Token | Purpose::Patient | Purpose::Resolve | Purpose::ResolvePlace)
        });
        self.state.given = false;
        if self.state.way == Way::OnDemand {
            self.go(Stage::Queue);
            return self.read_queue(true);
        }
        // The waits beside the times have stood still meanwhile.
        if !self.awaits(|purpose| matches!(purpose, Purpose::Tick | Purpose::Waits)) {
            self.read_queue(true);
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

    pub(super) fn change_details(&mut self) {
        if let Stage::Review(time, _) = &self.state.stage {
            let time = time.clone();
            self.go(Stage::Patient(time));
        }
    }

    pub(super) fn retry(&mut self) {
        match &self.state.stage {
            Stage::SignIn(time, SignInPhase::Failed(_)) => {
                let time = time.clone();
                self.go(Stage::SignIn(time, SignInPhase::Reading));
                self.read(Purpose::Patient, Read::Patient, true);
            }
            Stage::Unavailable(Why::Trouble(_) | Why::NoTimes) => self.begin_way(),
            Stage::Queue => self.read_queue(true),
            Stage::Resolving(..) => self.resolve_again(),
            Stage::Visits(visits) if visits.trouble.is_some() && self.being_cancelled().is_none() => {
                self.read_visits();
            }
            Stage::Choosing if self.state.board.trouble.is_some() => self.read_again(),
            _ => {}
        }
    }

    /// Forgets every entry. While a booking is on its way there is nothing to go back to: it may come through.
    pub(super) fn reset(&mut self) {
        if !matches!(self.state.stage, Stage::Sending(..)) {
            self.start();
        }
    }
}
