use ::phone::Stage;
use ::phone::view::Way;
use protocol::call::{CallState, CallView, Direction};
use protocol::history::{CallPage, PastCall};
use protocol::{PhoneNumber, Secret, call, phone, problem, session};
use serde::Serialize;
use serde_json::{Value, json};

use super::*;

impl Json for Value {
    fn get(&self, name: &str) -> Option<Self> {
        Self::get(self, name).filter(|value| !value.is_null()).cloned()
    }

    fn list(&self) -> Vec<Self> {
        self.as_array().cloned().unwrap_or_default()
    }

    fn string(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn boolean(&self) -> Option<bool> {
        self.as_bool()
    }
}

/// As the server writes it.
fn wire(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn the_header_of_changes_is_the_servers() {
    assert_eq!(CHANGE_HEADER, protocol::CHANGE_HEADER);
}

#[test]
fn a_session_says_who_is_signed_in() {
    let session = session::Session {
        name: "asha".into(),
        role: session::Role::Agent,
        agent: Some("A1".into()),
        expires_at: 1,
        token: Some(Secret::from("t-1")),
    };
    let read = Session::read(&wire(session)).unwrap();
    assert_eq!(read.token.as_deref(), Some("t-1"));
    assert!(!format!("{read:?}").contains("t-1"));
    assert_eq!((read.name.as_str(), read.agent.as_deref()), ("asha", Some("A1")));
    assert_eq!(Session::read(&json!("<html>")), None);
}

#[test]
fn only_a_clear_answer_means_that_there_is_no_server() {
    let problem = wire(problem::Problem {
        code: "busy".into(),
        message: "Try again.".into(),
        field: None,
        vendor: None,
        retry_after: None,
        changed: None,
        stands: None,
    });
    let session = json!({ "name": "asha" });
    let page = json!("<html>");
    for (status, said, presence) in [
        (200, &page, Presence::Absent),
        (404, &page, Presence::Absent),
        (405, &page, Presence::Absent),
        (404, &problem, Presence::Unreachable),
        (401, &problem, Presence::Nobody),
        (403, &page, Presence::Unreachable),
        (429, &problem, Presence::Unreachable),
        (500, &page, Presence::Unreachable),
        (502, &page, Presence::Unreachable),
        (503, &problem, Presence::Unreachable),
    ] {
        assert_eq!(Presence::read(status, said), presence, "{status} {said}");
    }
    assert!(matches!(Presence::read(200, &session), Presence::SignedIn(who) if who.name == "asha"));
}

#[test]
fn patience_grows_and_has_an_end() {
    let mut patience = Patience::default();
    let waits: Vec<u32> = (0..7).map(|_| patience.wait()).collect();
    assert_eq!(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
}

#[test]
fn a_setup_gives_one_account_for_each_server() {
    let setup = phone::PhoneSetup {
        account: Some(phone::SipAccount {
            address: "sip:asha@sandbox.test".into(),
            password: Secret::new("hush"),
            display: "Asha".into(),
        }),
        servers: vec!["wss://a.example".into(), "wss://b.example".into()],
        ice: vec![phone::IceServer {
            urls: vec!["turn:t.example".into()],
            username: Some("9:asha".into()),
            credential: Some(Secret::new("hmac")),
            expires_at: Some(1_700_000_000_123),
        }],
        features: phone::Features {
            platform_calls: true,
            direct_calls: false,
            whole_numbers: true,
        },
        device: phone::DeviceState {
            active: Some(phone::DeviceName::Sip),
        },
        policy: Default::default(),
        echo: None,
    };
    let read = Setup::read(&wire(&setup)).unwrap();
    let accounts = read.accounts.as_ref().unwrap();
    let servers: Vec<&str> = accounts.iter().map(|account| account.server.as_str()).collect();
    assert_eq!(servers, ["wss://a.example", "wss://b.example"]);
    assert_eq!(accounts.first().unwrap().spares, ["wss://b.example"]);
    let first = accounts.first().unwrap();
    assert_eq!(
        (first.address.as_str(), first.password.as_str()),
        ("sip:asha@sandbox.test", "hush")
    );
    let turn = read.ice.first().unwrap();
    assert_eq!(
        (turn.username.as_deref(), turn.credential.as_deref()),
        (Some("9:asha"), Some("hmac"))
    );
    assert_eq!(turn.expires_at, Some(1_700_000_000_123));
    assert!(read.features.platform_calls && !read.features.direct_calls);
    assert!(read.features.whole_numbers);
    assert_eq!(read.device, Some(Device::Browser));
    assert!(!format!("{read:?}").contains("hush"));

    let without = phone::PhoneSetup {
        account: None,
        ..setup.clone()
    };
    assert_eq!(
        Setup::read(&wire(without)).map(|setup| setup.accounts),
        Some(None)
    );
    let nowhere = phone::PhoneSetup {
        servers: Vec::new(),
        ..setup
    };
    assert_eq!(
        Setup::read(&wire(nowhere)).map(|setup| setup.accounts),
        Some(Some(Vec::new()))
    );
    assert_eq!(Setup::read(&json!("<html>")), None);
}

#[test]
fn devices_have_the_wires_words() {
    for (active, read) in [
        (Some(phone::DeviceName::Phone), Some(Device::Phone)),
        (Some(phone::DeviceName::Sip), Some(Device::Browser)),
        (None, None),
    ] {
        let state = phone::DeviceState { active };
        assert_eq!(Device::active(&wire(state)), read);
        let switched = wire(protocol::event::Event::Device {
            agent: "agent-1".into(),
            device: state,
        });
        assert_eq!(Device::switched(&switched, "agent-1"), Some(read));
        assert_eq!(Device::switched(&switched, "agent-2"), None);
    }
    let set = wire(phone::SetDevice {
        active: Some(phone::DeviceName::Sip),
    });
    assert_eq!(set, json!({ "active": Device::Browser.word() }));
}

#[test]
fn a_placement_is_one_of_three_and_unknown_in_doubt() {
    let placed = call::Placement::Placed {
        sid: "s1".into(),
        dialled: PhoneNumber::from("+9198"),
    };
    assert!(Placement::read(&wire(placed)) == Placement::Placed { sid: "s1".into() });
    let refused = call::Placement::Refused {
        message: "The platform said no.".into(),
        vendor: "User device is currently busy".into(),
    };
    let read = Placement::read(&wire(refused));
    let Placement::Refused { message, vendor } = read else {
        panic!("not refused")
    };
    assert_eq!(
        (message.as_str(), vendor.as_str()),
        ("The platform said no.", "User device is currently busy")
    );
    let unknown = call::Placement::Unknown { message: "?".into() };
    assert!(Placement::read(&wire(unknown)) == Placement::Unknown);
    assert!(Placement::read(&json!({ "parked": {} })) == Placement::Unknown);
}

#[test]
fn a_page_of_the_past_keeps_what_can_be_shown() {
    let view = |sid: &str, outcome| CallView {
        sid: sid.into(),
        rev: 3,
        agent: "A1".into(),
        direction: Direction::Inbound,
        state: CallState::Ended,
        outcome,
        number: PhoneNumber::from("+919812345678"),
        virtual_number: PhoneNumber::from("+918040408080"),
        started_at: 1_700_000_000_000,
        answered_at: None,
        ended_at: None,
        talk_seconds: Some(61),
        recorded: true,
    };
    let call = |sid, outcome| PastCall {
        call: view(sid, outcome),
        note: Some(protocol::history::Note {
            text: "Wants a refund".into(),
            disposition: "Call again".into(),
            updated_at: 0,
        }),
    };
    let page = CallPage {
        calls: vec![call("s2", Some(call::Outcome::Missed)), call("s1", None)],
        next: Some("s1".into()),
    };
    let mut json = wire(page);
    json["calls"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "call": null }));
    let history = History::read(&json);
    assert_eq!((history.calls.len(), history.next.as_deref()), (2, Some("s1")));
    let first = history.calls.first().unwrap();
    assert_eq!(
        (first.sid.as_str(), first.way, first.at),
        ("s2", Way::In, 1_700_000_000_000)
    );
    assert_eq!((first.outcome, first.talked), (Some(Outcome::Missed), Some(61)));
    assert_eq!(history.calls.last().unwrap().outcome, None);
    assert_eq!((first.answered, first.recorded), (None, true));
    let note = first.note.as_ref().unwrap();
    assert_eq!(
        (note.text.as_str(), note.disposition.as_str()),
        ("Wants a refund", "Call again")
    );
}

#[test]
fn every_outcome_has_its_word() {
    for (theirs, ours) in [
        (call::Outcome::Completed, Outcome::Completed),
        (call::Outcome::Missed, Outcome::Missed),
        (call::Outcome::Declined, Outcome::Declined),
        (call::Outcome::AnsweredElsewhere, Outcome::AnsweredElsewhere),
        (call::Outcome::CustomerUnanswered, Outcome::CustomerUnanswered),
        (call::Outcome::AgentUnanswered, Outcome::AgentUnanswered),
        (call::Outcome::AgentCancelled, Outcome::AgentCancelled),
        (call::Outcome::NotDialled, Outcome::NotDialled),
        (call::Outcome::Unknown, Outcome::Unknown),
    ] {
        assert_eq!(news::outcome(wire(theirs).as_str().unwrap()), ours);
    }
}

#[test]
fn a_problem_keeps_the_vendors_words() {
    let problem = problem::Problem {
        code: "refused".into(),
        message: "The vendor refused.".into(),
        field: None,
        vendor: Some("Invalid device".into()),
        retry_after: Some(3),
        changed: None,
        stands: None,
    };
    let read = Problem::read(&wire(problem)).unwrap();
    assert_eq!(read.vendor.as_deref(), Some("Invalid device"));
    assert_eq!(Problem::read(&json!({ "error": "no" })), None);
}

#[test]
fn news_are_of_this_agents_calls_only() {
    let view = CallView {
        sid: "s1".into(),
        rev: 7,
        agent: "A1".into(),
        direction: Direction::Outbound,
        state: CallState::Ended,
        outcome: Some(call::Outcome::CustomerUnanswered),
        number: PhoneNumber::from("+••••12"),
        virtual_number: PhoneNumber::from("+918040408080"),
        started_at: 1_700_000_000_000,
        answered_at: None,
        ended_at: None,
        talk_seconds: None,
        recorded: false,
    };
    let read = news::news(&wire(&view), "A1").unwrap();
    assert_eq!(
        (read.sid.as_str(), read.rev, read.way, read.at),
        ("s1", 7, Way::Out, 1_700_000_000_000)
    );
    assert_eq!(read.stage, Stage::Over(Outcome::CustomerUnanswered));
    assert_eq!(
        (read.number.as_str(), read.virtual_number.as_str()),
        ("+••••12", "+918040408080")
    );
    assert!(news::news(&wire(&view), "A2").is_none());
    for (state, stage) in [
        (CallState::OutgoingInitiated, Stage::Begun),
        (CallState::Incoming, Stage::Begun),
        (CallState::Established, Stage::Answered),
    ] {
        let view = CallView {
            state,
            outcome: None,
            ..view.clone()
        };
        assert_eq!(news::news(&wire(view), "A1").map(|news| news.stage), Some(stage));
    }
    for broken in [
        json!(null),
        json!({ "agent": "A1" }),
        json!({ "agent": "A1", "state": "NEW" }),
    ] {
        assert!(news::news(&broken, "A1").is_none());
    }
    let event = wire(protocol::event::Event::Call(view));
    assert!(news::news(&event["call"], "A1").is_some());
}
