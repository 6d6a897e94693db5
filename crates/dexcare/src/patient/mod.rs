//! Calls for the signed-in account's patient. They carry real health data, which is never printed.

pub mod current;
pub mod save;
