//! The step in which the patient waits in line: reads the estimate of the wait again and again, reads how far the
//! visit is, and leaves the line (API reference §2.30–2.35). Joining a line is in `finder::queue` and
//! [`super::sending`].

use super::Machine;
use super::command::ForFinder;
use super::event::{TokenAnswer, is_someone_else};
use super::purpose::Purpose;
use super::state::{OnDemandCancelProgress, SendingPhase, Stage, Waiting};
use crate::api::{OnDemandCancel, Read, Write};
use crate::notice::Notice;
use crate::on_demand::{Modality, OnDemandVisit, VisitStatus, VisitWait};
use crate::outcome::{ApiError, Confirmation};
use crate::visits::CancelRules;

/// Seconds until the estimate is read for the first time, then until each further read.
const FIRST_LOOK: u32 = 5;
const NEXT_LOOK: u32 = 60;

impl Machine<'_> {
    pub(super) fn joined(&mut self, now: OnDemandVisit, confirmation: Confirmation) {
        self.notify(Notice::Joined(Box::new(confirmation.clone())));
        let waiting = Waiting {
            now,
            confirmation,
            wait: None,
            error: None,
            status: VisitStatus::Waiting,
            cancel_progress: OnDemandCancelProgress::No,
            is_hidden_from_token: false,
            has_fresh_token: false,
        };
        self.go(Stage::Waiting(Box::new(waiting)));
        self.send_to_finder(ForFinder::Joined);
        self.later(FIRST_LOOK);
    }

    /// The timer has passed: if the system refused even the fresh token, the token may be renewed once more.
    pub(super) fn end_pause(&mut self) {
        if self.waiting().is_some_and(|waiting| std::mem::take(&mut waiting.has_fresh_token)) {
            self.state.person.refused = false;
        }
        self.tick();
    }

    /// Reads the estimate of the wait or the status of the visit, or stops waiting for the card field.
    pub(super) fn tick(&mut self) {
        // The card field has not answered. No booking is being sent at that point.
        if matches!(self.state.stage, Stage::Sending(_, SendingPhase::Card, _)) {
            return self.stop_asking();
        }
        let Stage::Waiting(waiting) = &self.state.stage else { return };
        // Another person is signed in and must not read this visit: ask for the token again, which may be the patient's
        // by then.
        if waiting.is_hidden_from_token {
            self.ask_token();
            return self.later(NEXT_LOOK);
        }
        let (visit, status) = (waiting.confirmation.visit.clone(), waiting.status);
        // Send only one kind of read at a time: the estimate while the patient waits, the status during the visit.
        let (purpose, read) = match status {
            VisitStatus::Waiting => (Purpose::VisitWait, Read::VisitWait(visit)),
            VisitStatus::InVisit => (Purpose::VisitStatus, Read::VisitStatus(visit)),
            _ => return,
        };
        self.cancel(|other| *other == purpose);
        self.read(purpose, read, true);
    }

    /// Handles a page that is visible or online again: the browser may have stopped its timer meanwhile, so the
    /// estimate or the status is read at once.
    pub(super) fn wake(&mut self) {
        if matches!(self.state.stage, Stage::Waiting(_))
            && !self.awaits(|purpose| matches!(purpose, Purpose::VisitWait))
        {
            self.cancel(|purpose| matches!(purpose, Purpose::Tick));
            self.tick();
        }
    }

    /// Stops reading how far the visit is: the visit is shown in brief from now on, is over, or its element has left
    /// the page.
    pub(crate) fn look_away(&mut self) {
        self.cancel(|purpose| {
            matches!(
                purpose,
                Purpose::Tick
                    | Purpose::VisitWait
                    | Purpose::VisitStatus
                    | Purpose::CancelRules
                    | Purpose::Token
            )
        });
        self.stop_cancelling();
    }

    /// Withdraws the question whether to leave the line; returns whether the question was on screen. A cancel that
    /// was sent is not stopped.
    fn stop_cancelling(&mut self) -> bool {
        let Some(waiting) = self.waiting() else { return false };
        let is_open = matches!(
            waiting.cancel_progress,
            OnDemandCancelProgress::Asking
                | OnDemandCancelProgress::Choosing(_)
                | OnDemandCancelProgress::Failed(_)
        );
        if is_open {
            waiting.cancel_progress = OnDemandCancelProgress::No;
        }
        is_open
    }

    fn waiting(&mut self) -> Option<&mut Waiting> {
        if let Stage::Waiting(waiting) = &mut self.state.stage { Some(waiting) } else { None }
    }

    pub(super) fn visit_wait(&mut self, answer: Result<VisitWait, ApiError>) {
        let Some(waiting) = self.waiting() else { return };
        match answer {
            Ok(wait) => {
                let is_near = wait.range.from == 0;
                (waiting.wait, waiting.error) = (Some(wait), None);
                if is_near {
                    // An estimate of zero can mean that the visit has begun, so read its status.
                    let visit = waiting.confirmation.visit.clone();
                    self.read(Purpose::VisitStatus, Read::VisitStatus(visit), true);
                } else {
                    self.later(NEXT_LOOK);
                }
            }
            Err(ApiError::SignedOut) if self.renew() => {}
            // The system has an estimate only while the patient waits, so read how far the visit is.
            Err(error) => {
                let Some(waiting) = self.waiting() else { return };
                waiting.error = Some(error);
                waiting.wait = None;
                let visit = waiting.confirmation.visit.clone();
                self.read(Purpose::VisitStatus, Read::VisitStatus(visit), true);
            }
        }
    }

    pub(super) fn take_status(&mut self, answer: Result<VisitStatus, ApiError>) {
        let Some(waiting) = self.waiting() else { return };
        if let Ok(status) = answer {
            waiting.status = status;
        }
        match (&waiting.cancel_progress, answer) {
            (
                OnDemandCancelProgress::Unknown | OnDemandCancelProgress::Refused(_),
                Ok(VisitStatus::Cancelled),
            ) => self.end_cancel_on_demand(),
            (OnDemandCancelProgress::Refused(why), Ok(_)) => {
                waiting.cancel_progress = OnDemandCancelProgress::Failed(*why);
            }
            (OnDemandCancelProgress::Refused(_), Err(_)) => {
                waiting.cancel_progress = OnDemandCancelProgress::Unknown;
            }
            _ => {}
        }
        if answer == Err(ApiError::SignedOut) && self.renew() {
            return;
        }
        if self.waiting().is_some_and(|waiting| !waiting.is_over()) {
            self.later(NEXT_LOOK);
        }
    }

    /// Asks for a fresh token, since a wait can last longer than a token is valid. Asks only once until another token
    /// comes, and until the timer passes after that; returns whether it asked.
    fn renew(&mut self) -> bool {
        let first = !std::mem::replace(&mut self.state.person.refused, true)
            && self.waiting().is_some_and(|waiting| !waiting.has_fresh_token);
        if first {
            self.ask_token();
            // The host page may never answer.
            self.later(NEXT_LOOK);
        }
        first
    }

    /// Handles the answer of `getToken` to [`Self::renew`] or [`Self::tick`]. With a fresh token the visit is read
    /// again at once, otherwise after a pause. Another person's token hides the visit.
    pub(super) fn renewed(&mut self, answer: TokenAnswer) {
        let before = self.state.person.session;
        let is_other_person = matches!((answer, before), (TokenAnswer::Held(now), Some(before)) if is_someone_else(now, before));
        if let Some(waiting) = self.waiting() {
            waiting.is_hidden_from_token = is_other_person;
            if is_other_person {
                (waiting.wait, waiting.error) = (None, Some(ApiError::SignedOut));
                waiting.has_fresh_token = false;
            }
        }
        if let TokenAnswer::Held(session) = answer
            && !is_other_person
            && self.state.person.session.replace(session) != Some(session)
            && let Some(waiting) = self.waiting()
        {
            waiting.has_fresh_token = true;
            self.state.person.refused = false;
            self.cancel(|purpose| matches!(purpose, Purpose::Tick));
            self.tick();
        } else {
            self.later(NEXT_LOOK);
        }
    }

    /// Asks the patient for a reason to leave the line, once the system's reasons are read.
    pub(super) fn ask_to_leave(&mut self) {
        let is_looking = self.awaits(|purpose| matches!(purpose, Purpose::VisitStatus));
        let Some(waiting) = self.waiting() else { return };
        if waiting.status != VisitStatus::Waiting || waiting.is_hidden_from_token {
            return;
        }
        match waiting.cancel_progress {
            OnDemandCancelProgress::No | OnDemandCancelProgress::Failed(_) => {
                waiting.cancel_progress = OnDemandCancelProgress::Asking;
                self.read(Purpose::CancelRules, Read::CancelRules, false);
            }
            // A cancel that got no answer is not sent again: "Try again" reads how far the visit is.
            OnDemandCancelProgress::Unknown if !is_looking => {
                let visit = waiting.confirmation.visit.clone();
                self.read(Purpose::VisitStatus, Read::VisitStatus(visit), true);
            }
            OnDemandCancelProgress::Unknown
            | OnDemandCancelProgress::Asking
            | OnDemandCancelProgress::Choosing(_)
            | OnDemandCancelProgress::Sending
            | OnDemandCancelProgress::Refused(_) => {}
        }
    }

    pub(super) fn cancel_rules(&mut self, answer: Result<Box<CancelRules>, ApiError>) {
        let Some(waiting) = self.waiting() else { return };
        if !matches!(waiting.cancel_progress, OnDemandCancelProgress::Asking) {
            return;
        }
        // If the system's reasons cannot be read, the call that takes no reason still works.
        let none = CancelRules { reasons: Vec::new(), video_with_reason: false, phone_with_reason: false };
        waiting.cancel_progress = OnDemandCancelProgress::Choosing(answer.unwrap_or_else(|_| Box::new(none)));
    }

    /// Sends the cancel, with a reason if the system takes one for this kind of visit.
    pub(super) fn leave(&mut self, reason: Option<String>) {
        let email = self.state.people.as_ref().map(|people| people.email.clone());
        let Some(waiting) = self.waiting() else { return };
        let OnDemandCancelProgress::Choosing(rules) = &waiting.cancel_progress else { return };
        let modality = waiting.now.modality;
        let with_reason = match modality {
            Modality::Video => rules.video_with_reason,
            Modality::Phone => rules.phone_with_reason,
        };
        // `OTHER` is the system's own default (§2.32).
        let reason = with_reason.then(|| reason.unwrap_or_else(|| "OTHER".into()));
        let leave = OnDemandCancel {
            visit: waiting.confirmation.visit.clone(),
            modality,
            reason,
            email: email.unwrap_or_default(),
        };
        waiting.cancel_progress = OnDemandCancelProgress::Sending;
        self.write(Purpose::Leave, Write::CancelOnDemand(Box::new(leave)));
    }

    /// Keeps the place in line: the patient has decided not to leave.
    pub(super) fn stay(&mut self) {
        if self.stop_cancelling() {
            self.cancel(|purpose| matches!(purpose, Purpose::CancelRules));
        }
    }

    pub(super) fn left(&mut self, answer: Result<(), ApiError>) {
        let Some(waiting) = self.waiting() else { return };
        match answer {
            Ok(()) => {
                waiting.status = VisitStatus::Cancelled;
                self.end_cancel_on_demand();
            }
            Err(ApiError::SignedOut) => {
                waiting.cancel_progress = OnDemandCancelProgress::Failed(ApiError::SignedOut);
                self.renew();
            }
            Err(error) => {
                // Do not send the cancel again: the status of the visit shows whether it is cancelled.
                waiting.cancel_progress = match error {
                    ApiError::Network | ApiError::Server => OnDemandCancelProgress::Unknown,
                    _ => OnDemandCancelProgress::Refused(error),
                };
                let visit = waiting.confirmation.visit.clone();
                // A status that was read earlier may be from before the cancel.
                self.cancel(|purpose| matches!(purpose, Purpose::VisitStatus));
                self.read(Purpose::VisitStatus, Read::VisitStatus(visit), true);
            }
        }
    }

    /// Shows that the visit whose cancel was sent is cancelled, and reports it.
    fn end_cancel_on_demand(&mut self) {
        let Some(waiting) = self.waiting() else { return };
        waiting.cancel_progress = OnDemandCancelProgress::No;
        let visit = waiting.confirmation.visit.clone();
        // Cancel the other reads: their answers may be from before the cancel, and would show the patient in line
        // again.
        self.cancel(|purpose| matches!(purpose, Purpose::Tick | Purpose::VisitWait | Purpose::VisitStatus));
        self.notify(Notice::Cancelled(visit));
    }

    /// Goes back to the lines, once the patient no longer waits.
    pub(super) fn after_visit(&mut self) {
        let is_over =
            |waiting: &mut Waiting| waiting.status != VisitStatus::Waiting && !waiting.is_being_cancelled();
        if self.waiting().is_some_and(is_over) {
            self.look_away();
            self.state.person.terms = false;
            self.go(Stage::Idle);
            self.send_to_finder(ForFinder::BackToLine);
        }
    }
}
