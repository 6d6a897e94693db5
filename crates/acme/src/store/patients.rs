//! Accounts, patients and the EHR records linked to them.

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::world::people::{Demographics, HumanName};

/// An account in its current state.
#[derive(Clone, Debug)]
pub struct Account {
    /// The user name on the sign-in page.
    pub username: String,
    /// Given and family name.
    pub full_name: String,
    /// The account holder's own patient, if there is one yet.
    pub patient_guid: Option<String>,
    /// Whether bookings are refused with 423.
    pub locked: bool,
    /// Tokens of an earlier generation are expired.
    pub token_generation: i64,
}

/// One EHR's record of a patient.
pub struct Record {
    /// The EHR's name.
    pub ehr: String,
    /// The EHR's number of the record.
    pub mrn: i64,
    /// The person's details in this EHR.
    pub demographics: Demographics,
}

/// The account with this user name.
pub fn account(connection: &Connection, username: &str) -> rusqlite::Result<Option<Account>> {
    let sql = "SELECT username, full_name, patient_guid, locked, token_generation FROM accounts WHERE username = ?1";
    connection
        .query_row(sql, [username], |row| {
            Ok(Account {
                username: row.get(0)?,
                full_name: row.get(1)?,
                patient_guid: row.get(2)?,
                locked: row.get(3)?,
                token_generation: row.get(4)?,
            })
        })
        .optional()
}

/// Expires every token issued so far, of one account or of all. Returns how many accounts these are.
pub fn expire_tokens(connection: &Connection, username: Option<&str>) -> rusqlite::Result<usize> {
    connection.execute(
        "UPDATE accounts SET token_generation = token_generation + 1 WHERE ?1 IS NULL OR username = ?1",
        [username],
    )
}

/// Makes an account with a patient that has a record in each of these EHRs.
pub fn make_account(
    connection: &Connection,
    username: &str,
    demographics: &Demographics,
    ehrs: &[&str],
) -> rusqlite::Result<String> {
    let guid = Uuid::new_v4().to_string();
    let full_name = format!("{} {}", demographics.name.given, demographics.name.family);
    connection.execute(
        "INSERT INTO accounts (username, full_name, patient_guid, locked) VALUES (?1, ?2, ?3, 0)",
        params![username, full_name, guid],
    )?;
    for ehr in ehrs {
        insert_record(connection, ehr, demographics, Some(&guid))?;
    }
    Ok(guid)
}

/// The records linked to a patient, in order of EHR names.
pub fn records(connection: &Connection, guid: &str) -> rusqlite::Result<Vec<Record>> {
    let mut rows = connection
        .prepare("SELECT ehr, mrn, demographics FROM records WHERE patient_guid = ?1 ORDER BY ehr")?;
    rows.query_map([guid], |row| {
        Ok(Record {
            ehr: row.get(0)?,
            mrn: row.get(1)?,
            demographics: read_demographics(&row.get::<_, String>(2)?)?,
        })
    })?
    .collect()
}

/// Whether the account may book for this patient: for the account holder, or for somebody else whom the account
/// has found or created.
pub fn may_book(connection: &Connection, account: &Account, guid: &str) -> rusqlite::Result<bool> {
    if account.patient_guid.as_deref() == Some(guid) {
        return Ok(true);
    }
    connection
        .query_row(
            "SELECT 1 FROM dependants WHERE username = ?1 AND patient_guid = ?2",
            [&account.username, guid],
            |_| Ok(()),
        )
        .optional()
        .map(|found| found.is_some())
}

/// Find-or-create for the account holder (API reference §2.20). Returns the patient's GUID.
pub fn find_or_create_self(
    connection: &Connection,
    account: &Account,
    ehr: &str,
    demographics: &Demographics,
) -> rusqlite::Result<String> {
    let guid = account.patient_guid.clone().unwrap_or_else(|| Uuid::new_v4().to_string());
    if !update_linked(connection, ehr, &guid, demographics)? {
        let unlinked =
            matching(connection, ehr, demographics)?.into_iter().find(|found| found.guid.is_none());
        link_or_insert(connection, ehr, demographics, &guid, unlinked)?;
    }
    connection.execute(
        "UPDATE accounts SET patient_guid = ?2 WHERE username = ?1",
        params![account.username, guid],
    )?;
    Ok(guid)
}

