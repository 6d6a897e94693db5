//! Tests paying: the methods to choose from, the insurers, the check of a coupon, and the host page's card field.

use super::walk::*;
use crate::api::{Answer, CouponError};
use crate::errand::event::{Event as Act, TokenAnswer};
use crate::errand::paying::methods;
use crate::errand::state::{CouponCheck, Errand, SendingPhase, Stage};
use crate::finder::event::Event as Find;
use crate::finder::queue::LineKind;
use crate::fixtures::*;
use crate::journey::event::Event;
use crate::notice::Failure;
use crate::on_demand::{Modality, Practice};
use crate::outcome::{ApiError, Refusal};
use crate::patient::Details;
use crate::payment::{Coupon, Issuer, Method, Payment};
use crate::settings::Settings;

/// Marta has signed in for a video visit and is asked how to pay.
fn asked() -> Walk {
    let mut walk = line_review();
    walk.on(Act::ChangeDetails);
    assert_eq!(walk.stage(), "patient");
    walk
}

fn by(payment: Payment) -> Event {
    Act::Give(Box::new(paid(payment, details(marta())))).into()
}

fn by_coupon(code: &str) -> Event {
    by(Payment::Coupon(code.into()))
}

fn checked(answer: Result<Coupon, CouponError>) -> Answer {
    Answer::Coupon(answer)
}

fn check(walk: &Walk) -> Option<CouponCheck> {
    walk.state.errand.person.coupon.as_ref().map(|(_, check)| *check)
}

#[test]
fn at_a_clinic_one_pays_on_arrival_or_by_insurance() {
    let expected = [Method::OnArrival, Method::OwnInsurance, Method::OtherInsurance];
    let walk = dana_review();
    assert_eq!(
        methods(
            walk.state.errand.practice.as_ref(),
            &walk.settings,
            walk.state.errand.stage.errand().unwrap()
        ),
        expected
    );
}

#[test]
fn on_demand_one_pays_as_the_practice_allows_and_by_card_where_the_page_has_a_field_for_it() {
    use Method::{BilledLater, Card, Coupon, OtherInsurance, OwnInsurance};
    for (insurance, cards, coupons, field, expected) in [
        (true, true, true, true, &[OwnInsurance, OtherInsurance, Card, Coupon][..]),
        (true, true, true, false, &[OwnInsurance, OtherInsurance, Coupon, BilledLater]),
        (true, false, false, true, &[OwnInsurance, OtherInsurance]),
        (false, true, false, true, &[Card]),
        (false, true, false, false, &[BilledLater]),
        (false, false, true, true, &[Coupon]),
        (false, false, false, true, &[]),
    ] {
        let (takes_insurance, takes_cards, takes_coupons) = (insurance, cards, coupons);
        let practice = Practice { takes_insurance, takes_cards, takes_coupons, ..practice() };
        let settings = Settings { takes_cards: field, ..on_demand() };
        assert_eq!(methods(Some(&practice), &settings, &Errand::OnDemand(video())), expected);
    }
    assert_eq!(methods(None, &on_demand(), &Errand::OnDemand(video())), []);
}

#[test]
fn the_insurers_are_read_once_and_again_after_a_failure() {
    let mut walk = asked();
    asks(&walk.on(Act::NeedIssuers), &["read insurers"]);
    asks(&walk.on(Act::NeedIssuers), &[]);
    walk.answer("read insurers", Answer::Issuers(Err(ApiError::Server)));
    assert_eq!(walk.state.errand.issuers, Some(Err(ApiError::Server)));
    asks(&walk.on(Act::NeedIssuers), &["read insurers afresh"]);
    assert_eq!(walk.state.errand.issuers, None);
    let cascadia = vec![Issuer { name: "Cascadia PPO".into(), payer: "NL-PPO-01".into() }];
    walk.answer("read insurers", Answer::Issuers(Ok(cascadia.clone())));
    assert_eq!(walk.state.errand.issuers, Some(Ok(cascadia)));
    asks(&walk.on(Act::NeedIssuers), &[]);
}

#[test]
fn another_tenant_has_other_insurers() {
    let mut walk = asked();
    asks(&walk.on(Act::TenantChanged), &[]);
    asks(&walk.on(Act::NeedIssuers), &["read insurers"]);
    asks(&walk.on(Act::TenantChanged), &["cancel read insurers", "read insurers"]);
    let issuer = Issuer { name: "Cascadia PPO".into(), payer: "NL-PPO-01".into() };
    walk.answer("read insurers", Answer::Issuers(Ok(vec![issuer])));
    asks(&walk.on(Act::TenantChanged), &["read insurers"]);
    assert_eq!(walk.state.errand.issuers, None);
}

#[test]
fn an_insurance_of_the_former_tenants_list_is_asked_for_again_with_the_next_time() {
    let next = |payment: Payment| {
        let mut walk = dana_review();
        walk.on(Act::ChangeDetails);
        walk.on(by(payment));
        walk.on(Act::TenantChanged);
        assert_eq!(walk.stage(), "review", "the time on screen is still of the former tenant");
        walk.on(Act::ChangeTime);
        walk.choose("wed-9");
        walk
    };
    assert_eq!(next(Payment::OnArrival).stage(), "review");
    let mut walk = next(own_insurance());
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    assert_eq!(walk.stage(), "patient");
}

