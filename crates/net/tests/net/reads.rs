use dexcare::{Auth, Host, Method, Request};
use net::Net;

use crate::world::{Does, How, SILENT, World, ask, breaks, says};

const FRESH: How = How { fresh: true, token: None };
const ANY: How = How { fresh: false, token: None };
const MARTA: How = How { fresh: false, token: Some("marta") };

fn read(path: &str) -> Request {
    let (method, host, auth) = (Method::Get, Host::Api, Auth::Public);
    Request { method, host, auth, path: path.into(), query: Vec::new(), body: None }
}

fn search(body: &str) -> Request {
    Request { method: Method::Post, body: Some(body.into()), ..read("/search") }
}

fn own(path: &str) -> Request {
    Request { auth: Auth::Patient, ..read(path) }
}

fn times() -> Request {
    read("/times")
}

/// A world whose server gives these answers in order, then repeats the last.
fn server(answers: Vec<Does>) -> World {
    World::new(move |_, before| answers.get(before).or(answers.last()).unwrap().clone())
}

fn attempts(world: &World) -> Vec<i32> {
    world.sent().iter().map(|sent| sent.at).collect()
}

#[test]
fn fifty_widgets_ask_once_and_all_hear_it() {
    let world = server(vec![says(200, 200)]);
    let net = Net::new(world.clone());
    let all: Vec<_> = (0..50).map(|nth| ask(&world, &net, nth, &times(), ANY).0).collect();
    world.run();
    assert_eq!(attempts(&world), [0]);
    assert!(all.iter().all(|heard| heard.get() == Some((200, 200))));
}

#[test]
fn an_answer_is_good_for_a_minute_from_when_it_was_asked_for() {
    let world = server(vec![says(200, 200)]);
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &times(), ANY);
    let (late, _) = ask(&world, &net, 59_999, &times(), ANY);
    let (later, _) = ask(&world, &net, 60_000, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [0, 60_000]);
    assert_eq!((late.get(), later.get()), (Some((59_999, 200)), Some((60_200, 200))));
}

#[test]
fn an_answer_from_before_the_device_slept_is_not_good_any_more() {
    let world = server(vec![says(200, 200)]);
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &times(), ANY);
    let sleeper = world.clone();
    // The monotonic clock does not advance while the device sleeps.
    world.at(1_000, move || sleeper.put_clock_forward(3_600_000.0));
    ask(&world, &net, 1_001, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [0, 1_001]);
}

#[test]
fn a_clock_that_is_put_back_keeps_no_answer_good_for_longer() {
    let world = server(vec![says(200, 200)]);
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &times(), ANY);
    let setter = world.clone();
    world.at(1_000, move || setter.put_clock_forward(-3_600_000.0));
    ask(&world, &net, 30_000, &times(), ANY);
    ask(&world, &net, 60_000, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [0, 60_000]);
}

#[test]
fn a_clock_that_jumps_shortens_and_lengthens_no_deadline() {
    for jump in [-3_600_000.0, 3_600_000.0] {
        let world = server(vec![SILENT]);
        let net = Net::new(world.clone());
        let (heard, _) = ask(&world, &net, 0, &times(), ANY);
        let setter = world.clone();
        world.at(4_000, move || setter.put_clock_forward(jump));
        world.run();
        assert_eq!(attempts(&world), [0, 8_600, 17_800], "{jump}");
        assert_eq!(heard.get(), Some((18_000, 0)), "{jump}");
    }
}

#[test]
fn a_fresh_read_joins_what_was_asked_just_now_and_nothing_older() {
    let world = server(vec![says(200, 200)]);
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &times(), ANY);
    let (joined, _) = ask(&world, &net, 49, &times(), FRESH);
    let (alone, _) = ask(&world, &net, 50, &times(), FRESH);
    let (again, _) = ask(&world, &net, 1_000, &times(), FRESH);
    // The answer to the latest read is the one that is remembered.
    let (remembered, _) = ask(&world, &net, 60_100, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [0, 50, 1_000]);
    assert_eq!((joined.get(), alone.get()), (Some((200, 200)), Some((250, 200))));
    assert_eq!((again.get(), remembered.get()), (Some((1_200, 200)), Some((60_100, 200))));
}

