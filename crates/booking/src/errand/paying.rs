//! Paying: the insurers, a coupon's check, and the host's card field (API reference §2.39, §2.40, §3.9).

use super::Machine;
use super::command::Command;
use super::purpose::Purpose;
use super::state::{CouponCheck, Errand, SendingPhase, Stage};
use crate::api::{CouponTrouble, Read};
use crate::notice::{Failure, Notice};
use crate::on_demand::Practice;
use crate::outcome::Trouble;
use crate::payment::{Coupon, Issuer, Method, Payment};
use crate::settings::Settings;

/// Seconds until a card field that says nothing is no longer waited for.
const CARD_PATIENCE: u32 = 120;

/// What may be chosen for an errand, the plainest first (§3.9): at a clinic on arrival or by insurance, as both sample
/// clients offer; on demand what the practice takes, a card only where the page has a field for it.
pub fn methods(practice: Option<&Practice>, settings: &Settings, errand: &Errand) -> Vec<Method> {
    let Errand::Now(_) = errand else {
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
        // Self-payers without a card field here are billed by the health system.
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
            self.state.issuers = None;
            self.read(Purpose::Issuers, Read::Issuers, false);
        }
    }

    pub(super) fn issuers(&mut self, answer: Result<Vec<Issuer>, Trouble>) {
        self.state.issuers = Some(answer);
    }

    /// Checks a coupon, unless this very one is checked or being checked. A check that failed is made again.
    pub(super) fn check_coupon(&mut self, code: String) {
        // What was checked stands once the form is left: a review of it could not be sent otherwise.
        if !matches!(self.state.stage, Stage::Patient(_)) {
            return;
        }
        // Another code, or none yet: the check that may be on its way is of one that is no longer meant.
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

    pub(super) fn coupon(&mut self, code: String, answer: Result<Coupon, CouponTrouble>) {
        let check = match answer {
            Ok(Coupon::Active(cents)) => CouponCheck::Active(cents),
            Ok(Coupon::Inactive) => CouponCheck::Inactive,
            Err(trouble) => CouponCheck::Trouble(trouble),
        };
        self.state.person.coupon = Some((code, check));
        // The patient was on the way to the review and only waited for this.
        if std::mem::take(&mut self.state.given)
            && let Stage::Patient(errand) = &self.state.stage
            && self.is_coupon_good()
        {
            let errand = errand.clone();
            self.review(errand, None);
        }
    }

    /// Whether what was given is to be paid with this code.
    fn is_paid_by(&self, code: &str) -> bool {
        let details = self.state.person.details.as_ref();
        details.is_some_and(|details| matches!(&details.payment, Payment::Coupon(given) if given == code))
    }

    /// Whether what was given is not paid by coupon, or by one that is known to be good.
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

    /// Asks the host's card field, and no longer than a while; the token itself never enters the machine.
    pub(super) fn ask_card(&mut self) {
        let id = self.expect(Purpose::Card);
        self.out.push(Command::AskCard { id });
        self.later(CARD_PATIENCE);
    }

    /// Terms belong to the review of an on-demand visit, and with it to whoever is signed in.
    pub(super) fn accept_terms(&mut self, accepted: bool) {
        if matches!(&self.state.stage, Stage::Review(errand, _) if errand.now().is_some()) {
            self.state.person.terms = accepted;
        }
    }

    pub(super) fn card(&mut self, given: bool) {
        let Some((errand, mut spent)) = self.sending() else { return };
        self.cancel(|purpose| matches!(purpose, Purpose::Tick));
        if given {
            spent.card = true;
            self.phase(errand.clone(), SendingPhase::Card, spent);
            self.book(errand, spent);
        } else {
            self.tell(Notice::Failed(Failure::Card));
            self.review(errand, Some(Failure::Card));
        }
    }
}
