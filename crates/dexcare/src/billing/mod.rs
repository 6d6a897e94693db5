//! Paying: the insurer list and coupons (API reference §2.39, §2.40), and `billingInfo` (§1.9), which all three bookings
//! carry.

use booking::payment::{Guarantor, Insurance, Payment};

use crate::visit::declaration;
use crate::write::Body;

pub mod coupon;
pub mod issuers;

/// Most cents believed, of a price as of a discount: a hundred thousand dollars.
pub(crate) const MOST_CENTS: i64 = 10_000_000;

/// Writes `billingInfo`. `card` is the token of the host page's card field; only a payment by card has one.
pub(crate) fn write(payment: &Payment, card: Option<&str>, body: &mut Body) {
    body.open("billingInfo");
    match payment {
        Payment::OnArrival => body.text("paymentMethod", "self"),
        Payment::BilledLater => body.text("paymentMethod", "external-self-pay"),
        Payment::Coupon(code) => {
            body.text("paymentMethod", "couponcode");
            body.text("couponCode", code);
        }
        Payment::Card => {
            body.text("paymentMethod", "creditcard");
            body.text("stripeToken", card.unwrap_or_default());
        }
        Payment::Insurance(insurance) => write_insurance(insurance, body),
    }
    body.close();
}

/// The payer's id goes under both names (§1.9). An insurer that is on no list has none: then its name stands where the
/// API takes either.
fn write_insurance(insurance: &Insurance, body: &mut Body) {
    let issuer = &insurance.issuer;
    let provider = if issuer.payer.is_empty() { &issuer.name } else { &issuer.payer };
    body.text("paymentMethod", "insurance");
    body.text("declaration", declaration(insurance.guarantor.is_some()));
    body.text("insuranceType", "manual");
    body.text("insuranceProviderId", provider);
    body.text_if_any("insurancePayorId", &issuer.payer);
    body.text_if_any("insurancePayorName", &issuer.name);
    body.text("insuranceMemberId", &insurance.member);
    body.text_if_any("insuranceGroupNumber", &insurance.group);
    if let Some(guarantor) = &insurance.guarantor {
        body.text_if_any("insuranceSubscriberId", &insurance.subscriber);
        write_guarantor(guarantor, body);
    }
}

fn write_guarantor(guarantor: &Guarantor, body: &mut Body) {
    body.text("firstName", &guarantor.given);
    body.text("lastName", &guarantor.family);
    body.text("gender", guarantor.gender.as_str());
    body.text("dateOfBirth", &guarantor.birth_date);
}

#[cfg(test)]
pub(crate) mod tests {
    use booking::patient::Gender;
    use booking::payment::Issuer;

    use super::*;

    /// Marta's insurance, in her own name or in her son's case as the guarantor.
    pub(crate) fn cascadia(guarantor: Option<Guarantor>) -> Payment {
        Payment::Insurance(Box::new(Insurance {
            issuer: Issuer { name: "Cascadia PPO".into(), payer: "NL-PPO-01".into() },
            member: "CX883120".into(),
            group: "77120".into(),
            subscriber: "CX883".into(),
            guarantor,
        }))
    }

    pub(crate) fn marta_guarantees() -> Guarantor {
        Guarantor {
            given: "Marta".into(),
            family: "Okafor".into(),
            gender: Gender::Female,
            birth_date: "1979-02-11".into(),
        }
    }

    fn written(payment: &Payment, card: Option<&str>) -> String {
        let mut body = Body::new();
        write(payment, card, &mut body);
        body.finish()
    }

    #[test]
    fn each_way_to_pay_is_written_with_its_own_members_and_no_others() {
        for (payment, card, wanted) in [
            (Payment::OnArrival, Some("tok_x"), r#"{"billingInfo":{"paymentMethod":"self"}}"#),
            (Payment::BilledLater, Some("tok_x"), r#"{"billingInfo":{"paymentMethod":"external-self-pay"}}"#),
            (
                Payment::Coupon("NORTH25".into()),
                Some("tok_x"),
                r#"{"billingInfo":{"paymentMethod":"couponcode","couponCode":"NORTH25"}}"#,
            ),
            (
                Payment::Card,
                Some("tok_1Nq"),
                r#"{"billingInfo":{"paymentMethod":"creditcard","stripeToken":"tok_1Nq"}}"#,
            ),
            (Payment::Card, None, r#"{"billingInfo":{"paymentMethod":"creditcard","stripeToken":""}}"#),
        ] {
            assert_eq!(written(&payment, card), wanted);
        }
    }

    #[test]
    fn ones_own_insurance_has_no_subscriber() {
        assert_eq!(
            written(&cascadia(None), Some("tok_x")),
            concat!(
                r#"{"billingInfo":{"paymentMethod":"insurance","declaration":"self","insuranceType":"manual","#,
                r#""insuranceProviderId":"NL-PPO-01","insurancePayorId":"NL-PPO-01","insurancePayorName":"Cascadia PPO","#,
                r#""insuranceMemberId":"CX883120","insuranceGroupNumber":"77120"}}"#,
            )
        );
    }

    #[test]
    fn the_references_own_insurance_of_another() {
        assert_eq!(
            written(&cascadia(Some(marta_guarantees())), None),
            concat!(
                r#"{"billingInfo":{"paymentMethod":"insurance","declaration":"other","insuranceType":"manual","#,
                r#""insuranceProviderId":"NL-PPO-01","insurancePayorId":"NL-PPO-01","insurancePayorName":"Cascadia PPO","#,
                r#""insuranceMemberId":"CX883120","insuranceGroupNumber":"77120","insuranceSubscriberId":"CX883","#,
                r#""firstName":"Marta","lastName":"Okafor","gender":"female","dateOfBirth":"1979-02-11"}}"#,
            )
        );
    }

    #[test]
    fn what_is_empty_is_not_sent_and_a_typed_insurer_goes_by_its_name() {
        let Payment::Insurance(mut insurance) = cascadia(Some(marta_guarantees())) else { panic!("it is") };
        insurance.group.clear();
        insurance.subscriber.clear();
        insurance.issuer.payer.clear();
        assert_eq!(
            written(&Payment::Insurance(insurance), None),
            concat!(
                r#"{"billingInfo":{"paymentMethod":"insurance","declaration":"other","insuranceType":"manual","#,
                r#""insuranceProviderId":"Cascadia PPO","insurancePayorName":"Cascadia PPO","insuranceMemberId":"CX883120","#,
                r#""firstName":"Marta","lastName":"Okafor","gender":"female","dateOfBirth":"1979-02-11"}}"#,
            )
        );
    }
}
