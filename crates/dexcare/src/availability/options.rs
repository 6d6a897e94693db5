//! Slots around a place: GET `/v1/availability/slots` (API reference §2.13), and POST to the same path (§2.12),
//! both public. Both requests ask for the same slots, but their answers give the same values different names.
//! Health systems differ in which of the two requests a page may send (Q1–Q3), so the caller chooses the form.

use booking::ids::{DepartmentIdentifier, VisitType};
use booking::search::{PatientType, Search, SearchCentre, SearchPage, SearchResult};
use booking::time::iso_date;
use chrono::{Days, NaiveDate};

use super::{SearchBody, degrees, radius};
use crate::body;
use crate::json::{self, Value};
use crate::request::{Call, Request};
use crate::search_result::{self, NewSlot, SearchResultBuilder};
use crate::timeslots::{at, rows_of_days};

/// The number of days in one page of the `POST` form, the first day included.
const SPAN: u64 = 14;

/// The request form of a search: GET or POST. Both ask for the same slots.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub enum SearchForm {
    /// GET, for which the browser sends no preflight unless there is an API key. The answer has pages; the size of a
    /// page is a number of days that have slots.
    Get,
    /// POST, with a first and a last day instead of pages, and with at least one visit type. If the caller knows no
    /// visit type, [`super::visit_types::NearbyVisitTypes`] reads those that are offered.
    Post,
}

/// Finds slots around a place, at clinics and with clinicians. The slots have no id (§3.5): before a booking, the
/// time must be found again in the clinic's or the clinician's own list.
///
/// Reads only slots of visits in person. Slots by video or phone (`modality`) need no clinic and are booked in
/// other ways, so they are left out, and do not count as dropped. The answer to a `POST` does not mark such
/// slots: whether it contains any depends on the visit types in the request.
pub struct FindOptions {
    /// The search.
    pub search: Search,
    /// The page to read.
    pub page: SearchPage,
    /// The request form.
    pub form: SearchForm,
    /// The first day of a `POST` whose `page` names none.
    pub today: NaiveDate,
}

impl FindOptions {
    /// First and last day of a page in the `POST` form.
    fn span(&self) -> (NaiveDate, NaiveDate) {
        let start = self.page.from.unwrap_or(self.today);
        (start, start.checked_add_days(Days::new(SPAN - 1)).unwrap_or(start))
    }

    /// The first day of the next `POST` page; `None` for a `GET`, whose answer names that day. The answer to a `POST`
    /// does not say whether later days have slots, and days with slots may follow two weeks without any, so there is
    /// always a next page. The caller decides how far ahead to look.
    fn day_after(&self) -> Option<NaiveDate> {
        match self.form {
            SearchForm::Get => None,
            SearchForm::Post => self.span().1.succ_opt(),
        }
    }
}

impl Call for FindOptions {
    type Answer = SearchResult;

    fn request(&self) -> Request {
        let types: Vec<&str> = self.page.visit_types.iter().map(VisitType::as_str).collect();
        match self.form {
            SearchForm::Get => Request::public("/v1/availability/slots".into(), self.query(&types)),
            SearchForm::Post => Request::search("/v1/availability/slots", self.body(&types)),
        }
    }

    /// Reads an answer to either request form: looks for the member names of both, whichever form was sent.
    fn read(&self, body: &[u8]) -> Option<SearchResult> {
        let response = json::parse_object(body)?;
        let (groups, slots) = (json::list(&response, "slotsByVisitType")?, json::list(&response, "slots")?);
        let mut found = SearchResultBuilder::new(Some(self.page.from.unwrap_or(self.today)));
        for (key, row) in json::members(&response, "departments") {
            if let Some(place) = identifier(key, row)
                .and_then(|identifier| search_result::place(identifier, row, self.search.around.is_some()))
            {
                found.place(place);
            }
        }
        found.clinicians(&response);
        for group in groups {
            read_group(&mut found, group);
        }
        for time in slots {
            match json::id(time, "visitTypeName") {
                Some(short_name) => {
                    if let Some(first) = json::rows(time, "providerOptions").first() {
                        found.visit_type(first, short_name, "visitTypeId", "");
                    }
                    read_options(&mut found, time, short_name, None);
                }
                None => *found.dropped() += 1,
            }
        }
        let context = json::id(&response, "searchContext").map(Into::into);
        Some(found.finish(context, self.day_after()))
    }
}

