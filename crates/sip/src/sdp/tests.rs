use super::*;

const CHROME: &str = "v=0\r\no=- 46117314 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
    m=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=mid:0\r\n\
    a=sendrecv\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:9 G722/8000\r\na=rtpmap:110 telephone-event/48000\r\n\
    a=rtpmap:126 telephone-event/8000\r\n";

fn head(rest: &str) -> String {
    format!("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\n{rest}")
}

#[test]
fn the_media_section_wins_over_the_session() {
    let of = |rest: &str| audio_direction(&head(rest));
    assert_eq!(of("m=audio 9 RTP/AVP 0\r\n"), Some(Direction::SendRecv));
    assert_eq!(
        of("a=sendonly\r\nm=audio 9 RTP/AVP 0\r\n"),
        Some(Direction::SendOnly)
    );
    assert_eq!(
        of("a=sendonly\r\nm=audio 9 RTP/AVP 0\r\na=recvonly\r\n"),
        Some(Direction::RecvOnly)
    );
    assert_eq!(
        of("m=audio 9 RTP/AVP 0\nm=video 9 RTP/AVP 31\na=inactive\n"),
        Some(Direction::SendRecv)
    );
    assert_eq!(
        of("m=video 9 RTP/AVP 31\r\na=inactive\r\nm=audio 9 RTP/AVP 0\r\n"),
        Some(Direction::SendRecv)
    );
    assert_eq!(of("m=video 9 RTP/AVP 31\r\n"), None);
    assert_eq!(audio_direction(CHROME), Some(Direction::SendRecv));
}

#[test]
fn a_rejected_section_is_no_audio() {
    assert!(has_audio(CHROME));
    assert!(!has_audio(&head("m=audio 0 RTP/AVP 0\r\n")));
    assert!(!has_audio(&head("m=audiovisual 9 RTP/AVP 0\r\n")));
    let second = head("m=audio 0 RTP/AVP 0\r\na=inactive\r\nm=audio 7/2 RTP/AVP 8\r\na=sendonly\r\n");
    assert!(has_audio(&second));
    assert_eq!(audio_direction(&second), Some(Direction::SendOnly));
    assert_eq!(audio_codecs(&second)[0].name, "PCMA");
}

#[test]
fn setting_a_direction_touches_nothing_else() {
    for direction in Direction::ALL {
        let changed = with_audio_direction(CHROME, direction);
        assert_eq!(audio_direction(&changed), Some(direction));
        assert!(is_valid(&changed));
        assert_eq!(audio_codecs(&changed), audio_codecs(CHROME));
    }
    let two = head("m=audio 9 RTP/AVP 0\r\na=sendonly\r\nm=video 9 RTP/AVP 31\r\na=sendonly\r\n");
    let changed = with_audio_direction(&two, Direction::Inactive);
    assert_eq!(
        changed,
        head("m=audio 9 RTP/AVP 0\r\na=inactive\r\nm=video 9 RTP/AVP 31\r\na=sendonly\r\n")
    );
    assert_eq!(with_audio_direction("v=0\r\n", Direction::Inactive), "v=0\r\n");
}

#[test]
fn an_answer_stays_within_the_offer() {
    use Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
    assert_eq!(SendOnly.answered(SendRecv), RecvOnly);
    assert_eq!(SendRecv.answered(SendOnly), SendOnly);
    assert_eq!(RecvOnly.answered(RecvOnly), Inactive);
    assert_eq!(SendOnly.reversed(), RecvOnly);
    for direction in Direction::ALL {
        assert_eq!(direction.reversed().reversed(), direction);
        assert_eq!(direction.answered(Inactive), Inactive);
    }
}

#[test]
fn codecs_and_events_are_found() {
    let names: Vec<_> = audio_codecs(CHROME)
        .into_iter()
        .map(|c| (c.payload, c.name, c.rate))
        .collect();
    assert_eq!(names[0], (111, "opus".into(), 48_000));
    assert_eq!(names[2], (0, "PCMU".into(), 8_000));
    assert_eq!(telephone_event(CHROME), Some(110), "the rate of opus");
    assert_eq!(
        telephone_event(&head(
            "m=audio 9 RTP/AVP 0 101\r\na=rtpmap:101 Telephone-Event/8000\r\n"
        )),
        Some(101)
    );
    assert_eq!(telephone_event(&head("m=audio 9 RTP/AVP 0\r\n")), None);
}

#[test]
fn nonsense_is_not_valid() {
    assert!(is_valid(CHROME));
    for bad in [
        "",
        "v=0",
        "hello",
        "v=1\r\no=\r\ns=-\r\nt=0 0\r\n",
        &head("m=audio\r\n"),
        &head("m=audio x RTP/AVP 0\r\n"),
        &head("m=audio 70000 RTP/AVP 0\r\n"),
        &head("a\r\n"),
        &head("é=1\r\n"),
    ] {
        assert!(!is_valid(bad), "{bad:?} was taken");
    }
}
