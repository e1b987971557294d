//! Customer, apps, settings.

use protocol::admin::apps::{AppList, AppView};
use protocol::admin::customer::CustomerView;
use protocol::admin::settings::{SettingForm, SettingList, SettingView};
use reqwest::Method;
use serde_json::{Value, json};

use super::Desk;

/// The secret of an app, which only the platform and the server know.
async fn secret_of(desk: &Desk, id: &str) -> String {
    let records = desk.vendor.see("platform").await;
    let apps = records["apps"].as_array().unwrap().clone();
    let app = apps.iter().find(|app| app["AppID"] == id).unwrap();
    app["AppSecret"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn another_app_is_made_used_kept_over_a_restart_and_the_first_one_deleted() {
    let desk = Desk::new().await;
    let before: AppList = desk.get("/api/admin/apps").await;
    assert_eq!(before.apps.len(), 1);
    let first = before.apps[0].clone();
    assert!(first.used && first.secret_known);

    let new = json!({ "name": "Night shift", "active": true });
    let made: AppView = desk.ask(Method::POST, "/api/admin/apps", Some(new)).await;
    assert!(!made.used && made.secret_known, "{made:?}");
    let secret = secret_of(&desk, &made.id).await;
    let path = format!("/api/admin/apps/{}", made.id);
    let used: AppView = desk
        .ask(Method::PUT, &format!("{path}/use"), Some(json!({})))
        .await;
    assert!(used.used);
    // Its users, not those of the app before.
    let listed = exotel::integrations::ListUsers::default();
    let users = desk.server.app.vendor.call("boss", &listed).await.unwrap().users;
    assert!(users.is_empty(), "the new app has no users yet");

    let desk = desk.restarted().await;
    let all: AppList = desk.get("/api/admin/apps").await;
    let names: Vec<_> = all.apps.iter().map(|app| (app.id.as_str(), app.used)).collect();
    assert_eq!(names, [(made.id.as_str(), true), (first.id.as_str(), false)]);
    // Nothing of the records alone gives the secret away.
    let kept = desk.server.app.store.revisions("apps", 9).await.unwrap();
    assert!(!format!("{kept:?}").contains(&secret));

    let confirm = |name: &str| Some(json!({ "typed": name }));
    let old = format!("/api/admin/apps/{}", first.id);
    let (status, problem) = desk.refused(Method::DELETE, &old, confirm("something")).await;
    assert_eq!((status, problem.code.as_str()), (422, "not_confirmed"));
    let (status, problem) = desk.refused(Method::DELETE, &path, confirm("Night shift")).await;
    assert_eq!((status, problem.code.as_str()), (409, "app_in_use"));
    let (status, text) = desk.said(Method::DELETE, &old, confirm(&first.name)).await;
    assert_eq!(status, 204, "{text}");
    let left: AppList = desk.get("/api/admin/apps").await;
    assert_eq!(left.apps.len(), 1);
    let deleted = ("boss", "delete_app", first.id.as_str(), "done");
    let records = desk.records().await;
    let (who, what, target, result) = &records[0];
    assert_eq!(
        (who.as_str(), what.as_str(), target.as_str(), result.as_str()),
        deleted
    );
}

#[tokio::test]
async fn an_app_with_an_unknown_secret_is_used_with_the_right_one_only() {
    let desk = Desk::new().await;
    let new = json!({ "name": "Elsewhere", "active": true });
    let made: AppView = desk.ask(Method::POST, "/api/admin/apps", Some(new)).await;
    let secret = secret_of(&desk, &made.id).await;
    // As if it had been made by hand.
    server::admin::apps::forget(&desk.server.app, "boss", &made.id)
        .await
        .unwrap();
    let path = format!("/api/admin/apps/{}/use", made.id);
    let (status, problem) = desk.refused(Method::PUT, &path, Some(json!({}))).await;
    assert_eq!((status, problem.code.as_str()), (422, "app_secret_needed"));
    let wrong = Some(json!({ "secret": "not-the-secret-at-all" }));
    let (status, problem) = desk.refused(Method::PUT, &path, wrong).await;
    assert_eq!((status, problem.field.as_deref()), (422, Some("secret")));
    let used: AppView = desk
        .ask(Method::PUT, &path, Some(json!({ "secret": secret })))
        .await;
    assert!(used.used && used.secret_known);
}

#[tokio::test]
async fn settings_are_set_unset_and_never_written_over_unseen() {
    let desk = Desk::new().await;
    let list: SettingList = desk.get("/api/admin/settings").await;
    let keys: Vec<&str> = list.settings.iter().map(|it| it.key.as_str()).collect();
    let documented = [
        "popup",
        "incomingCallHangup",
        "missedCall",
        "callback",
        "record",
        "streaming",
        "playback",
    ];
    assert_eq!(keys, documented);
    assert!(
        list.settings
            .iter()
            .all(|it| it.value.is_none() && it.help.ends_with('.'))
    );

    let put = |value: Value, seen: &str| Some(json!({ "value": value, "seen": seen }));
    let popup = list.settings[0].clone();
    let path = "/api/admin/settings/popup";
    let ours: SettingView = desk.ask(Method::PUT, path, put(Value::Null, &popup.tag)).await;
    assert!(ours.ours && ours.form == SettingForm::Webhook, "{ours:?}");
    assert_ne!(ours.tag, popup.tag);

    // Another admin has not seen that.
    let theirs = put(json!("https://crm.example/secret/popup"), &popup.tag);
    let (status, problem) = desk.refused(Method::PUT, path, theirs).await;
    assert_eq!((status, problem.code.as_str()), (409, "changed_meanwhile"));
    let changed = problem.changed.unwrap();
    assert!(changed.by == "boss" && changed.at > 0, "{changed:?}");
    let theirs = put(json!("https://crm.example/secret/popup"), &ours.tag);
    let theirs: SettingView = desk.ask(Method::PUT, path, theirs).await;
    assert_eq!(theirs.value.as_deref(), Some("https://crm.example/••••"));
    assert!(!theirs.ours);

    let path = "/api/admin/settings/record";
    let (status, problem) = desk
        .refused(Method::PUT, path, Some(json!({ "value": "yes" })))
        .await;
    assert_eq!((status, problem.field.as_deref()), (422, Some("Value")));
    let record: SettingView = desk
        .ask(Method::PUT, path, Some(json!({ "value": "true" })))
        .await;
    assert_eq!(record.value.as_deref(), Some("true"));
    assert_eq!(desk.said(Method::DELETE, path, None).await.0, 204);
    assert_eq!(desk.get::<SettingView>(path).await.value, None);
    assert_eq!(
        desk.refused(Method::GET, "/api/admin/settings/a%2Fb", None)
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn the_customer_is_shown_without_its_secret_and_deleted_by_name() {
    let desk = Desk::new().await;
    let path = "/api/admin/customer";
    let customer: CustomerView = desk.get(path).await;
    assert!(!customer.id.is_empty() && !customer.deleted);
    let (status, problem) = desk
        .refused(Method::DELETE, path, Some(json!({ "typed": "" })))
        .await;
    assert_eq!((status, problem.code.as_str()), (422, "not_confirmed"));
    let typed = Some(json!({ "typed": customer.name }));
    assert_eq!(desk.said(Method::DELETE, path, typed).await.0, 204);
    let (status, problem) = desk.refused(Method::GET, path, None).await;
    assert_eq!((status, problem.code.as_str()), (502, "vendor_credentials"));
}
