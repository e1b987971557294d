//! The cases that occur, from what the platform really sends to what the agent is shown.

use exotel::hooks::HookKind;
use protocol::call::{CallState, LegReport, Outcome};
use serde_json::json;
use server::calls::of_placement;

use super::telling::Story;

const FIRM: bool = true;
const ASKED: bool = false;

fn ended(outcome: Outcome, firm: bool) -> (CallState, Option<Outcome>, bool) {
    (CallState::Ended, Some(outcome), firm)
}

#[test]
fn an_inbound_call_rings_and_is_taken() {
    let story = Story::default().popup("asha");
    assert_eq!(story.stands("asha"), (CallState::Incoming, None, ASKED));
    let story = story.leg("asha", LegReport::Answered);
    assert_eq!(story.stands("asha"), (CallState::Established, None, ASKED));
    let story = story.hung_up("asha");
    assert_eq!(story.stands("asha"), ended(Outcome::Completed, FIRM));
    let view = story.view("asha");
    assert_eq!(
        (view.started_at, view.answered_at, view.ended_at),
        (1000, Some(2000), Some(3000))
    );
    assert_eq!(view.number.reveal(), "08789489697");
    assert_eq!(view.virtual_number.reveal(), "02235511457");
}

#[test]
fn the_end_alone_tells_nothing_until_the_platform_is_asked() {
    let story = Story::default().hung_up("asha");
    assert_eq!(story.stands("asha"), ended(Outcome::Unknown, ASKED));
    let story = story.details("inbound", ("", ""), false);
    assert_eq!(story.stands("asha"), ended(Outcome::Unknown, ASKED));
    let story = story.details("inbound", ("completed", "no-answer"), true);
    assert_eq!(story.stands("asha"), ended(Outcome::Missed, FIRM));
}

#[test]
fn a_missed_notice_is_believed_until_the_platform_says_it_was_refused() {
    let story = Story::default().popup("asha").missed("asha");
    assert_eq!(story.stands("asha"), ended(Outcome::Missed, ASKED));
    let story = story.details("inbound", ("completed", "busy"), true);
    assert_eq!(story.stands("asha"), ended(Outcome::Declined, FIRM));
}

#[test]
fn ones_own_phone_knows_best() {
    let story = Story::default()
        .popup("asha")
        .leg("asha", LegReport::Declined)
        .passthru("sip:asha7", "no-answer");
    assert_eq!(story.stands("asha"), ended(Outcome::Declined, FIRM));
    // A phone that rang out may have a sister that was answered.
    let story = Story::default().popup("asha").leg("asha", LegReport::RangOut);
    assert_eq!(story.stands("asha"), (CallState::Incoming, None, ASKED));
    let story = story.passthru("sip:asha7", "completed");
    assert_eq!(story.stands("asha"), ended(Outcome::Completed, FIRM));
}

#[test]
fn a_call_that_another_took_was_not_missed() {
    let group = || Story::default().popup("asha").popup("ravi");
    let by_report = group()
        .leg("ravi", LegReport::Answered)
        .hung_up("asha")
        .hung_up("ravi");
    assert_eq!(by_report.stands("asha"), ended(Outcome::AnsweredElsewhere, FIRM));
    assert_eq!(by_report.stands("ravi"), ended(Outcome::Completed, FIRM));

    let by_exclusion = group()
        .leg("asha", LegReport::RangOut)
        .hung_up("asha")
        .hung_up("ravi")
        .details("inbound", ("completed", "completed"), true);
    assert_eq!(
        by_exclusion.stands("asha"),
        ended(Outcome::AnsweredElsewhere, FIRM)
    );
    assert_eq!(by_exclusion.stands("ravi"), ended(Outcome::Completed, FIRM));

    // Nobody will ever say which of the two it was, and nobody is asked again.
    let open = group().hung_up("asha").hung_up("ravi");
    let open = open.details("inbound", ("completed", "completed"), true);
    assert_eq!(open.stands("asha"), ended(Outcome::Unknown, FIRM));
}

#[test]
fn one_agent_of_a_group_may_be_released_while_another_rings() {
    let story = Story::default().popup("asha").popup("ravi").missed("asha");
    assert_eq!(story.stands("asha").0, CallState::Ended);
    assert_eq!(story.stands("ravi"), (CallState::Incoming, None, ASKED));
}

#[test]
fn a_flow_that_dials_on_does_not_end_the_call() {
    let story = Story::default().passthru("sip:nobody", "no-answer").popup("asha");
    assert_eq!(story.stands("asha"), (CallState::Incoming, None, ASKED));
    let story = story.passthru("sip:nobody", "completed").hung_up("asha");
    assert_eq!(story.stands("asha"), ended(Outcome::Completed, FIRM));
}

