//! The examples: the seeds' values where they follow the rules, test values for secrets.

use exotel::call_details::{ConnectCall, GetCall, GetCallV3, ListCalls};
use exotel::config::{Hosts, IntegrationsApi, Region, SubscribersApi, VoiceApi};
use exotel::integrations::{
    AddSetting, AddUsers, CreateApp, CreateToken, DeleteAllUsers, DeleteApp, DeleteCustomer, DeleteSetting,
    DeleteUser, DeviceName, Domain, Entity, GetApp, GetCustomer, GetSetting, GetUser, ListApps, ListSettings,
    ListUsers, NewUser, Notification, NotifyInbound, OutboundCall, SetDevice, SettingKey,
};
use exotel::subscribers::{
    self, CreateSubscribers, DeleteSubscriber, GetSubscriber, ListSubscribers, NewSubscriber,
    SubscriberStatus, UpdateSubscriber,
};
use exotel::{Anonymous, ApiKey, AppToken, CustomerToken, Endpoint};

use super::Case;

pub fn subscribers_api() -> SubscribersApi {
    SubscribersApi::new(Hosts::of(Region::Mumbai).subscribers, "exotelip2ipcalling1")
}

pub fn api_key() -> ApiKey {
    ApiKey {
        key: "test-key".into(),
        token: "test-token".into(),
    }
}

pub fn new_subscriber(name: &str) -> NewSubscriber {
    NewSubscriber {
        subscriber_name: name.to_owned(),
        custom_field: None,
    }
}

pub fn new_user() -> NewUser {
    NewUser {
        app_user_id: "123".to_owned(),
        app_username: "ABC XYZ".to_owned(),
        email: "xyz@exotel.in".to_owned(),
        exotel_account_sid: "exoteldemo".to_owned(),
        exotel_user_name: "ABC XYZ".to_owned(),
        agent_number: Some("09561900000".into()),
        virtual_number: "01135120000".into(),
    }
}

/// Every operation, in the order of the tables.
pub fn all() -> Vec<Case> {
    let mut cases = subscribers();
    cases.extend(customers_and_apps());
    cases.extend(users_and_calls());
    cases.extend(super::greenpin::all());
    cases.extend(voice());
    cases
}

