//! The oracle's checks of bookings: what is sent, whether it may be sent, and what the patient's list says about it.

use chrono::Months;

use super::Oracle;
use crate::api::{OnDemandBooking, Visit, VisitActor};
use crate::errand::state::{Errand, Stage};
use crate::fixtures::day;
use crate::ids::{BookedSlot, PatientGuid};
use crate::journey::tests::seen::{Seen, owner};
use crate::journey::tests::walk::Walk;
use crate::on_demand::Qualifier;
use crate::outcome::{Outcome, Refusal};
use crate::patient::Demographics;
use crate::payment::Payment;
use crate::slot::{Slot, Source};
use crate::visits::{ClinicVisit, ClinicVisitList, ClinicVisitStatus};

/// What has happened since the submit, or since the last booking if one was sent.
#[derive(Default)]
pub struct Since {
    /// Whether another token has come.
    pub fresh_token: bool,
    /// Whether the patient's or the dependant's record was made.
    pub record_made: bool,
}

/// A booking that was sent: its slot (`None` = a place in line), the patient, the account, and the outcome.
pub struct Sent {
    pub slot: Option<Slot>,
    pub patient: PatientGuid,
    pub account: PatientGuid,
    pub outcome: Option<Outcome>,
}

/// What the patient's list of visits says about the last booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    IsListed,
    Absent,
    Unclear,
    Unread,
}

impl Oracle {
    /// Decides what a list that was read after a booking says about that booking.
    pub(super) fn judge(&self, list: &ClinicVisitList) -> Look {
        let sent = self.sent.last().expect("a booking was sent");
        let slot = sent.slot.as_ref().expect("only a clinic's visit is looked for");
        let known = self.listed.as_ref();
        let is_new = |visit: &&ClinicVisit| {
            visit.status != ClinicVisitStatus::Cancelled
                && !known.is_some_and(|list| list.visits.iter().any(|before| before.id == visit.id))
        };
        let is_then = |visit: &&ClinicVisit| visit.start.at == slot.at.at && visit.place == slot.place;
        let is_for = |visit: &&ClinicVisit| visit.patient.as_ref().is_none_or(|whose| *whose == sent.patient);
        if list.visits.iter().filter(is_new).any(|visit| visit.slot == slot.id.as_ref().map(BookedSlot::of)) {
            return Look::IsListed;
        }
        let then: Vec<_> = list.visits.iter().filter(is_new).filter(is_then).collect();
        // Before the submit, only visits that were still to come were listed, and perhaps not all could be read.
        if known.is_some_and(|list| list.dropped == 0)
            && then.iter().any(|visit| visit.is_open() && is_for(visit))
        {
            return Look::IsListed;
        }
        let is_own = sent.patient == sent.account;
        let may_be = |visit: &&ClinicVisit| {
            visit.patient.as_ref().is_none_or(|whose| (*whose == sent.account) == is_own)
        };
        if then.into_iter().any(|visit| may_be(&visit)) {
            Look::Unclear
        } else if list.dropped > 0 {
            Look::Unread
        } else {
            Look::Absent
        }
    }

    pub(super) fn join(&mut self, visit: &OnDemandBooking, walk: &Walk, seen: &mut Seen) {
        let whose = self.token.map(owner);
        assert_eq!(self.terms_of, whose, "the terms were accepted by whoever joins");
        self.goes_out(None, &visit.patient, visit.actor.as_ref(), seen);
        self.is_for(&visit.patient, &visit.demographics, visit.actor.as_ref(), &visit.payment, seen);
        self.card = false;
        assert!(
            matches!(&walk.state.errand.stage, Stage::Sending(errand, ..) if errand.on_demand().is_some())
        );
        let expected = match visit.now.region.pediatric_months {
            Some((youngest, oldest)) => {
                let birth = day(&visit.demographics.birth_date);
                let is_child =
                    (birth + Months::new(youngest)..birth + Months::new(oldest + 1)).contains(&walk.today);
                if is_child { Qualifier::Pediatric } else { Qualifier::Adult }
            }
            None => self.for_whom.unwrap_or(Qualifier::Adult),
        };
        assert_eq!(visit.qualifier, expected, "the patient is sent to those who see them");
        seen.note("join");
        if self.for_whom == Some(Qualifier::Pediatric) && visit.now.region.pediatric_months.is_none() {
            seen.note("join for a child, as the patient said");
        }
    }

    pub(super) fn book(&mut self, visit: &Visit, walk: &Walk, seen: &mut Seen) {
        self.goes_out(Some(&visit.slot), &visit.patient, visit.actor.as_ref(), seen);
        let details = walk.state.errand.person.details.as_ref().expect("there are details");
        self.is_for(&visit.patient, &details.demographics, visit.actor.as_ref(), &visit.payment, seen);
        self.card = false;
        assert!(
            !visit.slot.source.is_search() && visit.slot.id.as_ref() == Some(&visit.slot_id),
            "found again"
        );
        assert!(self.matched.contains(&visit.slot_id), "the id was read afresh");
        let errand = walk.state.errand.stage.errand();
        assert!(matches!(errand, Some(Errand::Time(time)) if time.slots.contains(&visit.slot)));
    }

