//! Reads thousands of mutated bodies with every reader, as if a hostile or broken server had sent them. No reader
//! may panic, and what is read must be valid whatever was sent. `cargo xtask fuzz` reads a million.

mod bodies;
mod calls;
mod readers;

use std::cell::Cell;
use std::time::{Duration, Instant};

use bodies::BODIES;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use readers::read_by_all;

/// Texts that replace a value or a part of one.
const ODD: [&str; 34] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e300",
    "-1e300",
    "1e999",
    "99999999999999999999",
    "9223372036854775807",
    "\"\"",
    "\" \"",
    "\"x\"",
    "[]",
    "{}",
    "[null]",
    "[[[[]]]]",
    "{\"a\":{\"a\":1}}",
    "\"\\u0000\\u202e\\u200b\"",
    "\"\\ud83e\\ude7a\"",
    "\"\\ud800\"",
    "\"20\"",
    "\"|\"",
    "\"a|\"",
    "\"9999-12-31T23:59:59Z\"",
    "\"2026-02-30T00:00:00Z\"",
    "\"+262142-12-31T23:59:60+23:59\"",
    "\"javascript:alert(1)\"",
    "\"https://\"",
    ",",
    "\"",
    "}",
    "\u{feff}",
];

#[derive(Clone, Debug)]
enum Change {
    /// Replaces some bytes, from an index on.
    Span(Index, u8, &'static str),
    /// Replaces a member's value, up to the next comma or bracket.
    Value(Index, &'static str),
    Byte(Index, u8),
    Repeat(Index, u8, u8),
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (any::<Index>(), 0..12u8, select(&ODD[..])).prop_map(|(at, len, odd)| Change::Span(at, len, odd)),
        8 => (any::<Index>(), select(&ODD[..])).prop_map(|(at, odd)| Change::Value(at, odd)),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => (any::<Index>(), any::<u8>(), 0..40u8).prop_map(|(at, len, times)| Change::Repeat(at, len, times)),
        1 => any::<Index>().prop_map(Change::Cut),
    ]
}

fn mutate(body: &mut Vec<u8>, change: &Change) {
    if body.is_empty() {
        return;
    }
    let size = body.len();
    match *change {
        Change::Span(at, len, odd) => {
            let at = at.index(size);
            body.splice(at..(at + usize::from(len)).min(size), odd.bytes());
        }
        Change::Value(at, odd) => {
            let colons: Vec<usize> = (0..size)
                .filter(|&place| body[place] == b':' && body.get(place.wrapping_sub(1)) == Some(&b'"'))
                .collect();
            if !colons.is_empty() {
                let from = colons[at.index(colons.len())] + 1;
                let len = body[from..].iter().position(|byte| b",}]".contains(byte)).unwrap_or(0);
                body.splice(from..from + len, odd.bytes());
            }
        }
        Change::Byte(at, byte) => body[at.index(size)] = byte,
        Change::Repeat(at, len, times) => {
            let at = at.index(size);
            let part = body[at..(at + usize::from(len)).min(size)].repeat(usize::from(times));
            body.splice(at..at, part);
        }
        Change::Cut(at) => body.truncate(at.index(size)),
    }
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    (0..BODIES.len(), proptest::collection::vec(change(), 0..5)).prop_map(|(which, changes)| {
        let mut body = BODIES[which].as_bytes().to_vec();
        for change in &changes {
            mutate(&mut body, change);
        }
        body
    })
}

/// Reads this many bodies with every reader; the environment variable `DEXCARE_BODIES` overrides the number.
fn send(
    bodies: u32,
    body: impl Strategy<Value = Vec<u8>>,
    status: impl Strategy<Value = u16>,
) -> Result<(), String> {
    let bodies = match std::env::var("DEXCARE_BODIES") {
        Ok(text) => text.parse().map_err(|_| format!("DEXCARE_BODIES is {text}, and no whole number"))?,
        Err(_) => bodies,
    };
    let longest = Cell::new(Duration::ZERO);
    let config = ProptestConfig { cases: bodies, failure_persistence: None, ..ProptestConfig::default() };
    let sent = TestRunner::new(config).run(&(body, status), |(body, status)| {
        let begun = Instant::now();
        read_by_all(&body, status)?;
        longest.set(longest.get().max(begun.elapsed()));
        Ok(())
    });
    eprintln!("{bodies} bodies; the slowest took {:?} through all readers", longest.get());
    sent.map_err(|failed| failed.to_string())
}

#[test]
fn no_mutated_body_hurts() -> Result<(), String> {
    send(6000, mutated(), prop_oneof![Just(200), 0..700u16])
}

#[test]
fn no_bytes_at_all_hurt() -> Result<(), String> {
    send(2000, proptest::collection::vec(any::<u8>(), 0..200), 0..700u16)
}
