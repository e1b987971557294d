//! Where the files are.

use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// `dist/` as it was when this binary was built; nothing if there was none.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../dist"]
#[allow_missing = true]
struct Dist;

/// The files of the widget. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) enum Files {
    /// Inside this binary.
    Embedded,
    /// In a folder.
    Folder(Arc<PathBuf>),
}

/// A file.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) bytes: Bytes,
    /// Of the bytes.
    pub(super) sha256: [u8; 32],
}

impl Files {
    /// Those of `folder`, else the embedded ones.
    pub(super) fn of(folder: Option<PathBuf>) -> Self {
        folder.map_or(Self::Embedded, |folder| Self::Folder(Arc::new(folder)))
    }

    /// The file called `name`, which [`super::names::checked`] has let through.
    pub(super) async fn find(&self, name: &str) -> Option<File> {
        match self {
            Self::Embedded => {
                let file = Dist::get(name)?;
                let sha256 = file.metadata.sha256_hash();
                let bytes = match file.data {
                    std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                    std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
                };
                Some(File { bytes, sha256 })
            }
            Self::Folder(folder) => {
                let bytes = tokio::fs::read(folder.join(name)).await.ok()?;
                let sha256 = Sha256::digest(&bytes).into();
                Some(File {
                    bytes: Bytes::from(bytes),
                    sha256,
                })
            }
        }
    }
}
