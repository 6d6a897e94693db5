//! The wait if a patient joined now (API reference §2.14, §2.15): GET `/api/9/regions/waittimes`, or for one region
//! `/api/9/regions/{regionCode}/waittimes`, public.

use booking::ids::{PracticeId, RegionCode};
use booking::on_demand::{Modality, NobodyAvailable, Pool, Qualifier};

use super::{instant, seconds};
use crate::json::{self, Value};
use crate::request::{Call, Request, path};

/// Reads the waits of a practice's pools of clinicians. No other filter is sent, so that closed pools are in the
/// answer, too.
pub struct WaitTimes {
    /// The practice.
    pub practice: PracticeId,
    /// The region; `None` = all regions of the practice.
    pub region: Option<RegionCode>,
}

impl Call for WaitTimes {
    /// The pools, in the order of the response. A pool is left out if a visit booked here would not go to it (another
    /// practice's, a specialty's, one for other qualifiers only, or by another modality than video or phone), or if
    /// its wait cannot be read.
    type Answer = Vec<Pool>;

    fn request(&self) -> Request {
        let path = match &self.region {
            Some(region) => path("/api/9/regions/", region.as_str(), "/waittimes"),
            None => "/api/9/regions/waittimes".into(),
        };
        Request::public_visit(path, vec![("practiceId", self.practice.as_str().into())])
    }

    fn read(&self, body: &[u8]) -> Option<Vec<Pool>> {
        let Some(Value::List(rows)) = json::parse(body) else { return None };
        Some(rows.iter().filter_map(|row| self.pool(row)).collect())
    }
}

impl WaitTimes {
    fn pool(&self, row: &Value<'_>) -> Option<Pool> {
        let is_ours =
            json::id(row, "practiceId").is_none_or(|id| id.eq_ignore_ascii_case(self.practice.as_str()));
        if !is_ours || !json::rows(row, "specialties").is_empty() {
            return None;
        }
        let qualifiers = json::texts(row, "assignmentQualifiers");
        let is_for =
            |wanted: Qualifier| qualifiers.iter().any(|word| word.eq_ignore_ascii_case(wanted.as_str()));
        let (for_adults, for_children) = (is_for(Qualifier::Adult), is_for(Qualifier::Pediatric));
        // A pool without qualifiers sees anyone. A pool that has only other qualifiers sees nobody who books here.
        if !qualifiers.is_empty() && !for_adults && !for_children {
            return None;
        }
        let is_available = json::flag(row, "available")?;
        // Only an estimate is shown with the time at which it was made.
        let as_of = instant(row, "estimateGeneratedAt").or((!is_available).then_some(0))?;
        Some(Pool {
            region: RegionCode::new(json::id(row, "regionCode")?),
            modality: Modality::from_wire(json::id(row, "visitTypeName")?)?,
            for_adults,
            for_children,
            wait: if is_available {
                Ok(seconds(row, "estimatedWaitTimeSeconds")?)
            } else {
                Err(not_now(row))
            },
            as_of,
        })
    }
}

