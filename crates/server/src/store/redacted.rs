//! Records whose `Debug` leaves out what belongs in no log: hashes of passwords, bodies of webhooks, numbers.

use std::fmt::{Debug, Formatter, Result};

use super::{HistoryQuery, NewDelivery, Person, StoredDialContext, StoredRow};

impl Debug for NewDelivery {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("NewDelivery")
            .field("kind", &self.kind)
            .field("call_sid", &self.call_sid)
            .field("unread", &self.unread)
            .finish_non_exhaustive()
    }
}

impl Debug for HistoryQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("HistoryQuery")
            .field("agent", &self.agent)
            .field("sid", &self.sid)
            .field("direction", &self.direction)
            .field("outcome", &self.outcome)
            .field("open", &self.open)
            .field("from", &self.from)
            .field("to", &self.to)
            .field("searches", &self.search.is_some())
            .field("before", &self.before)
            .field("limit", &self.limit)
            .finish()
    }
}

impl Debug for StoredDialContext {
    /// Its key holds a number.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("StoredDialContext").finish_non_exhaustive()
    }
}

impl Debug for StoredRow {
    /// What is added are people's names, addresses and numbers.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("StoredRow")
            .field("no", &self.no)
            .field("state", &self.state)
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

impl Debug for Person {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("Person")
            .field("name", &self.name)
            .field("role", &self.role)
            .field("agent", &self.agent)
            .field("subscriber", &self.subscriber)
            .field("disabled", &self.disabled)
            .field("created_at", &self.created_at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use protocol::session::Role;

    use super::*;

    #[test]
    fn what_is_secret_or_personal_is_not_shown() {
        let canary = "canary 9876543210".to_owned();
        let person = Person {
            name: "asha".to_owned(),
            password_hash: canary.clone(),
            role: Role::Agent,
            agent: None,
            subscriber: None,
            disabled: false,
            created_at: 0,
        };
        let query = HistoryQuery {
            search: Some(canary.clone()),
            ..HistoryQuery::default()
        };
        let delivery = NewDelivery {
            kind: exotel::hooks::HookKind::Callback,
            key: canary.clone(),
            call_sid: None,
            body: canary.into(),
            unread: None,
        };
        let shown = format!("{person:?} {query:?} {delivery:?}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("asha"));
    }
}
