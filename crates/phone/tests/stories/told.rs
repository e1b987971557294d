//! What the companion server says of inbound calls: popups, numbers, missed calls.

use phone::view::{LegView, NewsLine, Way};
use phone::{
    CallState::*, Command, EndReason, Input, LegReport, Millis, News, Outcome, Output, Stage, StreamEvent,
};
use sip::EndCause;
use sip::sdp::Direction;

use crate::page;
use crate::steps::{MOMENT, ready};
use crate::world::{START, World};

pub(crate) fn inbound(sid: &str, rev: u64, stage: Stage) -> News {
    News {
        sid: sid.to_owned(),
        rev,
        way: Way::In,
        stage,
        number: String::from("+918040408080"),
        virtual_number: String::from("+912248964000"),
        at: START,
    }
}

pub(crate) fn outbound(sid: &str, rev: u64, stage: Stage) -> News {
    News {
        way: Way::Out,
        ..inbound(sid, rev, stage)
    }
}

/// A registered phone with news.
pub(crate) fn listening() -> World {
    let mut world = ready();
    world.input(Input::Session(true));
    world.input(Input::Stream(StreamEvent::Open));
    world
}

impl World {
    pub(crate) fn says(&mut self, news: News) {
        self.input(Input::News(news));
        self.wait(MOMENT);
    }

    #[track_caller]
    pub(crate) fn reported(&self, sid: &str, reports: &[LegReport]) {
        let told: Vec<LegReport> = self
            .outputs
            .iter()
            .filter_map(|output| match output {
                Output::Report { sid: of, report } if of == sid => Some(*report),
                _ => None,
            })
            .collect();
        assert_eq!(told, reports);
    }

    /// Streams asked for, true for each that was to be opened.
    pub(crate) fn streams(&self) -> Vec<bool> {
        let stream = |output: &Output| match output {
            Output::Listen(on) => Some(*on),
            _ => None,
        };
        self.outputs.iter().filter_map(stream).collect()
    }

    fn outcomes(&self) -> Vec<(Option<Outcome>, bool)> {
        let of = |missed: &phone::view::MissedView| (missed.outcome, missed.seen);
        self.view.missed.iter().map(of).collect()
    }
}

#[test]
fn the_popup_comes_first_and_becomes_the_call() {
    let mut world = listening();
    world.says(inbound("sid-1", 1, Stage::Begun));
    world.shows(Incoming);
    let call = world.view.call.clone().unwrap();
    assert_eq!(
        (call.leg, call.peer.number.as_str()),
        (LegView::Away, "+918040408080")
    );
    assert_eq!(call.virtual_number.as_deref(), Some("+912248964000"));
    // There is nothing to answer yet.
    world.answer(1);
    world.shows(Incoming);
    world.rings();
    let here = world.view.call.clone().unwrap();
    assert_eq!(
        (here.id, here.leg, here.state),
        (call.id, LegView::Here, Incoming)
    );
    world.asked(1, &["prepare"]);
    world.answer(1);
    world.shows(Established);
    world.says(inbound("sid-1", 2, Stage::Answered));
    world.shows(Established);
    world.hang_up();
    world.ended(EndReason::HungUp);
    world.no_missed();
    world.reported("sid-1", &[LegReport::Answered]);
}

#[test]
fn the_invite_comes_first_and_the_news_enrich_it() {
    let mut world = listening();
    world.rings();
    let id = world.call();
    let masked = News {
        number: String::from("+••••••••••80"),
        ..inbound("sid-1", 1, Stage::Begun)
    };
    world.says(masked.clone());
    let call = world.view.call.as_ref().unwrap();
    assert_eq!((call.id, call.state, call.leg), (id, Incoming, LegView::Here));
    assert_eq!(
        (call.peer.number.as_str(), call.peer.name.as_deref()),
        ("+••••••••••80", Some("Ravi"))
    );
    // A repeat, and an older word.
    world.says(masked);
    world.says(inbound("sid-1", 0, Stage::Over(Outcome::Missed)));
    world.shows(Incoming);
    assert_eq!(world.view.call.as_ref().unwrap().peer.number, "+••••••••••80");
}

