//! From the event log to webhooks.

use exotel::Timestamp;
use protocol::Millis;
use protocol::call::{CallState, CallView, Outcome};
use protocol::crm_webhooks::{CrmMessage, CrmNews};
use protocol::event::Event;
use protocol::history::PastCall;

use super::A_DAY;
use crate::config::CrmWebhook;
use crate::store::{Audience, HistoryQuery, Kept, Logged, LoggedEvent, NewOutgoing};
use crate::{App, clock};

/// Events of one read.
const PAGE: u32 = 200;
/// Words of one thing that come within this are one webhook: the platform says more in the seconds after a call, and
/// notes are kept as they are typed.
const GATHER: Millis = 5_000;

/// Takes up what the log has gained since the last time.
pub(super) async fn tell(app: &App) -> Kept<()> {
    let mut from = app.store.crm_cursor().await?;
    loop {
        let page = app.store.events_after(from, &Audience::Server, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        let to = last.seq;
        let off: Vec<String> = app
            .store
            .endpoints()
            .await?
            .into_iter()
            .filter(|standing| standing.off.is_some())
            .map(|standing| standing.name)
            .collect();
        let on = || {
            app.config
                .crm_webhooks
                .iter()
                .filter(|crm| !off.contains(&crm.name))
        };
        let mut messages = Vec::new();
        for event in &page {
            if let Some((kinds, call)) = read(app, event).await? {
                let wanted = on().flat_map(|crm| kinds.iter().map(move |news| (crm, *news)));
                messages.extend(wanted.filter_map(|(crm, news)| message(crm, news, &call)));
            }
        }
        if !app.store.queue_outgoing(from, to, &messages).await? {
            // Another node has been here.
            return Ok(());
        }
        from = to;
    }
}

/// What an event says to a CRM, and the call as it is now.
async fn read(app: &App, event: &LoggedEvent) -> Kept<Option<(Vec<CrmNews>, PastCall)>> {
    // After a time without receivers, or without a server, nobody wants to hear of last month.
    if event.at < clock::now() - A_DAY {
        return Ok(None);
    }
    let (kinds, sid, agent) = match &event.event.body {
        Logged::Public(Event::Call(view)) if view.state == CallState::Ended => {
            (of_end(view), &view.sid, &view.agent)
        }
        Logged::NoteSaved { sid, agent } => (vec![CrmNews::NoteSaved], sid, agent),
        Logged::Public(_) | Logged::SessionEnded(_) | Logged::SessionsEnded(_) | Logged::Unreadable => {
            return Ok(None);
        }
    };
    let query = HistoryQuery {
        agent: Some(agent.clone()),
        sid: Some(sid.clone()),
        limit: 1,
        ..HistoryQuery::default()
    };
    // A view that gave way to others (the call has named its agent) is not there any more.
    let found = app.store.history(&query).await?.calls.pop();
    Ok(found.map(|(call, note)| (kinds, PastCall { call, note })))
}

fn of_end(view: &CallView) -> Vec<CrmNews> {
    match view.outcome {
        Some(Outcome::Missed) => vec![CrmNews::CallEnded, CrmNews::CallMissed],
        _ => vec![CrmNews::CallEnded],
    }
}

/// The webhook, if this receiver wants it.
fn message(crm: &CrmWebhook, news: CrmNews, call: &PastCall) -> Option<NewOutgoing> {
    if !crm.events.contains(&news) {
        return None;
    }
    let made_at = clock::now();
    let body = CrmMessage {
        news,
        timestamp: Timestamp::at(made_at, 0).as_str().to_owned(),
        data: call.clone(),
    };
    let random = getrandom::u64().ok()?;
    Some(NewOutgoing {
        message: format!("msg_{made_at:x}{random:016x}"),
        endpoint: crm.name.clone(),
        news,
        sid: call.call.sid.clone(),
        agent: call.call.agent.clone(),
        body: serde_json::to_string(&body).ok()?,
        made_at,
        not_before: made_at + GATHER,
        until: made_at + A_DAY,
    })
}
