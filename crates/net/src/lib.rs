//! The one place that decides how a request is sent: a deadline for head and body together, up to three attempts for a
//! read, one for a write, and equal public reads shared by all widgets of the page.
//!
//! This crate has no clock, timer, random numbers or network of its own: an [`Io`] provides them. The widget's is
//! `src/platform/wire.rs`; in the tests it simulates time. `dexcare::exchange` decides what a response means. No URL,
//! token or body is ever part of an error.

mod abort;
mod io;
mod once;
mod retry;
mod shared;
mod tier;

use std::cell::RefCell;
use std::rc::Rc;

use dexcare::exchange::{NoAnswer, Reply};
use dexcare::{Auth, Request};

pub use abort::Abort;
pub use io::{Attempt, Io, Now, Outgoing};
pub use once::Once;
pub use retry::{Attempts, Deadline, Outcome};
pub use tier::{Credential, Tier};

/// The deadline of a write, in milliseconds.
const WRITE_DEADLINE: i32 = 30_000;

/// Sends the requests of a page, and remembers the reads that its widgets share. All clones share the same state.
pub struct Net<I: Io> {
    io: I,
    reads: Rc<RefCell<shared::Reads>>,
}

impl<I: Io> Clone for Net<I> {
    fn clone(&self) -> Self {
        Self { io: self.io.clone(), reads: Rc::clone(&self.reads) }
    }
}

impl<I: Io> Net<I> {
    /// A sender that remembers no reads yet.
    pub fn new(io: I) -> Self {
        Self { io, reads: Rc::default() }
    }

    /// The deadline of an exchange that begins now.
    pub fn deadline(&self) -> Deadline {
        Deadline::from(self.io.now().elapsed)
    }

    /// Sends a request: a write once, a read as often as the retry rules allow until the deadline. `fresh` = do not use
    /// a remembered answer.
    pub async fn perform(
        &self,
        tier: &Tier,
        request: &Request,
        patient: Option<&Credential>,
        fresh: bool,
        deadline: Deadline,
        abort: &Abort,
    ) -> Reply {
        match request.auth {
            Auth::Public => self.read_shared(tier, request, fresh, deadline, abort).await,
            Auth::Patient => {
                let outgoing = tier.outgoing(request, patient).ok_or(NoAnswer)?;
                if request.is_write() {
                    let reply = self.attempt(&outgoing, WRITE_DEADLINE, abort).await.reply;
                    // A remembered answer may still offer the time that was just booked.
                    self.reads.borrow_mut().forget();
                    reply
                } else {
                    self.read_alone(&outgoing, deadline, abort).await
                }
            }
        }
    }

    /// Repeats a read until an answer is not worth retrying, or the deadline has passed.
    async fn read_alone(&self, outgoing: &Outgoing, deadline: Deadline, abort: &Abort) -> Reply {
        let mut attempts = Attempts::until(deadline);
        let mut last = Err(NoAnswer);
        while let Some(milliseconds) = attempts.begin(self.io.now().elapsed) {
            let attempt = self.attempt(outgoing, milliseconds, abort).await;
            let outcome = attempt.outcome();
            last = attempt.reply;
            let Some(pause) = attempts.pause(outcome, self.io.random(), self.io.now().elapsed) else { break };
            if abort.is_aborted() {
                break;
            }
            self.wait(pause, abort).await;
            if abort.is_aborted() {
                break;
            }
        }
        last
    }

    /// Makes one attempt, of at most this many milliseconds.
    async fn attempt(&self, outgoing: &Outgoing, milliseconds: i32, abort: &Abort) -> Attempt {
        if abort.is_aborted() {
            return Attempt::NONE;
        }
        let answer = Once::default();
        let came = answer.clone();
        let stop = self.io.send(outgoing, milliseconds, move |attempt| came.set(attempt));
        let stopped = answer.clone();
        abort.stop_by(move || {
            stop();
            stopped.set(None);
        });
        answer.get().await.unwrap_or(Attempt::NONE)
    }

    /// Waits until the time has passed, or the request is aborted.
    async fn wait(&self, milliseconds: i32, abort: &Abort) {
        let over = Once::default();
        let (passed, aborted) = (over.clone(), over.clone());
        let _timer = self.io.after(milliseconds, move || passed.set(()));
        abort.stop_by(move || aborted.set(()));
        over.get().await;
    }
}
