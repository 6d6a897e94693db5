//! Reads a body with every reader, and checks what must be true of any result.

use booking::ids::{EhrSystem, Npi, PracticeId, UrlName, VisitId, VisitType};
use booking::on_demand::{Modality, NobodyAvailable};
use booking::outcome::{Confirmation, Outcome};
use booking::patient::Demographics;
use booking::payment::Coupon;
use booking::place::{Address, VisitTypeOffer};
use booking::search::SearchResult;
use booking::slot::Slots;
use booking::time::Moment;
use booking::visits::VisitFilter;
use chrono::NaiveDate;
use dexcare::{
    BookClinician, BookDepartment, Call, CancelReasons, ClientConfig, ClinicVisits, CurrentPatient,
    DepartmentInfo, DepartmentKey, DepartmentTimeslots, Departments, ErrorBody, Issuers, MaxLookahead,
    NearbyVisitTypes, PracticeInfo, Provider, ProviderTimeslots, ProviderTimeslotsV5, RecordOwner,
    SavePatient, SearchForm, ValidationConfigs, VerifyCoupon, VisitSummary, VisitWaitTime, WaitTimes,
    api_error,
};
use proptest::prelude::*;

use crate::calls::{join, near, page, search, visit};

fn is_fit_to_show(text: &str) -> bool {
    text.chars().count() <= 300
        && !text.chars().any(|c| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
}

fn address_is_fit(address: &Address) -> bool {
    [&address.line1, &address.line2, &address.city, &address.state, &address.postal_code]
        .into_iter()
        .all(|part| is_fit_to_show(part))
}

fn check_slots(slots: Option<&Slots>) -> Result<(), TestCaseError> {
    for slot in slots.into_iter().flat_map(|slots| &slots.slots) {
        prop_assert!(slot.minutes <= 1440);
        prop_assert!(slot.id.is_none() == slot.source.is_search() && !slot.npi.as_str().is_empty());
        prop_assert!(slot.id.as_ref().is_none_or(|id| !id.as_str().is_empty()));
        prop_assert!(!slot.place.ehr.as_str().is_empty() && !slot.place.department.as_str().is_empty());
        prop_assert!((0..7_289_654_400).contains(&slot.at.at), "1970 to 2200");
        prop_assert_eq!(Moment::parse(&slot.at.to_rfc3339()), Some(slot.at));
    }
    Ok(())
}

fn check_confirmation(confirmed: Confirmation) -> Result<(), TestCaseError> {
    prop_assert!(!confirmed.visit.as_str().is_empty());
    let link = confirmed.meeting.and_then(|meeting| meeting.join_url);
    prop_assert!(link.is_none_or(|link| link[..8].eq_ignore_ascii_case("https://")));
    let own = |room: &str| {
        ["http://localhost", "http://127.0.0.1", "http://[::1]"].into_iter().any(|host| {
            // Up to the path, only a port may follow the host: with an `@` there, the link would lead to another host.
            room.strip_prefix(host)
                .and_then(|rest| rest.split(['/', '?', '#']).next())
                .is_some_and(|port| port.is_empty() || (port.starts_with(':') && !port.contains('@')))
        })
    };
    prop_assert!(confirmed.room.is_none_or(|room| room[..8].eq_ignore_ascii_case("https://") || own(&room)));
    Ok(())
}

fn check_offers(offers: &[VisitTypeOffer]) -> Result<(), TestCaseError> {
    for (place, offer) in offers.iter().enumerate() {
        prop_assert!(is_fit_to_show(&offer.name) && !offer.short_name.as_str().is_empty());
        prop_assert!(offers[..place].iter().all(|other| other.short_name != offer.short_name));
    }
    Ok(())
}

fn check_found(found: Option<&SearchResult>) -> Result<(), TestCaseError> {
    check_slots(found.map(|found| &found.slots))?;
    let Some(found) = found else { return Ok(()) };
    check_offers(&found.visit_types)?;
    for slot in &found.slots.slots {
        prop_assert_eq!(found.places.iter().filter(|place| place.identifier == slot.place).count(), 1);
        prop_assert!(slot.provider.as_str().is_empty());
    }
    for place in &found.places {
        prop_assert!(is_fit_to_show(&place.name) && address_is_fit(&place.address));
        prop_assert!(!place.zone.as_str().is_empty());
        prop_assert!(place.tenth_miles.is_none_or(|tenths| tenths <= 1_000_000));
        prop_assert!(found.slots.slots.iter().any(|slot| slot.place == place.identifier));
    }
    for clinician in &found.clinicians {
        prop_assert!(is_fit_to_show(&clinician.name) && !clinician.name.is_empty());
        prop_assert!(is_fit_to_show(&clinician.gender));
        prop_assert!(clinician.specialties.iter().all(|text| is_fit_to_show(text)));
    }
    Ok(())
}

fn read_searches(body: &[u8]) -> Result<(), TestCaseError> {
    for form in [SearchForm::Get, SearchForm::Post] {
        check_found(near(form).read(body).as_ref())?;
    }
    let v5 = ProviderTimeslotsV5 { npi: Npi::from_wire("1234567893"), page: page(), patient_type: None };
    check_found(v5.read(body).as_ref())?;
    check_offers(&NearbyVisitTypes { search: search() }.read(body).unwrap_or_default())
}

fn read_visits_now(body: &[u8]) -> Result<(), TestCaseError> {
    let practice = PracticeId::new("p");
    for region in
        (PracticeInfo { id: practice.clone() }).read(body).into_iter().flat_map(|found| found.regions)
    {
        prop_assert!(is_fit_to_show(&region.name) && is_fit_to_show(&region.busy_message));
        prop_assert!(!region.code.as_str().is_empty() && region.price <= 10_000_000);
        prop_assert!(region.hours.iter().all(|(from, to)| from < to) && region.hours.is_sorted());
        prop_assert!(region.pediatric_months.is_none_or(|(min, max)| min <= max));
    }
    for pool in (WaitTimes { practice, region: None }).read(body).unwrap_or_default() {
        prop_assert!(!pool.region.as_str().is_empty());
        match pool.wait {
            Ok(seconds) => prop_assert!(seconds <= 86_400),
            Err(NobodyAvailable::Busy(message)) => prop_assert!(is_fit_to_show(&message)),
            Err(_) => {}
        }
    }
    let wait = VisitWaitTime { visit: VisitId::new("v") }.read(body);
    prop_assert!(wait.is_none_or(|wait| wait.range.from < wait.range.to && wait.range.to <= 25 * 60));
    VisitSummary { visit: VisitId::new("v") }.read(body);
    for (_, reasons) in ClientConfig.read(body).into_iter().flat_map(|rules| rules.reasons) {
        prop_assert!(!reasons.is_empty() && reasons.iter().all(|reason| is_fit_to_show(&reason.label)));
    }
    Ok(())
}

fn read_the_rest(body: &[u8]) -> Result<(), TestCaseError> {
    for visit in
        (ClinicVisits { filter: VisitFilter::All }).read(body).into_iter().flat_map(|list| list.visits)
    {
        prop_assert!(!visit.id.as_str().is_empty() && visit.start.at <= visit.end.at);
    }
    for reason in (CancelReasons { brand: "b".into() }).read(body).unwrap_or_default() {
        prop_assert!(!reason.code.is_empty() && is_fit_to_show(&reason.label));
    }
    for issuer in (Issuers { tenant: "t".into() }).read(body).unwrap_or_default() {
        prop_assert!(!issuer.payer.is_empty() && is_fit_to_show(&issuer.name) && !issuer.name.is_empty());
    }
    if let Some(Coupon::Active(cents)) = (VerifyCoupon { code: "c".into() }).read(body) {
        prop_assert!(cents <= 10_000_000);
    }
    Ok(())
}

/// Reads the body with every reader, and checks the results.
pub fn read_by_all(body: &[u8], status: u16) -> Result<(), TestCaseError> {
    let (npi, visit_type) = (Npi::from_wire("1234567893"), VisitType::new("FluShot"));
    let key = DepartmentKey::UrlName(UrlName::new("NorthlakeBallard"));
    let one = DepartmentInfo { key, with_providers: true }.read(body);
    let many = Departments { brand: "northlake".into() }.read(body);
    for clinic in one.iter().chain(many.iter().flat_map(|list| &list.departments)) {
        prop_assert!(
            is_fit_to_show(&clinic.name) && !clinic.name.is_empty() && is_fit_to_show(&clinic.phone)
        );
        prop_assert!(address_is_fit(&clinic.address));
        prop_assert!(clinic.position.is_none_or(|(north, east)| north.abs() <= 90.0 && east.abs() <= 180.0));
        prop_assert!(clinic.clinicians.iter().all(|(_, name)| is_fit_to_show(name)));
        prop_assert!(
            clinic.visit_types.iter().all(
                |offer| is_fit_to_show(&offer.name) && offer.ages.is_none_or(|ages| ages.min <= ages.max)
            )
        );
    }
    if let Some(clinician) = (Provider { npi: npi.clone() }).read(body) {
        prop_assert!(is_fit_to_show(&clinician.name) && is_fit_to_show(&clinician.credentials));
        prop_assert!(
            clinician
                .places
                .iter()
                .all(|place| is_fit_to_show(&place.name) && address_is_fit(&place.address))
        );
    }
    check_slots(
        DepartmentTimeslots { url_name: UrlName::new("x"), visit_type: visit_type.clone() }
            .read(body)
            .as_ref(),
    )?;
    let (start, end) = (NaiveDate::MIN, NaiveDate::MAX);
    check_slots(ProviderTimeslots { npi, visit_type: visit_type.clone(), start, end }.read(body).as_ref())?;
    let days = MaxLookahead { visit_type, ehr: EhrSystem::new("e") }.read(body);
    prop_assert!(days.is_none_or(|days| days <= 3650));
    if let Some(patient) = CurrentPatient.read(body) {
        for link in &patient.links {
            let person = &link.demographics;
            prop_assert!(
                [&person.name.given, &person.name.family, &person.email, &person.phone]
                    .into_iter()
                    .all(|text| is_fit_to_show(text))
            );
            prop_assert!(
                matches!(person.birth_date.len(), 0 | 10)
                    && person.ssn_last_four.is_none()
                    && address_is_fit(&person.address)
            );
        }
    }
    let save = SavePatient {
        owner: RecordOwner::AccountHolder,
        demographics: Demographics::default(),
        ehr: EhrSystem::new("e"),
    };
    prop_assert!(save.read(body).is_none_or(|guid| !guid.as_str().is_empty()));
    ValidationConfigs.read(body);

    read_searches(body)?;
    read_visits_now(body)?;
    read_the_rest(body)?;

    let error = ErrorBody::new(body);
    prop_assert!(is_fit_to_show(&error.message()) && error.code().is_none_or(|code| is_fit_to_show(&code)));
    prop_assert!(error.request_id().is_none_or(|id| is_fit_to_show(&id)));
    api_error(status);

    let retail = BookDepartment { visit: visit(), card: None }.outcome(status, body);
    let clinician = BookClinician { visit: visit(), card: None }.outcome(status, body);
    let is_refusal = (400..500).contains(&status) && status != 408 && status != 499;
    let [video, phone] = Modality::ALL.map(|modality| join(modality).outcome(status, body));
    for outcome in [retail, clinician, video, phone] {
        match outcome {
            Outcome::Booked(confirmed) => {
                prop_assert!((200..300).contains(&status));
                check_confirmation(confirmed)?;
            }
            Outcome::Refused(_) => prop_assert!(is_refusal),
            Outcome::Unknown => prop_assert!(!is_refusal),
        }
    }
    Ok(())
}
