//! The world against user agents in memory, on a virtual clock.

use super::stage::Stage;
use super::*;

#[test]
fn a_registration_that_is_not_refreshed_runs_out() {
    let mut stage = Stage::new(&["asha"]);
    assert_eq!(stage.state()["agents"][0]["registered"], true);
    stage.pass(299_000);
    assert_eq!(stage.state()["agents"][0]["registered"], true);
    stage.pass(2_000);
    assert_eq!(stage.state()["agents"][0]["registered"], false);
}

#[test]
fn a_call_waits_a_minute_for_its_phone_and_no_longer() {
    let mut stage = Stage::new(&["asha", "ravi"]);
    stage.talk();
    assert_eq!(stage.state()["calls"][0]["state"], "up");
    stage.lose(0);
    stage.pass(59_000);
    assert_eq!(stage.state()["calls"][0]["state"], "up");
    assert!(!stage.ended(1));
    stage.pass(2_000);
    assert_eq!(stage.state()["calls"][0]["ended"], "The phone did not come back");
    assert!(stage.ended(1), "the other phone was not told");
}

#[test]
fn a_phone_that_comes_back_finds_its_call() {
    let mut stage = Stage::new(&["asha", "ravi"]);
    let call = stage.talk();
    stage.lose(0);
    stage.pass(30_000);
    let flow = FlowNo(9);
    stage.world.opened(flow);
    stage.phones[0].flow = flow;
    stage.phones[0].ua.connected(stage.now);
    stage.phones[0].ua.register(stage.now);
    stage.settle();
    stage.pass(45_000);
    assert!(!stage.ended(1));
    stage.phones[0].ua.hang_up(stage.now, call, None).unwrap();
    stage.settle();
    assert!(stage.ended(1));
    assert_eq!(stage.state()["calls"][0]["state"], "ended");
}

#[test]
fn legs_are_forgotten_once_nothing_can_be_under_way() {
    let mut stage = Stage::new(&["asha", "ravi"]);
    let call = stage.talk();
    stage.phones[0].ua.hang_up(stage.now, call, None).unwrap();
    stage.settle();
    assert_eq!(stage.world.legs.len(), 2);
    stage.pass(LINGER);
    assert_eq!(stage.world.legs.len(), 0);
    assert_eq!(stage.world.calls.len(), 0);
}

#[test]
fn an_invite_without_contact_is_refused_and_leaves_nothing() {
    let mut stage = Stage::new(&["asha", "ravi"]);
    let target = sip::Uri::parse("sip:ravi@sandbox.test").unwrap();
    let (now, flow) = (stage.now, stage.phones[0].flow);
    let ua = &mut stage.phones[0].ua;
    ua.invite(now, target, stage::SDP.to_owned(), &[]).unwrap();
    let mut refused = false;
    while let Some(output) = ua.poll() {
        if let sip::Output::Send(text) = output {
            let lines = text.split_inclusive("\r\n");
            let without: String = lines.filter(|line| !line.starts_with("Contact:")).collect();
            stage.world.frame(now, flow, without.as_bytes());
        }
        while let Some(output) = stage.world.poll() {
            if let Output::Send(_, text) = output {
                refused |= text.starts_with("SIP/2.0 400");
                ua.frame(now, text.as_bytes());
            }
        }
    }
    assert!(refused);
    assert_eq!(stage.world.calls.len(), 0);
    assert!(!stage.world.platform.records.calls.is_busy("asha"));
    stage.pass(LINGER + 1_000);
    assert_eq!(stage.world.legs.len(), 0);
}

#[test]
fn another_agents_frames_do_not_reach_a_dialog() {
    let mut stage = Stage::new(&["asha", "ravi", "meera"]);
    stage.talk();
    let call_id = stage.world.legs.values().next().unwrap().call_id.clone();
    let bye = format!(
        "BYE sip:asha@sandbox.test SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bKevil\r\n\
         From: <sip:x@sandbox.test>;tag=1\r\nTo: <sip:y@sandbox.test>;tag=2\r\nCall-ID: {call_id}\r\n\
         CSeq: 9 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
    );
    stage.world.frame(stage.now, FlowNo(3), bye.as_bytes());
    let reply = stage.world.poll();
    assert!(
        matches!(&reply, Some(Output::Send(FlowNo(3), text)) if text.starts_with("SIP/2.0 481")),
        "{reply:?}"
    );
    assert_eq!(stage.state()["calls"][0]["state"], "up");
}
