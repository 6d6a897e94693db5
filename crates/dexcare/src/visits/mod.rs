//! What was booked before: a patient's clinic visits, and cancelling one (API reference §2.36–2.38). Visits with a named
//! clinician have no such calls (§3.10).

pub mod cancel;
pub mod cancel_reasons;
pub mod clinic_visits;
