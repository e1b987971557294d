//! The stand-in platform, as the vendor of a server under test.

use sandbox::{Options, Running, Sandbox};
use serde_json::{Value, json};
use server::config::{Config, sandbox_hosts};

/// A platform of the test's own, and the way to its control API.
pub struct Vendor {
    pub running: Running,
    /// `http://127.0.0.1:<port>`
    pub origin: String,
    http: reqwest::Client,
    /// `GET /control/platform` at the start: ids and secrets.
    records: Value,
}

impl Vendor {
    pub async fn start() -> Self {
        let running = Sandbox::spawn(Options::default()).await.unwrap();
        let origin = format!("http://{}", running.addr);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let records = get(&http, &format!("{origin}/control/platform")).await;
        Self {
            running,
            origin,
            http,
            records,
        }
    }

    /// Makes this the vendor of `config`, with its credentials.
    pub fn configure(&self, config: &mut Config) {
        let text = |pointer: &str| {
            self.records
                .pointer(pointer)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned()
        };
        let secret = |pointer: &str| exotel::Secret::new(text(pointer));
        let vendor = &mut config.vendor;
        vendor.hosts = sandbox_hosts(&self.origin);
        vendor.account_sid = text("/accounts/0/sid");
        vendor.app = (text("/apps/0/AppID"), secret("/apps/0/AppSecret"));
        vendor.customer = Some((
            text("/customers/0/CustomerID"),
            secret("/customers/0/CustomerSecret"),
        ));
        vendor.api_key = Some(exotel::ApiKey {
            key: secret("/accounts/0/api_key"),
            token: secret("/accounts/0/api_token"),
        });
        vendor.greenpin = Some(exotel::GreenPinLogin {
            user: secret("/accounts/0/greenpin_user"),
            password: secret("/accounts/0/greenpin_password"),
        });
    }

    /// Every secret of the account, which nobody but the server may see.
    pub fn secrets(&self) -> Vec<String> {
        let places = [
            "/apps/0/AppSecret",
            "/customers/0/CustomerSecret",
            "/accounts/0/api_key",
            "/accounts/0/api_token",
            "/accounts/0/greenpin_password",
        ];
        let found = places.map(|place| self.records.pointer(place).unwrap().as_str().unwrap());
        found.map(str::to_owned).to_vec()
    }

    /// `GET /control/{path}`
    pub async fn see(&self, path: &str) -> Value {
        get(&self.http, &format!("{}/control/{path}", self.origin)).await
    }

    /// `POST /control/{path}`
    pub async fn make(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/control/{path}", self.origin);
        let sent = self.http.post(url).body(body.to_string()).send().await.unwrap();
        assert!(sent.status().is_success(), "{path}: {}", sent.status());
        serde_json::from_slice(&sent.bytes().await.unwrap()).unwrap()
    }

    /// Turns one of the platform's switches on.
    pub async fn quirk(&self, name: &str) {
        self.make("platform/quirks", json!({ name: true })).await;
    }
}

async fn get(http: &reqwest::Client, url: &str) -> Value {
    let answer = http.get(url).send().await.unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}
