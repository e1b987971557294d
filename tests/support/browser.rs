//! A real browser for one story, Chromium unless it wants Firefox: fresh profile, a tone as microphone, tabs, and what the
//! console said.

use std::fs;
use std::future::Future;
use std::panic::resume_unwind;
use std::path::Path;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::task::LocalSet;

use super::audio::Sound;
use super::firefox;
use super::process::end_marked;
use super::tab::Tab;
use super::wait::until;
use super::webdriver::{Chrome, Driver};

/// The tone the microphone hears, in Hz.
pub(crate) const MICROPHONE_HZ: f32 = 440.0;

/// What the machine under the story looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Microphone {
    /// A steady 440 Hz.
    Tone,
    /// A room's noise, with a voice in it every other two seconds.
    Noisy,
    /// None plugged in.
    Missing,
    /// The person has blocked it for this site.
    Denied,
}

/// Whose browser it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium, with all that only it can be asked.
    Chromium,
    /// Firefox: no DevTools, no console, a microphone of its own tone.
    Firefox,
}

/// How a story wants its browser.
#[derive(Debug, Clone)]
pub(crate) struct Setup {
    /// Whose it is.
    pub(crate) engine: Engine,
    /// Its microphone.
    pub(crate) microphone: Microphone,
    /// Every party is on 127.0.0.1, so candidates there are wanted (and only then: otherwise gathering never ends).
    pub(crate) loopback: bool,
    /// Words of console errors that this story causes on purpose.
    pub(crate) expected: &'static [&'static str],
    /// Flags of its own.
    pub(crate) flags: &'static [&'static str],
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            engine: Engine::Chromium,
            microphone: Microphone::Tone,
            loopback: false,
            expected: &[],
            flags: &[],
        }
    }
}

/// A running browser.
#[derive(Clone)]
pub(crate) struct Browser {
    engine: Engine,
    client: Client,
}

/// What a story wants to see of a page.
const INJECTED: &str = include_str!("inject.js");

/// One browser at a time: two cores do not carry two calls with steady timing.
static TURN: Mutex<()> = Mutex::const_new(());

/// Run one story in a browser of its own. On failure a screenshot and the console stay in `target/report`; on success
/// the console must be free of errors, Content-Security-Policy violations among them.
pub(crate) async fn story<F: Future<Output = ()> + 'static>(
    name: &str,
    setup: Setup,
    tell: impl FnOnce(Browser) -> F + 'static,
) {
    let _turn = TURN.lock().await;
    let profile = super::state("browser", name);
    let driver = Driver::start(name, setup.engine).await;
    let browser = Browser {
        engine: setup.engine,
        client: match setup.engine {
            Engine::Chromium => launch(&driver, &setup, &profile).await,
            Engine::Firefox => firefox::launch(&driver, &profile).await,
        },
    };
    // A task of its own, so that a failed assertion is ours to look at.
    let here = LocalSet::new();
    let telling = here.spawn_local(tell(browser.clone()));
    let told = here.run_until(telling).await;
    if told.is_err() {
        browser.keep_evidence(name).await;
    }
    let errors = browser.console_errors(setup.expected).await;
    // A session that cannot be closed is ended below, by its profile's path.
    let _ = browser.client.close().await;
    drop(driver);
    end_marked(&profile.to_string_lossy());
    let _ = fs::remove_dir_all(&profile);
    if let Err(failure) = told {
        if !errors.is_empty() {
            eprintln!("the console of {name} said:\n{}", errors.join("\n"));
        }
        resume_unwind(failure.into_panic());
    }
    assert!(
        errors.is_empty(),
        "the console of {name} said:\n{}",
        errors.join("\n")
    );
}

