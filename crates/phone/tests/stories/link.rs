//! Registering, losing the link and getting it back.

use phone::{CallState::*, Command, EndReason, Input, LinkFault, LinkView, Mark, Output, SocketEvent};
use sip::EndCause;
use sip::sdp::Direction;

use crate::page::offer;
use crate::steps::{MOMENT, account, fresh, ready, talking};

#[test]
fn signing_in_registers_once() {
    let mut world = fresh();
    world.click(1, Command::Connect(account()));
    world.is(LinkView::Connecting);
    world.wait(MOMENT);
    world.is(LinkView::Ready);
    assert_eq!(world.view.address.as_deref(), Some("sip:asha@sandbox.test"));
    assert_eq!(world.server.registers, [300]);
    assert_eq!(world.links, ["Idle", "Connecting", "Ready"]);
    assert_eq!(world.marks, [Mark::PhoneReady]);
}

#[test]
fn the_registration_is_refreshed_and_stays_ready() {
    let mut world = ready();
    world.wait(3_600_000);
    world.is(LinkView::Ready);
    assert_eq!(world.links, ["Idle", "Connecting", "Ready"]);
    assert_eq!(world.marks, [Mark::PhoneReady]);
    assert_eq!(world.connects.len(), 1);
    assert!(world.server.registers.len() > 10);
}

#[test]
fn signing_in_again_with_the_same_account_changes_nothing() {
    let (mut world, _) = talking();
    world.attach(2);
    world.click(2, Command::Connect(account()));
    world.wait(MOMENT);
    world.shows(Established);
    assert_eq!(world.connects.len(), 1);
}

#[test]
fn another_account_replaces_the_first() {
    let (mut world, leg) = talking();
    let mut other = account();
    other.address = String::from("ravi@sandbox.test");
    world.click(1, Command::Connect(other));
    world.wait(MOMENT);
    world.ended(EndReason::HungUp);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
    world.is(LinkView::Ready);
    assert_eq!(world.view.address.as_deref(), Some("sip:ravi@sandbox.test"));
    assert_eq!(world.server.registers, [300, 0, 300]);
}

#[test]
fn signing_out_unregisters_and_closes() {
    let mut world = ready();
    world.click(1, Command::Disconnect);
    world.is(LinkView::Idle);
    world.wait(MOMENT);
    assert_eq!(world.server.registers, [300, 0]);
    assert_eq!(world.view.address, None);
    assert_eq!(world.marks, [Mark::PhoneReady, Mark::PhoneLost]);
    world.wait(600_000);
    assert_eq!(world.connects.len(), 1);
    world.is(LinkView::Idle);
}

#[test]
fn signing_out_does_not_wait_for_a_silent_server() {
    let mut world = ready();
    world.server.deaf = true;
    world.click(1, Command::Disconnect);
    assert!(world.view.address.is_some());
    world.wait(2_000);
    assert_eq!(world.view.address, None);
}

#[test]
fn a_call_coming_while_signing_out_is_turned_away() {
    let mut world = ready();
    world.server.no_registrar = true;
    world.click(1, Command::Disconnect);
    world.wait(MOMENT);
    let leg = world.rings();
    assert!(matches!(
        world.far_end(leg),
        Some(EndCause::Rejected { status: 480, .. })
    ));
    world.no_missed();
}

#[test]
fn a_wrong_password_is_said_once() {
    let mut world = fresh();
    world.server.password = "another";
    world.click(1, Command::Connect(account()));
    world.wait(600_000);
    world.is(LinkView::Refused(LinkFault::WrongPassword));
    assert_eq!(world.connects.len(), 1);
    world.input(Input::Offline);
    world.input(Input::Online);
    world.wait(600_000);
    assert_eq!(world.connects.len(), 1);
    // The agent corrects it.
    world.server.password = "s3cret";
    world.click(1, Command::Connect(account()));
    world.wait(MOMENT);
    world.is(LinkView::Ready);
}

#[test]
fn forbidden_and_not_found_end_the_attempts() {
    for (status, phrase) in [(403, "Forbidden"), (404, "Not Found")] {
        let mut world = fresh();
        world.server.refuses = Some((status, None));
        world.click(1, Command::Connect(account()));
        world.wait(600_000);
        world.is(LinkView::Refused(LinkFault::Refused {
            status,
            phrase: phrase.to_owned(),
        }));
        assert_eq!(world.connects.len(), 1);
        world.server.refuses = None;
        world.click(1, Command::Retry);
        world.wait(MOMENT);
        world.is(LinkView::Ready);
    }
}

