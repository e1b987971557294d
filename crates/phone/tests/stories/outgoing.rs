//! Calling.

use phone::view::Refusal;
use phone::{CallState::*, Command, EndReason, Mark, MediaEvent, MediaFault};
use sip::EndCause;

use crate::steps::{MOMENT, fresh, ready};

#[test]
fn a_call_rings_is_answered_and_hung_up_here() {
    let mut world = ready();
    world.dial("+91 (80) 4040-8080");
    world.shows(OutgoingInitiated);
    assert_eq!(world.view.call.as_ref().unwrap().peer.number, "+918040408080");
    world.far_rings();
    world.shows(Ringing);
    world.far_answers();
    world.shows(Established);
    world.asked(1, &["offer", "remote"]);
    world.wait(65_000);
    let leg = world.leg();
    world.hang_up();
    world.ended(EndReason::HungUp);
    assert_eq!(world.view.ended.as_ref().unwrap().talked, 65);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
    assert_eq!(
        world.states[..4],
        [OutgoingInitiated, Ringing, Connecting, Established]
    );
    assert_eq!(
        world.marks,
        [Mark::PhoneReady, Mark::CallSent, Mark::Connected, Mark::Ended]
    );
    world.no_missed();
}

#[test]
fn the_far_end_hangs_up() {
    let mut world = ready();
    world.dial("1001");
    world.far_answers();
    let leg = world.leg();
    world.far_hangs_up(leg);
    world.ended(EndReason::RemoteHungUp);
}

#[test]
fn early_media_is_heard_before_the_answer() {
    let mut world = ready();
    world.dial("1002");
    world.far_plays();
    world.shows(Early);
    world.audio(MediaEvent::Flowing);
    world.shows(Early);
    world.far_rings();
    world.shows(Ringing);
    world.far_answers();
    world.shows(Established);
    world.asked(1, &["offer", "early", "remote"]);
}

#[test]
fn refusals_are_told_apart() {
    for (status, reason) in [
        (486, EndReason::Busy),
        (600, EndReason::Busy),
        (603, EndReason::RemoteDeclined),
        (480, EndReason::NoAnswer),
        (404, EndReason::NotFound),
        (
            503,
            EndReason::Refused {
                status: 503,
                phrase: String::from("Service Unavailable"),
            },
        ),
    ] {
        let mut world = ready();
        world.dial("1003");
        world.far_rings();
        world.far_refuses(status);
        world.ended(reason);
    }
}

#[test]
fn giving_up_while_it_rings_cancels() {
    let mut world = ready();
    world.dial("1001");
    world.far_rings();
    let leg = world.leg();
    world.hang_up();
    world.ended(EndReason::Cancelled);
    assert_eq!(world.far_end(leg), Some(EndCause::Cancelled));
}

#[test]
fn giving_up_before_the_page_offered_sends_nothing() {
    let mut world = ready();
    world.click(1, Command::Dial(String::from("1001")));
    world.hang_up();
    world.ended(EndReason::Cancelled);
    assert_eq!(world.far_saw("Incoming"), 0);
}

#[test]
fn a_200_crossing_cancel_is_hung_up() {
    let mut world = ready();
    world.dial("1001");
    world.far_rings();
    let leg = world.leg();
    let call = world.call();
    // Both at once: each is on its way when the other is sent.
    world.click(1, Command::HangUp(call));
    world.shows(Ending);
    world.far_answers();
    world.ended(EndReason::Cancelled);
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
    assert!(!world.marks.contains(&Mark::Connected));
}

#[test]
fn cancel_waits_for_the_first_response() {
    let mut world = ready();
    world.click(1, Command::Dial(String::from("1001")));
    // The INVITE has left, 100 Trying has not yet come back.
    world.wait(6);
    let call = world.call();
    world.click(1, Command::HangUp(call));
    world.wait(MOMENT);
    world.ended(EndReason::Cancelled);
    let leg = world.leg();
    assert_eq!(world.far_end(leg), Some(EndCause::Cancelled));
}

#[test]
fn an_unanswered_call_ends_after_three_minutes() {
    let mut world = ready();
    world.dial("1001");
    world.far_rings();
    world.wait(190_000);
    world.ended(EndReason::NoAnswer);
}

#[test]
fn text_that_is_no_number_is_refused() {
    let mut world = ready();
    for text in ["", "bob", "0800-FLOWERS", "sip:", "sip:@x", "http://x", "a b@c"] {
        world.dial(text);
        world.refuses(Refusal::BadNumber);
        assert!(world.view.call.is_none(), "{text}");
    }
    world.dial("sip:ravi@elsewhere.test");
    assert_eq!(world.view.refusal, None);
    assert_eq!(
        world.view.call.as_ref().unwrap().peer.uri,
        "sip:ravi@elsewhere.test"
    );
}

