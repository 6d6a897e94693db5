//! The one place that decides how a request is performed: a deadline over head and body, three attempts for a read, one for a
//! write, equal public reads shared by every widget of the page.
//!
//! It has no clock, timer, dice or network of its own: an [`Io`] brings them. The widget's is `src/platform/wire.rs`; in the tests it
//! is a world whose time is simulated. What a response means is decided in `dexcare::exchange`. No URL, token or body ever goes
//! into an error.

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

/// Milliseconds a write may take.
const WRITE_DEADLINE: i32 = 30_000;

/// Performs the requests of a page, and knows the reads that its widgets share. All clones are the same.
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
    /// Nothing was read yet.
    pub fn new(io: I) -> Self {
        Self { io, reads: Rc::default() }
    }

    /// When an exchange that begins now is given up.
    pub fn deadline(&self) -> Deadline {
        Deadline::from(self.io.now().elapsed)
    }

    /// Performs a request: a write once, a read as often as the policy allows until the deadline. `fresh` = no remembered
    /// answer will do.
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
                    // A time that was booked is not to be offered again.
                    self.reads.borrow_mut().forget();
                    reply
                } else {
                    self.read_alone(&outgoing, deadline, abort).await
                }
            }
        }
    }

    /// Repeats a read until an answer is worth having, or the time is over.
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

    /// One attempt, of so many milliseconds at most.
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

    /// Waits until the time has passed, or until it is aborted.
    async fn wait(&self, milliseconds: i32, abort: &Abort) {
        let over = Once::default();
        let (passed, aborted) = (over.clone(), over.clone());
        let _timer = self.io.after(milliseconds, move || passed.set(()));
        abort.stop_by(move || aborted.set(()));
        over.get().await;
    }
}
