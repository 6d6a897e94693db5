//! What the crate needs of the world around it.

use std::pin::Pin;

use dexcare::exchange::{NoAnswer, Reply};

use crate::Outcome;

/// A request as it is sent.
#[derive(Clone, PartialEq)]
pub struct Outgoing {
    /// The whole address.
    pub url: String,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Name and value of each header that the browser does not add by itself.
    pub headers: Vec<(&'static str, String)>,
    /// JSON, for a `POST` that has one.
    pub body: Option<String>,
}

/// What came of one attempt.
#[derive(Clone)]
pub struct Attempt {
    /// The answer; with an empty body where that is too long.
    pub reply: Reply,
    /// `Retry-After` in seconds, where the server lets a page read it.
    pub retry_after: Option<u32>,
    /// Whether the body is longer than 8 MB.
    pub is_cut: bool,
}

impl Attempt {
    /// Nothing came.
    pub(crate) const NONE: Self = Self { reply: Err(NoAnswer), retry_after: None, is_cut: false };

    /// What of it decides about another.
    pub(crate) fn outcome(&self) -> Outcome {
        match &self.reply {
            Err(NoAnswer) => Outcome::Nothing,
            Ok(_) if self.is_cut => Outcome::TooLong,
            Ok(response) => Outcome::Status(response.status, self.retry_after),
        }
    }
}

/// An instant by two clocks, in milliseconds. Neither alone says how old an answer is: people set the one, and the other may
/// stand still while the device sleeps.
#[derive(Clone, Copy)]
pub struct Now {
    /// Since the page began; never set, never goes back.
    pub elapsed: f64,
    /// Since 1970, by the device's clock.
    pub device: f64,
}

impl Now {
    /// Milliseconds that have passed since `then`, by the clock that says more.
    pub(crate) fn since(self, then: Self) -> f64 {
        f64::max(self.elapsed - then.elapsed, self.device - then.device)
    }

    /// So many milliseconds earlier.
    pub(crate) fn ago(self, milliseconds: f64) -> Self {
        Self { elapsed: self.elapsed - milliseconds, device: self.device - milliseconds }
    }
}

/// Clocks, timers, dice and requests. All clones are the same world.
pub trait Io: Clone + 'static {
    /// A timer under way; dropped, it does nothing more.
    type Timer;

    /// Now.
    fn now(&self) -> Now;

    /// From 0 to 1.
    fn random(&self) -> f64;

    /// Calls back once after some milliseconds.
    fn after(&self, milliseconds: i32, what: impl FnOnce() + 'static) -> Self::Timer;

    /// Makes one attempt at a request, and calls back once: with `None` when no answer came within the milliseconds. Returns what
    /// stops the attempt; then it never calls back.
    fn send(
        &self,
        outgoing: &Outgoing,
        milliseconds: i32,
        came: impl FnOnce(Option<Attempt>) + 'static,
    ) -> impl FnOnce() + 'static;

    /// How many milliseconds ago a read of this address was sent before anybody asked for it, by the clock that says more. It is
    /// the first attempt of whoever sends that address next. An older one than `oldest` is forgotten: nobody wants its answer.
    fn sent_ahead(&self, url: &str, oldest: f64) -> Option<f64>;

    /// Runs a task.
    fn spawn(&self, task: Pin<Box<dyn Future<Output = ()>>>);
}
