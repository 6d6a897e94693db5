//! A simulated system that gives any answer that a real one might give: mostly sensible ones, often not. Answers
//! about times and places are here, the others in [`super::world_beyond`].

use super::oracle::Oracle;
use super::random::Rng;
use super::seen::owner;
use super::walk::Walk;
use super::world_beyond::{beyond, token};
use crate::api::{Answer, DepartmentKey, Read, Visit, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::fixtures::*;
use crate::ids::{DepartmentIdentifier, SlotId, VisitType, Zone};
use crate::journey::event::Event;
use crate::outcome::{ApiError, Outcome};
use crate::payment::Payment;
use crate::place::Department;
use crate::request::RequestId;
use crate::slot::{Slot, Slots, Source};
use crate::time::Moment;

pub const API_ERRORS: [ApiError; 7] = [
    ApiError::Network,
    ApiError::Server,
    ApiError::NotFound,
    ApiError::SignedOut,
    ApiError::Locked,
    ApiError::Rejected,
    ApiError::Unreadable,
];

pub fn answer(rng: &mut Rng, id: RequestId, asked: &Command, walk: &Walk, oracle: &Oracle) -> Event {
    let fails = rng.percent(15);
    let error = rng.pick(&API_ERRORS);
    let answer = match asked {
        Command::AskToken { .. } | Command::InviteSignIn { .. } => {
            return Act::Token(id, token(rng, oracle)).into();
        }
        Command::AskCard { .. } => return Act::Card(id, rng.percent(80)).into(),
        Command::Later { .. } => return Event::Ticked(id),
        Command::Read { read, .. } => match read {
            Read::Department(_) if fails => Answer::Department(Err(error)),
            Read::Department(key) => Answer::Department(Ok(Box::new(department(rng, key)))),
            Read::Departments(_) if fails => Answer::Departments(Err(error)),
            Read::Departments(_) => {
                let names =
                    rng.pick(&[&[BALLARD, FREMONT][..], &[BALLARD, FREMONT, BOULDER], &[FREMONT], &[]]);
                let key = |name: &&str| DepartmentKey::UrlName(url(name));
                Answer::Departments(Ok(names.iter().map(|name| department(rng, &key(name))).collect()))
            }
            Read::DepartmentSlots(..) | Read::ClinicianSlots(..) if fails => Answer::Slots(Err(error)),
            Read::DepartmentSlots(name, wanted) => {
                let place = clinic(name.as_str(), &[]).identifier;
                let found = slots(rng, walk, &[DANA, SAMUEL], &[place], wanted);
                Answer::Slots(Ok(Slots { slots: from(Source::Department, found.slots), ..found }))
            }
            Read::ClinicianSlots(npi, wanted, ..) => {
                let places = [ballard(), fremont(), boulder()];
                Answer::Slots(Ok(slots(rng, walk, &[npi.as_str()], &places, wanted)))
            }
            Read::Clinician(_) if fails => Answer::Clinician(Err(error)),
            Read::Clinician(npi) => {
                let offers = rng.pick(&[&[OFFICE, FLU][..], &[OFFICE], &[FLU], &[]]);
                let places = rng.pick(&[vec![], vec![ballard()], vec![ballard(), boulder()]]);
                Answer::Clinician(Ok(Box::new(clinician(npi.as_str(), &places, offers))))
            }
            Read::Lookahead(..) if fails => Answer::Lookahead(Err(error)),
            Read::Lookahead(..) => Answer::Lookahead(Ok(rng.pick(&[0, 7, 30, 90, 400, u32::MAX]))),
            Read::Patient if fails => Answer::Patient(Err(rng.pick(&API_ERRORS))),
            Read::Patient => patient(rng, oracle.token().unwrap_or(1)),
            Read::MailRule => Answer::MailRule(rng.percent(50).then(|| "^.+@.+$".into())),
            other => beyond(rng, other, walk, oracle.token(), fails.then_some(error)),
        },
        Command::Write { write: Write::SaveSelf(..), .. } if fails => Answer::Saved(Err(error)),
        Command::Write { write: Write::SaveSelf(..), .. } => {
            let made = if rng.percent(10) { "-made" } else { "" };
            Answer::Saved(Ok(guid(&format!("{}{made}", owner(oracle.token().unwrap_or(1))))))
        }
        Command::Write { write: Write::SaveOther(..), .. } if fails => Answer::SavedOther(Err(error)),
        Command::Write { write: Write::SaveOther(..), .. } => {
            Answer::SavedOther(Ok(guid(&format!("p-leo-{}", rng.below(1_000_000)))))
        }
        Command::Write { write: Write::CancelClinicVisit(..), .. } => {
            Answer::Cancelled(if rng.percent(40) { Err(error) } else { Ok(()) })
        }
        // Few walks leave a line, so the system refuses more of these cancels.
        Command::Write { write: Write::CancelOnDemand(_), .. } => {
            Answer::Cancelled(if rng.percent(80) { Err(error) } else { Ok(()) })
        }
        Command::Write { write, .. } => {
            Answer::Booking(super::world_beyond::outcome(rng, matches!(write, Write::Join(_))))
        }
        Command::Cancel(_)
        | Command::HandOff(..)
        | Command::HandOver(_)
        | Command::Notify(_)
        | Command::Finder(_)
        | Command::PutInBrief(..) => {
            unreachable!("nothing is answered to {asked:?}")
        }
    };
    Event::Answered(id, answer)
}

/// The worst answer to a request.
pub fn fail(id: RequestId, asked: &Command) -> Event {
    let lost = ApiError::Network;
    let answer = match asked {
        Command::AskToken { .. } | Command::InviteSignIn { .. } => {
            return Act::Token(id, TokenAnswer::Failed).into();
        }
        Command::AskCard { .. } => return Act::Card(id, false).into(),
        Command::Later { .. } => return Event::Ticked(id),
        Command::Read { read, .. } => match read {
            Read::Department(_) => Answer::Department(Err(lost)),
            Read::Departments(_) => Answer::Departments(Err(lost)),
            Read::Clinician(_) => Answer::Clinician(Err(lost)),
            Read::Lookahead(..) => Answer::Lookahead(Err(lost)),
            Read::Patient => Answer::Patient(Err(lost)),
            Read::MailRule => Answer::MailRule(None),
            Read::DepartmentSlots(..) | Read::ClinicianSlots(..) => Answer::Slots(Err(lost)),
            other => super::world_beyond::lost(other),
        },
        Command::Write { write: Write::SaveSelf(..), .. } => Answer::Saved(Err(lost)),
        Command::Write { write: Write::SaveOther(..), .. } => Answer::SavedOther(Err(lost)),
        Command::Write { write: Write::CancelClinicVisit(..) | Write::CancelOnDemand(_), .. } => {
            Answer::Cancelled(Err(lost))
        }
        _ => Answer::Booking(Outcome::Unknown),
    };
    Event::Answered(id, answer)
}

fn department(rng: &mut Rng, key: &DepartmentKey) -> Department {
    let offers = rng.pick(&[&[OFFICE, FLU][..], &[OFFICE], &[FLU], &[]]);
    match key {
        DepartmentKey::UrlName(name) => clinic(name.as_str(), offers),
        DepartmentKey::Identifier(place) => {
            let name = if *place == ballard() {
                BALLARD
            } else if *place == fremont() {
                FREMONT
            } else {
                BOULDER
            };
            Department { identifier: place.clone(), ..clinic(name, offers) }
        }
    }
}

fn patient(rng: &mut Rng, token: u32) -> Answer {
    let who = if owner(token) == "p-ruth" { person("Ruth", "Lind") } else { marta() };
    if owner(token).starts_with("p-fresh") {
        return Answer::Patient(Err(ApiError::NotFound));
    }
    let systems = rng.pick(&[&[MAIN][..], &[MAIN, EAST], &[EAST], &[]]);
    Answer::Patient(Ok(Box::new(record(&owner(token), &who, systems))))
}

/// Random slots, mostly with those of the errand's time among them, so that the time is often found again. Sometimes
/// some slots make no sense, or all come twice.
fn slots(
    rng: &mut Rng,
    walk: &Walk,
    who: &[&str],
    places: &[DepartmentIdentifier],
    wanted: &VisitType,
) -> Slots {
    let mut slots: Vec<Slot> = Vec::new();
    if let (Some(time), true) = (walk.state.errand.stage.time(), rng.percent(85)) {
        let afresh = rng.percent(50);
        for slot in &time.slots {
            let known = slot.id.as_ref().map_or("", SlotId::as_str);
            let again = if afresh || slot.source.is_search() { format!("{known}+") } else { known.into() };
            slots.push(Slot { id: Some(SlotId::new(&again)), source: Source::Clinician, ..slot.clone() });
        }
        let twin = Slot { id: Some(SlotId::new("twin")), source: Source::Clinician, ..time.slot().clone() };
        slots.extend(rng.percent(60).then_some(twin));
    }
    for _ in 0..rng.below(6) {
        slots.push(any_slot(rng, who, places, wanted));
    }
    if rng.percent(10) {
        let ages_away = slot("far", SAMUEL, DepartmentIdentifier::new("", ""), "2200-12-31T23:59:59+18:00");
        slots.extend([ages_away.clone(), slot("past", DANA, ballard(), "1970-01-01T00:00:00Z"), ages_away]);
    }
    if rng.percent(20) {
        slots.extend(slots.clone());
        slots.reverse();
    }
    let zone = rng.pick(&[Some(PACIFIC), Some(PACIFIC), Some(MOUNTAIN), Some("Mars/Olympus"), None]);
    Slots { zone: zone.map(Zone::new), slots, dropped: u32::from(rng.percent(5)) }
}

pub fn any_slot(rng: &mut Rng, who: &[&str], places: &[DepartmentIdentifier], wanted: &VisitType) -> Slot {
    let hour = rng.below(40);
    let at =
        Moment { at: now() + 3600 * i64::try_from(hour).unwrap(), offset: rng.pick(&[-8, -7, 0, 14]) * 3600 };
    let id = format!("s{}", rng.below(60));
    let made = slot(&id, rng.pick(who), rng.pick(places), "2026-12-08T09:00:00-08:00");
    Slot { at, visit_type: wanted.clone(), ..made }
}

pub fn a_booking(id: RequestId) -> Command {
    let visit = Visit {
        slot: slot("s1", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot_id: SlotId::new("s1"),
        patient: guid("p-marta"),
        address: marta().address,
        phone: String::new(),
        email: String::new(),
        reason: String::new(),
        actor: None,
        payment: Payment::OnArrival,
        answers: Vec::new(),
    };
    Command::Write { id, write: Write::BookClinician(Box::new(visit)) }
}

pub fn a_read_of_times(id: RequestId) -> Command {
    let read = Read::ClinicianSlots(npi(DANA), visit_type(OFFICE), today(), today());
    Command::Read { id, read, fresh: false }
}

pub fn a_read(id: RequestId, read: Read) -> Command {
    Command::Read { id, read, fresh: true }
}
