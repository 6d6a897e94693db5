//! Calls for the signed-in account's patient. This is real health data and is never printed.

pub mod current;
pub mod save;