#[test]
fn of_two_answers_the_newer_one_is_remembered() {
    let older = Does { body: "older", ..says(100, 200) };
    let newer = Does { body: "newer", ..says(100, 200) };
    let world = server(vec![older, newer]);
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &times(), ANY);
    ask(&world, &net, 1_000, &times(), FRESH);
    let (heard, _) = ask(&world, &net, 2_000, &times(), ANY);
    world.run();
    assert_eq!(heard.words().as_deref(), Some("newer"));
}

#[test]
fn nothing_but_a_whole_good_answer_is_remembered() {
    let empty = Does { body: "", ..says(10, 200) };
    let cut = Does { is_cut: true, ..empty.clone() };
    for answer in [says(10, 404), says(10, 302), empty, cut] {
        let world = server(vec![answer.clone()]);
        let net = Net::new(world.clone());
        ask(&world, &net, 0, &times(), ANY);
        ask(&world, &net, 100, &times(), ANY);
        world.run();
        assert_eq!(attempts(&world), [0, 100], "{answer:?}");
    }
    // Any complete 2xx answer is remembered.
    let world = server(vec![says(10, 206)]);
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &times(), ANY);
    ask(&world, &net, 100, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [0]);
}

#[test]
fn other_addresses_bodies_and_tiers_are_other_reads() {
    let world = server(vec![says(10, 200)]);
    let net = Net::new(world.clone());
    for request in [read("/a"), read("/b"), search("1"), search("2"), search("1")] {
        ask(&world, &net, 0, &request, ANY);
    }
    world.run();
    assert_eq!(world.sent().len(), 4);
}

#[test]
fn who_joins_late_waits_until_the_read_ends_or_its_own_deadline_comes() {
    let world = server(vec![breaks(7_000), breaks(7_000), says(1_000, 200)]);
    let net = Net::new(world.clone());
    let (first, _) = ask(&world, &net, 0, &times(), ANY);
    let (late, _) = ask(&world, &net, 15_000, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [0, 7_600, 15_800]);
    assert_eq!((first.get(), late.get()), (Some((16_800, 200)), Some((16_800, 200))));
}

#[test]
fn one_who_leaves_goes_at_once_and_takes_nothing_from_the_others() {
    let world = server(vec![says(5_000, 200)]);
    let net = Net::new(world.clone());
    let (leaving, abort) = ask(&world, &net, 0, &times(), ANY);
    let (staying, _) = ask(&world, &net, 10, &times(), ANY);
    world.at(1_000, move || abort.abort());
    world.run();
    assert!(leaving.is_nothing());
    assert_eq!((leaving.get(), staying.get()), (Some((1_000, 0)), Some((5_000, 200))));
    assert_eq!(attempts(&world), [0]);
}

#[test]
fn the_last_one_to_leave_stops_the_read_and_the_next_begins_anew() {
    let world = server(vec![says(5_000, 200)]);
    let net = Net::new(world.clone());
    let (_, first) = ask(&world, &net, 0, &times(), ANY);
    let (_, second) = ask(&world, &net, 10, &times(), ANY);
    world.at(1_000, move || first.abort());
    world.at(2_000, move || second.abort());
    let (later, _) = ask(&world, &net, 2_000, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [0, 2_000]);
    assert_eq!(world.sent()[0].end.get(), Some((2_000, true)));
    assert_eq!(later.get(), Some((7_000, 200)));
}

#[test]
fn leaving_between_two_attempts_sends_no_other() {
    for request in [times(), own("/own")] {
        let world = server(vec![breaks(100)]);
        let net = Net::new(world.clone());
        let (heard, abort) = ask(&world, &net, 0, &request, MARTA);
        world.at(300, move || abort.abort());
        world.run();
        assert_eq!((attempts(&world), heard.get()), (vec![0], Some((300, 0))));
    }
}

#[test]
fn who_gave_up_before_the_first_poll_asks_nothing() {
    for request in [times(), own("/own"), Request { method: Method::Post, ..own("/book") }] {
        let world = server(vec![says(10, 200)]);
        let net = Net::new(world.clone());
        let (heard, abort) = ask(&world, &net, 5, &request, MARTA);
        abort.abort();
        // Another caller begins the same read later. The aborted caller must not count as one who waits for it, or the
        // read would go on after the other caller has left.
        let (other, others) = ask(&world, &net, 6, &times(), ANY);
        world.at(7, move || others.abort());
        world.run();
        assert_eq!((heard.get(), other.get()), (Some((5, 0)), Some((7, 0))));
        assert!(world.sent().iter().all(|sent| sent.at == 6 && sent.end.get() == Some((7, true))));
    }
}