    /// Whether the visit of the last booking may exist although the answer does not confirm it: after an unknown
    /// outcome, and after a refusal of a clinic's booking, since a browser may have sent the booking twice. A refusal
    /// that a fresh token or a record can fix counts only if the patient's list was read after it.
    pub(super) fn is_in_doubt(&self) -> bool {
        let Some(Sent { slot, outcome: Some(outcome), .. }) = self.sent.last() else { return false };
        let is_clinics = slot.as_ref().is_some_and(|slot| slot.source == Source::Department);
        match outcome {
            Outcome::Booked(_) => false,
            Outcome::Refused(Refusal::SignedOut | Refusal::NoLinks | Refusal::PatientNotFound) => {
                is_clinics && self.look.is_some()
            }
            Outcome::Refused(_) => is_clinics,
            Outcome::Unknown => true,
        }
    }

    /// Whether the last booking was refused and the refusal is final, given what the patient's list says.
    pub(super) fn is_not_booked(&self) -> bool {
        let Some(Outcome::Refused(why)) = self.sent.last().and_then(|sent| sent.outcome.as_ref()) else {
            return false;
        };
        match self.look {
            _ if !self.is_in_doubt() => true,
            Some(Look::Unread) => !why.is_conflict(),
            look => look == Some(Look::Absent),
        }
    }

    /// Checks that a booking may be sent.
    pub(super) fn goes_out(
        &mut self,
        slot: Option<&Slot>,
        patient: &PatientGuid,
        actor: Option<&VisitActor>,
        seen: &mut Seen,
    ) {
        assert!(
            !self.is_in_doubt() || self.look == Some(Look::Absent),
            "no second one while one may be booked"
        );
        self.look = None;
        assert!(self.sending && !self.closed, "a booking is sent for a submit, and never after a last word");
        assert!(self.sent.len() < 4, "four at the most");
        if let Some(before) = self.sent.last() {
            let Some(Outcome::Refused(why)) = &before.outcome else {
                panic!("sent again after {:?}", before.outcome)
            };
            let times = |cause: fn(&Refusal) -> bool| {
                let causes = self.sent.iter().filter_map(|sent| sent.outcome.as_ref());
                causes
                    .filter(|outcome| matches!(outcome, Outcome::Refused(refusal) if cause(refusal)))
                    .count()
            };
            let once = match why {
                Refusal::SignedOut => {
                    assert!(self.since.fresh_token, "with another token");
                    times(|refusal| *refusal == Refusal::SignedOut)
                }
                Refusal::NoLinks | Refusal::PatientNotFound => {
                    assert!(self.since.record_made, "with a record");
                    times(|refusal| matches!(refusal, Refusal::NoLinks | Refusal::PatientNotFound))
                }
                Refusal::SlotTaken => {
                    let (gone, now) = (before.slot.as_ref().unwrap(), slot.unwrap());
                    assert!(gone.id != now.id && gone.at.at == now.at.at && gone.place == now.place);
                    assert!(gone.visit_type == now.visit_type, "an equal one");
                    times(|refusal| *refusal == Refusal::SlotTaken)
                }
                other => panic!("sent again after {other:?}"),
            };
            assert_eq!(once, 1, "{why:?} is answered once");
            seen.note(format!("again after {why:?}"));
        }
        self.since = Since::default();
        let account = actor.map_or(patient, |actor| &actor.guid).clone();
        let (slot, patient) = (slot.cloned(), patient.clone());
        self.sent.push(Sent { slot, patient, account, outcome: None });
        seen.note(format!("booking {}", self.sent.len()));
    }

    /// Checks for whom a booking is, who books, and how it is paid for.
    pub(super) fn is_for(
        &self,
        patient: &PatientGuid,
        who: &Demographics,
        actor: Option<&VisitActor>,
        payment: &Payment,
        seen: &mut Seen,
    ) {
        let token = self.token.map(owner).expect("a token is held");
        assert_eq!(self.details_of.as_ref(), Some(&token), "the details are of the token's owner");
        let account = actor.map_or(patient, |actor| &actor.guid);
        assert!(account.as_str().starts_with(&token), "{account:?} books with the token of {token}");
        if actor.is_some() {
            let made = (token.clone(), who.clone(), patient.clone());
            assert_eq!(self.dependant.as_ref(), Some(&made), "the dependant's record was made for this");
            assert!(self.recorded.contains(&token), "the account holder has a record");
            seen.note("for someone else");
        }
        match payment {
            Payment::Coupon(code) => {
                assert_eq!(self.good_coupon.as_ref(), Some(code), "the coupon was checked");
                seen.note("by coupon");
            }
            Payment::Card => {
                assert!(self.card, "the card field was asked for this very booking");
                seen.note("by card");
            }
            _ => {}
        }
    }
}
