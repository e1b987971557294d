//! A batch of subscribers: each of its items succeeds or fails by itself.

use exotel::ApiError;
use exotel::error::Kind;
use exotel::subscribers::{CreateSubscribers, GetSubscriber};
use protocol::admin::subscribers::NewSubscriber;

use super::answer::{self, About, about};
use super::check::wire_subscriber;
use super::users::Sent;
use crate::App;
use crate::store::StoredRow;
use crate::vendor::VendorError;

/// The documented most of a request.
pub(super) const BATCH: u32 = 10;

/// Sends one request.
pub(super) async fn send(
    app: &App,
    who: &str,
    mut rows: Vec<StoredRow>,
) -> Result<Sent, (VendorError, Vec<StoredRow>)> {
    let subscribers = rows.iter().map(|row| wire_subscriber(&entry(row))).collect();
    let error = match app
        .vendor
        .call_for_job(who, &CreateSubscribers { subscribers })
        .await
    {
        Ok(made) => {
            let mut results = made.results.into_iter();
            let settled = rows.into_iter().map(|row| settle(row, results.next())).collect();
            let again = Vec::new();
            return Ok(Sent { settled, again });
        }
        Err(error) => error,
    };
    match about(&error) {
        About::Rows | About::Exists => {}
        About::Later | About::Unknown | About::Job(_) => return Err((error, rows)),
    }
    if rows.len() > 1 {
        let half = rows.split_off(rows.len() / 2);
        let again = vec![rows, half];
        return Ok(Sent {
            settled: Vec::new(),
            again,
        });
    }
    let refused = |row| answer::refused(row, &error);
    Ok(Sent {
        settled: rows.into_iter().map(refused).collect(),
        again: Vec::new(),
    })
}

/// What the vendor says of a row that was sent without an answer.
pub(super) async fn resolve(app: &App, who: &str, row: StoredRow) -> Result<StoredRow, VendorError> {
    let get = GetSubscriber {
        subscriber_name: row.id.clone(),
    };
    match app.vendor.call_for_job(who, &get).await {
        Ok(_) => Ok(answer::added(row)),
        Err(error) if error.is_not_found() => Ok(answer::ready(row)),
        Err(error) => Err(error),
    }
}

/// One item of the answer.
fn settle(row: StoredRow, result: Option<Result<exotel::subscribers::Subscriber, ApiError>>) -> StoredRow {
    match result {
        Some(Ok(made)) if made.subscriber_name == row.id => answer::added(row),
        // The answer is in another order, or too short: what became of this one is not in it.
        Some(Ok(_)) | None => answer::unknown(row),
        Some(Err(error)) if exists(&error) => answer::was_there(row),
        Some(Err(error)) => match error.outcome_is_unknown() {
            true => answer::unknown(row),
            false => answer::refused(row, &error.into()),
        },
    }
}

/// No code is documented for a name that is taken; the words say it.
fn exists(error: &ApiError) -> bool {
    error.refusal().is_some_and(|refusal| {
        refusal.kind == Kind::Conflict || refusal.words.to_lowercase().contains("already exist")
    })
}

fn entry(row: &StoredRow) -> NewSubscriber {
    serde_json::from_value(row.entry.clone()).unwrap_or_default()
}
