//! The Visit host: retail and provider bookings (API reference §2.25, §2.26); on-demand visits (§2.14–§2.18,
//! §2.28–§2.34); the account's clinic visits (§2.36–§2.38); insurers and coupons (§2.39, §2.40); reporting (§2.45).

mod billing;
pub mod line;
mod mine;
pub mod on_demand;
mod on_demand_body;
mod provider;
pub mod regions;
pub mod reporting;
mod retail;
pub mod submit;
mod waiting;
pub mod waiting_page;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{get, post, put};

use crate::refusal::{Refusal, Variant};
use crate::state::Shared;

/// The Visit host's routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/6/visits/retail", post(retail::book))
        .route("/api/6/visits/retail/self", get(mine::list))
        .route("/api/6/visits/retail/cancel/{visitId}", post(mine::cancel))
        .route("/api/7/visits/providerbooking", post(provider::book))
        .route("/api/7/visits/retail/cancel/reasons/{brand}", get(mine::reasons))
        .route("/api/v2/brand/{tenant}/insuranceissuers", get(billing::issuers))
        .route("/api/v2/coupon/{code}/verify", get(billing::verify_coupon))
        .route("/v1/visits/{visitId}/patient-cancel-video", post(waiting::cancel_video))
        .route("/v1/visits/{visitId}/patient-cancel-phone", post(waiting::cancel_phone))
        .route("/v/{visitId}", get(waiting_page::show))
        .merge(version_9())
        .merge(reporting::routes())
}

/// The routes under `/api/9`. All are in the Visit Service's published OpenAPI document, except those for reading a
/// practice and for cancelling.
fn version_9() -> Router<Shared> {
    Router::new()
        .route("/api/9/regions/waittimes", get(regions::wait_times))
        .route("/api/9/regions/{regionCode}/waittimes", get(regions::wait_times_of_region))
        .route("/api/9/modalities", get(regions::modalities))
        .route("/api/9/assignmentqualifiers", get(regions::assignment_qualifiers))
        .route("/api/9/practices/{practiceId}", get(regions::practice))
        .route("/api/9/tokbox-events", post(waiting::tokbox_event))
        .route("/api/9/visits", post(on_demand::create).layer(map_response(bare_but_bad_request)))
        .route("/api/9/visits/{visitId}/acceptTerms", put(waiting::accept_terms).layer(map_response(bare)))
        .route("/api/9/visits/{visitId}/summary", get(waiting::summary).layer(map_response(bare)))
        .route(
            "/api/9/visits/{visitId}/waittime",
            get(waiting::wait_time).layer(map_response(bare_but_worded)),
        )
        .route("/api/9/visits/virtual/{visitId}/cancel", post(waiting::cancel))
}

/// Removes the body of a refusal, unless the document declares one for its status (API reference §1.7, E10).
fn emptied(mut response: Response, worded: &[StatusCode]) -> Response {
    if let Some(refusal) = response.extensions_mut().get_mut::<Refusal>()
        && !worded.contains(&refusal.status)
    {
        refusal.fixed = Some(Variant::Empty);
    }
    response
}

async fn bare(response: Response) -> Response {
    emptied(response, &[])
}

async fn bare_but_bad_request(response: Response) -> Response {
    emptied(response, &[StatusCode::BAD_REQUEST])
}

async fn bare_but_worded(response: Response) -> Response {
    emptied(response, &[StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND])
}
