//! A full-page sign-in: after the return the chosen time is looked up again and booked.

use booking::errand::event::Event as Act;
use booking::errand::state::Stage;
use booking::ids::{Npi, ProviderId, RegionCode, UrlName, VisitTypeId};
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::on_demand::Modality;
use booking::outcome::Refusal;
use booking::schedule::Time;
use booking::settings::{Resume, Settings, Target};
use booking::slot::{Slot, Source};
use serde_json::json;

use super::executor::{Patient, details, page};
use super::lines::{martas, urgent_care};
use super::people::{id_of, marta};
use super::seen::{only_visit, posts};
use crate::support::{DANA, Town, town};

/// What `resume` restores of a time: everything except its ids and length.
fn kept(time: &Time) -> Resume {
    let slot = time.slot().clone();
    let source =
        if slot.source.names_clinician() { Source::SearchedClinician } else { Source::SearchedDepartment };
    let (id, provider, visit_type_id) = (None, ProviderId::new(""), VisitTypeId::new(""));
    Resume::Time(Box::new(Slot { id, source, provider, visit_type_id, minutes: 0, ..slot }))
}

fn pages() -> [Settings; 2] {
    let npis = vec![Npi::parse(DANA).expect("a real NPI")];
    let dana = Target::Clinicians { npis, departments: Vec::new(), from_v5: false };
    let ballard = Target::Departments(vec![UrlName::new("NorthlakeBallard")]);
    [page(dana, &["NewPatient"]), page(ballard, &["FluShot"])]
}

/// Chooses a time without being signed in, which leads to the sign-in page.
async fn chosen(town: &Town, settings: Settings) -> Time {
    let mut patient = Patient::at_page(town, "marta", settings).await;
    patient.is_stranger = true;
    let time = patient.times()[2].clone();
    patient.on(Event::Choose(Box::new(time.clone()))).await;
    assert!(matches!(patient.state.errand.stage, Stage::SignIn(..)), "{:?}", patient.state.errand.stage);
    time
}

#[tokio::test]
async fn a_time_chosen_before_the_sign_in_is_found_again_and_booked() {
    for settings in pages() {
        let town = town().await;
        let time = chosen(&town, settings.clone()).await;
        let settings = Settings { resume: Some(kept(&time)), ..settings };
        let mut patient = Patient::at_page(&town, "marta", settings).await;
        assert_eq!(patient.stage(), "patient", "{:?}", patient.state.errand.stage);
        let again = patient.state.errand.stage.time().expect("a time").slot().clone();
        assert_eq!((&again.id, again.minutes), (&time.slot().id, time.slot().minutes));
        patient.give(details(marta())).await;
        patient.on(Act::Submit).await;
        let visit = only_visit(&town).await;
        assert_eq!(visit["visitId"], patient.visit_id());
        assert_eq!(visit["slot"]["id"], id_of(time.slot()));
    }
}

#[tokio::test]
async fn a_time_that_went_while_marta_signed_in_is_told_and_another_books() {
    for settings in pages() {
        let town = town().await;
        let time = chosen(&town, settings.clone()).await;
        let slot = time.slot();
        let gone = json!({"departmentId": slot.place.department.as_str(),
            "ehrSystemName": slot.place.ehr.as_str(), "slotDateTime": slot.at.to_rfc3339()});
        town.tell("/slots/take", gone).await;
        let settings = Settings { resume: Some(kept(&time)), ..settings };
        let mut patient = Patient::at_page(&town, "marta", settings).await;
        let Stage::Taken(lost, Refusal::SlotTaken) = &patient.state.errand.stage else {
            panic!("{:?}", patient.state.errand.stage)
        };
        assert_eq!(lost.at(), time.at());
        let other = patient.times()[1].clone();
        patient.fill_in(&other, marta()).await;
        patient.on(Act::Submit).await;
        assert_eq!(only_visit(&town).await["visitId"], patient.visit_id());
    }
}

#[tokio::test]
async fn a_line_chosen_before_the_sign_in_is_joined() {
    let town = town().await;
    let resume = Some(Resume::OnDemand(RegionCode::new("WA"), Modality::Phone));
    let settings = Settings { resume, ..urgent_care(Target::OnDemand) };
    let mut patient = Patient::at_page(&town, "marta", settings).await;
    assert_eq!(patient.stage(), "patient", "{:?}", patient.state.errand.stage);
    patient.give(martas()).await;
    patient.on(Act::AcceptTerms(true)).await;
    patient.on(Act::Submit).await;
    let visit = only_visit(&town).await;
    assert_eq!((&visit["visitId"], &visit["modality"]), (&json!(patient.visit_id()), &json!("phone")));
}

#[tokio::test]
async fn what_cannot_be_brought_back_is_said_and_the_page_begins_anew() {
    for resume in [Resume::Lost, Resume::OnDemand(RegionCode::new("WY"), Modality::Video)] {
        let town = town().await;
        let settings = Settings { resume: Some(resume), ..urgent_care(Target::OnDemand) };
        let patient = Patient::at_page(&town, "marta", settings).await;
        assert_eq!((patient.stage(), patient.state.finder.lost), ("queue", true));
        assert!(
            posts(&town).await.is_empty()
                && !patient.told.iter().any(|told| matches!(told, Notice::Submit { .. }))
        );
    }
}
