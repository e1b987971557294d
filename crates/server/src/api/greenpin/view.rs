//! An allocation as an admin sees it.

use exotel::Timestamp;
use protocol::PhoneNumber;
use protocol::greenpin::{AllocationView, PartyView};
use protocol::session::Role;
use serde_json::Value;

use crate::App;
use crate::phone::masking::number_for;
use crate::store::Allocation;

/// For a reader of `role`.
pub(super) fn of(app: &App, role: Role, allocation: Allocation) -> AllocationView {
    let text = |name: &str| {
        let text = allocation.body.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let party = |name: &str| {
        let side = allocation.body.get(name).unwrap_or(&Value::Null);
        let own = numbers(side, "numbers").into_iter();
        PartyView {
            vns: numbers(side, "vns"),
            numbers: own.map(|number| number_for(&app.policy, role, number)).collect(),
        }
    };
    AllocationView {
        usage: text("usage"),
        a: party("a"),
        b: party("b"),
        deallocation_time: with_zone(&text("deallocation_time"), app.config.vendor.time_zone),
        greenpin_id: allocation.greenpin_id,
        transaction_id: allocation.transaction_id,
        state: allocation.state,
        calls: allocation.calls,
        verified: allocation.verified,
        updated_at: allocation.updated_at,
    }
}

/// The moment with the zone that the vendor leaves out; what cannot be read stays as it is.
fn with_zone(text: &str, zone: i16) -> String {
    let moment = Timestamp::as_given(text).unix_ms_in(zone);
    moment.map_or_else(
        || text.to_owned(),
        |at| Timestamp::at(at, zone).as_str().to_owned(),
    )
}

fn numbers(side: &Value, name: &str) -> Vec<PhoneNumber> {
    let list = side.get(name).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(PhoneNumber::from).collect()
}

#[cfg(test)]
mod tests {
    use super::with_zone;

    #[test]
    fn a_moment_without_a_zone_is_of_the_account() {
        assert_eq!(with_zone("2026-01-31 18:30:00", 330), "2026-01-31T18:30:00+05:30");
        assert_eq!(with_zone("2026-01-31 18:30:00", 0), "2026-01-31T18:30:00Z");
        assert_eq!(
            with_zone("2026-01-31T18:30:00Z", 480),
            "2026-02-01T02:30:00+08:00"
        );
        assert_eq!(
            (with_zone("", 330), with_zone("soon", 330)),
            (String::new(), "soon".to_owned())
        );
    }
}
