//! Configurations of pages, and walks up to the point of a journey at which a test begins.

use super::walk::Walk;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::SendingPhase;
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::fixtures::*;
use crate::ids::{PracticeId, SlotId};
use crate::journey::event::Event;
use crate::on_demand::{Modality, Practice, Qualifier, Region};
use crate::outcome::Refusal;
use crate::patient::{Details, Patient};
use crate::search::SearchResult;
use crate::settings::{Settings, Target};
use crate::slot::Slot;

/// Dr. Whitfield's page, with or without a preset visit type.
pub fn with_dana(visit_types: &[&str]) -> Settings {
    settings(
        Target::Clinicians { npis: vec![npi(DANA)], departments: Vec::new(), from_v5: false },
        visit_types,
    )
}

/// Dr. Whitfield's page with times from v5.
pub fn with_dana_v5(visit_types: &[&str]) -> Settings {
    let target = Target::Clinicians { npis: vec![npi(DANA)], departments: Vec::new(), from_v5: true };
    settings(target, visit_types)
}

/// A page that offers only on-demand visits, of Northlake's practice.
pub fn on_demand() -> Settings {
    let practice = Some(PracticeId::new(VIRTUAL));
    Settings { practice, only_on_demand: true, takes_cards: true, ..settings(Target::OnDemand, &[]) }
}

/// A page of these clinics.
pub fn at(clinics: &[&str], visit_types: &[&str]) -> Settings {
    settings(Target::Departments(clinics.iter().map(|name| url(name)).collect()), visit_types)
}

pub fn settings(target: Target, visit_types: &[&str]) -> Settings {
    let visit_types = visit_types.iter().map(|name| visit_type(name)).collect();
    Settings { target, visit_types, ..Settings::default() }
}

/// Tuesday and Wednesday with Dr. Whitfield at Ballard.
pub fn two_days() -> Vec<Slot> {
    vec![
        slot("tue-9", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("tue-10", DANA, ballard(), "2026-12-08T10:00:00-08:00"),
        slot("wed-9", DANA, ballard(), "2026-12-09T09:00:00-08:00"),
    ]
}

/// Dr. Whitfield's times are on screen and nothing is awaited: `tue-9`, `tue-10`, `wed-9`.
pub fn dana_on_screen() -> Walk {
    let mut walk = Walk::new(Settings { max_days: 13, ..with_dana(&[OFFICE]) });
    walk.start();
    walk.times("read times", two_days());
    let dana = clinician(DANA, &[ballard()], &[OFFICE]);
    walk.answer("read clinician", Answer::Clinician(Ok(Box::new(dana))));
    walk.answer("read clinic ", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE, FLU])))));
    walk.answer("read look-ahead", Answer::Lookahead(Ok(90)));
    assert_eq!(walk.open_lines(), [""; 0]);
    walk
}

/// Ballard's times are on screen: `tue-9` of Dr. Ortega and its sibling of Dr. Whitfield, `wed-9` of Dr. Whitfield.
pub fn ballard_on_screen() -> Walk {
    let mut walk = Walk::new(at(&[BALLARD], &[OFFICE]));
    walk.start();
    walk.times("read times", ballards_slots());
    walk.answer("read clinic ", Answer::Department(Ok(Box::new(clinic(BALLARD, &[OFFICE])))));
    assert_eq!(walk.open_lines(), [""; 0]);
    walk
}

