//! Which call of the API stands behind what the flow asks for, and what its answer means. Only [`super::effects`] uses
//! this; it performs nothing by itself but what [`crate::net::Tier`] does.

use booking::api::{Answer, CouponTrouble};
use booking::api::{DepartmentKey, Read, Write};
use booking::outcome::{Outcome, Trouble};
use booking::search::{Page, Search};
use dexcare::{Auth, Call, Host, Request};

use super::search;
use crate::host::config::Config;
use crate::net::{Abort, NoAnswer, Response};

/// What every read and write of one widget goes out with.
pub struct Line<'a> {
    /// The configuration in force when it was asked for.
    pub config: &'a Config,
    /// The patient's token, if one is held.
    pub token: Option<String>,
    /// The card field's token, if one is held.
    pub card: Option<String>,
    /// The language on screen.
    pub language: String,
    /// Gives it up.
    pub abort: &'a Abort,
}

/// A host that lets no answer through to this page, and the status it says so with: 0 where no answer came.
pub type Closed = (Host, u16);

/// Performs a read and says what its answer means, and whether its host is closed to this page.
pub async fn answer(line: &Line<'_>, read: Read, fresh: bool) -> (Answer, Option<Closed>) {
    match call_for(read, line.config) {
        Ok((request, decode)) => {
            let sent = line.config.tier.read(&request, line.token.as_deref(), fresh, line.abort).await;
            let closed = match &sent {
                Err(NoAnswer) => Some((request.host, 0)),
                // With a token it would be the patient who is refused.
                Ok(Response { status: status @ (401 | 403), .. }) if request.auth == Auth::Public => {
                    Some((request.host, *status))
                }
                Ok(_) => None,
            };
            (decode(sent), closed)
        }
        Err((wanted, page)) => {
            let found = search::around(line, *wanted, page, fresh).await;
            let closed = match &found {
                Err(Trouble::Network) => Some((Host::Api, 0)),
                Err(Trouble::SignedOut) => Some((Host::Api, 401)),
                _ => None,
            };
            (Answer::Found(found.map(Box::new)), closed)
        }
    }
}

/// Reads what came of a call; no answer is an answer too.
type Decode = Box<dyn FnOnce(Result<Response, NoAnswer>) -> Answer>;

/// The call behind a read; a search has two, and which of them is let through is found out by trying.
fn call_for(read: Read, config: &Config) -> Result<(Request, Decode), (Box<Search>, Page)> {
    Ok(match read {
        Read::Options(wanted, page) => return Err((wanted, page)),
        Read::Department(key) => {
            let (key, with_providers) = match key {
                // Any clinician may be the one there: their names come with the clinic.
                DepartmentKey::UrlName(name) => (dexcare::DepartmentKey::ByUrlName(name), true),
                DepartmentKey::Identifier(identifier) => (dexcare::DepartmentKey::ById(identifier), false),
            };
            prepare(dexcare::DepartmentInfo { key, with_providers }, |found| {
                Answer::Department(found.map(Box::new))
            })
        }
        Read::Departments(brand) => prepare(dexcare::Departments { brand }, |found| {
            Answer::Departments(found.map(|list| list.departments))
        }),
        Read::DepartmentSlots(url_name, visit_type) => {
            prepare(dexcare::DepartmentTimeslots { url_name, visit_type }, Answer::Slots)
        }
        Read::Clinician(npi) => {
            prepare(dexcare::Provider { npi }, |found| Answer::Clinician(found.map(Box::new)))
        }
        Read::ClinicianSlots(npi, visit_type, start, end) => {
            prepare(dexcare::ProviderTimeslots { npi, visit_type, start, end }, Answer::Slots)
        }
        Read::ClinicianOptions(npi, patient_type, page) => {
            let call = dexcare::ProviderTimeslotsV5 { npi, page, patient_type };
            prepare(call, |found| Answer::Found(found.map(Box::new)))
        }
        Read::Patient => prepare(dexcare::CurrentPatient, |found| Answer::Patient(found.map(Box::new))),
        Read::Lookahead(visit_type, ehr) => {
            prepare(dexcare::MaxLookahead { visit_type, ehr }, Answer::Lookahead)
        }
        Read::MailRule => prepare(dexcare::ValidationConfigs, |found| Answer::MailRule(found.ok().flatten())),
        Read::Practice(id) => {
            prepare(dexcare::PracticeInfo { id }, |found| Answer::Practice(found.map(Box::new)))
        }
        Read::Waits(practice) => prepare(dexcare::WaitTimes { practice, region: None }, Answer::Waits),
        Read::Issuers => {
            let tenant = config.tenant.clone().unwrap_or_default();
            prepare(dexcare::Issuers { tenant }, Answer::Issuers)
        }
        Read::Coupon(code) => coupon(code),
        Read::VisitWait(visit) => prepare(dexcare::VisitWaitTime { visit }, Answer::VisitWait),
        Read::Standing(visit) => prepare(dexcare::VisitSummary { visit }, Answer::Standing),
        Read::CancelRules => prepare(dexcare::ClientConfig, |found| Answer::CancelRules(found.map(Box::new))),
        Read::ClinicVisits => prepare(dexcare::ClinicVisits, Answer::ClinicVisits),
        Read::CancelReasons => {
            let brand = config.brand.clone().unwrap_or_default();
            prepare(dexcare::CancelReasons { brand }, Answer::CancelReasons)
        }
    })
}

