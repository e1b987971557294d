//! Looking up users of an app, and removing them.

use exotel::integrations::App;
use serde_json::{Value, json};
use sip::Instant;

use super::super::records::Mapping;
use super::super::{Ask, No, Platform, Quirk, Yes};
use super::{app, describe, done};

/// `GET /usermapping`: one, if the query names one; else a page of all.
pub(super) fn get(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    match ask.in_query("user_id") {
        Some("") => Err(No::bad("user_id is empty")),
        Some(id) => {
            let (_, mapping) = find(platform, &app, id)?;
            let user = describe(platform, &app, mapping);
            let data = match platform.quirks.has(Quirk::UserInArray) {
                true => json!([user]),
                false => user,
            };
            Ok(done(platform, data))
        }
        None => page(platform, &app, ask),
    }
}

/// A page, with a cursor: the number of the first user of the next one.
fn page(platform: &Platform, app: &App, ask: &Ask) -> Result<Yes, No> {
    let last_value = ask.number("last_value", 0, 0..=u64::MAX)?;
    let page_size = ask.number("page_size", 20, 1..=100)?;
    let users = platform.records.users.get(&app.app_id);
    let mut rest = users.into_iter().flat_map(|users| users.range(last_value..));
    let size = usize::try_from(page_size).unwrap_or(usize::MAX);
    let listed: Vec<(&u64, &Mapping)> = rest.by_ref().take(size).collect();
    let cursor = match rest.next() {
        Some((no, _)) => no.to_string(),
        None if platform.quirks.has(Quirk::CursorAtEnd) => {
            (listed.last().map_or(last_value, |(no, _)| *no + 1)).to_string()
        }
        None => String::new(),
    };
    let users: Vec<Value> = listed
        .iter()
        .map(|(_, mapping)| describe(platform, app, mapping))
        .collect();
    let quirks = &platform.quirks;
    let data = if quirks.has(Quirk::UsersArray) {
        json!(users)
    } else if quirks.has(Quirk::UsersNextKey) {
        json!({ "Users": users, "PageSize": page_size, "NextKey": cursor })
    } else {
        json!({ "Users": users, "PageSize": page_size, "LastEvaluatedValue": cursor })
    };
    Ok(done(platform, data))
}

/// `DELETE /usermapping`: all of them.
pub(super) fn delete_all(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    platform.records.users.remove(&app.app_id);
    Ok(deleted(platform))
}

/// `DELETE /users/{AppUserID}`
pub(super) fn delete(platform: &mut Platform, now: Instant, ask: &Ask) -> Result<Yes, No> {
    let app = app::of_token(platform, now, ask)?;
    let (no, _) = find(platform, &app, ask.in_path("app_user_id"))?;
    if let Some(users) = platform.records.users.get_mut(&app.app_id) {
        users.remove(&no);
    }
    Ok(deleted(platform))
}

/// The user with this `AppUserId`, and their number.
pub(super) fn find<'a>(platform: &'a Platform, app: &App, id: &str) -> Result<(u64, &'a Mapping), No> {
    let users = platform.records.users.get(&app.app_id);
    let found = users.and_then(|users| users.iter().find(|(_, mapping)| mapping.user.app_user_id == id));
    found
        .map(|(no, mapping)| (*no, mapping))
        .ok_or_else(|| No::not_found("User not found"))
}

fn deleted(platform: &Platform) -> Yes {
    let words = match platform.quirks.has(Quirk::Successfuly) {
        true => "Deleted Successfuly",
        false => "Deleted Successfully",
    };
    done(platform, Value::from(words))
}
