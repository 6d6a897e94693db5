//! A search around a place, by whichever of its two request forms the host answers (API reference §2.12, §2.13; Q1–Q3).
//!
//! Without an API key the GET form comes first: it costs no preflight. With a key it is the POST form, since the key costs
//! the preflight anyway and the POST form is the one that keyed hosts are known to answer. Once a host has answered one
//! of them, that one comes first.

use booking::api::Answer;
use booking::outcome::Trouble;
use booking::place::VisitTypeOffer;
use booking::search::{Found, Page, Search};

use super::{
    Closed, Context, Done, Exchange, Reply, Response, Step, Then, is_success, of_nobody, read_reply,
};
use crate::request::Call;
use crate::{FindOptions, OfferedNearby, SearchForm};

/// One page of a search, as far as it has come.
pub(super) struct Attempt {
    /// In the form that is tried now.
    call: FindOptions,
    /// The visit types in `call` were read by [`OfferedNearby`]: the patient chose none.
    has_read_types: bool,
    /// Whether no remembered answer will do for the times themselves.
    fresh: bool,
    /// Why the other form failed, if it was tried.
    first: Option<(Trouble, Option<Closed>)>,
}

impl Attempt {
    /// The first request for one page, in the form that this host is likely to answer. `fresh` = no remembered answer will
    /// do.
    pub(super) fn begin(search: Search, page: Page, fresh: bool, context: &Context) -> Exchange {
        let default = if context.has_api_key { SearchForm::Post } else { SearchForm::Get };
        let form = context.search_form.unwrap_or(default);
        let call = FindOptions { search, page, form, today: context.today };
        Box::new(Self { call, has_read_types: false, fresh, first: None }).send()
    }

    /// The next request.
    fn send(self: Box<Self>) -> Exchange {
        // What is offered around changes too rarely to be read afresh each time.
        let (request, fresh) = if self.wants_types() {
            (self.offers().request(), false)
        } else {
            (self.call.request(), self.fresh)
        };
        let follow = move |reply, closed| self.next(reply, closed);
        Exchange { request, fresh, then: Then::Follow(Box::new(follow)) }
    }

    /// The POST form takes at least one visit type by name. Where the patient chose none, those offered around are read
    /// first.
    fn wants_types(&self) -> bool {
        self.call.form == SearchForm::Post && self.call.page.visit_types.is_empty()
    }

    fn offers(&self) -> OfferedNearby {
        OfferedNearby { search: self.call.search.clone() }
    }

    /// What follows the reply to what [`Self::send`] sent.
    fn next(mut self: Box<Self>, reply: Reply, closed: Option<Closed>) -> Step {
        let wanted_types = self.wants_types();
        // Without the offers the POST form cannot be sent at all, whatever the reason. Times that did not come at all, or
        // that the server cannot give now, would not come in the other form either.
        let other_may_work = wanted_types
            || matches!(&reply, Ok(Response { status, .. }) if is_success(*status) || matches!(status, 401 | 403 | 404));
        let failure = if wanted_types {
            match read_reply(&self.offers(), reply) {
                Ok(offers) => return self.go_on_with(offers),
                Err(trouble) => trouble,
            }
        } else {
            match read_reply(&self.call, reply) {
                Ok(found) => return self.finish(found),
                Err(trouble) => trouble,
            }
        };
        match self.first {
            // Neither form works: the first one's reason is the plainer one.
            Some((trouble, closed)) => fail(trouble, closed),
            None if other_may_work => {
                self.first = Some((failure, closed));
                self.try_other_form()
            }
            None => fail(failure, closed),
        }
    }

    fn go_on_with(mut self: Box<Self>, offers: Vec<VisitTypeOffer>) -> Step {
        // The POST form does not say which visits are by video (Q40): those with the well-known name are no visits to a
        // clinic.
        let names = offers.into_iter().map(|offer| offer.short_name);
        self.call.page.visit_types = names.filter(|name| name.as_str() != "Virtual").collect();
        if self.call.page.visit_types.is_empty() {
            return self.finish(Found::default());
        }
        self.has_read_types = true;
        Step::Send(self.send())
    }

    fn try_other_form(mut self: Box<Self>) -> Step {
        self.call.form = match self.call.form {
            SearchForm::Get => SearchForm::Post,
            SearchForm::Post => SearchForm::Get,
        };
        // The GET form finds all visit types by itself.
        if self.has_read_types {
            self.call.page.visit_types.clear();
        }
        Step::Send(self.send())
    }

    fn finish(&self, found: Found) -> Step {
        let answer = Answer::Found(Ok(Box::new(found)));
        Step::Done(Done { answer, closed: None, form: Some(self.call.form) })
    }
}

fn fail(trouble: Trouble, closed: Option<Closed>) -> Step {
    Step::Done(Done { answer: Answer::Found(Err(of_nobody(trouble))), closed, form: None })
}
