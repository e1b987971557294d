use super::*;

fn media_faults() -> Vec<MediaFault> {
    use MediaFault::*;
    let all = vec![
        DeniedBySite,
        DeniedBySystem,
        InUse,
        NoDevice,
        BlockedByEmbedder,
        Insecure,
        Unsupported,
        Negotiation,
        NoPath,
        NoReply,
    ];
    // A new variant fails to compile here until it is listed above.
    for fault in &all {
        match fault {
            DeniedBySite | DeniedBySystem | InUse | NoDevice | BlockedByEmbedder | Insecure | Unsupported
            | Negotiation | NoPath | NoReply => {}
        }
    }
    all
}

fn link_faults() -> Vec<LinkFault> {
    use LinkFault::*;
    let all = vec![
        BadServerAddress,
        BadSipAddress,
        Unreachable,
        ClosedEarly,
        Lost,
        NoAnswer,
        WrongPassword,
        UnsupportedAuth,
        Refused {
            status: 403,
            phrase: "Forbidden".into(),
        },
        Refused {
            status: 503,
            phrase: "Service Unavailable".into(),
        },
    ];
    for fault in &all {
        match fault {
            BadServerAddress
            | BadSipAddress
            | Unreachable
            | ClosedEarly
            | Lost
            | NoAnswer
            | WrongPassword
            | UnsupportedAuth
            | Refused { .. } => {}
        }
    }
    all
}

fn end_reasons() -> Vec<EndReason> {
    use EndReason::*;
    let mut all = vec![
        HungUp,
        RemoteHungUp,
        Declined,
        Hidden,
        CallerCancelled,
        AnsweredElsewhere,
        Busy,
        RemoteDeclined,
        NoAnswer,
        NotFound,
        Refused {
            status: 488,
            phrase: "Not Acceptable Here".into(),
        },
        Refused {
            status: 500,
            phrase: String::new(),
        },
        Cancelled,
        MediaLost,
        PageClosed,
        BadNumber,
        LinkLost,
        WrongPassword,
        PlaceRefused {
            words: "The number is not valid.".into(),
        },
        PlaceUnknown { words: String::new() },
        OwnLegUnanswered,
        NotDialled,
    ];
    all.extend(media_faults().into_iter().map(Media));
    for reason in &all {
        match reason {
            HungUp
            | RemoteHungUp
            | Declined
            | Hidden
            | CallerCancelled
            | AnsweredElsewhere
            | Busy
            | RemoteDeclined
            | NoAnswer
            | NotFound
            | Refused { .. }
            | Cancelled
            | Media(_)
            | MediaLost
            | PageClosed
            | BadNumber
            | LinkLost
            | WrongPassword
            | PlaceRefused { .. }
            | PlaceUnknown { .. }
            | OwnLegUnanswered
            | NotDialled => {}
        }
    }
    all
}

fn refusals() -> Vec<Refusal> {
    use Refusal::*;
    let all = vec![NotReady, InCall, BadNumber, HoldRefused, DigitRefused];
    for refusal in &all {
        match refusal {
            NotReady | InCall | BadNumber | HoldRefused | DigitRefused => {}
        }
    }
    all
}

fn sentences(notice: &Notice) -> Vec<&str> {
    let mut all = vec![notice.title.as_ref()];
    all.extend(notice.why.as_deref());
    all.extend(notice.remedy);
    all
}

fn assert_is_sentence(text: &str) {
    assert!(
        text.chars().next().is_some_and(char::is_uppercase),
        "begins with a capital: {text}"
    );
    assert!(text.ends_with(['.', '…']), "ends like a sentence: {text}");
    assert!(
        text.chars().count() <= 120,
        "short enough to read at a glance: {text}"
    );
    assert!(!text.contains('\n'), "one line: {text}");
}

#[test]
fn every_notice_is_made_of_short_sentences() {
    let notices = link_faults()
        .iter()
        .map(Notice::from)
        .chain(media_faults().iter().map(Notice::from))
        .chain(end_reasons().iter().map(Notice::from))
        .chain(refusals().iter().map(Notice::from))
        .collect::<Vec<_>>();
    for notice in &notices {
        for text in sentences(notice) {
            assert_is_sentence(text);
        }
    }
}

#[test]
fn every_fault_says_why_and_what_to_do() {
    for notice in link_faults()
        .iter()
        .map(Notice::from)
        .chain(media_faults().iter().map(Notice::from))
    {
        assert!(notice.is_problem() && notice.why.is_some(), "{}", notice.title);
    }
    for notice in refusals().iter().map(Notice::from) {
        assert!(notice.is_problem() && notice.why.is_some(), "{}", notice.title);
    }
}

#[test]
fn an_ordinary_end_asks_nothing_of_the_agent() {
    use EndReason::*;
    for reason in [
        HungUp,
        RemoteHungUp,
        Declined,
        Hidden,
        CallerCancelled,
        AnsweredElsewhere,
        Busy,
        RemoteDeclined,
        NoAnswer,
    ] {
        assert!(!Notice::from(&reason).is_problem(), "{reason:?}");
    }
}

#[test]
fn no_two_faults_read_the_same() {
    fn distinct(titles: &[Notice]) {
        for (i, a) in titles.iter().enumerate() {
            for b in titles.iter().skip(i + 1) {
                assert_ne!(a, b);
            }
        }
    }
    distinct(&link_faults().iter().map(Notice::from).collect::<Vec<_>>());
    distinct(&media_faults().iter().map(Notice::from).collect::<Vec<_>>());
    distinct(&end_reasons().iter().map(Notice::from).collect::<Vec<_>>());
    distinct(&refusals().iter().map(Notice::from).collect::<Vec<_>>());
}

#[test]
fn the_server_is_quoted_with_status_and_phrase() {
    let notice = Notice::from(&LinkFault::Refused {
        status: 403,
        phrase: "Account suspended".into(),
    });
    assert_eq!(notice.why.as_deref(), Some("It said: 403 Account suspended."));
}

#[test]
fn a_hostile_phrase_is_cut_and_cleaned() {
    let phrase = format!("a\r\n\u{7}{}", "x".repeat(5_000));
    let notice = Notice::from(&EndReason::Refused { status: 500, phrase });
    let why = notice.why.unwrap_or_default();
    assert!(
        why.chars().count() <= 100 && !why.chars().any(char::is_control),
        "{why}"
    );
    assert!(why.ends_with('…'), "{why}");
    let empty = Notice::from(&EndReason::Refused {
        status: 606,
        phrase: "\r\n".into(),
    });
    assert_eq!(empty.why.as_deref(), Some("It said: 606."));
}
