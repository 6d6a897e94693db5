//! The calls that answer each read.

use booking::api::{Answer, CouponError, DepartmentKey, Read};
use booking::ids::{Npi, PracticeId, VisitId};
use booking::outcome::ApiError;
use booking::search::{PatientType, Search, SearchPage};
use booking::visits::VisitFilter;

use super::search::Attempt;
use super::{Context, Decode, Exchange, NoAnswer, Reply, Then, is_success, prepare};
use crate::request::{Call, Request};

/// A read that only an errand needs.
pub enum ErrandRead {
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
    /// [`Read::VisitStatus`].
    VisitStatus(VisitId),
    /// [`Read::CancelRules`].
    CancelRules,
    /// [`Read::ClinicVisits`].
    ClinicVisits(VisitFilter),
    /// [`Read::CancelReasons`].
    CancelReasons,
}

/// A read that the times of the page's own clinics and clinicians do not need: places, clinics to choose from,
/// searches and lines.
pub enum WaysRead {
    /// [`Read::Departments`].
    Departments(String),
    /// [`Read::Options`].
    Options(Box<Search>, SearchPage),
    /// [`Read::ClinicianOptions`].
    ClinicianOptions(Npi, Option<PatientType>, SearchPage),
    /// [`Read::Practice`].
    Practice(PracticeId),
    /// [`Read::Waits`].
    Waits(PracticeId),
}

/// A read that the times of the page's own clinics and clinicians do not need.
pub enum OtherRead {
    /// A read for the other ways to be seen.
    Ways(WaysRead),
    /// A read for an errand.
    Errand(ErrandRead),
}

/// Begins a read. `fresh` = do not use an answer that the sender remembers.
pub fn begin_read(read: Read, fresh: bool, context: Context) -> Exchange {
    match begin_times(read, fresh) {
        Ok(exchange) => exchange,
        Err(OtherRead::Ways(read)) => begin_ways_read(read, fresh, &context),
        Err(OtherRead::Errand(read)) => errand_exchange(read, fresh, context),
    }
}

/// Begins a read as [`begin_read`] does, if an errand needs it; `None` for a read that only the finder needs.
pub fn begin_errand_read(read: Read, fresh: bool, context: Context) -> Option<Exchange> {
    match begin_times(read, fresh) {
        Ok(exchange) => Some(exchange),
        Err(OtherRead::Errand(read)) => Some(errand_exchange(read, fresh, context)),
        Err(OtherRead::Ways(_)) => None,
    }
}

/// Begins a read of the names, places, times or look-ahead of a page's own clinics and clinicians. Returns any other
/// read as an error.
pub fn begin_times(read: Read, fresh: bool) -> Result<Exchange, OtherRead> {
    let (request, decode) = match read {
        Read::Department(key) => {
            // Read the clinicians' names too: the clinic's times may be with any clinician there.
            let with_providers = matches!(key, DepartmentKey::UrlName(_));
            prepare(crate::DepartmentInfo { key, with_providers }, |found| {
                Answer::Department(found.map(Box::new))
            })
        }
        Read::DepartmentSlots(url_name, visit_type) => {
            prepare(crate::DepartmentTimeslots { url_name, visit_type }, Answer::Slots)
        }
        Read::Clinician(npi) => {
            prepare(crate::Provider { npi }, |found| Answer::Clinician(found.map(Box::new)))
        }
        Read::ClinicianSlots(npi, visit_type, start, end) => {
            prepare(crate::ProviderTimeslots { npi, visit_type, start, end }, Answer::Slots)
        }
        Read::Lookahead(visit_type, ehr) => {
            prepare(crate::MaxLookahead { visit_type, ehr }, Answer::Lookahead)
        }
        Read::Options(search, page) => return Err(OtherRead::Ways(WaysRead::Options(search, page))),
        Read::Departments(brand) => return Err(OtherRead::Ways(WaysRead::Departments(brand))),
        Read::ClinicianOptions(npi, patient_type, page) => {
            return Err(OtherRead::Ways(WaysRead::ClinicianOptions(npi, patient_type, page)));
        }
        Read::Practice(id) => return Err(OtherRead::Ways(WaysRead::Practice(id))),
        Read::Waits(practice) => return Err(OtherRead::Ways(WaysRead::Waits(practice))),
        Read::Patient => return Err(OtherRead::Errand(ErrandRead::Patient)),
        Read::MailRule => return Err(OtherRead::Errand(ErrandRead::MailRule)),
        Read::Issuers => return Err(OtherRead::Errand(ErrandRead::Issuers)),
        Read::Coupon(code) => return Err(OtherRead::Errand(ErrandRead::Coupon(code))),
        Read::VisitWait(visit) => return Err(OtherRead::Errand(ErrandRead::VisitWait(visit))),
        Read::VisitStatus(visit) => return Err(OtherRead::Errand(ErrandRead::VisitStatus(visit))),
        Read::CancelRules => return Err(OtherRead::Errand(ErrandRead::CancelRules)),
        Read::ClinicVisits(filter) => return Err(OtherRead::Errand(ErrandRead::ClinicVisits(filter))),
        Read::CancelReasons => return Err(OtherRead::Errand(ErrandRead::CancelReasons)),
    };
    Ok(Exchange { request, fresh, then: Then::Decode(decode) })
}

