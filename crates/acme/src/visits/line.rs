//! An on-demand visit in the line: its brand, its pool, its video sessions, and its estimated wait.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::regions::{Answer, ask};
use crate::request::json_body;
use crate::state::Acme;
use crate::store::virtual_visits::VirtualVisit;
use crate::world::pools::{self, State as PoolState};
use crate::world::practices::{self, Practice};

/// Seconds by which the estimate falls in each second: the line moves a little slower than the clock.
const PACE: f64 = 0.95;

/// Estimated wait in seconds up to which the patient is next.
const NEXT_SECONDS: f64 = 60.0;

/// Estimated wait in seconds above which the estimate has no range.
const LONG_SECONDS: f64 = 1800.0;

/// The brand under which a visit was made.
pub(super) fn brand_of(visit: &VirtualVisit) -> String {
    let named = json_body(visit.body.as_bytes())
        .ok()
        .and_then(|body| body.get("visitDetails")?.get("brand")?.as_str().map(str::to_owned));
    named.unwrap_or_else(|| {
        practices::practice(&visit.practice).map(|practice| practice.brand).unwrap_or_default().to_owned()
    })
}

/// The ids of a visit's video sessions.
pub(super) fn sessions(visit_id: &str) -> Value {
    let plain = visit_id.replace('-', "");
    json!({
        "waitingRoomSession": {"sessionId": format!("1_{plain}")},
        "videoConferenceSession": {"sessionId": format!("2_{plain}")},
    })
}

/// The state and wait of the pool that would see the patient.
pub fn pool_of(
    acme: &Acme,
    practice: &'static Practice,
    region: &str,
    modality: &str,
    qualifiers: &[String],
) -> Answer {
    let is_asked = |name: &str| qualifiers.iter().any(|qualifier| qualifier == name);
    let group = if is_asked("pediatric") { "pediatric" } else { "adult" };
    let mut pools = pools::of_region(practice, region);
    pools.retain(|pool| pool.modality == modality);
    let wanted = pools.iter().position(|pool| pool.specialty.is_some_and(is_asked)).or_else(|| {
        pools.iter().position(|pool| {
            pool.specialty.is_none() && pool.qualifier.is_none_or(|qualifier| qualifier == group)
        })
    });
    match wanted {
        Some(place) => ask(acme, practice, &pools[place]),
        None => Answer { state: PoolState::Unknown, wait: 0, busy_message: String::new() },
    }
}

/// The estimated wait in seconds, rounded to a tenth; 0 if the patient no longer waits.
pub(super) fn estimate(visit: &VirtualVisit, now: DateTime<Utc>) -> f64 {
    if !visit.is_waiting() {
        return 0.0;
    }
    // If the clock was set back, do not count the negative time.
    let gone = now.signed_duration_since(visit.wait_from).as_seconds_f64().max(0.0);
    ((visit.wait_seconds - gone * PACE).max(0.0) * 10.0).round() / 10.0
}

/// An estimate as a text, as a key for a client's own texts, and as a range in seconds, if it has one.
pub(super) fn words(seconds: f64) -> (String, &'static str, Option<(u64, u64)>) {
    if seconds <= NEXT_SECONDS {
        ("You're next! A clinician will meet you here in a few minutes".to_owned(), "youre_next", None)
    } else if seconds > LONG_SECONDS {
        ("It may take more than 30 minutes until a clinician is with you".to_owned(), "9999", None)
    } else {
        let from = ((seconds / 300.0).ceil().max(1.0) - 1.0) * 5.0;
        let text = format!("A clinician should be with you in {from:.0} to {:.0} minutes", from + 5.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "minutes, between 0 and 30"
        )]
        let from = from as u64 * 60;
        (text, "template", Some((from, from + 300)))
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn an_estimate_is_said_in_steps_of_five_minutes() {
        assert_eq!(words(60.0).1, "youre_next");
        assert_eq!(words(61.0).2, Some((0, 300)));
        assert_eq!(words(300.0).2, Some((0, 300)));
        assert_eq!(words(300.1).2, Some((300, 600)));
        assert_eq!(words(1800.0).2, Some((1500, 1800)));
        assert_eq!(words(1800.1), (words(9000.0).0, "9999", None));
    }
}
