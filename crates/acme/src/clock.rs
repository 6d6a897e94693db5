//! Acme's only clock: it runs at real speed from a chosen start, and the control port can set or freeze it.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use chrono::{DateTime, Duration, Utc};

/// A clock that starts at a chosen time and runs at real speed until it is frozen.
pub struct Clock {
    state: Mutex<State>,
    /// The chosen start; `None`: the machine's time at the start and at each reset.
    started: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy)]
struct State {
    reading: DateTime<Utc>,
    /// The machine's instant at which the clock read `reading`; `None` while frozen.
    since: Option<Instant>,
}

impl State {
    fn now(self) -> DateTime<Utc> {
        let gone = self.since.map(|since| since.elapsed()).unwrap_or_default();
        Duration::from_std(gone)
            .ok()
            .and_then(|gone| self.reading.checked_add_signed(gone))
            .unwrap_or(self.reading)
    }
}

impl Clock {
    /// A running clock that starts at `now`, or at the machine's time.
    pub fn new(now: Option<DateTime<Utc>>) -> Self {
        Self { state: Mutex::new(running(now)), started: now }
    }

    /// The current time.
    pub fn now(&self) -> DateTime<Utc> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).now()
    }

    /// Whether the clock is frozen.
    pub fn is_frozen(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).since.is_none()
    }

    /// Sets, freezes or advances the clock; `None` changes nothing. Returns `false` if the result is no valid date.
    pub fn set(&self, now: Option<DateTime<Utc>>, frozen: Option<bool>, advance: Option<Duration>) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let reading = now.unwrap_or_else(|| state.now());
        let Some(reading) = reading.checked_add_signed(advance.unwrap_or_default()) else { return false };
        let frozen = frozen.unwrap_or(state.since.is_none());
        *state = State { reading, since: (!frozen).then(Instant::now) };
        true
    }

    /// Restarts the clock the way it was first started.
    pub fn reset(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = running(self.started);
    }
}

fn running(now: Option<DateTime<Utc>>) -> State {
    State { reading: now.unwrap_or_else(Utc::now), since: Some(Instant::now()) }
}
