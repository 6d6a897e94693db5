//! Tests invariants that hold whatever the callers ("askers"), the servers and the clocks do.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use dexcare::{Auth, Host, Method, Request};
use net::{Net, Outgoing};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::world::{Does, How, World, ask, breaks, says};

const PATHS: [&str; 3] = ["/times", "/clinic", "/clinician"];

/// A caller who reads something, and may abort the read.
#[derive(Clone, Debug)]
struct Asker {
    at: i32,
    path: usize,
    fresh: bool,
    is_own: bool,
    leaves_after: Option<i32>,
}

fn askers() -> impl Strategy<Value = Vec<Asker>> {
    // Each asker begins within the first 100 ms, 20 s or 150 s, so that some askers are close together and others
    // are minutes apart.
    let at = prop_oneof![0..100i32, 0..20_000i32, 0..150_000i32];
    let leaves = prop_oneof![2 => Just(None), 1 => (0..20_000i32).prop_map(Some)];
    let asker = (at, 0..PATHS.len(), any::<bool>(), prop::bool::weighted(0.2), leaves)
        .prop_map(|(at, path, fresh, is_own, leaves_after)| Asker { at, path, fresh, is_own, leaves_after });
    vec(asker, 1..20)
}

fn servers() -> impl Strategy<Value = Vec<Does>> {
    let after = prop_oneof![3 => 0..500i32, 1 => 0..12_000i32, 1 => Just(i32::MAX)];
    let status = prop::sample::select(vec![200, 200, 200, 204, 401, 404, 409, 429, 500, 503]);
    let retry_after = prop_oneof![3 => Just(None), 1 => (0..12u32).prop_map(Some)];
    let does = (after, status, any::<bool>(), retry_after, prop::bool::weighted(0.1)).prop_map(
        |(after, status, breaks_off, retry_after, is_cut)| match breaks_off {
            true => breaks(after),
            false => {
                Does { retry_after, is_cut, body: if is_cut { "" } else { "{}" }, ..says(after, status) }
            }
        },
    );
    vec(does, 1..40)
}

fn request(asker: &Asker) -> Request {
    let auth = if asker.is_own { Auth::Patient } else { Auth::Public };
    let (method, host, path) = (Method::Get, Host::Api, PATHS[asker.path].into());
    Request { method, host, auth, path, query: Vec::new(), body: None }
}

/// What tells attempts apart: the address, and whether the request has a token. An attempt without a token may
/// serve several askers with the same key.
fn key(outgoing: &Outgoing) -> (String, bool) {
    (outgoing.url.clone(), !outgoing.headers.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_asker_hears_in_time_and_nothing_is_sent_in_vain(
        askers in askers(),
        answers in servers(),
        jumps in vec((0..150_000i32, -200_000.0..200_000.0f64), 0..4),
        random in 0.0..=1.0f64,
    ) {
        let world = World::new(move |_, before| answers[before % answers.len()].clone());
        world.roll(random);
        let net = Net::new(world.clone());
        for (at, jump) in jumps {
            let setter = world.clone();
            world.at(at, move || setter.put_clock_forward(jump));
        }
        let mut heard = Vec::new();
        for asker in &askers {
            let how = How { fresh: asker.fresh, token: asker.is_own.then_some("marta") };
            let (hears, abort) = ask(&world, &net, asker.at, &request(asker), how);
            if let Some(after) = asker.leaves_after {
                world.at(asker.at + after, move || abort.abort());
            }
            heard.push(hears);
        }
        world.run();

        let sent = world.sent();
        for (asker, hears) in askers.iter().zip(&heard) {
            let (at, status) = hears.get().unwrap();
            prop_assert!(at <= asker.at + 18_000, "{asker:?} heard at {at}");
            if let Some(after) = asker.leaves_after {
                prop_assert!(at <= asker.at + after, "{asker:?} left, and was held until {at}");
            }
            if status == 0 || asker.is_own {
                continue;
            }
            // Each answer comes from an attempt, and is not older than the asker accepts.
            let oldest = asker.at - if asker.fresh { 49 } else { 59_999 };
            let path = PATHS[asker.path];
            let is_young = sent.iter().any(|sent| {
                key(&sent.outgoing) == (format!("https://api.example{path}?product=flu"), false)
                    && sent.end.get().is_some_and(|(end, _)| end >= oldest && end <= at)
            });
            prop_assert!(is_young, "{asker:?} heard at {at} what nobody sent");
        }

        // Each attempt has ended within 8 seconds, and was sent while an asker waited for it.
        for attempt in sent.iter() {
            let (end, _) = attempt.end.get().expect("an attempt goes on for ever");
            prop_assert!(end - attempt.at <= attempt.within && attempt.within <= 8_000);
            let is_wanted = askers.iter().any(|asker| {
                let until = asker.at + asker.leaves_after.unwrap_or(18_000).min(18_000);
                key(&attempt.outgoing).0.contains(PATHS[asker.path])
                    && asker.at <= attempt.at
                    && attempt.at <= until
            });
            prop_assert!(is_wanted, "an attempt at {} for nobody", attempt.at);
        }

        // There are at most three attempts for each asker. Without fresh reads, attempts at one public read never
        // overlap.
        let mut attempts: BTreeMap<_, Vec<(i32, i32)>> = BTreeMap::new();
        for attempt in sent.iter() {
            attempts.entry(key(&attempt.outgoing)).or_default().push((attempt.at, attempt.end.get().unwrap().0));
        }
        for ((url, is_own), spans) in attempts {
            let of = |asker: &&Asker| url.contains(&format!("{}?", PATHS[asker.path])) && asker.is_own == is_own;
            prop_assert!(spans.len() <= 3 * askers.iter().filter(of).count());
            if !is_own && !askers.iter().filter(of).any(|asker| asker.fresh) {
                prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{url}: {spans:?}");
            }
        }
    }

    #[test]
    fn a_write_is_sent_once_or_not_at_all(
        answers in servers(),
        leaves_after in prop_oneof![Just(None), (0..40_000i32).prop_map(Some)],
        jump in -200_000.0..200_000.0f64,
    ) {
        let seen = Rc::new(RefCell::new(0));
        let counts = seen.clone();
        let world = World::new(move |_, before| {
            *counts.borrow_mut() += 1;
            answers[before % answers.len()].clone()
        });
        let net = Net::new(world.clone());
        let asker = Asker { at: 0, path: 0, fresh: false, is_own: true, leaves_after };
        let booking = Request { method: Method::Post, host: Host::Visit, body: Some("{}".into()), ..request(&asker) };
        let (heard, abort) = ask(&world, &net, 0, &booking, How { fresh: false, token: Some("marta") });
        let setter = world.clone();
        world.at(50, move || setter.put_clock_forward(jump));
        if let Some(after) = leaves_after {
            world.at(after, move || abort.abort());
        }
        world.run();
        prop_assert!(*seen.borrow() <= 1);
        prop_assert!(heard.get().unwrap().0 <= 30_000);
    }
}
