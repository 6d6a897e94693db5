//! Commands as lines of text, so that a journey reads as one.

use crate::flow::command::{Command, DepartmentKey, Finding, Notice, Read, RequestId, Write};
use crate::time::iso_date;

/// One command; `open` gives the cancelled ones their names.
pub fn line(command: &Command, open: &[(RequestId, String)]) -> String {
    match command {
        Command::Read { read, fresh, .. } => {
            let afresh = if *fresh { " afresh" } else { "" };
            format!("read {}{afresh}", read_line(read))
        }
        Command::Write { write: Write::SaveSelf(who, ehr), .. } => {
            format!("save {} {} in {}", who.name.given, who.name.family, short(ehr.as_str()))
        }
        Command::Write { write: Write::BookDepartment(visit), .. } => {
            format!("book at the clinic: {} for {}", visit.slot.id.as_str(), visit.patient.as_str())
        }
        Command::Write { write: Write::BookClinician(visit), .. } => {
            format!("book with the clinician: {} for {}", visit.slot.id.as_str(), visit.patient.as_str())
        }
        Command::Cancel(id) => match open.iter().find(|(open, _)| open == id) {
            Some((_, line)) => format!("cancel {line}"),
            None => format!("cancel what nobody asked for: {id:?}"),
        },
        Command::AskToken { refused: false, .. } => "ask token".into(),
        Command::AskToken { refused: true, .. } => "ask token, the last was refused".into(),
        Command::HandOff(time, name) => {
            format!("hand off {} of {}", time.slot().at.to_rfc3339(), name.as_str())
        }
        Command::HandOver(time) => format!("hand over {}", time.slot().at.to_rfc3339()),
        Command::Tell(notice) => format!("tell {}", notice_line(notice)),
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
    }
}

fn notice_line(notice: &Notice) -> String {
    match notice {
        Notice::Shown { count } => format!("shown {count}"),
        Notice::SignInNeeded => "sign-in needed".into(),
        Notice::Submit { attempt } => format!("submit {attempt}"),
        Notice::Booked(confirmation, time) => {
            format!("booked {} with {}", confirmation.visit.as_str(), time.slot().id.as_str())
        }
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
    }
}

/// `main` of `org.northlake.epic.main`.
fn short(ehr: &str) -> &str {
    ehr.rsplit('.').next().unwrap_or(ehr)
}
