//! The client configuration for on-demand visits: the reasons that a patient can choose when cancelling, and how
//! long a wait must be before a client offers to wait offline (API reference §2.35).

use axum::Json;
use serde_json::{Value, json};

use crate::world::billing::VIRTUAL_CANCEL_REASONS;

/// If the estimated wait is at least this many seconds, a client may offer the patient to wait offline.
const WAIT_OFFLINE_FROM: u32 = 900;

pub async fn show() -> Json<Value> {
    let reason = |label: &str, value: &str| json!({"label": label, "value": value});
    Json(json!({
        "minimumWaitTimeForWaitOffline": WAIT_OFFLINE_FROM,
        "cancelWithReason": {"reasons": {
            "en": VIRTUAL_CANCEL_REASONS.map(|(english, _, value)| reason(english, value)),
            "es": VIRTUAL_CANCEL_REASONS.map(|(_, spanish, value)| reason(spanish, value)),
        }},
        "blisseyPostConsultUrl": "https://visit.northlake.example/survey?visit={{visitId}}&brand={{brand}}",
        "featureFlags": {"enablePatientCancellationWithReason": {"video": true, "phone": true}},
    }))
}
