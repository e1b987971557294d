//! Firefox for the stories: where its driver is, and how it is started.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::webdriver::Driver;

/// geckodriver, where `cargo xtask setup` put it; else one on the path.
pub(super) fn driver() -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let tools = home.map(|home| home.join("softphone-tools"));
    let folders = tools.and_then(|tools| fs::read_dir(tools).ok());
    folders
        .into_iter()
        .flatten()
        .flatten()
        .filter(|folder| folder.file_name().to_string_lossy().starts_with("geckodriver-"))
        .map(|folder| folder.path().join("bin/geckodriver"))
        .find(|program| program.is_file())
        .unwrap_or_else(|| PathBuf::from("geckodriver"))
}

/// A session with a fresh profile, whose pages may use microphone and loudspeaker without being asked.
pub(super) async fn launch(driver: &Driver, profile: &Path) -> Client {
    fs::create_dir_all(profile).expect("a folder for the profile");
    let capabilities = json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": program(),
            "args": ["-headless", "-profile", profile],
            "prefs": {
                "media.navigator.permission.disabled": true,
                "media.navigator.streams.fake": true,
                "media.autoplay.default": 0,
                // Every party is on 127.0.0.1.
                "media.peerconnection.ice.loopback": true,
                "media.peerconnection.ice.obfuscate_host_addresses": false,
            },
        },
    });
    let Value::Object(capabilities) = capabilities else {
        unreachable!("an object above")
    };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&driver.address)
        .await
        .expect("a session with Firefox")
}

fn program() -> &'static str {
    ["/usr/bin/firefox-esr", "/usr/bin/firefox"]
        .into_iter()
        .find(|path| fs::exists(path).unwrap_or(false))
        .expect("Firefox (apt-get install firefox-esr)")
}
