//! An allocation as an admin sees it.

use protocol::PhoneNumber;
use protocol::greenpin::{AllocationView, PartyView};
use protocol::session::Role;
use serde_json::Value;

use crate::admin::policy::Held;
use crate::phone::masking::number_for;
use crate::store::Allocation;

/// For a reader of `role`.
pub(super) fn of(policy: &Held, role: Role, allocation: Allocation) -> AllocationView {
    let text = |name: &str| {
        let text = allocation.body.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let party = |name: &str| {
        let side = allocation.body.get(name).unwrap_or(&Value::Null);
        let own = numbers(side, "numbers").into_iter();
        PartyView {
            vns: numbers(side, "vns"),
            numbers: own.map(|number| number_for(policy, role, number)).collect(),
        }
    };
    AllocationView {
        usage: text("usage"),
        a: party("a"),
        b: party("b"),
        deallocation_time: text("deallocation_time"),
        greenpin_id: allocation.greenpin_id,
        transaction_id: allocation.transaction_id,
        state: allocation.state,
        calls: allocation.calls,
        verified: allocation.verified,
        updated_at: allocation.updated_at,
    }
}

fn numbers(side: &Value, name: &str) -> Vec<PhoneNumber> {
    let list = side.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(PhoneNumber::from).collect()
}
