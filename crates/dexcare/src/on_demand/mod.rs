//! Visits without an appointment, by video or phone (API reference §2.14, §2.15, §2.18, §2.28–2.35): the practice and its
//! waits, joining, waiting, leaving.

use booking::time::Moment;

use crate::json::{self, Value};

pub mod client_config;
pub mod join;
pub mod leave;
pub mod practice;
pub mod summary;
pub mod visit_wait;
pub mod wait_times;

/// The longest wait to accept, in seconds: a day. With a longer wait, the visit would not be "now".
const LONGEST_WAIT: i64 = 24 * 60 * 60;

/// An estimate in whole seconds; a fraction is dropped (Q25). `None` if it is negative or longer than a day.
fn seconds(of: &Value<'_>, key: &str) -> Option<u32> {
    let seconds = json::integer(of, key).filter(|seconds| (0..=LONGEST_WAIT).contains(seconds))?;
    u32::try_from(seconds).ok()
}

/// A server's timestamp, seconds since 1970.
fn instant(of: &Value<'_>, key: &str) -> Option<i64> {
    Some(Moment::parse(json::id(of, key)?)?.at)
}