/// Find-or-create for somebody else (API reference §2.21): the patient does not become the account's own, but the
/// account may book for them afterwards. Returns the patient's GUID.
pub fn find_or_create_other(
    connection: &Connection,
    account: &Account,
    ehr: &str,
    demographics: &Demographics,
) -> rusqlite::Result<String> {
    let found = matching(connection, ehr, demographics)?;
    let linked = found.iter().find_map(|record| record.guid.clone());
    let guid = if let Some(guid) = linked {
        update_linked(connection, ehr, &guid, demographics)?;
        guid
    } else {
        let elsewhere = known_dependant(connection, account, demographics)?;
        let guid = elsewhere.unwrap_or_else(|| Uuid::new_v4().to_string());
        link_or_insert(connection, ehr, demographics, &guid, found.into_iter().next())?;
        guid
    };
    connection.execute("INSERT OR IGNORE INTO dependants VALUES (?1, ?2)", [&account.username, &guid])?;
    Ok(guid)
}

/// An EHR's record found by its number.
pub struct Found {
    /// The patient it is linked to, if any.
    pub patient_guid: Option<String>,
    /// The person's details in this EHR.
    pub demographics: Demographics,
}

/// The record with this number.
pub fn by_number(connection: &Connection, ehr: &str, mrn: i64) -> rusqlite::Result<Option<Found>> {
    let sql = "SELECT patient_guid, demographics FROM records WHERE ehr = ?1 AND mrn = ?2";
    let found = connection.query_row(sql, params![ehr, mrn], |row| {
        Ok(Found { patient_guid: row.get(0)?, demographics: read_demographics(&row.get::<_, String>(1)?)? })
    });
    found.optional()
}

/// Whether a record belongs to the person with these names and birth date.
pub fn is_person(record: &Demographics, given: &str, family: &str, birthdate: &str) -> bool {
    let named = Demographics {
        name: HumanName { given: given.to_owned(), family: family.to_owned(), ..HumanName::default() },
        birthdate: birthdate.to_owned(),
        ..Demographics::default()
    };
    person(record) == person(&named)
}

/// Links an unlinked record to the account's own patient, which is made if there is none yet, or with
/// `for_somebody_else` to a new patient for whom the account may book. Returns the patient's GUID; `None` if the
/// account's own patient already has another record in that EHR.
pub fn adopt(
    connection: &Connection,
    account: &Account,
    (ehr, mrn): (&str, i64),
    for_somebody_else: bool,
) -> rusqlite::Result<Option<String>> {
    let own = if for_somebody_else { None } else { account.patient_guid.clone() };
    let guid = own.unwrap_or_else(|| Uuid::new_v4().to_string());
    let linked = connection.execute(
        "UPDATE OR IGNORE records SET patient_guid = ?3 WHERE ehr = ?1 AND mrn = ?2",
        params![ehr, mrn, guid],
    )?;
    if linked == 0 {
        return Ok(None);
    }
    if for_somebody_else {
        connection.execute("INSERT OR IGNORE INTO dependants VALUES (?1, ?2)", [&account.username, &guid])?;
    } else {
        let sql = "UPDATE accounts SET patient_guid = ?2 WHERE username = ?1";
        connection.execute(sql, params![account.username, guid])?;
    }
    Ok(Some(guid))
}

/// Adds a record to an EHR.
pub fn insert_record(
    connection: &Connection,
    ehr: &str,
    demographics: &Demographics,
    guid: Option<&str>,
) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO records (ehr, mrn, person, patient_guid, demographics)
         VALUES (?1, (SELECT coalesce(max(mrn), 88122) + 1 FROM records WHERE ehr = ?1), ?2, ?3, ?4)",
        params![ehr, person(demographics), guid, write_demographics(demographics)?],
    )?;
    Ok(())
}

