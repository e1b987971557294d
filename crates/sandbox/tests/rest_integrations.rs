//! The Integrations API, told as a customer lives through it: built and read by `exotel`, answered over TCP.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, body, header, request};
use exotel::integrations::{
    AddSetting, AddUsers, CreateApp, CreateToken, DeleteAllUsers, DeleteApp, DeleteCustomer, DeleteSetting,
    DeleteUser, DeviceName, Domain, Entity, GetApp, GetCustomer, GetSetting, GetUser, ListApps, ListSettings,
    ListUsers, NewUser, SetDevice, SettingKey, UserPages,
};
use exotel::{Anonymous, AppToken, CustomerToken, PhoneNumber, Secret};

fn new_user(id: &str) -> NewUser {
    NewUser {
        app_user_id: id.to_owned(),
        app_username: format!("User {id}xx"),
        email: format!("{id}@customer.test"),
        exotel_account_sid: String::from("exoteldemo"),
        exotel_user_name: String::from("Temp Name"),
        agent_number: Some(PhoneNumber::from("09876543210")),
        virtual_number: PhoneNumber::from("+918040408080"),
    }
}

async fn new_app(customer: &Customer, token: &CustomerToken) -> AppToken {
    let create = CreateApp {
        app_name: String::from("Second"),
        exotel_account_sid: String::from("exoteldemo"),
        exotel_api_key: customer.key.key.clone(),
        exotel_api_token: customer.key.token.clone(),
        exotel_domain: Domain::Singapore,
        is_active: true,
    };
    let app = customer.run(&customer.integrations, token, create).await.unwrap();
    assert_eq!(
        (app.app_name.as_str(), &app.exotel_domain),
        ("Second", &Domain::Singapore)
    );
    let create = CreateToken {
        id: app.app_id,
        secret: app.app_secret.unwrap(),
        entity: Entity::App,
    };
    let token = customer
        .run(&customer.integrations, &Anonymous, create)
        .await
        .unwrap();
    token.for_app()
}

#[tokio::test]
async fn a_customer_and_its_apps() {
    let customer = Customer::new().await;
    let api = &customer.integrations;
    let token = customer.customer_token().await;
    let me = customer.run(api, &token, GetCustomer).await.unwrap();
    assert_eq!((me.customer_id, me.customer_secret), customer.customer);
    assert!(!me.deleted_at.is_deleted() && me.created_at.unix_ms().is_some());

    let app_token = new_app(&customer, &token).await;
    let apps = customer.run(api, &token, ListApps).await.unwrap();
    assert_eq!(apps.len(), 2);
    assert!(
        apps.iter()
            .all(|app| app.app_secret.is_none() && app.exotel_api_token.is_none())
    );
    let app = customer.run(api, &app_token, GetApp).await.unwrap();
    assert_eq!(app.app_name, "Second");
    // The official SDK leaves `entity` out.
    let bare = customer
        .raw("GET", "/v2/integrations/app", app_token.0.reveal(), "")
        .await;
    assert_eq!(body(&bare)["Data"]["AppName"], "Second");

    customer.run(api, &app_token, DeleteApp).await.unwrap();
    let gone = customer.run(api, &app_token, GetApp).await.unwrap_err();
    assert_eq!(gone.refusal().unwrap().http, 401);
    customer.run(api, &token, DeleteCustomer).await.unwrap();
    let gone = customer.run(api, &token, GetCustomer).await.unwrap_err();
    assert_eq!(gone.refusal().unwrap().http, 401);
}

#[tokio::test]
async fn settings_are_written_over_listed_and_removed() {
    let customer = Customer::new().await;
    let (api, token) = (&customer.integrations, customer.app_token().await);
    assert!(customer.run(api, &token, ListSettings).await.unwrap().is_empty());
    let add = |key, value: &str| AddSetting {
        key,
        value: Secret::new(value),
    };
    for value in ["https://one.test/", "https://two.test/"] {
        let set = customer
            .run(api, &token, add(SettingKey::Popup, value))
            .await
            .unwrap();
        assert_eq!((set.key, set.value.reveal()), (SettingKey::Popup, value));
    }
    customer
        .run(api, &token, add(SettingKey::Record, "true"))
        .await
        .unwrap();
    customer
        .run(api, &token, add(SettingKey::Streaming, "wss://one.test"))
        .await
        .unwrap();
    let all = customer.run(api, &token, ListSettings).await.unwrap();
    assert_eq!(all.len(), 3);
    let get = GetSetting {
        key: SettingKey::Popup,
    };
    let popup = customer.run(api, &token, get.clone()).await.unwrap();
    assert_eq!(
        (popup.app_id, popup.value.reveal()),
        (customer.app.0.clone(), "https://two.test/")
    );
    let delete = DeleteSetting {
        key: SettingKey::Popup,
    };
    customer.run(api, &token, delete.clone()).await.unwrap();
    assert!(customer.run(api, &token, get).await.unwrap_err().is_not_found());
    assert!(
        customer
            .run(api, &token, delete)
            .await
            .unwrap_err()
            .is_not_found()
    );
    // The table says a body, the sample a query.
    let in_body = customer
        .raw(
            "DELETE",
            "/v2/integrations/app_setting",
            token.0.reveal(),
            r#"{"Key":"record"}"#,
        )
        .await;
    assert_eq!(in_body.status(), 200);
}

