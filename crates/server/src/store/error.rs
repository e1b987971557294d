//! Why a store failed.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// A failure of the store. Nothing of the transaction was kept, unless a variant says otherwise.
#[derive(Clone)]
pub enum StoreError {
    /// The database refused, or could not be reached. Shared, because one failed batch answers many.
    Database(Arc<sqlx::Error>),
    /// The folder of the file is missing or closed to us.
    Folder {
        /// The file that was asked for.
        file: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The copy cannot be written.
    Copy {
        /// The file that was asked for, or what it is called until it is whole.
        file: PathBuf,
        /// Why not.
        why: String,
    },
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
    /// No answer for so long; whether it was kept is not known.
    Silent(Duration),
    /// The task that writes has ended: the server is stopping.
    Closed,
}

impl StoreError {
    /// Whether the database answered that it cannot hold this, so that another write may well succeed.
    pub fn is_about_the_data(&self) -> bool {
        match self {
            Self::Database(error) => match error.as_ref() {
                sqlx::Error::Database(error) => error.code().is_some_and(|code| refuses_data(&code)),
                sqlx::Error::Encode(_) => true,
                _ => false,
            },
            Self::Corrupt { .. } => true,
            Self::Folder { .. }
            | Self::Copy { .. }
            | Self::TooNew { .. }
            | Self::Unsupported(_)
            | Self::Silent(_)
            | Self::Closed => false,
        }
    }
}

/// PostgreSQL: classes 22 (data), 23 (constraints), 54 (limits). SQLite: ERROR, TOOBIG, CONSTRAINT, MISMATCH in the low
/// byte. Everything else (no space, shutting down, locked) is about the database.
fn refuses_data(code: &str) -> bool {
    if code.len() == 5 {
        return ["22", "23", "54"].iter().any(|class| code.starts_with(class));
    }
    let primary = code.parse::<u32>().map(|code| code & 0xff);
    primary.is_ok_and(|primary| matches!(primary, 1 | 18 | 19 | 20))
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(error) => write!(f, "the database failed: {error}"),
            Self::Folder { file, why } => write!(
                f,
                "{} cannot be opened ({why}): make its folder, and let this user write there",
                file.display()
            ),
            Self::Copy { file, why } => write!(f, "{} cannot be written: {why}", file.display()),
            Self::Corrupt { place, why } => write!(f, "{place} cannot be read ({why})"),
            Self::TooNew { found, known } => write!(
                f,
                "the database has version {found}, this program knows {known}: start the newer program"
            ),
            Self::Unsupported(words) => f.write_str(words),
            Self::Silent(time) => write!(f, "the database gave no answer for {} s", time.as_secs()),
            Self::Closed => f.write_str("the server is stopping: nothing more is written"),
        }
    }
}

impl fmt::Debug for StoreError {
    /// The sentence only: a database's own details quote values.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}