async fn launch(driver: &Driver, setup: &Setup, profile: &Path) -> Client {
    let tone = profile.with_extension("wav");
    match setup.microphone {
        Microphone::Noisy => Sound::noisy(48_000, 12.0).save_wav(&tone),
        Microphone::Tone | Microphone::Missing | Microphone::Denied => {
            Sound::tone(MICROPHONE_HZ, 48_000, 10.0).save_wav(&tone);
        }
    }
    let mut flags: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--autoplay-policy=no-user-gesture-required",
        "--window-size=1280,900",
    ]
    .map(str::to_owned)
    .into();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.extend(setup.flags.iter().map(|flag| (*flag).to_owned()));
    if setup.loopback {
        flags.push("--allow-loopback-in-peer-connection".into());
    }
    match setup.microphone {
        Microphone::Tone | Microphone::Noisy => {
            flags.push("--use-fake-ui-for-media-stream".into());
            flags.push("--use-fake-device-for-media-stream".into());
            flags.push(format!("--use-file-for-fake-audio-capture={}", tone.display()));
        }
        Microphone::Missing => flags.push("--use-fake-ui-for-media-stream".into()),
        Microphone::Denied => flags.push("--use-fake-device-for-media-stream".into()),
    }
    let denied = setup.microphone == Microphone::Denied;
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": chromium(),
            "args": flags,
            "prefs": if denied { json!({ "profile.default_content_setting_values.media_stream_mic": 2 }) } else { json!({}) },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    let Value::Object(capabilities) = capabilities else {
        unreachable!("an object above")
    };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&driver.address)
        .await
        .expect("a session with Chromium")
}

fn chromium() -> &'static str {
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .into_iter()
    .find(|p| fs::exists(p).unwrap_or(false))
    .expect("Chromium (apt-get install chromium chromium-driver)")
}

impl Browser {
    /// Open an address in a tab of its own.
    pub(crate) async fn open(&self, url: &str) -> Tab {
        let window = self.client.new_window(true).await.expect("a new tab").handle;
        let tab = Tab::new(self.client.clone(), window);
        match self.engine {
            Engine::Chromium => {
                tab.devtools(
                    "Page.addScriptToEvaluateOnNewDocument",
                    json!({ "source": INJECTED }),
                )
                .await;
                tab.goto(url).await;
            }
            // Too late for what the page does at once, in time for what somebody does with it.
            Engine::Firefox => {
                tab.goto(url).await;
                tab.run(INJECTED, vec![]).await;
            }
        }
        tab
    }

    /// The window that a page opens at a press, once it is there.
    pub(crate) async fn opened_by(&self, press: impl AsyncFnOnce()) -> Tab {
        let before = self.client.windows().await.expect("windows");
        press().await;
        let handle = until("a new window", async || {
            let now = self.client.windows().await.ok()?;
            now.into_iter().find(|handle| !before.contains(handle))
        })
        .await;
        let tab = Tab::new(self.client.clone(), handle);
        tab.sees(
            "the window's page",
            "return document.readyState === 'complete' && location.href !== 'about:blank'",
        )
        .await;
        tab.run(INJECTED, vec![]).await;
        tab
    }

    /// How many windows there are.
    pub(crate) async fn windows(&self) -> usize {
        self.client.windows().await.map_or(0, |all| all.len())
    }

    /// Console errors so far, without those that hold an expected word.
    async fn console_errors(&self, expected: &[&str]) -> Vec<String> {
        if self.engine == Engine::Firefox {
            return Vec::new();
        }
        let Ok(log) = self.client.issue_cmd(Chrome::Console).await else {
            return vec!["(no console)".into()];
        };
        let entries = log.as_array().cloned().unwrap_or_default();
        let severe = entries.iter().filter(|e| e["level"] == "SEVERE");
        severe
            .filter_map(|e| e["message"].as_str())
            .filter(|m| !expected.iter().any(|word| m.contains(word)))
            .map(str::to_owned)
            .collect()
    }

    /// What a person wants to see after a failure: every tab as a picture and as text.
    async fn keep_evidence(&self, name: &str) {
        let windows = self.client.windows().await.unwrap_or_default();
        for (i, window) in windows.into_iter().enumerate() {
            if self.client.switch_to_window(window).await.is_err() {
                continue;
            }
            let folder = super::report("screens");
            if let Ok(png) = self.client.screenshot().await {
                let _ = fs::write(folder.join(format!("{name}-{i}.png")), png);
            }
            let script = "return [document.body.innerText, __story.marks().join(' '), ...__story.refused].join('\\n\\n')";
            if let Ok(Value::String(text)) = self.client.execute(script, vec![]).await {
                let _ = fs::write(folder.join(format!("{name}-{i}.txt")), text);
            }
        }
    }
}