/// Updates the record linked to this patient with new details. `false` if there is none in that EHR.
fn update_linked(
    connection: &Connection,
    ehr: &str,
    guid: &str,
    demographics: &Demographics,
) -> rusqlite::Result<bool> {
    let changed = connection.execute(
        "UPDATE records SET person = ?3, demographics = ?4 WHERE ehr = ?1 AND patient_guid = ?2",
        params![ehr, guid, person(demographics), write_demographics(demographics)?],
    )?;
    Ok(changed > 0)
}

fn link_or_insert(
    connection: &Connection,
    ehr: &str,
    demographics: &Demographics,
    guid: &str,
    found: Option<Match>,
) -> rusqlite::Result<()> {
    let Some(found) = found else { return insert_record(connection, ehr, demographics, Some(guid)) };
    connection.execute(
        "UPDATE records SET patient_guid = ?3, demographics = ?4 WHERE ehr = ?1 AND mrn = ?2",
        params![ehr, found.mrn, guid, write_demographics(demographics)?],
    )?;
    Ok(())
}

struct Match {
    mrn: i64,
    guid: Option<String>,
}

/// The fuzzy match: equal names without case, spaces and punctuation, equal birth date, and one more equal detail (last
/// four digits of the social security number, email, phone or ZIP code).
fn matching(connection: &Connection, ehr: &str, wanted: &Demographics) -> rusqlite::Result<Vec<Match>> {
    let mut rows = connection.prepare(
        "SELECT mrn, patient_guid, demographics FROM records WHERE ehr = ?1 AND person = ?2 ORDER BY mrn",
    )?;
    let rows = rows.query_map([ehr, &person(wanted)], |row| {
        let demographics = read_demographics(&row.get::<_, String>(2)?)?;
        Ok((Match { mrn: row.get(0)?, guid: row.get(1)? }, demographics))
    })?;
    let mut matches = Vec::new();
    for row in rows {
        let (found, demographics) = row?;
        if shares_a_detail(&demographics, wanted) {
            matches.push(found);
        }
    }
    Ok(matches)
}

/// The GUID of a dependant of this account who is known in another EHR: a person keeps one GUID across systems.
fn known_dependant(
    connection: &Connection,
    account: &Account,
    wanted: &Demographics,
) -> rusqlite::Result<Option<String>> {
    connection
        .query_row(
            "SELECT records.patient_guid FROM records JOIN dependants USING (patient_guid)
             WHERE username = ?1 AND person = ?2",
            [&account.username, &person(wanted)],
            |row| row.get(0),
        )
        .optional()
}

fn shares_a_detail(a: &Demographics, b: &Demographics) -> bool {
    let phones = |d: &Demographics| {
        let all = [&d.mobile_phone, &d.home_phone, &d.work_phone];
        all.into_iter()
            .flatten()
            .map(|phone| digits(phone))
            .filter(|phone| !phone.is_empty())
            .collect::<Vec<_>>()
    };
    let zip =
        |d: &Demographics| d.addresses.first().map(|at| at.postal_code.chars().take(5).collect::<String>());
    let same_ssn = !a.ssn.is_empty() && a.ssn == b.ssn;
    same_ssn
        || a.email.eq_ignore_ascii_case(&b.email)
        || phones(a).iter().any(|phone| phones(b).contains(phone))
        || (zip(a).is_some() && zip(a) == zip(b))
}

fn person(demographics: &Demographics) -> String {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let [given, family]: [String; 2] = [plain(&demographics.name.given), plain(&demographics.name.family)];
    format!("{family}|{given}|{}", demographics.birthdate)
}

fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits.strip_prefix('1').filter(|rest| rest.len() == 10).map(str::to_owned).unwrap_or(digits)
}

fn write_demographics(demographics: &Demographics) -> rusqlite::Result<String> {
    serde_json::to_string(demographics).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn read_demographics(text: &str) -> rusqlite::Result<Demographics> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}
