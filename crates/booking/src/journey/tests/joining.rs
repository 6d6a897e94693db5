//! Tests joining a line: what is sent, for whom and for which line, and how the system may answer.

use super::walk::*;
use crate::api::{Answer, Write};
use crate::errand::command::Command;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{Errand, SendingPhase, Stage};
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::on_demand::{Modality, Pool, Practice, Qualifier, Region, WaitingLine};
use crate::outcome::{ApiError, Confirmation, Outcome, Refusal};
use crate::patient::Demographics;
use crate::settings::{Settings, Target};

const READS: [&str; 2] = ["read practice c0a8f6a1", "read waits of c0a8f6a1"];

fn told(practice: Practice) -> Answer {
    Answer::Practice(Ok(Box::new(practice)))
}

fn waits(pools: Vec<Pool>) -> Answer {
    Answer::Waits(Ok(pools))
}

fn video_line() -> Event {
    Event::Join(Modality::Video, LineKind::General)
}

pub fn joined(id: &str) -> Outcome {
    let room = Some("https://rooms.northlake.example/1".into());
    Outcome::Booked(Confirmation { visit: visit(id), meeting: None, room })
}

/// Marta has accepted the terms and submitted; the booking is being sent.
pub fn joining() -> Walk {
    let mut walk = line_review();
    walk.on(Act::AcceptTerms(true));
    asks(&walk.on(Act::Submit), &["tell submit 1", "ask token"]);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["join virtual in WA for p-marta"]);
    assert_eq!(walk.phase(), Some(SendingPhase::Booking));
    walk
}

#[test]
fn the_clinics_own_line_is_offered_where_the_page_opted_in() {
    let target = Target::Departments(vec![url(BALLARD)]);
    for opted_in in [true, false] {
        let page = Settings { clinic_line: opted_in, target: target.clone(), ..on_demand() };
        let mut walk = Walk::new(page);
        let asked = walk.start();
        assert_eq!(asked.contains(&"read clinic NorthlakeBallard".to_owned()), opted_in);
        walk.answer("read practice", told(practice()));
        walk.answer("read waits", waits(pools()));
        walk.on(Find::PickRegion(code("WA")));
        asks(&walk.on(Event::Join(Modality::Video, LineKind::Clinic)), &[]);
        asks(&walk.on(Event::Join(Modality::Video, LineKind::Clinician)), &[]);
        if opted_in {
            walk.answer("read clinic", Answer::Department(Ok(Box::new(clinic(BALLARD, &[])))));
            walk.on(Event::Join(Modality::Video, LineKind::Clinic));
            let Some(Errand::OnDemand(now)) = walk.state.errand.stage.errand() else {
                panic!("it is joined")
            };
            assert_eq!(now.line, WaitingLine::Clinic(ballard()));
        }
    }
}

#[test]
fn the_clinicians_own_line_travels_under_the_key_that_was_agreed() {
    let page =
        Settings { clinician_line: Some("doctor".into()), target: with_dana(&[]).target, ..on_demand() };
    let mut walk = Walk::new(page);
    asks(&walk.start(), &[READS[0], READS[1], "read clinician 1234567893"]);
    walk.answer("read practice", told(practice()));
    walk.answer("read waits", waits(pools()));
    walk.on(Find::PickRegion(code("WA")));
    walk.on(Event::Join(Modality::Phone, LineKind::Clinician));
    sign_in_and_give(&mut walk, paid(own_insurance(), details(marta())));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    let asked = walk.answer("ask token", TokenAnswer::Held(1));
    asks(&asked, &["join phone in WA with 1234567893 as doctor for p-marta"]);
}

#[test]
fn marta_joins_by_video() {
    let mut walk = joining();
    let sent = walk.asked.iter().find_map(|command| match command {
        Command::Write { write: Write::Join(visit), .. } => Some(visit),
        _ => None,
    });
    let sent = sent.unwrap();
    assert_eq!((&sent.now, &sent.demographics, &sent.payment), (&video(), &marta(), &own_insurance()));
    assert_eq!((sent.phone.as_str(), sent.email.as_str()), ("2065550188", "marta.okafor@example.com"));
    assert_eq!((sent.qualifier, sent.reason.as_str()), (Qualifier::Adult, "Sore throat since Sunday"));
    asks(&walk.answer("join", joined("v-1")), &["tell joined v-1", "cancel wait 60 s", "wait 5 s"]);
    assert_eq!((walk.stage(), walk.bookings()), ("booked", 1));
}

#[test]
fn a_child_is_seen_by_those_who_see_children_where_the_region_says_whom_it_takes_for_one() {
    for (birth_date, months, expected) in [
        ("2018-06-04", Some((24, 215)), Qualifier::Pediatric),
        ("2024-12-07", Some((24, 215)), Qualifier::Pediatric),
        ("2008-12-07", Some((24, 215)), Qualifier::Adult),
        ("2018-06-04", None, Qualifier::Adult),
        ("", Some((24, 215)), Qualifier::Adult),
    ] {
        let mut walk = Walk::new(on_demand());
        walk.start();
        let washington = Region { pediatric_months: months, ..region("WA", Some(MAIN)) };
        walk.answer("read practice", told(Practice { regions: vec![washington], ..practice() }));
        walk.answer("read waits", waits(pools()));
        walk.on(video_line());
        let born = Demographics { birth_date: birth_date.into(), ..marta() };
        sign_in_and_give(&mut walk, paid(own_insurance(), details(born)));
        walk.on(Act::AcceptTerms(true));
        walk.on(Act::Submit);
        walk.answer("ask token", TokenAnswer::Held(1));
        walk.answer("save", Answer::Saved(Ok(guid("p-marta"))));
        let Some(Command::Write { write: Write::Join(visit), .. }) = walk.asked.last() else {
            panic!("it is sent")
        };
        assert_eq!(visit.qualifier, expected, "{birth_date} {months:?}");
    }
}