#[test]
fn what_comes_with_a_token_is_neither_shared_nor_remembered() {
    let world = server(vec![says(100, 200)]);
    let net = Net::new(world.clone());
    for at in [0, 10, 5_000] {
        ask(&world, &net, at, &own("/own"), MARTA);
    }
    ask(&world, &net, 5_001, &read("/own"), ANY);
    world.run();
    assert_eq!(attempts(&world), [0, 10, 5_000, 5_001]);
    let headers: Vec<_> = world.sent().iter().map(|sent| sent.outgoing.headers.clone()).collect();
    assert!(headers[..3].iter().all(|headers| *headers == [("authorization", "Bearer marta".to_owned())]));
    assert!(headers[3].is_empty(), "a public read never carries it");
}

#[test]
fn a_public_read_carries_no_token_even_where_there_is_one() {
    let world = server(vec![says(100, 200)]);
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &times(), MARTA);
    world.run();
    assert!(world.sent()[0].outgoing.headers.is_empty());
}

#[test]
fn retry_after_is_waited_for_and_attempts_get_what_time_is_left() {
    let busy = Does { retry_after: Some(9), ..says(500, 503) };
    let world = server(vec![busy, SILENT]);
    let net = Net::new(world.clone());
    let (heard, _) = ask(&world, &net, 0, &times(), ANY);
    world.run();
    let sent: Vec<_> = world.sent().iter().map(|sent| (sent.at, sent.within)).collect();
    assert_eq!(sent, [(0, 8_000), (9_500, 8_000)]);
    assert_eq!(heard.get(), Some((17_500, 0)));
}

#[test]
fn what_is_too_long_is_not_read_again() {
    let long = Does { is_cut: true, body: "", ..says(500, 503) };
    for request in [times(), own("/own")] {
        let world = server(vec![long.clone()]);
        let net = Net::new(world.clone());
        ask(&world, &net, 0, &request, MARTA);
        world.run();
        assert_eq!(attempts(&world), [0]);
    }
}

#[test]
fn a_read_that_the_script_sent_is_the_first_attempt_and_as_old_as_it_is() {
    let world = server(vec![says(100, 200)]);
    let net = Net::new(world.clone());
    let script = world.clone();
    world.at(0, move || script.send_ahead("https://api.example/times?product=flu"));
    let (heard, _) = ask(&world, &net, 40_000, &times(), ANY);
    // The answer is used for a minute from when the script sent the request.
    ask(&world, &net, 59_999, &times(), ANY);
    ask(&world, &net, 60_000, &times(), ANY);
    world.run();
    assert_eq!(attempts(&world), [40_000, 60_000]);
    assert_eq!(heard.get(), Some((40_100, 200)));
}

#[test]
fn a_read_that_the_script_sent_is_as_old_by_the_devices_clock_too() {
    for (slept, asks_again) in [(58_799.0, false), (58_800.0, true)] {
        let world = server(vec![says(100, 200)]);
        let net = Net::new(world.clone());
        let script = world.clone();
        world.at(0, move || script.send_ahead("https://api.example/times?product=flu"));
        ask(&world, &net, 1_000, &times(), ANY);
        let sleeper = world.clone();
        world.at(1_150, move || sleeper.put_clock_forward(slept));
        ask(&world, &net, 1_200, &times(), ANY);
        world.run();
        assert_eq!(world.sent().len() == 2, asks_again, "after {slept} ms of sleep");
    }
}

#[test]
fn a_read_that_the_script_sent_long_ago_is_given_up() {
    for (at, how, is_first) in
        [(60_000, ANY, true), (60_001, ANY, false), (50, FRESH, true), (51, FRESH, false)]
    {
        let world = server(vec![says(100, 200)]);
        let net = Net::new(world.clone());
        let script = world.clone();
        world.at(0, move || script.send_ahead("https://api.example/times?product=flu"));
        ask(&world, &net, at, &times(), how);
        world.run();
        assert_eq!(world.sent()[0].was_ahead, is_first, "after {at} ms");
    }
}
