//! Tests pages with several ways to be seen: comparing the ways, and taking another one.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::state::{SignInPhase, Stage};
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::ids::PracticeId;
use crate::journey::event::Event;
use crate::on_demand::{Modality, Pool, Practice};
use crate::outcome::ApiError;
use crate::settings::{Settings, Way};
use crate::time::Moment;

fn told(practice: Practice) -> Answer {
    Answer::Practice(Ok(Box::new(practice)))
}

fn waits(pools: Vec<Pool>) -> Answer {
    Answer::Waits(Ok(pools))
}

fn video_line() -> Event {
    Event::Join(Modality::Video, LineKind::General)
}

/// A page that offers Dr. Whitfield's times, times with any clinician nearby, and on-demand visits.
fn all_ways() -> Settings {
    Settings {
        nearby: Some(Box::new(search(Some(SEATTLE_ZIP)))),
        practice: Some(PracticeId::new(VIRTUAL)),
        max_days: 13,
        ..with_dana(&[OFFICE])
    }
}

#[test]
fn beside_the_times_the_wait_and_the_first_time_near_are_looked_up_for_comparison() {
    let mut walk = Walk::new(Settings { region: Some(code("WA")), ..all_ways() });
    let first = ["read times 1234567893 OfficeVisit 2026-12-07..2026-12-19", "read clinician 1234567893"];
    asks(
        &walk.start()[..2],
        &first.map(|line| line.replace("12-19", "12-20")).iter().map(String::as_str).collect::<Vec<_>>(),
    );
    walk.answer("read practice", told(practice()));
    walk.answer("read waits", waits(pools()));
    assert_eq!(walk.state.finder.queue.shortest(), Some(720));
    let asked = walk.times("read times", two_days());
    assert!(asked.contains(&"read options around 98107 OfficeVisit, 1 days".to_owned()), "{asked:?}");
    walk.answer("read options", Answer::SearchResult(Ok(Box::new(near_seattle()))));
    assert_eq!(walk.state.finder.first.nearby, Moment::parse("2026-12-08T17:00:00Z"));
}

#[test]
fn a_first_time_near_after_the_last_day_to_look_at_is_not_compared() {
    for (at, expected) in [("2026-12-20T17:00:00Z", true), ("2026-12-21T17:00:00Z", false)] {
        let mut walk = Walk::new(all_ways());
        walk.start();
        walk.times("read times", two_days());
        let found = found(vec![searched(DANA, fremont(), at)]);
        walk.answer("read options", Answer::SearchResult(Ok(Box::new(found))));
        assert_eq!(walk.state.finder.first.nearby, Moment::parse(at).filter(|_| expected));
    }
}

#[test]
fn the_page_turns_from_way_to_way_with_every_entry_kept() {
    let mut walk = Walk::new(Settings { region: Some(code("WA")), ..all_ways() });
    walk.start();
    walk.times("read times", two_days());
    walk.answer("read practice", told(practice()));
    walk.answer("read waits", waits(pools()));
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::ChangeTime);
    let (persons, person) = (walk.state.errand.persons, walk.state.errand.person.clone());
    let asked = walk.on(Find::Take(Way::OnDemand));
    assert!(
        asked.iter().all(|line| line.starts_with("cancel") || line.starts_with("read waits")),
        "{asked:?}"
    );
    assert!(!asked.iter().any(|line| line == "cancel wait 60 s"));
    walk.answer("read waits", waits(pools()));
    assert_eq!(
        (walk.stage(), walk.state.finder.first.named),
        ("queue", Moment::parse("2026-12-08T09:00:00-08:00"))
    );
    walk.on(Find::Take(Way::Nearby));
    walk.answer("read options", Answer::SearchResult(Ok(Box::new(near_seattle()))));
    assert_eq!((walk.stage(), walk.held().len()), ("times", 2));
    walk.on(Find::Take(Way::Named));
    walk.times("read times", two_days());
    assert_eq!((walk.stage(), walk.ids().len()), ("times", 3));
    assert_eq!((walk.state.errand.persons, &walk.state.errand.person), (persons, &person));
    asks(&walk.choose("tue-9"), &[]);
    assert_eq!(walk.stage(), "review", "nothing is asked again");
}

#[test]
fn a_way_that_the_page_does_not_offer_or_that_is_on_screen_changes_nothing() {
    let mut walk = dana_on_screen();
    let before = walk.state.clone();
    for way in [Way::Named, Way::Nearby, Way::OnDemand] {
        asks(&walk.on(Find::Take(way)), &[]);
        assert_eq!(walk.state, before);
    }
    let mut walk = queue_on_screen();
    asks(&walk.on(Find::Take(Way::Named)), &[]);
}

#[test]
fn a_way_is_not_turned_from_between_the_choice_and_its_outcome() {
    let mut walk = line_review();
    walk.settings.only_on_demand = false;
    let before = walk.state.clone();
    asks(&walk.on(Find::Take(Way::Named)), &[]);
    assert_eq!(walk.state, before);
}

#[test]
fn where_one_way_fails_another_is_taken_and_the_first_can_be_tried_again() {
    let mut walk = Walk::new(Settings { region: Some(code("WA")), ..all_ways() });
    walk.start();
    walk.answer("read practice", told(practice()));
    walk.answer("read waits", waits(pools()));
    walk.answer("read times", Answer::Slots(Err(ApiError::Network)));
    walk.answer("read clinician", Answer::Clinician(Err(ApiError::Network)));
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::Network))));
    walk.on(Find::Take(Way::OnDemand));
    walk.answer("read waits", waits(pools()));
    assert_eq!(walk.stage(), "queue");
    let asked = walk.on(Find::Take(Way::Named));
    assert_eq!((walk.stage(), asked.len()), ("loading", 3));
}

#[test]
fn a_way_of_paying_that_a_line_does_not_take_is_asked_for_anew() {
    let mut walk = Walk::new(Settings { region: Some(code("WA")), ..all_ways() });
    walk.start();
    walk.times("read times", two_days());
    walk.answer("read practice", told(practice()));
    walk.answer("read waits", waits(pools()));
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), details(marta()));
    walk.on(Act::ChangeTime);
    walk.on(Find::Take(Way::OnDemand));
    walk.answer("read waits", waits(pools()));
    asks(&walk.on(video_line()), &["read mail rule", "ask token"]);
    assert!(matches!(walk.state.errand.stage, Stage::SignIn(_, SignInPhase::Asking)));
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    // A video visit cannot be paid on arrival; the other entries are kept.
    assert_eq!((walk.stage(), walk.state.errand.person.details.clone()), ("patient", Some(details(marta()))));
}

#[test]
fn a_line_asks_again_for_details_that_were_entered_for_a_time() {
    let mut walk = Walk::new(Settings { region: Some(code("WA")), ..all_ways() });
    walk.start();
    walk.times("read times", two_days());
    walk.answer("read practice", told(practice()));
    walk.answer("read waits", waits(pools()));
    // A video visit can be paid by insurance too, but its form has no questions of the page and may offer an interpreter.
    let entered = paid(own_insurance(), details(marta()));
    fill_in(&mut walk, "tue-9", record("p-marta", &marta(), &[MAIN]), entered.clone());
    walk.on(Act::ChangeTime);
    walk.on(Find::Take(Way::OnDemand));
    walk.answer("read waits", waits(pools()));
    walk.on(video_line());
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    assert_eq!((walk.stage(), walk.state.errand.person.details.clone()), ("patient", Some(entered.clone())));
    walk.on(Act::Give(Box::new(entered)));
    assert_eq!(walk.stage(), "review");
}
