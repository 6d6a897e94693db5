//! The `searchContext`s issued: opaque tokens, each for one search, valid until they expire.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::search::Search;

/// How long a token is valid, by Acme's clock.
const LIFETIME_MINUTES: i64 = 30;

/// All issued tokens with their searches.
#[derive(Default)]
pub struct Contexts {
    given: Mutex<HashMap<String, (Search, DateTime<Utc>)>>,
}

impl Contexts {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, (Search, DateTime<Utc>)>) -> T) -> T {
        work(&mut self.given.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Issues a token for a search.
    pub fn give(&self, search: Search, now: DateTime<Utc>) -> String {
        let token = Uuid::new_v4().simple().to_string();
        self.with(|given| {
            given.retain(|_, (_, expires)| *expires > now);
            given.insert(token.clone(), (search, now + Duration::minutes(LIFETIME_MINUTES)));
        });
        token
    }

    /// The search of a token that has not expired.
    pub fn find(&self, token: &str, now: DateTime<Utc>) -> Option<Search> {
        self.with(|given| {
            given.get(token).filter(|(_, expires)| *expires > now).map(|(search, _)| search.clone())
        })
    }

    /// Expires all tokens.
    pub fn expire(&self) {
        self.with(HashMap::clear);
    }
}
