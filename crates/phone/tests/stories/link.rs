//! Registering, losing the link and getting it back.

use phone::{CallState::*, Command, EndReason, Input, LinkFault, LinkView, Mark};
use sip::EndCause;

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
