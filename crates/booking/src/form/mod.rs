//! The patient step as a form: the entries as the patient types them ([`Draft`]), which fields there are and in
//! what order, what is wrong with each entry, and the [`crate::patient::Details`] that the entries make together
//! ([`fields`]).
//!
//! This module shows and sends nothing. The widget chooses the words, moves the focus, and decides when a flaw is
//! shown.

mod draft;
pub mod fields;

pub use draft::{CardDraft, Draft, PersonDraft};

/// A question that the host page adds to the patient step. The answer is sent with the booking of a time (API reference
/// §2.25, §2.26), but not with an on-demand visit.
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
