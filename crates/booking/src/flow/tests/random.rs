//! Walks without a plan: whatever the patient, the host page and the system do, in whatever order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::Weekday;

use super::oracle::{Oracle, Seen, owner};
use super::script::line;
use super::walk::*;
use super::world;
use crate::filter::Filter;
use crate::fixtures::*;
use crate::flow::command::{Command, RequestId};
use crate::flow::event::{Answer, Event};
use crate::flow::state::{Route, Settings, Stage, Target};
use crate::schedule::Time;
use crate::time::{PartOfDay, local};

/// Walks for each of four pages; 1–60 events each.
const WALKS: u64 = 5_000;

/// `SplitMix64`: the same walks on every run.
pub struct Rng(u64);

impl Rng {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }
}

fn any_page(rng: &mut Rng, target: Target) -> Settings {
    let visit_types = rng.pick(&[&[OFFICE][..], &[], &["Physical", FLU], &[FLU, OFFICE]]);
    let route =
        rng.pick(&[Route::Inline, Route::Inline, Route::Inline, Route::Inline, Route::Link, Route::Event]);
    let (days, max_days) = (rng.pick(&[1, 3, 10]), rng.pick(&[1, 13, 30, 90, 400]));
    Settings { days, max_days, route, ..settings(target, visit_types) }
}

/// One walk: half begin at the beginning, half where Marta has filled in everything.
fn walk_randomly(from: u64, target: &Target, reviewed: &Walk, seen: &mut Seen, told: bool) {
    let mut rng = Rng(from);
    let (mut walk, mut oracle) = if rng.percent(50) {
        (Walk::new(any_page(&mut rng, target.clone())), Oracle::default())
    } else {
        (reviewed.again(), Oracle::at_review())
    };
    let mut act = |walk: &mut Walk, oracle: &mut Oracle, event: Event| {
        if told {
            eprintln!("{event:?}");
        }
        oracle.watch(walk, event, seen);
    };
    if walk.state.last_id == 0 {
        act(&mut walk, &mut oracle, Event::Start);
    }
    for _ in 0..=rng.below(60) {
        if rng.percent(10) {
            walk.now += i64::from(rng.pick(&[1, 61, 3_600, 86_400]));
            walk.today = local(walk.now, -8 * 3600).date() + chrono::Duration::days(rng.pick(&[0, 0, 0, 1]));
        }
        let event = if !oracle.open.is_empty() && rng.percent(60) {
            let (id, command) = rng.pick(&oracle.open);
            world::answer(&mut rng, id, &command, &walk, &oracle)
        } else if rng.percent(10) {
            stale(&mut rng, &mut walk, &oracle);
            continue;
        } else {
            any_event(&mut rng, &walk, &oracle)
        };
        act(&mut walk, &mut oracle, event);
    }
    // Whatever was going on, it comes to rest once everything has been answered, however badly.
    for _ in 0..60 {
        let Some((id, command)) = oracle.open.last().cloned() else { break };
        act(&mut walk, &mut oracle, world::fail(id, &command));
    }
    assert_eq!(walk.state.pending, [], "at rest");
    assert!(!matches!(walk.state.stage, Stage::Loading | Stage::Sending(..)), "not at {}", walk.stage());
}

/// An answer that nobody waits for changes nothing.
fn stale(rng: &mut Rng, walk: &mut Walk, oracle: &Oracle) {
    let Ok(last) = usize::try_from(walk.state.last_id) else { return };
    let id = RequestId(u32::try_from(rng.below(last + 3)).unwrap());
    if oracle.open.iter().any(|(open, _)| *open == id) {
        return;
    }
    let asked = rng.pick(&[
        Command::AskToken { id, refused: true },
        world::a_booking(id),
        world::a_read_of_times(id),
        world::a_read_of_the_patient(id),
    ]);
    let event = world::answer(rng, id, &asked, walk, oracle);
    let before = walk.state.clone();
    assert!(walk.on(event).is_empty());
    assert_eq!(walk.state, before);
}

