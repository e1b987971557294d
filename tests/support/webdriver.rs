//! chromedriver or geckodriver on a port of its own, and two commands of the former that the WebDriver standard lacks.

use std::path::PathBuf;
use std::process::Command;

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::browser::Engine;
use super::firefox;
use super::ports;
use super::process::Process;

/// A running driver.
pub(crate) struct Driver {
    _process: Process,
    /// Where it listens.
    pub(crate) address: String,
}

impl Driver {
    /// Start it; its log is named after the story.
    pub(crate) async fn start(story: &str, engine: Engine) -> Self {
        let port = ports::free();
        let (name, program) = match engine {
            Engine::Chromium => ("chromedriver", PathBuf::from("chromedriver")),
            Engine::Firefox => ("geckodriver", firefox::driver()),
        };
        let mut process = Process::start(
            &format!("{story}-{name}"),
            Command::new(program).arg(format!("--port={port}")),
        );
        process.listens(port).await;
        Self {
            _process: process,
            address: format!("http://127.0.0.1:{port}"),
        }
    }
}

/// A command only chromedriver knows.
#[derive(Debug)]
pub(crate) enum Chrome {
    /// One command of the Chrome DevTools Protocol.
    DevTools(&'static str, Value),
    /// What the browser's console said since the last time.
    Console,
}

impl WebDriverCompatibleCommand for Chrome {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let command = match self {
            Self::DevTools(..) => "goog/cdp/execute",
            Self::Console => "se/log",
        };
        base.join(&format!("session/{}/{command}", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let body = match self {
            Self::DevTools(command, parameters) => json!({ "cmd": command, "params": parameters }),
            Self::Console => json!({ "type": "browser" }),
        };
        (http::Method::POST, Some(body.to_string()))
    }
}
