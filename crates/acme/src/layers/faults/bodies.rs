//! Replaces the body of an answer with a faulty one. The answer keeps its status and headers, except those about
//! the length.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::http::response::Parts;
use axum::http::{HeaderValue, Version};
use axum::response::Response;
use http_body_util::StreamBody;
use hyper::body::Frame;
use tokio_stream::{Stream, StreamExt};

use super::cut;

/// Size in bytes of each piece of a long body.
const PIECE: usize = 1 << 20;

/// Declares the whole length, sends half, and aborts the connection.
pub(super) async fn half(response: Response) -> Response {
    let Some((mut parts, bytes)) = taken_apart(response).await else { return cut() };
    promise(&mut parts, bytes.len());
    streamed(parts, first_half(&bytes).chain(broken_off()))
}

/// Sends half in chunks, and aborts the connection before the last chunk.
pub(super) async fn half_in_chunks(response: Response) -> Response {
    let Some((parts, bytes)) = taken_apart(response).await else { return cut() };
    streamed(parts, first_half(&bytes).chain(broken_off()))
}

/// Declares no length and sends half: HTTP/1.0 lets a body end with its connection.
pub(super) async fn half_until_closed(response: Response) -> Response {
    let Some((mut parts, bytes)) = taken_apart(response).await else { return cut() };
    parts.version = Version::HTTP_10;
    streamed(parts, first_half(&bytes))
}

/// Declares the whole length, sends half, then nothing more.
pub(super) async fn half_and_silence(response: Response) -> Response {
    let Some((mut parts, bytes)) = taken_apart(response).await else { return cut() };
    promise(&mut parts, bytes.len());
    streamed(parts, first_half(&bytes).chain(tokio_stream::pending()))
}

/// Declares the whole length and sends the body byte by byte.
pub(super) async fn drop_by_drop(response: Response, pause: Duration) -> Response {
    let Some((mut parts, bytes)) = taken_apart(response).await else { return cut() };
    promise(&mut parts, bytes.len());
    let drops = tokio_stream::iter(0..bytes.len()).then(move |place| {
        let drop = bytes.slice(place..=place);
        async move {
            tokio::time::sleep(pause).await;
            Ok::<_, io::Error>(Frame::data(drop))
        }
    });
    streamed(parts, drops)
}

/// Sends megabytes of blanks before the body; the whole is still JSON for a client that reads it all.
pub(super) async fn long(response: Response, megabytes: u32) -> Response {
    let Some((parts, bytes)) = taken_apart(response).await else { return cut() };
    let blanks = Bytes::from(vec![b' '; PIECE]);
    let before =
        tokio_stream::iter(0..megabytes).map(move |_| Ok::<_, io::Error>(Frame::data(blanks.clone())));
    streamed(parts, before.chain(tokio_stream::once(Ok(Frame::data(bytes)))))
}

/// Splits an answer into its head, without the headers about the length, and its whole body.
async fn taken_apart(response: Response) -> Option<(Parts, Bytes)> {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.ok()?;
    parts.headers.remove(TRANSFER_ENCODING);
    parts.headers.remove(CONTENT_LENGTH);
    Some((parts, bytes))
}

fn promise(parts: &mut Parts, length: usize) {
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
}

fn first_half(bytes: &Bytes) -> impl Stream<Item = io::Result<Frame<Bytes>>> + use<> {
    tokio_stream::once(Ok(Frame::data(bytes.slice(..bytes.len() / 2))))
}

/// Ends a body with an error, 50 ms later, so that the first half is sent before the connection closes.
fn broken_off() -> impl Stream<Item = io::Result<Frame<Bytes>>> {
    tokio_stream::once(()).then(|()| async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err(io::ErrorKind::ConnectionAborted.into())
    })
}

fn streamed(parts: Parts, body: impl Stream<Item = io::Result<Frame<Bytes>>> + Send + 'static) -> Response {
    Response::from_parts(parts, Body::new(StreamBody::new(body)))
}
