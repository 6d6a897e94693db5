//! The simulated system's answers that are not about times and places: tokens, outcomes, searches, lines, waits,
//! coupons and visits.

use super::oracle::Oracle;
use super::random::Rng;
use super::seen::owner;
use super::walk::Walk;
use super::world::any_slot;
use crate::api::{Answer, CouponError, Read};
use crate::errand::event::TokenAnswer;
use crate::errand::state::{ClinicCancelProgress, OnDemandCancelProgress, Stage};
use crate::fixtures::*;
use crate::ids::BookedSlot;
use crate::on_demand::{Modality, NobodyAvailable, Pool, Practice, VisitStatus};
use crate::outcome::{ApiError, Confirmation, Meeting, Outcome, Refusal};
use crate::payment::{Coupon, Issuer};
use crate::search::{SearchPage, SearchResult};
use crate::slot::{Slot, Source};
use crate::time::Moment;
use crate::visits::{CancelRules, ClinicVisit, ClinicVisitList, ClinicVisitStatus, VisitFilter};

const REFUSALS: [Refusal; 12] = [
    Refusal::SlotTaken,
    Refusal::DoubleBooked,
    Refusal::UnknownConflict,
    Refusal::NotOnPanel,
    Refusal::AccountLocked,
    Refusal::NoLinks,
    Refusal::PatientNotFound,
    Refusal::SignedOut,
    Refusal::RegionBusy,
    Refusal::NobodyFree,
    Refusal::Busy,
    Refusal::Rejected,
];

pub fn token(rng: &mut Rng, oracle: &Oracle) -> TokenAnswer {
    let (held, refused) = (oracle.token().unwrap_or(1), oracle.refused);
    match rng.below(10) {
        0 => rng.pick(&[TokenAnswer::None, TokenAnswer::NotText, TokenAnswer::Failed]),
        // A token of any person, perhaps the same as before.
        1 => TokenAnswer::Held(1 + u32::try_from(rng.below(12)).unwrap()),
        // The next token of the same person.
        2..=8 if refused => TokenAnswer::Held(held + 3),
        2 => TokenAnswer::Held(held + 3),
        _ => TokenAnswer::Held(held),
    }
}

pub fn outcome(rng: &mut Rng, joins: bool) -> Outcome {
    match rng.below(20) {
        0 | 1 => Outcome::Unknown,
        2 | 3 => {
            let meeting = rng.percent(50).then(Meeting::default);
            let room = joins.then(|| "https://rooms.northlake.example/1".into());
            Outcome::Booked(Confirmation {
                visit: visit(&format!("v-{}", rng.below(1_000_000_000))),
                meeting,
                room,
            })
        }
        4..=7 => Outcome::Refused(Refusal::SignedOut),
        8..=10 => Outcome::Refused(rng.pick(&[Refusal::NoLinks, Refusal::PatientNotFound])),
        11 | 12 if joins => Outcome::Refused(rng.pick(&[Refusal::RegionBusy, Refusal::NobodyFree])),
        11..=15 => Outcome::Refused(Refusal::SlotTaken),
        _ => Outcome::Refused(rng.pick(&REFUSALS)),
    }
}

