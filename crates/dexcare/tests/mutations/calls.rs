//! Minimal calls; the tests read answers only, so it does not matter what the calls ask for.

use booking::api::OnDemandBooking;
use booking::ids::{
    DepartmentIdentifier, Npi, PatientGuid, PracticeId, ProviderId, RegionCode, SlotId, VisitType,
    VisitTypeId,
};
use booking::on_demand::{Modality, OnDemandVisit, Qualifier, Region, WaitingLine};
use booking::patient::Demographics;
use booking::payment::Payment;
use booking::place::Address;
use booking::search::{Search, SearchCentre, SearchPage};
use booking::slot::{Slot, Source};
use booking::time::Moment;
use chrono::NaiveDate;
use dexcare::{FindOptions, JoinVisit, SearchForm, Visit};

/// A visit at a clinic or with a clinician.
pub fn visit() -> Visit {
    Visit {
        slot: Slot {
            id: Some(SlotId::new("a")),
            source: Source::Department,
            npi: Npi::from_wire("1234567893"),
            provider: ProviderId::new("32261"),
            place: DepartmentIdentifier::new("e", "1"),
            visit_type: VisitType::new("FluShot"),
            visit_type_id: VisitTypeId::new("4381"),
            minutes: 20,
            at: Moment { at: 0, offset: 0 },
        },
        slot_id: SlotId::new("a"),
        patient: PatientGuid::new("p"),
        address: Address::default(),
        actor: None,
        phone: String::new(),
        email: String::new(),
        reason: String::new(),
        payment: Payment::OnArrival,
        answers: Vec::new(),
    }
}

/// An on-demand visit.
pub fn join(modality: Modality) -> JoinVisit {
    let region = Region {
        code: RegionCode::new("WA"),
        name: "Washington".into(),
        is_active: true,
        busy_message: String::new(),
        price: 4900,
        hours: Vec::new(),
        pediatric_months: None,
        ehr: None,
    };
    JoinVisit {
        visit: OnDemandBooking {
            now: OnDemandVisit {
                practice: PracticeId::new("p"),
                region,
                modality,
                line: WaitingLine::General,
                qualifier: Qualifier::Adult,
            },
            patient: PatientGuid::new("p"),
            demographics: Demographics::default(),
            actor: None,
            phone: String::new(),
            email: String::new(),
            reason: String::new(),
            payment: Payment::BilledLater,
            qualifier: Qualifier::Adult,
            interpreter: None,
        },
        brand: None,
        language: String::new(),
        card: None,
        is_local: true,
    }
}

/// A search around Ballard.
pub fn search() -> Search {
    Search {
        around: Some(SearchCentre::Zip("98107".into())),
        radius: 30,
        specialty: None,
        gender: None,
        clinic_type: None,
        patient_type: None,
    }
}

/// The first page of all visit types.
pub fn page() -> SearchPage {
    SearchPage { from: None, days: 3, visit_types: Vec::new() }
}

/// A search on the last day that a date can have, after which dates would overflow.
pub fn near(form: SearchForm) -> FindOptions {
    FindOptions { search: search(), page: page(), form, today: NaiveDate::MAX }
}
