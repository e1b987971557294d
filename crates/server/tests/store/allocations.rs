//! Allocations of GreenPin, and whom to connect.

use protocol::PhoneNumber;
use protocol::dial::{DialContext, DialKey};
use serde_json::json;
use server::store::{Allocation, AllocationNews, StoredDialContext};

use crate::place::Place;
use crate::samples::of_allocation;

fn allocation(state: &str, at: i64) -> Allocation {
    Allocation {
        greenpin_id: "g1".to_owned(),
        transaction_id: "t1".to_owned(),
        state: state.to_owned(),
        body: json!({"state": state}),
        calls: 0,
        verified: 0,
        updated_at: at,
    }
}

pub(crate) async fn what_is_given_back_stays_given_back(place: Place) {
    let store = place.open().await;
    let ids = || ("g1".to_owned(), "t1".to_owned());
    let called = || {
        let (greenpin_id, transaction_id) = ids();
        AllocationNews::Called {
            greenpin_id,
            transaction_id,
        }
    };
    let verified = || {
        let (greenpin_id, transaction_id) = ids();
        AllocationNews::Verified {
            greenpin_id,
            transaction_id,
        }
    };
    store
        .commit(&[of_allocation(called(), 1), of_allocation(verified(), 2)])
        .await
        .unwrap();
    let known = store.allocation("g1").await.unwrap().unwrap();
    assert_eq!(
        (known.state.as_str(), known.calls, known.verified),
        ("active", 1, 1)
    );
    store.put_allocation(&allocation("active", 3)).await.unwrap();
    // The sample of the documentation says `active` in the very notice that it was given back.
    let given_back = AllocationNews::Deallocated(Box::new(allocation("active", 4)));
    store
        .commit(&[of_allocation(given_back, 4), of_allocation(called(), 5)])
        .await
        .unwrap();
    store.put_allocation(&allocation("active", 6)).await.unwrap();
    let known = store.allocation("g1").await.unwrap().unwrap();
    assert_eq!(
        (
            known.state.as_str(),
            known.calls,
            known.verified,
            known.updated_at
        ),
        ("vault", 2, 1, 5)
    );
    let other = Allocation {
        greenpin_id: "g2".to_owned(),
        ..allocation("active", 9)
    };
    store.put_allocation(&other).await.unwrap();
    assert_eq!(store.allocations(5).await.unwrap(), [other, known]);
    assert_eq!(store.allocation("g3").await.unwrap(), None);
}

fn context(key: &str, destination: &str, expires_at: Option<i64>) -> StoredDialContext {
    let context = DialContext {
        key: DialKey::Caller(PhoneNumber::from(key)),
        destination: destination.to_owned(),
        outgoing_number: PhoneNumber::from("+911"),
        record: true,
        expires_at,
        customer: None,
    };
    StoredDialContext {
        key: key.to_owned(),
        context,
    }
}

pub(crate) async fn the_first_live_context_in_the_order_of_the_keys(place: Place) {
    let store = place.open().await;
    let contexts = [
        context("message:vip", "old", None),
        context("caller:1", "caller", Some(100)),
        context("called:2", "called", None),
        context("message:vip", "vip", Some(50)),
    ];
    store.put_dial_contexts(&contexts).await.unwrap();
    let ask = async |keys: &[&str], now| {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let found = store.dial_context(&keys, now).await.unwrap();
        found.map(|found| found.context.destination)
    };
    let all = ["message:vip", "caller:1", "called:2"];
    assert_eq!(ask(&all, 49).await.as_deref(), Some("vip"));
    assert_eq!(ask(&all, 50).await.as_deref(), Some("caller"));
    assert_eq!(ask(&all, 100).await.as_deref(), Some("called"));
    assert_eq!(ask(&["called:2", "caller:1"], 1).await.as_deref(), Some("called"));
    assert_eq!(ask(&["caller:9"], 1).await, None);
    assert_eq!(ask(&[], 1).await, None);
    store.put_dial_contexts(&[]).await.unwrap();
    store
        .put_dial_contexts(&[context("caller:1", "new", None)])
        .await
        .unwrap();
    assert_eq!(ask(&["caller:1"], 1_000).await.as_deref(), Some("new"));
}
