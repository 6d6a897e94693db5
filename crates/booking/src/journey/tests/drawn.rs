//! Lists the buttons that each step shows, and the outcomes that a patient can see. The list repeats what the
//! screens draw (`src/errand`, `src/visits`, `src/finder/unavailable.rs`): if you add or remove a button there,
//! change the list here, too.

use std::collections::BTreeSet;

use super::walk::Walk;
use crate::errand::event::Event as Act;
use crate::errand::state::{ClinicCancelProgress, OnDemandCancelProgress, SendingPhase, SignInPhase, Stage};
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::journey::event::Event;
use crate::journey::state::State;
use crate::on_demand::VisitStatus;
use crate::outcome::{ApiError, Refusal};

/// The outcomes that a patient can see: on screen, in brief, or by "Back" from "My visits". A confirmed one is
/// known by its visit id.
#[derive(Debug)]
pub struct Outcomes {
    pub confirmed: BTreeSet<String>,
    /// The visits that need not be kept: the patient is neither in line nor in the visit any more, or a cancel got no
    /// answer.
    pub over: BTreeSet<String>,
    pub unconfirmed: usize,
}

pub fn outcomes(state: &State) -> Outcomes {
    let over = state.errand.unanswered.iter().map(|visit| visit.as_str().to_owned()).collect();
    let mut found = Outcomes { confirmed: BTreeSet::new(), over, unconfirmed: 0 };
    let brief = state.outcomes.iter().map(|outcome| &outcome.stage);
    let errand = &state.errand;
    for stage in brief.chain([&errand.stage]).chain(errand.before.as_deref()) {
        match stage {
            Stage::Booked(_, confirmation) => {
                found.confirmed.insert(confirmation.visit.as_str().into());
            }
            Stage::Waiting(waiting) => {
                let visit = waiting.confirmation.visit.as_str();
                found.confirmed.insert(visit.into());
                if !matches!(waiting.status, VisitStatus::Waiting | VisitStatus::InVisit) {
                    found.over.insert(visit.into());
                }
            }
            Stage::Unconfirmed(_) => found.unconfirmed += 1,
            Stage::Idle
            | Stage::Resolving(..)
            | Stage::HandedOver(_)
            | Stage::SignIn(..)
            | Stage::Patient(_)
            | Stage::Review(..)
            | Stage::Sending(..)
            | Stage::Taken(..)
            | Stage::Refused(..)
            | Stage::CallToBook(_)
            | Stage::Visits(_) => {}
        }
    }
    found
}

/// How the patient can go on from the step on screen.
pub struct Drawn {
    /// The buttons; pressing any of them does something.
    pub buttons: Vec<Event>,
    /// Whether the phone number is shown as the way to go on.
    pub phone: bool,
    /// Whether an answer is awaited that will change the step.
    pub waits: bool,
}

pub fn drawn(walk: &Walk) -> Drawn {
    let errand = &walk.state.errand;
    let mut phone = false;
    let mut waits = false;
    let mut buttons: Vec<Event> = Vec::new();
    let mut act = |event: Act| buttons.push(event.into());
    match &errand.stage {
        Stage::Idle => match walk.state.finder.stage {
            // The buttons for times, lines and filters are left out: the finder's own tests press them.
            Looking::Loading => waits = true,
            Looking::Choosing
            | Looking::Queue
            | Looking::Unavailable(
                UnavailableReason::Misconfigured
                | UnavailableReason::Error(ApiError::NotFound | ApiError::Rejected),
            ) => phone = true,
            Looking::Unavailable(UnavailableReason::Error(_) | UnavailableReason::NoTimes) => {
                buttons.push(Event::Retry);
            }
        },
        Stage::Resolving(_, error) => {
            act(Act::Back);
            if error.is_some() {
                buttons.push(Event::Retry);
            }
        }
        Stage::SignIn(_, phase) => {
            act(Act::Back);
            match phase {
                SignInPhase::Waiting | SignInPhase::Expired | SignInPhase::Asking => act(Act::SignIn),
                SignInPhase::Failed(_) => buttons.push(Event::Retry),
                SignInPhase::Reading => {}
            }
        }
        Stage::HandedOver(_)
        | Stage::CallToBook(_)
        | Stage::Taken(..)
        | Stage::Refused(Refusal::NotOnPanel, _) => act(Act::ChangeTime),
        Stage::Patient(_) => act(Act::Back),
        Stage::Review(errand, _) => {
            act(Act::Back);
            if errand.on_demand().is_none() {
                act(Act::Submit);
            }
        }
        Stage::Sending(_, phase, _) => {
            waits = true;
            if matches!(phase, SendingPhase::Token | SendingPhase::Card) {
                act(Act::Back);
            }
        }
        Stage::Refused(..) => phone = true,
        Stage::Unconfirmed(_) => {
            phone = true;
            if errand.was_in_brief {
                buttons.push(Event::CloseOutcome);
            }
        }
        Stage::Booked(time, _) => {
            buttons.push(Event::CloseOutcome);
            if !time.slot().source.names_clinician() {
                buttons.push(Event::MyVisits);
            }
        }
        Stage::Waiting(waiting) => {
            waits = true;
            let is_being_cancelled = matches!(
                waiting.cancel_progress,
                OnDemandCancelProgress::Sending | OnDemandCancelProgress::Refused(_)
            );
            if waiting.status == VisitStatus::Waiting {
                match &waiting.cancel_progress {
                    _ if waiting.is_hidden_from_token => {}
                    OnDemandCancelProgress::Asking => act(Act::Keep),
                    OnDemandCancelProgress::Choosing(_) => {
                        act(Act::Leave(None));
                        act(Act::Keep);
                    }
                    OnDemandCancelProgress::Failed(_) => {
                        act(Act::AskToLeave);
                        act(Act::Keep);
                    }
                    // While the status of the visit is being read, the button does nothing.
                    OnDemandCancelProgress::Unknown
                        if walk.open_lines().iter().any(|line| line.starts_with("read status")) => {}
                    OnDemandCancelProgress::No | OnDemandCancelProgress::Unknown => act(Act::AskToLeave),
                    OnDemandCancelProgress::Sending | OnDemandCancelProgress::Refused(_) => {}
                }
            } else if !is_being_cancelled {
                act(Act::AfterVisit);
            }
            if errand.was_in_brief && !is_being_cancelled {
                buttons.push(Event::CloseOutcome);
            }
        }
        Stage::Visits(visits) => {
            match &visits.cancelling {
                Some(_) if visits.being_cancelled().is_some() => waits = true,
                Some((_, ClinicCancelProgress::Choosing)) if visits.reasons.is_some() => {
                    act(Act::Back);
                    act(Act::Keep);
                }
                Some(_) | None => act(Act::Back),
            }
            if visits.list.is_none() && visits.error.is_some() {
                buttons.push(Event::Retry);
            }
        }
    }
    Drawn { buttons, phone, waits }
}

/// Checks that every button does something, and that a button, the phone number or an awaited answer leads on.
pub fn has_a_way_out(walk: &Walk) {
    let drawn = drawn(walk);
    let mut leads_on = drawn.phone || (drawn.waits && !walk.open.is_empty());
    for event in drawn.buttons {
        let mut next = walk.again();
        let asked = next.on(event.clone());
        assert!(
            !asked.is_empty() || next.state != walk.state,
            "a dead button: {event:?} at {} {:?}, {:?}",
            walk.stage(),
            walk.state.errand.stage,
            walk.state.finder.stage
        );
        leads_on = true;
    }
    assert!(leads_on, "no way out of {} {:?}", walk.stage(), walk.state.errand.stage);
}
