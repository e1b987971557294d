//! Calls placed through the platform and given up: their legs may still come, and must not ring as a caller's.

use phone::{CallState::*, Command, EndReason, Input, LegReport, Outcome, Stage, StreamEvent};

use crate::platform::{KEY, OURS, placing, status};
use crate::steps::{MOMENT, ready};
use crate::told::outbound;

#[test]
fn hanging_up_before_the_reply_refuses_the_leg() {
    for early in [true, false] {
        let mut world = placing();
        let leg = early.then(|| world.invited(OURS));
        world.hang_up();
        world.shows(Ending);
        world.placed();
        world.ended(EndReason::Cancelled);
        let leg = leg.unwrap_or_else(|| world.invited(OURS));
        assert_eq!(status(&world, leg), Some(486));
        assert!(world.view.call.is_none());
        world.no_missed();
    }
}

#[test]
fn hanging_up_before_the_leg_refuses_it() {
    let mut world = placing();
    world.placed();
    world.hang_up();
    world.ended(EndReason::Cancelled);
    let leg = world.invited(OURS);
    assert_eq!(status(&world, leg), Some(486));
    world.no_missed();
    world.reported(OURS, &[LegReport::Declined]);
}

#[test]
fn hanging_up_an_attempt_nobody_knows_of() {
    let mut world = placing();
    world.unknown();
    world.hang_up();
    world.ended(EndReason::Cancelled);
}

#[test]
fn hanging_up_our_own_leg_at_each_step() {
    for answered in [false, true] {
        let mut world = placing();
        world.placed();
        world.page(1).silent = !answered;
        let leg = world.invited(OURS);
        world.shows(if answered { Ringing } else { Connecting });
        world.hang_up();
        world.ended(EndReason::Cancelled);
        assert!(world.far_end(leg).is_some());
    }
}

#[test]
fn a_new_call_need_not_wait_for_the_reply_to_one_given_up() {
    let mut world = placing();
    world.hang_up();
    world.shows(Ending);
    world.dial("1001");
    world.shows(OutgoingInitiated);
    assert_eq!(world.view.ended.as_ref().unwrap().reason, EndReason::Cancelled);
    // The late reply tells which leg is not wanted.
    world.placed();
    world.far_answers();
    world.shows(Established);
    world.hang_up();
    let leg = world.invited(OURS);
    assert_eq!(status(&world, leg), Some(486));
}

#[test]
fn a_leg_that_gave_up_before_the_reply_is_not_missed() {
    let mut world = placing();
    let leg = world.invited(OURS);
    world.far_hangs_up(leg);
    assert_eq!(world.view.missed.len(), 1);
    world.placed();
    world.no_missed();
    world.input(Input::News(outbound(
        OURS,
        2,
        Stage::Over(Outcome::AgentUnanswered),
    )));
    world.ended(EndReason::OwnLegUnanswered);
}

#[test]
fn the_page_that_placed_it_closes() {
    let mut world = placing();
    world.attach(2);
    world.invited("sid-1");
    world.leave(1);
    assert_eq!(world.view.ended.as_ref().unwrap().reason, EndReason::PageClosed);
    // Whoever waited rings in the other one.
    world.shows(Incoming);
    world.asked(2, &["prepare"]);
}

#[test]
fn signing_out_ends_it_and_refuses_who_waits() {
    let mut world = placing();
    let stranger = world.invited("sid-1");
    world.click(1, Command::Disconnect);
    world.wait(MOMENT);
    assert!(world.view.call.is_none());
    assert!(status(&world, stranger).is_some());
    world.pages_let_go();
}

#[test]
fn a_leg_that_waits_is_refused_when_the_agent_calls_somebody_else() {
    let mut world = placing();
    let leg = world.invited(OURS);
    let caller = world.invited("sid-1");
    world.hang_up();
    world.dial("1001");
    assert_eq!(status(&world, leg), Some(486));
    assert!(status(&world, caller).is_some());
    world.shows(OutgoingInitiated);
    world.no_missed();
    world.placed();
    world.shows(OutgoingInitiated);
}

#[test]
fn a_leg_that_waits_is_refused_when_the_reply_takes_too_long() {
    let mut world = placing();
    let leg = world.invited(OURS);
    world.hang_up();
    world.wait(10_000);
    world.ended(EndReason::Cancelled);
    assert_eq!(status(&world, leg), Some(486));
    assert!(!world.states.contains(&Incoming));
}

#[test]
fn a_late_reply_stops_the_ringing_of_the_leg_it_names() {
    let mut world = placing();
    world.hang_up();
    world.wait(10_000);
    let leg = world.invited(OURS);
    world.shows(Incoming);
    world.placed();
    world.ended(EndReason::Cancelled);
    assert_eq!(status(&world, leg), Some(486));
    world.no_missed();
}

#[test]
fn who_waited_rings_once_the_server_says_that_nothing_was_placed() {
    let mut world = placing();
    world.invited("sid-1");
    world.hang_up();
    let (key, words) = (String::from(KEY), String::new());
    world.click(1, Command::PlaceRefused { key, words });
    world.shows(Incoming);
}

#[test]
fn a_leg_is_refused_once_its_attempt_is_over() {
    for page in [true, false] {
        let mut world = placing();
        world.attach(2);
        world.placed();
        if page {
            world.leave(1);
        } else {
            world.wait(120_000);
        }
        assert!(world.view.call.is_none());
        let leg = world.invited(OURS);
        assert_eq!(status(&world, leg), Some(486));
        assert!(world.view.call.is_none());
        world.no_missed();
        world.reported(OURS, &[LegReport::Declined]);
    }
}

#[test]
fn what_is_not_wanted_is_refused_once_and_not_for_ever() {
    for late in [true, false] {
        let mut world = placing();
        world.placed();
        world.hang_up();
        if late {
            world.wait(60_000);
        } else {
            world.invited(OURS);
            assert!(world.view.call.is_none());
        }
        world.invited(OURS);
        world.shows(Incoming);
    }
}

#[test]
fn a_call_placed_on_another_machine_does_not_ring_here() {
    for news_first in [true, false] {
        let mut world = ready();
        world.input(Input::Session(true));
        world.input(Input::Stream(StreamEvent::Open));
        let news = Input::News(outbound(OURS, 1, Stage::Begun));
        if news_first {
            world.input(news.clone());
        }
        let leg = world.invited(OURS);
        if !news_first {
            world.shows(Incoming);
            world.input(news);
            world.wait(MOMENT);
        }
        assert!(world.view.call.is_none() && world.view.ended.is_none());
        assert_eq!(world.states.contains(&Incoming), !news_first);
        assert_eq!(status(&world, leg), Some(480));
        world.pages_let_go();
        world.no_missed();
        world.reported(OURS, &[]);
    }
}
