//! Audio lost and found.

use phone::{CallState::*, EndReason, Input, MediaEvent, MediaFault};
use sip::EndCause;

use crate::steps::{MOMENT, talking};

fn restarts(world: &mut crate::world::World) -> usize {
    world
        .page(1)
        .words()
        .iter()
        .filter(|word| **word == "restart")
        .count()
}

#[test]
fn a_short_gap_is_shown_and_forgotten() {
    let (mut world, _) = talking();
    world.audio(MediaEvent::Flowing);
    world.audio(MediaEvent::Stalled);
    world.shows(MediaDisrupted);
    world.wait(1_000);
    world.audio(MediaEvent::Flowing);
    world.shows(Established);
    assert_eq!(restarts(&mut world), 0);
}

#[test]
fn a_lasting_gap_is_renewed() {
    let (mut world, _) = talking();
    world.audio(MediaEvent::Stalled);
    world.wait(2_000);
    world.shows(RenewingMedia);
    assert_eq!(restarts(&mut world), 1);
    world.audio(MediaEvent::Flowing);
    world.shows(Established);
    assert_eq!(
        world.states,
        [
            Incoming,
            Answering,
            Established,
            MediaDisrupted,
            RenewingMedia,
            Established
        ]
    );
    world.wait(120_000);
    assert_eq!(restarts(&mut world), 1);
}

#[test]
fn audio_that_never_comes_back_ends_the_call() {
    let (mut world, leg) = talking();
    world.audio(MediaEvent::Stalled);
    world.wait(61_000);
    world.shows(RenewingMedia);
    assert_eq!(restarts(&mut world), 10);
    world.wait(2_000);
    world.ended(EndReason::MediaLost);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
}

#[test]
fn refused_restarts_are_tried_again() {
    let (mut world, _) = talking();
    world.server.refuses_reoffers = Some(500);
    world.audio(MediaEvent::Stalled);
    world.wait(5_000);
    world.shows(RenewingMedia);
    assert!(restarts(&mut world) >= 2);
    assert_eq!(world.view.refusal, None);
    world.server.refuses_reoffers = None;
    world.wait(10_000);
    world.audio(MediaEvent::Flowing);
    world.shows(Established);
}

#[test]
fn a_failed_path_is_renewed_without_waiting() {
    let (mut world, _) = talking();
    world.audio(MediaEvent::Failed(MediaFault::NoPath));
    world.shows(RenewingMedia);
    assert_eq!(restarts(&mut world), 1);
}

#[test]
fn the_whole_network_changes() {
    let (mut world, leg) = talking();
    world.wait(20_000);
    world.input(Input::Offline);
    world.audio(MediaEvent::Stalled);
    world.wait(5_000);
    world.shows(RenewingMedia);
    assert_eq!(restarts(&mut world), 0, "nobody could have heard it");
    world.input(Input::Online);
    world.wait(MOMENT);
    assert_eq!(restarts(&mut world), 1);
    world.audio(MediaEvent::Flowing);
    world.shows(Established);
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn the_agent_may_hang_up_meanwhile() {
    let (mut world, leg) = talking();
    world.audio(MediaEvent::Stalled);
    world.wait(3_000);
    world.hang_up();
    world.ended(EndReason::HungUp);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
}

#[test]
fn holding_a_stalled_call_ends_the_search() {
    let (mut world, _) = talking();
    world.audio(MediaEvent::Stalled);
    world.wait(3_000);
    world.shows(RenewingMedia);
    world.hold(true);
    world.shows(Established);
    assert!(world.view.call.as_ref().unwrap().held);
    world.wait(120_000);
    world.shows(Established);
}

#[test]
fn one_way_audio_is_given_a_new_path_while_the_talk_goes_on() {
    let (mut world, _) = talking();
    world.audio(MediaEvent::Flowing);
    world.audio(MediaEvent::OneWay);
    world.wait(1_000);
    world.shows(Established);
    assert_eq!(restarts(&mut world), 1);
    // Lost altogether it is another matter, which has its own attempts.
    world.audio(MediaEvent::Stalled);
    world.audio(MediaEvent::OneWay);
    world.shows(MediaDisrupted);
    assert_eq!(restarts(&mut world), 1);
}