/// A coupon's statuses have meanings of their own.
fn coupon(code: String) -> (Request, Decode) {
    let call = dexcare::VerifyCoupon { code };
    let request = call.request();
    let decode = move |sent: Result<Response, NoAnswer>| {
        Answer::Coupon(match sent {
            Err(NoAnswer) => Err(CouponTrouble::Failed(Trouble::Network)),
            Ok(response) if (200..300).contains(&response.status) => {
                call.read(&response.body).ok_or(CouponTrouble::Failed(Trouble::Unreadable))
            }
            Ok(response) => Err(dexcare::coupon_trouble(response.status)),
        })
    };
    (request, Box::new(decode))
}

/// One way through the network for every call: a future of its own type each would cost a state machine each.
fn prepare<C: Call + 'static>(call: C, wrap: fn(Result<C::Answer, Trouble>) -> Answer) -> (Request, Decode) {
    let request = call.request();
    let decode =
        move |sent| wrap(read_body(sent).and_then(|body| call.read(&body).ok_or(Trouble::Unreadable)));
    (request, Box::new(decode))
}

/// The body of a 2xx, or what went wrong.
pub fn read_body(answer: Result<Response, NoAnswer>) -> Result<Vec<u8>, Trouble> {
    match answer {
        Ok(response) if (200..300).contains(&response.status) => Ok(response.body),
        Ok(response) => Err(dexcare::trouble(response.status)),
        Err(NoAnswer) => Err(Trouble::Network),
    }
}

/// Performs a write, once, and says what its answer means.
pub async fn perform(line: &Line<'_>, write: Write) -> Answer {
    let (request, judge): (Request, Decode) = match write {
        Write::SaveSelf(demographics, ehr) => {
            let whose = dexcare::Whose::Self_;
            prepare(dexcare::SavePatient { whose, demographics: *demographics, ehr }, Answer::Saved)
        }
        Write::SaveOther(demographics, ehr) => {
            let whose = dexcare::Whose::Other;
            prepare(dexcare::SavePatient { whose, demographics: *demographics, ehr }, Answer::SavedOther)
        }
        Write::BookDepartment(visit) => {
            let call = dexcare::BookDepartment { visit: *visit, card: line.card.clone() };
            let request = call.request();
            (request, Box::new(move |sent| outcome(sent, |status, body| call.outcome(status, body))))
        }
        Write::BookClinician(visit) => {
            let call = dexcare::BookClinician { visit: *visit, card: line.card.clone() };
            let request = call.request();
            (request, Box::new(move |sent| outcome(sent, |status, body| call.outcome(status, body))))
        }
        Write::Join(visit) => {
            let call = dexcare::JoinVisit {
                visit: *visit,
                brand: line.config.brand.clone(),
                language: line.language.clone(),
                card: line.card.clone(),
            };
            let request = call.request();
            (request, Box::new(move |sent| outcome(sent, |status, body| call.outcome(status, body))))
        }
        Write::CancelClinicVisit(visit, reason) => {
            prepare(dexcare::CancelClinicVisit { visit, reason }, Answer::Cancelled)
        }
        Write::Leave(leave) => prepare(dexcare::LeaveVisit { leave: *leave }, Answer::Cancelled),
    };
    judge(line.config.tier.write(&request, line.token.as_deref(), line.abort).await)
}

/// No answer to a booking is an unknown outcome, never a failure: it may have been carried out.
fn outcome(sent: Result<Response, NoAnswer>, read: impl Fn(u16, &[u8]) -> Outcome) -> Answer {
    Answer::Booking(sent.map_or(Outcome::Unknown, |response| read(response.status, &response.body)))
}