#[test]
fn a_popup_whose_call_never_comes() {
    for (stage, reason, missed) in [
        (Stage::Over(Outcome::Missed), EndReason::CallerCancelled, 1),
        (
            Stage::Over(Outcome::AnsweredElsewhere),
            EndReason::AnsweredElsewhere,
            0,
        ),
        (Stage::Over(Outcome::Completed), EndReason::RemoteHungUp, 0),
        (Stage::Answered, EndReason::AnsweredElsewhere, 0),
    ] {
        let mut world = listening();
        world.says(inbound("sid-1", 1, Stage::Begun));
        world.says(inbound("sid-1", 2, stage));
        world.ended(reason);
        assert_eq!(world.view.missed.len(), missed);
    }
}

#[test]
fn a_popup_does_not_stay_for_ever() {
    let mut world = listening();
    world.says(inbound("sid-1", 1, Stage::Begun));
    world.wait(60_000);
    world.ended(EndReason::CallerCancelled);
    world.no_missed();
    world.says(inbound("sid-1", 2, Stage::Over(Outcome::Missed)));
    assert_eq!(world.outcomes(), [(Some(Outcome::Missed), false)]);
}

#[test]
fn a_declined_popup_declines_its_call() {
    let mut world = listening();
    world.says(inbound("sid-1", 1, Stage::Begun));
    let call = world.call();
    world.click(1, Command::Decline(call));
    world.ended(EndReason::Hidden);
    let leg = world.rings();
    assert!(matches!(
        world.far_end(leg),
        Some(EndCause::Rejected { status: 486, .. })
    ));
    assert!(world.view.call.is_none());
    world.no_missed();
    world.reported("sid-1", &[LegReport::Declined]);
    // It has been said; the popup does not come back.
    world.says(inbound("sid-1", 2, Stage::Begun));
    assert!(world.view.call.is_none());
}

#[test]
fn a_call_that_is_here_counts_more_than_a_popup() {
    let mut world = listening();
    world.says(inbound("sid-2", 1, Stage::Begun));
    world.rings();
    world.shows(Incoming);
    let call = world.view.call.as_ref().unwrap();
    assert_eq!(
        (call.call_sid.as_deref(), call.leg),
        (Some("sid-1"), LegView::Here)
    );
    // And no popup covers a call.
    world.says(inbound("sid-3", 1, Stage::Begun));
    assert_eq!(
        world.view.call.as_ref().unwrap().call_sid.as_deref(),
        Some("sid-1")
    );
}

#[test]
fn old_news_make_no_popup() {
    let mut world = listening();
    world.wait(60_000);
    world.says(inbound("sid-1", 1, Stage::Begun));
    assert!(world.view.call.is_none());
    // But they still tell the number.
    world.rings();
    assert!(world.view.call.as_ref().unwrap().virtual_number.is_some());
}

#[test]
fn a_missed_call_is_one_entry_whoever_says_so_first() {
    for ours_first in [true, false] {
        let mut world = listening();
        let leg = world.rings();
        if ours_first {
            world.far_hangs_up(leg);
            assert_eq!(world.outcomes(), [(None, false)]);
        }
        world.says(inbound("sid-1", 2, Stage::Over(Outcome::Missed)));
        assert_eq!(world.outcomes(), [(Some(Outcome::Missed), false)]);
        world.ended(EndReason::CallerCancelled);
        world.says(inbound("sid-1", 3, Stage::Over(Outcome::Missed)));
        assert_eq!(world.outcomes(), [(Some(Outcome::Missed), false)]);
        world.reported("sid-1", &[LegReport::RangOut]);
    }
}

#[test]
fn the_server_may_know_better_than_that_it_was_missed() {
    for (outcome, left) in [
        (
            Outcome::AnsweredElsewhere,
            vec![(Some(Outcome::AnsweredElsewhere), true)],
        ),
        (Outcome::Declined, vec![(Some(Outcome::Declined), true)]),
        (Outcome::Completed, vec![]),
    ] {
        let mut world = listening();
        let leg = world.rings();
        world.far_hangs_up(leg);
        world.says(inbound("sid-1", 2, Stage::Over(outcome)));
        assert_eq!(world.outcomes(), left);
    }
}

