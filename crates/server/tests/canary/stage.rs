//! The program in front of a loud vendor, with a canary in every place of its configuration that holds a secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder, Response};
use sandbox::{Options, Running, Sandbox};
use serde_json::{Value, json};
use server::auth::cookie;
use tokio::time::timeout;

use crate::loud::Loud;
use crate::process::{Folder, Server};
use crate::secrets::Canaries;

pub(crate) const HOOKS: [&str; 2] = ["canary-hooks-secret-newer", "canary-hooks-secret-older"];
pub(crate) const HOOKS_WORD: &str = "canary-hooks+word";
const TURN: &str = "canary-turn-secret";
const GREENPIN: (&str, &str) = ("canary-greenpin-user", "canary-greenpin-word");

/// Everything that a story needs.
pub(crate) struct Stage {
    pub(crate) sandbox: Running,
    pub(crate) loud: Loud,
    pub(crate) folder: Folder,
    pub(crate) server: Server,
    pub(crate) http: reqwest::Client,
    /// Nowhere but with the vendor: not in an answer, a record, a line.
    pub(crate) secrets: Canaries,
    /// Known to whoever has it; not in a record or a line.
    pub(crate) tokens: Canaries,
    pub(crate) answers: Vec<Answered>,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Who {
    pub(crate) name: &'static str,
    cookie: String,
}

/// An answer of the server: status, headers and body.
pub(crate) struct Answered {
    pub(crate) who: &'static str,
    pub(crate) place: String,
    pub(crate) text: String,
}

impl Stage {
    pub(crate) async fn start() -> Self {
        let sandbox = Sandbox::spawn(Options::default()).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let records = http
            .get(format!("http://{}/control/platform", sandbox.addr))
            .send();
        let records: Value = serde_json::from_slice(&records.await.unwrap().bytes().await.unwrap()).unwrap();
        let text = |pointer: &str| records.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        let basic = |user: &str, word: &str| format!("Basic {}", STANDARD.encode(format!("{user}:{word}")));
        let theirs = (
            text("/accounts/0/greenpin_user"),
            text("/accounts/0/greenpin_password"),
        );
        let greenpin = (basic(GREENPIN.0, GREENPIN.1), basic(&theirs.0, &theirs.1));
        let (loud, origin) = Loud::start(sandbox.addr, greenpin).await;

        let mut secrets = Canaries::default();
        for (name, pointer) in [
            ("the app's secret", "/apps/0/AppSecret"),
            ("the customer's secret", "/customers/0/CustomerSecret"),
            ("the API key", "/accounts/0/api_key"),
            ("the API token", "/accounts/0/api_token"),
        ] {
            secrets.add(name, &text(pointer));
        }
        secrets.add_pair(
            "key and token",
            &text("/accounts/0/api_key"),
            &text("/accounts/0/api_token"),
        );
        secrets.add("the user of GreenPin", GREENPIN.0);
        secrets.add("the password of GreenPin", GREENPIN.1);
        secrets.add_pair("the login of GreenPin", GREENPIN.0, GREENPIN.1);
        secrets.add("the newer secret of the webhooks", HOOKS[0]);
        secrets.add("the older secret of the webhooks", HOOKS[1]);
        secrets.add("the password of the webhooks", HOOKS_WORD);
        secrets.add_pair("the login of the webhooks", "platform", HOOKS_WORD);
        secrets.add("the secret of TURN", TURN);
        for account in &sandbox.accounts {
            secrets.add(
                &format!("the SIP password of {}", account.user),
                &account.password,
            );
        }

        let port = free_port();
        let folder = Folder::new(&configuration(port, &origin, &text));
        let mut tokens = Canaries::default();
        for (name, role, agent) in PEOPLE {
            let password = format!("canary-password-of-{name}");
            let file = folder.write("password", &format!("{password}\n"));
            let mut arguments = vec!["user", "add", name, "--role", role, "--password-file", &file];
            if let Some(agent) = agent {
                arguments.extend(["--agent", agent, "--subscriber", "AshaBrowser"]);
            }
            let added = folder.run(&arguments).await;
            assert!(added.ok, "{}", added.errors);
            secrets.add(&format!("the password of {name}"), &password);
        }
        let key = folder.run(&["key", "add", "crm"]).await;
        assert!(key.ok, "{}", key.errors);
        tokens.add("the key of the CRM", key.out.trim());
        let server = folder.start().await;
        Self {
            sandbox,
            loud,
            folder,
            server,
            http,
            secrets,
            tokens,
            answers: Vec::new(),
        }
    }

