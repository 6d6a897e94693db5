//! Decides how long a read may take, and when it is retried. The functions are pure: the time and the random
//! number are arguments.

/// The time at which a read is given up, in milliseconds of [`crate::ClockReading::elapsed`]. All requests, attempts
/// and pauses of its exchange end by then.
#[derive(Clone, Copy)]
pub struct Deadline(f64);

/// How many milliseconds a read may take, with all requests of its exchange.
const PATIENCE: f64 = 18_000.0;
/// How many milliseconds an attempt may take, for head and body together.
const ATTEMPT: f64 = 8_000.0;
/// The greatest number of attempts at one request.
const ATTEMPTS: i32 = 3;
/// The longest `Retry-After` after which a read is retried, in seconds. If the server asks for more, there is no
/// retry.
const LONGEST_RETRY_AFTER: u32 = 10;
/// The longest pause before the second attempt, in milliseconds. The one before the third attempt may be twice as
/// long.
const FIRST_PAUSE: f64 = 600.0;

impl Deadline {
    /// The deadline of an exchange that begins now.
    pub fn from(now: f64) -> Self {
        Self(now + PATIENCE)
    }

    /// Milliseconds left; `None` if less than one is left.
    pub fn left(self, now: f64) -> Option<i32> {
        let left = self.0 - now;
        (left >= 1.0).then(|| whole(left))
    }
}

/// The part of an attempt's result that decides whether another attempt is made.
#[derive(Clone, Copy)]
pub enum AttemptOutcome {
    /// There was no answer, or only a part of one.
    Nothing,
    /// The HTTP status, and `Retry-After` in seconds if the server lets a page read it.
    Status(u16, Option<u32>),
    /// The body was too long. Another attempt would get the same body.
    TooLong,
}

/// How many milliseconds to wait before another attempt, if `attempts` have been made; `None` = make no further
/// attempt. `random` is from 0 to 1.
pub fn pause(attempts: i32, outcome: AttemptOutcome, random: f64) -> Option<i32> {
    let retry_after = match outcome {
        AttemptOutcome::Nothing => None,
        AttemptOutcome::Status(429 | 500 | 502 | 503 | 504, retry_after) => retry_after,
        AttemptOutcome::Status(..) | AttemptOutcome::TooLong => return None,
    };
    if attempts >= ATTEMPTS {
        return None;
    }
    Some(whole(match retry_after {
        Some(seconds) if seconds > LONGEST_RETRY_AFTER => return None,
        Some(seconds) => f64::from(seconds) * 1000.0,
        // Draw the whole pause at random ("full jitter"), so that fifty widgets on a page do not retry at the same
        // moment.
        None => random * FIRST_PAUSE * f64::from(attempts),
    }))
}

/// Counts the attempts at one request, and decides how long each may take and whether another follows.
///
/// In this example, the read begins when the page has been open for a minute, and the random number is always one
/// half:
///
/// ```
/// use net::{AttemptOutcome, Attempts, Deadline};
///
/// let mut attempts = Attempts::until(Deadline::from(60_000.0)); // ends at 78 s
/// assert_eq!(attempts.begin(60_000.0), Some(8_000));
///
/// // A busy server: the pause is random, at most 0.6 s and then at most 1.2 s.
/// assert_eq!(attempts.pause(AttemptOutcome::Status(503, None), 0.5, 60_100.0), Some(300));
/// assert_eq!(attempts.begin(60_400.0), Some(8_000));
///
/// // If the server does not answer, the pause is random. If it says how many seconds to wait, the pause is that
/// // long.
/// assert_eq!(attempts.pause(AttemptOutcome::Nothing, 0.5, 68_400.0), Some(600));
/// assert_eq!(attempts.pause(AttemptOutcome::Status(429, Some(4)), 0.5, 68_400.0), Some(4_000));
///
/// // The third attempt is the last one, and has only the time that is left.
/// assert_eq!(attempts.begin(72_400.0), Some(5_600));
/// assert_eq!(attempts.pause(AttemptOutcome::Nothing, 0.5, 78_000.0), None);
///
/// // A read that the server answers with 404 is not repeated.
/// let mut unknown = Attempts::until(Deadline::from(60_000.0));
/// assert_eq!(unknown.begin(60_000.0), Some(8_000));
/// assert_eq!(unknown.pause(AttemptOutcome::Status(404, None), 0.5, 60_100.0), None);
/// ```
pub struct Attempts {
    deadline: Deadline,
    begun: i32,
}

