//! The scheduling pages, as far as a hand-off needs them (API reference §2.46): one page that shows the query that it
//! received, and records the query for the control port. Nothing can be booked here.

use std::collections::BTreeMap;
use std::fmt::Write;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, FixedOffset};

use crate::controls::availability::HandOff;
use crate::controls::log::Entry;
use crate::openings::of_post;
use crate::page::{escape, page};
use crate::refusal::Refusal;
use crate::state::{Acme, Shared, blocking};

/// The path of the page.
pub const PATH: &str = "/retail";

const NAME: &str = "Acme Scheduling";

/// The route of the page.
pub fn routes() -> Router<Shared> {
    Router::new().route(PATH, get(show))
}

async fn show(State(acme): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let query = Entry::query_of(query.as_deref().unwrap_or_default());
    let shown = blocking(acme, move |acme| {
        let response = handed(acme, &query);
        acme.controls.hand_offs.note(HandOff { at: acme.now(), query });
        response
    });
    shown.await.unwrap_or_else(IntoResponse::into_response)
}

fn handed(acme: &Acme, query: &BTreeMap<String, Vec<String>>) -> Result<Response, Refusal> {
    let get = |name: &str| {
        query
            .get(name)
            .and_then(|values| values.first())
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    };
    let Some(brand) = get("brand") else {
        let body = r#"<p class="alert" role="alert">This address is not complete: “brand” is missing.</p>"#;
        return Ok(page(StatusCode::BAD_REQUEST, NAME, "We cannot show this page", body));
    };
    let clinic = get("departmentUrlName").and_then(|url_name| acme.world.clinic(url_name));
    let at = get("timeSlot").map(DateTime::parse_from_rfc3339);
    let mut dialog = "";
    let mut facts: Vec<(&str, String)> = Vec::new();
    match at {
        None => facts.push(("Time", "not named".to_owned())),
        Some(Err(_)) => facts.push(("Time", "cannot be read".to_owned())),
        Some(Ok(at)) => {
            facts.push(("Time", in_words(acme, clinic, at)));
            if at <= acme.now() {
                dialog = "<dialog open aria-labelledby=\"past\"><p id=\"past\">That time has passed. \
                          Please choose another time.</p></dialog>";
            } else if let Some(clinic) = clinic {
                let is_free = is_free(acme, clinic, at)?;
                facts.push(("Still free", if is_free { "yes" } else { "no" }.to_owned()));
            }
        }
    }
    facts.push((
        "Clinic",
        match (clinic, get("departmentUrlName")) {
            (Some(clinic), _) => acme.world.clinics[clinic].display_name.to_owned(),
            (None, Some(url_name)) => format!("{url_name}, which is not known here"),
            (None, None) => "not named".to_owned(),
        },
    ));
    facts.push(("Brand", brand.to_owned()));
    facts.push(("Aggregate", get("aggregate").unwrap_or("not named").to_owned()));
    facts.push((
        "Search context",
        match get("searchContext") {
            None => "none",
            Some(token) if acme.controls.contexts.find(token, acme.now()).is_some() => "valid",
            Some(_) => "unknown or expired",
        }
        .to_owned(),
    ));
    let mut list = String::new();
    for (name, value) in facts {
        let _ = write!(list, "<dt>{name}</dt><dd>{}</dd>", escape(&value));
    }
    Ok(page(StatusCode::OK, NAME, "Book your appointment", &format!("{dialog}<dl>{list}</dl>")))
}

/// The time on the clinic's clock, or with its own offset if the clinic is not known.
fn in_words(acme: &Acme, clinic: Option<usize>, at: DateTime<FixedOffset>) -> String {
    const FORM: &str = "%A, %B %-d, %Y, %-I:%M %p";
    match clinic.map(|clinic| acme.world.clinics[clinic].zone) {
        Some(zone) => format!("{} ({})", at.with_timezone(&zone).format(FORM), zone.name()),
        None => format!("{} (UTC{})", at.format(FORM), at.offset()),
    }
}

/// Whether any clinician at the clinic is free at that time.
fn is_free(acme: &Acme, clinic: usize, at: DateTime<FixedOffset>) -> Result<bool, Refusal> {
    let day = at.with_timezone(&acme.world.clinics[clinic].zone).date_naive();
    for (who, post, _, _) in acme.world.staff(clinic) {
        let found = of_post(acme, (who, post), (day, day), |_| true)?;
        if found.openings.iter().any(|opening| opening.start == at) {
            return Ok(true);
        }
    }
    Ok(false)
}
