//! Builds a search result, for the three searches (API reference §2.8, §2.12, §2.13): collects slots without ids,
//! the places and clinicians that the answer names, visit types, and where the next page begins.

use booking::ids::{DepartmentIdentifier, Npi, ProviderId, VisitType, VisitTypeId, Zone};
use booking::place::VisitTypeOffer;
use booking::search::{FoundClinician, FoundPlace, SearchResult};
use booking::slot::{Slot, Slots, Source};
use booking::time::{Moment, parse_iso_date};
use chrono::NaiveDate;

use crate::directory;
use crate::json::{self, Value};
use crate::text;
use crate::timeslots::minutes;

/// A search result while it is being read.
pub(crate) struct SearchResultBuilder {
    found: SearchResult,
    /// The day on which this page begins. A `nextStartDate` on or before this day is ignored; following it would loop.
    after: Option<NaiveDate>,
}

impl SearchResultBuilder {
    /// An empty result, for a page that begins on `from`.
    pub(crate) fn new(from: Option<NaiveDate>) -> Self {
        let slots = Slots { zone: None, slots: Vec::new(), dropped: 0 };
        let (clinicians, places, visit_types) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            found: SearchResult { slots, clinicians, places, visit_types, context: None, next: None },
            after: from,
        }
    }

    /// The number of slots that could not be read, or of rows with slots (of a day, a visit type or a clinic).
    pub(crate) fn dropped(&mut self) -> &mut u32 {
        &mut self.found.slots.dropped
    }

    /// Adds a visit type, unless its short name is known already.
    pub(crate) fn visit_type(&mut self, row: &Value<'_>, short_name: &str, id: &str, title: &str) {
        push_offer(&mut self.found.visit_types, row, short_name, id, title);
    }

    /// Reads where the next page of one visit type begins, and keeps the earliest of all.
    pub(crate) fn next(&mut self, row: &Value<'_>) {
        let next = json::id(row, "nextStartDate").and_then(parse_iso_date);
        if let Some(next) = next.filter(|next| self.after.is_none_or(|after| *next > after))
            && self.found.next.is_none_or(|known| next < known)
        {
            self.found.next = Some(next);
        }
    }

    /// Adds a place, unless it is known already.
    pub(crate) fn place(&mut self, place: FoundPlace) {
        if self.known(&place.identifier).is_none() {
            self.found.places.push(place);
        }
    }

    fn known(&self, identifier: &DepartmentIdentifier) -> Option<&FoundPlace> {
        self.found.places.iter().find(|place| place.identifier == *identifier)
    }

    /// Adds the clinicians of `providers`, a map from NPI to clinician. A clinician without a name is left out.
    pub(crate) fn clinicians(&mut self, response: &Value<'_>) {
        for (npi, row) in json::members(response, "providers") {
            if let Some(name) = json::some_text(row, "name") {
                self.found.clinicians.push(FoundClinician {
                    npi: Npi::from_wire(npi),
                    name,
                    gender: json::text(row, "gender"),
                    specialties: json::texts(row, "specialties"),
                });
            }
        }
    }

    /// Adds a slot. A slot without a time, a clinician or a known place could neither be shown nor found again, so it
    /// is dropped and counted.
    pub(crate) fn slot(&mut self, new: &NewSlot<'_>) {
        match self.complete(new) {
            Some(slot) => self.found.slots.slots.push(slot),
            None => self.found.slots.dropped += 1,
        }
    }

    fn complete(&self, new: &NewSlot<'_>) -> Option<Slot> {
        let place = self.known(new.place.as_ref()?)?;
        Some(Slot {
            id: None,
            source: if place.is_retail { Source::SearchedDepartment } else { Source::SearchedClinician },
            npi: Npi::from_wire(new.npi?),
            provider: ProviderId::new(""),
            place: place.identifier.clone(),
            visit_type: VisitType::new(new.visit_type),
            visit_type_id: VisitTypeId::new(new.visit_type_id),
            minutes: minutes(new.row),
            at: new.at?,
        })
    }

    /// The result, without places and clinicians that have no slots.
    pub(crate) fn finish(self, context: Option<String>, next: Option<NaiveDate>) -> SearchResult {
        let mut found = self.found;
        let slots = &found.slots.slots;
        found.places.retain(|place| slots.iter().any(|slot| slot.place == place.identifier));
        found.clinicians.retain(|clinician| slots.iter().any(|slot| slot.npi == clinician.npi));
        SearchResult { context, next: found.next.or(next), ..found }
    }
}

/// The parts of a slot, from its row and the rows around it.
pub(crate) struct NewSlot<'a> {
    pub(crate) npi: Option<&'a str>,
    pub(crate) place: Option<DepartmentIdentifier>,
    pub(crate) visit_type: &'a str,
    pub(crate) visit_type_id: &'a str,
    pub(crate) at: Option<Moment>,
    /// The row with the slot's `duration`.
    pub(crate) row: &'a Value<'a>,
}

/// Reads a clinic of a search result. Returns `None` if the clinic has no name, since it could not be shown, or no
/// zone, since its times could not be shown on the clinic's clock.
pub(crate) fn place(
    identifier: DepartmentIdentifier,
    row: &Value<'_>,
    is_around: bool,
) -> Option<FoundPlace> {
    let of = json::field(row, "address");
    let mut address = directory::address(of);
    if address.postal_code.is_empty() {
        address.postal_code = json::text(of, "zipCode");
    }
    Some(FoundPlace {
        identifier,
        name: json::some_text(row, "departmentName")?,
        address,
        zone: Zone::new(json::id(row, "timezone")?),
        // A distance of 0 means nothing if no place was searched around.
        tenth_miles: if is_around { json::tenths(row, "distanceFrom") } else { None },
        is_retail: json::id(row, "clinicType").is_some_and(|kind| kind.eq_ignore_ascii_case("Retail")),
    })
}

/// Adds a visit type unless its short name is known already. `id` and `title` name the members of `row` with the
/// visit type's id and title. Without a title, the short name is shown.
pub(crate) fn push_offer(
    offers: &mut Vec<VisitTypeOffer>,
    row: &Value<'_>,
    short_name: &str,
    id: &str,
    title: &str,
) {
    if offers.iter().any(|known| known.short_name.as_str() == short_name) {
        return;
    }
    offers.push(VisitTypeOffer {
        id: VisitTypeId::new(json::id(row, id).unwrap_or_default()),
        short_name: VisitType::new(short_name),
        name: json::some_text(row, title).unwrap_or_else(|| text::clean(short_name)),
        ages: None,
    });
}
