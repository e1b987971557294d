//! Several pages and one phone; and what is said on the socket that is no SIP.

use phone::{CallState::*, Command, EndReason, MediaFault};
use sip::sdp::Direction;
use sip::{EndCause, Instant};

use crate::page;
use crate::steps::{MOMENT, ready, talking};

#[test]
fn two_pages_ring_and_one_answers() {
    let mut world = ready();
    world.attach(2);
    world.rings();
    world.asked(1, &["prepare"]);
    world.asked(2, &["prepare"]);
    world.attach(3);
    world.asked(3, &["prepare"]);
    world.answer(2);
    world.shows(Established);
    world.asked(1, &["prepare", "close"]);
    world.asked(2, &["prepare", "answer prepared"]);
    world.asked(3, &["prepare", "close"]);
    assert_eq!(world.view.call.as_ref().unwrap().owner, Some(phone::PageId(2)));
    // The other page may still steer it.
    world.hang_up();
    world.ended(EndReason::HungUp);
    world.asked(2, &["prepare", "answer prepared", "close"]);
}

#[test]
fn the_second_click_on_answer_is_too_late() {
    let mut world = ready();
    world.attach(2);
    world.rings();
    let call = world.call();
    world.click(2, Command::Answer(call));
    world.click(1, Command::Answer(call));
    world.click(1, Command::Decline(call));
    world.wait(MOMENT);
    world.shows(Established);
    assert_eq!(world.view.call.as_ref().unwrap().owner, Some(phone::PageId(2)));
}

#[test]
fn a_page_that_came_after_the_ringing_gets_the_offer_again() {
    let mut world = ready();
    world.leave(1);
    world.rings();
    world.attach(2);
    world.asked(2, &["prepare"]);
    world.answer(2);
    world.shows(Established);
}

#[test]
fn the_owner_closes() {
    let mut world = ready();
    world.attach(2);
    let leg = world.rings();
    world.answer(2);
    world.leave(2);
    world.wait(MOMENT);
    world.ended(EndReason::PageClosed);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
    world.is(phone::LinkView::Ready);
}

#[test]
fn another_page_closes() {
    let mut world = ready();
    world.attach(2);
    world.rings();
    world.answer(2);
    world.leave(1);
    world.wait(MOMENT);
    world.shows(Established);
}

#[test]
fn media_news_of_others_is_ignored() {
    let mut world = ready();
    world.attach(2);
    world.rings();
    world.answer(2);
    let call = world.call();
    let fault = phone::MediaEvent::Failed(MediaFault::NoDevice);
    world.input(phone::Input::Media(phone::PageId(1), call, fault.clone()));
    world.input(phone::Input::Media(phone::PageId(2), phone::CallId(99), fault));
    world.wait(MOMENT);
    world.shows(Established);
}

#[test]
fn garbage_on_the_socket_changes_nothing() {
    let (mut world, leg) = talking();
    for frame in [
        "",
        "x",
        "\r\n",
        "INVITE",
        "SIP/2.0 200 OK\r\n\r\n",
        "BYE sip:asha SIP/2.0\r\n\r\n",
    ] {
        world.input(phone::Input::Socket(phone::SocketEvent::Text(frame.to_owned())));
    }
    world.input(phone::Input::Socket(phone::SocketEvent::Binary(vec![
        0, 255, 13, 10,
    ])));
    world.wait(MOMENT);
    world.shows(Established);
    world.is(phone::LinkView::Ready);
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn a_binary_frame_is_as_good_as_text() {
    let mut world = ready();
    let target = sip::Uri::parse("sip:asha@sandbox.test").unwrap();
    let offer = page::offer(Direction::SendRecv);
    world
        .server
        .ua
        .invite(Instant(world.now), target, offer, &[])
        .unwrap();
    world.server.drain(world.now);
    let invite = world.server.out.remove(0);
    world.input(phone::Input::Socket(phone::SocketEvent::Binary(
        invite.into_bytes(),
    )));
    world.shows(Incoming);
}
