use SearchForm::{Get, Post};
use booking::api::Read;
use booking::ids::VisitType;
use booking::search::{Search, SearchCentre, SearchPage, SearchResult};

use super::*;

const SLOTS: &str = "/v1/availability/slots";
const GET_SLOTS: &str = "GET /v1/availability/slots";
const POST_SLOTS: &str = "POST /v1/availability/slots";
const POST_OFFERS: &str = "POST /v1/availability/providers";

const CLINICS: &str = r#""providers":{"1234567893":{"name":"Dana Whitfield"}},"departments":{"e|1":{"ehrInstance":"e",
    "departmentName":"Ballard","distanceFrom":1.8,"timezone":"America/Los_Angeles","clinicType":"Primary Care"}}"#;

/// An answer to GET with one time.
fn by_get() -> String {
    let slots = r#"{"slotsByVisitType":[{"visitTypeName":"NewPatient","visitTypeEmrId":"4378","modality":"INCLINIC",
        "scheduleDays":[{"slotTimes":[{"slotDateTime":"2026-12-08T15:40:00-08:00",
        "providerOptions":[{"npi":"1234567893","departmentEhrIdentifier":"e|1","duration":30}]}]}]}],"#;
    [slots, CLINICS, "}"].concat()
}

/// An answer to POST with the same time.
fn by_post() -> String {
    let slots = r#"{"slots":[{"slotDateTime":"2026-12-08T23:40:00Z","visitTypeName":"NewPatient",
        "providerOptions":[{"npi":"1234567893","departmentEhrIdentifier":"e|1","visitTypeId":"4378","duration":30}]}],"#;
    [slots, CLINICS, "}"].concat()
}

