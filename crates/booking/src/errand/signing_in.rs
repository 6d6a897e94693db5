//! Signs the patient in by the host page's own means, and reads the patient to whom the token belongs.

use super::Machine;
use super::event::{TokenAnswer, same_person};
use super::purpose::Purpose;
use super::state::{Errand, Person, SendingPhase, SignInPhase, Stage};
use crate::api::Read;
use crate::notice::{Finding, Notice};
use crate::outcome::ApiError;
use crate::patient::{Details, Patient};
use crate::payment::Payment;

impl Machine<'_> {
    pub(super) fn sign_in(&mut self) {
        // Call `getToken` again even while an earlier call has not answered: if the patient closed a pop-up, the
        // earlier call may never answer.
        match &self.state.stage {
            Stage::SignIn(_, SignInPhase::Reading) => return,
            Stage::SignIn(errand, _) => {
                let errand = errand.clone();
                self.go(Stage::SignIn(errand, SignInPhase::Asking));
            }
            Stage::Sending(_, SendingPhase::Token, _) => {}
            // The wait has outlasted the token, and `getToken` had no other one when it was asked.
            Stage::Waiting(_) if self.state.person.refused => {}
            _ => return,
        }
        self.cancel(|purpose| matches!(purpose, Purpose::Token));
        self.state.invited = false;
        self.ask_token();
    }

    /// The host page handles the sign-in itself; the widget only waits for it.
    pub(super) fn sign_in_taken(&mut self) {
        if let Stage::SignIn(errand, SignInPhase::Waiting | SignInPhase::Expired) = &self.state.stage {
            let errand = errand.clone();
            self.go(Stage::SignIn(errand, SignInPhase::Asking));
        }
    }

    pub(super) fn token(&mut self, answer: TokenAnswer) {
        match answer {
            TokenAnswer::NotText => self.notify(Notice::Diagnose(Finding::TokenNotText)),
            TokenAnswer::Failed => self.notify(Notice::Diagnose(Finding::TokenFailed)),
            TokenAnswer::Held(_) | TokenAnswer::None => {}
        }
        match (&self.state.stage, answer) {
            (Stage::SignIn(time, _), TokenAnswer::Held(session)) => {
                let time = time.clone();
                // The system has just refused a read with this token, and would refuse it again.
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

    /// Handles the read of the account's record.
    pub(super) fn patient(&mut self, answer: Result<Box<Patient>, ApiError>) {
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
            // An account without a record: the form starts empty, and the record is made before the booking.
            Err(ApiError::NotFound) => {
                self.meet_patient(None);
                self.arrive(time);
            }
            Err(ApiError::SignedOut) if !self.state.person.refused => {
                self.state.person.refused = true;
                self.go(Stage::SignIn(time, SignInPhase::Asking));
                self.ask_token();
            }
            Err(ApiError::SignedOut) => {
                self.state.person.session = None;
                self.go(Stage::SignIn(time, SignInPhase::Expired));
                self.invite_sign_in();
            }
            Err(error) => self.go(Stage::SignIn(time, SignInPhase::Failed(error))),
        }
    }

    /// Keeps the record of the signed-in patient. If this is another person than before, drops everything that the
    /// earlier person entered, and returns `false`.
    pub(super) fn meet_patient(&mut self, patient: Option<Patient>) -> bool {
        let person = &mut self.state.person;
        let same = match (&person.patient, &patient) {
            (Some(before), Some(now)) => before.guid == now.guid,
            // If there was no record before, only the tokens show whether this is the same person, who may have got a
            // record since.
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
            // Also drop the earlier person's confirmation and the check of their coupon.
            (self.state.before, self.state.given) = (None, false);
            self.cancel(|purpose| matches!(purpose, Purpose::Coupon(_)));
            self.forget_list();
        }
        // "My visits" may have been opened from a confirmation that is not of this person.
        let account = patient.as_ref().map(|patient| &patient.guid);
        let owner = self.state.people.as_ref().and_then(|people| people.account.as_ref());
        if owner.is_some() && owner != account {
            (self.state.before, self.state.people) = (None, None);
        }
        let person = &mut self.state.person;
        person.session = session;
        person.met_in = session;
        person.refused = false;
        person.patient = patient;
        !met_before || same
    }

    fn arrive(&mut self, errand: Box<Errand>) {
        if matches!(*errand, Errand::Visits) {
            return self.read_visits();
        }
        if self.holds_for(&errand) {
            self.review(errand, None);
        } else {
            self.go(Stage::Patient(errand));
        }
    }

    pub(super) fn give(&mut self, details: Details) {
        if let Stage::Patient(errand) = &self.state.stage {
            let errand = errand.clone();
            let coupon = if let Payment::Coupon(code) = &details.payment { Some(code.clone()) } else { None };
            self.state.person.details = Some(details);
            self.state.person.is_for_line = errand.on_demand().is_some();
            self.state.person.is_changing = false;
            self.state.given = false;
            if self.is_coupon_good() {
                self.review(errand, None);
            } else if let Some(code) = coupon {
                self.state.given = true;
                self.check_coupon(code);
            }
        }
    }
}
