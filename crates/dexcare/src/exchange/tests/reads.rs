use booking::api::{CouponError, DepartmentKey, Read};
use booking::ids::{DepartmentIdentifier, EhrSystem, Npi, PracticeId, UrlName, VisitId, VisitType};
use booking::payment::Coupon;
use booking::search::SearchPage;
use booking::visits::VisitFilter;

use super::*;

const CLINIC: &str = r#"{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Northlake Clinic Ballard",
    "ehrSystemName":"org.northlake.epic.main","timezone":"America/Los_Angeles"}"#;
const SLOTS: &str = r#"{"timezone":"America/Los_Angeles","scheduleDays":[]}"#;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

/// Every read except the search, the mail rule and coupons: its path and query, whether it has the patient's
/// token, and a body that is a good answer.
fn reads() -> Vec<(Read, &'static str, bool, &'static str)> {
    let (flu, ballard) = (VisitType::new("FluShot"), UrlName::new("NorthlakeBallard"));
    let ehr = EhrSystem::new("org.northlake.epic.main");
    let identifier = DepartmentIdentifier::new("org.northlake.epic.main", "100210");
    let (npi, practice) = (Npi::from_wire("1234567893"), PracticeId::new("p"));
    let visit = VisitId::new("0f6e5c1d");
    let page = SearchPage { from: None, days: 5, visit_types: vec![flu.clone()] };
    let (public, own) = (false, true);
    vec![
        (
            Read::Department(DepartmentKey::UrlName(ballard.clone())),
            "/v4/departments/NorthlakeBallard/departmentInfo?withProviders=true",
            public,
            CLINIC,
        ),
        (
            Read::Department(DepartmentKey::Identifier(identifier)),
            "/v4/departments/org.northlake.epic.main%7C100210/departmentInfo?byId=true",
            public,
            CLINIC,
        ),
        (
            Read::Departments("northlake".into()),
            "/v4/departments?brand=northlake&clinicType=Retail",
            public,
            "[]",
        ),
        (
            Read::DepartmentSlots(ballard, flu.clone()),
            "/v2/departments/NorthlakeBallard/timeslots?visitTypeName=FluShot",
            public,
            SLOTS,
        ),
        (
            Read::Clinician(npi.clone()),
            "/v1/providers/1234567893?",
            public,
            r#"{"npi":"1234567893","name":"Dana Whitfield"}"#,
        ),
        (
            Read::ClinicianSlots(npi.clone(), flu.clone(), day(7), day(21)),
            "/v4/providers/1234567893/timeslots?startDate=2026-12-07&endDate=2026-12-21&visitType=FluShot",
            public,
            SLOTS,
        ),
        (
            Read::ClinicianOptions(npi, None, page),
            "/v5/providers/1234567893/timeslots?daysOfSlots=5&visitTypeName=FluShot",
            public,
            "{}",
        ),
        (Read::Patient, "/v1/patient?", own, r#"{"id":"7b0f6d7e"}"#),
        (
            Read::Lookahead(flu, ehr),
            "/v2/lookups/maxLookaheadDays?visitTypeName=FluShot&epicInstanceName=org.northlake.epic.main",
            public,
            r#"{"maxLookaheadDays":90}"#,
        ),
        (Read::Practice(practice.clone()), "/api/9/practices/p?", public, r#"{"id":"p"}"#),
        (Read::Waits(practice), "/api/9/regions/waittimes?practiceId=p", public, "[]"),
        (
            Read::Issuers,
            "/api/v2/brand/northlake-tenant/insuranceissuers?",
            public,
            r#"{"insuranceIssuers":[]}"#,
        ),
        (
            Read::VisitWait(visit.clone()),
            "/api/9/visits/0f6e5c1d/waittime?",
            own,
            r#"{"estimatedWaitTimeSeconds":420.5,"estimateGeneratedAt":"2026-12-08T17:10:25.114Z"}"#,
        ),
        (Read::VisitStatus(visit), "/api/9/visits/0f6e5c1d/summary?", own, r#"{"status":"done"}"#),
        (Read::CancelRules, "/v2/blisseyconfigs?", public, "{}"),
        (Read::ClinicVisits(VisitFilter::Requested), "/api/6/visits/retail/self?status=requested", own, "[]"),
        (Read::ClinicVisits(VisitFilter::All), "/api/6/visits/retail/self?", own, "[]"),
        (Read::CancelReasons, "/api/7/visits/retail/cancel/reasons/northlake?", public, "[]"),
    ]
}

/// Why a read failed.
fn error_of(answer: &Answer) -> Option<ApiError> {
    match answer {
        Answer::Department(answer) => answer.as_ref().err(),
        Answer::Departments(answer) => answer.as_ref().err(),
        Answer::Slots(answer) => answer.as_ref().err(),
        Answer::Clinician(answer) => answer.as_ref().err(),
        Answer::Lookahead(answer) => answer.as_ref().err(),
        Answer::Patient(answer) => answer.as_ref().err(),
        Answer::SearchResult(answer) => answer.as_ref().err(),
        Answer::Practice(answer) => answer.as_ref().err(),
        Answer::Waits(answer) => answer.as_ref().err(),
        Answer::Issuers(answer) => answer.as_ref().err(),
        Answer::VisitWait(answer) => answer.as_ref().err(),
        Answer::VisitStatus(answer) => answer.as_ref().err(),
        Answer::CancelRules(answer) => answer.as_ref().err(),
        Answer::ClinicVisits(answer) => answer.as_ref().err(),
        Answer::CancelReasons(answer) => answer.as_ref().err(),
        other => panic!("{other:?} answers no read of the list"),
    }
    .copied()
}

/// Begins the read again and passes one reply to it.
fn answer(read: &Read, reply: Reply) -> Done {
    done(begin_read(read.clone(), false, northlake()).next(reply))
}

#[test]
fn each_read_is_one_get_with_a_token_only_where_it_is_about_the_patient() {
    for (read, address, is_own, body) in reads() {
        for fresh in [false, true] {
            let exchange = begin_read(read.clone(), fresh, northlake());
            let request = &exchange.request;
            let between = if address.ends_with('?') { "" } else { "&" };
            assert_eq!(request.url("", "x"), [address, between, "product=x"].concat());
            assert_eq!(request.auth == Auth::Patient, is_own, "{address}");
            assert!(request.method == crate::Method::Get && request.body.is_none() && !request.is_write());
            assert_eq!(exchange.fresh, fresh);
        }
        let end = answer(&read, reply(200, body));
        assert_eq!(error_of(&end.answer), None, "{address}: {:?}", end.answer);
        assert!(end.closed.is_none() && end.form.is_none(), "{address}");
    }
}

#[test]
fn each_read_fails_by_its_status_by_silence_or_by_what_cannot_be_read() {
    for (read, address, is_own, _) in reads() {
        for (reply, wanted) in [
            (reply(503, "busy"), ApiError::Server),
            (reply(429, ""), ApiError::Server),
            (reply(408, ""), ApiError::Server),
            (reply(404, "{}"), ApiError::NotFound),
            // A 401 to a request without a token does not mean that the patient is signed out.
            (reply(401, "{}"), if is_own { ApiError::SignedOut } else { ApiError::Rejected }),
            (reply(403, "{}"), ApiError::Rejected),
            (reply(200, "<html>"), ApiError::Unreadable),
            (Err(NoAnswer), ApiError::Network),
        ] {
            assert_eq!(error_of(&answer(&read, reply).answer), Some(wanted), "{address}");
        }
    }
}

#[test]
fn a_brand_whose_clinics_all_cannot_be_read_is_not_a_brand_without_clinics() {
    let clinics = |body: &str| match answer(&Read::Departments("northlake".into()), reply(200, body)).answer {
        Answer::Departments(found) => found.map(|clinics| clinics.len()),
        other => panic!("{other:?}"),
    };
    let no_zone = CLINIC.replace("timezone", "zone");
    assert_eq!(clinics(&format!("[{no_zone},{no_zone}]")), Err(ApiError::Unreadable));
    assert_eq!(clinics(&format!("[{no_zone},{CLINIC}]")), Ok(1));
    assert_eq!(clinics("[]"), Ok(0));
}

#[test]
fn a_host_is_closed_that_is_silent_or_refuses_what_needs_no_token() {
    for (read, address, is_own, _) in reads() {
        let host = begin_read(read.clone(), false, northlake()).request.host;
        assert_eq!(answer(&read, Err(NoAnswer)).closed, Some(Closed { host, status: 0 }), "{address}");
        for status in [401, 403] {
            let refused = (!is_own).then_some(Closed { host, status });
            assert_eq!(answer(&read, reply(status, "")).closed, refused, "{address}");
        }
        for status in [200, 400, 404, 500] {
            assert_eq!(answer(&read, reply(status, "")).closed, None, "{address}");
        }
    }
}

#[test]
fn a_mail_rule_that_cannot_be_read_is_none() {
    let rule = |reply| match answer(&Read::MailRule, reply).answer {
        Answer::MailRule(rule) => rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(rule(reply(200, r#"{"emailValidationRegex":"^.+@.+$"}"#)).as_deref(), Some("^.+@.+$"));
    for reply in [reply(200, "<html>"), reply(500, ""), Err(NoAnswer)] {
        assert_eq!(rule(reply), None);
    }
}

#[test]
fn the_statuses_of_a_coupon_have_meanings_of_their_own() {
    let check = |reply| match answer(&Read::Coupon("NORTH 25".into()), reply).answer {
        Answer::Coupon(check) => check,
        other => panic!("{other:?}"),
    };
    let exchange = begin_read(Read::Coupon("NORTH 25".into()), false, northlake());
    assert_eq!(line(&exchange), "GET /api/v2/coupon/NORTH%2025/verify");
    assert_eq!(check(reply(200, r#"{"status":"active","discountAmount":2500}"#)), Ok(Coupon::Active(2500)));
    assert_eq!(check(reply(200, r#"{"status":"inactive"}"#)), Ok(Coupon::Inactive));
    assert_eq!(check(reply(404, "")), Err(CouponError::Unknown));
    assert_eq!(check(reply(429, "")), Err(CouponError::TooMany));
    assert_eq!(check(reply(500, "")), Err(CouponError::Failed(ApiError::Server)));
    assert_eq!(check(reply(200, "<html>")), Err(CouponError::Failed(ApiError::Unreadable)));
    assert_eq!(check(Err(NoAnswer)), Err(CouponError::Failed(ApiError::Network)));
}

#[test]
fn without_a_brand_or_a_tenant_the_path_has_an_empty_segment() {
    for (read, path) in [
        (Read::CancelReasons, "/api/7/visits/retail/cancel/reasons/"),
        (Read::Issuers, "/api/v2/brand//insuranceissuers"),
    ] {
        assert_eq!(begin_read(read, false, Context::default()).request.path, path);
    }
}
