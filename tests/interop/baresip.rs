//! baresip as a far end: registers over UDP, answers by itself, sends a sine, records what it hears.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::bed::{Bed, DOMAIN, filled};
use crate::support::audio::Sound;
use crate::support::ports;
use crate::support::process::Process;
use crate::support::wait::until;

/// A running baresip.
pub(crate) struct Baresip {
    process: Process,
    control: u16,
    recordings: PathBuf,
}

impl Baresip {
    /// Start it as `user`, playing a sine of `tone` Hz, and wait until it is registered. `codecs` in baresip's words.
    pub(crate) async fn start(bed: &Bed, user: &str, tone: u32, codecs: &str) -> Self {
        let folder = bed.folder(user);
        let recordings = bed.folder(&format!("{user}/recordings"));
        // It also takes the next port, for TLS.
        let (port, control, rtp) = (ports::free_run(2), ports::free(), ports::free_run(20));
        let config = filled(
            include_str!("conf/baresip.config.in"),
            &[
                ("PORT", &port.to_string()),
                ("CTRL_PORT", &control.to_string()),
                ("RTP_PORTS", &format!("{rtp}-{}", rtp + 19)),
                ("TONE", &tone.to_string()),
                ("MODULES", modules()),
                ("RECORDINGS", &recordings.to_string_lossy()),
            ],
        );
        let accounts = filled(
            include_str!("conf/baresip.accounts.in"),
            &[
                ("USER", user),
                ("DOMAIN", DOMAIN),
                ("SIP_PORT", &bed.sip_port.to_string()),
                ("CODECS", codecs),
            ],
        );
        fs::write(folder.join("config"), config).expect("a writable configuration");
        fs::write(folder.join("accounts"), accounts).expect("a writable configuration");
        let mut process = Process::start(
            &bed.log_name(user),
            Command::new("baresip").arg("-v").arg("-f").arg(&folder),
        );
        process.says("200 OK").await;
        Self {
            process,
            control,
            recordings,
        }
    }

    /// Call a SIP URI.
    pub(crate) async fn dial(&self, uri: &str) {
        self.command(&format!(r#"{{"command":"dial","params":"{uri}"}}"#))
            .await;
    }

    /// End its call.
    pub(crate) async fn hang_up(&self) {
        self.command(r#"{"command":"hangup"}"#).await;
    }

    /// What it has heard so far, over all its recordings. A recording ends with the first re-INVITE: baresip 1.0.0 then
    /// starts its player anew, without the recorder.
    pub(crate) fn heard(&self) -> Sound {
        self.recorded("-dec.wav")
    }

    /// How many established calls are over, whoever hung up.
    pub(crate) fn calls_ended(&self) -> usize {
        self.output().matches("terminated (duration").count()
    }

    /// Bits per second of audio it says it receives, averaged by itself over three seconds.
    pub(crate) fn receives(&self) -> Option<u32> {
        let output = self.output();
        let (_, last) = output.rsplit_once("audio=")?;
        last.split_once('/')?.1.split_once(' ')?.0.parse().ok()
    }

    /// Everything it has printed.
    pub(crate) fn output(&self) -> String {
        self.process.output()
    }

    fn recorded(&self, suffix: &str) -> Sound {
        let mut whole = Sound {
            rate: 48_000,
            samples: Vec::new(),
        };
        for entry in fs::read_dir(&self.recordings).expect("its recordings").flatten() {
            if entry.file_name().to_string_lossy().ends_with(suffix)
                && let Some(sound) = Sound::load_wav(&entry.path())
            {
                whole.rate = sound.rate;
                whole.samples.extend(sound.samples);
            }
        }
        whole
    }

    /// One command over its control port: JSON in a netstring, one answer back.
    async fn command(&self, json: &str) {
        let mut socket = TcpStream::connect(("127.0.0.1", self.control))
            .await
            .expect("baresip's control port");
        socket
            .write_all(format!("{}:{json},", json.len()).as_bytes())
            .await
            .expect("a written command");
        let mut answer = Vec::new();
        until(&format!("baresip to answer {json}"), async || {
            let mut part = [0; 4096];
            let count = socket.read(&mut part).await.expect("an answer");
            assert_ne!(
                count,
                0,
                "baresip closed its control port; its log:\n{}",
                self.output()
            );
            answer.extend_from_slice(&part[..count]);
            String::from_utf8_lossy(&answer)
                .contains(r#""response":true"#)
                .then_some(())
        })
        .await;
        let text = String::from_utf8_lossy(&answer).into_owned();
        assert!(text.contains(r#""ok":true"#), "baresip refused {json}: {text}");
    }
}

/// Where its modules are: Debian keeps them outside the multiarch folder.
fn modules() -> &'static str {
    ["/usr/lib/baresip/modules", "/usr/local/lib/baresip/modules"]
        .into_iter()
        .find(|p| fs::exists(p).unwrap_or(false))
        .expect("baresip's modules (apt-get install baresip-core)")
}
