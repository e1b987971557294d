//! When to stop waiting for ICE candidates (RFC 8445 §5.1.1) and send the description: SIP here has no trickle, and one dead
//! interface must not delay a call until its STUN requests time out.

/// With a usable candidate in hand, never wait longer than this from the beginning, ms.
pub const CAP: f64 = 800.0;
/// Without one there is nothing to send, so this much patience costs nothing: a busy machine's first gathering is slow, ms.
pub const PATIENCE: f64 = 5_000.0;
/// With a usable candidate in hand, wait this long for another one, ms: interfaces report one after the other.
pub const QUIET: f64 = 40.0;

/// What has been seen since gathering began. Times in ms, any epoch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gathered {
    /// When it began.
    pub began: f64,
    /// When the last candidate came.
    pub last: f64,
    /// Candidates a far end can reach us by.
    pub usable: u16,
    /// The browser says that there will be no more.
    pub complete: bool,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Send the description.
    Enough,
    /// Look again in so many ms, or when a candidate comes.
    Wait(u32),
    /// There is no network path to offer.
    Nothing,
}

impl Gathered {
    /// Nothing yet.
    pub fn new(now: f64) -> Self {
        Self {
            began: now,
            last: now,
            usable: 0,
            complete: false,
        }
    }

    /// A candidate line has come; empty means the end (W3C webrtc-pc §4.8.1.3).
    pub fn candidate(&mut self, now: f64, line: &str) {
        if line.is_empty() {
            self.complete = true;
        } else if usable(line) {
            self.last = now;
            self.usable = self.usable.saturating_add(1);
        }
    }

    /// The policy.
    pub fn verdict(&self, now: f64) -> Verdict {
        let waited = now - self.began;
        if self.usable == 0 {
            return if self.complete || waited >= PATIENCE {
                Verdict::Nothing
            } else {
                wait(PATIENCE - waited)
            };
        }
        let quiet = now - self.last;
        if self.complete || waited >= CAP || quiet >= QUIET {
            return Verdict::Enough;
        }
        wait((QUIET - quiet).min(CAP - waited))
    }
}

fn wait(ms: f64) -> Verdict {
    Verdict::Wait(ms.ceil().max(1.0) as u32)
}

/// A UDP candidate of the one component we bundle. Passive or active TCP helps only against a TCP-capable far end.
fn usable(line: &str) -> bool {
    // candidate:<foundation> <component> <transport> <priority> <address> <port> typ <type> (RFC 8839 §5.1)
    let mut words = line.split(' ');
    words.nth(1) == Some("1")
        && words
            .next()
            .is_some_and(|transport| transport.eq_ignore_ascii_case("udp"))
}

/// The ICE user fragment of a description; a new one means that gathering starts anew.
pub fn credentials(sdp: &str) -> Option<&str> {
    sdp.lines().find_map(|line| line.strip_prefix("a=ice-ufrag:"))
}

/// A candidate taken out of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which media section it belongs to, from 0.
    pub section: u16,
    /// The candidate line without `a=`.
    pub line: String,
}

/// Takes the candidates out of the far end's offer. Given to the browser while the call still rings, they would start
/// checks that nobody answers yet: they slow down, and fail after some 15 s. Added when the agent answers, they start fresh.
pub fn keep_candidates(sdp: &str) -> (String, Vec<Kept>) {
    let mut rest = String::with_capacity(sdp.len());
    let mut kept = Vec::new();
    let mut sections: u16 = 0;
    for line in sdp.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.starts_with("m=") {
            sections = sections.saturating_add(1);
        }
        match bare.strip_prefix("a=") {
            Some(candidate) if candidate.starts_with("candidate:") => {
                kept.push(Kept {
                    section: sections.saturating_sub(1),
                    line: candidate.to_owned(),
                });
            }
            Some("end-of-candidates") => {}
            Some(_) | None => rest.push_str(line),
        }
    }
    (rest, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host generation 0 ufrag x";
    const HIDDEN: &str = "candidate:1 1 UDP 2122260223 a3c0.local 50000 typ host";
    const TCP: &str = "candidate:2 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active";

    #[test]
    fn waits_for_the_first_candidate_but_not_for_ever() {
        let seen = Gathered::new(1000.0);
        assert_eq!(seen.verdict(1000.0), Verdict::Wait(5000));
        assert_eq!(seen.verdict(5999.5), Verdict::Wait(1));
        assert_eq!(seen.verdict(6000.0), Verdict::Nothing);
    }

    #[test]
    fn sends_as_soon_as_the_browser_is_done() {
        let mut seen = Gathered::new(0.0);
        seen.candidate(3.0, HOST);
        seen.candidate(3.0, "");
        assert_eq!(seen.verdict(3.0), Verdict::Enough);
    }

    #[test]
    fn waits_a_little_for_a_second_interface() {
        let mut seen = Gathered::new(0.0);
        seen.candidate(5.0, HIDDEN);
        assert_eq!(seen.verdict(5.0), Verdict::Wait(40));
        seen.candidate(30.0, HOST);
        assert_eq!(seen.verdict(45.0), Verdict::Wait(25));
        assert_eq!(seen.verdict(70.0), Verdict::Enough);
    }

    #[test]
    fn a_dead_interface_costs_nothing_once_another_works() {
        let mut seen = Gathered::new(0.0);
        seen.candidate(790.0, HOST);
        assert_eq!(seen.verdict(791.0), Verdict::Wait(9));
        assert_eq!(seen.verdict(800.0), Verdict::Enough);
    }

    #[test]
    fn tcp_alone_is_no_path() {
        let mut seen = Gathered::new(0.0);
        seen.candidate(1.0, TCP);
        assert_eq!(seen.usable, 0);
        seen.candidate(2.0, "");
        assert_eq!(seen.verdict(2.0), Verdict::Nothing);
    }

    #[test]
    fn the_user_fragment_is_found_by_line() {
        assert_eq!(
            credentials("v=0\r\na=ice-ufrag:Ab+/\r\na=ice-pwd:x\r\n"),
            Some("Ab+/")
        );
        assert_eq!(credentials("v=0\r\ns=a=ice-ufrag:no\r\n"), None);
    }

    #[test]
    fn candidates_are_kept_with_their_section() {
        let offer = "v=0\r\nm=audio 9 RTP 0\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\na=sendrecv\r\n\
            m=video 9 RTP 96\r\na=candidate:2 1 udp 1 192.0.2.1 8 typ host\r\na=end-of-candidates\r\n";
        let (rest, kept) = keep_candidates(offer);
        assert_eq!(
            rest,
            "v=0\r\nm=audio 9 RTP 0\r\na=sendrecv\r\nm=video 9 RTP 96\r\n"
        );
        let sections: Vec<_> = kept.iter().map(|kept| (kept.section, &kept.line[..11])).collect();
        assert_eq!(sections, [(0, "candidate:1"), (1, "candidate:2")]);
    }
}
