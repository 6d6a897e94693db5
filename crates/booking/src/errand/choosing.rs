//! How an errand begins, with a chosen time or line, and how the patient goes back to choose again.

use std::sync::Arc;

use super::Machine;
use super::command::{Command, ForFinder};
use super::purpose::Purpose;
use super::state::{Errand, SignInPhase, Stage};
use crate::api::Read;
use crate::directory::Directory;
use crate::ids::UrlName;
use crate::notice::{Finding, Notice};
use crate::on_demand::{OnDemandVisit, Practice};
use crate::place::Department;
use crate::schedule::Time;
use crate::settings::Route;
use crate::time::parse_iso_date;

/// What an errand copies from the finder when it begins.
#[derive(Clone)]
#[cfg_attr(any(test, feature = "debug"), derive(PartialEq, Debug))]
pub struct Origin {
    /// The finder's names and places.
    pub directory: Arc<Directory>,
    /// The search context with which the scheduling pages can repeat the search that found the time.
    pub context: Option<String>,
    /// The environment that the time came from; see [`crate::journey::state::State::system`].
    pub system: u32,
}

impl Machine<'_> {
    pub(super) fn set_out(&mut self, origin: Origin) {
        (self.state.is_cut_off, self.state.system) = (false, origin.system);
        (self.state.was_in_brief, self.state.people) = (false, None);
        (self.state.is_reading_nearest, self.state.nearest) = (false, Vec::new());
        self.state.context = origin.context;
        self.know(&origin.directory);
        self.state.brought_back = false;
    }

    /// Copies the finder's directory if it has changed, and adds the clinics that this errand read itself.
    pub(super) fn know(&mut self, directory: &Arc<Directory>) {
        if Arc::ptr_eq(&self.state.seen, directory) {
            return;
        }
        self.state.seen = directory.clone();
        self.state.directory = directory.clone();
        for own in &self.state.own_departments {
            if self.state.directory.department(&own.identifier).is_none() {
                Arc::make_mut(&mut self.state.directory).departments.push(own.clone());
            }
        }
    }

    /// Adds a clinic that the errand has read itself, not the finder.
    pub(super) fn learn_department(&mut self, department: Department) {
        if self.state.directory.department(&department.identifier).is_none() {
            Arc::make_mut(&mut self.state.directory).departments.push(department.clone());
            self.state.own_departments.push(department);
        }
    }

    /// Begins an errand for a chosen time. `origin` is what to copy from the finder; `None` = the time was offered in
    /// place of one that cannot be booked, and the finder has been configured again since.
    pub(super) fn choose(&mut self, time: Time, origin: Option<Origin>) {
        if !matches!(self.state.stage, Stage::Idle | Stage::Taken(..) | Stage::HandedOver(_)) {
            return;
        }
        match origin {
            Some(origin) => self.set_out(origin),
            None => self.state.brought_back = false,
        }
        let source = time.slot().source;
        match self.ctx.settings.route {
            Route::Inline if source.is_search() => self.resolve(time),
            Route::Inline => self.begin(Errand::Time(time)),
            // A link to the scheduling pages cannot name a clinician, but it can repeat the search that found the time.
            Route::Link => match (self.hand_off_name(&time), &self.state.context) {
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

    /// Begins an errand for a chosen line.
    pub(super) fn join(&mut self, now: OnDemandVisit, practice: Practice, origin: Origin) {
        if !self.state.stage.is_idle() {
            return;
        }
        self.set_out(origin);
        if self.state.practice.as_ref().is_none_or(|before| before.id != practice.id) {
            // The terms that the patient accepts are those of one practice.
            self.state.person.terms = false;
        }
        self.state.practice = Some(practice);
        if self.ctx.settings.route == Route::Inline {
            self.begin(Errand::OnDemand(now));
        } else {
            // Neither the link nor the event can name a line, so the patient has to phone.
            self.go(Stage::CallToBook(Box::new(Errand::OnDemand(now))));
        }
    }

    /// The `urlName` of a time's clinic, if it is known.
    pub(super) fn hand_off_name(&self, time: &Time) -> Option<UrlName> {
        let directory = &self.state.directory;
        let known = || directory.department(time.place()).map(|known| &known.url_name);
        directory.url_name(time.place()).or_else(known).cloned()
    }

    pub(super) fn hand_over(&mut self, time: Time) {
        self.out.push(Command::HandOver(Box::new(time.clone())));
        self.go(Stage::HandedOver(Box::new(time)));
    }

    pub(super) fn handed_over(&mut self, taken: bool) {
        if let (false, Stage::HandedOver(time)) = (taken, &self.state.stage) {
            let time = time.clone();
            self.notify(Notice::Diagnose(Finding::NobodyListens));
            self.go(Stage::CallToBook(Box::new(Errand::Time(*time))));
        }
    }

    /// Goes to the sign-in; or straight to the review, if the signed-in patient has already entered details that fit
    /// this errand.
    pub(super) fn begin(&mut self, errand: Errand) {
        let person = &self.state.person;
        // Until the record of a new token's owner has been read, do not show the details: another person may have
        // entered them.
        let is_met = person.session.is_some() && person.session == person.met_in;
        self.state.invited = false;
        self.forget_list();
        if is_met && self.holds_for(&errand) {
            return self.review(Box::new(errand), None);
        }
        if self.state.mail_rule.is_none() && !self.awaits(|purpose| matches!(purpose, Purpose::MailRule)) {
            self.read(Purpose::MailRule, Read::MailRule, false);
        }
        self.go(Stage::SignIn(Box::new(errand), SignInPhase::Asking));
        self.ask_token();
    }

    /// Whether the details that the patient entered before also fit this errand: the patient must not have begun to
    /// change them, they must have been entered for a time or for a line, as this errand is, the errand must accept
    /// their payment method and be meant for the patient's age, and a coupon must be known to be good.
    pub(super) fn holds_for(&self, errand: &Errand) -> bool {
        let Some(details) = &self.state.person.details else { return false };
        let person = &self.state.person;
        if person.is_changing || person.is_for_line != errand.on_demand().is_some() {
            return false;
        }
        let accepted = super::paying::methods(self.state.practice.as_ref(), self.ctx.settings, errand);
        let birth = parse_iso_date(&details.demographics.birth_date);
        let ages = errand.ages(&self.state.directory, self.ctx.today);
        let is_of_age = ages.zip(birth).is_none_or(|((ages, day), birth)| ages.admits(birth, day));
        accepted.contains(&details.payment.method()) && is_of_age && self.is_coupon_good()
    }

    pub(super) fn back(&mut self) {
        match &self.state.stage {
            Stage::Review(..) => self.change_details(),
            Stage::Sending(..) => self.stop_asking(),
            Stage::Visits(_) => self.leave_visits(),
            Stage::Idle
            | Stage::Resolving(..)
            | Stage::HandedOver(_)
            | Stage::SignIn(..)
            | Stage::Patient(_)
            | Stage::Taken(..)
            | Stage::Refused(..)
            | Stage::CallToBook(_)
            | Stage::Unconfirmed(_)
            | Stage::Booked(..)
            | Stage::Waiting(_) => self.change_time(),
        }
    }

    pub(super) fn change_time(&mut self) {
        match &self.state.stage {
            Stage::SignIn(errand, _) if matches!(**errand, Errand::Visits) => self.leave_visits(),
            Stage::SignIn(..)
            | Stage::Patient(_)
            | Stage::Review(..)
            | Stage::Taken(..)
            | Stage::HandedOver(_)
            | Stage::Resolving(..)
            | Stage::CallToBook(_)
            | Stage::Refused(..) => self.choose_again(),
            Stage::Idle
            | Stage::Sending(..)
            | Stage::Unconfirmed(_)
            | Stage::Booked(..)
            | Stage::Waiting(_)
            | Stage::Visits(_) => {}
        }
    }

    /// Goes back to the finder. Keeps what the patient entered, and cancels the requests of the step that is left.
    pub(super) fn choose_again(&mut self) {
        self.set_aside();
        self.send_to_finder(ForFinder::ChooseAgain);
    }

    /// Ends the errand, whatever step it is at.
    pub(super) fn set_aside(&mut self) {
        self.cancel(|purpose| {
            matches!(purpose, Purpose::Token | Purpose::Patient | Purpose::Resolve | Purpose::ResolvePlace)
        });
        self.state.given = false;
        self.forget_list();
        self.go(Stage::Idle);
    }

    pub(super) fn change_details(&mut self) {
        if let Stage::Review(errand, _) = &self.state.stage {
            let errand = errand.clone();
            self.go(Stage::Patient(errand));
        }
    }

    /// The form says something else than the details that were completed before. A patient who was waiting for the
    /// check of their coupon no longer waits: the review would show, and book, the earlier details.
    pub(super) fn edit(&mut self) {
        if matches!(self.state.stage, Stage::Patient(_)) {
            let person = &mut self.state.person;
            person.is_changing |= person.details.is_some();
            self.state.given = false;
        }
    }

    /// Details that were entered for a time do not answer the page's new questions: shows the form again, now if the
    /// details are under review, otherwise for the next time.
    pub(super) fn questions_changed(&mut self) {
        let person = &mut self.state.person;
        if person.details.is_some() && !person.is_for_line {
            person.is_changing = true;
            self.change_details();
        }
    }

    /// Retries the read that failed at the step on screen.
    pub(super) fn retry(&mut self) {
        match &self.state.stage {
            Stage::SignIn(errand, SignInPhase::Failed(_)) => {
                let errand = errand.clone();
                self.go(Stage::SignIn(errand, SignInPhase::Reading));
                self.read(Purpose::Patient, Read::Patient, true);
            }
            Stage::Resolving(..) => self.resolve_again(),
            Stage::Visits(visits) if visits.error.is_some() && self.being_cancelled().is_none() => {
                self.read_visits();
            }
            Stage::Idle
            | Stage::HandedOver(_)
            | Stage::SignIn(..)
            | Stage::Patient(_)
            | Stage::Review(..)
            | Stage::Sending(..)
            | Stage::Taken(..)
            | Stage::Refused(..)
            | Stage::CallToBook(_)
            | Stage::Unconfirmed(_)
            | Stage::Booked(..)
            | Stage::Waiting(_)
            | Stage::Visits(_) => {}
        }
    }
}
