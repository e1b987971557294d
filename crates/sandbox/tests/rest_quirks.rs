//! Every quirk: what it changes on the wire, and that `exotel` reads both ways.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, body, request};
use exotel::greenpin::{CreateAllocation, DeleteAllocation, Side};
use exotel::integrations::{DeleteAllUsers, GetApp, GetUser, ListUsers};
use exotel::subscribers::{
    CreateSubscribers, CreateToken, DeleteSubscriber, GetSubscriber, ListSubscribers, NewSubscriber,
};
use exotel::{PhoneNumber, SipSecretError};
use sandbox::Quirk;
use serde_json::{Value, json};

const USERS: &str = "/v2/integrations/usermapping";
const SUBSCRIBERS: &str = "/v2/accounts/exoteldemo/subscribers";

/// An app with its three users and one subscriber, and one quirk.
struct Odd {
    customer: Customer,
    token: exotel::AppToken,
}

impl Odd {
    async fn new(quirk: Quirk) -> Self {
        let customer = Customer::new().await;
        let token = customer.app_token().await;
        let subscribers = vec![NewSubscriber {
            subscriber_name: String::from("archit"),
            custom_field: None,
        }];
        let create = CreateSubscribers { subscribers };
        customer
            .run(&customer.subscribers, &customer.key, create)
            .await
            .unwrap();
        customer.quirk(quirk, true).await;
        Self { customer, token }
    }

    async fn app(&self, method: &str, path: &str) -> Value {
        body(&self.customer.raw(method, path, self.token.0.reveal(), "").await)
    }

    async fn key(&self, method: &str, path: &str, sent: &str) -> (u16, Value) {
        let answer = self
            .customer
            .raw(method, path, &self.customer.basic(), sent)
            .await;
        (answer.status().as_u16(), body(&answer))
    }

    async fn user(&self) -> exotel::integrations::User {
        let get = GetUser {
            app_user_id: String::from("asha"),
        };
        self.customer
            .run(&self.customer.integrations, &self.token, get)
            .await
            .unwrap()
    }

    async fn users(&self) -> Vec<String> {
        let list = ListUsers::default();
        let page = self
            .customer
            .run(&self.customer.integrations, &self.token, list)
            .await
            .unwrap();
        page.users.into_iter().map(|user| user.app_user_id).collect()
    }
}

#[tokio::test]
async fn listings_of_users_in_every_shape() {
    for (quirk, shape) in [
        (Quirk::UsersArray, "0"),
        (Quirk::UsersNextKey, "NextKey"),
        (Quirk::CursorAtEnd, "LastEvaluatedValue"),
        (Quirk::OtherIds, "Users"),
        (Quirk::TextNumbers, "PageSize"),
    ] {
        let odd = Odd::new(quirk).await;
        let data = odd.app("GET", USERS).await["Data"].clone();
        match quirk {
            Quirk::UsersArray => assert!(data[0]["AppUserId"].is_string()),
            Quirk::OtherIds => {
                assert!(data["Users"][0]["AppUserID"].is_string() && data["Users"][0]["AppId"].is_string())
            }
            Quirk::CursorAtEnd => assert_eq!(data[shape], "4"),
            Quirk::TextNumbers => assert_eq!(data[shape], "20"),
            _ => assert!(data.get(shape).is_some(), "{data}"),
        }
        assert_eq!(odd.users().await, ["asha", "ravi", "meera"], "{}", quirk.name());
        assert_eq!(odd.user().await.app_user_id, "asha", "{}", quirk.name());
    }
    let odd = Odd::new(Quirk::UserInArray).await;
    assert!(odd.app("GET", &format!("{USERS}?user_id=asha")).await["Data"].is_array());
    assert_eq!(odd.user().await.app_user_id, "asha");
}

#[tokio::test]
async fn sip_secrets_in_every_form() {
    let odd = Odd::new(Quirk::YearOne).await;
    let password = odd.customer.running.accounts[0].password.clone();
    let wire = async |odd: &Odd| {
        let said = odd.app("GET", &format!("{USERS}?user_id=asha")).await;
        said["Data"]["SipSecret"].as_str().unwrap().to_owned()
    };
    let enciphered = wire(&odd).await;
    assert_eq!(enciphered.len(), 32 + 2 * password.len());
    assert_eq!(odd.user().await.sip_secret.password().unwrap().reveal(), password);
    assert!(odd.user().await.created_at.is_unset());

    let odd = Odd::new(Quirk::SipSecretPlain).await;
    assert_eq!(wire(&odd).await, odd.customer.running.accounts[0].password);
    let odd = Odd::new(Quirk::SipSecretMasked).await;
    assert_eq!(
        odd.user().await.sip_secret.password(),
        Err(SipSecretError::Masked)
    );
    let odd = Odd::new(Quirk::NoVoip).await;
    let user = odd.user().await;
    assert_eq!(
        (user.sip_user(), user.sip_secret.password()),
        (None, Err(SipSecretError::Absent))
    );
}

