//! Users of the app in use.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use exotel::SipSecretError;
use exotel::error::Kind;
use exotel::integrations::{AddUsers, DeleteAllUsers, DeleteUser, GetApp, ListUsers, User};
use protocol::PhoneNumber;
use protocol::admin::confirm::Confirm;
use protocol::admin::jobs::RowState;
use protocol::admin::users::{Added, NewUser, UserPage, UserView, Voip};
use protocol::phone::SetDevice;
use serde::Deserialize;

use super::moment;
use crate::admin::confirm;
use crate::admin::jobs::check;
use crate::api::{Asked, Body, Name, whole};
use crate::auth::Caller;
use crate::phone::{device, masking};
use crate::{Answer, App, Refused};

/// Users of a page, if nobody says; and the most.
const PAGE: u32 = 50;
const LARGEST: u32 = 100;
/// Pages of the vendor's that one search looks through.
const LOOK: u32 = 10;
/// The longest text to search for.
const LONGEST: usize = 100;

/// Which users.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Query {
    after: Option<String>,
    limit: Option<u32>,
    search: Option<String>,
}

/// `GET /api/admin/users?after=&limit=&search=`
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Asked(query): Asked<Query>,
) -> Answer<Json<UserPage>> {
    let search = query.search.map(|text| text.trim().to_lowercase());
    let search = search.filter(|text| !text.is_empty());
    if search.as_ref().is_some_and(|text| text.chars().count() > LONGEST) {
        let message = format!("Search for at most {LONGEST} characters.");
        return Err(Refused::field("search", message));
    }
    let limit = query.limit.unwrap_or(PAGE).clamp(1, LARGEST);
    let (size, pages) = match search {
        Some(_) => (LARGEST, LOOK),
        None => (limit, 1),
    };
    let accounts = accounts(&app).await?;
    let mut shown = UserPage {
        users: Vec::new(),
        looked_at: 0,
        next: query.after.filter(|after| !after.is_empty()),
    };
    for _ in 0..pages {
        let asked = shown.next.take();
        let page = page(&app, &caller, asked.clone(), size).await?;
        shown.looked_at += u32::try_from(page.users.len()).unwrap_or(u32::MAX);
        // A cursor that stays where it is, or that follows nobody, leads nowhere.
        let leads_on = !page.users.is_empty() && page.last_value != asked;
        shown.next = page.last_value.filter(|_| leads_on);
        let fits = |user: &User| search.as_ref().is_none_or(|text| holds(user, text));
        let found = page.users.into_iter().filter(fits);
        shown
            .users
            .extend(found.map(|user| view(&app, &caller, &accounts, user)));
        if shown.next.is_none() || shown.users.len() >= limit as usize {
            break;
        }
    }
    Ok(Json(shown))
}

