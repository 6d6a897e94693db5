//! Fires the events that the host page listens to. Without `event-details="full"` their details say nothing about a person's
//! care: no time, no clinic, no visit. The exception is `findatime-selected` when the page itself has to book the time.

use booking::ids::{UrlName, VisitId};
use booking::notice::{Failure, Notice};
use booking::outcome::Refusal;
use booking::schedule::Time;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::bridge::Bridge;
use super::config::Config;
use super::diagnosis::Diagnosis;

/// Fires events on one element.
pub struct PageEvents {
    /// The element.
    pub bridge: Bridge,
    /// Whether details may include the fields about a person's care.
    pub full: bool,
}

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Cannot fail on a plain object.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// A time as the detail `slot` of an event (`docs/events.md`).
fn slot(time: &Time) -> Object {
    let slot = time.slot();
    let zone = time.zone.as_ref().map_or(JsValue::NULL, |zone| zone.as_str().into());
    object(&[
        ("instant", slot.at.to_rfc3339().into()),
        ("zone", zone),
        ("department", slot.place.to_text().into()),
        ("visitType", slot.visit_type.as_str().into()),
        ("npi", slot.npi.as_str().into()),
        ("duration", slot.minutes.into()),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn number(count: usize) -> JsValue {
    JsValue::from_f64(count as f64)
}

impl PageEvents {
    fn emit(&self, name: &str, entries: &[(&str, JsValue)], cancelable: bool) -> bool {
        self.bridge.emit(name, &object(entries), cancelable)
    }

    fn slot_if_full(&self, time: &Time) -> Vec<(&'static str, JsValue)> {
        if self.full { vec![("slot", slot(time).into())] } else { Vec::new() }
    }

    /// Fires the event for a notice of the finder. [`Self::fire_of_errand`], in the part of the wasm that books, fires
    /// the events for an errand's notices.
    pub fn fire(&self, notice: Notice) {
        match notice {
            Notice::Shown { count } => {
                self.emit("findatime-shown", &[("count", number(count))], false);
            }
            Notice::Diagnose(finding) => self.diagnose(&finding.into()),
            Notice::Submit { .. }
            | Notice::Booked(..)
            | Notice::Joined(_)
            | Notice::Cancelled(_)
            | Notice::Conflict(_)
            | Notice::Unconfirmed
            | Notice::Failed(_) => {}
        }
    }

    /// Fires an event about a visit; with `event-details="full"`, it has the id of the visit.
    fn emit_visit(&self, name: &str, visit: &VisitId) -> bool {
        let detail = [("visitId", visit.as_str().into())];
        self.emit(name, if self.full { &detail } else { &[] }, false)
    }

    /// Fires the event for a notice of an errand.
    pub fn fire_of_errand(&self, notice: Notice) {
        match notice {
            Notice::Submit { attempt } => {
                self.emit("findatime-submit", &[("attempt", attempt.into())], false)
            }
            Notice::Booked(confirmation, time) => {
                let mut detail = self.slot_if_full(&time);
                if self.full {
                    detail.push(("visitId", confirmation.visit.as_str().into()));
                }
                self.emit("findatime-booked", &detail, false)
            }
            Notice::Joined(confirmation) => self.emit_visit("findatime-booked", &confirmation.visit),
            Notice::Cancelled(visit) => self.emit_visit("findatime-cancelled", &visit),
            Notice::Conflict(refusal) => {
                self.emit("findatime-conflict", &[("reason", self.reason(refusal).into())], false)
            }
            Notice::Unconfirmed => self.emit("findatime-unconfirmed", &[], false),
            Notice::Failed(failure) => {
                self.emit("findatime-failed", &[("reason", failed(failure).into())], false)
            }
            Notice::Shown { .. } | Notice::Diagnose(_) => {
                self.fire(notice);
                true
            }
        };
    }

    /// The reason in `findatime-conflict`. That a patient is locked out or not on a panel says something about the patient, so
    /// such reasons need `event-details="full"`.
    fn reason(&self, refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::SlotTaken => "slot-taken",
            _ if !self.full => "refused",
            Refusal::DoubleBooked => "double-booked",
            Refusal::NotOnPanel => "not-on-panel",
            Refusal::AccountLocked => "account-locked",
            Refusal::NoLinks | Refusal::PatientNotFound => "no-links",
            // That a line is full or closed now says nothing about the patient.
            Refusal::RegionBusy | Refusal::NobodyFree => "refused",
            _ => "unknown-conflict",
        }
    }

    /// Fires `findatime-selected` for a chosen time; `false` when the page prevented it, and books the time itself.
    pub fn selected(&self, time: &Time) -> bool {
        self.emit("findatime-selected", &self.slot_if_full(time), true)
    }

    /// Passes the time to the page with `findatime-selected`; `true` when a listener called `preventDefault()` or
    /// read the slot.
    pub fn hand_over(&self, time: &Time) -> bool {
        self.bridge.selected_by_event(&Object::new(), &slot(time))
    }

    /// Fires `findatime-handoff` before the patient leaves for the scheduling pages; returns their address, or `None`
    /// if the page prevented the event or has not set `scheduling` and `brand`.
    pub fn hand_off(
        &self,
        time: &Time,
        name: Option<&UrlName>,
        context: Option<&str>,
        config: &Config,
    ) -> Option<String> {
        let (base, brand) = (config.scheduling.as_ref()?, config.settings.brand.as_ref()?);
        let url = dexcare::handoff::url(base, time.slot().at, name, brand, context);
        let detail = if self.full { vec![("url", JsValue::from_str(&url))] } else { Vec::new() };
        self.emit("findatime-handoff", &detail, true).then_some(url)
    }

    /// Reports a diagnosis to the page's owner.
    pub fn diagnose(&self, found: &Diagnosis) {
        self.bridge.diagnose(found.code, found.level.as_str(), &found.message, &found.mend);
    }
}

fn failed(failure: Failure) -> &'static str {
    match failure {
        Failure::Network => "network",
        Failure::Server => "server",
        Failure::SignedOut => "signed-out",
        Failure::Rejected | Failure::Card => "rejected",
        Failure::Contract => "contract",
    }
}
