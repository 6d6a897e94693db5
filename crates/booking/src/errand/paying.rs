//! Paying: the list of insurers, the check of a coupon, and the host page's card field (API reference §2.39, §2.40,
//! §3.9).

use super::Machine;
use super::command::Command;
use super::purpose::Purpose;
use super::state::{CouponCheck, Errand, SendingPhase, Stage};
use crate::api::{CouponError, Read};
use crate::notice::{Failure, Notice};
use crate::on_demand::Practice;
use crate::outcome::ApiError;
use crate::payment::{Coupon, Issuer, Method, Payment};
use crate::settings::Settings;

/// How many seconds the errand waits for the host page's card field to answer.
const CARD_PATIENCE: u32 = 120;

/// The payment methods for an errand, the simplest first (§3.9). At a clinic: on arrival, as in the Android sample
/// client, or by insurance. On demand: what the practice accepts; a card only if the host page has a card field.
pub fn methods(practice: Option<&Practice>, settings: &Settings, errand: &Errand) -> Vec<Method> {
    let Errand::OnDemand(_) = errand else {
        return vec![Method::OnArrival, Method::OwnInsurance, Method::OtherInsurance];
    };
    let mut methods = Vec::new();
    if let Some(practice) = practice {
        if practice.takes_insurance {
            methods.extend([Method::OwnInsurance, Method::OtherInsurance]);
        }
        if practice.takes_cards && settings.takes_cards {
            methods.push(Method::Card);
        }
        if practice.takes_coupons {
            methods.push(Method::Coupon);
        }
        // If the page has no card field, the health system bills patients who pay themselves.
        if practice.takes_cards && !settings.takes_cards {
            methods.push(Method::BilledLater);
        }
    }
    methods
}

impl Machine<'_> {
    pub(super) fn need_issuers(&mut self) {
        if !matches!(self.state.issuers, Some(Ok(_)))
            && !self.awaits(|purpose| matches!(purpose, Purpose::Issuers))
        {
            // After an error, a remembered answer would be the one that nobody could read.
            let is_again = self.state.issuers.take().is_some();
            self.read(Purpose::Issuers, Read::Issuers, is_again);
        }
    }

    /// Reads the list of insurers of another tenant, if the list of the former one was needed. An insurer from that list
    /// is none of the new tenant's, so the form is shown again for the next time.
    pub(super) fn tenant_changed(&mut self) {
        let is_reading = self.awaits(|purpose| matches!(purpose, Purpose::Issuers));
        self.cancel(|purpose| matches!(purpose, Purpose::Issuers));
        if self.state.issuers.take().is_some() || is_reading {
            self.read(Purpose::Issuers, Read::Issuers, false);
        }
        let person = &mut self.state.person;
        let payment = person.details.as_ref().map(|details| &details.payment);
        person.is_changing |= matches!(payment, Some(Payment::Insurance(_)));
    }

    pub(super) fn issuers(&mut self, answer: Result<Vec<Issuer>, ApiError>) {
        self.state.issuers = Some(answer);
    }

    /// Checks a coupon, unless this code is already being checked or is known to be good. A failed check is repeated.
    pub(super) fn check_coupon(&mut self, code: String) {
        // Once the patient has left the form, keep the last result: a review whose coupon is unchecked could not be
        // submitted.
        if !matches!(self.state.stage, Stage::Patient(_)) {
            return;
        }
        // A patient who waits to go to the review waits for the check of the coupon in their details. If the code is
        // now another one, or empty, they no longer wait.
        self.state.given = self.state.given && self.is_paid_by(&code);
        if code.is_empty() {
            return;
        }
        if let Some((known, check)) = &self.state.person.coupon
            && *known == code
            && matches!(check, CouponCheck::Checking | CouponCheck::Active(_))
        {
            return;
        }
        self.cancel(|purpose| matches!(purpose, Purpose::Coupon(_)));
        self.state.person.coupon = Some((code.clone(), CouponCheck::Checking));
        self.read(Purpose::Coupon(code.clone()), Read::Coupon(code), true);
    }

    pub(super) fn coupon(&mut self, code: String, answer: Result<Coupon, CouponError>) {
        let check = match answer {
            Ok(Coupon::Active(cents)) => CouponCheck::Active(cents),
            Ok(Coupon::Inactive) => CouponCheck::Inactive,
            Err(error) => CouponCheck::Failed(error),
        };
        self.state.person.coupon = Some((code, check));
        // If the patient has completed the form and was waiting only for this check, go on to the review.
        if std::mem::take(&mut self.state.given)
            && let Stage::Patient(errand) = &self.state.stage
            && self.is_coupon_good()
        {
            let errand = errand.clone();
            self.review(errand, None);
        }
    }

    /// Whether the details name this coupon as the payment.
    fn is_paid_by(&self, code: &str) -> bool {
        let details = self.state.person.details.as_ref();
        details.is_some_and(|details| matches!(&details.payment, Payment::Coupon(given) if given == code))
    }

    /// Whether the details name another payment than a coupon, or a coupon that is known to be good.
    pub(super) fn is_coupon_good(&self) -> bool {
        match (&self.state.person.details, &self.state.person.coupon) {
            (Some(details), coupon) => match &details.payment {
                Payment::Coupon(code) => {
                    matches!(coupon, Some((known, CouponCheck::Active(_))) if known == code)
                }
                _ => true,
            },
            (None, _) => false,
        }
    }

    /// Asks the host page's card field for a token, and starts a timer after which the errand stops waiting. The
    /// token itself never enters the machine.
    pub(super) fn ask_card(&mut self) {
        let id = self.expect(Purpose::Card);
        self.out.push(Command::AskCard { id });
        self.later(CARD_PATIENCE);
    }

    /// Remembers whether the patient accepts the terms. Only the review of an on-demand visit has terms. When another
    /// person signs in, the acceptance is forgotten with the other entries.
    pub(super) fn accept_terms(&mut self, accepted: bool) {
        if matches!(&self.state.stage, Stage::Review(errand, _) if errand.on_demand().is_some()) {
            self.state.person.terms = accepted;
        }
    }

    pub(super) fn card(&mut self, given: bool) {
        let Some((errand, mut used)) = self.sending() else { return };
        self.cancel(|purpose| matches!(purpose, Purpose::Tick));
        if given {
            used.card = true;
            self.phase(errand.clone(), SendingPhase::Card, used);
            self.book(errand, used);
        } else {
            self.notify(Notice::Failed(Failure::Card));
            self.review(errand, Some(Failure::Card));
        }
    }
}
