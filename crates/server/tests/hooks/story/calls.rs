//! Calls as they really go: what the platform sends of each, what the phone says, what call details say, and how it
//! ended for each agent.

use protocol::call::{LegReport, Outcome};
use serde_json::{Value, json};

use super::dice::Dice;
use crate::platform::{details, unsettled};

pub(super) const AGENTS: [&str; 2] = ["asha", "ravi"];

/// Something that happens in a call.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// We place it for this agent.
    Placed(&'static str),
    /// The agent's own phone says what it did.
    Leg(&'static str, LegReport),
    /// The platform sends this.
    Webhook(&'static str, String),
}

/// A whole call.
pub(super) struct Script {
    pub(super) sid: String,
    pub(super) steps: Vec<Step>,
    /// What call details say, question by question.
    pub(super) details: Vec<Value>,
    pub(super) outcomes: Vec<(&'static str, Outcome)>,
}

impl Script {
    /// Some call.
    pub(super) fn roll(no: usize, dice: &mut Dice) -> Self {
        let sid = format!("{no:032x}");
        let mut script = match dice.below(3) {
            0 => outbound(&sid, dice),
            1 => group(&sid, dice),
            _ => inbound(&sid, dice),
        };
        if dice.in_percent(10) {
            let direction = script.details[0]["Direction"].as_str().unwrap().to_owned();
            script.details.insert(0, unsettled(&sid, &direction));
        }
        script
    }
}

fn outbound(sid: &str, dice: &mut Dice) -> Script {
    let table = [
        ("completed", ("completed", "completed"), Outcome::Completed),
        (
            "to_leg_unanswered",
            ("completed", "no-answer"),
            Outcome::CustomerUnanswered,
        ),
        (
            "to_leg_unanswered",
            ("completed", "busy"),
            Outcome::CustomerUnanswered,
        ),
        (
            "from_leg_cancelled",
            ("completed", "canceled"),
            Outcome::AgentCancelled,
        ),
        (
            "from_leg_unanswered",
            ("no-answer", "canceled"),
            Outcome::AgentUnanswered,
        ),
        ("to_leg_no_dial", ("completed", "failed"), Outcome::NotDialled),
        ("from_leg_no_dial", ("failed", "canceled"), Outcome::NotDialled),
    ];
    let (word, legs, outcome) = table[dice.below(table.len())];
    let talked = outcome == Outcome::Completed;
    let callback = |detail: &str, status: &str| {
        let state = if detail == "terminal" {
            "terminal"
        } else {
            "active"
        };
        let body = json!({
            "CallSid": sid, "AppUserID": "asha", "Direction": "outbound", "CallDetail": detail, "CallState": state,
            "CallStatus": status, "FromNumber": "sip:asha7", "ToNumber": "08789489697",
            "TotalDuration": if talked && detail == "terminal" { "12" } else { "0" },
        });
        Step::Webhook("callback", body.to_string())
    };
    let mut steps = vec![Step::Placed("asha")];
    match outcome {
        Outcome::AgentUnanswered => steps.push(Step::Leg("asha", LegReport::RangOut)),
        _ if word != "from_leg_no_dial" => steps.push(Step::Leg("asha", LegReport::Answered)),
        _ => {}
    }
    if talked {
        steps.push(callback("answered", ""));
        steps.push(callback("recording_stop_success", ""));
    }
    steps.push(callback("terminal", word));
    Script {
        sid: sid.to_owned(),
        steps,
        details: vec![details(sid, "outbound-api", legs, if talked { 12 } else { 0 })],
        outcomes: vec![("asha", outcome)],
    }
}

/// One agent is rung, in the browser or, one time in ten, at a telephone.
fn inbound(sid: &str, dice: &mut Dice) -> Script {
    let table = [
        ("completed", LegReport::Answered, Outcome::Completed),
        ("no-answer", LegReport::RangOut, Outcome::Missed),
        ("busy", LegReport::Declined, Outcome::Declined),
    ];
    let (word, report, outcome) = table[dice.below(table.len())];
    let mut steps = vec![notice(sid, "popup", "asha", 0)];
    if !dice.in_percent(10) {
        steps.push(Step::Leg("asha", report));
    }
    if outcome == Outcome::Completed {
        steps.push(notice(sid, "incomingcallhungup", "asha", 9));
    } else {
        steps.push(notice(sid, "missedcall", "asha", 0));
        if dice.in_percent(50) {
            steps.push(notice(sid, "incomingcallhungup", "asha", 0));
        }
    }
    if dice.in_percent(50) {
        steps.push(passthru(sid, "asha", word));
    }
    let talk = if outcome == Outcome::Completed { 9 } else { 0 };
    Script {
        sid: sid.to_owned(),
        steps,
        details: vec![details(sid, "inbound", ("completed", word), talk)],
        outcomes: vec![("asha", outcome)],
    }
}

/// Two agents are rung in their browsers; one takes it, or nobody does.
fn group(sid: &str, dice: &mut Dice) -> Script {
    let mut steps = AGENTS.map(|agent| notice(sid, "popup", agent, 0)).to_vec();
    let taken = dice.in_percent(70);
    if taken {
        steps.push(Step::Leg("ravi", LegReport::Answered));
        steps.push(Step::Leg("asha", LegReport::RangOut));
    } else {
        steps.extend(AGENTS.map(|agent| Step::Leg(agent, LegReport::RangOut)));
    }
    let end = if taken { "incomingcallhungup" } else { "missedcall" };
    steps.extend(AGENTS.map(|agent| notice(sid, end, agent, 0)));
    let word = if taken { "completed" } else { "no-answer" };
    let outcomes = match taken {
        true => vec![("asha", Outcome::AnsweredElsewhere), ("ravi", Outcome::Completed)],
        false => AGENTS.map(|agent| (agent, Outcome::Missed)).to_vec(),
    };
    Script {
        sid: sid.to_owned(),
        steps,
        details: vec![details(
            sid,
            "inbound",
            ("completed", word),
            if taken { 30 } else { 0 },
        )],
        outcomes,
    }
}

fn notice(sid: &str, kind: &'static str, agent: &str, talk: u32) -> Step {
    let status = if kind == "popup" { "busy" } else { "free" };
    let body = json!({
        "CallSid": sid, "AppUserID": agent, "DialWhomNumber": format!("sip:{agent}7"), "Direction": "incoming",
        "CallStatus": status, "CallState": "", "FromNumber": "08789489697", "VirtualNumber": "02235511457",
        "TotalDuration": talk.to_string(),
    });
    Step::Webhook(kind, body.to_string())
}

fn passthru(sid: &str, agent: &str, word: &str) -> Step {
    let cause = if word == "busy" { "USER_BUSY" } else { "" };
    let body = json!({
        "CallSid": sid, "Direction": "incoming", "DialWhomNumber": format!("sip:{agent}7"), "DialCallStatus": word,
        "CallFrom": "08789489697", "CallTo": "02235511457",
        "Legs": [{ "CauseCode": cause, "OnCallDuration": if word == "completed" { 9 } else { 0 } }],
    });
    Step::Webhook("passthru", body.to_string())
}
