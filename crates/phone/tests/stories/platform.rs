//! Calls placed through the platform: which INVITE is our own leg, and when the customer is on it.

use phone::view::LegView;
use phone::{
    CallState::*, Command, EndReason, Input, LegReport, Mark, MediaEvent, Outcome, Output, PageId, Stage,
    StreamEvent,
};
use sip::EndCause;
use sip::sdp::Direction;

use crate::page;
use crate::steps::{MOMENT, fresh, ready};
use crate::told::{inbound, outbound};
use crate::world::World;

pub(crate) const KEY: &str = "click-1";
pub(crate) const OURS: &str = "sid-out";

/// A registered phone with news, whose agent has just clicked *Call*.
pub(crate) fn placing() -> World {
    let mut world = ready();
    world.input(Input::Session(true));
    world.input(Input::Stream(StreamEvent::Open));
    world.place();
    world
}

impl World {
    pub(crate) fn place(&mut self) {
        let (key, number) = (String::from(KEY), String::from("080 4040 8080"));
        self.click(1, Command::Place { key, number });
    }

    pub(crate) fn placed(&mut self) {
        let (key, sid) = (String::from(KEY), String::from(OURS));
        self.click(1, Command::Placed { key, sid });
        self.wait(MOMENT);
    }

    pub(crate) fn unknown(&mut self) {
        let (key, words) = (String::from(KEY), String::from("It did not answer."));
        self.click(1, Command::PlaceUnknown { key, words });
        self.wait(MOMENT);
    }

    pub(crate) fn invited(&mut self, sid: &str) -> sip::CallId {
        self.rings_with(page::offer(Direction::SendRecv), &[("X-Exotel-Callsid", sid)])
    }

    fn leg_view(&self) -> LegView {
        self.view.call.as_ref().expect("a call").leg
    }

    fn orders(&self) -> usize {
        let order = |output: &&Output| matches!(output, Output::Place { .. });
        self.outputs.iter().filter(order).count()
    }
}

pub(crate) fn status(world: &World, leg: sip::CallId) -> Option<u16> {
    match world.far_end(leg) {
        Some(EndCause::Rejected { status, .. }) => Some(status),
        _ => None,
    }
}

fn unsure() -> EndReason {
    EndReason::PlaceUnknown {
        words: String::from("It did not answer."),
    }
}

#[test]
fn the_reply_comes_first() {
    let mut world = placing();
    world.shows(OutgoingInitiated);
    let order = world.outputs.iter().find_map(|output| match output {
        Output::Place { page, key, number } => Some((*page, key.as_str(), number.as_str())),
        _ => None,
    });
    assert_eq!(order, Some((PageId(1), KEY, "080 4040 8080")));
    world.placed();
    world.shows(OutgoingInitiated);
    assert_eq!(world.leg_view(), LegView::Away);
    world.invited(OURS);
    world.shows(Ringing);
    assert_eq!(world.leg_view(), LegView::Alone);
    world.input(Input::News(outbound(OURS, 2, Stage::Answered)));
    world.shows(Established);
    assert_eq!(world.view.call.as_ref().unwrap().established, Some(world.now));
    assert_eq!(
        world.states,
        [OutgoingInitiated, Connecting, Ringing, Established]
    );
    world.asked(1, &["answer"]);
    world.wait(65_000);
    world.hang_up();
    world.ended(EndReason::HungUp);
    assert_eq!(world.view.ended.as_ref().unwrap().talked, 65);
    world.no_missed();
    assert_eq!(
        world.marks,
        [Mark::PhoneReady, Mark::AnswerSent, Mark::Connected, Mark::Ended]
    );
    world.reported(OURS, &[LegReport::Answered]);
}

#[test]
fn the_invite_comes_first() {
    let mut world = placing();
    let leg = world.invited(OURS);
    world.shows(OutgoingInitiated);
    // The page gets ready meanwhile, without the microphone.
    world.asked(1, &["prepare"]);
    world.placed();
    world.shows(Ringing);
    world.asked(1, &["prepare", "answer prepared"]);
    assert!(!world.states.contains(&Incoming));
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
    // The server says why, a moment later.
    let news = outbound(OURS, 3, Stage::Over(Outcome::CustomerUnanswered));
    world.input(Input::News(news));
    world.ended(EndReason::NoAnswer);
    world.no_missed();
}

