//! `softphone-server export`: what is kept, as JSON lines on the standard output.

use std::io::Write;

use serde_json::json;

use crate::store::{EXPORTED, Store, StoreError};

/// The tables' names.
pub(super) fn tables() -> [&'static str; EXPORTED.len()] {
    EXPORTED.map(|(table, ..)| table)
}

/// Rows of one read.
const PAGE: u32 = 1_000;

/// Why an export ended early.
#[derive(Debug)]
pub(super) enum ExportError {
    /// The store failed.
    Store(StoreError),
    /// Nobody reads, or the disk is full.
    Output(std::io::Error),
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Output(error) => write!(f, "the export could not be written: {error}"),
        }
    }
}

/// Writes `table` (all if none), one object a line: `{"table": .., "row": {..}}`.
///
/// # Errors
/// The store or the output failed; the lines before are whole.
pub(super) async fn export(
    store: &dyn Store,
    table: Option<&str>,
    out: &mut (impl Write + Send),
) -> Result<(), ExportError> {
    for table in tables()
        .into_iter()
        .filter(|name| table.is_none_or(|table| table == *name))
    {
        let mut after = 0;
        loop {
            let page = store.export(table, after, PAGE).await;
            let page = page.map_err(ExportError::Store)?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            for (_, row) in &page {
                let line = json!({ "table": table, "row": row });
                writeln!(out, "{line}").map_err(ExportError::Output)?;
            }
        }
    }
    out.flush().map_err(ExportError::Output)
}
