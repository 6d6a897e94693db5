//! A search around a place, in whichever of its two request forms the host answers (API reference §2.12, §2.13; Q1–Q3).
//!
//! Without an API key, the GET form is tried first: it costs no preflight. With a key, the POST form is tried first:
//! the key costs the preflight anyway, and hosts with keys are known to answer the POST form. The form that a host has
//! answered once is tried first from then on.

use booking::api::Answer;
use booking::outcome::ApiError;
use booking::place::VisitTypeOffer;
use booking::search::{Search, SearchPage, SearchResult};

use super::{
    Closed, Context, Done, Exchange, Reply, Response, Step, Then, is_success, of_nobody, read_reply,
};
use crate::request::Call;
use crate::{FindOptions, NearbyVisitTypes, SearchForm};

/// A search for one page, from its first request to its answer.
pub(super) struct Attempt {
    /// The call, in the form that is tried now.
    call: FindOptions,
    /// Whether the visit types in `call` were read by [`NearbyVisitTypes`], because the patient chose none.
    has_read_types: bool,
    /// Whether the times must be requested even if the sender remembers an answer.
    fresh: bool,
    /// Why the first form failed, once the other one is tried.
    first: Option<(ApiError, Option<Closed>)>,
}

impl Attempt {
    /// Begins to read one page, in the form that this host is likely to answer. `fresh` = do not use an answer that
    /// the sender remembers.
    pub(super) fn begin(search: Search, page: SearchPage, fresh: bool, context: &Context) -> Exchange {
        let default = if context.has_api_key { SearchForm::Post } else { SearchForm::Get };
        let form = context.search_form.unwrap_or(default);
        let call = FindOptions { search, page, form, today: context.today };
        Box::new(Self { call, has_read_types: false, fresh, first: None }).send()
    }

    /// The next request.
    fn send(self: Box<Self>) -> Exchange {
        // The visit types offered nearby rarely change, so a remembered answer may be used.
        let (request, fresh) = if self.wants_types() {
            (self.offers().request(), false)
        } else {
            (self.call.request(), self.fresh)
        };
        let follow = move |reply, closed| self.next(reply, closed);
        Exchange { request, fresh, then: Then::Follow(Box::new(follow)) }
    }

    /// Whether the visit types offered nearby must be read first: the POST form needs at least one by name, and the
    /// patient chose none.
    fn wants_types(&self) -> bool {
        self.call.form == SearchForm::Post && self.call.page.visit_types.is_empty()
    }

    fn offers(&self) -> NearbyVisitTypes {
        NearbyVisitTypes { search: self.call.search.clone() }
    }

    /// Handles the reply to the request of [`Self::send`].
    fn next(mut self: Box<Self>, reply: Reply, closed: Option<Closed>) -> Step {
        let wanted_types = self.wants_types();
        // If the visit types could not be read, the POST form cannot be sent, but the GET form may work. After a
        // request for times that got no answer, or a status other than 2xx, 401, 403 and 404, the other form would fail
        // as well.
        let other_may_work = wanted_types
            || matches!(&reply, Ok(Response { status, .. }) if is_success(*status) || matches!(status, 401 | 403 | 404));
        let failure = if wanted_types {
            match read_reply(&self.offers(), reply) {
                Ok(offers) => return self.go_on_with(offers),
                Err(error) => error,
            }
        } else {
            match read_reply(&self.call, reply) {
                Ok(found) => return self.finish(found),
                Err(error) => error,
            }
        };
        match self.first {
            // If neither form works, report the reason of the first one, which is clearer.
            Some((error, closed)) => fail(error, closed),
            None if other_may_work => {
                self.first = Some((failure, closed));
                self.try_other_form()
            }
            None => fail(failure, closed),
        }
    }

    fn go_on_with(mut self: Box<Self>, offers: Vec<VisitTypeOffer>) -> Step {
        // The answer of the POST form does not mark video visits (Q40), so leave out the visit type with the well-known
        // name for them: they are not at a clinic.
        let names = offers.into_iter().map(|offer| offer.short_name);
        self.call.page.visit_types = names.filter(|name| name.as_str() != "Virtual").collect();
        if self.call.page.visit_types.is_empty() {
            return self.finish(SearchResult::default());
        }
        self.has_read_types = true;
        Step::Send(self.send())
    }

    fn try_other_form(mut self: Box<Self>) -> Step {
        self.call.form = match self.call.form {
            SearchForm::Get => SearchForm::Post,
            SearchForm::Post => SearchForm::Get,
        };
        // The GET form finds all visit types without their names.
        if self.has_read_types {
            self.call.page.visit_types.clear();
        }
        Step::Send(self.send())
    }

    fn finish(&self, found: SearchResult) -> Step {
        let answer = Answer::SearchResult(Ok(Box::new(found)));
        Step::Done(Done { answer, closed: None, form: Some(self.call.form) })
    }
}

fn fail(error: ApiError, closed: Option<Closed>) -> Step {
    Step::Done(Done { answer: Answer::SearchResult(Err(of_nobody(error))), closed, form: None })
}
