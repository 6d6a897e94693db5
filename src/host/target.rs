//! Reads what the page looks for: the first primary attribute that is present, and the attributes that may be combined with it.

use booking::attributes::{MODE, PROVIDER_SLOTS, RADIUS};
use booking::ids::{Npi, NpiError, PracticeId, UrlName};
use booking::search::{PatientType, Search, SearchCentre};
use booking::settings::Target;
use booking::validate;

use super::attribute::Reader;
use super::diagnosis::{Diagnosis, Level};

/// What the page looks for, and the alternatives that it offers.
pub struct TargetAttributes {
    /// What to look for.
    pub target: Target,
    /// A search for anyone near, offered beside named clinicians.
    pub nearby: Option<Box<Search>>,
    /// The practice for on-demand care, offered alone or beside the target.
    pub practice: Option<PracticeId>,
    /// Whether the page offers on-demand visits only, and no times.
    pub only_on_demand: bool,
}

impl Reader<'_> {
    /// Reads the target: the first primary attribute that is present wins; the table in `docs/attributes.md` says which may be
    /// combined.
    pub(super) fn target(&mut self) -> Option<TargetAttributes> {
        let mode = self.choice(MODE);
        let npis = self.npis();
        let departments: Vec<UrlName> =
            self.list("department", ' ').iter().map(|name| UrlName::new(name)).collect();
        let search = self.search();
        let practice = self.practice();
        let from_v5 = self.choice(PROVIDER_SLOTS) == Some("v5");
        let (is_both, is_on_demand) = (mode == Some("both"), mode == Some("on-demand"));
        let (target, nearby) = if self.text("npi").is_some() {
            if npis.is_empty() {
                return None;
            }
            if search.is_some() && !is_both {
                self.ignored("near", "npi");
            }
            (Target::Clinicians { npis, departments, from_v5 }, search.filter(|_| is_both))
        } else if !departments.is_empty() {
            if search.is_some() {
                self.ignored("near", "department");
            }
            (Target::Departments(departments), None)
        } else if let Some(search) = search {
            (Target::Near(search), None)
        } else if practice.is_some() {
            (Target::OnDemand, None)
        } else if let Some(brand) = self.text("brand") {
            (Target::Brand(brand), None)
        } else {
            if self.text("practice").is_none() && self.text("near").is_none() {
                self.found.push(Diagnosis::new(
                    "target-missing",
                    Level::Error,
                    &["None of npi, department, near, practice and brand is set: there is nothing to look for"],
                    &["Set npi to a clinician's NPI, department to a clinic's urlName, or near to a ZIP code."],
                ));
            }
            return None;
        };
        let alone = target == Target::OnDemand;
        let wants_practice = alone || is_both || is_on_demand;
        // If times around a place are the second way beside a clinician, a practice is not needed.
        if wants_practice && practice.is_none() && nearby.is_none() {
            self.lacks(if is_both { "mode=\"both\"" } else { "mode=\"on-demand\"" }, "practice");
        } else if practice.is_some() && !wants_practice {
            self.ignored("practice", "npi, department or near");
        }
        let practice = practice.filter(|_| wants_practice);
        let only_on_demand = practice.is_some() && (alone || is_on_demand);
        Some(TargetAttributes {
            target,
            nearby: nearby.filter(|_| !only_on_demand),
            practice,
            only_on_demand,
        })
    }

    /// Reads `near`: if it is empty, the patient is asked for a place; a ZIP code or a point presets it; any other value is
    /// reported, and the patient is asked.
    fn search(&mut self) -> Option<Box<Search>> {
        let typed = (self.attribute)("near")?;
        let typed = typed.trim();
        let around = match typed.split_once(',') {
            _ if typed.is_empty() => None,
            Some((latitude, longitude)) => {
                let point = SearchCentre::parse(latitude, longitude);
                if point.is_none() {
                    self.bad("near", typed, "a latitude from -90 to 90 and a longitude from -180 to 180");
                }
                point
            }
            None => {
                let zip = validate::zip(typed).ok().map(SearchCentre::Zip);
                if zip.is_none() {
                    self.bad(
                        "near",
                        typed,
                        "a ZIP code, \"latitude,longitude\", or nothing to ask for a place",
                    );
                }
                zip
            }
        };
        let radius = self.number(RADIUS);
        let patient_type = match self.text("patient-type") {
            Some(word) if word.eq_ignore_ascii_case("new") => Some(PatientType::New),
            Some(word) if word.eq_ignore_ascii_case("established") => Some(PatientType::Established),
            _ => None,
        };
        Some(Box::new(Search {
            around,
            radius,
            specialty: self.text("specialty"),
            gender: self.text("gender"),
            clinic_type: self.text("clinic-type"),
            patient_type,
        }))
    }

    fn practice(&mut self) -> Option<PracticeId> {
        let text = self.text("practice")?;
        let groups: Vec<usize> = text.split('-').map(str::len).collect();
        if groups == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-') {
            return Some(PracticeId::new(&text.to_ascii_lowercase()));
        }
        self.bad("practice", &text, "the practice's UUID");
        None
    }

    fn npis(&mut self) -> Vec<Npi> {
        let mut npis = Vec::new();
        for text in self.list("npi", ' ') {
            match Npi::parse(&text) {
                Ok(npi) if npis.contains(&npi) => {}
                Ok(npi) => npis.push(npi),
                Err(NpiError::Shape) => {
                    self.bad("npi", &text, "ten digits, or several such numbers separated by spaces");
                }
                Err(NpiError::CheckDigit) => self.bad(
                    "npi",
                    &text,
                    "a National Provider Identifier; the check digit of this one is wrong",
                ),
            }
        }
        npis
    }
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
