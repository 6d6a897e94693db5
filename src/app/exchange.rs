//! Performs an exchange with the API: sends each request of a `dexcare::exchange` and passes it the reply, until there is an
//! answer. Only [`super::carry_out`] uses this.

use std::cell::RefCell;

use dexcare::SearchForm;
use dexcare::exchange::{Context, Done, Exchange, Step};
use net::{Abort, Credential, Tier};

use crate::host::config::Config;
use crate::platform::clock;
use crate::platform::wire::net;

thread_local! {
    /// For each API host, the request form (GET or POST) of the search that it last answered.
    static SEARCH_FORMS: RefCell<Vec<(String, SearchForm)>> = const { RefCell::new(Vec::new()) };
}

/// The context of this configuration's exchanges. `card` is the token of the card field, for a booking.
pub fn context(config: &Config, language: String, card: Option<String>) -> Context {
    Context {
        brand: config.settings.brand.clone(),
        tenant: config.tenant.clone(),
        language,
        card,
        today: clock::today(),
        has_api_key: config.tier.api_key.is_some(),
        // `http:` is accepted only on loopback.
        is_local: config.tier.visits.as_ref().is_some_and(|visits| visits.starts_with("http:")),
        search_form: search_form(&config.tier),
    }
}

/// Sends the requests of one exchange and returns its answer. All requests of a read share one deadline; a write has a
/// deadline of its own. A single loop serves every read and write: an `async` function for each call would compile to
/// one state machine each.
pub async fn perform(
    tier: &Tier,
    patient: Option<&Credential>,
    abort: &Abort,
    mut exchange: Exchange,
) -> Done {
    let sender = net();
    let deadline = sender.deadline();
    loop {
        let reply = sender.perform(tier, &exchange.request, patient, exchange.fresh, deadline, abort).await;
        match exchange.next(reply) {
            Step::Send(next) => exchange = next,
            Step::Done(done) => {
                if let Some(form) = done.form {
                    remember(tier, form);
                }
                return done;
            }
        }
    }
}

fn search_form(tier: &Tier) -> Option<SearchForm> {
    SEARCH_FORMS.with_borrow(|forms| forms.iter().find(|(host, _)| *host == tier.api).map(|(_, form)| *form))
}

fn remember(tier: &Tier, form: SearchForm) {
    SEARCH_FORMS.with_borrow_mut(|forms| match forms.iter_mut().find(|(host, _)| *host == tier.api) {
        Some((_, known)) => *known = form,
        None => forms.push((tier.api.clone(), form)),
    });
}
