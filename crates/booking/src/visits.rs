//! The visits that a patient has already booked at clinics, and the reasons for cancelling a visit (API reference
//! §2.35–2.38).

use crate::ids::{BookedSlot, DepartmentIdentifier, PatientGuid, VisitId, Zone};
use crate::outcome::ApiError;
use crate::time::Moment;

/// Which of the patient's clinic visits are read (§2.36).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum VisitFilter {
    /// Only those with the status `requested`. If a visit is absent from this list, it may be cancelled, but it may
    /// also have begun, or be in verification at the clinic.
    Requested,
    /// Those with any status.
    All,
}

/// The status of a clinic visit (§2.36).
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub enum ClinicVisitStatus {
    /// `requested`: the visit is still to come.
    Requested,
    /// `cancelled`, or `staffdeclined` by the clinic: the visit will not take place.
    Cancelled,
    /// Any other status: the clinic is verifying the visit, or it has begun, is over, or has a status that the API
    /// reference does not name.
    Other,
}

/// A clinic visit of the signed-in patient (§2.36).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct ClinicVisit {
    /// The id of the visit.
    pub id: VisitId,
    /// The person to be seen, if the list names them: the account holder, or somebody they booked for.
    pub patient: Option<PatientGuid>,
    /// The slot that was booked, if the list names it.
    pub slot: Option<BookedSlot>,
    /// The clinic.
    pub place: DepartmentIdentifier,
    /// When it begins.
    pub start: Moment,
    /// When it ends; the same as `start` if the list does not say.
    pub end: Moment,
    /// The clinic's time zone.
    pub zone: Zone,
    /// How far the visit has come.
    pub status: ClinicVisitStatus,
}

impl ClinicVisit {
    /// Whether the visit is still to come. Only such a visit can be cancelled here.
    pub const fn is_open(&self) -> bool {
        matches!(self.status, ClinicVisitStatus::Requested)
    }
}

/// The patient's list of clinic visits (§2.36).
#[derive(Clone, PartialEq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct ClinicVisitList {
    /// The visits, in the order of the response.
    pub visits: Vec<ClinicVisit>,
    /// How many rows of the response could not be read. Each of them may be any visit.
    pub dropped: u32,
}

impl ClinicVisitList {
    /// The visits that are still to come, or [`ApiError::Unreadable`] if there are none among the rows that could be
    /// read, and some rows could not be read.
    pub(crate) fn open(self) -> Result<Vec<ClinicVisit>, ApiError> {
        let open: Vec<_> = self.visits.into_iter().filter(ClinicVisit::is_open).collect();
        if open.is_empty() && self.dropped > 0 { Err(ApiError::Unreadable) } else { Ok(open) }
    }
}

impl From<Vec<ClinicVisit>> for ClinicVisitList {
    fn from(visits: Vec<ClinicVisit>) -> Self {
        Self { visits, dropped: 0 }
    }
}

/// A reason for cancelling, in the system's words.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct CancelReason {
    /// The code that is sent.
    pub code: String,
    /// The text that patients read.
    pub label: String,
}

/// The reasons for cancelling an on-demand visit, and whether a cancel is sent with one (§2.35).
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(test, feature = "debug"), derive(Debug))]
pub struct CancelRules {
    /// Reasons by language (`en`, `es`).
    pub reasons: Vec<(String, Vec<CancelReason>)>,
    /// Whether the cancel of a video visit is sent with a reason; if not, the older call without a reason is used.
    pub video_with_reason: bool,
    /// Whether the cancel of a phone visit is sent with a reason.
    pub phone_with_reason: bool,
}

impl CancelRules {
    /// The reasons in this language, with or without its region (`en-US`, then `en`); else in English; else in the
    /// first language of the list.
    pub fn reasons_in(&self, language: &str) -> &[CancelReason] {
        let of =
            |wanted: &str| self.reasons.iter().find(|(language, _)| language.eq_ignore_ascii_case(wanted));
        let short = language.split('-').next().unwrap_or(language);
        let found = of(language).or_else(|| of(short)).or_else(|| of("en")).or(self.reasons.first());
        found.map_or(&[], |(_, reasons)| reasons)
    }
}

#[cfg(test)]
mod tests {
    use crate::fixtures::rules;
    use crate::visits::CancelRules;

    #[test]
    fn reasons_are_told_in_the_patients_language_else_in_english_else_in_what_there_is() {
        let rules = rules();
        for (language, label) in [
            ("en", "I feel better"),
            ("en-US", "I feel better"),
            ("EN", "I feel better"),
            ("es", "Me siento mejor"),
            ("es-MX", "Me siento mejor"),
            ("vi", "I feel better"),
            ("", "I feel better"),
            ("日本", "I feel better"),
        ] {
            assert_eq!(rules.reasons_in(language)[0].label, label, "{language}");
        }
        let finnish = ("fi".into(), rules.reasons[1].1.clone());
        let with_finnish = CancelRules { reasons: vec![rules.reasons[0].clone(), finnish], ..rules.clone() };
        assert_eq!(with_finnish.reasons_in("fil-PH")[0].label, "I feel better", "Filipino is not Finnish");
        let only_spanish = CancelRules { reasons: rules.reasons[1..].to_vec(), ..rules.clone() };
        assert_eq!(only_spanish.reasons_in("vi")[0].label, "Me siento mejor");
        assert!(CancelRules { reasons: Vec::new(), ..rules }.reasons_in("en").is_empty());
    }
}
