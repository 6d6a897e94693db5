//! Writes commands as lines of text, so that a test can be read line by line.

use crate::api::{DepartmentKey, Read, VisitActor, Write};
use crate::errand::command::Command;
use crate::fixtures::id_of;
use crate::ids::VisitType;
use crate::notice::{Finding, Notice};
use crate::on_demand::WaitingLine;
use crate::request::RequestId;
use crate::search::{Search, SearchCentre, SearchPage};
use crate::time::iso_date;
use crate::visits::VisitFilter;

/// Writes one command as a line of text. `open` has these lines for the open requests, to name one that is cancelled.
pub fn line(command: &Command, open: &[(RequestId, String)]) -> String {
    match command {
        Command::Read { read, fresh, .. } => {
            let afresh = if *fresh { " afresh" } else { "" };
            format!("read {}{afresh}", read_line(read))
        }
        Command::Write { write, .. } => write_line(write),
        Command::Cancel(id) => match open.iter().find(|(open, _)| open == id) {
            Some((_, line)) => format!("cancel {line}"),
            None => format!("cancel what nobody asked for: {id:?}"),
        },
        Command::AskToken { .. } => "ask token".into(),
        Command::InviteSignIn { .. } => "invite to sign in".into(),
        Command::AskCard { .. } => "ask card".into(),
        Command::Later { seconds, .. } => format!("wait {seconds} s"),
        Command::HandOff(time, name, context) => {
            let at = time.slot().at.to_rfc3339();
            let name = name.as_ref().map(|name| format!(" of {}", name.as_str())).unwrap_or_default();
            let context = context.as_ref().map(|context| format!(" by {context}")).unwrap_or_default();
            format!("hand off {at}{name}{context}")
        }
        Command::HandOver(time) => format!("hand over {}", time.slot().at.to_rfc3339()),
        Command::Notify(notice) => format!("tell {}", notice_line(notice)),
        Command::Finder(_) | Command::PutInBrief(..) => unreachable!("the journey sees to it"),
    }
}

fn write_line(write: &Write) -> String {
    match write {
        Write::SaveSelf(who, ehr) => {
            format!("save {} {} in {}", who.name.given, who.name.family, short(ehr.as_str()))
        }
        Write::SaveOther(who, ehr) => {
            let (given, family) = (&who.name.given, &who.name.family);
            format!("save dependant {given} {family} in {}", short(ehr.as_str()))
        }
        Write::BookDepartment(visit) => {
            let by = visit.actor.as_ref().map(by_line).unwrap_or_default();
            format!("book at the clinic: {} for {}{by}", visit.slot_id.as_str(), visit.patient.as_str())
        }
        Write::BookClinician(visit) => {
            let by = visit.actor.as_ref().map(by_line).unwrap_or_default();
            format!("book with the clinician: {} for {}{by}", visit.slot_id.as_str(), visit.patient.as_str())
        }
        Write::Join(visit) => {
            let by = visit.actor.as_ref().map(by_line).unwrap_or_default();
            let line = match &visit.now.line {
                WaitingLine::General => String::new(),
                WaitingLine::Clinic(place) => format!(" at {}", place.department.as_str()),
                WaitingLine::Clinician(npi, key) => format!(" with {} as {key}", npi.as_str()),
            };
            let (how, region) = (visit.now.modality.as_str(), visit.now.region.code.as_str());
            format!("join {how} in {region}{line} for {}{by}", visit.patient.as_str())
        }
        Write::CancelClinicVisit(visit, reason) => format!("cancel visit {} for {reason}", visit.as_str()),
        Write::CancelOnDemand(leave) => {
            let reason = leave.reason.as_deref().unwrap_or("no reason");
            format!("leave {} {} for {reason}", leave.modality.as_str(), leave.visit.as_str())
        }
    }
}

fn by_line(actor: &VisitActor) -> String {
    format!(" by {} ({})", actor.guid.as_str(), actor.actor.relationship)
}

fn page_line(page: &SearchPage) -> String {
    let from = page.from.map(|day| format!(" from {}", iso_date(day))).unwrap_or_default();
    let types: Vec<_> = page.visit_types.iter().map(VisitType::as_str).collect();
    let types = if types.is_empty() { String::new() } else { format!(" {}", types.join("+")) };
    format!("{types}{from}, {} days", page.days)
}

