//! The patient's clinic visits (API reference §2.36): GET `/api/6/visits/retail/self`, with the patient's token.

use booking::ids::{BookedSlot, DepartmentIdentifier, PatientGuid, VisitId, Zone};
use booking::time::Moment;
use booking::visits::{ClinicVisit, ClinicVisitList, ClinicVisitStatus, VisitFilter};

use crate::json::{self, Value};
use crate::request::{Call, Request};

/// Reads the patient's clinic visits.
pub struct ClinicVisits {
    /// Which visits to read. Without `status`, the answer contains those with any status.
    pub filter: VisitFilter,
}

impl Call for ClinicVisits {
    /// The visits at clinics, in the order of the response. A visit is dropped, and counted, if it lacks what the
    /// widget needs to show it on the clinic's clock or to cancel it.
    type Answer = ClinicVisitList;

    fn request(&self) -> Request {
        let query = match self.filter {
            VisitFilter::Requested => vec![("status", "requested".into())],
            VisitFilter::All => Vec::new(),
        };
        Request::own("/api/6/visits/retail/self".into(), query)
    }

    fn read(&self, body: &[u8]) -> Option<ClinicVisitList> {
        let Some(Value::List(rows)) = json::parse(body) else { return None };
        // Visits by video or at home are not at a clinic, and are cancelled in other ways.
        let is_elsewhere =
            |row: &&Value<'_>| json::id(row, "type").is_some_and(|kind| ["virtual", "home"].contains(&kind));
        let mut list = ClinicVisitList::from(Vec::new());
        for row in rows.iter().filter(|row| !is_elsewhere(row)) {
            match visit(row) {
                Some(visit) => list.visits.push(visit),
                None => list.dropped += 1,
            }
        }
        Some(list)
    }
}

