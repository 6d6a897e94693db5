//! The `DexCare` API as values: one file for each endpoint, which builds a request and decodes a response.
//!
//! Nothing here sends a request, reads a clock or holds a token: a [`Call`] gives method, host, path, query, body and
//! auth class, and decodes the bytes of a 2xx. Only this crate deals with the quirks of the wire. Reads are tolerant:
//! any value that is not needed may be missing, null or of another type, and a bad slot is dropped and counted. Writes
//! are exact.
//!
//! The crate is part of the widget, so it is written for size: no `Debug`, no formatting machinery, and answers are
//! decoded by hand from one JSON value type instead of a derive for each shape. Request bodies do have a `serde` derive
//! each.

pub mod availability;
pub mod billing;
mod body;
pub mod directory;
pub mod error;
pub mod exchange;
mod found;
pub mod handoff;
mod json;
mod mend;
pub mod on_demand;
pub mod patient;
mod request;
mod text;
pub mod timeslots;
pub mod validation_configs;
mod value;
pub mod visit;
pub mod visits;

pub use availability::offered::OfferedNearby;
pub use availability::options::{FindOptions, SearchForm};
pub use billing::coupon::{VerifyCoupon, coupon_trouble};
pub use billing::issuers::Issuers;
pub use directory::department_info::{DepartmentInfo, DepartmentKey};
pub use directory::departments::{DepartmentList, Departments};
pub use directory::max_lookahead::MaxLookahead;
pub use directory::provider::Provider;
pub use error::{ErrorBody, booking_outcome, cancel_trouble, trouble};
pub use on_demand::client_config::ClientConfig;
pub use on_demand::join::JoinVisit;
pub use on_demand::leave::LeaveVisit;
pub use on_demand::practice::PracticeInfo;
pub use on_demand::summary::VisitSummary;
pub use on_demand::visit_wait::VisitWaitTime;
pub use on_demand::wait_times::WaitTimes;
pub use patient::current::CurrentPatient;
pub use patient::save::{SavePatient, Whose};
pub use request::{Auth, Call, Host, Method, Request};
pub use timeslots::department::DepartmentTimeslots;
pub use timeslots::provider::ProviderTimeslots;
pub use timeslots::provider_v5::ProviderTimeslotsV5;
pub use validation_configs::ValidationConfigs;
pub use visit::Visit;
pub use visit::clinician::BookClinician;
pub use visit::department::BookDepartment;
pub use visits::cancel::CancelClinicVisit;
pub use visits::cancel_reasons::CancelReasons;
pub use visits::clinic_visits::ClinicVisits;
