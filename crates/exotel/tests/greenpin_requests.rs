//! Each GreenPin operation as the exact HTTP request, and the rules that keep a bad one from being sent.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use exotel::config::{Base, GreenPinApi};
use exotel::greenpin::{
    AllocationChange, BulkChange, BulkUpdateAllocations, CreateAllocation, DeallocationPolicy,
    DeleteAllocation, GetAllocation, Pin, Side, UpdateAllocation, Usage,
};
use exotel::{Endpoint, GreenPinLogin, Invalid, PhoneNumber};

fn config() -> GreenPinApi {
    GreenPinApi {
        base: Base::new("https://leadassist.exotel.in/v1").unwrap(),
        tenant_id: "exotel535".to_owned(),
        header: None,
    }
}

fn login() -> GreenPinLogin {
    GreenPinLogin {
        user: "username".into(),
        password: "Password".into(),
    }
}

/// The request as it goes over the wire.
fn transcript<E>(operation: &E, config: &GreenPinApi) -> String
where
    E: Endpoint<Config = GreenPinApi, Credential = GreenPinLogin>,
{
    let request = operation.request(config, &login()).unwrap();
    let mut out = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        out += &format!("{name}: {}\n", value.to_str().unwrap());
    }
    out + "\n" + std::str::from_utf8(request.body()).unwrap()
}

fn numbers(list: &[&str]) -> Vec<PhoneNumber> {
    list.iter().map(|text| PhoneNumber::from(*text)).collect()
}

fn create() -> CreateAllocation {
    CreateAllocation {
        transaction_id: "order-42".to_owned(),
        a: Side {
            vns: numbers(&["+916292134471"]),
            numbers: numbers(&["+917987686144"]),
            pin: Some(Pin::Given("0123".into())),
        },
        b: Side {
            numbers: numbers(&["+919956555625"]),
            pin: Some(Pin::OfLength(3)),
            ..Side::default()
        },
        usage: Some(Usage::TwoWay),
        deallocation_policy: Some(DeallocationPolicy::after_seconds(1200)),
    }
}

fn change() -> AllocationChange {
    AllocationChange {
        usage: Some(Usage::OneWay),
        ..AllocationChange::default()
    }
}

#[test]
fn create_is_a_post() {
    assert_eq!(
        transcript(&create(), &config()),
        "POST https://leadassist.exotel.in/v1/tenants/exotel535/greenpin\n\
         accept: application/json\n\
         authorization: Basic dXNlcm5hbWU6UGFzc3dvcmQ=\n\
         content-type: application/json\n\
         \n\
         {\"transaction_id\":\"order-42\",\
         \"a\":{\"vns\":[\"+916292134471\"],\"numbers\":[\"+917987686144\"],\"pin\":\"0123\"},\
         \"b\":{\"numbers\":[\"+919956555625\"],\"pin_length\":3},\
         \"usage\":\"twoway\",\"deallocation_policy\":{\"duration\":\"1200s\"}}"
    );
}

#[test]
fn get_and_delete_name_the_allocation_in_the_path() {
    let get = GetAllocation {
        greenpin_id: "d7ffd4b3".to_owned(),
    };
    let delete = DeleteAllocation {
        greenpin_id: "a/b".to_owned(),
    };
    let headers = "accept: application/json\nauthorization: Basic dXNlcm5hbWU6UGFzc3dvcmQ=\n\n";
    let base = "https://leadassist.exotel.in/v1/tenants/exotel535/greenpin";
    assert_eq!(
        transcript(&get, &config()),
        format!("GET {base}/d7ffd4b3\n{headers}")
    );
    assert_eq!(
        transcript(&delete, &config()),
        format!("DELETE {base}/a%2Fb\n{headers}")
    );
    for id in ["", ".", ".."] {
        assert!(
            DeleteAllocation {
                greenpin_id: id.to_owned()
            }
            .request(&config(), &login())
            .is_err()
        );
    }
}

#[test]
fn update_sends_only_what_changes() {
    let update = UpdateAllocation {
        greenpin_id: "d7ffd4b3".to_owned(),
        change: change(),
    };
    assert_eq!(
        transcript(&update, &config()),
        "PUT https://leadassist.exotel.in/v1/tenants/exotel535/greenpin/d7ffd4b3\n\
         accept: application/json\n\
         authorization: Basic dXNlcm5hbWU6UGFzc3dvcmQ=\n\
         content-type: application/json\n\
         \n\
         {\"usage\":\"oneway\"}"
    );
}

