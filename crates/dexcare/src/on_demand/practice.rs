//! A practice for on-demand care (API reference §2.18): GET `/api/9/practices/{practiceId}`, public.

use booking::ids::{EhrSystem, PracticeId, RegionCode};
use booking::on_demand::{Practice, Region};

use super::instant;
use crate::billing::MOST_CENTS;
use crate::json::{self, Value};
use crate::request::{Call, Request, path};
use crate::text;

/// Reads one practice with its regions.
pub struct PracticeInfo {
    /// The practice to read.
    pub id: PracticeId,
}

impl Call for PracticeInfo {
    /// The practice. It accepts a payment method only if the answer says so. A region that cannot be chosen (without
    /// a code, or without a price to show beforehand) is left out.
    type Answer = Practice;

    fn request(&self) -> Request {
        Request::public_visit(path("/api/9/practices/", self.id.as_str(), ""), Vec::new())
    }

    /// `None` if the answer has no id, no name and no region.
    fn read(&self, body: &[u8]) -> Option<Practice> {
        let row = json::parse_object(body)?;
        let (id, name) = (json::id(&row, "id"), json::text(&row, "displayName"));
        let regions: Vec<Region> = json::rows(&row, "practiceRegions").iter().filter_map(region).collect();
        if id.is_none() && name.is_empty() && regions.is_empty() {
            return None;
        }
        let payment = json::field(&row, "payment");
        let takes = |key| json::flag(payment, key) == Some(true);
        Some(Practice {
            id: id.map_or_else(|| self.id.clone(), PracticeId::new),
            name,
            takes_insurance: takes("insurance"),
            takes_cards: takes("selfPay"),
            takes_coupons: takes("serviceKey"),
            regions,
        })
    }
}

fn region(row: &Value<'_>) -> Option<Region> {
    let code = json::id(row, "regionCode")?;
    let price = json::integer(row, "visitPrice").filter(|cents| (0..=MOST_CENTS).contains(cents))?;
    let is_busy = json::flag(row, "busy") == Some(true);
    let mut hours: Vec<(i64, i64)> = Vec::new();
    for span in json::rows(row, "availability").iter().filter_map(span) {
        // Insert in order instead of sorting, which would be more code; there are only a few spans.
        let place = hours.iter().take_while(|known| **known <= span).count();
        hours.insert(place, span);
    }
    Some(Region {
        code: RegionCode::new(code),
        name: json::some_text(row, "displayName").unwrap_or_else(|| text::clean(code)),
        is_active: json::flag(row, "active") != Some(false),
        busy_message: if is_busy { json::text(row, "busyMessage") } else { String::new() },
        price: u32::try_from(price).ok()?,
        hours,
        pediatric_months: months(json::field(row, "pediatricsAgeRange")),
        ehr: json::rows(row, "departments")
            .iter()
            .find_map(|department| json::id(department, "ehrSystemName"))
            .map(EhrSystem::new),
    })
}

/// When the region opens and closes.
fn span(row: &Value<'_>) -> Option<(i64, i64)> {
    let (start, end) = (instant(row, "start")?, instant(row, "end")?);
    (start < end).then_some((start, end))
}

