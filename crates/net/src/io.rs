//! What this crate needs from its environment: clocks, timers, random numbers, and sending.

use std::pin::Pin;

use dexcare::exchange::{NoAnswer, Reply};

use crate::AttemptOutcome;

/// A request as it is sent.
#[derive(Clone, PartialEq)]
pub struct Outgoing {
    /// The whole address.
    pub url: String,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The name and value of each header, without those that the browser adds by itself.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body, if the request is a `POST` that has one.
    pub body: Option<String>,
}

/// The result of one attempt at a request.
#[derive(Clone)]
pub struct Attempt {
    /// The response, or that there was none. If the body is too long, it is empty here.
    pub reply: Reply,
    /// `Retry-After` in seconds, if the server lets a page read it.
    pub retry_after: Option<u32>,
    /// Whether the body is longer than 8 MB.
    pub is_cut: bool,
}

impl Attempt {
    /// The result of an attempt that got no answer.
    pub(crate) const NONE: Self = Self { reply: Err(NoAnswer), retry_after: None, is_cut: false };

    /// The part of the result that decides whether another attempt is made.
    pub(crate) fn outcome(&self) -> AttemptOutcome {
        match &self.reply {
            Err(NoAnswer) => AttemptOutcome::Nothing,
            Ok(_) if self.is_cut => AttemptOutcome::TooLong,
            Ok(response) => AttemptOutcome::Status(response.status, self.retry_after),
        }
    }
}

/// An instant by two clocks, in milliseconds. Neither clock alone gives the age of an answer: people can set the
/// device's clock, and the other one may stop while the device sleeps.
#[derive(Clone, Copy)]
pub struct ClockReading {
    /// Milliseconds since the page began. Nobody can set this clock, and it never goes back.
    pub elapsed: f64,
    /// Milliseconds since 1970, by the device's clock.
    pub device: f64,
}

impl ClockReading {
    /// Milliseconds that have passed since `then`. If the two clocks differ, the greater number counts.
    pub(crate) fn since(self, then: Self) -> f64 {
        f64::max(self.elapsed - then.elapsed, self.device - then.device)
    }

    /// The instant this many milliseconds earlier.
    pub(crate) fn ago(self, milliseconds: f64) -> Self {
        Self { elapsed: self.elapsed - milliseconds, device: self.device - milliseconds }
    }
}

/// The environment of this crate: clocks, timers, random numbers and requests. All clones share the same state.
///
/// An example is a device without a connection, on which no time passes:
///
/// ```
/// use std::{pin::{Pin, pin}, task::{Context, Poll, Waker}};
/// use net::{Abort, Attempt, ClockReading, Io, Net, Outgoing};
/// # use dexcare::{Call, Departments, exchange::NoAnswer};
/// # use net::Tier;
///
/// #[derive(Clone)]
/// struct Offline;
///
/// impl Io for Offline {
///     type Timer = ();
///     fn now(&self) -> ClockReading { ClockReading { elapsed: 0.0, device: 0.0 } }
///     fn random(&self) -> f64 { 0.5 }
///     fn after(&self, _: i32, what: impl FnOnce() + 'static) { what() }
///     fn send(
///         &self, _: &Outgoing, _: i32, came: impl FnOnce(Option<Attempt>) + 'static,
///     ) -> impl FnOnce() + 'static {
///         came(None);
///         || () // The attempt is over: there is nothing to stop.
///     }
///     fn sent_ahead(&self, _: &str, _: f64) -> Option<f64> { None }
///     fn spawn(&self, mut task: Pin<Box<dyn Future<Output = ()>>>) {
///         let _ = task.as_mut().poll(&mut Context::from_waker(Waker::noop()));
///     }
/// }
///
/// # let (api, product) = ("https://api.example".into(), "findadoctor".into());
/// # let tier = Tier { api, visits: None, product, domain: None, api_key: None };
/// # let clinics = Departments { brand: "northlake".into() }.request();
/// let (net, abort) = (Net::new(Offline), Abort::default());
/// let read = pin!(net.perform(&tier, &clinics, None, false, net.deadline(), &abort));
/// let reply = read.poll(&mut Context::from_waker(Waker::noop()));
/// assert!(matches!(reply, Poll::Ready(Err(NoAnswer))));
/// ```
pub trait Io: Clone + 'static {
    /// A running timer; dropping it cancels it.
    type Timer;

    /// The current instant.
    fn now(&self) -> ClockReading;

    /// A random number from 0 to 1.
    fn random(&self) -> f64;

    /// Calls `what` once, after `milliseconds`, unless the timer is dropped before.
    fn after(&self, milliseconds: i32, what: impl FnOnce() + 'static) -> Self::Timer;

    /// Makes one attempt at a request, which may take `milliseconds`, and calls `came` once; `came` gets `None` if no
    /// complete answer arrived in time. Returns a function that stops the attempt: `came` is not called after that.
    fn send(
        &self,
        outgoing: &Outgoing,
        milliseconds: i32,
        came: impl FnOnce(Option<Attempt>) + 'static,
    ) -> impl FnOnce() + 'static;

    /// Looks for a read of this address that the environment has sent before anybody asked for it. Returns how many
    /// milliseconds ago it was sent (if the two clocks differ, the greater number); `None` or NaN if there is none.
    /// The read then serves as the first attempt of the next request to this address. If it was sent more than
    /// `oldest` milliseconds ago, it is dropped, since its answer would be too old; its age is returned all the same.
    fn sent_ahead(&self, url: &str, oldest: f64) -> Option<f64>;

    /// Runs a task.
    fn spawn(&self, task: Pin<Box<dyn Future<Output = ()>>>);
}