/// `GET /api/admin/users/{id}`
pub async fn show(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<Json<UserView>> {
    one(&app, &caller, &id).await.map(Json)
}

/// `POST /api/admin/users`
pub async fn add(State(app): State<App>, caller: Caller, Body(new): Body<NewUser>) -> Answer<Json<Added>> {
    let sid = &app.config.vendor.account_sid;
    let checked = check::users(vec![new.clone()], sid).into_iter().next();
    if let Some(row) = checked.filter(|row| row.state == RowState::Invalid) {
        return Err(Refused::field(row.field.as_deref().unwrap_or("id"), row.message));
    }
    let new = check::trimmed(new);
    let add = AddUsers {
        users: vec![check::wire_user(&new, sid)],
    };
    let work = move |app: App| async move {
        match app.vendor.call(&caller.name, &add).await {
            Ok(_) => Ok(Json(Added {
                user: one(&app, &caller, &new.id).await?,
                was_there: false,
            })),
            Err(error) if error.kind() == Some(Kind::Conflict) => match one(&app, &caller, &new.id).await {
                Ok(user) if user.email.eq_ignore_ascii_case(&new.email) => Ok(Json(Added {
                    user,
                    was_there: true,
                })),
                Ok(_) | Err(_) => Err(taken(error.into())),
            },
            Err(error) => Err(error.into()),
        }
    };
    whole(&app, work).await
}

/// `DELETE /api/admin/users/{id}`: for good.
pub async fn delete(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<StatusCode> {
    let work = move |app: App| async move {
        let delete = DeleteUser { app_user_id: id };
        app.vendor.call(&caller.name, &delete).await?;
        Ok(StatusCode::NO_CONTENT)
    };
    whole(&app, work).await
}

/// `DELETE /api/admin/users`: all of the app in use, for good.
pub async fn delete_all(
    State(app): State<App>,
    caller: Caller,
    Body(typed): Body<Confirm>,
) -> Answer<StatusCode> {
    let work = move |app: App| async move {
        let used = app.vendor.call(&caller.name, &GetApp).await?;
        let (what, name) = match used.app_name.trim() {
            "" => ("the id of the app in use", &used.app_id),
            _ => ("the name of the app in use", &used.app_name),
        };
        confirm::check(&typed, what, name)?;
        app.vendor.call(&caller.name, &DeleteAllUsers).await?;
        Ok(StatusCode::NO_CONTENT)
    };
    whole(&app, work).await
}

/// `PUT /api/admin/users/{id}/device`: the user as the vendor has them then.
pub async fn switch_device(
    State(app): State<App>,
    caller: Caller,
    Name(id): Name,
    Body(wanted): Body<SetDevice>,
) -> Answer<Json<UserView>> {
    let work = move |app: App| async move {
        device::switch(&app, &caller.name, &id, wanted.active).await?;
        one(&app, &caller, &id).await.map(Json)
    };
    whole(&app, work).await
}

async fn one(app: &App, caller: &Caller, id: &str) -> Answer<UserView> {
    let user = app.vendor.user(&caller.name, id).await?;
    let accounts = accounts(app).await?;
    Ok(view(app, caller, &accounts, user))
}

/// A page of the vendor's; an empty one where it says that there is nobody.
async fn page(
    app: &App,
    caller: &Caller,
    last_value: Option<String>,
    size: u32,
) -> Answer<exotel::integrations::UserPage> {
    let list = ListUsers {
        last_value,
        page_size: Some(size),
    };
    match app.vendor.call(&caller.name, &list).await {
        Ok(page) => Ok(page),
        Err(error) if error.is_not_found() => Ok(Default::default()),
        Err(error) => Err(error.into()),
    }
}

/// Names of local accounts by `AppUserId`.
async fn accounts(app: &App) -> Answer<HashMap<String, String>> {
    let people = app.store.people().await?.into_iter();
    Ok(people
        .filter_map(|person| Some((person.agent?, person.name)))
        .collect())
}

fn holds(user: &User, text: &str) -> bool {
    let fields = [
        user.app_user_id.as_str(),
        &user.app_username,
        &user.exotel_user_name,
        &user.email,
        user.agent_number.reveal(),
        user.virtual_number.reveal(),
    ];
    fields.iter().any(|field| field.to_lowercase().contains(text))
}

/// Without the SIP password.
fn view(app: &App, caller: &Caller, accounts: &HashMap<String, String>, user: User) -> UserView {
    let number = PhoneNumber::new(user.agent_number.reveal());
    UserView {
        device: device::state_of(&user).active,
        voip: voip(&user),
        account: accounts.get(&user.app_user_id).cloned(),
        number: masking::number_for(&app.policy, caller.role, number),
        virtual_number: PhoneNumber::new(user.virtual_number.reveal()),
        role: user.role.as_str().to_owned(),
        active: user.is_active,
        created_at: moment(app, &user.created_at),
        updated_at: moment(app, &user.updated_at),
        id: user.app_user_id,
        name: user.app_username,
        vendor_id: user.exotel_user_id,
        vendor_name: user.exotel_user_name,
        email: user.email,
    }
}

fn voip(user: &User) -> Voip {
    let why = match (user.sip_user(), user.sip_secret.password()) {
        (Some(_), Ok(_)) => return Voip::Ready,
        (None, _) | (_, Err(SipSecretError::Absent)) => {
            "The vendor gave no SIP account. Ask the vendor to enable VoIP for this account, then add the user anew."
                .to_owned()
        }
        (Some(_), Err(error @ (SipSecretError::Masked | SipSecretError::Undecipherable))) => error.to_string(),
    };
    Voip::Missing { why }
}

/// Whoever has the id has another address, or the address is another's.
fn taken(mut refused: Refused) -> Refused {
    refused.problem.message =
        "The id or the mail address belongs to another user. Look them up, then choose another one."
            .to_owned();
    refused.problem.field = Some("id".to_owned());
    refused
}
