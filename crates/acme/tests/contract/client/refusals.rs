//! Tests every row of the failure table (API reference §2.25, §2.26): makes Acme refuse a booking for each
//! reason, in every error envelope of Acme.

use booking::outcome::{Outcome, Refusal};
use booking::slot::Slot;
use dexcare::Visit;
use serde_json::{Value, json};

use super::driver::{Client, With, signed_in};
use super::people::{NADIA, first_time, id_of, martas_visit, times_at, times_with, visit};
use crate::support::{DANA, DEV, LARS, Town, town};

/// One row: the booking, who sends it, and the expected refusal.
struct Row<'a> {
    name: &'static str,
    by: Client<'a>,
    visit: Visit,
    refusal: Refusal,
}

struct Table<'a> {
    town: &'a Town,
    with: With,
    rows: Vec<Row<'a>>,
}

impl<'a> Table<'a> {
    async fn add(&mut self, name: &'static str, username: &str, visit: Visit, refusal: Refusal) {
        self.rows.push(Row { name, by: signed_in(self.town, username).await, visit, refusal });
    }

    async fn times(&self, clinic: &str, npi: &str, visit_type: &str) -> Vec<Slot> {
        let found = match self.with {
            With::Clinic => times_at(self.town, clinic, visit_type).await,
            With::Clinician => times_with(self.town, npi, visit_type).await,
        };
        assert!(found.slots.len() > 4, "{clinic} {npi}");
        found.slots
    }

    /// Sets up the cause of every row. No refusal changes anything, so each row can be sent repeatedly.
    async fn new(town: &'a Town, with: With) -> Self {
        let mut table = Table { town, with, rows: Vec::new() };
        let here = table.times("NorthlakeBallard", DANA, "NewPatient").await;

        table.no_links().await;
        let long = Visit { reason: "Ache. ".repeat(100), ..martas_visit(here[0].clone()) };
        table.add("a reason too long", "marta", long, Refusal::Rejected).await;
        let stranger = visit(here[0].clone(), DEV);
        table.add("somebody else's patient", "marta", stranger, Refusal::PatientNotFound).await;

        town.tell("/slots/take", json!({"slotId": id_of(&here[1])})).await;
        let taken = martas_visit(here[1].clone());
        table.add("a slot somebody took", "marta", taken, Refusal::SlotTaken).await;

        table.double_booked(&here[2]).await;
        table.refused_by_the_ehr().await;

        let locked = visit(here[0].clone(), LARS);
        table.add("a locked account", "lars", locked, Refusal::AccountLocked).await;
        if with == With::Clinician {
            let off_panel = visit(here[0].clone(), NADIA);
            table.add("not on the panel", "nadia", off_panel, Refusal::NotOnPanel).await;
        }
        let nobody = Client { town, token: Some("not-a-token".into()) };
        let (visit, refusal) = (martas_visit(here[0].clone()), Refusal::SignedOut);
        table.rows.push(Row { name: "no session", by: nobody, visit, refusal });
        table
    }

    /// Marta has a record at Northlake only.
    async fn no_links(&mut self) {
        let abrams = self.town.npi("Abrams").await;
        let east = self.times("CedarbrookLakeview", &abrams, "FollowUp").await;
        self.add("no record there", "marta", martas_visit(east[0].clone()), Refusal::NoLinks).await;
    }

    /// Dev sends the same booking twice, so the second time he already has a visit then.
    async fn double_booked(&mut self, slot: &Slot) {
        let client = signed_in(self.town, "dev").await;
        let booked = client.book(self.with, &visit(slot.clone(), DEV)).await;
        assert!(matches!(booked, Ok(Outcome::Booked(_))), "{booked:?}");
        self.add("at that time already", "dev", visit(slot.clone(), DEV), Refusal::DoubleBooked).await;
    }

    /// On Wednesdays the EHR refuses every booking with Dr. Marsh, and gives no reason.
    async fn refused_by_the_ehr(&mut self) {
        let helen = self.town.npi("Marsh").await;
        let world = self.town.look("/world").await;
        let mut clinicians = world["clinicians"].as_array().expect("clinicians").iter();
        let known = clinicians.find(|clinician| clinician["npi"] == helen.as_str()).expect("Dr. Marsh");
        let days = known["refusedDays"].as_array().expect("days");
        let is_refused = |slot: &Slot| {
            slot.npi.as_str() == helen && days.contains(&Value::from(&slot.at.to_rfc3339()[..10]))
        };
        let slots = self.times("NorthlakeBellevue", &helen, "FollowUp").await;
        let slot = slots.into_iter().find(is_refused).expect("a slot on such a day");
        self.add("the EHR refuses", "marta", martas_visit(slot), Refusal::UnknownConflict).await;
    }
}

const ENVELOPES: [&str; 7] = ["E1", "E2", "E3", "E4", "E5", "text", "cycle"];

#[tokio::test]
async fn every_refusal_is_understood_in_every_envelope() {
    for with in With::BOTH {
        let town = town().await;
        let table = Table::new(&town, with).await;
        for variant in ENVELOPES {
            town.tell("/envelope", json!({"variant": variant})).await;
            for row in &table.rows {
                let outcome = row.by.book(with, &row.visit).await;
                let (name, expected) = (row.name, Ok(Outcome::Refused(row.refusal)));
                assert_eq!(outcome, expected, "{with:?}, {name}, in {variant}");
            }
        }
        let visits = town.look("/visits").await;
        assert_eq!(visits.as_array().map(Vec::len), Some(1), "Dev's alone");
    }
}

#[tokio::test]
async fn a_time_that_has_passed_is_a_slot_taken() {
    for (with, whose, visit_type) in
        [(With::Clinic, "NorthlakeBallard", "FluShot"), (With::Clinician, DANA, "NewPatient")]
    {
        let town = town().await;
        let visit = martas_visit(first_time(&town, with, whose, visit_type).await);
        town.tell("/clock", json!({"advance": 86_400})).await;
        let outcome = signed_in(&town, "marta").await.book(with, &visit).await;
        assert_eq!(outcome, Ok(Outcome::Refused(Refusal::SlotTaken)));
    }
}

#[tokio::test]
async fn a_session_that_ended_is_signed_out_and_a_fresh_one_books() {
    let town = town().await;
    let visit = martas_visit(first_time(&town, With::Clinician, DANA, "NewPatient").await);
    let before = signed_in(&town, "marta").await;
    town.tell("/tokens/expire", json!({"patient": "marta"})).await;
    let outcome = before.book(With::Clinician, &visit).await;
    assert_eq!(outcome, Ok(Outcome::Refused(Refusal::SignedOut)));
    let outcome = signed_in(&town, "marta").await.book(With::Clinician, &visit).await;
    assert!(matches!(outcome, Ok(Outcome::Booked(_))), "{outcome:?}");
}

/// A slot from one list cannot be booked with the other call, because each list has its own ids.
#[tokio::test]
async fn a_clinics_slot_is_not_booked_with_the_clinician() {
    let town = town().await;
    let visit = martas_visit(first_time(&town, With::Clinic, "NorthlakeBallard", "FluShot").await);
    let outcome = signed_in(&town, "marta").await.book(With::Clinician, &visit).await;
    assert_eq!(outcome, Ok(Outcome::Refused(Refusal::Rejected)));
    assert_eq!(town.look("/visits").await, json!([]));
}