/// An answer with the visit types offered nearby.
fn offers(names: &[&str]) -> String {
    let row = |name: &&str| format!(r#"{{"visitTypeId":"1","visitTypeName":"{name}"}}"#);
    let rows: Vec<_> = names.iter().map(row).collect();
    format!(r#"{{"results":[{{"npi":"1234567893","visitTypes":[{}]}}]}}"#, rows.join(","))
}

fn near(visit_types: &[&str]) -> Read {
    let around = Some(SearchCentre::Zip("98107".into()));
    let search =
        Search { around, radius: 30, specialty: None, gender: None, clinic_type: None, patient_type: None };
    let visit_types = visit_types.iter().map(|name| VisitType::new(name)).collect();
    Read::Options(Box::new(search), SearchPage { from: None, days: 10, visit_types })
}

/// Begins a search on a page with or without an API key, on a host that last answered `search_form`.
fn begin(visit_types: &[&str], has_api_key: bool, search_form: Option<SearchForm>) -> Exchange {
    begin_read(near(visit_types), true, Context { has_api_key, search_form, ..northlake() })
}

fn found(end: &Done) -> Result<&SearchResult, ApiError> {
    match &end.answer {
        Answer::SearchResult(found) => found.as_deref().map_err(|error| *error),
        other => panic!("{other:?}"),
    }
}

fn fails_with(end: &Done, error: ApiError, status: Option<u16>) {
    assert_eq!(found(end).map(|_| ()), Err(error));
    assert_eq!(end.closed, status.map(|status| Closed { host: Host::Api, status }));
    assert_eq!(end.form, None);
}

/// The replies that mean that this page cannot use this request form.
fn refusals() -> [Reply; 4] {
    [reply(401, "{}"), reply(403, "{}"), reply(404, ""), reply(200, "<html>")]
}

#[test]
fn without_a_key_get_comes_first_with_one_post_and_what_worked_last_before_both() {
    for (has_api_key, last, form) in [
        (false, None, Get),
        (true, None, Post),
        (false, Some(Post), Post),
        (false, Some(Get), Get),
        (true, Some(Get), Get),
        (true, Some(Post), Post),
    ] {
        let exchange = begin(&["NewPatient"], has_api_key, last);
        assert_eq!(line(&exchange), if form == Get { GET_SLOTS } else { POST_SLOTS });
        assert!(exchange.fresh && exchange.request.auth == Auth::Public && !exchange.request.is_write());
        let end = done(exchange.next(reply(200, &if form == Get { by_get() } else { by_post() })));
        assert_eq!(found(&end).map(|found| found.slots.slots.len()), Ok(1));
        assert_eq!((end.form, end.closed), (Some(form), None));
    }
}

#[test]
fn a_form_that_is_refused_gives_way_to_the_other() {
    for first in [Get, Post] {
        for refusal in refusals() {
            let second = send(begin(&["NewPatient"], false, Some(first)).next(refusal));
            assert_eq!(line(&second), if first == Get { POST_SLOTS } else { GET_SLOTS });
            assert!(second.fresh);
            let end = done(second.next(reply(200, &if first == Get { by_post() } else { by_get() })));
            assert_eq!(found(&end).map(|found| found.slots.slots.len()), Ok(1));
            assert_eq!((end.form, end.closed), (Some(if first == Get { Post } else { Get }), None));
        }
    }
}

#[test]
fn times_that_do_not_come_now_would_not_come_in_the_other_form_either() {
    for first in [Get, Post] {
        let end = |reply| done(begin(&["NewPatient"], false, Some(first)).next(reply));
        fails_with(&end(Err(NoAnswer)), ApiError::Network, Some(0));
        fails_with(&end(reply(503, "")), ApiError::Server, None);
        fails_with(&end(reply(400, "")), ApiError::Rejected, None);
    }
}

#[test]
fn where_neither_form_works_the_first_ones_reason_is_reported() {
    for first in [Get, Post] {
        for second in [Err(NoAnswer), reply(503, ""), reply(403, ""), reply(200, "[]")] {
            for (status, error, closed) in [
                (401, ApiError::Rejected, Some(401)),
                (403, ApiError::Rejected, Some(403)),
                (404, ApiError::NotFound, None),
                (200, ApiError::Unreadable, None),
            ] {
                let second = match &second {
                    Ok(response) => Ok(Response { status: response.status, body: response.body.clone() }),
                    Err(NoAnswer) => Err(NoAnswer),
                };
                let exchange = begin(&["NewPatient"], false, Some(first));
                let end = done(send(exchange.next(reply(status, "<html>"))).next(second));
                fails_with(&end, error, closed);
            }
        }
    }
}

#[test]
fn post_reads_what_is_offered_before_it_asks_for_times_of_no_type() {
    let exchange = begin(&[], true, None);
    assert_eq!(line(&exchange), POST_OFFERS);
    assert_eq!(exchange.request.body.as_deref(), Some(r#"{"postalCode":"98107","radius":30}"#));
    assert!(!exchange.fresh, "what is offered may be remembered");
    // A video visit is not at a clinic.
    let times = send(exchange.next(reply(200, &offers(&["NewPatient", "Virtual", "FluShot"]))));
    assert_eq!(line(&times), POST_SLOTS);
    assert!(times.fresh, "times are read afresh");
    assert_eq!(
        times.request.body.as_deref(),
        Some(concat!(
            r#"{"postalCode":"98107","radius":30,"visitTypeNames":["NewPatient","FluShot"],"#,
            r#""startDate":"2026-12-07","endDate":"2026-12-20"}"#
        ))
    );
    let end = done(times.next(reply(200, &by_post())));
    assert_eq!((found(&end).map(|found| found.slots.slots.len()), end.form), (Ok(1), Some(Post)));
}

#[test]
fn where_nothing_is_offered_there_are_no_times_and_no_further_request() {
    for names in [&[][..], &["Virtual"]] {
        let end = done(begin(&[], true, None).next(reply(200, &offers(names))));
        assert_eq!((found(&end), end.form), (Ok(&SearchResult::default()), Some(Post)));
    }
}

#[test]
fn without_the_offers_get_is_tried_and_the_reason_why_they_did_not_come_is_reported() {
    for (what, error, closed) in [
        (Err(NoAnswer), ApiError::Network, Some(0)),
        (reply(503, ""), ApiError::Server, None),
        (reply(429, ""), ApiError::Server, None),
        (reply(401, ""), ApiError::Rejected, Some(401)),
        (reply(403, ""), ApiError::Rejected, Some(403)),
        (reply(404, ""), ApiError::NotFound, None),
        (reply(200, "[]"), ApiError::Unreadable, None),
    ] {
        let get = send(begin(&[], true, None).next(what));
        assert_eq!(line(&get), GET_SLOTS);
        // If GET gets no answer either (as after the deadline), the error of the POST form is reported.
        fails_with(&done(get.next(Err(NoAnswer))), error, closed);
    }
    let get = send(begin(&[], true, None).next(Err(NoAnswer)));
    let end = done(get.next(reply(200, &by_get())));
    assert_eq!((found(&end).map(|found| found.slots.slots.len()), end.form), (Ok(1), Some(Get)));
    assert_eq!(end.closed, None, "a host that answers one form is not closed");
}

#[test]
fn types_that_were_read_for_post_are_not_sent_by_get() {
    let times = send(begin(&[], true, None).next(reply(200, &offers(&["NewPatient"]))));
    let get = send(times.next(reply(403, "")));
    assert_eq!(
        get.request.url("", "x"),
        [SLOTS, "?daysOfSlots=10&postalCode=98107&radius=30&product=x"].concat()
    );
    let times = send(begin(&["FluShot"], true, None).next(reply(403, "")));
    assert!(times.request.url("", "x").contains("&visitTypeNames=FluShot&"), "the patient's choice is kept");
}

#[test]
fn after_get_is_refused_post_reads_the_offers_first() {
    let offered = send(begin(&[], false, None).next(reply(404, "")));
    assert_eq!(line(&offered), POST_OFFERS);
    let times = send(offered.next(reply(200, &offers(&["NewPatient"]))));
    assert_eq!(line(&times), POST_SLOTS);
    // The third request fails: GET was first, and its reason is reported.
    fails_with(&done(times.next(reply(503, ""))), ApiError::NotFound, None);
    let offered = send(begin(&[], false, None).next(reply(403, "")));
    fails_with(&done(offered.next(Err(NoAnswer))), ApiError::Rejected, Some(403));
}