/// The answer to a read that [`super::world`] does not answer. If there is an `error`, the read fails with it.
pub fn beyond(
    rng: &mut Rng,
    read: &Read,
    walk: &Walk,
    token: Option<u32>,
    error: Option<ApiError>,
) -> Answer {
    if let Some(error) = error {
        return failed(rng, read, error);
    }
    // A token expires while the patient waits, and perhaps the system refuses the next one too.
    if matches!(read, Read::VisitWait(_) | Read::VisitStatus(_)) && rng.percent(15) {
        return failed(rng, read, ApiError::SignedOut);
    }
    match read {
        Read::Options(_, page) => Answer::SearchResult(Ok(Box::new(options(rng, page, None)))),
        Read::ClinicianOptions(npi, _, page) => {
            Answer::SearchResult(Ok(Box::new(options(rng, page, Some(npi.as_str())))))
        }
        Read::Practice(_) => Answer::Practice(Ok(Box::new(any_practice(rng)))),
        Read::Waits(_) => Answer::Waits(Ok(any_pools(rng))),
        Read::Issuers => {
            Answer::Issuers(Ok(vec![Issuer { name: "Cascadia PPO".into(), payer: "NL-PPO-01".into() }]))
        }
        Read::Coupon(_) if rng.percent(25) => Answer::Coupon(Ok(Coupon::Inactive)),
        Read::Coupon(_) => Answer::Coupon(Ok(Coupon::Active(2500))),
        Read::VisitWait(_) => Answer::VisitWait(Ok(estimate(10, 15))),
        // Also checks a cancel that the system refused, so the visit is often cancelled, or not there.
        Read::VisitStatus(_) if is_cancel_refused(walk) && rng.percent(60) => {
            Answer::VisitStatus(rng.pick(&[Err(ApiError::NotFound), Ok(VisitStatus::Cancelled)]))
        }
        Read::VisitStatus(_) => Answer::VisitStatus(Ok(rng.pick(&VISIT_STATUSES))),
        Read::CancelRules => {
            let (video_with_reason, phone_with_reason) = (rng.percent(50), rng.percent(50));
            Answer::CancelRules(Ok(Box::new(CancelRules { video_with_reason, phone_with_reason, ..rules() })))
        }
        Read::ClinicVisits(filter) => {
            let visits = any_visits(rng, walk, token, *filter);
            Answer::ClinicVisits(Ok(ClinicVisitList { visits, dropped: u32::from(rng.percent(7)) }))
        }
        Read::CancelReasons if rng.percent(10) => Answer::CancelReasons(Ok(Vec::new())),
        Read::CancelReasons => Answer::CancelReasons(Ok(vec![reason("PLANS", "My plans changed")])),
        other => unreachable!("{other:?} is answered elsewhere"),
    }
}

fn is_cancel_refused(walk: &Walk) -> bool {
    let Stage::Waiting(waiting) = &walk.state.errand.stage else { return false };
    matches!(waiting.cancel_progress, OnDemandCancelProgress::Refused(_))
}

fn failed(rng: &mut Rng, read: &Read, error: ApiError) -> Answer {
    match read {
        Read::Coupon(_) => {
            let why = [CouponError::Unknown, CouponError::TooMany, CouponError::Failed(error)];
            Answer::Coupon(Err(rng.pick(&why)))
        }
        Read::Options(..) | Read::ClinicianOptions(..) => Answer::SearchResult(Err(error)),
        Read::Practice(_) => Answer::Practice(Err(error)),
        Read::Waits(_) => Answer::Waits(Err(error)),
        Read::Issuers => Answer::Issuers(Err(error)),
        Read::VisitWait(_) => Answer::VisitWait(Err(error)),
        Read::VisitStatus(_) => Answer::VisitStatus(Err(error)),
        Read::CancelRules => Answer::CancelRules(Err(error)),
        Read::ClinicVisits(_) => Answer::ClinicVisits(Err(error)),
        Read::CancelReasons => Answer::CancelReasons(Err(error)),
        other => unreachable!("{other:?} is answered elsewhere"),
    }
}

/// The answer to a read that failed because nothing came from the server.
pub fn lost(read: &Read) -> Answer {
    match read {
        Read::Coupon(_) => Answer::Coupon(Err(CouponError::Failed(ApiError::Network))),
        // Say that the visit is over, so that its status is not read any more.
        Read::VisitStatus(_) => Answer::VisitStatus(Ok(VisitStatus::Done)),
        other => failed(&mut Rng::new(0), other, ApiError::Network),
    }
}

/// A page of a search: slots without ids, at clinics that the answer names. It may name a next page, which is
/// sometimes one that would loop.
fn options(rng: &mut Rng, page: &SearchPage, who: Option<&str>) -> SearchResult {
    let wanted = page.visit_types.first().cloned();
    let all = [DANA, SAMUEL];
    let who = who.map_or(&all[..], |who| if who == DANA { &all[..1] } else { &all[1..] });
    let mut slots: Vec<Slot> = Vec::new();
    for _ in 0..rng.below(6) {
        let wanted = wanted.clone().unwrap_or_else(|| visit_type(rng.pick(&[OFFICE, FLU])));
        let made: Slot = any_slot(rng, who, &[ballard(), fremont(), boulder()], &wanted);
        let is_retail = made.place == ballard() && who.len() > 1;
        let source = if is_retail { Source::SearchedDepartment } else { Source::SearchedClinician };
        slots.push(Slot { id: None, source, ..made });
    }
    let from = page.from.unwrap_or(today());
    let next = rng.pick(&[None, Some(from), Some(from + chrono::Duration::days(5)), Some(today())]);
    let context = rng.percent(70).then(|| "context-2".into());
    SearchResult { next, context, ..found(slots) }
}

