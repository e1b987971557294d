//! Every REST operation of `exotel` has a route here.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod customer;

use customer::{Customer, header};
use exotel::operations::{ALL, Api, Operation};

/// Where the stand-in has an operation, its parameters filled in.
fn path(operation: &Operation) -> Option<String> {
    let base = match operation.api {
        Api::Integrations => "/v2/integrations",
        Api::Subscribers => "/v2/accounts/exoteldemo",
        Api::GreenPin => "/v1/tenants/exoteldemo",
        Api::Voice if operation.path.starts_with("/Accounts") => "/v1",
        Api::Voice => "/v3",
        // Those the platform sends.
        Api::Hooks => return None,
    };
    let mut filled = String::from(base);
    for (index, part) in operation.path.split('{').enumerate() {
        let rest = part.split_once('}').filter(|_| index > 0);
        match rest {
            Some((_, after)) => filled += &format!("1{after}"),
            None => filled += part,
        }
    }
    Some(filled)
}

#[tokio::test]
async fn every_operation_is_answered_in_the_vendors_way() {
    let customer = Customer::new().await;
    let mut asked = 0;
    for operation in ALL.iter().copied().flatten() {
        let Some(path) = path(operation) else { continue };
        let answer = customer.raw(operation.method, &path, "", "").await;
        let name = format!(
            "{:?} {}: {} {path}",
            operation.api, operation.name, operation.method
        );
        // Without credentials all refuse, each in its own words; a path without a route would not speak JSON.
        assert!(
            matches!(answer.status().as_u16(), 400 | 401),
            "{name}: {answer:?}"
        );
        assert_eq!(header(&answer, "content-type"), "application/json", "{name}");
        asked += 1;
    }
    assert!(asked >= 30, "{asked}");
}
