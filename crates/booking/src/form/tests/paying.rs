//! Tests the form's payment: what the entries result in, and what is reported at the fields of an insurance card.

use super::*;
use crate::api::CouponError;
use crate::payment::{Guarantor, Insurance, Issuer, Payment};

/// The draft with this payment method, and with Marta's insurance card.
fn insured(method: Method, draft: Draft) -> Draft {
    let card = CardDraft {
        issuer: Some(cascadia()),
        member: " CX883120 ".into(),
        group: "77120".into(),
        subscriber: "CX883".into(),
        ..CardDraft::default()
    };
    Draft { pay: Some(method), card, ..draft }
}

fn cascadia() -> Issuer {
    Issuer { name: "Cascadia PPO".into(), payer: "NL-PPO-01".into() }
}

#[test]
fn one_s_own_insurance_names_nobody_else() {
    let (ages, time) = (ages(0, 120), tuesday());
    let list = [cascadia()];
    let rules = Rules { issuers: &list, ..rules(ages, time) };
    let draft = insured(Method::OwnInsurance, with_reason(draft_of(&marta())));
    let given = details(&draft, Some(&marta()), &rules).ok().unwrap();
    let wanted = Insurance {
        issuer: cascadia(),
        member: "CX883120".into(),
        group: "77120".into(),
        subscriber: String::new(),
        guarantor: None,
    };
    assert!(given.payment == Payment::Insurance(Box::new(wanted)));
}

#[test]
fn a_child_is_insured_by_who_books_or_by_a_third() {
    let (ages, time) = (ages(0, 17), tuesday());
    let list = [cascadia()];
    let rules = Rules { issuers: &list, ..rules(ages, time) };
    let mut draft = insured(Method::OtherInsurance, leo());
    let Payment::Insurance(by_her) = details(&draft, Some(&marta()), &rules).ok().unwrap().payment else {
        panic!("not by insurance")
    };
    let her = Guarantor {
        given: "Marta".into(),
        family: "Okafor".into(),
        gender: Gender::Female,
        birth_date: "1979-02-11".into(),
    };
    assert_eq!((by_her.guarantor, by_her.subscriber.as_str()), (Some(her), "CX883"));
    draft.card.is_third = true;
    let flaws = details(&draft, Some(&marta()), &rules).err().unwrap();
    assert_eq!(flaws, identity(PersonRole::Insured).map(|field| (field, Flaw::Missing)));
}

#[test]
fn an_insurance_card_is_told_at_its_own_fields() {
    let (ages, time) = (ages(0, 120), tuesday());
    let list = [cascadia()];
    let chosen = insured(Method::OwnInsurance, with_reason(draft_of(&marta())));
    let flaws = |draft: &Draft, issuers: &[Issuer]| {
        details(draft, Some(&marta()), &Rules { issuers, ..rules(ages, time) }).err().unwrap_or_default()
    };
    let card = |change: fn(&mut CardDraft)| {
        let mut draft = chosen.clone();
        change(&mut draft.card);
        draft
    };
    assert_eq!(flaws(&chosen, &list), []);
    for (change, flaw) in [
        ((|card| card.member = "9".repeat(21)) as fn(&mut CardDraft), (Field::Member, Flaw::Long)),
        (|card| card.member.clear(), (Field::Member, Flaw::Missing)),
        (|card| card.group = "9".repeat(257), (Field::Group, Flaw::Long)),
        (|card| card.issuer = None, (Field::Insurer, Flaw::Missing)),
        (|card| card.by_hand = true, (Field::Insurer, Flaw::Missing)),
        (
            |card| card.issuer = Some(Issuer { name: "Gone HMO".into(), payer: "x".into() }),
            (Field::Insurer, Flaw::Missing),
        ),
    ] {
        assert_eq!(flaws(&card(change), &list), [flaw]);
    }
    // Without a list of insurers, the patient types the insurer's name.
    assert_eq!(flaws(&chosen, &[]), [(Field::Insurer, Flaw::Missing)]);
    assert_eq!(flaws(&card(|card| card.name = "Rainier Mutual".into()), &[]), []);
}

#[test]
fn several_ways_to_pay_on_demand_are_a_question_one_is_none() {
    let (ages, now) = (ages(0, 120), by_phone());
    let with = |methods: Vec<Method>| Rules { methods, ..rules(ages, now) };
    let mut draft = with_reason(draft_of(&marta()));
    let two = with(vec![Method::Card, Method::Coupon]);
    assert_eq!(details(&draft, Some(&marta()), &two).err().unwrap(), [(Field::Pay, Flaw::Missing)]);
    // The patient has chosen this method for a clinic's time; an on-demand visit does not accept it.
    draft.pay = Some(Method::OnArrival);
    assert_eq!(details(&draft, Some(&marta()), &two).err().unwrap(), [(Field::Pay, Flaw::Missing)]);
    draft.pay = Some(Method::Card);
    assert!(details(&draft, Some(&marta()), &two).ok().unwrap().payment == Payment::Card);
    for (methods, payment) in
        [(vec![Method::BilledLater], Payment::BilledLater), (vec![], Payment::BilledLater)]
    {
        assert!(details(&draft, Some(&marta()), &with(methods)).ok().unwrap().payment == payment);
    }
}

#[test]
fn a_coupon_known_to_be_none_is_held_back_and_an_unchecked_one_is_not() {
    let (ages, now) = (ages(0, 120), by_phone());
    let draft = Draft { coupon: " SPRING ".into(), ..with_reason(draft_of(&marta())) };
    let flaw = |check| {
        let rules =
            Rules { methods: vec![Method::Coupon], coupon: Some(("SPRING", check)), ..rules(ages, now) };
        flaw(Field::Coupon, &draft, &rules)
    };
    assert_eq!(flaw(CouponCheck::Active(2500)), None);
    assert_eq!(flaw(CouponCheck::Checking), None);
    assert_eq!(flaw(CouponCheck::Inactive), Some(Flaw::Inactive));
    assert_eq!(flaw(CouponCheck::Failed(CouponError::Unknown)), Some(Flaw::Unknown));
    assert_eq!(flaw(CouponCheck::Failed(CouponError::TooMany)), None);
    assert_eq!(flaw(CouponCheck::Failed(CouponError::Failed(ApiError::Network))), None);
}
