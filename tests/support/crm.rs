//! A CRM whose pages show the phone: another site than the phone's, with TLS and a content security policy of its own.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use super::browser::Browser;
use super::companion::Companion;
use super::folder;
use super::platform::Platform;
use super::ports;
use super::tab::Tab;
use super::tls::Front;

/// A CRM, the phone's server it uses, and the platform behind.
pub(crate) struct Crm {
    /// The platform.
    pub(crate) platform: Platform,
    /// The phone's server.
    pub(crate) companion: Arc<Companion>,
    /// Where the CRM is.
    pub(crate) origin: String,
    /// The same CRM under a name that the phone's server does not know.
    pub(crate) stranger: String,
    /// A page around the CRM's, which may show the phone too.
    pub(crate) host: String,
    /// Where the phone is.
    pub(crate) phone: String,
    written: Arc<Mutex<Vec<Written>>>,
    _fronts: [Front; 4],
    serving: JoinHandle<()>,
}

#[derive(Clone)]
struct Site {
    companion: Arc<Companion>,
    origin: String,
    phone: String,
    pages: PathBuf,
    written: Arc<Mutex<Vec<Written>>>,
}

/// A call that a page has written into the CRM, and how it was asked to.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Written {
    pub(crate) sid: String,
    pub(crate) revision: i64,
    pub(crate) reference: Option<String>,
    pub(crate) note: String,
}

impl Crm {
    /// Starts all three.
    pub(crate) async fn start(name: &str) -> Self {
        Self::start_with(name, PathBuf::new()).await
    }

    /// The same for a CRM that has these pages beside its own.
    pub(crate) async fn start_with(name: &str, pages: PathBuf) -> Self {
        let [crm_port, phone_port] = [ports::free(), ports::free()];
        let fronts = [
            Front::start("crm.test", crm_port).await,
            Front::start("other.test", crm_port).await,
            Front::start("host.test", crm_port).await,
            Front::start("phone.test", phone_port).await,
        ];
        let [origin, stranger, host, phone] = fronts.each_ref().map(|front| front.origin.clone());
        let platform = Platform::start().await;
        let companion = Companion::start_for(
            name,
            &platform,
            phone_port,
            &phone,
            vec![origin.clone(), host.clone()],
        )
        .await;
        let companion = Arc::new(companion);
        let site = Site {
            companion: Arc::clone(&companion),
            origin: origin.clone(),
            phone: phone.clone(),
            pages,
            written: Arc::default(),
        };
        let kept = Arc::clone(&site.written);
        let router = Router::new()
            .route("/", get(page))
            .route("/around", get(around))
            .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
            .route("/ticket", post(ticket))
            .route("/host.html", get(customers))
            .route("/phone/ticket", post(ticket))
            .fallback(other)
            .route("/written", post(write).get(written))
            .with_state(site);
        let listener = TcpListener::bind(("127.0.0.1", crm_port))
            .await
            .expect("a free port");
        let serving = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self {
            platform,
            companion,
            origin,
            stranger,
            host,
            phone,
            written: kept,
            _fronts: fronts,
            serving,
        }
    }

    /// What its pages have written into it, in turn.
    pub(crate) async fn written(&self) -> Vec<Written> {
        self.written.lock().await.clone()
    }

    /// A page of the CRM, its phone signed in and ready.
    pub(crate) async fn open(&self, browser: &Browser) -> Tab {
        let tab = browser.open(&self.origin).await;
        tab.sees("the phone on the CRM's page to be ready", READY).await;
        tab
    }
}

impl Drop for Crm {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// The phone has said that it is ready, and that the platform rings it: that is switched on a little later.
pub(crate) const READY: &str = "
    const state = document.querySelector('softphone-widget')?.state;
    return state?.phone?.state === 'ready' && state.ringing === 'browser';";

/// One line for the script and one for the phone, as `docs/embed.md` has it.
async fn page(State(site): State<Site>, Query(missing): Query<Missing>) -> Response {
    let phone = &site.phone;
    let tickets = if missing.tickets {
        ""
    } else {
        " ticket-url=\"/ticket\""
    };
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>CRM</title><h1>Customers</h1><main id=main></main>\
         <script async src=\"{phone}/embed.js\"></script>\
         <softphone-widget server=\"{phone}\" params=\"mic=raw\"{tickets}></softphone-widget>"
    );
    let frames = if missing.frames { "'none'" } else { phone };
    let policy = format!(
        "default-src 'none'; script-src {phone}; frame-src {frames}; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let microphone = match missing.microphone {
        true => String::from("microphone=(self)"),
        false => format!("microphone=(self \"{phone}\")"),
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("permissions-policy"), microphone),
    ];
    (headers, Html(html)).into_response()
}

/// The CRM of the demo, told where the phone is. Under the policy of its own server (`xtask/src/demo/crm.rs`).
async fn customers(State(site): State<Site>) -> Response {
    let phone = &site.phone;
    let page = std::fs::read_to_string(site.pages.join("host.html")).expect("www/host.html");
    let policy = format!(
        "default-src 'none'; script-src 'self' {phone}; style-src 'self'; connect-src 'self'; frame-src {phone}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    );
    let policy = [(header::CONTENT_SECURITY_POLICY, policy)];
    (policy, Html(page.replace("https://phone.example", phone))).into_response()
}

/// A page of the CRM's own, or what belongs to it.
async fn other(State(site): State<Site>, uri: Uri) -> Response {
    let phone = &site.phone;
    // Scripts of others' that play a host know nothing of Trusted Types.
    let types = match uri.path().contains("-host") {
        true => "",
        false => "; require-trusted-types-for 'script'; trusted-types softphone",
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' {phone}; frame-src {phone} {}; connect-src 'self'{types}",
        site.origin
    );
    let policy = [(header::CONTENT_SECURITY_POLICY, policy)];
    (policy, folder::file(&site.pages, uri.path())).into_response()
}

/// What a page forgets to allow or to bring.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Missing {
    frames: bool,
    microphone: bool,
    tickets: bool,
}

/// A page of anybody's with the CRM's page in a frame.
async fn around(State(site): State<Site>) -> Html<String> {
    Html(format!(
        "<!doctype html><title>Around</title><iframe src=\"{}\" width=600 height=800></iframe>",
        site.origin
    ))
}

/// The CRM's log of calls: its own id of a call is the same however often it is written.
async fn write(State(site): State<Site>, Json(entry): Json<Written>) -> String {
    let reference = format!("activity-{}", entry.sid);
    site.written.lock().await.push(entry);
    reference
}

async fn written(State(site): State<Site>) -> Json<Vec<Written>> {
    Json(site.written.lock().await.clone())
}

/// What the CRM's own backend does for an agent of its own.
async fn ticket(State(site): State<Site>) -> Response {
    match site.companion.ticket("asha", &site.origin).await {
        Some(ticket) => Json(serde_json::json!({ "ticket": ticket })).into_response(),
        None => StatusCode::BAD_GATEWAY.into_response(),
    }
}