impl Attempts {
    /// Begins with no attempt made. `deadline` is the one of the whole exchange.
    pub fn until(deadline: Deadline) -> Self {
        Self { deadline, begun: 0 }
    }

    /// Begins an attempt. Returns the milliseconds that it may take, or `None` if the deadline has passed.
    pub fn begin(&mut self, now: f64) -> Option<i32> {
        self.begun += 1;
        Some(self.deadline.left(now)?.min(whole(ATTEMPT)))
    }

    /// How many milliseconds to wait before another attempt; `None` = this attempt was the last one.
    pub fn pause(&self, outcome: AttemptOutcome, random: f64, now: f64) -> Option<i32> {
        let pause = pause(self.begun, outcome, random)?;
        (pause < self.deadline.left(now)?).then_some(pause)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most the patience above")]
fn whole(milliseconds: f64) -> i32 {
    milliseconds.max(1.0) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page that has been open for an hour.
    const NOW: f64 = 3_600_000.0;

    #[test]
    fn only_what_may_pass_is_tried_again() {
        assert!(pause(1, AttemptOutcome::Nothing, 0.5).is_some());
        for status in [429, 500, 502, 503, 504] {
            assert!(pause(1, AttemptOutcome::Status(status, None), 0.5).is_some(), "{status}");
        }
        for status in [200, 204, 302, 400, 401, 403, 404, 408, 409, 423, 499, 501, 505] {
            assert_eq!(pause(1, AttemptOutcome::Status(status, Some(1)), 0.5), None, "{status}");
        }
        assert_eq!(pause(1, AttemptOutcome::TooLong, 0.5), None);
    }

    #[test]
    fn pauses_are_random_and_grow() {
        for (attempts, random, wanted) in [
            (1, 0.0, Some(1)),
            (1, 0.5, Some(300)),
            (1, 1.0, Some(600)),
            (2, 0.0, Some(1)),
            (2, 0.5, Some(600)),
            (2, 1.0, Some(1_200)),
            (3, 0.0, None),
        ] {
            assert_eq!(
                pause(attempts, AttemptOutcome::Nothing, random),
                wanted,
                "after {attempts} at {random}"
            );
        }
    }

    #[test]
    fn a_retry_after_of_up_to_ten_seconds_is_waited_for_if_there_is_time() {
        let mut attempts = Attempts::until(Deadline::from(NOW));
        assert_eq!(attempts.begin(NOW), Some(8_000));
        let busy = |seconds| AttemptOutcome::Status(503, Some(seconds));
        assert_eq!(attempts.pause(busy(10), 0.5, NOW), Some(10_000));
        assert_eq!(attempts.pause(busy(11), 0.5, NOW), None);
        assert_eq!(attempts.pause(busy(10), 0.5, NOW + 9_000.0), None, "it would end past the deadline");
        assert_eq!(attempts.pause(busy(0), 0.5, NOW), Some(1));
    }

    #[test]
    fn attempts_end_with_the_time() {
        let mut attempts = Attempts::until(Deadline::from(NOW));
        assert_eq!(attempts.begin(NOW), Some(8_000));
        assert_eq!(attempts.begin(NOW + 12_500.0), Some(5_500));
        assert_eq!(attempts.begin(NOW + 17_999.0), Some(1));
        assert_eq!(attempts.begin(NOW + 17_999.5), None);
        assert_eq!(attempts.begin(NOW + 18_000.0), None);
        let mut attempts = Attempts::until(Deadline::from(NOW));
        attempts.begin(NOW);
        assert_eq!(attempts.pause(AttemptOutcome::Nothing, 1.0, NOW + 17_399.0), Some(600));
        assert_eq!(
            attempts.pause(AttemptOutcome::Nothing, 1.0, NOW + 17_400.0),
            None,
            "no time for an attempt after it"
        );
    }
}