#[test]
fn strangers_are_busy_in_the_meantime() {
    let mut world = placing();
    let stranger = world.invited("sid-1");
    let nameless = world.rings_with(page::offer(Direction::SendRecv), &[]);
    assert_eq!(status(&world, nameless), Some(486));
    assert_eq!(status(&world, stranger), None);
    let own = world.invited(OURS);
    world.placed();
    assert_eq!(status(&world, stranger), Some(486));
    world.shows(Ringing);
    // What was prepared was the stranger's.
    world.asked(1, &["prepare", "close", "answer"]);
    let late = world.invited("sid-2");
    assert_eq!(status(&world, late), Some(486));
    assert_eq!(world.view.missed.len(), 3);
    assert!(world.view.missed.iter().all(|missed| missed.busy));
    assert_eq!(world.far_end(own), None);
}

#[test]
fn a_stranger_the_server_knows_does_not_wait_for_the_reply() {
    let mut world = placing();
    let stranger = world.invited("sid-1");
    assert_eq!(status(&world, stranger), None);
    world.input(Input::News(inbound("sid-1", 1, Stage::Begun)));
    world.wait(MOMENT);
    assert_eq!(status(&world, stranger), Some(486));
    world.missed(true);
    world.shows(OutgoingInitiated);
    world.placed();
    world.invited(OURS);
    world.shows(Ringing);
}

#[test]
fn a_refusal_says_why_and_who_waited_rings() {
    let mut world = placing();
    world.invited("sid-1");
    let words = String::from("User device is currently busy");
    world.click(
        1,
        Command::PlaceRefused {
            key: String::from(KEY),
            words: words.clone(),
        },
    );
    assert_eq!(
        world.view.ended.as_ref().map(|ended| &ended.reason),
        Some(&EndReason::PlaceRefused { words })
    );
    world.shows(Incoming);
    assert_eq!(world.leg_view(), LegView::Here);
    world.answer(1);
    world.shows(Established);
}

#[test]
fn an_unknown_outcome_ends_by_itself() {
    let mut world = placing();
    world.unknown();
    world.wait(29_000);
    world.shows(OutgoingInitiated);
    world.wait(1_000);
    world.ended(unsure());
}

#[test]
fn after_an_unknown_outcome_nothing_is_answered_on_a_guess() {
    for early in [true, false] {
        let mut world = placing();
        if early {
            world.invited(OURS);
        }
        world.unknown();
        if !early {
            world.invited(OURS);
        }
        world.shows(Incoming);
        assert_eq!(
            world.view.ended.as_ref().map(|ended| &ended.reason),
            Some(&unsure())
        );
        world.answer(1);
        world.shows(Established);
        // It was our own leg after all.
        world.input(Input::News(outbound(OURS, 2, Stage::Begun)));
        let call = world.view.call.as_ref().unwrap();
        assert_eq!(call.way, phone::view::Way::Out);
        world.shows(Established);
    }
}

#[test]
fn after_an_unknown_outcome_the_server_may_know_our_leg() {
    for early in [true, false] {
        let mut world = placing();
        if early {
            world.invited(OURS);
        }
        world.input(Input::News(outbound(OURS, 1, Stage::Begun)));
        world.unknown();
        if !early {
            world.invited(OURS);
        }
        world.shows(Ringing);
        assert!(!world.states.contains(&Incoming));
        world.input(Input::News(outbound(OURS, 2, Stage::Answered)));
        world.shows(Established);
    }
}

#[test]
fn a_repeat_of_the_click_may_still_learn_the_outcome() {
    let mut world = placing();
    world.unknown();
    world.placed();
    world.invited(OURS);
    world.shows(Ringing);
}

