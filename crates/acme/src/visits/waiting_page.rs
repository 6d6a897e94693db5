//! The waiting room that `visitRedirectUrl` leads to. It has no script: a header makes the browser reload it.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::line::{brand_of, estimate, words};
use crate::page::{escape, page};
use crate::refusal::Refusal;
use crate::request::Segment;
use crate::state::{Acme, Shared, blocking};
use crate::store::virtual_visits::{self, VirtualVisit};
use crate::world::practices;

/// Seconds after which the browser reloads the page.
const AGAIN_AFTER: &str = "30";

/// The address of a visit's waiting room. It contains only the visit id, no credential.
pub fn url(acme: &Acme, visit_id: &str) -> String {
    format!("{}/v/{visit_id}", acme.visits_url)
}

/// Shows the waiting room; opening it gives a requested video visit the status `waitingroom`.
pub async fn show(State(acme): State<Shared>, id: Result<Segment, Refusal>) -> Result<Response, Refusal> {
    let Ok(Segment(id)) = id else { return Ok(nobody()) };
    blocking(acme, move |acme| {
        let now = acme.now();
        let visit = acme.store.write(|db| {
            let Some(visit) = virtual_visits::find(db, &id)? else { return Ok(None) };
            if visit.status == "requested" && visit.modality == "virtual" {
                virtual_visits::set_status(db, &visit, "waitingroom", now, None)?;
            }
            Ok(virtual_visits::find(db, &id)?)
        })?;
        Ok(visit.map_or_else(nobody, |visit| room(acme, &visit)))
    })
    .await
}

fn room(acme: &Acme, visit: &VirtualVisit) -> Response {
    let practice = practices::practice(&visit.practice);
    let name = practice.map(|practice| practice.name).unwrap_or_default();
    let region = practice.and_then(|practice| practice.region(&visit.region));
    let state = match visit.status.as_str() {
        "done" => "Your visit is over. Take care!".to_owned(),
        "cancelled" => "This visit was cancelled.".to_owned(),
        "staffdeclined" => "No clinician could take this visit. Please call us.".to_owned(),
        "invisit" => "Your clinician is here.".to_owned(),
        "caregiverassigned" => "A clinician is getting ready for you.".to_owned(),
        _ => words(estimate(visit, acme.now())).0,
    };
    let kind = if visit.modality == "phone" { "Phone visit" } else { "Video visit" };
    let body = format!(
        r#"<p class="state" role="status">{}</p>
<dl><dt>Visit</dt><dd>{kind}</dd><dt>Brand</dt><dd>{}</dd><dt>Where you are</dt><dd>{}</dd>
<dt>Visit number</dt><dd><code>{}</code></dd></dl>"#,
        escape(&state),
        escape(&brand_of(visit)),
        escape(region.map_or(visit.region.as_str(), |region| region.name)),
        escape(&visit.id),
    );
    let mut response = page(StatusCode::OK, name, "Waiting room", &body);
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN_AFTER));
    response
}

fn nobody() -> Response {
    let body = "<p>Please go back to where you booked it.</p>";
    page(StatusCode::NOT_FOUND, "On-demand care", "There is no such visit", body)
}
