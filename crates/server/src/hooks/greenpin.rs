//! What happened to a GreenPin allocation.

use exotel::hooks::{GreenPinDeallocated, Hook};
use protocol::Millis;
use protocol::event::{GreenPinHappened, GreenPinNews};
use serde_json::json;

use crate::store::{Allocation, AllocationNews};

/// News for supervisors, and what becomes of the stored allocation. A wrong pin names no allocation.
pub(super) fn news(hook: &Hook, at: Millis) -> Option<(GreenPinNews, Option<AllocationNews>)> {
    let (what, greenpin_id, change) = match hook {
        Hook::GreenPinCallCompleted(it) => {
            let change = AllocationNews::Called {
                greenpin_id: it.greenpin_id.clone(),
                transaction_id: it.transaction_id.clone(),
            };
            (GreenPinHappened::CallCompleted, &*it.greenpin_id, Some(change))
        }
        Hook::GreenPinDeallocated(it) => {
            let change = AllocationNews::Deallocated(Box::new(deallocated(it, at)));
            (GreenPinHappened::Deallocated, &*it.greenpin_id, Some(change))
        }
        Hook::GreenPinVerified(it) => {
            let change = AllocationNews::Verified {
                greenpin_id: it.greenpin_id.clone(),
                transaction_id: it.transaction_id.clone(),
            };
            (GreenPinHappened::Verified, &*it.greenpin_id, Some(change))
        }
        Hook::GreenPinVerificationFailed(_) => (GreenPinHappened::VerificationFailed, "", None),
        Hook::Popup(_)
        | Hook::IncomingCallHungUp(_)
        | Hook::MissedCall(_)
        | Hook::Callback(_)
        | Hook::DialWhom(_)
        | Hook::Push(_)
        | Hook::Passthru(_)
        | Hook::StatusCallback(_) => return None,
    };
    let news = GreenPinNews {
        greenpin_id: greenpin_id.to_owned(),
        what,
        call_sid: hook.call_sid().unwrap_or_default().to_owned(),
        at,
    };
    // One that names no allocation changes none.
    Some((news, change.filter(|_| !greenpin_id.is_empty())))
}

/// It is in the vault, whatever `state` says: the vendor's own sample says `active` (seed: greenpin-api).
fn deallocated(it: &GreenPinDeallocated, at: Millis) -> Allocation {
    Allocation {
        greenpin_id: it.greenpin_id.clone(),
        transaction_id: it.transaction_id.clone(),
        state: "vault".to_owned(),
        body: json!({
            "transaction_id": it.transaction_id,
            "greenpin_id": it.greenpin_id,
            "a": { "vns": it.aparty_vns, "numbers": it.aparty_numbers },
            "b": { "vns": it.bparty_vns, "numbers": it.bparty_numbers },
            "usage": it.usage,
            "state": "vault",
        }),
        calls: 0,
        verified: 0,
        updated_at: at,
    }
}