#[test]
fn without_news_the_line_is_open_and_no_more_is_claimed() {
    let mut world = placing();
    world.placed();
    world.input(Input::Stream(StreamEvent::Closed));
    world.wait(1_000);
    world.input(Input::Stream(StreamEvent::Closed));
    let leg = world.invited(OURS);
    world.shows(Connecting);
    assert_eq!(world.leg_view(), LegView::Alone);
    // A menu may be listening.
    let call = world.call();
    world.click(1, Command::Digit(call, '1'));
    world.wait(MOMENT);
    assert_eq!(world.server.digits, "1");
    // The news come back and say what was missed.
    world.wait(2_000);
    world.input(Input::Stream(StreamEvent::Open));
    world.shows(Ringing);
    world.input(Input::News(outbound(OURS, 2, Stage::Answered)));
    world.shows(Established);
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn an_answer_told_before_the_leg_is_up_is_not_forgotten() {
    let mut world = placing();
    world.placed();
    world.page(1).silent = true;
    world.invited(OURS);
    world.shows(Connecting);
    world.input(Input::News(outbound(OURS, 2, Stage::Answered)));
    world.shows(Connecting);
    world.page(1).silent = false;
    world.audio(MediaEvent::Answer(page::offer(Direction::SendRecv)));
    world.shows(Established);
}

#[test]
fn the_server_says_that_it_is_over() {
    for (outcome, reason) in [
        (Outcome::CustomerUnanswered, EndReason::NoAnswer),
        (Outcome::NotDialled, EndReason::NotDialled),
        (Outcome::AgentUnanswered, EndReason::OwnLegUnanswered),
        (Outcome::AgentCancelled, EndReason::Cancelled),
    ] {
        for legs in [0, 1] {
            let mut world = placing();
            world.placed();
            let leg = (legs > 0).then(|| world.invited(OURS));
            world.input(Input::News(outbound(OURS, 2, Stage::Over(outcome))));
            world.wait(MOMENT);
            world.ended(reason.clone());
            if let Some(leg) = leg {
                assert_eq!(world.far_end(leg), Some(EndCause::Bye));
            }
        }
    }
}

#[test]
fn a_talk_is_not_ended_by_news() {
    let mut world = placing();
    world.placed();
    let leg = world.invited(OURS);
    world.input(Input::News(outbound(OURS, 2, Stage::Answered)));
    world.input(Input::News(outbound(OURS, 3, Stage::Over(Outcome::Completed))));
    world.shows(Established);
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn it_goes_on_at_the_telephone() {
    let mut world = placing();
    world.placed();
    world.input(Input::News(outbound(OURS, 2, Stage::Answered)));
    world.ended(EndReason::AnsweredElsewhere);
}

#[test]
fn a_leg_that_never_comes() {
    let mut world = placing();
    world.placed();
    world.wait(119_000);
    world.shows(OutgoingInitiated);
    world.wait(1_000);
    world.ended(EndReason::OwnLegUnanswered);
}

#[test]
fn a_page_that_never_replies() {
    let mut world = placing();
    world.wait(100_000);
    world.ended(EndReason::PlaceUnknown { words: String::new() });
}

#[test]
fn placing_needs_registration_a_free_line_and_a_number() {
    use phone::view::Refusal;
    let mut world = fresh();
    world.place();
    world.refuses(Refusal::NotReady);
    let mut world = ready();
    let (key, number) = (String::from(KEY), String::from("  "));
    world.click(1, Command::Place { key, number });
    world.refuses(Refusal::BadNumber);
    world.place();
    world.shows(OutgoingInitiated);
    world.place();
    world.refuses(Refusal::InCall);
    assert_eq!(world.orders(), 1);
}

#[test]
fn no_microphone_refuses_our_own_leg() {
    let mut world = placing();
    world.placed();
    world.page(1).fault = Some(phone::MediaFault::DeniedBySite);
    let leg = world.invited(OURS);
    world.ended(EndReason::Media(phone::MediaFault::DeniedBySite));
    assert_eq!(status(&world, leg), Some(480));
    world.no_missed();
}