fn months(range: &Value<'_>) -> Option<(u32, u32)> {
    let month = |key| u32::try_from(json::integer(range, key)?).ok();
    let (min, max) = (month("min")?, month("max")?);
    (min <= max).then_some((min, max))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    const NORTHLAKE: &str = r#"{"id":"c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33","displayName":"Northlake Virtual Urgent Care","careMode":"virtual",
     "payment":{"insurance":true,"selfPay":true,"serviceKey":true},"epicBookingEnabled":true,
     "practiceRegions":[{"id":"6c1b9a50-8b7f-4a8e-9e0a-3d2b1c0f4e55","displayName":"Washington","regionCode":"WA",
       "active":true,"busy":false,"busyMessage":"Stale","visitPrice":4900,
       "availability":[{"start":"2026-12-09T15:00:00.000Z","end":"2026-12-10T06:00:00.000Z"},
         {"start":"2026-12-08T15:00:00.000Z","end":"2026-12-09T06:00:00.000Z"}],
       "pediatricsAgeRange":{"min":24,"max":215},
       "departments":[{"id":"d1","epicDepartmentId":"100900","ehrSystemName":"org.northlake.epic.main","defaultDepartmentName":"Northlake Virtual"}]}]}"#;

    fn call() -> PracticeInfo {
        PracticeInfo { id: PracticeId::new("c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33") }
    }

    /// The practice after a change in the answer.
    fn with(from: &str, to: &str) -> Practice {
        assert!(NORTHLAKE.contains(from), "{from} is not in the answer");
        call().read(NORTHLAKE.replace(from, to).as_bytes()).unwrap()
    }

    #[test]
    fn the_request_needs_no_token() {
        assert_eq!(
            wire(&call()),
            "GET https://visit.example/api/9/practices/c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33?product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_practice_is_read_whole() {
        let wanted = Practice {
            id: PracticeId::new("c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33"),
            name: "Northlake Virtual Urgent Care".into(),
            takes_insurance: true,
            takes_cards: true,
            takes_coupons: true,
            regions: vec![Region {
                code: RegionCode::new("WA"),
                name: "Washington".into(),
                is_active: true,
                busy_message: String::new(),
                price: 4900,
                hours: vec![(1_796_742_000, 1_796_796_000), (1_796_828_400, 1_796_882_400)],
                pediatric_months: Some((24, 215)),
                ehr: Some(EhrSystem::new("org.northlake.epic.main")),
            }],
        };
        assert_eq!(call().read(NORTHLAKE.as_bytes()), Some(wanted), "the hours are put in order");
    }

    #[test]
    fn a_busy_message_counts_only_while_the_region_is_busy() {
        assert_eq!(with(r#""busy":false"#, r#""busy":true"#).regions[0].busy_message, "Stale");
        assert_eq!(with(r#""busy":false"#, r#""busy":null"#).regions[0].busy_message, "");
    }

    #[test]
    fn a_region_without_a_code_or_a_price_cannot_be_chosen() {
        for (from, to) in [
            (r#""WA""#, r#""""#),
            ("4900", "null"),
            ("4900", "-1"),
            ("4900", "10000001"),
            ("4900", r#""free""#),
            (r#""practiceRegions":["#, r#""x":["#),
        ] {
            assert!(with(from, to).regions.is_empty(), "{to}");
        }
        assert_eq!(with("4900", "0").regions[0].price, 0);
        assert_eq!(with(r#""practiceRegions":["#, r#""practiceRegions":[null,7,{},"#).regions.len(), 1);
    }

    #[test]
    fn all_else_of_a_region_may_be_missing() {
        for key in
            ["displayName", "active", "availability", "pediatricsAgeRange", "departments", "ehrSystemName"]
        {
            assert_eq!(with(&format!("\"{key}\":"), "\"x\":").regions.len(), 1, "{key}");
        }
        let bare = call().read(br#"{"practiceRegions":[{"regionCode":"WA","visitPrice":"4900"}]}"#).unwrap();
        let region = &bare.regions[0];
        assert_eq!((region.name.as_str(), region.is_active), ("WA", true));
        assert!(region.hours.is_empty() && region.pediatric_months.is_none() && region.ehr.is_none());
        assert!(!bare.takes_cards && !bare.takes_coupons && !bare.takes_insurance);
        assert_eq!(bare.id, call().id);
        assert!(!with(r#""active":true"#, r#""active":false"#).regions[0].is_active);
    }

    #[test]
    fn hours_and_months_that_are_none_are_not_said() {
        for (from, to) in
            [("2026-12-09T06:00:00.000Z", "2026-12-08T15:00:00.000Z"), ("2026-12-08T15:00:00.000Z", "x")]
        {
            assert_eq!(with(from, to).regions[0].hours.len(), 1, "{to}");
        }
        for (from, to) in [("215", "23"), ("24", "-24"), ("215", "null"), ("215", "99999999999")] {
            assert_eq!(with(from, to).regions[0].pediatric_months, None, "{to}");
        }
    }

    #[test]
    fn what_names_nothing_is_no_practice() {
        for bad in ["", "{}", "[]", "null", r#"{"error":"no"}"#, r#"{"id":""}"#, "<html>"] {
            assert_eq!(call().read(bad.as_bytes()), None, "{bad}");
        }
    }
}
