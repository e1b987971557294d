//! A link with a host, and what it says and does.

#[path = "tests/commands.rs"]
mod commands;
#[path = "tests/door.rs"]
mod door;

use phone::view::{EndedView, LegView, Peer, Refusal, Way};
use phone::{CallId, CallState, CallView, Command, EndReason, LinkView, NewsLine, PageId, View};
use protocol::embed::{
    Ask, Event, FaultCode, Hello, Knock, LONGEST, Look, Outcome, Ringing, SignInWanted, ToHost,
};
use serde_json::{Value, json};

use super::*;
use crate::companion::Device;

const HOST: &str = "https://crm.test";

fn view() -> View {
    View {
        link: LinkView::Ready,
        news: NewsLine::Live,
        address: Some("sip:asha@sandbox.test".into()),
        call: None,
        ended: None,
        missed: Vec::new(),
        refusal: None,
    }
}

fn call(id: u32, state: CallState) -> CallView {
    CallView {
        id: CallId(id),
        way: Way::In,
        peer: Peer {
            name: Some("Kavya Rao".into()),
            number: "+919876543210".into(),
            uri: "sip:+919876543210@sandbox.test".into(),
        },
        state,
        leg: LegView::Here,
        started: 1_000,
        established: None,
        owner: None,
        muted: false,
        held: false,
        held_by_peer: false,
        hold_pending: false,
        digits: String::new(),
        call_sid: Some("sid-1".into()),
        virtual_number: None,
        sip_call_id: "a".into(),
    }
}

fn with(call: CallView) -> View {
    View {
        call: Some(call),
        ..view()
    }
}

fn hello(tickets: bool) -> Hello {
    Hello {
        version: 1,
        nonce: "n-1".into(),
        origin: HOST.into(),
        tickets,
        look: Look::default(),
    }
}

/// A link with a host, a registered phone and an agent; what it had to say of them is forgotten.
fn linked() -> Link {
    let mut link = Link::default();
    link.welcome(0, hello(false));
    link.signed_in(0, "asha".into());
    link.show(0, PageId(7), view());
    let _ = deeds(&mut link);
    link
}

/// All but the wake-ups.
fn deeds(link: &mut Link) -> Vec<Deed> {
    std::iter::from_fn(|| link.poll())
        .filter(|deed| !matches!(deed, Deed::Wake(_)))
        .collect()
}

/// What is said to the host.
fn said(link: &mut Link) -> Vec<ToHost> {
    let said = |deed| match deed {
        Deed::Say(said) => Some(said),
        _ => None,
    };
    deeds(link).into_iter().filter_map(said).collect()
}

fn ask(link: &mut Link, id: u32, ask: &Value) {
    link.hear(0, &json!({ "id": id, "ask": ask }).to_string());
}

/// The fault a command is refused with at once.
fn refusal(link: &mut Link, asked: &Value) -> FaultCode {
    ask(link, 99, asked);
    match said(link).pop() {
        Some(ToHost::Failed { id: Some(99), fault }) => fault.code,
        other => panic!("{asked} is not refused: {other:?}"),
    }
}
