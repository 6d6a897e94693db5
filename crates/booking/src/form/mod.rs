//! The patient step as a form: what is typed ([`Draft`]), which fields there are and in what order, what is wrong with each,
//! and the [`crate::patient::Details`] that they make together ([`fields`]).
//!
//! Nothing here is shown or sent. Words, focus and the moment at which a flaw is shown are the widget's.

mod draft;
pub mod fields;

pub use draft::{CardDraft, Draft, PersonDraft};

/// A question of the host page's own, asked at the patient step and sent with the booking (API reference §2.25, §2.26).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Question {
    /// As the patient reads it, and as it is sent.
    pub text: String,
    /// One of these; empty = in the patient's own words.
    pub choices: Vec<String>,
    /// It has to be answered.
    pub required: bool,
}

#[cfg(test)]
mod tests;
