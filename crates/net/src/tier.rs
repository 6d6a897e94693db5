//! Where requests go, and what goes along.

use dexcare::{Auth, Host, Method, Request};

use crate::Outgoing;

/// Where requests go and what goes along, from the element's attributes.
#[derive(Clone, PartialEq, Eq)]
pub struct Tier {
    /// Base URL of the API host.
    pub api: String,
    /// Base URL of the Visit host, when the page names one.
    pub visits: Option<String>,
    /// The page's use case, on every request.
    pub product: String,
    /// Sent as a header only when set: it costs a preflight.
    pub domain: Option<String>,
    /// Likewise.
    pub api_key: Option<String>,
}

/// The header by which a patient is known to the API. It goes with the requests that are marked for it and with no
/// others. Made where a token can be had: what only finds times holds no such header.
pub struct Credential {
    /// Name of the header.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

impl Tier {
    /// The address of a request; `None` when its host is not configured.
    pub fn url(&self, request: &Request) -> Option<String> {
        let base = match request.host {
            Host::Api => &self.api,
            Host::Visit => self.visits.as_ref()?,
        };
        Some(request.url(base, &self.product))
    }

    /// The request as it is sent, with the headers it needs and no others; `None` when its host is not configured.
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
        // A GET without `content-type` stays a simple request: no preflight, one round trip.
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