#[test]
fn dialling_needs_registration_and_a_free_line() {
    let mut world = fresh();
    world.dial("1001");
    world.refuses(Refusal::NotReady);
    let mut world = ready();
    world.dial("1001");
    world.dial("1002");
    world.refuses(Refusal::InCall);
    world.far_answers();
    world.dial("1002");
    world.refuses(Refusal::InCall);
    world.shows(Established);
}

#[test]
fn no_microphone_means_no_invite() {
    let mut world = ready();
    world.page(1).fault = Some(MediaFault::DeniedBySite);
    world.dial("1001");
    world.ended(EndReason::Media(MediaFault::DeniedBySite));
    assert_eq!(world.far_saw("Incoming"), 0);
}

#[test]
fn a_page_that_says_nothing_is_waited_for_as_long_as_a_prompt_may_take() {
    let mut world = ready();
    world.page(1).silent = true;
    world.dial("1001");
    world.wait(44_000);
    world.shows(OutgoingInitiated);
    world.wait(1_000);
    world.ended(EndReason::Media(MediaFault::NoReply));
}

#[test]
fn an_answer_the_page_cannot_use_ends_the_call() {
    let mut world = ready();
    world.dial("1001");
    world.far_answers();
    let leg = world.leg();
    world.audio(MediaEvent::Failed(MediaFault::Negotiation));
    world.ended(EndReason::Media(MediaFault::Negotiation));
    assert_eq!(world.far_end(leg), Some(EndCause::Bye));
}

#[test]
fn media_that_fails_while_it_rings_cancels() {
    let mut world = ready();
    world.dial("1001");
    world.far_rings();
    let leg = world.leg();
    world.audio(MediaEvent::Failed(MediaFault::NoDevice));
    world.ended(EndReason::Media(MediaFault::NoDevice));
    assert_eq!(world.far_end(leg), Some(EndCause::Cancelled));
}

#[test]
fn the_next_call_starts_unmuted_and_without_digits() {
    let mut world = ready();
    world.dial("1001");
    world.far_answers();
    let first = world.call();
    world.click(1, Command::Mute(first, true));
    world.click(1, Command::Digit(first, '5'));
    world.wait(MOMENT);
    assert!(world.view.call.as_ref().unwrap().muted);
    world.hang_up();
    world.dial("1001");
    let call = world.view.call.as_ref().unwrap();
    assert_eq!((call.muted, call.digits.as_str()), (false, ""));
    assert_ne!(call.id, first);
}

#[test]
fn digits_arrive_in_order_one_at_a_time() {
    let mut world = ready();
    world.dial("1001");
    world.far_answers();
    let call = world.call();
    for digit in "0123456789*#ABCD".chars() {
        world.click(1, Command::Digit(call, digit));
    }
    assert_eq!(world.view.call.as_ref().unwrap().digits, "0");
    world.wait(1_000);
    assert_eq!(world.server.digits, "0123456789*#ABCD");
    assert_eq!(world.view.call.as_ref().unwrap().digits, "0123456789*#ABCD");
    world.click(1, Command::Digit(call, 'x'));
    world.refuses(Refusal::DigitRefused);
}

#[test]
fn digits_before_the_answer_are_refused() {
    let mut world = ready();
    world.dial("1001");
    world.far_rings();
    let call = world.call();
    world.click(1, Command::Digit(call, '1'));
    world.refuses(Refusal::DigitRefused);
}

#[test]
fn a_dismissed_call_leaves_the_screen() {
    let mut world = ready();
    world.dial("1001");
    let call = world.call();
    world.far_refuses(486);
    world.click(1, Command::Dismiss(call));
    assert!(world.view.ended.is_none());
}

#[test]
fn an_unheard_cancel_does_not_keep_the_screen() {
    let mut world = ready();
    world.dial("1001");
    world.far_rings();
    world.server.deaf = true;
    world.hang_up();
    world.shows(Ending);
    world.pages_let_go();
    world.wait(4_000);
    world.ended(EndReason::Cancelled);
}

#[test]
fn a_new_call_need_not_wait_for_the_end_of_the_last() {
    let mut world = ready();
    world.dial("1001");
    world.far_rings();
    let first = world.call();
    world.click(1, Command::HangUp(first));
    world.shows(Ending);
    world.click(1, Command::Dial(String::from("1002")));
    assert_ne!(world.call(), first);
    world.shows(OutgoingInitiated);
    world.wait(MOMENT);
    world.far_answers();
    world.shows(Established);
}

#[test]
fn the_page_closes_before_and_after_its_offer() {
    for pause in [0, MOMENT] {
        let mut world = ready();
        world.attach(2);
        world.click(2, Command::Dial(String::from("1001")));
        world.wait(pause);
        world.leave(2);
        world.wait(5_000);
        world.ended(EndReason::PageClosed);
    }
}
