//! The tables, and the patients with which a new database starts.

use rusqlite::{Connection, OptionalExtension, params};

use super::patients;
use crate::world::people::{self, Standing};
use crate::world::visit_types::Ehr;

/// The tables. `claims` decides who gets a slot, which is one clinician at one department at one instant,
/// whatever visit type it is booked for and whatever list it came from; `visit_id` is null while the slot is held
/// without a booking. `visits` has a unique index against double bookings: a patient has at most one visit at an
/// instant, apart from cancelled ones. `virtual_visits` are on-demand visits: `stamps` contains when the visit
/// reached each status; the wait was `wait_seconds` at the time `wait_from`, and falls from then on; a guest's
/// visit has no `username`. `intent` is the intent of the booking POST that made the visit. Starts of slots are
/// seconds since 1970, other instants milliseconds.
const TABLES: &str = "
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE accounts (
  username TEXT PRIMARY KEY, full_name TEXT NOT NULL, patient_guid TEXT UNIQUE, locked INTEGER NOT NULL,
  token_generation INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE records (
  ehr TEXT NOT NULL, mrn INTEGER NOT NULL, person TEXT NOT NULL, patient_guid TEXT, demographics TEXT NOT NULL,
  PRIMARY KEY (ehr, mrn), UNIQUE (patient_guid, ehr)) WITHOUT ROWID;
CREATE INDEX records_by_person ON records (ehr, person);
CREATE TABLE dependants (
  username TEXT NOT NULL, patient_guid TEXT NOT NULL, PRIMARY KEY (username, patient_guid)) WITHOUT ROWID;
CREATE TABLE claims (
  npi TEXT NOT NULL, department TEXT NOT NULL, starts_at INTEGER NOT NULL, visit_id TEXT REFERENCES visits (id),
  PRIMARY KEY (npi, department, starts_at)) WITHOUT ROWID;
CREATE TABLE visits (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, username TEXT NOT NULL, patient_guid TEXT NOT NULL, npi TEXT NOT NULL,
  department TEXT NOT NULL, visit_type TEXT NOT NULL, starts_at INTEGER NOT NULL, slot_id TEXT NOT NULL,
  product TEXT, intent TEXT, body TEXT NOT NULL, number INTEGER NOT NULL, booked_at INTEGER NOT NULL,
  cancelled_at INTEGER, cancel_reason TEXT) WITHOUT ROWID;
CREATE UNIQUE INDEX visits_of_a_patient ON visits (patient_guid, starts_at) WHERE cancelled_at IS NULL;
CREATE TABLE virtual_visits (
  id TEXT PRIMARY KEY, username TEXT, patient_guid TEXT NOT NULL, practice TEXT NOT NULL, region TEXT NOT NULL,
  modality TEXT NOT NULL, qualifiers TEXT NOT NULL, status TEXT NOT NULL, stamps TEXT NOT NULL,
  wait_seconds REAL NOT NULL, wait_from INTEGER NOT NULL, cancel_reason TEXT, product TEXT, intent TEXT,
  body TEXT NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID;
";

/// Version of [`TABLES`]; increase it with every change. A file of another version is refused, not migrated.
const SHAPE: i64 = 3;

/// Why an existing database is not used.
pub enum Misfit {
    /// It belongs to another seed.
    Seed(u64),
    /// It was made by an Acme with other tables.
    Shape,
}

/// Makes the tables of a new database. For an existing one, returns the reason if it cannot be used.
pub fn prepare(connection: &Connection, seed: u64) -> rusqlite::Result<Option<Misfit>> {
    let exists = connection
        .query_row("SELECT 1 FROM sqlite_schema WHERE name = 'settings'", [], |_| Ok(()))
        .optional()?
        .is_some();
    if !exists {
        connection.execute_batch(TABLES)?;
        connection.pragma_update(None, "user_version", SHAPE)?;
        connection.execute("INSERT INTO settings VALUES ('seed', ?1)", [seed.to_string()])?;
        seed_people(connection)?;
        return Ok(None);
    }
    let shape: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if shape != SHAPE {
        return Ok(Some(Misfit::Shape));
    }
    let found: String =
        connection.query_row("SELECT value FROM settings WHERE name = 'seed'", [], |row| row.get(0))?;
    let found = found.parse().unwrap_or_default();
    Ok((found != seed).then_some(Misfit::Seed(found)))
}

/// Restores the rows of a new database. Token generations stay, so that an expired token does not become valid again.
pub fn reset(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(
        "DELETE FROM claims; DELETE FROM visits; DELETE FROM virtual_visits; DELETE FROM dependants; DELETE FROM records;",
    )?;
    let mut generations = connection.prepare("SELECT username, token_generation FROM accounts")?;
    let generations: Vec<(String, i64)> =
        generations.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    connection.execute("DELETE FROM accounts", [])?;
    seed_people(connection)?;
    for (username, generation) in generations {
        connection.execute(
            "UPDATE accounts SET token_generation = ?2 WHERE username = ?1",
            params![username, generation],
        )?;
    }
    Ok(())
}

fn seed_people(connection: &Connection) -> rusqlite::Result<()> {
    for person in people::all() {
        let guid = (person.standing != Standing::Absent).then_some(person.guid);
        let name = &person.demographics.name;
        connection.execute(
            "INSERT INTO accounts (username, full_name, patient_guid, locked) VALUES (?1, ?2, ?3, ?4)",
            params![person.username, format!("{} {}", name.given, name.family), guid, person.locked],
        )?;
        for ehr in person.records {
            let mut demographics = person.demographics.clone();
            if let (Ehr::East, Some(address)) = (ehr, &person.east_address) {
                demographics.addresses = vec![address.clone()];
            }
            patients::insert_record(connection, ehr.name(), &demographics, guid)?;
        }
        for ehr in person.unlinked_records {
            patients::insert_record(connection, ehr.name(), &person.demographics, None)?;
        }
        if let Some(dependant) = person.dependant {
            for ehr in dependant.records {
                patients::insert_record(
                    connection,
                    ehr.name(),
                    &dependant.demographics,
                    Some(dependant.guid),
                )?;
            }
            connection.execute(
                "INSERT INTO dependants VALUES (?1, ?2)",
                params![person.username, dependant.guid],
            )?;
        }
    }
    Ok(())
}
