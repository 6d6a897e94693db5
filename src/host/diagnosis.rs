//! Diagnoses for the page's owner: a code to look up, what was found, and how to fix it.

use std::cell::RefCell;

use booking::notice::Finding;

/// How serious a diagnosis is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Good to know.
    Info,
    /// Something is ignored or missing.
    Warning,
    /// Something that patients need does not work.
    Error,
}

impl Level {
    /// The level's name in the event's detail.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One `findatime-diagnostic`. Its texts may hold values of attributes, but never tokens, patients' data or addresses of
/// requests.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnosis {
    /// The code, which is stable and documented.
    pub code: &'static str,
    /// How serious it is.
    pub level: Level,
    /// What was found.
    pub message: String,
    /// What to do.
    pub mend: String,
}

impl Diagnosis {
    /// Makes a diagnosis. The texts are given in parts, which are joined.
    pub fn new(code: &'static str, level: Level, message: &[&str], mend: &[&str]) -> Self {
        Self { code, level, message: message.concat(), mend: mend.concat() }
    }

    /// The diagnosis of a host whose answers do not reach this page. `status` is the HTTP status of the refusal, or
    /// 0 if there was no answer that the page may read; browsers do not say whether the host was unreachable or forbids
    /// the page to read its answers (CORS).
    pub fn closed(attribute: &str, address: &str, status: u16) -> Self {
        if status > 0 {
            return Self::new(
                "host-refused",
                Level::Error,
                &[
                    attribute,
                    ": ",
                    address,
                    " refused a request that needs no sign-in (",
                    &status.to_string(),
                    ")",
                ],
                &["Ask DexCare which api-key and domain this page has to send, and set both."],
            );
        }
        Self::new(
            "host-unreachable",
            Level::Error,
            &[
                attribute,
                ": no answer from ",
                address,
                " that this page may read. It cannot be reached, or it does not allow requests from this page's origin (CORS)",
            ],
            &[
                "Check the address. If it is right, ask DexCare to allow this page's origin. On one visitor's device alone it is their network.",
            ],
        )
    }
}

/// The diagnoses of the last read of the attributes. The attributes are read again at every update: if the same diagnoses were
/// reported each time, a page that keeps them in its state, and sets a property whenever it renders, would render without end.
#[derive(Default)]
pub struct ReportLog(RefCell<Vec<Diagnosis>>);

impl ReportLog {
    /// Returns the diagnoses that the previous read did not have, and keeps all of `found` for the next read.
    pub fn news(&self, found: Vec<Diagnosis>) -> Vec<Diagnosis> {
        let before = self.0.replace(found.clone());
        found.into_iter().filter(|diagnosis| !before.contains(diagnosis)).collect()
    }
}

impl From<Finding> for Diagnosis {
    fn from(finding: Finding) -> Self {
        use Level::{Error, Warning};
        match finding {
            Finding::UnknownClinician(npi) => Self::new(
                "unknown-clinician",
                Error,
                &["npi: DexCare knows no clinician ", npi.as_str()],
                &["Check the NPI, and that api points to the right tier."],
            ),
            Finding::UnknownDepartment(name) => Self::new(
                "unknown-department",
                Error,
                &["department: DexCare knows no clinic with the urlName \"", name.as_str(), "\""],
                &["Use the clinic's urlName as DexCare lists it, not its display name."],
            ),
            Finding::UnknownVisitType(name) => Self::new(
                "unknown-visit-type",
                Warning,
                &["visit-type: \"", name.as_str(), "\" is not offered here"],
                &["Use a shortName that this clinic or clinician offers; letter case counts."],
            ),
            Finding::SlotsDropped(count) => Self::new(
                "slots-dropped",
                Warning,
                &["DexCare sent times that cannot be read and were left out: ", &count.to_string()],
                &["Report it to DexCare with the clinic or NPI."],
            ),
            Finding::TokenNotText => Self::new(
                "token-type",
                Error,
                &["getToken gave neither a token (a text of plain characters without spaces) nor null"],
                &[
                    "Let getToken give the access token itself, or a promise of it, or null when nobody is signed in.",
                ],
            ),
            Finding::TokenFailed => Self::new(
                "token-failed",
                Error,
                &["getToken threw, or its promise was rejected"],
                &[
                    "Let getToken give null when nobody is signed in. Look for the error in the page's own code: it is not repeated here.",
                ],
            ),
            Finding::UnknownPractice => Self::new(
                "unknown-practice",
                Level::Error,
                &["practice: the system knows no such practice"],
                &["Check the UUID, and that api and visits point to the tier it belongs to."],
            ),
            Finding::UnknownRegion(code) => Self::new(
                "unknown-region",
                Level::Warning,
                &["region: the practice has no region ", code.as_str()],
                &["Use one of the practice's region codes, or leave it out and the patient is asked."],
            ),
            Finding::NobodyListens => Self::new(
                "nobody-listens",
                Error,
                &["A time was chosen, and there is no way to book it: nobody took findatime-selected"],
                &[
                    "Set visits and getToken, or scheduling and brand, or listen to findatime-selected and call preventDefault().",
                ],
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_wrong_is_not_news_and_what_changed_or_came_back_is() {
        let bad = |got: &str| Diagnosis::new("bad-attribute", Level::Warning, &["days: got ", got], &["Fix"]);
        let log = ReportLog::default();
        assert_eq!(log.news(vec![bad("a"), bad("b")]), [bad("a"), bad("b")]);
        assert_eq!(log.news(vec![bad("a"), bad("b")]), []);
        assert_eq!(log.news(vec![bad("b"), bad("c")]), [bad("c")]);
        assert_eq!(log.news(vec![bad("a"), bad("c")]), [bad("a")]);
    }

    #[test]
    fn a_closed_host_is_named_by_its_attribute_with_what_it_said() {
        let refused = Diagnosis::closed("visits", "https://ecvapi.northlake.example", 403);
        assert_eq!((refused.code, refused.level), ("host-refused", Level::Error));
        assert_eq!(
            refused.message,
            "visits: https://ecvapi.northlake.example refused a request that needs no sign-in (403)"
        );
        let silent = Diagnosis::closed("api", "https://api.northlake.example", 0);
        assert_eq!(silent.code, "host-unreachable");
        assert!(silent.message.starts_with("api: no answer from https://api.northlake.example"));
        assert!(silent.message.contains("CORS") && silent.mend.contains("origin"));
    }
}
