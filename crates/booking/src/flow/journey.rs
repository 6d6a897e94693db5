//! From a chosen time to a review: the routes out, signing in, the patient's record, and the ways back.

use super::Machine;
use super::command::{Command, Finding, Notice, Read};
use super::event::{TokenAnswer, same_person};
use super::outcome::Trouble;
use super::state::{Person, Purpose, Route, SendingPhase, SignInPhase, Stage, Target, Why};
use crate::patient::{Details, Patient};
use crate::schedule::Time;

impl Machine<'_> {
    pub(super) fn choose(&mut self, time: Time) {
        if !matches!(self.state.stage, Stage::Choosing | Stage::Taken(..) | Stage::GivenAway(_)) {
            return;
        }
        match self.ctx.settings.route {
            Route::Inline => self.begin_booking(time),
            Route::Link => match self.hand_off_name(&time) {
                Some(name) => {
                    self.out.push(Command::HandOff(Box::new(time.clone()), name));
                }
                None => self.hand_over(time),
            },
            Route::Event => self.hand_over(time),
        }
    }

    /// The clinic's `urlName`, for a clinic's own time only: the link cannot carry a clinician.
    fn hand_off_name(&self, time: &Time) -> Option<crate::ids::UrlName> {
        match &self.ctx.settings.target {
            Target::Departments(_) => self.state.board.url_name(time.place()).cloned(),
            Target::Clinicians { .. } => None,
        }
    }

    fn hand_over(&mut self, time: Time) {
        self.out.push(Command::HandOver(Box::new(time.clone())));
        self.go(Stage::GivenAway(Box::new(time)));
    }

    pub(super) fn handed_over(&mut self, taken: bool) {
        if let (false, Stage::GivenAway(time)) = (taken, &self.state.stage) {
            let time = time.clone();
            self.tell(Notice::Diagnose(Finding::NobodyListens));
            self.go(Stage::Unavailable(Why::CallToBook(time)));
        }
    }

    /// A second choice, after the first was taken, goes straight to the review: everything is known by then.
    fn begin_booking(&mut self, time: Time) {
        let person = &self.state.person;
        // What one person entered is not shown under a token whose owner is not known yet.
        if person.session.is_some() && person.session == person.met_in && person.details.is_some() {
            self.go(Stage::Review(Box::new(time), None));
            return;
        }
        if self.state.board.mail_rule.is_none() && !self.awaits(|purpose| *purpose == Purpose::MailRule) {
            self.read(Purpose::MailRule, Read::MailRule, false);
        }
        self.go(Stage::SignIn(Box::new(time), SignInPhase::Asking));
        self.ask_token(false);
    }

    pub(super) fn sign_in(&mut self) {
        // Also while a first answer is still awaited: a pop-up that was closed may never answer.
        let refused = match &self.state.stage {
            Stage::SignIn(_, SignInPhase::Reading) => return,
            Stage::SignIn(time, _) => {
                let time = time.clone();
                self.go(Stage::SignIn(time, SignInPhase::Asking));
                false
            }
            Stage::Sending(_, SendingPhase::Token, spent) => spent.token,
            _ => return,
        };
        self.cancel(|purpose| *purpose == Purpose::Token);
        self.ask_token(refused);
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
                    self.tell(Notice::SignInNeeded);
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
                self.tell(Notice::SignInNeeded);
            }
            (Stage::Sending(..), answer) => self.sending_token(answer),
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
                self.ask_token(true);
            }
            Err(Trouble::SignedOut) => {
                self.state.person.session = None;
                self.go(Stage::SignIn(time, SignInPhase::Expired));
                self.tell(Notice::SignInNeeded);
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
        }
        person.session = session;
        person.met_in = session;
        person.refused = false;
        person.patient = patient;
        !met_before || same
    }

    fn arrive(&mut self, time: Box<Time>) {
        let stage = if self.state.person.details.is_some() {
            Stage::Review(time, None)
        } else {
            Stage::Patient(time)
        };
        self.go(stage);
    }

    pub(super) fn give(&mut self, details: Details) {
        if let Stage::Patient(time) = &self.state.stage {
            let time = time.clone();
            self.state.person.details = Some(details);
            self.go(Stage::Review(time, None));
        }
    }

    pub(super) fn back(&mut self) {
        match &self.state.stage {
            Stage::Review(..) => self.change_details(),
            Stage::Sending(..) => self.stop_asking(),
            _ => self.change_time(),
        }
    }

    pub(super) fn change_time(&mut self) {
        match &self.state.stage {
            Stage::SignIn(..)
            | Stage::Patient(_)
            | Stage::Review(..)
            | Stage::Taken(..)
            | Stage::GivenAway(_)
            | Stage::Unavailable(Why::CallToBook(_) | Why::Refused(..)) => self.choose_again(),
            _ => {}
        }
    }

    /// Back to the times; what was entered stays, and an answer still on its way to the step left is not waited for.
    fn choose_again(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::Token | Purpose::Patient));
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
            Stage::Unavailable(Why::Trouble(_) | Why::NoTimes) => self.start(),
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
