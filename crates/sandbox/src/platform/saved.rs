//! The platform as a text that outlives it, for `--state`.

use exotel::call_details::{CallOutcome, CallState, CallStatus};
use serde_json::{Value, json};
use sip::Instant;

use super::mint::Mint;
use super::{Platform, Records};
use crate::account::Account;

/// The form of the text. Another one is refused, not guessed at.
const VERSION: u64 = 1;

impl Platform {
    /// All records as JSON. Switches, limits and faults belong to a run and are not kept.
    pub(crate) fn saved(&self) -> String {
        format!("{:#}", json!({ "version": VERSION, "records": self.records }))
    }

    /// The platform that was saved as `text`. A call that was going on then is over.
    pub(crate) fn load(text: &str, seed: [u8; 32], epoch: i64) -> Result<Self, String> {
        let mut saved: Value = serde_json::from_str(text).map_err(|why| why.to_string())?;
        if saved.get("version").and_then(Value::as_u64) != Some(VERSION) {
            return Err(format!("its version is not {VERSION}"));
        }
        let records = saved.get_mut("records").map(Value::take).unwrap_or_default();
        let records: Records = serde_json::from_value(records).map_err(|why| why.to_string())?;
        let mut platform = Self::with(records, Mint::new(seed), epoch);
        platform.records.index();
        let wall = platform.wall(Instant(0));
        for call in platform.records.calls.rows_mut().filter(|call| call.is_live()) {
            call.ended = Some(wall);
            call.state = CallState::Terminal;
            call.status = CallStatus::Failed;
            call.outcome = CallOutcome::FromLegNoDial;
        }
        Ok(platform)
    }

    /// Everybody's SIP account.
    pub(crate) fn sip_accounts(&self) -> Vec<Account> {
        let coworkers = self.records.coworkers.values();
        coworkers
            .map(|coworker| Account {
                user: coworker.sip_user.clone(),
                display: coworker.display.clone(),
                password: coworker.password.reveal().to_owned(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::call_table::CallTable;
    use super::super::{CallRecord, Direction};
    use super::*;

    fn demo() -> Platform {
        let account = Account {
            user: String::from("asha"),
            display: String::from("Asha"),
            password: String::from("secret"),
        };
        Platform::demo(&[account], [1; 32], 1_790_000_000_000)
    }

    #[test]
    fn what_is_saved_comes_back_and_its_calls_are_over() {
        let mut platform = demo();
        let call = CallRecord::begin(
            String::from("c1"),
            String::from("exoteldemo"),
            Direction::Inbound,
            1,
        );
        platform.records.calls.insert(call);
        let mut loaded = Platform::load(&platform.saved(), [2; 32], 1_790_000_000_500).unwrap();
        assert_eq!(loaded.sip_accounts(), platform.sip_accounts());
        assert!(!loaded.records.calls.get("c1").unwrap().is_live());
        platform.records.calls = CallTable::default();
        loaded.records.calls = CallTable::default();
        assert_eq!(loaded.saved(), platform.saved());
    }

    #[test]
    fn an_end_without_its_allocation_comes_up_once() {
        let mut platform = demo();
        platform.records.ending.insert((5, String::from("nobody")));
        let mut loaded = Platform::load(&platform.saved(), [2; 32], 1_790_000_000_000).unwrap();
        assert_eq!(loaded.next_timeout(), None, "made anew from the allocations");
        platform.timeout(Instant(1));
        loaded.timeout(Instant(1));
        assert_eq!(platform.next_timeout(), None);
    }

    #[test]
    fn anything_else_is_refused_in_words() {
        for text in ["", "[]", "{\"version\":2}", "{\"version\":1,\"records\":[1]}"] {
            assert!(Platform::load(text, [0; 32], 0).is_err(), "{text}");
        }
    }
}
