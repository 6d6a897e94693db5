//! How long a read may take and when it is repeated. Pure: the clock and the dice are arguments.

/// When an exchange of reads is given up, all its requests, attempts and pauses together. In milliseconds since 1970.
#[derive(Clone, Copy)]
pub struct Deadline(f64);

/// Milliseconds after which an exchange of reads is given up.
const PATIENCE: f64 = 18_000.0;
/// Milliseconds an attempt may take, head and body.
const ATTEMPT: f64 = 8_000.0;
/// Attempts of one request.
const ATTEMPTS: i32 = 3;
/// Longest `Retry-After` that is waited for, in seconds.
const LONGEST_RETRY_AFTER: u32 = 10;

impl Deadline {
    /// For an exchange that begins now.
    pub fn from(now: f64) -> Self {
        Self(now + PATIENCE)
    }

    /// Milliseconds left; `None` when there are none.
    pub fn left(self, now: f64) -> Option<i32> {
        let left = self.0 - now;
        (left >= 1.0).then(|| whole(left))
    }
}

/// The attempts at one request.
pub struct Attempts {
    deadline: Deadline,
    begun: i32,
}

impl Attempts {
    /// None has begun yet.
    pub fn until(deadline: Deadline) -> Self {
        Self { deadline, begun: 0 }
    }

    /// Begins one: the milliseconds it may take, or `None` when no time is left.
    pub fn begin(&mut self, now: f64) -> Option<i32> {
        self.begun += 1;
        Some(self.deadline.left(now)?.min(whole(ATTEMPT)))
    }

    /// Milliseconds to wait before another attempt; `None` = this reply is the last one. `status` = that of the reply, 0
    /// when none came. `retry_after` in seconds, where the server lets a page read it. `random` from 0 to 1.
    pub fn pause(&self, status: u16, retry_after: Option<u32>, random: f64, now: f64) -> Option<i32> {
        if !matches!(status, 0 | 429 | 500 | 502 | 503 | 504) || self.begun >= ATTEMPTS {
            return None;
        }
        let pause = match retry_after {
            Some(seconds) if seconds > LONGEST_RETRY_AFTER => return None,
            Some(seconds) => f64::from(seconds) * 1000.0,
            // Full jitter, so that fifty widgets on a page do not come back as one.
            None => random * f64::min(4000.0, 300.0 * f64::from(1 << self.begun)),
        };
        let pause = whole(pause);
        (pause < self.deadline.left(now)?).then_some(pause)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most the patience above")]
fn whole(milliseconds: f64) -> i32 {
    milliseconds.max(1.0) as i32
}

#[cfg(test)]
#[path = "retry_tests.rs"]
mod tests;
