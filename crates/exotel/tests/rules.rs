//! What breaks a documented rule is not sent, and one sentence says why.

mod support;

use std::fmt::Debug;

use exotel::call_details::{ConnectCall, GetCall, ListCalls};
use exotel::config::{Hosts, IntegrationsApi, Region, VoiceApi};
use exotel::integrations::{
    AddSetting, AddUsers, CreateApp, CreateToken, DeleteSetting, DeleteUser, DeviceName, Domain, Entity,
    GetSetting, GetUser, ListUsers, NewUser, Notification, NotifyInbound, OutboundCall, SetDevice,
    SettingKey,
};
use exotel::subscribers::{
    self, CreateSubscribers, GetSubscriber, ListSubscribers, SubscriberStatus, UpdateSubscriber,
};
use exotel::{Anonymous, AppToken, CustomerToken, Endpoint};
use support::cases::{api_key, new_subscriber, new_user, subscribers_api};

/// A change to a request, and the field that is refused then; none if nothing is.
type Break<T> = (fn(&mut T), &'static str);

/// `endpoint` is refused for `field`, by a sentence.
#[track_caller]
fn refused<E: Endpoint + Debug>(endpoint: &E, config: &E::Config, credential: &E::Credential, field: &str) {
    let invalid = endpoint
        .request(config, credential)
        .expect_err("a rule is broken");
    assert_eq!(invalid.field, field, "{endpoint:?}");
    assert!(
        invalid.rule.ends_with('.') && !invalid.rule.contains('\n'),
        "{invalid}"
    );
}

#[track_caller]
fn subscribers<E>(endpoint: &E, field: &str)
where
    E: Endpoint<Config = exotel::config::SubscribersApi, Credential = exotel::ApiKey> + Debug,
{
    refused(endpoint, &subscribers_api(), &api_key(), field);
}

#[track_caller]
fn app<E>(endpoint: &E, field: &str)
where
    E: Endpoint<Config = IntegrationsApi, Credential = AppToken> + Debug,
{
    let config = IntegrationsApi {
        base: Hosts::of(Region::Singapore).integrations,
    };
    refused(endpoint, &config, &AppToken("t".into()), field);
}

#[test]
fn subscribers_have_names() {
    for name in ["", "seventeenletters17", "a b", "../x"] {
        subscribers(
            &GetSubscriber {
                subscriber_name: name.to_owned(),
            },
            "subscriber_name",
        );
    }
    let unknown = UpdateSubscriber {
        subscriber_name: "archit".to_owned(),
        status: SubscriberStatus::from("asleep"),
        custom_field: None,
    };
    subscribers(&unknown, "status");
}

#[test]
fn a_bulk_is_bounded_and_names_the_item_at_fault() {
    let bulk = |names: &[&str]| CreateSubscribers {
        subscribers: names.iter().map(|name| new_subscriber(name)).collect(),
    };
    subscribers(&bulk(&[]), "subscribers");
    subscribers(&bulk(&["a"; 11]), "subscribers");
    subscribers(&bulk(&["a", "b", "c d"]), "subscribers[2].subscriber_name");
    subscribers(&bulk(&["a", "b", "a"]), "subscribers[2].subscriber_name");
    let mut config = subscribers_api();
    config.most_per_bulk = 25;
    let names: Vec<_> = (0..25).map(|number| format!("s{number}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    assert!(bulk(&names).request(&config, &api_key()).is_ok());
}

#[test]
fn pages_have_sizes() {
    for size in [0, 101] {
        subscribers(
            &ListSubscribers {
                page_size: Some(size),
                ..ListSubscribers::default()
            },
            "page_size",
        );
    }
    app(
        &ListUsers {
            page_size: Some(0),
            last_value: None,
        },
        "page_size",
    );
}

#[test]
fn an_account_is_needed() {
    let mut config = subscribers_api();
    config.account_sid = String::new();
    refused(&ListSubscribers::default(), &config, &api_key(), "account_sid");
}

#[test]
fn new_users_are_complete() {
    let broken = |change: fn(&mut NewUser)| {
        let mut user = new_user();
        change(&mut user);
        AddUsers { users: vec![user] }
    };
    app(&AddUsers::default(), "users");
    app(&broken(|user| user.app_user_id.clear()), "users[0].AppUserId");
    app(
        &broken(|user| user.app_username = "ABC".to_owned()),
        "users[0].AppUsername",
    );
    app(
        &broken(|user| user.exotel_user_name = "Al Capone".to_owned()),
        "users[0].ExotelUserName",
    );
    app(&broken(|user| user.email = "nobody".to_owned()), "users[0].Email");
    app(
        &broken(|user| user.exotel_account_sid.clear()),
        "users[0].ExotelAccountSid",
    );
    app(
        &broken(|user| user.agent_number = Some("956190****".into())),
        "users[0].AgentNumber",
    );
    app(
        &broken(|user| user.virtual_number = "".into()),
        "users[0].VirtualNumber",
    );
    app(
        &AddUsers {
            users: vec![new_user(), new_user()],
        },
        "users[1].AppUserId",
    );
}

#[test]
fn an_empty_id_never_reaches_all_users() {
    app(
        &GetUser {
            app_user_id: String::new(),
        },
        "user_id",
    );
    for id in ["", ".", ".."] {
        app(
            &DeleteUser {
                app_user_id: id.to_owned(),
            },
            "AppUserID",
        );
    }
}

#[test]
fn settings_fit_their_key() {
    app(
        &AddSetting {
            key: SettingKey::Record,
            value: "yes".into(),
        },
        "Value",
    );
    app(
        &AddSetting {
            key: SettingKey::default(),
            value: "x".into(),
        },
        "Key",
    );
}

#[test]
fn a_device_is_turned_on_by_name() {
    let set = |name: Option<DeviceName>, status| SetDevice {
        user_id: "1".to_owned(),
        device_name: name,
        device_status: status,
    };
    app(&set(None, Some(true)), "DeviceName");
    app(&set(None, None), "DeviceStatus");
    app(&set(Some(DeviceName::from("fax")), Some(true)), "DeviceName");
    let config = IntegrationsApi {
        base: Hosts::of(Region::Mumbai).integrations,
    };
    assert!(
        set(None, Some(false))
            .request(&config, &AppToken("t".into()))
            .is_ok()
    );
}

#[test]
fn calls_and_tokens_are_complete() {
    let call = |to: &str, user: &str| OutboundCall {
        customer_id: "c".to_owned(),
        app_id: "a".to_owned(),
        to: to.into(),
        user_id: user.to_owned(),
    };
    app(&call("", "u"), "to");
    app(&call("sip:x", "u"), "to");
    app(&call("+918040408080", " "), "user_id");
    let config = IntegrationsApi {
        base: Hosts::of(Region::Mumbai).integrations,
    };
    let token = CreateToken {
        id: String::new(),
        secret: "s".into(),
        entity: Entity::App,
    };
    refused(&token, &config, &Anonymous, "Id");
    let notify = NotifyInbound {
        app_id: "a".to_owned(),
        notification: Notification::from("{popup}"),
    };
    refused(&notify, &config, &Anonymous, "type");
    let hosts = Hosts::of(Region::Singapore);
    let voice = VoiceApi {
        v1: hosts.voice_v1,
        v3: hosts.voice_v3,
        account_sid: "a".to_owned(),
    };
    refused(
        &GetCall {
            call_sid: "../x".to_owned(),
        },
        &voice,
        &api_key(),
        "CallSid",
    );
}

#[test]
fn a_subscriber_token_is_for_one_device_on_one_platform() {
    let token = |device: &str| subscribers::CreateToken {
        subscriber_name: "archit".to_owned(),
        device_id: device.to_owned(),
    };
    subscribers(&token(" "), "device_id");
    let mut config = subscribers_api();
    config.platform = " ".to_owned();
    refused(&token("d"), &config, &api_key(), "platform");
    let asleep = ListSubscribers {
        status: Some(SubscriberStatus::from("asleep")),
        ..ListSubscribers::default()
    };
    subscribers(&asleep, "status");
}

#[test]
fn an_app_is_complete() {
    let whole = || CreateApp {
        app_name: "WebRTC".to_owned(),
        exotel_account_sid: "abc".to_owned(),
        exotel_api_key: "k".into(),
        exotel_api_token: "t".into(),
        exotel_domain: Domain::Mumbai,
        is_active: true,
    };
    let config = IntegrationsApi {
        base: Hosts::of(Region::Mumbai).integrations,
    };
    let token = CustomerToken("t".into());
    assert!(whole().request(&config, &token).is_ok());
    let breaks: [Break<CreateApp>; 5] = [
        (|app| app.app_name = " ".to_owned(), "AppName"),
        (|app| app.exotel_account_sid.clear(), "ExotelAccountSid"),
        (|app| app.exotel_api_key = "".into(), "ExotelApiKey"),
        (|app| app.exotel_api_token = "".into(), "ExotelApiToken"),
        (|app| app.exotel_domain = Domain::from("delhi"), "ExotelDomain"),
    ];
    for (change, field) in breaks {
        let mut broken = whole();
        change(&mut broken);
        refused(&broken, &config, &token, field);
    }
}

#[test]
fn a_setting_without_a_key_is_not_asked_for() {
    let key = SettingKey::default;
    app(&GetSetting { key: key() }, "key");
    app(&DeleteSetting { key: key() }, "key");
}

#[test]
fn a_call_names_its_customer_and_app() {
    let call = |customer: &str, app: &str| OutboundCall {
        customer_id: customer.to_owned(),
        app_id: app.to_owned(),
        to: "+918040408080".into(),
        user_id: "u".to_owned(),
    };
    app(&call("", "a"), "customer_id");
    app(&call("c", " "), "app_id");
}

fn voice<E>(endpoint: &E, field: &str)
where
    E: Endpoint<Config = VoiceApi, Credential = exotel::ApiKey> + Debug,
{
    let hosts = Hosts::of(Region::Singapore);
    let config = VoiceApi {
        v1: hosts.voice_v1,
        v3: hosts.voice_v3,
        account_sid: "a".to_owned(),
    };
    match field {
        "" => assert!(endpoint.request(&config, &api_key()).is_ok(), "{endpoint:?}"),
        field => refused(endpoint, &config, &api_key(), field),
    }
}

#[test]
fn a_connected_call_has_its_numbers_and_ends() {
    let breaks: [Break<ConnectCall>; 10] = [
        (|_| (), ""),
        (|call| call.from = "08040408080".into(), ""),
        (|call| call.from = "asha4343j".into(), ""),
        (|call| call.from = "".into(), "From"),
        (|call| call.from = "sip:".into(), "From"),
        (|call| call.to = "sip:asha".into(), "To"),
        (|call| call.caller_id = "".into(), "CallerId"),
        (|call| call.time_limit = Some(0), "TimeLimit"),
        (|call| call.time_limit = Some(14_401), "TimeLimit"),
        (|call| call.wait_url = Some("a b".into()), "WaitUrl"),
    ];
    for (change, field) in breaks {
        let mut call = ConnectCall {
            from: "sip:asha".into(),
            to: "+918040408080".into(),
            caller_id: "02248900000".into(),
            ..ConnectCall::default()
        };
        change(&mut call);
        voice(&call, field);
    }
}

#[test]
fn calls_are_looked_up_by_the_hundred() {
    let list = |count: usize, size| ListCalls {
        call_sids: vec!["7b".to_owned(); count],
        page_size: size,
        after: None,
    };
    voice(&list(100, Some(100)), "");
    voice(&list(0, None), "Sid");
    voice(&list(101, None), "Sid");
    voice(&list(1, Some(0)), "PageSize");
    voice(&list(1, Some(101)), "PageSize");
    let mut odd = list(2, None);
    odd.call_sids[1] = "a,b".to_owned();
    voice(&odd, "Sid[1].CallSid");
}
