//! Query parameters of the two published documents on slots: some may be repeated, each value is checked, and a 400
//! names the wrong parameter.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::refusal::Refusal;
use crate::request;
use crate::rules;
use crate::world::visit_types::VisitType;

/// A decoded query string. An empty parameter counts as absent.
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads a raw query string.
    pub fn read(raw: Option<&str>) -> Result<Self, Refusal> {
        Ok(Self(request::pairs(raw)?))
    }

    /// Every value of a parameter that may be repeated.
    pub fn repeated(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(key, value)| key == name && !value.is_empty());
        named.map(|(_, value)| value.clone()).collect()
    }

    /// Every value of a parameter that takes a list: separated by commas, or repeated (§4, Q30).
    pub fn between_commas(&self, name: &str) -> Vec<String> {
        let values = self.repeated(name);
        let parts = values.iter().flat_map(|value| value.split(',')).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The value of a parameter that must not be repeated.
    pub fn one(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut named = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let first = named.next();
        if named.next().is_some() {
            return Err(Refusal::bad(format!("'{name}' must be given once")));
        }
        Ok(first.filter(|value| !value.is_empty()))
    }

    /// The value of a parameter, parsed; `None` if absent. In a 400, `what` describes the allowed values.
    pub fn parsed<T: FromStr>(
        &self,
        name: &str,
        what: impl Display,
        is_allowed: impl Fn(&T) -> bool,
    ) -> Result<Option<T>, Refusal> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let value = text.parse().ok().filter(is_allowed);
        value.map(Some).ok_or_else(|| Refusal::bad(format!("'{name}' must be {what}")))
    }

    /// `daysOfSlots`: the page size in days that have slots.
    pub fn days_of_slots(&self) -> Result<Option<usize>, Refusal> {
        self.parsed("daysOfSlots", "an integer from 1 on", |days: &usize| *days >= 1)
    }

    /// A date as `YYYY-MM-DD`.
    pub fn date(&self, name: &str) -> Result<Option<NaiveDate>, Refusal> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        let date = rules::date(text);
        date.map(Some).ok_or_else(|| Refusal::bad(format!("'{name}' must be a date (YYYY-MM-DD)")))
    }
}

/// `newOrEstablishedPatient`: for which patients the visit types must be.
#[derive(Clone, Copy, Debug)]
pub enum PatientType {
    /// Visit types for new patients.
    New,
    /// Visit types for established patients.
    Established,
    /// Every visit type.
    Both,
}

impl PatientType {
    /// Reads the parameter; both kinds of patient when it is absent.
    pub fn read(text: Option<&str>) -> Result<Self, Refusal> {
        match text {
            Some("newPatient") => Ok(Self::New),
            Some("establishedPatient") => Ok(Self::Established),
            None | Some("bothNewAndEstablishedPatient") => Ok(Self::Both),
            Some(_) => Err(Refusal::bad(
                "'newOrEstablishedPatient' must be one of [newPatient, establishedPatient, \
                 bothNewAndEstablishedPatient]",
            )),
        }
    }

    /// Whether a visit type is for these patients.
    pub fn admits(self, visit_type: &VisitType) -> bool {
        let (for_new, for_established) = visit_type.is_for();
        match self {
            Self::New => for_new,
            Self::Established => for_established,
            Self::Both => true,
        }
    }
}
