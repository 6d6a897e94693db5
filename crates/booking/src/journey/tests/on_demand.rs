//! Tests on-demand visits up to joining a line: the practice, its regions and lines, alone and beside other ways
//! to be seen.

use super::walk::*;
use crate::api::Answer;
use crate::errand::event::Event as Act;
use crate::errand::state::{Errand, Stage};
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::finder::state::{Queue, Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::on_demand::{Modality, NobodyAvailable, Pool, Practice, Qualifier, Region};
use crate::outcome::ApiError;
use crate::settings::{Route, Settings};

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

#[test]
fn the_practice_and_its_waits_are_the_first_requests() {
    let mut walk = Walk::new(on_demand());
    asks(&walk.start(), &READS);
    asks(&walk.answer("read practice", told(practice())), &[]);
    assert_eq!(walk.stage(), "loading", "the waits are about to come");
    asks(&walk.answer("read waits", waits(pools())), &["wait 60 s", "tell shown 0"]);
    assert_eq!((walk.stage(), walk.state.finder.queue.region.clone()), ("queue", None));
}

#[test]
fn the_region_is_preset_or_the_only_one_or_asked() {
    let only = Practice { regions: vec![region("WA", None)], ..practice() };
    for (preset, practice, region, owner) in [
        (Some("OR"), practice(), Some("OR"), None),
        (Some("ZZ"), practice(), None, Some("tell owner: unknown region ZZ")),
        (None, only.clone(), Some("WA"), None),
        (Some("ZZ"), only, Some("WA"), Some("tell owner: unknown region ZZ")),
        (None, practice(), None, None),
        (None, Practice { regions: Vec::new(), ..practice() }, None, None),
    ] {
        let mut walk = Walk::new(Settings { region: preset.map(code), ..on_demand() });
        walk.start();
        let told = walk.answer("read practice", told(practice));
        assert_eq!(told, owner.into_iter().collect::<Vec<_>>(), "{preset:?}");
        assert_eq!(walk.state.finder.queue.region, region.map(code), "{preset:?}");
        walk.answer("read waits", waits(pools()));
        assert_eq!(walk.stage(), "queue");
    }
}

#[test]
fn a_practice_that_cannot_be_read_can_be_tried_again_and_an_unknown_one_is_told_to_the_owner() {
    for (error, owner) in [
        (ApiError::NotFound, &["tell owner: unknown practice"][..]),
        (ApiError::Network, &[]),
        (ApiError::Unreadable, &[]),
    ] {
        let mut walk = Walk::new(on_demand());
        walk.start();
        asks(&walk.answer("read practice", Answer::Practice(Err(error))), owner);
        walk.answer("read waits", waits(pools()));
        assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(error))));
        assert_eq!(walk.on(Event::Retry), READS.map(|line| [line, " afresh"].concat()));
        walk.answer("read practice", told(practice()));
        walk.answer("read waits", waits(pools()));
        assert_eq!(walk.stage(), "queue");
    }
}

#[test]
fn offline_waits_for_the_page_to_wake() {
    let mut walk = Walk::new(on_demand());
    walk.start();
    walk.answer("read practice", Answer::Practice(Err(ApiError::Network)));
    asks(&walk.on(Event::Wake), &READS[..1]);
    assert_eq!(walk.stage(), "loading");
}

#[test]
fn waits_that_cannot_be_read_are_said_beside_the_regions_and_looked_up_again() {
    let mut walk = Walk::new(on_demand());
    walk.start();
    walk.answer("read practice", told(practice()));
    asks(&walk.answer("read waits", Answer::Waits(Err(ApiError::Server))), &["wait 60 s", "tell shown 0"]);
    assert_eq!((walk.stage(), walk.state.finder.queue.error), ("queue", Some(ApiError::Server)));
    walk.on(Find::PickRegion(code("WA")));
    asks(&walk.on(video_line()), &[]);
    asks(&walk.on(Event::Retry), &["read waits of c0a8f6a1 afresh"]);
    asks(&walk.answer("read waits", waits(pools())), &[]);
    assert_eq!(walk.state.finder.queue.error, None);
    assert_eq!(walk.state.finder.queue.wait(Modality::Video), Some(Ok((720, now()))));
}

#[test]
fn the_waits_are_looked_up_every_minute_by_one_timer_and_when_the_page_wakes() {
    let mut walk = queue_on_screen();
    let again = ["read waits of c0a8f6a1 afresh"];
    let timer = walk.id("wait");
    asks(&walk.on(Event::Wake), &again);
    asks(&walk.on(Event::Wake), &[]);
    asks(&walk.on(Event::Refresh), &[]);
    asks(&walk.answer("read waits", waits(pools())), &[]);
    assert_eq!(walk.open_lines(), ["wait 60 s"]);
    asks(&walk.on(Event::Ticked(timer)), &again);
    walk.open.retain(|(open, _)| *open != timer);
    asks(&walk.answer("read waits", Answer::Waits(Err(ApiError::Network))), &["wait 60 s"]);
    assert_eq!(
        walk.state.finder.queue.pools, None,
        "a wait of a minute ago is not shown as if it still were"
    );
}

/// What the finder knows of the lines, for an adult in Washington, with these pools.
fn queue(pools: Vec<Pool>) -> Queue {
    Queue { practice: Some(practice()), pools: Some(pools), region: Some(code("WA")), ..Queue::default() }
}

