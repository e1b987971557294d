//! `softphone-server backup PATH`: a consistent copy while the server runs.

use std::path::{Path, PathBuf};

use crate::store::{Store, StoreError};

/// Why there is no copy.
#[derive(Debug)]
pub(super) enum BackupError {
    /// Something is there; it may be the only copy.
    Exists(PathBuf),
    /// The store failed, or cannot do it.
    Store(StoreError),
}

impl std::fmt::Display for BackupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exists(path) => write!(
                f,
                "{} exists and is left alone: name a new file, or move that one away",
                path.display()
            ),
            Self::Store(error) => error.fmt(f),
        }
    }
}

/// Writes the copy to `path`.
///
/// # Errors
/// The file exists, or the store failed.
pub(super) async fn backup(store: &dyn Store, path: &Path) -> Result<(), BackupError> {
    if path.exists() {
        return Err(BackupError::Exists(path.to_owned()));
    }
    store.backup(path).await.map_err(BackupError::Store)
}
