//! Tests that a page waits for the later part of the wasm that finds more than the times of named clinics and
//! clinicians: nothing that needs this part begins before it is loaded.

use super::walk::*;
use crate::finder::event::Event as Find;
use crate::finder::state::{Stage as Looking, UnavailableReason};
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::outcome::ApiError;
use crate::settings::{Settings, Target};

const LOADED: Find = Find::Loaded { is_there: true };
const MISSING: Find = Find::Loaded { is_there: false };

fn near() -> Settings {
    settings(Target::Near(Box::new(search(Some(SEATTLE_ZIP)))), &[OFFICE])
}

/// A walk in which the part is not loaded yet.
fn without(settings: Settings) -> Walk {
    let mut walk = Walk::new(settings);
    walk.are_ways_there = false;
    walk
}

fn load(walk: &mut Walk) -> Vec<String> {
    walk.are_ways_there = true;
    walk.on(LOADED)
}

#[test]
fn a_pages_own_times_are_read_without_it() {
    let mut walk = without(with_dana(&[OFFICE]));
    let asked = walk.start();
    assert!(asked.iter().any(|line| line.starts_with("read times ")), "{asked:?}");
    assert!(!asked.contains(&"load the ways".to_owned()), "{asked:?}");
}

#[test]
fn a_search_waits_for_it_and_then_begins_as_if_it_had_been_there() {
    let mut there = Walk::new(near());
    let mut walk = without(near());
    asks(&walk.start(), &["load the ways"]);
    assert_eq!(walk.looking(), Some(Looking::Loading));
    // Meanwhile, no event of the page begins a read.
    for event in [Event::Wake, Event::Refresh, Event::Retry] {
        asks(&walk.on(event), &[]);
    }
    assert_eq!(load(&mut walk), there.start());
    asks(&walk.on(LOADED), &[]);
}

#[test]
fn without_it_the_patient_can_call_and_try_again() {
    let mut walk = without(near());
    walk.start();
    asks(&walk.on(MISSING), &[]);
    assert_eq!(walk.looking(), Some(Looking::Unavailable(UnavailableReason::Error(ApiError::Network))));
    asks(&walk.on(Event::Retry), &["load the ways"]);
    assert_eq!(walk.looking(), Some(Looking::Loading));
    asks(&walk.on(MISSING), &[]);
    // When the device is online again, the finder retries by itself.
    asks(&walk.on(Event::Wake), &["load the ways"]);
    let asked = load(&mut walk);
    assert!(asked.iter().any(|line| line.starts_with("read options")), "{asked:?}");
}

#[test]
fn a_page_that_turns_back_to_its_own_times_does_not_wait_for_it() {
    let mut walk = without(near());
    walk.start();
    walk.settings = with_dana(&[OFFICE]);
    let asked = walk.start();
    assert!(asked.iter().any(|line| line.starts_with("read times ")), "{asked:?}");
    // These times do not depend on whether the part is loaded later.
    asks(&walk.on(MISSING), &[]);
    assert_eq!(walk.looking(), Some(Looking::Loading));
    asks(&load(&mut walk), &[]);
}

#[test]
fn a_page_that_turns_to_a_search_under_an_errand_loads_it_behind_the_errand() {
    let mut walk = dana_on_screen();
    walk.are_ways_there = false;
    let id = walk.ids().remove(0);
    walk.choose(&id);
    walk.settings = near();
    asks(&walk.start(), &["load the ways"]);
    assert!(!walk.state.errand.stage.is_idle(), "the patient books on");
    // The part is still not loaded when the patient goes back, so the finder waits for it.
    walk.on(crate::errand::event::Event::Back);
    assert!(walk.state.errand.stage.is_idle());
    assert_eq!(walk.looking(), Some(Looking::Loading));
    let asked = load(&mut walk);
    assert!(asked.iter().any(|line| line.starts_with("read options")), "{asked:?}");
}
