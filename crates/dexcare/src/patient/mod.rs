//! The signed-in account's patient: real health data, in the patient's name, never printed.

pub mod current;
pub mod save;
