//! The steps for what is booked: the patient's clinic visits, and a place in line.

pub mod my_visits;
pub mod waiting;
