//! SIPp as a far end: it does exactly what its scenario says, and fails when the other side does not.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::bed::{Bed, DOMAIN, filled};
use crate::support::audio::Sound;
use crate::support::ports;
use crate::support::process::Process;

/// A running SIPp.
pub(crate) struct Sipp {
    process: Process,
    folder: PathBuf,
}

impl Sipp {
    /// Answer one call to `90xx` and send its audio back. Hangs up by itself after `hang_up_ms` without news.
    pub(crate) fn answering(bed: &Bed, hang_up_ms: u32) -> Self {
        let mut command = Command::new("sipp");
        command.arg("-rtp_echo");
        let scenario = filled(
            include_str!("sipp/answers.xml"),
            &[("HANG_UP_MS", &hang_up_ms.to_string())],
        );
        Self::start(bed, "sipp-answers", &scenario, bed.sipp_port, command)
    }

    /// Call `user`, play a 620 Hz tone for `talk_ms`, hang up.
    pub(crate) fn calling(bed: &Bed, user: &str, talk_ms: u32) -> Self {
        let tone = bed.folder("sipp-calls").join("620.ul");
        Sound::tone(620.0, 8000, 20.0).save_ulaw(&tone);
        let words = [
            ("TONE_FILE", &*tone.to_string_lossy()),
            ("TALK_MS", &talk_ms.to_string()),
            ("DOMAIN", DOMAIN),
        ];
        let scenario = filled(include_str!("sipp/calls.xml"), &words);
        let mut command = Command::new("sipp");
        command.args(["-s", user]);
        Self::start(bed, "sipp-calls", &scenario, bed.sipp_calling_port, command)
    }

    fn start(bed: &Bed, name: &str, scenario: &str, port: u16, mut command: Command) -> Self {
        let folder = bed.folder(name);
        let file = folder.join("scenario.xml");
        fs::write(&file, scenario).expect("a writable scenario");
        command
            .current_dir(&folder)
            .arg("-sf")
            .arg(&file)
            .args([
                "-i",
                "127.0.0.1",
                "-p",
                &port.to_string(),
                "-t",
                "u1",
                "-m",
                "1",
                "-nostdin",
            ])
            .args(["-mp", &ports::free_run(4).to_string()])
            .args(["-trace_err", "-error_file", "errors.log"])
            .args(["-trace_msg", "-message_file", "messages.log"])
            .args(["-trace_logs", "-log_file", "notes.log"])
            .arg(format!("127.0.0.1:{}", bed.sip_port));
        Self {
            process: Process::start(&bed.log_name(name), &mut command),
            folder,
        }
    }

    /// Wait for the end of its scenario, which must have gone as written.
    pub(crate) async fn succeeds(&mut self) {
        let status = self.process.finished().await;
        assert!(
            status.success(),
            "SIPp's scenario failed ({status})\n{}\n{}",
            self.file("errors.log"),
            self.process.output()
        );
    }

    /// What its scenario noted, one line each.
    pub(crate) fn notes(&self) -> Vec<String> {
        self.file("notes.log").lines().map(str::to_owned).collect()
    }

    /// Every message it sent and got.
    pub(crate) fn messages(&self) -> String {
        self.file("messages.log")
    }

    fn file(&self, name: &str) -> String {
        fs::read(self.folder.join(name))
            .map(|b| String::from_utf8_lossy(&b).into_owned())
            .unwrap_or_default()
    }
}
