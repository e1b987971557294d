//! The examples of GreenPin.

use exotel::GreenPinLogin;
use exotel::config::{GreenPinApi, Hosts, Region};
use exotel::greenpin::{
    AllocationChange, BulkChange, BulkUpdateAllocations, CreateAllocation, DeleteAllocation, GetAllocation,
    Side, UpdateAllocation, Usage,
};
use exotel::{Endpoint, PhoneNumber};

use super::Case;

fn case<E>(name: &'static str, endpoint: E) -> Case
where
    E: Endpoint<Config = GreenPinApi, Credential = GreenPinLogin> + std::fmt::Debug + 'static,
    E::Response: std::fmt::Debug,
{
    let config = GreenPinApi {
        base: Hosts::of(Region::Mumbai).greenpin,
        tenant_id: "exotel535".to_owned(),
        header: None,
    };
    let login = GreenPinLogin {
        user: "test-key".into(),
        password: "test-token".into(),
    };
    Case::new("greenpin", name, endpoint, &config, &login)
}

pub fn all() -> Vec<Case> {
    let id = || "d7ffd4b3-c861-4bda-a024-9cef1ae2f2a8".to_owned();
    let numbers = |number: &str| vec![PhoneNumber::from(number)];
    let change = || AllocationChange {
        usage: Some(Usage::OneWay),
        ..AllocationChange::default()
    };
    let create = CreateAllocation {
        transaction_id: "order-42".to_owned(),
        a: Side {
            vns: numbers("+916292134471"),
            numbers: numbers("+918040408080"),
            pin: None,
        },
        ..CreateAllocation::default()
    };
    let bulk = BulkUpdateAllocations {
        greenpins: vec![BulkChange {
            greenpin_id: id(),
            transaction_id: String::new(),
            change: change(),
        }],
    };
    vec![
        case("create_allocation", create),
        case("get_allocation", GetAllocation { greenpin_id: id() }),
        case("delete_allocation", DeleteAllocation { greenpin_id: id() }),
        case(
            "update_allocation",
            UpdateAllocation {
                greenpin_id: id(),
                change: change(),
            },
        ),
        case("bulk_update_allocations", bulk),
    ]
}
