//! The connection under a request, for faults that no HTTP answer can play: a reset, and bytes that are no HTTP.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What the server would have said, were it no HTTP server at all.
const GARBAGE: &[u8] = b"\x15\x03\x01\x00\x02\x02\x28\x00\xff\xfeSSH-2.0-OpenSSH_9.2\r\n";

/// 0 is a connection as it is.
const RESET: u8 = 1;
const NO_HTTP: u8 = 2;

/// How the connection of a request ends; on every request, as an extension.
#[derive(Clone, Default)]
pub struct Wire(Arc<AtomicU8>);

impl Wire {
    /// When the connection closes, the other side hears of a reset.
    pub fn reset(&self) {
        self.0.store(RESET, Ordering::Relaxed);
    }

    /// Whatever is answered goes out as bytes that are no HTTP.
    pub fn speak_no_http(&self) {
        self.0.store(NO_HTTP, Ordering::Relaxed);
    }

    fn is(&self, what: u8) -> bool {
        self.0.load(Ordering::Relaxed) == what
    }
}

/// A connection that does what its [`Wire`] says.
pub struct Line {
    stream: TcpStream,
    wire: Wire,
    /// How much of [`GARBAGE`] is out.
    spoken: usize,
}

impl Line {
    /// Around an accepted connection.
    pub const fn new(stream: TcpStream, wire: Wire) -> Self {
        Self { stream, wire, spoken: 0 }
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if !self.wire.is(NO_HTTP) {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        }
        while self.spoken < GARBAGE.len() {
            let rest = &GARBAGE[self.spoken..];
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, rest))?;
            self.spoken += written;
        }
        // Then it closes: the answer itself goes nowhere.
        Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.wire.is(RESET) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.wire.is(RESET) {
            // Where the system will not, the connection closes like any other.
            let _ = self.stream.set_zero_linger();
        }
    }
}
