//! Sends the client crate's requests as the widget does: with the request's address and body, a token only where
//! the call needs one, and nothing else.

use booking::outcome::{ApiError, Outcome};

pub use dexcare::exchange::NoAnswer;
use dexcare::exchange::{Context, Done, Exchange, Response, Step};
use dexcare::{Auth, BookClinician, BookDepartment, Call, Host, Method, Request, Visit};

use super::people::day;
use crate::support::Town;

/// The `product` with which the page identifies itself.
pub const PRODUCT: &str = "contract-tests";

/// The context of a page that sets only a language, on Monday 2026-12-07.
pub fn context() -> Context {
    Context { language: "en-US".into(), today: day("2026-12-07"), ..Context::default() }
}

/// Which of the two booking calls a test makes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum With {
    Clinic,
    Clinician,
}

impl With {
    pub const BOTH: [Self; 2] = [Self::Clinic, Self::Clinician];

    pub fn path(self) -> &'static str {
        match self {
            Self::Clinic => "/api/6/visits/retail",
            Self::Clinician => "/api/7/visits/providerbooking",
        }
    }

    pub fn request(self, visit: &Visit) -> Request {
        match self {
            Self::Clinic => at_clinic(visit).request(),
            Self::Clinician => with_clinician(visit).request(),
        }
    }
}

fn at_clinic(visit: &Visit) -> BookDepartment {
    BookDepartment { visit: visit.clone(), card: None }
}

fn with_clinician(visit: &Visit) -> BookClinician {
    BookClinician { visit: visit.clone(), card: None }
}

/// A client with or without a patient's token.
pub struct Client<'a> {
    pub town: &'a Town,
    pub token: Option<String>,
}

/// A client with a token of this account.
pub async fn signed_in<'a>(town: &'a Town, username: &str) -> Client<'a> {
    Client { town, token: Some(town.token(username).await) }
}

/// A client without a token.
pub fn anybody(town: &Town) -> Client<'_> {
    Client { town, token: None }
}

impl Client<'_> {
    /// Sends a request once and reads the whole answer.
    pub async fn perform(&self, request: &Request) -> Result<(u16, Vec<u8>), NoAnswer> {
        let base = match request.host {
            Host::Api => self.town.api(""),
            Host::Visit => self.town.visits(""),
        };
        let url = request.url(&base, PRODUCT);
        let mut sent = match request.method {
            Method::Get => self.town.http.get(url),
            Method::Post => self.town.http.post(url),
        };
        if let Some(body) = &request.body {
            sent = sent.header("content-type", "application/json").body(body.clone());
        }
        if request.auth == Auth::Patient {
            sent = sent.bearer_auth(self.token.as_deref().expect("somebody is signed in"));
        }
        let response = sent.send().await.map_err(|_| NoAnswer)?;
        let status = response.status().as_u16();
        let body = response.bytes().await.map_err(|_| NoAnswer)?;
        Ok((status, body.to_vec()))
    }

    /// Runs an exchange to its end, as the widget does, but sends every request only once.
    pub async fn exchange(&self, mut exchange: Exchange) -> Done {
        loop {
            let reply = self.perform(&exchange.request).await;
            match exchange.next(reply.map(|(status, body)| Response { status, body })) {
                Step::Send(next) => exchange = next,
                Step::Done(done) => return done,
            }
        }
    }

    /// Makes any call except a booking; returns the answer, or why there is none.
    pub async fn ask<C: Call>(&self, call: &C) -> Result<C::Answer, ApiError> {
        match self.perform(&call.request()).await {
            Ok((200..=299, body)) => call.read(&body).ok_or(ApiError::Unreadable),
            Ok((status, _)) => Err(dexcare::api_error(status)),
            Err(NoAnswer) => Err(ApiError::Network),
        }
    }

    /// Makes a booking call; returns the outcome, if there was an answer.
    pub async fn book(&self, with: With, visit: &Visit) -> Result<Outcome, NoAnswer> {
        let (status, body) = self.perform(&with.request(visit)).await?;
        Ok(match with {
            With::Clinic => at_clinic(visit).outcome(status, &body),
            With::Clinician => with_clinician(visit).outcome(status, &body),
        })
    }
}
