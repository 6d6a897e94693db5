//! A request before it is sent, and how its URL is written. This module knows no transport, no header and no
//! token.

/// HTTP method. Bookings, cancels, patient writes and the searches with a body are `POST`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum Method {
    /// A read; safe to repeat.
    Get,
    /// A request with a JSON body, or (one cancel) without a body. With the patient's token it is a write, never sent
    /// again after an unknown outcome. Without a token it is a search, and safe to repeat.
    Post,
}

/// Which of a health system's two base URLs serves the call (API reference §1.1).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum Host {
    /// Directory, timeslots, searches, patient, client configuration.
    Api,
    /// All paths that begin with `/api/` or `/v1/visits/`.
    Visit,
}

/// What authorizes the call (API reference §1.5).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum Auth {
    /// Nothing; a token must not be sent.
    Public,
    /// `Authorization: Bearer` with the patient's token.
    Patient,
}

/// One request, complete except for the base URL, the `product` and the token.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Which base URL the request is sent to.
    pub host: Host,
    /// Whether the token is sent.
    pub auth: Auth,
    /// Percent-encoded, starts with `/`.
    pub path: String,
    /// Names and values, in the order in which they are written; values are not yet percent-encoded.
    pub query: Vec<(&'static str, String)>,
    /// JSON, for a `POST` that has one.
    pub body: Option<String>,
}

impl Request {
    /// Whether the request is a write, which is sent once: a POST with the patient's token. Any other request is a
    /// read, which may be repeated; a public POST is a search.
    pub fn is_write(&self) -> bool {
        self.method == Method::Post && self.auth == Auth::Patient
    }

    /// A read that needs no token, on the API host.
    pub(crate) fn public(path: String, query: Vec<(&'static str, String)>) -> Self {
        Self { method: Method::Get, host: Host::Api, auth: Auth::Public, path, query, body: None }
    }

    /// A read that needs no token, on the Visit host.
    pub(crate) fn public_visit(path: String, query: Vec<(&'static str, String)>) -> Self {
        Self { host: Host::Visit, ..Self::public(path, query) }
    }

    /// A search with a body: a `POST` that changes nothing.
    pub(crate) fn search(path: &str, body: String) -> Self {
        Self { method: Method::Post, body: Some(body), ..Self::public(path.into(), Vec::new()) }
    }

    /// A read with the patient's token, on the Visit host.
    pub(crate) fn own(path: String, query: Vec<(&'static str, String)>) -> Self {
        Self { auth: Auth::Patient, ..Self::public_visit(path, query) }
    }

    /// A write with the patient's token.
    pub(crate) fn post(host: Host, path: String, body: String) -> Self {
        Self { method: Method::Post, host, auth: Auth::Patient, path, query: Vec::new(), body: Some(body) }
    }

    /// The address: `base` (a trailing `/` is removed), path, query, and last the `product`, which every call carries
    /// (API reference §1.3).
    ///
    /// ```
    /// use dexcare::{Call, Departments};
    ///
    /// let request = Departments { brand: "north & lake".into() }.request();
    /// assert_eq!(
    ///     request.url("https://gateway.example/care/", "findadoctor"),
    ///     "https://gateway.example/care/v4/departments?brand=north%20%26%20lake&clinicType=Retail\
    ///      &product=findadoctor"
    /// );
    /// ```
    pub fn url(&self, base: &str, product: &str) -> String {
        let mut url = String::from(base.trim_end_matches('/'));
        url.push_str(&self.path);
        let mut mark = '?';
        for (name, value) in &self.query {
            push_pair(&mut url, mark, name, value);
            mark = '&';
        }
        push_pair(&mut url, mark, "product", product);
        url
    }
}

/// An endpoint: builds a request, and reads the answer.
///
/// For example, the call that asks how far ahead flu shots can be booked:
///
/// ```
/// use booking::ids::{EhrSystem, VisitType};
/// use dexcare::{Auth, Call, MaxLookahead, Method};
///
/// let ehr = EhrSystem::new("org.northlake.epic.main");
/// let call = MaxLookahead { visit_type: VisitType::new("Flu Shot"), ehr };
/// let request = call.request();
/// assert!(request.method == Method::Get && request.auth == Auth::Public);
/// assert_eq!(
///     request.url("https://api.example", "findadoctor"),
///     "https://api.example/v2/lookups/maxLookaheadDays?visitTypeName=Flu%20Shot\
///      &epicInstanceName=org.northlake.epic.main&product=findadoctor"
/// );
/// assert_eq!(request.body, None);
///
/// assert_eq!(call.read(br#"{"maxLookaheadDays": 90}"#), Some(90));
/// assert_eq!(call.read(br#"{"maxLookaheadDays": "90"}"#), Some(90)); // some systems send text
/// assert_eq!(call.read(br#"{"maxLookaheadDays": -1}"#), None);
/// assert_eq!(call.read(b"<html>Service Unavailable</html>"), None);
/// ```
pub trait Call {
    /// What the answer contains.
    type Answer;

    /// The request, complete except for base URL, product and token.
    fn request(&self) -> Request;

    /// Reads the body of a 2xx; `None` when it cannot be read.
    fn read(&self, body: &[u8]) -> Option<Self::Answer>;
}

/// A path from `head`, one percent-encoded segment, and `tail`.
pub(crate) fn path(head: &str, segment: &str, tail: &str) -> String {
    let mut path = String::from(head);
    push_encoded(&mut path, segment);
    path.push_str(tail);
    path
}

/// Appends `?name=value` or `&name=value`. Names are constants of this crate and need no encoding.
pub(crate) fn push_pair(url: &mut String, mark: char, name: &str, value: &str) {
    url.push(mark);
    url.push_str(name);
    url.push('=');
    push_encoded(url, value);
}

/// Percent-encodes all characters except RFC 3986's unreserved ones, in segments and values alike: a `+` would be read
/// as a space, and a bare `|` is not allowed.
fn push_encoded(url: &mut String, text: &str) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push('%');
            url.push(HEX[usize::from(byte >> 4)]);
            url.push(HEX[usize::from(byte & 15)]);
        }
    }
}

