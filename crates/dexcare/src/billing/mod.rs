//! Paying: the insurer list and coupons (API reference §2.39, §2.40), and `billingInfo` (§1.9), which all three bookings
//! carry.

use booking::payment::{Insurance, Payment};
use serde::Serialize;

use crate::visit::declaration;

pub mod coupon;
pub mod issuers;

/// The highest price or discount to accept, in cents: a hundred thousand dollars.
pub(crate) const MOST_CENTS: i64 = 10_000_000;

/// `billingInfo`: how the visit is paid for.
#[derive(Serialize)]
#[serde(tag = "paymentMethod")]
pub(crate) enum BillingInfo<'a> {
    #[serde(rename = "self")]
    OnArrival,
    #[serde(rename = "external-self-pay")]
    BilledLater,
    #[serde(rename = "couponcode", rename_all = "camelCase")]
    Coupon { coupon_code: &'a str },
    #[serde(rename = "creditcard", rename_all = "camelCase")]
    Card { stripe_token: &'a str },
    /// The payer's id is sent as `insuranceProviderId` and as `insurancePayorId` (§1.9). An insurer that is not in the
    /// list has no id: then its name is sent as `insuranceProviderId`, which the API accepts.
    #[serde(rename = "insurance", rename_all = "camelCase")]
    Insurance {
        declaration: &'static str,
        insurance_type: &'static str,
        insurance_provider_id: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        insurance_payor_id: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        insurance_payor_name: &'a str,
        insurance_member_id: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        insurance_group_number: &'a str,
        /// This member and those below are sent only if there is a guarantor.
        #[serde(skip_serializing_if = "str::is_empty")]
        insurance_subscriber_id: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        first_name: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        last_name: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        gender: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_of_birth: Option<&'a str>,
    },
}

impl<'a> BillingInfo<'a> {
    /// Writes a payment. `card` is the token of the host page's card field; only a payment by card needs one.
    pub(crate) fn new(payment: &'a Payment, card: Option<&'a str>) -> Self {
        match payment {
            Payment::OnArrival => Self::OnArrival,
            Payment::BilledLater => Self::BilledLater,
            Payment::Coupon(code) => Self::Coupon { coupon_code: code },
            Payment::Card => Self::Card { stripe_token: card.unwrap_or_default() },
            Payment::Insurance(insurance) => Self::insurance(insurance),
        }
    }

    fn insurance(insurance: &'a Insurance) -> Self {
        let issuer = &insurance.issuer;
        let guarantor = insurance.guarantor.as_ref();
        Self::Insurance {
            declaration: declaration(guarantor.is_some()),
            insurance_type: "manual",
            insurance_provider_id: if issuer.payer.is_empty() { &issuer.name } else { &issuer.payer },
            insurance_payor_id: &issuer.payer,
            insurance_payor_name: &issuer.name,
            insurance_member_id: &insurance.member,
            insurance_group_number: &insurance.group,
            insurance_subscriber_id: guarantor.map_or("", |_| &insurance.subscriber),
            first_name: guarantor.map(|guarantor| &*guarantor.given),
            last_name: guarantor.map(|guarantor| &*guarantor.family),
            gender: guarantor.map(|guarantor| guarantor.gender.as_str()),
            date_of_birth: guarantor.map(|guarantor| &*guarantor.birth_date),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use booking::patient::Gender;
    use booking::payment::{Guarantor, Issuer};

    use super::*;

    /// A payment with Marta's insurance: without a guarantor for Marta herself, with Marta as the guarantor for her
    /// son.
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

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Whole<'a> {
        billing_info: BillingInfo<'a>,
    }

    fn written(payment: &Payment, card: Option<&str>) -> String {
        crate::body::to_json(&Whole { billing_info: BillingInfo::new(payment, card) })
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
