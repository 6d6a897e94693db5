//! The layers that every request of the API, the Visit host and the identity provider passes through, outermost first:
//! log and correlation id, CORS, body, faults, error envelope, record of booking POSTs, key and domain, route.

pub mod cors;
mod faults;
mod front;
mod gate;
mod ledger;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::refusal::{Refusal, Variant};
use crate::state::Shared;
use crate::{api, care_options, idp, scheduling, slots_v5, visits};

pub use faults::{Cut, NoCors};

/// Which host a request belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Host {
    /// The API host.
    Api,
    /// The Visit host.
    Visits,
    /// The identity provider.
    Idp,
}

impl Host {
    /// The name in the control port's answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Visits => "visits",
            Self::Idp => "idp",
        }
    }

    /// The host that a path belongs to, whichever listener received the request.
    fn of(path: &str, listener: Self) -> Self {
        if path.starts_with("/oauth2/") || path.starts_with("/.well-known/") {
            Self::Idp
        } else if path.starts_with("/api/")
            || path.starts_with("/v1/visits/")
            || path.starts_with("/v/")
            || visits::reporting::is_here(path)
        {
            Self::Visits
        } else {
            listener
        }
    }
}

/// The API host with the identity provider, and with the Visit host if that has no address of its own.
pub fn api_app(acme: Shared, with_visits: bool) -> Router {
    let mut routes = api::routes()
        .merge(care_options::routes())
        .merge(slots_v5::routes())
        .merge(scheduling::routes())
        .merge(idp::routes());
    if with_visits {
        routes = routes.merge(visits::routes());
    }
    wrap(routes, acme, Host::Api)
}

/// The Visit host.
pub fn visits_app(acme: Shared) -> Router {
    wrap(visits::routes(), acme, Host::Visits)
}

fn wrap(routes: Router<Shared>, acme: Shared, listener: Host) -> Router {
    routes
        .fallback(no_route)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(acme.clone(), gate::check))
        .layer(from_fn_with_state(acme.clone(), ledger::note))
        .layer(from_fn_with_state(acme.clone(), front::dress))
        .layer(from_fn_with_state(acme.clone(), faults::inject))
        .layer(from_fn_with_state(acme.clone(), front::read_body))
        .layer(from_fn_with_state(acme.clone(), cors::answer))
        .layer(from_fn_with_state(acme.clone(), front::record))
        .layer(from_fn(move |mut request: axum::extract::Request, next: axum::middleware::Next| {
            let host = Host::of(request.uri().path(), listener);
            request.extensions_mut().insert(host);
            next.run(request)
        }))
        .with_state(acme)
}

async fn no_route() -> Refusal {
    no_such_route()
}

/// The gateway's answer to a path without a route.
fn no_such_route() -> Refusal {
    let text = "no Route matched with those values";
    Refusal { fixed: Some(Variant::E6), ..Refusal::new(StatusCode::NOT_FOUND, text) }
}

async fn wrong_method() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed")
}
