//! The API host, with one file for each family of calls: departments, providers, timeslots, patients and so on.

mod client_config;
mod departments;
mod guest_schema;
mod guest_visit;
mod lookups;
mod patient;
pub mod providers;
mod status;
pub mod timeslots;

use axum::Router;
use axum::routing::{get, post};

use crate::state::Shared;

/// The routes of these calls. `layers` adds the API host's other routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/v1/departments", get(departments::list_v1))
        .route("/v4/departments", get(departments::list_v4))
        .route("/v1/departments/{url_name}", get(departments::one_v1))
        .route("/v4/departments/{identifier}/departmentInfo", get(departments::one_v4))
        .route("/v2/departments/{url_name}/timeslots", get(timeslots::of_department))
        .route("/v1/providers", get(providers::list))
        .route("/v1/providers/{npi}", get(providers::one))
        .route("/v4/providers/{npi}/timeslots", get(timeslots::of_provider))
        .route("/v2/lookups/maxLookaheadDays", get(lookups::max_look_ahead))
        .route("/v1/validationConfigs", get(lookups::validation))
        .route("/v1/statuspage", get(status::page))
        .route("/v1/suffixes", get(status::suffixes))
        .route("/v1/booking/queued-guest-visit", post(guest_visit::create))
        .route("/v2/blisseyconfigs", get(client_config::show))
        .route("/v1/patient", get(patient::current))
        .route("/v1/patient/self", post(patient::find_or_create_self))
        .route("/v1/patient/other", post(patient::find_or_create_other))
}
