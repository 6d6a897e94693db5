//! A submit, from the press to its one outcome: token, record, the time matched afresh, then the booking.
//!
//! A booking is sent again only after a definite refusal, each cause at most once ([`Spent`]).

use super::Machine;
use super::command::{Command, Failure, Notice, Read, Visit, Write};
use super::event::TokenAnswer;
use super::outcome::{Outcome, Refusal, Trouble};
use super::state::{Purpose, SendingPhase, SignInPhase, Spent, Stage, Target, Why};
use crate::ids::PatientGuid;
use crate::patient::Patient;
use crate::schedule::{self, Reading, Time};
use crate::slot::Slots;

impl Machine<'_> {
    pub(super) fn submit(&mut self) {
        let Stage::Review(time, _) = &self.state.stage else { return };
        if self.state.person.details.is_none() {
            return;
        }
        let time = time.clone();
        self.state.attempts += 1;
        let attempt = self.state.attempts;
        self.tell(Notice::Submit { attempt });
        self.go(Stage::Sending(time, SendingPhase::Token, Spent::default()));
        self.ask_token(false);
    }

    /// Back from waiting for a token that may never come (a pop-up that was closed): nothing is on its way then.
    pub(super) fn stop_asking(&mut self) {
        if let Stage::Sending(time, SendingPhase::Token, _) = &self.state.stage {
            let time = time.clone();
            self.cancel(|purpose| *purpose == Purpose::Token);
            self.tell(Notice::Failed(Failure::SignedOut));
            self.go(Stage::Review(time, Some(Failure::SignedOut)));
        }
    }

    /// Everything a part of the sending needs of the stage; the time is cloned since the stage is about to change.
    fn sending(&self) -> Option<(Box<Time>, Spent)> {
        match &self.state.stage {
            Stage::Sending(time, _, spent) => Some((time.clone(), *spent)),
            _ => None,
        }
    }

    fn phase(&mut self, time: Box<Time>, phase: SendingPhase, spent: Spent) {
        self.go(Stage::Sending(time, phase, spent));
    }

    pub(super) fn sending_token(&mut self, answer: TokenAnswer) {
        let Some((time, spent)) = self.sending() else { return };
        let TokenAnswer::Held(session) = answer else { return self.signed_out(time) };
        let before = self.state.person.session.replace(session);
        if spent.token && before == Some(session) {
            // The very token that was refused: sending it again would only be refused again.
            self.signed_out(time);
        } else if self.state.person.met_in == Some(session) {
            self.prepare(time, spent);
        } else {
            self.phase(time, SendingPhase::Rereading, spent);
            self.read(Purpose::Patient, Read::Patient, true);
        }
    }

    /// Another token: whose is it?
    pub(super) fn reread(&mut self, answer: Result<Box<Patient>, Trouble>) {
        let Some((time, spent)) = self.sending() else { return };
        match answer {
            Ok(patient) => self.known(time, spent, Some(*patient)),
            Err(Trouble::NotFound) => self.known(time, spent, None),
            Err(trouble) => self.trouble(time, spent, trouble),
        }
    }

    fn known(&mut self, time: Box<Time>, spent: Spent, patient: Option<Patient>) {
        if self.meet_patient(patient) {
            self.prepare(time, spent);
        } else {
            self.tell(Notice::Failed(Failure::SignedOut));
            self.go(Stage::Patient(time));
        }
    }

    /// Makes the record where there is none in the time's EHR, or where its owner changed something; else goes on.
    fn prepare(&mut self, time: Box<Time>, spent: Spent) {
        let ehr = &time.place().ehr;
        let person = &self.state.person;
        let Some(details) = &person.details else { return };
        let link = person.patient.as_ref().and_then(|patient| patient.link_in(ehr));
        // A link that the booking did not find is no reason not to make the record.
        let unchanged = !spent.record && link.is_some_and(|link| link.demographics == details.demographics);
        if unchanged || self.is_saved(&time) {
            self.match_time(time, spent);
        } else {
            let write = Write::SaveSelf(Box::new(details.demographics.clone()), ehr.clone());
            self.phase(time, SendingPhase::Saving, spent);
            self.write(Purpose::Save, write);
        }
    }

    fn is_saved(&self, time: &Time) -> bool {
        match (&self.state.person.saved, &self.state.person.details) {
            (Some((ehr, saved)), Some(details)) => *ehr == time.place().ehr && *saved == details.demographics,
            _ => false,
        }
    }

    pub(super) fn saved(&mut self, answer: Result<PatientGuid, Trouble>) {
        let Some((time, spent)) = self.sending() else { return };
        match answer {
            Ok(guid) => {
                let ehr = time.place().ehr.clone();
                let person = &mut self.state.person;
                person.saved = person.details.as_ref().map(|details| (ehr, details.demographics.clone()));
                match &mut person.patient {
                    Some(patient) => patient.guid = guid,
                    None => person.patient = Some(Patient { guid, links: Vec::new() }),
                }
                self.match_time(time, spent);
            }
            Err(trouble) => self.trouble(time, spent, trouble),
        }
    }

    /// Looks for the time once more, for its fresh slot id: how long an id lives is not known.
    fn match_time(&mut self, time: Box<Time>, spent: Spent) {
        let slot = time.slot();
        let read = match &self.ctx.settings.target {
            Target::Clinicians { .. } => {
                // Which day the system searches by: the one it wrote, or the clinic's, where it wrote another offset.
                let (told, local) = (slot.at.local().date(), time.local.date());
                let (from, to) = (told.min(local), told.max(local));
                Read::ClinicianSlots(slot.npi.clone(), slot.visit_type.clone(), from, to)
            }
            Target::Departments(_) => match self.state.board.url_name(time.place()) {
                Some(name) => Read::DepartmentSlots(name.clone(), slot.visit_type.clone()),
                None => return self.refuse(time, Refusal::SlotTaken),
            },
        };
        self.phase(time, SendingPhase::Matching, spent);
        self.read(Purpose::Match, read, true);
    }

    pub(super) fn matched(&mut self, answer: Result<Slots, Trouble>) {
        let Some((time, spent)) = self.sending() else { return };
        match answer {
            Ok(found) => {
                let per_clinician = matches!(self.ctx.settings.target, Target::Clinicians { .. });
                let same: Vec<_> = found.slots.into_iter().filter(|slot| slot.at.at == time.at()).collect();
                let zone = time.zone.clone();
                let zone_of = |_: &_| zone.clone();
                let reading = Reading { zone_of: &zone_of, zones: self.ctx.zones, per_clinician };
                match schedule::times(&same, &reading)
                    .into_iter()
                    .find(|now| now.same_choice(&time, per_clinician))
                {
                    Some(mut now) => {
                        // Everything but the ids stays as the patient saw it.
                        now.local = time.local;
                        now.offset = time.offset;
                        now.zone = time.zone;
                        self.book(Box::new(now), spent);
                    }
                    None => self.refuse(time, Refusal::SlotTaken),
                }
            }
            // Nothing was sent yet, so this is a plain failure; 401 cannot be, the read is public.
            Err(trouble) => self.fail(time, trouble),
        }
    }

    fn book(&mut self, time: Box<Time>, spent: Spent) {
        let person = &self.state.person;
        let (Some(patient), Some(details)) = (&person.patient, &person.details) else { return };
        let slot = time.slot().clone();
        let person = &details.demographics;
        let visit = Box::new(Visit {
            patient: patient.guid.clone(),
            address: person.address.clone(),
            phone: person.phone.clone(),
            email: person.email.clone(),
            reason: details.reason.clone(),
            slot,
        });
        let write = match self.ctx.settings.target {
            Target::Clinicians { .. } => Write::BookClinician(visit),
            Target::Departments(_) => Write::BookDepartment(visit),
        };
        self.phase(time, SendingPhase::Booking, spent);
        self.write(Purpose::Book, write);
    }

    pub(super) fn booked(&mut self, outcome: Outcome) {
        let Some((mut time, mut spent)) = self.sending() else { return };
        match outcome {
            Outcome::Booked(confirmation) => {
                self.tell(Notice::Booked(Box::new(confirmation.clone()), time.clone()));
                self.go(Stage::Booked(time, Box::new(confirmation)));
            }
            Outcome::Unknown => {
                self.tell(Notice::Unconfirmed);
                self.go(Stage::Unconfirmed(time));
            }
            Outcome::Refused(Refusal::SlotTaken) if !spent.sibling && time.slots.len() > 1 => {
                spent.sibling = true;
                let gone = time.slots.remove(0).id;
                self.state.board.slots.retain(|slot| slot.id != gone);
                self.book(time, spent);
            }
            Outcome::Refused(Refusal::NoLinks | Refusal::PatientNotFound) if !spent.record => {
                spent.record = true;
                self.state.person.saved = None;
                if let Some(patient) = &mut self.state.person.patient {
                    patient.links.retain(|link| link.ehr != time.place().ehr);
                }
                self.prepare(time, spent);
            }
            Outcome::Refused(Refusal::SignedOut) => self.trouble(time, spent, Trouble::SignedOut),
            Outcome::Refused(Refusal::Busy) => self.fail(time, Trouble::Server),
            Outcome::Refused(Refusal::Rejected) => self.fail(time, Trouble::Rejected),
            Outcome::Refused(refusal) => self.refuse(time, refusal),
        }
    }

    /// A call with the token went wrong; a 401 is answered once with a fresh token.
    fn trouble(&mut self, time: Box<Time>, mut spent: Spent, trouble: Trouble) {
        match trouble {
            Trouble::SignedOut if !spent.token => {
                spent.token = true;
                self.phase(time, SendingPhase::Token, spent);
                self.ask_token(true);
            }
            Trouble::SignedOut => self.signed_out(time),
            Trouble::Locked => self.refuse(time, Refusal::AccountLocked),
            other => self.fail(time, other),
        }
    }

    fn signed_out(&mut self, time: Box<Time>) {
        self.tell(Notice::Failed(Failure::SignedOut));
        self.state.person.session = None;
        self.go(Stage::SignIn(time, SignInPhase::Expired));
        self.tell(Notice::SignInNeeded);
    }

    /// Back to the review with what happened; nothing was booked and nothing entered is lost.
    fn fail(&mut self, time: Box<Time>, trouble: Trouble) {
        let failure = match trouble {
            Trouble::Network => Failure::Network,
            Trouble::Server => Failure::Server,
            Trouble::SignedOut => Failure::SignedOut,
            Trouble::NotFound | Trouble::Rejected | Trouble::Locked => Failure::Rejected,
            Trouble::Unreadable => Failure::Contract,
        };
        self.tell(Notice::Failed(failure));
        self.go(Stage::Review(time, Some(failure)));
    }

    /// The system said no. Where another time helps, the nearest are read; else there is the phone.
    fn refuse(&mut self, time: Box<Time>, refusal: Refusal) {
        self.tell(Notice::Conflict(refusal));
        match refusal {
            Refusal::SlotTaken | Refusal::DoubleBooked | Refusal::UnknownConflict => {
                if refusal == Refusal::SlotTaken {
                    let gone = &time.slots;
                    self.state.board.slots.retain(|slot| !gone.iter().any(|lost| lost.id == slot.id));
                    let (at, place) = (time.at(), time.place());
                    self.state.board.slots.retain(|slot| {
                        slot.at.at != at || slot.place != *place || slot.npi != time.slot().npi
                    });
                }
                self.go(Stage::Taken(time, refusal));
                self.read_again();
            }
            _ => self.go(Stage::Unavailable(Why::Refused(refusal, time))),
        }
    }
}

/// Whether a command sends a booking; what the promises of [`super`] are about.
impl Command {
    /// See above.
    pub fn is_booking(&self) -> bool {
        matches!(self, Self::Write { write: Write::BookDepartment(_) | Write::BookClinician(_), .. })
    }
}
