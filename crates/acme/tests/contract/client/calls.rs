//! Which call of the client crate stands behind what the flow asks for, as in the widget: by which form a search goes,
//! and what each answer means to the flow.

use booking::api::{Answer, CouponTrouble};
use booking::api::{DepartmentKey, Read, Write};
use booking::outcome::{Outcome, Trouble};
use booking::search::{Found, Page, Search};
use chrono::NaiveDate;
use dexcare::{BookClinician, BookDepartment, Call, FindOptions, JoinVisit, OfferedNearby, SearchForm};

use super::driver::{Client, NoAnswer};

/// What the page says, and which form of the search opened last.
pub struct Line {
    pub brand: Option<String>,
    pub tenant: String,
    pub language: String,
    pub today: NaiveDate,
    /// The GET form was shut.
    pub by_post: bool,
}

/// Performs a read.
pub async fn answer(client: &Client<'_>, line: &mut Line, read: Read) -> Answer {
    let brand = || line.brand.clone().expect("a brand");
    match read {
        Read::Department(key) => {
            let (key, with_providers) = match key {
                DepartmentKey::UrlName(name) => (dexcare::DepartmentKey::ByUrlName(name), true),
                DepartmentKey::Identifier(place) => (dexcare::DepartmentKey::ById(place), false),
            };
            let call = dexcare::DepartmentInfo { key, with_providers };
            Answer::Department(client.ask(&call).await.map(Box::new))
        }
        Read::DepartmentSlots(url_name, visit_type) => {
            Answer::Slots(client.ask(&dexcare::DepartmentTimeslots { url_name, visit_type }).await)
        }
        Read::Clinician(npi) => Answer::Clinician(client.ask(&dexcare::Provider { npi }).await.map(Box::new)),
        Read::ClinicianSlots(npi, visit_type, start, end) => {
            let call = dexcare::ProviderTimeslots { npi, visit_type, start, end };
            Answer::Slots(client.ask(&call).await)
        }
        Read::Lookahead(visit_type, ehr) => {
            Answer::Lookahead(client.ask(&dexcare::MaxLookahead { visit_type, ehr }).await)
        }
        Read::Patient => Answer::Patient(client.ask(&dexcare::CurrentPatient).await.map(Box::new)),
        Read::MailRule => Answer::MailRule(client.ask(&dexcare::ValidationConfigs).await.ok().flatten()),
        Read::Departments(brand) => {
            let list = client.ask(&dexcare::Departments { brand }).await;
            Answer::Departments(list.map(|list| list.departments))
        }
        Read::Options(search, page) => {
            Answer::Found(around(client, line, &search, &page).await.map(Box::new))
        }
        Read::ClinicianOptions(npi, patient_type, page) => {
            let call = dexcare::ProviderTimeslotsV5 { npi, page, patient_type };
            Answer::Found(client.ask(&call).await.map(Box::new))
        }
        Read::Practice(id) => Answer::Practice(client.ask(&dexcare::PracticeInfo { id }).await.map(Box::new)),
        Read::Waits(practice) => {
            Answer::Waits(client.ask(&dexcare::WaitTimes { practice, region: None }).await)
        }
        Read::Issuers => Answer::Issuers(client.ask(&dexcare::Issuers { tenant: line.tenant.clone() }).await),
        Read::Coupon(code) => Answer::Coupon(coupon(client, code).await),
        Read::VisitWait(visit) => Answer::VisitWait(client.ask(&dexcare::VisitWaitTime { visit }).await),
        Read::Standing(visit) => Answer::Standing(client.ask(&dexcare::VisitSummary { visit }).await),
        Read::CancelRules => Answer::CancelRules(client.ask(&dexcare::ClientConfig).await.map(Box::new)),
        Read::ClinicVisits => Answer::ClinicVisits(client.ask(&dexcare::ClinicVisits).await),
        Read::CancelReasons => {
            Answer::CancelReasons(client.ask(&dexcare::CancelReasons { brand: brand() }).await)
        }
    }
}

