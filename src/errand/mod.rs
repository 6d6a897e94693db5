//! One chosen thing, from the press to its outcome.

pub mod outcome;
pub mod outcomes;
pub mod patient;
pub mod refused;
pub mod review;
pub mod sign_in;
pub mod taken;
