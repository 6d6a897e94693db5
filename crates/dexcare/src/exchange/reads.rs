//! The call that answers each read.

use booking::api::{Answer, CouponTrouble, DepartmentKey, Read};
use booking::outcome::Trouble;

use super::search::Attempt;
use super::{Context, Decode, Exchange, NoAnswer, Reply, Then, is_success, prepare};
use crate::request::{Call, Request};

/// The first request of a read. `fresh` = no remembered answer will do.
pub fn begin_read(read: Read, fresh: bool, context: Context) -> Exchange {
    let (request, decode) = match read {
        Read::Options(search, page) => return Attempt::begin(*search, page, fresh, &context),
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
        Read::Patient => prepare(crate::CurrentPatient, |found| Answer::Patient(found.map(Box::new))),
        Read::Lookahead(visit_type, ehr) => {
            prepare(crate::MaxLookahead { visit_type, ehr }, Answer::Lookahead)
        }
        // Without a rule of the system's own, the built-in one holds.
        Read::MailRule => prepare(crate::ValidationConfigs, |found| Answer::MailRule(found.ok().flatten())),
        Read::Practice(id) => {
            prepare(crate::PracticeInfo { id }, |found| Answer::Practice(found.map(Box::new)))
        }
        Read::Waits(practice) => prepare(crate::WaitTimes { practice, region: None }, Answer::Waits),
        Read::Issuers => {
            let tenant = context.tenant.unwrap_or_default();
            prepare(crate::Issuers { tenant }, Answer::Issuers)
        }
        Read::Coupon(code) => check_coupon(code),
        Read::VisitWait(visit) => prepare(crate::VisitWaitTime { visit }, Answer::VisitWait),
        Read::Standing(visit) => prepare(crate::VisitSummary { visit }, Answer::Standing),
        Read::CancelRules => prepare(crate::ClientConfig, |found| Answer::CancelRules(found.map(Box::new))),
        Read::ClinicVisits => prepare(crate::ClinicVisits, Answer::ClinicVisits),
        Read::CancelReasons => {
            let brand = context.brand.unwrap_or_default();
            prepare(crate::CancelReasons { brand }, Answer::CancelReasons)
        }
    };
    Exchange { request, fresh, then: Then::Decode(decode) }
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
