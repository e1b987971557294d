//! The companion server before a sandbox, in this process: it serves the built phone and takes the sandbox's webhooks.

use std::fs;

use protocol::admin::policy::{Policy, PolicyChange};
use protocol::crm_webhooks::CrmNews;
use protocol::session::{Role, TicketRequest};
use sandbox::Options;
use serde_json::{Value, json};
use server::admin::policy;
use server::clock;
use server::config::{Config, CrmWebhook};
use server::ops::{self, Limits, Patience, Running};
use server::store::{self, Person, Store};

use super::platform::{Platform, dist};
use super::{http, ports};

/// Everybody's password here.
pub(crate) const PASSWORD: &str = "correct-horse";

/// Agents of the sandbox who have an account here, and what people call them.
const AGENTS: [(&str, &str); 2] = [("asha", "Asha"), ("ravi", "Ravi")];

/// Who has no phone: the admin and the supervisor of the admin's stories.
const STAFF: [(&str, Role); 2] = [("boss", Role::Admin), ("watch", Role::Supervisor)];

/// A running server.
pub(crate) struct Companion {
    running: Running,
}

impl Companion {
    /// Starts one for the sandbox's first account, with its webhooks installed and its agents as people.
    pub(crate) async fn start(name: &str, platform: &Platform) -> Self {
        let port = ports::free();
        let origin = format!("http://127.0.0.1:{port}");
        Self::start_for(name, platform, port, &origin, Vec::new()).await
    }

    /// Starts one behind a sandbox of its own, as `cargo xtask demo` does: one address for both, and people who may
    /// sign in with a click.
    pub(crate) async fn start_demo(name: &str) -> (Platform, Self) {
        let port = ports::free();
        let people =
            AGENTS.map(|(name, title)| json!({ "name": name, "password": PASSWORD, "title": title }));
        let file = super::state("demo", name).join("people.json");
        fs::write(&file, json!(people).to_string()).expect("a writable folder");
        let options = Options {
            companion: Some(format!("http://127.0.0.1:{port}").parse().expect("an address")),
            people: Some(file),
            ..Options::default()
        };
        let platform = Platform::start_with(options).await;
        let origin = format!("http://{}", platform.host());
        let companion = Self::start_for(name, &platform, port, &origin, Vec::new()).await;
        (platform, companion)
    }

    /// Starts one that tells a CRM at this address of calls.
    pub(crate) async fn start_telling(name: &str, platform: &Platform, url: &str) -> Self {
        let port = ports::free();
        let origin = format!("http://127.0.0.1:{port}");
        let crm = CrmWebhook {
            name: "crm".to_owned(),
            url: url.into(),
            secrets: vec!["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".into()],
            events: CrmNews::ALL.to_vec(),
            private: true,
        };
        Self::start_with(name, platform, port, &origin, |config| {
            config.crm_webhooks.push(crm)
        })
        .await
    }

    /// Starts one on `port` that browsers find at `origin`, and that pages of `embedders` may show.
    pub(crate) async fn start_for(
        name: &str,
        platform: &Platform,
        port: u16,
        origin: &str,
        embedders: Vec<String>,
    ) -> Self {
        let tweak = |config: &mut Config| config.sessions.embed_origins = embedders;
        Self::start_with(name, platform, port, origin, tweak).await
    }

    /// The same; `tweak` changes what the story is about.
    async fn start_with(
        name: &str,
        platform: &Platform,
        port: u16,
        origin: &str,
        tweak: impl FnOnce(&mut Config),
    ) -> Self {
        let known = http::get(&platform.host(), "/control/platform").await;
        let text = |at: &str| {
            let found = known.pointer(at).and_then(Value::as_str);
            found.unwrap_or_else(|| panic!("no {at} in {known}")).to_owned()
        };
        let sandbox = format!("http://{}", platform.host());
        let mut config = Config::for_tests(&super::state("companion", name), Some(&sandbox));
        config.listen = ([127, 0, 0, 1], port).into();
        origin.clone_into(&mut config.public_origin);
        config.sessions.embed_origins = Vec::new();
        tweak(&mut config);
        config.www = Some(dist());
        config.phone.echo = Some("+918040001001".to_owned());
        config.vendor.app = (text("/apps/0/AppID"), text("/apps/0/AppSecret").as_str().into());
        let customer = text("/customers/0/CustomerSecret");
        config.vendor.customer = Some((text("/customers/0/CustomerID"), customer.as_str().into()));
        if let Some(key) = &mut config.vendor.api_key {
            key.key = text("/accounts/0/api_key").as_str().into();
            key.token = text("/accounts/0/api_token").as_str().into();
        }
        if let Some(login) = &mut config.vendor.greenpin {
            login.user = text("/accounts/0/greenpin_user").as_str().into();
            login.password = text("/accounts/0/greenpin_password").as_str().into();
        }
        install_webhooks(platform, &config).await;
        let store = store::open(&config.store).await.expect("a store");
        let running = ops::start(config, store, Limits::default()).await;
        let running = running.expect("a listening server");
        for (agent, _) in AGENTS {
            add(&running, agent, Role::Agent, Some(agent)).await;
        }
        for (name, role) in STAFF {
            add(&running, name, role, None).await;
        }
        Self { running }
    }

