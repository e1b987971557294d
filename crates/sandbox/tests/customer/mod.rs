//! A customer of the platform: sends what `exotel` builds over a real connection, and reads the answer with it.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test file uses its own part"
)]

pub mod pins;
pub mod refusals;

use axum::http::{Request, Response};
use exotel::config::{Base, GreenPinApi, IntegrationsApi, SubscribersApi, VoiceApi};
use exotel::integrations::{CreateToken, Entity};
use exotel::{Anonymous, ApiError, ApiKey, AppToken, CustomerToken, Endpoint, GreenPinLogin, Secret};
use sandbox::{Options, Quirk, Running, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub type Answer = Response<Vec<u8>>;

/// A running platform, and everything its demo account is told.
pub struct Customer {
    pub running: Running,
    pub integrations: IntegrationsApi,
    pub subscribers: SubscribersApi,
    pub greenpin: GreenPinApi,
    pub voice: VoiceApi,
    pub key: ApiKey,
    pub login: GreenPinLogin,
    pub customer: (String, Secret),
    pub app: (String, Secret),
}

impl Customer {
    pub async fn new() -> Self {
        Self::of(Options::default()).await
    }

    pub async fn with(quirks: &[Quirk]) -> Self {
        Self::of(Options {
            quirks: quirks.to_vec(),
            ..Options::default()
        })
        .await
    }

    pub async fn of(options: Options) -> Self {
        let running = Sandbox::spawn(options).await.unwrap();
        let asked = request("GET", "/control/platform", &[], "");
        let view = body(&exchange(&running, asked).await);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let base = |name: &str| Base::new(&text(&view["bases"][name])).unwrap();
        let (account, app) = (&view["accounts"][0], &view["apps"][0]);
        let sid = text(&account["sid"]);
        let secret = |value: &Value| Secret::new(text(value));
        Self {
            integrations: IntegrationsApi {
                base: base("integrations"),
            },
            subscribers: SubscribersApi::new(base("subscribers"), &sid),
            greenpin: GreenPinApi {
                base: base("greenpin"),
                tenant_id: sid.clone(),
                header: None,
            },
            voice: VoiceApi {
                v1: base("voice_v1"),
                v3: base("voice_v3"),
                account_sid: sid,
            },
            key: ApiKey {
                key: secret(&account["api_key"]),
                token: secret(&account["api_token"]),
            },
            login: GreenPinLogin {
                user: secret(&account["greenpin_user"]),
                password: secret(&account["greenpin_password"]),
            },
            customer: (
                text(&view["customers"][0]["CustomerID"]),
                secret(&view["customers"][0]["CustomerSecret"]),
            ),
            app: (text(&app["AppID"]), secret(&app["AppSecret"])),
            running,
        }
    }

    /// Runs an operation.
    pub async fn run<E: Endpoint>(
        &self,
        config: &E::Config,
        credential: &E::Credential,
        operation: E,
    ) -> Result<E::Response, ApiError> {
        let answer = self.answer(operation.request(config, credential).unwrap()).await;
        operation.parse(&answer)
    }

    /// Sends a request as it is.
    pub async fn answer(&self, request: Request<Vec<u8>>) -> Answer {
        exchange(&self.running, request).await
    }

    /// Sends JSON with an `Authorization` header as it is written; nothing is checked before.
    pub async fn raw(&self, method: &str, path: &str, authorization: &str, body: &str) -> Answer {
        let headers = [
            ("authorization", authorization),
            ("content-type", "application/json"),
        ];
        self.answer(request(method, path, &headers, body)).await
    }

    /// Asks the control API, and demands that it agrees.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let path = format!("/control/platform/{path}");
        let answer = self.answer(request("POST", &path, &[], &body.to_string())).await;
        assert!(answer.status().is_success(), "{answer:?}");
        self::body(&answer)
    }

    pub async fn view(&self) -> Value {
        body(&self.answer(request("GET", "/control/platform", &[], "")).await)
    }

    /// Switches one quirk.
    pub async fn quirk(&self, quirk: Quirk, on: bool) {
        self.control("quirks", json!({ quirk.name(): on })).await;
    }

    pub async fn customer_token(&self) -> CustomerToken {
        let (id, secret) = self.customer.clone();
        self.token(id, secret, Entity::Customer).await.for_customer()
    }

    pub async fn app_token(&self) -> AppToken {
        let (id, secret) = self.app.clone();
        self.token(id, secret, Entity::App).await.for_app()
    }

    async fn token(&self, id: String, secret: Secret, entity: Entity) -> exotel::integrations::Token {
        let create = CreateToken { id, secret, entity };
        self.run(&self.integrations, &Anonymous, create).await.unwrap()
    }

    /// `Basic ` and the API key.
    pub fn basic(&self) -> String {
        use exotel::credential::Credential;
        let value = self.key.authorization().unwrap().unwrap();
        value.to_str().unwrap().to_owned()
    }

    /// `Basic ` and the GreenPin login.
    pub fn greenpin_basic(&self) -> String {
        use exotel::credential::Credential;
        let value = self.login.authorization().unwrap().unwrap();
        value.to_str().unwrap().to_owned()
    }
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    request.body(body.as_bytes().to_vec()).unwrap()
}

/// The body as JSON; null if there is none.
pub fn body(answer: &Answer) -> Value {
    if answer.body().is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(answer.body()).unwrap_or_else(|why| panic!("{why}: {answer:?}"))
}

pub fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

/// HTTP/1.1, one request a connection.
async fn exchange(running: &Running, request: Request<Vec<u8>>) -> Answer {
    let (parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().unwrap();
    let mut text = format!(
        "{} {target} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n",
        parts.method,
        running.addr,
        body.len()
    );
    for (name, value) in &parts.headers {
        text += &format!("{name}: {}\r\n", value.to_str().unwrap());
    }
    let mut stream = TcpStream::connect(running.addr).await.unwrap();
    stream.write_all(format!("{text}\r\n").as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await.unwrap();
    let split = reply.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&reply[..split]).unwrap();
    let mut lines = head.lines();
    let status: u16 = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let mut answer = Response::builder().status(status);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        answer = answer.header(name, value);
    }
    answer.body(reply[split + 4..].to_vec()).unwrap()
}
