//! What people change in the world, in SQLite: accounts, patients, claimed slots, booked and on-demand visits.
//!
//! One connection behind a lock, because SQLite has only one writer anyway. A commit is on disk before Acme
//! answers (`synchronous=FULL`), so a confirmed booking survives if Acme's process is killed.

pub mod bookings;
pub mod patients;
mod schema;
pub mod virtual_visits;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

use crate::refusal::Refusal;
use schema::Misfit;

/// The database.
pub struct Store {
    connection: Mutex<Connection>,
}

/// Why a database cannot be used.
#[derive(Debug)]
pub enum OpenError {
    /// SQLite reported an error.
    Sqlite(rusqlite::Error),
    /// The file belongs to another seed.
    OtherSeed {
        /// The seed of the file.
        found: u64,
    },
    /// The file was made by an Acme with other tables.
    OtherShape,
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(error) => write!(f, "{error}"),
            Self::OtherSeed { found } => write!(f, "it belongs to seed {found}"),
            Self::OtherShape => f.write_str("it was made by another version of Acme"),
        }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl Store {
    /// Opens or makes a database, in memory without a path, and adds the world's patients to a new one.
    pub fn open(path: Option<&Path>, seed: u64) -> Result<Self, OpenError> {
        let mut connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match schema::prepare(&transaction, seed)? {
            Some(Misfit::Seed(found)) => return Err(OpenError::OtherSeed { found }),
            Some(Misfit::Shape) => return Err(OpenError::OtherShape),
            None => {}
        }
        transaction.commit()?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Runs `work` in a transaction, which is committed if `work` succeeds and rolled back if it refuses.
    pub fn write<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// Runs queries outside a transaction.
    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Refusal>) -> Result<T, Refusal> {
        work(&self.connection.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Removes all visits, held slots and patients that were added after the database was made, and restores the
    /// patients that it had then.
    pub fn reset(&self) -> Result<(), Refusal> {
        self.write(|connection| Ok(schema::reset(connection)?))
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(&error)
    }
}
