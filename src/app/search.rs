//! A search around a place, by whichever of its two doors opens (API reference §2.12, §2.13; Q1–Q3).
//!
//! Without a key the GET form is tried first: it costs no preflight. A host that does not let it through is asked by
//! POST from then on. With a key it is the other way round.

use std::cell::RefCell;

use booking::outcome::Trouble;
use booking::search::{Found, Page, Search};
use dexcare::{Call, FindOptions, OfferedNearby, SearchForm};

use super::calls::{Line, read_body};
use crate::net::{NoAnswer, Tier};
use crate::platform::clock;

thread_local! {
    /// Hosts whose other form is the one that opens.
    static TURNED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Which form to try first.
fn first_door(tier: &Tier) -> SearchForm {
    let turned = TURNED.with_borrow(|turned| turned.contains(&tier.api));
    if tier.api_key.is_some() == turned { SearchForm::Get } else { SearchForm::Post }
}

fn turn(tier: &Tier) {
    TURNED.with_borrow_mut(|turned| match turned.iter().position(|host| *host == tier.api) {
        Some(place) => drop(turned.swap_remove(place)),
        None => turned.push(tier.api.clone()),
    });
}

/// Whether the other form may still open.
fn is_shut(trouble: Shut) -> bool {
    matches!(trouble, Shut::Status(401 | 403 | 404) | Shut::Unreadable)
}

/// What kept a form from opening.
#[derive(Clone, Copy)]
enum Shut {
    Status(u16),
    Unreadable,
    NoAnswer,
}

impl Shut {
    fn trouble(self) -> Trouble {
        match self {
            Self::Status(status) => dexcare::trouble(status),
            Self::Unreadable => Trouble::Unreadable,
            Self::NoAnswer => Trouble::Network,
        }
    }
}

/// One page of what there is.
pub async fn around(line: &Line<'_>, search: Search, page: Page, fresh: bool) -> Result<Found, Trouble> {
    let tier = &line.config.tier;
    let first = first_door(tier);
    match knock(line, &search, &page, first, fresh).await {
        Err(shut) if is_shut(shut) => {
            let second = if first == SearchForm::Get { SearchForm::Post } else { SearchForm::Get };
            match knock(line, &search, &page, second, fresh).await {
                Ok(found) => {
                    turn(tier);
                    Ok(found)
                }
                // Neither opens: what the first one said is the plainer reason.
                Err(_) => Err(shut.trouble()),
            }
        }
        other => other.map_err(Shut::trouble),
    }
}

async fn knock(
    line: &Line<'_>,
    search: &Search,
    page: &Page,
    form: SearchForm,
    fresh: bool,
) -> Result<Found, Shut> {
    let mut page = page.clone();
    if form == SearchForm::Post && page.visit_types.is_empty() {
        // This form wants visit types by name; what is offered around tells them.
        let call = OfferedNearby { search: search.clone() };
        let body = line.config.tier.read(&call.request(), None, false, line.abort).await;
        let body = read_body(body).map_err(|_| Shut::Unreadable)?;
        let offers = call.read(&body).ok_or(Shut::Unreadable)?;
        // Nor does it tell what is by video (Q40): what is known to be by its name is no visit to a clinic.
        let names = offers.into_iter().map(|offer| offer.short_name);
        page.visit_types = names.filter(|name| name.as_str() != "Virtual").collect();
        if page.visit_types.is_empty() {
            return Ok(Found::default());
        }
    }
    let call = FindOptions { search: search.clone(), page, form, today: clock::today() };
    match line.config.tier.read(&call.request(), None, fresh, line.abort).await {
        Ok(response) if (200..300).contains(&response.status) => {
            call.read(&response.body).ok_or(Shut::Unreadable)
        }
        Ok(response) => Err(Shut::Status(response.status)),
        Err(NoAnswer) => Err(Shut::NoAnswer),
    }
}