pub fn ballards_slots() -> Vec<Slot> {
    vec![
        slot("tue-9", SAMUEL, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("tue-9-dana", DANA, ballard(), "2026-12-08T09:00:00-08:00"),
        slot("wed-9", DANA, ballard(), "2026-12-09T09:00:00-08:00"),
    ]
}

/// Chooses the time, signs in with token 1 as this patient, and enters these details.
pub fn fill_in(walk: &mut Walk, time: &str, patient: Patient, details: Details) {
    walk.choose(time);
    walk.answer("read mail rule", Answer::MailRule(None));
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", patient);
    walk.on(Act::Give(Box::new(details)));
    has_no_visits(walk);
    assert_eq!(walk.stage(), "review");
}

/// Answers the booking with a refusal, and the read of the patient's list, if it follows, with an empty list.
/// Returns the commands that follow.
pub fn refused_and_not_listed(walk: &mut Walk, refusal: Refusal) -> Vec<String> {
    let asked = walk.answer("book", refusal);
    if asked == ["read my visits of any status afresh"] {
        return walk.answer("read my visits", Answer::ClinicVisits(Ok(Vec::new().into())));
    }
    asked
}

/// Answers the read of the patient's list with an empty list, if that read is open, as at the review of a
/// clinic's visit.
pub fn has_no_visits(walk: &mut Walk) {
    if walk.open_lines().contains(&"read my visits afresh") {
        walk.answer("read my visits", Answer::ClinicVisits(Ok(Vec::new().into())));
    }
}

/// Marta, whose record is unchanged, reviews `tue-9` with Dr. Whitfield.
pub fn dana_review() -> Walk {
    let mut walk = dana_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk
}

/// Marta, whose record is unchanged, reviews `tue-9` at Ballard.
pub fn ballard_review() -> Walk {
    let mut walk = ballard_on_screen();
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk
}

/// The times around Seattle are on screen: nine at Ballard with any clinician, ten with Dr. Whitfield at Fremont.
pub fn near_on_screen() -> Walk {
    let mut walk = Walk::new(settings(Target::Near(Box::new(search(Some(SEATTLE_ZIP)))), &[OFFICE]));
    walk.start();
    walk.answer("read options", Answer::SearchResult(Ok(Box::new(near_seattle()))));
    assert_eq!((walk.stage(), walk.open_lines()), ("times", vec![]));
    walk
}

/// Marta reviews a time with Dr. Whitfield from a search.
pub fn near_review() -> Walk {
    let mut walk = near_on_screen();
    let time = walk.held().remove(1);
    walk.on(Event::Choose(Box::new(time)));
    walk.times("read times", vec![slot("tue-10", DANA, fremont(), "2026-12-08T10:00:00-08:00")]);
    sign_in_and_give(&mut walk, details(marta()));
    walk
}

/// Dr. Whitfield's times, read from the v5 timeslots (API reference §2.8), are on screen: Tuesday at nine and ten.
pub fn v5_on_screen() -> Walk {
    let mut walk = Walk::new(Settings { max_days: 13, ..with_dana_v5(&[OFFICE]) });
    walk.start();
    let times = vec![
        searched(DANA, fremont(), "2026-12-08T17:00:00Z"),
        searched(DANA, fremont(), "2026-12-08T18:00:00Z"),
    ];
    let found = SearchResult { context: None, ..found(times) };
    walk.answer("read options", Answer::SearchResult(Ok(Box::new(found))));
    let dana = clinician(DANA, &[fremont()], &[OFFICE]);
    walk.answer("read clinician", Answer::Clinician(Ok(Box::new(dana))));
    walk.answer("read look-ahead", Answer::Lookahead(Ok(90)));
    assert_eq!((walk.stage(), walk.open_lines()), ("times", vec![]));
    walk
}

/// Marta reviews Tuesday at nine with Dr. Whitfield, a time from the v5 timeslots.
pub fn v5_review() -> Walk {
    let mut walk = v5_on_screen();
    let time = walk.held().remove(0);
    walk.on(Event::Choose(Box::new(time)));
    walk.times("read times", vec![slot("tue-9", DANA, fremont(), "2026-12-08T09:00:00-08:00")]);
    sign_in_and_give(&mut walk, details(marta()));
    walk
}

/// The lines of Washington are on screen.
pub fn queue_on_screen() -> Walk {
    let mut walk = Walk::new(on_demand());
    walk.start();
    walk.answer("read practice", Answer::Practice(Ok(Box::new(practice()))));
    walk.answer("read waits", Answer::Waits(Ok(pools())));
    walk.on(Find::PickRegion(code("WA")));
    assert_eq!((walk.stage(), walk.open_lines()), ("queue", vec!["wait 60 s"]));
    walk
}

/// Marta, who pays by her insurance, reviews a video visit in Washington; the terms are not accepted yet.
pub fn line_review() -> Walk {
    let mut walk = queue_on_screen();
    walk.on(Event::Join(Modality::Video, LineKind::General));
    sign_in_and_give(&mut walk, paid(own_insurance(), details(marta())));
    walk
}

/// Marta, who pays by her insurance, reviews a video visit in Washington, where clinicians see either adults or
/// children and the region has no age limits; she has said that it is for a child.
pub fn line_review_of_a_child() -> Walk {
    let mut walk = Walk::new(on_demand());
    walk.start();
    let washington = Region { pediatric_months: None, ..region("WA", Some(MAIN)) };
    let practice = Practice { regions: vec![washington], ..practice() };
    walk.answer("read practice", Answer::Practice(Ok(Box::new(practice))));
    let lines = [Qualifier::Adult, Qualifier::Pediatric].map(|whom| adults_and_children(Ok(720), whom));
    walk.answer("read waits", Answer::Waits(Ok(lines.to_vec())));
    walk.on(Find::ForWhom(Qualifier::Pediatric));
    walk.on(Event::Join(Modality::Video, LineKind::General));
    sign_in_and_give(&mut walk, paid(own_insurance(), details(marta())));
    walk
}

/// Marta signs in with token 1, has a record in the main system, and enters these details.
pub fn sign_in_and_give(walk: &mut Walk, details: Details) {
    walk.answer("read mail rule", Answer::MailRule(None));
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    walk.on(Act::Give(Box::new(details)));
    assert_eq!(walk.stage(), "review");
}

/// Submits the review, up to the booking that is being sent: the token is the same, and the time is still free.
pub fn send(walk: &mut Walk) {
    walk.on(Act::Submit);
    walk.answer("ask token", TokenAnswer::Held(1));
    let mut still = walk.state.finder.board.slots.to_vec();
    // Slots from a search have an id in the list from which they are booked.
    for slot in &mut still {
        slot.id.get_or_insert_with(|| SlotId::new("fresh"));
    }
    walk.times("read times", still);
    assert_eq!(walk.phase(), Some(SendingPhase::Booking));
}
