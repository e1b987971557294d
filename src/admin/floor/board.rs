//! The wallboard: every agent, now.

use leptos::prelude::*;
use protocol::admin::floor::{AgentOnFloor, AgentState, Floor, Reach};
use protocol::event::Event;
use softphone::language::{fill, t};
use softphone::web::{ask, clock, spawn};

use super::words;
use crate::elements::live::text;
use crate::screens::Admin;
use crate::screens::pieces::head::{head, link};
use crate::screens::pieces::list::pill;
use crate::screens::pieces::load::Loaded;
use crate::screens::pieces::ticking::{lasted, ticking};
use crate::screens::users::words::device;

/// Who is signed in comes with no event: asked so often, ms.
const EVERY: u32 = 30_000;
/// Events that come together are answered by one question, after so many ms.
const TOGETHER: u32 = 250;

pub(crate) fn draw(admin: Admin, _: &str) -> AnyView {
    let floor = Loaded::<Floor>::new(admin, || "/api/admin/floor".to_owned());
    let asked = StoredValue::new(false);
    admin.news.hear(move |event| match event {
        Event::Call(_) | Event::Device { .. } | Event::Policy(_) | Event::Lost { .. } => soon(floor, asked),
        Event::Push { .. } | Event::GreenPin(_) | Event::Job(_) => {}
    });
    spawn(async move {
        loop {
            clock::sleep(EVERY).await;
            if asked.try_get_value().is_none() {
                return;
            }
            floor.again();
        }
    });
    let now = ticking();
    view! {
        {head(t("Floor"), t("Every agent who has an account here, as it is now."), ().into_any())}
        {floor.shown(8, move |told| all(admin, told, now))}
    }
    .into_any()
}

fn soon(floor: Loaded<Floor>, asked: StoredValue<bool>) {
    if asked.get_value() {
        return;
    }
    asked.set_value(true);
    spawn(async move {
        clock::sleep(TOGETHER).await;
        if asked.try_get_value().is_some() {
            asked.set_value(false);
            floor.again();
        }
    });
}

fn all(admin: Admin, floor: Floor, now: RwSignal<u64>) -> AnyView {
    if floor.agents.is_empty() {
        let add = admin
            .is_admin()
            .then(|| link("button primary", "/admin/people".to_owned(), t("Add people")));
        return view! {
            <div class="empty">
                <h2>{t("Nobody is here yet")}</h2>
                <p>{t("Agents show here once they have an account of their own with a user of the platform.")}</p>
                {add}
            </div>
        }
        .into_any();
    }
    let count = |wanted: AgentState| floor.agents.iter().filter(|agent| agent.state == wanted).count();
    let figures = [
        (t("Talking"), count(AgentState::Talking)),
        (t("Ringing"), count(AgentState::Ringing)),
        (t("Free"), count(AgentState::Free)),
        (t("Wrapping up"), count(AgentState::WrappingUp)),
        (t("Away"), count(AgentState::Away)),
    ];
    let figures: Vec<AnyView> = figures
        .into_iter()
        .map(|(name, count)| view! { <div><dt>{name}</dt><dd>{count.to_string()}</dd></div> }.into_any())
        .collect();
    let agents: Vec<AnyView> = floor.agents.into_iter().map(|agent| tile(agent, now)).collect();
    view! {
        <dl class="figures-row">{figures}</dl>
        <ul class="plain board">{agents}</ul>
    }
    .into_any()
}

fn tile(agent: AgentOnFloor, now: RwSignal<u64>) -> AnyView {
    let (tone, word) = match agent.state {
        AgentState::Away => ("", t("Away")),
        AgentState::Free => ("good", t("Free")),
        AgentState::Ringing => ("wait", t("Ringing")),
        AgentState::Talking => ("live", t("Talking")),
        AgentState::WrappingUp => ("wait", t("Wrapping up")),
    };
    let rings = match agent.device_known {
        true => device(agent.device),
        false => t("Device not heard of"),
    };
    let reach = match agent.reachable {
        Reach::Yes => pill("good", t("Reachable")),
        Reach::No => pill("bad", t("Not reachable")),
        Reach::Unknown => pill("", t("Reach unknown")),
    };
    let call = agent.call.map(|call| {
        let since = call.answered_at.unwrap_or(call.started_at);
        let since = ask::on_our_clock(u64::try_from(since).unwrap_or(0));
        let way = words::direction(call.direction);
        let number = call.number.reveal().to_owned();
        let lasting = text(move || lasted(now.get().saturating_sub(since) / 1_000));
        view! { <p class="tile-call">{way} " · " {number} " · " <b class="figures">{lasting}</b></p> }
            .into_any()
    });
    let rating = agent.last_rating.map(|rating| {
        let says = fill("Last rating: {0} of 5", &[&rating.rating.to_string()]);
        view! { <p class="hint">{says}</p> }.into_any()
    });
    view! {
        <li class="tile" data-tone=tone>
            <div class="tile-head"><b>{agent.name}</b> {pill(tone, word)}</div>
            {call}
            <p class="tile-foot"><span>{rings}</span> {reach}</p>
            {rating}
        </li>
    }
    .into_any()
}
