//! Whatever the patient or the host page does next: mostly what the step on screen offers, else anything.

use chrono::Weekday;

use super::oracle::Oracle;
use super::random::Rng;
use super::seen::owner;
use super::walk::*;
use crate::api::Answer;
use crate::filter::Filter;
use crate::fixtures::*;
use crate::flow::command::RequestId;
use crate::flow::event::{Event, Lane};
use crate::flow::paying::methods;
use crate::flow::state::{Errand, Leaving, Stage, Way};
use crate::on_demand::{Modality, Qualifier};
use crate::patient::{Actor, Details};
use crate::payment::{Method, Payment};
use crate::schedule::Time;
use crate::search::{Around, PatientType, Search};
use crate::time::PartOfDay;

pub fn any_event(rng: &mut Rng, walk: &Walk, oracle: &Oracle) -> Event {
    if rng.percent(70)
        && let Some(event) = offered(rng, walk, oracle)
    {
        return event;
    }
    match rng.below(40) {
        0 => Event::Start,
        1 => Event::HandedOver(rng.percent(50)),
        2 => Event::PickType(visit_type(rng.pick(&[OFFICE, FLU, "Physical"]))),
        3 => filter(rng),
        4 => Event::More,
        5 => choose(rng, walk),
        6 => Event::SignIn,
        7 => Event::SignedIn,
        8 => give(rng, walk, oracle),
        9 => Event::Back,
        10 => Event::ChangeTime,
        11 => Event::ChangeDetails,
        12 | 13 => Event::Submit,
        14 | 15 => Event::Wake,
        16 => Event::Retry,
        17 => Event::Refresh,
        18 => Event::Reset,
        19 => Event::SignInTaken,
        20 | 21 => Event::Take(rng.pick(&[Way::Named, Way::Nearby, Way::OnDemand])),
        22 => seek(rng),
        23 => refine(rng),
        24 => Event::PickClinic(rng.pick(&[None, Some(ballard()), Some(fremont())])),
        25 => Event::PickRegion(code(rng.pick(&["WA", "OR", "ZZ"]))),
        26 => Event::ForWhom(rng.pick(&[Qualifier::Adult, Qualifier::Pediatric])),
        27 => join(rng),
        28 => Event::AcceptTerms(rng.percent(70)),
        29 => Event::NeedIssuers,
        30 => Event::CheckCoupon(rng.pick(&["NORTH25", "SPRING", ""]).into()),
        31 | 32 => Event::MyVisits,
        33 => Event::AskToCancel(visit(rng.pick(&["c-0", "c-1", "c-9"]))),
        34 => Event::CancelVisit(rng.pick(&["PLANS", "ELSE"]).into()),
        35 => Event::Keep,
        36 => Event::AskToLeave,
        37 => Event::Leave(rng.pick(&[None, Some("OTHER".into())])),
        38 => Event::AfterVisit,
        _ => Event::Answered(RequestId(0), Answer::MailRule(None)),
    }
}

