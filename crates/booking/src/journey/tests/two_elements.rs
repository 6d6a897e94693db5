//! Random walks on a page with two elements, one patient, and one [`super::server`] that keeps visits. The page
//! changes the configuration, elements leave and return, an element may panic at any command, and the page may be
//! reloaded.
//!
//! The usual test command makes only a sample of the walks. This command makes all 100,000:
//!
//! ```sh
//! BOOKING_WALKS=100000 cargo test -p booking two_elements
//! ```
//!
//! A walk that breaks a guarantee is made a second time, and its number and its events are printed. To make one
//! walk alone: `BOOKING_WALK=4711 cargo test -p booking two_elements`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::any_event::any_event;
use super::drawn::has_a_way_out;
use super::oracle::Oracle;
use super::page::Page;
use super::random::{Rng, any_page};
use super::seen::Seen;
use super::walk::*;
use super::world;
use crate::errand::command::Command;
use crate::fixtures::guid;
use crate::journey::event::{Change, Event};
use crate::settings::Settings;

/// How many walks the usual test command makes, over all pairs of elements.
const SAMPLE: u64 = 5_000;
/// How many pairs of elements there are; each walk has one of them.
const PAIRS: u64 = 5;

/// The functions that make the two states in which an element can begin a walk: with something to choose from on
/// screen, and at the review.
type Scene = (fn() -> Walk, fn() -> Walk);

const CLINIC: Scene = (ballard_on_screen, ballard_review);
const CLINICIAN: Scene = (dana_on_screen, dana_review);
const NEAR: Scene = (near_on_screen, near_review);
const V5: Scene = (v5_on_screen, v5_review);
const LINE: Scene = (queue_on_screen, line_review);

/// The two states in which an element can begin a walk. They are made once, for all walks.
struct Start {
    on_screen: Walk,
    review: Walk,
}

impl Start {
    fn of((on_screen, review): Scene) -> Self {
        Self { on_screen: on_screen(), review: review() }
    }
}

fn walk_page(from: u64, starts: &[Start; 2], seen: &mut Seen, is_told: bool) {
    let mut page = Page::new(Rng::new(from), is_told);
    for start in starts {
        if page.rng.percent(70) {
            page.add(start.review.again(), Oracle::at_review(&start.review));
        } else {
            page.add(start.on_screen.again(), Oracle::on_screen(&start.on_screen));
        }
    }
    let may_panic = page.rng.percent(70);
    let steps = 20 + page.rng.below(100);
    for _ in 0..steps {
        let is_stopped = page.elements.iter().any(|element| element.is_stopped);
        if page.rng.percent(if is_stopped { 10 } else { 1 }) {
            page.reload();
            seen.note("loaded again");
            for start in starts {
                page.add(start.on_screen.again(), Oracle::on_screen(&start.on_screen));
            }
        }
        let place = page.rng.below(2);
        if !page.elements[place].is_stopped {
            go_on(&mut page, place, &starts[place], may_panic, seen);
        }
    }
    for place in 0..2 {
        come_to_rest(&mut page, place, seen);
    }
    page.judge(seen);
}

/// Sends one random event to an element, or removes or configures it.
fn go_on(page: &mut Page, place: usize, start: &Start, may_panic: bool, seen: &mut Seen) {
    if page.rng.percent(4) {
        return leave_and_return(page, place, start, may_panic, seen);
    }
    let element = &page.elements[place];
    let event = if !element.oracle.open.is_empty() && page.rng.percent(60) {
        let (id, command) = page.rng.pick(&element.oracle.open);
        page.answer_to(place, id, &command)
    } else {
        any_event(&mut page.rng, &element.walk, &element.oracle)
    };
    page.act(place, event, may_panic, seen);
}

