//! Where requests are sent, and what they carry.

use dexcare::{Auth, Host, Method, Request};

use crate::Outgoing;

/// Where requests are sent and what they carry, from the element's attributes.
#[derive(Clone, PartialEq, Eq)]
pub struct Tier {
    /// Base URL of the API host.
    pub api: String,
    /// Base URL of the Visit host, if the page names one.
    pub visits: Option<String>,
    /// The page's use case, which is sent with every request.
    pub product: String,
    /// The value of the header `domain`. Sent only if it is set, since the header costs a preflight.
    pub domain: Option<String>,
    /// The value of the header `x-api-key`. Sent only if it is set, since the header costs a preflight.
    pub api_key: Option<String>,
}

/// The header that identifies a patient to the API. It is added only to requests with [`Auth::Patient`]. Only the
/// part of the wasm that books creates this header: the code that finds times sends no token.
pub struct Credential {
    /// Name of the header.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

impl Tier {
    /// The address of a request; `None` if its host is not configured.
    pub fn url(&self, request: &Request) -> Option<String> {
        let base = match request.host {
            Host::Api => &self.api,
            Host::Visit => self.visits.as_ref()?,
        };
        Some(request.url(base, &self.product))
    }

    /// The request to send, with only the headers it needs; `None` if its host is not configured.
    pub(crate) fn outgoing(&self, request: &Request, patient: Option<&Credential>) -> Option<Outgoing> {
        let mut headers = Vec::new();
        let mut add = |name: &'static str, value: &str| headers.push((name, value.to_owned()));
        if let Some(key) = &self.api_key {
            add("x-api-key", key);
        }
        if let Some(domain) = &self.domain {
            add("domain", domain);
        }
        if let (Auth::Patient, Some(credential)) = (request.auth, patient) {
            add(credential.name, &credential.value);
        }
        // A GET without `content-type` and without the headers above is a simple request: the browser sends no
        // preflight, so it takes only one round trip.
        if request.body.is_some() {
            add("content-type", "application/json");
        }
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        Some(Outgoing { url: self.url(request)?, method, headers, body: request.body.clone() })
    }
}
