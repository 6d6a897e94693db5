//! The step "My visits": the patient's list of clinic visits, and cancelling one with a reason from the system's
//! list (API reference §2.36–2.38). A clinician's visits can be neither listed nor cancelled (§5, open question 12):
//! the step says so, and shows the phone number.

use super::Machine;
use super::choosing::Origin;
use super::purpose::Purpose;
use super::state::{ClinicCancelProgress, Errand, SignInPhase, Stage, Visits};
use crate::api::{DepartmentKey, Read, Write};
use crate::ids::{DepartmentIdentifier, VisitId};
use crate::notice::Notice;
use crate::order::by_number;
use crate::outcome::ApiError;
use crate::visits::{CancelReason, ClinicVisit, ClinicVisitList, ClinicVisitStatus, VisitFilter};

/// The greatest number of clinics that are read to name them in the list of visits.
const MOST_PLACES: usize = 24;

impl Machine<'_> {
    /// Begins "My visits", from the finder or from a confirmation.
    pub(super) fn my_visits(&mut self, origin: Origin) {
        if !matches!(self.state.stage, Stage::Idle | Stage::Booked(..)) {
            return;
        }
        let before = std::mem::take(&mut self.state.stage);
        self.state.before = (!before.is_idle()).then(|| Box::new(before));
        if self.state.before.is_none() {
            self.set_out(origin);
        }
        self.state.invited = false;
        self.go(Stage::SignIn(Box::new(Errand::Visits), SignInPhase::Asking));
        self.ask_token();
    }

    pub(super) fn read_visits(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::ClinicVisits | Purpose::CancelReasons));
        self.go(Stage::Visits(Box::default()));
        self.read(Purpose::ClinicVisits, Read::ClinicVisits(VisitFilter::Requested), true);
    }

    fn visits(&mut self) -> Option<&mut Visits> {
        if let Stage::Visits(visits) = &mut self.state.stage { Some(visits) } else { None }
    }

    pub(super) fn clinic_visits(&mut self, answer: Result<ClinicVisitList, ApiError>) {
        self.check_cancel(answer.as_ref().map_or(&[], |found| &found.visits));
        let Some(visits) = self.visits() else { return };
        match answer.and_then(ClinicVisitList::open) {
            Ok(found) => {
                let order = by_number(found.iter().map(|visit| visit.start.at));
                let list: Vec<_> = order.into_iter().map(|place| found[place].clone()).collect();
                let places: Vec<_> = list.iter().map(|visit| visit.place.clone()).collect();
                (visits.list, visits.error) = (Some(list), None);
                self.read_places(places);
            }
            Err(ApiError::SignedOut) => self.visits_signed_out(),
            Err(error) => visits.error = Some(error),
        }
    }

    /// Looks up a cancel that was refused or got no answer, in the visits of any status. The visit is cancelled only if
    /// the list says so. If the list contains the visit with another status, a refused cancel has failed. A visit that
    /// is absent, or a list that could not be read, proves nothing.
    fn check_cancel(&mut self, found: &[ClinicVisit]) {
        let Some(visits) = self.visits() else { return };
        let Some((id, how)) = &mut visits.cancelling else { return };
        let status = found.iter().find(|visit| visit.id == *id).map(|visit| visit.status);
        match (*how, status) {
            (
                ClinicCancelProgress::Unknown | ClinicCancelProgress::Refused(_),
                Some(ClinicVisitStatus::Cancelled),
            ) => self.end_cancel(),
            (ClinicCancelProgress::Refused(why), Some(_)) => *how = ClinicCancelProgress::Failed(why),
            (ClinicCancelProgress::Refused(_), None) => *how = ClinicCancelProgress::Unknown,
            _ => {}
        }
    }

    /// Shows that the visit whose cancel was sent is cancelled, and reports it.
    fn end_cancel(&mut self) {
        let Some(visits) = self.visits() else { return };
        let Some((id, _)) = visits.cancelling.take() else { return };
        if let Some(list) = &mut visits.list
            && let Some(place) = list.iter().position(|visit| visit.id == id)
        {
            visits.cancelled = Some(list.remove(place));
        }
        // "Back" must no longer lead to the confirmation of the cancelled visit.
        if self.state.before.as_ref().is_some_and(|booked| booked.visit() == Some(&id)) {
            (self.state.before, self.state.people) = (None, None);
        }
        self.notify(Notice::Cancelled(id));
    }

    fn visits_signed_out(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::ClinicVisits | Purpose::CancelReasons));
        self.state.person.session = None;
        self.go(Stage::SignIn(Box::new(Errand::Visits), SignInPhase::Expired));
        self.invite_sign_in();
    }

    pub(super) fn ask_to_cancel(&mut self, visit: VisitId) {
        let is_unanswered = self.state.unanswered.contains(&visit);
        let Some(visits) = self.visits() else { return };
        let is_listed = visits.list.iter().flatten().any(|known| known.id == visit);
        if !is_listed || visits.being_cancelled().is_some() {
            return;
        }
        visits.cancelled = None;
        if is_unanswered {
            // The system may still carry out the earlier cancel, so do not send another one.
            visits.cancelling = Some((visit, ClinicCancelProgress::Unknown));
            return;
        }
        let knows = visits.reasons.is_some();
        visits.cancelling = Some((visit, ClinicCancelProgress::Choosing));
        if !knows && !self.awaits(|purpose| matches!(purpose, Purpose::CancelReasons)) {
            self.read(Purpose::CancelReasons, Read::CancelReasons, false);
        }
    }

    pub(super) fn cancel_reasons(&mut self, answer: Result<Vec<CancelReason>, ApiError>) {
        let Some(visits) = self.visits() else { return };
        match answer {
            Ok(reasons) if !reasons.is_empty() => visits.reasons = Some(reasons),
            other => {
                // The call that cancels needs one of the system's reasons; without them the patient has to phone.
                let error = other.err().unwrap_or(ApiError::Unreadable);
                if let Some((_, how)) = &mut visits.cancelling {
                    *how = ClinicCancelProgress::Failed(error);
                }
            }
        }
    }

    pub(super) fn cancel_visit(&mut self, reason: String) {
        let Some(visits) = self.visits() else { return };
        let is_known = visits.reasons.iter().flatten().any(|known| known.code == reason);
        let Some((visit, how)) = &mut visits.cancelling else { return };
        if *how != ClinicCancelProgress::Choosing || !is_known {
            return;
        }
        *how = ClinicCancelProgress::Sending;
        let write = Write::CancelClinicVisit(visit.clone(), reason);
        self.write(Purpose::CancelVisit, write);
    }

    pub(super) fn keep_visit(&mut self) {
        if let Some(visits) = self.visits()
            && visits.being_cancelled().is_none()
        {
            visits.cancelling = None;
        }
    }

    pub(super) fn visit_cancelled(&mut self, answer: Result<(), ApiError>) {
        let Some(visits) = self.visits() else { return };
        let Some((id, how)) = &mut visits.cancelling else { return };
        match answer {
            Ok(()) => self.end_cancel(),
            // The cancel was not answered: the list shows whether the visit is still booked.
            Err(ApiError::Network | ApiError::Server) => {
                *how = ClinicCancelProgress::Unknown;
                let id = id.clone();
                self.state.unanswered.push(id);
                self.list_again();
            }
            Err(ApiError::SignedOut) => self.visits_signed_out(),
            Err(error) => {
                *how = ClinicCancelProgress::Refused(error);
                self.list_again();
            }
        }
    }

    fn list_again(&mut self) {
        self.cancel(|purpose| matches!(purpose, Purpose::ClinicVisits));
        self.read(Purpose::ClinicVisits, Read::ClinicVisits(VisitFilter::All), true);
    }

    /// The visit whose cancel is being sent or checked.
    pub(super) fn being_cancelled(&self) -> Option<VisitId> {
        match &self.state.stage {
            Stage::Visits(visits) => visits.being_cancelled().cloned(),
            _ => None,
        }
    }

    /// Goes back from the visits, or from the sign-in for them.
    pub(super) fn leave_visits(&mut self) {
        // Stay while a cancel is being sent or checked: its outcome will be known soon.
        if self.being_cancelled().is_some() {
            return;
        }
        self.cancel(|purpose| {
            matches!(
                purpose,
                Purpose::ClinicVisits | Purpose::CancelReasons | Purpose::Token | Purpose::Patient
            )
        });
        // A visit whose cancel got no answer is no longer confirmed.
        let unanswered = &self.state.unanswered;
        let is_certain = |booked: &Stage| booked.visit().is_none_or(|visit| !unanswered.contains(visit));
        match self.state.before.take().filter(|booked| is_certain(booked)) {
            Some(booked) => self.go(*booked),
            None => self.choose_again(),
        }
    }

    /// Reads the names and phone numbers of the visits' clinics, each once.
    fn read_places(&mut self, places: Vec<DepartmentIdentifier>) {
        for place in places {
            if self.state.directory.department(&place).is_some()
                || self.state.read_places.contains(&place)
                || self.state.read_places.len() >= MOST_PLACES
            {
                continue;
            }
            self.state.read_places.push(place.clone());
            self.read(Purpose::VisitPlace, Read::Department(DepartmentKey::Identifier(place)), false);
        }
    }
}