fn visit(row: &Value<'_>) -> Option<ClinicVisit> {
    let appointment = json::field(row, "appointment");
    let moment = |key| Moment::parse(json::id(appointment, key)?);
    let start = moment("start")?;
    Some(ClinicVisit {
        id: VisitId::new(json::id(row, "id")?),
        patient: json::id(row, "patientGuid").map(PatientGuid::new),
        slot: json::id(appointment, "slotId").map(BookedSlot::new),
        place: DepartmentIdentifier::new(json::id(row, "ehrSystemName")?, json::id(row, "departmentId")?),
        start,
        end: moment("end").filter(|end| end.at >= start.at).unwrap_or(start),
        zone: Zone::new(json::id(appointment, "timezone")?),
        status: match json::id(row, "status") {
            Some("requested") => ClinicVisitStatus::Requested,
            Some("cancelled" | "staffdeclined") => ClinicVisitStatus::Cancelled,
            _ => ClinicVisitStatus::Other,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    const VISITS: &str = r#"[{"id":"0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20","type":"retail","status":"requested",
      "address":{"line1":"88 Pine St","city":"Seattle","state":"WA","postalCode":"98101"},
      "appointment":{"appointmentId":"A-88123","slotId":"bmwtc2xvdC0xMDAyMTAtMTU0MA==",
        "start":"2026-12-08T15:40:00-08:00","end":"2026-12-08T16:00:00-08:00","timezone":"America/Los_Angeles"},
      "departmentId":"100210","ehrSystemName":"org.northlake.epic.main","isNewPatient":false,"isReadyForVisit":false,
      "patientEmail":"marta.okafor@example.com","patientPhone":"2065550188",
      "patientGuid":"2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0","timestamps":{"requested":"2026-12-07T19:22:10.512Z"}}]"#;

    const ALL: ClinicVisits = ClinicVisits { filter: VisitFilter::All };

    /// The list, with its one visit changed.
    fn changed(from: &str, to: &str) -> ClinicVisitList {
        assert!(VISITS.contains(from), "{from} is not in the list");
        ALL.read(VISITS.replace(from, to).as_bytes()).unwrap()
    }

    /// The one visit of the list, changed; `None` if it is dropped.
    fn with(from: &str, to: &str) -> Option<ClinicVisit> {
        changed(from, to).visits.pop()
    }

    #[test]
    fn the_request_asks_for_what_is_to_come_or_for_every_visit() {
        for (filter, query) in [(VisitFilter::Requested, "status=requested&"), (VisitFilter::All, "")] {
            let address = "GET https://visit.example/api/6/visits/retail/self?";
            let expected = format!("{address}{query}product=findadoctor (with a token)");
            assert_eq!(wire(&ClinicVisits { filter }), expected);
        }
    }

    #[test]
    fn the_references_own_visit_is_read_whole() {
        let moment = |text| Moment::parse(text).unwrap();
        let list = ALL.read(VISITS.as_bytes()).unwrap();
        assert_eq!(list.dropped, 0);
        assert_eq!(
            list.visits,
            [ClinicVisit {
                id: VisitId::new("0a4c9e52-8f0e-4c55-b7b1-5f0c6f9d1e20"),
                patient: Some(PatientGuid::new("2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0")),
                slot: Some(BookedSlot::new("bmwtc2xvdC0xMDAyMTAtMTU0MA==")),
                place: DepartmentIdentifier::new("org.northlake.epic.main", "100210"),
                start: moment("2026-12-08T15:40:00-08:00"),
                end: moment("2026-12-08T16:00:00-08:00"),
                zone: Zone::new("America/Los_Angeles"),
                status: ClinicVisitStatus::Requested,
            }]
        );
    }

    #[test]
    fn what_a_visit_cannot_do_without() {
        for key in ["id", "departmentId", "ehrSystemName", "start", "timezone", "appointment"] {
            let list = changed(&format!("\"{key}\":"), "\"x\":");
            assert!(list.visits.is_empty() && list.dropped == 1, "{key}");
        }
        for key in ["type", "slotId", "patientEmail", "patientGuid", "timestamps", "address"] {
            assert!(with(&format!("\"{key}\":"), "\"x\":").is_some(), "{key}");
        }
        let endless = with("2026-12-08T16:00:00-08:00", "soon").unwrap();
        assert_eq!(endless.end, endless.start);
        let backwards = with("2026-12-08T16:00:00-08:00", "2026-12-08T15:00:00-08:00").unwrap();
        assert_eq!(backwards.end, backwards.start);
    }

    #[test]
    fn a_visit_is_still_to_come_or_cancelled_or_neither_and_only_one_at_a_clinic_is_listed() {
        for (word, status) in [
            ("requested", ClinicVisitStatus::Requested),
            ("cancelled", ClinicVisitStatus::Cancelled),
            ("staffdeclined", ClinicVisitStatus::Cancelled),
            ("verification", ClinicVisitStatus::Other),
            ("waitingroom", ClinicVisitStatus::Other),
            ("invisit", ClinicVisitStatus::Other),
            ("done", ClinicVisitStatus::Other),
            ("anew", ClinicVisitStatus::Other),
            ("", ClinicVisitStatus::Other),
        ] {
            let visit = with(r#""status":"requested""#, &format!(r#""status":"{word}""#)).unwrap();
            assert_eq!((visit.status, visit.is_open()), (status, word == "requested"), "{word}");
        }
        assert!(with(r#""type":"retail""#, r#""type":"anew""#).is_some());
        for elsewhere in ["virtual", "home"] {
            let list = changed(r#""type":"retail""#, &format!(r#""type":"{elsewhere}""#));
            assert_eq!(list, Vec::new().into(), "{elsewhere}");
        }
    }

    #[test]
    fn whose_visit_it_is_and_its_slot_are_read_only_where_the_list_says_so() {
        let guid = r#""patientGuid":"2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0""#;
        let leos = with(guid, r#""patientGuid":"7B0F6D7E-2B1C-4C7D-9A55-3F1F0F6A2C11""#).unwrap();
        assert_eq!(leos.patient, Some(PatientGuid::new("7B0F6D7E-2B1C-4C7D-9A55-3F1F0F6A2C11")));
        for unsaid in [r#""patientGuid":null"#, r#""patientGuid":"""#, r#""patientGuid":{}"#, r#""x":"y""#] {
            assert_eq!(with(guid, unsaid).unwrap().patient, None, "{unsaid}");
        }
        let slot = r#""slotId":"bmwtc2xvdC0xMDAyMTAtMTU0MA==""#;
        for unsaid in [r#""slotId":null"#, r#""slotId":"""#, r#""x":"y""#] {
            assert_eq!(with(slot, unsaid).unwrap().slot, None, "{unsaid}");
        }
    }

    #[test]
    fn bad_rows_never_hide_the_others_and_no_list_is_no_answer() {
        let rows = VISITS.replacen('[', r#"[null,7,"x",[],{},{"id":"a","appointment":7},"#, 1);
        let list = ALL.read(rows.as_bytes()).unwrap();
        assert_eq!((list.visits.len(), list.dropped), (1, 6));
        assert_eq!(ALL.read(b"[]"), Some(Vec::new().into()));
        for bad in ["", "{}", "null", "7", "<html>"] {
            assert_eq!(ALL.read(bad.as_bytes()), None, "{bad}");
        }
    }
}
