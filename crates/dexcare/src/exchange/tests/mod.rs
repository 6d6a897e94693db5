//! Exchanges with raw replies, written by hand from the API reference.

mod reads;
mod search;
mod writes;

use super::*;

/// A reply with a status and a body.
#[expect(clippy::unnecessary_wraps, reason = "fed as a reply that came")]
fn reply(status: u16, body: &str) -> Reply {
    Ok(Response { status, body: body.into() })
}

/// The end of an exchange that sends nothing more.
fn done(step: Step) -> Done {
    match step {
        Step::Done(done) => done,
        Step::Send(exchange) => panic!("{} is sent", line(&exchange)),
    }
}

/// The next request of an exchange that sends one.
fn send(step: Step) -> Exchange {
    match step {
        Step::Send(exchange) => exchange,
        Step::Done(done) => panic!("{:?}", done.answer),
    }
}

/// The method and path of a request.
fn line(exchange: &Exchange) -> String {
    let method = if exchange.request.method == crate::Method::Get { "GET" } else { "POST" };
    format!("{method} {}", exchange.request.path)
}

fn northlake() -> Context {
    Context {
        brand: Some("northlake".into()),
        tenant: Some("northlake-tenant".into()),
        language: "en-US".into(),
        card: Some("tok_1".into()),
        today: NaiveDate::from_ymd_opt(2026, 12, 7).unwrap(),
        has_api_key: false,
        is_local: false,
        search_form: None,
    }
}
