//! A batch of users. The vendor takes all of a request or none, so a batch that is refused is halved until the row that
//! is wrong stands alone.

use std::collections::HashMap;

use exotel::integrations::{AddUsers, GetUser, UserPages};
use protocol::admin::users::NewUser;

use super::answer::{self, About, about};
use super::check::wire_user;
use crate::App;
use crate::store::StoredRow;
use crate::vendor::VendorError;

/// Users of a request. The vendor's documents say "one or more".
pub(super) const BATCH: u32 = 50;
/// From so many rows on, the users who are there are listed first.
const LIST_FROM: u32 = 20;
/// Pages of a listing, and users of a page.
const PAGES: (u32, u32) = (200, 100);

/// Mail addresses in lower case by id.
pub(super) type Known = HashMap<String, String>;

/// Who is there already. Empty for a short job: its rows are asked for one by one where the vendor refuses.
pub(super) async fn known(app: &App, who: &str, rows: u32) -> Result<Known, VendorError> {
    let mut known = Known::new();
    if rows < LIST_FROM {
        return Ok(known);
    }
    let (most, size) = PAGES;
    let mut pages = UserPages::new(Some(size), most);
    let mut next = Some(pages.first());
    while let Some(ask) = next {
        let page = match app.vendor.call_for_job(who, &ask).await {
            Ok(page) => page,
            // How the vendor says that there is nobody.
            Err(error) if error.is_not_found() => break,
            Err(error) => return Err(error),
        };
        let users = page.users.iter();
        known.extend(users.map(|user| (user.app_user_id.clone(), user.email.to_lowercase())));
        next = pages.next(&page);
    }
    Ok(known)
}

/// Rows to be sent, and rows that need not be.
pub(super) fn sort(rows: Vec<StoredRow>, known: &Known) -> (Vec<StoredRow>, Vec<StoredRow>) {
    let (mut send, mut settled) = (Vec::new(), Vec::new());
    for row in rows {
        match known.get(&row.id) {
            None => send.push(row),
            Some(email) => settled.push(there(row, email)),
        }
    }
    (send, settled)
}

/// What became of the rows of one request: settled ones, and those to be sent again in these groups.
pub(super) struct Sent {
    pub(super) settled: Vec<StoredRow>,
    pub(super) again: Vec<Vec<StoredRow>>,
}

/// Sends one request.
pub(super) async fn send(
    app: &App,
    who: &str,
    mut rows: Vec<StoredRow>,
) -> Result<Sent, (VendorError, Vec<StoredRow>)> {
    let sid = &app.config.vendor.account_sid;
    let users = rows.iter().map(|row| wire_user(&entry(row), sid)).collect();
    let error = match app.vendor.call_for_job(who, &AddUsers { users }).await {
        Ok(made) => {
            let is_made = |row: &StoredRow| made.iter().any(|user| user.app_user_id == row.id);
            let settle = |row: StoredRow| match is_made(&row) {
                true => answer::added(row),
                false => answer::unknown(row),
            };
            let settled = rows.into_iter().map(settle).collect();
            let again = Vec::new();
            return Ok(Sent { settled, again });
        }
        Err(error) => error,
    };
    let exists = match about(&error) {
        About::Rows => false,
        About::Exists => true,
        About::Later | About::Unknown | About::Job(_) => return Err((error, rows)),
    };
    if rows.len() > 1 {
        let half = rows.split_off(rows.len() / 2);
        let again = vec![rows, half];
        return Ok(Sent {
            settled: Vec::new(),
            again,
        });
    }
    let mut settled = Vec::new();
    for row in rows {
        let found = match exists {
            true => look_up(app, who, &row).await,
            false => Ok(None),
        };
        settled.push(match found {
            Ok(Some(email)) => there(row, &email),
            Ok(None) if exists => taken(row, &error),
            Ok(None) => answer::refused(row, &error),
            Err(error) => return Err((error, vec![row])),
        });
    }
    let again = Vec::new();
    Ok(Sent { settled, again })
}

/// What the vendor says of a row that was sent without an answer: `None` if it cannot be told now.
pub(super) async fn resolve(app: &App, who: &str, row: StoredRow) -> Result<StoredRow, VendorError> {
    let email = entry(&row).email.to_lowercase();
    Ok(match look_up(app, who, &row).await? {
        Some(theirs) if theirs == email => answer::added(row),
        Some(theirs) => there(row, &theirs),
        None => answer::ready(row),
    })
}

/// The mail address of the user with this row's id, in lower case.
async fn look_up(app: &App, who: &str, row: &StoredRow) -> Result<Option<String>, VendorError> {
    let get = GetUser {
        app_user_id: row.id.clone(),
    };
    match app.vendor.call_for_job(who, &get).await {
        Ok(user) => Ok(Some(user.email.to_lowercase())),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// The id is there: with the same mail address it is the same person.
fn there(row: StoredRow, email: &str) -> StoredRow {
    let same = entry(&row).email.to_lowercase() == email;
    match same {
        true => answer::was_there(row),
        false => {
            let message = "This id belongs to somebody with another mail address. Choose another id, or delete that user.";
            StoredRow {
                field: Some("id".to_owned()),
                ..answer::failed(row, message)
            }
        }
    }
}

/// The vendor says that it exists, and nobody has the id: so the mail address is another user's.
fn taken(row: StoredRow, error: &VendorError) -> StoredRow {
    let message = "This mail address belongs to another user. Use that user, or another address.";
    StoredRow {
        field: Some("email".to_owned()),
        vendor: error.words().map(str::to_owned),
        ..answer::failed(row, message)
    }
}

fn entry(row: &StoredRow) -> NewUser {
    serde_json::from_value(row.entry.clone()).unwrap_or_default()
}
