//! Draws random events of the patient or the host page: mostly those that the step on screen offers, sometimes
//! any others.

use chrono::Weekday;

use super::oracle::Oracle;
use super::random::Rng;
use super::seen::owner;
use super::walk::*;
use crate::api::Answer;
use crate::errand::event::Event as Act;
use crate::errand::paying::methods;
use crate::errand::state::{Errand, OnDemandCancelProgress, Stage};
use crate::filter::Filter;
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::finder::state::Stage as Looking;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::on_demand::{Modality, Qualifier};
use crate::patient::{Actor, Details};
use crate::payment::{Method, Payment};
use crate::request::RequestId;
use crate::schedule::Time;
use crate::search::{PatientType, Search, SearchCentre};
use crate::settings::Way;
use crate::time::PartOfDay;

pub fn any_event(rng: &mut Rng, walk: &Walk, oracle: &Oracle) -> Event {
    if rng.percent(70)
        && let Some(event) = offered(rng, walk, oracle)
    {
        return event;
    }
    match rng.below(40) {
        0 => NEW_PAGE,
        1 => Act::HandedOver(rng.percent(50)).into(),
        2 => Find::PickType(visit_type(rng.pick(&[OFFICE, FLU, "Physical"]))).into(),
        3 => filter(rng),
        4 => Find::More.into(),
        5 => choose(rng, walk),
        6 => Act::SignIn.into(),
        7 => Act::SignedIn.into(),
        8 => give(rng, walk, oracle),
        9 => Act::Back.into(),
        10 => Act::ChangeTime.into(),
        11 => rng.pick(&[Act::ChangeDetails, Act::ChangeDetails, Act::Edit, Act::QuestionsChanged]).into(),
        12 | 13 => Act::Submit.into(),
        14 | 15 => Event::Wake,
        16 => Event::Retry,
        17 => Event::Refresh,
        18 => Event::Reset,
        19 => Act::SignInTaken.into(),
        20 | 21 => Find::Take(rng.pick(&[Way::Named, Way::Nearby, Way::OnDemand])).into(),
        22 => seek(rng),
        23 => refine(rng),
        24 => Find::PickClinic(rng.pick(&[None, Some(ballard()), Some(fremont())])).into(),
        25 => Find::PickRegion(code(rng.pick(&["WA", "OR", "ZZ"]))).into(),
        26 => Find::ForWhom(rng.pick(&[Qualifier::Adult, Qualifier::Pediatric])).into(),
        27 => join(rng),
        28 => Act::AcceptTerms(rng.percent(70)).into(),
        29 => rng.pick(&[Act::NeedIssuers, Act::NeedIssuers, Act::TenantChanged]).into(),
        30 => Act::CheckCoupon(rng.pick(&["NORTH25", "SPRING", ""]).into()).into(),
        31 | 32 => Event::MyVisits,
        33 => Act::AskToCancel(visit(rng.pick(&["c-0", "c-1", "c-9"]))).into(),
        34 => Act::CancelVisit(rng.pick(&["PLANS", "ELSE"]).into()).into(),
        35 => Act::Keep.into(),
        36 => Act::AskToLeave.into(),
        37 => Act::Leave(rng.pick(&[None, Some("OTHER".into())])).into(),
        38 => Act::AfterVisit.into(),
        _ => Event::Answered(RequestId(0), Answer::MailRule(None)),
    }
}

/// A random event that the step on screen offers.
fn offered(rng: &mut Rng, walk: &Walk, oracle: &Oracle) -> Option<Event> {
    Some(match &walk.state.errand.stage {
        Stage::Idle => return looking(rng, walk),
        Stage::Taken(..) | Stage::HandedOver(_) => choose(rng, walk),
        Stage::SignIn(..) => {
            rng.pick(&[Act::SignIn.into(), Act::SignedIn.into(), Event::Retry, Act::SignIn.into()])
        }
        // While a coupon is checked, the form can still be changed.
        Stage::Patient(_) if walk.state.errand.given && rng.percent(30) => Act::Edit.into(),
        Stage::Patient(_) => give(rng, walk, oracle),
        Stage::Review(errand, _) if errand.on_demand().is_some() && !walk.state.errand.person.terms => {
            Act::AcceptTerms(true).into()
        }
        Stage::Review(..) => Act::Submit.into(),
        Stage::Booked(..) | Stage::Unconfirmed(_) => rng.pick(&[Event::MyVisits, Event::CloseOutcome]),
        Stage::Visits(visits) => match &visits.cancelling {
            None => {
                let listed = visits.list.iter().flatten().map(|visit| visit.id.clone()).collect::<Vec<_>>();
                if listed.is_empty() {
                    rng.pick(&[Act::Back.into(), Event::Retry])
                } else {
                    Act::AskToCancel(rng.pick(&listed)).into()
                }
            }
            Some(_) => rng.pick(&[
                Act::CancelVisit("PLANS".into()).into(),
                Act::CancelVisit("PLANS".into()).into(),
                Act::Keep.into(),
            ]),
        },
        Stage::Waiting(waiting) => match &waiting.cancel_progress {
            OnDemandCancelProgress::No => rng.pick(&[Act::AskToLeave.into(), Act::AfterVisit.into()]),
            OnDemandCancelProgress::Choosing(_) => Act::Leave(Some("FEEL_BETTER".into())).into(),
            _ => rng.pick(&[Act::Keep.into(), Act::AskToLeave.into(), Act::AfterVisit.into()]),
        },
        Stage::Refused(..) | Stage::CallToBook(_) => {
            rng.pick(&[Event::Retry, Act::ChangeTime.into(), Event::Wake, Event::Reset])
        }
        _ => return None,
    })
}

