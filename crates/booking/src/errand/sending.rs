//! Carries out a submit, from the press to its one outcome: gets the token, makes the patient's records, reads a
//! fresh slot id, then sends the booking.
//!
//! A booking is sent again only after a definite refusal, once for each cause.

use super::Machine;
use super::command::ForFinder;
use super::event::TokenAnswer;
use super::listed::is_listed;
use super::purpose::Purpose;
use super::resolve::days_of;
use super::state::{Errand, SendingPhase, SignInPhase, Stage, UsedRetries};
use crate::api::Read;
use crate::notice::{Failure, Notice};
use crate::outcome::{ApiError, Confirmation, Outcome, Refusal};
use crate::patient::Patient;
use crate::payment::Payment;
use crate::slot::{Slots, Source};

impl Machine<'_> {
    pub(super) fn submit(&mut self) {
        let Stage::Review(errand, _) = &self.state.stage else { return };
        if !self.is_coupon_good() || (errand.on_demand().is_some() && !self.state.person.terms) {
            return;
        }
        let errand = errand.clone();
        // Cancel a read of the list that is still running: its answer could already contain the visit that is now being
        // booked.
        self.cancel(|purpose| matches!(purpose, Purpose::ListBefore));
        self.state.invited = false;
        self.state.attempts += 1;
        let attempt = self.state.attempts;
        self.notify(Notice::Submit { attempt });
        self.go(Stage::Sending(errand, SendingPhase::Token, UsedRetries::default()));
        self.ask_token();
    }

    /// Goes back to the review while the submit waits for the token or the card field. Either may never answer, for
    /// example after the patient closed a pop-up. No booking is being sent at that point.
    pub(super) fn stop_asking(&mut self) {
        let Stage::Sending(errand, phase, _) = &self.state.stage else { return };
        let failure = match phase {
            SendingPhase::Token => Failure::SignedOut,
            SendingPhase::Card => Failure::Card,
            _ => return,
        };
        let errand = errand.clone();
        self.cancel(|purpose| matches!(purpose, Purpose::Token | Purpose::Card | Purpose::Tick));
        self.notify(Notice::Failed(failure));
        self.review(errand, Some(failure));
    }

    /// The errand of the submit, and which retries the submit has used up. Cloned, since the stage is about to
    /// change.
    pub(super) fn sending(&self) -> Option<(Box<Errand>, UsedRetries)> {
        match &self.state.stage {
            Stage::Sending(errand, _, used) => Some((errand.clone(), *used)),
            _ => None,
        }
    }

    pub(super) fn phase(&mut self, errand: Box<Errand>, phase: SendingPhase, used: UsedRetries) {
        self.go(Stage::Sending(errand, phase, used));
    }

    pub(super) fn sending_token(&mut self, answer: TokenAnswer) {
        let Some((errand, used)) = self.sending() else { return };
        let TokenAnswer::Held(session) = answer else { return self.signed_out(errand) };
        let before = self.state.person.session.replace(session);
        if used.token && before == Some(session) {
            // The system has already refused this token, and would refuse it again.
            self.signed_out(errand);
        } else if self.state.person.met_in == Some(session) {
            self.prepare(errand, used);
        } else {
            self.phase(errand, SendingPhase::Rereading, used);
            self.read(Purpose::Patient, Read::Patient, true);
        }
    }

    /// Handles the patient's record, which is read again after `getToken` returned another token: the record shows
    /// whether that token belongs to the same person.
    pub(super) fn reread(&mut self, answer: Result<Box<Patient>, ApiError>) {
        let Some((errand, used)) = self.sending() else { return };
        match answer {
            Ok(patient) => self.known(errand, used, Some(*patient)),
            Err(ApiError::NotFound) => self.known(errand, used, None),
            Err(error) => self.call_failed(errand, used, error),
        }
    }

    fn known(&mut self, errand: Box<Errand>, used: UsedRetries, patient: Option<Patient>) {
        if self.meet_patient(patient) {
            self.prepare(errand, used);
        } else {
            self.notify(Notice::Failed(Failure::SignedOut));
            self.go(Stage::Patient(errand));
        }
    }

    /// Reads the times once more for a fresh slot id: how long an id stays valid is not known.
    pub(super) fn match_time(&mut self, errand: Box<Errand>, used: UsedRetries) {
        let Errand::Time(time) = &*errand else { return };
        let slot = time.slot();
        let read = if slot.source == Source::Clinician {
            let (from, to) = days_of(time);
            Read::ClinicianSlots(slot.npi.clone(), slot.visit_type.clone(), from, to)
        } else {
            match self.hand_off_name(time) {
                Some(name) => Read::DepartmentSlots(name, slot.visit_type.clone()),
                None => return self.refuse(*errand, Refusal::SlotTaken),
            }
        };
        self.phase(errand, SendingPhase::Matching, used);
        self.read(Purpose::Match, read, true);
    }

    pub(super) fn matched(&mut self, answer: Result<Slots, ApiError>) {
        let Some((errand, used)) = self.sending() else { return };
        match (answer, &*errand) {
            (Ok(found), Errand::Time(time)) => match self.again(time, found) {
                Some(now) => self.book(Box::new(Errand::Time(now)), used),
                None => self.refuse(*errand, Refusal::SlotTaken),
            },
            // No booking was sent yet, or the system refused it, so the attempt simply failed. The error cannot be a
            // 401, since the read is public.
            (Err(error), _) => self.fail(errand, error),
            (Ok(_), _) => {}
        }
    }

    pub(super) fn book(&mut self, errand: Box<Errand>, used: UsedRetries) {
        let Some(write) = self.booking(&errand) else { return self.fail(errand, ApiError::Unreadable) };
        let pays_by_card =
            self.state.person.details.as_ref().is_some_and(|details| details.payment == Payment::Card);
        if pays_by_card && !used.card {
            self.phase(errand, SendingPhase::Card, used);
            return self.ask_card();
        }
        // A token of the card field pays for one booking: before a further booking, ask the card field again.
        self.phase(errand, SendingPhase::Booking, UsedRetries { card: false, ..used });
        self.write(Purpose::Book, write);
    }

    pub(super) fn booked(&mut self, outcome: Outcome) {
        let Some((errand, mut used)) = self.sending() else { return };
        match outcome {
            Outcome::Booked(confirmation) => self.confirmed(*errand, confirmation),
            Outcome::Unknown if is_listed(&errand) => self.look(errand, SendingPhase::Looking, used),
            Outcome::Unknown => self.unconfirmed(errand),
            Outcome::Refused(Refusal::NoLinks | Refusal::PatientNotFound) if !used.record => {
                used.record = true;
                self.state.person.saved = None;
                self.state.person.dependant = None;
                let ehr = errand.ehr().cloned();
                if let Some(patient) = &mut self.state.person.patient {
                    patient.links.retain(|link| Some(&link.ehr) != ehr.as_ref());
                }
                self.prepare(errand, used);
            }
            Outcome::Refused(Refusal::SignedOut) => self.call_failed(errand, used, ApiError::SignedOut),
            Outcome::Refused(refusal) if is_listed(&errand) => {
                self.look(errand, SendingPhase::Verifying(refusal), used);
            }
            Outcome::Refused(refusal) => self.not_booked(errand, refusal, used),
        }
    }

    /// Handles a refusal that is final for the slot that was sent: tries an equal slot once, else shows why.
    pub(super) fn not_booked(&mut self, mut errand: Box<Errand>, refusal: Refusal, mut used: UsedRetries) {
        match (refusal, &mut *errand) {
            (Refusal::Busy, _) => self.fail(errand, ApiError::Server),
            (Refusal::Rejected, _) => self.fail(errand, ApiError::Rejected),
            (Refusal::SlotTaken, Errand::Time(time)) if !used.sibling && time.slots.len() > 1 => {
                used.sibling = true;
                if let Some(gone) = time.slots.remove(0).id {
                    self.send_to_finder(ForFinder::ForgetSlot(gone));
                }
                self.book(errand, used);
            }
            _ => self.refuse(*errand, refusal),
        }
    }

    pub(super) fn confirmed(&mut self, errand: Errand, confirmation: Confirmation) {
        self.forget_list();
        self.keep_people();
        match errand {
            Errand::Time(time) => {
                let time = Box::new(time);
                self.notify(Notice::Booked(Box::new(confirmation.clone()), time.clone()));
                self.go(Stage::Booked(time, Box::new(confirmation)));
            }
            Errand::OnDemand(now) => self.joined(now, confirmation),
            Errand::Visits => {}
        }
    }

    pub(super) fn unconfirmed(&mut self, errand: Box<Errand>) {
        self.forget_list();
        self.keep_people();
        self.notify(Notice::Unconfirmed);
        self.go(Stage::Unconfirmed(errand));
    }

    /// Handles a failed call that carried the token. After a 401, the submit goes on with a fresh token, once.
    pub(super) fn call_failed(&mut self, errand: Box<Errand>, mut used: UsedRetries, error: ApiError) {
        match error {
            ApiError::SignedOut if !used.token => {
                used.token = true;
                self.phase(errand, SendingPhase::Token, used);
                self.ask_token();
            }
            ApiError::SignedOut => self.signed_out(errand),
            ApiError::Locked => self.refuse(*errand, Refusal::AccountLocked),
            other => self.fail(errand, other),
        }
    }

    fn signed_out(&mut self, errand: Box<Errand>) {
        self.notify(Notice::Failed(Failure::SignedOut));
        self.state.person.session = None;
        self.go(Stage::SignIn(errand, SignInPhase::Expired));
        self.invite_sign_in();
    }

    /// Goes back to the review with the reason. Nothing is booked, and no entry is lost.
    pub(super) fn fail(&mut self, errand: Box<Errand>, error: ApiError) {
        let failure = match error {
            ApiError::Network => Failure::Network,
            ApiError::Server => Failure::Server,
            ApiError::SignedOut => Failure::SignedOut,
            ApiError::NotFound | ApiError::Rejected | ApiError::Locked => Failure::Rejected,
            ApiError::Unreadable => Failure::Contract,
        };
        self.notify(Notice::Failed(failure));
        self.review(errand, Some(failure));
    }

    /// Handles a definite refusal. If another time may be accepted, reads the nearest times. If the line takes nobody
    /// now, shows the lines with their current waits, unless the finder was configured again since the errand began.
    /// Otherwise the patient has to phone.
    fn refuse(&mut self, errand: Errand, refusal: Refusal) {
        self.notify(Notice::Conflict(refusal));
        match (refusal, errand) {
            (Refusal::SlotTaken | Refusal::DoubleBooked | Refusal::UnknownConflict, Errand::Time(time)) => {
                if refusal == Refusal::SlotTaken {
                    self.send_to_finder(ForFinder::Forget(Box::new(time.clone())));
                }
                self.take_time(time, refusal);
            }
            (Refusal::RegionBusy | Refusal::NobodyFree, Errand::OnDemand(_)) if !self.state.is_cut_off => {
                self.set_aside();
                self.send_to_finder(ForFinder::TurnedAway(refusal));
            }
            (_, errand) => self.go(Stage::Refused(refusal, Box::new(errand))),
        }
    }
}
