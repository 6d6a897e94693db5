//! How searches and v5 answer requests without a key, as tests have set it, and the list of hand-offs to the scheduling
//! pages.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a search answers a request without a key. A wrong key is refused even by an open search.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// The search answers.
    #[default]
    Open,
    /// The search requires the key.
    Key,
    /// The gateway has no such route.
    Absent,
}

/// The access modes of both request forms of the searches, and of v5.
#[derive(Clone, Copy, Default)]
pub struct Availability {
    /// GET.
    pub get: Access,
    /// POST.
    pub post: Access,
    /// Every call whose path begins with `/v5/`.
    pub v5: Access,
}

/// The access modes that are set.
#[derive(Default)]
pub struct AvailabilityControl(Mutex<Availability>);

impl AvailabilityControl {
    /// The current access modes.
    pub fn now(&self) -> Availability {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the access modes.
    pub fn set(&self, availability: Availability) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = availability;
    }
}

/// One patient handed off to the scheduling pages.
#[derive(Serialize, Clone)]
pub struct HandOff {
    /// When, by Acme's clock.
    pub at: DateTime<Utc>,
    /// The decoded query: every value of every name.
    pub query: BTreeMap<String, Vec<String>>,
}

/// All hand-offs, oldest first.
#[derive(Default)]
pub struct HandOffs(Mutex<Vec<HandOff>>);

impl HandOffs {
    fn with<T>(&self, work: impl FnOnce(&mut Vec<HandOff>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Adds a hand-off.
    pub fn note(&self, hand_off: HandOff) {
        self.with(|all| all.push(hand_off));
    }

    /// All hand-offs, oldest first.
    pub fn all(&self) -> Vec<HandOff> {
        self.with(|all| all.clone())
    }

    /// Removes all hand-offs.
    pub fn clear(&self) {
        self.with(Vec::clear);
    }
}