/// Configures an element again, sometimes to look for something else. In most cases, first removes the element and puts
/// it back, or another one in its place; meanwhile people may sign in in other elements.
fn leave_and_return(page: &mut Page, place: usize, start: &Start, may_panic: bool, seen: &mut Seen) {
    let is_removed = page.rng.percent(60);
    if is_removed {
        page.act(place, Event::Removed, false, seen);
        if let Some((id, command)) = page.elements[place].oracle.open.first().cloned() {
            let answer = page.answer_to(place, id, &command);
            page.act(place, answer, may_panic, seen);
            if page.elements[place].is_stopped {
                return;
            }
            page.act(place, Event::Removed, false, seen);
        }
        while page.rng.percent(40) {
            let who = page.rng.pick(&[Some("p-marta"), Some("p-ruth"), None]);
            page.act(place, Event::PersonElsewhere(who.map(guid)), false, seen);
            page.act(place, Event::Removed, false, seen);
        }
        page.act(place, Event::PutBack, false, seen);
    }
    let is_elsewhere = page.rng.percent(40);
    let is_other_system = is_elsewhere && page.rng.percent(30);
    if is_elsewhere && page.elements[place].walk.stage() != "sending" {
        let settings = any_page(&mut page.rng, &start.review.settings);
        let only_on_demand = start.review.settings.only_on_demand;
        page.elements[place].walk.settings = Settings { only_on_demand, ..settings };
    }
    page.act(place, Event::Configure(Change { is_elsewhere, is_other_system }), may_panic, seen);
}

/// Gives every open request the worst answer, then checks that there is a way to go on from the step on screen.
fn come_to_rest(page: &mut Page, place: usize, seen: &mut Seen) {
    for _ in 0..80 {
        if page.elements[place].is_stopped {
            return;
        }
        let is_timer = |command: &Command| matches!(command, Command::Later { .. });
        let open = &page.elements[place].oracle.open;
        let Some((id, command)) = open.iter().rfind(|(_, open)| !is_timer(open)).cloned() else { break };
        page.act(place, world::fail(id, &command), false, seen);
    }
    has_a_way_out(&page.elements[place].walk);
    assert_ne!(page.elements[place].walk.stage(), "sending", "it comes to rest");
}

fn number_from(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a whole number"))
}

/// Makes the walks of one pair, which are those whose number leaves the remainder `pair` when divided by `PAIRS`.
/// If a walk breaks a guarantee, prints its number and events.
fn walks(pair: u64, scenes: [Scene; 2], must: &[&str]) {
    let starts = scenes.map(Start::of);
    let mut seen = Seen::default();
    if let Some(number) = number_from("BOOKING_WALK") {
        if number % PAIRS == pair {
            walk_page(number, &starts, &mut seen, true);
        }
        return;
    }
    let count = number_from("BOOKING_WALKS").unwrap_or(SAMPLE);
    for number in (0..count).filter(|number| number % PAIRS == pair) {
        let walked = catch_unwind(AssertUnwindSafe(|| walk_page(number, &starts, &mut seen, false)));
        if walked.is_err() {
            eprintln!("walk {number}:");
            walk_page(number, &starts, &mut seen, true);
        }
    }
    for what in must {
        let times = seen.0.get(*what).copied().unwrap_or_default();
        assert!(times >= 3, "{what} was seen only {times} times: {:?}", seen.0);
    }
    eprintln!("pair {pair}, {} walks: {:?}", count / PAIRS, seen.0);
}

/// What the walks of every pair must reach.
const EVERYWHERE: &[&str] = &[
    "panic",
    "panic after a booking went out",
    "loaded again",
    "unconfirmed",
    "booking 2",
    "kept, told None",
    "kept, told Booked",
    "kept, told Unconfirmed",
];

fn and(more: &[&'static str]) -> Vec<&'static str> {
    [EVERYWHERE, more].concat()
}

#[test]
fn two_elements_of_one_clinic_keep_the_promises() {
    walks(
        0,
        [CLINIC, CLINIC],
        &and(&["a visit at that time is named", "found among the visits", "at visits"]),
    );
}

#[test]
fn two_elements_of_a_clinician_and_a_clinic_keep_the_promises() {
    walks(1, [CLINICIAN, CLINIC], &and(&["again after SlotTaken"]));
}

#[test]
fn two_elements_of_a_search_and_v5_times_keep_the_promises() {
    walks(2, [NEAR, V5], &and(&["at resolving"]));
}

#[test]
fn two_elements_of_one_line_keep_the_promises() {
    walks(3, [LINE, LINE], &and(&["by card", "joined", "leave"]));
}

#[test]
fn two_elements_of_a_clinic_and_a_line_keep_the_promises() {
    walks(4, [CLINIC, LINE], &and(&["join"]));
}
