//! What a state machine asks for, and the calls that answer it: which call a `booking::api` read or write sends, which of the
//! two request forms of the search to try, what a reply means, and whether the host is closed to this page.
//!
//! Sans-IO. [`begin_read`] and [`begin_write`] give an [`Exchange`]: a request to send. Whoever sends it passes the reply
//! to [`Exchange::next`] and gets the next request, or the answer:
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
//! Time is the sender's: an exchange of reads as a whole has one deadline (18 s in the widget), so that a search that
//! tries both forms takes no longer than any other read. Past it every request counts as not answered.

mod reads;
mod search;
mod writes;

pub use reads::{OfPatient, OfWays, Other, begin_of_errand, begin_of_ways, begin_read, begin_times};
pub use writes::begin_write;

use booking::api::Answer;
use booking::outcome::Trouble;
use chrono::NaiveDate;

use crate::request::{Auth, Call, Host, Request};
use crate::{SearchForm, error};

/// A whole response of any status.
#[derive(Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The body; empty when there is none.
    pub body: Vec<u8>,
}

/// No whole response came: offline, refused, cut off, too slow, aborted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoAnswer;

/// What came of a request.
pub type Reply = Result<Response, NoAnswer>;

/// What requests carry besides what is asked for. The token is no part of it: the sender adds it to what
/// [`Request::auth`] marks.
#[derive(Clone, Default)]
pub struct Context {
    /// The health system's brand: cancel reasons (API reference §2.37) and on-demand visits (§2.28) name it.
    pub brand: Option<String>,
    /// Whose insurers are listed (§2.39, Q38).
    pub tenant: Option<String>,
    /// The page's language, BCP 47 (§2.28).
    pub language: String,
    /// The token of the host page's card field, for a booking paid by card.
    pub card: Option<String>,
    /// The date on the patient's calendar.
    pub today: NaiveDate,
    /// Whether every request carries an API key. A key costs a preflight in any case, so the search is then sent by POST.
    pub has_api_key: bool,
    /// Whether the Visit host is on the page's own machine.
    pub is_local: bool,
    /// The form of the search that this host answered last; `None` = none has been tried.
    pub search_form: Option<SearchForm>,
}

/// A host that lets no answer through to this page.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Closed {
    /// Which.
    pub host: Host,
    /// 401 or 403, with which it refused a request that needs no token; 0 = no answer came.
    pub status: u16,
}

/// What follows a reply.
pub enum Step {
    /// Another request is to be sent.
    Send(Exchange),
    /// Nothing more is sent.
    Done(Done),
}

/// How an exchange ended.
pub struct Done {
    /// What the state machine reads.
    pub answer: Answer,
    /// Set when a read failed because its host is closed to this page. Never after a write: its outcome is unknown then.
    pub closed: Option<Closed>,
    /// The form in which the host answered a search: the next [`Context::search_form`] for this host.
    pub form: Option<SearchForm>,
}

/// A request that is to be sent, and what its reply means.
pub struct Exchange {
    /// To be sent once, if it is a write ([`Request::is_write`]); a read may be repeated.
    pub request: Request,
    /// Whether a remembered answer to an equal request will not do.
    pub fresh: bool,
    then: Then,
}

/// Reads a reply. One boxed closure a call: a type of its own for each would cost a copy of whatever carries it.
type Decode = Box<dyn FnOnce(Reply) -> Answer>;

/// Reads a reply that another request may follow. Boxed, so that what searches is only in the part of the wasm that does.
type Follow = Box<dyn FnOnce(Reply, Option<Closed>) -> Step>;

enum Then {
    Decode(Decode),
    Follow(Follow),
}

impl Exchange {
    /// What follows the reply to [`Self::request`].
    pub fn next(self, reply: Reply) -> Step {
        let closed = closed(&self.request, &reply);
        match self.then {
            Then::Decode(decode) => Step::Done(Done { answer: decode(reply), closed, form: None }),
            Then::Follow(follow) => follow(reply, closed),
        }
    }
}

/// Whether this reply shows that the host is closed to this page.
fn closed(request: &Request, reply: &Reply) -> Option<Closed> {
    let status = match reply {
        Err(NoAnswer) if !request.is_write() => 0,
        // With a token it would be the patient who is refused.
        Ok(Response { status: status @ (401 | 403), .. }) if request.auth == Auth::Public => *status,
        _ => return None,
    };
    Some(Closed { host: request.host, status })
}

/// The body of a 2xx, or why there is none.
fn body_of(reply: Reply) -> Result<Vec<u8>, Trouble> {
    match reply {
        Ok(response) if is_success(response.status) => Ok(response.body),
        Ok(response) => Err(error::trouble(response.status)),
        Err(NoAnswer) => Err(Trouble::Network),
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// The answer of a call, or why there is none.
fn read_reply<C: Call>(call: &C, reply: Reply) -> Result<C::Answer, Trouble> {
    body_of(reply).and_then(|body| call.read(&body).ok_or(Trouble::Unreadable))
}

/// A call's request, and how its reply is read.
fn prepare<C: Call + 'static>(call: C, wrap: fn(Result<C::Answer, Trouble>) -> Answer) -> (Request, Decode) {
    let request = call.request();
    let is_public = request.auth == Auth::Public;
    let read = move |reply| {
        let answer = read_reply(&call, reply);
        wrap(if is_public { answer.map_err(of_nobody) } else { answer })
    };
    (request, Box::new(read))
}

/// A 401 to a request that carried no token refuses the page, and says nothing of the patient.
fn of_nobody(trouble: Trouble) -> Trouble {
    if trouble == Trouble::SignedOut { Trouble::Rejected } else { trouble }
}

#[cfg(test)]
mod tests;
