//! Compares a booking with the patient's own list of clinic visits (API reference §2.36). At the review, the list
//! shows which visits the patient already has on that day. After an answer that does not settle the outcome, the
//! list shows whether the visit is booked. The list contains clinics' visits only. Decision 0023 gives the
//! reasons.

use chrono::NaiveDate;

use super::Machine;
use super::purpose::Purpose;
use super::state::{Errand, SendingPhase, Stage, UsedRetries};
use crate::api::Read;
use crate::ids::{PatientGuid, VisitId};
use crate::notice::Failure;
use crate::order::by_number;
use crate::outcome::{ApiError, Confirmation};
use crate::schedule::Time;
use crate::slot::Source;
use crate::time::local;
use crate::visits::{ClinicVisit, ClinicVisitList, ClinicVisitStatus, VisitFilter};

/// What the list says about a visit that was sent for booking.
enum Finding {
    /// The visit is booked.
    Booked(VisitId),
    /// The visit is not in the list.
    Absent,
    /// The list contains a visit at that time that may be the one that was sent, or one booked earlier.
    Unclear,
    /// The list could not be read, or a row of it that may be the visit.
    Unread,
}

/// Whether the visit will be in the patient's list once it is booked. The list contains only clinics' visits.
pub(super) fn is_listed(errand: &Errand) -> bool {
    errand.time().is_some_and(|time| time.slot().source == Source::Department)
}

