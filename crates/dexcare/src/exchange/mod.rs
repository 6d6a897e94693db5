//! Decides which API calls answer what a state machine asks for: which request each `booking::api` read or write
//! sends, which of the search's two request forms to try, what a reply means, and whether the host is closed to
//! this page.
//!
//! Sans-IO. [`begin_read`] and [`begin_write`] return an [`Exchange`] with a request to send. The sender passes the
//! reply to [`Exchange::next`] and gets the next request, or the answer:
//!
//! ```
//! use booking::api::{Answer, Read};
//! use dexcare::exchange::{Context, Response, Step, begin_read};
//!
//! let exchange = begin_read(Read::CancelReasons, false, Context { brand: Some("northlake".into()), ..Context::default() });
//! assert_eq!(exchange.request.path, "/api/7/visits/retail/cancel/reasons/northlake");
//! let body = br#"[{"clientText":"Feeling better","stringCode":"patientFeelsBetter"}]"#.to_vec();
//! let Step::Done(done) = exchange.next(Ok(Response { status: 200, body })) else { unreachable!() };
//! assert!(matches!(done.answer, Answer::CancelReasons(Ok(reasons)) if reasons[0].code == "patientFeelsBetter"));
//! ```
//!
//! The sender keeps the time: all requests of one read share one deadline (18 s in the widget), so that a search that
//! tries both forms takes no longer than any other read. After the deadline, every request counts as not answered.

mod reads;
mod search;
mod writes;

pub use reads::{
    ErrandRead, OtherRead, WaysRead, begin_errand_read, begin_read, begin_times, begin_ways_read,
};
pub use writes::begin_write;

use booking::api::Answer;
use booking::outcome::ApiError;
use chrono::NaiveDate;

use crate::request::{Auth, Call, Host, Request};
use crate::{SearchForm, error};

/// A whole response of any status.
#[derive(Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The body; may be empty.
    pub body: Vec<u8>,
}

/// No whole response came: offline, connection refused or cut off, too slow, or aborted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoAnswer;

/// The result of sending a request.
pub type Reply = Result<Response, NoAnswer>;

/// The values that requests carry besides those of the read or write. The patient's token is not among them: the sender
/// adds it to the requests that [`Request::auth`] marks.
#[derive(Clone, Default)]
pub struct Context {
    /// The health system's brand: requests for cancel reasons (API reference §2.37) and for on-demand visits (§2.28)
    /// contain it.
    pub brand: Option<String>,
    /// The tenant whose list of insurers is read (§2.39, Q38).
    pub tenant: Option<String>,
    /// The page's language as a BCP 47 tag, sent with an on-demand visit (§2.28).
    pub language: String,
    /// The token of the host page's card field, for a booking paid by card.
    pub card: Option<String>,
    /// Today on the patient's calendar.
    pub today: NaiveDate,
    /// Whether every request carries an API key. Since a key always costs a preflight, the search is then tried by POST
    /// first.
    pub has_api_key: bool,
    /// Whether the Visit host is on the device itself (a loopback address), as during development.
    pub is_local: bool,
    /// The request form in which this host last answered a search; `None` = none so far.
    pub search_form: Option<SearchForm>,
}

/// A host from which this page gets no answers.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Closed {
    /// The host.
    pub host: Host,
    /// 401 or 403, its reply to a request that needs no token; 0 = no answer came.
    pub status: u16,
}

/// What to do after a reply.
pub enum Step {
    /// Send another request.
    Send(Exchange),
    /// Nothing more is sent.
    Done(Done),
}

/// The end of an exchange.
pub struct Done {
    /// The answer for the state machine.
    pub answer: Answer,
    /// Set if a read failed because its host is closed to this page. Never set after a write: without an answer, its
    /// outcome is unknown.
    pub closed: Option<Closed>,
    /// The request form (GET or POST) with which a search succeeded; `None` if it failed, and after any other
    /// call. Pass it as [`Context::search_form`] in the next search on this host.
    pub form: Option<SearchForm>,
}

/// A request to send, and what its reply means.
pub struct Exchange {
    /// The request. A write ([`Request::is_write`]) is sent once; a read may be repeated.
    pub request: Request,
    /// Whether the request must be sent even if the sender remembers an answer to an equal request.
    pub fresh: bool,
    then: Then,
}

/// Reads a reply. Each call has its own closure; they are boxed, since the code that carries a closure would be
/// compiled once for each unboxed type.
type Decode = Box<dyn FnOnce(Reply) -> Answer>;

/// Reads a reply, and decides whether another request follows. Boxed, so that the code of the search is only in
/// the part of the wasm that searches.
type Follow = Box<dyn FnOnce(Reply, Option<Closed>) -> Step>;

enum Then {
    Decode(Decode),
    Follow(Follow),
}

impl Exchange {
    /// What to do after the reply to [`Self::request`].
    pub fn next(self, reply: Reply) -> Step {
        let closed = closed(&self.request, &reply);
        match self.then {
            Then::Decode(decode) => Step::Done(Done { answer: decode(reply), closed, form: None }),
            Then::Follow(follow) => follow(reply, closed),
        }
    }
}

/// The closed host, if this reply shows that the host is closed to this page.
fn closed(request: &Request, reply: &Reply) -> Option<Closed> {
    let status = match reply {
        Err(NoAnswer) if !request.is_write() => 0,
        // A 401 or 403 to a request with a token refuses the patient, not the page.
        Ok(Response { status: status @ (401 | 403), .. }) if request.auth == Auth::Public => *status,
        _ => return None,
    };
    Some(Closed { host: request.host, status })
}

/// The body of a 2xx response, or why there is none.
fn body_of(reply: Reply) -> Result<Vec<u8>, ApiError> {
    match reply {
        Ok(response) if is_success(response.status) => Ok(response.body),
        Ok(response) => Err(error::api_error(response.status)),
        Err(NoAnswer) => Err(ApiError::Network),
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// The answer of a call, or why there is none.
fn read_reply<C: Call>(call: &C, reply: Reply) -> Result<C::Answer, ApiError> {
    body_of(reply).and_then(|body| call.read(&body).ok_or(ApiError::Unreadable))
}

/// The request of a call, and the function that reads its reply.
fn prepare<C: Call + 'static>(call: C, wrap: fn(Result<C::Answer, ApiError>) -> Answer) -> (Request, Decode) {
    let request = call.request();
    let is_public = request.auth == Auth::Public;
    let read = move |reply| {
        let answer = read_reply(&call, reply);
        wrap(if is_public { answer.map_err(of_nobody) } else { answer })
    };
    (request, Box::new(read))
}

/// Turns `SignedOut` into `Rejected`, for a request without a token: there a 401 refuses the page, and does not
/// mean that the patient is signed out.
fn of_nobody(error: ApiError) -> ApiError {
    if error == ApiError::SignedOut { ApiError::Rejected } else { error }
}

#[cfg(test)]
mod tests;