fn not_now(row: &Value<'_>) -> NobodyAvailable {
    match json::id(row, "reason") {
        Some("NO_ONCALL_PROVIDERS") => NobodyAvailable::Unstaffed,
        Some("REGION_BUSY") => NobodyAvailable::Busy(json::text(row, "busyMessage")),
        Some("OFF_HOURS") => NobodyAvailable::OffHours,
        _ => NobodyAvailable::NoRegion,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    const POOLS: &str = r#"[{"available":true,"estimateGeneratedAt":"2026-12-08T17:04:25.114Z","estimatedWaitTimeSeconds":540,
      "regionCode":"WA","practiceId":"c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33","visitTypeName":"virtual",
      "assignmentQualifiers":["adult"],"specialties":[]},
     {"available":false,"estimateGeneratedAt":"2026-12-08T17:04:25.114Z","reason":"REGION_BUSY",
      "busyMessage":"We are seeing high demand. Please check back soon.","regionCode":"WA",
      "practiceId":"C0A8F6A1-52DE-4F2F-8A8F-1F6A1C1B7D33","visitTypeName":"phone",
      "assignmentQualifiers":["pediatric"],"specialties":[]}]"#;

    fn call(region: Option<&str>) -> WaitTimes {
        WaitTimes {
            practice: PracticeId::new("c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33"),
            region: region.map(RegionCode::new),
        }
    }

    /// The pools after a change in the answer.
    fn with(from: &str, to: &str) -> Vec<Pool> {
        assert!(POOLS.contains(from), "{from} is not in the answer");
        call(None).read(POOLS.replace(from, to).as_bytes()).unwrap()
    }

    #[test]
    fn the_request_is_for_all_regions_or_for_one() {
        assert_eq!(
            wire(&call(None)),
            "GET https://visit.example/api/9/regions/waittimes?practiceId=c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33&product=findadoctor (public)"
        );
        assert_eq!(
            wire(&call(Some("W/A"))),
            "GET https://visit.example/api/9/regions/W%2FA/waittimes?practiceId=c0a8f6a1-52de-4f2f-8a8f-1f6a1c1b7d33&product=findadoctor (public)"
        );
    }

    #[test]
    fn the_references_own_pools_are_read_whole() {
        let adults = Pool {
            region: RegionCode::new("WA"),
            modality: Modality::Video,
            for_adults: true,
            for_children: false,
            wait: Ok(540),
            as_of: 1_796_749_465,
        };
        let busy = NobodyAvailable::Busy("We are seeing high demand. Please check back soon.".into());
        let children = Pool {
            modality: Modality::Phone,
            for_adults: false,
            for_children: true,
            wait: Err(busy),
            ..adults.clone()
        };
        assert_eq!(call(None).read(POOLS.as_bytes()), Some(vec![adults, children]));
    }

    #[test]
    fn a_reason_not_known_here_means_that_there_is_no_region() {
        for (reason, why) in [
            (r#""NO_ONCALL_PROVIDERS""#, NobodyAvailable::Unstaffed),
            (r#""OFF_HOURS""#, NobodyAvailable::OffHours),
            (r#""NO_REGIONS_FOUND""#, NobodyAvailable::NoRegion),
            (r#""LUNCH""#, NobodyAvailable::NoRegion),
            ("null", NobodyAvailable::NoRegion),
        ] {
            assert_eq!(with(r#""REGION_BUSY""#, reason)[1].wait, Err(why), "{reason}");
        }
        assert_eq!(with("busyMessage", "x")[1].wait, Err(NobodyAvailable::Busy(String::new())));
    }

    #[test]
    fn pools_one_would_not_come_to_are_left_out() {
        for (from, to) in [
            (r#""c0a8f6a1-"#, r#""d0a8f6a1-"#),
            (r#""specialties":[]},"#, r#""specialties":["dermatology"]},"#),
            (r#"["adult"]"#, r#"["spanish"]"#),
            (r#""virtual""#, r#""chat""#),
            ("540", "-1"),
            ("540", "86401"),
            ("540", "1e9"),
            ("540", "null"),
            (r#""available":true"#, r#""available":null"#),
            (r#""regionCode":"WA","practiceId":"c"#, r#""x":"WA","practiceId":"c"#),
        ] {
            assert_eq!(with(from, to).len(), 1, "{to}");
        }
        assert_eq!(with("540", r#""540.9""#)[0].wait, Ok(540));
    }

    #[test]
    fn only_an_estimate_needs_the_time_at_which_it_was_made() {
        for none in ["soon", ""] {
            let pools = with("2026-12-08T17:04:25.114Z", none);
            assert_eq!(pools.len(), 1, "the wait of the available pool cannot be read");
            let busy = "We are seeing high demand. Please check back soon.";
            assert_eq!(pools[0].wait, Err(NobodyAvailable::Busy(busy.into())));
        }
    }

    #[test]
    fn a_pool_for_anyone_says_nothing_of_whom() {
        for none in ["[]", "null", "{}", "[7]"] {
            let pools = with(r#"["adult"]"#, none);
            assert!(!pools[0].for_adults && !pools[0].for_children, "{none}");
        }
        let both = &with(r#"["adult"]"#, r#"["Adult","pediatric","spanish"]"#)[0];
        assert!(both.for_adults && both.for_children);
    }

    #[test]
    fn bad_rows_never_hide_the_others_and_no_list_is_no_answer() {
        let rows = POOLS.replacen('[', r"[null,7,{},[],", 1);
        assert_eq!(call(None).read(rows.as_bytes()).map(|pools| pools.len()), Some(2));
        assert_eq!(call(None).read(b"[]"), Some(Vec::new()));
        for bad in ["", "{}", "null", "<html>"] {
            assert_eq!(call(None).read(bad.as_bytes()), None, "{bad}");
        }
    }
}
