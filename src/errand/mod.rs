//! The steps of an errand, from the press on a time or a line to its outcome. The first part of the wasm calls them through
//! [`PART`].

pub mod outcome;
pub mod outcomes;
pub mod patient;
pub mod refused;
pub mod review;
pub mod sign_in;
pub mod taken;

use booking::errand::state::Stage;
use leptos::prelude::*;

use crate::app::carry_out::errand::carry_out;
use crate::app::part::Errand;
use crate::screen::{Screen, Step};
use crate::ui::view::{Node, nothing};
use crate::visits::{my_visits, waiting};

/// The functions of the errand's part that the first part of the wasm calls.
pub static PART: Errand =
    Errand { run: booking::errand::run, carry_out, draw, outcomes: outcomes::Outcomes, said: outcomes::said };

/// Makes the component of a step, with the values that do not change while the step is on screen.
fn draw(screen: Screen, step: Step) -> Node {
    if step == Step::Visits {
        return my_visits::MyVisits();
    }
    screen.app.state.with_untracked(|state| of_stage(&state.errand.stage))
}

fn of_stage(stage: &Stage) -> Node {
    match stage {
        // The finder draws `Idle`; `draw` handles `Visits`.
        Stage::Idle | Stage::Visits(_) => nothing(),
        Stage::Resolving(time, _) => sign_in::Resolving(sign_in::ResolvingProps { time: time.clone() }),
        Stage::HandedOver(time) => sign_in::HandedOver(sign_in::HandedOverProps { time: time.clone() }),
        Stage::SignIn(errand, _) => sign_in::SignIn(sign_in::SignInProps { errand: errand.clone() }),
        Stage::Patient(errand) => patient::Patient(patient::PatientProps { errand: errand.clone() }),
        Stage::Review(errand, failure) => {
            review::Review(review::ReviewProps { errand: errand.clone(), failure: *failure })
        }
        Stage::Sending(errand, ..) => review::Sending(review::SendingProps { errand: errand.clone() }),
        Stage::Taken(lost, refusal) => {
            taken::Taken(taken::TakenProps { lost: lost.clone(), refusal: *refusal })
        }
        Stage::Unconfirmed(errand) => {
            outcome::Unconfirmed(outcome::UnconfirmedProps { errand: errand.clone() })
        }
        Stage::Booked(time, confirmation) => {
            let meeting = confirmation.meeting.clone();
            outcome::Booked(outcome::BookedProps { time: time.clone(), meeting })
        }
        Stage::Waiting(waiting) => waiting::InLine(waiting::InLineProps { now: waiting.now.clone() }),
        Stage::Refused(refusal, errand) => {
            refused::Refused(refused::RefusedProps { refusal: *refusal, errand: errand.clone() })
        }
        Stage::CallToBook(errand) => refused::CallToBook(refused::CallToBookProps { errand: errand.clone() }),
    }
}
