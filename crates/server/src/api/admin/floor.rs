//! The wallboard.

use std::collections::{HashMap, HashSet};

use axum::Json;
use axum::extract::State;
use protocol::Millis;
use protocol::admin::floor::{AgentOnFloor, AgentState, Floor, LastRating, Reach};
use protocol::call::{CallState, CallView};
use protocol::phone::{DeviceName, DeviceState};

use crate::auth::Caller;
use crate::config::StoreConfig;
use crate::phone::masking;
use crate::store::{HistoryQuery, Kept, Person};
use crate::{Answer, App, clock};

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
/// Calls that began earlier are no longer looked for.
const OPEN: Millis = 24 * HOUR;
/// Calls that ended earlier say nothing of now.
const RECENT: Millis = 2 * HOUR;
/// Pages that are read of each, 200 calls a page.
const PAGES: u32 = 10;
const PAGE: u32 = 200;

/// What is known of all agents.
struct Known {
    signed_in: HashSet<String>,
    listening: HashSet<String>,
    devices: HashMap<String, DeviceState>,
    open: HashMap<String, CallView>,
    ended: HashMap<String, Millis>,
    ratings: HashMap<String, LastRating>,
    /// Streams may be open on other nodes too.
    many_nodes: bool,
    wrap_up: Millis,
    now: Millis,
}

/// `GET /api/admin/floor`
pub async fn show(State(app): State<App>, caller: Caller) -> Answer<Json<Floor>> {
    let known = known(&app).await?;
    let people = app.store.people().await?.into_iter();
    let agents = people.filter(|person| !person.disabled);
    let agents = agents.filter_map(|person| known.agent(&app, &caller, person));
    Ok(Json(Floor {
        agents: agents.collect(),
        at: known.now,
    }))
}

async fn known(app: &App) -> Answer<Known> {
    let now = clock::now();
    let open = HistoryQuery {
        open: true,
        from: Some(now - OPEN),
        ..HistoryQuery::default()
    };
    let recent = HistoryQuery {
        from: Some(now - RECENT),
        ..HistoryQuery::default()
    };
    let mut ended = HashMap::new();
    for view in views(app, recent).await? {
        let at = view.ended_at.unwrap_or(0);
        let last = ended.entry(view.agent).or_insert(at);
        *last = at.max(*last);
    }
    let devices = app.store.devices().await?.into_iter();
    let ratings = app.store.last_ratings(now - OPEN).await?.into_iter();
    Ok(Known {
        signed_in: app.store.signed_in(now).await?.into_iter().collect(),
        listening: app.hub.listening(),
        devices: devices.map(|heard| (heard.agent, heard.device)).collect(),
        // Newest first: of two calls the older one is kept last, and it is the one that goes on.
        open: views(app, open)
            .await?
            .into_iter()
            .map(|view| (view.agent.clone(), view))
            .collect(),
        ended,
        ratings: ratings
            .map(|rating| {
                let last = LastRating {
                    sid: rating.sid,
                    rating: rating.rating,
                    at: rating.at,
                };
                (rating.agent, last)
            })
            .collect(),
        many_nodes: matches!(app.config.store, StoreConfig::Postgres(_)),
        wrap_up: Millis::from(app.policy.now().policy.wrap_up.seconds) * 1000,
        now,
    })
}

/// The views of these calls, newest first.
async fn views(app: &App, mut query: HistoryQuery) -> Kept<Vec<CallView>> {
    query.limit = PAGE;
    let mut views = Vec::new();
    for _ in 0..PAGES {
        let page = app.store.history(&query).await?;
        views.extend(page.calls.into_iter().map(|(view, _)| view));
        query.before = page.next;
        if query.before.is_none() {
            break;
        }
    }
    Ok(views)
}

impl Known {
    /// None for somebody who is no agent.
    fn agent(&self, app: &App, caller: &Caller, person: Person) -> Option<AgentOnFloor> {
        let agent = person.agent?;
        let device = self.devices.get(&agent).copied();
        let call = self.open.get(&agent).cloned();
        let last_call_ended = self.ended.get(&agent).copied().filter(|at| *at > 0);
        let signed_in = self.signed_in.contains(&person.name);
        let wraps_up = last_call_ended.is_some_and(|at| self.now < at + self.wrap_up);
        Some(AgentOnFloor {
            state: match call.as_ref().map(|call| call.state) {
                Some(CallState::Established) => AgentState::Talking,
                Some(CallState::Incoming | CallState::OutgoingInitiated) => AgentState::Ringing,
                Some(CallState::Ended) | None if !signed_in => AgentState::Away,
                Some(CallState::Ended) | None if wraps_up => AgentState::WrappingUp,
                Some(CallState::Ended) | None => AgentState::Free,
            },
            reachable: self.reach(device, &person.name, signed_in),
            device: device.and_then(|device| device.active),
            device_known: device.is_some(),
            call: call.map(|call| masking::view_for(&app.policy, caller.role, call)),
            last_rating: self.ratings.get(&agent).cloned(),
            last_call_ended,
            name: person.name,
            agent,
        })
    }

    fn reach(&self, device: Option<DeviceState>, name: &str, signed_in: bool) -> Reach {
        match device.map(|device| device.active) {
            None => Reach::Unknown,
            Some(None) => Reach::No,
            Some(Some(DeviceName::Phone)) => Reach::Yes,
            Some(Some(DeviceName::Sip)) if self.listening.contains(name) => Reach::Yes,
            Some(Some(DeviceName::Sip)) if signed_in && self.many_nodes => Reach::Unknown,
            Some(Some(DeviceName::Sip)) => Reach::No,
        }
    }
}
