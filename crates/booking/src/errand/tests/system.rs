//! A simplified system, host page and patient. Each of them can do only a few things at any moment, so that a
//! test can try all combinations.

use crate::api::Answer;
use crate::errand::event::{Event, TokenAnswer};
use crate::errand::purpose::Purpose;
use crate::errand::state::State;
use crate::fixtures::*;
use crate::ids::SlotId;
use crate::on_demand::VisitStatus;
use crate::outcome::{ApiError, Confirmation, Outcome, Refusal};
use crate::payment::Payment;
use crate::request::RequestId;
use crate::schedule::Time;
use crate::slot::{Slot, Source};
use crate::visits::{ClinicVisit, ClinicVisitList, ClinicVisitStatus};

/// The events of the patient and the host page that a test tries in every state.
pub fn patient(payment: &Payment) -> Vec<Event> {
    let entered = paid(payment.clone(), details(marta()));
    vec![
        Event::SignIn,
        Event::SignInTaken,
        Event::Give(Box::new(entered)),
        Event::Back,
        Event::ChangeTime,
        Event::ChangeDetails,
        Event::AcceptTerms(true),
        Event::Submit,
        Event::Retry,
        Event::Wake,
        Event::AskToLeave,
        Event::Leave(None),
        Event::Keep,
        Event::AfterVisit,
    ]
}

/// The answers that a test tries for a request with this purpose.
pub fn answers(id: RequestId, purpose: &Purpose, state: &State) -> Vec<Event> {
    let errors = [ApiError::SignedOut, ApiError::Network, ApiError::Locked];
    let all = |answers: Vec<Answer>| answers.into_iter().map(|answer| Event::Answered(id, answer)).collect();
    match purpose {
        // Marta's token, Ruth's token, or no token.
        Purpose::Token => [1, 2]
            .map(TokenAnswer::Held)
            .into_iter()
            .chain([TokenAnswer::None])
            .map(|answer| Event::Token(id, answer))
            .collect(),
        Purpose::Card => vec![Event::Card(id, true), Event::Card(id, false)],
        Purpose::Tick => vec![Event::Ticked(id)],
        Purpose::MailRule => all(vec![Answer::MailRule(None)]),
        Purpose::Patient => {
            let known = if state.person.session == Some(2) {
                record("p-ruth", &person("Ruth", "Lind"), &[MAIN])
            } else {
                record("p-marta", &marta(), &[MAIN])
            };
            let failed = [ApiError::NotFound, ApiError::SignedOut, ApiError::Network];
            let failed = failed.map(|error| Answer::Patient(Err(error)));
            all([Answer::Patient(Ok(Box::new(known)))].into_iter().chain(failed).collect())
        }
        Purpose::Save => all([Answer::Saved(Ok(guid("p-made")))]
            .into_iter()
            .chain(errors.map(|error| Answer::Saved(Err(error))))
            .collect()),
        Purpose::Match | Purpose::Resolve => {
            let same = state.stage.time().map(again).unwrap_or_default();
            let none = Answer::Slots(Ok(slots(PACIFIC, Vec::new())));
            all(vec![Answer::Slots(Ok(slots(PACIFIC, same))), none, Answer::Slots(Err(ApiError::Network))])
        }
        Purpose::Book => {
            let booked = Confirmation { visit: visit("v-1"), meeting: None, room: None };
            let refused = [
                Refusal::SlotTaken,
                Refusal::DoubleBooked,
                Refusal::NotOnPanel,
                Refusal::NoLinks,
                Refusal::SignedOut,
                Refusal::Busy,
                Refusal::NobodyFree,
            ];
            let refused = refused.map(Outcome::Refused);
            let all_of = [Outcome::Booked(booked), Outcome::Unknown].into_iter().chain(refused);
            all(all_of.map(Answer::Booking).collect())
        }
        // The visit listed here has the id of a visit that `Look` can find after the submit. If it is in both lists,
        // the errand must not take it for the visit that was just booked.
        Purpose::ListBefore => all(vec![
            Answer::ClinicVisits(
                Ok(vec![clinic_visit("c-1", "earlier", "2026-12-08T09:00:00-08:00")].into()),
            ),
            Answer::ClinicVisits(Ok(Vec::new().into())),
            Answer::ClinicVisits(Ok(unreadable())),
            Answer::ClinicVisits(Err(ApiError::Network)),
        ]),
        Purpose::Look => {
            let slot = state.stage.time().map(|time| id_of(time.slot()).to_owned());
            let there = slot.map(|slot| clinic_visit("c-1", &slot, "2026-12-08T09:00:00-08:00"));
            let other = clinic_visit("c-2", "other", "2026-12-08T09:00:00-08:00");
            let begun = ClinicVisit { status: ClinicVisitStatus::Other, ..other.clone() };
            all(vec![
                Answer::ClinicVisits(Ok(there.into_iter().collect::<Vec<_>>().into())),
                // This visit was perhaps booked before the review, whose list does not contain such visits.
                Answer::ClinicVisits(Ok(vec![begun].into())),
                Answer::ClinicVisits(Ok(vec![other].into())),
                Answer::ClinicVisits(Ok(Vec::new().into())),
                Answer::ClinicVisits(Ok(unreadable())),
                Answer::ClinicVisits(Err(ApiError::Network)),
            ])
        }
        Purpose::VisitWait => all(vec![
            Answer::VisitWait(Ok(estimate(5, 10))),
            Answer::VisitWait(Ok(estimate(0, 5))),
            Answer::VisitWait(Err(ApiError::SignedOut)),
            Answer::VisitWait(Err(ApiError::NotFound)),
        ]),
        Purpose::VisitStatus => {
            all([VisitStatus::Waiting, VisitStatus::InVisit, VisitStatus::Done, VisitStatus::Cancelled]
                .into_iter()
                .map(Ok)
                .chain([Err(ApiError::SignedOut)])
                .map(Answer::VisitStatus)
                .collect())
        }
        Purpose::CancelRules => {
            all(vec![Answer::CancelRules(Ok(Box::new(rules()))), Answer::CancelRules(Err(ApiError::Network))])
        }
        Purpose::Leave => {
            all([Ok(()), Err(ApiError::Network), Err(ApiError::Rejected), Err(ApiError::SignedOut)]
                .map(Answer::Cancelled)
                .to_vec())
        }
        other => unreachable!("an errand about a time or a line does not ask for {other:?}"),
    }
}

/// A list with one row, which cannot be read.
fn unreadable() -> ClinicVisitList {
    ClinicVisitList { visits: Vec::new(), dropped: 1 }
}

/// The slots of a time when they are read again: the slot with another id, and one more that equals it.
fn again(time: &Time) -> Vec<Slot> {
    let named = |id: &str| Slot { id: Some(SlotId::new(id)), ..time.slot().clone() };
    let source = time.slot().source;
    from(if source.is_search() { Source::Clinician } else { source }, vec![named("fresh"), named("equal")])
}
