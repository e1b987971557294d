//! Calls whose socket dies under them.

use phone::{CallState::*, Command, EndReason, Input, LinkFault, LinkView, Output, SocketEvent};
use sip::EndCause;
use sip::sdp::Direction;

use crate::page::offer;
use crate::steps::{MOMENT, fresh, ready, talking};

#[test]
fn a_call_survives_a_broken_socket_and_the_far_end_finds_us() {
    let (mut world, leg) = talking();
    world.wait(20_000);
    world.cut();
    world.shows(Established);
    world.wait(MOMENT);
    world.is(LinkView::Ready);
    world.shows(Established);
    world.asked(1, &["prepare", "answer prepared", "offer", "remote"]);
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn a_held_call_stays_held_over_a_broken_socket() {
    let (mut world, leg) = talking();
    world.hold(true);
    world.cut();
    world.wait(MOMENT);
    assert!(world.view.call.as_ref().unwrap().held);
    assert!(world.server.ua.session(leg).unwrap().remote_hold());
    world.hold(false);
    assert!(!world.view.call.as_ref().unwrap().held);
}

#[test]
fn two_minutes_without_signalling() {
    let (mut world, leg) = talking();
    world.up = false;
    world.cut();
    world.wait(120_000);
    world.shows(Established);
    world.up = true;
    world.input(Input::Online);
    world.wait(MOMENT);
    world.is(LinkView::Ready);
    world.hold(true);
    assert!(world.server.ua.session(leg).unwrap().remote_hold());
    world.hang_up();
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
}

#[test]
fn hanging_up_without_a_link_is_made_good_later() {
    let (mut world, leg) = talking();
    world.up = false;
    world.cut();
    world.wait(10_000);
    let call = world.call();
    world.click(1, Command::HangUp(call));
    world.ended(EndReason::HungUp);
    world.wait(30_000);
    assert_eq!(world.far_end(leg), None);
    world.up = true;
    world.input(Input::Online);
    world.wait(MOMENT);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
}

#[test]
fn the_socket_breaks_under_a_hang_up() {
    let (mut world, leg) = talking();
    let call = world.call();
    world.click(1, Command::HangUp(call));
    world.cut();
    world.ended(EndReason::HungUp);
    world.wait(MOMENT);
    world.is(LinkView::Ready);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
}

#[test]
fn the_socket_breaks_while_dialling() {
    for step in 0..4 {
        let mut world = ready();
        world.wait(20_000);
        world.click(1, Command::Dial(String::from("1001")));
        match step {
            0 => {}
            1 => world.wait(MOMENT),
            2 => {
                world.wait(MOMENT);
                world.far_rings();
            }
            _ => {
                world.wait(MOMENT);
                world.far_plays();
            }
        }
        world.up = false;
        world.cut();
        world.wait(MOMENT);
        world.ended(EndReason::LinkLost);
        world.up = true;
        world.input(Input::Online);
        world.wait(MOMENT);
        world.dial("1001");
        world.far_answers();
        world.shows(Established);
    }
}

#[test]
fn a_ringing_call_outlives_its_socket_for_a_moment() {
    let mut world = ready();
    world.wait(20_000);
    world.rings();
    world.up = false;
    world.cut();
    world.wait(9_000);
    world.shows(Incoming);
    world.wait(1_000);
    world.ended(EndReason::LinkLost);
    world.missed(false);
}

#[test]
fn a_caller_who_tries_again_over_the_next_socket_goes_on_ringing() {
    let mut world = ready();
    world.wait(20_000);
    world.raw(
        "INVITE sip:asha@sandbox.test",
        "",
        "1 INVITE",
        &offer(Direction::SendRecv),
    );
    let call = world.call();
    world.cut();
    world.wait(MOMENT);
    world.is(LinkView::Ready);
    let leg = world.rings();
    world.shows(Incoming);
    assert_eq!(world.call(), call);
    world.no_missed();
    world.answer(1);
    world.shows(Established);
    assert_eq!(world.far_end(leg), None);
    world.asked(1, &["prepare", "close", "prepare", "answer prepared"]);
}

#[test]
fn another_caller_over_the_next_socket_rings_anew() {
    let mut world = ready();
    world.wait(20_000);
    world.rings();
    let first = world.call();
    let invite = offer(Direction::SendRecv);
    world.cut();
    // The next socket is open; nothing has come over it yet.
    world.wait(15);
    world.shows(Incoming);
    world.raw_from("ravi", "INVITE sip:asha@sandbox.test", "", "1 INVITE", &invite);
    assert_ne!(world.call(), first);
    world.missed(false);
    world.shows(Incoming);
}

#[test]
fn an_orphaned_call_can_be_answered_over_the_next_socket() {
    let mut world = ready();
    world.wait(20_000);
    world.raw(
        "INVITE sip:asha@sandbox.test",
        "",
        "1 INVITE",
        &offer(Direction::SendRecv),
    );
    world.cut();
    world.wait(MOMENT);
    world.server.deaf = true;
    world.answer(1);
    world.shows(Answering);
    let tag = world.outputs.iter().rev().find_map(|output| match output {
        Output::Send(text) if text.starts_with("SIP/2.0 200") => text
            .lines()
            .find(|line| line.starts_with("To:"))
            .and_then(|to| to.split_once(">"))
            .map(|(_, tag)| tag.to_owned()),
        _ => None,
    });
    world.raw("ACK sip:asha@sandbox.test", &tag.unwrap(), "1 ACK", "");
    world.shows(Established);
}

#[test]
fn the_socket_breaks_while_answering() {
    let mut world = ready();
    world.wait(20_000);
    world.rings();
    let call = world.call();
    world.click(1, Command::Answer(call));
    world.wait(6);
    world.cut();
    world.wait(60_000);
    // The 200 is said again over the next socket; the caller's side has given up and hangs up.
    world.ended(EndReason::RemoteHungUp);
    world.is(LinkView::Ready);
}

#[test]
fn a_password_revoked_during_a_call_lets_it_finish() {
    let (mut world, leg) = talking();
    world.server.password = "changed";
    world.wait(300_000);
    world.is(LinkView::Refused(LinkFault::WrongPassword));
    world.shows(Established);
    world.hang_up();
    world.ended(EndReason::HungUp);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
    world.is(LinkView::Refused(LinkFault::WrongPassword));
    assert_eq!(world.connects.len(), 1);
}

#[test]
fn news_of_no_socket_is_harmless() {
    let mut world = fresh();
    for event in [
        SocketEvent::Open,
        SocketEvent::Text(String::from("x")),
        SocketEvent::Closed(1000),
    ] {
        world.input(Input::Socket(event));
    }
    for input in [Input::Online, Input::Offline, Input::Tick] {
        world.input(input);
    }
    world.click(1, Command::Retry);
    world.click(1, Command::Disconnect);
    world.wait(MOMENT);
    world.is(LinkView::Idle);
}