fn around_line(search: &Search) -> String {
    match &search.around {
        None => "nowhere".into(),
        Some(SearchCentre::Zip(zip)) => zip.clone(),
        Some(SearchCentre::Point(latitude, longitude)) => format!("{latitude},{longitude}"),
    }
}

fn read_line(read: &Read) -> String {
    match read {
        Read::Department(DepartmentKey::UrlName(name)) => format!("clinic {}", name.as_str()),
        Read::Department(DepartmentKey::Identifier(place)) => format!("clinic {}", place.department.as_str()),
        Read::DepartmentSlots(name, visit_type) => format!("times {} {}", name.as_str(), visit_type.as_str()),
        Read::Clinician(npi) => format!("clinician {}", npi.as_str()),
        Read::ClinicianSlots(npi, visit_type, from, to) => {
            let (from, to) = (iso_date(*from), iso_date(*to));
            format!("times {} {} {from}..{to}", npi.as_str(), visit_type.as_str())
        }
        Read::Lookahead(visit_type, ehr) => {
            format!("look-ahead {} {}", visit_type.as_str(), short(ehr.as_str()))
        }
        Read::Patient => "patient".into(),
        Read::MailRule => "mail rule".into(),
        Read::Departments(brand) => format!("clinics of {brand}"),
        Read::Options(search, page) => format!("options around {}{}", around_line(search), page_line(page)),
        Read::ClinicianOptions(npi, patient_type, page) => {
            let who = patient_type.map(|kind| format!(" {}", kind.as_str())).unwrap_or_default();
            format!("options with {}{who}{}", npi.as_str(), page_line(page))
        }
        Read::Practice(practice) => format!("practice {}", practice.as_str()),
        Read::Waits(practice) => format!("waits of {}", practice.as_str()),
        Read::Issuers => "insurers".into(),
        Read::Coupon(code) => format!("coupon {code}"),
        Read::VisitWait(visit) => format!("estimate of {}", visit.as_str()),
        Read::VisitStatus(visit) => format!("status of {}", visit.as_str()),
        Read::CancelRules => "cancel rules".into(),
        Read::ClinicVisits(VisitFilter::Requested) => "my visits".into(),
        Read::ClinicVisits(VisitFilter::All) => "my visits of any status".into(),
        Read::CancelReasons => "cancel reasons".into(),
    }
}

fn notice_line(notice: &Notice) -> String {
    match notice {
        Notice::Shown { count } => format!("shown {count}"),
        Notice::Submit { attempt } => format!("submit {attempt}"),
        Notice::Booked(confirmation, time) => {
            format!("booked {} with {}", confirmation.visit.as_str(), id_of(time.slot()))
        }
        Notice::Joined(confirmation) => format!("joined {}", confirmation.visit.as_str()),
        Notice::Cancelled(visit) => format!("cancelled {}", visit.as_str()),
        Notice::Conflict(refusal) => format!("conflict {refusal:?}"),
        Notice::Unconfirmed => "unconfirmed".into(),
        Notice::Failed(failure) => format!("failed {failure:?}"),
        Notice::Diagnose(finding) => format!("owner: {}", finding_line(finding)),
    }
}

fn finding_line(finding: &Finding) -> String {
    match finding {
        Finding::UnknownClinician(npi) => format!("unknown clinician {}", npi.as_str()),
        Finding::UnknownDepartment(name) => format!("unknown clinic {}", name.as_str()),
        Finding::UnknownVisitType(name) => format!("unknown visit type {}", name.as_str()),
        Finding::SlotsDropped(count) => format!("{count} slots dropped"),
        Finding::TokenNotText => "token is not text".into(),
        Finding::TokenFailed => "token failed".into(),
        Finding::NobodyListens => "nobody listens".into(),
        Finding::UnknownPractice => "unknown practice".into(),
        Finding::UnknownRegion(code) => format!("unknown region {}", code.as_str()),
    }
}

/// The short name of an EHR system: `main` for `org.northlake.epic.main`.
fn short(ehr: &str) -> &str {
    ehr.rsplit('.').next().unwrap_or(ehr)
}