#[test]
fn a_coupon_is_checked_before_the_review() {
    let mut walk = asked();
    asks(&walk.on(by_coupon("NORTH25")), &["read coupon NORTH25 afresh"]);
    assert_eq!((walk.stage(), check(&walk)), ("patient", Some(CouponCheck::Checking)));
    asks(&walk.on(by_coupon("NORTH25")), &[]);
    asks(&walk.answer("read coupon", checked(Ok(Coupon::Active(2500)))), &[]);
    assert_eq!((walk.stage(), check(&walk)), ("review", Some(CouponCheck::Active(2500))));
    walk.on(Act::AcceptTerms(true));
    asks(&walk.on(Act::Submit), &["tell submit 1", "ask token"]);
}

#[test]
fn a_code_that_is_changed_while_the_one_before_is_checked_is_not_passed_over() {
    let mut walk = asked();
    walk.on(by_coupon("NORTH25"));
    asks(&walk.on(Act::CheckCoupon(String::new())), &[]);
    walk.answer("read coupon NORTH25", checked(Ok(Coupon::Active(2500))));
    assert_eq!(walk.stage(), "patient", "the patient is still typing");
    asks(&walk.on(by_coupon("NORTH25")), &[]);
    assert_eq!(walk.stage(), "review");
}

#[test]
fn an_entry_that_is_changed_while_the_coupon_is_checked_keeps_the_form_on_screen() {
    let mut walk = asked();
    walk.on(by_coupon("NORTH25"));
    asks(&walk.on(Act::Edit), &[]);
    walk.answer("read coupon NORTH25", checked(Ok(Coupon::Active(2500))));
    assert_eq!(walk.stage(), "patient", "the review would show the entry before the change");
    let changed = Details { reason: "Sore throat".into(), ..details(marta()) };
    walk.on(Act::Give(Box::new(paid(Payment::Coupon("NORTH25".into()), changed))));
    let reason = walk.state.errand.person.details.as_ref().map(|details| details.reason.as_str());
    assert_eq!((walk.stage(), reason), ("review", Some("Sore throat")));
}

#[test]
fn a_coupon_checked_beforehand_is_not_checked_again() {
    let mut walk = asked();
    asks(&walk.on(Act::CheckCoupon("NORTH25".into())), &["read coupon NORTH25 afresh"]);
    asks(&walk.on(Act::CheckCoupon("NORTH25".into())), &[]);
    walk.answer("read coupon", checked(Ok(Coupon::Active(2500))));
    assert_eq!(walk.stage(), "patient", "nothing was given yet");
    asks(&walk.on(Act::CheckCoupon("NORTH25".into())), &[]);
    asks(&walk.on(by_coupon("NORTH25")), &[]);
    assert_eq!(walk.stage(), "review");
}

#[test]
fn another_code_gives_up_the_first_check_and_none_is_none() {
    let mut walk = asked();
    walk.on(Act::CheckCoupon("NORTH99".into()));
    let asked = walk.on(Act::CheckCoupon("NORTH25".into()));
    asks(&asked, &["cancel read coupon NORTH99 afresh", "read coupon NORTH25 afresh"]);
    asks(&walk.on(Act::CheckCoupon(String::new())), &[]);
}

#[test]
fn a_coupon_that_is_none_stays_at_its_field_and_can_be_tried_again() {
    for (answer, expected) in [
        (Ok(Coupon::Inactive), CouponCheck::Inactive),
        (Err(CouponError::Unknown), CouponCheck::Failed(CouponError::Unknown)),
        (Err(CouponError::TooMany), CouponCheck::Failed(CouponError::TooMany)),
        (
            Err(CouponError::Failed(ApiError::Network)),
            CouponCheck::Failed(CouponError::Failed(ApiError::Network)),
        ),
    ] {
        let mut walk = asked();
        walk.on(by_coupon("SPRING"));
        asks(&walk.answer("read coupon", checked(answer)), &[]);
        assert_eq!((walk.stage(), check(&walk)), ("patient", Some(expected)));
        asks(&walk.on(by_coupon("SPRING")), &["read coupon SPRING afresh"]);
        walk.answer("read coupon", checked(Ok(Coupon::Active(100))));
        assert_eq!(walk.stage(), "review");
    }
}

#[test]
fn who_pays_another_way_meanwhile_is_not_moved_on_by_the_late_check() {
    let mut walk = asked();
    walk.on(by_coupon("NORTH25"));
    walk.on(by(own_insurance()));
    assert_eq!(walk.stage(), "review");
    walk.on(Act::ChangeDetails);
    walk.answer("read coupon", checked(Ok(Coupon::Active(2500))));
    assert_eq!(walk.stage(), "patient");
}

