//! How a visit is paid for (API reference §1.9, §3.9): the methods to choose from, and the chosen payment.
//!
//! This module holds real data about health and money: its types have no `Debug` in the wasm, and are never part
//! of an error, an event or a log. A card's token is never stored here.

use crate::patient::Gender;

/// An insurer in the health system's list (§2.39).
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Issuer {
    /// The name that patients read.
    pub name: String,
    /// The payer id that a booking contains; empty if the patient typed the insurer's name.
    pub payer: String,
}

/// The person who holds the insurance, if it is not the patient.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Guarantor {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// Gender.
    pub gender: Gender,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
}

/// The patient's insurance, as the insurance card describes it.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct Insurance {
    /// The insurer.
    pub issuer: Issuer,
    /// The member id, 1–20 characters (§1.9).
    pub member: String,
    /// The group, at most 256 characters; empty when there is none.
    pub group: String,
    /// The subscriber's id, at most 100 characters. Only for another person's insurance; empty when there is none.
    pub subscriber: String,
    /// `None` = the patient holds the insurance.
    pub guarantor: Option<Guarantor>,
}

/// How this visit is paid for.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Payment {
    /// At the clinic; not for on-demand visits (Q37).
    #[default]
    OnArrival,
    /// By the patient's own insurance or another person's.
    Insurance(Box<Insurance>),
    /// With a coupon or service key. Contains the code as the patient typed it, trimmed.
    Coupon(String),
    /// By card. The host page's card field returns a token just before the booking is sent.
    Card,
    /// Later, by a bill from the health system; on-demand visits only.
    BilledLater,
}

/// A payment method that the patient can choose.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Method {
    /// See [`Payment::OnArrival`].
    OnArrival,
    /// The patient's own insurance.
    OwnInsurance,
    /// Another person's insurance.
    OtherInsurance,
    /// See [`Payment::Coupon`].
    Coupon,
    /// See [`Payment::Card`].
    Card,
    /// See [`Payment::BilledLater`].
    BilledLater,
}

impl Payment {
    /// The method of this payment.
    pub fn method(&self) -> Method {
        match self {
            Self::OnArrival => Method::OnArrival,
            Self::Insurance(insurance) if insurance.guarantor.is_none() => Method::OwnInsurance,
            Self::Insurance(_) => Method::OtherInsurance,
            Self::Coupon(_) => Method::Coupon,
            Self::Card => Method::Card,
            Self::BilledLater => Method::BilledLater,
        }
    }
}

/// The result of a coupon check (§2.40).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum Coupon {
    /// The coupon takes this many cents off.
    Active(u32),
    /// The coupon exists but is no longer valid. The system answers this with status 200 (Q13).
    Inactive,
}

/// The price less the discount, in cents; never below zero (§3.3).
pub fn net(price: u32, discount: u32) -> u32 {
    price.saturating_sub(discount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::own_insurance;

    #[test]
    fn a_discount_takes_off_what_it_says_and_never_more_than_there_is_to_pay() {
        for (price, discount, left) in [(5900, 2500, 3400), (5900, 5900, 0), (5900, 9900, 0), (0, 0, 0)] {
            assert_eq!(net(price, discount), left);
        }
    }

    #[test]
    fn whose_insurance_it_is_makes_the_method() {
        assert_eq!(own_insurance().method(), Method::OwnInsurance);
        let Payment::Insurance(mut card) = own_insurance() else { unreachable!() };
        card.guarantor = Some(Guarantor { given: "Chidi".into(), ..Guarantor::default() });
        assert_eq!(Payment::Insurance(card).method(), Method::OtherInsurance);
        for (payment, method) in [
            (Payment::OnArrival, Method::OnArrival),
            (Payment::Coupon("NORTH25".into()), Method::Coupon),
            (Payment::Card, Method::Card),
            (Payment::BilledLater, Method::BilledLater),
        ] {
            assert_eq!(payment.method(), method);
        }
    }
}
