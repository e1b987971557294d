//! Being called.

use phone::view::Way;
use phone::{CallState::*, Command, EndReason, Mark, MediaFault};
use sip::EndCause;
use sip::header::Reason;
use sip::sdp::Direction;

use crate::page;
use crate::steps::{MOMENT, ready, talking};
use crate::world::World;

fn rejected(cause: Option<EndCause>) -> Option<u16> {
    match cause {
        Some(EndCause::Rejected { status, .. }) => Some(status),
        _ => None,
    }
}

#[test]
fn a_call_rings_and_is_answered() {
    let mut world = ready();
    world.rings();
    world.shows(Incoming);
    let call = world.view.call.as_ref().unwrap();
    assert_eq!(
        (call.way, call.owner, call.peer.name.as_deref()),
        (Way::In, None, Some("Ravi"))
    );
    assert_eq!(call.call_sid.as_deref(), Some("sid-1"));
    assert!(!call.sip_call_id.is_empty());
    assert_eq!(world.far_saw("Progress"), 1);
    world.answer(1);
    world.shows(Established);
    world.asked(1, &["prepare", "answer prepared"]);
    assert_eq!(world.states, [Incoming, Answering, Established]);
    assert_eq!(world.marks, [Mark::PhoneReady, Mark::AnswerSent, Mark::Connected]);
    world.hang_up();
    world.ended(EndReason::HungUp);
    world.no_missed();
}

#[test]
fn established_waits_for_the_ack() {
    let mut world = ready();
    world.rings();
    let call = world.call();
    world.click(1, Command::Answer(call));
    // The 200 is on its way, the ACK cannot be here yet.
    world.wait(20);
    world.shows(Answering);
    world.wait(20);
    world.shows(Established);
}

#[test]
fn declining_is_busy_to_the_caller_and_not_missed() {
    let mut world = ready();
    let leg = world.rings();
    let call = world.call();
    world.click(1, Command::Decline(call));
    world.wait(MOMENT);
    world.ended(EndReason::Declined);
    world.no_missed();
    assert_eq!(rejected(world.far_end(leg)), Some(486));
}

#[test]
fn hanging_up_a_ringing_call_declines_it() {
    let mut world = ready();
    let leg = world.rings();
    world.hang_up();
    world.ended(EndReason::Declined);
    assert_eq!(rejected(world.far_end(leg)), Some(486));
}

#[test]
fn a_caller_who_gives_up_is_missed() {
    let mut world = ready();
    let leg = world.rings();
    world.far_hangs_up(leg);
    world.ended(EndReason::CallerCancelled);
    world.missed(false);
    world.click(1, Command::MissedSeen);
    assert!(world.view.missed[0].seen);
}

#[test]
fn a_call_answered_elsewhere_is_not_missed() {
    let mut world = ready();
    let leg = world.rings();
    world.far_hangs_up_because(leg, Some(Reason::sip(200, "Call completed elsewhere")));
    world.ended(EndReason::AnsweredElsewhere);
    world.no_missed();
}

#[test]
fn nobody_answers_within_a_minute() {
    let mut world = ready();
    let leg = world.rings();
    world.wait(59_000);
    world.shows(Incoming);
    world.wait(1_000);
    world.ended(EndReason::NoAnswer);
    world.missed(false);
    assert_eq!(rejected(world.far_end(leg)), Some(480));
}

