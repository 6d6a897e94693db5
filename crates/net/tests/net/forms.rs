//! Tests the deadline of a search, which may try two request forms (POST and GET): both share one deadline.

use std::cell::RefCell;
use std::rc::Rc;

use booking::api::{Answer, Read};
use booking::outcome::ApiError;
use booking::search::{Search, SearchCentre, SearchPage};
use dexcare::exchange::{Context, Done, Step, begin_read};
use net::{Abort, Io, Net, Outgoing};

use crate::world::{Does, SILENT, World, says, tier};

/// Decides what the server does with a request.
type Server = fn(&Outgoing) -> Does;

/// Performs an exchange with this server. Returns the result, how many milliseconds it took, and how many
/// requests were sent.
fn perform(read: Read, has_api_key: bool, server: Server) -> (Done, i32, usize) {
    let world = World::new(move |outgoing, _| server(outgoing));
    let net = Net::new(world.clone());
    let context = Context { has_api_key, ..Context::default() };
    let mut exchange = begin_read(read, false, context);
    let end = Rc::new(RefCell::new(None));
    let (ends, clock) = (end.clone(), world.clone());
    world.spawn(Box::pin(async move {
        let (deadline, abort) = (net.deadline(), Abort::default());
        loop {
            let reply = net.perform(&tier(), &exchange.request, None, exchange.fresh, deadline, &abort).await;
            match exchange.next(reply) {
                Step::Send(another) => exchange = another,
                Step::Done(done) => {
                    ends.replace(Some((done, clock.time())));
                    break;
                }
            }
        }
    }));
    world.run();
    let (done, took) = end.take().unwrap();
    (done, took, world.sent().len())
}

fn near() -> Read {
    let around = Some(SearchCentre::Zip("98107".into()));
    let search =
        Search { around, radius: 30, specialty: None, gender: None, clinic_type: None, patient_type: None };
    Read::Options(Box::new(search), SearchPage { from: None, days: 10, visit_types: Vec::new() })
}

fn error_of(done: Done) -> ApiError {
    match done.answer {
        Answer::SearchResult(Err(error)) | Answer::Patient(Err(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_search_takes_no_longer_than_any_other_read_and_says_what_was_wrong_first() {
    let silent: Server = |_| SILENT;
    let slow: Server = |_| says(5_000, 503);
    let wants_a_key: Server = |outgoing| if outgoing.method == "GET" { says(7_900, 401) } else { SILENT };
    for (has_api_key, server, wanted, requests) in [
        // Without a visit type, POST first reads the visit types offered nearby; then there is no time left for GET.
        (true, silent, ApiError::Network, 3),
        // The three attempts before GET leave it a second of the deadline.
        (true, slow, ApiError::Server, 4),
        (false, silent, ApiError::Network, 3),
        (false, slow, ApiError::Server, 3),
        // The server takes 7.9 s to refuse GET; the rest of the time is left for POST.
        (false, wants_a_key, ApiError::Rejected, 3),
    ] {
        let (done, took, sent) = perform(near(), has_api_key, server);
        assert!(took <= 18_000, "{took} ms");
        assert_eq!((error_of(done), sent), (wanted, requests));
    }
}

#[test]
fn offers_that_do_not_come_leave_time_for_get_and_are_still_the_reason() {
    // The server answers at once: three times 503 to POST, which reads the visit types first, then 401 to GET.
    let server: Server = |outgoing| says(100, if outgoing.method == "GET" { 401 } else { 503 });
    let (done, took, sent) = perform(near(), true, server);
    assert_eq!((error_of(done), sent), (ApiError::Server, 4));
    assert!(took < 3_000, "{took} ms");
}

#[test]
fn a_read_is_tried_three_times_within_eighteen_seconds() {
    for (server, wanted, requests, least, most) in [
        ((|_| SILENT) as Server, ApiError::Network, 3, 17_000, 18_000),
        (|_| says(10, 503), ApiError::Server, 3, 1_800, 1_900),
        (|_| says(10, 404), ApiError::NotFound, 1, 10, 10),
        (|_| says(10, 401), ApiError::SignedOut, 1, 10, 10),
    ] {
        let (done, took, sent) = perform(Read::Patient, false, server);
        assert_eq!((error_of(done), sent), (wanted, requests));
        assert!((least..=most).contains(&took), "{took} ms");
    }
}