#[tokio::test]
async fn users_come_with_a_sip_account_and_stay_co_workers() {
    let customer = Customer::new().await;
    let (api, token) = (&customer.integrations, customer.app_token().await);
    let add = AddUsers {
        users: vec![new_user("u1"), new_user("u2")],
    };
    let users = customer.run(api, &token, add.clone()).await.unwrap();
    let one = &users[0];
    assert_eq!(
        (one.app_user_id.as_str(), one.email.as_str()),
        ("u1", "u1@customer.test")
    );
    assert_eq!(one.active_device_id, one.sip_device_id);
    let password = one.sip_secret.password().unwrap();
    assert_eq!(password.reveal().len(), 32);
    let view = customer.view().await;
    let coworkers = view["coworkers"].as_array().unwrap();
    let made = coworkers.iter().filter(|one| one["made_by_mapping"] == true);
    assert_eq!(made.count(), 2, "unknown addresses become co-workers");

    let again = customer.run(api, &token, add.clone()).await.unwrap_err();
    assert_eq!(again.refusal().unwrap().http, 409);
    let get = GetUser {
        app_user_id: String::from("u1"),
    };
    assert_eq!(customer.run(api, &token, get.clone()).await.unwrap(), *one);
    let delete = DeleteUser {
        app_user_id: String::from("u1"),
    };
    customer.run(api, &token, delete.clone()).await.unwrap();
    assert!(customer.run(api, &token, get).await.unwrap_err().is_not_found());
    assert!(
        customer
            .run(api, &token, delete)
            .await
            .unwrap_err()
            .is_not_found()
    );
    let back = AddUsers {
        users: vec![new_user("u1")],
    };
    let back = customer.run(api, &token, back).await.unwrap();
    assert_eq!(
        (&back[0].sip_id, &back[0].exotel_user_id),
        (&one.sip_id, &one.exotel_user_id)
    );

    customer.run(api, &token, DeleteAllUsers).await.unwrap();
    assert!(
        customer
            .run(api, &token, ListUsers::default())
            .await
            .unwrap()
            .users
            .is_empty()
    );
}

#[tokio::test]
async fn the_ready_made_agents_are_users() {
    let customer = Customer::new().await;
    let (api, token) = (&customer.integrations, customer.app_token().await);
    for account in &customer.running.accounts {
        let get = GetUser {
            app_user_id: account.user.clone(),
        };
        let user = customer.run(api, &token, get).await.unwrap();
        assert_eq!(user.sip_user(), Some(account.user.as_str()));
        assert_eq!(user.sip_secret.password().unwrap().reveal(), account.password);
    }
}

#[tokio::test]
async fn pages_of_users_are_walked_to_their_end() {
    let customer = Customer::new().await;
    let (api, token) = (&customer.integrations, customer.app_token().await);
    let users = (0..5).map(|no| new_user(&format!("u{no}"))).collect();
    customer.run(api, &token, AddUsers { users }).await.unwrap();
    let mut pages = UserPages::new(Some(3), 10);
    let (mut next, mut sizes) = (Some(pages.first()), Vec::new());
    while let Some(list) = next {
        let page = customer.run(api, &token, list).await.unwrap();
        sizes.push(page.users.len());
        next = pages.next(&page);
    }
    assert_eq!(sizes, [3, 3, 2]);
    let all = customer.run(api, &token, ListUsers::default()).await.unwrap();
    assert_eq!(
        (all.users.len(), all.page_size, all.last_value),
        (8, Some(20), None)
    );
}

#[tokio::test]
async fn the_device_turned_on_last_is_active() {
    let customer = Customer::new().await;
    let (api, token) = (&customer.integrations, customer.app_token().await);
    let set = |name: Option<DeviceName>, status| SetDevice {
        user_id: String::from("asha"),
        device_name: name,
        device_status: status,
    };
    let user = customer
        .run(api, &token, set(Some(DeviceName::Phone), Some(true)))
        .await
        .unwrap();
    assert_eq!(user.active_device_id, user.phone_device_id);
    let user = customer
        .run(api, &token, set(Some(DeviceName::Phone), Some(false)))
        .await
        .unwrap();
    assert_eq!(user.active_device_id, user.sip_device_id);
    let user = customer.run(api, &token, set(None, Some(false))).await.unwrap();
    assert_eq!(
        (user.active_device_id.as_str(), user.outbound_active),
        ("", Some(false))
    );
    let user = customer
        .run(api, &token, set(Some(DeviceName::Sip), None))
        .await
        .unwrap();
    assert_eq!(user.active_device_id, user.sip_device_id);
}

#[tokio::test]
async fn browsers_of_other_sites_may_ask_this_api_only() {
    let customer = Customer::new().await;
    for (path, allowed) in [
        ("/v2/integrations/call/outbound_call", "*"),
        ("/v2/accounts/exoteldemo/subscribers", ""),
    ] {
        let asked = request("OPTIONS", path, &[("origin", "https://crm.test")], "");
        let answer = customer.answer(asked).await;
        assert_eq!(header(&answer, "access-control-allow-origin"), allowed, "{path}");
    }
    let answer = customer.raw("GET", "/v2/integrations/app", "x", "").await;
    assert_eq!(header(&answer, "access-control-allow-origin"), "*");
}
