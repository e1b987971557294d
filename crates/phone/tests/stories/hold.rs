//! Hold, resume, mute, and the far end's changes.

use phone::view::Refusal;
use phone::{CallState::*, Command, EndReason, MediaEvent, MediaFault};
use sip::sdp::Direction;

use crate::steps::{MOMENT, talking};
use crate::world::World;

fn holds(world: &World) -> (bool, bool, bool) {
    let call = world.view.call.as_ref().unwrap();
    (call.held, call.held_by_peer, call.hold_pending)
}

#[test]
fn hold_and_resume() {
    let (mut world, leg) = talking();
    let call = world.call();
    world.click(1, Command::Hold(call, true));
    assert_eq!(holds(&world), (false, false, true));
    world.wait(MOMENT);
    assert_eq!(holds(&world), (true, false, false));
    assert!(world.server.ua.session(leg).unwrap().remote_hold());
    world.hold(false);
    assert_eq!(holds(&world), (false, false, false));
    assert!(!world.server.ua.session(leg).unwrap().remote_hold());
    world.asked(
        1,
        &[
            "prepare",
            "answer prepared",
            "offer hold",
            "remote",
            "offer",
            "remote",
        ],
    );
}

#[test]
fn a_change_of_mind_waits_its_turn() {
    let (mut world, _) = talking();
    let call = world.call();
    world.click(1, Command::Hold(call, true));
    world.wait(6);
    for on in [false, true, false] {
        world.click(1, Command::Hold(call, on));
    }
    assert!(holds(&world).2);
    world.wait(MOMENT);
    assert_eq!(holds(&world), (false, false, false));
    world.asked(
        1,
        &[
            "prepare",
            "answer prepared",
            "offer hold",
            "remote",
            "offer",
            "remote",
        ],
    );
}

#[test]
fn holding_twice_sends_nothing_twice() {
    let (mut world, _) = talking();
    world.hold(true);
    world.hold(true);
    world.asked(1, &["prepare", "answer prepared", "offer hold", "remote"]);
    assert_eq!(holds(&world), (true, false, false));
}

#[test]
fn a_refused_hold_is_rolled_back() {
    let (mut world, _) = talking();
    world.server.refuses_reoffers = Some(488);
    world.hold(true);
    world.refuses(Refusal::HoldRefused);
    assert_eq!(holds(&world), (false, false, false));
    world.asked(1, &["prepare", "answer prepared", "offer hold", "rollback"]);
    world.server.refuses_reoffers = None;
    world.hold(true);
    assert_eq!(world.view.refusal, None);
    assert_eq!(holds(&world), (true, false, false));
}

#[test]
fn a_hold_the_page_cannot_offer_is_refused() {
    let (mut world, _) = talking();
    world.page(1).fault = Some(MediaFault::Unsupported);
    world.hold(true);
    world.refuses(Refusal::HoldRefused);
    world.shows(Established);
    world.page(1).fault = None;
    world.page(1).silent = true;
    world.hold(true);
    assert!(holds(&world).2);
    world.wait(10_000);
    world.refuses(Refusal::HoldRefused);
    assert_eq!(holds(&world), (false, false, false));
    world.shows(Established);
}

#[test]
fn a_far_end_that_never_answers_hold() {
    let (mut world, _) = talking();
    world.server.ignores_reoffers = true;
    world.hold(true);
    assert!(holds(&world).2);
    world.wait(45_000);
    world.refuses(Refusal::HoldRefused);
    assert_eq!(holds(&world), (false, false, false));
    world.shows(Established);
    world.hang_up();
    world.ended(EndReason::HungUp);
}

#[test]
fn hold_before_the_call_is_up_is_refused() {
    let mut world = crate::steps::ready();
    world.dial("1001");
    world.hold(true);
    world.refuses(Refusal::HoldRefused);
    world.shows(OutgoingInitiated);
}

#[test]
fn the_far_end_holds_us_and_lets_go() {
    let (mut world, leg) = talking();
    world.far_offers(leg, Direction::SendOnly);
    assert_eq!(holds(&world), (false, true, false));
    world.far_offers(leg, Direction::SendRecv);
    assert_eq!(holds(&world), (false, false, false));
    world.asked(1, &["prepare", "answer prepared", "answer", "answer"]);
}

#[test]
fn both_hold() {
    let (mut world, leg) = talking();
    world.far_offers(leg, Direction::SendOnly);
    world.hold(true);
    assert_eq!(holds(&world), (true, true, false));
    world.hold(false);
    assert_eq!(holds(&world), (false, true, false));
    world.far_offers(leg, Direction::SendRecv);
    assert_eq!(holds(&world), (false, false, false));
}

#[test]
fn an_offer_the_page_cannot_answer_leaves_the_call_as_it_was() {
    let (mut world, leg) = talking();
    world.page(1).fault = Some(MediaFault::Negotiation);
    world.far_offers(leg, Direction::SendOnly);
    world.shows(Established);
    assert_eq!(holds(&world), (false, false, false));
    assert_eq!(world.far_saw("ReofferFailed"), 1);
}

#[test]
fn an_offer_the_page_never_answers_is_refused_in_time() {
    let (mut world, leg) = talking();
    world.page(1).silent = true;
    world.far_offers(leg, Direction::SendOnly);
    world.wait(10_000);
    world.shows(Established);
    assert_eq!(world.far_saw("ReofferFailed"), 1);
    world.page(1).silent = false;
    world.server.wish = Direction::SendRecv;
    world.hold(true);
    assert_eq!(holds(&world), (true, false, false));
}

#[test]
fn both_change_at_once() {
    let (mut world, leg) = talking();
    let call = world.call();
    world.click(1, Command::Hold(call, true));
    world.far_offers(leg, Direction::SendRecv);
    world.wait(10_000);
    assert_eq!(holds(&world), (true, false, false));
    world.shows(Established);
}

#[test]
fn mute_goes_to_the_owner_alone() {
    let (mut world, _) = talking();
    world.attach(2);
    let call = world.call();
    world.click(2, Command::Mute(call, true));
    assert!(world.view.call.as_ref().unwrap().muted);
    world.click(2, Command::Mute(call, false));
    assert!(!world.view.call.as_ref().unwrap().muted);
    world.asked(1, &["prepare", "answer prepared", "mute", "unmute"]);
    world.asked(2, &[]);
}

#[test]
fn silence_on_hold_is_no_disruption() {
    let (mut world, leg) = talking();
    world.audio(MediaEvent::Flowing);
    world.hold(true);
    world.audio(MediaEvent::Stalled);
    world.wait(10_000);
    world.shows(Established);
    world.hold(false);
    // Still nothing to hear: now it counts.
    world.shows(MediaDisrupted);
    world.audio(MediaEvent::Flowing);
    world.shows(Established);
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn the_microphone_dying_ends_the_call() {
    let (mut world, leg) = talking();
    world.audio(MediaEvent::Failed(MediaFault::NoDevice));
    world.ended(EndReason::Media(MediaFault::NoDevice));
    assert_eq!(world.far_end(leg), Some(sip::EndCause::Bye));
}
