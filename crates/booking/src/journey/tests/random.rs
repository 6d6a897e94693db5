//! Random walks: the patient, the host page and the system do anything, in any order.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::any_event::any_event;
use super::oracle::Oracle;
use super::script::line;
use super::seen::Seen;
use super::walk::*;
use super::world;
use crate::api::Read;
use crate::errand::command::Command;
use crate::errand::event::Event as Act;
use crate::errand::state::Stage;
use crate::finder::state::Stage as Looking;
use crate::fixtures::*;
use crate::ids::PracticeId;
use crate::journey::event::{Change, Event};
use crate::on_demand::{Modality, VisitStatus};
use crate::request::RequestId;
use crate::search::PatientType;
use crate::settings::{Resume, Route, Settings, Target};
use crate::time::local;
use crate::visits::VisitFilter;

/// How many walks begin on each of the nine pages. Each walk has 1–60 rounds, most of them with one event.
const WALKS: u64 = 5_000;

/// The random generator `SplitMix64`. It needs only a seed, so that every run makes the same walks.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

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

pub fn any_page(rng: &mut Rng, page: &Settings) -> Settings {
    let visit_types = rng.pick(&[&[OFFICE][..], &[], &["Physical", FLU], &[FLU, OFFICE]]);
    let route =
        rng.pick(&[Route::Inline, Route::Inline, Route::Inline, Route::Inline, Route::Link, Route::Event]);
    let (days, max_days) = (rng.pick(&[1, 3, 10]), rng.pick(&[1, 13, 30, 90, 400]));
    let resume = match rng.below(12) {
        0 => Some(Resume::Lost),
        1 => Some(Resume::OnDemand(code(rng.pick(&["WA", "OR", "ZZ"])), rng.pick(&Modality::ALL))),
        2 => Some(Resume::Time(Box::new(searched(
            DANA,
            rng.pick(&[ballard(), fremont()]),
            "2026-12-08T17:00:00Z",
        )))),
        _ => None,
    };
    let nearby = rng.percent(30).then(|| Box::new(search(rng.pick(&[Some("98107"), None]))));
    let practice = page.practice.clone().or_else(|| rng.percent(30).then(|| PracticeId::new(VIRTUAL)));
    Settings {
        days,
        max_days,
        route,
        resume,
        nearby: nearby.filter(|_| page.target.names_clinicians()),
        practice,
        region: rng.pick(&[None, Some(code("WA")), Some(code("ZZ"))]),
        clinic_line: rng.percent(30),
        clinician_line: rng.percent(30).then(|| "line".into()),
        takes_cards: rng.percent(70),
        can_hand_off: rng.percent(50),
        patient_type: rng.pick(&[None, Some(PatientType::New)]),
        brand: rng.percent(50).then(|| "northlake".into()),
        ..settings(page.target.clone(), visit_types)
    }
}