impl FindOptions {
    fn query(&self, types: &[&str]) -> Vec<(&'static str, String)> {
        let search = &self.search;
        let mut query = vec![("daysOfSlots", self.page.days.max(1).to_string())];
        match &search.around {
            Some(SearchCentre::Zip(zip)) => query.push(("postalCode", zip.clone())),
            Some(SearchCentre::Point(latitude, longitude)) => {
                query.push(("latitude", degrees(*latitude)));
                query.push(("longitude", degrees(*longitude)));
            }
            None => {}
        }
        query.push(("radius", radius(search).to_string()));
        let mut push = |name, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                query.push((name, value));
            }
        };
        push("visitTypeNames", Some(types.join(",")));
        push("clinicTypes", search.clinic_type.clone());
        push("specialty", search.specialty.clone());
        push("gender", search.gender.clone());
        push("newOrEstablishedPatient", search.patient_type.map(|kind| kind.as_str().into()));
        push("startDate", self.page.from.map(iso_date));
        query
    }

    fn body(&self, types: &[&str]) -> String {
        let (start, end) = self.span();
        body::to_json(&SearchBody {
            visit_type_names: Some(types),
            new_or_established_patient: self.search.patient_type.map_or("", PatientType::as_str),
            // Plain dates, as in the published document (Q19).
            start_date: &iso_date(start),
            end_date: &iso_date(end),
            ..SearchBody::new(&self.search)
        })
    }
}

/// A clinic's identifier: its key in the map `departments`, or, if that key is not an identifier, the clinic's
/// own two fields. GET and POST name the department id differently (Appendix A).
fn identifier(key: &str, row: &Value<'_>) -> Option<DepartmentIdentifier> {
    DepartmentIdentifier::parse(key).or_else(|| {
        let department = json::id(row, "departmentEmrId").or_else(|| json::id(row, "departmentId"))?;
        Some(DepartmentIdentifier::new(json::id(row, "ehrInstance")?, department))
    })
}

/// Reads the days and slots of one visit type, from an answer to a `GET`.
fn read_group(found: &mut SearchResultBuilder, group: &Value<'_>) {
    let modality = json::id(group, "modality").unwrap_or("INCLINIC");
    if !["INCLINIC", "IN_CLINIC"].iter().any(|word| modality.eq_ignore_ascii_case(word))
        || json::flag(group, "isBookable") == Some(false)
    {
        return;
    }
    let (Some(short_name), Some(days)) =
        (json::id(group, "visitTypeName"), json::list(group, "scheduleDays"))
    else {
        *found.dropped() += 1;
        return;
    };
    found.visit_type(group, short_name, "visitTypeEmrId", "visitTypeDisplayName");
    found.next(group);
    let id = json::id(group, "visitTypeEmrId");
    for time in rows_of_days(days, "slotTimes", found.dropped()) {
        read_options(found, time, short_name, id);
    }
}

/// Adds a slot for each clinician and clinic that offer this time. `id` is the visit type id of the group, for
/// options that have none.
fn read_options(found: &mut SearchResultBuilder, time: &Value<'_>, short_name: &str, id: Option<&str>) {
    let Some(options) = json::list(time, "providerOptions") else {
        *found.dropped() += 1;
        return;
    };
    for option in options {
        let place = json::id(option, "departmentEhrIdentifier").and_then(DepartmentIdentifier::parse);
        found.slot(&NewSlot {
            npi: json::id(option, "npi"),
            place,
            visit_type: short_name,
            visit_type_id: json::id(option, "visitTypeId").or(id).unwrap_or_default(),
            at: at(time),
            row: option,
        });
    }
}

#[cfg(test)]
mod tests;
