//! The patient step as a form: what is typed ([`Draft`]), which fields there are and in what order, what is wrong with each,
//! and the [`crate::patient::Details`] that they make together ([`fields`]).
//!
//! Nothing here is shown or sent. The widget decides on words, focus, and when a flaw is shown.

mod draft;
pub mod fields;

pub use draft::{CardDraft, Draft, PersonDraft};

/// A question that the host page adds to the patient step; sent with the booking (API reference §2.25, §2.26).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Question {
    /// The text that the patient reads and that is sent.
    pub text: String,
    /// The answers to choose from; empty = the patient answers in their own words.
    pub choices: Vec<String>,
    /// Whether an answer is required.
    pub required: bool,
}

#[cfg(test)]
mod tests;
