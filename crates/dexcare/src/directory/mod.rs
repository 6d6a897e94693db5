//! Clinics and clinicians: public reads, and what their answers have in common.

use booking::ids::{DepartmentIdentifier, Npi, UrlName, VisitType, VisitTypeId, Zone};
use booking::place::{Address, AgeRange, AgeUnit, Department, VisitTypeOffer};

use crate::json::{self, Value};
use crate::text;

pub mod department_info;
pub mod departments;
pub mod max_lookahead;
pub mod provider;

/// Reads a department as in API reference §2.1 and §2.2. `None` without its ids, name or zone: without them, its
/// times could not be found, booked or shown on the clinic's clock. All other members are optional.
fn department(row: &Value<'_>) -> Option<Department> {
    Some(Department {
        identifier: DepartmentIdentifier::new(
            json::id(row, "ehrSystemName")?,
            json::id(row, "departmentId")?,
        ),
        url_name: UrlName::new(json::id(row, "urlName")?),
        name: json::some_text(row, "displayName")?,
        brand: json::id(row, "brandName").unwrap_or_default().into(),
        zone: Zone::new(json::id(row, "timezone")?),
        phone: json::text(row, "phone"),
        address: address(json::field(row, "address")),
        position: position(row),
        visit_types: visit_types(json::rows(row, "allowedVisitTypes"), true),
        clinicians: json::rows(row, "providers").iter().filter_map(clinician).collect(),
    })
}

/// Latitude and longitude; `None` if both are 0, which means unknown.
fn position(row: &Value<'_>) -> Option<(f64, f64)> {
    let position = (json::degrees(row, "latitude", 90)?, json::degrees(row, "longitude", 180)?);
    (position != (0.0, 0.0)).then_some(position)
}

/// A clinician of a department: the NPI, and the name to show beside a time.
fn clinician(row: &Value<'_>) -> Option<(Npi, String)> {
    let npi = Npi::from_wire(json::id(row, "nationalId")?);
    let name = [json::text(row, "firstName"), json::text(row, "lastName")].join(" ");
    let name = text::clean(&name);
    (!name.is_empty()).then_some((npi, name))
}

/// An address (API reference §1.9); missing parts are empty.
pub(crate) fn address(row: &Value<'_>) -> Address {
    Address {
        line1: json::text(row, "line1"),
        line2: json::text(row, "line2"),
        city: json::text(row, "city"),
        state: json::text(row, "state"),
        postal_code: json::text(row, "postalCode"),
    }
}

/// Reads visit types. A row without a short name is left out, since no search can name it. Rows with the same id
/// and the same short name are one visit type (Q32). `with_ages` says that the rows give a unit for the age
/// limits; limits without a unit are not read.
fn visit_types(rows: &[Value<'_>], with_ages: bool) -> Vec<VisitTypeOffer> {
    let mut offers: Vec<VisitTypeOffer> = Vec::new();
    for row in rows {
        let Some(short_name) = json::id(row, "shortName") else { continue };
        let offer = VisitTypeOffer {
            id: VisitTypeId::new(json::id(row, "visitTypeId").unwrap_or_default()),
            name: json::some_text(row, "name").unwrap_or_else(|| text::clean(short_name)),
            short_name: VisitType::new(short_name),
            ages: if with_ages { age_range(row) } else { None },
        };
        if !offers.iter().any(|known| known.id == offer.id && known.short_name == offer.short_name) {
            offers.push(offer);
        }
    }
    offers
}

/// Age limits; `None` if one of the three parts cannot be read, or if they admit nobody.
fn age_range(row: &Value<'_>) -> Option<AgeRange> {
    let age = |key| u32::try_from(json::integer(row, key)?).ok();
    let unit = json::id(row, "ageUnit")?;
    let (_, unit) = [("YEAR", AgeUnit::Year), ("MONTH", AgeUnit::Month), ("DAY", AgeUnit::Day)]
        .into_iter()
        .find(|(word, _)| unit.eq_ignore_ascii_case(word))?;
    let (min, max) = (age("minAge")?, age("maxAge")?);
    (min <= max).then_some(AgeRange { min, max, unit })
}