#[tokio::test]
async fn words_and_statuses_of_the_integrations_api() {
    let odd = Odd::new(Quirk::NotFoundAs200).await;
    let path = format!("{USERS}?user_id=zoe");
    let answer = odd.customer.raw("GET", &path, odd.token.0.reveal(), "").await;
    assert_eq!(
        (answer.status().as_u16(), &body(&answer)["Code"]),
        (200, &json!(404))
    );
    let get = GetUser {
        app_user_id: String::from("zoe"),
    };
    let no = odd
        .customer
        .run(&odd.customer.integrations, &odd.token, get)
        .await
        .unwrap_err();
    assert!(no.is_not_found());

    let odd = Odd::new(Quirk::Successfuly).await;
    assert_eq!(
        odd.app("DELETE", "/v2/integrations/users/ravi").await["Data"],
        "Deleted Successfuly"
    );
    odd.customer
        .run(&odd.customer.integrations, &odd.token, DeleteAllUsers)
        .await
        .unwrap();

    let odd = Odd::new(Quirk::CapitalDomain).await;
    assert_eq!(
        odd.app("GET", "/v2/integrations/app").await["Data"]["ExotelDomain"],
        "Mumbai"
    );
    odd.customer
        .run(&odd.customer.integrations, &odd.token, GetApp)
        .await
        .unwrap();

    let odd = Odd::new(Quirk::OpaqueTokens).await;
    let token = odd.customer.app_token().await;
    assert!(!token.0.reveal().contains('.'));
    odd.customer
        .run(&odd.customer.integrations, &token, GetApp)
        .await
        .unwrap();
}

#[tokio::test]
async fn stricter_readings_of_numbers_names_and_devices() {
    let odd = Odd::new(Quirk::AgentNumberNeedsZero).await;
    for (number, status) in [("9876543210", 400), ("09876543210", 200)] {
        let user = json!([{
            "AppUserId": "u", "AppUsername": "U", "Email": "u@c.test", "ExotelAccountSid": "exoteldemo",
            "ExotelUserName": "Temp Name", "AgentNumber": number, "VirtualNumber": "1",
        }]);
        let answer = odd
            .customer
            .raw("POST", USERS, odd.token.0.reveal(), &user.to_string())
            .await;
        assert_eq!(answer.status(), status, "{number}");
    }
    let odd = Odd::new(Quirk::OneDeviceStaysOn).await;
    for (device, status) in [("phone", 200), ("sip", 400)] {
        let off = json!({ "UserId": "asha", "DeviceName": device, "DeviceStatus": false }).to_string();
        let answer = odd
            .customer
            .raw("PUT", "/v2/integrations/device", odd.token.0.reveal(), &off)
            .await;
        assert_eq!(answer.status(), status, "{device}");
    }
    let odd = Odd::new(Quirk::ShortNames).await;
    let sent = r#"{"subscribers":[{"subscriber_name":"Alex123bourt45on"}]}"#;
    assert_eq!(
        odd.key("POST", SUBSCRIBERS, sent).await.1["response"][0]["code"],
        400
    );
}

#[tokio::test]
async fn subscribers_and_their_tokens_in_every_shape() {
    for quirk in [
        Quirk::TokenNested,
        Quirk::TokenText,
        Quirk::OpaqueTokens,
        Quirk::TextNumbers,
    ] {
        let odd = Odd::new(quirk).await;
        let token = CreateToken {
            subscriber_name: String::from("archit"),
            device_id: String::from("d1"),
        };
        let (api, key) = (&odd.customer.subscribers, &odd.customer.key);
        let issued = odd.customer.run(api, key, token).await.unwrap();
        assert_eq!(
            issued.token.reveal().is_string(),
            quirk == Quirk::TokenText,
            "{}",
            quirk.name()
        );
        let sent = r#"{"subscriber_name":"archit","device_id":"d1","platform":"android"}"#;
        let (_, said) = odd
            .key("POST", "/v2/accounts/exoteldemo/subscriber-token", sent)
            .await;
        let nested = quirk == Quirk::TokenNested;
        for (place, there) in [
            ("/response/response/data/subscriber_token", nested),
            ("/response/data/subscriber_token", !nested),
        ] {
            assert_eq!(said.pointer(place).is_some(), there, "{}: {said}", quirk.name());
        }
    }
    let odd = Odd::new(Quirk::SingleInArray).await;
    let (_, said) = odd.key("GET", &format!("{SUBSCRIBERS}/archit"), "").await;
    assert!(said["response"].is_array());
    let get = GetSubscriber {
        subscriber_name: String::from("archit"),
    };
    odd.customer
        .run(&odd.customer.subscribers, &odd.customer.key, get)
        .await
        .unwrap();

    let odd = Odd::new(Quirk::DeletedAs200).await;
    let delete = DeleteSubscriber {
        subscriber_name: String::from("archit"),
    };
    odd.customer
        .run(&odd.customer.subscribers, &odd.customer.key, delete)
        .await
        .unwrap();
    odd.key(
        "POST",
        SUBSCRIBERS,
        r#"{"subscribers":[{"subscriber_name":"b"}]}"#,
    )
    .await;
    let (status, said) = odd.key("DELETE", &format!("{SUBSCRIBERS}/b"), "").await;
    assert_eq!(
        (status, &said["response"]["data"]["subscriber_name"]),
        (200, &json!("b"))
    );

    let odd = Odd::new(Quirk::MultiStatusAs200).await;
    let (status, said) = odd
        .key(
            "POST",
            SUBSCRIBERS,
            r#"{"subscribers":[{"subscriber_name":"b"}]}"#,
        )
        .await;
    assert_eq!((status, &said["http_code"]), (200, &json!(207)));
}

