//! How an errand ends, other than because the patient chooses again: its outcome is put in brief, the host page
//! resets the widget, or the element leaves the page. Also shows an outcome in full again, and forgets the patient
//! when the page changes the environment.

use super::Machine;
use super::command::Command;
use super::state::{OutcomePeople, Person, Stage, State};
use crate::payment::Payment;

impl Machine<'_> {
    /// Takes the outcome off the screen, and asks the journey to show it in brief. Does nothing if there is no
    /// outcome, or while a cancel of its visit is being sent or checked.
    pub(super) fn put_in_brief(&mut self) {
        let is_leaving = matches!(&self.state.stage, Stage::Waiting(waiting) if waiting.is_being_cancelled());
        if !self.state.stage.is_outcome() || is_leaving {
            return;
        }
        self.look_away();
        self.state.was_in_brief = false;
        let people = self.state.people.take().unwrap_or_default();
        let outcome = std::mem::take(&mut self.state.stage);
        // A wait that is over is no place in line any more.
        if !matches!(&outcome, Stage::Waiting(waiting) if waiting.is_over()) {
            self.out.push(Command::PutInBrief(Box::new(outcome), people));
        }
    }

    /// Keeps what the screen says about the people of the outcome that the errand has just reached.
    pub(super) fn keep_people(&mut self) {
        let person = &self.state.person;
        let account = person.patient.as_ref().map(|patient| patient.guid.clone());
        let people = person.details.as_ref().map(|details| OutcomePeople {
            account,
            for_other: details.actor.as_ref().map(|_| details.demographics.name.given.clone()),
            pays_on_arrival: details.payment == Payment::OnArrival,
            phone: details.contact().phone.clone(),
            email: details.contact().email.clone(),
        });
        self.state.people = people.map(Box::new);
        // The next line has terms of its own.
        self.state.person.terms = false;
    }

    /// Shows in full an outcome that was shown in brief, with its people.
    pub(super) fn show_outcome(&mut self, outcome: Stage, people: Box<OutcomePeople>) {
        self.go(outcome);
        self.state.was_in_brief = true;
        self.state.people = Some(people);
        // The directory on screen is the outcome's now, so the next errand has to copy the finder's again.
        self.state.seen = self.state.directory.clone();
        self.state.is_cut_off = true;
        self.tick();
    }

    /// Ends the errand, forgets everything that the patient entered, and cancels all requests. Keeps the list of visits
    /// whose cancel got no answer, so that no such cancel is sent again.
    pub(super) fn forget(&mut self) {
        self.cancel(|_| true);
        let cut_off = self.being_cancelled();
        let State { attempts, persons, system, ref mut unanswered, .. } = *self.state;
        let mut unanswered = std::mem::take(unanswered);
        unanswered.extend(cut_off);
        *self.state = State { attempts, persons: persons + 1, system, unanswered, ..State::default() };
    }

    /// Forgets the patient: the page now uses another environment, in which they are not known. `persons` grows even if
    /// there is neither a token nor details: after a token was refused, the form may have entries all the same.
    pub(super) fn change_system(&mut self, system: u32) {
        self.cancel(|_| true);
        self.state.person = Person::default();
        self.state.persons += 1;
        self.forget_list();
        (self.state.mail_rule, self.state.issuers) = (None, None);
        self.state.own_departments.clear();
        self.state.system = system;
    }

    /// Stops the errand's reads when the element leaves the page, and forgets every entry. An outcome is kept, but its
    /// status is no longer read; any other errand ends.
    pub(super) fn rest(&mut self) {
        if let Some(booked) = self.state.before.take() {
            self.go(*booked);
        }
        if !self.state.stage.is_outcome() {
            return self.forget();
        }
        self.look_away();
        self.cancel(|_| true);
        self.forget_list();
        // Keep what shows whether the next token is the same person's.
        let Person { session, met_in, .. } = self.state.person;
        self.state.person = Person { session, met_in, ..Person::default() };
    }
}