#[test]
fn what_the_server_knows_is_not_noted_as_missed() {
    let mut world = listening();
    let leg = world.rings();
    world.says(inbound("sid-1", 2, Stage::Over(Outcome::AnsweredElsewhere)));
    world.ended(EndReason::AnsweredElsewhere);
    assert!(matches!(
        world.far_end(leg),
        Some(EndCause::Rejected { status: 480, .. })
    ));
    world.no_missed();
}

#[test]
fn a_gap_in_the_news_is_filled_from_the_history() {
    let mut world = listening();
    let at = |sid: &str, at: Millis| News {
        at,
        ..inbound(sid, 4, Stage::Over(Outcome::Missed))
    };
    let calls = vec![
        at("sid-3", START + 3),
        at("sid-2", START + 2),
        inbound("sid-0", 1, Stage::Begun),
        outbound("sid-4", 1, Stage::Over(Outcome::CustomerUnanswered)),
        at("sid-1", START + 1),
    ];
    let past = |calls: &[News]| Input::Past {
        calls: calls.to_vec(),
        seen_until: START + 2,
    };
    world.input(past(&calls));
    let order: Vec<_> = world
        .view
        .missed
        .iter()
        .map(|missed| (missed.at - START, missed.seen))
        .collect();
    assert_eq!(order, [(3, false), (2, true), (1, true)]);
    assert!(world.view.call.is_none(), "a popup from history");
    // Read again, or told again, nothing changes.
    world.input(past(&calls));
    world.says(at("sid-3", START + 3));
    assert_eq!(world.view.missed.len(), 3);
    world.click(1, Command::MissedSeen);
    assert!(world.view.missed.iter().all(|missed| missed.seen));
    // Another session is another agent's.
    world.input(Input::Session(true));
    world.no_missed();
}

#[test]
fn without_an_account_news_only_count_what_was_missed() {
    let mut world = crate::steps::fresh();
    world.input(Input::Session(true));
    world.says(inbound("sid-1", 1, Stage::Begun));
    assert!(world.view.call.is_none());
    world.says(inbound("sid-1", 2, Stage::Over(Outcome::Missed)));
    assert_eq!(world.view.missed.len(), 1);
}

#[test]
fn without_a_server_nothing_is_reported() {
    let mut world = ready();
    let leg = world.rings();
    world.far_hangs_up(leg);
    world.missed(false);
    world.reported("sid-1", &[]);
    assert_eq!(world.view.news, NewsLine::Off);
    assert!(world.streams().is_empty());
}

#[test]
fn the_next_agent_sees_nothing_of_the_last_one() {
    for over in [Input::Stream(StreamEvent::Unauthorized), Input::Session(false)] {
        let mut world = listening();
        let leg = world.rings();
        world.far_hangs_up(leg);
        assert!(world.view.ended.is_some() && world.view.missed.len() == 1);
        world.input(over);
        assert!(world.view.ended.is_none());
        world.no_missed();
    }
}

#[test]
fn an_end_that_nobody_told_is_missed_all_the_same() {
    let mut world = listening();
    world.rings();
    world.says(inbound("sid-1", 2, Stage::Over(Outcome::Unknown)));
    assert_eq!(world.outcomes(), [(None, false)]);
}

#[test]
fn another_branch_of_the_call_that_is_here_is_no_caller() {
    let mut world = listening();
    world.rings();
    world.answer(1);
    let leg = world.rings();
    assert!(matches!(
        world.far_end(leg),
        Some(EndCause::Rejected { status: 486, .. })
    ));
    world.shows(Established);
    world.no_missed();
    world.reported("sid-1", &[LegReport::Answered]);
}

#[test]
fn a_popup_stands_in_nobodys_way() {
    let mut world = listening();
    world.says(inbound("sid-1", 1, Stage::Begun));
    world.dial("1001");
    world.shows(OutgoingInitiated);
    world.rings();
    world.missed(true);
}

#[test]
fn two_callers_with_one_number_are_two() {
    let mut world = ready();
    world.rings();
    let first = world.call();
    world.cut();
    world.wait(MOMENT);
    let offer = page::offer(Direction::SendRecv);
    world.rings_with(offer, &[("X-Exotel-Callsid", "sid-2")]);
    assert_ne!(world.call(), first);
    world.missed(false);
}