/// A random event while the finder is on screen; `None` while it is loading.
fn looking(rng: &mut Rng, walk: &Walk) -> Option<Event> {
    if !walk.state.outcomes.is_empty() && rng.percent(15) {
        return Some(rng.pick(&[Event::ShowOutcome(0), Event::DismissOutcome(0)]));
    }
    Some(match walk.state.finder.stage {
        Looking::Loading => return None,
        Looking::Choosing if walk.held().is_empty() => match rng.below(4) {
            0 | 1 => seek(rng),
            2 => refine(rng),
            _ => Find::Take(rng.pick(&[Way::Named, Way::Nearby, Way::OnDemand])).into(),
        },
        Looking::Choosing if rng.percent(8) => Event::MyVisits,
        Looking::Choosing => choose(rng, walk),
        Looking::Queue if rng.percent(30) => Find::PickRegion(code(rng.pick(&["WA", "WA", "OR"]))).into(),
        Looking::Queue if rng.percent(10) => {
            Find::ForWhom(rng.pick(&[Qualifier::Adult, Qualifier::Pediatric])).into()
        }
        Looking::Queue if rng.percent(10) => Event::MyVisits,
        Looking::Queue => join(rng),
        Looking::Unavailable(_) => rng.pick(&[Event::Retry, Event::Wake, Event::Reset]),
    })
}

/// Random details: the signed-in person's own or Leo's, mostly with a payment method that the errand accepts.
fn give(rng: &mut Rng, walk: &Walk, oracle: &Oracle) -> Event {
    let who = oracle.token().map(owner).unwrap_or_default();
    let account = if who == "p-ruth" { person("Ruth", "Lind") } else { marta() };
    let actor = Actor { relationship: "Mother".into(), demographics: account.clone() };
    let entered =
        if rng.percent(25) { Details { actor: Some(actor), ..details(leo()) } } else { details(account) };
    let fallback = Errand::Visits;
    let errand = walk.state.errand.stage.errand().unwrap_or(&fallback);
    let taken = methods(walk.state.errand.practice.as_ref(), &walk.settings, errand);
    let method = if taken.is_empty() { Method::OnArrival } else { rng.pick(&taken) };
    let payment = match method {
        Method::OnArrival => Payment::OnArrival,
        Method::OwnInsurance | Method::OtherInsurance => own_insurance(),
        Method::Coupon => Payment::Coupon(rng.pick(&["NORTH25", "SPRING"]).into()),
        Method::Card => Payment::Card,
        Method::BilledLater => Payment::BilledLater,
    };
    Act::Give(Box::new(paid(payment, entered))).into()
}

fn choose(rng: &mut Rng, walk: &Walk) -> Event {
    let mut times = walk.held();
    times.extend(walk.state.errand.stage.time().cloned());
    let foreign: Option<Time> = times.is_empty().then(|| dana_on_screen().held().remove(0));
    times.extend(foreign);
    Event::Choose(Box::new(rng.pick(&times)))
}

fn filter(rng: &mut Rng) -> Event {
    let mut filter = Filter::default();
    filter.toggle_weekday(rng.pick(&[Weekday::Tue, Weekday::Wed, Weekday::Sun]));
    filter.toggle_part(rng.pick(&PartOfDay::ALL));
    Find::Narrow(if rng.percent(50) { filter } else { Filter::default() }).into()
}

fn seek(rng: &mut Rng) -> Event {
    match rng.below(4) {
        0 => Find::SeekPoint(47.66, -122.37).into(),
        1 => Find::Seek("Nowhere".into()).into(),
        2 => Find::Seek("Seattle".into()).into(),
        _ => Find::Seek("98107".into()).into(),
    }
}

fn refine(rng: &mut Rng) -> Event {
    let around =
        rng.pick(&[None, Some(SearchCentre::Zip("98107".into())), Some(SearchCentre::Zip("97205".into()))]);
    let patient_type = rng.pick(&[None, Some(PatientType::Established)]);
    Find::Refine(Box::new(Search { around, patient_type, radius: rng.pick(&[5, 30]), ..search(None) })).into()
}

fn join(rng: &mut Rng) -> Event {
    let line_kind = rng.pick(&[LineKind::General, LineKind::General, LineKind::Clinic, LineKind::Clinician]);
    Event::Join(rng.pick(&Modality::ALL), line_kind)
}
