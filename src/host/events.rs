//! What happened, as the host page hears it. Without `event-details="full"` nothing here says anything about a
//! person's care: no time, no clinic, no visit.

use booking::ids::UrlName;
use booking::notice::{Failure, Notice};
use booking::outcome::Refusal;
use booking::schedule::Time;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::bridge::Bridge;
use super::config::Config;
use super::diagnosis::Diagnosis;

/// Speaks to one host page.
pub struct Voice {
    /// To whom.
    pub bridge: Bridge,
    /// Whether the fields about a person's care may be told.
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

/// A time as the contract's `slot` detail.
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

impl Voice {
    fn emit(&self, name: &str, entries: &[(&str, JsValue)], cancelable: bool) -> bool {
        self.bridge.emit(name, &object(entries), cancelable)
    }

    fn slot_if_full(&self, time: &Time) -> Vec<(&'static str, JsValue)> {
        if self.full { vec![("slot", slot(time).into())] } else { Vec::new() }
    }

    /// Dispatches what the finder reports. An errand's notices are dispatched by [`Self::tell_of_errand`], which is in the part of
    /// the wasm that books.
    pub fn tell(&self, notice: Notice) {
        match notice {
            Notice::Shown { count } => {
                self.emit("findatime-shown", &[("count", number(count))], false);
            }
            Notice::Diagnose(finding) => self.diagnose(&finding.into()),
            Notice::Submit { .. }
            | Notice::Booked(..)
            | Notice::Joined(_)
            | Notice::Cancelled
            | Notice::Conflict(_)
            | Notice::Unconfirmed
            | Notice::Failed(_) => {}
        }
    }

    /// Dispatches what an errand reports.
    pub fn tell_of_errand(&self, notice: Notice) {
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
            Notice::Joined(confirmation) => {
                let visit = [("visitId", confirmation.visit.as_str().into())];
                self.emit("findatime-booked", if self.full { &visit } else { &[] }, false)
            }
            Notice::Cancelled => self.emit("findatime-cancelled", &[], false),
            Notice::Conflict(refusal) => {
                self.emit("findatime-conflict", &[("reason", self.reason(refusal).into())], false)
            }
            Notice::Unconfirmed => self.emit("findatime-unconfirmed", &[], false),
            Notice::Failed(failure) => {
                self.emit("findatime-failed", &[("reason", failed(failure).into())], false)
            }
            Notice::Shown { .. } | Notice::Diagnose(_) => {
                self.tell(notice);
                true
            }
        };
    }

    /// That a patient is locked out or not on a panel says something about them.
    fn reason(&self, refusal: Refusal) -> &'static str {
        match refusal {
            Refusal::SlotTaken => "slot-taken",
            _ if !self.full => "refused",
            Refusal::DoubleBooked => "double-booked",
            Refusal::NotOnPanel => "not-on-panel",
            Refusal::AccountLocked => "account-locked",
            Refusal::NoLinks | Refusal::PatientNotFound => "no-links",
            // A line that takes nobody in now says nothing of the patient.
            Refusal::RegionBusy | Refusal::NobodyFree => "refused",
            _ => "unknown-conflict",
        }
    }

    /// A time was chosen; `false` when the page takes over.
    pub fn selected(&self, time: &Time) -> bool {
        self.emit("findatime-selected", &self.slot_if_full(time), true)
    }

    /// The page is given the time; whether somebody took it.
    pub fn hand_over(&self, time: &Time) -> bool {
        self.bridge.selected_by_event(&Object::new(), &slot(time))
    }

    /// About to leave for the scheduling pages: where to, unless the page objects.
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

    /// Tells the page's owner.
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