fn subscribers() -> Vec<Case> {
    fn case<E>(name: &'static str, endpoint: E) -> Case
    where
        E: Endpoint<Config = SubscribersApi, Credential = ApiKey> + std::fmt::Debug + 'static,
        E::Response: std::fmt::Debug,
    {
        Case::new("subscribers", name, endpoint, &subscribers_api(), &api_key())
    }
    let archit = || "archit".to_owned();
    let token = subscribers::CreateToken {
        subscriber_name: archit(),
        device_id: "2fc4b5912826ad1".to_owned(),
    };
    let bob = NewSubscriber {
        custom_field: Some("support".into()),
        ..new_subscriber("bob")
    };
    let list = ListSubscribers {
        status: Some(SubscriberStatus::Active),
        page_size: Some(3),
        offset: Some(9),
        page: None,
    };
    let inactive = UpdateSubscriber {
        subscriber_name: archit(),
        status: SubscriberStatus::Inactive,
        custom_field: None,
    };
    vec![
        case("create_token", token),
        case(
            "create",
            CreateSubscribers {
                subscribers: vec![bob, new_subscriber("nidhi"), new_subscriber("archit")],
            },
        ),
        case("update", inactive),
        case(
            "get",
            GetSubscriber {
                subscriber_name: archit(),
            },
        ),
        case("list", list),
        case(
            "delete",
            DeleteSubscriber {
                subscriber_name: "shyam".to_owned(),
            },
        ),
    ]
}

fn integrations<E>(name: &'static str, endpoint: E, credential: &E::Credential) -> Case
where
    E: Endpoint<Config = IntegrationsApi> + std::fmt::Debug + 'static,
    E::Response: std::fmt::Debug,
{
    let config = IntegrationsApi {
        base: Hosts::of(Region::Mumbai).integrations,
    };
    Case::new("integrations", name, endpoint, &config, credential)
}

fn customers_and_apps() -> Vec<Case> {
    let (customer, app) = (
        CustomerToken("customer-token".into()),
        AppToken("app-token".into()),
    );
    let token = CreateToken {
        id: "99fa98a1-2ce0-457c-9371-0d3a01eb6ef0".to_owned(),
        secret: "test-secret".into(),
        entity: Entity::Customer,
    };
    let new_app = CreateApp {
        app_name: "WebRTC".to_owned(),
        exotel_account_sid: "abc".to_owned(),
        exotel_api_key: "test-key".into(),
        exotel_api_token: "test-token".into(),
        exotel_domain: Domain::Mumbai,
        is_active: true,
    };
    let setting = AddSetting {
        key: SettingKey::Popup,
        value: "https://webhook.site/".into(),
    };
    vec![
        integrations("create_token", token, &Anonymous),
        integrations("get_customer", GetCustomer, &customer),
        integrations("delete_customer", DeleteCustomer, &customer),
        integrations("create_app", new_app, &customer),
        integrations("get_app", GetApp, &app),
        integrations("list_apps", ListApps, &customer),
        integrations("delete_app", DeleteApp, &app),
        integrations("add_setting", setting, &app),
        integrations(
            "get_setting",
            GetSetting {
                key: SettingKey::Callback,
            },
            &app,
        ),
        integrations("list_settings", ListSettings, &app),
        integrations(
            "delete_setting",
            DeleteSetting {
                key: SettingKey::Callback,
            },
            &app,
        ),
    ]
}

fn users_and_calls() -> Vec<Case> {
    let app = AppToken("app-token".into());
    let device = SetDevice {
        user_id: "1".to_owned(),
        device_name: Some(DeviceName::Phone),
        device_status: Some(true),
    };
    let call = OutboundCall {
        customer_id: "99fa98a1-2ce0-457c-9371-0d3a01eb6ef0".to_owned(),
        app_id: "2e6440ed-ff62-49d7-bb00-5494b313a863".to_owned(),
        to: "+918040408080".into(),
        user_id: "a+b@x".to_owned(),
    };
    let notify = NotifyInbound {
        app_id: "2e6440ed-ff62-49d7-bb00-5494b313a863".to_owned(),
        notification: Notification::Popup,
    };
    vec![
        integrations(
            "add_users",
            AddUsers {
                users: vec![new_user()],
            },
            &app,
        ),
        integrations(
            "get_user",
            GetUser {
                // The user of the sample: another one's record is refused.
                app_user_id: "1".to_owned(),
            },
            &app,
        ),
        integrations(
            "list_users",
            ListUsers {
                last_value: Some("21".to_owned()),
                page_size: Some(20),
            },
            &app,
        ),
        integrations("delete_all_users", DeleteAllUsers, &app),
        integrations(
            "delete_user",
            DeleteUser {
                app_user_id: "a+b@x".to_owned(),
            },
            &app,
        ),
        integrations("set_device", device, &app),
        integrations("notify_inbound", notify, &Anonymous),
        integrations("outbound_call", call, &app),
    ]
}

fn voice() -> Vec<Case> {
    let hosts = Hosts::of(Region::Mumbai);
    let config = VoiceApi {
        v1: hosts.voice_v1,
        v3: hosts.voice_v3,
        account_sid: "exoteldemo".to_owned(),
    };
    let call_sid = || "7bea36f8c95f0fb10027daa6acee17c1".to_owned();
    let connect = ConnectCall {
        from: "sip:a4343j".into(),
        to: "+918040408080".into(),
        caller_id: "02248900000".into(),
        time_limit: Some(14_400),
        record: Some(true),
        custom_field: Some("order 42".into()),
        status_callback: Some("https://hooks.example/status?k=1".into()),
        answered: true,
        ..ConnectCall::default()
    };
    vec![
        Case::new(
            "call_details",
            "get_call",
            GetCall { call_sid: call_sid() },
            &config,
            &api_key(),
        ),
        Case::new(
            "call_details",
            "get_call_v3",
            GetCallV3 { call_sid: call_sid() },
            &config,
            &api_key(),
        ),
        Case::new(
            "call_details",
            "list_calls",
            ListCalls {
                call_sids: vec![call_sid(), "9bea36f8c95f0fb10027daa6acee17c2".to_owned()],
                page_size: Some(2),
                after: None,
            },
            &config,
            &api_key(),
        ),
        Case::new("call_details", "connect_call", connect, &config, &api_key()),
    ]
}