fn any_practice(rng: &mut Rng) -> Practice {
    let mut made = practice();
    made.takes_insurance = rng.percent(80);
    made.takes_cards = rng.percent(80);
    made.takes_coupons = rng.percent(80);
    match rng.below(6) {
        0 => made.regions[0].is_active = false,
        1 => made.regions[0].ehr = None,
        2 => made.regions.truncate(1),
        3 => made.regions.clear(),
        4 => made.regions[0].pediatric_months = None,
        _ => {}
    }
    made
}

fn any_pools(rng: &mut Rng) -> Vec<Pool> {
    let mut made = Vec::new();
    for region in ["WA", "WA", "OR", "ID"] {
        let wait = match rng.below(6) {
            0 => Err(rng.pick(&[
                NobodyAvailable::Unstaffed,
                NobodyAvailable::OffHours,
                NobodyAvailable::NoRegion,
            ])),
            1 => Err(NobodyAvailable::Busy("Back soon".into())),
            _ => Ok(u32::try_from(rng.below(5000)).unwrap()),
        };
        let (for_adults, for_children) = (rng.percent(50), rng.percent(30));
        let modality = rng.pick(&Modality::ALL);
        made.push(Pool { for_adults, for_children, ..pool(region, modality, wait) });
    }
    made
}

/// Random visits of the patient's list. At a review, and during a submit, the list often has a visit at or near the
/// errand's time: the one that is booked, an earlier one, or another person's. While a cancel is checked, the list
/// often has its visit.
fn any_visits(rng: &mut Rng, walk: &Walk, token: Option<u32>, filter: VisitFilter) -> Vec<ClinicVisit> {
    let mut list = Vec::new();
    // Some systems ignore the filter.
    let is_mixed = filter == VisitFilter::All || rng.percent(20);
    let status = |rng: &mut Rng, open| match rng.below(100) {
        drawn if !is_mixed || drawn < open => ClinicVisitStatus::Requested,
        drawn if drawn % 2 == 0 => ClinicVisitStatus::Cancelled,
        _ => ClinicVisitStatus::Other,
    };
    for number in 0..rng.below(4) {
        let made =
            clinic_visit(&format!("c-{number}"), &format!("slot-{number}"), "2026-12-10T09:00:00-08:00");
        list.push(ClinicVisit { status: status(rng, 60), ..made });
    }
    if let Stage::Visits(visits) = &walk.state.errand.stage
        && let Some((id, ClinicCancelProgress::Refused(_) | ClinicCancelProgress::Unknown)) =
            &visits.cancelling
        && rng.percent(85)
    {
        list.retain(|visit| visit.id != *id);
        let made = clinic_visit(id.as_str(), "slot-0", "2026-12-10T09:00:00-08:00");
        list.push(ClinicVisit { status: status(rng, 10), ..made });
    }
    let errand = match &walk.state.errand.stage {
        Stage::Review(errand, _) | Stage::Sending(errand, ..) if rng.percent(60) => errand,
        _ => return list,
    };
    if let Some(time) = errand.time() {
        let own = token.map(|token| guid(&owner(token)));
        let dependant = walk.state.errand.person.dependant.as_ref().map(|(_, _, guid)| guid.clone());
        let slot = time.slot();
        let made =
            clinic_visit(rng.pick(&["c-0", "c-found", "c-else"]), "slot-0", "2026-12-10T09:00:00-08:00");
        let minutes = rng.pick(&[0, 0, 0, 20, 600]);
        let start = Moment { at: slot.at.at + minutes * 60, ..slot.at };
        list.retain(|visit| visit.id != made.id);
        list.push(ClinicVisit {
            patient: rng.pick(&[own.clone(), own, dependant, Some(guid("p-leo")), None]),
            slot: rng.pick(&[slot.id.as_ref().map(BookedSlot::of), made.slot.clone(), None]),
            place: slot.place.clone(),
            start,
            end: Moment { at: start.at + 1200, ..start },
            status: status(rng, 90),
            ..made
        });
    }
    list
}
