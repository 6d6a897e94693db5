//! On-demand visits, by video or by phone.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value};

/// An on-demand visit.
#[derive(Clone, Debug)]
pub struct VirtualVisit {
    /// The visit id in answers.
    pub id: String,
    /// User name of the account; `None` for a guest.
    pub username: Option<String>,
    /// GUID of the patient.
    pub patient_guid: String,
    /// Practice id.
    pub practice: String,
    /// Region code.
    pub region: String,
    /// `virtual` or `phone`.
    pub modality: String,
    /// `assignmentQualifiers` as received.
    pub qualifiers: Vec<String>,
    /// `requested`, `waitingroom`, …
    pub status: String,
    /// When the visit reached each status, in milliseconds since 1970; also when it was `created`.
    pub stamps: Map<String, Value>,
    /// The estimated wait in seconds when it was last set.
    pub wait_seconds: f64,
    /// When the estimate was last set.
    pub wait_from: DateTime<Utc>,
    /// Why it was cancelled, if a reason was sent.
    pub cancel_reason: Option<String>,
    /// The `product` of the request.
    pub product: Option<String>,
    /// The intent of the request, for the control port.
    pub intent: Option<String>,
    /// The body as received.
    pub body: String,
}

impl VirtualVisit {
    /// Whether the visit has ended.
    pub fn has_ended(&self) -> bool {
        matches!(self.status.as_str(), "done" | "cancelled" | "staffdeclined")
    }

    /// Whether the patient is still waiting, and so can accept the terms or cancel.
    pub fn is_waiting(&self) -> bool {
        matches!(self.status.as_str(), "requested" | "waitoffline" | "waitingroom" | "caregiverassigned")
    }

    /// When a status was reached, if it was.
    pub fn reached(&self, status: &str) -> Option<DateTime<Utc>> {
        self.stamps.get(status).and_then(Value::as_i64).and_then(DateTime::from_timestamp_millis)
    }

    /// The body as JSON.
    pub fn body(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

const COLUMNS: &str = "id, username, patient_guid, practice, region, modality, qualifiers, status, stamps,
                       wait_seconds, wait_from, cancel_reason, product, intent, body";

/// Adds a new visit.
pub fn add(connection: &Connection, visit: &VirtualVisit) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO virtual_visits ({COLUMNS}, number)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,
                 (SELECT coalesce(max(number), 0) + 1 FROM virtual_visits))"
    );
    connection.execute(
        &sql,
        params![
            visit.id,
            visit.username,
            visit.patient_guid,
            visit.practice,
            visit.region,
            visit.modality,
            visit.qualifiers.join(","),
            visit.status,
            Value::Object(visit.stamps.clone()).to_string(),
            visit.wait_seconds,
            visit.wait_from.timestamp_millis(),
            visit.cancel_reason,
            visit.product,
            visit.intent,
            visit.body
        ],
    )?;
    Ok(())
}

/// The visit with this id.
pub fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<VirtualVisit>> {
    let sql = format!("SELECT {COLUMNS} FROM virtual_visits WHERE id = ?1");
    connection.query_row(&sql, [id], read).optional()
}

/// Every visit, in the order they were made.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<VirtualVisit>> {
    let sql = format!("SELECT {COLUMNS} FROM virtual_visits ORDER BY number");
    connection.prepare(&sql)?.query_map([], read)?.collect()
}

/// Sets the status of a visit and records when.
pub fn set_status(
    connection: &Connection,
    visit: &VirtualVisit,
    status: &str,
    at: DateTime<Utc>,
    cancel_reason: Option<&str>,
) -> rusqlite::Result<()> {
    let mut stamps = visit.stamps.clone();
    stamps.insert(status.to_owned(), at.timestamp_millis().into());
    connection.execute(
        "UPDATE virtual_visits SET status = ?2, stamps = ?3, cancel_reason = ?4 WHERE id = ?1",
        params![visit.id, status, Value::Object(stamps).to_string(), cancel_reason],
    )?;
    Ok(())
}

/// Sets the estimated wait. `false` if there is no such visit.
pub fn set_wait(
    connection: &Connection,
    id: &str,
    seconds: f64,
    at: DateTime<Utc>,
) -> rusqlite::Result<bool> {
    let changed = connection.execute(
        "UPDATE virtual_visits SET wait_seconds = ?2, wait_from = ?3 WHERE id = ?1",
        params![id, seconds, at.timestamp_millis()],
    )?;
    Ok(changed > 0)
}

fn read(row: &Row) -> rusqlite::Result<VirtualVisit> {
    let qualifiers: String = row.get(6)?;
    let stamps: String = row.get(8)?;
    Ok(VirtualVisit {
        id: row.get(0)?,
        username: row.get(1)?,
        patient_guid: row.get(2)?,
        practice: row.get(3)?,
        region: row.get(4)?,
        modality: row.get(5)?,
        qualifiers: qualifiers.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        status: row.get(7)?,
        stamps: serde_json::from_str(&stamps).unwrap_or_default(),
        wait_seconds: row.get(9)?,
        wait_from: DateTime::from_timestamp_millis(row.get(10)?).unwrap_or_default(),
        cancel_reason: row.get(11)?,
        product: row.get(12)?,
        intent: row.get(13)?,
        body: row.get(14)?,
    })
}