/// What the step on screen offers.
fn offered(rng: &mut Rng, walk: &Walk, oracle: &Oracle) -> Option<Event> {
    Some(match &walk.state.stage {
        Stage::Choosing if walk.held().is_empty() => match rng.below(4) {
            0 | 1 => seek(rng),
            2 => refine(rng),
            _ => Event::Take(rng.pick(&[Way::Named, Way::Nearby, Way::OnDemand])),
        },
        Stage::Choosing if rng.percent(8) => Event::MyVisits,
        Stage::Choosing | Stage::Taken(..) | Stage::GivenAway(_) => choose(rng, walk),
        Stage::Queue if rng.percent(30) => Event::PickRegion(code(rng.pick(&["WA", "WA", "OR"]))),
        Stage::Queue if rng.percent(10) => Event::MyVisits,
        Stage::Queue => join(rng),
        Stage::SignIn(..) => rng.pick(&[Event::SignIn, Event::SignedIn, Event::Retry, Event::SignIn]),
        Stage::Patient(_) => give(rng, walk, oracle),
        Stage::Review(errand, _) if errand.now().is_some() && !walk.state.person.terms => {
            Event::AcceptTerms(true)
        }
        Stage::Review(..) => Event::Submit,
        Stage::Booked(..) => Event::MyVisits,
        Stage::Visits(visits) => match &visits.cancelling {
            None => {
                let listed = visits.list.iter().flatten().map(|visit| visit.id.clone()).collect::<Vec<_>>();
                if listed.is_empty() {
                    rng.pick(&[Event::Back, Event::Retry])
                } else {
                    Event::AskToCancel(rng.pick(&listed))
                }
            }
            Some(_) => rng.pick(&[
                Event::CancelVisit("PLANS".into()),
                Event::CancelVisit("PLANS".into()),
                Event::Keep,
            ]),
        },
        Stage::Waiting(waiting) => match &waiting.leaving {
            Leaving::No => rng.pick(&[Event::AskToLeave, Event::AfterVisit]),
            Leaving::Choosing(_) => Event::Leave(Some("FEEL_BETTER".into())),
            _ => rng.pick(&[Event::Keep, Event::AskToLeave, Event::AfterVisit]),
        },
        Stage::Unavailable(_) => rng.pick(&[Event::Retry, Event::ChangeTime, Event::Wake, Event::Reset]),
        _ => return None,
    })
}

/// Whoever is signed in enters themselves, or Leo; and pays as the errand takes it, mostly.
fn give(rng: &mut Rng, walk: &Walk, oracle: &Oracle) -> Event {
    let who = oracle.token().map(owner).unwrap_or_default();
    let account = if who == "p-ruth" { person("Ruth", "Lind") } else { marta() };
    let actor = Actor { relationship: "Mother".into(), demographics: account.clone() };
    let entered =
        if rng.percent(25) { Details { actor: Some(actor), ..details(leo()) } } else { details(account) };
    let fallback = Errand::Visits;
    let errand = walk.state.stage.errand().unwrap_or(&fallback);
    let taken = methods(&walk.state, &walk.settings, errand);
    let method = if taken.is_empty() { Method::OnArrival } else { rng.pick(&taken) };
    let payment = match method {
        Method::OnArrival => Payment::OnArrival,
        Method::OwnInsurance | Method::OtherInsurance => own_insurance(),
        Method::Coupon => Payment::Coupon(rng.pick(&["NORTH25", "SPRING"]).into()),
        Method::Card => Payment::Card,
        Method::BilledLater => Payment::BilledLater,
    };
    Event::Give(Box::new(paid(payment, entered)))
}

fn choose(rng: &mut Rng, walk: &Walk) -> Event {
    let mut times = walk.held();
    times.extend(walk.state.stage.time().cloned());
    let foreign: Option<Time> = times.is_empty().then(|| dana_on_screen().held().remove(0));
    times.extend(foreign);
    Event::Choose(Box::new(rng.pick(&times)))
}

fn filter(rng: &mut Rng) -> Event {
    let mut filter = Filter::default();
    filter.toggle_weekday(rng.pick(&[Weekday::Tue, Weekday::Wed, Weekday::Sun]));
    filter.toggle_part(rng.pick(&PartOfDay::ALL));
    Event::Narrow(if rng.percent(50) { filter } else { Filter::default() })
}

fn seek(rng: &mut Rng) -> Event {
    match rng.below(4) {
        0 => Event::SeekPoint(47.66, -122.37),
        1 => Event::Seek("Nowhere".into()),
        2 => Event::Seek("Seattle".into()),
        _ => Event::Seek("98107".into()),
    }
}

fn refine(rng: &mut Rng) -> Event {
    let around = rng.pick(&[None, Some(Around::Zip("98107".into())), Some(Around::Zip("97205".into()))]);
    let patient_type = rng.pick(&[None, Some(PatientType::Established)]);
    Event::Refine(Box::new(Search { around, patient_type, radius: rng.pick(&[5, 30]), ..search(None) }))
}

fn join(rng: &mut Rng) -> Event {
    let lane = rng.pick(&[Lane::General, Lane::General, Lane::Clinic, Lane::Clinician]);
    Event::Join(rng.pick(&Modality::ALL), lane)
}
