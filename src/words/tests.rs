use super::*;
use phone::LinkFault;

fn peer(name: Option<&str>, number: &str) -> Peer {
    Peer {
        name: name.map(str::to_owned),
        number: number.to_owned(),
        uri: "sip:x@sandbox.test".to_owned(),
    }
}

#[test]
fn the_registration_says_exactly_the_agreed_words() {
    assert_eq!(link(&LinkView::Ready, 0), "Ready");
    assert_eq!(link(&LinkView::Connecting, 0), "Connecting");
    assert_eq!(link(&LinkView::Offline, 0), "Offline");
    let waiting = |until| LinkView::Waiting {
        until,
        fault: LinkFault::Lost,
    };
    assert_eq!(link(&waiting(5_000), 1_000), "Reconnecting in 4 s");
    assert_eq!(link(&waiting(5_000), 1_001), "Reconnecting in 4 s");
    assert_eq!(link(&waiting(5_000), 4_999), "Reconnecting in 1 s");
    assert_eq!(link(&waiting(5_000), 5_000), "Connecting");
    assert_eq!(link(&waiting(5_000), 9_000), "Connecting");
    assert_eq!(
        link(&LinkView::Refused(LinkFault::WrongPassword), 0),
        "The user name or password is wrong."
    );
}

#[test]
fn the_call_says_the_seeds_words() {
    use CallState::*;
    for (state, word, name) in [
        (OutgoingInitiated, "Connecting", "OUTGOING_INITIATED"),
        (Early, "Ringing", "EARLY"),
        (Ringing, "Ringing", "RINGING"),
        (Connecting, "Connecting", "CONNECTING"),
        (Incoming, "Incoming call", "INCOMING"),
        (Answering, "Answering", "ANSWERING"),
        (Established, "Connected", "ESTABLISHED"),
        (MediaDisrupted, "Reconnecting", "MEDIA_DISRUPTED"),
        (RenewingMedia, "Reconnecting", "RENEWING_MEDIA"),
        (Ending, "Ending", "ENDING"),
    ] {
        assert_eq!((call_state(state), call_state_name(state)), (word, name));
    }
}

#[test]
fn timers_and_durations() {
    for (seconds, text) in [
        (0, "0:00"),
        (7, "0:07"),
        (754, "12:34"),
        (3_723, "1:02:03"),
        (36_000, "10:00:00"),
    ] {
        assert_eq!(timer(seconds), text);
    }
    for (seconds, text) in [
        (0, "0 s"),
        (8, "8 s"),
        (60, "1 min 0 s"),
        (200, "3 min 20 s"),
        (3_900, "1 h 5 min"),
    ] {
        assert_eq!(duration(seconds), text);
    }
}

#[test]
fn the_past_is_told_roughly() {
    const MINUTE: u64 = 60_000;
    for (passed, text) in [
        (0, "just now"),
        (59_999, "just now"),
        (MINUTE, "1 min ago"),
        (59 * MINUTE, "59 min ago"),
        (60 * MINUTE, "1 h ago"),
        (23 * 60 * MINUTE, "23 h ago"),
        (24 * 60 * MINUTE, "yesterday"),
        (72 * 60 * MINUTE, "3 days ago"),
    ] {
        assert_eq!(ago(1_000, 1_000 + passed), text);
    }
    assert_eq!(
        ago(5_000, 1_000),
        "just now",
        "a clock that went back is no reason to wrap"
    );
}

#[test]
fn a_caller_is_named_by_name_else_number_else_address() {
    assert_eq!(
        peer_title(&peer(Some("Ravi Kumar"), "+919876543210")),
        "Ravi Kumar"
    );
    assert_eq!(peer_title(&peer(Some(" "), "+919876543210")), "+91 98765 43210");
    assert_eq!(peer_title(&peer(Some("1001"), "1001")), "1001");
    assert_eq!(peer_name(&peer(Some("1001"), "1001")), None);
    assert_eq!(peer_title(&peer(None, "")), "sip:x@sandbox.test");
    let withheld = Peer {
        uri: String::new(),
        ..peer(Some(""), "")
    };
    assert_eq!(peer_title(&withheld), "Unknown number");
}

#[test]
fn initials_are_one_or_two_letters() {
    for (name, letters) in [
        ("Ravi Kumar", Some("RK")),
        ("asha", Some("A")),
        ("José da Silva", Some("JS")),
        ("\"Zoë\" (home)", Some("ZH")),
        ("+91 98", None),
    ] {
        assert_eq!(initials(&peer(Some(name), "1")).as_deref(), letters, "{name}");
    }
    assert_eq!(initials(&peer(None, "1")), None);
}

#[test]
fn the_tab_tells_of_a_ringing_or_missed_call() {
    let ravi = peer(Some("Ravi Kumar"), "+919876543210");
    assert_eq!(
        tab_title(Some((CallState::Incoming, &ravi)), 0),
        "(ringing) Ravi Kumar – Softphone"
    );
    assert_eq!(
        tab_title(Some((CallState::Established, &ravi)), 3),
        "Ravi Kumar – Softphone"
    );
    assert_eq!(tab_title(None, 2), "(2 missed) Softphone");
    assert_eq!(tab_title(None, 0), "Softphone");
}
