//! Decides how a request is sent: head and body of an answer share one deadline, a read is attempted up to three
//! times, a write once, and all widgets of the page share the answers of equal public reads.
//!
//! This crate has no clock, timer, random numbers or network of its own: an [`Io`] provides them. In the widget
//! it is `src/platform/wire.rs`; in the tests it simulates time. `dexcare::exchange` decides what a response
//! means. No URL, token or body is ever part of an error.
//!
//! Begin with [`Net::perform`], which sends one request. [`Attempts`] decides when a read is attempted again,
//! [`Tier`] says where requests are sent.
//!
//! # Example
//!
//! Three widgets of a page read the clinics of one brand. `AtOnce` is an [`Io`] that answers every request at once with an
//! empty list, and `finish` polls a task once.
//!
//! ```
//! use dexcare::{Call, Departments};
//! use net::{Abort, Net, Tier};
//! # use std::{cell::{Cell, RefCell}, pin::{Pin, pin}, rc::Rc, task::{Context, Poll, Waker}};
//! # use dexcare::exchange::{NoAnswer, Reply, Response};
//! # use net::{Attempt, ClockReading, Io, Outgoing};
//! # #[derive(Clone, Default)]
//! # struct AtOnce { clock: Rc<Cell<f64>>, sent: Rc<RefCell<Vec<Outgoing>>> }
//! # impl Io for AtOnce {
//! #     type Timer = ();
//! #     fn now(&self) -> ClockReading { ClockReading { elapsed: self.clock.get(), device: self.clock.get() } }
//! #     fn random(&self) -> f64 { 0.5 }
//! #     fn after(&self, _: i32, what: impl FnOnce() + 'static) { what() }
//! #     fn send(
//! #         &self, outgoing: &Outgoing, _: i32, came: impl FnOnce(Option<Attempt>) + 'static,
//! #     ) -> impl FnOnce() + 'static {
//! #         self.sent.borrow_mut().push(outgoing.clone());
//! #         let reply = Ok(Response { status: 200, body: b"[]".to_vec() });
//! #         came(Some(Attempt { reply, retry_after: None, is_cut: false }));
//! #         || ()
//! #     }
//! #     fn sent_ahead(&self, _: &str, _: f64) -> Option<f64> { None }
//! #     fn spawn(&self, mut task: Pin<Box<dyn Future<Output = ()>>>) {
//! #         let _ = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
//! #     }
//! # }
//! # fn finish(task: impl Future<Output = Reply>) -> Reply {
//! #     match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
//! #         Poll::Ready(reply) => reply,
//! #         Poll::Pending => Err(NoAnswer),
//! #     }
//! # }
//!
//! let io = AtOnce::default();
//! let net = Net::new(io.clone());
//! let (api, product) = ("https://api.example".into(), "findadoctor".into());
//! let tier = Tier { api, visits: None, product, domain: None, api_key: Some("northlake-1".into()) };
//! let clinics = Departments { brand: "northlake".into() }.request();
//! let read = |fresh| finish(net.perform(&tier, &clinics, None, fresh, net.deadline(), &Abort::default()));
//!
//! // The second widget gets the answer to the first one's request.
//! assert_eq!(read(false).map(|response| response.status), Ok(200));
//! assert_eq!(read(false).map(|response| response.body), Ok(b"[]".to_vec()));
//! assert_eq!(io.sent.borrow().len(), 1);
//! assert_eq!(io.sent.borrow()[0].method, "GET");
//! assert_eq!(io.sent.borrow()[0].headers, [("x-api-key", "northlake-1".to_owned())]);
//!
//! // The third widget wants a fresh answer, so its read is sent, too. After a minute, the remembered answer is too
//! // old for any read.
//! assert!(read(true).is_ok());
//! assert_eq!(io.sent.borrow().len(), 2);
//! io.clock.set(60_000.0);
//! assert!(read(false).is_ok());
//! assert_eq!(io.sent.borrow().len(), 3);
//! ```

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
pub use io::{Attempt, ClockReading, Io, Outgoing};
pub use once::Once;
pub use retry::{AttemptOutcome, Attempts, Deadline};
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

    /// The deadline of an exchange that begins now. All requests of the exchange share it.
    pub fn deadline(&self) -> Deadline {
        Deadline::from(self.io.now().elapsed)
    }

    /// Sends a request: a read as often as [`Attempts`] allows until `deadline`, a write once, within 30 seconds
    /// whatever `deadline` is. With `fresh`, no remembered answer is used. The reply is also [`NoAnswer`] if the
    /// request is aborted, or `tier` has no address for its host.
    ///
    /// In this example, Marta Okafor cancels a visit while the server is overloaded. The cancel is sent only once,
    /// since the server may have carried it out. Her list of visits is read three times. `Overloaded` is an [`Io`]
    /// that answers every request with 503.
    ///
    /// ```
    /// use booking::ids::VisitId;
    /// use booking::visits::VisitFilter;
    /// use dexcare::{Call, CancelClinicVisit, ClinicVisits, Request};
    /// use net::{Abort, Credential, Net, Tier};
    /// # use std::{cell::{Cell, RefCell}, pin::{Pin, pin}, rc::Rc, task::{Context, Poll, Waker}};
    /// # use dexcare::exchange::{NoAnswer, Reply, Response};
    /// # use net::{Attempt, ClockReading, Io, Outgoing};
    /// # #[derive(Clone, Default)]
    /// # struct Overloaded { clock: Rc<Cell<f64>>, sent: Rc<RefCell<Vec<Outgoing>>> }
    /// # impl Io for Overloaded {
    /// #     type Timer = ();
    /// #     fn now(&self) -> ClockReading { ClockReading { elapsed: self.clock.get(), device: self.clock.get() } }
    /// #     fn random(&self) -> f64 { 0.5 }
    /// #     fn after(&self, _: i32, what: impl FnOnce() + 'static) { what() }
    /// #     fn send(
    /// #         &self, outgoing: &Outgoing, _: i32, came: impl FnOnce(Option<Attempt>) + 'static,
    /// #     ) -> impl FnOnce() + 'static {
    /// #         self.sent.borrow_mut().push(outgoing.clone());
    /// #         let reply = Ok(Response { status: 503, body: b"[]".to_vec() });
    /// #         came(Some(Attempt { reply, retry_after: None, is_cut: false }));
    /// #         || ()
    /// #     }
    /// #     fn sent_ahead(&self, _: &str, _: f64) -> Option<f64> { None }
    /// #     fn spawn(&self, mut task: Pin<Box<dyn Future<Output = ()>>>) {
    /// #         let _ = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    /// #     }
    /// # }
    /// # fn finish(task: impl Future<Output = Reply>) -> Reply {
    /// #     match pin!(task).poll(&mut Context::from_waker(Waker::noop())) {
    /// #         Poll::Ready(reply) => reply,
    /// #         Poll::Pending => Err(NoAnswer),
    /// #     }
    /// # }
    /// # let (api, visits) = ("https://api.example".into(), Some("https://visit.example".into()));
    /// # let tier = Tier { api, visits, product: "findadoctor".into(), domain: None, api_key: None };
    ///
    /// let io = Overloaded::default();
    /// let net = Net::new(io.clone());
    /// let marta = Credential { name: "authorization", value: "Bearer token-of-marta".into() };
    /// let send = |request: Request| {
    ///     finish(net.perform(&tier, &request, Some(&marta), false, net.deadline(), &Abort::default()))
    /// };
    ///
    /// let visit = VisitId::new("0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20");
    /// let reply = send(CancelClinicVisit { visit, reason: "patientFeelsBetter".into() }.request());
    /// assert_eq!(reply.map(|response| response.status), Ok(503));
    /// let sent = io.sent.take();
    /// assert_eq!(sent.len(), 1);
    /// assert_eq!(sent[0].headers[0], ("authorization", "Bearer token-of-marta".to_owned()));
    /// assert_eq!(sent[0].headers[1], ("content-type", "application/json".to_owned()));
    ///
    /// let reply = send(ClinicVisits { filter: VisitFilter::Requested }.request());
    /// assert_eq!(reply.map(|response| response.status), Ok(503));
    /// assert_eq!(io.sent.borrow().len(), 3);
    /// ```
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
                    // Forget the remembered answers: one of them may still offer the time that was just booked.
                    self.reads.borrow_mut().forget();
                    reply
                } else {
                    self.read_alone(&outgoing, deadline, abort).await
                }
            }
        }
    }

    /// Sends a read, and repeats it as long as [`Attempts`] allows and it is not aborted. Neither uses nor stores
    /// shared answers.
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

    /// Makes one attempt, which may take this many milliseconds at most.
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
