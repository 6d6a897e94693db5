//! The link to the hosted scheduling pages (API reference §2.46). Not a call: a person follows it.

use booking::ids::UrlName;
use booking::time::Moment;

use crate::request::push_pair;

/// `<base>/retail?timeSlot=…&departmentUrlName=…&brand=…`. The slot keeps the offset it came with, and is
/// percent-encoded: a bare `+` would arrive as a space.
pub fn url(base: &str, at: Moment, url_name: &UrlName, brand: &str) -> String {
    let mut url = String::from(base.trim_end_matches('/'));
    url.push_str("/retail");
    push_pair(&mut url, '?', "timeSlot", &at.to_rfc3339());
    push_pair(&mut url, '&', "departmentUrlName", url_name.as_str());
    push_pair(&mut url, '&', "brand", brand);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_keeps_the_slots_own_offset_and_encodes_it() {
        let link = |base: &str, at: &str| {
            url(base, Moment::parse(at).unwrap(), &UrlName::new("NorthlakeBallard"), "northlake")
        };
        assert_eq!(
            link("https://scheduling.care.dexcarehealth.com/", "2026-12-08T15:40:00-08:00"),
            "https://scheduling.care.dexcarehealth.com/retail?timeSlot=2026-12-08T15%3A40%3A00-08%3A00&departmentUrlName=NorthlakeBallard&brand=northlake"
        );
        assert!(
            link("https://s.example", "2026-12-09T05:10:00+05:30")
                .contains("timeSlot=2026-12-09T05%3A10%3A00%2B05%3A30&")
        );
        assert!(
            link("https://s.example", "2026-12-08T23:40:00.000Z")
                .contains("timeSlot=2026-12-08T23%3A40%3A00Z&")
        );
    }

    #[test]
    fn names_cannot_add_parameters_of_their_own() {
        let at = Moment::parse("2026-12-08T15:40:00-08:00").unwrap();
        let link = url("https://s.example", at, &UrlName::new("Año & Co|1+1=2"), "a&brand=b#c");
        assert_eq!(
            link,
            "https://s.example/retail?timeSlot=2026-12-08T15%3A40%3A00-08%3A00&departmentUrlName=A%C3%B1o%20%26%20Co%7C1%2B1%3D2&brand=a%26brand%3Db%23c"
        );
    }
}
