//! Things to write.

use exotel::hooks::HookKind;
use protocol::Millis;
use protocol::call::LegReport;
use protocol::event::{Event, GreenPinHappened, GreenPinNews};
use serde_json::json;
use server::calls::{Facts, of_leg_report, of_placement};
use server::store::{AllocationNews, Logged, NewDelivery, NewEvent, Write};

/// A public event for an agent, told apart by `mark`.
pub(crate) fn event(agent: Option<&str>, mark: Millis) -> NewEvent {
    let news = GreenPinNews {
        greenpin_id: "g1".to_owned(),
        what: GreenPinHappened::Verified,
        call_sid: String::new(),
        at: mark,
    };
    NewEvent {
        agent: agent.map(str::to_owned),
        body: Logged::Public(Event::GreenPin(news)),
    }
}

/// A write of such an event alone.
pub(crate) fn news(agent: Option<&str>, mark: Millis) -> Write {
    Write {
        events: vec![event(agent, mark)],
        at: mark,
        ..Write::default()
    }
}

/// The mark of an event made here.
pub(crate) fn mark(event: &NewEvent) -> Millis {
    match &event.body {
        Logged::Public(Event::GreenPin(news)) => news.at,
        other => panic!("not one of ours: {other:?}"),
    }
}

/// A webhook with a key against repeats that logs one event.
pub(crate) fn webhook(key: &str, mark: Millis) -> Write {
    Write {
        delivery: Some(delivery(key)),
        ..news(Some("asha"), mark)
    }
}

/// A webhook as it is kept.
pub(crate) fn delivery(key: &str) -> NewDelivery {
    NewDelivery {
        kind: HookKind::Callback,
        key: key.to_owned(),
        call_sid: Some(format!("call-of-{key}")),
        body: json!({"CallSid": format!("call-of-{key}"), "Status": "completed"}),
        unread: None,
    }
}

/// An agent placed a call.
pub(crate) fn placed(sid: &str, agent: &str, to: &str, at: Millis) -> Write {
    said(sid, of_placement(agent, to, "+918040408080", at), at)
}

/// An agent's own phone refused its leg.
pub(crate) fn declined(sid: &str, agent: &str, at: Millis) -> Write {
    said(sid, of_leg_report(agent, LegReport::Declined, at), at)
}

/// Something was said of a call.
pub(crate) fn said(sid: &str, facts: Facts, at: Millis) -> Write {
    Write {
        facts: Some((sid.to_owned(), facts)),
        at,
        ..Write::default()
    }
}

/// Something was said of an allocation.
pub(crate) fn of_allocation(news: AllocationNews, at: Millis) -> Write {
    Write {
        allocation: Some(news),
        at,
        ..Write::default()
    }
}
