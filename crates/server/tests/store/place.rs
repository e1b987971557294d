//! A database for one test.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use server::config::StoreConfig;
use server::store::{self, Store};

use crate::postgres;

/// Where a test's store is. Its folder goes when it is dropped.
pub(crate) enum Place {
    /// A file in a folder of its own.
    Sqlite(PathBuf),
    /// A database of the shared server.
    Postgres(String),
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("softphone-store-{}-{number}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        Self::Sqlite(folder)
    }

    pub(crate) async fn postgres() -> Self {
        Self::Postgres(postgres::shared().database().await)
    }

    pub(crate) fn config(&self) -> StoreConfig {
        match self {
            Self::Sqlite(folder) => StoreConfig::Sqlite(folder.join("softphone.db")),
            Self::Postgres(url) => StoreConfig::Postgres(exotel::Secret::new(url)),
        }
    }

    /// Opens the store, as one more node.
    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        store::open(&self.config()).await.unwrap()
    }

    /// Runs a statement behind the store's back.
    pub(crate) async fn run(&self, sql: &'static str) {
        match self {
            Self::Sqlite(folder) => {
                let file = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("softphone.db"));
                let pool = sqlx::SqlitePool::connect_with(file).await.unwrap();
                sqlx::query(sql).execute(&pool).await.unwrap();
                pool.close().await;
            }
            Self::Postgres(url) => {
                let pool = sqlx::PgPool::connect(url).await.unwrap();
                sqlx::query(sql).execute(&pool).await.unwrap();
                pool.close().await;
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Self::Sqlite(folder) = self {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