/// Mostly what the step on screen offers, else anything.
fn any_event(rng: &mut Rng, walk: &Walk, oracle: &Oracle) -> Event {
    let give = || {
        let who = oracle.token().map(owner).unwrap_or_default();
        Event::Give(Box::new(details(if who == "p-ruth" { person("Ruth", "Lind") } else { marta() })))
    };
    let choose = |rng: &mut Rng| {
        let mut times = walk.held();
        times.extend(walk.state.stage.time().cloned());
        let foreign: Option<Time> = times.is_empty().then(|| dana_on_screen().held().remove(0));
        times.extend(foreign);
        Event::Choose(Box::new(rng.pick(&times)))
    };
    if rng.percent(70) {
        match &walk.state.stage {
            Stage::Choosing | Stage::Taken(..) | Stage::GivenAway(_) => return choose(rng),
            Stage::SignIn(..) => {
                return rng.pick(&[Event::SignIn, Event::SignedIn, Event::Retry, Event::SignIn]);
            }
            Stage::Patient(_) => return give(),
            Stage::Review(..) => return Event::Submit,
            Stage::Unavailable(_) => {
                return rng.pick(&[Event::Retry, Event::ChangeTime, Event::Wake, Event::Reset]);
            }
            _ => {}
        }
    }
    let filter = |rng: &mut Rng| {
        let mut filter = Filter::default();
        filter.toggle_weekday(rng.pick(&[Weekday::Tue, Weekday::Wed, Weekday::Sun]));
        filter.toggle_part(rng.pick(&PartOfDay::ALL));
        Event::Narrow(if rng.percent(50) { filter } else { Filter::default() })
    };
    match rng.below(20) {
        0 => Event::Start,
        1 => Event::HandedOver(rng.percent(50)),
        2 => Event::PickType(visit_type(rng.pick(&[OFFICE, FLU, "Physical"]))),
        3 => filter(rng),
        4 => Event::More,
        5 => choose(rng),
        6 => Event::SignIn,
        7 => Event::SignedIn,
        8 => give(),
        9 => Event::Back,
        10 => Event::ChangeTime,
        11 => Event::ChangeDetails,
        12 | 13 => Event::Submit,
        14 | 15 => Event::Wake,
        16 => Event::Retry,
        17 => Event::Refresh,
        18 => Event::Reset,
        _ => Event::Answered(RequestId(0), Answer::MailRule(None)),
    }
}

/// Walks a page often, and says which walk it was when one of them breaks a promise.
fn walks(page: u64, target: &Target, reviewed: &Walk) {
    let mut seen = Seen::default();
    for number in 0..WALKS {
        let from = (page << 32) | number;
        let walked =
            catch_unwind(AssertUnwindSafe(|| walk_randomly(from, target, reviewed, &mut seen, false)));
        if walked.is_err() {
            eprintln!("walk {number} of page {page}:");
            walk_randomly(from, target, reviewed, &mut seen, true);
        }
    }
    let must = [
        "booking 1",
        "booking 2",
        "booking 3",
        "booking 4",
        "booked",
        "unconfirmed",
        "again after SignedOut",
        "again after NoLinks",
        "again after PatientNotFound",
        "again after SlotTaken",
        "conflict SlotTaken",
        "conflict DoubleBooked",
        "conflict UnknownConflict",
        "conflict NotOnPanel",
        "conflict AccountLocked",
        "conflict NoLinks",
        "conflict PatientNotFound",
        "failed Network",
        "failed Server",
        "failed SignedOut",
        "failed Rejected",
        "failed Contract",
        "at loading",
        "at times",
        "at sign-in",
        "at patient",
        "at review",
        "at sending",
        "at taken",
        "at unavailable",
    ];
    for what in must {
        let count = seen.0.get(what).copied().unwrap_or_default();
        assert!(count >= 10, "{what} was seen only {count} times: {:?}", seen.0);
    }
    eprintln!("page {page}, {WALKS} walks: {:?}", seen.0);
}

#[test]
fn no_walk_with_a_clinician_breaks_a_promise() {
    walks(1, &with_dana(&[]).target, &dana_review());
}

#[test]
fn no_walk_with_two_clinicians_at_one_clinic_breaks_a_promise() {
    let target = Target::Clinicians { npis: vec![npi(DANA), npi(SAMUEL)], departments: vec![url(BALLARD)] };
    walks(2, &target, &dana_review());
}

#[test]
fn no_walk_at_a_clinic_breaks_a_promise() {
    walks(3, &at(&[BALLARD], &[]).target, &ballard_review());
}

#[test]
fn no_walk_at_three_clinics_breaks_a_promise() {
    walks(4, &at(&[BALLARD, FREMONT, BOULDER], &[]).target, &ballard_review());
}

#[test]
fn a_walk_told_as_lines_names_what_it_cancels() {
    let mut walk = dana_review();
    walk.on(Event::Submit);
    let id = walk.id("ask token");
    assert_eq!(line(&Command::Cancel(id), &walk.open), "cancel ask token");
    assert!(line(&Command::Cancel(RequestId(999)), &walk.open).starts_with("cancel what nobody asked for"));
}
