//! The link to the hosted scheduling pages (API reference §2.46). Not a call: the patient follows the link.

use booking::ids::UrlName;
use booking::time::Moment;

use crate::request::push_pair;

/// The address `<base>/retail?timeSlot=…&departmentUrlName=…&brand=…`. The time keeps its original offset and is
/// percent-encoded, since a bare `+` would arrive as a space. For a time from a search the search context is added
/// (`aggregate=true&searchContext=…`), so that the pages can repeat the search. `url_name` may be `None` for a time
/// from a search, which returns no `urlName`.
///
/// ```
/// use booking::ids::UrlName;
/// use booking::time::Moment;
/// use dexcare::handoff;
///
/// let at = Moment::parse("2026-12-08T15:40:00-08:00").ok_or("no instant")?;
/// let ballard = UrlName::new("NorthlakeBallard");
/// assert_eq!(
///     handoff::url("https://schedule.example/", at, Some(&ballard), "northlake", None),
///     "https://schedule.example/retail?timeSlot=2026-12-08T15%3A40%3A00-08%3A00\
///      &departmentUrlName=NorthlakeBallard&brand=northlake"
/// );
/// # Ok::<(), &str>(())
/// ```
pub fn url(base: &str, at: Moment, url_name: Option<&UrlName>, brand: &str, context: Option<&str>) -> String {
    let mut url = String::from(base.trim_end_matches('/'));
    url.push_str("/retail");
    push_pair(&mut url, '?', "timeSlot", &at.to_rfc3339());
    if let Some(url_name) = url_name {
        push_pair(&mut url, '&', "departmentUrlName", url_name.as_str());
    }
    push_pair(&mut url, '&', "brand", brand);
    if let Some(context) = context {
        push_pair(&mut url, '&', "aggregate", "true");
        push_pair(&mut url, '&', "searchContext", context);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_keeps_the_slots_own_offset_and_encodes_it() {
        let link = |base: &str, at: &str| {
            let ballard = UrlName::new("NorthlakeBallard");
            url(base, Moment::parse(at).unwrap(), Some(&ballard), "northlake", None)
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
    fn a_time_of_a_search_goes_with_its_context() {
        let at = Moment::parse("2026-12-08T15:40:00-08:00").unwrap();
        let ballard = UrlName::new("NorthlakeBallard");
        let context = Some("9f2c&5f=0c");
        assert_eq!(
            url("https://s.example", at, Some(&ballard), "northlake", context),
            "https://s.example/retail?timeSlot=2026-12-08T15%3A40%3A00-08%3A00&departmentUrlName=NorthlakeBallard&brand=northlake&aggregate=true&searchContext=9f2c%265f%3D0c"
        );
        assert_eq!(
            url("https://s.example", at, None, "northlake", context),
            "https://s.example/retail?timeSlot=2026-12-08T15%3A40%3A00-08%3A00&brand=northlake&aggregate=true&searchContext=9f2c%265f%3D0c"
        );
    }

    #[test]
    fn names_cannot_add_parameters_of_their_own() {
        let at = Moment::parse("2026-12-08T15:40:00-08:00").unwrap();
        let clinic = UrlName::new("Año & Co|1+1=2");
        let link = url("https://s.example", at, Some(&clinic), "a&brand=b#c", None);
        assert_eq!(
            link,
            "https://s.example/retail?timeSlot=2026-12-08T15%3A40%3A00-08%3A00&departmentUrlName=A%C3%B1o%20%26%20Co%7C1%2B1%3D2&brand=a%26brand%3Db%23c"
        );
    }
}
