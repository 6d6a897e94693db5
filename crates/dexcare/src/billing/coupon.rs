//! What a coupon is worth (API reference §2.40): GET `/api/v2/coupon/{code}/verify`, public. The check reserves
//! nothing.

use booking::api::CouponError;
use booking::payment::Coupon;

use super::MOST_CENTS;
use crate::error::api_error;
use crate::json;
use crate::request::{Call, Request, path};

/// Checks a coupon or service key.
pub struct VerifyCoupon {
    /// The code as the patient typed it, trimmed. It is percent-encoded once, although DexCare's SDK encodes it twice
    /// (Q49).
    pub code: String,
}

impl Call for VerifyCoupon {
    type Answer = Coupon;

    fn request(&self) -> Request {
        Request::public_visit(path("/api/v2/coupon/", &self.code, "/verify"), Vec::new())
    }

    /// Reads the discount. A negative or absurd discount, or an unknown status, makes the answer unreadable: the
    /// widget never guesses a price.
    fn read(&self, body: &[u8]) -> Option<Coupon> {
        let answer = json::parse(body)?;
        let status = json::id(&answer, "status")?;
        if status.eq_ignore_ascii_case("inactive") {
            return Some(Coupon::Inactive);
        }
        let cents =
            json::integer(&answer, "discountAmount").filter(|cents| (0..=MOST_CENTS).contains(cents))?;
        let cents = u32::try_from(cents).ok()?;
        status.eq_ignore_ascii_case("active").then_some(Coupon::Active(cents))
    }
}

/// Why the check of a coupon failed, or found no coupon, from a status that is not 2xx.
pub fn coupon_error(status: u16) -> CouponError {
    match status {
        404 => CouponError::Unknown,
        429 => CouponError::TooMany,
        _ => CouponError::Failed(api_error(status)),
    }
}

#[cfg(test)]
mod tests {
    use booking::outcome::ApiError;

    use super::*;
    use crate::request::wire;

    #[test]
    fn the_code_is_encoded_once() {
        assert_eq!(
            wire(&VerifyCoupon { code: "NORTH 25%/é".into() }),
            "GET https://visit.example/api/v2/coupon/NORTH%2025%25%2F%C3%A9/verify?product=findadoctor (public)"
        );
    }

    #[test]
    fn a_coupon_is_active_with_its_cents_or_inactive() {
        let read = |body: &str| VerifyCoupon { code: "NORTH25".into() }.read(body.as_bytes());
        for (body, coupon) in [
            (r#"{"status":"active","discountAmount":2500}"#, Coupon::Active(2500)),
            (r#"{"status":"ACTIVE","discountAmount":"2500"}"#, Coupon::Active(2500)),
            (r#"{"status":"active","discountAmount":0}"#, Coupon::Active(0)),
            (r#"{"status":"active","discountAmount":10000000}"#, Coupon::Active(10_000_000)),
            (r#"{"status":"inactive","discountAmount":2500}"#, Coupon::Inactive),
            (r#"{"status":"inactive"}"#, Coupon::Inactive),
        ] {
            assert_eq!(read(body), Some(coupon), "{body}");
        }
        for bad in [
            "",
            "{}",
            "[]",
            r#"{"status":"active"}"#,
            r#"{"status":"active","discountAmount":null}"#,
            r#"{"status":"active","discountAmount":-1}"#,
            r#"{"status":"active","discountAmount":10000001}"#,
            r#"{"status":"active","discountAmount":"much"}"#,
            r#"{"status":"spent","discountAmount":2500}"#,
            r#"{"discountAmount":2500}"#,
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_code_that_is_none_and_too_many_tries_have_words_of_their_own() {
        assert_eq!(coupon_error(404), CouponError::Unknown);
        assert_eq!(coupon_error(429), CouponError::TooMany);
        assert_eq!(coupon_error(401), CouponError::Failed(ApiError::SignedOut));
        assert_eq!(coupon_error(500), CouponError::Failed(ApiError::Server));
        assert_eq!(coupon_error(400), CouponError::Failed(ApiError::Rejected));
    }
}