#[tokio::test]
async fn pages_of_subscribers_that_mislead() {
    for quirk in [Quirk::PagesNeverEnd, Quirk::PageHosts] {
        let odd = Odd::new(quirk).await;
        let (_, said) = odd.key("GET", &format!("{SUBSCRIBERS}?page_size=1"), "").await;
        let first = said["metadata"]["first_page_uri"].as_str().unwrap();
        assert_eq!(first.starts_with("http://"), quirk == Quirk::PageHosts);
        assert_eq!(
            said["metadata"]["next_page_uri"].is_string(),
            quirk == Quirk::PagesNeverEnd
        );
        let (mut next, mut pages) = (Some(ListSubscribers::default()), 0);
        while let Some(list) = next {
            let (api, key) = (&odd.customer.subscribers, &odd.customer.key);
            next = odd
                .customer
                .run(api, key, list)
                .await
                .unwrap()
                .next
                .map(ListSubscribers::page);
            pages += 1;
        }
        assert_eq!(pages, 1, "{}", quirk.name());
    }
}

#[tokio::test]
async fn allocations_in_every_shape() {
    for quirk in [
        Quirk::HidePins,
        Quirk::DeletedShowsActive,
        Quirk::DeallocationInUtc,
        Quirk::TextNumbers,
    ] {
        let odd = Odd::new(quirk).await;
        let (api, login) = (&odd.customer.greenpin, &odd.customer.login);
        let create = CreateAllocation {
            transaction_id: String::from("t"),
            a: Side {
                vns: vec![PhoneNumber::from("+916292134471")],
                numbers: vec![PhoneNumber::from("+917987686144")],
                pin: None,
            },
            ..CreateAllocation::default()
        };
        let made = odd.customer.run(api, login, create).await.unwrap();
        assert_eq!(made.b.pin.is_none(), quirk == Quirk::HidePins);
        let zone = if quirk == Quirk::DeallocationInUtc {
            0
        } else {
            exotel::IST
        };
        let now = odd.customer.view().await["time_ms"].as_i64().unwrap();
        let life = made.deallocation_ms(zone).unwrap() - now;
        assert!(
            (life - 180 * 86_400_000).abs() < 60_000,
            "{}: {life}",
            quirk.name()
        );
        let delete = DeleteAllocation {
            greenpin_id: made.greenpin_id,
        };
        let was = odd.customer.run(api, login, delete).await.unwrap().was.unwrap();
        assert_eq!(was.state.as_str() == "active", quirk == Quirk::DeletedShowsActive);
    }
}

#[tokio::test]
async fn every_quirk_is_listed_and_unknown_ones_are_named() {
    let customer = Customer::with(&[Quirk::Successfuly]).await;
    let view = customer.view().await;
    let listed = view["quirks"].as_array().unwrap();
    assert_eq!(listed.len(), Quirk::ALL.len());
    let on: Vec<_> = listed
        .iter()
        .filter(|quirk| quirk["on"] == true)
        .map(|quirk| &quirk["name"])
        .collect();
    assert_eq!(on, ["successfuly"]);
    let asked = request("POST", "/control/platform/quirks", &[], r#"{"nonsense":true}"#);
    let answer = customer.answer(asked).await;
    assert_eq!(answer.status(), 422);
    assert!(
        body(&answer)["error"]
            .as_str()
            .unwrap()
            .contains("there is no quirk nonsense")
    );
}
