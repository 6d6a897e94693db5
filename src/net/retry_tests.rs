use booking::api::{Answer, Read};
use booking::outcome::Trouble;
use booking::search::{Around, Page, Search};
use dexcare::exchange::{Context, Done, NoAnswer, Reply, Response, Step, begin_read};
use dexcare::{Method, Request};

use super::*;

/// 7 December 2026 in milliseconds, as a device has it.
const NOW: f64 = 1_796_662_800_000.0;

/// What a server does with a request: after how many milliseconds, with which status; status 0 = it never answers.
type Server = fn(&Request) -> (i32, u16);

/// An exchange with such a server, and how many milliseconds and requests it took. As the widget performs it, with a clock
/// that jumps; every pause is the longest there can be.
fn perform(read: Read, has_api_key: bool, server: Server) -> (Done, f64, u32) {
    let (mut now, mut sent) = (NOW, 0);
    let deadline = Deadline::from(now);
    let mut exchange = begin_read(read, false, Context { has_api_key, ..Context::default() });
    loop {
        let mut attempts = Attempts::until(deadline);
        let mut last: Reply = Err(NoAnswer);
        while let Some(patience) = attempts.begin(now) {
            sent += 1;
            let (after, status) = server(&exchange.request);
            let answers = status > 0 && after < patience;
            now += f64::from(after.min(patience));
            last = if answers { Ok(Response { status, body: Vec::new() }) } else { Err(NoAnswer) };
            let status = if answers { status } else { 0 };
            let Some(pause) = attempts.pause(status, None, 1.0, now) else { break };
            now += f64::from(pause);
        }
        match exchange.next(last) {
            Step::Send(next) => exchange = next,
            Step::Done(done) => return (done, now - NOW, sent),
        }
    }
}

fn near() -> Read {
    let around = Some(Around::Zip("98107".into()));
    let search =
        Search { around, radius: 30, specialty: None, gender: None, clinic_type: None, patient_type: None };
    Read::Options(Box::new(search), Page { from: None, days: 10, visit_types: Vec::new() })
}

fn trouble(done: Done) -> Trouble {
    match done.answer {
        Answer::Found(Err(trouble)) | Answer::Patient(Err(trouble)) => trouble,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_search_takes_no_longer_than_any_other_read_and_says_what_was_wrong_first() {
    let silent: Server = |_| (i32::MAX, 0);
    let slow: Server = |_| (5_000, 503);
    let wants_a_key: Server =
        |request| if request.method == Method::Get { (7_900, 401) } else { (i32::MAX, 0) };
    for (has_api_key, server, wanted, requests) in [
        // Without a visit type, POST reads what is offered around first; there is no time left for GET.
        (true, silent, Trouble::Network, 3),
        // A second of it is left for GET.
        (true, slow, Trouble::Server, 4),
        (false, silent, Trouble::Network, 3),
        (false, slow, Trouble::Server, 3),
        // GET takes 7.9 s to refuse, POST has what is left.
        (false, wants_a_key, Trouble::Rejected, 3),
    ] {
        let (done, took, sent) = perform(near(), has_api_key, server);
        assert!(took <= 18_000.0, "{took} ms");
        assert_eq!((trouble(done), sent), (wanted, requests));
    }
}

#[test]
fn offers_that_do_not_come_leave_time_for_get_and_are_still_the_reason() {
    // A server that refuses at once is asked three times by POST, once by GET.
    let server: Server = |request| if request.method == Method::Get { (100, 401) } else { (100, 503) };
    let (done, took, sent) = perform(near(), true, server);
    assert_eq!((trouble(done), sent), (Trouble::Server, 4));
    assert!(took < 3_000.0, "{took} ms");
}

#[test]
fn a_read_is_tried_three_times_within_eighteen_seconds() {
    for (server, wanted, requests, least, most) in [
        ((|_| (i32::MAX, 0)) as Server, Trouble::Network, 3, 17_000.0, 18_000.0),
        (|_| (10, 503), Trouble::Server, 3, 1_800.0, 1_900.0),
        (|_| (10, 404), Trouble::NotFound, 1, 10.0, 10.0),
        (|_| (10, 401), Trouble::SignedOut, 1, 10.0, 10.0),
    ] {
        let (done, took, sent) = perform(Read::Patient, false, server);
        assert_eq!((trouble(done), sent), (wanted, requests));
        assert!((least..=most).contains(&took), "{took} ms");
    }
}

#[test]
fn only_what_may_pass_is_tried_again() {
    let mut attempts = Attempts::until(Deadline::from(NOW));
    assert_eq!(attempts.begin(NOW), Some(8_000));
    for status in [0, 429, 500, 502, 503, 504] {
        assert!(attempts.pause(status, None, 0.5, NOW).is_some(), "{status}");
    }
    for status in [200, 204, 302, 400, 401, 403, 404, 408, 409, 423, 499, 501, 505] {
        assert_eq!(attempts.pause(status, None, 0.5, NOW), None, "{status}");
    }
}

#[test]
fn a_retry_after_of_up_to_ten_seconds_is_waited_for_if_there_is_time() {
    let mut attempts = Attempts::until(Deadline::from(NOW));
    assert_eq!(attempts.begin(NOW), Some(8_000));
    assert_eq!(attempts.pause(503, Some(10), 0.5, NOW), Some(10_000));
    assert_eq!(attempts.pause(503, Some(11), 0.5, NOW), None);
    assert_eq!(attempts.pause(503, Some(10), 0.5, NOW + 9_000.0), None, "it would end past the deadline");
    assert_eq!(attempts.pause(503, Some(0), 0.5, NOW), Some(1));
}

#[test]
fn pauses_grow_and_attempts_end_with_the_time() {
    let mut attempts = Attempts::until(Deadline::from(NOW));
    assert_eq!(attempts.begin(NOW), Some(8_000));
    assert_eq!(attempts.pause(0, None, 1.0, NOW), Some(600));
    assert_eq!(attempts.begin(NOW + 12_500.0), Some(5_500));
    assert_eq!(attempts.pause(0, None, 1.0, NOW), Some(1_200));
    assert_eq!(attempts.begin(NOW + 18_000.0), None);
    assert_eq!(attempts.pause(0, None, 0.0, NOW), None, "the third was the last");
}
