//! Apps of the customer, and which of them is in use.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use exotel::error::Kind;
use exotel::integrations::{App as VendorsApp, CreateApp, Domain, GetApp, ListApps};
use exotel::{ApiError, Secret};
use protocol::admin::apps::{AppList, AppView, NewApp, UseApp};
use protocol::admin::confirm::Confirm;

use super::moment;
use crate::admin::{apps, confirm};
use crate::api::{Body, Name, whole};
use crate::auth::Caller;
use crate::vendor::{NoCredential, VendorError};
use crate::{Answer, App, Refused};

/// `GET /api/admin/apps`
pub async fn list(State(app): State<App>, caller: Caller) -> Answer<Json<AppList>> {
    let found = app.vendor.call(&caller.name, &ListApps).await?;
    let known = apps::known(&app).await?;
    let mut apps: Vec<AppView> = found.into_iter().map(|it| view(&app, &known, it)).collect();
    apps.sort_by_key(|it| (!it.used, it.name.to_lowercase()));
    Ok(Json(AppList { apps }))
}

/// `GET /api/admin/apps/{id}`
pub async fn show(State(app): State<App>, caller: Caller, Name(id): Name) -> Answer<Json<AppView>> {
    find(&app, &caller, &id).await.map(Json)
}

/// `POST /api/admin/apps`: of the configured account. Not used yet.
pub async fn create(
    State(app): State<App>,
    caller: Caller,
    Body(new): Body<NewApp>,
) -> Answer<Json<AppView>> {
    let work = move |app: App| async move {
        let vendor = &app.config.vendor;
        let key = vendor.api_key.clone().ok_or_else(no_api_key)?;
        let create = CreateApp {
            app_name: new.name.trim().to_owned(),
            exotel_account_sid: vendor.account_sid.clone(),
            exotel_api_key: key.key,
            exotel_api_token: key.token,
            exotel_domain: region(&app, &caller).await?,
            is_active: new.active,
        };
        let made = app.vendor.call(&caller.name, &create).await?;
        if let Some(secret) = &made.app_secret {
            apps::keep(&app, &caller.name, &made.app_id, secret).await?;
        }
        let known = apps::known(&app).await?;
        Ok(Json(view(&app, &known, made)))
    };
    whole(&app, work).await
}

/// `PUT /api/admin/apps/{id}/use`
pub async fn switch(
    State(app): State<App>,
    caller: Caller,
    Name(id): Name,
    Body(wanted): Body<UseApp>,
) -> Answer<Json<AppView>> {
    let work = move |app: App| async move {
        let typed = wanted.secret.map(|secret| Secret::new(secret.reveal()));
        let secret = match typed.filter(|secret| !secret.is_empty()) {
            Some(secret) => secret,
            None => apps::secret_of(&app, &id).await?.ok_or_else(secret_needed)?,
        };
        let described = app
            .vendor
            .describe_app(&id, &secret)
            .await
            .map_err(wrong_secret)?;
        if described.exotel_account_sid != app.config.vendor.account_sid {
            let message =
                "This app belongs to another account than the configured one. Choose an app of this account.";
            return Err(Refused::new(StatusCode::CONFLICT, "other_account", message));
        }
        apps::switch(&app, &caller.name, &id, secret).await?;
        app.auth.record(&caller.name, "use_app", &id).await;
        let known = apps::known(&app).await?;
        Ok(Json(view(&app, &known, described)))
    };
    whole(&app, work).await
}

/// `DELETE /api/admin/apps/{id}`: with its settings and users, for good.
pub async fn delete(
    State(app): State<App>,
    caller: Caller,
    Name(id): Name,
    Body(typed): Body<Confirm>,
) -> Answer<StatusCode> {
    let work = move |app: App| async move {
        let found = find(&app, &caller, &id).await?;
        let (what, name) = match found.name.trim() {
            "" => ("the app's id", &found.id),
            _ => ("the app's name", &found.name),
        };
        confirm::check(&typed, what, name)?;
        if found.used {
            let message = "This server works with this app. Use another one first, then delete it.";
            return Err(Refused::new(StatusCode::CONFLICT, "app_in_use", message));
        }
        let secret = apps::secret_of(&app, &id).await?.ok_or_else(secret_needed)?;
        app.vendor.delete_app(&caller.name, &id, &secret).await?;
        apps::forget(&app, &caller.name, &id).await?;
        Ok(StatusCode::NO_CONTENT)
    };
    whole(&app, work).await
}

async fn find(app: &App, caller: &Caller, id: &str) -> Answer<AppView> {
    let known = apps::known(app).await?;
    if app.vendor.app_id() == id {
        let found = app.vendor.call(&caller.name, &GetApp).await?;
        return Ok(view(app, &known, found));
    }
    let all = app.vendor.call(&caller.name, &ListApps).await?;
    let found = all.into_iter().find(|it| it.app_id == id);
    let found = found.ok_or_else(|| Refused::not_found("app"))?;
    Ok(view(app, &known, found))
}

/// Where the account lives: as the app in use says.
async fn region(app: &App, caller: &Caller) -> Answer<Domain> {
    let used = app.vendor.call(&caller.name, &GetApp).await?;
    Ok(match used.exotel_domain {
        Domain::Other(_) => Domain::Mumbai,
        known => known,
    })
}

fn view(app: &App, known: &[String], found: VendorsApp) -> AppView {
    AppView {
        used: app.vendor.app_id() == found.app_id,
        secret_known: known.contains(&found.app_id),
        name: found.app_name,
        account_sid: found.exotel_account_sid,
        region: found.exotel_domain.as_str().to_owned(),
        active: found.is_active,
        created_at: moment(app, &found.created_at),
        updated_at: moment(app, &found.updated_at),
        id: found.app_id,
    }
}

fn no_api_key() -> Refused {
    let message = "An app needs the account's API key. Set `vendor.api_key` and `vendor.api_token` in the configuration.";
    Refused::new(StatusCode::CONFLICT, "no_api_key", message)
}

fn secret_needed() -> Refused {
    let message = "This server does not know the secret of this app. Type it: the vendor showed it when the app was made.";
    let mut refused = Refused::new(StatusCode::UNPROCESSABLE_ENTITY, "app_secret_needed", message);
    refused.problem.field = Some("secret".to_owned());
    refused
}

/// The vendor's no to a token is about what was typed.
fn wrong_secret(error: VendorError) -> Refused {
    let no = match &error {
        VendorError::NoCredential(NoCredential::NoToken(why)) => match why.as_ref() {
            VendorError::Api(ApiError::Refused(refusal)) => {
                matches!(
                    refusal.kind,
                    Kind::Unauthorized | Kind::BadRequest | Kind::NotFound
                )
            }
            _ => false,
        },
        _ => false,
    };
    match no {
        true => Refused::field(
            "secret",
            "The vendor does not take this secret for this app. Check both.",
        ),
        false => error.into(),
    }
}