    /// Where the phone is.
    pub(crate) fn phone(&self) -> String {
        format!("http://{}/#mic=raw", self.running.addr)
    }

    /// Where a screen of the admin's is.
    pub(crate) fn admin(&self, path: &str) -> String {
        format!("http://{}/admin{path}", self.running.addr)
    }

    /// Where the platform sends a webhook of this kind.
    pub(crate) fn hook(&self, kind: &str) -> String {
        format!(
            "http://{}/hooks/{}/{kind}",
            self.running.addr,
            server::config::HOOKS_SECRET
        )
    }

    /// Stops it, does something to its records, and starts it again at the same address.
    pub(crate) async fn restart(self, meanwhile: impl AsyncFnOnce(&dyn Store)) -> Self {
        let mut config = self.running.app.config.clone();
        config.listen = self.running.addr;
        self.running.stop(Patience::AT_ONCE).await;
        let store = store::open(&config.store).await.expect("a store");
        meanwhile(&*store).await;
        let running = ops::start(config, store, Limits::default()).await;
        Self {
            running: running.expect("a listening server"),
        }
    }

    /// What an admin writes into the policy.
    pub(crate) async fn put_policy(&self, change: impl FnOnce(Policy) -> Policy) {
        let app = &self.running.app;
        let held = app.policy.now();
        let change = PolicyChange {
            version: held.version,
            policy: change(held.policy.clone()),
        };
        policy::put(app, "boss", change)
            .await
            .expect("a policy that can be");
    }

    /// A ticket for an agent on a page of that origin, as a CRM's backend gets it.
    pub(crate) async fn ticket(&self, name: &str, origin: &str) -> Option<String> {
        let request = TicketRequest {
            name: name.to_owned(),
            origin: origin.to_owned(),
        };
        let ticket = self.running.app.auth.mint(&request, clock::now()).await;
        ticket.ok().map(|ticket| ticket.ticket.reveal().to_owned())
    }

    /// Its records.
    pub(crate) fn store(&self) -> &dyn Store {
        &*self.running.app.store
    }

    /// What was recorded of changes, newest first: the operation and how it went.
    pub(crate) async fn records(&self) -> Vec<(String, String)> {
        let records = self.store().audit(None, 500).await.expect("a store that answers");
        let words = records.into_iter().map(|stored| stored.record);
        words.map(|record| (record.what, record.result)).collect()
    }

    /// Ends every session of somebody, as an admin may.
    pub(crate) async fn sign_out_everywhere(&self, name: &str) {
        let ended = self
            .running
            .app
            .auth
            .sign_out_everywhere(name, clock::now())
            .await;
        assert_eq!(ended.expect("a store that answers"), 1, "sessions of {name}");
    }
}

/// An account; an agent's `AppUserId` is the sandbox's user of the same name.
async fn add(running: &Running, name: &str, role: Role, agent: Option<&str>) {
    let hash = running.app.auth.passwords().hash(PASSWORD.into()).await;
    let person = Person {
        name: name.to_owned(),
        password_hash: hash.expect("a hash"),
        role,
        agent: agent.map(str::to_owned),
        subscriber: None,
        disabled: false,
        created_at: clock::now(),
    };
    running
        .app
        .store
        .put_person(&person)
        .await
        .expect("a store that answers");
}

/// What an admin's click on "Install webhooks" does, straight at the vendor.
async fn install_webhooks(platform: &Platform, config: &Config) {
    let (id, secret) = &config.vendor.app;
    let who = json!({ "Id": id, "Secret": secret.reveal(), "Entity": "app" });
    let token = http::post(&platform.host(), "/v2/integrations/token", &who).await;
    let token = token["Data"].as_str().expect("a token").to_owned();
    let path = config.hooks.secrets.first().expect("a secret").reveal();
    for (key, kind) in [
        ("popup", "popup"),
        ("incomingCallHangup", "incomingcallhungup"),
        ("missedCall", "missedcall"),
        ("callback", "callback"),
    ] {
        let address = format!("http://{}/hooks/{path}/{kind}", config.listen);
        let setting = json!({ "Key": key, "Value": address });
        let path = "/v2/integrations/app_setting";
        http::post_as(&platform.host(), path, &[("authorization", &token)], &setting).await;
    }
}
