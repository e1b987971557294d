//! GreenPin: built and read by `exotel`, answered over TCP.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::pins::{PATH, create, get, one, side, wanted};
use customer::{Customer, body};
use exotel::IST;
use exotel::greenpin::{
    AllocationChange, AllocationState, BulkChange, BulkUpdateAllocations, DeallocationPolicy,
    DeleteAllocation, GreenPinCode, Pin, UpdateAllocation, Usage,
};
use serde_json::json;

#[tokio::test]
async fn an_allocations_life() {
    let customer = Customer::new().await;
    let (api, login) = (&customer.greenpin, &customer.login);
    let made = one(&customer).await;
    assert_eq!(
        (&made.usage, &made.state),
        (&Usage::TwoWay, &AllocationState::Active)
    );
    assert_eq!(
        made.b.vns, made.a.vns,
        "a side without virtual numbers has the other's"
    );
    let pins: Vec<_> = [&made.a, &made.b].map(|side| side.pin.clone().unwrap()).into();
    assert!(pins.iter().all(|pin| pin.reveal().len() == 4) && pins[0] != pins[1]);
    let now = customer.view().await["time_ms"].as_i64().unwrap();
    let days = (made.deallocation_ms(IST).unwrap() - now) / 86_400_000;
    assert!((179..=180).contains(&days), "six months: {days}");
    assert_eq!(
        customer.run(api, login, get(&made.greenpin_id)).await.unwrap(),
        made
    );

    let update = UpdateAllocation {
        greenpin_id: made.greenpin_id.clone(),
        change: AllocationChange {
            b: side(&["+916292134465"], &["+919956555626"], Some(Pin::OfLength(9))),
            usage: Some(Usage::OneWay),
            deallocation_policy: Some(DeallocationPolicy::after_seconds(1200)),
            ..AllocationChange::default()
        },
    };
    let updated = customer.run(api, login, update).await.unwrap();
    assert!(updated.request_id.is_some());
    let changed = updated.allocation;
    assert_eq!((&changed.a, &changed.usage), (&made.a, &Usage::OneWay));
    assert_eq!(changed.b.pin.as_ref().unwrap().reveal().len(), 9);
    assert!(changed.deallocation_ms(IST).unwrap() - now < 1_300_000);

    let delete = DeleteAllocation {
        greenpin_id: made.greenpin_id.clone(),
    };
    let was = customer.run(api, login, delete).await.unwrap().was.unwrap();
    assert_eq!((was.b, was.state), (changed.b, AllocationState::Vault));
    let gone = customer.run(api, login, get(&made.greenpin_id)).await.unwrap();
    assert_eq!(gone.state, AllocationState::Vault);
}

#[tokio::test]
async fn an_allocation_ends_by_itself() {
    let customer = Customer::new().await;
    let mut short = wanted("t1", "+917987686144", "+919956555625");
    short.deallocation_policy = Some(DeallocationPolicy {
        duration: String::from("5m"),
    });
    let made = create(&customer, short.clone()).await.unwrap();
    let state = async || {
        let now = customer
            .run(&customer.greenpin, &customer.login, get(&made.greenpin_id))
            .await;
        now.unwrap().state
    };
    customer.control("clock", json!({ "ahead_s": 290 })).await;
    assert_eq!(state().await, AllocationState::Active);
    customer.control("clock", json!({ "ahead_s": 11 })).await;
    assert_eq!(state().await, AllocationState::Vault);
    assert!(
        create(&customer, short).await.is_ok(),
        "its transaction and its numbers are free again"
    );
}

#[tokio::test]
async fn numbers_get_their_country_and_lengths_may_be_texts() {
    let customer = Customer::new().await;
    let sent = json!({
        "transaction_id": "t", "usage": "oneway", "Deallocation_policy": { "duration": "2h" },
        "a": { "vns": ["6292134471"], "numbers": ["07987686144"], "pin": "007" },
        "b": { "numbers": ["9956555625"], "pin_length": "2" },
    });
    let answer = customer
        .raw("POST", PATH, &customer.greenpin_basic(), &sent.to_string())
        .await;
    let data = &body(&answer)["data"];
    assert_eq!(data["a"]["vns"], json!(["+916292134471"]));
    assert_eq!(
        (&data["a"]["numbers"], &data["a"]["pin"]),
        (&json!(["+917987686144"]), &json!("007"))
    );
    assert_eq!(data["b"]["numbers"], json!(["+919956555625"]));
    assert_eq!(data["b"]["pin"].as_str().unwrap().len(), 2);
}

#[tokio::test]
async fn several_are_changed_one_by_one() {
    let customer = Customer::new().await;
    let first = one(&customer).await;
    let second = create(&customer, wanted("t2", "+917987686145", "+919956555626"))
        .await
        .unwrap();
    let change = |id: &str, transaction: &str| BulkChange {
        greenpin_id: id.to_owned(),
        transaction_id: transaction.to_owned(),
        change: AllocationChange {
            usage: Some(Usage::OneWay),
            ..AllocationChange::default()
        },
    };
    let bulk = BulkUpdateAllocations {
        greenpins: vec![
            change(&first.greenpin_id, ""),
            change("nothing", ""),
            change(&second.greenpin_id, "t2"),
            change(&second.greenpin_id, "t1"),
        ],
    };
    let done = customer
        .run(&customer.greenpin, &customer.login, bulk)
        .await
        .unwrap();
    let counts = (done.metadata.failed, done.metadata.total, done.metadata.success);
    assert_eq!(counts, (Some(2), Some(4), Some(2)));
    let codes: Vec<_> = done
        .items
        .iter()
        .map(|item| GreenPinCode::of(item.as_ref().err()?.refusal()?))
        .collect();
    let (missing, mapping) = (GreenPinCode::NotFound, GreenPinCode::MappingNotFound);
    assert_eq!(codes, [None, Some(missing), None, Some(mapping)]);
    assert_eq!(done.items[0].as_ref().unwrap().usage, Usage::OneWay);
}