#[test]
fn a_bulk_update_is_a_put_on_the_collection() {
    let bulk = BulkUpdateAllocations {
        greenpins: vec![BulkChange {
            greenpin_id: "GREENPIN_ID1".to_owned(),
            change: change(),
            ..BulkChange::default()
        }],
    };
    assert_eq!(
        transcript(&bulk, &config()),
        "PUT https://leadassist.exotel.in/v1/tenants/exotel535/greenpin\n\
         accept: application/json\n\
         authorization: Basic dXNlcm5hbWU6UGFzc3dvcmQ=\n\
         content-type: application/json\n\
         \n\
         {\"greenpins\":[{\"greenpin_id\":\"GREENPIN_ID1\",\"usage\":\"oneway\"}]}"
    );
}

#[test]
fn one_more_header_can_be_configured() {
    let config = GreenPinApi {
        header: Some(("Exotel-Version".to_owned(), "1.0".to_owned())),
        ..config()
    };
    let get = GetAllocation {
        greenpin_id: "d7ffd4b3".to_owned(),
    };
    assert!(transcript(&get, &config).contains("\nexotel-version: 1.0\n"));
    let broken = GreenPinApi {
        header: Some(("X".to_owned(), "a\r\nb".to_owned())),
        ..config
    };
    assert!(get.request(&broken, &login()).is_err());
}

/// The field of the rule that `spoil` breaks.
fn field_of(spoil: impl FnOnce(&mut CreateAllocation)) -> String {
    let mut request = create();
    spoil(&mut request);
    let Invalid { field, rule } = request.request(&config(), &login()).unwrap_err();
    assert!(
        rule.ends_with('.') && rule.matches(". ").count() == 0,
        "one sentence: {rule}"
    );
    field.into_owned()
}

#[test]
fn every_rule_of_create_is_held() {
    assert_eq!(field_of(|it| it.transaction_id.clear()), "transaction_id");
    assert_eq!(
        field_of(|it| (it.a.numbers.clear(), it.b.numbers.clear()).0),
        "a.numbers"
    );
    assert_eq!(field_of(|it| it.a.vns.clear()), "a.vns");
    assert_eq!(
        field_of(|it| it.b.numbers = numbers(&["+919956555625", "9956555626"])),
        "b.numbers[1]"
    );
    assert_eq!(
        field_of(|it| it.a.numbers = numbers(&["+917987686144"; 11])),
        "a.numbers"
    );
    assert_eq!(field_of(|it| it.b.vns = numbers(&["sip:x"])), "b.vns[0]");
    for pin in ["", "1234567890", "12a", "१२"] {
        assert_eq!(field_of(|it| it.a.pin = Some(Pin::Given(pin.into()))), "a.pin");
    }
    for length in [0, 10] {
        assert_eq!(
            field_of(|it| it.b.pin = Some(Pin::OfLength(length))),
            "b.pin_length"
        );
    }
    assert_eq!(field_of(|it| it.usage = Some("threeway".into())), "usage");
    assert_eq!(
        field_of(|it| it.b.numbers.push("+917987686144".into())),
        "b.numbers"
    );
    let policy = |text: &str| {
        Some(DeallocationPolicy {
            duration: text.to_owned(),
        })
    };
    assert_eq!(
        field_of(|it| it.deallocation_policy = policy("1200")),
        "deallocation_policy.duration"
    );
    assert_eq!(
        field_of(|it| it.deallocation_policy = policy("2w")),
        "deallocation_policy.duration"
    );
}

#[test]
fn the_edges_of_every_rule_pass() {
    let mut request = create();
    request.a.numbers = (0..10)
        .map(|n| PhoneNumber::from(format!("+91798768614{n}").as_str()))
        .collect();
    request.a.pin = Some(Pin::Given("000000000".into()));
    request.b.pin = Some(Pin::OfLength(9));
    request.usage = None;
    request.deallocation_policy = None;
    assert_eq!(request.check(), Ok(()));
    // Party A is optional: anyone with the pin then counts as party A.
    request.a.numbers.clear();
    assert_eq!(request.check(), Ok(()));
}

#[test]
fn an_update_changes_something() {
    let nothing = UpdateAllocation {
        greenpin_id: "x".to_owned(),
        change: AllocationChange::default(),
    };
    assert!(nothing.request(&config(), &login()).is_err());
    let bulk = BulkUpdateAllocations {
        greenpins: vec![
            BulkChange {
                greenpin_id: "x".to_owned(),
                change: change(),
                ..BulkChange::default()
            },
            BulkChange {
                greenpin_id: "y".to_owned(),
                ..BulkChange::default()
            },
        ],
    };
    assert_eq!(bulk.check().unwrap_err().field, "greenpins[1].a");
    assert_eq!(
        BulkUpdateAllocations::default().check().unwrap_err().field,
        "greenpins"
    );
}

#[test]
fn nothing_shows_a_pin_or_a_number() {
    let shown = format!("{:?}", create());
    assert!(
        !shown.contains("0123") && !shown.contains("7987686144"),
        "{shown}"
    );
}