    /// Signs in, and remembers the session as a secret.
    pub(crate) async fn sign_in(&mut self, name: &'static str) -> Who {
        let body = json!({ "name": name, "password": format!("canary-password-of-{name}") });
        let request = self.request(Method::POST, "/api/session").body(body.to_string());
        let answer = request
            .header("content-type", "application/json")
            .send()
            .await
            .unwrap();
        let line = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
        let secret = line.split(';').next().unwrap().split_once('=').unwrap().1;
        self.tokens.add(&format!("the session of {name}"), secret);
        let cookie = format!("{}={secret}", cookie::NAME);
        self.take(name, "signing in", answer).await;
        Who { name, cookie }
    }

    /// A request with the header of a change.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.server.address);
        self.http
            .request(method, url)
            .header(protocol::CHANGE_HEADER, "1")
    }

    /// Asks as somebody; gives the body, if it is JSON.
    pub(crate) async fn ask(&mut self, who: &Who, method: Method, path: &str, body: Option<Value>) -> Value {
        let place = format!("{method} {path}");
        let mut request = self.request(method, path).header("cookie", &who.cookie);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        self.take(who.name, &place, answer).await
    }

    /// Asks as nobody in particular.
    pub(crate) async fn send(&mut self, place: &str, request: RequestBuilder) -> Value {
        let answer = request.send().await.unwrap();
        self.take("nobody", place, answer).await
    }

    /// Keeps an answer. Of a stream, what comes in half a second.
    async fn take(&mut self, who: &'static str, place: &str, mut answer: Response) -> Value {
        let mut text = format!("{}\n{:?}\n", answer.status(), answer.headers());
        let mut body = Vec::new();
        while let Ok(Ok(Some(piece))) = timeout(std::time::Duration::from_millis(500), answer.chunk()).await {
            body.extend_from_slice(&piece);
        }
        text.push_str(&String::from_utf8_lossy(&body));
        let place = place.to_owned();
        self.answers.push(Answered { who, place, text });
        serde_json::from_slice(&body).unwrap_or_default()
    }
}

/// Name, role, and `AppUserId`.
const PEOPLE: [(&str, &str, Option<&str>); 3] = [
    ("asha", "agent", Some("asha")),
    ("lead", "supervisor", None),
    ("boss", "admin", None),
];

fn configuration(port: u16, vendor: &str, text: &impl Fn(&str) -> String) -> String {
    let (app, app_secret) = (text("/apps/0/AppID"), text("/apps/0/AppSecret"));
    let (customer, customer_secret) = (
        text("/customers/0/CustomerID"),
        text("/customers/0/CustomerSecret"),
    );
    let (key, token) = (text("/accounts/0/api_key"), text("/accounts/0/api_token"));
    let (user, word) = GREENPIN;
    let [newer, older] = HOOKS;
    format!(
        r#"
listen = "127.0.0.1:{port}"
public_origin = "http://127.0.0.1:{port}"
[store]
sqlite = "softphone.sqlite"
[vendor]
account_sid = "exoteldemo"
app_id = "{app}"
app_secret = "{app_secret}"
customer_id = "{customer}"
customer_secret = "{customer_secret}"
api_key = "{key}"
api_token = "{token}"
greenpin_user = "{user}"
greenpin_password = "{word}"
timeout = "1s"
[vendor.hosts]
integrations = "{vendor}/v2/integrations"
subscribers = "{vendor}/v2"
greenpin = "{vendor}/v1"
voice_v1 = "{vendor}/v1"
voice_v3 = "{vendor}/v3"
[hooks]
secrets = ["{newer}", "{older}"]
basic = ["platform:{HOOKS_WORD}"]
[phone]
direct_calls = true
[phone.turn]
urls = ["turn:turn.test:3478"]
secret = "{TURN}"
[sessions]
embed_origins = ["https://crm.test"]
[reconcile]
every = "1s"
silent = "10s"
per_minute = 20
"#
    )
}

fn free_port() -> u16 {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().port()
}
