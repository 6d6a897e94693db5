//! Applies faults. A fault of the connection itself is only marked here: `serve` closes the connection if it
//! finds [`Cut`] on the answer, and [`Wire`] resets the connection or sends bytes that are not HTTP.

mod bodies;
mod change;

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::front::LogNumber;
use crate::controls::faults::{Fault, Kind};
use crate::state::Shared;
use crate::wire::Wire;

/// Attached to an answer: close the connection instead of sending the answer.
#[derive(Clone, Copy)]
pub struct Cut;

/// Attached to an answer: send it without CORS headers.
#[derive(Clone, Copy)]
pub struct NoCors;

/// Applies the first fault that fits the request.
pub async fn inject(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let Some(fault) = acme.controls.faults.take(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    let number = request.extensions().get::<LogNumber>().copied();
    let note = |what: String| {
        if let Some(LogNumber(number)) = number {
            acme.controls.log.fault(number, what);
        }
    };
    note(format!("{:?}", fault.kind));
    if let Some(LogNumber(number)) = number {
        acme.controls.intents.fault(number, fault.kind);
    }
    let wire = request.extensions().get::<Wire>().cloned().unwrap_or_default();
    match fault.kind {
        Kind::Status => {
            made(&fault, StatusCode::INTERNAL_SERVER_ERROR, "", "application/json; charset=utf-8")
        }
        Kind::Empty => made(&fault, StatusCode::OK, "", "application/json; charset=utf-8"),
        Kind::Html => made(&fault, StatusCode::OK, GATEWAY_PAGE, "text/html; charset=utf-8"),
        Kind::Drop => cut(),
        Kind::Reset => {
            wire.reset();
            cut()
        }
        Kind::Garbage => {
            wire.speak_no_http();
            StatusCode::OK.into_response()
        }
        Kind::Hang => hang().await,
        Kind::DropAfter => {
            carried_out(request, next, Duration::ZERO).await;
            cut()
        }
        Kind::ResetAfter => {
            carried_out(request, next, Duration::ZERO).await;
            wire.reset();
            cut()
        }
        Kind::HangAfter => {
            carried_out(request, next, Duration::ZERO).await;
            hang().await
        }
        Kind::Delay => carried_out(request, next, pause(&fault)).await.unwrap_or_else(cut),
        Kind::NoCors => {
            let mut response = next.run(request).await;
            response.extensions_mut().insert(NoCors);
            response
        }
        Kind::Truncate => bodies::half(next.run(request).await).await,
        Kind::CutChunked => bodies::half_in_chunks(next.run(request).await).await,
        Kind::CutClosed => bodies::half_until_closed(next.run(request).await).await,
        Kind::HangInBody => bodies::half_and_silence(next.run(request).await).await,
        Kind::Drip => bodies::drop_by_drop(next.run(request).await, pause(&fault)).await,
        Kind::Long => bodies::long(next.run(request).await, fault.megabytes.unwrap_or(200)).await,
        Kind::Change => {
            let (response, places) = changed(&fault, next.run(request).await).await;
            note(format!("Change {:?} at {places}", fault.change));
            response
        }
    }
}

const GATEWAY_PAGE: &str = "<!doctype html><html><head><title>Just a moment</title></head>\
                            <body><h1>We are checking your connection</h1></body></html>";

fn pause(fault: &Fault) -> Duration {
    Duration::from_millis(fault.ms.unwrap_or(1000))
}

/// Handles the request after a delay, even if the client disconnects meanwhile, because a real server would not
/// notice that.
async fn carried_out(request: Request, next: Next, delay: Duration) -> Option<Response> {
    let handled = tokio::spawn(async move {
        tokio::time::sleep(delay).await;
        next.run(request).await
    });
    handled.await.ok()
}

async fn hang() -> Response {
    match std::future::pending::<Infallible>().await {}
}

fn cut() -> Response {
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(Cut);
    response
}

fn made(fault: &Fault, status: StatusCode, body: &'static str, content_type: &'static str) -> Response {
    let status = fault.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(status);
    let body = fault.body_text().unwrap_or_else(|| body.to_owned());
    let mut response = (status, [(CONTENT_TYPE, content_type)], body).into_response();
    for (name, value) in &fault.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The answer with its JSON changed, and at how many places it changed.
async fn changed(fault: &Fault, response: Response) -> (Response, usize) {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return (cut(), 0) };
    let (bytes, places) = change::apply(fault, &bytes).unwrap_or_else(|| (bytes.to_vec(), 0));
    parts.headers.remove(CONTENT_LENGTH);
    (Response::from_parts(parts, Body::from(bytes)), places)
}
