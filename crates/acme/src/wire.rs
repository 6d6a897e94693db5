//! The connection under a request, for faults that no HTTP answer can cause: a reset, and bytes that are not HTTP.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What a server that does not speak HTTP would send.
const GARBAGE: &[u8] = b"\x15\x03\x01\x00\x02\x02\x28\x00\xff\xfeSSH-2.0-OpenSSH_9.2\r\n";

/// States of a [`Wire`]; 0 is a normal connection.
const RESET: u8 = 1;
const NO_HTTP: u8 = 2;

/// How the connection of a request ends; attached to every request as an extension.
#[derive(Clone, Default)]
pub struct Wire(Arc<AtomicU8>);

impl Wire {
    /// Makes the connection close with a TCP reset.
    pub fn reset(&self) {
        self.0.store(RESET, Ordering::Relaxed);
    }

    /// Makes the connection send bytes that are not HTTP instead of the answer.
    pub fn speak_no_http(&self) {
        self.0.store(NO_HTTP, Ordering::Relaxed);
    }

    fn is(&self, what: u8) -> bool {
        self.0.load(Ordering::Relaxed) == what
    }
}

/// A connection that behaves as its [`Wire`] says.
pub struct Connection {
    stream: TcpStream,
    wire: Wire,
    /// How many bytes of [`GARBAGE`] have been sent.
    spoken: usize,
}

impl Connection {
    /// Wraps an accepted connection.
    pub const fn new(stream: TcpStream, wire: Wire) -> Self {
        Self { stream, wire, spoken: 0 }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if !self.wire.is(NO_HTTP) {
            return Pin::new(&mut self.stream).poll_write(cx, bytes);
        }
        while self.spoken < GARBAGE.len() {
            let rest = &GARBAGE[self.spoken..];
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, rest))?;
            self.spoken += written;
        }
        // Then close the connection, without the answer itself.
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

impl Drop for Connection {
    fn drop(&mut self) {
        if self.wire.is(RESET) {
            // If the system refuses this option, the connection closes normally.
            let _ = self.stream.set_zero_linger();
        }
    }
}