/// Begins a read that the times of the page's own clinics and clinicians do not need.
pub fn begin_ways_read(read: WaysRead, fresh: bool, context: &Context) -> Exchange {
    let (request, decode) = match read {
        WaysRead::Options(search, page) => return Attempt::begin(*search, page, fresh, context),
        WaysRead::Departments(brand) => prepare(crate::Departments { brand }, |found| {
            // A list in which no clinic can be read is not a brand without clinics.
            Answer::Departments(found.and_then(|list| {
                let is_unreadable = list.departments.is_empty() && list.dropped > 0;
                if is_unreadable { Err(ApiError::Unreadable) } else { Ok(list.departments) }
            }))
        }),
        WaysRead::ClinicianOptions(npi, patient_type, page) => {
            let call = crate::ProviderTimeslotsV5 { npi, page, patient_type };
            prepare(call, |found| Answer::SearchResult(found.map(Box::new)))
        }
        WaysRead::Practice(id) => {
            prepare(crate::PracticeInfo { id }, |found| Answer::Practice(found.map(Box::new)))
        }
        WaysRead::Waits(practice) => prepare(crate::WaitTimes { practice, region: None }, Answer::Waits),
    };
    Exchange { request, fresh, then: Then::Decode(decode) }
}

fn errand_exchange(read: ErrandRead, fresh: bool, context: Context) -> Exchange {
    let (request, decode) = match read {
        ErrandRead::Patient => prepare(crate::CurrentPatient, |found| Answer::Patient(found.map(Box::new))),
        ErrandRead::Issuers => {
            let tenant = context.tenant.unwrap_or_default();
            prepare(crate::Issuers { tenant }, Answer::Issuers)
        }
        ErrandRead::Coupon(code) => check_coupon(code),
        ErrandRead::VisitWait(visit) => prepare(crate::VisitWaitTime { visit }, Answer::VisitWait),
        ErrandRead::VisitStatus(visit) => prepare(crate::VisitSummary { visit }, Answer::VisitStatus),
        ErrandRead::CancelRules => {
            prepare(crate::ClientConfig, |found| Answer::CancelRules(found.map(Box::new)))
        }
        ErrandRead::ClinicVisits(filter) => prepare(crate::ClinicVisits { filter }, Answer::ClinicVisits),
        ErrandRead::CancelReasons => {
            let brand = context.brand.unwrap_or_default();
            prepare(crate::CancelReasons { brand }, Answer::CancelReasons)
        }
        // If the system's own rule is missing or cannot be read, the built-in rule applies.
        ErrandRead::MailRule => {
            prepare(crate::ValidationConfigs, |found| Answer::MailRule(found.ok().flatten()))
        }
    };
    Exchange { request, fresh, then: Then::Decode(decode) }
}

/// Checks a coupon. The statuses of this call have meanings of their own (API reference §2.40).
fn check_coupon(code: String) -> (Request, Decode) {
    let call = crate::VerifyCoupon { code };
    let request = call.request();
    let decode = move |reply: Reply| {
        Answer::Coupon(match reply {
            Err(NoAnswer) => Err(CouponError::Failed(ApiError::Network)),
            Ok(response) if is_success(response.status) => {
                call.read(&response.body).ok_or(CouponError::Failed(ApiError::Unreadable))
            }
            Ok(response) => Err(crate::coupon_error(response.status)),
        })
    };
    (request, Box::new(decode))
}
