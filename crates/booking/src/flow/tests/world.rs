//! A system that answers anything a system might: mostly sensible, often not.

use super::oracle::{Oracle, owner};
use super::random::Rng;
use super::walk::Walk;
use crate::fixtures::*;
use crate::flow::command::{Command, DepartmentKey, Read, RequestId, Visit, Write};
use crate::flow::event::{Answer, Event, TokenAnswer};
use crate::flow::outcome::{Confirmation, Meeting, Outcome, Refusal, Trouble};
use crate::flow::state::Stage;
use crate::ids::{DepartmentIdentifier, SlotId, VisitType, Zone};
use crate::place::Department;
use crate::slot::{Slot, Slots};
use crate::time::Moment;

const TROUBLES: [Trouble; 7] = [
    Trouble::Network,
    Trouble::Server,
    Trouble::NotFound,
    Trouble::SignedOut,
    Trouble::Locked,
    Trouble::Rejected,
    Trouble::Unreadable,
];

const REFUSALS: [Refusal; 10] = [
    Refusal::SlotTaken,
    Refusal::DoubleBooked,
    Refusal::UnknownConflict,
    Refusal::NotOnPanel,
    Refusal::AccountLocked,
    Refusal::NoLinks,
    Refusal::PatientNotFound,
    Refusal::SignedOut,
    Refusal::Busy,
    Refusal::Rejected,
];

pub fn answer(rng: &mut Rng, id: RequestId, asked: &Command, walk: &Walk, oracle: &Oracle) -> Event {
    let fails = rng.percent(15);
    let trouble = rng.pick(&TROUBLES);
    let token = oracle.token().unwrap_or(1);
    let answer = match asked {
        Command::AskToken { refused, .. } => return Event::Token(id, any_token(rng, token, *refused)),
        Command::Read { read, .. } => match read {
            Read::Department(_) if fails => Answer::Department(Err(trouble)),
            Read::Department(key) => Answer::Department(Ok(Box::new(department(rng, key)))),
            Read::DepartmentSlots(..) | Read::ClinicianSlots(..) if fails => Answer::Slots(Err(trouble)),
            Read::DepartmentSlots(name, wanted) => {
                let place = clinic(name.as_str(), &[]).identifier;
                Answer::Slots(Ok(slots(rng, walk, &[DANA, SAMUEL], &[place], wanted)))
            }
            Read::ClinicianSlots(npi, wanted, ..) => {
                let places = [ballard(), fremont(), boulder()];
                Answer::Slots(Ok(slots(rng, walk, &[npi.as_str()], &places, wanted)))
            }
            Read::Clinician(_) if fails => Answer::Clinician(Err(trouble)),
            Read::Clinician(npi) => {
                let offers = rng.pick(&[&[OFFICE, FLU][..], &[OFFICE], &[FLU], &[]]);
                let places = rng.pick(&[vec![], vec![ballard()], vec![ballard(), boulder()]]);
                Answer::Clinician(Ok(Box::new(clinician(npi.as_str(), &places, offers))))
            }
            Read::Lookahead(..) if fails => Answer::Lookahead(Err(trouble)),
            Read::Lookahead(..) => Answer::Lookahead(Ok(rng.pick(&[0, 7, 30, 90, 400, u32::MAX]))),
            Read::Patient if fails => Answer::Patient(Err(rng.pick(&TROUBLES))),
            Read::Patient => patient(rng, token),
            Read::MailRule => Answer::MailRule(rng.percent(50).then(|| "^.+@.+$".into())),
        },
        Command::Write { write: Write::SaveSelf(..), .. } if fails => Answer::Saved(Err(trouble)),
        Command::Write { write: Write::SaveSelf(..), .. } => {
            let made = if rng.percent(10) { "-made" } else { "" };
            Answer::Saved(Ok(guid(&format!("{}{made}", owner(token)))))
        }
        Command::Write { .. } => Answer::Booking(outcome(rng)),
        Command::Cancel(_) | Command::HandOff(..) | Command::HandOver(_) | Command::Tell(_) => {
            unreachable!("nothing is answered to {asked:?}")
        }
    };
    Event::Answered(id, answer)
}