#[test]
fn a_check_on_its_way_outlives_the_form_and_another_way_of_the_page() {
    let mut walk = asked();
    walk.settings.nearby = Some(Box::new(search(Some(SEATTLE_ZIP))));
    walk.settings.only_on_demand = false;
    walk.on(by_coupon("NORTH25"));
    walk.on(Act::Back);
    walk.on(Find::Take(crate::settings::Way::Nearby));
    walk.answer("read coupon", checked(Ok(Coupon::Active(2500))));
    assert_eq!((walk.stage(), check(&walk)), ("loading", Some(CouponCheck::Active(2500))));
}

#[test]
fn a_bad_coupon_is_never_taken_to_a_review_by_another_choice() {
    let mut walk = asked();
    walk.on(by_coupon("SPRING"));
    walk.answer("read coupon", checked(Ok(Coupon::Inactive)));
    walk.on(Act::Back);
    walk.answer("read waits", Answer::Waits(Ok(pools())));
    walk.on(Event::Join(Modality::Video, LineKind::General));
    walk.answer("ask token", TokenAnswer::Held(1));
    walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    assert_eq!(walk.stage(), "patient");
    // At the review a good coupon cannot be replaced by a bad one, since the patient could not change it there.
    walk.on(by_coupon("NORTH25"));
    walk.answer("read coupon", checked(Ok(Coupon::Active(2500))));
    asks(&walk.on(Act::CheckCoupon("SPRING".into())), &[]);
    assert_eq!((walk.stage(), check(&walk)), ("review", Some(CouponCheck::Active(2500))));
}

#[test]
fn another_persons_coupon_is_neither_shown_nor_checked_further() {
    let mut walk = asked();
    walk.on(by_coupon("NORTH25"));
    walk.on(Act::Back);
    walk.answer("read waits", Answer::Waits(Ok(pools())));
    walk.on(Event::Join(Modality::Video, LineKind::General));
    walk.answer("ask token", TokenAnswer::Held(2));
    let ruth = record("p-ruth", &person("Ruth", "Lind"), &[MAIN]);
    asks(&walk.answer("read patient", ruth), &["cancel read coupon NORTH25 afresh"]);
    assert_eq!(walk.state.errand.person.coupon, None);
}

/// Marta pays by card and has submitted; the card field is asked for its token.
fn at_the_card() -> Walk {
    let mut walk = asked();
    walk.on(by(Payment::Card));
    walk.on(Act::AcceptTerms(true));
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["ask card", "wait 120 s"]);
    assert_eq!(walk.phase(), Some(SendingPhase::Card));
    walk
}

/// The card field answers.
fn card(walk: &mut Walk, given: bool) -> Vec<String> {
    let id = walk.id("ask card");
    walk.open.retain(|(open, _)| *open != id);
    walk.on(Act::Card(id, given))
}

#[test]
fn the_card_field_is_asked_right_before_the_booking() {
    let mut walk = at_the_card();
    asks(&card(&mut walk, true), &["cancel wait 120 s", "join virtual in WA for p-marta"]);
    // A card's token is good for one booking: after a refusal, another one is asked for.
    asks(&walk.answer("join", Refusal::SignedOut), &["ask token"]);
    walk.answer("ask token", TokenAnswer::Held(4));
    let asked = walk.answer("read patient", record("p-marta", &marta(), &[MAIN]));
    asks(&asked, &["ask card", "wait 120 s"]);
    asks(&card(&mut walk, true), &["cancel wait 120 s", "join virtual in WA for p-marta"]);
}

#[test]
fn without_a_card_nothing_is_sent_and_the_next_press_asks_again() {
    let mut walk = at_the_card();
    asks(&card(&mut walk, false), &["cancel wait 120 s", "tell failed Card"]);
    assert!(matches!(walk.state.errand.stage, Stage::Review(_, Some(Failure::Card))));
    assert_eq!(walk.bookings(), 0);
    walk.on(Act::Submit);
    asks(&walk.answer("ask token", TokenAnswer::Held(1)), &["ask card", "wait 120 s"]);
}

#[test]
fn a_card_field_that_says_nothing_is_waited_for_two_minutes() {
    let mut walk = at_the_card();
    let id = walk.id("wait 120 s");
    walk.open.retain(|(open, _)| *open != id);
    asks(&walk.on(Event::Ticked(id)), &["cancel ask card", "tell failed Card"]);
    assert!(matches!(walk.state.errand.stage, Stage::Review(_, Some(Failure::Card))));
    assert_eq!(walk.bookings(), 0);
}

#[test]
fn a_card_field_that_never_answers_can_be_left() {
    let mut walk = at_the_card();
    asks(&walk.on(Act::Back), &["cancel ask card", "cancel wait 120 s", "tell failed Card"]);
    assert_eq!((walk.stage(), walk.bookings()), ("review", 0));
}

#[test]
fn a_stale_card_is_dropped() {
    let mut walk = at_the_card();
    let late = walk.id("ask card");
    walk.on(Act::Back);
    let before = walk.state.clone();
    asks(&walk.on(Act::Card(late, true)), &[]);
    assert_eq!(walk.state, before);
}
