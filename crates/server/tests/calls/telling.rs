//! A call under test: what is heard of it, in the vendor's own words, and how it then stands.

use exotel::IST;
use exotel::call_details::{Call, ListCalls};
use exotel::hooks::{self, HookKind};
use protocol::call::{CallState, CallView, LegReport, Outcome};
use serde_json::json;
use server::calls::{Facts, of_details, of_hook, of_leg_report};

/// Asha's address is `sip:asha7`, and so on.
fn agent_of(address: &str) -> Option<String> {
    let name = address.strip_prefix("sip:")?.strip_suffix('7')?;
    Some(name.to_owned())
}

/// A call under test: facts as they come in, in seconds.
#[derive(Default)]
pub(super) struct Story {
    pub(super) facts: Facts,
    pub(super) clock: i64,
}

impl Story {
    pub(super) fn hear(mut self, facts: &Facts) -> Self {
        self.facts.join(facts);
        self
    }

    fn tick(&mut self) -> i64 {
        self.clock += 1000;
        self.clock
    }

    pub(super) fn hook(mut self, kind: HookKind, body: &str) -> Self {
        let at = self.tick();
        let hook = hooks::parse(kind, None, "", body.as_bytes()).expect("a webhook");
        let (sid, facts) = of_hook(&hook, at, IST, &agent_of).expect("facts");
        assert_eq!(sid, "7b");
        self.hear(&facts)
    }

    /// A notice of an inbound call, to the agent of this id.
    fn notice(self, kind: HookKind, agent: &str) -> Self {
        let status = if kind == HookKind::Popup { "busy" } else { "free" };
        let body = json!({
            "CallSid": "7b", "AppUserID": agent, "Direction": "incoming", "CallStatus": status,
            "FromNumber": "08789489697", "ToNumber": "02235511457", "VirtualNumber": "02235511457",
        });
        self.hook(kind, &body.to_string())
    }

    pub(super) fn popup(self, agent: &str) -> Self {
        self.notice(HookKind::Popup, agent)
    }

    pub(super) fn hung_up(self, agent: &str) -> Self {
        self.notice(HookKind::IncomingCallHungUp, agent)
    }

    pub(super) fn missed(self, agent: &str) -> Self {
        self.notice(HookKind::MissedCall, agent)
    }

    pub(super) fn passthru(self, whom: &str, status: &str) -> Self {
        let body = format!(
            "CallSid=7b&Direction=incoming&DialWhomNumber={whom}&DialCallStatus={status}&CallFrom=0878"
        );
        self.hook(HookKind::Passthru, &body)
    }

    pub(super) fn callback(self, detail: &str, status: &str) -> Self {
        let state = if detail == "terminal" {
            "terminal"
        } else {
            "active"
        };
        let body = json!({
            "CallSid": "7b", "AppUserID": "asha", "Direction": "outbound", "CallStatus": status,
            "CallState": state, "CallDetail": detail, "ToNumber": "08789489697", "FromNumber": "sip:asha7",
        });
        self.hook(HookKind::Callback, &body.to_string())
    }

    pub(super) fn leg(mut self, agent: &str, report: LegReport) -> Self {
        let facts = of_leg_report(agent, report, self.tick());
        self.hear(&facts)
    }

    /// Settled call details, or those of the first two minutes.
    pub(super) fn details(mut self, direction: &str, legs: (&str, &str), settled: bool) -> Self {
        let end = if settled {
            "2026-09-28 14:31:30"
        } else {
            "1970-01-01 05:30:00"
        };
        let (first, second) = legs;
        let body = json!({ "Calls": [{
            "Sid": "7b", "Status": "completed", "Direction": direction, "EndTime": end,
            "From": "08789489697", "To": "02235511457",
            "Details": { "ConversationDuration": 0, "Leg1Status": first, "Leg2Status": second },
        }]});
        let facts = of_details(&listed(&body.to_string()), self.tick(), IST);
        self.hear(&facts)
    }

    pub(super) fn view(&self, agent: &str) -> CallView {
        let views = self.facts.views("7b", 1);
        let view = views.iter().find(|view| view.agent == agent);
        view.unwrap_or_else(|| panic!("{agent} has no view")).clone()
    }

    /// How it stands for an agent, and whether the platform will still be asked.
    pub(super) fn stands(&self, agent: &str) -> (CallState, Option<Outcome>, bool) {
        let view = self.view(agent);
        (view.state, view.outcome, self.facts.is_settled())
    }
}

/// The one call of a list.
fn listed(body: &str) -> Call {
    let answer = http::Response::new(body.as_bytes().to_vec());
    let page = exotel::Endpoint::parse(&ListCalls::default(), &answer).expect("a page");
    page.calls.into_iter().next().expect("a call").expect("readable")
}