/// A call as one text, to compare byte for byte: method, host, auth class, address, and the body on a line of its own.
#[cfg(test)]
pub(crate) fn wire(call: &impl Call) -> String {
    let request = call.request();
    let method = if request.method == Method::Get { "GET" } else { "POST" };
    let host = if request.host == Host::Api { "https://api.example" } else { "https://visit.example" };
    let auth = if request.auth == Auth::Patient { "with a token" } else { "public" };
    let body = request.body.as_ref().map(|body| format!("\n{body}")).unwrap_or_default();
    format!("{method} {} ({auth}){body}", request.url(host, "findadoctor"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_product_comes_last_and_a_slash_after_the_base_is_trimmed() {
        let bare = Request::public("/v1/x".into(), Vec::new());
        assert_eq!(bare.url("https://api.example/", "flushot"), "https://api.example/v1/x?product=flushot");
        let full =
            Request::public("/v1/x".into(), vec![("brand", "north lake".into()), ("byId", "true".into())]);
        assert_eq!(
            full.url("https://gateway.example/care//", "a&b=c"),
            "https://gateway.example/care/v1/x?brand=north%20lake&byId=true&product=a%26b%3Dc"
        );
    }

    #[test]
    fn only_unreserved_characters_stay_as_they_are() {
        let ascii: String = (0..128).map(char::from).collect();
        let kept: String =
            ascii.chars().filter(|&c| path("", &String::from(c), "") == String::from(c)).collect();
        assert_eq!(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
        assert_eq!(path("/a/", "1+1 a|b 50% é/..?#", "/z"), "/a/1%2B1%20a%7Cb%2050%25%20%C3%A9%2F..%3F%23/z");
        assert_eq!(path("", "🩺\0", ""), "%F0%9F%A9%BA%00");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_value_survives_the_encoding(text in any::<String>()) {
            let encoded = path("", &text, "");
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            let mut parts = encoded.split('%');
            let mut decoded = parts.next().unwrap().as_bytes().to_vec();
            for part in parts {
                decoded.push(u8::from_str_radix(&part[..2], 16).unwrap());
                decoded.extend_from_slice(&part.as_bytes()[2..]);
            }
            prop_assert_eq!(decoded, text.into_bytes());
        }
    }
}
