//! Reads the largest answers that the widget accepts, and tests how much memory that takes, and how long compared
//! with `serde_json` on the same bytes.
#![allow(unsafe_code, reason = "an allocator that counts")]
#![allow(clippy::unwrap_used)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::{Duration, Instant};

use booking::ids::{DepartmentIdentifier, Npi, UrlName, VisitType, Zone};
use booking::schedule::{self, Reading};
use booking::slot::{Slot, Source};
use booking::time::{Moment, Zones};
use dexcare::{Call, DepartmentTimeslots};
use serde_json::Value;

/// Counts the bytes that this thread holds.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

// SAFETY: every call is passed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size().cast_signed());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        count(-layout.size().cast_signed());
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Runs a function; returns its result, the most bytes that it held at once, and its time.
fn measure<T>(run: impl FnOnce() -> T) -> (T, usize, Duration) {
    let before = HELD.get();
    MOST.set(before);
    let begun = Instant::now();
    let result = run();
    (result, (MOST.get() - before).cast_unsigned(), begun.elapsed())
}

/// Bytes of the longest body that the script passes to the wasm.
const LONGEST: usize = 8 << 20;
/// Bytes of memory that an answer may take at most, besides its own text. In the wasm, which has 32-bit addresses, it takes half.
const CEILING: usize = 128 << 20;

fn times() -> DepartmentTimeslots {
    DepartmentTimeslots { url_name: UrlName::new("NorthlakeBallard"), visit_type: VisitType::new("FluShot") }
}

/// A JSON list with as many copies of `piece` as fit into the longest body.
fn longest(piece: &str) -> String {
    let end = piece.trim_end_matches(',');
    ["[", &piece.repeat((LONGEST - 2) / piece.len() - 1), end, "]"].concat()
}

#[test]
fn eight_megabytes_of_nothing_take_no_more_memory_than_a_phone_has() {
    for piece in ["0,", "{},", "[0],", "{\"\":{}},", "\"\",", "1e9,"] {
        let body = longest(piece);
        let (read, most, took) = measure(|| times().read(body.as_bytes()));
        let (is_json, _, plain) = measure(|| serde_json::from_str::<Value>(&body).is_ok());
        eprintln!("8 MB of {piece} {} MB in {took:?}; serde_json {plain:?}", most >> 20);
        assert!(is_json && read.is_none(), "{piece}");
        assert!(most <= CEILING, "8 MB of {piece}: {} MB", most >> 20);
        assert!(
            took <= plain * 10 + Duration::from_secs(1),
            "8 MB of {piece}: {took:?}, serde_json {plain:?}"
        );
    }
}

/// A schedule with this many slots; the n-th begins `minute(n)` minutes after noon.
fn schedule(slots: usize, minute: impl Fn(usize) -> usize) -> String {
    let slot = |n: usize| {
        let at = Moment { at: 1_796_760_000 + i64::try_from(minute(n) * 60).unwrap(), offset: -28_800 }
            .to_rfc3339();
        format!(
            r#"{{"id":"{n}","providerNationalId":"1234567893","providerId":"32261","departmentId":"100210",
            "departmentIdentifier":"org.northlake.epic.main|100210","visitTypeId":"4378","duration":20,"slotDateTime":"{at}"}}"#
        )
    };
    let slots: Vec<_> = (0..slots).map(slot).collect();
    format!(r#"{{"timezone":"America/Los_Angeles","scheduleDays":[{{"timeSlots":[{}]}}]}}"#, slots.join(","))
}

#[test]
fn as_many_slots_as_the_longest_body_holds_are_read() {
    let body = schedule(34_500, |n| n % 2_000);
    assert!(body.len() > LONGEST * 9 / 10 && body.len() < LONGEST, "{} bytes", body.len());
    let (read, most, took) = measure(|| times().read(body.as_bytes()));
    eprintln!("34,500 slots: {} MB in {took:?}", most >> 20);
    assert_eq!(read.map(|read| (read.slots.len(), read.dropped)), Some((34_500, 0)));
    assert!(most <= CEILING, "{} MB", most >> 20);
}

struct Pacific;

impl Zones for Pacific {
    fn offset(&self, _: &Zone, _: i64) -> Option<i32> {
        Some(-28_800)
    }
}

type Change = fn(usize, &mut Slot);

#[test]
fn ten_thousand_slots_at_one_instant_cost_no_more_than_at_ten_thousand() {
    let group = |minute: fn(usize) -> usize, change: Change| {
        let mut read = times().read(schedule(10_000, minute).as_bytes()).unwrap();
        read.slots.iter_mut().enumerate().for_each(|(n, slot)| change(n, slot));
        // The worst order for sorting.
        read.slots.reverse();
        let zone_of = |_: &_| read.zone.clone();
        let (times, most, took) =
            measure(|| schedule::times(&read.slots, &Reading { zone_of: &zone_of, zones: &Pacific }));
        eprintln!("{} times: {most} bytes in {took:?}", times.len());
        (times.len(), most, took)
    };
    let (times, most, took) = group(|n| n, |_, _| ());
    assert_eq!(times, 10_000);
    let clinic = |n: usize, slot: &mut Slot| slot.place = DepartmentIdentifier::new("e", &n.to_string());
    let clinician = |n: usize, slot: &mut Slot| {
        slot.source = Source::Clinician;
        slot.npi = Npi::from_wire(&n.to_string());
    };
    let cases: [(Change, usize); 3] = [(|_, _| (), 1), (clinic, 10_000), (clinician, 10_000)];
    for (change, wanted) in cases {
        let (times, most_at_one, took_at_one) = group(|_| 0, change);
        assert_eq!(times, wanted);
        assert!(most_at_one <= 2 * most, "{most_at_one} bytes beside {most}");
        assert!(took_at_one <= took * 10 + Duration::from_millis(500), "{took_at_one:?} beside {took:?}");
    }
}