#[test]
fn other_refusals_are_tried_again_with_growing_waits() {
    let mut world = fresh();
    world.server.refuses = Some((500, None));
    world.click(1, Command::Connect(account()));
    world.wait(MOMENT);
    assert!(matches!(
        world.view.link,
        LinkView::Waiting {
            fault: LinkFault::Refused { status: 500, .. },
            ..
        }
    ));
    world.wait(600_000);
    let tries = world.links.iter().filter(|link| *link == "Waiting").count();
    assert!((10..60).contains(&tries), "{tries} tries in ten minutes");
    world.server.refuses = None;
    world.wait(61_000);
    world.is(LinkView::Ready);
    assert_eq!(world.connects.len(), 1);
}

#[test]
fn retry_after_is_honoured() {
    let mut world = fresh();
    world.server.refuses = Some((503, Some(90)));
    world.click(1, Command::Connect(account()));
    world.wait(MOMENT);
    world.server.refuses = None;
    world.input(Input::Online);
    world.wait(89_000);
    assert!(matches!(world.view.link, LinkView::Waiting { .. }));
    world.wait(2_000);
    world.is(LinkView::Ready);
}

#[test]
fn bad_addresses_are_told_at_once() {
    for (server, address, fault) in [
        (
            "https://sandbox.test",
            "asha@sandbox.test",
            LinkFault::BadServerAddress,
        ),
        ("", "asha@sandbox.test", LinkFault::BadServerAddress),
        ("wss://sandbox.test", "asha", LinkFault::BadSipAddress),
    ] {
        let mut world = fresh();
        let mut account = account();
        account.server = server.to_owned();
        account.address = address.to_owned();
        world.click(1, Command::Connect(account));
        world.is(LinkView::Refused(fault));
        assert!(world.connects.is_empty());
        world.click(1, Command::Retry);
        assert!(world.connects.is_empty());
    }
}

#[test]
fn an_unreachable_server_is_tried_again_and_found() {
    let mut world = fresh();
    world.up = false;
    world.click(1, Command::Connect(account()));
    world.wait(60_000);
    assert!(matches!(
        world.view.link,
        LinkView::Waiting {
            fault: LinkFault::Unreachable,
            ..
        }
    ));
    let tries = world.connects.len();
    assert!((4..12).contains(&tries), "{tries} tries in a minute");
    world.up = true;
    world.click(1, Command::Retry);
    world.wait(MOMENT);
    world.is(LinkView::Ready);
}

#[test]
fn a_silent_registrar_is_told_and_tried_again() {
    let mut world = fresh();
    world.server.no_registrar = true;
    world.click(1, Command::Connect(account()));
    world.wait(25_000);
    assert!(matches!(
        world.view.link,
        LinkView::Connecting
            | LinkView::Waiting {
                fault: LinkFault::NoAnswer,
                ..
            }
    ));
    world.server.no_registrar = false;
    world.wait(60_000);
    world.is(LinkView::Ready);
}

#[test]
fn a_broken_socket_comes_back_at_once() {
    let mut world = ready();
    world.wait(60_000);
    world.cut();
    world.is(LinkView::Connecting);
    assert_eq!(world.marks, [Mark::PhoneReady, Mark::PhoneLost]);
    world.wait(MOMENT);
    world.is(LinkView::Ready);
    assert_eq!(world.marks, [Mark::PhoneReady, Mark::PhoneLost, Mark::PhoneReady]);
}

#[test]
fn a_server_that_closes_at_once_is_not_hammered() {
    let mut world = ready();
    for _ in 0..200 {
        world.cut();
        world.wait(500);
    }
    assert!(
        world.connects.len() < 20,
        "{} connections in 100 s",
        world.connects.len()
    );
    world.wait(61_000);
    world.is(LinkView::Ready);
}

#[test]
fn a_flow_gone_silent_is_noticed_and_replaced() {
    let mut world = ready();
    world.wait(120_000);
    world.is(LinkView::Ready);
    world.server.deaf = true;
    world.wait(36_000);
    assert_ne!(world.view.link, LinkView::Ready);
    assert!(world.connects.len() > 1);
    world.server.deaf = false;
    world.wait(61_000);
    world.is(LinkView::Ready);
}

#[test]
fn offline_is_shown_and_online_reconnects_at_once() {
    let mut world = ready();
    world.input(Input::Offline);
    world.is(LinkView::Offline);
    assert_eq!(world.marks, [Mark::PhoneReady, Mark::PhoneLost]);
    world.wait(5_000);
    assert_eq!(world.connects.len(), 1);
    world.input(Input::Online);
    world.wait(MOMENT);
    world.is(LinkView::Ready);
}

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