/// The worst answer there is.
pub fn fail(id: RequestId, asked: &Command) -> Event {
    let lost = Trouble::Network;
    let answer = match asked {
        Command::AskToken { .. } => return Event::Token(id, TokenAnswer::Failed),
        Command::Read { read: Read::Department(_), .. } => Answer::Department(Err(lost)),
        Command::Read { read: Read::Clinician(_), .. } => Answer::Clinician(Err(lost)),
        Command::Read { read: Read::Lookahead(..), .. } => Answer::Lookahead(Err(lost)),
        Command::Read { read: Read::Patient, .. } => Answer::Patient(Err(lost)),
        Command::Read { read: Read::MailRule, .. } => Answer::MailRule(None),
        Command::Read { .. } => Answer::Slots(Err(lost)),
        Command::Write { write: Write::SaveSelf(..), .. } => Answer::Saved(Err(lost)),
        _ => Answer::Booking(Outcome::Unknown),
    };
    Event::Answered(id, answer)
}

fn any_token(rng: &mut Rng, held: u32, refused: bool) -> TokenAnswer {
    match rng.below(10) {
        0 => rng.pick(&[TokenAnswer::None, TokenAnswer::NotText, TokenAnswer::Failed]),
        // Anybody's, the one before among them.
        1 => TokenAnswer::Held(1 + u32::try_from(rng.below(12)).unwrap()),
        // The same person's next one.
        2..=8 if refused => TokenAnswer::Held(held + 3),
        2 => TokenAnswer::Held(held + 3),
        _ => TokenAnswer::Held(held),
    }
}

fn outcome(rng: &mut Rng) -> Outcome {
    match rng.below(20) {
        0 | 1 => Outcome::Unknown,
        2 | 3 => {
            let meeting = rng.percent(50).then(Meeting::default);
            Outcome::Booked(Confirmation { visit: visit("v-1"), meeting })
        }
        4..=6 => Outcome::Refused(Refusal::SignedOut),
        7..=9 => Outcome::Refused(rng.pick(&[Refusal::NoLinks, Refusal::PatientNotFound])),
        10..=13 => Outcome::Refused(Refusal::SlotTaken),
        _ => Outcome::Refused(rng.pick(&REFUSALS)),
    }
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
        return Answer::Patient(Err(Trouble::NotFound));
    }
    let systems = rng.pick(&[&[MAIN][..], &[MAIN, EAST], &[EAST], &[]]);
    Answer::Patient(Ok(Box::new(record(&owner(token), &who, systems))))
}

/// Times around those already known, so that they are found again as often as not; now and then nonsense.
fn slots(
    rng: &mut Rng,
    walk: &Walk,
    who: &[&str],
    places: &[DepartmentIdentifier],
    wanted: &VisitType,
) -> Slots {
    let mut slots: Vec<Slot> = Vec::new();
    if let (Stage::Sending(time, ..), true) = (&walk.state.stage, rng.percent(85)) {
        let afresh = rng.percent(50);
        for slot in &time.slots {
            let again = if afresh { format!("{}+", slot.id.as_str()) } else { slot.id.as_str().to_owned() };
            slots.push(Slot { id: SlotId::new(&again), ..slot.clone() });
        }
        let twin = Slot { id: SlotId::new("twin"), ..time.slot().clone() };
        slots.extend(rng.percent(60).then_some(twin));
    }
    for _ in 0..rng.below(6) {
        let hour = rng.below(40);
        let at = Moment {
            at: now() + 3600 * i64::try_from(hour).unwrap(),
            offset: rng.pick(&[-8, -7, 0, 14]) * 3600,
        };
        let made = slot(
            &format!("s{}", rng.below(60)),
            rng.pick(who),
            rng.pick(places),
            "2026-12-08T09:00:00-08:00",
        );
        slots.push(Slot { at, visit_type: wanted.clone(), ..made });
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

pub fn a_booking(id: RequestId) -> Command {
    let visit = Visit {
        slot: slot("s1", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        patient: guid("p-marta"),
        address: marta().address,
        phone: String::new(),
        email: String::new(),
        reason: String::new(),
    };
    Command::Write { id, write: Write::BookClinician(Box::new(visit)) }
}

pub fn a_read_of_times(id: RequestId) -> Command {
    let read = Read::ClinicianSlots(npi(DANA), visit_type(OFFICE), today(), today());
    Command::Read { id, read, fresh: false }
}

pub fn a_read_of_the_patient(id: RequestId) -> Command {
    Command::Read { id, read: Read::Patient, fresh: true }
}