#[test]
fn an_agent_is_found_by_their_address() {
    let body = r#"{"CallSid":"7b","DialWhomNumber":"sip:asha7","Direction":"incoming","CallStatus":"free"}"#;
    let story = Story::default().hook(HookKind::IncomingCallHungUp, body);
    assert_eq!(story.stands("asha").0, CallState::Ended);
    let body = r#"{"CallSid":"7b","DialWhomNumber":"sip:stranger","CallStatus":"busy"}"#;
    let story = Story::default().hook(HookKind::Popup, body);
    assert_eq!(story.stands("").0, CallState::Incoming);
}

#[test]
fn an_outbound_call_is_up_when_the_customer_answers() {
    let placed = of_placement("asha", "+918789489697", "+912235511457", 1);
    let story = Story::default().hear(&placed).leg("asha", LegReport::Answered);
    assert_eq!(story.stands("asha"), (CallState::OutgoingInitiated, None, ASKED));
    let story = story.callback("answered", "");
    assert_eq!(story.stands("asha"), (CallState::Established, None, ASKED));
    // The number as we dialled it, not as the platform repeats it.
    assert_eq!(story.view("asha").number.reveal(), "+918789489697");
    let story = story.callback("terminal", "completed");
    assert_eq!(story.stands("asha"), ended(Outcome::Completed, FIRM));
    // What comes late changes nothing.
    let story = story
        .callback("recording_stop_success", "")
        .callback("answered", "");
    assert_eq!(story.stands("asha"), ended(Outcome::Completed, FIRM));
}

#[test]
fn outbound_words_and_call_details_agree() {
    let table = [
        ("completed", ("completed", "completed"), Outcome::Completed),
        (
            "to_leg_unanswered",
            ("completed", "busy"),
            Outcome::CustomerUnanswered,
        ),
        (
            "to_leg_unanswered",
            ("completed", "no-answer"),
            Outcome::CustomerUnanswered,
        ),
        (
            "from_leg_cancelled",
            ("completed", "canceled"),
            Outcome::AgentCancelled,
        ),
        (
            "from_leg_unanswered",
            ("no-answer", "canceled"),
            Outcome::AgentUnanswered,
        ),
        ("from_leg_unanswered", ("busy", ""), Outcome::AgentUnanswered),
        ("to_leg_no_dial", ("completed", "failed"), Outcome::NotDialled),
        ("from_leg_no_dial", ("failed", "canceled"), Outcome::NotDialled),
    ];
    for (word, legs, outcome) in table {
        let told = Story::default().callback("terminal", word);
        assert_eq!(told.stands("asha"), ended(outcome, FIRM), "{word}");
        let placed = of_placement("asha", "+918789489697", "", 1);
        let asked = Story::default().hear(&placed).details("outbound-api", legs, true);
        assert_eq!(asked.stands("asha"), ended(outcome, FIRM), "{legs:?}");
    }
    let strange = Story::default().callback("terminal", "abducted");
    assert_eq!(strange.stands("asha"), ended(Outcome::Unknown, ASKED));
}

#[test]
fn the_platforms_clock_is_held_between_ours() {
    let body = |end: &str| {
        let body = json!({
            "CallSid": "7b", "AppUserID": "asha", "CallState": "terminal", "CallStatus": "completed",
            "CallDetail": "terminal", "EndTime": end, "TotalDuration": "10", "CallRecordings": "https://r.example/7b",
        });
        body.to_string()
    };
    // 25 September 2026.
    let begin = 1_790_000_000_000;
    let placed = of_placement("asha", "+918789489697", "", begin);
    for (end, ended_at) in [
        ("2019-01-01T00:00:00Z", begin),
        ("2099-01-01T00:00:00Z", begin + 1000),
        ("", begin + 1000),
    ] {
        let story = Story {
            clock: begin,
            ..Story::default()
        };
        let story = story.hear(&placed).hook(HookKind::Callback, &body(end));
        let view = story.view("asha");
        assert_eq!(view.ended_at, Some(ended_at), "{end}");
        assert_eq!((view.talk_seconds, view.recorded), (Some(10), true));
    }
}

#[test]
fn a_leg_that_is_answered_before_anybody_named_the_call_is_no_talk_yet() {
    let story = Story::default().leg("asha", LegReport::Answered);
    assert_eq!(story.stands("asha"), (CallState::Incoming, None, ASKED));
    assert_eq!(story.view("asha").answered_at, None);
    let placed = of_placement("asha", "+918789489697", "+912235511457", 1);
    let placed = story.hear(&placed);
    assert_eq!(placed.stands("asha"), (CallState::OutgoingInitiated, None, ASKED));
    let rung = Story::default().leg("asha", LegReport::Answered).popup("asha");
    assert_eq!(rung.stands("asha"), (CallState::Established, None, ASKED));
}