/// Makes one walk, drawn from the seed `from`; prints its events if `told`. Half of the walks begin on a new page,
/// half after Marta has completed the details.
fn walk_randomly(from: u64, page: &Settings, reviewed: &Walk, seen: &mut Seen, told: bool) {
    let mut rng = Rng(from);
    let (mut walk, mut oracle) = if rng.percent(50) {
        (Walk::new(any_page(&mut rng, page)), Oracle::default())
    } else {
        (reviewed.again(), Oracle::at_review(reviewed))
    };
    let mut act = |walk: &mut Walk, oracle: &mut Oracle, event: Event| {
        if told {
            eprintln!("{event:?}");
        }
        oracle.watch(walk, event, seen);
    };
    if walk.state.ids.last() == 0 {
        act(&mut walk, &mut oracle, NEW_PAGE);
    }
    for _ in 0..=rng.below(60) {
        if rng.percent(10) {
            walk.now += i64::from(rng.pick(&[1, 61, 3_600, 86_400]));
            walk.today = local(walk.now, -8 * 3600).date() + chrono::Duration::days(rng.pick(&[0, 0, 0, 1]));
        }
        if rng.percent(3) {
            // The element is removed from the page. An answer may come meanwhile. Then the element is put back, or
            // another one takes its place; the configuration that follows may look for something else.
            act(&mut walk, &mut oracle, Event::Removed);
            if let Some((id, command)) = oracle.open.first().cloned() {
                let answer = world::answer(&mut rng, id, &command, &walk, &oracle);
                act(&mut walk, &mut oracle, answer);
                act(&mut walk, &mut oracle, Event::Removed);
            }
            act(&mut walk, &mut oracle, Event::PutBack);
            let is_elsewhere = rng.percent(30);
            act(&mut walk, &mut oracle, Event::Configure(Change { is_elsewhere, is_other_system: false }));
            continue;
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
    // Give every open request the worst answer: the journey must then come to rest. Only the timer of the waits, or
    // of a joined line, goes on.
    for _ in 0..80 {
        let is_timer = |command: &Command| matches!(command, Command::Later { .. });
        let Some((id, command)) = oracle.open.iter().rfind(|(_, open)| !is_timer(open)).cloned() else {
            break;
        };
        act(&mut walk, &mut oracle, world::fail(id, &command));
    }
    let open: Vec<_> = oracle.open.iter().map(|(_, command)| line(command, &[])).collect();
    assert!(open.iter().all(|line| line.starts_with("wait ")) && open.len() <= 1, "at rest, not {open:?}");
    assert!(
        !matches!(walk.state.errand.stage, Stage::Sending(..) | Stage::Resolving(_, None))
            && walk.looking() != Some(Looking::Loading),
        "{}",
        walk.stage()
    );
    if let Stage::Waiting(waiting) = &walk.state.errand.stage {
        let goes_on = matches!(waiting.status, VisitStatus::Waiting | VisitStatus::InVisit);
        assert!(!goes_on || open.len() == 1, "it is looked at again");
    }
}

/// Checks that an answer that is not awaited changes nothing.
fn stale(rng: &mut Rng, walk: &mut Walk, oracle: &Oracle) {
    let Ok(last) = usize::try_from(walk.state.ids.last()) else { return };
    let id = RequestId(u32::try_from(rng.below(last + 3)).unwrap());
    if oracle.open.iter().any(|(open, _)| *open == id) {
        return;
    }
    let asked = rng.pick(&[
        Command::AskToken { id },
        Command::AskCard { id },
        Command::Later { id, seconds: 60 },
        world::a_booking(id),
        world::a_read_of_times(id),
        world::a_read(id, Read::Patient),
        world::a_read(id, Read::ClinicVisits(VisitFilter::Requested)),
        world::a_read(id, Read::Coupon("NORTH25".into())),
        world::a_read(id, Read::VisitStatus(visit("v-1"))),
    ]);
    let event = world::answer(rng, id, &asked, walk, oracle);
    let before = walk.state.clone();
    assert!(walk.on(event).is_empty());
    assert_eq!(walk.state, before);
}

/// Makes many walks that begin on this page. If a walk breaks a guarantee, makes it once more and prints its
/// number and events. The walks together must reach everything in `must`.
fn walks(page: u64, settings: &Settings, reviewed: &Walk, must: &[&str]) {
    let mut seen = Seen::default();
    for number in 0..WALKS {
        let from = (page << 32) | number;
        let walked =
            catch_unwind(AssertUnwindSafe(|| walk_randomly(from, settings, reviewed, &mut seen, false)));
        if walked.is_err() {
            eprintln!("walk {number} of page {page}:");
            walk_randomly(from, settings, reviewed, &mut seen, true);
        }
    }
    for what in must {
        let count = seen.0.get(*what).copied().unwrap_or_default();
        assert!(count >= 10, "{what} was seen only {count} times: {:?}", seen.0);
    }
    eprintln!("page {page}, {WALKS} walks: {:?}", seen.0);
}

/// What the walks of every page must reach.
const EVERYWHERE: &[&str] = &[
    "booking 1",
    "booking 2",
    "booking 3",
    "unconfirmed",
    "again after SignedOut",
    "again after NoLinks",
    "again after PatientNotFound",
    "conflict NotOnPanel",
    "conflict AccountLocked",
    "conflict NoLinks",
    "conflict PatientNotFound",
    "failed Network",
    "failed Server",
    "failed SignedOut",
    "failed Rejected",
    "invite",
    "dependant",
    "for someone else",
    "at loading",
    "at times",
    "at sign-in",
    "at patient",
    "at review",
    "at sending",
    "at unavailable",
    "at visits",
    "cancel",
    "cancelled",
];

/// What the walks of a page with times must reach in addition to [`EVERYWHERE`].
const TIMES: &[&str] = &[
    "booking 4",
    "booked",
    "again after SlotTaken",
    "conflict SlotTaken",
    "conflict DoubleBooked",
    "conflict UnknownConflict",
    "failed Contract",
    "at taken",
];

/// What the walks of a page with a clinic's times must reach in addition to [`EVERYWHERE`] and [`TIMES`].
const LISTED: &[&str] = &[
    "named at the review",
    "found among the visits",
    "found after SlotTaken",
    "unconfirmed after SlotTaken",
    "sending Verifying(DoubleBooked)",
    "sending Verifying(UnknownConflict)",
    "found after Busy",
    "a refused cancel came through",
    "a refused cancel failed",
    "a refused cancel is not known",
];

/// What the walks of a page with a line must reach in addition to [`EVERYWHERE`].
const LINES: &[&str] = &[
    "join",
    "joined",
    "by coupon",
    "by card",
    "failed Card",
    "sending Card",
    "conflict RegionBusy",
    "conflict NobodyFree",
    "at queue",
    "at waiting",
    "leave",
    "renewed in line",
    "a refused leave came through",
    "a refused leave failed",
    "a refused leave is not known",
];

fn both(some: &[&'static str], more: &[&'static str]) -> Vec<&'static str> {
    [EVERYWHERE, some, more].concat()
}

#[test]
fn no_walk_with_a_clinician_breaks_a_promise() {
    walks(1, &with_dana(&[]), &dana_review(), &both(TIMES, &[]));
}

#[test]
fn no_walk_with_two_clinicians_at_one_clinic_breaks_a_promise() {
    let npis = vec![npi(DANA), npi(SAMUEL)];
    let target = Target::Clinicians { npis, departments: vec![url(BALLARD)], from_v5: false };
    walks(2, &settings(target, &[]), &dana_review(), &both(TIMES, &[]));
}

#[test]
fn no_walk_at_a_clinic_breaks_a_promise() {
    walks(3, &at(&[BALLARD], &[]), &ballard_review(), &both(TIMES, LISTED));
}

#[test]
fn no_walk_at_three_clinics_breaks_a_promise() {
    walks(4, &at(&[BALLARD, FREMONT, BOULDER], &[]), &ballard_review(), &both(TIMES, LISTED));
}

#[test]
fn no_walk_around_a_place_breaks_a_promise() {
    let page = settings(Target::Near(Box::new(search(None))), &[]);
    walks(5, &page, &near_review(), &both(TIMES, &["at resolving", "hand off"]));
}

#[test]
fn no_walk_with_a_clinicians_v5_times_breaks_a_promise() {
    walks(6, &with_dana_v5(&[]), &v5_review(), &both(TIMES, &["at resolving"]));
}

#[test]
fn no_walk_among_a_brands_clinics_breaks_a_promise() {
    let page = settings(Target::Brand("northlake".into()), &[]);
    walks(7, &page, &ballard_review(), &both(TIMES, LISTED));
}

#[test]
fn no_walk_in_a_line_breaks_a_promise() {
    walks(8, &on_demand(), &line_review(), &both(LINES, &[]));
}

#[test]
fn no_walk_in_a_line_for_a_child_breaks_a_promise() {
    walks(
        9,
        &on_demand(),
        &line_review_of_a_child(),
        &both(LINES, &["join for a child, as the patient said"]),
    );
}

#[test]
fn a_walk_told_as_lines_names_what_it_cancels() {
    let mut walk = dana_review();
    walk.on(Act::Submit);
    let id = walk.id("ask token");
    assert_eq!(line(&Command::Cancel(id), &walk.open), "cancel ask token");
    assert!(line(&Command::Cancel(RequestId(999)), &walk.open).starts_with("cancel what nobody asked for"));
}
