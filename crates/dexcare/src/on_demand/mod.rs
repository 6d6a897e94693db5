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

/// Longest wait believed, in seconds: a day. More is no visit "now".
const LONGEST_WAIT: i64 = 24 * 60 * 60;

/// An estimate in whole seconds; a fraction is cut (Q25). `None` when it is negative or absurd.
fn seconds(of: &Value<'_>, key: &str) -> Option<u32> {
    let seconds = json::integer(of, key).filter(|seconds| (0..=LONGEST_WAIT).contains(seconds))?;
    u32::try_from(seconds).ok()
}

/// A server's timestamp, seconds since 1970.
fn instant(of: &Value<'_>, key: &str) -> Option<i64> {
    Some(Moment::parse(json::id(of, key)?)?.at)
}