/// A coupon's statuses have meanings of their own.
pub async fn coupon(client: &Client<'_>, code: String) -> Result<booking::payment::Coupon, CouponTrouble> {
    let call = dexcare::VerifyCoupon { code };
    match client.perform(&call.request()).await {
        Err(NoAnswer) => Err(CouponTrouble::Failed(Trouble::Network)),
        Ok((200..=299, body)) => call.read(&body).ok_or(CouponTrouble::Failed(Trouble::Unreadable)),
        Ok((status, _)) => Err(dexcare::coupon_trouble(status)),
    }
}

/// A search goes by the GET form, which costs a browser no preflight, until that is found to be shut.
async fn around(
    client: &Client<'_>,
    line: &mut Line,
    search: &Search,
    page: &Page,
) -> Result<Found, Trouble> {
    let doors =
        if line.by_post { [SearchForm::Post, SearchForm::Get] } else { [SearchForm::Get, SearchForm::Post] };
    match knock(client, line.today, search, page, doors[0]).await {
        Err(trouble @ (Trouble::SignedOut | Trouble::Rejected | Trouble::NotFound | Trouble::Unreadable)) => {
            let found = knock(client, line.today, search, page, doors[1]).await.map_err(|_| trouble)?;
            line.by_post = !line.by_post;
            Ok(found)
        }
        other => other,
    }
}

async fn knock(
    client: &Client<'_>,
    today: NaiveDate,
    search: &Search,
    page: &Page,
    form: SearchForm,
) -> Result<Found, Trouble> {
    let mut page = page.clone();
    if form == SearchForm::Post && page.visit_types.is_empty() {
        // This form wants visit types by name; what is offered around tells them.
        let offers = client.ask(&OfferedNearby { search: search.clone() }).await?;
        page.visit_types = offers.into_iter().map(|offer| offer.short_name).collect();
        if page.visit_types.is_empty() {
            return Ok(Found::default());
        }
    }
    client.ask(&FindOptions { search: search.clone(), page, form, today }).await
}

/// Performs a write, once. No answer to a booking is an unknown outcome: it may have been carried out.
pub async fn perform(client: &Client<'_>, line: &Line, write: Write, card: Option<String>) -> Answer {
    match write {
        Write::SaveSelf(demographics, ehr) => {
            let whose = dexcare::Whose::Self_;
            let call = dexcare::SavePatient { whose, demographics: *demographics, ehr };
            Answer::Saved(client.ask(&call).await)
        }
        Write::SaveOther(demographics, ehr) => {
            let whose = dexcare::Whose::Other;
            let call = dexcare::SavePatient { whose, demographics: *demographics, ehr };
            Answer::SavedOther(client.ask(&call).await)
        }
        Write::BookDepartment(visit) => {
            let call = BookDepartment { visit: *visit, card };
            let sent = client.perform(&call.request()).await;
            booked(sent, |status, body| call.outcome(status, body))
        }
        Write::BookClinician(visit) => {
            let call = BookClinician { visit: *visit, card };
            let sent = client.perform(&call.request()).await;
            booked(sent, |status, body| call.outcome(status, body))
        }
        Write::Join(visit) => {
            let (brand, language) = (line.brand.clone(), line.language.clone());
            let call = JoinVisit { visit: *visit, brand, language, card };
            let sent = client.perform(&call.request()).await;
            booked(sent, |status, body| call.outcome(status, body))
        }
        Write::CancelClinicVisit(visit, reason) => {
            Answer::Cancelled(client.ask(&dexcare::CancelClinicVisit { visit, reason }).await)
        }
        Write::Leave(leave) => Answer::Cancelled(client.ask(&dexcare::LeaveVisit { leave: *leave }).await),
    }
}

fn booked(sent: Result<(u16, Vec<u8>), NoAnswer>, read: impl Fn(u16, &[u8]) -> Outcome) -> Answer {
    Answer::Booking(sent.map_or(Outcome::Unknown, |(status, body)| read(status, &body)))
}
