//! Users, one by one.

use protocol::admin::users::{Added, UserPage, UserView, Voip};
use protocol::phone::DeviceName;
use reqwest::Method;
use serde_json::{Value, json};

use super::Desk;

fn ravi() -> Value {
    json!({
        "id": "ravi7", "name": "Ravi Kumar", "email": "ravi7@example.test", "number": "098111 11007",
        "virtual_number": "+918040408080",
    })
}

#[tokio::test]
async fn a_user_is_added_once_found_switched_and_deleted() {
    let desk = Desk::new().await;
    let path = "/api/admin/users";
    let added: Added = desk.ask(Method::POST, path, Some(ravi())).await;
    assert!(!added.was_there && added.user.voip == Voip::Ready, "{added:?}");
    assert_eq!(added.user.number.reveal(), "09811111007");
    let again: Added = desk.ask(Method::POST, path, Some(ravi())).await;
    assert!(again.was_there);
    let mut other = ravi();
    other["id"] = json!("ravi8");
    let (status, problem) = desk.refused(Method::POST, path, Some(other)).await;
    assert_eq!((status, problem.vendor.is_some()), (409, true), "{problem:?}");
    let mut nameless = ravi();
    nameless["name"] = json!("Ravi");
    let (status, problem) = desk.refused(Method::POST, path, Some(nameless)).await;
    assert_eq!((status, problem.field.as_deref()), (422, Some("name")));

    let found: UserPage = desk.get(&format!("{path}?search=RAVI7%40")).await;
    let ids: Vec<&str> = found.users.iter().map(|user| user.id.as_str()).collect();
    assert_eq!((ids.as_slice(), found.next), (["ravi7"].as_slice(), None));
    let one = format!("{path}/ravi7");
    let device = Some(json!({ "active": "phone" }));
    let switched: UserView = desk.ask(Method::PUT, &format!("{one}/device"), device).await;
    assert_eq!(switched.device, Some(DeviceName::Phone));

    desk.vendor.quirk("no-voip").await;
    let shown: UserView = desk.get(&one).await;
    assert!(
        matches!(&shown.voip, Voip::Missing { why } if why.contains("VoIP")),
        "{shown:?}"
    );
    assert_eq!(desk.said(Method::DELETE, &one, None).await.0, 204);
    assert_eq!(desk.refused(Method::GET, &one, None).await.0, 404);
    let records = desk.records().await;
    let mut done: Vec<&str> = records.iter().map(|(_, what, ..)| what.as_str()).collect();
    done.sort_unstable();
    done.dedup();
    assert_eq!(done, ["add_users", "delete_user", "set_device"]);
    assert!(records.iter().all(|(who, ..)| who == "boss"), "{records:?}");
}

#[tokio::test]
async fn every_page_is_walked_and_all_users_deleted_by_name() {
    let desk = Desk::new().await;
    let all: UserPage = desk.get("/api/admin/users?limit=100").await;
    let (mut walked, mut after) = (Vec::new(), String::new());
    loop {
        let page: UserPage = desk.get(&format!("/api/admin/users?limit=1&after={after}")).await;
        walked.extend(page.users.into_iter().map(|user| user.id));
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    let ids: Vec<String> = all.users.iter().map(|user| user.id.clone()).collect();
    assert_eq!(walked, ids);
    assert!(ids.len() > 1);
    // No SIP password, in whichever form.
    let (_, text) = desk.said(Method::GET, "/api/admin/users", None).await;
    let secret = exotel::integrations::GetUser {
        app_user_id: "asha".to_owned(),
    };
    let user = desk.server.app.vendor.call("boss", &secret).await.unwrap();
    assert!(!text.contains(user.sip_secret.password().unwrap().reveal()));
    assert!(!text.to_lowercase().contains("secret"), "{text}");

    let typed = |name: &str| Some(json!({ "typed": name }));
    let (status, problem) = desk
        .refused(Method::DELETE, "/api/admin/users", typed("all"))
        .await;
    assert_eq!((status, problem.code.as_str()), (422, "not_confirmed"));
    let app = desk
        .server
        .app
        .vendor
        .call("boss", &exotel::integrations::GetApp)
        .await
        .unwrap();
    let answer = desk
        .said(Method::DELETE, "/api/admin/users", typed(&app.app_name))
        .await;
    assert_eq!(answer.0, 204, "{}", answer.1);
    assert!(desk.get::<UserPage>("/api/admin/users").await.users.is_empty());
}
