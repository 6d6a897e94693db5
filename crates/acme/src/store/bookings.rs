//! Claimed slots and booked visits.

use std::collections::HashSet;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode, params};
use serde::Deserialize;

use crate::refusal::Refusal;

/// The key of a slot in the database: one clinician, one department, one instant.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// Clinician.
    pub npi: &'a str,
    /// `departmentIdentifier`.
    pub department: &'a str,
    /// When it starts.
    pub start: DateTime<Utc>,
}

/// A booked visit, or one about to be booked.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The visit id in answers.
    pub id: String,
    /// Which call booked it: `retail` or `provider`.
    pub kind: String,
    /// User name of the account that booked the visit.
    pub username: String,
    /// GUID of the patient, who may be somebody else than the account holder.
    pub patient_guid: String,
    /// NPI of the clinician.
    pub npi: String,
    /// `departmentIdentifier`.
    pub department: String,
    /// Short name of the visit type.
    pub short_name: String,
    /// When the visit starts.
    pub start: DateTime<Utc>,
    /// The slot id as received.
    pub slot_id: String,
    /// The `product` of the request.
    pub product: Option<String>,
    /// The intent of the request, for the control port.
    pub intent: Option<String>,
    /// The body as received.
    pub body: String,
    /// When it was booked.
    pub booked_at: DateTime<Utc>,
    /// When and why it was cancelled, if it was.
    pub cancelled: Option<(DateTime<Utc>, String)>,
}

/// Which conflict Acme reports if a booking has both: the patient has a visit at that time, and the slot is taken.
/// The reference does not say.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConflictOrder {
    /// The patient's other visit at that time: a repeated booking gets `PatientDoubleBooked`.
    #[default]
    Patient,
    /// The taken slot: a repeated booking gets `SlotUnavailable`.
    Slot,
}

/// Books a visit, or refuses it because of a conflict. Two unique indexes decide, not a query beforehand, so exactly
/// one of any number of simultaneous requests succeeds.
pub fn book(connection: &Connection, visit: &Visit, order: ConflictOrder) -> Result<(), Refusal> {
    match order {
        ConflictOrder::Patient => {
            insert(connection, visit)?;
            claim(connection, visit)
        }
        ConflictOrder::Slot => {
            // A claim references its visit, which is not inserted yet: hold the slot first, set the visit afterwards.
            let place = Place { npi: &visit.npi, department: &visit.department, start: visit.start };
            if !hold(connection, &place)? {
                return Err(taken());
            }
            insert(connection, visit)?;
            connection.execute(
                "UPDATE claims SET visit_id = ?4 WHERE npi = ?1 AND department = ?2 AND starts_at = ?3",
                params![visit.npi, visit.department, visit.start.timestamp(), visit.id],
            )?;
            Ok(())
        }
    }
}

fn insert(connection: &Connection, visit: &Visit) -> Result<(), Refusal> {
    let booked = connection.execute(
        "INSERT INTO visits (id, kind, username, patient_guid, npi, department, visit_type, starts_at, slot_id,
                             product, intent, body, booked_at, number)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                 (SELECT coalesce(max(number), 0) + 1 FROM visits))",
        params![
            visit.id,
            visit.kind,
            visit.username,
            visit.patient_guid,
            visit.npi,
            visit.department,
            visit.short_name,
            visit.start.timestamp(),
            visit.slot_id,
            visit.product,
            visit.intent,
            visit.body,
            visit.booked_at.timestamp_millis()
        ],
    );
    no_conflict(booked, || {
        let text = "The patient already has an appointment at that time";
        Refusal::marked(StatusCode::CONFLICT, "PatientDoubleBooked", text)
    })
}

fn claim(connection: &Connection, visit: &Visit) -> Result<(), Refusal> {
    let claimed = connection.execute(
        "INSERT INTO claims (npi, department, starts_at, visit_id) VALUES (?1, ?2, ?3, ?4)",
        params![visit.npi, visit.department, visit.start.timestamp(), visit.id],
    );
    no_conflict(claimed, taken)
}

fn taken() -> Refusal {
    slot_unavailable("The slot was taken by somebody else")
}

/// A 409 with the marker of a slot that cannot be booked.
pub fn slot_unavailable(text: &str) -> Refusal {
    Refusal::marked(StatusCode::CONFLICT, "SlotUnavailable", text)
}

fn no_conflict(done: rusqlite::Result<usize>, refusal: impl FnOnce() -> Refusal) -> Result<(), Refusal> {
    match done {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => Err(refusal()),
        Err(error) => Err(error.into()),
    }
}

/// Holds a slot without a visit. `false` if it was already taken.
pub fn hold(connection: &Connection, place: &Place) -> rusqlite::Result<bool> {
    let sql = "INSERT OR IGNORE INTO claims (npi, department, starts_at) VALUES (?1, ?2, ?3)";
    Ok(connection.execute(sql, params![place.npi, place.department, place.start.timestamp()])? > 0)
}

/// Releases a held slot; a booked one stays booked. `false` if it was not held.
pub fn release(connection: &Connection, place: &Place) -> rusqlite::Result<bool> {
    let sql = "DELETE FROM claims WHERE npi = ?1 AND department = ?2 AND starts_at = ?3 AND visit_id IS NULL";
    Ok(connection.execute(sql, params![place.npi, place.department, place.start.timestamp()])? > 0)
}

/// The claimed starts of a clinician at a department from an instant on, in seconds since 1970.
pub fn claimed(
    connection: &Connection,
    npi: &str,
    department: &str,
    from: DateTime<Utc>,
) -> rusqlite::Result<HashSet<i64>> {
    let mut rows = connection.prepare_cached(
        "SELECT starts_at FROM claims WHERE npi = ?1 AND department = ?2 AND starts_at >= ?3",
    )?;
    rows.query_map(params![npi, department, from.timestamp()], |row| row.get(0))?.collect()
}

/// Every visit, in the order they were booked.
pub fn visits(connection: &Connection) -> rusqlite::Result<Vec<Visit>> {
    let mut rows = connection.prepare(
        "SELECT id, kind, username, patient_guid, npi, department, visit_type, starts_at, slot_id, product, intent,
                body, booked_at, cancelled_at, cancel_reason
         FROM visits ORDER BY number",
    )?;
    rows.query_map([], |row| {
        Ok(Visit {
            id: row.get(0)?,
            kind: row.get(1)?,
            username: row.get(2)?,
            patient_guid: row.get(3)?,
            npi: row.get(4)?,
            department: row.get(5)?,
            short_name: row.get(6)?,
            start: DateTime::from_timestamp(row.get(7)?, 0).unwrap_or_default(),
            slot_id: row.get(8)?,
            product: row.get(9)?,
            intent: row.get(10)?,
            body: row.get(11)?,
            booked_at: instant(row.get(12)?),
            cancelled: row.get::<_, Option<i64>>(13)?.map(instant).zip(row.get(14)?),
        })
    })?
    .collect()
}

/// Cancels a visit and frees its slot and the patient's time. `false` if it was already cancelled.
pub fn cancel(connection: &Connection, id: &str, at: DateTime<Utc>, reason: &str) -> rusqlite::Result<bool> {
    let cancelled = connection.execute(
        "UPDATE visits SET cancelled_at = ?2, cancel_reason = ?3 WHERE id = ?1 AND cancelled_at IS NULL",
        params![id, at.timestamp_millis(), reason],
    )?;
    connection.execute("DELETE FROM claims WHERE visit_id = ?1", [id])?;
    Ok(cancelled > 0)
}

fn instant(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