#[test]
fn without_the_terms_nothing_is_sent_and_they_are_accepted_at_the_review_alone() {
    let mut walk = queue_on_screen();
    walk.on(Act::AcceptTerms(true));
    walk.on(video_line());
    sign_in_and_give(&mut walk, paid(own_insurance(), details(marta())));
    assert!(!walk.state.errand.person.terms);
    asks(&walk.on(Act::Submit), &[]);
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::AcceptTerms(false));
    asks(&walk.on(Act::Submit), &[]);
    walk.on(Act::AcceptTerms(true));
    asks(&walk.on(Act::Submit), &["tell submit 1", "ask token"]);
}

#[test]
fn the_terms_one_person_accepted_are_not_another_persons() {
    let mut walk = line_review();
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(2));
    walk.answer("read patient", record("p-ruth", &person("Ruth", "Lind"), &[MAIN]));
    assert_eq!((walk.stage(), walk.state.errand.person.terms), ("patient", false));
}

#[test]
fn a_line_that_takes_nobody_after_all_is_shown_again_with_why_and_the_waits_as_they_are_now() {
    for refusal in [Refusal::RegionBusy, Refusal::NobodyFree] {
        let mut walk = joining();
        let told = format!("tell conflict {refusal:?}");
        asks(&walk.answer("join", refusal), &[&told, "read waits of c0a8f6a1 afresh"]);
        assert_eq!((walk.stage(), walk.state.finder.queue.refused), ("queue", Some(refusal)));
        walk.answer("read waits", waits(pools()));
        assert_eq!(walk.state.finder.queue.refused, Some(refusal), "it is still said");
        asks(&walk.on(video_line()), &[]);
        assert_eq!((walk.stage(), walk.state.finder.queue.refused), ("review", None));
        assert!(walk.state.errand.person.details.is_some());
    }
}

#[test]
fn another_region_forgets_why_the_first_was_full() {
    let mut walk = joining();
    walk.answer("join", Refusal::RegionBusy);
    walk.on(Find::PickRegion(code("OR")));
    assert_eq!(walk.state.finder.queue.refused, None);
}

#[test]
fn other_refusals_end_at_the_phone_or_the_review_and_lead_back_to_the_lines() {
    for refusal in [Refusal::AccountLocked, Refusal::NotOnPanel, Refusal::UnknownConflict, Refusal::SlotTaken]
    {
        let mut walk = joining();
        walk.answer("join", refusal);
        assert!(matches!(&walk.state.errand.stage, Stage::Refused(why, _) if *why == refusal));
        walk.on(Act::Back);
        assert_eq!(walk.stage(), "queue");
    }
    for (refusal, told) in
        [(Refusal::Busy, "tell failed Server"), (Refusal::Rejected, "tell failed Rejected")]
    {
        let mut walk = joining();
        asks(&walk.answer("join", refusal), &[told]);
        assert_eq!(walk.stage(), "review");
        asks(&walk.on(Act::Submit), &["tell submit 2", "ask token"]);
    }
}

#[test]
fn without_links_the_record_is_made_and_the_line_joined_once_more() {
    for refusal in [Refusal::NoLinks, Refusal::PatientNotFound] {
        let mut walk = joining();
        asks(&walk.answer("join", refusal), &["save Marta Okafor in main"]);
        let again = ["join virtual in WA for p-made"];
        asks(&walk.answer("save", Answer::Saved(Ok(guid("p-made")))), &again);
        asks(&walk.answer("join", refusal), &[&format!("tell conflict {refusal:?}")]);
        assert_eq!(walk.bookings(), 2);
    }
}

#[test]
fn a_join_without_an_answer_is_unconfirmed_and_never_sent_again() {
    let mut walk = joining();
    asks(&walk.answer("join", Outcome::Unknown), &["tell unconfirmed"]);
    let before = walk.state.clone();
    let presses = [
        Act::Submit.into(),
        Act::Back.into(),
        Act::ChangeTime.into(),
        video_line(),
        Event::Retry,
        Event::Wake,
        Act::AfterVisit.into(),
    ];
    for event in presses {
        asks(&walk.on(event), &[]);
        assert_eq!(walk.state, before);
    }
    assert_eq!((walk.stage(), walk.bookings()), ("unconfirmed", 1));
}

#[test]
fn a_region_without_a_system_of_its_own_takes_the_accounts_record_as_it_is() {
    let mut walk = Walk::new(on_demand());
    walk.start();
    walk.answer("read practice", told(Practice { regions: vec![region("WA", None)], ..practice() }));
    walk.answer("read waits", waits(pools()));
    walk.on(video_line());
    let moved = Demographics { phone: "2065550199".into(), ..marta() };
    sign_in_and_give(&mut walk, paid(own_insurance(), details(moved)));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["save Marta Okafor in main"]);
    let joins = ["join virtual in WA for p-marta"];
    asks(&walk.answer("save", Answer::Saved(Ok(guid("p-marta")))), &joins);
}

#[test]
fn where_no_system_is_known_at_all_the_attempt_fails_before_anything_is_sent() {
    let mut walk = Walk::new(on_demand());
    walk.start();
    walk.answer("read practice", told(Practice { regions: vec![region("WA", None)], ..practice() }));
    walk.answer("read waits", waits(pools()));
    walk.on(video_line());
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", Answer::Patient(Err(ApiError::NotFound)));
    walk.on(Act::Give(Box::new(paid(own_insurance(), details(marta())))));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["tell failed Contract"]);
    assert_eq!((walk.stage(), walk.bookings()), ("review", 0));
}
