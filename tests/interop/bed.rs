//! The servers nobody here wrote: Kamailio as registrar and proxy, rtpengine between WebRTC and plain RTP, all on
//! 127.0.0.1 with ports of their own. They live as long as the [`Bed`].

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::ports;
use crate::support::process::Process;

/// The domain Kamailio answers for.
pub(crate) const DOMAIN: &str = "interop.test";

/// How many ports rtpengine may use for audio: four a call.
const MEDIA_PORTS: u16 = 80;

/// Registrar, proxy and media relay.
pub(crate) struct Bed {
    name: String,
    state: PathBuf,
    kamailio: Process,
    _rtpengine: Process,
    config: PathBuf,
    starts: u32,
    /// SIP over UDP, for the far ends.
    pub(crate) sip_port: u16,
    /// SIP over WebSocket, for the browser.
    pub(crate) ws_port: u16,
    /// Where calls to `90xx` go: an answering SIPp.
    pub(crate) sipp_port: u16,
    /// Where a calling SIPp sits.
    pub(crate) sipp_calling_port: u16,
}

impl Bed {
    /// Start both servers and wait until they answer. `algorithm` is Kamailio's digest algorithm.
    pub(crate) async fn start(name: &str, algorithm: &str) -> Self {
        let state = crate::support::state("interop", name);
        let (sip_port, ws_port, sipp_port, sipp_calling_port, ng_port) = (
            ports::free(),
            ports::free(),
            ports::free(),
            ports::free(),
            ports::free(),
        );
        let media = ports::free_run(MEDIA_PORTS);
        let config = state.join("kamailio.cfg");
        let text = filled(
            include_str!("conf/kamailio.cfg.in"),
            &[
                ("IP", "127.0.0.1"),
                ("DOMAIN", DOMAIN),
                ("SIP_PORT", &sip_port.to_string()),
                ("WS_PORT", &ws_port.to_string()),
                ("SIPP_PORT", &sipp_port.to_string()),
                ("SIPP_UAC_PORT", &sipp_calling_port.to_string()),
                ("NG_PORT", &ng_port.to_string()),
                ("ALGORITHM", algorithm),
            ],
        );
        fs::write(&config, text).expect("a writable configuration");
        let rtpengine = Process::start(
            &format!("{name}-rtpengine"),
            Command::new("rtpengine").args([
                "--config-file=none".into(),
                "--foreground".into(),
                "--log-stderr".into(),
                "--table=-1".into(),
                "--interface=127.0.0.1".into(),
                format!("--listen-ng=127.0.0.1:{ng_port}"),
                format!("--port-min={media}"),
                format!("--port-max={}", media + MEDIA_PORTS - 1),
            ]),
        );
        // Kamailio asks rtpengine once at its start and again only after a minute.
        let mut rtpengine = rtpengine;
        rtpengine.says("Startup complete").await;
        let kamailio = kamailio(&format!("{name}-kamailio"), &config, &state);
        let mut bed = Self {
            name: name.to_owned(),
            state,
            kamailio,
            _rtpengine: rtpengine,
            config,
            starts: 1,
            sip_port,
            ws_port,
            sipp_port,
            sipp_calling_port,
        };
        bed.kamailio.listens(ws_port).await;
        bed
    }

    /// Cut Kamailio's power. Its registrations and connections are gone; rtpengine lives on.
    pub(crate) fn kill_kamailio(&mut self) {
        self.kamailio.kill();
    }

    /// Start Kamailio again, with nothing in its memory.
    pub(crate) async fn start_kamailio(&mut self) {
        self.starts += 1;
        self.kamailio = kamailio(
            &format!("{}-kamailio-{}", self.name, self.starts),
            &self.config,
            &self.state,
        );
        self.kamailio.listens(self.ws_port).await;
    }

    /// What a browser is told to connect to.
    pub(crate) fn server_address(&self) -> String {
        format!("ws://127.0.0.1:{}", self.ws_port)
    }

    /// SIP address of a user here; the password is `secret-` and the user name.
    pub(crate) fn address(&self, user: &str) -> String {
        format!("sip:{user}@{DOMAIN}")
    }

    /// How many lines of Kamailio's log (since its last start) hold these words.
    pub(crate) fn log_count(&self, words: &str) -> usize {
        self.kamailio
            .output()
            .lines()
            .filter(|l| l.contains(words))
            .count()
    }

    /// A folder for a far end's files.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        let folder = self.state.join(name);
        fs::create_dir_all(&folder).expect("a writable folder");
        folder
    }

    /// Name of a far end's log.
    pub(crate) fn log_name(&self, far_end: &str) -> String {
        format!("{}-{far_end}", self.name)
    }
}

fn kamailio(log: &str, config: &Path, state: &Path) -> Process {
    Process::start(
        log,
        Command::new("kamailio")
            .args(["-DD", "-E", "-e", "-m", "64", "-M", "8"])
            .arg("-Y")
            .arg(state)
            .arg("-P")
            .arg(state.join("kamailio.pid"))
            .arg("-f")
            .arg(config),
    )
}

/// A configuration template with its `@WORDS@` replaced; every one must be known.
pub(crate) fn filled(template: &str, words: &[(&str, &str)]) -> String {
    let text = words.iter().fold(template.to_owned(), |text, (word, value)| {
        text.replace(&format!("@{word}@"), value)
    });
    let left = text
        .split('@')
        .skip(1)
        .step_by(2)
        .find(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'));
    assert_eq!(left, None, "a word of the template was not filled in");
    text
}
