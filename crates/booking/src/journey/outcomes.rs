//! Outcomes in brief: puts an outcome in brief, shows it in full again, and dismisses it. Only the patient can
//! dismiss an unknown outcome; a `reset()` and the sign-in of another person remove the confirmed ones.

use super::state::BriefOutcome;
use super::{ErrandEvent, Journey};
use crate::errand::order::Order;
use crate::errand::state::{OutcomePeople, Stage};
use crate::ids::PatientGuid;

impl Journey<'_> {
    /// Takes the outcome off the screen, and shows it in brief above the times, unless it is a wait that is over.
    /// Returns `false` if there is no outcome, or it has to stay on screen.
    pub(super) fn put_in_brief(&mut self) -> bool {
        let was_outcome = self.state.errand.stage.is_outcome();
        self.errand(Order::PutInBrief);
        was_outcome && self.state.errand.stage.is_idle()
    }

    pub(super) fn keep_in_brief(&mut self, stage: Stage, people: Box<OutcomePeople>) {
        let (directory, system) = (self.state.errand.directory.clone(), self.state.errand.system);
        self.state.outcomes.push(BriefOutcome {
            stage,
            directory,
            system,
            people,
            is_of_someone_else: false,
        });
    }

    /// Goes from an outcome to the times, when the patient closes it. An unknown outcome can be closed only if it was
    /// in brief before: the patient should first read that they have to call.
    pub(super) fn close(&mut self) {
        let is_unknown = matches!(self.state.errand.stage, Stage::Unconfirmed(_));
        if (!is_unknown || self.state.errand.was_in_brief) && self.put_in_brief() {
            self.uncover();
        }
    }

    /// Shows in full an outcome that is in brief.
    pub(super) fn show_outcome(&mut self, place: usize) {
        let is_there = self.state.outcomes.get(place).is_some_and(|outcome| !outcome.is_of_someone_else);
        if self.state.errand.stage.is_idle() && is_there {
            let BriefOutcome { stage, directory, system, people, .. } = self.state.outcomes.remove(place);
            (self.state.errand.directory, self.state.errand.system) = (directory, system);
            self.errand(Order::ShowOutcome(Box::new(stage), people));
            self.finder(|finder| finder.rest());
        }
    }

    /// Dismisses an outcome that is in brief.
    pub(super) fn dismiss_outcome(&mut self, place: usize) {
        if place < self.state.outcomes.len() {
            self.state.outcomes.remove(place);
        }
    }

    /// Removes the outcomes after another person has signed in, who must not see them. Unknown outcomes stay, but the
    /// screen no longer offers to show them in full.
    pub(super) fn forget_whose_outcomes(&mut self) {
        self.state.outcomes.retain(BriefOutcome::is_unconfirmed);
        for outcome in &mut self.state.outcomes {
            outcome.is_of_someone_else = true;
        }
    }

    /// Whether the signed-in patient is another person than one whose outcome is in brief. Compares the accounts: the
    /// errand itself notices a change of person only until it forgets the earlier person, for example when the
    /// environment changes.
    pub(super) fn has_met_someone_else(&self) -> bool {
        let person = &self.state.errand.person;
        let account = person.patient.as_ref().map(|patient| &patient.guid);
        person.has_met()
            && self.state.outcomes.iter().any(|outcome| {
                !outcome.is_of_someone_else
                    && outcome.people.account.is_some()
                    && outcome.people.account.as_ref() != account
            })
    }

    /// Keeps an account that has signed in elsewhere, to compare it with the owners of the outcomes. An account without a
    /// record may be this patient's own, whose record is being made for the booking that is sent.
    pub(super) fn person_elsewhere(&mut self, account: Option<PatientGuid>) {
        let errand = &self.state.errand;
        if account.is_some() || !errand.stage.is_sending() || errand.person.patient.is_some() {
            self.state.accounts_elsewhere.push(account);
        }
    }

    /// Starts over if somebody with another account has signed in elsewhere on the page while this element was off the
    /// page. They must not see its outcome when it is shown again.
    pub(super) fn hide_from_others(&mut self) {
        let accounts = std::mem::take(&mut self.state.accounts_elsewhere);
        let errand = &self.state.errand;
        let brief = self.state.outcomes.iter().filter(|outcome| !outcome.is_of_someone_else);
        let people = brief.map(|outcome| &outcome.people).chain(&errand.people);
        let account = errand.person.patient.as_ref().map(|patient| &patient.guid);
        let mut owners = people.filter_map(|people| people.account.as_ref()).chain(account);
        if owners.any(|owner| accounts.iter().any(|account| account.as_ref() != Some(owner))) {
            self.put_in_brief();
            self.forget_whose_outcomes();
            self.begin_again();
        }
    }

    /// Runs an order that forgets the patient, though no other person has signed in: the outcomes in brief stay.
    pub(super) fn errand_keeping_outcomes(&mut self, order: Order) {
        let outcomes = std::mem::take(&mut self.state.outcomes);
        self.errand(order);
        self.state.outcomes = outcomes;
    }

    /// The element has left the page. Stops the reads, since nobody would see the answers; does nothing while a submit
    /// or a cancel is being carried out.
    pub(super) fn removed(&mut self) {
        if !self.state.errand.is_busy() {
            self.finder(|finder| finder.rest_wholly());
            self.errand_keeping_outcomes(Order::Rest);
        }
    }

    /// Handles an element that is back, or another one that takes its place.
    pub(super) fn put_back(&mut self) {
        self.run_errand(ErrandEvent::Wake);
    }

    /// Handles the host page's request to start over. While a booking is being sent, the reset waits for its outcome.
    pub(super) fn reset(&mut self) {
        if self.state.errand.stage.is_sending() {
            self.state.is_reset_held = true;
            return;
        }
        self.put_in_brief();
        self.state.outcomes.retain(BriefOutcome::is_unconfirmed);
        self.begin_again();
    }

    /// Carries out a reset that waited for the outcome of a booking. The page did not mean to clear that outcome,
    /// which did not exist yet, so it is put in brief.
    pub(super) fn reset_but_outcome(&mut self) {
        self.state.outcomes.retain(BriefOutcome::is_unconfirmed);
        self.put_in_brief();
        self.begin_again();
    }

    fn begin_again(&mut self) {
        self.errand_keeping_outcomes(Order::Forget);
        self.state.finder.is_hidden = false;
        self.finder(|finder| finder.begin(None));
    }
}
