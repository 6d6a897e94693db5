//! Injected faults. What a fault does to the connection itself is done by `serve`, which finds [`Cut`] on the answer.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, TRANSFER_ENCODING};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::StreamBody;
use hyper::body::Frame;
use tokio_stream::StreamExt;

use crate::control::faults::{Fault, Kind};
use crate::state::Shared;

/// On an answer: close the connection instead of sending it.
#[derive(Clone, Copy)]
pub struct Cut;

/// Applies the first fault that fits the request.
pub async fn inject(State(acme): State<Shared>, request: Request, next: Next) -> Response {
    let Some(fault) = acme.controls.faults.take(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    match fault.kind {
        Kind::Status => {
            made(&fault, StatusCode::INTERNAL_SERVER_ERROR, "", "application/json; charset=utf-8")
        }
        Kind::Empty => made(&fault, StatusCode::OK, "", "application/json; charset=utf-8"),
        Kind::Html => made(&fault, StatusCode::OK, GATEWAY_PAGE, "text/html; charset=utf-8"),
        Kind::Drop => cut(),
        Kind::Hang => hang().await,
        Kind::DropAfter => {
            carried_out(request, next, Duration::ZERO).await;
            cut()
        }
        Kind::HangAfter => {
            carried_out(request, next, Duration::ZERO).await;
            hang().await
        }
        Kind::Delay => {
            let delay = Duration::from_millis(fault.ms.unwrap_or(1000));
            carried_out(request, next, delay).await.unwrap_or_else(cut)
        }
        Kind::Truncate => truncated(next.run(request).await).await,
    }
}

const GATEWAY_PAGE: &str = "<!doctype html><html><head><title>Just a moment</title></head>\
                            <body><h1>We are checking your connection</h1></body></html>";

/// Handles the request after a while, whether the client waits for it or not: a slow server does not notice either.
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

/// Promises the whole length, sends half, and breaks off.
async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return cut() };
    parts.headers.remove(TRANSFER_ENCODING);
    parts.headers.insert(CONTENT_LENGTH, bytes.len().into());
    let half: Bytes = bytes.slice(..bytes.len() / 2);
    let first = tokio_stream::once(Ok::<_, io::Error>(Frame::data(half)));
    // The half has to leave before the connection does.
    let rest = tokio_stream::once(()).then(|()| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    });
    Response::from_parts(parts, Body::new(StreamBody::new(first.chain(rest))))
}
