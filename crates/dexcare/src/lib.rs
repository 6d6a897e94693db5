//! The `DexCare` API as values: one file for each endpoint, which builds a request and decodes a response. Only this
//! crate deals with the quirks of the wire. Reads are tolerant: any value that is not needed may be missing, null or of
//! another type, and a bad slot is dropped and counted. Writes are exact.
//!
//! Nothing here sends a request, reads a clock or holds the patient's token: a [`Call`] gives method, host, path,
//! query, body and auth class, and decodes the bytes of a 2xx.
//!
//! Begin with [`Call`], which shows one endpoint, and with [`exchange`], which decides the call for each read and write
//! of the state machines in [`booking`]. [`error`] says what a response that is not a 2xx means.
//!
//! The crate is part of the widget, so it is written for size: no `Debug`, no formatting machinery, and answers are
//! decoded by hand from one JSON value type instead of a derive for each shape. Each request body has a `serde` derive.
//!
//! # Example
//!
//! This example goes from a clinic's answer to the button that a patient presses. This crate reads the answer,
//! and [`booking::schedule`] groups the slots into days and times.
//!
//! ```
//! use std::sync::Arc;
//!
//! use booking::filter::Filter;
//! use booking::ids::{DepartmentIdentifier, UrlName, VisitType};
//! use booking::schedule::{Reading, by_part, days, times};
//! use booking::time::PartOfDay;
//! use dexcare::{Call, DepartmentTimeslots};
//! # use booking::ids::Zone;
//! # use booking::time::Zones;
//! # struct Winter;
//! # impl Zones for Winter {
//! #     fn offset(&self, zone: &Zone, _: i64) -> Option<i32> {
//! #         (zone.as_str() == "America/Los_Angeles").then_some(-8 * 3600)
//! #     }
//! # }
//!
//! let (url_name, visit_type) = (UrlName::new("NorthlakeBallard"), VisitType::new("Illness"));
//! let body = br#"{"timezone": "America/Los_Angeles", "scheduleDays": [{"timeSlots": [
//!     {"id": "c2xvdA==", "providerNationalId": "1234567893", "providerId": "32261",
//!      "departmentIdentifier": "org.northlake.epic.main|100210", "duration": "20",
//!      "slotDateTime": "2026-12-08T23:40:00Z"},
//!     {"id": "a slot without a time"}]}]}"#;
//! let answer = DepartmentTimeslots { url_name, visit_type }.read(body).ok_or("not an answer")?;
//! assert_eq!((answer.slots.len(), answer.dropped), (1, 1));
//!
//! let zone_of = |_: &DepartmentIdentifier| answer.zone.clone();
//! let times = times(&answer.slots, &Reading { zone_of: &zone_of, zones: &Winter });
//! let days = days(&times.into_iter().map(Arc::new).collect::<Vec<_>>(), &Filter::default());
//! assert_eq!(days[0].date.to_string(), "2026-12-08");
//!
//! // The heading of the group, and its button: the browser writes "3:40 PM", or "15:40" in another language.
//! let (part, buttons) = &by_part(&days[0])[0];
//! assert_eq!(*part, PartOfDay::Afternoon);
//! assert_eq!(buttons[0].local.time().to_string(), "15:40:00");
//! assert_eq!(buttons[0].slot().minutes, 20);
//! # Ok::<(), &str>(())
//! ```

pub mod availability;
pub mod billing;
mod body;
pub mod directory;
pub mod error;
pub mod exchange;
pub mod handoff;
mod json;
mod mend;
pub mod on_demand;
pub mod patient;
mod request;
mod search_result;
mod text;
pub mod timeslots;
pub mod validation_configs;
mod value;
pub mod visit;
pub mod visits;

pub use availability::options::{FindOptions, SearchForm};
pub use availability::visit_types::NearbyVisitTypes;
pub use billing::coupon::{VerifyCoupon, coupon_error};
pub use billing::issuers::Issuers;
pub use directory::department_info::{DepartmentInfo, DepartmentKey};
pub use directory::departments::{DepartmentList, Departments};
pub use directory::max_lookahead::MaxLookahead;
pub use directory::provider::Provider;
pub use error::{ErrorBody, api_error, booking_outcome, cancel_error};
pub use on_demand::client_config::ClientConfig;
pub use on_demand::join::JoinVisit;
pub use on_demand::leave::LeaveVisit;
pub use on_demand::practice::PracticeInfo;
pub use on_demand::summary::VisitSummary;
pub use on_demand::visit_wait::VisitWaitTime;
pub use on_demand::wait_times::WaitTimes;
pub use patient::current::CurrentPatient;
pub use patient::save::{RecordOwner, SavePatient};
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