impl Machine<'_> {
    /// Shows the review: the reason why the last attempt failed, if there was one, and the visits that the patient
    /// already has on the day of the time. Reads the list once for each chosen time, and again after a failed attempt.
    pub(super) fn review(&mut self, errand: Box<Errand>, failure: Option<Failure>) {
        let is_to_read = is_listed(&errand)
            && (self.state.listed.is_none() || failure.is_some())
            && !self.awaits(|purpose| matches!(purpose, Purpose::ListBefore));
        self.go(Stage::Review(errand, failure));
        self.name_same_day();
        if is_to_read {
            self.read(Purpose::ListBefore, Read::ClinicVisits(VisitFilter::Requested), true);
        }
    }

    /// Handles the list that was read at the review, before the submit. If it could not be read, the patient may book
    /// all the same.
    pub(super) fn listed_before(&mut self, answer: Result<ClinicVisitList, ApiError>) {
        if let Ok(list) = answer {
            self.state.listed = Some(list);
            self.name_same_day();
        }
    }

    /// Finds the coming visits on the day and at the clinic of the time under review, the earliest first. Called for
    /// each review, since another patient or another time has other visits.
    fn name_same_day(&mut self) {
        let same_day = match &self.state.stage {
            Stage::Review(errand, _) => errand.time().map(|time| self.of_same_day(time)).unwrap_or_default(),
            _ => Vec::new(),
        };
        self.state.same_day = same_day;
    }

    fn of_same_day(&self, time: &Time) -> Vec<ClinicVisit> {
        let is_of_day = |visit: &&ClinicVisit| {
            visit.is_open()
                && visit.place == *time.place()
                && visit.end.at > self.ctx.now
                && self.may_be_the_patients(visit)
                && self.day_of(visit, time) == time.local.date()
        };
        let listed = self.state.listed.iter().flat_map(|list| &list.visits);
        let found: Vec<_> = listed.filter(is_of_day).collect();
        let order = by_number(found.iter().map(|visit| visit.start.at));
        order.into_iter().map(|place| found[place].clone()).collect()
    }

    /// The date of a visit on the calendar of the clinic whose time is under review.
    fn day_of(&self, visit: &ClinicVisit, time: &Time) -> NaiveDate {
        let zone = time.zone.as_ref().unwrap_or(&visit.zone);
        let offset = self.ctx.zones.offset(zone, visit.start.at).unwrap_or(visit.start.offset);
        local(visit.start.at, offset).date()
    }

    /// Whether a listed visit may belong to the person to be seen. If the account holder books for a dependant, every
    /// visit that is not the account holder's may be the dependant's: the dependant's record is made only on submit,
    /// and may not be the only one.
    fn may_be_the_patients(&self, visit: &ClinicVisit) -> bool {
        let person = &self.state.person;
        let is_for_other = person.details.as_ref().is_some_and(|details| details.actor.is_some());
        match (&visit.patient, &person.patient) {
            (Some(whose), Some(account)) => is_same(whose, &account.guid) != is_for_other,
            (None, _) | (_, None) => true,
        }
    }

    /// Whether a listed visit belongs to the patient of the booking that was sent. True if the list does not say to
    /// whom the visit belongs.
    fn is_the_patients(&self, visit: &ClinicVisit) -> bool {
        let booked = self.patient_to_book();
        visit.patient.as_ref().is_none_or(|whose| booked.is_some_and(|booked| is_same(whose, booked)))
    }

    /// Looks for the visit in the patient's list, after a booking request whose outcome is unknown or that was refused.
    /// The visit may be booked in spite of the refusal: a browser sends a POST again by itself if the connection closed
    /// before any byte of the answer.
    pub(super) fn look(&mut self, errand: Box<Errand>, phase: SendingPhase, used: UsedRetries) {
        self.phase(errand, phase, used);
        self.read(Purpose::Look, Read::ClinicVisits(VisitFilter::All), true);
    }

    pub(super) fn looked(&mut self, answer: Result<ClinicVisitList, ApiError>) {
        let Stage::Sending(errand, phase, used) = &self.state.stage else { return };
        let (errand, phase, used) = (errand.clone(), *phase, *used);
        match (self.find(&errand, answer), phase) {
            (Finding::Booked(visit), _) => {
                self.confirmed(*errand, Confirmation { visit, meeting: None, room: None });
            }
            (Finding::Absent, SendingPhase::Verifying(refusal)) => self.not_booked(errand, refusal, used),
            // If the system booked the visit and the browser then sent the request again, the system hardly ever
            // refuses the second request with anything but a conflict.
            (Finding::Unread, SendingPhase::Verifying(refusal)) if !refusal.is_conflict() => {
                self.not_booked(errand, refusal, used);
            }
            // If the outcome is unknown, a visit that is absent may still appear in the list later.
            (Finding::Absent | Finding::Unclear | Finding::Unread, _) => self.unconfirmed(errand),
        }
    }

    /// Looks in the list for the visit that was sent, among those that were not listed before the submit. It is the
    /// visit with the slot that was sent; or, if the whole list from before the submit is known, a visit of the patient
    /// at the same time and clinic. The list from before contains only visits that were still to come, so a visit that
    /// the clinic has begun to handle is certainly new only if it has the slot.
    fn find(&self, errand: &Errand, answer: Result<ClinicVisitList, ApiError>) -> Finding {
        let (Some(time), Ok(list)) = (errand.time(), answer) else { return Finding::Unread };
        let before = self.state.listed.as_ref();
        let is_earlier =
            |visit: &ClinicVisit| before.iter().any(|list| list.visits.iter().any(|old| old.id == visit.id));
        let is_booked = |visit: &ClinicVisit| visit.status != ClinicVisitStatus::Cancelled;
        let new: Vec<_> =
            list.visits.into_iter().filter(|visit| is_booked(visit) && !is_earlier(visit)).collect();
        // A row that could not be read may have been an earlier visit at that time.
        let is_before_whole = before.is_some_and(|list| list.dropped == 0);
        let sent = time.slot().id.as_ref();
        let is_then = |visit: &ClinicVisit| visit.start.at == time.at() && visit.place == *time.place();
        let is_it = |visit: &&ClinicVisit| {
            sent.zip(visit.slot.as_ref()).is_some_and(|(sent, booked)| booked.is(sent))
                || (is_before_whole && visit.is_open() && is_then(visit) && self.is_the_patients(visit))
        };
        if let Some(visit) = new.iter().find(is_it) {
            return Finding::Booked(visit.id.clone());
        }
        let may_be_it = new.iter().any(|visit| is_then(visit) && self.may_be_the_patients(visit));
        match list.dropped {
            _ if may_be_it => Finding::Unclear,
            0 => Finding::Absent,
            _ => Finding::Unread,
        }
    }

    /// Forgets the list: another time is chosen, the errand is over, or another person has signed in.
    pub(super) fn forget_list(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::ListBefore));
        self.state.listed = None;
        self.state.same_day.clear();
    }
}

/// Compares GUIDs without regard to letter case.
fn is_same(a: &PatientGuid, b: &PatientGuid) -> bool {
    a.as_str().eq_ignore_ascii_case(b.as_str())
}