#[test]
fn cancel_crossing_our_answer_is_settled_by_the_caller() {
    let mut world = ready();
    let leg = world.rings();
    let call = world.call();
    world.click(1, Command::Answer(call));
    // The page has answered, the 200 is on its way, and now the caller cancels: it ACKs and hangs up.
    world.wait(6);
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn cancel_before_the_page_has_answered_is_missed() {
    let mut world = ready();
    let leg = world.rings();
    world.page(1).silent = true;
    world.answer(1);
    world.shows(Answering);
    world.far_hangs_up(leg);
    world.ended(EndReason::CallerCancelled);
    world.missed(false);
}

#[test]
fn a_second_call_is_busy_and_missed() {
    let (mut world, first) = talking();
    let second = world.rings_with(page::offer(Direction::SendRecv), &[("X-Exotel-Callsid", "sid-2")]);
    assert_eq!(rejected(world.far_end(second)), Some(486));
    world.missed(true);
    world.shows(Established);
    assert_ne!(world.view.missed[0].id, world.call());
    world.far_hangs_up(first);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn a_call_coming_while_one_rings_is_busy_too() {
    let mut world = ready();
    world.rings();
    let second = world.rings();
    assert_eq!(rejected(world.far_end(second)), Some(486));
    world.shows(Incoming);
    world.answer(1);
    world.shows(Established);
}

/// The last frame of the phone that begins like this.
fn said(world: &World, start: &str) -> Option<String> {
    world.outputs.iter().rev().find_map(|output| match output {
        phone::Output::Send(text) if text.starts_with(start) => Some(text.clone()),
        _ => None,
    })
}

fn to_tag(frame: &str) -> String {
    let to = frame.lines().find(|line| line.starts_with("To:")).unwrap();
    to.find(";tag=").map(|at| to[at..].to_owned()).unwrap()
}

#[test]
fn without_an_offer_ours_goes_out_with_the_200() {
    for (sdp, reason) in [
        (true, None),
        (false, Some(EndReason::Media(MediaFault::Negotiation))),
    ] {
        let mut world = ready();
        // The harness's own far end must not hear of this call.
        world.server.deaf = true;
        world.raw("INVITE sip:asha@sandbox.test", "", "1 INVITE", "");
        world.shows(Incoming);
        world.asked(1, &[]);
        world.answer(1);
        world.shows(Answering);
        let ok = said(&world, "SIP/2.0 200").unwrap();
        assert!(ok.contains("a=sendrecv"));
        let answer = if sdp {
            page::offer(Direction::SendRecv)
        } else {
            String::new()
        };
        world.raw("ACK sip:asha@sandbox.test", &to_tag(&ok), "1 ACK", &answer);
        match reason {
            None => {
                world.shows(Established);
                world.asked(1, &["offer", "remote"]);
            }
            Some(reason) => {
                world.ended(reason);
                assert!(said(&world, "BYE").is_some());
            }
        }
    }
}

#[test]
fn a_change_without_an_offer_gets_ours() {
    let mut world = ready();
    world.server.deaf = true;
    world.raw(
        "INVITE sip:asha@sandbox.test",
        "",
        "1 INVITE",
        &page::offer(Direction::SendRecv),
    );
    world.answer(1);
    let tag = to_tag(&said(&world, "SIP/2.0 200").unwrap());
    world.raw("ACK sip:asha@sandbox.test", &tag, "1 ACK", "");
    world.shows(Established);
    world.raw("INVITE sip:asha@sandbox.test", &tag, "2 INVITE", "");
    world.wait(MOMENT);
    world.raw(
        "ACK sip:asha@sandbox.test",
        &tag,
        "2 ACK",
        &page::offer(Direction::SendOnly),
    );
    assert!(world.view.call.as_ref().unwrap().held_by_peer);
    world.asked(1, &["prepare", "answer prepared", "offer", "remote"]);
    // The far end takes its next one back before the page has answered.
    world.page(1).silent = true;
    world.raw(
        "INVITE sip:asha@sandbox.test",
        &tag,
        "3 INVITE",
        &page::offer(Direction::SendRecv),
    );
    world.raw("CANCEL sip:asha@sandbox.test", &tag, "3 CANCEL", "");
    world.wait(MOMENT);
    world.shows(Established);
    world.page(1).silent = false;
    world.raw("BYE sip:asha@sandbox.test", &tag, "4 BYE", "");
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn no_microphone_refuses_the_call() {
    for (fault, status) in [(MediaFault::DeniedBySite, 480), (MediaFault::Negotiation, 488)] {
        let mut world = ready();
        let leg = world.rings();
        world.page(1).fault = Some(fault.clone());
        world.answer(1);
        world.ended(EndReason::Media(fault));
        assert_eq!(rejected(world.far_end(leg)), Some(status));
    }
}

#[test]
fn a_page_that_never_answers_fails_the_call() {
    let mut world = ready();
    let leg = world.rings();
    world.page(1).silent = true;
    world.answer(1);
    // The browser may be asking for the microphone: that takes the time it takes.
    world.wait(44_000);
    world.shows(Answering);
    world.wait(1_000);
    world.ended(EndReason::Media(MediaFault::NoReply));
    assert_eq!(rejected(world.far_end(leg)), Some(480));
}

#[test]
fn a_call_that_is_never_acknowledged_ends() {
    let mut world = ready();
    world.rings();
    let call = world.call();
    world.click(1, Command::Answer(call));
    world.wait(6);
    world.server.deaf = true;
    world.wait(10_000);
    world.shows(Answering);
    world.wait(30_000);
    assert!(world.view.call.is_none());
    world.ended(EndReason::LinkLost);
}

#[test]
fn hanging_up_while_answering() {
    let mut world = ready();
    let leg = world.rings();
    world.page(1).silent = true;
    world.answer(1);
    world.hang_up();
    world.ended(EndReason::HungUp);
    assert_eq!(rejected(world.far_end(leg)), Some(480));
}

#[test]
fn hanging_up_before_the_ack_sends_bye_after_it() {
    let mut world = ready();
    let leg = world.rings();
    let call = world.call();
    world.click(1, Command::Answer(call));
    world.wait(6);
    world.click(1, Command::HangUp(call));
    world.wait(MOMENT);
    world.ended(EndReason::HungUp);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
}
