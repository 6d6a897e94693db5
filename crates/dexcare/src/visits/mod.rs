//! Calls for visits that are already booked: a patient's clinic visits, and cancelling one (API reference §2.36–2.38).
//! The API documents no such calls for visits with a named clinician (§3.10).

pub mod cancel;
pub mod cancel_reasons;
pub mod clinic_visits;
