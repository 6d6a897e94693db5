use dexcare::{Auth, Host, Method, Request};
use net::{Net, Tier};

use crate::world::{Does, How, SILENT, World, ask, ask_tier, breaks, says, tier};

const MARTA: How = How { fresh: false, token: Some("marta") };

fn booking() -> Request {
    let (method, host, auth) = (Method::Post, Host::Visit, Auth::Patient);
    Request { method, host, auth, path: "/book".into(), query: Vec::new(), body: Some("{}".into()) }
}

#[test]
fn a_booking_is_sent_once_whatever_becomes_of_it() {
    let busy = Does { retry_after: Some(1), ..says(100, 503) };
    for (does, wanted) in [
        (says(100, 200), (100, 200)),
        (says(100, 409), (100, 409)),
        (says(100, 500), (100, 500)),
        (busy, (100, 503)),
        (breaks(100), (100, 0)),
        (says(29_999, 200), (29_999, 200)),
        (SILENT, (30_000, 0)),
    ] {
        let world = World::new(move |_, _| does.clone());
        let net = Net::new(world.clone());
        let (heard, _) = ask(&world, &net, 0, &booking(), MARTA);
        world.run();
        assert_eq!((heard.get(), world.sent().len()), (Some(wanted), 1));
    }
}

#[test]
fn two_equal_bookings_are_two_requests() {
    let world = World::new(|_, _| says(100, 200));
    let net = Net::new(world.clone());
    ask(&world, &net, 0, &booking(), MARTA);
    ask(&world, &net, 1, &booking(), MARTA);
    world.run();
    assert_eq!(world.sent().len(), 2);
}

#[test]
fn once_something_is_booked_the_times_from_before_are_not_shown_again() {
    let times = || Request {
        method: Method::Get,
        host: Host::Api,
        auth: Auth::Public,
        path: "/times".into(),
        body: None,
        ..booking()
    };
    for does in [says(100, 200), says(100, 409), SILENT] {
        let world = World::new(move |outgoing, _| match outgoing.body {
            Some(_) => does.clone(),
            None => says(10, 200),
        });
        let net = Net::new(world.clone());
        let any = How { fresh: false, token: None };
        ask(&world, &net, 0, &times(), any);
        ask(&world, &net, 100, &booking(), MARTA);
        // While the booking is being sent, the remembered answer is still used.
        let (during, _) = ask(&world, &net, 150, &times(), any);
        let (after, _) = ask(&world, &net, 40_000, &times(), any);
        world.run();
        assert_eq!((during.get(), after.get()), (Some((150, 200)), Some((40_010, 200))));
        assert_eq!(world.sent().len(), 3);
    }
}

#[test]
fn headers_are_those_that_are_needed_and_no_others() {
    let keyed = Tier { domain: Some("ballard".into()), api_key: Some("public".into()), ..tier() };
    let headers = |tier: Tier, request: Request| {
        let world = World::new(|_, _| says(10, 200));
        let net = Net::new(world.clone());
        ask_tier(&world, &net, 0, tier, &request, MARTA);
        world.run();
        let sent = world.sent();
        let all = sent.iter().flat_map(|sent| sent.outgoing.headers.iter());
        all.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>()
    };
    let public =
        Request { method: Method::Get, host: Host::Api, auth: Auth::Public, body: None, ..booking() };
    let search = Request { method: Method::Post, body: Some("{}".into()), ..public.clone() };
    let own = Request { auth: Auth::Patient, ..public.clone() };
    let (key, domain) = ("x-api-key: public", "domain: ballard");
    let (token, json) = ("authorization: Bearer marta", "content-type: application/json");
    assert!(headers(tier(), public.clone()).is_empty(), "a request with no header needs no preflight");
    assert_eq!(headers(tier(), search), [json]);
    assert_eq!(headers(tier(), own), [token]);
    assert_eq!(headers(tier(), booking()), [token, json]);
    assert_eq!(headers(keyed.clone(), public), [key, domain]);
    assert_eq!(headers(keyed, booking()), [key, domain, token, json]);
}

#[test]
fn without_a_visit_host_nothing_is_sent_there() {
    let world = World::new(|_, _| says(10, 200));
    let net = Net::new(world.clone());
    let public = Request { method: Method::Get, auth: Auth::Public, body: None, ..booking() };
    for request in [booking(), Request { body: None, method: Method::Get, ..booking() }, public] {
        let (heard, _) = ask_tier(&world, &net, 0, Tier { visits: None, ..tier() }, &request, MARTA);
        world.run();
        assert!(heard.is_nothing());
    }
    assert!(world.sent().is_empty());
}
