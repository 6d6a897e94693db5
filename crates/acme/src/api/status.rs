//! Status page and name suffixes (API reference §2.42, §2.23).

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Datelike, Days, Duration, NaiveTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::state::Shared;

/// UTC hour at which the maintenance begins every Sunday.
const MAINTENANCE_HOUR: u32 = 9;

/// Hours that the maintenance takes.
const MAINTENANCE_HOURS: i64 = 2;

/// The status page: no incident, and the current or next Sunday's maintenance.
pub async fn page(State(acme): State<Shared>) -> Json<Value> {
    let now = acme.now();
    let days_left = 6 - now.weekday().num_days_from_monday();
    let sunday = now.date_naive().checked_add_days(Days::new(days_left.into())).unwrap_or(now.date_naive());
    let hour = NaiveTime::from_hms_opt(MAINTENANCE_HOUR, 0, 0).unwrap_or_default();
    let mut begins = sunday.and_time(hour).and_utc();
    if now >= begins + Duration::hours(MAINTENANCE_HOURS) {
        begins += Duration::weeks(1);
    }
    let is_under_way = now >= begins;
    let (indicator, description, status) = if is_under_way {
        ("maintenance", "Service Under Maintenance", "in_progress")
    } else {
        ("none", "All Systems Operational", "scheduled")
    };
    Json(json!({
        "name": "Northlake Health",
        "indicator": indicator,
        "description": description,
        "updated_at": stamp(now),
        "incidents": [],
        "scheduled_maintenances": [{
            "name": "Weekly maintenance",
            "body": "Visits that are under way go on.",
            "status": status,
            "impact": "maintenance",
            "updated_at": stamp(begins - Duration::weeks(1)),
            "scheduled_for": stamp(begins),
            "scheduled_until": stamp(begins + Duration::hours(MAINTENANCE_HOURS)),
            "components": [{
                "name": "Caregiver portal",
                "status": if is_under_way { "under_maintenance" } else { "operational" },
                "type": "caregiver_portal",
            }],
        }],
    }))
}

/// A timestamp with exactly three fraction digits (§4, Q21).
fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The choices for `name.suffix`.
pub async fn suffixes() -> Json<[&'static str; 6]> {
    Json(["Jr.", "Sr.", "II", "III", "IV", "Dr"])
}
