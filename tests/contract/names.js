// Every public name of the contract, frozen: written by hand, not read from any other file. A name may be added when the
// product gains it; no name may be removed or changed within a major version.

/** Attribute → the property that reflects it. `lang` is HTML's own. */
export const ATTRIBUTES = {
  npi: "npi", department: "department", near: "near", radius: "radius", practice: "practice", region: "region", brand: "brand",
  mode: "mode", "visit-type": "visitType", "patient-type": "patientType", specialty: "specialty", gender: "gender",
  "clinic-type": "clinicType", "provider-slots": "providerSlots", days: "days", "max-days": "maxDays", view: "view",
  "time-zone": "timeZone", api: "api", visits: "visits", scheduling: "scheduling", product: "product", tier: "tier",
  tenant: "tenant", domain: "domain", "api-key": "apiKey", assets: "assets", booking: "booking", resume: "resume",
  interpreter: "interpreter", "clinic-line": "clinicLine", "clinician-line": "clinicianLine", lang: "lang",
  "heading-level": "headingLevel", "event-details": "eventDetails", doctor: "doctor", loading: "loading",
  "backup-times": "backupTimes", people: "people", "support-reference": "supportReference",
};

/** Properties without an attribute. */
export const PROPERTIES = ["getToken", "cardToken", "questions", "strings", "state", "diagnostics"];

export const METHODS = ["signedIn", "refresh", "reset", "focus"];

export const STATES = [
  "loading", "times", "queue", "sign-in", "patient", "review", "sending", "taken", "unconfirmed", "booked", "visits", "unavailable",
];

/** Event → the fields of its detail besides `version` and `product`. */
export const EVENTS = {
  "findatime-shown": ["count", "ms"],
  "findatime-step": ["from", "to"],
  "findatime-selected": ["slot"],
  "findatime-signin": ["resume", "respondWith"],
  "findatime-submit": ["attempt"],
  "findatime-booked": ["visitId", "slot"],
  "findatime-conflict": ["reason"],
  "findatime-unconfirmed": [],
  "findatime-failed": ["reason"],
  "findatime-cancelled": ["visitId"],
  "findatime-handoff": ["url"],
  "findatime-diagnostic": ["code", "level", "message", "mend"],
};

/** Fields in the detail of every event. */
export const DETAIL = ["version", "product"];

export const CONFLICTS = ["slot-taken", "refused", "double-booked", "unknown-conflict", "not-on-panel", "account-locked", "no-links"];
export const FAILURES = ["network", "server", "signed-out", "rejected", "contract"];

/** Fields of a `slot` detail, of a question and of a diagnostic. */
export const SLOT = ["instant", "zone", "department", "visitType", "npi", "duration"];
export const QUESTION = ["question", "choices", "required"];
export const DIAGNOSTIC = ["code", "level", "message", "mend"];

export const CUSTOM_PROPERTIES = [
  "--findatime-accent", "--findatime-on-accent", "--findatime-surface", "--findatime-text", "--findatime-muted", "--findatime-border",
  "--findatime-danger", "--findatime-success", "--findatime-radius", "--findatime-space", "--findatime-font",
];

export const PARTS = [
  "container", "heading", "summary", "filters", "day", "times", "slot", "button", "button-primary", "field", "alert", "status", "help",
];

/** "" is the default slot, which holds the fallback. */
export const SLOTS = ["", "help", "guidance", "confirmation"];
