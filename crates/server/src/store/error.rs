//! Why a store failed.

use std::fmt;

/// A failure of the store. Nothing of the transaction was kept.
#[derive(Debug)]
pub enum StoreError {
    /// The database refused, or could not be reached.
    Database(sqlx::Error),
    /// What it gave back is not what we wrote: another program, or another version of this one.
    Corrupt {
        /// Table and column.
        place: &'static str,
        /// Where reading stopped; holds no text of the value.
        why: String,
    },
    /// It was written by a newer version of this program.
    TooNew {
        /// The version found.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// This store cannot do it; the sentence says what can.
    Unsupported(&'static str),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "the database failed: {error}"),
            Self::Corrupt { place, why } => write!(f, "{place} cannot be read ({why})"),
            Self::TooNew { found, known } => write!(
                f,
                "the database has version {found}, this program knows {known}: start the newer program"
            ),
            Self::Unsupported(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}