#[test]
fn of_several_lines_the_shortest_counts_and_of_several_reasons_the_one_that_passes_soonest() {
    let of = |wait| pool("WA", Modality::Video, wait);
    let busy = || NobodyAvailable::Busy("Back at two".into());
    for (pools, expected) in [
        (vec![of(Ok(900)), of(Ok(300)), of(Err(busy()))], Some(Ok((300, now())))),
        (
            vec![of(Err(NobodyAvailable::OffHours)), of(Err(busy())), of(Err(NobodyAvailable::Unstaffed))],
            Some(Err(busy())),
        ),
        (
            vec![of(Err(NobodyAvailable::NoRegion)), of(Err(NobodyAvailable::OffHours))],
            Some(Err(NobodyAvailable::OffHours)),
        ),
        (
            vec![of(Err(NobodyAvailable::Unstaffed)), of(Err(NobodyAvailable::OffHours))],
            Some(Err(NobodyAvailable::Unstaffed)),
        ),
        (
            vec![pool("OR", Modality::Video, Ok(60)), pool("WA", Modality::Phone, Ok(60))],
            Some(Err(NobodyAvailable::NoRegion)),
        ),
        (vec![adults_and_children(Ok(60), Qualifier::Pediatric)], Some(Err(NobodyAvailable::NoRegion))),
        (vec![adults_and_children(Ok(60), Qualifier::Adult), of(Ok(90))], Some(Ok((60, now())))),
    ] {
        assert_eq!(queue(pools).wait(Modality::Video), expected);
    }
    assert_eq!(Queue { pools: None, ..queue(vec![]) }.wait(Modality::Video), None);
    assert_eq!(Queue { region: None, ..queue(pools()) }.wait(Modality::Video), None);
    assert_eq!(queue(pools()).shortest(), Some(720));
    assert_eq!(queue(vec![of(Err(busy()))]).shortest(), None);
}

#[test]
fn an_inactive_region_takes_nobody_whatever_its_lines_say() {
    let mut closed = queue(pools());
    closed.practice.as_mut().unwrap().regions[0] = Region { is_active: false, ..region("WA", Some(MAIN)) };
    assert_eq!(closed.wait(Modality::Video), Some(Err(NobodyAvailable::NoRegion)));
}

#[test]
fn for_whom_it_is_is_asked_only_where_lines_differ_by_it() {
    assert!(!queue(pools()).asks_for_whom());
    assert!(queue(vec![adults_and_children(Ok(60), Qualifier::Pediatric)]).asks_for_whom());
    assert!(!queue(vec![adults_and_children(Ok(60), Qualifier::Adult)]).asks_for_whom());
    let mut walk = queue_on_screen();
    walk.on(Find::ForWhom(Qualifier::Pediatric));
    assert_eq!(walk.state.finder.queue.qualifier, Qualifier::Pediatric);
}

#[test]
fn only_a_line_that_takes_somebody_now_can_be_joined() {
    let mut walk = queue_on_screen();
    walk.on(Find::PickRegion(code("OR")));
    asks(&walk.on(video_line()), &[]);
    asks(&walk.on(Event::Join(Modality::Phone, LineKind::General)), &[]);
    walk.on(Find::PickRegion(code("ZZ")));
    asks(&walk.on(video_line()), &[]);
    assert_eq!(walk.stage(), "queue");
    walk.on(Find::PickRegion(code("WA")));
    asks(&walk.on(video_line()), &["read mail rule", "ask token"]);
    assert_eq!(walk.state.errand.stage.errand(), Some(&Errand::OnDemand(video())));
}

#[test]
fn where_nobody_signs_in_here_there_is_the_phone() {
    for route in [Route::Link, Route::Event] {
        let mut walk = queue_on_screen();
        walk.settings.route = route;
        asks(&walk.on(video_line()), &[]);
        assert!(
            matches!(&walk.state.errand.stage, Stage::CallToBook(errand) if errand.on_demand().is_some())
        );
        walk.on(Act::Back);
        assert_eq!(walk.stage(), "queue");
    }
}

#[test]
fn back_from_each_step_leads_to_the_lines_with_their_waits_read_again() {
    let mut walk = queue_on_screen();
    walk.on(video_line());
    let again = "read waits of c0a8f6a1 afresh";
    asks(&walk.on(Act::Back), &["cancel ask token", again]);
    walk.answer("read waits", waits(pools()));
    let mut walk = line_review();
    asks(&walk.on(Act::Back), &[]);
    assert_eq!(walk.stage(), "patient");
    asks(&walk.on(Act::Back), &[again]);
    assert_eq!(walk.stage(), "queue");
    let mut walk = line_review();
    asks(&walk.on(Act::ChangeTime), &[again]);
    assert!(walk.state.errand.person.details.is_some());
}

#[test]
fn a_timer_that_rings_in_another_step_is_wound_again_back_at_the_lines() {
    let mut walk = line_review();
    let timer = walk.id("wait");
    asks(&walk.on(Event::Ticked(timer)), &[]);
    walk.open.clear();
    asks(&walk.on(Act::ChangeTime), &["read waits of c0a8f6a1 afresh"]);
    asks(&walk.answer("read waits", waits(pools())), &["wait 60 s"]);
}
