//! The call that answers each read.

use booking::api::{Answer, CouponTrouble, DepartmentKey, Read};
use booking::ids::VisitId;
use booking::outcome::Trouble;

use super::search::Attempt;
use super::{Context, Decode, Exchange, NoAnswer, Reply, Then, is_success, prepare};
use crate::request::{Call, Request};

/// A read of which only an errand has need.
pub enum OfPatient {
    /// [`Read::Patient`].
    Patient,
    /// [`Read::MailRule`].
    MailRule,
    /// [`Read::Issuers`].
    Issuers,
    /// [`Read::Coupon`].
    Coupon(String),
    /// [`Read::VisitWait`].
    VisitWait(VisitId),
    /// [`Read::Standing`].
    Standing(VisitId),
    /// [`Read::CancelRules`].
    CancelRules,
    /// [`Read::ClinicVisits`].
    ClinicVisits,
    /// [`Read::CancelReasons`].
    CancelReasons,
}

/// The first request of a read. `fresh` = no remembered answer will do.
pub fn begin_read(read: Read, fresh: bool, context: Context) -> Exchange {
    match begin_search(read, fresh, &context) {
        Ok(exchange) => exchange,
        Err(read) => {
            let (request, decode) = of_patient(read, context);
            Exchange { request, fresh, then: Then::Decode(decode) }
        }
    }
}

/// The same for what there is to choose from: places, clinicians, times and waits. Gives back what only an
/// errand reads.
pub fn begin_search(read: Read, fresh: bool, context: &Context) -> Result<Exchange, OfPatient> {
    let (request, decode) = match read {
        Read::Options(search, page) => return Ok(Attempt::begin(*search, page, fresh, context)),
        Read::Department(key) => {
            let (key, with_providers) = match key {
                // Any clinician may be the one there: their names come with the clinic.
                DepartmentKey::UrlName(name) => (crate::DepartmentKey::ByUrlName(name), true),
                DepartmentKey::Identifier(identifier) => (crate::DepartmentKey::ById(identifier), false),
            };
            prepare(crate::DepartmentInfo { key, with_providers }, |found| {
                Answer::Department(found.map(Box::new))
            })
        }
        Read::Departments(brand) => prepare(crate::Departments { brand }, |found| {
            Answer::Departments(found.map(|list| list.departments))
        }),
        Read::DepartmentSlots(url_name, visit_type) => {
            prepare(crate::DepartmentTimeslots { url_name, visit_type }, Answer::Slots)
        }
        Read::Clinician(npi) => {
            prepare(crate::Provider { npi }, |found| Answer::Clinician(found.map(Box::new)))
        }
        Read::ClinicianSlots(npi, visit_type, start, end) => {
            prepare(crate::ProviderTimeslots { npi, visit_type, start, end }, Answer::Slots)
        }
        Read::ClinicianOptions(npi, patient_type, page) => {
            let call = crate::ProviderTimeslotsV5 { npi, page, patient_type };
            prepare(call, |found| Answer::Found(found.map(Box::new)))
        }
        Read::Lookahead(visit_type, ehr) => {
            prepare(crate::MaxLookahead { visit_type, ehr }, Answer::Lookahead)
        }
        Read::Practice(id) => {
            prepare(crate::PracticeInfo { id }, |found| Answer::Practice(found.map(Box::new)))
        }
        Read::Waits(practice) => prepare(crate::WaitTimes { practice, region: None }, Answer::Waits),
        Read::Patient => return Err(OfPatient::Patient),
        Read::MailRule => return Err(OfPatient::MailRule),
        Read::Issuers => return Err(OfPatient::Issuers),
        Read::Coupon(code) => return Err(OfPatient::Coupon(code)),
        Read::VisitWait(visit) => return Err(OfPatient::VisitWait(visit)),
        Read::Standing(visit) => return Err(OfPatient::Standing(visit)),
        Read::CancelRules => return Err(OfPatient::CancelRules),
        Read::ClinicVisits => return Err(OfPatient::ClinicVisits),
        Read::CancelReasons => return Err(OfPatient::CancelReasons),
    };
    Ok(Exchange { request, fresh, then: Then::Decode(decode) })
}

fn of_patient(read: OfPatient, context: Context) -> (Request, Decode) {
    match read {
        OfPatient::Patient => prepare(crate::CurrentPatient, |found| Answer::Patient(found.map(Box::new))),
        OfPatient::Issuers => {
            let tenant = context.tenant.unwrap_or_default();
            prepare(crate::Issuers { tenant }, Answer::Issuers)
        }
        OfPatient::Coupon(code) => check_coupon(code),
        OfPatient::VisitWait(visit) => prepare(crate::VisitWaitTime { visit }, Answer::VisitWait),
        OfPatient::Standing(visit) => prepare(crate::VisitSummary { visit }, Answer::Standing),
        OfPatient::CancelRules => {
            prepare(crate::ClientConfig, |found| Answer::CancelRules(found.map(Box::new)))
        }
        OfPatient::ClinicVisits => prepare(crate::ClinicVisits, Answer::ClinicVisits),
        OfPatient::CancelReasons => {
            let brand = context.brand.unwrap_or_default();
            prepare(crate::CancelReasons { brand }, Answer::CancelReasons)
        }
        // Without a rule of the system's own, the built-in one holds.
        OfPatient::MailRule => {
            prepare(crate::ValidationConfigs, |found| Answer::MailRule(found.ok().flatten()))
        }
    }
}

/// A coupon's statuses have meanings of their own (API reference §2.40).
fn check_coupon(code: String) -> (Request, Decode) {
    let call = crate::VerifyCoupon { code };
    let request = call.request();
    let decode = move |reply: Reply| {
        Answer::Coupon(match reply {
            Err(NoAnswer) => Err(CouponTrouble::Failed(Trouble::Network)),
            Ok(response) if is_success(response.status) => {
                call.read(&response.body).ok_or(CouponTrouble::Failed(Trouble::Unreadable))
            }
            Ok(response) => Err(crate::coupon_trouble(response.status)),
        })
    };
    (request, Box::new(decode))
}
