//! Attributes that take a number or a word of a list. Written by `cargo xtask describe` from `embed/attributes.json`.

use crate::settings::{Choice, Number};

/// The attribute `radius`.
pub const RADIUS: Number = Number { name: "radius", least: 1, most: 100, default: 30 };

/// The attribute `mode`.
pub const MODE: Choice =
    Choice { name: "mode", values: &["scheduled", "on-demand", "both"], listed: "scheduled, on-demand or both" };

/// The attribute `patient-type`.
pub const PATIENT_TYPE: Choice =
    Choice { name: "patient-type", values: &["new", "established"], listed: "new or established" };

/// The attribute `provider-slots`.
pub const PROVIDER_SLOTS: Choice =
    Choice { name: "provider-slots", values: &["v4", "v5"], listed: "v4 or v5" };

/// The attribute `days`.
pub const DAYS: Number = Number { name: "days", least: 1, most: 60, default: 10 };

/// The attribute `max-days`.
pub const MAX_DAYS: Number = Number { name: "max-days", least: 1, most: 400, default: 90 };

/// The attribute `view`.
pub const VIEW: Choice =
    Choice { name: "view", values: &["list", "strip", "month"], listed: "list, strip or month" };

/// The attribute `tier`.
pub const TIER: Choice =
    Choice { name: "tier", values: &["prd", "uat"], listed: "prd or uat" };

/// The attribute `booking`.
pub const BOOKING: Choice =
    Choice { name: "booking", values: &["inline", "link", "event"], listed: "inline, link or event" };

/// The attribute `backup-times`.
pub const BACKUP_TIMES: Number = Number { name: "backup-times", least: 0, most: 3, default: 0 };

/// The attribute `people`.
pub const PEOPLE: Number = Number { name: "people", least: 1, most: 6, default: 1 };

/// The attribute `loading`.
pub const LOADING: Choice =
    Choice { name: "loading", values: &["eager", "lazy"], listed: "eager or lazy" };

/// The attribute `heading-level`.
pub const HEADING_LEVEL: Number = Number { name: "heading-level", least: 2, most: 6, default: 2 };

/// The attribute `event-details`.
pub const EVENT_DETAILS: Choice =
    Choice { name: "event-details", values: &["full"], listed: "full" };
