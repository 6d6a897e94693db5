//! Insurers, coupons and cancel reasons, as the health systems have configured them.

/// Insurers of a tenant as name and payer id (API reference §2.39); none for an unknown tenant.
pub fn issuers(tenant: &str) -> &'static [(&'static str, &'static str)] {
    match tenant {
        "northlake" => &NORTHLAKE_ISSUERS,
        "cedarbrook" => &CEDARBROOK_ISSUERS,
        _ => &[],
    }
}

/// Tenants with insurers.
pub const TENANTS: [&str; 2] = ["northlake", "cedarbrook"];

const NORTHLAKE_ISSUERS: [(&str, &str); 28] = [
    ("Cascadia PPO", "NL-PPO-01"),
    ("Evergreen HMO", "NL-HMO-02"),
    ("Alder Mutual", "NL-ALD-03"),
    ("Baker Ridge Health Plan", "NL-BAK-04"),
    ("Blue Heron Choice", "NL-BLU-05"),
    ("Cedar & Pine Assurance", "NL-CED-06"),
    ("Columbia Basin Care", "NL-COL-07"),
    ("Coastline Medicare Advantage", "NL-COA-08"),
    ("Deception Pass Employers Trust", "NL-DEC-09"),
    ("Elliott Bay Benefits", "NL-ELL-10"),
    ("Emerald City Longshore Fund", "NL-EME-11"),
    ("Evergreen PPO", "NL-EVP-12"),
    ("Fir Island Farmers Plan", "NL-FIR-13"),
    ("Glacier Peak Health", "NL-GLA-14"),
    ("Harbor View Select", "NL-HAR-15"),
    ("Inland Empire Teamsters", "NL-INL-16"),
    ("Kitsap Community Plan", "NL-KIT-17"),
    ("La Plaza Salud", "NL-LAP-18"),
    ("Olympic Peninsula Tribal Health", "NL-OLY-19"),
    ("Orca Student Health", "NL-ORC-20"),
    ("Palouse Wheat Growers", "NL-PAL-21"),
    ("Puget Sound Teachers", "NL-PUG-22"),
    ("Rainier Basic", "NL-RAI-23"),
    ("Salish Sea Medicaid", "NL-SAL-24"),
    ("San Juan Islands Co-op", "NL-SAN-25"),
    ("Skagit Valley HMO", "NL-SKA-26"),
    ("Whidbey Veterans Choice", "NL-WHI-27"),
    ("Yakima Orchardists' Fund", "NL-YAK-28"),
];

const CEDARBROOK_ISSUERS: [(&str, &str); 3] =
    [("Lakeshore PPO", "CB-LAK-01"), ("Prairie State HMO", "CB-PRA-02"), ("Wolf Point Mutual", "CB-WOL-03")];

/// A coupon, with what the call that verifies it answers (API reference §2.40).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coupon {
    /// Whether the status is `active` rather than `inactive`.
    pub is_active: bool,
    /// The discount in cents.
    pub discount: u32,
    /// The status to answer instead of 200, if any.
    pub refused_with: Option<u16>,
}

/// The coupons of the world, by code.
pub fn coupons() -> Vec<(&'static str, Coupon)> {
    let coupon = |is_active, discount| Coupon { is_active, discount, refused_with: None };
    vec![
        ("NORTH25", coupon(true, 2500)),
        ("NORTH99", coupon(true, 9900)),
        ("SPRING", coupon(false, 1500)),
        ("TOOMANY", Coupon { refused_with: Some(429), ..coupon(true, 0) }),
    ]
}

/// The card token that the payment service declines; every other token is accepted.
pub const DECLINED_CARD: &str = "tok_chargeDeclined";

/// Reasons for cancelling a retail visit as text and code (API reference §2.37); none for an unknown brand.
pub fn retail_cancel_reasons(brand: &str) -> &'static [(&'static str, &'static str)] {
    match brand {
        "northlake" => &[
            ("Feeling better", "patientFeelsBetter"),
            ("I booked the wrong time", "wrongTime"),
            ("I found care elsewhere", "careElsewhere"),
            ("I cannot get there", "noTransport"),
            ("Other", "other"),
        ],
        "cedarbrook" => &[("No longer needed", "notNeeded"), ("Change of plans", "changeOfPlans")],
        _ => &[],
    }
}

/// Reasons for cancelling an on-demand visit (API reference §2.35): English, Spanish, value.
pub const VIRTUAL_CANCEL_REASONS: [(&str, &str, &str); 4] = [
    ("Wait is too long", "La espera es demasiado larga", "LONG_WAIT"),
    ("I feel better", "Me siento mejor", "FEEL_BETTER"),
    ("I am having technical trouble", "Tengo problemas técnicos", "TECHNICAL"),
    ("Other", "Otro", "OTHER"),
];
